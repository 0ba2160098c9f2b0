/** What are the inverse, the adjugate and the determinant of a matrix? Gauss and Jordan with partial pivoting, on rows as arrays. */

export interface Elimination {
  readonly inverse: Float64Array;
  /** On the way: the product of the pivots, with the sign of the exchanges, is the determinant. */
  readonly pivots: readonly number[];
  readonly sign: number;
}

export function gaussJordan(matrix: Float64Array, size: number): Elimination {
  const rows = Array.from({ length: size }, (_, i) => [
    ...matrix.subarray(i * size, (i + 1) * size),
    ...Array.from({ length: size }, (_unit, j) => (i === j ? 1 : 0)),
  ]);
  const pivots: number[] = [];
  let sign = 1;
  for (let k = 0; k < size; k++) {
    const best = rows
      .slice(k)
      .reduce((most, row, n) => (Math.abs(row[k]!) > Math.abs(rows[most]![k]!) ? k + n : most), k);
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best]!, rows[k]!];
      sign = -sign;
    }
    const head = rows[k]![k]!;
    pivots.push(head);
    const pivotRow = rows[k]!.map((value) => value / head);
    rows.forEach((row, i) => {
      const multiple = row[k]!;
      // Of the determinant's pivots only the rows below matter, so a zero pivot spoils nothing but the inverse.
      rows[i] = i === k ? pivotRow : head === 0 ? row : row.map((value, j) => value - multiple * pivotRow[j]!);
    });
  }
  return { inverse: Float64Array.from(rows.flatMap((row) => row.slice(size))), pivots, sign };
}

/** The adjugate: the determinants without a row and a column, signed and transposed. */
export const cofactors = (matrix: Float64Array, size: number): Float64Array =>
  Float64Array.from(matrix, (_, k) => {
    const [column, row] = [Math.floor(k / size), k % size];
    const left = matrix.filter((_entry, n) => Math.floor(n / size) !== row && n % size !== column);
    const { pivots, sign } = gaussJordan(left, size - 1);
    return pivots.reduce((product, pivot) => product * pivot, (row + column) % 2 === 0 ? sign : -sign);
  });
