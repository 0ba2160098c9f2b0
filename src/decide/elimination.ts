/** Inverse and determinant over any field, by Gauss and Jordan. */
import { type Field, outside } from './field.ts';

export interface Eliminated<V> {
  readonly determinant: V;
  /** Absent where the determinant is zero. */
  readonly inverse: readonly (readonly V[])[] | undefined;
}

export function eliminate<V>(matrix: readonly (readonly V[])[], field: Field<V>): Eliminated<V> {
  const { one, zero, times } = field;
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? one : zero))]);
  let determinant = one;
  for (let k = 0; k < size; k++) {
    const pivot = pivotRow(rows, k, field);
    if (pivot === undefined) return { determinant: zero, inverse: undefined };
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      determinant = negative(determinant, field);
    }
    determinant = times(determinant, rows[k]![k]!);
    clearColumn(rows, k, field);
  }
  return { determinant, inverse: rows.map((row) => row.slice(size)) };
}

function pivotRow<V>(rows: readonly (readonly V[])[], k: number, field: Field<V>): number | undefined {
  let best: number | undefined;
  for (let i = k; i < rows.length; i++) {
    const entry = rows[i]![k]!;
    if (!field.vanishes(entry) && (best === undefined || field.isLarger(entry, rows[best]![k]!))) best = i;
  }
  return best;
}

function clearColumn<V>(rows: V[][], k: number, field: Field<V>): void {
  const { plus, times } = field;
  const scale = field.inverse(rows[k]![k]!);
  rows[k] = rows[k]!.map((entry) => times(entry, scale));
  for (let i = 0; i < rows.length; i++) {
    if (i === k) continue;
    const multiple = negative(rows[i]![k]!, field);
    rows[i] = rows[i]!.map((entry, j) => plus(entry, times(multiple, rows[k]![j]!)));
  }
}

const negative = <V>(value: V, { times, rational }: Field<V>): V => times(rational({ n: -1n, d: 1n }), value);

export const inverseOf = <V>(matrix: readonly (readonly V[])[], field: Field<V>): readonly (readonly V[])[] =>
  eliminate(matrix, field).inverse ?? outside();

/** The transposed cofactors: there is one where there is no inverse, too. */
export const adjugateOf = <V>(matrix: readonly (readonly V[])[], field: Field<V>): readonly (readonly V[])[] =>
  matrix.map((_, i) =>
    matrix.map((_column, j) => {
      const left = matrix.filter((_row, r) => r !== j).map((row) => row.filter((_entry, c) => c !== i));
      const { determinant } = eliminate(left, field);
      return (i + j) % 2 === 0 ? determinant : negative(determinant, field);
    }),
  );
