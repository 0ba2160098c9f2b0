/**
 * What does a form cost a reader? The one measure by which candidates compete: the names, numbers and operators that it
 * prints (`syntax/length.ts`), and strains, for what is harder to read than its length says. The less the better; of equal
 * candidates the first stands.
 */
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import { type Form, isScalar, partsOf } from './algebra.ts';
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

const strains: readonly Strain[] = [diagonalOfProduct, spread];

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
