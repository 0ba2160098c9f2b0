/** The logistic function and its relatives, written so that nothing overflows or cancels. */

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** log(x/(1 - x)); near 1/2, where the quotient is close to 1, by what it exceeds 1. */
export const logit = (x: number): number =>
  x < 0.25 || x > 0.75 ? Math.log(x) - Math.log1p(-x) : Math.log1p((2 * x - 1) / (1 - x));
