/** How far apart are two arrays, measured by the size of their entries? */
import { type NumericArray, sameShape } from './array.ts';

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
