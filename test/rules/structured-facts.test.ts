/** What triangular, diagonal, permutation and stochastic matrices are worth in answers and claims; and where transposed they are not. */
import { describe, expect, test } from 'vitest';
import { program, valueOf } from '../api/given.ts';

const triangular = 'L, M in R^(n x n), lower; U, V in R^(n x n), upper; D in R^(n x n), diagonal; A in R^(n x n)';
const permutation = 'P, Q in R^(n x n), permutation; x in R^n; A in R^(n x n)';
const stochastic = 'A, B in R^(n x n), stochastic; x in R^n';

const answers: readonly (readonly [given: string, question: string, answer: string])[] = [
  [triangular, 'det(L)', 'prod(diag(L))'],
  [triangular, 'det(U)', 'prod(diag(U))'],
  [triangular, 'det(D)', 'prod(diag(D))'],
  [triangular, "det(L')", 'prod(diag(L))'],
  [triangular, 'det(A)', 'det(A)'],
  [triangular, 'det(L*U)', 'prod(diag(L))*prod(diag(U))'],
  [triangular, "det(L*L')", 'prod(diag(L))^2'],
  [triangular, 'det(inv(L))', '1/prod(diag(L))'],
  [triangular, 'det(2*L)', 'prod(diag(L))*2^n'],
  [triangular, 'logdet(L)', 'sum(log(abs(diag(L))))'],
  [triangular, "logdet(U'*U)", '2*sum(log(abs(diag(U))))'],
  ['L in R^(n x n), lower, positive', 'logdet(L)', 'sum(log(diag(L)))'],
  ['L in R^(n x n), lower, positive', "grad(logdet(L*L'), L)", "2*inv(L)'"],
  [triangular, 'diag(L*M)', 'diag(L).*diag(M)'],
  [triangular, 'diag(U*V)', 'diag(U).*diag(V)'],
  [triangular, 'diag(D*L)', 'diag(L).*diag(D)'],
  [triangular, "tr(L'*M')", "diag(L)'*diag(M)"],
  [triangular, "tr(L'*U)", "diag(L)'*diag(U)"],
  // Transposed, or of both kinds, more than the diagonal counts.
  [triangular, "tr(L*L')", 'norm2(L)^2'],
  [triangular, "tr(L*M')", 'sum(L.*M)'],
  [triangular, 'tr(L*U)', 'tr(L*U)'],
  [triangular, "diag(L'*L)", "sum(L.^2, 1)'"],
  [triangular, 'tr(L*A)', 'tr(L*A)'],
  [permutation, "P'*ones(n)", 'ones(n)'],
  [permutation, 'sum(P*x)', 'sum(x)'],
  [permutation, "sum(P'*Q*x)", 'sum(x)'],
  [permutation, 'sum(P*A*Q)', 'sum(A)'],
  [permutation, 'grad(sum(P*x)^2, x)', '2*sum(x)*ones(n)'],
  [stochastic, 'inv(A)*ones(n)', 'ones(n)'],
  [stochastic, 'inv(A)*B*ones(n)', 'ones(n)'],
  [stochastic, "inv(A)'*ones(n)", "sum(inv(A), 1)'"],
  [stochastic, "A'*ones(n)", "sum(A, 1)'"],
];
test.each(answers)('%s: %s is %s', (given, question, answer) => {
  const found = valueOf(program(given).ask(question));
  expect(found.text).toBe(answer);
  expect(found.check({ points: 2 })).toMatchObject({ ok: true });
});

describe('claims', () => {
  test.each([
    [triangular, 'det(L*M) == prod(diag(L))*prod(diag(M))', 'proved'],
    [triangular, 'det(L^3) == prod(diag(L))^3', 'proved'],
    [triangular, "logdet(L*L') == 2*sum(log(abs(diag(L))))", 'proved'],
    [triangular, 'diag(inv(L)) == 1./diag(L)', 'proved'],
    [triangular, 'diag(L*M) == diag(L).*diag(M)', 'proved'],
    [triangular, 'diag(L*U) == diag(L).*diag(U)', 'refuted'],
    [triangular, "tr(L*M') == diag(L)'*diag(M)", 'refuted'],
    [triangular, 'det(L + A) == prod(diag(L)) + det(A)', 'refuted'],
    [triangular, 'det(L) == tr(L)', 'refuted'],
    [permutation, "sum(P'*x) == sum(x)", 'proved'],
    [permutation, 'P*x == x', 'refuted'],
    [stochastic, 'inv(A)*ones(n) == ones(n)', 'proved'],
    [stochastic, "inv(A)'*ones(n) == ones(n)", 'refuted'],
    [stochastic, "A'*ones(n) == ones(n)", 'refuted'],
  ])('%s: %s is %s', (given, claim, verdict) => {
    expect(valueOf(program(given).check(claim)).verdict).toBe(verdict);
  });
});

test('the step names the rule, and what it rests on', () => {
  const steps = valueOf(program(triangular).ask('det(L)')).steps('detail');
  expect(steps.map(({ rule }) => rule).join()).toContain('determinant of a lower triangular matrix');
  expect(steps.flatMap(({ assumptions }) => assumptions)).toContain('L is lower triangular');
});
