/** What do the functions of loop programs mean? Plain definitions, for the interpreter; the emitters have their own. */
import type { BinaryFunction, UnaryFunction } from './program.ts';

function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** 2/sqrt(pi) exp(-x^2) (x + 2x^3/3 + 4x^5/15 + …): positive terms, so nothing cancels. */
function erfSeries(x: number): number {
  let [term, total] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(total); odd += 2) {
    term *= (2 * x * x) / odd;
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * total;
}
/** 1 - erf(x) for x > 1, as a continued fraction. */
function erfTail(x: number): number {
  let tail = 0;
  for (let k = Math.ceil(20 + 250 / (x * x)); k > 0; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + tail));
}
const erf = (x: number): number => (x > 1 ? 1 - erfTail(x) : x < -1 ? erfTail(-x) - 1 : erfSeries(x));
/** Phi(x): half of 1 - erf(-x/sqrt(2)). */
function normal(x: number): number {
  const z = -x / Math.SQRT2;
  return z > 1 ? erfTail(z) / 2 : (1 - erf(z)) / 2;
}

export const unaryFunctions: Readonly<Record<UnaryFunction, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  abs: Math.abs,
  sign: Math.sign,
  step: (x) => (Number.isNaN(x) ? NaN : x > 0 ? 1 : 0),
  relu: (x) => Math.max(x, 0),
  sigmoid,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
  gelu: (x) => x * normal(x),
  silu: (x) => x * sigmoid(x),
  finite: (x) => (Math.abs(x) === Infinity ? 0 : x),
};

export const binaryFunctions: Readonly<Record<BinaryFunction, (x: number, y: number) => number>> = {
  power: Math.pow,
  max: Math.max,
  greater: (x, y) => Number(x > y),
  less: (x, y) => Number(x < y),
  'at-least': (x, y) => Number(x >= y),
  'at-most': (x, y) => Number(x <= y),
  equals: (x, y) => Number(x === y),
  differs: (x, y) => Number(x !== y),
};
