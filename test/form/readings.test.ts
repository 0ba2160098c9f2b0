/** One index graph, many spellings: what is written in indices is read as matrices, and means the same. */
import { describe, expect, test } from 'vitest';
import { sizes } from '../fuzz/generate.ts';
import { judge } from '../fuzz/judge.ts';
import { textOf } from '../rewrite/simplify-given.ts';

const declarations =
  'x, y in R^n; u in R^m; A in R^(n x m); B in R^(m x n); C in R^(n x n); S in R^(n x n), symmetric; a in R';

describe('sums over indices', () => {
  test.each([
    ['sum_j(x[j]*y[j])', "x'*y"],
    ['sum_j(C[i,j]*x[j])', '(C*x)[i]'],
    ['sum_j(C[j,j])', 'tr(C)'],
    ['sum_j(A[i,j]*B[j,k])', '(A*B)[i,k]'],
    ['sum_{j,k}(x[j]*C[j,k]*y[k])', "x'*C*y"],
    ['sum_{j,k}(C[j,k]*C[k,j])', 'tr(C^2)'],
    ['sum_{j,k}(C[j,k]^2)', 'norm2(C)^2'],
    ['sum_j(A[i,j])', 'sum(A, 2)[i]'],
    ['sum_i(A[i,j])', 'sum(A, 1)[j]'],
    ['x[i]*y[k]', "(x*y')[i,k]"],
    ['x[i]*delta(i,k)', 'diag(x)[i,k]'],
  ])('%s has the value of %s', (indices, matrices) => {
    const findings = judge(`${declarations}; ${indices} - (${matrices})`, { sizes }).findings;
    expect(findings).toEqual([]);
  });
});

describe('whole arrays', () => {
  test.each([
    ['grad(sum_{j,k}(x[j]*C[j,k]*y[k]), C)', "x*y'"],
    ['grad(sum_j(x[j]*y[j]), x)', 'y'],
    ['grad(sum_j(C[j,j]), C)', 'eye(n)'],
    ['grad(sum_{j,k}(C[j,k]*C[k,j]), C)', "2*C'"],
    ['grad(sum_{j,k}(C[j,k]^2), C)', '2*C'],
    ['jacobian(A*u, u)', 'A'],
    ['jacobian(diag(x)*y, x)', 'diag(y)'],
    ['jacobian(x.*y, x)', 'diag(y)'],
    ["grad(x'*S*x, x)", '2*S*x'],
    ["hessian(x'*C*x, x)", "C + C'"],
    ['grad(a*sum(A), A)', 'a*ones(n, m)'],
    ["jacobian(x'*C, x)", "C'"],
    ['grad(norm2(A)^2, A)', '2*A'],
  ])('%s is %s', (question, answer) => expect(textOf(`${declarations}; ${question}`)).toBe(answer));
});

test('where there is no matrix form, the entries are the answer', () => {
  const findings = judge(`${declarations}; jacobian(C*C, C)`, { sizes }).findings;
  expect(findings).toEqual([]);
});

describe('stacked columns', () => {
  test.each([
    ['vec(A)', 'vec(A)'],
    ['2*vec(A)', '2*vec(A)'],
    ['a*vec(A*B)', 'a*vec(A*B)'],
    ["vec(A)'", "vec(A)'"],
    ['jvp(vec(A), A, A)', 'vec(A)'],
    ["kron(y, (x'*x)*x)", "x'*x*kron(y, x)"],
    ["vec(2*x*y')", '2*kron(y, x)'],
  ])('%s is %s', (question, answer) => expect(textOf(`${declarations}; ${question}`)).toBe(answer));
});

describe('Kronecker products of all kinds of parts', () => {
  const parts = ['A', 'x', "y'", "x*y'", 'diag(x)', 'ones(n, m)', "A'*A", 'eye(m)', 'a*ones(m)'];
  const given = declarations.replace('a in R', 'a, b in R');
  test.each(parts)('%s beside the others has its value', (left) => {
    const findings = parts.flatMap((right) => judge(`${given}; b*kron(${left}, ${right})`, { sizes }).findings);
    expect(findings).toEqual([]);
  });
  test.each([
    ["kron(C, x*y')", "kron(C, x*y')"],
    ["kron(x*x', y*u')", "kron(x*x', y*u')"],
    ["kron(x, y)*u'", "kron(x, y*u')"],
    ["kron(x, y)*kron(u, x)'", "kron(x*u', y*x')"],
    ["kron(ones(n, n), A'*A)", "kron(ones(n, n), A'*A)"],
  ])('%s is %s', (question, answer) => expect(textOf(`${given}; ${question}`)).toBe(answer));
});

test('entries stand in the order of their indices, whatever comes behind the first letter', () => {
  const given = 'r in R^n; x in R^n';
  expect(textOf(`${given}; x[i_1]*r[i_2]`)).toBe('x[i_1]*r[i_2]');
  expect(textOf(`${given}; r[i_10]*x[i_9]`)).toBe('x[i_9]*r[i_10]');
});
