/** How are arrays put together and taken apart: entry by entry at different shapes, block by block, and by positions? */
import { refuse } from '../basics/problem.ts';
import {
  type NumericArray,
  array,
  describe,
  isScalar,
  isTensor,
  isVector,
  map,
  matrix,
  sameShape,
  extent,
} from './array.ts';

// ---- entry by entry
// How do two arrays of different shapes combine entry by entry? A scalar with anything, a row or a column with a
// matrix.

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

// ---- blocks
// How is [a, b; c, d] put together from its blocks?

function beside(blocks: readonly NumericArray[]): NumericArray {
  const rows = extent(blocks[0]!)[0];
  const lines: number[][] = Array.from({ length: rows }, () => []);
  for (const block of blocks) {
    const [height, width] = extent(block);
    if (height !== rows)
      refuse({
        kind: 'shape',
        message: `blocks side by side need equally many rows: ${blocks.map(describe).join(', ')}`,
        hint: 'a semicolon puts one below the other',
      });
    lines.forEach((line, i) => line.push(...block.data.subarray(i * width, (i + 1) * width)));
  }
  // Without rows there are still columns: zeros(0, n).
  const columns = blocks.reduce((total, block) => total + extent(block)[1], 0);
  return array([rows, columns], lines.flat());
}

/** A written 0 among blocks: it fills its place, as in [A, 0; 0, B]. */
export const filling = 'filling';

/** As many rows as what stands beside it, as many columns as what stands above or below it. */
function filled(rows: readonly (readonly (NumericArray | typeof filling)[])[]): readonly (readonly NumericArray[])[] {
  const regular = rows.every((blocks) => blocks.length === rows[0]!.length);
  const extentAlong = (blocks: readonly (NumericArray | typeof filling | undefined)[], axis: 0 | 1): number => {
    const known = blocks.find((block) => block !== undefined && block !== filling);
    return known ? extent(known)[axis] : 1;
  };
  return rows.map((blocks) =>
    blocks.map((block, c) => {
      if (block !== filling) return block;
      const height = extentAlong(blocks, 0);
      const width = regular
        ? extentAlong(
            rows.map((others) => others[c]),
            1,
          )
        : 1;
      return array([height, width], new Float64Array(height * width));
    }),
  );
}

export function assemble(rows: readonly (readonly (NumericArray | typeof filling)[])[]): NumericArray {
  if (rows.length === 0 || rows.some((blocks) => blocks.length === 0))
    return refuse({ kind: 'shape', message: 'a matrix needs at least one entry in every row' });
  const bands = filled(rows).map(beside);
  const columns = extent(bands[0]!)[1];
  if (bands.some((band) => extent(band)[1] !== columns))
    refuse({
      kind: 'shape',
      message: `the rows of a matrix need equally many columns: ${bands.map((band) => extent(band)[1]).join(', ')}`,
    });
  const height = bands.reduce((sum, band) => sum + extent(band)[0], 0);
  return array(
    [height, columns],
    bands.flatMap((band) => [...band.data]),
  );
}

// ---- positions
// Which entries does x[i], A[i, :] or T[i, j, k, l] pick? Positions start at 1; `undefined` stands for a whole axis.

/** The sizes that the subscripts run over: a vector has one axis, or two when it is written as the matrix it is. */
export function axesFor(a: NumericArray, count: number): readonly number[] {
  if (isScalar(a) && count > 0) return Array.from({ length: count }, () => 1);
  if (count === a.shape.length) return a.shape;
  if (count === 1 && isVector(a)) return [a.data.length];
  return refuse({
    kind: 'index',
    message: `${describe(a)} cannot take ${count} ${count === 1 ? 'index' : 'indices'}`,
    hint: count === 1 && a.shape.length === 2 ? 'A[i, :] is a row, A[:, j] a column' : undefined,
  });
}

/** A number for one entry, several for a slice, `undefined` for a whole axis. */
export type Picked = number | readonly number[] | undefined;

/** Is one of the single positions no place of the array? */
export function isOutside(a: NumericArray, positions: readonly Picked[]): boolean {
  const axes = axesFor(a, positions.length);
  return positions.some((at, axis) => typeof at === 'number' && (at < 1 || at > axes[axis]!));
}

export function pick(a: NumericArray, positions: readonly Picked[]): NumericArray {
  const axes = axesFor(a, positions.length);
  const choices = positions.map((position, axis): readonly number[] => {
    const size = axes[axis]!;
    if (position === undefined) return Array.from({ length: size }, (_, i) => i);
    const wanted = typeof position === 'number' ? [position] : position;
    for (const one of wanted)
      if (!Number.isInteger(one) || one < 1 || one > size)
        refuse({ kind: 'value', message: `the index ${one} is outside 1..${size}` });
    return wanted.map((one) => one - 1);
  });
  let offsets: readonly number[] = [0];
  choices.forEach((chosen, axis) => {
    offsets = offsets.flatMap((offset) => chosen.map((i) => offset * axes[axis]! + i));
  });
  return array(
    shapeOfPick(
      a,
      positions,
      choices.map((chosen) => chosen.length),
    ),
    offsets.map((offset) => a.data[offset]!),
  );
}

function shapeOfPick(a: NumericArray, positions: readonly Picked[], counts: readonly number[]): readonly number[] {
  const isKept = (axis: number): boolean => typeof positions[axis] !== 'number';
  // A part of a row stays a row; a single axis left of a tensor is a column.
  if (positions.length === 1) {
    if (!isKept(0)) return [];
    // One number is a column of one.
    return isScalar(a) ? [counts[0]!, 1] : a.shape.map((size) => (size === 1 ? 1 : counts[0]!));
  }
  if (positions.length === 2) return counts.map((count, axis) => (isKept(axis) ? count : 1));
  return counts.filter((_, axis) => isKept(axis));
}
