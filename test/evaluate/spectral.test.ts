/** Functions of eigenvalues and singular values: the interpreter and generated code against exact values, and against each other. */
import { describe, expect, test } from 'vitest';
import type { SpectralName } from '../../rules/functions/index.ts';
import { array, type NumericArray } from '../../src/evaluate/array.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { spectral } from '../../src/evaluate/spectral.ts';
import { program, valueOf } from '../api/given.ts';

const square = (...rows: readonly (readonly number[])[]): NumericArray =>
  array([rows.length, rows[0]!.length], rows.flat());

/** As evaluators have it. */
function generated(name: SpectralName, { shape: [m = 1, n = 1], data }: NumericArray): readonly number[] {
  const isSquare = name !== 'normop';
  const answer = valueOf(program(`X in R^(${isSquare ? 'n' : 'm'} x n)`).ask(`${name}(X)`));
  const out = valueOf(answer.compile(isSquare ? { n } : { m, n }))({ X: data });
  return typeof out === 'number' ? [out] : [...out];
}
const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, digits = 1e-13): void => {
  expect(found).toHaveLength(wanted.length);
  const size = Math.max(...Array.from(wanted, Math.abs));
  for (let k = 0; k < wanted.length; k++) expect(Math.abs(found[k]! - wanted[k]!)).toBeLessThanOrEqual(digits * size);
};

const second = (size: number): NumericArray =>
  square(
    ...Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (_x, j) => (i === j ? 2 : Math.abs(i - j) === 1 ? -1 : 0)),
    ),
  );
const ofSecond = (size: number): readonly number[] =>
  Array.from({ length: size }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)));

describe('exact values', () => {
  const table: readonly (readonly [name: SpectralName, of: NumericArray, values: readonly number[]])[] = [
    ['eigvals', square([2, 1], [1, 2]), [1, 3]],
    ['eigvals', square([2, 3], [-1, 2]), [1, 3]],
    ['eigvecs', square([2, 1], [1, 2]), [Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2, Math.SQRT1_2]],
    ['eigvecs', square([0, -2], [-2, 0]), [Math.SQRT1_2, Math.SQRT1_2, Math.SQRT1_2, -Math.SQRT1_2]],
    ['eigvals', square([3, 0, 0], [0, -5, 0], [0, 0, 3]), [-5, 3, 3]],
    ['eigvecs', square([3, 0], [0, -5]), [0, 1, 1, 0]],
    ['eigvals', square([0, 0], [0, 0]), [0, 0]],
    ['eigmax', square([1e150, 0], [0, 1]), [1e150]],
    ['eigmin', square([1e-150, 2e-150], [2e-150, 1e-150]), [-1e-150]],
    ['eigvals', second(6), ofSecond(6)],
    ['eigmax', second(9), [ofSecond(9)[8]!]],
    ['eigmin', second(9), [ofSecond(9)[0]!]],
    // sqrt(15 + sqrt(221))
    ['normop', square([1, 2], [3, 4]), [5.464985704219043]],
    ['normop', square([3, 0, 0], [0, 4, 0]), [4]],
    ['normop', square([1, 2, 2]), [3]],
    ['normop', square([0, 0], [0, 0]), [0]],
  ];
  test.each(table)('%s of %j', (name, of, values) => {
    close(spectral(name, of).data, values);
    close(generated(name, of), values);
  });
});

describe('at random matrices the two ways agree, and the eigenvectors belong to the eigenvalues', () => {
  const random = randomNumbers(20261122);
  const drawn = (m: number, n: number): NumericArray =>
    array(
      [m, n],
      Float64Array.from({ length: m * n }, () => random.between(-2, 2) * 10 ** (random.below(4) - 2)),
    );
  test.each([2, 3, 4, 7])('%i rows', (n) => {
    for (let round = 0; round < 4; round++) {
      const a = drawn(n, n);
      for (const name of ['eigvals', 'eigmax', 'eigmin', 'normop'] as const)
        close(generated(name, a), spectral(name, a).data, 1e-12);
      const [values, vectors] = [generated('eigvals', a), generated('eigvecs', a)];
      for (let k = 0; k < n; k++)
        for (let i = 0; i < n; i++) {
          let total = 0;
          for (let j = 0; j < n; j++) total += ((a.data[i * n + j]! + a.data[j * n + i]!) / 2) * vectors[j * n + k]!;
          expect(Math.abs(total - values[k]! * vectors[i * n + k]!)).toBeLessThan(
            1e-13 * Math.max(...values.map(Math.abs)),
          );
        }
    }
    for (const [rows, columns] of [
      [n, 3],
      [2, n],
    ] as const) {
      const a = drawn(rows, columns);
      close(generated('normop', a), spectral('normop', a).data, 1e-12);
    }
  });
  test('what is infinite or no number has no eigenvalues', () => {
    expect(generated('eigvals', square([1, NaN], [0, 1]))).toEqual([NaN, NaN]);
    expect(() => spectral('eigvals', square([1, Infinity], [0, 1]))).toThrow('infinite');
  });
});
