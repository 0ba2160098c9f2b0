/** What the special functions of generated JavaScript are made of. */
import { type Code, code } from './code.ts';

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
