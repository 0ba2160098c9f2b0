/**
 * Everything that can be wrong: with what a user gives us, which is a value with a place; and with us, which is a
 * broken promise.
 */
import { type Span, codePoints, lineAt, lineColumn } from './source.ts';

// ---- problems
// Everything that can be wrong with what a user gives us.

export type ProblemKind =
  | 'syntax' // the text cannot be parsed
  | 'name' // unknown, reserved, or defined twice
  | 'shape' // operands do not fit
  | 'index' // out of range, or used where none fits
  | 'fact' // a fact that cannot hold for its variable
  | 'rule' // no rule to derive this: refused, never guessed
  | 'question' // the question asks for what does not exist
  | 'limit' // larger than we promise to handle
  | 'domain' // nowhere does it have a value: a division by zero, the inverse of a matrix that is never invertible
  | 'value' // numbers given do not fit the declarations
  | 'request'; // a malformed batch request or command line

export interface Problem {
  readonly kind: ProblemKind;
  /** One sentence, lower case, no full stop: `A is d x m and x has n entries`. */
  readonly message: string;
  readonly span?: Span | undefined;
  /** What the writer probably meant: `x.*y or x'*y?`. */
  readonly hint?: string | undefined;
}

/** Carries a Problem from deep inside one stage to that stage's edge, where it becomes a value again. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function refuse(problem: Problem): never {
  throw new Refusal(problem);
}

export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** Runs a stage; a Refusal becomes a value, anything else is our own bug and flies on. */
export function attempt<Value>(stage: () => Value): Outcome<Value> {
  try {
    return { ok: true, value: stage() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}

// ---- as people read it
// A problem as people read it: what and where, the line, carets under the place, a hint.

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

// ---- promises
// A broken promise of ours, never a problem in the input: those are Problems.

export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

export function invariant(condition: unknown, promise: string): asserts condition {
  if (!condition) throw new InvariantError(`matgrad broke a promise: ${promise}. Please report this.`);
}

export function unreachable(value: never, what: string): never {
  throw new InvariantError(`matgrad broke a promise: unexpected ${what} ${JSON.stringify(value)}. Please report this.`);
}
