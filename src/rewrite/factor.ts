/** a*b + a*c is a*(b + c): what all summands share comes out, unless a delta would be left alone. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { native } from '../../rules/native.ts';
import { keyOf, one, partsOf, product, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Index, Summand, Term } from '../terms/node.ts';
import { bottomUp } from './everywhere.ts';
import type { NativeRule } from './rule.ts';

export const takeOut: NativeRule = { ...native['take out what is shared'], apply: pullOut };
export const factored = bottomUp(() => takeOut);

/** The factors that every summand has, with the least exponent of one sign. */
export function commonFactors(summands: readonly Term[]): readonly Factor[] {
  const [first, ...others] = summands.map((s) => partsOf(s).factors);
  if (!first || others.length === 0) return [];
  const shared = sharedDeltas(summands);
  const held = shared.length > 0 ? new Set<Index>() : deltaIndices(summands);
  const maps = others.map((factors) => new Map(factors.map(([f, e]) => [keyOf(f), e])));
  return first.flatMap(([base, e]): Factor[] => {
    if (base.node.kind === 'delta') return shared.includes(keyOf(base)) ? [[base, e]] : [];
    if (base.at.some((i) => held.has(i))) return [];
    let least: Rational = e;
    for (const map of maps) {
      const other = map.get(keyOf(base));
      if (other === undefined || Q.isNegative(other) !== Q.isNegative(e)) return [];
      if (Q.compare(Q.absolute(other), Q.absolute(least)) < 0) least = other;
    }
    return [[base, least]];
  });
}

/** Deltas that all summands have: diag(a) + diag(b) is diag(a + b). */
function sharedDeltas(summands: readonly Term[]): readonly string[] {
  const [first, ...others] = summands.map((s) =>
    partsOf(s)
      .factors.filter(([f]) => f.node.kind === 'delta')
      .map(([f]) => keyOf(f)),
  );
  return (first ?? []).filter((key) => others.every((keys) => keys.includes(key)));
}

/** Free indices that some summand carries in a delta: diag(y) - y*y' must keep its y inside. */
function deltaIndices(summands: readonly Term[]): ReadonlySet<Index> {
  const deltas = (t: Term): readonly Index[] =>
    t.node.kind === 'delta'
      ? t.at
      : t.node.kind === 'product' && t.node.bound.length === 0
        ? partsOf(t).factors.flatMap(([f]) => (f.node.kind === 'delta' ? f.at : []))
        : [];
  return new Set(summands.flatMap(deltas).filter((i) => i >= 0));
}

function pullOut(t: Term): Term | undefined {
  if (t.node.kind !== 'sum') return undefined;
  const summands = summandsOf(t);
  const common = commonFactors(summands.map(([, s]) => s));
  if (common.length === 0) return pullOutSum(summands);
  const rest = sum(summands.map(([c, s]): Summand => [c, without(s, common)]));
  return product(Q.one, [...common, [rest, Q.one]], []);
}

/** A delta has no inverse: it is taken out, not divided by. */
function without(t: Term, common: readonly Factor[]): Term {
  const deltas = new Set(common.filter(([f]) => f.node.kind === 'delta').map(([f]) => keyOf(f)));
  const inverse = common.filter(([f]) => f.node.kind !== 'delta').map(([f, e]): Factor => [f, Q.negated(e)]);
  const { coefficient, factors, bound } = partsOf(t);
  return product(coefficient, [...factors.filter(([f]) => !deltas.has(keyOf(f))), ...inverse], bound);
}

/** a*(x + y) + x + y is (a + 1)*(x + y): the sum that a summand holds as a factor stands there once more, taken apart. */
function pullOutSum(summands: readonly Summand[]): Term | undefined {
  const present = new Map(summands.map((summand) => [keyOf(summand[1]), summand]));
  for (const holder of summands) {
    const { factors, bound } = partsOf(holder[1]);
    if (bound.length > 0) continue;
    for (const factor of factors) {
      if (factor[0].node.kind !== 'sum' || !Q.isOne(factor[1])) continue;
      const inner = summandsOf(factor[0]);
      const matches = inner.map(([, s]) => present.get(keyOf(s)));
      const [first] = matches;
      if (!first || matches.includes(holder)) continue;
      const ratio = Q.over(first[0], inner[0]![0]);
      if (!matches.every((m, n) => m && Q.equal(Q.over(m[0], inner[n]![0]), ratio))) continue;
      const rest = product(
        Q.one,
        factors.filter((f) => f !== factor),
        [],
      );
      const cofactor = sum([
        [holder[0], rest],
        [ratio, one],
      ]);
      return sum([
        ...summands.filter((s) => s !== holder && !matches.includes(s)),
        [Q.one, product(Q.one, [factor, [cofactor, Q.one]], [])],
      ]);
    }
  }
  return undefined;
}
