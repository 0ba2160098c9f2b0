/** Which number is a size, and is an array of it still reasonable? */
import { refuse } from '../basics/problem.ts';
import { type Dim, evaluateDim } from '../shape/dim.ts';

/** 2^27 doubles are one gigabyte. */
const mostEntries = 2 ** 27;

export function sizeNumber(dim: Dim, sizes: Readonly<Record<string, number>>): number {
  const value = evaluateDim(dim, sizes);
  if (value === undefined) return refuse({ kind: 'value', message: `the size ${dim.key} has no number` });
  if (!Number.isSafeInteger(value) || value < 0)
    return refuse({ kind: 'value', message: `the size ${dim.key} is ${value}, and must be a whole number` });
  return value;
}

/** The number of cells. */
export function lengthOf(extents: readonly number[], what: string): number {
  const length = extents.reduce((product, extent) => product * extent, 1);
  if (length > mostEntries)
    refuse({ kind: 'limit', message: `${what} would have ${length} entries, and at most ${mostEntries} are allowed` });
  return length;
}
