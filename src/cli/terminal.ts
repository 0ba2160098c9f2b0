/** Where does output go, and may it have colours? On a terminal only, and never against NO_COLOR (no-color.org). */
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
