/** Definite, invertible, skew-symmetric, its own square: each guard where a yes would be wrong without it. */
import { describe, expect, test } from 'vitest';
import { definiteness, idempotence, invertibility, rankOfProjection, skewness } from '../../src/assume/definite.ts';
import { inferencesIn } from '../../src/assume/assume.ts';
import type { Matrix } from '../../src/assume/matrix.ts';
import { fixed, named } from '../../src/shape/dim.ts';
import {
  contract,
  delta,
  one,
  operation,
  pairing,
  permutation,
  plus,
  power,
  scale,
  times,
} from '../../src/terms/construct.ts';
import type { Bound, Term } from '../../src/terms/node.ts';
import { at, index, m, n, q, symbol } from '../terms/given.ts';
import { given } from './given.ts';

const own = given(
  [
    'S, T in R^(n x n), spd; U in R^(m x m), spd; Z in R^(n x n), symmetric; K in R^(n x n), skew; E in R^(n x n), idempotent',
    'F in R^(n x n), idempotent, symmetric; V, V2 in R^(n x n), invertible; A in R^(n x n); X in R^(m x n); Y in R^(n x m)',
    'x, u in R^n; y in R^n, positive; a in R; c, d in R^3; M3, K3 in R^(3 x 3); X3 in R^(n x 3)',
    "P2 in R^((m*n) x (m*n)), invertible; C = X*K*X'; O in R^(n x n), orthonormal; W in R^(m x n), orthonormal",
  ].join('; '),
);
type Ask = (m: Matrix) => unknown;
const strictly = (m: Matrix): boolean | undefined => definiteness(m)?.isStrict;
const claims = (ask: Ask, matrix: Matrix): boolean => ask(matrix) !== undefined;

const [i, j, k, l, a, b, c, d] = Array.from({ length: 8 }, () => index()) as Eight;
type Eight = [Bound, Bound, Bound, Bound, Bound, Bound, Bound, Bound];
const over = (term: Term, rows: readonly Bound[] = [i], columns: readonly Bound[] = [j]): Matrix => ({
  term,
  rows,
  columns,
});

describe('definite', () => {
  // true: definite, false: semidefinite.
  test.each([
    ['S', true],
    ['inv(S)', true],
    ['F', false],
    ['E', undefined],
    ['eye(n) - F', false],
    // Its own square, but not symmetric.
    ['eye(n) - E', undefined],
    ['a^2*S', false],
    ['(1 + a^2)*S', true],
    ['diag(y)*S*diag(y)', true],
    ['diag(x)*S*diag(x)', false],
    ['diag(x)*S*diag(u)', undefined],
    ['S.*T', true],
    ["S.*(x*x')", false],
    ['S.^3', true],
    ['S.^(-1)', undefined],
    ['S.^(3/2)', undefined],
    ['kron(S, T)', true],
    ["kron(S, x*x')", false],
    ['kron(S.*T, ones(m, m))', false],
    ['kron(S, K)', undefined],
    ["X'*X", false],
    ["V'*S*V", true],
    ["A'*S*A", false],
  ] as const)('%s: %s', (text, expected) => {
    expect(strictly(own.matrix(text))).toBe(expected);
  });
  test('a projection that is symmetric, by that fact', () => {
    const found = definiteness(own.matrix('F'))!;
    expect(inferencesIn(found.because)).toEqual(['orthogonal projection']);
  });
  test('of no matrix as wide as high', () => {
    expect(definiteness(over(one, [i], [index(m)]))).toBeUndefined();
    expect(definiteness(over(one, [], []))).toMatchObject({ isStrict: true });
    expect(definiteness(over(one, [i], [j]))).toMatchObject({ isStrict: false });
  });
});

describe('a matrix over two pairs is not one over the first of them', () => {
  const dummies: readonly [readonly Bound[], readonly Bound[]] = [[c], [d]];
  const asks: Readonly<Record<string, Ask>> = { definiteness, invertibility, skewness, idempotence };
  const cases: readonly (readonly [string, string])[] = [
    ['definiteness', 'S'],
    ['definiteness', 'inv(S)'],
    ['definiteness', 'F'],
    ['definiteness', 'eye(n)'],
    ['invertibility', 'S'],
    ['invertibility', 'V'],
    ['invertibility', 'inv(A)'],
    ['invertibility', 'eye(n)'],
    ['idempotence', 'E'],
  ];
  // The matrix times ones: kron(S, ones(n, n)).
  test.each(cases)('%s of %s beside ones', (ask, text) => {
    const { term, rows, columns } = own.matrix(text);
    expect(claims(asks[ask]!, { term, rows, columns })).toBe(true);
    const wide = { term, rows: [...rows, ...dummies[0]], columns: [...columns, ...dummies[1]] };
    if (ask === 'definiteness') expect(strictly(wide)).not.toBe(true);
    else expect(claims(asks[ask]!, wide)).toBe(false);
  });
  test.each([...cases, ['skewness', 'K'] as const, ['skewness', 'inv(K)'] as const])(
    '%s of %s with its column in the other pair',
    (ask, text) => {
      const { term, rows, columns } = own.matrix(text);
      const crossed = { term, rows: [...rows, ...dummies[0]], columns: [...dummies[1], ...columns] };
      expect(claims(asks[ask]!, crossed)).toBe(false);
    },
  );
  test.each(['S', 'inv(S)', 'V', 'K', 'inv(K)'])('the diagonal of %s beside ones is not the matrix', (text) => {
    const { term, rows, columns } = own.matrix(`diag(${text})*ones(n)'`);
    for (const ask of [definiteness, invertibility]) expect(ask({ term, rows, columns })).toBeUndefined();
  });
  test('a factor that speaks of a row and of no column opposite', () => {
    // sum over k of V[i,k]*V[j,k]*w[k,c] is definite for each c, but says nothing of d.
    const [V, w] = [symbol('V', [n, n], 'invertible'), symbol('w', [n, n], 'positive')];
    const gram = (at3: Bound): Term => contract([at(V, i, k), at(V, j, k), at(w, k, at3)], [k]);
    expect(definiteness(over(gram(a)))).toMatchObject({ isStrict: true });
    const half = over(scale(q(2), gram(c)), [i, c], [j, d]);
    expect(definiteness(half)).toBeUndefined();
    expect(invertibility(half)).toBeUndefined();
    expect(definiteness(over(scale(q(2), gram(d)), [i, c], [j, d]))).toBeUndefined();
    // Not even with both: [eye(2), eye(2); eye(2), ones(2, 2)] is of that kind.
    expect(definiteness(over(times(gram(c), gram(d)), [i, c], [j, d]))).toBeUndefined();
  });
});

describe('invertible', () => {
  test.each([
    ['V', true],
    ['S + K', true],
    ['-S - T + K', true],
    ['S + Z + K', false],
    ['a^2*S + K', false],
    ['K', false],
    ['kron(V, U)', true],
    ['kron(V.*S, ones(m, m))', false],
    ['V.*S', false],
    ["kron(V, X'*X)", false],
    ['diag(y)*V*diag(y)', true],
    ['diag(x)*V*diag(y)', false],
    ['diag(y)*V*diag(x)', false],
    ['a*V', false],
    ['O', true],
    ["W'*W", false],
    ['V.^2', false],
    ['diag(y)', true],
    ['diag(x)', false],
    ['V*A', false],
    ['A*V', false],
    ['V*inv(A)', true],
  ] as const)('%s: %s', (text, expected) => {
    expect(claims(invertibility, own.matrix(text))).toBe(expected);
  });
  test('a number is where it is not 0', () => {
    const [x, y] = [symbol('x', []), symbol('y', [], 'nonzero')];
    expect(invertibility(over(at(x), [], []))).toBeUndefined();
    expect(invertibility(over(at(y), [], []))).toBeDefined();
    // As a row or a column it is no such number.
    expect(invertibility(over(at(y), [i], []))).toBeUndefined();
    expect(invertibility(over(at(y), [], [j]))).toBeUndefined();
  });
  test('a numbering of pairs, from either side', () => {
    const whole = index(named('p'));
    const numbering = pairing(whole.index, a.index, b.index, n, n);
    expect(invertibility(over(numbering, [whole], [a, b]))).toBeDefined();
    expect(invertibility(over(numbering, [b, a], [whole]))).toBeDefined();
    // What else can stand there: positions that do not vary, pairs of something else.
    expect(invertibility(over(numbering, [whole], [a]))).toBeUndefined();
    expect(invertibility(over(numbering, [whole], [a, c]))).toBeUndefined();
    expect(invertibility(over(numbering, [whole, c], [a, b, d]))).toBeUndefined();
    expect(invertibility(over(numbering, [a], [whole, b]))).toBeUndefined();
    expect(invertibility(over(numbering, [c], [a, b]))).toBeUndefined();
  });
  test('through a numbering of pairs', () => {
    const { term, rows, columns } = own.matrix("P2*kron(V, U)*P2'");
    expect(invertibility({ term, rows, columns })).toBeDefined();
  });
});

describe('skew-symmetric', () => {
  test.each([
    ['K', true],
    ["X*K*X'", true],
    ['C', true],
    ['inv(K)', true],
    ["K + A - A'", true],
    ['K + A', false],
    ['K + S', false],
    ['diag(x)*K*diag(x)', true],
    ['diag(x)*K*diag(u)', false],
    ['K.*Z', false],
    ['K.^2', false],
    ['K*K', false],
    ['skew(c)', true],
    ['skew(c + 2*d)', true],
    ['3*skew(c)', true],
    ['M3*skew(c)', false],
    ['skew(c)*M3', false],
    ["M3*skew(c)*M3'", true],
    ['skew(c).*M3', false],
    ['skew(c)*skew(c)', false],
    // A number in the middle, of which the permutation symbol is a part.
    ["X3*diag(cross(c, d))*X3'", false],
    ["X*diag(S*x)*X'", false],
    ['a*skew(c)', true],
  ] as const)('%s: %s', (text, expected) => {
    expect(claims(skewness, own.matrix(text))).toBe(expected);
  });
  test('the square of the permutation symbol is symmetric', () => {
    const three = (): Bound => index(fixed(3));
    const [r, s, t] = [three(), three(), three()];
    const sign = permutation(r.index, s.index, t.index);
    expect(skewness(over(sign, [r], [s]))).toBeDefined();
    expect(skewness(over(power(sign, q(2)), [r], [s]))).toBeUndefined();
    expect(skewness(over(sign, [r, s], [t, three()]))).toBeUndefined();
  });
  test('with a factor beside it that speaks of its rows', () => {
    const three = (): Bound => index(fixed(3));
    const [r, s, t] = [three(), three(), three()];
    const beside = (of: Bound): Term =>
      contract([permutation(r.index, s.index, t.index), at(symbol('M', [fixed(3), fixed(3)]), of, t)], [t]);
    expect(skewness(over(beside(r), [r], [s]))).toBeUndefined();
    expect(skewness(over(beside(s), [r], [s]))).toBeUndefined();
  });
  test('of another size it is nothing', () => {
    expect(skewness(over(at(symbol('X', [n, m]), i, l), [i], [{ ...l, dim: m }]))).toBeUndefined();
  });
});

describe('its own square', () => {
  test.each([
    ['E', true],
    ['eye(n) - E', true],
    ['eye(n) + E', false],
    ['2*eye(n) - E', false],
    ['kron(ones(n, n)/n, ones(m, m)/m)', true],
    ['eye(n) - ones(n, n)/n', true],
    ['kron(E, ones(m, m))', false],
    ["X*inv(X'*X)*X'", true],
    ['X*inv(Y*X)*Y', true],
    ["Y'*inv(X'*Y')*X'", true],
    ["Y'*inv(Y*X)*X'", false],
    ["X*inv(X'*X)*Y", false],
    ['X*inv(A)*Y', false],
    ['X*A*Y', false],
    ['A*S*T*K + S*A*T*K + A*T*S*K + A*K*T*S', false],
    ['X*adj(Y*X)*Y', false],
  ] as const)('%s: %s', (text, expected) => {
    expect(claims(idempotence, own.matrix(text))).toBe(expected);
  });
  test('where the inverse stands beside what is summed alone, it is none', () => {
    const [T, A, B] = [symbol('T', [n, n, n]), symbol('A', [n, n]), symbol('B', [n, n])];
    const inverse = operation('inv', at(A, c, d), [c, d], [k.index, a.index], [n, n]);
    expect(idempotence(over(contract([at(T, i, k, l), inverse, at(B, a, j)], [k, l, a])))).toBeUndefined();
  });
  test('on two pairs of indices: the mean of all and of all exchanged', () => {
    const identity = times(delta(i.index, j.index, n), delta(a.index, b.index, n));
    const exchange = times(delta(i.index, b.index, n), delta(a.index, j.index, n));
    const mean = over(scale(q(1, 2), plus(identity, exchange)), [i, a], [j, b]);
    expect(idempotence(mean)).toBeDefined();
    // n*(n + 1)/2 is no polynomial with whole coefficients.
    expect(rankOfProjection(mean)).toBeUndefined();
    expect(idempotence(over(exchange, [i, a], [j, b]))).toBeUndefined();
  });
});

describe('the rank of a projection', () => {
  test.each([
    ['eye(n)', 'n'],
    ['eye(n) - ones(n, n)/n', 'n - 1'],
    ["X*inv(X'*X)*X'", 'n'],
    ["eye(m) - X*inv(X'*X)*X'", 'm - n'],
    ["x*x'/(x'*x)", '1'],
    ['kron(eye(n), ones(m, m)/m)', 'n'],
    ['eye(m*n) - ones(m*n, m*n)/(m*n)', 'm*n - 1'],
    ['E', undefined],
    ['eye(n) - E', undefined],
    ['A', undefined],
    ['S', undefined],
  ] as const)('%s: %s', (text, expected) => {
    expect(rankOfProjection(own.matrix(text))?.key).toBe(expected);
  });
});
