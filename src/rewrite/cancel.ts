/** p*(a/p + b) is a + p*b: multiplied out exactly where a factor cancels against a summand. */
import * as Q from '../basics/rational.ts';
import { native } from '../../rules/native.ts';
import { keyOf, partsOf, product, sum, summandsOf } from '../terms/construct.ts';
import type { Summand, Term } from '../terms/node.ts';
import { leaves } from '../terms/walk.ts';
import { bottomUp } from './everywhere.ts';
import { expanded } from './expand.ts';
import type { NativeRule } from './rule.ts';

export const multiplyIn: NativeRule = { ...native['multiply in to cancel'], apply: cancelled };
export const overOne: NativeRule = { ...native['over one divisor'], apply: recombined };
export const cancelInside = bottomUp((t) => (t.node.kind === 'sum' ? overOne : multiplyIn));

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

/** 1 - u/(1 + u) is 1/(1 + u): everything over the one divisor, if that cancels. */
function overOneDivisor(over: readonly Summand[], others: readonly Summand[], divisor: Term): Term | undefined {
  if (others.length === 0 || others.length > 4) return undefined;
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
