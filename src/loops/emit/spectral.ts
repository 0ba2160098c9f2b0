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
  choleskyFactor: helper(code`// Row by row, from the rows above
function choleskyFactor(source, from, target, to, scratch, n) {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let value = (source[from + i * n + j] + source[from + j * n + i]) / 2;
      for (let k = 0; k < j; k++) value -= target[to + i * n + k] * target[to + j * n + k];
      target[to + i * n + j] = j > i ? 0 : j === i ? Math.sqrt(value) : value / target[to + j * n + j];
    }
}`),
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
  nuclearNorm: helper(
    code`function nuclearNorm(source, from, target, to, scratch, m, n) {
  const count = singularValues(source, from, scratch, m, n);
  let total = 0;
  for (let i = 0; i < count; i++) total += scratch[i];
  target[to] = total;
}`,
    'singularValues',
  ),

  pseudoinverse:
    helper(code`// X = Q*R by Gram and Schmidt, each column made perpendicular twice; then inv(R)*Q'. Q stands in scratch by columns, R behind it
function pseudoinverse(source, from, target, to, scratch, m, n) {
  const [count, length] = m < n ? [m, n] : [n, m];
  const r = count * length;
  for (let j = 0; j < count; j++) {
    let size = 0;
    for (let k = 0; k < length; k++) scratch[j * length + k] = source[from + (m < n ? j * n + k : k * n + j)];
    for (let i = 0; i < j; i++) scratch[r + i * count + j] = 0;
    for (let i = 0; i < 2 * j; i++) {
      const before = i % j;
      let along = 0;
      for (let k = 0; k < length; k++) along += scratch[before * length + k] * scratch[j * length + k];
      for (let k = 0; k < length; k++) scratch[j * length + k] -= along * scratch[before * length + k];
      scratch[r + before * count + j] += along;
    }
    for (let k = 0; k < length; k++) size = Math.hypot(size, scratch[j * length + k]);
    scratch[r + j * count + j] = size;
    for (let k = 0; k < length; k++) scratch[j * length + k] /= size;
  }
  for (let k = 0; k < length; k++)
    for (let i = count - 1; i >= 0; i--) {
      let value = scratch[i * length + k];
      for (let j = i + 1; j < count; j++) value -= scratch[r + i * count + j] * target[to + (m < n ? k * m + j : j * m + k)];
      target[to + (m < n ? k * m + i : i * m + k)] = value / scratch[r + i * count + i];
    }
}`),

  // ---- exponentials, roots and logarithms: of the n x n numbers that stand in s from a on

  matrixProduct: helper(code`function matrixProduct(s, a, b, c, n) {
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      let total = 0;
      for (let k = 0; k < n; k++) total += s[a + i * n + k] * s[b + k * n + j];
      s[c + i * n + j] = total;
    }
}`),
  oneNorm: helper(code`// The largest sum of a column's absolute values
function oneNorm(s, a, n) {
  let most = 0;
  for (let j = 0; j < n; j++) {
    let total = 0;
    for (let i = 0; i < n; i++) total += Math.abs(s[a + i * n + j]);
    if (!(total <= most)) most = total;
  }
  return most;
}`),
  solveInto:
    helper(code`// Elimination with partial pivoting: what stands at b becomes inv(A)*B, what stands at a is used up; returns |det(A)|
function solveInto(s, a, b, n) {
  let size = 1;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(s[a + i * n + k]) > Math.abs(s[a + pivot * n + k])) pivot = i;
    const head = s[a + pivot * n + k];
    size *= Math.abs(head);
    for (let j = 0; j < n; j++) {
      const [x, y] = [s[a + pivot * n + j], s[b + pivot * n + j]];
      s[a + pivot * n + j] = s[a + k * n + j];
      s[b + pivot * n + j] = s[b + k * n + j];
      s[a + k * n + j] = x;
      s[b + k * n + j] = y;
    }
    for (let i = 0; i < n; i++) {
      if (i <= k) continue;
      const multiple = s[a + i * n + k] / head;
      for (let j = k; j < n; j++) s[a + i * n + j] -= multiple * s[a + k * n + j];
      for (let j = 0; j < n; j++) s[b + i * n + j] -= multiple * s[b + k * n + j];
    }
  }
  for (let i = n - 1; i >= 0; i--)
    for (let j = 0; j < n; j++) {
      for (let k = i + 1; k < n; k++) s[b + i * n + j] -= s[a + i * n + k] * s[b + k * n + j];
      s[b + i * n + j] /= s[a + i * n + i];
    }
  return size;
}`),
  exponentialIn: helper(
    code`// Scaling and squaring with the Padé approximant of degree 13 (Higham 2005); seven more matrices behind it are used
const padeCoefficients = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600,
  670442572800, 33522128640, 1323241920, 40840800, 960960, 16380, 182, 1,
];
function exponentialIn(s, a, n) {
  const c = padeCoefficients;
  const size = n * n;
  const [a2, a4, a6, w, u, v] = [1, 2, 3, 4, 5, 6].map((k) => a + k * size);
  const norm = oneNorm(s, a, n);
  if (!(norm < 1e12)) return s.fill(NaN, a, a + size);
  const halvings = Math.max(0, Math.ceil(Math.log2(norm / 5.371920351148152)));
  for (let k = 0; k < size; k++) s[a + k] /= 2 ** halvings;
  matrixProduct(s, a, a, a2, n);
  matrixProduct(s, a2, a2, a4, n);
  matrixProduct(s, a2, a4, a6, n);
  for (let k = 0; k < size; k++) s[w + k] = c[13] * s[a6 + k] + c[11] * s[a4 + k] + c[9] * s[a2 + k];
  matrixProduct(s, a6, w, u, n);
  for (let k = 0; k < size; k++) {
    s[u + k] += c[7] * s[a6 + k] + c[5] * s[a4 + k] + c[3] * s[a2 + k] + (k % (n + 1) === 0 ? c[1] : 0);
    s[w + k] = c[12] * s[a6 + k] + c[10] * s[a4 + k] + c[8] * s[a2 + k];
  }
  matrixProduct(s, a6, w, v, n);
  matrixProduct(s, a, u, w, n);
  for (let k = 0; k < size; k++) {
    const even = s[v + k] + c[6] * s[a6 + k] + c[4] * s[a4 + k] + c[2] * s[a2 + k] + (k % (n + 1) === 0 ? c[0] : 0);
    s[u + k] = even - s[w + k];
    s[a + k] = even + s[w + k];
  }
  solveInto(s, u, a, n);
  for (let k = 0; k < halvings; k++) {
    matrixProduct(s, a, a, w, n);
    for (let m = 0; m < size; m++) s[a + m] = s[w + m];
  }
}`,
    'matrixProduct',
    'oneNorm',
    'solveInto',
  ),
  rootIn: helper(
    code`// The product form of Denman and Beavers' iteration, scaled by determinants (Higham, 6.29); five more matrices are used
function rootIn(s, a, n) {
  const size = n * n;
  const [m, inverse, work, next] = [1, 2, 3, 4].map((k) => a + k * size);
  for (let k = 0; k < size; k++) s[m + k] = s[a + k];
  let last = Infinity;
  for (let round = 0, isNear = false; round < 60; round++) {
    for (let k = 0; k < size; k++) {
      s[work + k] = s[m + k];
      s[inverse + k] = k % (n + 1) === 0 ? 1 : 0;
    }
    const determinant = solveInto(s, work, inverse, n);
    const mu = isNear || !(determinant > 0 && determinant < Infinity) ? 1 : determinant ** (-1 / n);
    for (let k = 0; k < size; k++) s[work + k] = s[inverse + k] / mu + (k % (n + 1) === 0 ? 1 : 0);
    matrixProduct(s, a, work, next, n);
    let off = 0;
    for (let k = 0; k < size; k++) {
      const one = k % (n + 1) === 0 ? 1 : 0;
      s[a + k] = (Math.sqrt(mu) * s[next + k]) / 2;
      s[m + k] = (one + (mu * s[m + k] + s[inverse + k] / mu) / 2) / 2;
      off = Math.max(off, Math.abs(s[m + k] - one));
    }
    if (off < 1e-15 || (off < 1e-10 && off >= last)) return;
    if (!(off < Infinity)) break;
    if (off < 1e-2) isNear = true;
    last = off;
  }
  s.fill(NaN, a, a + size);
}`,
    'matrixProduct',
    'solveInto',
  ),
  logarithmIn: helper(
    code`// Square roots until it is near I, then Gauss and Legendre's rule for the integral of E*inv(I + x*E) (Higham, 11.4)
const gaussNodes = [
  0.025446043828620738, 0.12923440720030278, 0.2970774243113014, 0.5, 0.7029225756886985, 0.8707655927996972,
  0.9745539561713793,
];
const gaussWeights = [
  0.06474248308443485, 0.13985269574463833, 0.1909150252525595, 0.2089795918367347, 0.1909150252525595,
  0.13985269574463833, 0.06474248308443485,
];
function logarithmIn(s, a, n) {
  const size = n * n;
  const [near, left, right] = [1, 2, 3].map((k) => a + k * size);
  for (let k = 0; k < size; k++) s[near + k] = s[a + k];
  let roots = 0;
  for (; roots < 60; roots++) {
    for (let k = 0; k < size; k++) s[left + k] = s[near + k] - (k % (n + 1) === 0 ? 1 : 0);
    if (!(oneNorm(s, left, n) > 0.25)) break;
    rootIn(s, near, n);
  }
  for (let k = 0; k < size; k++) {
    s[near + k] -= k % (n + 1) === 0 ? 1 : 0;
    s[a + k] = 0;
  }
  for (let node = 0; node < 7; node++) {
    for (let k = 0; k < size; k++) {
      s[left + k] = gaussNodes[node] * s[near + k] + (k % (n + 1) === 0 ? 1 : 0);
      s[right + k] = s[near + k];
    }
    solveInto(s, left, right, n);
    for (let k = 0; k < size; k++) s[a + k] += 2 ** roots * gaussWeights[node] * s[right + k];
  }
}`,
    'oneNorm',
    'rootIn',
    'solveInto',
  ),
  ofMatrixIn: helper(code`function ofMatrixIn(method, source, from, target, to, scratch, n) {
  for (let k = 0; k < n * n; k++) scratch[k] = source[from + k];
  method(scratch, 0, n);
  for (let k = 0; k < n * n; k++) target[to + k] = scratch[k];
}`),
  matrixPower: helper(
    code`// By repeated squaring; below 0 of the inverse
function matrixPower(source, from, target, to, scratch, n, exponent) {
  const size = n * n;
  const [square, result, work] = [0, size, 2 * size];
  for (let k = 0; k < size; k++) {
    scratch[square + k] = source[from + k];
    scratch[result + k] = k % (n + 1) === 0 ? 1 : 0;
  }
  if (exponent < 0) {
    solveInto(scratch, square, result, n);
    for (let k = 0; k < size; k++) {
      scratch[square + k] = scratch[result + k];
      scratch[result + k] = k % (n + 1) === 0 ? 1 : 0;
    }
  }
  for (let rest = Math.abs(exponent); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) {
      matrixProduct(scratch, result, square, work, n);
      for (let k = 0; k < size; k++) scratch[result + k] = scratch[work + k];
    }
    if (rest === 1) break;
    matrixProduct(scratch, square, square, work, n);
    for (let k = 0; k < size; k++) scratch[square + k] = scratch[work + k];
  }
  for (let k = 0; k < size; k++) target[to + k] = scratch[result + k];
}`,
    'matrixProduct',
    'solveInto',
  ),
  matrixExponential: helper(
    code`const matrixExponential = (source, from, target, to, scratch, n) =>
  ofMatrixIn(exponentialIn, source, from, target, to, scratch, n);`,
    'exponentialIn',
    'ofMatrixIn',
  ),
  matrixRoot: helper(
    code`const matrixRoot = (source, from, target, to, scratch, n) =>
  ofMatrixIn(rootIn, source, from, target, to, scratch, n);`,
    'rootIn',
    'ofMatrixIn',
  ),
  matrixLogarithm: helper(
    code`const matrixLogarithm = (source, from, target, to, scratch, n) =>
  ofMatrixIn(logarithmIn, source, from, target, to, scratch, n);`,
    'logarithmIn',
    'ofMatrixIn',
  ),
  derivativesIn:
    helper(code`// f([X, V; 0, X]) has the derivative of f at X along V above the diagonal: V is 1 at one place after the other
function derivativesIn(method, source, from, target, to, scratch, n) {
  const m = 2 * n;
  for (let place = 0; place < n * n; place++) {
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const entry = source[from + i * n + j];
        scratch[i * m + j] = entry;
        scratch[(i + n) * m + j + n] = entry;
        scratch[i * m + j + n] = i * n + j === place ? 1 : 0;
        scratch[(i + n) * m + j] = 0;
      }
    method(scratch, 0, m);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) target[to + (i * n + j) * n * n + place] = scratch[i * m + j + n];
  }
}`),
  exponentialAlong: helper(
    code`const exponentialAlong = (source, from, target, to, scratch, n) =>
  derivativesIn(exponentialIn, source, from, target, to, scratch, n);`,
    'exponentialIn',
    'derivativesIn',
  ),
  logarithmAlong: helper(
    code`const logarithmAlong = (source, from, target, to, scratch, n) =>
  derivativesIn(logarithmIn, source, from, target, to, scratch, n);`,
    'logarithmIn',
    'derivativesIn',
  ),
} satisfies Readonly<Record<string, Helper>>;
