/** Functions of eigenvalues and singular values: the interpreter and generated code against exact values, and against each other. */
import { describe, expect, test } from 'vitest';
import type { DirectedName, SpectralName } from '../../rules/functions/index.ts';
import { array, type NumericArray } from '../../src/evaluate/array.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { multiply, transpose } from '../../src/evaluate/linear-algebra.ts';
import { directed, isPrincipal, spectral, sylvester } from '../../src/evaluate/spectral.ts';
import { program, valueOf } from '../api/given.ts';

const square = (...rows: readonly (readonly number[])[]): NumericArray =>
  array([rows.length, rows[0]!.length], rows.flat());

/** As evaluators have it. */
function generated(
  name: Exclude<SpectralName, DirectedName>,
  { shape: [m = 1, n = 1], data }: NumericArray,
): readonly number[] {
  const isSquare = !name.startsWith('norm') && name !== 'pinv';
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
  const table: readonly (readonly [
    name: Exclude<SpectralName, DirectedName>,
    of: NumericArray,
    values: readonly number[],
  ])[] = [
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
    ['normnuc', square([1, 2], [3, 4]), [Math.sqrt(34)]],
    ['normnuc', square([3, 0, 0], [0, 4, 0]), [7]],
    ['normnuc', square([1, 2], [2, 4]), [5]],
    ['chol', square([4, 2], [2, 5]), [2, 0, 1, 2]],
    ['chol', square([25, 15, -5], [15, 18, 0], [-5, 0, 11]), [5, 0, 0, 3, 3, 0, -1, 1, 3]],
    ['chol', square([4, 3], [1, 5]), [2, 0, 1, 2]],
    ['pinv', square([1, 2], [3, 4], [5, 6]), [-4 / 3, -1 / 3, 2 / 3, 13 / 12, 1 / 3, -5 / 12]],
    ['pinv', square([3, 4]), [3 / 25, 4 / 25]],
    ['expm', square([0, 0], [0, 0]), [1, 0, 0, 1]],
    ['expm', square([0, 3], [-3, 0]), [Math.cos(3), Math.sin(3), -Math.sin(3), Math.cos(3)]],
    ['expm', square([1, 1], [0, 1]), [Math.E, Math.E, 0, Math.E]],
    ['expm', square([0, 6, 0], [0, 0, 6], [0, 0, 0]), [1, 6, 18, 0, 1, 6, 0, 0, 1]],
    ['expm', square([0, 1e-9], [1e-9, 0]), [1, 1e-9, 1e-9, 1]],
    // Moler and Van Loan 1978: eigenvalues -1 and -17.
    [
      'expm',
      square([-49, 24], [-64, 31]),
      [
        -2 / Math.E + 3 * Math.exp(-17),
        1.5 / Math.E - 1.5 * Math.exp(-17),
        -4 / Math.E + 4 * Math.exp(-17),
        3 / Math.E - 2 * Math.exp(-17),
      ],
    ],
    ['logm', square([2, 1], [1, 2]), [1, 1, 1, 1].map((x) => (x * Math.log(3)) / 2)],
    ['logm', square([1, 5], [0, 1]), [0, 5, 0, 0]],
    ['logm', square([1e6, 0], [0, 1e-6]), [Math.log(1e6), 0, 0, -Math.log(1e6)]],
    ['logm', square([Math.cos(2), Math.sin(2)], [-Math.sin(2), Math.cos(2)]), [0, 2, -2, 0]],
    ['sqrtm', square([2, 1], [1, 2]), [1, -1, -1, 1].map((x) => (Math.sqrt(3) + x) / 2)],
    ['sqrtm', square([4, 4], [0, 4]), [2, 1, 0, 2]],
    ['sqrtm', square([1e8, 0], [0, 1e-4]), [1e4, 0, 0, 1e-2]],
  ];
  test.each(table)('%s of %j', (name, of, values) => {
    close(spectral(name, of).data, values);
    close(generated(name, of), values);
  });
});

describe('derivatives along a direction, and equations', () => {
  const valueAt = (
    text: string,
    values: Readonly<Record<string, readonly number[]>>,
    sizes = { n: 2 },
  ): readonly number[] => [
    ...valueOf(
      valueOf(program('X, V in R^(n x n); A in R^(n x n); B in R^(m x m); C in R^(n x m)').ask(text)).compile(sizes),
    )(values),
  ];
  const along = [1, 10, 100, 1000];
  test('at a diagonal matrix they are divided differences', () => {
    const [a, b] = [0.5, 2];
    const [slope, chord] = [Math.exp, (f: (x: number) => number) => (f(b) - f(a)) / (b - a)];
    const exponential = [slope(a), 10 * chord(Math.exp), 100 * chord(Math.exp), 1000 * slope(b)];
    const logarithm = [1 / a, 10 * chord(Math.log), 100 * chord(Math.log), 1000 / b];
    const root = [0.5 / Math.sqrt(a), 10 * chord(Math.sqrt), 100 * chord(Math.sqrt), 500 / Math.sqrt(b)];
    const values = { X: [a, 0, 0, b], V: along };
    close(valueAt('dexpm(X, V)', values), exponential);
    close(valueAt('dlogm(X, V)', values), logarithm);
    close(valueAt('jvp(sqrtm(X), X, V)', values), root);
    const [x, v] = [square([a, 0], [0, b]), square(along.slice(0, 2), along.slice(2))];
    close(directed.dexpm(x, v).data, exponential);
    close(directed.dlogm(x, v).data, logarithm);
    close(sylvester(spectral('sqrtm', x), spectral('sqrtm', x), v).data, root);
  });
  test('a Sylvester equation is solved', () => {
    const [a, b, c] = [square([4, 1], [-2, 3]), square([2, 0, 1], [1, 5, -1], [0, 1, 1]), square([1, 2, 3], [4, 5, 6])];
    const found = valueAt('sylvester(A, B, C)', { A: [...a.data], B: [...b.data], C: [...c.data] }, { n: 2, m: 3 } as {
      n: number;
    });
    close(found, sylvester(a, b, c).data);
    const x = square(found.slice(0, 3), found.slice(3));
    const sum = multiply(a, x).data.map((value, k) => value + multiply(x, b).data[k]!);
    close(sum, c.data);
  });
  test('what has no principal root is refused, or is no number', () => {
    for (const name of ['sqrtm', 'logm'] as const) {
      expect(() => spectral(name, square([-1, 0], [0, 2]))).toThrow();
      expect(generated(name, square([-1, 0], [0, 2])).every(Number.isFinite)).toBe(false);
      expect(isPrincipal(square([-1, 0], [0, 2]), 0.01)).toBe(false);
      expect(isPrincipal(square([0, 1], [-1, 0]), 0.01)).toBe(true);
      expect(isPrincipal(square([2, 1], [1, 2]), 0.01)).toBe(true);
    }
    expect(() => spectral('expm', square([1e13, 0], [0, 2]))).toThrow('overflows');
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
      for (const name of ['eigvals', 'eigmax', 'eigmin', 'normop', 'normnuc', 'expm'] as const)
        close(generated(name, a), spectral(name, a).data, 1e-12);
      const definite = multiply(a, transpose(a));
      definite.data.forEach((_, k) => (definite.data[k]! += k % (n + 1) === 0 ? 0.1 : 0));
      for (const name of ['sqrtm', 'logm'] as const)
        close(generated(name, definite), spectral(name, definite).data, 1e-11);
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
