/** What the facts about names are worth: sums that are 1, squares that are what they were, inverses that cancel. */
import type { RuleSource } from '../src/catalogue/source.ts';

export const facts = [
  { name: 'softmax sums to 1', given: 'x in R^n', from: 'sum_i(softmax(x)[i])', to: '1', source: 'definition', says: 'The entries of a softmax add up to 1.' },
  { name: 'a probability vector sums to 1', given: 'y in R^n', from: 'sum_i(y[i])', to: '1', where: ['y is simplex'], source: 'assumption', says: 'The entries of this vector add up to 1.' },
  { name: 'a one-hot entry is its own square', given: 'y in R', from: 'y^2', to: 'y', where: ['y is onehot'], source: 'assumption', says: 'Zero and one are their own squares.' },
  { name: 'a binary entry is its own square', given: 'y in R', from: 'y^2', to: 'y', where: ['y is binary'], source: 'assumption', says: 'Zero and one are their own squares.' },
  { name: 'a sign squares to 1', given: 'y in R', from: 'y^2', to: '1', where: ['y is pm1'], source: 'assumption', says: 'The square of 1 and of -1 is 1.' },
  { name: 'a binary label as a sign', given: 'y in R', from: '(2*y - 1)^2', to: '1', where: ['y is binary'], source: 'assumption', says: '2*y - 1 is 1 or -1.' },
  { name: 'an indicator is its own square', given: 'x, y in R', from: '1[x > y]^2', to: '1[x > y]', source: 'definition', says: 'Zero and one are their own squares.' },
  { name: 'a step is its own square', given: 'x in R', from: 'step(x)^2', to: 'step(x)', source: 'definition', says: 'Zero and one are their own squares.' },
  { name: 'X*inv(X) is I', given: 'X in R^(n x n)', from: 'sum_k(X[i,k]*inv(X)[k,j])', to: 'delta(i,j)', source: 'definition', says: 'A matrix times its inverse is the identity.' },
  { name: 'inv(X)*X is I', given: 'X in R^(n x n)', from: 'sum_k(inv(X)[i,k]*X[k,j])', to: 'delta(i,j)', source: 'definition', says: 'The inverse times its matrix is the identity.' },
  { name: 'tr(inv(X)*X) is the size', given: 'X in R^(n x n)', from: 'sum_k(sum_l(inv(X)[k,l]*X[l,k]))', to: 'n', source: 'definition', says: 'The trace of the identity is its size.' },
  { name: 'columns of an orthogonal matrix', given: 'Q in R^(n x n)', from: 'sum_k(Q[k,i]*Q[k,j])', to: 'delta(i,j)', where: ['Q is orthogonal'], source: 'assumption', says: "Q'*Q is the identity." },
  { name: 'rows of an orthogonal matrix', given: 'Q in R^(n x n)', from: 'sum_k(Q[i,k]*Q[j,k])', to: 'delta(i,j)', where: ['Q is orthogonal'], source: 'assumption', says: "Q*Q' is the identity." },
  { name: 'inverse of an orthogonal matrix', given: 'Q in R^(n x n)', from: 'inv(Q)[i,j]', to: 'Q[j,i]', where: ['Q is orthogonal'], source: 'assumption', says: 'The inverse of an orthogonal matrix is its transpose.' },
] as const satisfies readonly RuleSource[];
