import { expect, test } from 'vitest';
import { caseLines } from '../explain/given.ts';

const crossEntropy = 'yh = softmax(theta); J = -sum(y.*log(yh))';

test.each([
  [
    'S9',
    'x in R^(1 x N); s = softmax(x)',
    'jacobian(s, x)[i,j] by cases',
    ['i == j: s[i]*(1 - s[i])', 'i != j: -s[i]*s[j]'],
  ],
  [
    'S22',
    'x in R^k; S = softmax(x)',
    'jacobian(S, x)[i,j] by cases',
    ['i == j: S[i]*(1 - S[i])', 'i != j: -S[i]*S[j]'],
  ],
  [
    'S23',
    `theta in R^n; y in R^n, onehot at t; ${crossEntropy}`,
    'grad(J, theta)[k] by cases',
    ['k == t: yh[k] - 1', 'k != t: yh[k]'],
  ],
  [
    'S37',
    'U in R^(W x d); v in R^d; y in R^W, onehot at o; yh = softmax(U*v); J = -sum(y.*log(yh))',
    'grad(J, U)[w,:] by cases',
    ["w == o: (yh[o] - 1)*v'", "w != o: yh[w]*v'"],
  ],
  [
    'a fixed position',
    `theta in R^n; y in R^n, onehot at 2; ${crossEntropy}`,
    'grad(J, theta)[k] by cases',
    ['k == 2: yh[2] - 1', 'k != 2: yh[k]'],
  ],
  ['nothing to distinguish', 'x in R^n; c in R', 'grad(c*sum(x), x)[i] by cases', ['always: c']],
])('%s', (_, program, question, lines) => {
  expect(caseLines(program, question)).toEqual(lines);
});
