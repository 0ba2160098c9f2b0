/** What comes out of all entries together, or of those of one row or column? Sums, largest entries, norms, the softmax family. */
import { refuse } from '../basics/problem.ts';
import { type NumericArray, array, column, extent, isVector, row, scalar } from './array.ts';
import { transpose } from './linear-algebra.ts';

export type Reduction = (values: Float64Array) => number;

export const total: Reduction = (values) => values.reduce((sum, value) => sum + value, 0);
export const mean: Reduction = (values) => total(values) / values.length;
export const largest: Reduction = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);
export const absoluteSum: Reduction = (values) => values.reduce((sum, value) => sum + Math.abs(value), 0);

/** Scaled by the largest entry, so that no square overflows. */
export const euclidean: Reduction = (values) => {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (scale === 0 || scale === Infinity) return scale;
  return scale * Math.sqrt(values.reduce((sum, value) => sum + (value / scale) ** 2, 0));
};

/** Shifted by the largest entry, so that no exponential overflows. */
export const logSumExp: Reduction = (values) => {
  const most = largest(values);
  if (Math.abs(most) === Infinity) return most;
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
};

export function softmax(values: Float64Array): Float64Array {
  const most = largest(values);
  const weights = values.map((value) => Math.exp(value - most));
  const sum = total(weights);
  return weights.map((weight) => weight / sum);
}

export function logSoftmax(values: Float64Array): Float64Array {
  const most = largest(values);
  // Subtracting in two steps keeps the digits of entries near the largest one.
  const rest = Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
  return values.map((value) => value - most - rest);
}

function rowsOf(a: NumericArray): readonly Float64Array[] {
  const [rows, columns] = extent(a);
  return Array.from({ length: rows }, (_, i) => a.data.subarray(i * columns, (i + 1) * columns));
}

/** Axis 1 runs down the columns and leaves a row, axis 2 runs along the rows and leaves a column, no axis leaves a scalar. */
export function reduce(f: Reduction, a: NumericArray, axis?: number): NumericArray {
  switch (axis) {
    case undefined:
      return scalar(f(a.data));
    case 1:
      return row(rowsOf(transpose(a)).map(f));
    case 2:
      return column(rowsOf(a).map(f));
    default:
      return refuse({ kind: 'shape', message: `an axis is 1 (column by column) or 2 (row by row), not ${axis}` });
  }
}

/** A vector as a whole, a matrix row by row. */
export const reduceVectors = (f: Reduction, a: NumericArray): NumericArray => reduce(f, a, isVector(a) ? undefined : 2);

export function mapVectors(f: (values: Float64Array) => Float64Array, a: NumericArray): NumericArray {
  const groups = isVector(a) ? [a.data] : rowsOf(a);
  const data = new Float64Array(a.data.length);
  groups.forEach((values, i) => data.set(f(values), i * values.length));
  return array(a.shape, data);
}
