/** The finite field alone must never prove what is false, and the rules alone must not either. */
import { describe, expect, test } from 'vitest';
import { isZero } from '../../src/terms/construct.ts';
import { byRules } from '../../src/decide/write-out.ts';
import { type Exact, exactly, givenCases, gridOf, roundsOf } from '../../src/decide/exactly.ts';
import { proved, refuted, seeds } from './claims.ts';
import { falseAndUndecided, falseClaims } from './deceptive.ts';
import { rules, subjectFrom, verdictOf } from './verdict-of.ts';

describe('false claims', () => {
  test.each([...seeds.refuted, ...refuted])('%s | %s', (program, claim) => {
    const subject = subjectFrom(program, claim);
    const { term } = byRules(subject.difference.term, rules);
    expect(isZero(term)).toBe(false);
    expect(exactly({ ...subject.difference, term }, subject)).not.toBe('zero');
    expect(exactly(subject.difference, subject)).not.toBe('zero');
  });
});

test('nor any of the claims made to deceive: numbers do not have to save the proof', () => {
  const zero = [...falseClaims, ...falseAndUndecided].filter((row) => {
    const [program, claim] = row.split(' | ') as [string, string];
    const subject = subjectFrom(program, claim);
    const { term } = byRules(subject.difference.term, rules);
    const ways = [{ ...subject.difference, term }, subject.difference];
    return isZero(term) || ways.some((difference) => exactly(difference, subject) === 'zero');
  });
  expect(zero).toEqual([]);
}, 240_000);

describe('true claims with one side doubled are not proved, unless both sides are zero', () => {
  test.each(proved.filter(([, claim]) => !claim.endsWith('== 0')))('%s | %s', (program, claim) => {
    const [left, right] = claim.split(' == ') as [string, string];
    expect(verdictOf(program, `${left} == 2*(${right})`).verdict).toBe('refuted');
  });
});

test('sizes that are too small for a position are not counted as tried: x[4] leaves 4 and 5 of 1 to 5', () => {
  const subject = subjectFrom('x in R^n', '(n - 4)*(n - 5)*x[4] == 0');
  expect(exactly(subject.difference, subject)).not.toBe('zero');
});

describe('sizes that are tried', () => {
  test('are more than the degree, for each name, and names are apart from each other', () => {
    expect(roundsOf(new Map())).toEqual([{}]);
    expect(roundsOf(new Map([['n', 1]])).map(({ n }) => n)).toEqual([2, 3, 4, 1]);
    expect(
      roundsOf(
        new Map([
          ['n', 1],
          ['m', 2],
        ]),
      ).map(({ n, m }) => `${n}${m}`),
    ).toEqual(['23', '34', '45', '11', '22', '34', '45']);
    for (const degrees of [{ n: 0, m: 3, p: 1 }, { n: 4, m: 4 }, { n: 0 }]) {
      const rounds = roundsOf(new Map(Object.entries(degrees)));
      for (const [name, degree] of Object.entries(degrees)) {
        const tried = new Set(rounds.map((sizes) => sizes[name]!));
        expect(tried.size).toBe(degree + 3);
        expect(Math.min(...tried)).toBe(1);
      }
    }
  });
  test('are all combinations where sizes are numbers too; the others take turns', () => {
    const grid = gridOf(
      new Map([
        ['n', 0],
        ['m', 1],
        ['p', 0],
      ]),
      new Set(['n', 'm']),
    )!;
    expect(grid.map(({ n, m }) => `${n}${m}`)).toEqual([
      '11',
      '12',
      '13',
      '14',
      '21',
      '22',
      '23',
      '24',
      '31',
      '32',
      '33',
      '34',
    ]);
    expect(new Set(grid.map(({ p }) => p))).toEqual(new Set([1, 2, 3]));
    // As many as the turns of the others need.
    expect(
      gridOf(
        new Map([
          ['n', 0],
          ['m', 7],
        ]),
        new Set(['n']),
      ),
    ).toHaveLength(12);
    expect(
      gridOf(
        new Map([
          ['n', 7],
          ['m', 7],
        ]),
        new Set(['n', 'm']),
      ),
    ).toHaveLength(100);
    expect(
      gridOf(
        new Map([
          ['n', 8],
          ['m', 7],
        ]),
        new Set(['n', 'm']),
      ),
    ).toBeUndefined();
    expect(gridOf(new Map([['n', 98]]), new Set(['n']))).toBeUndefined();
  });
});

describe('cases that are given', () => {
  const cases = (program: string, claim: string, sizes: Readonly<Record<string, number>>): number =>
    givenCases(subjectFrom(program, claim), sizes);
  test.each([
    ['x in R^n', 'sum(x) == 0', 1],
    ['y in R^n, onehot', 'sum(y) == 0', 3],
    ['Y in R^(m x n), onehot', 'sum(Y) == 0', 81],
    ['y in R^n, binary', 'sum(y) == 0', 8],
    ['y in R^n, pm1; z in R^m, pm1', 'sum(y) + sum(z) == 0', 128],
    ['Y in R^(m x n), binary', 'sum(Y) == 0', 4096],
    ['c in R, binary', 'c == 0', 2],
    ['Q in R^(n x n), orthogonal', 'tr(Q) == 0', 2],
    ['W in R^(m x n), orthonormal', 'sum(W) == 0', 2],
    ['P in R^(n x n), permutation', 'tr(P) == 0', 6],
    ['P in R^(n x n), idempotent', 'tr(P) == 0', 8],
    ['Q in R^(n x n), orthogonal; y in R^n, onehot', "y'*Q*y == 0", 6],
    ['y in R^n, onehot at k', 'sum(y) == 0', 9],
    ['x in R^n', 'x[i] == 0', 3],
    ['A in R^(m x n)', 'A[i,j] == 0', 12],
    ['x in R^(n - 3)', 'x[i] == 0', 1],
  ])('%s | %s: %i for n = 3, m = 4', (program, claim, count) => {
    expect(cases(program, claim, { n: 3, m: 4 })).toBe(count);
  });
});

describe('what is zero, what is not, and what cannot be said', () => {
  const rows: readonly (readonly [program: string, claim: string, Exact])[] = [
    // Whole numbers are tried for ties only.
    ['x in R', 'x*(x - 1)*(x - 2)*(x + 1)*(x + 2) == 0', 'not-zero'],
    ['x in R^n', 'sum(x)^2 == sum(x.*x)', 'not-zero'],
    ['x in R^n', 'sum(x)*x[1] == x[1]*sum(x) + 0*x[2]', 'zero'],
    // A comparison jumps where its sides are equal, and they must have been.
    ['x, y in R', '1[x > y] + 1[y >= x] == 1', 'zero'],
    ['x, y in R', '1[x > y] + 1[y > x] == 1', 'not-zero'],
    ['x in R', 'sign(x)^2 == 1', 'not-zero'],
    ['x in R', '1[x > 100] + 1[x < 100] == 1', 'unknown'],
    ['x in R', '1[x > 1] + 1[1 >= x] == 1', 'zero'],
    ['x in R', 'relu(x) - relu(-x) == x', 'zero'],
    ['x in R', 'x*sign(x) == abs(x)', 'zero'],
    // No point at all, and points enough.
    ['x in R', 'sqrt(-abs(x)) == 2*sqrt(-abs(x))', 'unknown'],
    ['x in R', 'sqrt(x)^4 == x^2', 'zero'],
    // So many signs that not every case can come up.
    [`${names(9)} in R`, `${each(9, (x) => `relu(${x}) - relu(-${x})`)} == ${each(9, (x) => x)}`, 'zero'],
    [`${names(10)} in R`, `${each(10, (x) => `relu(${x}) - relu(-${x})`)} == ${each(10, (x) => x)}`, 'unknown'],
    // Sizes as numbers.
    ['x in R^n', 'n*sum(x) == sum(x)*n', 'zero'],
    ['x in R^n', 'n*(n - 1)*(n - 2)*(n - 3)*sum(x) == 0', 'not-zero'],
    ['x in R^n; u in R^m', '(n - m)*sum(x) == 0', 'not-zero'],
    ['Q in R^(n x n), orthogonal', 'sum(Q.*Q) == n', 'zero'],
    ['x in R^n', 'abs(n - 3)*sum(x) == (n - 3)*sum(x)', 'not-zero'],
    ['x in R^n', '1[n > 40]*sum(x) == 0', 'unknown'],
    ['x in R^n', 'abs(n + 3) == n + 3', 'zero'],
    // Positions beyond the end.
    ['x in R^n', 'x[3]*x[4] == x[4]*x[3] + 0*sum(x)', 'zero'],
    ['x in R^3', 'sum(x) == x[1] + x[2] + x[3]', 'zero'],
  ];
  test.each(rows)('%s | %s', (program, claim, wanted) => {
    const subject = subjectFrom(program, claim);
    expect(exactly(subject.difference, subject)).toBe(wanted);
  });
});
function names(count: number): string {
  return Array.from({ length: count }, (_, k) => `x${k}`).join(', ');
}
function each(count: number, say: (name: string) => string): string {
  return Array.from({ length: count }, (_, k) => say(`x${k}`)).join(' + ');
}
