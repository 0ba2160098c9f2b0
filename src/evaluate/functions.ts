/** Which functions does the language have, and what does each compute? One table, keyed by name. */
import { refuse } from '../basics/problem.ts';
import type { Expression } from '../syntax/tree.ts';
import { type NumericArray, array, identity, isScalar, map, numberIn, scalar } from './array.ts';
import { combine } from './broadcast.ts';
import { entrywise } from './entrywise.ts';
import {
  determinant,
  diagonal,
  dot,
  inverse,
  kronecker,
  logDeterminant,
  outer,
  stack,
  trace,
} from './linear-algebra.ts';
import {
  type Reduction,
  absoluteSum,
  euclidean,
  largest,
  logSoftmax,
  logSumExp,
  mapVectors,
  mean,
  reduce,
  reduceVectors,
  softmax,
  total,
} from './reductions.ts';

export interface NumericFunction {
  /** How many arguments it takes: at least, at most. */
  readonly arity: readonly [least: number, most: number];
  /** `written` holds the arguments as they stand in the tree. */
  readonly apply: (values: readonly NumericArray[], written: readonly Expression[]) => NumericArray;
}

const unary = (f: (a: NumericArray) => NumericArray): NumericFunction => ({ arity: [1, 1], apply: ([a]) => f(a!) });
const toNumber = (f: (a: NumericArray) => number): NumericFunction => unary((a) => scalar(f(a)));
const binary = (f: (a: NumericArray, b: NumericArray) => NumericArray): NumericFunction => ({
  arity: [2, 2],
  apply: ([a, b]) => f(a!, b!),
});
const whole = (f: Reduction): NumericFunction => unary((a) => reduce(f, a));
const withAxis = (f: Reduction): NumericFunction => ({
  arity: [1, 2],
  apply: ([a, axis]) => reduce(f, a!, axis && numberIn(axis, 'an axis')),
});
const filled = (value: number): NumericFunction => ({
  arity: [1, 2],
  apply: (sizes) => {
    const shape = sizes.map((size) => numberIn(size, 'a size'));
    return array(shape, new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(value));
  },
});

/** max(X) of all entries; max(a, b) the larger of two entry by entry, so that max(X, 1) clips. */
const max: NumericFunction = {
  arity: [1, 2],
  apply: ([a, b]) => (b ? combine(a!, b, 'max', Math.max) : reduce(largest, a!)),
};

/** Their arguments are sizes, where a size's name means the size whatever else has that name. */
export const takesSizes: ReadonlySet<string> = new Set(['ones', 'zeros', 'eye']);

/** What only the symbolic engine can answer. */
const questions: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp', 'd']);

export const functions: ReadonlyMap<string, NumericFunction> = new Map([
  ...Object.entries(entrywise).map(([name, f]): [string, NumericFunction] => [name, unary((a) => map(a, f))]),
  ['sum', withAxis(total)],
  ['mean', withAxis(mean)],
  ['max', max],
  ['norm1', whole(absoluteSum)],
  ['norm2', whole(euclidean)],
  ['normf', whole(euclidean)],
  ['tr', toNumber(trace)],
  ['det', toNumber(determinant)],
  ['logdet', toNumber(logDeterminant)],
  ['inv', unary((a) => (isScalar(a) ? map(a, (value) => 1 / value) : inverse(a)))],
  ['diag', unary(diagonal)],
  ['vec', unary(stack)],
  ['kron', binary(kronecker)],
  ['dot', binary((a, b) => scalar(dot(a, b)))],
  ['outer', binary(outer)],
  ['logsumexp', unary((a) => reduceVectors(logSumExp, a))],
  ['softmax', unary((a) => mapVectors(softmax, a))],
  ['log_softmax', unary((a) => mapVectors(logSoftmax, a))],
  ['ones', filled(1)],
  ['zeros', filled(0)],
  ['eye', unary((size) => identity(numberIn(size, 'a size')))],
  // Both arguments are positions, evaluated to integers.
  ['delta', binary((i, k) => scalar(numberIn(i, 'an index') === numberIn(k, 'an index') ? 1 : 0))],
]);

/** The entry of the table, or the reason why there is none. */
export function functionNamed(name: string): NumericFunction {
  const known = functions.get(name);
  if (known) return known;
  return questions.has(name)
    ? refuse({
        kind: 'question',
        message: `${name}(…) asks for a derivative, which has to be derived before it is evaluated`,
      })
    : refuse({ kind: 'name', message: `there is no function named ${name}` });
}
