/** Evaluation in doubles: to find points where two sides differ, never to prove that they agree. */
import * as Q from '../basics/rational.ts';
import { entrywise } from '../evaluate/entrywise.ts';
import { type Field, outside } from './field.ts';
import type { TestFunctions } from './test-functions.ts';

const comparisons: Readonly<Record<string, (x: number, y: number) => boolean>> = {
  greater: (x, y) => x > y,
  less: (x, y) => x < y,
  'at-least': (x, y) => x >= y,
  'at-most': (x, y) => x <= y,
  equals: (x, y) => x === y,
  differs: (x, y) => x !== y,
};
/** Beyond this, rounding may be all that is left. */
const largestUseful = 1e12;
const smallestPivot = 1e-5;

export interface Doubles extends Field<number> {
  /** The largest number met so far: what is 1e-16 of it is rounding. */
  readonly peak: () => number;
}

/** `skipKinks`: a derivative is not asked for where there is none. */
export function doubles(
  functions: Pick<TestFunctions, 'valueOf'>,
  skipKinks: boolean,
  largest = largestUseful,
): Doubles {
  let peak = 0;
  const finite = (value: number): number => {
    const size = Math.abs(value);
    if (size > peak) peak = size;
    return size <= largest ? value : outside();
  };
  const kink = (tie: boolean): void => {
    if (tie && skipKinks) outside();
  };
  return {
    peak: () => peak,
    zero: 0,
    one: 1,
    rational: Q.toNumber,
    plus: (a, b) => finite(a + b),
    times: (a, b) => finite(a * b),
    inverse: (a) => finite(1 / a),
    vanishes: (a) => Math.abs(a) < smallestPivot,
    isLarger: (a, b) => Math.abs(a) > Math.abs(b),
    power: (base, exponent) => finite(base ** Q.toNumber(exponent)),
    apply: (fn, [x, y]) => {
      if (fn === 'power') return finite(x! ** y!);
      if (fn === 'max') {
        kink(x === y);
        return Math.max(x!, y!);
      }
      const compare = comparisons[fn];
      if (compare) {
        kink(x === y && fn !== 'equals' && fn !== 'differs');
        return compare(x!, y!) ? 1 : 0;
      }
      kink(x === 0 && kinked.has(fn));
      const f = entrywise[fn];
      return f ? finite(f(x!)) : outside();
    },
    largest: (values) => {
      const most = Math.max(...values);
      kink(values.filter((value) => value === most).length > 1);
      return most;
    },
    constant: () => Math.PI,
    unknown: (op, argument, outs) => finite(functions.valueOf(op, argument, outs)),
  };
}
const kinked: ReadonlySet<string> = new Set(['abs', 'sign', 'step', 'relu']);
