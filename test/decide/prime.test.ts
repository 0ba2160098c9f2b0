/** Arithmetic modulo a prime, and what functions, signs and order mean there: each law that a proof may lean on. */
import { describe, expect, test } from 'vitest';
import { type EntrywiseName, entrywise } from '../../rules/functions/index.ts';
import * as Q from '../../src/basics/rational.ts';
import { attempted } from '../../src/decide/field.ts';
import {
  createAtoms,
  createExponentials,
  createSigns,
  createWaves,
  primeField,
  type PrimeArithmetic,
  primeArithmetic,
  primes,
} from '../../src/decide/prime-field.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { apply } from '../../src/terms/construct.ts';
import type { ApplyNode } from '../../src/terms/node.ts';
import { at, q, symbol } from '../terms/given.ts';

const random = randomNumbers(7);
const draw = ({ p }: PrimeArithmetic): number => 1 + random.below(p - 1);
const isOutside = (evaluate: () => unknown): boolean => attempted(evaluate).kind === 'outside';

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

describe('modulo 23, where everything can be counted', () => {
  const p = 23;
  const field = primeArithmetic(p);
  const residues = Array.from({ length: p }, (_, k) => k);
  const squares = new Set(residues.slice(1).map((x) => (x * x) % p));
  test('sums, differences, products, opposites', () => {
    for (const a of residues) {
      expect(field.negated(a)).toBe((p - a) % p);
      for (const b of residues)
        expect([field.plus(a, b), field.minus(a, b), field.times(a, b)]).toEqual([
          (a + b) % p,
          (a + p - b) % p,
          (a * b) % p,
        ]);
    }
  });
  test('inverses, of all but 0', () => {
    for (const a of residues.slice(1)) expect((a * field.inverse(a)) % p).toBe(1);
    expect(isOutside(() => field.inverse(0))).toBe(true);
  });
  test('squares are the positive numbers, and 0 is none', () => {
    for (const a of residues) expect(field.isPositive(a)).toBe(squares.has(a));
  });
  test('powers with whole exponents, of 0 too', () => {
    for (const a of residues)
      for (let e = 0; e <= 30; e++) {
        const power = Array.from({ length: e }, () => a).reduce((x, y) => (x * y) % p, 1);
        expect(field.power(a, q(e))).toBe(power);
        if (a !== 0) expect((field.power(a, q(-e)) * power) % p).toBe(1);
      }
    expect(isOutside(() => field.power(0, q(-1)))).toBe(true);
  });
  test('roots, of the positive numbers only', () => {
    for (const a of residues)
      for (const [n, d] of [
        [1, 2],
        [-1, 2],
        [3, 2],
        [2, 3],
        [-5, 4],
      ] as const) {
        if (!squares.has(a)) {
          expect(isOutside(() => field.power(a, q(n, d)))).toBe(true);
          continue;
        }
        const root = field.power(a, q(n, d));
        expect(squares.has(root)).toBe(true);
        expect(field.power(root, q(d))).toBe(field.power(a, q(n)));
      }
  });
  test('fractions; what is a multiple of p is neither 0 nor a denominator', () => {
    expect(field.rational(q(0))).toBe(0);
    expect(field.rational(q(-1))).toBe(22);
    expect(field.rational(q(50))).toBe(4);
    expect((field.rational(q(5, 7)) * 7) % p).toBe(5);
    expect((field.rational(q(-5, 7)) * 7) % p).toBe(18);
    for (const multiple of [q(23), q(-46), q(23, 2), q(1, 23), q(5, 46)])
      expect(isOutside(() => field.rational(multiple))).toBe(true);
  });
  test('exponents up to a million, either way', () => {
    for (const most of [q(1_000_000), q(-1_000_000)]) expect(isOutside(() => field.power(2, most))).toBe(false);
    for (const more of [q(1_000_001), q(-1_000_001), q(1_000_001, 2)])
      expect(isOutside(() => field.power(2, more))).toBe(true);
  });
});

const arithmetic = primeArithmetic(primes[0]!);
const { p, negated, isPositive } = arithmetic;

describe('atoms', () => {
  const atomsOf = (): ReturnType<typeof createAtoms> => createAtoms(arithmetic, randomNumbers(5));
  test('are not zero; positive ones are squares', () => {
    const { draw: any, drawPositive } = createAtoms(primeArithmetic(23), randomNumbers(5));
    const drawn = Array.from({ length: 400 }, any);
    expect(new Set(drawn)).toEqual(new Set(Array.from({ length: 22 }, (_, k) => k + 1)));
    expect(new Set(Array.from({ length: 400 }, drawPositive)).size).toBe(11);
    expect(Array.from({ length: 20 }, atomsOf().drawPositive).every(isPositive)).toBe(true);
  });
  test('are the same for the same key, and made as they are told to', () => {
    const { atom } = atomsOf();
    const made = atom('a');
    expect(atom('a')).toBe(made);
    expect(atom('a', () => 3)).toBe(made);
    expect(atom('b')).not.toBe(made);
    expect(atom('c', () => 3)).toBe(3);
    expect(atom('zero', () => 0)).toBe(0);
    expect(atom('zero', () => 1)).toBe(0);
  });
  test('odd and even functions, on both halves', () => {
    const { odd, even } = atomsOf();
    expect(odd('f', 0)).toBe(0);
    for (const x of [1, 5, (p - 1) / 2]) {
      expect(odd('f', p - x)).toBe(negated(odd('f', x)));
      expect(odd('f', x)).not.toBe(odd('g', x));
      expect(even('h', p - x)).toBe(even('h', x));
      expect(even('h', x)).not.toBe(even('k', x));
    }
    expect(odd('f', 1)).not.toBe(odd('f', 2));
    expect(even('h', 1)).not.toBe(even('h', 2));
    expect(even('h', 0)).toBe(even('h', 0));
    expect(even('h', 0)).not.toBe(0);
    // What comes first may lie in the upper half.
    const upper = odd('late', p - 7);
    expect(odd('late', 7)).toBe(negated(upper));
  });
});

describe('exponentials and waves', () => {
  test('each undoes the other, whichever comes first; opposites are inverses', () => {
    const { exp, log } = createExponentials(arithmetic, createAtoms(arithmetic, randomNumbers(9)));
    expect([exp(0), log(1)]).toEqual([1, 0]);
    const x = 1234;
    const e = exp(x);
    expect(exp(x)).toBe(e);
    expect(isPositive(e)).toBe(true);
    expect(log(e)).toBe(x);
    expect(exp(negated(x))).toBe(arithmetic.inverse(e));
    expect(log(arithmetic.inverse(e))).toBe(negated(x));
    const l = log(4);
    expect(log(4)).toBe(l);
    expect(exp(l)).toBe(4);
    expect(log(arithmetic.inverse(4))).toBe(negated(l));
    expect(exp(negated(l))).toBe(arithmetic.inverse(4));
    for (const x of [0, negated(4)]) expect(isOutside(() => log(x))).toBe(true);
  });
  test('sin^2 + cos^2 is 1, sin is odd, cos even, and 0 is where they say', () => {
    const { sin, cos } = createWaves(arithmetic, createAtoms(arithmetic, randomNumbers(9)));
    const { times, plus } = arithmetic;
    expect([sin(0), cos(0)]).toEqual([0, 1]);
    for (const x of [3, 77, p - 12]) {
      expect(plus(times(sin(x), sin(x)), times(cos(x), cos(x)))).toBe(1);
      expect(sin(negated(x))).toBe(negated(sin(x)));
      expect(cos(negated(x))).toBe(cos(x));
    }
    expect(sin(3)).not.toBe(sin(77));
  });
});

describe('signs and order', () => {
  const signsOf = (seed = 5): ReturnType<typeof createSigns> => {
    const chance = randomNumbers(seed);
    return createSigns(arithmetic, createAtoms(arithmetic, chance), chance);
  };
  const [positive, negative] = [4, negated(4)];
  test('absolute values are positive or 0', () => {
    const { absolute } = signsOf();
    expect([absolute(positive), absolute(negative), absolute(0)]).toEqual([4, 4, 0]);
  });
  test('a comparison is the sign of the difference', () => {
    const { compare, equal } = signsOf();
    expect([compare(9, 5), compare(5, 9), compare(5, 5)]).toEqual([1, -1, 0]);
    expect([equal(9, 5), equal(5, 5)]).toEqual([false, true]);
  });
  test('each decision has two outcomes, each one counted once, whichever way round it is asked', () => {
    const signs = signsOf();
    expect(signs.cases()).toBe(1);
    signs.absolute(0);
    signs.compare(5, 5);
    signs.equal(5, 9);
    expect(signs.cases()).toBe(1);
    signs.absolute(12_345_678);
    expect(signs.cases()).toBe(2);
    signs.absolute(negated(12_345_678));
    signs.compare(12_345_680, 2);
    signs.compare(2, 12_345_680);
    expect(signs.cases()).toBe(2);
    signs.compare(987_654_321, 2);
    expect(signs.cases()).toBe(4);
  });
  test('a maximum has as many outcomes as entries; each may come, and it moves with them', () => {
    const seen = new Set<number>();
    for (let seed = 1; seed <= 40; seed++) {
      const signs = signsOf(seed);
      const values = [10, 500, 70_000];
      const largest = signs.largest(values);
      seen.add(largest);
      expect(signs.largest(values.toReversed())).toBe(largest);
      expect(signs.largest([values[1]!, values[2]!, values[0]!])).toBe(largest);
      expect(signs.largest(values.map((x) => x + 9))).toBe(largest + 9);
      expect(signs.cases()).toBe(3);
      signs.largest([1, 2]);
      expect(signs.cases()).toBe(6);
    }
    expect(seen).toEqual(new Set([10, 500, 70_000]));
  });
  test('notes which plain numbers something was decided about: with small numerators and denominators', () => {
    const notes = (...values: readonly number[]): readonly string[] => {
      const signs = signsOf();
      for (const value of values) signs.absolute(value);
      return [...signs.decidedNumbers()];
    };
    const { rational } = arithmetic;
    expect(notes(3)).toEqual(['3/1']);
    expect(notes(negated(3))).toEqual(['-3/1']);
    expect(notes(1024, 1025, negated(1024), negated(1025))).toEqual(['1024/1', '-1024/1']);
    expect(notes(rational(q(1, 2)), rational(q(-1, 2)))).toEqual(['1/2', '-1/2']);
    expect(notes(rational(q(5, 3)), rational(q(5, 4)), rational(q(5, 6)))).toEqual(['5/3', '5/4', '5/6']);
    expect(notes(rational(q(5, 7)), 123_456_789)).toEqual([]);
    const byEquality = signsOf();
    byEquality.equal(9, 5);
    byEquality.compare(9, 2);
    expect([...byEquality.decidedNumbers()]).toEqual(['4/1', '7/1']);
  });
});

describe('functions over the field', () => {
  const made = (seed = 3, whole = false): ReturnType<typeof primeField> =>
    primeField(arithmetic, randomNumbers(seed), whole);
  const field = made();
  const { apply: value, times, plus } = field;
  const [x] = [draw(arithmetic)];
  test('equal arguments give equal values', () => expect(value('erf', [x])).toBe(value('erf', [x])));
  test('exp(-x) = 1/exp(x), log(exp(x)) = x, exp(log(x)) = x', () => {
    expect(times(value('exp', [x]), value('exp', [negated(x)]))).toBe(1);
    expect(value('log', [value('exp', [x])])).toBe(x);
    const square = times(x, x);
    expect(value('exp', [value('log', [square])])).toBe(square);
  });
  test('sin^2 + cos^2 = 1', () => {
    const [sin, cos] = [value('sin', [x]), value('cos', [x])];
    expect(plus(times(sin, sin), times(cos, cos))).toBe(1);
  });
  test('x^y is exp(y*log(x)), where x is positive', () => {
    expect(value('power', [4, 9])).toBe(value('exp', [times(9, value('log', [4]))]));
    expect(isOutside(() => value('power', [negated(4), 9]))).toBe(true);
  });
  test('signs, steps, comparisons and extremes go by one sign', () => {
    const [above, below] = [4, negated(4)];
    const both = (fn: EntrywiseName): readonly number[] => [above, below, 0].map((a) => value(fn, [a]));
    expect(both('abs')).toEqual([4, 4, 0]);
    expect(both('relu')).toEqual([4, 0, 0]);
    expect(both('sign')).toEqual([1, p - 1, 0]);
    expect(both('step')).toEqual([1, 0, 0]);
    const pairs = (fn: EntrywiseName): readonly number[] =>
      [
        [9, 5],
        [5, 9],
        [5, 5],
      ].map((pair) => value(fn, pair));
    expect(pairs('max')).toEqual([9, 9, 5]);
    expect(pairs('min')).toEqual([5, 5, 5]);
    expect(pairs('greater')).toEqual([1, 0, 0]);
    expect(pairs('less')).toEqual([0, 1, 0]);
    expect(pairs('at-least')).toEqual([1, 0, 1]);
    expect(pairs('at-most')).toEqual([0, 1, 1]);
    expect(pairs('equals')).toEqual([0, 0, 1]);
    expect(pairs('differs')).toEqual([1, 1, 0]);
  });
  test('every other primitive is any function of its parity', () => {
    for (const [name, record] of Object.entries(entrywise)) {
      const fn = name as EntrywiseName;
      if (record.definition !== 'primitive' || record.arguments.length !== 1) continue;
      if (['exp', 'log'].includes(fn)) continue;
      const [there, back] = [value(fn, [7]), value(fn, [negated(7)])];
      if (record.parity === 'odd') expect(back, fn).toBe(negated(there));
      else if (record.parity === 'even') expect(back, fn).toBe(there);
      else if (!['relu', 'step'].includes(fn)) expect([there, negated(there)], fn).not.toContain(back);
    }
    const { atom } = createAtoms(arithmetic, randomNumbers(1));
    expect(atom('x')).not.toBe(atom('y'));
    expect(value('erf', [7])).not.toBe(value('erf', [8]));
  });
  test('what is computed here, and what by its definition', () => {
    for (const fn of ['exp', 'relu', 'max', 'abs', 'erf', 'lgamma'] as const) expect(field.computes(fn), fn).toBe(true);
    for (const fn of ['tanh', 'sigmoid', 'softplus'] as const) expect(field.computes(fn), fn).toBe(false);
  });
  test('unknown functions are the same at the same argument and position; pi is one positive number', () => {
    const f = { op: ':f:column>scalar' as const, argument: [3, 4] };
    const here = field.unknown(f.op, f.argument, [1]);
    expect(field.unknown(f.op, f.argument, [1])).toBe(here);
    const others = [
      field.unknown(':g:column>scalar', f.argument, [1]),
      field.unknown(f.op, [4, 3], [1]),
      field.unknown(f.op, f.argument, [2]),
    ];
    expect(others).not.toContain(here);
    expect(field.constant('pi')).toBe(field.constant('pi'));
    expect(isPositive(field.constant('pi'))).toBe(true);
  });
  test('an exact zero vanishes, nothing else does, and no pivot is larger than another', () => {
    expect([field.vanishes(0), field.vanishes(1)]).toEqual([true, false]);
    expect([field.isLarger(5, 1), field.isLarger(1, 5)]).toEqual([false, false]);
    expect([field.zero, field.one]).toEqual([0, 1]);
  });
  test('a maximum is one of its entries, and moves with them', () => {
    const values = [x, 5, 77];
    expect(values).toContain(field.largest(values));
    const shifted = values.map((entry) => plus(entry, 9));
    expect(field.largest(shifted.toReversed())).toBe(plus(field.largest(values), 9));
  });
  test('drawn from whole numbers, ties come up; anywhere, they do not', () => {
    const whole = made(11, true);
    const drawn = new Set(Array.from({ length: 200 }, whole.draw));
    expect(drawn).toEqual(new Set([0, 1, 2, p - 1, p - 2]));
    expect(new Set(Array.from({ length: 200 }, whole.drawPositive))).toEqual(new Set([1, 2, 3, 4]));
    for (const { draw: any, drawPositive } of [whole.anywhere, field, field.anywhere]) {
      expect(new Set(Array.from({ length: 20 }, any)).size).toBe(20);
      const positives = Array.from({ length: 20 }, drawPositive);
      expect(new Set(positives).size).toBe(20);
      expect(positives.every(isPositive)).toBe(true);
    }
  });
  test('comparisons that jump are kept with whether a tie has come up; a tie is never forgotten', () => {
    const [a, b] = [at(symbol('a', [])), at(symbol('b', []))];
    const node = (fn: EntrywiseName, unary = false): ApplyNode => apply(fn, unary ? [a] : [a, b]).node as ApplyNode;
    const { apply: compared, comparisons } = made();
    const greater = node('greater');
    compared('greater', [3, 2], greater);
    expect(comparisons.get(greater)).toBe(false);
    compared('greater', [2, 2], greater);
    expect(comparisons.get(greater)).toBe(true);
    compared('greater', [3, 2], greater);
    expect(comparisons.get(greater)).toBe(true);
    const step = node('step', true);
    compared('step', [2], step);
    expect(comparisons.get(step)).toBe(false);
    compared('step', [0], step);
    expect(comparisons.get(step)).toBe(true);
    const before = comparisons.size;
    compared('abs', [0], node('abs', true));
    compared('max', [2, 2], node('max'));
    compared('equals', [2, 2]);
    expect(comparisons.size).toBe(before);
    for (const fn of ['sign', 'less', 'at-least', 'at-most', 'equals', 'differs'] as const)
      compared(fn, [1, 2], node(fn, fn === 'sign'));
    expect(comparisons.size).toBe(before + 6);
  });
  test('cases and decided numbers are those of its signs', () => {
    const fresh = made();
    fresh.apply('abs', [3]);
    fresh.largest([7, 8, 9]);
    expect(fresh.cases()).toBe(6);
    expect([...fresh.decidedNumbers()]).toEqual(['3/1']);
  });
});
