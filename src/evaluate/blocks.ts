/** How is [a, b; c, d] put together from its blocks? */
import { refuse } from '../basics/problem.ts';
import { type NumericArray, array, describe, extent } from './array.ts';

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
  return array([rows, lines[0]!.length], lines.flat());
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
