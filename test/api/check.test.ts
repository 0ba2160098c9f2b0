/** The numeric check: passes what is right, whatever the question, and finds what is wrong. */
import { describe, expect, test } from 'vitest';
import { answerFromJSON } from '../../src/index.ts';
import { program, valueOf } from './given.ts';

const questions: readonly (readonly [what: string, text: string, question: string])[] = [
  ['a gradient', "A in R^(n x n); x in R^n; f = x'*A*x", 'grad(f, x)'],
  ['a Jacobian', 'z in R^n; tau > 0', 'jacobian(softmax(z/tau), z)'],
  ['a Hessian', 'x in R^n', 'hessian(logsumexp(x), x)'],
  ['a Hessian in a matrix', 'A in R^(d x m); x in R^m', 'hessian(norm2(A*x)^2, A)'],
  ['a tensor', 'A in R^(d x m); B in R^(m x k)', 'jacobian(A*B, B)'],
  ['a derivative by a scalar', 'z in R^n; tau > 0', 'jacobian(softmax(z/tau), tau)'],
  ['a Jacobian times a direction', 'x, u in R^n', 'jvp(softmax(x), x, u)'],
  ['weights times a Jacobian', 'x, w in R^n', 'vjp(softmax(x), x, w)'],
  ['a Hessian times a direction', 'x, u in R^n', 'hvp(logsumexp(x), x, u)'],
  ['a differential', 'A in R^(d x m); x in R^m', 'd(tanh(A*x))'],
  ['an entry', 'z in R^n; y = softmax(z)', 'jacobian(y, z)[i,k]'],
  ['an entry at numbers', 'z in R^3; y = softmax(z)', 'jacobian(y, z)[1,2]'],
  ['a row of a matrix', 'U in R^(w x d); v in R^d', 'grad(logsumexp(U*v), U[k,:])'],
  ['a derivative inside an expression', 'x, v in R^(1 x n)', 'v*jacobian(softmax(x), x)'],
  ['a sum over derivatives', 'x in R^n; y = softmax(x)', 'sum_i(jacobian(y, x)[i,i])'],
  ['a sum over entries of derivatives', 'x in R^n; y = softmax(x)', 'sum_i(grad(y[i], x[i]))'],
  ['a derivative of a derivative', "x in R^n; g = grad(exp(x'*x), x)", 'jacobian(g, x)'],
  ['a definition entry by entry', 'z in R^n; S = sum_j exp(z[j]); y[i] = exp(z[i])/S', 'jacobian(y, z)'],
  ['a function of the user', 's in R^2; f(s) = [s[1]*s[2]; s[1]^2]', 'jacobian(f, s)'],
  ['an unknown function', 'f : R^m -> R^n; s in R^m; y in R^n', 'grad(1/2*norm2(f(s) - y)^3, s)'],
  ['an unknown scalar function', 'f : R^n -> R; A in R^(n x m); x in R^m', 'grad(f(A*x)^2, x)'],
  ['values put in', 's in R^2; f = s[1]^2*s[2]', 'grad(f, s) at s = [1; 2]'],
  ['a name put in', 'x, t in R^n; y = 2*x; f = norm2(y - t)^2', 'grad(f, x) at y = t'],
  ['a one-hot label', 'v in R^n; y in R^n, onehot at o; p = softmax(v)', 'grad(-log(p[o]), v)'],
  ['a symmetric matrix', 'S in R^(n x n), symmetric; x in R^n', "grad(x'*S*x, S)"],
  ['a positive definite matrix', 'S in R^(n x n), spd; x in R^n', "grad(x'*inv(S)*x + logdet(S), S)"],
  ['an orthogonal matrix', 'Q in R^(n x n), orthogonal; A in R^(n x n)', "grad(tr(Q'*A*Q), A)"],
  ['a kink', 'x in R^n; a in R', 'grad(sum(relu(x)) + norm1(x) + abs(a), x)'],
  ['a maximum', 'x in R^n', 'grad(max(x)^2, x)'],
  ['a domain', 'x in R^n', 'grad(sum(log(x) .* sqrt(x)), x)'],
  ['Kronecker products', 'A in R^(m x n); x in R^p', 'grad(norm2(kron(A, x))^2, x)'],
  ['vec', 'A in R^(m x n); B in R^(m x n)', "grad(vec(A)'*vec(B .* A), A)"],
  ['blocks', 'x, y in R^n', 'jacobian([x; x .* y], x)'],
  ['a matrix row by row', 'X in R^(n x m); T in R^(n x m)', 'grad(sum(T .* log(softmax(X))), X)'],
  ['no derivative at all', 'x in R^n', "x'*x + x'*x"],
  ['a name that does not occur', 'x in R^n; A in R^(n x n)', "grad(x'*x, A)"],
  ['no declarations', '', "grad(x'*A*x, x)"],
];

test.each(questions)('passes %s', (_, text, question) => {
  const result = valueOf(program(text).ask(question)).check({ points: 4, seed: 7 });
  expect(result, result.reason).toMatchObject({ ok: true, points: 4 });
});

describe('what is wrong', () => {
  const tampered = (text: string): ReturnType<typeof check> => check(text);
  function check(text: string) {
    const right = valueOf(program('z in R^n; y = softmax(z)').jacobian('y', 'z')).toJSON();
    return valueOf(answerFromJSON({ ...right, text })).check();
  }
  test('a missing sign is found by finite differences', () => {
    expect(tampered("diag(y) + y*y'")).toMatchObject({
      ok: false,
      reason: 'the answer and finite differences disagree',
    });
  });
  test('a wrong factor', () => {
    expect(tampered("1.001*(diag(y) - y*y')").ok).toBe(false);
  });
  test('the right answer in another form passes', () => {
    expect(tampered('(eye(n) - y*ones(1, n))*diag(y)').ok).toBe(true);
  });
});

test('the same seed gives the same numbers, another seed others', () => {
  const answer = valueOf(program('z in R^n').jacobian('softmax(z)', 'z'));
  expect(answer.check({ seed: 3 })).toEqual(answer.check({ seed: 3 }));
  expect(answer.check({ seed: 3 }).largestError).not.toBe(answer.check({ seed: 4 }).largestError);
});

test('an answer that exists nowhere says so', () => {
  const answer = valueOf(program('x in R, positive').grad('log(sin(x) - 2*x)', 'x'));
  expect(answer.check()).toMatchObject({
    ok: false,
    points: 0,
    reason: 'no random point was found where the answer exists',
  });
});
