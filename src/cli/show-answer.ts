/** An answer as lines for a terminal: the answer, its steps and cases, numbers, and what its check found. */
import type { CheckResult } from '../api/check.ts';
import type { Nested } from '../api/given.ts';
import type { ReadableAnswer } from '../api/readable-answer.ts';
import type { AnswerCase, AnswerStep } from '../api/steps.ts';
import { labelled, wrapped, wrappedList, columnsOf, type Paint, equalities } from './terminal.ts';

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
    ...labelled('by vec', answer.stacked ? [`${answer.stacked.question} = ${answer.stacked.unicode}`] : [], paint.dim),
    ...labelled('holds', holdsLines(answer, innerWidth(page)), paint.dim),
    ...labelled(
      'note',
      answer.notes.flatMap((note) => wrapped(note, innerWidth(page))),
      paint.dim,
    ),
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

// ---- steps and cases

export function stepLines(steps: readonly AnswerStep[], page: Page): string[] {
  const width = innerWidth(page) - 3;
  const lines = steps.flatMap(({ rule, says, unicode, assumptions }, n) => {
    const number = `${n + 1}. `;
    const head = wrapped(rule + (assumptions.length > 0 ? ` (assuming ${assumptions.join(', ')})` : ''), width);
    const told = says === '' ? [] : wrapped(says, width).map(page.paint.dim);
    const formulas = unicode.flatMap((line) => equalities(line, width));
    return [...head, ...told, ...formulas].map((line, k) => (k === 0 ? number : ' '.repeat(number.length)) + line);
  });
  return labelled('steps', lines.length > 0 ? lines : ['none: the answer is what was asked'], page.paint.dim);
}

export function caseLines(cases: readonly AnswerCase[], page: Page): string[] {
  const lines = cases.map(({ whenUnicode, unicode }) => `${whenUnicode}: ${unicode}`);
  return labelled('cases', lines.length > 0 ? lines : ['one: no indices to tell apart'], page.paint.dim);
}

// ---- numbers

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

// ---- what a check found

export function checkLines({ ok, largestError, points, reason }: CheckResult, page: Page): string[] {
  const tried = `${points} random point${points === 1 ? '' : 's'}`;
  if (ok)
    return labelled(
      'check',
      [`${page.paint.good('passed')} at ${tried}, largest relative error ${errorText(largestError)}`],
      page.paint.dim,
    );
  const why =
    points === 0
      ? (reason ?? 'nothing could be tried')
      : `${reason ?? 'the numbers disagree'}: relative error ${errorText(largestError)} at ${tried}`;
  const [first = '', ...rest] = wrapped(`${points === 0 ? 'not possible' : 'FAILED'}: ${why}`, innerWidth(page));
  return labelled('check', [page.paint.bad(first), ...rest], page.paint.dim);
}

export const errorText = (error: number): string => (error === 0 ? '0' : error.toExponential(1));
