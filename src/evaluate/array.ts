/**
 * What does the interpreter compute with? Dense arrays of doubles, row-major, whose shape says how a vector lies:
 * [] a scalar, [n, 1] a column, [1, n] a row, [m, n] a matrix, [a, b, c] and longer a tensor.
 */
import { invariant, refuse } from '../basics/problem.ts';

export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

export type Nested = number | readonly Nested[];

export const sizeOfShape = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Every array is made here, so that [n] is always a column and 1 x 1 always a scalar, as the language has it. */
export function array(shape: readonly number[], data: ArrayLike<number>): NumericArray {
  invariant(data.length === sizeOfShape(shape), `${data.length} numbers fill the shape [${shape.join(', ')}]`);
  const numbers = data instanceof Float64Array ? data : Float64Array.from(data);
  if (shape.length <= 2 && shape.every((size) => size === 1)) return { shape: [], data: numbers };
  return { shape: shape.length === 1 ? [...shape, 1] : shape, data: numbers };
}

export const scalar = (value: number): NumericArray => ({ shape: [], data: Float64Array.of(value) });
export const column = (values: ArrayLike<number>): NumericArray => array([values.length, 1], values);
export const row = (values: ArrayLike<number>): NumericArray => array([1, values.length], values);

/** A matrix from a formula for its entries; indices start at 0. */
export function matrix(rows: number, columns: number, entry: (i: number, j: number) => number): NumericArray {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = entry(i, j);
  return array([rows, columns], data);
}
export const identity = (size: number): NumericArray => matrix(size, size, (i, j) => (i === j ? 1 : 0));

export const isScalar = (a: NumericArray): boolean => a.shape.length === 0;
export const isTensor = (a: NumericArray): boolean => a.shape.length > 2;
/** A row, a column or a scalar. */
export const isVector = (a: NumericArray): boolean => !isTensor(a) && (isScalar(a) || a.shape.includes(1));
export const sameShape = (a: NumericArray, b: NumericArray): boolean =>
  a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);

export const describe = (a: NumericArray): string => (isScalar(a) ? 'a scalar' : a.shape.join(' x '));

/** Rows and columns of anything that is not a tensor. */
export function extent(a: NumericArray): readonly [rows: number, columns: number] {
  if (isTensor(a)) return refuse({ kind: 'shape', message: `a matrix is needed here, and this is ${describe(a)}` });
  return [a.shape[0] ?? 1, a.shape[1] ?? 1];
}

/** The side of a square matrix; `use` says what needs it. */
export function squareSize(a: NumericArray, use: string): number {
  const [rows, columns] = extent(a);
  if (rows === columns) return rows;
  return refuse({ kind: 'shape', message: `${use} needs a square matrix, and this is ${describe(a)}` });
}

export function numberIn(a: NumericArray, use: string): number {
  if (isScalar(a)) return a.data[0]!;
  return refuse({ kind: 'shape', message: `${use} must be a scalar, and this is ${describe(a)}` });
}

export const map = (a: NumericArray, f: (value: number) => number): NumericArray => ({
  shape: a.shape,
  data: a.data.map((value) => f(value)),
});

/** Reads nested lists; a flat list is a column unless `shape` says otherwise. */
export function fromNested(nested: Nested, shape?: readonly number[]): NumericArray {
  const found: number[] = [];
  for (let level = nested; typeof level !== 'number'; level = level[0] ?? 0) found.push(level.length);
  const data: number[] = [];
  const collect = (level: Nested, axis: number): void => {
    if (typeof level === 'number' && axis === found.length) data.push(level);
    else if (typeof level !== 'number' && level.length === found[axis])
      for (const inner of level) collect(inner, axis + 1);
    else refuse({ kind: 'value', message: 'the lists of numbers must all be of the same length' });
  };
  collect(nested, 0);
  if (shape && sizeOfShape(shape) !== data.length)
    refuse({
      kind: 'value',
      message: `${data.length} numbers are given where ${shape.length === 0 ? 'one is' : `${shape.join(' x ')} are`} needed`,
    });
  return array(shape ?? found, data);
}

/** Nested lists in row-major order; rows and columns are flat lists. */
export function toNested(a: NumericArray): Nested {
  const axes = isVector(a) && !isScalar(a) ? [a.data.length] : a.shape;
  const build = (axis: number, offset: number, length: number): Nested => {
    const size = axes[axis];
    if (size === undefined) return a.data[offset]!;
    const step = length / size;
    return Array.from({ length: size }, (_, i) => build(axis + 1, offset + i * step, step));
  };
  return build(0, 0, a.data.length);
}

export function rowsOf(a: NumericArray): readonly Float64Array[] {
  const [rows, columns] = extent(a);
  return Array.from({ length: rows }, (_, i) => a.data.subarray(i * columns, (i + 1) * columns));
}
/** The rows of a matrix; a vector as a whole is one. */
export const vectorsOf = (a: NumericArray): readonly Float64Array[] => (isVector(a) ? [a.data] : rowsOf(a));

export function mapVectors(f: (values: Float64Array) => Float64Array, a: NumericArray): NumericArray {
  const data = new Float64Array(a.data.length);
  vectorsOf(a).forEach((values, i) => data.set(f(values), i * values.length));
  return array(a.shape, data);
}

/** Every row, also of what has but one, or one column. */
export function mapRows(f: (values: Float64Array) => Float64Array, a: NumericArray): NumericArray {
  const data = new Float64Array(a.data.length);
  rowsOf(a).forEach((values, i) => data.set(f(values), i * values.length));
  return array(a.shape, data);
}

// ---- how far apart
// How far apart are two arrays, measured by the size of their entries?

/**
 * The largest difference between entries over the largest entry of both. Entries all smaller than `floor` are measured by it,
 * so that rounding errors around zero do not count as disagreement. Different shapes, or anything that is not
 * finite on one side only, is infinitely far; two NaN agree on nothing.
 */
export function largestRelativeError(a: NumericArray, b: NumericArray, floor = 1e-3): number {
  if (!sameShape(a, b)) return Infinity;
  let [scale, difference] = [floor, 0];
  for (const [i, x] of a.data.entries()) {
    const y = b.data[i]!;
    if (x === y && !Number.isFinite(x)) continue;
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Infinity;
    scale = Math.max(scale, Math.abs(x), Math.abs(y));
    difference = Math.max(difference, Math.abs(x - y));
  }
  return difference / scale;
}
