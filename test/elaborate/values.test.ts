/** Does every function and operator elaborate to a term with the value of the text? */
import { describe, expect, test } from 'vitest';
import { array } from '../../src/evaluate/array.ts';
import type { TestFunction } from '../../src/evaluate/interpret.ts';
import { askedFor, bothValues, checked, columnOf, pointFor, worldOf } from './given.ts';
import { entriesOf } from './term-value.ts';

const declarations = [
  'a in R; b, c in R, positive',
  'x, y in R^n; w in R^m; u in R^n, positive; t in R^2; z in R^3; tall in R^(n*m)',
  'r, s in R^(1 x n); v in R^(1 x m)',
  'A, B in R^(m x n); P, Q in R^(n x n), invertible; S in R^(n x n), symmetric; D in R^(n x n), diagonal',
  'M in R^(n x n), spd; F in R^(2 x 2), invertible; G in R^(3 x 3), invertible; U in R^(m x n), positive',
  'e1 in R^n, onehot at 2; ek in R^n, onehot at k; Y in R^(m x n), onehot',
].join('; ');

const texts = {
  'entry by entry': [
    ...'exp sin cos tan atan sinh cosh tanh abs sign step relu sigmoid softplus erf gelu silu'
      .split(' ')
      .flatMap((f) => [`${f}(a)`, `${f}(x)`, `${f}(r)`, `${f}(A)`]),
    'log(u)',
    'sqrt(u)',
    'log(U)',
    'asin(u/3)',
    'acos(u/3)',
  ],
  operators: [
    'a + b*x - y',
    'x + 1',
    '1 - r',
    'A + a',
    'A + w',
    'A + r',
    'r + A',
    'A.*w',
    'A./U',
    'U./(r.*r + 1)',
    'x.*y',
    'x./u',
    'u.^a',
    'a*x.^2',
    'U.^-1',
    '2.^x',
    'b^a',
    'b^-2',
    'b^(1/2)',
    '-x^2 * 0 + x'.replace('x^2', 'a^2'),
    "x'*y",
    "x*y'",
    'A*x',
    'v*A',
    "r*A'*w",
    'A*P*Q*x',
    "A'",
    "(A*P)'",
    'P^3',
    'P^0',
    'P^-1',
    'P^-2',
    'x/b',
    'P*I*x',
    'P - 2*I',
    'I*x',
    'S*x',
    'D*x',
    'D',
    "x'*D*x",
    'pi*a',
    'n*a + m',
    '1[x > y]',
    '1[x <= 0]',
    '1[A >= w]',
    '1[a < b] + 1[a != b] + 1[a == a]',
    "1[x >= r']",
  ],
  reductions: [
    ...['sum', 'mean'].flatMap((f) => [
      `${f}(a)`,
      `${f}(x)`,
      `${f}(r)`,
      `${f}(A)`,
      `${f}(A, 1)`,
      `${f}(A, 2)`,
      `${f}(x, 1)`,
      `${f}(r, 2)`,
      `${f}(x, 2)`,
      `${f}(r, 1)`,
    ]),
    ...['max', 'min', 'prod', 'var', 'norm1', 'norm2', 'norminf', 'logsumexp', 'softmax', 'log_softmax'].flatMap((f) =>
      ['A', 'x', 'r', 'A*x', 'x*r'].flatMap((of) => [`${f}(${of}, dim=1)`, `${f}(${of}, dim=2)`]),
    ),
    'prod(A)',
    'prod(x)',
    'prod(r)',
    'prod(a)',
    'prod(a*ones(n))',
    'prod([a; b; a])',
    'prod(kron(x, w))',
    'var(A)',
    'var(x)',
    'var(a)',
    'var(ones(n))',
    'norminf(A)',
    'normp(x, 3)',
    'normp(A, 2.5)',
    'outer_sum(x, w)',
    'outer_sum(r, w)',
    'prod_i(x[i])',
    'mean_i(x[i])',
    'mean_i(x[i]*x)',
    'sum_i(prod_j(A[i,j]))',
    'mean_{i,j}(A[i,j])',
    'max(x)',
    'max(A)',
    'max(a, b)',
    'max(x, 0)',
    'max(A, w)',
    'norm1(x)',
    'norm1(A)',
    'norm2(x)',
    'norm2(r)',
    'norm2(A)',
    'norm2(a)',
    'normf(A)',
    'dot(x, y)',
    'dot(x, r)',
    'dot(A, B)',
    'tr(P)',
    'tr(P*S)',
    'logsumexp(x)',
    'logsumexp(r)',
    'logsumexp(A)',
    'softmax(x)',
    'softmax(r)',
    'softmax(A)',
    "softmax(A')'",
    'log_softmax(x)',
    'log_softmax(A)',
    'sum(ones(n))',
    'sum(ones(m, n)*2)',
    'mean(ones(m)*a)',
    'max(ones(n))',
  ],
  'linear algebra': [
    'det(P)',
    'det(a)',
    'det(M)',
    'logdet(P)',
    'logdet(c)',
    'inv(P)',
    'inv(b)',
    'inv(P)*x',
    'inv(P*Q)',
    'inv(2*P)',
    'inv(P/b)',
    'inv(-P)',
    'inv(inv(P))',
    'inv(P^2)',
    'inv(kron(F, G))',
    'det(P*Q)',
    'det(b*P)',
    'det(P/2)',
    "det(P')",
    'det(inv(P))',
    'det(P^3)',
    'det(b*F)',
    'logdet(P*Q)',
    'logdet(2*P)',
    'logdet(inv(P))',
    "logdet(P')",
    'log(abs(det(P)))',
    'log(abs(det(-2*P)))',
    "det(A*A')",
    'diag(x)',
    'diag(r)',
    'diag(P)',
    'diag(a)',
    "A*diag(x)*B'",
    'diag(diag(x))',
    "diag(A*P*B')",
    'vec(A)',
    'vec(x)',
    'vec(r)',
    "vec(A)'*vec(B)",
    'vec(A) + tall',
    'tall + vec(A)',
    'diag(vec(F))',
    'diag(kron(F, G))',
    'vec(kron(F, G))',
    'kron(x, y)',
    'kron(x, r)',
    'kron(A, B)',
    'kron(F, G)*kron(t, z)',
    "kron(F, G)*vec(z*t')",
    'kron(kron(F, G), F)*kron(t, kron(z, t))',
    "kron(kron(t, z), t)'*kron(t, kron(z, t))",
    'kron(a, x)',
    'inv(kron(F, G) + eye(6))',
    'det(kron(F, G))',
    'softmax(vec(F))',
    'softmax(kron(F, G))',
    'vec(F)[3]',
    'vec(A)[2] + kron(F, G)[4,5]',
    'norm2(kron(F, G))',
    'outer(x, w)',
    'outer(r, w)',
    'tr(kron(F, G))',
    'eye(n)*x',
    'ones(n)*r',
    'zeros(n) + x',
    'zeros(m, n)',
    'ones(1, n)*x',
    'tr(eye(n + m))',
  ],
  literals: [
    '[a; b; c]',
    '[a, b, c]',
    '[a, b; c, 1]',
    '[x; y]',
    '[x, y]',
    '[r; s]',
    '[A, B; B, A]',
    '[x; 1]',
    '[1; x; 2]',
    '[P, x; r, 0]',
    "[A; v']".replace("v'", 'r'),
    "[x; w]'*[x; w]",
    "[x; a]'*[y; b]",
    '[P, x; r, 1]*[x; a]',
    'det([a, b; c, 2])',
    'det([a])',
    'det([a, b, c; 1, 2, a; b, 0, 1])',
    'inv([a, b; c, -2])',
    'inv([3, b, c; 1, 5, a; b, 0, 7])',
    'logdet([3, b; c, -2])',
    '[0; 1; 0]*[0, 0, 1]',
  ],
  subscripts: [
    'x[2]',
    'r[3]',
    'x[i]',
    'A[1,3]',
    'A[i,k]',
    'P[i,i]',
    'A[2,:]',
    'A[:,2]',
    'A[:,:]',
    'A[i,:]',
    'A[:,k]*2',
    '(A*P)[i,2]',
    'inv(P)[2,3]',
    'x[2,1] + r[1,2]',
    '(A*x)[i]*delta(i, l)*w[l]',
    'sum_j(x[j]*y[j])',
    'sum_j(A[i,j]*x[j])',
    'sum_j(A[i,j]*sum_j(x[j]))',
    'sum_i(sum_j(A[i,j]*delta(j, 2)))',
    'sum_j(x[j])*sum_j(w[j])',
    'sum_j(A[:,j]*x[j])',
    'sum_j(1[i == j]*x[j]*y[i])',
    'sum_j(1[j != 2]*x[j])',
    '(x + y)[i] - softmax(x)[i]',
    'eye(n)[i,k]*x[i]*x[k]',
    'diag(x)[i,k]',
    'e1',
    'ek',
    "x'*ek",
    'sum(ek)',
    'Y.*A',
  ],
} as const;

function expectSame(text: string, functions?: ReadonlyMap<string, TestFunction>): void {
  for (const seed of [1, 2]) {
    const { term, direct } = bothValues(text, seed, functions);
    expect(term, text).toHaveLength(direct.length);
    term.forEach((value, n) =>
      expect(Math.abs(value - direct[n]!) / (1 + Math.abs(direct[n]!)), `${value} for ${direct[n]}`).toBeLessThan(1e-9),
    );
  }
}

for (const [group, all] of Object.entries(texts))
  describe(group, () => {
    for (const text of new Set<string>(all)) test(text, () => expectSame(`${declarations}; ${text}`));
  });

describe('names', () => {
  for (const text of [
    'f = A*x + w; g = f.*f; sum(g) + f[2]',
    "z1 = softmax(x/b); h = [z1; w]; h'*h",
    'q = vec(A); q[3]*q',
    'K = kron(F, G); K*kron(t, z)',
    'f = sum(x); x1 = f*x; f1 = x1 + f; f1',
  ])
    test(text, () => expectSame(`${declarations}; ${text}`));
});

const value = (question: string): readonly number[] => {
  const program = checked(`${declarations}; ${question}`);
  return entriesOf(worldOf(program).evaluate(askedFor(program)), pointFor(program));
};

/** The interpreter knows no definitions by entry, no functions of the user's, and no 0 for a block. */
describe('names that stand for something longer', () => {
  const pairs = [
    ['y1[i] = exp(x[i])/sum_j(exp(x[j])); y1', 'softmax(x)'],
    ['E[i,j] = x[i]*w[j] + delta(i, 2); E', "x*w' + e1*ones(1, m)"],
    ['x2 in R^(1 x n); x2[i] = x[i]*2; x2', "2*x'"],
    ['f(p1) = p1.*p1 + 1; f(x) + f(f(y))', 'x.*x + 1 + (y.*y + 1).*(y.*y + 1) + 1'],
    ['f(p1, p2) = p1*p2; f(A, f(P, x))', 'A*(P*x)'],
    ['f(p1) = sum_j(p1[j]*x[j]); sum_j(f(A[j,:])*w[j])', "w'*A*x"],
    ['f(p1, j1) = p1*sum_j(j1[j]); sum_j(f(x[j], w*y[j]))', "x'*y*sum(w)"],
    ['[P, 0; 0, G]', '[P, zeros(n, 3); zeros(3, n), G]'],
    ['[P, 0; r, 0]*[x; a]', '[P*x; r*x]'],
    ['F^-1', 'inv(F)'],
  ] as const;
  for (const [text, plain] of pairs)
    test(text, () => {
      const expected = value(plain);
      const found = value(text);
      expect(found).toHaveLength(expected.length);
      found.forEach((entry, n) => expect(entry).toBeCloseTo(expected[n]!, 9));
    });
});

test('unknown functions and their Jacobians', () => {
  const f: TestFunction = (by, [x]) => {
    const { data } = x!;
    return by.length === 0
      ? columnOf(data[0]! * data[1]!, data[2]!, data[0]! ** 2, 1)
      : array([4, 3], [data[1]!, data[0]!, 0, 0, 0, 1, 2 * data[0]!, 0, 0, 0, 0, 0]);
  };
  const functions = new Map([['f', f]]);
  const program = `${declarations}; f : R^m -> R^n`;
  for (const text of ['f(w)', 'f(2*w) + x', "J_f(w)'*x", 'J_f(w)', 'f(A*x)[i]', 'J_f(A*x)[2,l]', "x'*f(v')"])
    expectSame(`${program}; ${text}`, functions);
});

test('without declarations, names have their habitual shapes', () => {
  for (const text of [
    "x'*A*y",
    'a*x + tau*y',
    "tr(A*x*y')",
    'A*B + I',
    'softmax(W*x + y)[i]',
    'sum_j(x[j]*ones(n)[j])',
    'ŷ + y',
  ])
    expectSame(text);
});
