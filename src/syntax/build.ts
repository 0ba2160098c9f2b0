/** Short ways to make syntax trees without spans. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { All, Call, Expression, Operator, SignedTerm } from './tree.ts';

export const nameOf = (name: string): Expression => ({ kind: 'name', name });
/** A literal; what is negative becomes a negation. */
export const numberOf = (value: Rational): Expression =>
  Q.isNegative(value)
    ? { kind: 'negation', of: { kind: 'number', value: Q.negated(value) } }
    : { kind: 'number', value };
export const integer = (value: number): Expression => numberOf(Q.rational(value));
export const binary = (operator: Operator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});
export const call = (name: string, ...args: readonly Expression[]): Call => ({
  kind: 'call',
  name,
  arguments: args,
});
export const callAlong = (name: string, of: Expression, dim: 1 | 2): Expression => ({
  ...call(name, of),
  dim: integer(dim),
});
export const transposeOf = (of: Expression): Expression =>
  of.kind === 'transpose' ? of.of : { kind: 'transpose', of };
export const negationOf = (of: Expression): Expression => (of.kind === 'negation' ? of.of : { kind: 'negation', of });
export const subscript = (of: Expression, ...indices: readonly (Expression | All)[]): Expression => ({
  kind: 'subscript',
  of,
  indices,
});
export const all: All = { kind: 'all' };

/** a + b - c; nested sums join, a negated term counts as subtracted. */
export function sumOf(terms: readonly SignedTerm[]): Expression {
  const flat = terms.flatMap(({ negative, term }): readonly SignedTerm[] => {
    if (term.kind === 'negation') return [{ negative: !negative, term: term.of }];
    if (term.kind === 'sum') return term.terms.map((t) => ({ negative: t.negative !== negative, term: t.term }));
    return [{ negative, term }];
  });
  const [only] = flat;
  if (flat.length === 1 && only) return only.negative ? negationOf(only.term) : only.term;
  return { kind: 'sum', terms: flat };
}

const valueOf = (e: Expression): Rational | undefined =>
  e.kind === 'number' ? e.value : e.kind === 'negation' && e.of.kind === 'number' ? Q.negated(e.of.value) : undefined;
/** a*b without a factor 1. */
export function productOf(left: Expression | undefined, right: Expression, operator: '*' | '.*' = '*'): Expression {
  if (!left) return right;
  const value = valueOf(left);
  if (value && Q.isOne(value)) return right;
  return binary(operator, left, right);
}
