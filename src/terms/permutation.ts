/**
 * The permutation symbol of Levi-Civita, of which cross products are made: 1 for (1,2,3), (2,3,1), (3,1,2), -1 for the other three
 * orders, 0 where two indices are equal. It is a difference of two leaves, C[i,j,k] - C[i,k,j], where C is 1 for the first three;
 * so its signs are those of any difference, and what cancels is found by multiplying out.
 */
import * as Q from '../basics/rational.ts';
import { fixed } from '../shape/dim.ts';
import { isZero, symbolTerm, zero } from './atoms.ts';
import type { Index, Node, Term, TermSymbol } from './node.ts';
import { product, times } from './products.ts';
import { delta } from './selectors.ts';
import { sum } from './sums.ts';

export const three = fixed(3);

/** Equal to itself with its indices moved around in a circle. */
export const cyclicSymbol: TermSymbol = {
  name: 'cyclic',
  role: 'constant',
  shape: { kind: 'tensor', axes: [three, three, three] },
  dims: [three, three, three],
  facts: new Set(['nonnegative']),
  order: -1,
};
export const isCyclic = (node: Node): boolean => node.kind === 'symbol' && node.symbol === cyclicSymbol;

/** Which comes next after 1, 2, 3, in a circle. */
const after = (position: number): number => (position % 3) + 1;

/** At indices that may coincide or be constant: a constant says what the others must be. */
export function cyclic(i: Index, j: Index, k: Index): Term {
  const at = [i, j, k];
  if (new Set(at).size < 3) return zero;
  const known = at.findIndex((index) => index < 0);
  if (known < 0) return symbolTerm(cyclicSymbol, at);
  const [second, third] = [at[(known + 1) % 3]!, at[(known + 2) % 3]!];
  const next = after(-at[known]!);
  return times(delta(second, -next, three), delta(third, -after(next), three));
}

/** 1, -1 or 0. */
export const permutation = (i: Index, j: Index, k: Index): Term =>
  sum([
    [Q.one, cyclic(i, j, k)],
    [Q.minusOne, cyclic(i, k, j)],
  ]);

/** Is it the permutation symbol or its opposite, at indices of its own? Then the order of indices at which it is 1. */
export function permutationAt(t: Term): readonly [Index, Index, Index] | undefined {
  if (t.node.kind !== 'sum' || t.at.length < 1 || t.node.terms.length !== 2) return undefined;
  const [[a, first], [b, second]] = t.node.terms as [readonly [Q.Rational, Term], readonly [Q.Rational, Term]];
  if (!isCyclic(first.node) || !isCyclic(second.node) || !Q.isZero(Q.plus(a, b)) || !Q.isOne(Q.absolute(a)))
    return undefined;
  const [i, j, k] = (Q.isOne(a) ? first : second).at.map((index) => (index < 0 ? index : t.at[index]!)) as [
    Index,
    Index,
    Index,
  ];
  const isOpposite = isZero(
    sum([
      [Q.one, t],
      [Q.minusOne, permutation(i, j, k)],
    ]),
  );
  return isOpposite ? [i, j, k] : undefined;
}

/** The leaf spelled out over its slots, for whoever knows deltas only. */
export const cyclicSpelled = (): Term =>
  (spelled ??= sum(
    [1, 2, 3].map((n) => [
      Q.one,
      product(
        Q.one,
        [n, after(n), after(after(n))].map((position, slot) => [delta(slot, -position, three), Q.one] as const),
        [],
      ),
    ]),
  ));
let spelled: Term | undefined;
