/**
 * What does a form cost a reader? The one measure by which candidates compete: the names, numbers and operators that it
 * prints (`syntax/length.ts`), and strains, for what is harder to read than its length says. The less the better; of equal
 * candidates the first stands.
 */
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import { type Chain, type Form, isScalar, partsOf } from './algebra.ts';
import { one } from '../shape/dim.ts';

export const costOf = (form: Form, write: (form: Form) => Expression): number => lengthOf(write(form)) + strainOf(form);

type Strain = (form: Form) => number;

/** A whole matrix made for its diagonal: sum(A .* B, 2), not diag(A*B'). */
const diagonalOfProduct: Strain = (form) =>
  form.kind === 'diagonal' && form.columns === one && form.of.kind !== 'leaf' ? 4 : 0;

/**
 * A row or a column silently spread over a matrix, unless the program's writer put it so: (A - ones(m)*x')*B, not
 * A*B - x'*B; diag(s)*A, not A .* s.
 */
const spread: Strain = (form) => {
  if (form.rows === one || form.columns === one || (form.kind === 'sum' && form.written)) return 0;
  if (form.kind !== 'sum' && form.kind !== 'entrywise') return 0;
  const isSmall = (part: Form): boolean =>
    !isScalar(part) && (part.rows !== form.rows || part.columns !== form.columns);
  return 1.5 * partsOf(form).filter(isSmall).length;
};

/** Differentials are read as tr(G'*d(X)) and g'*d(x), whatever that costs: the gradient in front, transposed. */
const differentialLast: Strain = (form) => {
  if (form.kind === 'chain' && isScalar(form)) return begins(form) ? 3 : 0;
  if (form.kind !== 'function') return 0;
  const [of] = form.args as readonly [Form];
  if (of.rows === one || of.columns === one || !mentionsDifferential(of)) return 0;
  if (form.name === 'tr' && of.kind === 'chain') return isDifferential(of.factors.at(-1)!) ? 0 : 3;
  return form.name === 'sum' && of.kind === 'entrywise' ? 4 : 0;
};
const isDifferential = (form: Form): boolean =>
  form.kind === 'leaf' && form.expression.kind === 'call' && form.expression.name === 'd';
const mentionsDifferential = (form: Form): boolean => isDifferential(form) || partsOf(form).some(mentionsDifferential);
/** d(x)'*g, but not d(x)'*H*d(x). */
const begins = ({ factors }: Chain): boolean => {
  const isChange = (form: Form): boolean => isDifferential(form.kind === 'transposed' ? form.of : form);
  return isChange(factors[0]!) && !isChange(factors.at(-1)!);
};

const strains: readonly Strain[] = [diagonalOfProduct, spread, differentialLast];

const known = new WeakMap<Form, number>();
function strainOf(form: Form): number {
  let strain = known.get(form);
  if (strain === undefined) {
    strain = strains.reduce((total, own) => total + own(form), 0);
    for (const part of partsOf(form)) strain += strainOf(part);
    known.set(form, strain);
  }
  return strain;
}
