/** Seed document 003: cross-entropy behind a softmax, one hidden layer, batches; everything in rows. */
import { describe, expect, test } from 'vitest';
import { casesOf, expectAnswer, program, valueOf, verdictOn } from './given.ts';

describe('one example', () => {
  const given = program(
    'x in R^(1 x Dx); W1 in R^(Dx x Dh); b1 in R^(1 x Dh); W2 in R^(Dh x Dy); b2 in R^(1 x Dy)',
    'y in R^(1 x Dy), onehot',
    'h = sigmoid(x*W1 + b1); theta = h*W2 + b2; yh = softmax(theta); J = -sum(y.*log(yh))',
  );
  test('S23: the gradient in the logits', () => {
    expectAnswer(given.grad('J', 'theta'), { text: 'yh - y', shape: [1, 'Dy'] });
  });
  test('S24: the gradient in the input', () => {
    expectAnswer(given.grad('J', 'x'), { text: "((yh - y)*W2' .* h .* (1 - h))*W1'", shape: [1, 'Dx'] });
  });
});

test('S23: by cases, and without the one-hot assumption', () => {
  const given = program('theta in R^n; y in R^n, onehot at t; w in R^n; yh = softmax(theta)');
  expect(casesOf(given.entry('grad(-sum(y.*log(yh)), theta)', 'k'))).toEqual({
    'k == t': 'yh[k] - 1',
    'k != t': 'yh[k]',
  });
  expectAnswer(given.grad('-sum(w.*log(yh))', 'theta'), { text: 'sum(w)*yh - w', shape: ['n'] });
});

test('S25: the derivative of the sigmoid as the document prints it is refuted, the right ones are proved', () => {
  const given = program('x in R');
  const refuted = valueOf(given.check('grad(sigmoid(x), x) == sigmoid(x)*sigmoid(1 - x)'));
  expect(refuted.verdict).toBe('refuted');
  if (refuted.verdict === 'refuted') expect(Object.keys(refuted.counterexample.values)).toEqual(['x']);
  expect(verdictOn(given.check('grad(sigmoid(x), x) == sigmoid(x)*(1 - sigmoid(x))'))).toBe('proved');
  expect(verdictOn(given.check('grad(sigmoid(x), x) == sigmoid(x)*sigmoid(-x)'))).toBe('proved');
});

describe('a batch', () => {
  const given = program(
    'X in R^(N x Dx); W1 in R^(Dx x Dh); b1 in R^(1 x Dh); W2 in R^(Dh x Dy); b2 in R^(1 x Dy)',
    'Y in R^(N x Dy), onehot',
    'H = sigmoid(X*W1 + b1); theta = H*W2 + b2; Yh = softmax(theta); J = -sum(Y.*log(Yh))',
  );
  const rows: readonly (readonly [row: string, by: string, text: string, shape: readonly (string | number)[]])[] = [
    ['S26', 'theta', 'Yh - Y', ['N', 'Dy']],
    ['S27', 'b2', 'sum(Yh - Y, 1)', [1, 'Dy']],
    ['S28', 'W2', "H'*(Yh - Y)", ['Dh', 'Dy']],
    ['S29', 'H', "(Yh - Y)*W2'", ['N', 'Dh']],
    ['S30', 'b1', "sum((Yh - Y)*W2' .* H .* (1 - H), 1)", [1, 'Dh']],
    ['S31', 'W1', "X'*((Yh - Y)*W2' .* H .* (1 - H))", ['Dx', 'Dh']],
  ];
  test.each(rows)('%s: the gradient in %s', (_, by, text, shape) => {
    expectAnswer(given.grad('J', by), { text, shape });
  });
});
