/** A problem as people read it: what and where, the line, carets under the place, a hint. */
import { codePoints, lineAt, lineColumn } from './source.ts';
import type { Problem } from './problem.ts';

/** Lines are cut to a window of this many characters around the carets. */
const windowWidth = 100;
const lead = 30;

const mark = /\p{Mn}/u;
/** Stands for characters that would upset a terminal. */
const printable = (character: string): string =>
  /[\p{Cc}\p{Cf}]/u.test(character) && character !== '\t' ? '�' : character;
const blank = (character: string): string => (character === '\t' ? '\t' : mark.test(character) ? '' : ' ');

interface Window {
  readonly before: readonly string[];
  readonly marked: readonly string[];
  readonly after: readonly string[];
}

function cut({ before, marked, after }: Window): Window {
  if (before.length + marked.length + after.length <= windowWidth) return { before, marked, after };
  const keptBefore = before.length > lead ? ['…', ...before.slice(-lead)] : before;
  const room = windowWidth - keptBefore.length;
  if (marked.length > room) return { before: keptBefore, marked: marked.slice(0, room), after: ['…'] };
  const left = room - marked.length;
  return { before: keptBefore, marked, after: after.length > left ? [...after.slice(0, left), '…'] : after };
}

function excerpt(text: string, start: number, end: number): string[] {
  const line = lineAt(text, start);
  const [from, to] = [Math.min(start, line.end), Math.max(Math.min(end, line.end), Math.min(start, line.end))];
  const window = cut({
    before: Array.from(text.slice(line.start, from)),
    marked: Array.from(text.slice(from, to)),
    after: Array.from(text.slice(to, line.end)),
  });
  const gutter = `${lineColumn(text, start).line}`;
  const shown = [...window.before, ...window.marked, ...window.after].map(printable).join('');
  const carets = '^'.repeat(Math.max(1, window.marked.filter((character) => !mark.test(character)).length));
  return [
    `${gutter} | ${shown}`.trimEnd(),
    `${' '.repeat(codePoints(gutter))} | ${window.before.map(blank).join('')}${carets}`,
  ];
}

/** `name` is the file, if there is one. Several lines, without a final line break. */
export function renderProblem(problem: Problem, text: string, name?: string): string {
  const { span } = problem;
  const place = span === undefined ? undefined : lineColumn(text, span.start);
  const where = [name, place?.line, place?.column].filter((piece) => piece !== undefined).join(':');
  return [
    where === '' ? problem.message : `${where}: ${problem.message}`,
    ...(span === undefined ? [] : excerpt(text, span.start, span.end)),
    ...(problem.hint === undefined ? [] : [`hint: ${problem.hint}`]),
  ].join('\n');
}
