/** What does an unknown function f do where numbers are needed? A fixed, slightly crooked function stands in for it. */
import { array, type NumericArray } from '../evaluate/array.ts';
import type { TestFunction } from '../evaluate/interpret.ts';
import type { UnknownFunction } from '../elaborate/scope.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { sizeAt, type Sizes } from './sizes.ts';

export interface TestFunctions {
  /** call:f, jacobian:f or hessian:f; positions count from 1. */
  readonly valueOf: (op: string, argument: readonly number[], outs: readonly number[]) => number;
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
      const [kind, name] = op.split(':') as [string, string];
      const { from, to, shift } = standIns.get(name)!;
      const i = flat(outs.slice(0, to.length), to);
      if (kind === 'call') return valueAt(i, argument, shift);
      const j = flat(outs.slice(to.length, to.length + from.length), from);
      if (kind === 'jacobian') return slopeAt(i, j, argument, shift);
      const k = flat(outs.slice(to.length + from.length), from);
      return j === k ? 2 * (i + shift) : 0;
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
