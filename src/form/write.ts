/** A form as an expression of the language: where a transpose stands, constants, functions. */
import { reductionFunctions } from '../../rules/functions/index.ts';
import { inTextOrder } from '../basics/words.ts';
import * as Q from '../basics/rational.ts';
import {
  type Form,
  type Applied,
  isScalar,
  isTriangle,
  transpose,
  filled,
  scaled,
  sumForm,
  type Total,
  plainName,
} from './algebra.ts';
import { costOf } from './cost.ts';
import { writeChain, writeEntrywise, writeScalar, writeScaled } from './write-products.ts';
import { toText } from '../print/text.ts';
import { one, sizeExpression } from '../shape/dim.ts';
import { binary, call, integer, transposeOf, sumOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Comparison, Expression, SignedTerm } from '../syntax/tree.ts';

/** How this program writes: what the reader wrote is what the reader gets. */
export interface Style {
  /** The program says norm2(x)^2 rather than x'*x. */
  readonly norms: boolean;
  /** The program writes 0.5 rather than 1/2. */
  readonly decimals: boolean;
  /** The program names axes, softmax(X, dim=1), where others would transpose. */
  readonly axes: boolean;
  /** The program says outer_sum(q, r) rather than q*ones(m)' + ones(n)*r'. */
  readonly outerSums: boolean;
}

export interface Writer {
  readonly style: Style;
  /** Leaves that are written in different styles are different leaves: this tells them apart. */
  readonly spelling: string;
  readonly write: (form: Form) => Expression;
  readonly costOf: (form: Form) => number;
}

export function writerFor(style: Style): Writer {
  const [straight, best] = [new WeakMap<Form, Expression>(), new WeakMap<Form, Expression>()];
  const memoized =
    (memo: WeakMap<Form, Expression>, make: (form: Form) => Expression) =>
    (form: Form): Expression => {
      let known = memo.get(form);
      if (!known) memo.set(form, (known = make(form)));
      return known;
    };
  const directly = memoized(straight, (form) => written(form, writer));
  const write = memoized(best, (form) => {
    const direct = directly(form);
    const turned = canTurn(form) ? directly(transpose(form)) : undefined;
    // tanh(W*x)' rather than tanh((W*x)'): the part without its transpose is likely to stand elsewhere too.
    const gain = turned ? lengthOf(direct) - lengthOf(turned) - 1 : -1;
    return turned && (gain > 0 || (gain === 0 && form.kind === 'function' && form.name !== 'kron'))
      ? transposeOf(turned)
      : direct;
  });
  const writer: Writer = {
    style,
    spelling: `${style.norms ? ' norms' : ''}${style.decimals ? ' decimals' : ''}${style.axes ? ' axes' : ''}${style.outerSums ? ' outer sums' : ''}`,
    write,
    costOf: (form) => costOf(form, write),
  };
  return writer;
}

/**
 * (A*X^2 + X*A*X)' beats the same with a transpose on every factor. vec(A) cannot be turned inside: its transpose is
 * written with itself.
 */
function canTurn(form: Form): boolean {
  switch (form.kind) {
    case 'chain':
    case 'sum':
    case 'entrywise':
    case 'function':
    case 'scaled':
      // triu(A', 1) is not written tril(A, -1)'.
      if (isTriangle(form) && form.args.length > 1) return false;
      // skew(x)' is -skew(x): a minus is no shorter.
      return (
        !isScalar(form) &&
        transpose(form).kind !== 'transposed' &&
        (form.kind === 'scaled' || transpose(form).kind !== 'scaled')
      );
    default:
      return false;
  }
}

function written(form: Form, writer: Writer): Expression {
  const { write } = writer;
  switch (form.kind) {
    case 'leaf':
      return form.expression;
    case 'transposed':
      return transposeOf(write(form.of));
    case 'chain':
      return writeChain(form.factors, writer);
    case 'entrywise':
      return writeEntrywise(form, writer);
    case 'sum':
      return writeSum(form, writer);
    case 'scaled':
      return writeScaled(form.coefficient, form.scalars, form.of, writer);
    case 'identity':
      return call('eye', sizeExpression(form.rows));
    case 'ones':
      if (form.columns === one) return call('ones', sizeExpression(form.rows));
      if (form.rows === one) return transposeOf(call('ones', sizeExpression(form.columns)));
      return call('ones', sizeExpression(form.rows), sizeExpression(form.columns));
    case 'diagonal':
      // diag takes a row as well as a column.
      return call('diag', write(form.of.columns === one ? shorterTurn(form.of, writer) : form.of));
    case 'function':
      return writeFunction(form, writer);
    case 'literal':
      return { kind: 'matrix', rows: form.entries.map((r) => r.map(write)) };
  }
}

/** The form or its transpose, where either may stand. */
export const shorterTurn = (form: Form, { write }: Writer): Form =>
  lengthOf(write(transpose(form))) < lengthOf(write(form)) ? transpose(form) : form;

/** By length, then as text: what tells forms apart that the program's names do not. */
export const byLength = (a: Form, b: Form, { write }: Writer): number =>
  lengthOf(write(a)) - lengthOf(write(b)) || inTextOrder(toText(write(a)), toText(write(b)));

export const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['greater', '>'],
  ['less', '<'],
  ['at-least', '>='],
  ['at-most', '<='],
  ['equals', '=='],
  ['differs', '!='],
]);
/** Functions of rows or columns: the language says which by a second argument. */
const along: Readonly<Record<string, readonly [name: string, axis: number]>> = {
  rowsum: ['sum', 2],
  colsum: ['sum', 1],
  'row-mean': ['mean', 2],
  'column-mean': ['mean', 1],
};
const ofAllEntries: ReadonlySet<string> = new Set(['sum', 'mean', 'norm1']);

function writeFunction(form: Applied, writer: Writer): Expression {
  const { write } = writer;
  const { name, args } = form;
  const [a, b] = args as readonly [Form, Form?];
  if (name === 'square') return writeScalar([form, Q.one], writer);
  if (name === 'power') return binary(isScalar(form) ? '^' : '.^', write(a), write(b!));
  if (ofAllEntries.has(name)) return call(name, write(shorterTurn(a, writer)));
  const axis = Object.hasOwn(along, name) ? along[name] : undefined;
  if (axis) return call(axis[0], write(a), integer(axis[1]));
  const comparison = comparisons.get(name);
  if (comparison) return { kind: 'indicator', comparison, left: write(a), right: write(b!) };
  if (name === 'unvec')
    return call(name, write(shorterTurn(a, writer)), sizeExpression(form.rows), sizeExpression(form.columns));
  // Its arguments stand for their sizes.
  if (name === 'commutation' || name === 'duplication' || name === 'elimination')
    return call(name, ...args.map(({ rows }) => sizeExpression(rows)));
  const all = args.map(write);
  return call(plainName(name), ...(readsAsAxis(form, all) ? all.toReversed() : all));
}
/** max(1, x), for max(x, 1) might mean an axis, and is refused. */
const readsAsAxis = ({ name, args }: Applied, [, second]: readonly Expression[]): boolean =>
  reductionFunctions.has(name) &&
  second?.kind === 'number' &&
  !isScalar(args[0]!) &&
  (Q.isOne(second.value) || Q.equal(second.value, Q.rational(2)));

// ---- sums
// Sums: which term comes first, and where ones are written out.

type FormTerm = Total['terms'][number];

export function writeSum(whole: Total, writer: Writer): Expression {
  const crossed = writer.style.outerSums ? outerSum(whole, writer) : undefined;
  if (crossed) return crossed;
  const ordered = whole.written ? whole.terms : whole.terms.toSorted(inReadingOrder(whole, writer));
  const isExplicit =
    needsOnes(whole) ||
    startsAcross(
      ordered.map(([, t]) => t),
      whole,
    );
  return sumOf(
    ordered.map(([c, t]): SignedTerm => {
      const term = isExplicit ? filled(t, whole.rows, whole.columns) : t;
      return { negative: Q.isNegative(c), term: writer.write(scaled(Q.absolute(c), [], term)) };
    }),
  );
}

/** Columns and rows alone: outer_sum(q, r). */
function outerSum({ terms, rows, columns }: Total, { write }: Writer): Expression | undefined {
  const isVector = (t: Form): boolean => (t.rows === one) !== (t.columns === one);
  if (rows === one || columns === one || !terms.every(([, t]) => isVector(t))) return undefined;
  const [tall, wide] = [terms.filter(([, t]) => t.columns === one), terms.filter(([, t]) => t.rows === one)];
  if (tall.length === 0 || wide.length === 0) return undefined;
  return call('outer_sum', write(sumForm(tall, rows, one)), write(transpose(sumForm(wide, one, columns))));
}

/** What is added before what is subtracted, A before A', the rest as the program mentions it; diag(x) before I. */
function inReadingOrder(whole: Total, writer: Writer): (a: FormTerm, b: FormTerm) => number {
  return ([c, a], [d, b]) =>
    Number(Q.isNegative(c)) - Number(Q.isNegative(d)) ||
    isPartial(a, whole) - isPartial(b, whole) ||
    isIdentity(a) - isIdentity(b) ||
    a.rank - b.rank ||
    transposesIn(writer.write(a)) - transposesIn(writer.write(b)) ||
    writer.costOf(a) - writer.costOf(b) ||
    byLength(a, b, writer);
}
const isIdentity = (form: Form): number =>
  Number(form.kind === 'identity' || (form.kind === 'scaled' && form.of?.kind === 'identity'));
/** Full terms first, so that a row or a column is spread over a matrix. */
const isPartial = (form: Form, whole: Form): number =>
  Number(!isScalar(whole) && !isScalar(form) && (form.rows !== whole.rows || form.columns !== whole.columns));
function transposesIn(e: Expression): number {
  let count = 0;
  everyPart(e, (part) => (count += Number(part.kind === 'transpose')));
  return count;
}

/** A column and a row are not added to each other; to a matrix either is. */
function startsAcross(terms: readonly Form[], { rows, columns }: Total): boolean {
  const firstWhole = terms.findIndex((t) => t.rows === rows && t.columns === columns);
  const before = terms.slice(0, firstWhole < 0 ? terms.length : firstWhole).filter((t) => !isScalar(t));
  return before.some((t) => t.rows === one) && before.some((t) => t.columns === one);
}

/** Next to an identity or a diagonal, and where a column meets a row, ones are written out: I - ones(n)*s'. */
function needsOnes(whole: Total): boolean {
  const terms = whole.terms.map(([, t]) => t);
  if (whole.rows === one || whole.columns === one) return terms.every(isScalar);
  return terms.some(isSparse) || !terms.some((t) => t.rows === whole.rows && t.columns === whole.columns);
}
const isSparse = (t: Form): boolean =>
  t.kind === 'identity' || t.kind === 'diagonal' || (t.kind === 'scaled' && t.of !== undefined && isSparse(t.of));
