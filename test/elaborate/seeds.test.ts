/** Does every program of the seed documents have shapes and values? */
import { describe as group, expect, test } from 'vitest';
import { conditionsOf } from '../../src/elaborate/conditions.ts';
import { questionParts } from '../../src/elaborate/statements.ts';
import { createWorld, type Derive } from '../../src/elaborate/world.ts';
import { freshAxes } from '../../src/elaborate/values.ts';
import { describe } from '../../src/shape/shape.ts';
import { zero } from '../../src/terms/construct.ts';
import { checked } from './given.ts';

const softmax = 'z in R^n; tau > 0; y = softmax(z/tau)';
const leastSquares = 'A in R^(d x m); b, t in R^d; x in R^m; r = A*x + b - t; f = 1/2*norm2(r)^2';
const rows = 'x, v, t in R^(1 x N); s = softmax(x)';
const cubed = 'f : R^m -> R^n; s in R^m; y in R^n; r = f(s) - y; h = 1/2*norm2(r)^3';
const network =
  'X in R^(N x k); Y in R^(N x q), onehot; W1 in R^(k x p); b1 in R^(1 x p); W2 in R^(p x q); b2 in R^(1 x q); H = sigmoid(X*W1 + b1); theta = H*W2 + b2; Yh = softmax(theta); J = -sum(Y.*log(Yh))';
const words = 'U in R^(W x d); v in R^d; y in R^W, onehot at o; yh = softmax(U*v); J = -log(yh[o])';

const noughts: Derive = ({ shape }) => ({ shape, term: zero, axes: freshAxes(shape) });

for (const [name, program, questions] of [
  [
    'softmax',
    softmax,
    {
      'jacobian(y, z)': 'n x n',
      'jacobian(y, z)[i,k]': 'a scalar',
      "(1/tau)*(diag(y) - y*y')": 'n x n',
      '(1/tau)*(y[i]*delta(i,k) - y[i]*y[k])': 'a scalar',
    },
  ],
  [
    'softmax by its definition',
    'z in R^n; tau > 0; y[i] = exp(z[i]/tau)/sum_j(exp(z[j]/tau))',
    { 'jacobian(y, z)': 'n x n' },
  ],
  [
    'least squares',
    leastSquares,
    {
      'grad(f, r)': 'd x 1',
      'grad(f, A[i,j])': 'a scalar',
      'grad(f, A)': 'd x m',
      'grad(f, b)': 'd x 1',
      'jacobian(r, b)': 'd x d',
      "r*x'": 'd x m',
    },
  ],
  [
    'several labels',
    'z, t in R^n; p = sigmoid(z); L = -sum(t.*log(p) + (1 - t).*log(1 - p))',
    { 'grad(L, z)': 'n x 1' },
  ],
  [
    'rows',
    rows,
    {
      'jacobian(s, x)': 'N x N',
      "diag(s) - s'*s": 'N x N',
      'v*jacobian(s, x)': '1 x N',
      "s.*(v - v*s')": '1 x N',
      '(v*jacobian(s, x))[i]': 'a scalar',
      'jacobian(log(softmax(x)), x)': 'N x N',
      'I - ones(N)*s': 'N x N',
      'v*jacobian(log(softmax(x)), x)': '1 x N',
    },
  ],
  ['tanh', 'x in R', { 'grad((exp(x) - exp(-x))/(exp(x) + exp(-x)), x)': 'a scalar' }],
  ['a norm cubed', cubed, { 'grad(h, s)': 'm x 1', "3/2*norm2(r)*J_f(s)'*r": 'm x 1', "3/2*norm2(r)*J_f'*r": 'm x 1' }],
  [
    'a batch',
    network,
    {
      'grad(J, theta)': 'N x q',
      'grad(J, b2)': '1 x q',
      'grad(J, W2)': 'p x q',
      'grad(J, H)': 'N x p',
      'grad(J, b1)': '1 x p',
      'grad(J, W1)': 'k x p',
      "sum((Yh - Y)*W2' .* H .* (1 - H), 1)": '1 x p',
    },
  ],
  [
    'words',
    words,
    {
      'grad(J, v)': 'd x 1',
      'grad(J, U)': 'W x d',
      'grad(J, U[w,:])': '1 x d',
      "(yh - y)*v'": 'W x d',
      '(yh[w] - y[w])*v': 'd x 1',
      'grad(J, U, v)': 'W x d, d x 1',
    },
  ],
  [
    'relu',
    'x in R^(1 x n); W in R^(n x p); b in R^(1 x p); z = x*W + b; h = relu(z)',
    {
      'jacobian(h[i], x[j])': 'a scalar',
      'jacobian(h, x)': 'p x n',
      "diag(1[z > 0])*W'": 'p x n',
      '1[z[i] > 0]*W[j,i]': 'a scalar',
    },
  ],
  ['dropout', 'h, d in R^n; gamma in R; hd = gamma*(d.*h)', { 'jacobian(hd, h)': 'n x n' }],
  [
    'normalised',
    'u in R^n; a in R, positive',
    { 'jacobian(u/norm2(u), u)': 'n x n', "(I - u*u'/norm2(u)^2)/norm2(u)": 'n x n' },
  ],
] as const)
  group(name, () => {
    for (const [question, shape] of Object.entries(questions))
      test(question, () => {
        const asked = checked(`${program}; ${question}`);
        const world = createWorld(asked, new Set(), noughts);
        const last = asked.questions.at(-1);
        const parts = last?.kind === 'question' ? questionParts(last.expression) : [];
        expect(parts.map((part) => describe(world.evaluate(part).shape)).join(', ')).toBe(shape);
        for (const part of parts) expect(conditionsOf(part, asked, world)).toBeInstanceOf(Array);
      });
  });

test('claims', () => {
  for (const claim of [
    `${rows}; c in R; check softmax(x + c) == softmax(x)`,
    `${rows}; check log(softmax(x)) == x - logsumexp(x)`,
    `${words}; check -sum(y.*log(yh)) == -log(yh[o])`,
    `${words}; check grad(J, v) == 0`,
    'u in R^n; a > 0; check (a*u)/norm2(a*u) == u/norm2(u)',
    `${leastSquares}; check jacobian(r, b) == I`,
  ])
    expect(checked(claim).questions).toHaveLength(1);
});

test('relu reports its kink, and the domain of what it rests on', () => {
  const program = checked('x in R^n; W in R^(n x n); z = W*log(x); h = relu(z); grad(sum(h), x)');
  const [last] = program.questions;
  if (last?.kind !== 'question') throw new Error('the program asks nothing');
  const found = conditionsOf(last.expression, program, createWorld(program, new Set(), noughts));
  expect(found.map(({ kind, needs, because }) => `${kind} ${needs} ${because}`)).toEqual([
    'smooth nonzero relu(z)',
    'domain positive log(x)',
  ]);
});
