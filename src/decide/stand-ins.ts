/** What is an unknown function taken to be where numbers are needed? A smooth function, all of whose derivatives are known, stands in for it. */
import { sizeAt } from './point.ts';
import { numericShape } from './reference.ts';
import type { UnknownFunction } from '../elaborate/scope.ts';
import { array, type NumericArray, sizeOfShape } from '../evaluate/array.ts';
import { combineAll } from '../evaluate/combine.ts';
import type { TestFunction } from '../evaluate/interpret.ts';
import { axesOf, derivativeShape } from '../shape/shape.ts';
import type { UnknownOperation } from '../terms/node.ts';
import { isOfNumbers, unknownFunction } from '../terms/unknown.ts';

type Sizes = Readonly<Record<string, number>>;

/**
 * f(x)[i] = sum_j(linear(i, j)*x[j] + square(i, j)*x[j]^2) + sin(sum_j(wave(j)*x[j])), all entries of all arguments counted in one
 * row, from 1. No derivative of it is 0, none is diagonal, and f is no polynomial. `shift` tells one function from the next.
 */
interface Family {
  readonly linear: (i: number, j: number, shift: number) => number;
  readonly square: (i: number, j: number, shift: number) => number;
  readonly wave: (j: number, shift: number) => number;
}
/** To be read in a counterexample. */
export const readable: Family = {
  linear: (i, j, shift) => i + 2 * j + shift,
  square: (i, _j, shift) => i + shift,
  wave: (j) => j,
};
/** Small slopes, for differences. */
export const gentle: Family = {
  linear: (i, j, shift) => 0.5 + 0.25 * Math.cos(i + 2 * j + shift),
  square: (i, j, shift) => 0.15 + 0.1 * Math.sin(2 * i + j + shift),
  wave: (j, shift) => 0.5 + 0.3 * Math.cos(3 * j + shift),
};

export interface StandIn {
  readonly declared: UnknownFunction;
  /** The entries of the derivative `by`, row by row, at all entries of the arguments. */
  readonly entries: (by: readonly number[], x: readonly number[]) => Float64Array;
  readonly interpreted: TestFunction;
  /** How it is written, for a counterexample. */
  readonly written: string;
}

export function standInFor(declared: UnknownFunction, shift: number, sizes: Sizes, family: Family): StandIn {
  const inputs = declared.from.map((shape) => sizeOfShape(numericShape(shape, sizes)));
  const outputs = sizeOfShape(numericShape(declared.to, sizes));
  const starts = inputs.map((_, n) => inputs.slice(0, n).reduce((total, count) => total + count, 0));
  const positionsOf = (by: readonly number[]): readonly (readonly number[])[] =>
    by.reduce<readonly (readonly number[])[]>(
      (all, n) =>
        all.flatMap((at) => Array.from({ length: inputs[n - 1]! }, (_, k) => [...at, starts[n - 1]! + k + 1])),
      [[]],
    );
  const entries = (by: readonly number[], x: readonly number[]): Float64Array => {
    const along = positionsOf(by);
    const found = new Float64Array(outputs * along.length);
    for (let i = 1; i <= outputs; i++)
      along.forEach((at, n) => (found[(i - 1) * along.length + n] = entryOf(family, shift, i, at, x)));
    return found;
  };
  const kinds = { from: declared.from.map(({ kind }) => kind), to: declared.to.kind };
  const interpreted: TestFunction = (by, args) => {
    if (isOfNumbers(kinds)) return combineAll(args, declared.name, (...x) => entries(by, x)[0]!);
    const shape = derivativeShape(
      declared.to,
      by.map((n) => declared.from[n - 1]!),
    );
    return array(numericShape(shape, sizes), entries(by, entriesOf(args)));
  };
  return { declared, entries, interpreted, written: text(declared, shift) };
}
const entriesOf = (args: readonly NumericArray[]): readonly number[] => args.flatMap(({ data }) => [...data]);

/** The derivative of entry i by the entries `at`. */
function entryOf(
  { linear, square, wave }: Family,
  shift: number,
  i: number,
  at: readonly number[],
  x: readonly number[],
): number {
  const angle = x.reduce((total, value, j) => total + wave(j + 1, shift) * value, 0);
  // The derivatives of the sine go round in a circle of four.
  const oscillation = at.reduce(
    (product, j) => product * wave(j, shift),
    Math.sin(angle + (at.length % 4) * (Math.PI / 2)),
  );
  const [j, k] = at;
  if (j === undefined)
    return x.reduce(
      (total, value, n) => total + linear(i, n + 1, shift) * value + square(i, n + 1, shift) * value ** 2,
      oscillation,
    );
  if (k === undefined) return oscillation + linear(i, j, shift) + 2 * square(i, j, shift) * x[j - 1]!;
  return at.length === 2 && j === k ? oscillation + 2 * square(i, j, shift) : oscillation;
}

function text({ name, from, to }: UnknownFunction, shift: number): string {
  const more = shift === 0 ? '' : ` + ${shift}`;
  const [only, ...others] = from;
  if (only?.kind === 'scalar' && to.kind === 'scalar' && others.length === 0)
    return `${name}(x) = ${3 + shift}*x + ${shift === 0 ? '' : `${1 + shift}*`}x^2 + sin(x)`;
  const args = from.length === 1 ? 'x' : from.map((_, n) => `x${n + 1}`).join(', ');
  const entry = to.kind === 'scalar' ? '' : '[i]';
  const i = to.kind === 'scalar' ? `${1 + shift}` : shift === 0 ? 'i' : `(i${more})`;
  const linear = to.kind === 'scalar' ? `${1 + shift} + 2*j` : `i + 2*j${more}`;
  const told = from.length === 1 ? '' : `, where x are the entries of ${args}, one after the other`;
  return `${name}(${args})${entry} = sum_j((${linear})*x[j] + ${i === '1' ? '' : `${i}*`}x[j]^2) + sin(sum_j(j*x[j]))${told}`;
}

// ---- for claims

export interface TestFunctions {
  /** `argument`: all entries of all arguments; positions count from 1. */
  readonly valueOf: (op: UnknownOperation, argument: readonly number[], outs: readonly number[]) => number;
  readonly forInterpreter: ReadonlyMap<string, TestFunction>;
  readonly written: Readonly<Record<string, string>>;
}

export function testFunctions(functions: ReadonlyMap<string, UnknownFunction>, sizes: Sizes): TestFunctions {
  const standIns = new Map(
    [...functions.values()].map((declared, shift) => [declared.name, standInFor(declared, shift, sizes, readable)]),
  );
  return {
    valueOf: (op, argument, outs) => {
      const { name, by } = unknownFunction(op);
      const { declared, entries } = standIns.get(name)!;
      return entryAt(entries(by, argument), outs, declared, by, sizes);
    },
    forInterpreter: new Map([...standIns].map(([name, { interpreted }]) => [name, interpreted])),
    written: Object.fromEntries([...standIns].map(([name, { written }]) => [name, written])),
  };
}

/** The entry of a derivative at these positions, one for each axis. */
export function entryAt(
  entries: Float64Array,
  outs: readonly number[],
  { from, to }: UnknownFunction,
  by: readonly number[],
  sizes: Sizes,
): number {
  const extents = [to, ...by.map((n) => from[n - 1]!)].flatMap((shape) =>
    axesOf(shape).map((dim) => sizeAt(dim, sizes)),
  );
  return entries[outs.reduce((total, position, axis) => total * extents[axis]! + position - 1, 0)]!;
}
