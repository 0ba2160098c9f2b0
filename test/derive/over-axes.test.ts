/** Functions of all entries at once, of arrays with several axes, and along one axis: their rules are about vectors. */
import { describe, expect, test } from 'vitest';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'X, Y in R^(n x m); x in R^n; y in R^m; A in R^(n x n); v in R^(1 x m); e, tau > 0; U, V in R^(n x m)';
const questions: readonly (readonly [question: string, answer: string])[] = [
  ['grad(max(X), X)', '1[X == max(X)]'],
  ['jvp(max(X), X, Y)', 'sum(1[X == max(X)].*Y)'],
  ['grad(max(X.*Y), X)', '1[X.*Y == max(X.*Y)].*Y'],
  ["grad(max(x*y'), x)", "1[x*y' == max(x*y')]*y"],
  ['grad(max(A), A)', '1[A == max(A)]'],
  ['grad(max(x), x)', '1[x == max(x)]'],
  // one axis: 1 runs down the columns, 2 along the rows
  ['grad(sum(max(X, dim=2)), X)', '1[X == max(X, dim=2)]'],
  ['grad(sum(min(X, dim=1)), X)', '1[X == min(X, dim=1)]'],
  ['grad(sum(max(2, X)), X)', '1[X >= 2]'],
  ['grad(sum(softmax(X, dim=1).^2), X)', '2*(softmax(X, dim=1) .* (softmax(X, dim=1) - sum(softmax(X, dim=1).^2, 1)))'],
  ['jvp(log_softmax(X, dim=1), X, Y)', 'Y - sum(softmax(X, dim=1).*Y, 1)'],
  ['vjp(log_softmax(X, dim=2), X, Y)', 'Y - diag(sum(Y, 2))*softmax(X)'],
  ['grad(logsumexp(X, dim=1)*y, X)', 'softmax(X, dim=1)*diag(y)'],
  ["grad(x'*logsumexp(X, dim=2), X)", 'diag(x)*softmax(X)'],
  ['jacobian(logsumexp(X, dim=1), X)', 'softmax(X[:,k])[j]*delta(i,k)'],
  ['grad(sum(softmax(v, dim=1).^2), v)', 'zeros(1, m)'],
  ['grad(sum(norm2(X, dim=2)), X)', 'X./norm2(X, dim=2)'],
  ['grad(sum(norm1(X, dim=1)), X)', 'sign(X)'],
  ['grad(sum(norminf(X, dim=2)), X)', 'sign(X).*1[abs(X) == max(abs(X), dim=2)]'],
  ['hessian(sum(norm2(X, dim=1)), X)', 'delta(j,l)*(delta(i,k) - X[i,j]*X[k,j]/norm2(X[:,j])^2)/norm2(X[:,j])'],
  ['grad(sum(sqrt(var(X, dim=1) + e)), X)', '((X - mean(X, 1)) ./ sqrt(var(X, dim=1) + e))/n'],
  ['grad(var(X), X)', '2*(X - mean(X))/(m*n)'],
  ['hessian(var(x), x)', '2*(eye(n) - ones(n, n)/n)/n'],
  ['sum(X.^2, dim=2)', 'sum(X.^2, 2)'],
  ['mean(X, dim=1)', 'mean(X, 1)'],
  ['softmax(2*X) + 3*softmax(2*X, dim=1)', 'softmax(2*X) + 3*softmax(2*X, dim=1)'],
  ['sum_j(exp(x[j])) + prod_j(exp(x[j]))', 'prod(exp(x)) + sum(exp(x))'],
  // products
  ['grad(prod(x), x)', 'prod(x)./x'],
  ['hessian(prod(x), x)', "prod(x)*((1 ./ x)*(1./x') - diag(x.^(-2)))"],
  ['grad(sum(prod(X, dim=2)), X)', 'prod(X, dim=2)./X'],
  ['grad(prod([e; tau; e^2]), e)', '3*e^2*tau'],
  ['grad(log(prod(x.^2)), x)', '2./x'],
  ['grad(prod(e*ones(n)), e)', 'n*e^(n - 1)'],
  ['grad(prod_j(1 + x[j]^2), x)', '2*prod(x.^2 + 1)*(x ./ (x.^2 + 1))'],
  ['grad(sum_i(prod_j(X[i,j])), X)', 'prod(X, dim=2)./X'],
  ['grad(mean_j(x[j]^2), x)', '2*x/n'],
  ['grad(mean_i(prod_j(1 + X[i,j]^2)), X)', '2*diag(prod(X.^2 + 1, dim=2))*(X ./ (X.^2 + 1))/n'],
  // norms and tables
  ['grad(norminf(x), x)', 'sign(x).*1[abs(x) == max(abs(x))]'],
  ['grad(normp(x, 2), x)', 'x/norm2(x)'],
  ['grad(normp(x, 3), x)', '(x .* abs(x))/sum(abs(x).^3)^(2/3)'],
  ['outer_sum(x, y)', 'outer_sum(x, y)'],
  ['grad(sum(exp(outer_sum(x, -v))), x)', "sum(exp(outer_sum(x, -v')), 2)"],
  ["jacobian(logsumexp(A + outer_sum(x, x), dim=1)', x)", "softmax(A + x' + x, dim=1)' + eye(n)"],
  [
    "grad(-tr(log_softmax(U*V'/tau, dim=2) + log_softmax(U*V'/tau, dim=1))/(2*n), U)",
    "(softmax(U*V'/tau) + softmax(V*U'/tau)' - 2*eye(n))*V/(2*tau*n)",
  ],
];
describe.each(questions)('%s', (question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as a formula', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () =>
    expect(answer.check({ points: 4, seed: 3 })).toMatchObject({ ok: true }));
});

test.each([
  ['grad(max(X), X) == 1[X == max(X)]', 'proved'],
  ['sum(grad(max(X), X)) == 1', 'proved'],
  ['grad(max(X), X) == 1[X >= max(X) - 1]', 'refuted'],
  ['log(prod(p)) == sum(log(p))', 'proved'],
  ['prod(exp(x)) == exp(sum(x))', 'proved'],
  ['prod(x.*y) == prod(x)*prod(y)', 'proved'],
  ['prod(2*x) == 2^n*prod(x)', 'proved'],
  ['prod(2*x) == (n^2 - n + 2)*prod(x)', 'refuted'],
  ['prod(1 + x) == 1 + sum(x) + (sum(x)^2 - sum(x.^2))/2', 'refuted'],
  ['prod(-x) == -prod(x)', 'refuted'],
  ['prod_j(x[j]) == prod(x)', 'proved'],
  ['mean_j(x[j]) == mean(x)', 'proved'],
  ['prod(prod(X, dim=1)) == prod(X)', 'proved'],
  ['var(x) == mean(x.^2) - mean(x)^2', 'proved'],
  ['var(X, dim=1) == mean(X.^2, 1) - mean(X, 1).^2', 'proved'],
  ['var(2*x) == 2*var(x)', 'refuted'],
  ['var(X) == mean(var(X, dim=2))', 'refuted'],
  ['var(X) == mean(var(X, dim=2)) + var(mean(X, 2))', 'proved'],
  ["softmax(X, dim=1) == softmax(X')'", 'proved'],
  ['softmax(X, dim=1) == softmax(X)', 'refuted'],
  ["max(X, dim=2) == max(X', dim=1)'", 'proved'],
  ['max(X, dim=2) == max(X)*ones(n)', 'refuted'],
  ['norm2(X, dim=2) == sqrt(sum(X.^2, 2))', 'proved'],
  ["logsumexp(logsumexp(X, dim=1)') == logsumexp(vec(X))", 'proved'],
  ['norminf(x) == max(x)', 'refuted'],
  ["outer_sum(x, y) == x*ones(n)' + ones(n)*y'", 'proved'],
])('%s is %s', (claim, verdict) =>
  expect(verdictOf('X in R^(n x m); x, y in R^n; p in R^n, positive', claim).verdict).toBe(verdict),
);

test.each([
  [
    'grad(sum(max(X, dim=2)), X)',
    ['except where a row of X has several largest entries: max(X, dim=2) has a kink there'],
  ],
  [
    'grad(sum(min(X, dim=1)), X)',
    ['except where a column of X has several smallest entries: min(X, dim=1) has a kink there'],
  ],
  ['grad(sum(max(x, dim=2)), x)', []],
  ['grad(sum(max(x, dim=1)), x)', ['except where x has several largest entries: max(x, dim=1) has a kink there']],
  [
    'grad(sum(norm2(X, dim=2)), X)',
    ['except where an entry of norm2(X, dim=2) is 0: norm2(X, dim=2) has a kink there'],
  ],
  ['grad(prod(x), x)', ['except where x[i] = 0 for some i: the derivative of prod(x) is written with divisions by it']],
  ['grad(prod_j(x[j]), x)', ['except where x[j] = 0: the derivative of prod_j(x[j]) is written with divisions by it']],
  ['grad(prod(p), p)', []],
  ['grad(prod([e; tau]), e)', []],
  ['prod(x)', []],
  [
    'grad(norminf(x), x)',
    [
      'except where abs(x) has several largest entries: norminf(x) has a kink there',
      'except where x = 0: norminf(x) has a kink there',
    ],
  ],
])('%s holds', (question, conditions) =>
  expect(
    valueOf(program(`${declarations}; p in R^n, positive`).ask(question)).conditions.map(({ text }) => text),
  ).toEqual(conditions),
);

test.each([
  ['x in R^3', 'grad(prod(x), x) at x = [0; 1; 2]', '2*[1; 0; 0]'],
  ['x in R^3', 'grad(prod(x), x) at x = [0; 0; 2]', 'zeros(3)'],
  ['x in R^3', 'hessian(prod(x), x) at x = [0; 1; 2]', '[0, 2, 1; 2, 0, 0; 1, 0, 0]'],
  ['x in R^3', 'grad(prod(x), x) at x = [3; 1; 2]', '[2; 6; 3]'],
  ['x in R^3; p = prod(x)', 'grad(exp(p) + p^2, x) at x = [0; 1; 2]', '2*[1; 0; 0]'],
  ['X in R^(2 x 3)', 'grad(sum(prod(X, dim=2)), X) at X = [0, 1, 2; 3, 4, 5]', '[2, 0, 0; 20, 15, 12]'],
  ['x in R^2; A in R^(3 x 2)', 'grad(prod(A*x), x) at x = [0; 1], A = [1, 0; 1, 1; 2, 2]', '2*[1; 0]'],
])('%s: %s has a value where a factor is 0', (text, question, answer) =>
  expect(valueOf(program(text).ask(question)).text).toBe(answer),
);

test.each([
  'tr(A, dim=1)',
  'max(x, y, dim=1)',
  'grad(sum(x), x, dim=1)',
  'f(x, dim=1)',
  'pow(x, e, dim=2)',
  'sum(A, 1, dim=2)',
])('%s: no axis', (question) =>
  expect(problemOf(program(`${declarations}; f(s) = s`).ask(question))).toMatchObject({ kind: 'shape' }),
);

test.each([
  [
    'X, G in R^(m x n); e > 0; Z = (X - mean(X, dim=1))./sqrt(var(X, dim=1) + e)',
    'grad(sum(G.*Z), X)',
    '(G - Z*diag(sum(G.*Z, 1))/m - mean(G, 1)) ./ sqrt(var(X, dim=1) + e)',
  ],
  [
    'X, G in R^(m x n); e > 0; Z = (X - mean(X, dim=2))./sqrt(var(X, dim=2) + e)',
    'grad(sum(G.*Z), X)',
    '(G - diag(sum(G.*Z, 2))*Z/n - mean(G, 2)) ./ sqrt(var(X, dim=2) + e)',
  ],
  [
    'x in R^n; e > 0; z = (x - mean(x))/sqrt(var(x) + e)',
    'jacobian(z, x)',
    "(eye(n) - z*z'/n - ones(n, n)/n)/sqrt(var(x) + e)",
  ],
  ['x in R^n; z = x/norm2(x)', 'jacobian(z, x)', "(eye(n) - z*z')/norm2(x)"],
  ["x, g in R^n; z = x/sqrt(x'*x + 1)", "grad(g'*z, x)", "(g - g'*z*z)/sqrt(x'*x + 1)"],
  // A whole power has roots only where it is not negative.
  ['x, y in R^n; c in R; z = x/sqrt(c)', 'jacobian(x*c^(-1), x)', 'eye(n)/c'],
])('%s: %s in the names of the program', (text, question, answer) => {
  const found = valueOf(program(text).ask(question));
  expect(found.text).toBe(answer);
  expect(found.check()).toMatchObject({ ok: true });
});
