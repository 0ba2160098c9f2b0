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

export function assemble(rows: readonly (readonly NumericArray[])[]): NumericArray {
  if (rows.length === 0 || rows.some((blocks) => blocks.length === 0))
    return refuse({ kind: 'shape', message: 'a matrix needs at least one entry in every row' });
  const bands = rows.map(beside);
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
