import { describe, expect, test } from 'vitest';
import { primeField, primeArithmetic, primes } from '../../src/decide/prime-field.ts';
import { eliminate, inverseOf, attempted } from '../../src/decide/field.ts';
import { factsHold } from '../../src/evaluate/holds.ts';
import { nicePools, niceValue } from '../../src/decide/nice-values.ts';
import { randomEntries } from '../../src/decide/residue-points.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import type { Fact } from '../../src/syntax/tree.ts';

const sets: readonly (readonly Fact[])[] = [
  [],
  ['positive'],
  ['negative'],
  ['nonnegative'],
  ['nonzero'],
  ['binary'],
  ['pm1'],
  ['onehot'],
  ['simplex'],
  ['symmetric'],
  ['symmetric', 'positive'],
  ['skew'],
  ['spd'],
  ['diagonal'],
  ['diagonal', 'spd'],
  ['orthogonal'],
  ['orthogonal', 'symmetric'],
  ['orthogonal', 'diagonal'],
];

describe('readable points satisfy the facts', () => {
  test.each(sets.map((facts) => [facts.join(', '), facts] as const))('%s', (_, list) => {
    const random = randomNumbers(11);
    const facts = new Set(list);
    for (let round = 0; round < 4 * nicePools.length; round++) {
      const extents = [2 + (round % 2), 2 + (round % 2)];
      expect(
        factsHold(
          [...niceValue({ extents, facts }, nicePools[round % nicePools.length]!, random).data],
          facts,
          extents,
        ),
      ).toBe(true);
    }
  });
});

const rows = (entries: readonly number[], n: number): number[][] =>
  Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n));

describe('points modulo a prime satisfy the facts', () => {
  const random = randomNumbers(5);
  const field = primeField(primeArithmetic(primes[0]!), random, false);
  const { negated, isPositive } = field.arithmetic;
  function drawn(extents: readonly number[], ...facts: readonly Fact[]): readonly number[] {
    for (;;) {
      const entries = attempted(() => randomEntries({ extents, facts: new Set(facts) }, field, random));
      if (entries.kind === 'value') return entries.value;
    }
  }
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((total, x, k) => field.plus(total, field.times(x, b[k]!)), 0);

  test('signs', () => {
    expect(drawn([5], 'positive').every(isPositive)).toBe(true);
    expect(drawn([5], 'negative').some(isPositive)).toBe(false);
  });
  test('simplex and onehot', () => {
    expect(drawn([3], 'simplex').reduce(field.plus)).toBe(1);
    expect(drawn([2, 3], 'onehot').reduce(field.plus)).toBe(2);
    expect(randomEntries({ extents: [3], facts: new Set<Fact>(['onehot']), at: 2 }, field, random)).toEqual([0, 1, 0]);
  });
  test('symmetric, skew, diagonal', () => {
    const [s, k, d] = (['symmetric', 'skew', 'diagonal'] as const).map((fact) => rows(drawn([3, 3], fact), 3));
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        expect(s![i]![j]).toBe(s![j]![i]);
        expect(k![i]![j]).toBe(negated(k![j]![i]!));
        if (i !== j) expect(d![i]![j]).toBe(0);
      }
  });
  test.each([[['orthogonal']], [['orthogonal', 'symmetric']], [['orthogonal', 'diagonal']]] as const)('%j', (facts) => {
    const q = rows(drawn([3, 3], ...facts), 3);
    q.forEach((row, i) => q.forEach((other, j) => expect(dot(row, other)).toBe(i === j ? 1 : 0)));
  });
  test('orthonormal columns of a tall matrix', () => {
    const entries = drawn([4, 2], 'orthonormal');
    expect(entries).toHaveLength(8);
    const column = (j: number): readonly number[] => entries.filter((_, n) => n % 2 === j);
    for (const i of [0, 1]) for (const j of [0, 1]) expect(dot(column(i), column(j))).toBe(i === j ? 1 : 0);
  });
  test('rotations and reflections both come up', () => {
    const dets = Array.from({ length: 20 }, () => eliminate(rows(drawn([2, 2], 'orthogonal'), 2), field).determinant);
    expect(new Set(dets)).toEqual(new Set([1, negated(1)]));
  });
  test('inverses are exact', () => {
    const a = rows(drawn([3, 3]), 3);
    const b = inverseOf(a, field);
    a.forEach((row, i) =>
      [0, 1, 2].forEach((j) =>
        expect(
          dot(
            row,
            b.map((r) => r[j]!),
          ),
        ).toBe(i === j ? 1 : 0),
      ),
    );
    expect(() =>
      inverseOf(
        [
          [1, 2],
          [2, 4],
        ],
        field,
      ),
    ).toThrow();
  });
});
