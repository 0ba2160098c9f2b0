/** Which small functions does generated JavaScript bring along? Only those that it uses, each complete in itself. */
import { type Code, code } from './code.ts';

export interface Helper {
  readonly needs: readonly string[];
  readonly text: Code;
}

const helper = (text: Code, ...needs: readonly string[]): Helper => ({ needs, text });

const helpers = {
  square: helper(code`const square = (x) => x * x;`),
  cube: helper(code`const cube = (x) => x * x * x;`),
  integerPower: helper(code`function integerPower(x, n) {
  let result = 1;
  for (let rest = n, square = x; rest > 0; rest >>= 1, square *= square) if (rest & 1) result *= square;
  return result;
}`),
  step: helper(code`const step = (x) => (x > 0 ? 1 : x <= 0 ? 0 : NaN);`),
  finite: helper(code`const finite = (x) => (x === Infinity || x === -Infinity ? 0 : x);`),
  relu: helper(code`const relu = (x) => Math.max(x, 0);`),
  sigmoid: helper(code`function sigmoid(x) {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}`),
  silu: helper(code`const silu = (x) => x * sigmoid(x);`, 'sigmoid'),
  softplus: helper(code`const softplus = (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));`),
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
  erf: helper(
    code`const erf = (x) => (x > 1 ? 1 - erfFar(x) : x < -1 ? erfFar(-x) - 1 : erfNear(x));`,
    'erfFar',
    'erfNear',
  ),
  erfc: helper(
    code`const erfc = (x) => (x > 1 ? erfFar(x) : x < -1 ? 2 - erfFar(-x) : 1 - erfNear(x));`,
    'erfFar',
    'erfNear',
  ),
  gelu: helper(code`const gelu = (x) => (x * erfc(-x / Math.SQRT2)) / 2;`, 'erfc'),
  factorise:
    helper(code`// L*U with partial pivoting in place, the row numbers behind it; returns the sign of the permutation
function factorise(source, offset, scratch, n) {
  let sign = 1;
  for (let i = 0; i < n * n; i++) scratch[i] = source[offset + i];
  for (let i = 0; i < n; i++) scratch[n * n + i] = i;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(scratch[i * n + k]) > Math.abs(scratch[pivot * n + k])) pivot = i;
    if (pivot !== k) {
      sign = -sign;
      for (let j = 0; j < n; j++) {
        const kept = scratch[k * n + j];
        scratch[k * n + j] = scratch[pivot * n + j];
        scratch[pivot * n + j] = kept;
      }
      const row = scratch[n * n + k];
      scratch[n * n + k] = scratch[n * n + pivot];
      scratch[n * n + pivot] = row;
    }
    const head = scratch[k * n + k];
    if (head === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const multiple = scratch[i * n + k] / head;
      scratch[i * n + k] = multiple;
      if (multiple !== 0) for (let j = k + 1; j < n; j++) scratch[i * n + j] -= multiple * scratch[k * n + j];
    }
  }
  return sign;
}`),
  inverse: helper(
    code`function inverse(source, from, target, to, scratch, n) {
  factorise(source, from, scratch, n);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < n; c++) target[to + i * n + c] = scratch[n * n + i] === c ? 1 : 0;
    for (let k = 0; k < i; k++) {
      const multiple = scratch[i * n + k];
      for (let c = 0; c < n; c++) target[to + i * n + c] -= multiple * target[to + k * n + c];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      const multiple = scratch[i * n + k];
      for (let c = 0; c < n; c++) target[to + i * n + c] -= multiple * target[to + k * n + c];
    }
    for (let c = 0; c < n; c++) target[to + i * n + c] /= scratch[i * n + i];
  }
}`,
    'factorise',
  ),
  determinant: helper(
    code`function determinant(source, from, target, to, scratch, n) {
  let product = factorise(source, from, scratch, n);
  for (let i = 0; i < n; i++) product *= scratch[i * n + i];
  target[to] = product;
}`,
    'factorise',
  ),
  logDeterminant: helper(
    code`function logDeterminant(source, from, target, to, scratch, n) {
  factorise(source, from, scratch, n);
  let total = 0;
  for (let i = 0; i < n; i++) total += Math.log(Math.abs(scratch[i * n + i]));
  target[to] = total;
}`,
    'factorise',
  ),
} satisfies Readonly<Record<string, Helper>>;

export type HelperName = keyof typeof helpers;
export const isHelper = <Name extends string>(name: Name): name is Name & HelperName => Object.hasOwn(helpers, name);

/** The texts of these helpers and of those that they need, needed ones first. */
export function helperTexts(used: Iterable<HelperName>): readonly Code[] {
  const found = new Map<string, Code>();
  const visit = (name: string): void => {
    if (!isHelper(name) || found.has(name)) return;
    const { needs, text }: Helper = helpers[name];
    needs.forEach(visit);
    found.set(name, text);
  };
  [...used].toSorted().forEach(visit);
  return [...found.values()];
}
