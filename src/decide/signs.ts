/** What depends on signs and on order, modulo a prime: |x|, comparisons, maxima. Each such decision is counted. */
import type { Random } from '../evaluate/random.ts';
import type { Atoms } from './atoms.ts';
import type { PrimeArithmetic } from './prime.ts';

export interface Signs {
  readonly absolute: (x: number) => number;
  /** 1, 0 or -1 for above, equal, below. */
  readonly compare: (x: number, y: number) => number;
  readonly equal: (x: number, y: number) => boolean;
  readonly largest: (values: readonly number[]) => number;
  /** In how many ways can all decisions so far come out? */
  readonly cases: () => number;
  /** Plain numbers that something has been decided about. A size in disguise among them would be another for other sizes. */
  readonly decidedNumbers: () => ReadonlySet<string>;
}

const ascending = (a: number, b: number): number => a - b;
/** Residues of numbers with small numerators and denominators, which chance does not hit. */
const largestNumerator = 2 ** 10;
const denominators = [1, 2, 3, 4, 6] as const;

export function createSigns(
  { p, minus, times, negated, isPositive }: PrimeArithmetic,
  { atom }: Atoms,
  random: Random,
): Signs {
  const decided = new Map<string, number>();
  const numbers = new Set<string>();
  const noteNumber = (a: number): void => {
    for (const d of denominators) {
      const scaled = times(a, d);
      if (Math.min(scaled, p - scaled) > largestNumerator) continue;
      numbers.add(`${scaled > p / 2 ? scaled - p : scaled}/${d}`);
      return;
    }
  };
  const isAbove = (a: number): boolean => {
    decided.set(`${Math.min(a, p - a)}`, 2);
    noteNumber(a);
    return isPositive(a);
  };
  const compare = (x: number, y: number): number => {
    const difference = minus(x, y);
    return difference === 0 ? 0 : isAbove(difference) ? 1 : -1;
  };
  const equal = (x: number, y: number): boolean => {
    const difference = minus(x, y);
    noteNumber(difference);
    return difference === 0;
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
    decided.set(key, values.length);
    return sorted[atom(key, () => random.below(sorted.length))]!.value;
  };
  return {
    absolute: (x) => (x === 0 ? 0 : isAbove(x) ? x : negated(x)),
    compare,
    equal,
    largest,
    cases: () => [...decided.values()].reduce((product, ways) => product * ways, 1),
    decidedNumbers: () => numbers,
  };
}
