/** Evaluation in doubles: to find points where two sides differ, never to prove that they agree. */
import { isInteger } from '../assume/assume.ts';
import * as Q from '../basics/rational.ts';
import { attempt } from '../basics/problem.ts';
import { spectral } from '../evaluate/spectral.ts';
import { entrywise, type EntrywiseName, type EntrywiseRecord } from '../../rules/functions/index.ts';
import { requirementHolds } from '../evaluate/holds.ts';
import { type Field, outside } from './field.ts';
import { array } from '../evaluate/array.ts';
import type { TestFunctions } from './stand-ins.ts';

/** 1[x == max(x)] is where it ought to be, not at an edge, wherever it is not 0. */
const atHome: ReadonlySet<EntrywiseName> = new Set(['equals', 'differs']);
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
    computes: () => true,
    apply: (fn, args, node) => {
      const record: EntrywiseRecord = entrywise[fn];
      // A negative number has powers with whole exponents only; (-1)^a at a = -1 is one by chance.
      const isWhole = (): boolean => node !== undefined && isInteger(node.args[1]!).known === 'yes';
      if (fn === 'power' && args[0]! < 0 && !isWhole()) outside();
      if (skipKinks && !atHome.has(fn))
        kink(record.kinks.some((condition) => !requirementHolds(condition, record, args)));
      return finite(record.value(...args));
    },
    largest: (values) => {
      const most = Math.max(...values);
      kink(values.filter((value) => value === most).length > 1);
      return most;
    },
    constant: () => Math.PI,
    spectral: (op, { values, extents }) => {
      const found = attempt(() => spectral(op, array(extents, values)));
      return found.ok ? [...found.value.data].map(finite) : outside();
    },
    unknown: (op, argument, outs) => finite(functions.valueOf(op, argument, outs)),
  };
}
