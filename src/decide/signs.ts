/** What depends on signs and on order, modulo a prime: |x|, comparisons, maxima. Each such decision is counted. */
import type { Random } from '../evaluate/random.ts';
import type { Atoms } from './atoms.ts';
import type { PrimeArithmetic } from './prime.ts';

export interface Signs {
  readonly absolute: (x: number) => number;
  /** 1, 0 or -1 for above, equal, below. */
  readonly compare: (x: number, y: number) => number;
  readonly largest: (values: readonly number[]) => number;
  readonly decisions: () => number;
}

const ascending = (a: number, b: number): number => a - b;

export function createSigns(
  { p, minus, negated, isPositive }: PrimeArithmetic,
  { atom }: Atoms,
  random: Random,
  ties: boolean,
): Signs {
  const decided = new Set<string>();
  const isAbove = (a: number): boolean => {
    decided.add(`${Math.min(a, p - a)}`);
    return isPositive(a);
  };
  const compare = (x: number, y: number): number => {
    const difference = minus(x, y);
    if (difference === 0) return 0;
    const key = `tie ${Math.min(difference, p - difference)}`;
    if (ties && atom(key, () => random.below(3)) === 0) return 0;
    return isAbove(difference) ? 1 : -1;
  };
  /** Any of the entries: the same one in whichever order they come, and when all are shifted. */
  const largest = (values: readonly number[]): number => {
    const distances = (from: number): string =>
      values
        .map((value) => minus(value, from))
        .toSorted(ascending)
        .join();
    const sorted = values
      .map((value) => ({ value, from: distances(value) }))
      .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    const key = `largest ${sorted.map(({ from }) => from).join(';')}`;
    decided.add(key);
    return sorted[atom(key, () => random.below(sorted.length))]!.value;
  };
  return {
    absolute: (x) => (isAbove(x) ? x : negated(x)),
    compare,
    largest,
    decisions: () => decided.size,
  };
}
