/** Expressions of a program as matrices, and what is asked about them. */
import * as assume from '../../src/assume/assume.ts';
import type { Value } from '../../src/elaborate/values.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { matrix, type NumericArray } from '../../src/evaluate/array.ts';
import { checked, expression, pointFor, worldOf } from '../elaborate/given.ts';

export const names = [
  'x, u, v in R^n; a, s in R; tau > 0; k in R, nonzero; w in R^m; pos in R^n, positive; y in R^n, onehot; b in R^n, binary',
  'A, B in R^(n x n); X in R^(m x n); Y in R^(n x m); S, T in R^(n x n), spd; U in R^(m x m), spd; Z in R^(n x n), symmetric',
  'K in R^(n x n), skew; Q in R^(n x n), orthogonal; V in R^(n x n), invertible; E in R^(n x n), idempotent',
  'D in R^(n x n), diagonal; G in R^(n x n), diagonal, positive; L in R^(n x n), lower; R in R^(n x n), upper, invertible',
  'W in R^(m x n), orthonormal; N in R^(n x n), nonnegative; F in R^(n x n), permutation; C in R^(n x n), stochastic',
  "M = A + A'; H = eye(n) - ones(n)*ones(n)'/n; P = X*inv(X'*X)*X'; J = S + s^2*eye(n); p = sigmoid(x); J2 = M*H*M",
].join('; ');
export const sizes = { n: 3, m: 4 };

const program = checked(names);
const world = worldOf(program);
export const valueOf = (text: string): Value => world.evaluate(expression(text));
function asMatrix(text: string, { term, axes }: Value): assume.Matrix {
  const [rows, columns] = axes;
  if (!rows || !columns) throw new Error(`${text} is no matrix`);
  return { term, rows, columns };
}
export const matrixOf = (text: string): assume.Matrix => asMatrix(text, valueOf(text));
/** Its numbers at a random point. */
export function numbersOf(text: string, seed: number): NumericArray {
  const definitions = new Map([...program.definitions.values()].map(({ name, value }) => [name, value]));
  const { values } = pointFor(program, seed, sizes);
  return interpret(expression(text), { values, sizes, definitions, functions: new Map() });
}
export { matrix };

/** Expressions over names of their own: `given('E in R^(n x n), idempotent').matrix('eye(n) - E')`. */
export function given(declarations: string): {
  readonly value: (text: string) => Value;
  readonly matrix: (text: string) => assume.Matrix;
} {
  const other = worldOf(checked(declarations));
  const value = (text: string): Value => other.evaluate(expression(text));
  return { value, matrix: (text) => asMatrix(text, value(text)) };
}
