/** What comes out of all entries of a vector together, written so that no exponential and no square overflows. */

export const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
export const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);
export const smallest = (values: Float64Array): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
export const absoluteSum = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

/** Scaled by the largest entry, so that no square overflows. */
export function euclidean(values: Float64Array): number {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (scale === 0 || scale === Infinity) return scale;
  return scale * Math.sqrt(values.reduce((sum, value) => sum + (value / scale) ** 2, 0));
}

/** Shifted by the largest entry, so that no exponential overflows. */
export function logSumExp(values: Float64Array): number {
  const most = largest(values);
  if (Math.abs(most) === Infinity) return most;
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

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
