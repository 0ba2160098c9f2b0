/** How do two arrays of different shapes combine entry by entry? A scalar with anything, a row or a column with a matrix. */
import { refuse } from '../basics/problem.ts';
import { type NumericArray, array, describe, isScalar, isTensor, isVector, map, matrix, sameShape } from './array.ts';

const fits = (inner: number, outer: number): boolean => inner === 1 || inner === outer;

export function combine(
  a: NumericArray,
  b: NumericArray,
  operator: string,
  f: (x: number, y: number) => number,
): NumericArray {
  if (sameShape(a, b)) {
    return array(
      a.shape,
      a.data.map((x, i) => f(x, b.data[i]!)),
    );
  }
  if (isScalar(a)) return map(b, (y) => f(a.data[0]!, y));
  if (isScalar(b)) return map(a, (x) => f(x, b.data[0]!));
  if (isTensor(a) || isTensor(b)) return mismatch(a, b, operator);
  const [aRows = 1, aColumns = 1] = a.shape;
  const [bRows = 1, bColumns = 1] = b.shape;
  const aIsWhole = fits(bRows, aRows) && fits(bColumns, aColumns);
  const bIsWhole = fits(aRows, bRows) && fits(aColumns, bColumns);
  // A column plus a row fits neither way: the outer sum is hardly ever what was meant.
  if (!aIsWhole && !bIsWhole) return mismatch(a, b, operator);
  const [rows, columns] = aIsWhole ? [aRows, aColumns] : [bRows, bColumns];
  return matrix(rows, columns, (i, j) =>
    f(
      a.data[(aRows === 1 ? 0 : i) * aColumns + (aColumns === 1 ? 0 : j)]!,
      b.data[(bRows === 1 ? 0 : i) * bColumns + (bColumns === 1 ? 0 : j)]!,
    ),
  );
}

function mismatch(a: NumericArray, b: NumericArray, operator: string): never {
  const crossed = isVector(a) && isVector(b) && a.data.length === b.data.length;
  return refuse({
    kind: 'shape',
    message: `${operator} cannot combine ${describe(a)} with ${describe(b)}`,
    hint: crossed ? 'a column and a row: transpose one of them?' : undefined,
  });
}

/** A function of one number or of several, entry by entry. */
export function combineAll(
  arrays: readonly NumericArray[],
  operator: string,
  f: (...values: readonly number[]) => number,
): NumericArray {
  const [a, b, ...others] = arrays as readonly [NumericArray, NumericArray?, ...NumericArray[]];
  if (!b) return map(a, (x) => f(x));
  if (others.length === 0) return combine(a, b, operator, f);
  // Brought to one shape first; what is combined for that does not matter.
  const whole = arrays.reduce((shape, other) => combine(shape, other, operator, () => 0));
  const spread = arrays.map((one) => combine(whole, one, operator, (_, x) => x));
  return array(
    whole.shape,
    whole.data.map((_, i) => f(...spread.map(({ data }) => data[i]!))),
  );
}
