/** Numbers in rows and columns. */
import type { Nested } from '../api/numbers-given.ts';
import { columnsOf } from './terminal.ts';

const digits = 6;
const signed = (text: string): string => text.replaceAll('-', '−');
/** Six digits are enough to compare by eye; `--json` has them all. */
export const numberText = (value: number): string =>
  signed(Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : String(value));

/** Numbers of similar size have as many decimals as the largest needs. */
function textsOf(rows: readonly (readonly number[])[]): readonly (readonly string[])[] {
  const sizes = rows.flat().map(Math.abs);
  const largest = Math.max(...sizes);
  const isEven =
    largest >= 1e-4 && largest < 10 ** digits && sizes.every((size) => size === 0 || size > largest * 1e-4);
  const places = isEven ? Math.max(0, ...rows.flat().map((value) => decimalsIn(value, largest))) : 0;
  return rows.map((row) =>
    row.map((value) => (isEven ? signed(value.toFixed(places)).replace(/^−(?=[0.]*$)/, '') : numberText(value))),
  );
}
/** Of the digits that count beside the largest number. */
function decimalsIn(value: number, largest: number): number {
  const places = Math.max(0, digits - 1 - Math.floor(Math.log10(largest)));
  return (value.toFixed(places).split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** `isColumn`: a flat list stands upright. */
export function numberLines(value: Nested, isColumn: boolean, width: number): string[] {
  if (typeof value === 'number') return [numberText(value)];
  const depth = depthOf(value);
  if (depth > 2)
    return value.flatMap((slice, n) => [`[${n + 1}]`, ...numberLines(slice, false, width).map((line) => `  ${line}`)]);
  const rows =
    depth === 2
      ? (value as readonly (readonly number[])[])
      : isColumn
        ? (value as readonly number[]).map((x) => [x])
        : [value as readonly number[]];
  return matrixLines(rows, width);
}
const depthOf = (value: Nested): number =>
  typeof value === 'number' ? 0 : 1 + (value.length > 0 ? depthOf(value[0]!) : 0);

function matrixLines(rows: readonly (readonly number[])[], width: number): string[] {
  const texts = textsOf(rows);
  const widths = (texts[0] ?? []).map((_, k) => Math.max(...texts.map((row) => columnsOf(row[k]!))));
  const blocks = columnBlocks(widths, width - 4);
  return blocks.flatMap(([from, to]) => {
    const heading = blocks.length > 1 ? [`columns ${from + 1} to ${to}`] : [];
    const lines = texts.map(
      (row) =>
        `[ ${row
          .slice(from, to)
          .map((text, k) => ' '.repeat(widths[from + k]! - columnsOf(text)) + text)
          .join('  ')} ]`,
    );
    return [...heading, ...lines];
  });
}

/** As many columns side by side as fit. */
function columnBlocks(widths: readonly number[], most: number): readonly (readonly [from: number, to: number])[] {
  const blocks: [number, number][] = [];
  let total = Infinity;
  widths.forEach((width, k) => {
    if (total + 2 + width > most) {
      blocks.push([k, k + 1]);
      total = width;
    } else {
      total += 2 + width;
      blocks.at(-1)![1] = k + 1;
    }
  });
  return blocks;
}
