/** Which small functions does generated JavaScript bring along? Only those that it uses, each complete in itself. */
import { type Code, code } from './code.ts';
import { functionTexts, type Helper, helper, specialHelpers } from './functions.ts';
import { spectralHelpers } from './spectral.ts';

const helpers = {
  ...specialHelpers,
  ...spectralHelpers,
  square: helper(code`const square = (x) => x * x;`),
  cube: helper(code`const cube = (x) => x * x * x;`),
  integerPower: helper(code`function integerPower(x, n) {
  let result = 1;
  for (let rest = n, square = x; rest > 0; rest >>= 1, square *= square) if (rest & 1) result *= square;
  return result;
}`),
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
  adjugate:
    helper(code`// P*A*Q = L*U with complete pivoting: the adjugate of A is sign*Q*adj(U)*inv(L)*P, and that of U needs no division
function adjugate(source, from, target, to, scratch, n) {
  const [rows, columns, adj] = [n * n, n * n + n, n * n + 2 * n];
  let sign = 1;
  const swap = (a, b, step, count) => {
    for (let k = 0; k < count; k++, a += step, b += step) {
      const kept = scratch[a];
      scratch[a] = scratch[b];
      scratch[b] = kept;
    }
  };
  for (let k = 0; k < n * n; k++) scratch[k] = source[from + k];
  for (let k = 0; k < n; k++) scratch[rows + k] = scratch[columns + k] = k;
  for (let k = 0; k < n; k++) {
    let pivot = k * n + k;
    for (let i = k; i < n; i++)
      for (let j = k; j < n; j++) if (Math.abs(scratch[i * n + j]) > Math.abs(scratch[pivot])) pivot = i * n + j;
    const [row, column] = [Math.floor(pivot / n), pivot % n];
    if (row !== k) {
      sign = -sign;
      swap(k * n, row * n, 1, n);
      swap(rows + k, rows + row, 1, 1);
    }
    if (column !== k) {
      sign = -sign;
      swap(k, column, n, n);
      swap(columns + k, columns + column, 1, 1);
    }
    const head = scratch[k * n + k];
    if (head === 0) break;
    for (let i = k + 1; i < n; i++) {
      const multiple = scratch[i * n + k] / head;
      scratch[i * n + k] = multiple;
      for (let j = k + 1; j < n; j++) scratch[i * n + j] -= multiple * scratch[k * n + j];
    }
  }
  let product = sign;
  for (let k = 0; k < n; k++) {
    const pivot = scratch[k * n + k];
    for (let i = 0; i < k; i++) {
      let total = 0;
      for (let j = i; j < k; j++) total -= scratch[adj + i * n + j] * scratch[j * n + k];
      scratch[adj + i * n + k] = total;
      scratch[adj + k * n + i] = 0;
    }
    for (let i = 0; i < k; i++) for (let j = i; j < k; j++) scratch[adj + i * n + j] *= pivot;
    scratch[adj + k * n + k] = product;
    product *= pivot;
  }
  for (let k = n - 1; k >= 0; k--)
    for (let i = 0; i < n; i++)
      for (let j = k + 1; j < n; j++) scratch[adj + i * n + k] -= scratch[adj + i * n + j] * scratch[j * n + k];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) target[to + scratch[columns + i] * n + scratch[rows + j]] = scratch[adj + i * n + j];
}`),
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

/** Helpers by name, the functions of the language that need one among them. */
function helperNamed(name: string): Helper | undefined {
  if (Object.hasOwn(helpers, name)) return helpers[name as HelperName];
  const text = Object.hasOwn(functionTexts, name) ? functionTexts[name as keyof typeof functionTexts] : undefined;
  return text?.kind === 'own' ? text : undefined;
}
export const isHelper = (name: string): boolean => helperNamed(name) !== undefined;

/** The texts of these helpers and of those that they need, needed ones first. */
export function helperTexts(used: Iterable<string>): readonly Code[] {
  const found = new Map<string, Code>();
  const visit = (name: string): void => {
    const known = helperNamed(name);
    if (!known || found.has(name)) return;
    known.needs.forEach(visit);
    found.set(name, known.text);
  };
  [...used].toSorted().forEach(visit);
  return [...found.values()];
}
