/** Do numbers satisfy what is stated of a name, or what a function asks of its arguments? */
import type { EntrywiseRecord, Requirement } from '../../rules/functions/index.ts';
import { invariant } from '../basics/problem.ts';
import { scalar } from './array.ts';
import { interpret } from './interpret.ts';
import { parseExpression } from '../parse/parse.ts';
import { type Fact, isSymmetric, zerosOf } from '../syntax/facts.ts';
import type { Expression } from '../syntax/tree.ts';

// ---- facts
// Do numbers satisfy the facts stated about a name? What is said of a defined name restricts the points: w = u + v,
// positive.

/** Row-major; a vector is one row. */
interface Entries {
  readonly values: readonly number[];
  readonly rows: number;
  readonly columns: number;
  /** Those that other facts do not fix to be 0. */
  readonly free: readonly number[];
}
type Test = (entries: Entries) => boolean;

export function factsHold(values: readonly number[], facts: ReadonlySet<Fact>, extents: readonly number[]): boolean {
  const columns = extents.at(-1) ?? 1;
  const isFree = freeEntries(facts);
  const free = values.filter((_, n) => isFree(Math.floor(n / columns), n % columns));
  const entries = { values, columns, rows: values.length / columns, free };
  return [...facts].every((fact) => tests[fact](entries));
}

/** Which entries of a matrix are not 0 by its facts alone? A sign speaks of these. */
export function freeEntries(facts: ReadonlySet<Fact>): (i: number, j: number) => boolean {
  const zeros = zerosOf(facts);
  const isMirrored = isSymmetric(facts);
  const isLower = zeros.has('above the diagonal') || (isMirrored && zeros.has('below the diagonal'));
  const isUpper = zeros.has('below the diagonal') || (isMirrored && zeros.has('above the diagonal'));
  return (i, j) => !((isLower && j > i) || (isUpper && j < i));
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a));
const each =
  (holds: (value: number) => boolean): Test =>
  ({ free }) =>
    free.every(holds);
const at = ({ values, columns }: Entries, i: number, j: number): number => values[i * columns + j]!;
const everywhere = (a: Entries, holds: (i: number, j: number) => boolean): boolean =>
  a.values.every((_, n) => holds(Math.floor(n / a.columns), n % a.columns));
const isSquareWhere = (a: Entries, holds: (i: number, j: number) => boolean): boolean =>
  a.rows === a.columns && everywhere(a, holds);
const rowOf = ({ values, columns }: Entries, i: number): readonly number[] =>
  values.slice(i * columns, (i + 1) * columns);
const columnOf = (a: Entries, j: number): readonly number[] => Array.from({ length: a.rows }, (_, i) => at(a, i, j));
const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((total, x, k) => total + x * b[k]!, 0);
const unit = (i: number, j: number): number => (i === j ? 1 : 0);
const isZeroOrOne = (x: number): boolean => x === 0 || x === 1;
const rowsSumTo1: Test = (a) =>
  Array.from({ length: a.rows }, (_, i) => rowOf(a, i).reduce((x, y) => x + y, 0)).every((sum) => near(sum, 1));
const columnsAreOrthonormal: Test = (a) =>
  Array.from({ length: a.columns }, (_, i) => i).every((i) =>
    Array.from({ length: a.columns }, (_, j) => j).every((j) => near(dot(columnOf(a, i), columnOf(a, j)), unit(i, j))),
  );

const tests: Readonly<Record<Fact, Test>> = {
  positive: each((x) => x > 0),
  negative: each((x) => x < 0),
  nonnegative: each((x) => x >= 0),
  nonzero: ({ values }) => values.some((x) => x !== 0),
  binary: each(isZeroOrOne),
  pm1: each((x) => Math.abs(x) === 1),
  bernoulli: each(isZeroOrOne),
  mean: () => true,
  cov: () => true,
  random: () => true,
  constant: () => true,
  // Formulas that need the inverse do not exist elsewhere.
  invertible: () => true,
  onehot: (a) => a.values.every(isZeroOrOne) && rowsSumTo1(a),
  simplex: (a) => a.values.every((x) => x > 0) && rowsSumTo1(a),
  stochastic: (a) => a.values.every((x) => x >= 0) && rowsSumTo1(a),
  symmetric: (a) => isSquareWhere(a, (i, j) => near(at(a, i, j), at(a, j, i))),
  skew: (a) => isSquareWhere(a, (i, j) => near(at(a, i, j), -at(a, j, i))),
  diagonal: (a) => isSquareWhere(a, (i, j) => i === j || at(a, i, j) === 0),
  lower: (a) => isSquareWhere(a, (i, j) => i >= j || at(a, i, j) === 0),
  upper: (a) => isSquareWhere(a, (i, j) => i <= j || at(a, i, j) === 0),
  orthonormal: columnsAreOrthonormal,
  orthogonal: (a) => a.rows === a.columns && columnsAreOrthonormal(a),
  permutation: (a) => a.values.every(isZeroOrOne) && a.rows === a.columns && columnsAreOrthonormal(a),
  idempotent: (a) => isSquareWhere(a, (i, j) => near(dot(rowOf(a, i), columnOf(a, j)), at(a, i, j))),
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

// ---- conditions of functions
// Does a condition of a function's record hold for these arguments?

const parsed = new Map<string, Expression>();
export function formula(text: string): Expression {
  let known = parsed.get(text);
  if (!known) {
    const outcome = parseExpression(text);
    invariant(outcome.ok, `“${text}” is an expression`);
    parsed.set(text, (known = outcome.value));
  }
  return known;
}

/** What each need says of one number. */
export const holdsOf: Readonly<Record<Requirement['needs'], (value: number) => boolean>> = {
  positive: (x) => x > 0,
  nonnegative: (x) => x >= 0,
  nonzero: (x) => x !== 0,
  'inside-unit': (x) => Math.abs(x) < 1,
  unit: (x) => Math.abs(x) <= 1,
  probability: (x) => x > 0 && x < 1,
  'off-poles': (x) => x > 0 || !Number.isInteger(x),
  'not-integer': (x) => !Number.isInteger(x),
  natural: (x) => x >= 0 && Number.isInteger(x),
  // Of whole arrays; a number meets them, or is asked otherwise.
  invertible: (x) => x !== 0,
  'unique-maximum': () => true,
  'unique-minimum': () => true,
  distinct: () => true,
  principal: (x) => x > 0,
  definite: (x) => x > 0,
};

export function requirementHolds(
  { needs, of }: Requirement,
  record: Pick<EntrywiseRecord, 'arguments'>,
  args: readonly number[],
): boolean {
  const values = new Map(record.arguments.map((name, n) => [name, scalar(args[n]!)]));
  return holdsOf[needs](interpret(formula(of), { values, sizes: {} }).data[0]!);
}
