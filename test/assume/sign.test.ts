/** Signs of sums, products, forms and determinants, and integers: what shows, what must not be said, and why it is so. */
import { describe, expect, test } from 'vitest';
import { inferencesIn, factsBehind, isInteger, sign } from '../../src/assume/assume.ts';
import { integrality } from '../../src/assume/integer.ts';
import { quadraticForm } from '../../src/assume/quadratic.ts';
import { signFor } from '../../src/assume/sign.ts';
import { dimDifference, fixed, named } from '../../src/shape/dim.ts';
import { block, delta, guard, indexNumber, operation, pairing } from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import { signOf } from '../../src/terms/sign.ts';
import { at, index, n, symbol } from '../terms/given.ts';
import { given } from './given.ts';

const own = given(
  [
    'P in R^(n x n), idempotent, symmetric, positive; a, b, c in R; tau > 0; neg in R, negative; x, u in R^n; pos in R^n, positive; S, T in R^(n x n), spd; A in R^(n x n)',
    'K in R^(n x n), skew; E in R^(n x n), idempotent; F in R^(n x n), idempotent, symmetric; X in R^(m x n); Z in R^(n x n), symmetric',
    'N in R^(n x n), nonnegative, nonzero; N0 in R^(n x n), nonnegative; W in R^(m x n), nonnegative, nonzero; C in R^(n x n), stochastic',
    'p in R^n, simplex; e in R^n, onehot; y in R^n, binary; g in R, binary; h in R, binary; s in R, pm1; r in R^n, pm1; q in R^n, nonnegative',
    "U in R^(m x m), spd; V in R^(n x n), invertible; M = A'*A; w = 2*g + 1; P2 in R^(n x n), idempotent, symmetric, positive",
  ].join('; '),
);
const term = (text: string): Term => own.value(text).term;
const signed = (text: string): string => {
  const found = sign(term(text));
  return found.known === 'yes' ? found.value : found.known;
};

describe('sums', () => {
  test.each([
    ["x'*S*x + tau", 'positive', 'quadratic form'],
    ["-x'*S*x - tau", 'negative', 'quadratic form'],
    ["tau - x'*S*x", 'unknown', undefined],
    ['a^2 - 2*a*b + b^2', 'nonnegative', 'sum of squares'],
    ['a^2 - 2*a*b + 2*b^2 + 1', 'positive', 'sum of squares'],
    ['a^2 - 2*a*b + 2*b^2 + tau', 'positive', 'sum of squares'],
    ['2*a*b - a^2 - b^2', 'nonpositive', 'sum of squares'],
    ['2*a*b - a^2 - 2*b^2 - 1', 'negative', 'sum of squares'],
    ['a^2 - 2*a*b + b^2 - 1', 'unknown', undefined],
    ['a^2 - 3*a*b + b^2', 'unknown', undefined],
    ['a^2 + a*b', 'unknown', undefined],
    ['a*b', 'unknown', undefined],
    ["a^2 - 2*a*b + b^2 + x'*K*x", 'nonnegative', undefined],
    ["a^2 - 2*a*b + b^2 + x'*S*x", 'nonnegative', 'sum of squares'],
    ['a^2 - 2*a*b + b^2 + c', 'unknown', undefined],
    // Powers that are no squares.
    ['a^2 - 2*a^3 + 1', 'unknown', undefined],
    ['a^2 - 2/a + 1', 'unknown', undefined],
    ['a - 2*sqrt(a) + 1', 'unknown', undefined],
    ['a^2 - 2*a*b*c + b^2', 'unknown', undefined],
    ["x'*x - 2*x'*u + u'*u - 1", 'unknown', undefined],
    // With products written out.
    ['a*(a + 2) + 1', 'nonnegative', 'sum of squares'],
    ['(a + b)*(a - b) + 2*b^2', 'nonnegative', 'sum of squares'],
    ['(a + 1)^2 - 2*a', 'positive', 'sum of squares'],
    ['(a + 1)^(2/3) - 2*a', 'unknown', undefined],
    ['(a + 1)^(1/2) - 2*a', 'unknown', undefined],
    ['1/(a + 1) + 1', 'unknown', undefined],
    ['(a + 1)^3 - 2*a', 'unknown', undefined],
    ['(a + 1)^2*(b + 1) - 2*a', 'unknown', undefined],
    ['(a + 1)*(a + 2)*b + 1', 'unknown', undefined],
    ['a*(a + 2) - 1', 'unknown', undefined],
    // The numerator over a common denominator.
    ['1 - tau/(tau + 1)', 'positive', undefined],
    ['tau/(tau + 1) - 1', 'negative', undefined],
    ['1 - a/(a + 1)', 'unknown', undefined],
    ['1 - 2*tau/(tau + 1)', 'unknown', undefined],
  ] as const)('%s: %s', (text, expected, because) => {
    expect(signed(text)).toBe(expected);
    if (because) expect(inferencesIn(signFor(term(text)).because)[0]).toBe(because);
  });
  test('more than twelve summands are not looked at', () => {
    const names = 'abcdefghijklm'.split('').map((name) => name.repeat(3));
    const squares = (count: number): Term => {
      const chosen = names.slice(0, count);
      return given(`${names.join(', ')} in R`).value(
        chosen.map((name, k) => `${name}^2 - ${name}*${chosen[(k + 1) % count]!}`).join(' + '),
      ).term;
    };
    expect(quadraticForm(squares(6), signOf)).toBe('nonnegative');
    expect(quadraticForm(squares(7), signOf)).toBeUndefined();
  });
});

describe('odd numbers', () => {
  test.each([
    ['2*g - 1', 'nonzero'],
    ['2*g + 4*h - 3', 'nonzero'],
    ['2*g - 4*h', 'unknown'],
    ['2*g - 4*h + 2', 'unknown'],
    ['3*g - 2', 'unknown'],
    ['g - 3*h + 1', 'unknown'],
    ['2*a - 1', 'unknown'],
    ['2*g - 1/2', 'unknown'],
    ['g/2 - 1/3', 'unknown'],
    ['2*g - 2*a + 1', 'unknown'],
  ])('%s: %s', (text, expected) => expect(signed(text)).toBe(expected));
});

describe('forms', () => {
  test.each([
    ["x'*S*x", 'nonnegative'],
    ["-x'*S*x", 'nonpositive'],
    ["pos'*S*pos", 'positive'],
    ["x'*(eye(n) - E)*x", 'unknown'],
    ["x'*F*x", 'nonnegative'],
    ["x'*E*x", 'unknown'],
    ["x'*K*x", 'zero'],
    ["x'*K*u", 'unknown'],
    ["x'*S*u", 'unknown'],
    ["x'*Z*x", 'unknown'],
    ["x'*inv(S)*x", 'nonnegative'],
    ["x'*(S.^2)*x", 'nonnegative'],
    ["x'*(1./S)*x", 'unknown'],
    ["x'*(S.^(3/2))*x", 'unknown'],
    ["x'*(K.^3)*x", 'unknown'],
    ["x'*(K.^2)*x", 'unknown'],
    ['tr(S*T)', 'positive'],
    ["tr(S*A'*A)", 'nonnegative'],
    ['tr(P*S)', 'positive'],
    ['tr(S*P2)', 'positive'],
    ['tr(P*P2)', 'positive'],
    ['tr(P*F)', 'nonnegative'],
    ["tr(S*(pos*pos'))", 'positive'],
    ["tr(A'*A)", 'nonnegative'],
    ['tr(F*S)', 'nonnegative'],
    ['tr(S*K)', 'zero'],
    ['tr(A*K)', 'unknown'],
    ['sum((X*x).^2)', 'nonnegative'],
    ["x'*X'*U*X*x", 'nonnegative'],
  ] as const)('%s: %s', (text, expected) => {
    expect(signed(text)).toBe(expected);
  });
});

describe('sums that are not zero as a whole', () => {
  test.each([
    ["p'*pos", 'positive'],
    ["e'*pos", 'positive'],
    ["q'*pos", 'nonnegative'],
    ['sum(N)', 'positive'],
    ['sum(W)', 'positive'],
    ["pos'*N*pos", 'positive'],
    ['sum(N0)', 'nonnegative'],
    // Of one row or of the diagonal it may be zero.
    ['(N*pos)[1]', 'nonnegative'],
    ['tr(N)', 'nonnegative'],
    ['(C*pos)[1]', 'positive'],
    ["(C'*pos)[1]", 'nonnegative'],
    ["pos'*C*pos", 'positive'],
    ["e'*p", 'positive'],
    ["e'*q", 'nonnegative'],
    ["e'*N*pos", 'nonnegative'],
    ["e'*C*pos", 'nonnegative'],
    ['sum(r)', 'unknown'],
    ["r'*pos", 'unknown'],
    ["x'*e", 'unknown'],
    ['sum(sqrt(N))', 'positive'],
  ] as const)('%s: %s', (text, expected) => expect(signed(text)).toBe(expected));
  test('by the fact', () => {
    const found = signFor(term("pos'*N*pos"));
    expect(inferencesIn(found.because)).toEqual(['nonnegative and not zero']);
    expect(factsBehind(found.because)).toEqual([{ kind: 'fact', fact: 'nonzero', of: 'N' }]);
  });
});

describe('determinants and inverses', () => {
  test.each([
    ['det(S)', 'positive'],
    ["det(A'*A)", 'nonnegative'],
    ['det(A)', 'unknown'],
    ['det(S*T*S)', 'positive'],
    ['inv(S)[1,1]', 'positive'],
    ['inv(S)[1,2]', 'unknown'],
    ['inv(A)[1,1]', 'unknown'],
    ["inv(A'*A)[1,1]", 'positive'],
    ['tr(inv(S))', 'positive'],
    ['S[1,1]', 'positive'],
    ['S[1,2]', 'unknown'],
    ['-inv(S)[1,1]', 'negative'],
    ['inv(S)[1,1]*tau', 'positive'],
    ['inv(S)[1,1]*neg', 'negative'],
    ['inv(S)[1,1]*a^2', 'nonnegative'],
    ['a*inv(S)[1,1]', 'unknown'],
    ["(x'*S*x)^3", 'nonnegative'],
    ["1/(x'*S*x)", 'positive'],
  ] as const)('%s: %s', (text, expected) => expect(signed(text)).toBe(expected));
  test('other functions of two equal positions', () => {
    const [i, k] = [index(), index()];
    const t = operation('1:f:column>column', at(symbol('x', [n]), k), [k], [i.index, i.index], [n, n]);
    expect(signFor(t).sign).toBe('unknown');
  });
  test('the diagonal is asked before and after an entry beside it', () => {
    const own = given('S in R^(n x n), spd');
    const of = (text: string): string => signFor(own.value(text).term).sign;
    const texts = ['inv(S)[1,2]', 'inv(S)[1,1]', 'inv(S)[2,1]', 'inv(S)[2,2]'];
    expect(texts.map(of)).toEqual(['unknown', 'positive', 'unknown', 'positive']);
  });
});

describe('integers', () => {
  test.each([
    ['3', true],
    ['1/2', false],
    ['g', true],
    ['g + 2*s', true],
    ['g/2', false],
    ['w', true],
    ['w/3', false],
    ['g*s^3', true],
    ['1/s', false],
    ['g^(1/2)', false],
    ['a*g', false],
    ['max(g, s)', true],
    ['max(g, a)', false],
    ['max(a, g)', false],
    ['min(s, 1/2)', false],
    ['abs(s)', true],
    ['abs(a)', false],
    ['sign(a)', true],
    ['floor(a)', true],
    ['exp(g)', false],
    ['n^2 - n', true],
    ['sum(y)', true],
    ["y'*e", true],
    ["y'*x", false],
    ['tr(A)', false],
    ['3*g*h/2', false],
  ] as const)('%s: %s', (text, expected) => expect(isInteger(term(text)).known === 'yes').toBe(expected));
  test('positions and what selects them', () => {
    const [i, j, whole] = [index(), index(), index(named('w'))];
    const part = { index: i.index, coefficient: 1, dim: n };
    for (const t of [
      indexNumber(i.index, n),
      delta(i.index, j.index, n),
      pairing(whole.index, i.index, j.index, n, n),
      block(j.index, [part], named('k'), named('l')),
      guard('at-least', [part], dimDifference(fixed(1), named('k'))),
    ])
      expect(integrality(t), t.node.kind).toBeDefined();
    expect(
      integrality(operation('inv', at(symbol('F', [n, n], 'permutation'), i, j), [i, j], [1, 2], [n, n])),
    ).toBeUndefined();
  });
});
