/** How do labelled lines stand below each other? */
import { columnsOf } from './terminal.ts';

const labelWidth = 9;

/** The label in front of the first line, blanks in front of the others. */
export function labelled(
  label: string,
  lines: readonly string[],
  paint: (text: string) => string = (text) => text,
): string[] {
  return lines.map((line, n) => `  ${paint((n === 0 ? label : '').padEnd(labelWidth - 2))}${line}`);
}

/** Words in lines of at most this many columns. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columnsOf(line) + 1 + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Parts, joined by a separator, in lines; no part is broken. */
export function wrappedList(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  parts.forEach((part, n) => {
    const piece = n < parts.length - 1 ? `${part}${separator}` : part;
    if (line !== '' && columnsOf(line) + 1 + columnsOf(piece) > width) {
      lines.push(line);
      line = piece;
    } else line = line === '' ? piece : `${line} ${piece}`;
  });
  return line === '' ? lines : [...lines, line];
}

/** a = b = c: on one line if it fits, otherwise an equality per line with the signs below each other. */
export function equalities(text: string, width: number): string[] {
  if (columnsOf(text) <= width) return [text];
  const [first = '', ...rest] = text.split(' = ');
  const [second, ...more] = rest;
  if (second === undefined) return [text];
  const isShort = columnsOf(first) <= 24;
  const margin = ' '.repeat(isShort ? columnsOf(first) + 1 : 2);
  return [
    ...(isShort ? [`${first} = ${second}`] : [first, `${margin}= ${second}`]),
    ...more.map((part) => `${margin}= ${part}`),
  ];
}
