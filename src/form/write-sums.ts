/** Sums: which term comes first, and where ones are written out. */
import * as Q from '../basics/rational.ts';
import { one } from '../shape/dim.ts';
import { sumOf } from '../syntax/build.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';
import { filled, type Form, isScalar, scaled, type Total } from './algebra.ts';
import { byLength, type Writer } from './write.ts';

type FormTerm = Total['terms'][number];

export function writeSum(whole: Total, writer: Writer): Expression {
  const isExplicit = needsOnes(whole);
  const ordered = whole.written ? whole.terms : whole.terms.toSorted(inReadingOrder(whole, writer));
  return sumOf(
    ordered.map(([c, t]): SignedTerm => {
      const term = isExplicit ? filled(t, whole.rows, whole.columns) : t;
      return { negative: Q.isNegative(c), term: writer.write(scaled(Q.absolute(c), [], term)) };
    }),
  );
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

/** Next to an identity or a diagonal, and where a column meets a row, ones are written out: I - ones(n)*s'. */
function needsOnes(whole: Total): boolean {
  const terms = whole.terms.map(([, t]) => t);
  if (whole.rows === one || whole.columns === one) return terms.every(isScalar);
  return terms.some(isSparse) || !terms.some((t) => t.rows === whole.rows && t.columns === whole.columns);
}
const isSparse = (t: Form): boolean =>
  t.kind === 'identity' || t.kind === 'diagonal' || (t.kind === 'scaled' && t.of !== undefined && isSparse(t.of));
