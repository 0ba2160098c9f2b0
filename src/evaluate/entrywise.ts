/** What does each function do to one number? The plain definitions, written so that nothing overflows or cancels needlessly. */
import { erf, erfc } from './error-function.ts';

function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}

export const entrywise: Readonly<Record<string, (x: number) => number>> = {
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
  gelu: (x) => (x * erfc(-x / Math.SQRT2)) / 2,
  silu: (x) => x * sigmoid(x),
};
