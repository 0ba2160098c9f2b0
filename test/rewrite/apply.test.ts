/** The conditions of a rule: each at both sides, asked of names, of terms, and of names read otherwise than they were stated. */
import { describe, expect, test } from 'vitest';
import { applyRule, application, inferredFacts } from '../../src/rewrite/apply.ts';
import type { RewriteRule } from '../../src/rewrite/rule.ts';
import { same } from '../../src/terms/construct.ts';
import { outcome, ruleOf, termsOver } from './given.ts';

const terms = termsOver(
  'x, y, t2 in R^n; u in R^m; a, b in R; k > 0; q in R, negative; z in R, nonzero; h in R, nonnegative; j in R, binary; ' +
    'A, B in R^(n x n); R in R^(n x m); S in R^(n x n), symmetric; K in R^(n x n), skew; Q in R^(n x n), orthogonal; ' +
    'W in R^(m x n), orthonormal; P in R^(n x n), idempotent; D in R^(n x n), diagonal, pm1; E in R^(n x n), pm1; ' +
    'N in R^(n x n), diagonal, nonnegative; t in R^n, pm1; w in R^n, binary; p in R^n, simplex; Y in R^(n x m), onehot; Z in R^(n x n), onehot; ' +
    "G = A - A'; H = eye(n) - ones(n)*ones(n)'/n; M = A*A",
);

type Row = readonly [text: string, fits: boolean];
function told(given: string, from: string, to: string, where: string, rows: readonly Row[]): void {
  describe(where, () => {
    const rule = ruleOf(given, from, to, where);
    test.each(rows)(`${from}: %s: %s`, (text, fits) => expect(outcome(rule, terms, text) !== undefined).toBe(fits));
  });
}

/** gelu has no laws of its own that would change what it is applied to. */
const ofNumber = (where: string, rows: Readonly<Record<string, boolean>>): void =>
  told(
    'y in R',
    'gelu(y)',
    'y',
    `y is ${where}`,
    Object.entries(rows).map(([text, fits]): Row => [`gelu(${text})`, fits]),
  );
ofNumber('positive', { k: true, 'k + exp(a)': true, 2: true, h: false, q: false, z: false, a: false, '-2': false });
ofNumber('nonnegative', { k: true, h: true, 'a^2': true, "x'*x": true, j: true, q: false, z: false, a: false });
ofNumber('negative', { q: true, '-k': true, '-2': true, h: false, k: false, z: false, a: false });
ofNumber('nonzero', { k: true, q: true, z: true, 3: true, h: false, a: false, j: false });
ofNumber('a nonzero number', { 3: true, '-1/2': true, a: false, k: false });
ofNumber('a nonzero even integer', { 4: true, '-2': true, 3: false, '1/2': false, '4/3': false, k: false });
ofNumber('no integer', { '1/2': true, '-7/3': true, 3: false, a: false });
ofNumber('written negative', { '-a': true, '-2*a*b': true, a: false, '2*a': false, 'a - b': false, '-2': true });
ofNumber('binary', { j: true, k: false, 'w[1]': true, 'Y[1,2]': true, 'a*j': false });

told('y in R', 'y^2', '1', 'y is pm1', [
  ['t.^2', true],
  ['E.^2', true],
  ['diag(D).^2', true],
  // Off its diagonal it is 0.
  ['D.^2', false],
  ['x.^2', false],
  ['w.^2', false],
]);
told('y in R', 'y^3', 'y', 'y is binary', [
  ['w.^3', true],
  ['Y.^3', true],
  ['t.^3', false],
]);
told('y in R^n', 'sum_i(y[i])', '1', 'y is stochastic', [
  ['sum(p)', true],
  ['sum(Y, 2)', true],
  ['sum(Y, 1)', false],
  ['sum(Z, 1)', false],
  ['tr(Z)', false],
  ['sum(w)', false],
]);
told('W in R^(m x n)', 'sum_k(W[k,i]*W[k,j])', 'delta(i,j)', 'W is orthonormal', [
  ["W'*W", true],
  ["W*W'", false],
  ["Q'*Q", true],
  ["R'*R", false],
]);
told('Q in R^(n x n)', 'sum_k(Q[i,k]*Q[j,k])', 'delta(i,j)', 'Q is orthogonal', [
  ["Q*Q'", true],
  ["Q'*Q", true],
  ['Q*Q', false],
  ["W*W'", false],
]);
told('P in R^(n x n)', 'sum_k(P[i,k]*P[k,j])', 'P[i,j]', 'P is idempotent', [
  ['P*P', true],
  ["P'*P'", true],
  ["P*P'", false],
  ['H*H', true],
  ['M*M', false],
  ['S*S', false],
]);
told('K in R^(n x n)', 'sum_i(K[i,i])', '0', 'K is skew', [
  ['tr(K)', true],
  ['tr(G)', true],
  ['tr(S)', false],
  ['tr(M)', false],
]);
// K[i,i] is no column of K.
told('C in R^(n x n)', 'sum_k(C[k,i])', '0', 'C is skew', [['diag(K)', false]]);

describe('what an application gives', () => {
  test('its reasons, one for each condition, in their order', () => {
    const rule = ruleOf('a, b in R', 'atan2(a, b)', 'a*b', 'a is positive', 'b is negative');
    const found = application(rule, terms.term('atan2(k, q)'))!;
    expect(found.because.map(({ needs, because }) => [needs, because.kind])).toEqual([
      ['positive', 'fact'],
      ['negative', 'fact'],
    ]);
    expect(application(rule, terms.term('atan2(q, k)'))).toBeUndefined();
    expect(application(rule, terms.term('atan2(k, a)'))).toBeUndefined();
    expect(application(rule, terms.term('atan2(a, q)'))).toBeUndefined();
  });
  test('a rule in code, and what it does not change', () => {
    const doubling = { name: 'doubling', source: 'test', says: 'A test.', apply: () => terms.term('2*a') };
    expect(same(applyRule(doubling, terms.term('a'))!, terms.term('2*a'))).toBe(true);
    expect(application({ ...doubling, apply: () => undefined }, terms.term('a'))).toBeUndefined();
  });
  test('facts that a name has by its definition', () => {
    const facts = (name: string): readonly string[] => inferredFacts(terms.term(name).node);
    expect(['P', 'K', 'G', 'H', 'M', 'S', 'x', 'a'].map(facts)).toEqual([
      ['idempotent'],
      ['skew'],
      ['skew'],
      ['idempotent'],
      [],
      [],
      [],
      [],
    ]);
    expect(inferredFacts(terms.term('A*B').node)).toEqual([]);
  });
});

describe('a name for a root', () => {
  const named = (from: string, powers = true): RewriteRule => ({
    ...ruleOf('c in R', 'c', 'c'),
    from: terms.term(from),
    to: terms.term('b'),
    powers,
  });
  const root = named('sqrt(1 + sinh(a)^2)');
  const is = (text: string, wanted: string): void =>
    expect(same(outcome(root, terms, text)!, terms.term(wanted)), text).toBe(true);
  test('stands in whole powers of it too', () => {
    is('sqrt(1 + sinh(a)^2)', 'b');
    is('(1 + sinh(a)^2)^(-3/2)', 'b^(-3)');
    is('k/sqrt(1 + sinh(a)^2)', 'k/b');
    is('(1 + sinh(a)^2)^2', 'b^4');
    expect(outcome(root, terms, '(1 + sinh(a)^2)^(1/3)')).toBeUndefined();
    expect(outcome(root, terms, 'sqrt(2 + sinh(a)^2)')).toBeUndefined();
    expect(outcome(named('sqrt(1 + sinh(a)^2)', false), terms, '(1 + sinh(a)^2)^(-3/2)')).toBeUndefined();
  });
  test('in whole powers of the radicand only where that is not negative', () => {
    const fits = (name: string, text: string): boolean => outcome(named(name), terms, text) !== undefined;
    expect([fits('sqrt(sinh(a))', 'sinh(a)^(3/2)'), fits('sqrt(sinh(a))', 'sinh(a)^2')]).toEqual([true, false]);
    expect(fits('sqrt(cosh(a))', 'cosh(a)^2')).toBe(true);
    expect([fits('sinh(a)^2', 'sinh(a)^4'), fits('sinh(a)^2', 'sinh(a)^(-2)')]).toEqual([true, true]);
    expect(fits('sinh(a)^2', 'sinh(a)')).toBe(false);
  });
});
