/** How does generated JavaScript compute functions of eigenvalues and singular values? By rotations that converge for every matrix. */
import { code } from './code.ts';
import { helper, type Helper } from './functions.ts';

export const spectralHelpers = {
  eigensystem:
    helper(code`// Cyclic Jacobi rotations: the eigenvalues, ascending, in the first n cells of scratch, behind them the eigenvectors as rows
function eigensystem(source, from, scratch, n) {
  const work = n + n * n;
  let norm = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const entry = (source[from + i * n + j] + source[from + j * n + i]) / 2;
      scratch[work + i * n + j] = entry;
      scratch[n + i * n + j] = i === j ? 1 : 0;
      norm = Math.hypot(norm, entry);
    }
  if (!(norm < Infinity)) return scratch.fill(NaN, 0, work);
  for (let rotated = n > 1, sweep = 0; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        const off = scratch[work + p * n + q];
        if (Math.abs(off) <= 1e-17 * norm) continue;
        rotated = true;
        const ratio = (scratch[work + q * n + q] - scratch[work + p * n + p]) / (2 * off);
        const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < n; k++) {
          const [x, y] = [scratch[work + k * n + p], scratch[work + k * n + q]];
          scratch[work + k * n + p] = c * x - s * y;
          scratch[work + k * n + q] = s * x + c * y;
        }
        for (let k = 0; k < n; k++) {
          const [x, y] = [scratch[work + p * n + k], scratch[work + q * n + k]];
          scratch[work + p * n + k] = c * x - s * y;
          scratch[work + q * n + k] = s * x + c * y;
          const [u, v] = [scratch[n + p * n + k], scratch[n + q * n + k]];
          scratch[n + p * n + k] = c * u - s * v;
          scratch[n + q * n + k] = s * u + c * v;
        }
        scratch[work + p * n + q] = scratch[work + q * n + p] = 0;
      }
  }
  for (let k = 0; k < n; k++) scratch[k] = scratch[work + k * n + k];
  for (let k = 0; k < n; k++) {
    let least = k;
    for (let i = k + 1; i < n; i++) if (scratch[i] < scratch[least]) least = i;
    let sign = 0;
    const value = scratch[least];
    scratch[least] = scratch[k];
    scratch[k] = value;
    for (let j = 0; j < n; j++) {
      const entry = scratch[n + least * n + j];
      scratch[n + least * n + j] = scratch[n + k * n + j];
      if (sign === 0 && Math.abs(entry) > 1e-10) sign = entry < 0 ? -1 : 1;
      scratch[n + k * n + j] = entry;
    }
    for (let j = 0; j < n; j++) scratch[n + k * n + j] *= sign;
  }
}`),
  eigenvalues: helper(
    code`function eigenvalues(source, from, target, to, scratch, n) {
  eigensystem(source, from, scratch, n);
  for (let k = 0; k < n; k++) target[to + k] = scratch[k];
}`,
    'eigensystem',
  ),
  eigenvectors: helper(
    code`function eigenvectors(source, from, target, to, scratch, n) {
  eigensystem(source, from, scratch, n);
  for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) target[to + i * n + k] = scratch[n + k * n + i];
}`,
    'eigensystem',
  ),
  largestEigenvalue: helper(
    code`function largestEigenvalue(source, from, target, to, scratch, n) {
  eigensystem(source, from, scratch, n);
  target[to] = scratch[n - 1];
}`,
    'eigensystem',
  ),
  smallestEigenvalue: helper(
    code`function smallestEigenvalue(source, from, target, to, scratch, n) {
  eigensystem(source, from, scratch, n);
  target[to] = scratch[0];
}`,
    'eigensystem',
  ),
  singularValues:
    helper(code`// The columns (or rows, if there are fewer) turned until they are perpendicular: their lengths are left in scratch
function singularValues(source, from, scratch, m, n) {
  const [count, length] = m < n ? [m, n] : [n, m];
  for (let i = 0; i < count; i++)
    for (let k = 0; k < length; k++) scratch[count + i * length + k] = source[from + (m < n ? i * n + k : k * n + i)];
  const dot = (i, j) => {
    let total = 0;
    for (let k = 0; k < length; k++) total += scratch[count + i * length + k] * scratch[count + j * length + k];
    return total;
  };
  for (let rotated = true, sweep = 0; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let i = 0; i < count - 1; i++)
      for (let j = i + 1; j < count; j++) {
        const [a, b, off] = [dot(i, i), dot(j, j), dot(i, j)];
        if (off === 0 || Math.abs(off) <= 1e-16 * Math.sqrt(a) * Math.sqrt(b)) continue;
        rotated = true;
        const ratio = (b - a) / (2 * off);
        const t = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(ratio, 1));
        const c = 1 / Math.hypot(t, 1);
        const s = t * c;
        for (let k = 0; k < length; k++) {
          const [x, y] = [scratch[count + i * length + k], scratch[count + j * length + k]];
          scratch[count + i * length + k] = c * x - s * y;
          scratch[count + j * length + k] = s * x + c * y;
        }
      }
  }
  for (let i = 0; i < count; i++) scratch[i] = Math.sqrt(dot(i, i));
  return count;
}`),
  operatorNorm: helper(
    code`function operatorNorm(source, from, target, to, scratch, m, n) {
  const count = singularValues(source, from, scratch, m, n);
  let most = 0;
  for (let i = 0; i < count; i++) if (!(scratch[i] <= most)) most = scratch[i];
  target[to] = most;
}`,
    'singularValues',
  ),
} satisfies Readonly<Record<string, Helper>>;
