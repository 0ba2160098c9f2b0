/** Numbers and powers in a product: exact arithmetic, roots of integers, equal bases. */
import * as Q from '../basics/rational.ts';
import { refuse } from '../basics/problem.ts';
import type { Rational } from '../basics/rational.ts';
import { number } from './atoms.ts';
import type { ApplyNode, Term } from './node.ts';
import { argumentsOf, keyOf } from './place.ts';
import { notice } from './notice.ts';
import type { Flat } from './products.ts';
import { isSelector } from './selectors.ts';

/** base^exponent, of which the integer part leaves in the end. */
export interface Root {
  readonly base: bigint;
  readonly exponent: Rational;
}

export const dividesByZero = (): never => refuse({ kind: 'domain', message: 'this divides by zero' });

export function takeNumber(flat: Flat, roots: Root[], value: Rational, exponent: Rational): void {
  if (Q.isInteger(exponent)) {
    if (Q.isZero(value) && Q.isNegative(exponent)) dividesByZero();
    flat.coefficient = Q.times(flat.coefficient, Q.power(value, Number(exponent.n)));
  } else if (Q.isZero(value)) {
    if (Q.isNegative(exponent)) dividesByZero();
    flat.coefficient = Q.zero;
  } else if (Q.isNegative(value)) {
    flat.factors.push({ base: number(value), exponent });
  } else {
    if (value.n !== 1n) roots.push({ base: value.n, exponent });
    if (value.d !== 1n) roots.push({ base: value.d, exponent: Q.negated(exponent) });
  }
}

/** 12^(1/2) is 2*3^(1/2): integer parts leave, equal exponents share one root. */
export function settleRoots(flat: Flat, roots: readonly Root[]): void {
  const numbers: Root[] = [...roots];
  flat.factors = flat.factors.filter(({ base, exponent }) => {
    if (base.node.kind !== 'number' || !Q.isPositive(base.node.value) || base.node.value.d !== 1n) return true;
    numbers.push({ base: base.node.value.n, exponent });
    return false;
  });
  if (numbers.length === 0) return;
  const byFraction = new Map<string, Root>();
  for (const { base, exponent } of collectBases(numbers)) {
    const whole = exponent.n >= 0n ? exponent.n / exponent.d : -((-exponent.n + exponent.d - 1n) / exponent.d);
    const fraction = Q.minus(exponent, Q.rational(whole));
    flat.coefficient = Q.times(flat.coefficient, Q.power(Q.rational(base), Number(whole)));
    if (Q.isZero(fraction)) continue;
    const key = Q.toText(fraction);
    const known = byFraction.get(key);
    byFraction.set(key, { base: (known?.base ?? 1n) * base ** fraction.n, exponent: Q.rational(1n, fraction.d) });
  }
  for (const { base, exponent } of byFraction.values()) {
    const [outside, rest] = Q.extractRoot(base, Number(exponent.d));
    flat.coefficient = Q.times(flat.coefficient, Q.rational(outside));
    if (rest !== 1n) flat.factors.push({ base: number(Q.rational(rest)), exponent });
  }
}

function collectBases(numbers: readonly Root[]): readonly Root[] {
  const byBase = new Map<bigint, Rational>();
  for (const { base, exponent } of numbers) byBase.set(base, Q.plus(byBase.get(base) ?? Q.zero, exponent));
  return [...byBase].map(([base, exponent]) => ({ base, exponent }));
}

export function collectPowers(flat: Flat): void {
  const collected = new Map<string, { base: Term; exponent: Rational }>();
  for (const { base, exponent } of flat.factors) {
    const key = keyOf(base);
    const known = collected.get(key);
    // A selector is its own square.
    if (known) {
      if (Q.isNegative(known.exponent) !== Q.isNegative(exponent)) notice('cancellation');
      known.exponent = isSelector(base) ? Q.one : Q.plus(known.exponent, exponent);
    } else collected.set(key, { base, exponent });
  }
  flat.factors = [...collected.values()].filter(({ exponent }) => !Q.isZero(exponent));
  // |x|^2 is x^2.
  const even = flat.factors.find(
    ({ base, exponent }) =>
      base.node.kind === 'apply' && base.node.fn === 'abs' && exponent.n % 2n === 0n && exponent.d === 1n,
  );
  if (!even) return;
  notice('square of an absolute value');
  [even.base] = argumentsOf(even.base as Term & { node: ApplyNode }) as [Term];
  collectPowers(flat);
}
