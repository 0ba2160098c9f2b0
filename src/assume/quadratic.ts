/** Is a sum a quadratic polynomial, in whatever terms, that is never negative? x^2 - 2*x*y + 2*y^2 is (x - y)^2 + y^2. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { keyOf, partsOf, same, summandsOf } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { scaled, type Sign } from '../terms/sign.ts';

/** More terms than this are not looked at. */
const mostTerms = 12;

/** A square, or a product of two terms, or one term, or none: with 1 as the other term. */
interface Monomial {
  readonly coefficient: Rational;
  readonly of: readonly Term[];
}

/** `positive`, `nonnegative`, or undefined where this does not show. */
export function quadraticForm(t: Term, signOf: (part: Term) => Sign): 'positive' | 'nonnegative' | undefined {
  const summands = summandsOf(t);
  if (summands.length > mostTerms) return undefined;
  const signs = summands.map(([c, s]) => scaled(signOf(s), c));
  const parts = summands.map(([, s]) => factorsOf(s));
  const isSettled = (n: number): boolean => ['positive', 'nonnegative', 'zero'].includes(signs[n]!);
  // What is negative somewhere has to be made up for by squares of the same terms; the rest only adds to them.
  const open = new Set(parts.flatMap((of, n) => (isSettled(n) ? [] : (of ?? []).map(keyOf))));
  const monomials: Monomial[] = [];
  let isPositive = false;
  for (const [n, of] of parts.entries()) {
    if (of?.every((part) => open.has(keyOf(part)))) monomials.push({ coefficient: summands[n]![0], of });
    else if (!isSettled(n)) return undefined;
    else isPositive ||= signs[n] === 'positive';
  }
  const definite = definiteness(monomials);
  if (!definite) return undefined;
  return isPositive || definite === 'definite' ? 'positive' : 'nonnegative';
}

/** At most two terms, with their powers written out. */
export function factorsOf(s: Term): readonly Term[] | undefined {
  const { factors, bound } = partsOf(s);
  if (bound.length > 0) return undefined;
  const degree = factors.reduce((total, [, e]) => (Q.isInteger(e) && !Q.isNegative(e) ? total + Number(e.n) : NaN), 0);
  return degree <= 2 ? factors.flatMap(([f, e]) => (e.n === 2n ? [f, f] : [f])) : undefined;
}

/** Of the matrix over 1 and the terms; definite only where the constant 1 takes part. */
function definiteness(monomials: readonly Monomial[]): 'definite' | 'semidefinite' | undefined {
  const terms: Term[] = [];
  const placeOf = (t: Term): number => {
    const known = terms.findIndex((other) => same(other, t));
    return known >= 0 ? known + 1 : terms.push(t);
  };
  const places = monomials.map(({ of }) => of.map(placeOf));
  const size = terms.length + 1;
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => Q.zero));
  for (const [n, { coefficient }] of monomials.entries()) {
    const [i = 0, j = 0] = places[n]!;
    const half = Q.times(coefficient, Q.half);
    matrix[i]![j] = Q.plus(matrix[i]![j]!, half);
    matrix[j]![i] = Q.plus(matrix[j]![i]!, half);
  }
  return eliminated(matrix);
}

/** The constant is eliminated last: what is left of it is the least value. */
function eliminated(matrix: Rational[][]): 'definite' | 'semidefinite' | undefined {
  for (let k = matrix.length - 1; k >= 0; k--) {
    const pivot = matrix[k]![k]!;
    if (Q.isNegative(pivot)) return undefined;
    if (k === 0) return Q.isPositive(pivot) ? 'definite' : 'semidefinite';
    if (Q.isZero(pivot)) {
      // A row with a zero on the diagonal of a semidefinite matrix is zero.
      if (matrix[k]!.slice(0, k).some((entry) => !Q.isZero(entry))) return undefined;
      continue;
    }
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        matrix[i]![j] = Q.minus(matrix[i]![j]!, Q.over(Q.times(matrix[i]![k]!, matrix[k]![j]!), pivot));
  }
  return undefined;
}
