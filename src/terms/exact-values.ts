/** Where do functions have exact values? At a few constants, and at two equal arguments. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { one, zero } from './atoms.ts';
import type { Term } from './node.ts';

/** Functions of two equal arguments. */
export const ofEquals: Readonly<Record<string, (arg: Term) => Term>> = {
  max: (arg) => arg,
  greater: () => zero,
  less: () => zero,
  differs: () => zero,
  equals: () => one,
  'at-least': () => one,
  'at-most': () => one,
};

const exactValues: Readonly<Record<string, readonly (readonly [at: number, value: number])[]>> = {
  exp: [[0, 1]],
  log: [[1, 0]],
  sin: [[0, 0]],
  cos: [[0, 1]],
  tan: [[0, 0]],
  asin: [[0, 0]],
  atan: [[0, 0]],
  sinh: [[0, 0]],
  cosh: [[0, 1]],
  tanh: [[0, 0]],
  erf: [[0, 0]],
  gelu: [[0, 0]],
  silu: [[0, 0]],
};

/** Functions of constants that are exact; undefined otherwise. */
export function exactly(fn: string, value: Rational): Rational | undefined {
  if (fn === 'abs') return Q.absolute(value);
  if (fn === 'sign') return Q.rational(Q.compare(value, Q.zero));
  if (fn === 'relu') return Q.isNegative(value) ? Q.zero : value;
  if (fn === 'step') return Q.isPositive(value) ? Q.one : Q.zero;
  if (fn === 'sigmoid') return Q.isZero(value) ? Q.half : undefined;
  const known = Object.hasOwn(exactValues, fn)
    ? exactValues[fn]!.find(([at]) => Q.equal(Q.rational(at), value))
    : undefined;
  return known && Q.rational(known[1]);
}
