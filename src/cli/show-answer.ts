/** An answer as lines for a reader at a terminal. */
import type { ReadableAnswer } from '../api/readable-answer.ts';
import { labelled, wrapped, wrappedList } from './layout.ts';
import { columnsOf, type Paint } from './terminal.ts';

export interface Page {
  readonly paint: Paint;
  readonly width: number;
}
export const innerWidth = ({ width }: Page): number => width - 10;

/** jacobian(y, z) = …, then shape, LaTeX, names and conditions. */
export function answerLines(answer: ReadableAnswer, page: Page): string[] {
  const { paint } = page;
  const subject = subjectOf(answer);
  const isShort = columnsOf(`${subject} = ${answer.unicode}`) <= page.width;
  return [
    ...(isShort ? [`${paint.bold(subject)} = ${answer.unicode}`] : [paint.bold(subject), `  = ${answer.unicode}`]),
    '',
    ...labelled(
      'where',
      answer.where.map(({ name, unicode }) => `${name} = ${unicode}`),
      paint.dim,
    ),
    ...labelled('shape', [shapeText(answer)], paint.dim),
    ...labelled('latex', [answer.latex], paint.dim),
    ...labelled(
      '',
      answer.where.map(({ name, latex }) => `${name} = ${latex}`),
    ),
    ...labelled('holds', holdsLines(answer, innerWidth(page)), paint.dim),
  ];
}

/** hessian(f, A)[i,j,k,l]: where the answer is one entry of a tensor. */
function subjectOf({ question, indices }: ReadableAnswer): string {
  const asked = question.replace(/ by cases$/, '');
  if (!indices) return asked;
  return `${isOneCall(asked) ? asked : `(${asked})`}[${indices.map(axisText).join(',')}]`;
}

/** Indices that lie behind each other on one axis stand together. */
const axisText = (names: readonly string[]): string => (names.length === 1 ? names.join() : `(${names.join(',')})`);

/** Does the bracket behind the first word close at the very end? */
function isOneCall(text: string): boolean {
  if (!/^\w+\(/.test(text)) return false;
  let depth = 0;
  for (const [n, character] of [...text].entries()) {
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return n === [...text].length - 1;
  }
  return false;
}

export function shapeText({ shape }: ReadableAnswer): string {
  if (shape.length === 0) return 'a scalar';
  const sizes = shape
    .map((size) => (/[ *]/.test(String(size)) ? `(${String(size).replaceAll('*', '·')})` : String(size)))
    .join(' × ');
  return shape.length === 1 ? `${sizes} × 1` : sizes;
}

function holdsLines({ assumptions, conditions }: ReadableAnswer, width: number): string[] {
  if (assumptions.length === 0 && conditions.length === 0) return ['everywhere'];
  const given =
    assumptions.length > 0
      ? wrappedList(['for', ...wrappedParts(assumptions.map((assumption) => assumption.unicode))], '', width)
      : [];
  return [
    ...given,
    ...conditions.flatMap(({ kind, unicode }) =>
      wrapped(kind === 'domain' ? `where ${unicode}` : unicode, width).map((line, n) => (n === 0 ? line : `  ${line}`)),
    ),
  ];
}
const wrappedParts = (parts: readonly string[]): readonly string[] =>
  parts.map((part, n) => (n < parts.length - 1 ? `${part},` : part));

/** LaTeX alone, for pasting: the answer, then the names it introduces. */
export const latexLines = ({ latex, where }: ReadableAnswer): string[] => [
  latex,
  ...where.map((part) => `\\quad \\text{where } ${part.name} = ${part.latex}`),
];
