/**
 * How are functions of a matrix computed that go by its eigenvalues or singular values? By definitions that are easy to trust, for
 * small matrices: code that is generated has ways of its own.
 */
import { refuse } from '../basics/problem.ts';
import type { SpectralName } from '../../rules/functions/index.ts';
import {
  type NumericArray,
  column,
  extent,
  identity,
  isScalar,
  isVector,
  matrix,
  rowsOf,
  scalar,
  squareSize,
} from './array.ts';

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

// ---- a table of all

const ways: Readonly<Record<SpectralName, (a: NumericArray) => NumericArray>> = {
  eigvals: (a) => (isScalar(a) ? a : column(eigensystem(a, 'eigvals').values)),
  eigvecs: (a) => (isScalar(a) ? scalar(1) : eigensystem(a, 'eigvecs').vectors),
  eigmax: (a) => scalar(eigensystem(a, 'eigmax').values.at(-1)!),
  eigmin: (a) => scalar(eigensystem(a, 'eigmin').values[0]!),
  normop: (a) => scalar(isVector(a) ? Math.hypot(...a.data) : singularValues(a)[0]!),
};
export const spectral = (name: SpectralName, a: NumericArray): NumericArray => ways[name](a);
export const spectralNames = Object.keys(ways) as readonly SpectralName[];
