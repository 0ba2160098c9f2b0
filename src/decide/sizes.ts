/** For which sizes is a claim tried out? */
import { type Dim, evaluateDim } from '../shape/dim.ts';
import { outside } from './field.ts';

export type Sizes = Readonly<Record<string, number>>;

export function sizeAt(dim: Dim, sizes: Sizes): number {
  const size = evaluateDim(dim, sizes);
  return size === undefined || size < 0 ? outside() : size;
}

/**
 * One round a row; a name takes the column of its place. Any two names are apart by much, by little, and in both orders: what
 * holds for equal sizes, or for sizes that differ by one, does not hold for that reason alone. The first round is for
 * counterexamples that are easy to read, size 1 for what is wrong there only.
 */
const rounds: readonly (readonly number[])[] = [
  [2, 2, 2, 2, 2],
  [2, 3, 4, 6, 5],
  [5, 2, 3, 4, 6],
  [3, 7, 2, 5, 4],
  [6, 4, 5, 2, 3],
  [2, 9, 3, 7, 5],
  [10, 2, 6, 3, 4],
  [1, 1, 1, 1, 1],
  [4, 1, 2, 1, 3],
  [1, 4, 1, 3, 2],
  [8, 8, 3, 3, 8],
  [7, 6, 7, 6, 2],
];

/** `numbers`: what the claim speaks of; n*(n - 1)*(n - 2) is zero up to there. */
export function sizesToTry(names: Iterable<string>, numbers: Iterable<number> = []): readonly Sizes[] {
  const all = [...names];
  if (all.length === 0) return [{}];
  const most = Math.max(0, ...[...numbers].filter((x) => Number.isInteger(x) && x <= largestNumber));
  const beyond = most > 2 ? [rounds[0]!.map((_, k) => most + 1 + k), rounds[0]!.map((_, k) => most + 3 - (k % 2))] : [];
  return [...rounds, ...beyond].map((row) => Object.fromEntries(all.map((name, k) => [name, row[k % row.length]!])));
}
const largestNumber = 60;
