/** Seed document 000: softmax with temperature, affine least squares, several labels. */
import { describe, expect, test } from 'vitest';
import { expectAnswer, program, valueOf, verdictOn } from './given.ts';

describe('softmax with temperature', () => {
  const given = program('z in R^n; tau > 0; y = softmax(z/tau)');

  test('S1: the Jacobian', () => {
    const answer = expectAnswer(given.jacobian('y', 'z'), { text: "(diag(y) - y*y')/tau", shape: ['n', 'n'] });
    expect(answer.assumptions.map(({ text }) => text)).toEqual(['tau > 0']);
    expect(verdictOn(given.check("jacobian(y, z) == (1/tau)*(diag(y) - y*y')"))).toBe('proved');
  });
  test('S2: its entry', () => {
    expectAnswer(given.entry('jacobian(y, z)', 'i', 'k'), { text: 'y[k]*(delta(i,k) - y[i])/tau', shape: [] });
    expect(verdictOn(given.check('jacobian(y, z)[i,k] == (1/tau)*(y[i]*delta(i,k) - y[i]*y[k])'))).toBe('proved');
  });
  test('S3: the steps from the definition name the quotient rule and the chain rule, show S, and end with the matrix', () => {
    const spelledOut = program('z in R^n; tau > 0', 'y[i] = exp(z[i]/tau)/sum_j(exp(z[j]/tau))');
    const answer = expectAnswer(spelledOut.jacobian('y', 'z'), { text: "(diag(y) - y*y')/tau", shape: ['n', 'n'] });
    const rules = answer.steps().map(({ rule }) => rule);
    expect(rules.join('; ')).toMatch(/quotient rule/);
    expect(rules.join('; ')).toMatch(/chain rule/);
    expect(
      answer
        .steps()
        .flatMap(({ text }) => text)
        .join('\n'),
    ).toMatch(/\bS = sum_/);
    expect(rules.at(-1)).toBe('matrix form');
  });
});

describe('affine least squares', () => {
  const given = program('A in R^(d x m); b, t in R^d; x in R^m', 'r = A*x + b - t; f = 1/2*norm2(r)^2');

  test('S4: the gradient in the residual', () => {
    expectAnswer(given.grad('f', 'r'), { text: 'r', shape: ['d'] });
  });
  test('S5: the derivative in one entry of A', () => {
    expectAnswer(given.grad('f', 'A[i,j]'), { text: 'r[i]*x[j]', shape: [] });
  });
  test('S6: the gradient in A, also with the residual spelled out', () => {
    expectAnswer(given.grad('f', 'A'), { text: "r*x'", shape: ['d', 'm'] });
    const spelledOut = program('A in R^(d x m); b, t in R^d; x in R^m');
    expectAnswer(spelledOut.grad('1/2*norm2(A*x + b - t)^2', 'A'), { text: "(A*x + b - t)*x'", shape: ['d', 'm'] });
  });
  test('S7: the gradient in b, and the Jacobian of the residual', () => {
    expectAnswer(given.grad('f', 'b'), { text: 'r', shape: ['d'] });
    expectAnswer(given.jacobian('r', 'b'), { text: 'eye(d)', shape: ['d', 'd'] });
  });
});

test('S8: several labels', () => {
  const given = program('z, t in R^n; p = sigmoid(z)', 'L = -sum(t.*log(p) + (1 - t).*log(1 - p))');
  const answer = valueOf(given.grad('L', 'z'));
  expect(answer.text).toBe('p - t');
  expect(answer.check().ok).toBe(true);
});
