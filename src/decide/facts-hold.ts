/** Do numbers satisfy the facts stated about a name? What is said of a defined name restricts the points: w = u + v, positive. */
import type { Fact } from '../syntax/tree.ts';

interface Entries {
  readonly values: readonly number[];
  readonly rows: number;
  readonly columns: number;
}

/** Row-major; a vector is one row. */
export function factsHold(values: readonly number[], facts: ReadonlySet<Fact>, extents: readonly number[]): boolean {
  const columns = extents.at(-1) ?? 1;
  const entries = { values, columns, rows: values.length / columns };
  return [...facts].every((fact) => tests[fact](entries));
}

type Test = (entries: Entries) => boolean;
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a));
const each =
  (holds: (value: number) => boolean): Test =>
  ({ values }) =>
    values.every(holds);
const at = ({ values, columns }: Entries, i: number, j: number): number => values[i * columns + j]!;
const everywhere = (a: Entries, holds: (i: number, j: number) => boolean): boolean =>
  a.values.every((_, n) => holds(Math.floor(n / a.columns), n % a.columns));
const rowOf = ({ values, columns }: Entries, i: number): readonly number[] =>
  values.slice(i * columns, (i + 1) * columns);
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((total, x, k) => total + x * b[k]!, 0);
const rowsSumTo1: Test = (a) =>
  Array.from({ length: a.rows }, (_, i) => rowOf(a, i).reduce((x, y) => x + y, 0)).every((sum) => near(sum, 1));

const tests: Readonly<Record<Fact, Test>> = {
  positive: each((x) => x > 0),
  negative: each((x) => x < 0),
  nonnegative: each((x) => x >= 0),
  nonzero: ({ values }) => values.some((x) => x !== 0),
  binary: each((x) => x === 0 || x === 1),
  pm1: each((x) => Math.abs(x) === 1),
  constant: () => true,
  // Formulas that need the inverse do not exist elsewhere.
  invertible: () => true,
  onehot: (a) => a.values.every((x) => x === 0 || x === 1) && rowsSumTo1(a),
  simplex: (a) => a.values.every((x) => x >= 0) && rowsSumTo1(a),
  symmetric: (a) => everywhere(a, (i, j) => near(at(a, i, j), at(a, j, i))),
  skew: (a) => everywhere(a, (i, j) => near(at(a, i, j), -at(a, j, i))),
  diagonal: (a) => everywhere(a, (i, j) => i === j || at(a, i, j) === 0),
  orthogonal: (a) => everywhere(a, (i, j) => near(dot(rowOf(a, i), rowOf(a, j)), i === j ? 1 : 0)),
  spd: (a) => tests.symmetric(a) && pivots(a).every((x) => x > 1e-9),
};

/** Of elimination without exchanges: all positive for definite matrices. */
function pivots(a: Entries): readonly number[] {
  const rows = Array.from({ length: a.rows }, (_, i) => [...rowOf(a, i)]);
  rows.forEach((row, k) => {
    for (const below of rows.slice(k + 1)) {
      const multiple = below[k]! / row[k]!;
      row.forEach((entry, j) => (below[j]! -= multiple * entry));
    }
  });
  return rows.map((row, k) => row[k]!);
}
