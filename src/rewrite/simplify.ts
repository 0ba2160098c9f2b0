/** Derived terms made as simple as a reader would: rules, cancellation, common factors, in turn until nothing changes. */
import { native } from '../../rules/native.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { settleDirections } from './commuting.ts';
import { facingConditions } from './conditions.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from './rule.ts';
import { type Pass, rewriteEverywhere, type RuleIndex, bottomUp } from './strategy.ts';
import { dependsOn, same, keyOf, partsOf, product, sum, summandsOf, one } from '../terms/construct.ts';
import type { Term, Summand, Factor, Index } from '../terms/node.ts';
import { isSelector } from '../terms/selectors.ts';
import { leaves } from '../terms/substitute.ts';
import { squaresOfWaves } from './waves.ts';

const mostRounds = 8;
/** Cancellations that only show when multiplied out are found in terms up to this size. */
const largestWorthExpanding = 24;

export const multiplyOut: NativeRule = { ...native['multiply out'], apply: (t) => expanded(t) };

export function simplify(t: Term, rules: RuleIndex): Chain {
  const settle: Pass = (start, log) => {
    let term = start;
    for (let round = 0; round < mostRounds; round++) {
      const ruled = settleDirections(rewriteEverywhere(term, rules, log), log);
      const next = factored(joined(squared(cancelInside(ruled, log), log), log), log);
      if (same(next, term)) break;
      term = next;
    }
    return term;
  };
  const rewrites: Rewrite[] = [];
  const term = settle(t, rewrites);
  // Some cancellations show only when everything is multiplied out. What is tried in vain leaves no steps.
  const open = leaves(term) > largestWorthExpanding ? undefined : multiplyOut.apply(term);
  if (!open || same(open, term)) return { start: t, rewrites, term };
  const log: Rewrite[] = [...rewrites, rewriteBy(multiplyOut, term, open)];
  const again = settle(open, log);
  return leaves(again) < leaves(term) ? { start: t, rewrites: log, term: again } : { start: t, rewrites, term };
}

// ---- cancelled
// p*(a/p + b) is a + p*b: multiplied out exactly where a factor cancels against a summand.

export const multiplyIn: NativeRule = { ...native['multiply in to cancel'], apply: cancelled };
export const overOne: NativeRule = { ...native['over one divisor'], apply: recombined };
export const cancelInside = bottomUp((t) => (t.node.kind === 'sum' ? overOne : multiplyIn));

export const addSquares: NativeRule = { ...native['squares of cosine and sine'], apply: squaresOfWaves };
export const joinConditions: NativeRule = { ...native['conditions that face each other'], apply: facingConditions };
const squared = bottomUp((t) => (t.node.kind === 'sum' ? addSquares : undefined));
const joined = bottomUp((t) => (t.node.kind === 'sum' ? joinConditions : undefined));

function cancelled(t: Term): Term | undefined {
  const { coefficient, factors, bound } = partsOf(t);
  const exponents = new Map(factors.map(([f, e]) => [keyOf(f), e]));
  for (const factor of factors) {
    const [base, exponent] = factor;
    if (base.node.kind !== 'sum' || !Q.isOne(exponent)) continue;
    const meets = ([, s]: Summand): boolean =>
      partsOf(s).factors.some(([f, e]) => {
        const outside = exponents.get(keyOf(f));
        return outside !== undefined && f !== base && Q.isNegative(outside) !== Q.isNegative(e);
      });
    const summands = summandsOf(base);
    const meeting = summands.filter(meets);
    if (meeting.length === 0) continue;
    const others = factors.filter((f) => f !== factor);
    const rest = sum(summands.filter((s) => !meeting.includes(s)));
    return sum([
      ...meeting.map(([c, s]): Summand => [c, product(coefficient, [...others, [s, Q.one]], bound)]),
      [Q.one, product(coefficient, [...others, [rest, Q.one]], bound)],
    ]);
  }
  return undefined;
}

/** a/(a + b) + b/(a + b) is 1: summands over the same divisor whose numerators make it up. */
function recombined(t: Term): Term | undefined {
  const summands = summandsOf(t);
  const divisors = new Map<string, Term>();
  for (const [, s] of summands)
    for (const [f, e] of partsOf(s).factors) if (f.node.kind === 'sum' && Q.isNegative(e)) divisors.set(keyOf(f), f);
  for (const divisor of divisors.values()) {
    const key = keyOf(divisor);
    const over = summands.filter(([, s]) => partsOf(s).factors.some(([f, e]) => keyOf(f) === key && Q.isNegative(e)));
    const others = summands.filter((s) => !over.includes(s));
    const whole = overOneDivisor(over, others, divisor);
    if (whole && leaves(whole) < leaves(t)) return whole;
    if (over.length < 2) continue;
    const numerator = sum(
      over.map(([c, s]): Summand => [
        c,
        product(
          Q.one,
          [
            [s, Q.one],
            [divisor, Q.one],
          ],
          [],
        ),
      ]),
    );
    // The divisor must leave altogether.
    const quotient = product(
      Q.one,
      [
        [numerator, Q.one],
        [divisor, Q.minusOne],
      ],
      [],
    );
    if (partsOf(quotient).factors.some(([f, e]) => keyOf(f) === key && Q.isNegative(e))) continue;
    return sum([...others, [Q.one, quotient]]);
  }
  return undefined;
}

/**
 * Beside a selector nothing is put over a divisor of two indices: delta(i,j)*a - 1[i != j]/(x[i] - x[j]) has a value at i = j,
 * where a*(x[i] - x[j]) is 0.
 */
function mayCoincide(t: Term, divisor: Term): boolean {
  if (divisor.at.length < 2) return false;
  if (isSelector(t)) return t.at.some((index) => index >= 0 && dependsOn(divisor, index));
  if (t.node.kind === 'sum') return summandsOf(t).some(([, s]) => mayCoincide(s, divisor));
  return t.node.kind === 'product' && partsOf(t).factors.some(([f]) => mayCoincide(f, divisor));
}

/** 1 - u/(1 + u) is 1/(1 + u): everything over the one divisor, if that cancels. */
function overOneDivisor(over: readonly Summand[], others: readonly Summand[], divisor: Term): Term | undefined {
  if (others.length === 0 || others.length > 4) return undefined;
  if ([...over, ...others].some(([, s]) => mayCoincide(s, divisor))) return undefined;
  const raised = [...over, ...others].map(([c, s]): Summand => [
    c,
    product(
      Q.one,
      [
        [s, Q.one],
        [divisor, Q.one],
      ],
      [],
    ),
  ]);
  const numerator = expanded(sum(raised), 12);
  return (
    numerator &&
    product(
      Q.one,
      [
        [numerator, Q.one],
        [divisor, Q.minusOne],
      ],
      [],
    )
  );
}

// ---- factored
// a*b + a*c is a*(b + c): what all summands share comes out, unless a delta would be left alone.

export const takeOut: NativeRule = { ...native['take out what is shared'], apply: pullOut };
export const factored = bottomUp(() => takeOut);

/** The factors that every summand has, with the least exponent of one sign. */
export function commonFactors(summands: readonly Term[]): readonly Factor[] {
  const [first, ...others] = summands.map((s) => partsOf(s).factors);
  if (!first || others.length === 0) return [];
  const shared = sharedSelectors(summands);
  const isDelta = ([{ node }]: Factor): boolean => node.kind === 'delta';
  const held = shared.some(isDelta) ? new Set<Index>() : deltaIndices(summands);
  const maps = others.map((factors) => new Map(factors.map(([f, e]) => [keyOf(f), e])));
  return first.flatMap(([base, e]): Factor[] => {
    if (isSelector(base)) return shared.some(([f]) => same(f, base)) ? [[base, e]] : [];
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

/** Selectors that all summands have: diag(a) + diag(b) is diag(a + b). */
function sharedSelectors(summands: readonly Term[]): readonly Factor[] {
  const [first, ...others] = summands.map((s) => partsOf(s).factors.filter(([f]) => isSelector(f)));
  return (first ?? []).filter(([f]) => others.every((factors) => factors.some(([other]) => same(other, f))));
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

/** A selector has no inverse: it is taken out, not divided by. */
function without(t: Term, common: readonly Factor[]): Term {
  const selectors = new Set(common.filter(([f]) => isSelector(f)).map(([f]) => keyOf(f)));
  const inverse = common.filter(([f]) => !isSelector(f)).map(([f, e]): Factor => [f, Q.negated(e)]);
  const { coefficient, factors, bound } = partsOf(t);
  return product(coefficient, [...factors.filter(([f]) => !selectors.has(keyOf(f))), ...inverse], bound);
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

// ---- multiplied out
// Everything multiplied out, for deciding equality and for cancellations that only show there. Bounded: undefined when
// it grows too large.

export function expanded(t: Term, most = 24): Term | undefined {
  if (t.node.kind === 'sum') {
    const parts: Summand[] = [];
    for (const [c, s] of summandsOf(t)) {
      const part = parts.length < most ? expanded(s, most) : undefined;
      if (!part) return undefined;
      parts.push([c, part]);
    }
    return bounded(sum(parts), most);
  }
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  if (leastProducts(factors) > most) return undefined;
  let products: (readonly Factor[])[] = [[]];
  let c: Q.Rational[] = [coefficient];
  for (const [base, exponent] of factors) {
    const repeat = repeatOf(exponent);
    const inner =
      repeat > 0 && (base.node.kind === 'sum' || (base.node.kind === 'product' && base.node.bound.length > 0))
        ? expanded(base, most)
        : undefined;
    if (!inner || (inner.node.kind !== 'sum' && repeat !== 1)) {
      products = products.map((p) => [...p, [base, exponent] as Factor]);
      continue;
    }
    for (let n = 0; n < repeat; n++) {
      const summands = summandsOf(inner);
      if (products.length * summands.length > most) return undefined;
      const next = products
        .map((p, k) => summands.map(([d, s]) => ({ factors: [...p, [s, Q.one] as Factor], c: Q.times(c[k]!, d) })))
        .flat();
      products = next.map(({ factors }) => factors);
      c = next.map((entry) => entry.c);
    }
  }
  return bounded(sum(products.map((p, k): Summand => [Q.one, product(c[k]!, p, bound)])), most);
}

const repeatOf = (exponent: Q.Rational): number =>
  Q.isInteger(exponent) && Q.isPositive(exponent) && exponent.n <= 4n ? Number(exponent.n) : 0;
/** How many products come of it at least? Known before any is made. */
const leastProducts = (factors: readonly Factor[]): number =>
  factors.reduce(
    (count, [base, e]) =>
      base.node.kind === 'sum' ? count * base.node.terms.length ** Math.min(1, repeatOf(e)) : count,
    1,
  );

const bounded = (t: Term, most: number): Term | undefined => (summandsOf(t).length <= most ? t : undefined);
