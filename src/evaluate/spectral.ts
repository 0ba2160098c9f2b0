/**
 * How are functions of a matrix computed that go by its eigenvalues or singular values? By definitions that are easy to trust, for
 * small matrices: code that is generated has ways of its own.
 */
import { attempt, refuse } from '../basics/problem.ts';
import type { DirectedName, SpectralName } from '../../rules/functions/index.ts';
import {
  type NumericArray,
  array,
  column,
  describe,
  extent,
  identity,
  isScalar,
  isVector,
  map,
  matrix,
  rowsOf,
  scalar,
  squareSize,
} from './array.ts';
import { inverse, kronecker, multiply, transpose } from './linear-algebra.ts';

// ---- symmetric matrices

interface Eigensystem {
  /** Ascending. */
  readonly values: readonly number[];
  /** Column k belongs to value k. */
  readonly vectors: NumericArray;
}

const symmetricPart = (a: NumericArray, size: number): NumericArray =>
  matrix(size, size, (i, j) => (a.data[i * size + j]! + a.data[j * size + i]!) / 2);

/** By Jacobi's own way: the largest entry off the diagonal is turned to zero, until none is left. */
function eigensystem(a: NumericArray, use: string): Eigensystem {
  const size = squareSize(a, use);
  if (!a.data.every(Number.isFinite)) refuse({ kind: 'value', message: `${use} of a matrix with infinite entries` });
  const rotated = rowsIn(symmetricPart(a, size));
  // Row k is the k-th eigenvector.
  const vectors = rowsIn(identity(size));
  const least = 1e-17 * Math.hypot(...a.data);
  for (let turns = 0; turns < 40 * size * size; turns++) {
    const [p, q] = largestOffDiagonal(rotated);
    if (p === q || Math.abs(rotated[p]![q]!) <= least) break;
    const angle = Math.atan2(2 * rotated[p]![q]!, rotated[q]![q]! - rotated[p]![p]!) / 2;
    turn(rotated, p, q, angle);
    turn(rotated, p, q, angle, 'columns');
    turn(vectors, p, q, angle);
  }
  const order = [...rotated.keys()].toSorted((i, j) => rotated[i]![i]! - rotated[j]![j]!);
  const upright = order.map((k) => {
    const first = vectors[k]!.find((x) => Math.abs(x) > 1e-10) ?? 1;
    return vectors[k]!.map((x) => Math.sign(first) * x);
  });
  return {
    values: order.map((k) => rotated[k]![k]!),
    vectors: matrix(size, size, (i, k) => upright[k]![i]!),
  };
}
const rowsIn = (a: NumericArray): number[][] => rowsOf(a).map((row) => [...row]);
/** c*x - s*y and s*x + c*y for what stands at p and q, of two rows or of two columns. */
function turn(rows: number[][], p: number, q: number, angle: number, of: 'rows' | 'columns' = 'rows'): void {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  if (of === 'rows') {
    const [x, y] = [rows[p]!, rows[q]!];
    rows[p] = x.map((value, k) => c * value - s * y[k]!);
    rows[q] = x.map((value, k) => s * value + c * y[k]!);
    return;
  }
  for (const row of rows) [row[p], row[q]] = [c * row[p]! - s * row[q]!, s * row[p]! + c * row[q]!];
}
function largestOffDiagonal(rows: readonly (readonly number[])[]): readonly [p: number, q: number] {
  let [p, q, most] = [0, 0, 0];
  rows.forEach((row, i) => {
    for (let j = i + 1; j < row.length; j++) if (Math.abs(row[j]!) > most) [p, q, most] = [i, j, Math.abs(row[j]!)];
  });
  return [p, q];
}

/** L*L' = A, one column after the other: what is left of A once that column's part is taken away. */
function cholesky(a: NumericArray): NumericArray {
  const size = squareSize(a, 'chol');
  let rest = symmetricPart(a, size);
  const columns = Array.from({ length: size }, (_, k) => {
    const head = rest.data[k * size + k]!;
    if (!(head > 0)) refuse({ kind: 'value', message: 'chol is that of a positive definite matrix, and this is none' });
    const column = Array.from({ length: size }, (_entry, i) =>
      i < k ? 0 : rest.data[i * size + k]! / Math.sqrt(head),
    );
    const left = rest;
    rest = matrix(size, size, (i, j) => left.data[i * size + j]! - column[i]! * column[j]!);
    return column;
  });
  return matrix(size, size, (i, j) => columns[j]![i]!);
}

// ---- singular values

/** Descending: the eigenvalues of [0, X; X', 0] that are not negative, so that small ones keep their digits. */
function singularValues(a: NumericArray): readonly number[] {
  const [rows, columns] = extent(a);
  const both = matrix(rows + columns, rows + columns, (i, j) =>
    i < rows && j >= rows
      ? a.data[i * columns + j - rows]!
      : i >= rows && j < rows
        ? a.data[j * columns + i - rows]!
        : 0,
  );
  return eigensystem(both, 'a norm').values.toReversed().slice(0, Math.min(rows, columns));
}

/** The block of inv([I, X; X', 0]) below the diagonal; generated code takes an orthogonal basis instead. */
function pseudoinverse(a: NumericArray): NumericArray {
  const [m, n] = extent(a);
  if (m < n) return transpose(pseudoinverse(transpose(a)));
  const lengths = singularValues(a);
  if (!(lengths.at(-1)! > 1e-13 * lengths[0]!))
    refuse({ kind: 'value', message: 'pinv is that of a matrix of full rank, and this is none' });
  const scale = Math.hypot(...a.data) || 1;
  const in4 = (i: number, j: number): number => a.data[i * n + j]! / scale;
  const both = matrix(m + n, m + n, (i, j) =>
    i < m && j < m ? Number(i === j) : i < m ? in4(i, j - m) : j < m ? in4(j, i - m) : 0,
  );
  const inverted = inverse(both);
  return matrix(n, m, (i, j) => inverted.data[(i + m) * (m + n) + j]! / scale);
}

// ---- exponentials, roots and logarithms

const plus = (a: NumericArray, b: NumericArray, factor = 1): NumericArray => ({
  shape: a.shape,
  data: a.data.map((x, k) => x + factor * b.data[k]!),
});
const times = (a: NumericArray, factor: number): NumericArray => map(a, (x) => factor * x);
const sizeOf = (a: NumericArray): number => Math.hypot(...a.data);

/** Taylor's series of a fraction of the matrix, squared again and again. */
function exponential(a: NumericArray): NumericArray {
  const size = squareSize(a, 'expm');
  if (!a.data.every(Number.isFinite)) refuse({ kind: 'value', message: 'expm of a matrix with infinite entries' });
  const halvings = Math.max(0, Math.ceil(Math.log2(sizeOf(a) + 1e-300)) + 2);
  if (halvings > 42) refuse({ kind: 'value', message: 'expm of a matrix with entries so large overflows' });
  const part = times(a, 2 ** -halvings);
  let term = identity(size);
  // The identity is added last, so that small terms keep their digits.
  let rest = times(part, 0);
  for (let k = 1; k < 40 && sizeOf(term) > 1e-20; k++) {
    term = times(multiply(term, part), 1 / k);
    rest = plus(rest, term);
  }
  // (I + R)^2 is I + 2*R + R^2.
  for (let k = 0; k < halvings; k++) rest = plus(times(rest, 2), multiply(rest, rest));
  return plus(rest, identity(size));
}

/** Denman and Beavers: Y = (Y + inv(Z))/2 and Z = (Z + inv(Y))/2 go to the root and its inverse. */
function root(a: NumericArray): NumericArray {
  const size = squareSize(a, 'sqrtm');
  let [y, z] = [a, identity(size)];
  for (let k = 0; k < 100; k++) {
    const next = times(plus(y, inverse(z)), 0.5);
    z = times(plus(z, inverse(y)), 0.5);
    const change = sizeOf(plus(next, y, -1));
    y = next;
    // The error of the next one is the square of this.
    if (!(change > 1e-12 * sizeOf(y))) break;
  }
  const error = sizeOf(plus(multiply(y, y), a, -1));
  if (!(error <= 1e-8 * sizeOf(a)))
    refuse({
      kind: 'value',
      message: 'a matrix with an eigenvalue that is 0 or negative has no principal square root',
    });
  return y;
}

/** log(A) is 2^k*log(A^(1/2^k)), and near the identity 2*atanh((A - I)*inv(A + I)). */
function logarithm(a: NumericArray): NumericArray {
  const size = squareSize(a, 'logm');
  const eye = identity(size);
  let [near, roots] = [a, 0];
  for (; sizeOf(plus(near, eye, -1)) > 0.4 && roots < 60; roots++) near = root(near);
  const ratio = multiply(plus(near, eye, -1), inverse(plus(near, eye)));
  const square = multiply(ratio, ratio);
  let [power, total] = [ratio, ratio];
  for (let k = 3; k < 60 && sizeOf(power) > 1e-20; k += 2) {
    power = multiply(power, square);
    total = plus(total, power, 1 / k);
  }
  return times(total, 2 ** (roots + 1));
}

/** Has it a root and a logarithm, with so much distance to spare? */
export function isPrincipal(a: NumericArray, margin: number): boolean {
  const found = attempt(() => {
    const [size] = extent(a);
    if (sizeOf(plus(a, transpose(a), -1)) === 0) return eigensystem(a, 'sqrtm').values[0]! > margin;
    return size === 1 ? a.data[0]! > margin : sizeOf(inverse(root(a))) < 1 / margin;
  });
  return found.ok && found.value;
}

/** [X, V; 0, X] */
function blockTriangular(x: NumericArray, v: NumericArray): NumericArray {
  const [size] = extent(x);
  const in4 = (a: NumericArray, i: number, j: number): number => a.data[(i % size) * size + (j % size)]!;
  return matrix(2 * size, 2 * size, (i, j) => (i < size === j < size ? in4(x, i, j) : i < size ? in4(v, i, j) : 0));
}
function above(a: NumericArray): NumericArray {
  const [whole] = extent(a);
  const size = whole / 2;
  return matrix(size, size, (i, j) => a.data[i * whole + j + size]!);
}
const unitMatrix = (size: number, place: number): NumericArray =>
  matrix(size, size, (i, j) => (i * size + j === place ? 1 : 0));
/** What a linear map makes of the matrices with a single 1: row by row, entries of the results by places of the 1. */
function tableOf(size: number, f: (direction: NumericArray) => NumericArray): NumericArray {
  const images = Array.from({ length: size * size }, (_, place) => f(unitMatrix(size, place)).data);
  return matrix(size * size, size * size, (row, place) => images[place]![row]!);
}
const laidOut = (table: NumericArray, v: NumericArray): NumericArray =>
  array(v.shape, multiply(table, column(v.data)).data);

const exponentialAlong = (x: NumericArray, v: NumericArray): NumericArray => above(exponential(blockTriangular(x, v)));
/** The solution Y of dexpm(logm(X), Y) = V. */
function logarithmAlong(x: NumericArray, v: NumericArray): NumericArray {
  const log = logarithm(x);
  return laidOut(inverse(tableOf(extent(x)[0], (direction) => exponentialAlong(log, direction))), v);
}
/** The X with A*X + X*B = C, as so many equations for its entries. */
export function sylvester(a: NumericArray, b: NumericArray, c: NumericArray): NumericArray {
  const [m, n] = extent(c);
  if (squareSize(a, 'sylvester') !== m || squareSize(b, 'sylvester') !== n)
    refuse({ kind: 'shape', message: `sylvester cannot combine ${describe(a)}, ${describe(b)} and ${describe(c)}` });
  const equations = plus(kronecker(a, identity(n)), kronecker(identity(m), transpose(b)));
  return laidOut(inverse(equations), c);
}

// ---- a table of all

type OfOne = Exclude<SpectralName, DirectedName>;
const ways: Readonly<Record<OfOne, (a: NumericArray) => NumericArray>> = {
  eigvals: (a) => (isScalar(a) ? a : column(eigensystem(a, 'eigvals').values)),
  eigvecs: (a) => (isScalar(a) ? scalar(1) : eigensystem(a, 'eigvecs').vectors),
  eigmax: (a) => scalar(eigensystem(a, 'eigmax').values.at(-1)!),
  eigmin: (a) => scalar(eigensystem(a, 'eigmin').values[0]!),
  chol: (a) => (isScalar(a) ? map(a, Math.sqrt) : cholesky(a)),
  normop: (a) => scalar(isVector(a) ? Math.hypot(...a.data) : singularValues(a)[0]!),
  normnuc: (a) => scalar(isVector(a) ? Math.hypot(...a.data) : singularValues(a).reduce((x, y) => x + y, 0)),
  pinv: pseudoinverse,
  expm: (a) => (isScalar(a) ? map(a, Math.exp) : exponential(a)),
  logm: (a) => (isScalar(a) ? map(a, Math.log) : logarithm(a)),
  sqrtm: (a) => (isScalar(a) ? map(a, Math.sqrt) : root(a)),
};
/** Of a number along another, of a matrix along another. */
export const directed: Readonly<
  Record<SpectralName & DirectedName, (x: NumericArray, v: NumericArray) => NumericArray>
> = {
  dexpm: (x, v) => (isScalar(x) ? times(v, Math.exp(x.data[0]!)) : exponentialAlong(x, sameSize(x, v, 'dexpm'))),
  dlogm: (x, v) => (isScalar(x) ? times(v, 1 / x.data[0]!) : logarithmAlong(x, sameSize(x, v, 'dlogm'))),
};
function sameSize(x: NumericArray, v: NumericArray, name: string): NumericArray {
  squareSize(x, name);
  if (describe(x) === describe(v)) return v;
  return refuse({
    kind: 'shape',
    message: `${name} takes a direction of the shape of ${describe(x)}, not ${describe(v)}`,
  });
}
const isDirected = (name: SpectralName): name is SpectralName & DirectedName => Object.hasOwn(directed, name);

/** As terms have it: with a direction still to come it is an array of order four. */
export function spectral(name: SpectralName, a: NumericArray): NumericArray {
  if (!isDirected(name)) return ways[name](a);
  const [size] = extent(a);
  if (size === 1) return directed[name](a, scalar(1));
  return array([size, size, size, size], tableOf(size, (v) => directed[name](a, v)).data);
}
export const spectralNames = Object.keys(ways) as readonly OfOne[];
