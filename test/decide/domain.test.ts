/** A claim that is proved says where: what one of its sides needs and the other does not. */
import { describe, expect, test } from 'vitest';
import { toText } from '../../src/print/text.ts';
import { verdictOf } from './verdict-of.ts';

function whereProved(program: string, claim: string): readonly string[] {
  const verdict = verdictOf(program, claim);
  if (verdict.verdict !== 'proved') throw new Error(JSON.stringify(verdict));
  return verdict.conditions.map(({ needs, of }) => `${toText(of)} ${needs}`);
}

describe('on a part of the domain', () => {
  test.each([
    ['x in R', 'log(x^2) == 2*log(x)', ['x positive']],
    ['x in R', '2*log(x) == log(x^2)', ['x positive']],
    ['x in R', 'exp(log(x)) == x', ['x positive']],
    ['x in R', 'x/x == 1', ['x nonzero']],
    ['x in R', 'sqrt(x)^2 == x', ['x nonnegative']],
    ['x, y in R', 'log(x*y) == log(x) + log(y)', ['x positive', 'y positive']],
    ['x, y in R', 'sqrt(x*y) == sqrt(x)*sqrt(y)', ['x nonnegative', 'y nonnegative']],
    ['x, y in R^n', 'sqrt(x.*y) == sqrt(x).*sqrt(y)', ['x nonnegative', 'y nonnegative']],
    ['x, y in R', 'log(x*y) == log(abs(x)) + log(abs(y))', ['x*y positive']],
    ['x, y in R^n', '(x.*y).^(3/2) == abs(x).^(3/2).*abs(y).^(3/2)', ['x.*y nonnegative']],
    ['x in R', '(x^2 - 1)/(x - 1) == x + 1', ['x - 1 nonzero']],
    ['x in R^n', '(1./x).*x == ones(n)', ['x nonzero']],
    ['x in R', 'log(100 - x) - log(100 - x) == 0', ['100 - x positive']],
    ['c in R; A in R^(n x n)', 'logdet(c*A) == n*log(c) + logdet(A)', ['c positive']],
    ['A in R^(n x n)', 'inv(A)*A == eye(n)', ['A invertible']],
    ['A in R^(n x n)', "grad(det(A), A) == det(A)*inv(A)'", ['A invertible']],
    ['x in R', 'grad(relu(x), x) == 1[x >= 0]', ['x nonzero']],
  ])('%s | %s', (program, claim, conditions) => {
    expect(whereProved(program, claim)).toEqual(conditions);
  });
});

describe('outright', () => {
  test.each([
    ['x in R^n', 'log(softmax(x)) == x - logsumexp(x)'],
    ['x in R', 'log(x^2) == 2*log(abs(x))'],
    ['x in R', 'sqrt(x^2 + 2*x + 1) == abs(x + 1)'],
    ['x, y > 0', 'log(x*y) == log(x) + log(y)'],
    ['a, b in R', '1/a + 1/b == (a + b)/(a*b)'],
    ['x in R', '1/(1 - x) == -1/(x - 1)'],
    ['x in R', 'x/x^2 == 1/x'],
    ['A, B in R^(n x n)', 'inv(A*B) == inv(B)*inv(A)'],
    ['A, B in R^(n x n)', "inv(A*B)' == inv(A')*inv(B')"],
    ['c in R; A in R^(n x n)', 'logdet(c*A) == n*log(abs(c)) + logdet(A)'],
    ['A in R^(n x n)', "grad(logdet(A), A) == inv(A)'"],
    ['u in R^n', "jacobian(u/norm2(u), u) == (eye(n) - u*u'/norm2(u)^2)/norm2(u)"],
    ['u in R^n', 'grad(norm2(u), u) == u/norm2(u)'],
    ['S in R^(n x n), spd', 'inv(S)*S == eye(n)'],
    ['x in R', 'log(exp(x)) == x'],
    // Facts that only the identity has together.
    ['D in R^(n x n), spd, orthogonal', 'tr(D) == n'],
    ['P in R^(n x n), permutation, diagonal', 'P == eye(n)'],
    ['P in R^(n x n), idempotent, invertible', 'P == eye(n)'],
    ['p in R^n, simplex', 'sign(p) == ones(n)'],
    ['x, y in R', '1[x > y]*1[x < y] == 0'],
    ['x in R', 'log(sigmoid(x)) == -softplus(-x)'],
    // What one side needs follows from what the other does.
    ['x, y in R', 'sqrt(x + y)^2 + log(x) + log(y) == x + y + log(x) + log(y)'],
    ['x, y in R', 'sqrt(x*y)^2 + log(x) + log(y) == x*y + log(x) + log(y)'],
  ])('%s | %s', (program, claim) => {
    expect(whereProved(program, claim)).toEqual([]);
  });
});
