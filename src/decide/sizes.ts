/** For which sizes is a claim tried out? */
import { type Dim, evaluateDim } from '../shape/dim.ts';
import { outside } from './field.ts';

export type Sizes = Readonly<Record<string, number>>;

export function sizeAt(dim: Dim, sizes: Sizes): number {
  const size = evaluateDim(dim, sizes);
  return size === undefined || size < 0 ? outside() : size;
}

/** Each round, the size for the k-th name. Different names differ in most rounds, lest a square hide a transpose. */
const rounds: readonly ((k: number) => number)[] = [
  () => 2,
  (k) => 2 + (k % 3),
  (k) => 3 - (k % 2),
  (k) => 4 - (k % 3),
  () => 1,
  (k) => 3 + (k % 3),
  (k) => 5 - (k % 2),
  (k) => 7 - (k % 3),
];

export function sizesToTry(names: Iterable<string>, most = rounds.length): readonly Sizes[] {
  const all = [...names];
  if (all.length === 0) return [{}];
  return rounds.slice(0, most).map((sizeOf) => Object.fromEntries(all.map((name, k) => [name, sizeOf(k)])));
}
