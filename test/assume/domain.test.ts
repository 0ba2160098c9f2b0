/** Bounds of ranks, and needs that can never be met: what is said never to hold, and what must not be. */
import { describe, expect, test } from 'vitest';
import {
  alwaysPole,
  isAlwaysSingular,
  isBelow,
  isSingular,
  neverInteger,
  neverInvertible,
  neverNonnegative,
  neverNonzero,
  neverPositive,
  neverWithin,
  rankBounds,
} from '../../src/assume/domain.ts';
import type { Matrix } from '../../src/assume/matrix.ts';
import * as Q from '../../src/basics/rational.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed } from '../../src/shape/dim.ts';
import { contract, delta, number, power, symbolTerm, times } from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import type { Range } from '../../src/terms/sign.ts';
import { at, index, m, n, q, symbol } from '../terms/given.ts';
import { given } from './given.ts';

const own = given(
  [
    'x, u in R^n; A, B in R^(n x n); X in R^(m x n); Y in R^(n x m); S in R^(n x n), spd; a in R; tau > 0; pos in R^n, positive',
    'B2 in R^((2*n) x n); W2 in R^(m x (2*n)); L in R^(n x n), lower; R in R^(n x n), upper; D in R^(n x n), diagonal; K in R^(n x n), skew; K3 in R^(3 x 3), skew',
    'K2 in R^(2 x 2), skew; Ko in R^((2*n+1) x (2*n+1)), skew; Kp in R^((n+1) x (n+1)), skew; A3 in R^(3 x 3)',
    'y in R^n, onehot; F in R^(n x n), permutation; N in R^(n x n), nonnegative; b in R^n, binary',
    "Z, Z0 in R^(3 x 2); Z2, Z20 in R^(2 x 3); neg in R^n, negative; G in R^(n x p); H = eye(n) - ones(n)*ones(n)'/n",
  ].join('; '),
);
const keys = (dims: readonly Dim[]): readonly string[] => dims.map(({ key }) => key).toSorted();

describe('never invertible', () => {
  test.each([
    ["x*u'", 'its rank is at most 1 and it has n rows'],
    ['zeros(n, n)', 'it is 0'],
    ['zeros(m, n)', 'it is 0'],
    ["Z*Z'", 'its rank is at most 2 and it has 3 rows'],
    ["Z'*Z", undefined],
    ['K3', 'it is skew-symmetric with 3 rows'],
    ['Ko', 'it is skew-symmetric with 2*n + 1 rows'],
    ['K2', undefined],
    ['K', undefined],
    ['Kp', undefined],
    ['A3', undefined],
    ['A', undefined],
    // Not square.
    ['X', undefined],
    ["x*ones(m)'", undefined],
    ["kron(x*u', A)", undefined],
    ["kron(x*u', pos*u')", 'its rank is at most 1 and it has n^2 rows'],
    ['kron(H, A)', 'its rank is at most n^2 - n and it has n^2 rows'],
    ['[A, A; A, A]', 'its rank is at most n and it has 2*n rows'],
  ])('%s: %s', (text, expected) => {
    expect(neverInvertible(own.matrix(text))).toBe(expected);
    expect(isSingular(own.matrix(text))).toBe(expected !== undefined);
  });
  test.each([
    ["Z*Z'", true],
    ['Z', false],
    // Of a single row it may be invertible.
    ["x*u'", false],
    ['[A, A; A, A]', true],
    ['A', false],
    ['H', true],
    ['B2*Y*W2', true],
    ["Z'*Z", false],
    ["[x, x]*[u, u]'", false],
  ])('%s for all sizes: %s', (text, expected) => expect(isAlwaysSingular(own.matrix(text))).toBe(expected));
});

describe('some of the entries are 0', () => {
  const never = (text: string): string | undefined => neverNonzero(own.value(text));
  test.each(['D', 'L', 'R', 'K', 'y', 'F', 'diag(x)', 'eye(n)', 'D*S.*D', 'D[2,:]', 'K[:,2]', 'x.*y', 'D.*A'])(
    '%s',
    (text) => {
      expect(never(text)).toBe('some of its entries are 0');
      expect(neverPositive(own.value(text))).toBe('some of its entries are 0');
    },
  );
  // All of the first column and of the last row of a lower triangular matrix may differ from 0, and so may a diagonal.
  test.each([
    'A',
    'x',
    'N',
    'b',
    'diag(D)',
    'diag(L)',
    'L[:,1]',
    'L[n,:]',
    'R[1,:]',
    'R[:,n]',
    'L[2,1]',
    'D[1,1]',
    'y[1]',
    'D + A',
    'D*x',
    '1./(D + eye(n))',
    'sum(D)',
    'a',
  ])('not of %s', (text) => expect(never(text)).toBeUndefined());
  test('nor of the inverse of what has them, nor at one position', () => {
    const D = symbol('D', [n, n], 'diagonal');
    const [i, j] = [index(), index()];
    const at2 = at(D, i, j);
    expect(neverNonzero({ term: at2, axes: [[i], [j]] })).toBe('some of its entries are 0');
    expect(neverNonzero({ term: at2, axes: [[i]] })).toBe('some of its entries are 0');
    expect(neverNonzero({ term: at2, axes: [[j]] })).toBe('some of its entries are 0');
    expect(neverNonzero({ term: at2, axes: [] })).toBeUndefined();
    expect(neverNonzero({ term: power(at2, q(-1)), axes: [[i], [j]] })).toBeUndefined();
    expect(neverNonzero({ term: contract([at2, at(symbol('x', [n]), j)], [j]), axes: [[i]] })).toBeUndefined();
    const R = symbol('R', [n, n], 'onehot');
    expect(neverNonzero({ term: at(R, i, j), axes: [[i]] })).toBeUndefined();
    expect(neverNonzero({ term: at(R, i, j), axes: [[j]] })).toBe('some of its entries are 0');
    const L = symbol('L', [n, n], 'lower');
    expect(neverNonzero({ term: at(L, i, j), axes: [[i]] })).toBeUndefined();
    expect(neverNonzero({ term: at(L, i, i), axes: [[i]] })).toBeUndefined();
  });
  test('nor where there is one position only', () => {
    const one = fixed(1);
    const [i, j] = [index(one), index(one)];
    const axes = [[i], [j]];
    expect(neverNonzero({ term: at(symbol('D', [one, one], 'diagonal'), i, j), axes })).toBeUndefined();
    expect(neverNonzero({ term: at(symbol('y', [one], 'onehot'), i), axes })).toBeUndefined();
    const below = index();
    const single = at(symbol('R', [n, one], 'onehot'), below, j);
    expect(neverNonzero({ term: single, axes: [[below], [j]] })).toBeUndefined();
    expect(neverPositive({ term: delta(i.index, j.index, one), axes })).toBeUndefined();
    expect(neverPositive({ term: delta(i.index, j.index, n), axes })).toBe('some of its entries are 0');
  });
  test('a definition with zeros', () => {
    const D = symbol('D', [n, n], 'diagonal');
    const definition = { node: at(D, index(), index()).node, at: [0, 1] };
    const [i, j] = [index(), index()];
    const name = { ...symbol('M', [n, n]), definition };
    const M = symbolTerm(name, [i.index, j.index]);
    expect(neverNonzero({ term: M, axes: [[i], [j]] })).toBe('some of its entries are 0');
    expect(neverNonzero({ term: symbolTerm({ ...name, entriesVary: true }, M.at), axes: [[i], [j]] })).toBeUndefined();
  });
  test('at one position', () => {
    const value = own.value('delta(i, j)*x[i]');
    expect(neverNonzero({ term: value.term, axes: [] })).toBe('it is 0 at all positions but one');
    expect(neverNonzero({ term: own.value('x[1]').term, axes: [] })).toBeUndefined();
  });
});

describe('signs that rule it out', () => {
  test.each([
    ['neg', 'it is negative', 'it is negative'],
    ['-1 - a^2', 'it is negative', 'it is negative'],
    ['-a^2', 'it is nonpositive', undefined],
    ["x'*K*x", 'it is 0', undefined],
    ['a', undefined, undefined],
    ['tau', undefined, undefined],
    ['a^2', undefined, undefined],
  ])('%s: positive %s, nonnegative %s', (text, positive, nonnegative) => {
    expect(neverPositive(own.value(text))).toBe(positive);
    expect(neverNonnegative(own.value(text).term)).toBe(nonnegative);
  });
  test('0 is never other than 0', () => expect(neverNonzero(own.value("x'*K*x"))).toBe('it is 0'));
  test.each([
    ['1/2', 'it is 1/2'],
    ['3', undefined],
    ['a', undefined],
  ])('no integer: %s: %s', (text, expected) => expect(neverInteger(own.value(text).term)).toBe(expected));
  test.each([
    ['0', true],
    ['-3', true],
    ['1 - 1', true],
    ['-n', true],
    ['1', false],
    ['n', false],
    ['-1/2', false],
    ['-b[1]', true],
    ['b[1]', false],
    ['-a^2', false],
    ['a', false],
    ['neg[1]', false],
    ["x'*K*x", true],
    ['sign(a)', false],
  ])('%s is a pole of gamma: %s', (text, expected) =>
    expect(alwaysPole(own.value(text).term)).toBe(expected ? 'it is one of them' : undefined),
  );
});

describe('never within an interval', () => {
  const never = (term: Term, interval: Range): string | undefined => neverWithin(term, interval);
  const unit: Range = { least: Q.zero, most: Q.one };
  const inside: Range = { ...unit, isOpenBelow: true, isOpenAbove: true };
  test.each([
    ['2', unit, 'it is above 1'],
    ['1', unit, undefined],
    ['1', inside, 'it is above 1'],
    ['-1', unit, 'it is below 0'],
    ['0', unit, undefined],
    ['0', inside, 'it is below 0'],
    ['1 + tau', unit, 'it is above 1'],
    ['1 + a^2', unit, undefined],
    ['1 + a^2', inside, 'it is above 1'],
    ['-tau', unit, 'it is below 0'],
    ['-a^2', unit, undefined],
    ['-a^2', inside, 'it is below 0'],
    ['a', unit, undefined],
    ['2', { least: Q.zero }, undefined],
    ['-2', { most: Q.one }, undefined],
    ['1/2', unit, undefined],
  ] as const)('%#: %s', (text, interval, expected) => expect(never(own.value(text).term, interval)).toBe(expected));
});

describe('bounds of the rank', () => {
  test.each([
    ['A', ['n']],
    ['X', ['m', 'n']],
    ['X*G', ['m', 'n', 'p']],
    ["x*u'", ['1']],
    ["x*ones(m)'", ['1']],
    ['zeros(n, m)', ['0']],
    ["x*u' + u*x'", ['2', 'n']],
    ["A + x*u'", ['n']],
    ["kron(eye(n), x*u')", ['n']],
    ["kron(A, x*u')", ['n']],
    ["kron(x*u', pos*u')", ['1']],
    ["A.*(x*u')", ['n']],
    ["(x*u' + u*x').*(x*u' + pos*u')", ['4', 'n']],
    ["1./(x*u')", ['1']],
    ["1./(x*u' + u*x')", ['n']],
    ["(x*u' + u*x').^2", ['n']],
    ['[A, A; A, A]', ['n']],
    ['A + B', ['n']],
    ["A*X' + B*X'", ['m', 'n']],
    // One factor on either side is shared.
    ['Z*Z20 + Z*Z2', ['2']],
    ['Z*Z2 + Z0*Z2', ['2']],
    ['H', ['n - 1']],
  ])('%s: %j', (text, expected) => expect(keys(rankBounds(own.matrix(text)))).toEqual(expected));
  test('two sums over rows of different sizes', () => {
    const [i, j, k] = [index(), index(), index()];
    const l = index(m);
    const [C, W] = [symbol('C', [n, n]), symbol('W', [n, m])];
    const sums = times(number(q(1)), contract([at(C, i, k)], [k]));
    const both = { term: sums, rows: [i], columns: [j] } satisfies Matrix;
    expect(keys(rankBounds(both))).toEqual(['1']);
    expect(keys(rankBounds({ ...both, term: contract([at(W, i, l)], [l]) }))).toEqual(['1']);
  });
});

describe('below for all but finitely many sizes', () => {
  const two = fixed(2);
  const plus = (a: Dim, b: number): Dim => dimSum(a, fixed(b));
  test.each([
    [fixed(1), two, true],
    [two, two, false],
    [two, fixed(1), false],
    [fixed(9), n, true],
    [n, fixed(9), false],
    [n, n, false],
    [plus(n, -1), n, true],
    [plus(n, 1), n, false],
    [n, dimSum(n, m), true],
    [n, m, false],
    [n, dimProduct(n, m), false],
    [dimSum(n, m), dimProduct(two, dimSum(n, m)), true],
    [dimDifference(n, m), n, true],
    [n, dimDifference(n, m), false],
  ] as const)('%#', (a, b, expected) => expect(isBelow(a, b)).toBe(expected));
});
