import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { primeField, type PrimeArithmetic, primeArithmetic, primes } from '../../src/decide/prime-field.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';

const random = randomNumbers(7);
const draw = ({ p }: PrimeArithmetic): number => 1 + random.below(p - 1);

function isPrime(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

describe.each(primes)('modulo %i', (p) => {
  const field = primeArithmetic(p);
  test('p and (p - 1)/2 are primes', () => expect([isPrime(p), isPrime((p - 1) / 2)]).toEqual([true, true]));
  test('products are exact', () => {
    for (let n = 0; n < 200; n++) {
      const [a, b] = [draw(field), draw(field)];
      expect(BigInt(field.times(a, b))).toBe((BigInt(a) * BigInt(b)) % BigInt(p));
    }
  });
  test('inverses and fractions', () => {
    const a = draw(field);
    expect(field.times(a, field.inverse(a))).toBe(1);
    expect(field.times(field.rational(Q.rational(3, 7)), 7)).toBe(3);
    expect(() => field.inverse(0)).toThrow();
  });
  test('one of a and -a is positive, products follow the rule of signs', () => {
    for (let n = 0; n < 50; n++) {
      const [a, b] = [draw(field), draw(field)];
      expect(field.isPositive(a)).not.toBe(field.isPositive(field.negated(a)));
      expect(field.isPositive(field.times(a, b))).toBe(field.isPositive(a) === field.isPositive(b));
    }
    for (let n = 1; n <= 17; n++) expect(field.isPositive(n)).toBe(true);
  });
  test('roots of positive numbers are positive and multiply', () => {
    for (const degree of [2, 3, 4, 6]) {
      const [a, b] = [draw(field), draw(field)].map((x) => field.times(x, x)) as [number, number];
      const root = (x: number): number => field.power(x, Q.rational(1, degree));
      expect(field.power(root(a), Q.rational(degree))).toBe(a);
      expect(field.isPositive(root(a))).toBe(true);
      expect(field.times(root(a), root(b))).toBe(root(field.times(a, b)));
    }
    expect(() => field.power(field.negated(4), Q.half)).toThrow();
  });
});

describe('functions as atoms', () => {
  const arithmetic = primeArithmetic(primes[0]!);
  const field = primeField(arithmetic, randomNumbers(3), false);
  const { apply, times, plus } = field;
  const [x] = [draw(arithmetic)];
  test('equal arguments give equal values', () => expect(apply('erf', [x])).toBe(apply('erf', [x])));
  test('exp(-x) = 1/exp(x), log(exp(x)) = x, exp(log(x)) = x', () => {
    expect(times(apply('exp', [x]), apply('exp', [arithmetic.negated(x)]))).toBe(1);
    expect(apply('log', [apply('exp', [x])])).toBe(x);
    const square = times(x, x);
    expect(apply('exp', [apply('log', [square])])).toBe(square);
  });
  test('sin^2 + cos^2 = 1', () => {
    const [sin, cos] = [apply('sin', [x]), apply('cos', [x])];
    expect(plus(times(sin, sin), times(cos, cos))).toBe(1);
  });
  test('a maximum is one of its entries, and moves with them', () => {
    const values = [x, 5, 77];
    expect(values).toContain(field.largest(values));
    const shifted = values.map((value) => plus(value, 9));
    expect(field.largest(shifted.toReversed())).toBe(plus(field.largest(values), 9));
  });
});
