/** a*b + a*c is a*(b + c): what all summands share comes out, unless a delta would be left alone. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { keyOf, partsOf, product, rename, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Index, Node, Summand, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';

export function factored(t: Term): Term {
  const memo = new Map<Node, Term>();
  const visit = (t: Term): Term => {
    if (t.node.kind !== 'sum' && t.node.kind !== 'product') return t;
    let skeleton = memo.get(t.node);
    if (!skeleton) {
      skeleton = rebuild(open(t.node));
      memo.set(t.node, skeleton);
    }
    return rename(skeleton, new Map(t.at.map((index, slot) => [slot, index])));
  };
  const rebuild = (t: Term): Term => {
    if (t.node.kind === 'sum') return pullOut(sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)])));
    const parts = partsOf(t);
    return product(
      parts.coefficient,
      parts.factors.map(([f, e]): Factor => [visit(f), e]),
      parts.bound,
    );
  };
  return visit(t);
}

/** The factors that every summand has, with the least exponent of one sign. */
export function commonFactors(summands: readonly Term[]): readonly Factor[] {
  const [first, ...others] = summands.map((s) => partsOf(s).factors);
  if (!first || others.length === 0) return [];
  const held = deltaIndices(summands);
  const maps = others.map((factors) => new Map(factors.map(([f, e]) => [keyOf(f), e])));
  return first.flatMap(([base, e]): Factor[] => {
    if (base.node.kind === 'delta' || base.at.some((i) => held.has(i))) return [];
    let least: Rational = e;
    for (const map of maps) {
      const other = map.get(keyOf(base));
      if (other === undefined || Q.isNegative(other) !== Q.isNegative(e)) return [];
      if (Q.compare(Q.absolute(other), Q.absolute(least)) < 0) least = other;
    }
    return [[base, least]];
  });
}

/** Free indices that some summand carries in a delta: diag(y) - y*y' must keep its y inside. */
function deltaIndices(summands: readonly Term[]): ReadonlySet<Index> {
  const deltas = (t: Term): readonly Index[] =>
    t.node.kind === 'delta' ? t.at : t.node.kind === 'product' && t.node.bound.length === 0 ? partsOf(t).factors.flatMap(([f]) => (f.node.kind === 'delta' ? f.at : [])) : [];
  return new Set(summands.flatMap(deltas).filter((i) => i >= 0));
}

function pullOut(t: Term): Term {
  if (t.node.kind !== 'sum') return t;
  const summands = summandsOf(t);
  const common = commonFactors(summands.map(([, s]) => s));
  if (common.length === 0) return t;
  const inverse = common.map(([f, e]): Factor => [f, Q.negated(e)]);
  const rest = sum(summands.map(([c, s]): Summand => [c, product(Q.one, [[s, Q.one], ...inverse], [])]));
  return product(Q.one, [...common, [rest, Q.one]], []);
}
