/** Seed document 004: word vectors, normalisation, dropout, relu, three logits. */
import { describe, expect, test } from 'vitest';
import { casesOf, expectAnswer, program, valueOf, verdictOn } from './given.ts';

describe('word vectors', () => {
  const given = program('U in R^(W x d); v in R^d; y in R^W, onehot at o', 'yh = softmax(U*v); J = -log(yh[o])');

  test('S32: the loss in two ways', () => {
    expect(verdictOn(given.check('-sum(y.*log(yh)) == -log(yh[o])'))).toBe('proved');
  });
  test('S33: the gradient in the centre word', () => {
    expectAnswer(given.grad('J', 'v'), { text: "U'*(yh - y)", shape: ['d'] });
  });
  test('S34: it vanishes where the prediction is right', () => {
    const answer = valueOf(given.ask('grad(J, v) at yh = y'));
    expect(answer.text).toBe('zeros(d)');
    expect(answer.check().ok).toBe(true);
  });
  test('S36: the gradient in all outer words', () => {
    expectAnswer(given.grad('J', 'U'), { text: "(yh - y)*v'", shape: ['W', 'd'] });
  });
  test('S37: the gradient in one of them, by cases', () => {
    const answer = valueOf(given.grad('J', 'U[w,:]'));
    expect(answer.shape).toEqual([1, 'd']);
    expect(answer.check().ok).toBe(true);
    expect(casesOf(given.grad('J', 'U[w,:]'))).toEqual({ 'o == w': "(yh[w] - 1)*v'", 'o != w': "yh[w]*v'" });
  });
});

describe('normalisation', () => {
  const given = program('u in R^n, nonzero; a > 0; b < 0');

  test('S35: scaling keeps or turns the direction', () => {
    expect(verdictOn(given.check('(a*u)/norm2(a*u) == u/norm2(u)'))).toBe('proved');
    expect(verdictOn(given.check('(b*u)/norm2(b*u) == -u/norm2(u)'))).toBe('proved');
  });
  test('S35: the Jacobian', () => {
    expectAnswer(given.jacobian('u/norm2(u)', 'u'), { text: "(eye(n) - u*u'/norm2(u)^2)/norm2(u)", shape: ['n', 'n'] });
  });
});

describe('S39: dropout', () => {
  const declared = 'h in R^n; p in R; d in R^n, bernoulli 1 - p';
  test('the Jacobian', () => {
    const given = program(declared, 'gamma in R; hd = gamma*(d.*h)');
    expectAnswer(given.jacobian('hd', 'h'), { text: 'gamma*diag(d)', shape: ['n', 'n'] });
  });
  test('the gamma that keeps the expectation', () => {
    const open = valueOf(program(declared, 'gamma in R').check('E(gamma*(d.*h)) == h'));
    const found = open.verdict === 'refuted' ? (open.holdsFor ?? []) : [];
    expect(found.find(({ name }) => name === 'gamma')).toMatchObject({ text: '1/(1 - p)' });
    expect(verdictOn(program(declared, 'gamma = 1/(1 - p)').check('E(gamma*(d.*h)) == h'))).toBe('proved');
  });
});

test('S40: relu leaves out its kink', () => {
  const given = program('x in R^(1 x m); W in R^(m x n); b in R^(1 x n); z = x*W + b; h = relu(z)');
  const conditions = ['except where z[i] = 0 for some i: relu(z) has a kink there'];
  expectAnswer(given.entry('jacobian(h, x)', 'i', 'j'), { text: 'W[j,i]*1[z[i] > 0]', shape: [], conditions });
  expectAnswer(given.jacobian('h', 'x'), { text: "diag(1[z > 0])*W'", shape: ['n', 'm'], conditions });
});

describe('S41: three logits', () => {
  const given = program('l in R^3; y in R^3, onehot; yh = softmax(l); CE = -sum(y.*log(yh))');

  test('by the probabilities', () => {
    expectAnswer(given.entry('grad(CE, yh)', 'k'), { text: '-y[k]/yh[k]', shape: [] });
  });
  test('the probabilities by the logits', () => {
    expect(casesOf(given.entry('jacobian(yh, l)', 'k', 'i'))).toEqual({
      'k == i': 'yh[k]*(1 - yh[k])',
      'k != i': '-yh[i]*yh[k]',
    });
  });
  test('their sum, and the answer', () => {
    expectAnswer(given.ask('sum_k(grad(CE, yh)[k]*jacobian(yh, l)[k,i])'), { text: 'yh[i] - y[i]', shape: [] });
    expectAnswer(given.entry('grad(CE, l)', 'i'), { text: 'yh[i] - y[i]', shape: [] });
  });
});
