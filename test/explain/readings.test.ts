/** What happens before anything is derived, and what rests on facts, is told. */
import { describe, expect, test } from 'vitest';
import { stepText } from '../../src/explain/render.ts';
import { toText } from '../../src/print/text.ts';
import { stepsOf } from './given.ts';

/** `rule (assumptions): before = after` for each step that says so. */
const lines = (program: string, question: string, level: 'main' | 'detail' = 'main'): readonly string[] =>
  stepsOf(program, question, level).map(({ rules, assumptions, before, after }) =>
    [
      rules.join(', '),
      assumptions.length > 0 ? ` (${assumptions.join(', ')})` : '',
      `: ${before ? `${toText(before)} = ` : ''}${toText(after)}`,
    ].join(''),
  );

describe('before anything is derived', () => {
  test.each([
    ['x in R', 'grad(sqrt(x^2), x)', 'root of a square: sqrt(x^2) = abs(x)'],
    ['x in R; y = sqrt(x^2)', 'grad(y*x, x)', 'root of a square: sqrt(x^2) = abs(x)'],
    ['x in R', 'grad(x*cos(0), x)', 'an exact value: cos(0) = 1'],
    ['x in R', 'grad(sin(-x), x)', 'odd or even: sin(-x) = -sin(x)'],
    ['x, y in R', 'grad(x*y/x, y)', 'cancellation: (1/x)*(x*y) = y'],
    ['x in R; a > 0', 'grad(abs(a)*x, x)', 'absolute value by its sign: abs(a) = a'],
    ['A in R^(m x n); x in R^n; y = A*x', 'grad(sum(tanh(A*x)), y)', 'definition of y: sum_j(A[i,j]*x[j]) = y[i]'],
    ['x in R^n; u = norm2(x)^2', "grad(exp(x'*x), u)", 'definition of u: sum_j(x[j]^2) = u'],
    ['A, B in R^(n x n)', 'grad(det(A*B), A)', 'determinant of a product: det(A*B) = det(A)*det(B)'],
  ])('%s, %s: %s', (program, question, line) => expect(lines(program, question)).toContain(line));
  test('a one-hot vector at its position, and the term that it picks', () => {
    const told = lines('z in R^n; y in R^n, onehot at o; p = softmax(z); L = -sum(y.*log(p))', 'grad(L, z)');
    expect(told.slice(0, 2)).toEqual([
      'a one-hot vector at its position (y is one-hot): y[i] = delta(o,i)',
      'a delta picks one term: sum_j(log(p[j])*delta(o,j)) = log(p[o])',
    ]);
  });
  test('a delta that is a way to write a product is told in detail', () => {
    const program = 'v, x in R^n';
    const line = 'a delta picks one term';
    const isTold = (level: 'main' | 'detail'): boolean =>
      lines(program, 'grad(sum(diag(v)*x), x)', level).some((told) => told.startsWith(line));
    expect([isTold('main'), isTold('detail')]).toEqual([false, true]);
  });
});

describe('what rests on facts', () => {
  test.each([
    ['S in R^(n x n), symmetric; x in R^n', "grad(x'*S*x, x)", 'S is symmetric'],
    ["M in R^(n x n); x in R^n; S = M + M'", "grad(x'*S*x, x)", "S is symmetric, because S = M + M'"],
    ['D in R^(n x n), diagonal; x in R^n', "jacobian(D*x*x'*D*x, x)", 'D is diagonal'],
    ['S in R^(n x n), spd', 'grad(logdet(S), S)', 'S is symmetric positive definite'],
    ['K in R^(n x n), skew; x in R^n', "grad(norm2(x)^2*x'*K*x + sum(x), x)", 'K is skew-symmetric'],
    [
      "B in R^(m x n); u in R^m; P = B*inv(B'*B)*B'",
      'grad(norm2(P*u)^2, u)',
      "P is idempotent, because P = B*inv(B'*B)*B'",
    ],
  ])('%s, %s: %s', (program, question, assumption) =>
    expect(stepsOf(program, question, 'detail').flatMap(({ assumptions }) => assumptions)).toContain(assumption),
  );
  test('a symmetric matrix that is nowhere exchanged with its transpose is assumed to be nothing', () => {
    const steps = stepsOf('S in R^(n x n), symmetric; x, c in R^n', "grad(c'*S*x, x)", 'detail');
    expect(steps.flatMap(({ assumptions }) => assumptions)).toEqual([]);
  });
});

test('there is no derivative by an expression, and what is held fixed has a letter', () => {
  const told = lines('h in R^n; A in R^(m x n)', 'vjp(tanh(h), h, h)');
  expect(told[0]).toBe('a letter for a part: h[i]');
  const signs = stepsOf('A in R^(m x n); B in R^(n x k); T in R^(m x k)', 'grad(norm2(tanh(A*B) - T)^2, B)', 'detail');
  expect(signs.flatMap(({ of }) => (of ? [stepText(of)] : [])).join()).not.toMatch(/\/d\(A/);
});
test('a contribution to one entry, or along a diagonal, says where', () => {
  const told = (question: string): string => lines('T in R^(n x n); c > 0', question).join('\n');
  expect(told('grad(tr(T) - log(det(eye(n) + T/c)), T)')).toContain('= delta(i,j) - ');
});
