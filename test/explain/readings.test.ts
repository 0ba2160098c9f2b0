/** What happens before anything is derived, and what rests on facts, is told. */
import { describe, expect, test } from 'vitest';
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
    const told = lines('z in R^n; y in R^n, onehot at o; L = -sum(y.*log(softmax(z)))', 'grad(L, z)');
    expect(told.slice(0, 2)).toEqual([
      'a one-hot vector at its position (y is one-hot): y[i] = delta(o,i)',
      'a delta picks one term: sum_j(log(softmax(z)[j])*delta(o,j)) = log(softmax(z)[o])',
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
