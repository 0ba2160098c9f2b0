/** Evaluation in doubles: to find points where two sides differ, never to prove that they agree. */
import * as Q from '../basics/rational.ts';
import { spectral } from '../evaluate/spectral.ts';
import { entrywise, type EntrywiseName, type EntrywiseRecord } from '../../rules/functions/index.ts';
import { requirementHolds } from '../evaluate/holds.ts';
import { type Field, outside } from './field.ts';
import { array, type NumericArray } from '../evaluate/array.ts';
import type { TestFunction } from '../evaluate/interpret.ts';
import type { UnknownFunction } from '../elaborate/scope.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { sizeAt, type Sizes } from './point.ts';
import { type UnknownOperation, unknownFunction } from '../terms/node.ts';

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
    apply: (fn, args) => {
      const record: EntrywiseRecord = entrywise[fn];
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
    spectral: (op, { values, extents }) => [...spectral(op, array(extents, values)).data].map(finite),
    unknown: (op, argument, outs) => finite(functions.valueOf(op, argument, outs)),
  };
}

// ---- unknown functions: a fixed, slightly crooked function stands in for each

export interface TestFunctions {
  /** Positions count from 1. */
  readonly valueOf: (op: UnknownOperation, argument: readonly number[], outs: readonly number[]) => number;
  readonly forInterpreter: ReadonlyMap<string, TestFunction>;
  /** How to write them, for a counterexample. */
  readonly written: Readonly<Record<string, string>>;
}

interface StandIn {
  readonly to: readonly number[];
  readonly from: readonly number[];
  /** Tells one function from the next. */
  readonly shift: number;
}

/** f(x)[i] = sum_j((i + 2*j + c)*x[j] + (i + c)*x[j]^2), all entries counted in one row. */
const valueAt = (i: number, x: readonly number[], c: number): number =>
  x.reduce((total, xj, j) => total + (i + 2 * (j + 1) + c) * xj + (i + c) * xj * xj, 0);
const slopeAt = (i: number, j: number, x: readonly number[], c: number): number =>
  i + 2 * j + c + 2 * (i + c) * x[j - 1]!;

const flat = (at: readonly number[], extents: readonly number[]): number =>
  extents.reduce((total, extent, n) => total * extent + at[n]! - 1, 0) + 1;
const count = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => k + 1);

export function testFunctions(functions: ReadonlyMap<string, UnknownFunction>, sizes: Sizes): TestFunctions {
  const extents = (shape: Shape): readonly number[] => axesOf(shape).map((dim) => sizeAt(dim, sizes));
  const standIns = new Map(
    [...functions.values()].map(({ name, from, to }, shift): [string, StandIn] => [
      name,
      { from: extents(from), to: extents(to), shift },
    ]),
  );
  return {
    valueOf: (op, argument, outs) => {
      const { result, name } = unknownFunction(op);
      const { from, to, shift } = standIns.get(name)!;
      const i = flat(outs.slice(0, to.length), to);
      if (result === 'call') return valueAt(i, argument, shift);
      const j = flat(outs.slice(to.length), from);
      return slopeAt(i, j, argument, shift);
    },
    forInterpreter: new Map([...standIns].map(([name, standIn]) => [name, interpreted(standIn)])),
    written: Object.fromEntries([...standIns].map(([name, standIn]) => [name, text(name, standIn.shift)])),
  };
}

const shaped = (data: readonly number[], rows: number, columns: number): NumericArray => array([rows, columns], data);

function interpreted({ from, to, shift }: StandIn): TestFunction {
  return {
    value: ({ data }) =>
      shaped(
        upTo(count(to)).map((i) => valueAt(i, [...data], shift)),
        to[0] ?? 1,
        to[1] ?? 1,
      ),
    jacobian: ({ data }) =>
      shaped(
        upTo(count(to)).flatMap((i) => upTo(count(from)).map((j) => slopeAt(i, j, [...data], shift))),
        count(to),
        count(from),
      ),
  };
}

function text(name: string, shift: number): string {
  const more = shift === 0 ? '' : ` + ${shift}`;
  return `${name}(x)[i] = sum_j((i + 2*j${more})*x[j] + ${shift === 0 ? 'i' : `(i${more})`}*x[j]^2)`;
}
