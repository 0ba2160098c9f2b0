/** Seed document 001: softmax of a row, its products, its logarithm. */
import { describe, expect, test } from 'vitest';
import { casesOf, expectAnswer, program, valueOf, verdictOn } from './given.ts';

describe('softmax of a row', () => {
  const given = program('x, v in R^(1 x N); c in R; s = softmax(x)');

  test('S9: the Jacobian, and by cases', () => {
    expectAnswer(given.jacobian('s', 'x'), { text: "diag(s) - s'*s", shape: ['N', 'N'] });
    expect(casesOf(given.jacobian('s', 'x'))).toEqual({ 'i == j': 's[i]*(1 - s[i])', 'i != j': '-s[i]*s[j]' });
  });
  test('S10: a row times the Jacobian, and its entry', () => {
    expectAnswer(given.ask('v*jacobian(s, x)'), { text: "s .* (v - v*s')", shape: [1, 'N'] });
    expectAnswer(given.entry('v*jacobian(s, x)', 'i'), { text: "s[i]*(v[i] - v*s')", shape: [] });
  });
  test('S14: a shift changes nothing', () => {
    expect(verdictOn(given.check('softmax(x + c) == softmax(x)'))).toBe('proved');
  });
  test('S15: its logarithm', () => {
    expect(verdictOn(given.check('log(softmax(x)) == x - logsumexp(x)'))).toBe('proved');
  });
  test('S16: the Jacobian of its logarithm, on and off the diagonal', () => {
    expectAnswer(given.jacobian('log(softmax(x))', 'x'), { text: 'eye(N) - ones(N)*s', shape: ['N', 'N'] });
    expect(casesOf(given.jacobian('log(softmax(x))', 'x'))).toEqual({ 'i == j': '1 - s[i]', 'i != j': '-s[j]' });
  });
  test('S17: a row times that Jacobian', () => {
    expectAnswer(given.ask('v*jacobian(log(softmax(x)), x)'), { text: 'v - sum(v)*s', shape: [1, 'N'] });
  });
});

test('S11, S12: cross-entropy in the probabilities, and where it is undefined', () => {
  const given = program('t, z in R^(1 x N); l = -sum(t.*log(z))');
  expectAnswer(given.grad('l', 'z'), {
    text: '-t./z',
    shape: [1, 'N'],
    conditions: [
      'z > 0 in every entry, for log(z); the answer itself is undefined where z[i] = 0 for some i with t[i] != 0',
    ],
  });
});

test('S13: tanh from its definition, by the quotient rule', () => {
  const given = program('x in R');
  const f = '(exp(x) - exp(-x))/(exp(x) + exp(-x))';
  const answer = expectAnswer(given.grad(f, 'x'), { text: '1 - tanh(x)^2', shape: [] });
  expect(
    answer
      .steps()
      .map(({ rule }) => rule)
      .join('; '),
  ).toMatch(/quotient rule/);
  expect(verdictOn(given.check(`grad(${f}, x) == 1 - tanh(x)^2`))).toBe('proved');
});

test('S18: cross-entropy in the log-probabilities', () => {
  expect(valueOf(program('t, z in R^(1 x N); l = -sum(t.*z)').grad('l', 'z')).text).toBe('-t');
});
