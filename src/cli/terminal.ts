/** What is written to a terminal, and how it is laid out. */

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly doubtful: (text: string) => string;
}

const code =
  (open: number, close: number) =>
  (text: string): string =>
    `\u001b[${open}m${text}\u001b[${close}m`;
const plain = (text: string): string => text;

const colours: Paint = {
  bold: code(1, 22),
  dim: code(2, 22),
  good: code(32, 39),
  bad: code(31, 39),
  doubtful: code(33, 39),
};
const noColours: Paint = { bold: plain, dim: plain, good: plain, bad: plain, doubtful: plain };

export function paintFor(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv = process.env): Paint {
  const isAllowed = !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
  return isAllowed && stream.isTTY === true ? colours : noColours;
}

/** Longer lines than this are hard to read even where they fit. */
const widest = 100;
export const widthOf = (stream: { readonly columns?: number; readonly isTTY?: boolean }): number =>
  Math.min(stream.isTTY && stream.columns ? stream.columns : 80, widest);

/** How many columns a text takes; marks that sit on letters take none. */
export const columnsOf = (text: string): number => [...text.replaceAll(/\p{Mn}/gu, '')].length;

/** Behind `| head` nobody listens any more: that is no error. */
export function endQuietlyOnClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
}

/** Lines to standard output; all is well so far. */
export function say(...lines: readonly string[]): 0 {
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}

// ---- layout

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
