/** How does generated JavaScript compute each function? One entry for each; a missing one does not compile. */
import type { LoopFunction } from '../program.ts';
import { type Code, code } from './code.ts';
import { type Helper, helper } from './special-functions.ts';

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
  atan2: call(code`Math.atan2`),
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
