/** Slices, stacks, shifted positions, ranges, conditions on indices: how answers read, and that they are right and read back. */
import { describe, expect, test } from 'vitest';
import { problemOf, program, valueOf } from '../api/given.ts';
import { sizes as usual } from '../fuzz/generate.ts';
import { judge } from '../fuzz/judge.ts';

const sizes = { ...usual, k: 2 };
const vectors = 'x, y in R^n; g in R^(n-1); a in R';
const matrices = 'A in R^(m x n); B in R^(m x n); C in R^(n x n), invertible; b in R^n; c in R; u in R^m';
const variation = 'f = sum_{i=1..n-1}((x[i+1] - x[i])^2)';
const convolution = 'w in R^k; r in R^(m+k-1); y[i=1..m] = sum_j(w[j]*r[i+j-1])';

/** [declarations, question, answer, names of its parts] */
const answers: readonly (readonly [given: string, asked: string, text: string, where?: string | undefined])[] = [
  // slices and stacks
  [vectors, 'grad(sum(x[2:n]), x)', '[0; ones(n - 1)]'],
  [vectors, 'grad(norm2(x[2:n])^2, x[2:n])', '2*x[2:n]'],
  [vectors, 'jacobian(x[2:n] - x[1:n-1], x)', 'eye(n)[2:n,:] - eye(n)[1:n - 1,:]'],
  [vectors, 'jacobian([x; 1], x)', '[eye(n); zeros(1, n)]'],
  [vectors, 'grad(logsumexp([x; a]), x)', 'softmax([x; a])[1:n]'],
  [`${vectors}; h in R^k`, 'grad(logsumexp(x[1:k]), x)', '[softmax(x[1:k]); zeros(n - k)]'],
  [vectors, '[0; g] - [g; 0]', '[0; g] - [g; 0]'],
  [vectors, 'grad(x[n]^2, x)', '[zeros(n - 1); 2*x[n]]'],
  [matrices, 'A[:,2:n]', 'A[:,2:n]'],
  [matrices, "grad(logdet([C, b; b', c]), b)", "K[1:n,n + 1] + K[n + 1,1:n]'", "K = inv([C, b; b', c])"],
  [vectors, 'grad(logsumexp(x.*[0; g]), x)', 'softmax(x.*[0; g]).*[0; g]'],
  [vectors, 'jacobian([x[2:n]; a].^2, a)', '[zeros(n - 1); 2*a]'],
  [vectors, 'grad([x[2:n]; a][n]*([g; 1].^2)[1], g)', '2*a*g[1]*eye(n - 1)[:,1]'],
  [vectors, 'jacobian(tanh(exp(x[2:n])), x)', '[zeros(n - 1), diag(exp(x[2:n]) .* (1 - tanh(exp(x[2:n])).^2))]'],
  // slices of slices, stacks of stacks
  [`${vectors}; h in R^k`, 'grad(logsumexp([[a; x]; h]), x)', 'softmax([a; x; h])[2:n + 1]'],
  [`${vectors}; w in R^(k+1+n)`, 'w[1:k+1][2:k+1]', 'w[2:k + 1]'],
  [`${vectors}; w in R^(k+1+n); h in R^k`, "grad(w'*[[a; h]; x].^2, h)", '2*(w[2:k + 1].*h)'],
  [matrices, "jacobian(b[2:n]*b[2:n]', b)", 'b[2:n][i]*1[k == j + 1] + b[2:n][j]*1[k == i + 1]'],
  [matrices, 'diag((1:n))*C', 'diag((1:n))*C'],
  // ranges and shifts
  [vectors, 'grad(sum_{i >= 2}(x[i]*x[i-1]), x)', '[x[2:n]; 0] + [0; x[1:n - 1]]'],
  [vectors, 'grad(sum_{i <= n-1}((x[i+1] - x[i])^2), x)', '2*([0; r] - [r; 0])', 'r = x[2:n] - x[1:n - 1]'],
  [`${vectors}; s[i] = 1[i >= 2]*x[i-1]`, 'grad(norm2(s - x)^2, x)', '2*(x + [(s - x)[2:n]; 0] - s)'],
  [
    vectors,
    'grad(sum_{i=2..n-1}((x[i+1] - 2*x[i] + x[i-1])^2), x)',
    '2*([r; zeros(2)] + [zeros(2); r] - 2*[0; r; 0])',
    'r = x[3:n] + x[1:n - 2] - 2*x[2:n - 1]',
  ],
  [vectors, 'sum_{i=1..n-1}((x[i+1] - x[i])^2)', 'norm2(x[2:n] - x[1:n - 1])^2'],
  [`${vectors}; ${variation}`, 'grad(f, x)', '2*([r; 0] - [0; r])', 'r = x[1:n - 1] - x[2:n]'],
  [`${vectors}; h in R^k`, 'sum_{i=1..k}(x[i+2])', 'sum(x[3:k + 2])'],
  [vectors, 'sum_{i=2..n}(x[i]*x[i-1])', "x[2:n]'*x[1:n - 1]"],
  [vectors, 'd(sum_i(y[i]*x[n+1-i]))', 'sum_i(d(y)[i]*x[n + 1 - i]) + sum_i(d(x)[n + 1 - i]*y[i])'],
  // indices as numbers
  [vectors, 'sum_i(i*x[i])', '(1:n)*x'],
  [vectors, 'grad(sum_i(i*x[i]^2), x)', "2*(x.*(1:n)')"],
  // conditions
  [vectors, 'grad(sum_{i != j}((x[i] - x[j])^2), x)', '4*(n*x - sum(x))'],
  [vectors, 'grad(sum_{i != j}(1/(x[i] - x[j])^2), x)', '4*sum_{j, i != j}(1/(x[j] - x[i])^3)'],
  [vectors, 'grad(sum_{i <= j}(x[i]*y[j]), x)', 'triu(ones(n, n))*y'],
  [vectors, 'grad(sum_{i < j}((x[i] - x[j])^2), x)', '2*(n*x - sum(x))'],
  [vectors, 'grad(sum_{j <= i}(x[i]*x[j]), x)', 'x + sum(x)'],
  [vectors, 'hessian(sum_{i <= j}(x[i]*x[j]), x)', 'ones(n, n) + eye(n)'],
  [
    vectors,
    'hessian(sum_{i < j}(1/(x[i] - x[j])^2), x)',
    '6*sum_{k, i != k}(1/(x[k] - x[i])^4)*delta(i,j) - 6*1[i != j]/(x[j] - x[i])^4',
  ],
  [vectors, 'grad(sum_{i >= 2}(x[i]^2), x)', '2*[0; x[2:n]]'],
  // triangles and cumulative sums
  [vectors, 'grad(norm2(cumsum(x) - y)^2, x)', '2*triu(ones(n, n))*(cumsum(x) - y)'],
  [vectors, 'grad(sum(cumsum(x)), x)', "1 + n - (1:n)'"],
  [vectors, 'jacobian(cumsum(exp(x)), x)', 'tril(ones(n, n))*diag(exp(x))'],
  [vectors, "grad(x'*cumsum(y), y)", 'triu(ones(n, n))*x'],
  [
    vectors,
    'grad(sum_i(x[i] - log(sum_{j >= i}(exp(x[j])))), x)',
    '1 - exp(x).*cumsum(1 ./ (triu(ones(n, n))*exp(x)))',
  ],
  [matrices, 'grad(norm2(tril(C, -1)*b)^2, C)', "2*tril(tril(C, -1)*b*b', -1)"],
  [matrices, "grad(b'*tril(C)*b, b)", "(tril(C) + tril(C)')*b"],
  [matrices, 'grad(sum(B.*triu(A, 1)), A)', 'triu(B, 1)'],
  [matrices, 'jacobian(triu(A)*b, b)', 'triu(A)'],
  [matrices, 'triu(tril(C)) + 0*C', 'diag(diag(C))'],
  [matrices, 'tril(tril(A, 1))', 'tril(A)'],
  [matrices, 'cumsum(A, dim=1)', 'cumsum(A, dim=1)'],
  [matrices, 'grad(sum(B.*cumsum(A, dim=2)), A)', 'B*tril(ones(n, n))'],
  [matrices, "cumsum(c) + tril(c) + sum(triu(u)) + sum(tril(b', 1))", 'u[1] + 2*c + sum_{i, i <= 2}(b[i])'],
  // what cannot be multiplied out stays under its condition
  [vectors, 'grad(sum_{i,j}(1[i != j]/(x[i] - x[j])^2), x)', '4*sum_{j, i != j}(1/(x[j] - x[i])^3)'],
  [vectors, 'grad(sum_{i,j}(1[i != j]*log(abs(x[i] - x[j]))), x)', '-2*sum_{j, i != j}(1/(x[j] - x[i]))'],
  [vectors, 'grad(sum_{i,j}(1[i != j]*(1/(x[i] - x[j])^2 + x[i])), x)', '4*sum_{j, i != j}(1/(x[j] - x[i])^3) + n - 1'],
  [vectors, 'grad(sum_{i,j}(1[i != j]*x[i]*x[j]), x)', '2*(sum(x) - x)'],
  // convolutions: the gradient by the weights is a correlation
  [convolution, 'grad(sum(tanh(y)), w)', 'sum_j(r[j + i - 1]*(1 - tanh(y[j])^2))'],
  [convolution, 'grad(sum(tanh(y)), r)', 'sum_{j, j <= i, i < j + k}(w[i - j + 1]*(1 - tanh(y[j])^2))'],
  [convolution, 'jacobian(y, w)', 'r[j + i - 1]'],
];

describe('positions', () => {
  for (const [given, asked, text, where = ''] of answers)
    test(`${given}; ${asked}`, () => {
      const found = valueOf(program(given).ask(asked));
      expect(found.text).toBe(text);
      expect(found.where.map((part) => `${part.name} = ${part.text}`).join(', ')).toBe(where);
      expect(found.check()).toMatchObject({ ok: true });
      // By definitions alone; derivatives by slices are not among them.
      if (!asked.endsWith('x[2:n])')) expect(judge(`${given}; ${asked}`, { sizes }).findings).toEqual([]);
    });
});

const notAlways = 'is not always a position of x: the condition beside it does not rule out all others';
describe('positions outside of their array', () => {
  test.each([
    ['sum_i(x[i]*x[i + 1])', 'i + 1 is beyond the size of x, which is n'],
    ['sum_{i=1..n}(x[i - 1])', 'indices start at 1, and i - 1 is 0 at its least'],
    // A condition that says nothing about the position, or too little, lets nothing be read outside.
    ['sum_i(1[x[i] > 0]*x[i + 1])', 'i + 1 is beyond the size of x, which is n'],
    ['sum_i(1[i != 3]*x[i]*x[i + 1])', 'i + 1 is beyond the size of x, which is n'],
    ['sum_i(1[i >= 1]*x[i]*x[i - 1])', `i - 1 ${notAlways}`],
    ['sum_i(1[i >= 2]*x[i]*x[i - 2])', `i - 2 ${notAlways}`],
    ['sum_{i, j, j <= i}(x[i]*x[j]*x[i - j])', `i - j ${notAlways}`],
  ])('%s', (asked, message) => {
    expect(problemOf(program(vectors).ask(asked)).message).toBe(message);
  });
  test('equations with one solution for several sums', () => {
    const given = 'w in R^k; r in R^(m+k-1); f = sum_{i=1..m}(tanh(sum_j(w[j]*exp(r[i+j-1])))^2)';
    expect(valueOf(program(given).ask('hessian(f, r)')).check()).toMatchObject({ ok: true });
  });
  test.each([
    'sum_{i >= 2}(x[i]*x[i-1]) - sum_{i=2..n}(x[i]*x[i-1])',
    'sum_i(1[i >= 3]*x[i]*x[i-2])',
    'sum_{i, j, j < i}(x[i]*x[j]*x[i-j])',
    'sum_{i >= 2}(x[i]*sum_{j, j < i}(x[i-j]*x[j]))',
  ])('a condition rules them out: %s', (text) => {
    expect(judge(`${vectors}; ${text}`, { sizes }).findings).toEqual([]);
  });
  test('what sizes do not say is a condition', () => {
    const { conditions } = valueOf(program(`${vectors}; h in R^k`).ask('sum(x[1:k])'));
    expect(conditions.map(({ text }) => text)).toEqual(['n - k >= 0, for x[1:k]']);
  });
});
