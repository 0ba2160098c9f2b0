/**
 * How are erf and the normal distribution computed to the last digits? A series of positive terms near zero, continued
 * fractions beyond, and squares split before they are exponentiated, since exp multiplies the rounding error of its argument.
 */

/** exp(-x^2): the square of the rounded number is exact, and what rounding left out is small. */
function expMinusSquare(x: number): number {
  const rounded = Math.fround(x);
  return Math.exp(-rounded * rounded) * Math.exp((rounded - x) * (rounded + x));
}

/** 2/sqrt(pi) exp(-x^2) (x + 2x^3/3 + 4x^5/15 + …): no cancellation (DLMF 7.6.2). */
function series(x: number): number {
  const square = x * x;
  let [term, total] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(total); odd += 2) {
    term *= (2 * square) / odd;
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-square) * total;
}

/** exp(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + …)))), for x >= 1 (DLMF 7.9.1). */
function tail(x: number): number {
  if (x > 28) return 0;
  let below = 0;
  for (let k = Math.ceil(20 + 250 / (x * x)); k > 0; k--) below = k / 2 / (x + below);
  return expMinusSquare(x) / (Math.sqrt(Math.PI) * (x + below));
}

/** Above this, the continued fraction converges quickly and 1 - erf would cancel. */
const border = 1;

export function erf(x: number): number {
  if (x < 0) return -erf(-x);
  return x <= border ? series(x) : 1 - erfc(x);
}

export function erfc(x: number): number {
  if (x < 0) return 2 - erfc(-x);
  // The series also serves NaN, which stays NaN.
  return x > border ? tail(x) : 1 - series(x);
}

const rootTwoPi = Math.sqrt(2 * Math.PI);

export function normpdf(x: number): number {
  if (Math.abs(x) > 40) return 0;
  const rounded = Math.fround(x);
  return (Math.exp((-rounded * rounded) / 2) * Math.exp(((rounded - x) * (rounded + x)) / 2)) / rootTwoPi;
}

/** Mills' ratio (1 - Phi(x))/phi(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))), for x >= 1 (DLMF 7.9.1). */
function millsRatio(x: number): number {
  let below = 0;
  for (let k = Math.ceil(20 + 500 / (x * x)); k > 0; k--) below = k / (x + below);
  return 1 / (x + below);
}

export function normcdf(x: number): number {
  if (x < -border) return x < -40 ? 0 : normpdf(x) * millsRatio(-x);
  return x > border ? 1 - normcdf(-x) : (1 + series(x / Math.SQRT2)) / 2;
}

/** The logarithm of normcdf, far below where normcdf itself is 0. */
export function lognormcdf(x: number): number {
  if (x > 0) return Math.log1p(-normcdf(-x));
  if (x >= -border) return Math.log(normcdf(x));
  return (-x * x) / 2 - Math.log(rootTwoPi) + Math.log(millsRatio(-x));
}
