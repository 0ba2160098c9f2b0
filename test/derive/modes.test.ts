/** The ways to a derivative agree with each other: forward and reverse, products and whole matrices, in numbers. */
import { describe, expect, test } from 'vitest';
import { compiledValue } from '../fuzz/judge.ts';
import { sizes } from '../fuzz/generate.ts';
import { placeFor } from '../fuzz/reference.ts';
import { answerOf, sampleOf } from '../properties/given.ts';

/** The largest entry of the compiled answer at a few points. */
function largest(program: string): number {
  const sample = sampleOf(program);
  const derivation = answerOf(sample);
  const values = [1, 2, 3].flatMap((seed) => [
    ...compiledValue(derivation, placeFor(sample.program, sizes, seed), []).data,
  ]);
  expect(values.every((value) => Number.isFinite(value))).toBe(true);
  return Math.max(...values.map((value) => Math.abs(value)));
}

const declarations =
  'x, v in R^n; A in R^(m x n); b, w in R^m; S in R^(n x n), spd; tau > 0; y in R^n, onehot; h = tanh(A*x + b); p = softmax(S*x/tau)';
const scalars = [
  'norm2(A*x - b)^2',
  'logsumexp(S*x)',
  "-y'*log(p)",
  'sum(h.^3) + tau*sum(x)',
  'norm2(x)*sum(h)',
  "logdet(S + x*x')",
  "x'*S*x/(x'*x)",
  'sum(exp(x)) - sum(log(1 + x.^2))',
  'tr(inv(S + diag(x.^2)))',
  'sum(softplus(A*x) .* sigmoid(b))',
  'erf(sum(x))*gelu(x[1])',
  'sum_j(x[j]*sum_k(S[j,k]*x[k]^2))',
];
const vectors = ['A*x', 'h', 'A*p', 'h .* (A*x)', 'h/norm2(x)', 'A*(x .* exp(-x))', 'log_softmax(A*x)', 'relu(A*x)'];

describe.each(scalars)('%s', (f) => {
  test('along a direction changes by the gradient times it', () =>
    expect(largest(`${declarations}; jvp(${f}, x, v) - sum(grad(${f}, x).*v)`)).toBeLessThan(1e-9));
  test('has the Hessian times a direction as its hvp', () =>
    expect(largest(`${declarations}; hvp(${f}, x, v) - hessian(${f}, x)*v`)).toBeLessThan(1e-8));
  test('has a symmetric Hessian, the Jacobian of its gradient', () => {
    expect(largest(`${declarations}; hessian(${f}, x) - hessian(${f}, x)'`)).toBeLessThan(1e-8);
    expect(largest(`${declarations}; hessian(${f}, x) - jacobian(grad(${f}, x), x)`)).toBeLessThan(1e-8);
  });
});
describe.each(vectors)('%s', (value) => {
  test('forward: the Jacobian times a direction', () =>
    expect(largest(`${declarations}; jvp(${value}, x, v) - jacobian(${value}, x)*v`)).toBeLessThan(1e-9));
  test('reverse: weights times the Jacobian', () =>
    expect(largest(`${declarations}; vjp(${value}, x, w) - jacobian(${value}, x)'*w`)).toBeLessThan(1e-9));
  test('the gradient of its weighted sum is the same', () =>
    expect(largest(`${declarations}; vjp(${value}, x, w) - grad(sum(w.*(${value})), x)`)).toBeLessThan(1e-9));
  test('an entry of the Jacobian is that of the whole', () =>
    expect(largest(`${declarations}; jacobian(${value}, x)[2,1] - jacobian(${value}, x[1])[2]`)).toBeLessThan(1e-9));
});

describe('by matrices', () => {
  test.each([
    'norm2(A*x - b)^2',
    'sum(tanh(A).^2)',
    "tr(A*S*A')",
    "logdet(A*S*A')",
    'sum(softmax(A*x))*sum(A)',
    "norm2(A'*A)",
  ])('%s', (f) => {
    const program = `${declarations}; D in R^(m x n)`;
    expect(largest(`${program}; jvp(${f}, A, D) - sum(grad(${f}, A).*D)`)).toBeLessThan(1e-9);
    expect(largest(`${program}; hvp(${f}, A, D) - grad(sum(grad(${f}, A).*D), A)`)).toBeLessThan(1e-8);
  });
});

describe('what does not occur', () => {
  test.each([
    ['grad(sum(b), x)', 3],
    ['jacobian(b, x)', 6],
    ['hessian(sum(x), x)', 9],
    ['jacobian(b, A)', 12],
    ['hessian(sum(A), A)', 36],
    ['jvp(b, x, v)', 2],
  ])('%s is zero, of full size', (question, size) => {
    const sample = sampleOf(`${declarations}; ${question}`);
    const { data } = compiledValue(answerOf(sample), placeFor(sample.program, sizes, 1), []);
    expect([...data]).toEqual(Array(size).fill(0));
  });
});
