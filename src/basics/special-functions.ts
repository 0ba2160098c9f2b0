/**
 * Functions computed to the last digits: error functions, the gamma function and its relatives, the logistic function,
 * and those of all entries of a vector, so that nothing overflows or cancels.
 */

// ---- error functions
// How are erf and the normal distribution computed to the last digits? A series of positive terms near zero, continued
// fractions beyond, and squares split before they are exponentiated, since exp multiplies the rounding error of its
// argument.

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

// ---- gamma functions
// How are log|Gamma| and its derivatives computed? By their asymptotic series for large arguments, which recurrences
// lead to; by Taylor series about their zeros, where the others would cancel; by reflection for negative arguments.

/** sin(pi*x), exact where x is a multiple of 1/2. */
function sinPi(x: number): number {
  const r = x - 2 * Math.round(x / 2);
  if (Math.abs(r) === 1 || r === 0) return 0;
  const folded = Math.abs(r) > 0.5 ? Math.sign(r) * (1 - Math.abs(r)) : r;
  return Math.sin(Math.PI * folded);
}
/** pi*cot(pi*x), of period 1. */
function piCotPi(x: number): number {
  const r = x - Math.round(x);
  return Math.abs(r) === 0.5 ? 0 : Math.PI / Math.tan(Math.PI * r);
}
const isPole = (x: number): boolean => x <= 0 && Number.isInteger(x);

/** Below this the recurrence goes up, above it the asymptotic series has all digits. */
const large = 12;

/** The coefficients in order, the first without a factor. */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.reduceRight((total, c) => total * x + c, 0);

// ---- log|Gamma|

/** log(Gamma(2 + z)) = (1 - gamma)*z + sum over k >= 2 of (-1)^k*(zeta(k) - 1)/k*z^k (DLMF 5.7.3). */
const aboutTwo = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
];
const nearTwo = (z: number): number => z * polynomial(aboutTwo, z);

/** Bernoulli numbers over 2k*(2k - 1): Stirling's series (DLMF 5.11.1). */
const stirling = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
  -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
];
const halfLogTwoPi = 0.9189385332046727;

/** log(|Gamma(x)|); infinite at 0, -1, -2, …. */
export function lgamma(x: number): number {
  if (isPole(x)) return Infinity;
  // DLMF 5.5.3.
  if (x < 0) return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
  if (x < 0.5) return nearTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return nearTwo(x - 1) - Math.log1p(x - 1);
  if (x <= 2.5) return nearTwo(x - 2);
  if (x === Infinity) return Infinity;
  let [product, y] = [1, x];
  if (x < large) {
    for (; y > 2.5;) product *= --y;
    return Math.log(product) + nearTwo(y - 2);
  }
  return (y - 0.5) * Math.log(y) - y + halfLogTwoPi + polynomial(stirling, 1 / (y * y)) / y;
}

// ---- digamma

/** The zero of digamma, in two parts, and the Taylor series about it. */
const root = [1.4616321449683622, 9.549995429965697e-17] as const;
const aboutRoot = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
  -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
  0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
  -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602, -0.0003454680251063077,
  0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741,
];
/** Bernoulli numbers over 2k (DLMF 5.11.2). */
const digammaSeries = [
  0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
  -0.021092796092796094, 0.08333333333333333, -0.4432598039215686,
];

/** The logarithmic derivative of Gamma; NaN at 0, -1, -2, …, where its sign changes. */
export function digamma(x: number): number {
  if (isPole(x)) return NaN;
  if (x < 0) return digamma(1 - x) - piCotPi(x);
  const distance = x - root[0] - root[1];
  if (Math.abs(distance) < 0.3) return distance * polynomial(aboutRoot, distance);
  if (x === Infinity) return Infinity;
  let [below, y] = [0, x];
  for (; y < large; y++) below += 1 / y;
  const inverse = 1 / (y * y);
  return Math.log(y) - 0.5 / y - inverse * polynomial(digammaSeries, inverse) - below;
}

// ---- polygamma

const bernoulli = [
  0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333, 0.07575757575757576,
  -0.2531135531135531, 1.1666666666666667, -7.092156862745098, 54.971177944862156, -529.1242424242424,
  6192.123188405797,
];
const factorial = (n: number): number => {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
};

/** The n-th derivative of digamma, n = 0, 1, 2, …; NaN at 0, -1, -2, … and where n is no such number. */
export function polygamma(n: number, x: number): number {
  if (!Number.isInteger(n) || n < 0 || Number.isNaN(x)) return NaN;
  if (n === 0) return digamma(x);
  if (isPole(x)) return n % 2 === 1 ? Infinity : NaN;
  const sign = n % 2 === 1 ? 1 : -1;
  // DLMF 5.15.6.
  if (x < 0) return -sign * polygamma(n, 1 - x) - derivativeOfPiCot(n, x);
  return sign * magnitudeOf(n, x);
}
export const trigamma = (x: number): number => polygamma(1, x);

/** n!*(1/x^(n+1) + 1/(x + 1)^(n+1) + …) (DLMF 5.15.1), the far end by its asymptotic series (DLMF 5.15.8). */
function magnitudeOf(n: number, x: number): number {
  const whole = factorial(n);
  let [total, y] = [0, x];
  for (; y < large + n; y++) total += y ** -(n + 1);
  // The series: (n-1)!/y^n + n!/(2*y^(n+1)) + sum over k of B(2k)*(2k + n - 1)!/((2k)!*y^(2k+n)).
  let factor = whole / n / y ** n;
  let far = factor + whole / (2 * y ** (n + 1));
  bernoulli.forEach((b, index) => {
    const k = index + 1;
    factor *= ((n + 2 * k - 2) * (n + 2 * k - 1)) / ((2 * k - 1) * 2 * k * y * y);
    far += b * factor;
  });
  return whole * total + far;
}

/** The n-th derivative of pi*cot(pi*x): pi^(n+1)*Q(cot(pi*x)), where Q starts as c and becomes -(1 + c^2)*Q'(c) each time. */
function derivativeOfPiCot(n: number, x: number): number {
  let coefficients: readonly number[] = [0, 1];
  for (let step = 0; step < n; step++) {
    const slope = coefficients.slice(1).map((c, k) => c * (k + 1));
    coefficients = [...slope, 0, 0].map((c, k) => -c - (slope[k - 2] ?? 0));
  }
  return Math.PI ** (n + 1) * polynomial(coefficients, piCotPi(x) / Math.PI);
}

// ---- logistic function
// The logistic function and its relatives, written so that nothing overflows or cancels.

export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const small = Math.exp(x);
  return small / (1 + small);
}
export const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));

/** log(x/(1 - x)); near 1/2, where the quotient is close to 1, by what it exceeds 1. */
export const logit = (x: number): number =>
  x < 0.25 || x > 0.75 ? Math.log(x) - Math.log1p(-x) : Math.log1p((2 * x - 1) / (1 - x));

// ---- of vectors
// What comes out of all entries of a vector together, written so that no exponential and no square overflows.

export const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
export const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, value), -Infinity);
export const smallest = (values: Float64Array): number =>
  values.reduce((least, value) => Math.min(least, value), Infinity);
export const absoluteSum = (values: Float64Array): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

/** Scaled by the largest entry, so that no square overflows. */
export function euclidean(values: Float64Array): number {
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (scale === 0 || scale === Infinity) return scale;
  return scale * Math.sqrt(values.reduce((sum, value) => sum + (value / scale) ** 2, 0));
}

/** In two passes: the difference of the mean square and the squared mean would lose the digits of a large mean. */
export function variance(values: Float64Array): number {
  const mean = total(values) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}

/** Shifted by the largest entry, so that no exponential overflows. */
export function logSumExp(values: Float64Array): number {
  const most = largest(values);
  if (Math.abs(most) === Infinity) return most;
  return most + Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
}

export function softmax(values: Float64Array): Float64Array {
  const most = largest(values);
  const weights = values.map((value) => Math.exp(value - most));
  const sum = total(weights);
  return weights.map((weight) => weight / sum);
}

export function logSoftmax(values: Float64Array): Float64Array {
  const most = largest(values);
  // Subtracting in two steps keeps the digits of entries near the largest one.
  const rest = Math.log(values.reduce((sum, value) => sum + Math.exp(value - most), 0));
  return values.map((value) => value - most - rest);
}
