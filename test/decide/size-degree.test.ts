/** A proof for all sizes rests on degrees that are never too low: worked out by hand for terms of every kind. */
import { describe, expect, test } from 'vitest';
import { sizeAt, sizesToTry } from '../../src/decide/point.ts';
import { sizeDegrees } from '../../src/decide/size-degree.ts';
import { attempted } from '../../src/decide/field.ts';
import { dimSum, fixed, named } from '../../src/shape/dim.ts';
import { subjectFrom, verdictOf } from './verdict-of.ts';

const degreesOf = (program: string, claim: string) => {
  const subject = subjectFrom(program, claim);
  const { extents, asNumbers } = sizeDegrees(subject.difference, subject);
  return { extents: Object.fromEntries(extents), asNumbers: [...asNumbers] };
};

describe('indices of a size', () => {
  test.each([
    ['x in R^n', 'sum(x) == 0', { n: 1 }],
    ['x in R^n', "x'*x == 0", { n: 1 }],
    ['x in R^n', "x*x' == 0", { n: 2 }],
    ['A in R^(n x n)', 'tr(A*A*A) == 0', { n: 3 }],
    ['x in R^n', "(x'*x)^3 == 0", { n: 3 }],
    ['x in R^n; u in R^m', 'sum(x)*sum(u) == 0', { n: 1, m: 1 }],
    ['x in R^n', 'sum(x) + sum(x)^2 == 0', { n: 2 }],
    ['x in R^n; u in R^m; B in R^(n x m)', "x'*B*u == 0", { n: 1, m: 1 }],
  ])('%s | %s', (program, claim, extents) => {
    expect(degreesOf(program, claim)).toEqual({ extents, asNumbers: [] });
  });
});

describe('sizes as numbers', () => {
  test.each([
    ['x in R^n', 'n*sum(x) == 0', { n: 2 }, ['n']],
    ['x in R^n', 'n^3*sum(x) == 0', { n: 4 }, ['n']],
    ['x in R^n; u in R^m', 'm*sum(x) + sum(u) == 0', { n: 1, m: 1 }, ['m']],
    ['x in R^n; u in R^m', '(n*m + n)*(m + 1) == 0', { n: 1, m: 2 }, ['n', 'm']],
    ['x in R^n; y in R^m', 'n*m + sum(x) == 0', { n: 1, m: 1 }, ['n', 'm']],
    ['x in R^n', 'n^2 + n*sum(x)^2 == 0', { n: 3 }, ['n']],
    // All denominators are multiplied in, and counted with what they are multiplied by.
    ['x in R^n', 'sum(x)/n == 0', { n: 2 }, ['n']],
    ['x in R^n', '1 + 1/n == 0', { n: 2 }, ['n']],
    ['x in R^n', '1/n + 1/(n + 1) == 0', { n: 3 }, ['n']],
    ['x in R^n', 'n^2/(n + 1)^2 == 0', { n: 4 }, ['n']],
    ['x in R^n', '(1/n + sum(x))^2 == 0', { n: 6 }, ['n']],
    ['x in R^n', '1/(1/sum(x) + 1) == 0', { n: 2 }, []],
    ['x in R^n', 'sum(x)/sum(x.^2) + 1/sum(x.^3) == 0', { n: 4 }, []],
    ['x in R^n', 'max(x)/sum(x) + n/(sum(x) + 1) == 0', { n: 4 }, ['n']],
    ['x in R^n; y in R^m', 'm/n == 0', { n: 1, m: 1 }, ['n', 'm']],
    // Roots are raised until none is left.
    ['x in R^n', 'sqrt(n)*sum(x) == 0', { n: 3 }, ['n']],
    ['x in R^n', 'n^(-3/2)*sum(x) == 0', { n: 5 }, ['n']],
    ['x in R^n', '(n + 1)^(1/3) == 0', { n: 3 }, ['n']],
  ])('%s | %s', (program, claim, extents, asNumbers) => {
    const found = degreesOf(program, claim);
    expect(found.extents).toEqual(extents);
    expect(found.asNumbers.toSorted()).toEqual(asNumbers.toSorted());
  });
  test.each([
    ['x in R^n', 'exp(n*sum(x)) == 0', { n: 2 }],
    ['x in R^n', 'softmax(x) == 0', { n: 3 }],
    ['A in R^(n x n)', 'det(A) == 0', { n: 2 }],
    ['A in R^(n x n)', 'inv(A) == 0', { n: 6 }],
    ['A in R^(n x n)', 'inv(A)[i,j]*n == 0', { n: 7 }],
    ['x in R^n', 'x[i] == 0', { n: 1 }],
    ['x in R^n; y in R^m', '[x; y] == 0', { n: 2, m: 2 }],
    ['x in R^n; y in R^m', 'kron(x, y) == 0', { n: 1, m: 1 }],
  ])('in functions, arrays and positions count too: %s | %s', (program, claim, extents) => {
    expect(degreesOf(program, claim).extents).toEqual(extents);
  });
  test.each([
    ['c in R; A in R^(n x n)', 'c^n + c^(2*n) + n*c == 0', { n: 6 }],
    ['c in R; x in R^n', 'c^n/(1 + n) == 0', { n: 2 }],
    ['c in R; x in R^n', 'exp(c^n) + n == 0', { n: 4 }],
    ['c in R; x in R^n', '(1 + c^n)^2 + n == 0', { n: 9 }],
    ['x in R^n', '2^(n - 1) + sum(x) == 0', { n: 4 }],
    ['c in R; x in R^n', 'max(c^n, c) + n == 0', { n: 4 }],
  ])('in an exponent count with the number of summands: %s | %s', (program, claim, extents) => {
    expect(degreesOf(program, claim).extents).toEqual(extents);
  });
  test('behind a name count as if written out', () => {
    expect(degreesOf('x in R^n; s = n*sum(x)', 's^2 == 0')).toEqual(degreesOf('x in R^n', '(n*sum(x))^2 == 0'));
  });
});

describe('a polynomial in sizes that vanishes at many small ones is not zero', () => {
  test.each([
    ['x in R^n', 'n*(n-1)*(n-2)*(n-3)*(n-4)*(n-5)*(n-6)*(n-7)*(n-8) == 0'],
    ['x in R^n; u in R^m', '(m - n)^3 == m - n'],
    ['x in R^n; u in R^m', 'abs(m - n) == (m - n)^2'],
    ['x in R^n', '(n-1)*(n-2)*(n-3)*(n-4)*sum(x) == 0'],
    ['x in R^n', '1[n > 12]*sum(x) == 0'],
    ['x in R^n', 'max(n, 9) == 9'],
  ])('%s | %s', (program, claim) => expect(verdictOf(program, claim).verdict).not.toBe('proved'));
});

describe('sizes that are tried', () => {
  test('a size below zero is none', () => {
    const less = dimSum(named('n'), fixed(-3));
    expect(attempted(() => sizeAt(less, { n: 2 })).kind).toBe('outside');
    expect(attempted(() => sizeAt(less, { n: 3 }))).toEqual({ kind: 'value', value: 0 });
    expect(attempted(() => sizeAt(named('k'), { n: 3 })).kind).toBe('outside');
  });
  test('any two names are apart by little and by much, in both orders, and equal', () => {
    const rounds = sizesToTry(['a', 'b', 'c']);
    for (const [p, r] of [
      ['a', 'b'],
      ['b', 'c'],
      ['a', 'c'],
    ] as const) {
      const apart = new Set(rounds.map((sizes) => sizes[p]! - sizes[r]!));
      expect(apart.has(0)).toBe(true);
      expect([...apart].some((d) => d >= 2)).toBe(true);
      expect([...apart].some((d) => d <= -2)).toBe(true);
      expect(apart.size).toBeGreaterThanOrEqual(5);
    }
    expect(rounds[0]).toEqual({ a: 2, b: 2, c: 2 });
    expect(rounds.some((sizes) => sizes['a'] === 1)).toBe(true);
    expect(sizesToTry([])).toEqual([{}]);
  });
  test('go beyond the numbers that a claim speaks of, within reason', () => {
    const largest = (numbers: readonly number[]): number => Math.max(...sizesToTry(['n'], numbers).map(({ n }) => n!));
    expect(largest([14])).toBeGreaterThan(14);
    expect(largest([14.5])).toBe(largest([]));
    expect(largest([1e6])).toBe(largest([]));
    expect(sizesToTry(['n'], [2])).toEqual(sizesToTry(['n']));
  });
});
