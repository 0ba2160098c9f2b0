/** Which number is an exponent made of numbers and sizes, such as n - 1? Powers with such exponents are computed exactly. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Term } from '../terms/node.ts';
import { sizeAt, type Sizes } from './sizes.ts';

export function exactExponent({ node }: Term, sizes: Sizes): Rational | undefined {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'size') return Q.rational(sizeAt(node.dim, sizes));
  if (node.kind === 'sum')
    return combined(
      node.terms.map(([c, t]) => scaledBy(c, exactExponent(t, sizes))),
      Q.plus,
    );
  if (node.kind !== 'product' || node.bound.length > 0) return undefined;
  return combined([node.coefficient, ...node.factors.map(([t, e]) => raisedTo(exactExponent(t, sizes), e))], Q.times);
}
const scaledBy = (c: Rational, value: Rational | undefined): Rational | undefined => value && Q.times(c, value);
const raisedTo = (value: Rational | undefined, e: Rational): Rational | undefined =>
  value && Q.isInteger(e) && !Q.isZero(value) ? Q.power(value, Number(e.n)) : undefined;
const combined = (
  values: readonly (Rational | undefined)[],
  join: (a: Rational, b: Rational) => Rational,
): Rational | undefined => values.reduce((a, b) => a && b && join(a, b));
