/** How are products, inverses and determinants computed? By their definitions, and by elimination with partial pivoting. */
import { refuse } from '../basics/problem.ts';
import {
  type NumericArray,
  array,
  column,
  describe,
  extent,
  identity,
  isScalar,
  isVector,
  map,
  matrix,
  squareSize,
} from './array.ts';

export function multiply(a: NumericArray, b: NumericArray): NumericArray {
  if (isScalar(a)) return map(b, (value) => a.data[0]! * value);
  if (isScalar(b)) return map(a, (value) => value * b.data[0]!);
  const [rows, inner] = extent(a);
  const [innerToo, columns] = extent(b);
  if (inner !== innerToo) {
    const alike = isVector(a) && isVector(b) && a.data.length === b.data.length;
    return refuse({
      kind: 'shape',
      message: `* cannot multiply ${describe(a)} by ${describe(b)}`,
      hint: alike ? "x.*y entry by entry, or x'*y?" : undefined,
    });
  }
  return matrix(rows, columns, (i, j) => {
    let total = 0;
    for (let k = 0; k < inner; k++) total += a.data[i * inner + k]! * b.data[k * columns + j]!;
    return total;
  });
}

export function transpose(a: NumericArray): NumericArray {
  const [rows, columns] = extent(a);
  return matrix(columns, rows, (i, j) => a.data[j * columns + i]!);
}

interface Factors {
  readonly size: number;
  /** L below the diagonal, U on and above it. */
  readonly entries: Float64Array;
  /** Row i of L*U is row order[i] of the matrix. */
  readonly order: readonly number[];
  readonly sign: number;
}

function factor(a: NumericArray, use: string): Factors {
  const size = squareSize(a, use);
  const entries = Float64Array.from(a.data);
  const order = Array.from({ length: size }, (_, i) => i);
  let sign = 1;
  for (let k = 0; k < size; k++) {
    let pivot = k;
    for (let i = k + 1; i < size; i++)
      if (Math.abs(entries[i * size + k]!) > Math.abs(entries[pivot * size + k]!)) pivot = i;
    if (pivot !== k) {
      sign = -sign;
      [order[k], order[pivot]] = [order[pivot]!, order[k]!];
      for (let j = 0; j < size; j++)
        [entries[k * size + j], entries[pivot * size + j]] = [entries[pivot * size + j]!, entries[k * size + j]!];
    }
    const head = entries[k * size + k]!;
    // A column of zeros is eliminated already.
    if (head === 0) continue;
    for (let i = k + 1; i < size; i++) {
      const multiple = entries[i * size + k]! / head;
      entries[i * size + k] = multiple;
      for (let j = k + 1; j < size; j++) entries[i * size + j]! -= multiple * entries[k * size + j]!;
    }
  }
  return { size, entries, order, sign };
}

const pivotsOf = ({ size, entries }: Factors): readonly number[] =>
  Array.from({ length: size }, (_, i) => entries[i * size + i]!);

export function determinant(a: NumericArray): number {
  const factors = factor(a, 'det');
  return pivotsOf(factors).reduce((product, pivot) => product * pivot, factors.sign);
}

/** log|det(A)|, also where det itself would overflow. */
export const logDeterminant = (a: NumericArray): number =>
  pivotsOf(factor(a, 'logdet')).reduce((total, pivot) => total + Math.log(Math.abs(pivot)), 0);

/** The transposed cofactors, each by its definition: the determinant without a row and a column. */
export function adjugate(a: NumericArray): NumericArray {
  const size = squareSize(a, 'adj');
  const without = (row: number, column: number): NumericArray => {
    const left = [...a.data].filter((_, k) => Math.floor(k / size) !== row && k % size !== column);
    return array([size - 1, size - 1], left);
  };
  return matrix(size, size, (i, j) => ((i + j) % 2 === 0 ? 1 : -1) * (size === 1 ? 1 : determinant(without(j, i))));
}

export function inverse(a: NumericArray): NumericArray {
  const factors = factor(a, 'inv');
  const { size, entries, order } = factors;
  if (pivotsOf(factors).includes(0)) return refuse({ kind: 'value', message: 'a singular matrix has no inverse' });
  const result = new Float64Array(size * size);
  for (let c = 0; c < size; c++) {
    for (let i = 0; i < size; i++) {
      let total = order[i] === c ? 1 : 0;
      for (let k = 0; k < i; k++) total -= entries[i * size + k]! * result[k * size + c]!;
      result[i * size + c] = total;
    }
    for (let i = size - 1; i >= 0; i--) {
      let total = result[i * size + c]!;
      for (let k = i + 1; k < size; k++) total -= entries[i * size + k]! * result[k * size + c]!;
      result[i * size + c] = total / entries[i * size + i]!;
    }
  }
  return array([size, size], result);
}

/** A^k for an integer k. */
export function matrixPower(a: NumericArray, exponent: number): NumericArray {
  const size = squareSize(a, '^');
  if (!Number.isInteger(exponent))
    refuse({ kind: 'shape', message: `a matrix has integer powers only, not ${exponent}`, hint: '.^ entry by entry?' });
  let result = identity(size);
  let square = exponent < 0 ? inverse(a) : a;
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(result, square);
    if (rest > 1) square = multiply(square, square);
  }
  return result;
}

export function trace(a: NumericArray): number {
  const size = squareSize(a, 'tr');
  let total = 0;
  for (let i = 0; i < size; i++) total += a.data[i * size + i]!;
  return total;
}

/** A vector becomes a matrix, a square matrix its diagonal as a column. */
export function diagonal(a: NumericArray): NumericArray {
  if (isVector(a)) return matrix(a.data.length, a.data.length, (i, j) => (i === j ? a.data[i]! : 0));
  const size = squareSize(a, 'diag');
  return column(Array.from({ length: size }, (_, i) => a.data[i * size + i]!));
}

/** Column by column. */
export const stack = (a: NumericArray): NumericArray => column(transpose(a).data);
/** The rows x columns matrix with these columns under each other. */
export function unstack(v: NumericArray, rows: number, columns: number): NumericArray {
  if (v.data.length !== rows * columns)
    refuse({ kind: 'shape', message: `unvec cannot make a ${rows} x ${columns} matrix of ${describe(v)}` });
  return matrix(rows, columns, (i, j) => v.data[j * rows + i]!);
}
/** The lower triangle, column by column. */
export function halfStack(a: NumericArray): NumericArray {
  const [rows, columns] = extent(a);
  const entries = Array.from({ length: columns }, (_, j) =>
    Array.from({ length: rows - j }, (_entry, n) => a.data[(j + n) * columns + j]!),
  ).flat();
  return column(entries);
}
/** Columns: the places of vech; rows: those of vec. */
export function duplication(n: number): NumericArray {
  const places = Array.from({ length: n }, (_, j) =>
    Array.from({ length: n - j }, (_row, k) => [j + k, j] as const),
  ).flat();
  return matrix(n * n, places.length, (row, place) => {
    const [i, j] = places[place]!;
    return row === j * n + i || row === i * n + j ? 1 : 0;
  });
}
export function elimination(n: number): NumericArray {
  const places = Array.from({ length: n }, (_, j) => Array.from({ length: n - j }, (_row, k) => j * n + j + k)).flat();
  return matrix(places.length, n * n, (place, whole) => (places[place] === whole ? 1 : 0));
}
/** Row (i, j) and column (k, l), major first, meet in a 1 where i = l and j = k. */
export const commutation = (m: number, n: number): NumericArray =>
  matrix(m * n, m * n, (row, column) =>
    Math.floor(row / n) === column % m && row % n === Math.floor(column / m) ? 1 : 0,
  );

export function kronecker(a: NumericArray, b: NumericArray): NumericArray {
  const [aRows, aColumns] = extent(a);
  const [bRows, bColumns] = extent(b);
  return matrix(aRows * bRows, aColumns * bColumns, (i, j) => {
    const [outerRow, outerColumn] = [Math.floor(i / bRows), Math.floor(j / bColumns)];
    return a.data[outerRow * aColumns + outerColumn]! * b.data[(i % bRows) * bColumns + (j % bColumns)]!;
  });
}

/** Vectors may lie either way; matrices must have the same shape. */
export function dot(a: NumericArray, b: NumericArray): number {
  const fits = isVector(a) && isVector(b) ? a.data.length === b.data.length : describe(a) === describe(b);
  if (!fits) refuse({ kind: 'shape', message: `dot cannot combine ${describe(a)} with ${describe(b)}` });
  return a.data.reduce((total, value, i) => total + value * b.data[i]!, 0);
}

export const outer = (a: NumericArray, b: NumericArray): NumericArray => table('outer', a, b, (x, y) => x * y);
export const outerSum = (a: NumericArray, b: NumericArray): NumericArray => table('outer_sum', a, b, (x, y) => x + y);
function table(name: string, a: NumericArray, b: NumericArray, entry: (x: number, y: number) => number): NumericArray {
  if (!isVector(a) || !isVector(b))
    refuse({ kind: 'shape', message: `${name} needs two vectors, and these are ${describe(a)} and ${describe(b)}` });
  return matrix(a.data.length, b.data.length, (i, j) => entry(a.data[i]!, b.data[j]!));
}

function inSpace(name: string, a: NumericArray): Float64Array {
  if (isVector(a) && a.data.length === 3) return a.data;
  return refuse({ kind: 'shape', message: `${name} needs vectors of size 3, and this is ${describe(a)}` });
}
export function crossProduct(a: NumericArray, b: NumericArray): NumericArray {
  const [x, y] = [inSpace('cross', a), inSpace('cross', b)];
  const entry = (i: number, j: number): number => x[i]! * y[j]! - x[j]! * y[i]!;
  return array(a.shape, [entry(1, 2), entry(2, 0), entry(0, 1)]);
}
export function crossMatrix(a: NumericArray): NumericArray {
  const [x, y, z] = inSpace('skew', a) as unknown as [number, number, number];
  return array([3, 3], [0, -z, y, z, 0, -x, -y, x, 0]);
}
