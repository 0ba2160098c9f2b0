import katex from 'katex';
import { expect, test } from 'vitest';
import { stepsLatex } from '../../src/explain/render.ts';
import { stepsOf, told } from './given.ts';

const softmax = 'z in R^n; tau > 0; y = exp(z/tau)/sum(exp(z/tau))';
const network = `X in R^(N x Dx); W1 in R^(Dx x Dh); b1 in R^(1 x Dh); W2 in R^(Dh x Dy); b2 in R^(1 x Dy)
  Y in R^(N x Dy), onehot; H = sigmoid(X*W1 + b1); theta = H*W2 + b2; Yh = softmax(theta); J = -sum(Y.*log(Yh))`;

test('S3: softmax from its definition', () => {
  expect(told(softmax, 'jacobian(y, z)')).toMatchInlineSnapshot(`
    "1. a letter for a part
       S = sum_j(exp(z[j]/tau)), so y[i] = exp(z[i]/tau)/S
    2. quotient rule
       d(y[i])/d(z[k]) = d(exp(z[i]/tau)/S)/d(z[k]) = (1/S)*d(exp(z[i]/tau))/d(z[k]) - (exp(z[i]/tau)/S^2)*d(S)/d(z[k])
    3. chain rule, derivative of exp
       d(exp(z[i]/tau))/d(z[k]) = exp(z[i]/tau)*d(z[i]/tau)/d(z[k]) = (1/tau)*exp(z[i]/tau)*delta(i,k)
    4. chain rule, derivative of exp
       d(S)/d(z[k]) = sum_j(exp(z[j]/tau)*d(z[j]/tau)/d(z[k])) = (1/tau)*exp(z[k]/tau)
    5. quotient rule, definition of y
       d(y[i])/d(z[k]) = (1/S)*(1/tau)*exp(z[i]/tau)*delta(i,k) - (exp(z[i]/tau)/S^2)*(1/tau)*exp(z[k]/tau) = (1/tau)*(y[i]*delta(i,k) - y[i]*y[k])
    6. matrix form
       jacobian(y, z) = (diag(y) - y*y')/tau"
  `);
});
test('S13: a quotient that is tanh', () => {
  expect(told('x in R', 'grad((exp(x) - exp(-x))/(exp(x) + exp(-x)), x)')).toMatchInlineSnapshot(`
    "1. a letter for a part
       S = exp(x) + exp(-x)
    2. quotient rule
       d((exp(x) - exp(-x))/S)/d(x) = (1/S)*d(exp(x) - exp(-x))/d(x) - (exp(x) - exp(-x))/S^2*d(S)/d(x)
    3. derivative of exp
       d(exp(x) - exp(-x))/d(x) = S
    4. derivative of exp
       d(S)/d(x) = exp(x) - exp(-x)
    5. quotient rule, cancellation
       d((exp(x) - exp(-x))/S)/d(x) = (1/S)*S - (exp(x) - exp(-x))/S^2*(exp(x) - exp(-x)) = 1 - (exp(x) - exp(-x))^2/S^2
    6. tanh recognised
       d((exp(x) - exp(-x))/S)/d(x) = 1 - (exp(x) - exp(-x))^2/S^2 = 1 - tanh(x)^2"
  `);
});
test('S23: cross-entropy of softmax', () => {
  const program = 'theta in R^n; y in R^n, onehot; yh = softmax(theta); J = -sum(y.*log(yh))';
  expect(told(program, 'grad(J, theta)')).toMatchInlineSnapshot(`
    "1. derivative of log
       d(J)/d(yh[k]) = -y[k]/yh[k]
       in matrices: d(J)/d(yh) = -y./yh
    2. derivative of softmax, definition of yh
       d(yh[k])/d(theta[i]) = yh[k]*(delta(i,k) - yh[i])
    3. chain rule, a probability vector sums to 1 (assuming y is one-hot)
       d(J)/d(theta[i]) = sum_k(d(J)/d(yh[k])*d(yh[k])/d(theta[i])) = yh[i] - y[i]
       in matrices: d(J)/d(theta) = yh - y"
  `);
});
test('S31: one hidden layer, a batch', () => {
  expect(told(network, 'grad(J, W1)')).toMatchInlineSnapshot(`
    "1. derivative of log
       d(J)/d(Yh[i,j]) = -Y[i,j]/Yh[i,j]
       in matrices: d(J)/d(Yh) = -Y./Yh
    2. derivative of softmax, definition of Yh
       d(Yh[i,l])/d(theta[i,j]) = Yh[i,l]*(delta(j,l) - Yh[i,j])
    3. chain rule, a probability vector sums to 1 (assuming Y is one-hot)
       d(J)/d(theta[i,j]) = sum_l(d(J)/d(Yh[i,l])*d(Yh[i,l])/d(theta[i,j])) = Yh[i,j] - Y[i,j]
       in matrices: d(J)/d(theta) = Yh - Y
    4. chain rule
       d(J)/d(H[i,j]) = sum_l(d(J)/d(theta[i,l])*W2[j,l]) = sum_l(W2[j,l]*(Yh[i,l] - Y[i,l]))
       in matrices: d(J)/d(H) = (Yh - Y)*W2'
    5. a letter for a part
       u = X*W1 + b1
    6. chain rule, derivative of sigmoid, definition of H
       d(J)/d(u[i,j]) = d(J)/d(H[i,j])*H[i,j]*(1 - H[i,j]) = H[i,j]*(1 - H[i,j])*sum_l(W2[j,l]*(Yh[i,l] - Y[i,l]))
       in matrices: d(J)/d(u) = (Yh - Y)*W2' .* H .* (1 - H)
    7. chain rule
       d(J)/d(W1) = X'*d(J)/d(u) = X'*((Yh - Y)*W2' .* H .* (1 - H))"
  `);
});
test('S41: three logits, every rewriting shown', () => {
  const program = 'l in R^3; y in R^3, onehot; yh = softmax(l); CE = -sum(y.*log(yh))';
  expect(told(program, 'grad(CE, l)', 'detail')).toMatchInlineSnapshot(`
    "1. derivative of log
       d(CE)/d(yh[k]) = -y[k]/yh[k]
       in matrices: d(CE)/d(yh) = -y./yh
    2. take out what is shared
       yh[i]*delta(i,k) - yh[i]*yh[k] = yh[k]*(delta(i,k) - yh[i])
    3. derivative of softmax, definition of yh
       d(yh[k])/d(l[i]) = yh[k]*(delta(i,k) - yh[i])
    4. a delta picks one term
       -sum_k((y[k]/yh[k])*yh[k]*(delta(i,k) - yh[i])) = yh[i]*sum_k(y[k]) - y[i]
    5. a probability vector sums to 1 (assuming y is one-hot)
       sum_j(y[j]) = 1
    6. chain rule, a probability vector sums to 1 (assuming y is one-hot)
       d(CE)/d(l[i]) = sum_k(d(CE)/d(yh[k])*d(yh[k])/d(l[i])) = yh[i] - y[i]
       in matrices: d(CE)/d(l) = yh - y"
  `);
});
test('a Hessian: the steps of the gradient, then those of its derivative', () => {
  expect(told('A in R^(m x n); x in R^n; b in R^m', 'hessian(logsumexp(A*x + b), x)')).toMatchInlineSnapshot(`
    "1. a letter for a part
       u = A*x + b
    2. derivative of logsumexp
       d(logsumexp(u))/d(u[k]) = softmax(u)[k]
       in matrices: d(logsumexp(u))/d(u) = softmax(u)
    3. chain rule
       d(logsumexp(u))/d(x[i]) = sum_k(d(logsumexp(u))/d(u[k])*A[k,i]) = sum_k(A[k,i]*softmax(u)[k])
       in matrices: d(logsumexp(u))/d(x) = A'*softmax(u)
    4. sum rule
       d(u[i])/d(x[k]) = A[i,k]
    5. chain rule, derivative of softmax
       d((A'*softmax(u))[i])/d(x[k]) = sum_j(A[j,i]*softmax(u)[j]*d(u[j])/d(x[k])) - sum_j(sum_l(A[j,i]*softmax(u)[l]*softmax(u)[j]*d(u[l])/d(x[k]))) = sum_j(A[j,i]*A[j,k]*softmax(u)[j]) - sum_j(A[j,i]*softmax(u)[j])*sum_j(A[j,k]*softmax(u)[j])
    6. matrix form, the letters put back, a letter for a part
       hessian(logsumexp(A*x + b), x) = A'*(diag(s) - s*s')*A"
  `);
});
test('an unknown function', () => {
  const program = 's in R^m; y in R^n; f : R^m -> R^n; r = f(s) - y; h = 1/2*norm2(r)^3';
  expect(told(program, 'grad(h, s)')).toMatchInlineSnapshot(`
    "1. a letter for a part
       S = sum_j(r[j]^2), so h = S^(3/2)/2
    2. power rule
       d(h)/d(S) = 3*sqrt(S)/4
    3. chain rule, power rule
       d(h)/d(r[k]) = d(h)/d(S)*2*r[k] = 3*sqrt(S)*r[k]/2
       in matrices: d(h)/d(r) = 3/2*sqrt(S)*r
    4. chain rule, Jacobian of an unknown function
       d(h)/d(s[i]) = sum_k(d(h)/d(r[k])*J_f(s)[k,i]) = 3*sqrt(S)*sum_k(r[k]*J_f(s)[k,i])/2
       in matrices: d(h)/d(s) = 3/2*sqrt(S)*J_f(s)'*r
    5. the letters put back
       grad(h, s) = 3/2*norm2(r)*J_f(s)'*r"
  `);
});
test('the answer alone', () => {
  expect(told(softmax, 'jacobian(y, z)', 'answer')).toMatchInlineSnapshot(`
    "1. derivative of exp, quotient rule
       jacobian(y, z) = (diag(y) - y*y')/tau"
  `);
});
test('letters collide with nothing', () => {
  const steps = told('i, k in R^n; S, u in R; y = exp(i)/sum(exp(i))', 'jacobian(y, i)');
  expect(steps).toContain('T = sum_j(exp(i[j])), so y[j] = exp(i[j])/T');
});
test.each([
  ['r in R', 'jvp(1[r <= 2], r, 3)', ['derivative of an indicator, at most']],
  ['r in R', 'grad(sign(r) + floor(r)^2, r)', ['derivative of sign', 'derivative of floor']],
  ['x in R^n', 'jacobian(sign(x), x)', ['derivative of sign']],
  ['x in R^n', 'd(step(x))', ['derivative of step']],
] as const)('%s: %s, which is 0, has a rule', (program, question, rules) => {
  expect(stepsOf(program, question)[0]?.rules).toEqual(rules);
});
test('a sentence for every step, and one block of LaTeX that KaTeX accepts', () => {
  for (const [program, question] of [
    [softmax, 'jacobian(y, z)'],
    [network, 'grad(J, W1)'],
  ] as const) {
    const steps = stepsOf(program, question);
    expect(steps.filter(({ says }) => says === '')).toEqual([]);
    expect(() => katex.renderToString(stepsLatex(steps), { throwOnError: true, strict: 'error' })).not.toThrow();
  }
});
