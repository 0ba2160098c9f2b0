/** Does a pattern fit, with what, and what is left of the rest? */
import { describe, expect, test } from 'vitest';
import { same } from '../../src/terms/construct.ts';
import { outcome, ruleOf, termsOver } from './given.ts';

const declarations =
  'x, y, z in R^n; u in R^m; a, b, c in R; A, B, C in R^(n x n); W in R^(n x m); Q in R^(n x n), orthogonal; p in R^n, simplex; P in R^(n x n), simplex; w in R^n, onehot; t in R^n, pm1; k0 > 0; S in R^(n x n), symmetric';
const terms = termsOver(declarations);
const { term } = terms;

type Rule = Parameters<typeof outcome>[0];
/** The rule turns the one value into the other. */
function turns(rule: Rule, input: string, result: string): void {
  const done = outcome(rule, terms, input);
  expect(done, `${input}: the rule does not fit`).toBeDefined();
  const wanted = term(result);
  expect(same(done!, wanted) || same(done!, term(result)), `${input} becomes ${result}`).toBe(true);
}
const leaves = (rule: Rule, input: string): void => expect(outcome(rule, terms, input), input).toBeUndefined();

describe('a slot', () => {
  const logOfExp = ruleOf('x in R', 'log(exp(x))', 'x');
  test('stands for any term', () => {
    turns(logOfExp, 'log(exp(a))', 'a');
    turns(logOfExp, 'log(exp(a*b + sin(c)))', 'a*b + sin(c)');
    turns(logOfExp, 'log(exp(A*x))', 'A*x');
    leaves(logOfExp, 'log(a)');
    leaves(logOfExp, 'exp(log(a))');
  });
  test('also where its function is stored as a power: exp(-x) is exp(x)^-1', () => {
    turns(logOfExp, 'log(exp(-a))', '-a');
    turns(logOfExp, 'log(exp(2*a - 2*b))', '2*a - 2*b');
  });
  test('that returns stands for the same term', () => {
    const circle = ruleOf('x in R', 'cos(x)^2 + sin(x)^2', '1');
    turns(circle, 'cos(a*b)^2 + sin(a*b)^2', '1');
    leaves(circle, 'cos(a)^2 + sin(b)^2');
    leaves(circle, 'cos(x[1])^2 + sin(x[2])^2');
  });
  test('is not a literal: literals fit themselves only', () => {
    const rule = ruleOf('x in R', '1/(1 + exp(-x))', 'sigmoid(x)');
    turns(rule, '1/(1 + exp(-a))', 'sigmoid(a)');
    leaves(rule, '1/(2 + exp(-a))');
    leaves(rule, '1/(1 + exp(-a) + b)');
  });
});

describe('indices', () => {
  const softmax = ruleOf('x in R^n', 'exp(x[i])/sum_j(exp(x[j]))', 'softmax(x)[i]');
  test('bind: x[i] fits whatever depends on i', () => {
    turns(softmax, 'exp(x)/sum(exp(x))', 'softmax(x)');
    turns(softmax, 'exp(A*x + y)/sum(exp(A*x + y))', 'softmax(A*x + y)');
    turns(softmax, 'exp(-x)/sum(exp(-x))', 'softmax(-x)');
    leaves(softmax, 'exp(x)/sum(exp(y))');
  });
  test('bound in the pattern must be summed over in the term, all of it', () => {
    leaves(softmax, 'exp(x)/sum(exp(x).*y)');
    leaves(softmax, 'exp(W)/sum(exp(W))');
    leaves(softmax, 'exp(x[1])/exp(x[2])');
  });
  test('that are bound do not leak into what a slot stands for', () => {
    const pull = ruleOf('x in R; y in R^n', 'sum_i(x*y[i])', 'x*sum(y)');
    leaves(pull, "x'*y");
  });
  test('run over rows as well: a matrix by its rows', () => {
    turns(softmax, "exp(W)./(sum(exp(W), 2)*ones(m)')", 'softmax(W)');
    turns(ruleOf('x in R^n', 'log(sum_j(exp(x[j])))', 'logsumexp(x)'), 'log(sum(exp(W), 2))', 'logsumexp(W)');
  });
  test('of a pattern that are free may coincide', () => {
    const rows = ruleOf('Q in R^(n x n)', 'sum_k(Q[i,k]*Q[j,k])', 'delta(i,j)', 'Q is orthogonal');
    turns(rows, 'sum_k(Q[i,k]*Q[i,k])', '1');
    turns(rows, 'sum_k(Q[i,k]*Q[j,k])', 'eye(n)[i,j]');
  });
  test.todo('of a pattern may be constant: sum_k(Q[1,k]*Q[2,k]) is 0');
  test('that the pattern binds coincide with no others', () => {
    const rows = ruleOf('Q in R^(n x n)', 'sum_k(Q[i,k]*Q[j,k])', 'delta(i,j)', 'Q is orthogonal');
    leaves(rows, 'sum_k(Q[k,k]*Q[k,k])');
    const columns = ruleOf('Q in R^(n x n)', 'sum_k(Q[k,i]*Q[k,j])', 'delta(i,j)', 'Q is orthogonal');
    leaves(columns, 'sum_k(Q[k,k]*Q[k,k])');
    const total = ruleOf('y in R^n', 'sum_i(y[i])', '1', 'y is stochastic');
    leaves(total, 'tr(P)');
  });
  test('left over from a sum still count: sum_{i,k} Q[i,k]^2 is n, not 1', () => {
    const rows = ruleOf('Q in R^(n x n)', 'sum_k(Q[i,k]*Q[j,k])', 'delta(i,j)', 'Q is orthogonal');
    turns(rows, 'sum(Q.^2)', 'n');
    turns(ruleOf('y in R', 'y^2', '1', 'y is pm1'), "t'*t", 'n');
  });
});

describe('products', () => {
  const inverse = ruleOf('X in R^(n x n)', 'sum_k(X[i,k]*inv(X)[k,j])', 'delta(i,j)');
  test('match a subset of the factors, whatever stands around them', () => {
    turns(ruleOf('x in R', 'abs(x)*sign(x)', 'x'), 'a*abs(b)*c*sign(b)', 'a*b*c');
    turns(inverse, 'B*A*inv(A)*x', 'B*x');
    turns(inverse, 'A*inv(A)*C', 'C');
    turns(inverse, 'sum_k((A + S)[i,k]*inv(A + S)[k,j])', 'eye(n)[i,j]');
    leaves(inverse, 'A*B*inv(A)');
    leaves(inverse, "A'*inv(A)");
    leaves(inverse, 'sum_k(A[1,k]*inv(A)[k,2]*x[k])');
  });
  test('match by powers that are equal', () => {
    const square = ruleOf('y in R', 'y^2', 'y', 'y is onehot');
    turns(square, 'w.^2', 'w');
    turns(square, 'w.^2 .* x', 'w.*x');
    leaves(square, 'x.^2');
    leaves(square, 'w');
    leaves(ruleOf('x in R', 'sinh(x)/cosh(x)', 'tanh(x)'), 'cosh(a)/sinh(a)');
  });
  test('inside a longer sum: one factor is summed on its own', () => {
    const total = ruleOf('y in R^n', 'sum_i(y[i])', '1', 'y is stochastic');
    turns(total, 'sum(p)', '1');
    turns(total, "sum(x*p')", 'sum(x)');
    leaves(total, "x'*p");
    leaves(total, 'sum(x)');
  });
});

describe('sums', () => {
  const lack = ruleOf('x in R', '1 - sigmoid(x)', 'sigmoid(-x)');
  test('match some of the summands', () => {
    turns(ruleOf('x in R', 'cos(x)^2 + sin(x)^2', '1'), 'a + cos(b)^2 + c + sin(b)^2', 'a + c + 1');
  });
  test('match multiples, minus included', () => {
    turns(ruleOf('x in R', 'cosh(x)^2 - sinh(x)^2', '1'), '3*cosh(a)^2 - 3*sinh(a)^2', '3');
    turns(ruleOf('x in R', 'cosh(x)^2 - sinh(x)^2', '1'), 'sinh(a)^2 - cosh(a)^2', '-1');
    leaves(ruleOf('x in R', 'cosh(x)^2 - sinh(x)^2', '1'), 'cosh(a)^2 + sinh(a)^2');
    leaves(lack, '1 + sigmoid(a)');
  });
});

describe('conditions', () => {
  test('ask for the fact', () => {
    const total = ruleOf('y in R^n', 'sum_i(y[i])', '1', 'y is stochastic');
    leaves(total, 'sum(x)');
    turns(total, 'sum(w)', '1');
  });
  test('written negative', () => {
    const rule = ruleOf('x in R', '1 - sigmoid(x)', 'sigmoid(-x)', 'x is written negative');
    turns(rule, '1 - sigmoid(-a)', 'sigmoid(a)');
    leaves(rule, '1 - sigmoid(a)');
  });
});
