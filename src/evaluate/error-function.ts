/** How are erf and its complement computed to the last digits? A series of positive terms near zero, a continued fraction beyond. */

/** Above this, the continued fraction converges quickly and 1 - erf would cancel. */
const border = 1;

/** 2/sqrt(pi) exp(-x^2) (x + 2x^3/3 + 4x^5/15 + …): no cancellation. */
function series(x: number): number {
  const square = x * x;
  let [term, total] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(total); odd += 2) {
    term *= (2 * square) / odd;
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;
}

/** exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), for x >= 1. */
function continuedFraction(x: number): number {
  let tail = 0;
  for (let k = Math.ceil(20 + 250 / (x * x)); k > 0; k--) tail = k / 2 / (x + tail);
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * (x + tail));
}

export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  return x <= border ? series(x) : 1 - erfc(x);
}

export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  // The series also serves NaN, which stays NaN.
  return x > border ? continuedFraction(x) : 1 - series(x);
}
