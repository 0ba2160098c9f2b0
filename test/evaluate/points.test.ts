import { describe, expect, it } from 'vitest';
import { type NumericArray, identity, largestRelativeError } from '../../src/evaluate/array.ts';
import { determinant, inverse, multiply, transpose } from '../../src/evaluate/linear-algebra.ts';
import { type Variable, randomPoint } from '../../src/evaluate/points.ts';
import { euclidean } from '../../src/basics/special-functions.ts';
import type { Fact } from '../../src/syntax/tree.ts';

const seeds = Array.from({ length: 25 }, (_, seed) => seed);
const drawn = (shape: readonly number[], facts: readonly Fact[], seed: number, at?: number): NumericArray =>
  randomPoint([{ name: 'x', shape, facts, at }], seed).get('x')!;

/** Checks a fact at many points. */
const always = (shape: readonly number[], facts: readonly Fact[], holds: (x: NumericArray) => void): void =>
  seeds.forEach((seed) => holds(drawn(shape, facts, seed)));
const everyEntry = (shape: readonly number[], facts: readonly Fact[], holds: (value: number) => boolean): void =>
  always(shape, facts, (x) => expect([...x.data].every(holds)).toBe(true));
const close = (a: NumericArray, b: NumericArray): void => expect(largestRelativeError(a, b)).toBeLessThan(1e-13);
const condition = (a: NumericArray): number => euclidean(a.data) * euclidean(inverse(a).data);
const linesOf = (a: NumericArray, length: number): number[][] =>
  Array.from({ length: a.data.length / length }, (_, i) => [...a.data.subarray(i * length, (i + 1) * length)]);

const isOnehot = (values: readonly number[]): boolean =>
  values.every((value) => value === 0 || value === 1) &&
  values.indexOf(1) === values.lastIndexOf(1) &&
  values.includes(1);
const isSimplex = (values: readonly number[]): boolean =>
  values.every((value) => value > 0) && Math.abs(values.reduce((sum, value) => sum + value, 0) - 1) < 1e-15;

describe('random points', () => {
  it('are the same for the same seed and differ for others', () => {
    const variables: readonly Variable[] = [
      { name: 'A', shape: [3, 2], facts: [] },
      { name: 'tau', shape: [], facts: ['positive'] },
    ];
    expect(randomPoint(variables, 5)).toEqual(randomPoint(variables, 5));
    expect(randomPoint(variables, 5)).not.toEqual(randomPoint(variables, 6));
    expect(randomPoint(variables, 5).get('A')!.shape).toEqual([3, 2]);
    expect(randomPoint(variables, 5).get('tau')!.shape).toEqual([]);
  });

  it('are standard normal without facts', () => {
    const { data } = drawn([100, 100], [], 1);
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });

  it('respect facts about single entries', () => {
    everyEntry([4, 3], ['positive'], (value) => value >= 0.4 && value <= 2);
    everyEntry([4], ['negative'], (value) => value <= -0.4);
    everyEntry([4], ['nonnegative'], (value) => value === 0 || value >= 0.4);
    expect(seeds.some((seed) => drawn([4], ['nonnegative'], seed).data.includes(0))).toBe(true);
    everyEntry([], ['nonzero'], (value) => Math.abs(value) >= 0.4);
    everyEntry([4], ['binary'], (value) => value === 0 || value === 1);
    everyEntry([4], ['pm1'], (value) => Math.abs(value) === 1);
  });

  it('turn planes by right angles, which takes an even number of rows', () => {
    always([4, 4], ['orthogonal', 'skew'], (x) => {
      close(multiply(transpose(x), x), identity(4));
      expect([...transpose(x).data]).toEqual(Array.from(x.data, (value) => 0 - value));
    });
    expect(() => drawn([3, 3], ['orthogonal', 'skew'], 1)).toThrow('odd number of rows');
  });

  it('respect symmetric and skew exactly, and the signs asked for beside', () => {
    always([4, 4], ['symmetric'], (x) => expect(transpose(x)).toEqual(x));
    always([4, 4], ['symmetric', 'positive'], (x) => {
      expect(transpose(x)).toEqual(x);
      expect(Math.min(...x.data)).toBeGreaterThan(0);
    });
    always([4, 4], ['skew'], (x) => expect(transpose(x).data.every((value, i) => value === 0 - x.data[i]!)).toBe(true));
  });

  it('draw spd matrices that are symmetric, positive definite and well conditioned', () => {
    always([4, 4], ['spd'], (x) => {
      expect(transpose(x)).toEqual(x);
      for (let size = 1; size <= 4; size++) {
        const minor = x.data.filter((_, i) => i < 4 * size && i % 4 < size);
        expect(determinant({ shape: [size, size], data: minor })).toBeGreaterThan(0);
      }
      expect(condition(x)).toBeLessThan(20);
    });
  });

  it('draw invertible matrices that are well conditioned and not symmetric', () => {
    always([4, 4], ['invertible'], (x) => {
      expect(condition(x)).toBeLessThan(20);
      expect(largestRelativeError(x, transpose(x))).toBeGreaterThan(1e-3);
    });
    always([3, 3], ['invertible', 'positive'], (x) => {
      expect(condition(x)).toBeLessThan(20);
      expect(Math.min(...x.data)).toBeGreaterThan(0);
    });
    always([3, 3], ['symmetric', 'invertible'], (x) => {
      expect(condition(x)).toBeLessThan(20);
      expect(transpose(x)).toEqual(x);
    });
  });

  it('draw orthogonal matrices of both orientations', () => {
    always([4, 4], ['orthogonal'], (x) => close(multiply(transpose(x), x), identity(4)));
    always([3, 3], ['orthogonal', 'symmetric'], (x) => close(multiply(x, x), identity(3)));
    const signs = new Set(seeds.map((seed) => Math.sign(determinant(drawn([3, 3], ['orthogonal'], seed)))));
    expect(signs).toEqual(new Set([-1, 1]));
  });

  it('draw diagonal matrices, away from zero when they are invertible', () => {
    always([3, 3], ['diagonal'], (x) => expect(x.data.every((value, i) => i % 4 === 0 || value === 0)).toBe(true));
    always([3, 3], ['diagonal', 'invertible'], (x) => expect(Math.abs(determinant(x))).toBeGreaterThan(0.4 ** 3));
  });

  it('draw onehot vectors and rows, with the one where it is asked for', () => {
    always([4], ['onehot'], (x) => expect(isOnehot([...x.data])).toBe(true));
    always([3, 4], ['onehot'], (x) => expect(linesOf(x, 4).every(isOnehot)).toBe(true));
    expect([...drawn([4], ['onehot'], 3, 2).data]).toEqual([0, 1, 0, 0]);
    expect(new Set(seeds.map((seed) => drawn([3], ['onehot'], seed).data.indexOf(1))).size).toBe(3);
  });

  it('draw simplex vectors and rows with positive entries that sum to one', () => {
    always([1, 4], ['simplex'], (x) => expect(isSimplex([...x.data])).toBe(true));
    always([3, 4], ['simplex'], (x) => expect(linesOf(x, 4).every(isSimplex)).toBe(true));
  });

  it('refuse square facts for other matrices', () => {
    expect(() => drawn([3, 2], ['spd'], 1)).toThrow('x is 3 x 2, and only a square matrix can be spd');
  });
});
