/** How does generated JavaScript compute each function? One entry for each; a missing one does not compile. */
import { type Code, code } from './code.ts';
import type { LoopFunction } from '../program.ts';

// ---- special functions
// What the special functions of generated JavaScript are made of.

/** A small function of generated JavaScript, complete in itself but for the helpers that it needs. */
export interface Helper {
  readonly needs: readonly string[];
  readonly text: Code;
}
export const helper = (text: Code, ...needs: readonly string[]): Helper => ({ needs, text });

export const specialHelpers = {
  erfNear: helper(code`// erf(x) for |x| <= 1: x times a polynomial in x^2
const erfNearCoefficients = [
  -7.795898827002142e-10, 1.3720064546777686e-08, -1.6208483801871705e-07, 1.6447424703317362e-06,
  -1.492473690741966e-05, 0.00012055294904839707, -0.0008548325975389692, 0.0052239776071164225,
  -0.02686617064323777, 0.11283791670945006, -0.37612638903183543, 1.1283791670955126,
];
function erfNear(x) {
  const s = x * x;
  let value = 0;
  for (let k = 0; k < 12; k++) value = value * s + erfNearCoefficients[k];
  return x * value;
}`),
  erfFar: helper(code`// 1 - erf(x) for x >= 1: exp(-x^2)/(x + 3) times a polynomial in (x - 3)/(x + 3)
const erfFarCoefficients = [
  9.798957297196007e-08, -2.0725281810800632e-07, -4.629543662695107e-07, 1.0021219213163716e-06,
  2.789219424078762e-06, -4.754995388136208e-06, -1.747609905479183e-05, 3.0399995666374687e-05,
  0.00010756224031358088, -0.0002767781255949976, -0.0005483097539752551, 0.003034062023567752,
  -0.00121241662411501, -0.026827234625366222, 0.11952776128720477, -0.31046726190055335,
  0.5902283571041028, -0.8833944531698836, 1.0740069070883398,
];
function erfFar(x) {
  if (x > 28) return 0;
  const t = (x - 3) / (x + 3);
  let value = 0;
  for (let k = 0; k < 19; k++) value = value * t + erfFarCoefficients[k];
  // The square of the rounded number is exact, so that exp sees no rounding error.
  const z = Math.fround(x);
  return (Math.exp(-z * z) * Math.exp((z - x) * (z + x)) * value) / (x + 3);
}`),
  millsRatio: helper(code`// (1 - Phi(x))/phi(x) for x >= 1, as a continued fraction
function millsRatio(x) {
  let below = 0;
  for (let k = Math.ceil(20 + 500 / (x * x)); k > 0; k--) below = k / (x + below);
  return 1 / (x + below);
}`),
  polynomial: helper(code`function polynomial(coefficients, x) {
  let value = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) value = value * x + coefficients[k];
  return value;
}`),
  logGammaAboutTwo: helper(
    code`// log(Gamma(2 + z)) for |z| <= 1/2
const logGammaCoefficients = [
  0.42278433509846713, 0.3224670334241132, -0.0673523010531981, 0.020580808427784546, -0.007385551028673986,
  0.0028905103307415234, -0.001192753911703261, 0.0005096695247430425, -0.00022315475845357939, 9.945751278180853e-5,
  -4.492623673813314e-5, 2.050721277567069e-5, -9.439488275268397e-6, 4.374866789907488e-6, -2.039215753801366e-6,
  9.55141213040742e-7, -4.492469198764566e-7, 2.1207184805554665e-7, -1.0043224823968099e-7, 4.7698101693639804e-8,
  -2.2711094608943164e-8, 1.0838659214896955e-8, -5.183475041970047e-9, 2.4836745438024785e-9, -1.1921401405860912e-9,
  5.731367241678862e-10, -2.7595228851242334e-10, 1.330476437424449e-10, -6.4229645638381e-11,
];
const logGammaAboutTwo = (z) => z * polynomial(logGammaCoefficients, z);`,
    'polynomial',
  ),
  stirlingSeries: helper(
    code`// log(Gamma(x)) for x >= 12
const stirlingCoefficients = [
  0.08333333333333333, -0.002777777777777778, 0.0007936507936507937, -0.0005952380952380953, 0.0008417508417508417,
  -0.0019175269175269176, 0.00641025641025641, -0.029550653594771242,
];
const stirlingSeries = (x) =>
  (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + polynomial(stirlingCoefficients, 1 / (x * x)) / x;`,
    'polynomial',
  ),
  sinPi: helper(code`// sin(pi*x)
function sinPi(x) {
  const r = x - 2 * Math.round(x / 2);
  if (Math.abs(r) === 1 || r === 0) return 0;
  return Math.sin(Math.PI * (Math.abs(r) > 0.5 ? Math.sign(r) * (1 - Math.abs(r)) : r));
}`),
  piCotPi: helper(code`// pi*cot(pi*x)
function piCotPi(x) {
  const r = x - Math.round(x);
  return Math.abs(r) === 0.5 ? 0 : Math.PI / Math.tan(Math.PI * r);
}`),
  piCotPiDerivative: helper(
    code`// The n-th derivative of pi*cot(pi*x), as a polynomial of the cotangent
function piCotPiDerivative(n, x) {
  let coefficients = [0, 1];
  for (let step = 0; step < n; step++) {
    const slope = coefficients.slice(1).map((c, k) => c * (k + 1));
    coefficients = [...slope, 0, 0].map((c, k) => -c - (k < 2 ? 0 : slope[k - 2]));
  }
  return Math.PI ** (n + 1) * polynomial(coefficients, piCotPi(x) / Math.PI);
}`,
    'piCotPi',
    'polynomial',
  ),
} satisfies Readonly<Record<string, Helper>>;

// ---- a table of all functions

export type FunctionText =
  /** A function that every engine has. */
  | { readonly kind: 'call'; readonly callee: Code }
  /** An operator that is true or false. */
  | { readonly kind: 'comparison'; readonly operator: Code }
  /** A function of the same name that the text brings along. */
  | ({ readonly kind: 'own' } & Helper);

const call = (callee: Code): FunctionText => ({ kind: 'call', callee });
const comparison = (operator: Code): FunctionText => ({ kind: 'comparison', operator });
const own = (text: Code, ...needs: readonly string[]): FunctionText => ({ kind: 'own', ...helper(text, ...needs) });

export const functionTexts: Readonly<Record<LoopFunction, FunctionText>> = {
  exp: call(code`Math.exp`),
  log: call(code`Math.log`),
  log1p: call(code`Math.log1p`),
  expm1: call(code`Math.expm1`),
  sin: call(code`Math.sin`),
  cos: call(code`Math.cos`),
  tan: call(code`Math.tan`),
  asin: call(code`Math.asin`),
  acos: call(code`Math.acos`),
  atan: call(code`Math.atan`),
  sinh: call(code`Math.sinh`),
  cosh: call(code`Math.cosh`),
  tanh: call(code`Math.tanh`),
  sqrt: call(code`Math.sqrt`),
  abs: call(code`Math.abs`),
  sign: call(code`Math.sign`),
  floor: call(code`Math.floor`),
  power: call(code`Math.pow`),
  max: call(code`Math.max`),
  min: call(code`Math.min`),
  greater: comparison(code`>`),
  less: comparison(code`<`),
  'at-least': comparison(code`>=`),
  'at-most': comparison(code`<=`),
  equals: comparison(code`===`),
  differs: comparison(code`!==`),
  finite: own(code`const finite = (x) => (x === Infinity || x === -Infinity ? 0 : x);`),
  atan2: own(code`const atan2 = (y, x) => Math.atan2(y + 0, x + 0);`),
  step: own(code`const step = (x) => (x > 0 ? 1 : x <= 0 ? 0 : NaN);`),
  relu: own(code`const relu = (x) => Math.max(x, 0);`),
  leaky_relu: own(code`const leaky_relu = (x, a) => (x > 0 ? x : a * x);`),
  elu: own(code`const elu = (x, a) => (x > 0 ? x : a * Math.expm1(x));`),
  huber: own(code`const huber = (x, d) => (Math.abs(x) <= d ? (x * x) / 2 : d > 0 ? d * (Math.abs(x) - d / 2) : NaN);`),
  clip: own(code`const clip = (x, lo, hi) => (lo <= hi ? Math.min(Math.max(x, lo), hi) : NaN);`),
  sigmoid: own(code`function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}`),
  logit: own(code`const logit = (x) =>
  x < 0.25 || x > 0.75 ? Math.log(x) - Math.log1p(-x) : Math.log1p((2 * x - 1) / (1 - x));`),
  silu: own(code`const silu = (x) => x * sigmoid(x);`, 'sigmoid'),
  softplus: own(code`const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));`),
  erf: own(
    code`const erf = (x) => (x > 1 ? 1 - erfFar(x) : x < -1 ? erfFar(-x) - 1 : erfNear(x));`,
    'erfFar',
    'erfNear',
  ),
  erfc: own(
    code`const erfc = (x) => (x > 1 ? erfFar(x) : x < -1 ? 2 - erfFar(-x) : 1 - erfNear(x));`,
    'erfFar',
    'erfNear',
  ),
  normpdf: own(code`function normpdf(x) {
  if (Math.abs(x) > 40) return 0;
  const z = Math.fround(x);
  return (Math.exp((-z * z) / 2) * Math.exp(((z - x) * (z + x)) / 2)) / Math.sqrt(2 * Math.PI);
}`),
  normcdf: own(
    code`function normcdf(x) {
  if (x < -1) return x < -40 ? 0 : normpdf(x) * millsRatio(-x);
  return x > 1 ? 1 - normcdf(-x) : (1 + erf(x / Math.SQRT2)) / 2;
}`,
    'erf',
    'normpdf',
    'millsRatio',
  ),
  lognormcdf: own(
    code`function lognormcdf(x) {
  if (x > 0) return Math.log1p(-normcdf(-x));
  if (x >= -1) return Math.log(normcdf(x));
  return (-x * x) / 2 - Math.log(2 * Math.PI) / 2 + Math.log(millsRatio(-x));
}`,
    'normcdf',
    'millsRatio',
  ),
  gelu: own(code`const gelu = (x) => (x * erfc(-x / Math.SQRT2)) / 2;`, 'erfc'),
  lgamma: own(
    code`function lgamma(x) {
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  if (x < 0) return Math.log(Math.PI / Math.abs(sinPi(x))) - lgamma(1 - x);
  if (x < 0.5) return logGammaAboutTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return logGammaAboutTwo(x - 1) - Math.log1p(x - 1);
  if (x >= 12) return x === Infinity ? Infinity : stirlingSeries(x);
  let product = 1;
  let y = x;
  while (y > 2.5) product *= --y;
  return Math.log(product) + logGammaAboutTwo(y - 2);
}`,
    'sinPi',
    'logGammaAboutTwo',
    'stirlingSeries',
  ),
  digamma: own(
    code`// Near its zero by the Taylor series, elsewhere by recurrence and asymptotic series
const digammaAboutRoot = [
  0.9676722454476212, -0.4427631689835921, 0.258499760955651, -0.16394270544240652, 0.10782405069126237,
  -0.07219956125645471, 0.04880428816414311, -0.03316112647484736, 0.022597648232218104, -0.01542476590494896,
  0.010538791616612175, -0.007204534386356869, 0.004926781395729853, -0.003369801655439328, 0.002305126326734928,
  -0.0015769367714301972, 0.0010788252019162967, -0.0007380709389960052, 0.000504953265834602,
  -0.0003454680251063077, 0.00023635601564027053, -0.00016170622091974803, 0.0001106337276874741,
];
const digammaCoefficients = [
  0.08333333333333333, -0.008333333333333333, 0.003968253968253968, -0.004166666666666667, 0.007575757575757576,
  -0.021092796092796094, 0.08333333333333333, -0.4432598039215686,
];
function digamma(x) {
  if (x <= 0 && Number.isInteger(x)) return NaN;
  if (x < 0) return digamma(1 - x) - piCotPi(x);
  const distance = x - 1.4616321449683622 - 9.549995429965697e-17;
  if (Math.abs(distance) < 0.3) return distance * polynomial(digammaAboutRoot, distance);
  if (x === Infinity) return Infinity;
  let below = 0;
  let y = x;
  for (; y < 12; y++) below += 1 / y;
  const inverse = 1 / (y * y);
  return Math.log(y) - 0.5 / y - inverse * polynomial(digammaCoefficients, inverse) - below;
}`,
    'piCotPi',
    'polynomial',
  ),
  trigamma: own(code`const trigamma = (x) => polygamma(1, x);`, 'polygamma'),
  polygamma: own(
    code`const bernoulliNumbers = [
  0.16666666666666666, -0.03333333333333333, 0.023809523809523808, -0.03333333333333333, 0.07575757575757576,
  -0.2531135531135531, 1.1666666666666667, -7.092156862745098, 54.971177944862156, -529.1242424242424,
  6192.123188405797,
];
function polygamma(n, x) {
  if (!Number.isInteger(n) || n < 0 || Number.isNaN(x)) return NaN;
  if (n === 0) return digamma(x);
  if (x <= 0 && Number.isInteger(x)) return n % 2 === 1 ? Infinity : NaN;
  const sign = n % 2 === 1 ? 1 : -1;
  if (x < 0) return -sign * polygamma(n, 1 - x) - piCotPiDerivative(n, x);
  let factorial = 1;
  for (let k = 2; k <= n; k++) factorial *= k;
  let total = 0;
  let y = x;
  for (; y < 12 + n; y++) total += y ** -(n + 1);
  let factor = factorial / n / y ** n;
  let far = factor + factorial / (2 * y ** (n + 1));
  for (let k = 1; k <= 11; k++) {
    factor *= ((n + 2 * k - 2) * (n + 2 * k - 1)) / ((2 * k - 1) * 2 * k * y * y);
    far += bernoulliNumbers[k - 1] * factor;
  }
  return sign * (factorial * total + far);
}`,
    'digamma',
    'piCotPiDerivative',
  ),
};
