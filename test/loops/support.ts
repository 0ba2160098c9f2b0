/** Terms by hand, and three ways to their numbers: by definition, by interpreted loops, by compiled JavaScript. */
import { expect } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { compileJavaScript, type HandedFunction } from '../../src/loops/emit/javascript.ts';
import { interpretLoops } from './interpret.ts';
import { lower, type WantedOutput } from '../../src/loops/lower.ts';
import type { LoopProgram } from '../../src/loops/program.ts';
import { entrywiseFunctions } from '../../rules/functions/index.ts';
import { faultsOf } from './well-formed.ts';
import { type Dim, evaluateDim, named } from '../../src/shape/dim.ts';
import {
  argumentsOf,
  contract,
  instantiate,
  openOperation,
  partsOf,
  summandsOf,
  symbolTerm,
} from '../../src/terms/construct.ts';
import { freshIndex } from '../../src/terms/intern.ts';
import type { Operation, ApplyNode, Bound, Index, OperationNode, Term, TermSymbol } from '../../src/terms/node.ts';

export const [m, n, p] = ['m', 'n', 'p'].map(named) as [Dim, Dim, Dim];

/** The place of a name in its program, the same whichever tests ran before: hashes, and with them orders, are made of it. */
const orderOf = (name: string): number => [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
function symbol(name: string, dims: readonly Dim[], role: TermSymbol['role'], definition?: Term): TermSymbol {
  return {
    name,
    role,
    shape: { kind: 'tensor', axes: dims },
    dims,
    facts: new Set(),
    definition,
    order: orderOf(name),
  };
}
export const variable = (name: string, ...dims: readonly Dim[]): TermSymbol => symbol(name, dims, 'variable');
/** A name for a term over these indices. */
export const define = (name: string, over: readonly Bound[], term: Term): TermSymbol => {
  const slots = new Map(over.map(({ index }, slot) => [index, slot]));
  const definition: Term = instantiateIndices(term, slots);
  return symbol(
    name,
    over.map(({ dim }) => dim),
    'name',
    definition,
  );
};
const instantiateIndices = ({ node, at }: Term, slots: ReadonlyMap<Index, number>): Term => ({
  node,
  at: at.map((index) => slots.get(index) ?? index),
});

export const at = (s: TermSymbol, ...indices: readonly (Bound | number)[]): Term =>
  symbolTerm(
    s,
    indices.map((i) => (typeof i === 'number' ? i : i.index)),
  );
export const over = (dim: Dim): Bound => ({ index: freshIndex(), dim });
export const sumOver = (bound: readonly Bound[], ...terms: readonly Term[]): Term => contract(terms, bound);
export const output = (term: Term, ...axes: readonly Bound[]): WantedOutput => ({
  name: 'y',
  term,
  axes: axes.map((b) => [b]),
});

// ---- numbers

export type Numbers = Readonly<Record<string, readonly number[]>>;
export type Sizes = Readonly<Record<string, number>>;

/** Reproducible numbers between -1 and 1. */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
export function randomInputs(program: LoopProgram, seed = 1): Numbers {
  const random = createRandom(seed);
  return Object.fromEntries(program.inputs.map(({ name, length }) => [name, Array.from({ length }, random)]));
}

/** By definition: every sum over all its indices, every product factor by factor. */
export function naive(t: Term, places: ReadonlyMap<Index, number>, inputs: Numbers, sizes: Sizes): number {
  const { node } = t;
  const size = (dim: Dim): number => evaluateDim(dim, sizes)!;
  const place = (index: Index): number => (index < 0 ? -index - 1 : places.get(index)!);
  const [first, second, third] = t.at.map(place);
  const inner = (child: Term, more: ReadonlyMap<Index, number> = new Map()): number =>
    naive(child, new Map([...places, ...more]), inputs, sizes);
  switch (node.kind) {
    case 'number':
      return Q.toNumber(node.value);
    case 'size':
      return size(node.dim);
    case 'index':
      return first! + 1;
    case 'delta':
      return Number(first === second);
    case 'pairing':
      return Number(first === second! * size(node.slots[2]!) + third!);
    case 'block':
      return Number(
        first! + 1 ===
          node.coefficients.reduce((total, c, n) => total + c * (place(t.at[n + 1]!) + 1), size(node.offset)),
      );
    case 'guard': {
      const total = node.coefficients.reduce((sum, c, n) => sum + c * (place(t.at[n]!) + 1), size(node.offset));
      return Number(node.relation === 'at-least' ? total >= 1 : total !== 0);
    }
    case 'symbol': {
      const { definition, dims, name, role } = node.symbol;
      if (role === 'constant' && name === 'pi') return Math.PI;
      if (definition) return inner(instantiate(definition, t.at));
      const cell = t.at.reduce((total, index, axis) => total * size(dims[axis]!) + place(index), 0);
      return inputs[name]![cell]!;
    }
    case 'sum':
      return summandsOf(t).reduce((total, [c, s]) => total + Q.toNumber(c) * inner(s), 0);
    case 'product': {
      const { coefficient, factors, bound } = partsOf(t);
      let total = 0;
      for (const more of placesOf(bound, sizes))
        total += factors.reduce((value, [f, e]) => value * inner(f, more) ** Q.toNumber(e), Q.toNumber(coefficient));
      return total;
    }
    case 'apply': {
      const args = argumentsOf(t as Term & { readonly node: ApplyNode });
      return entrywiseFunctions.get(node.fn)!.value(...args.map((arg) => inner(arg)));
    }
    case 'operation':
      return naiveOperation(t as Term & { readonly node: OperationNode }, place, inner, sizes);
  }
}

export function* placesOf(bound: readonly Bound[], sizes: Sizes): Generator<ReadonlyMap<Index, number>> {
  const [head, ...rest] = bound;
  if (!head) {
    yield new Map();
    return;
  }
  for (let value = 0; value < evaluateDim(head.dim, sizes)!; value++)
    for (const others of placesOf(rest, sizes)) yield new Map([[head.index, value], ...others]);
}

function naiveOperation(
  t: Term & { readonly node: OperationNode },
  place: (index: Index) => number,
  inner: (child: Term, more: ReadonlyMap<Index, number>) => number,
  sizes: Sizes,
): number {
  const { op, body, bound, outs } = openOperation(t);
  const values = [...placesOf(bound, sizes)].map((places) => inner(body, places));
  const weights = values.map(Math.exp);
  const total = weights.reduce((a, b) => a + b, 0);
  const out = outs.map(place);
  switch (op) {
    case 'softmax':
      return weights[out[0]!]! / total;
    case 'log_softmax':
      return values[out[0]!]! - Math.log(total);
    case 'logsumexp':
      return Math.log(total);
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'prod':
      return values.reduce((a, b) => a * b, 1);
    case 'var': {
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    }
    default:
      return ofMatrix(op, values, out);
  }
}
function ofMatrix(op: Operation, values: readonly number[], out: readonly number[]): number {
  const size = Math.sqrt(values.length);
  const rows = Array.from({ length: size }, (_, i) => values.slice(i * size, (i + 1) * size));
  if (op === 'det') return laplace(rows);
  if (op === 'logdet') return Math.log(Math.abs(laplace(rows)));
  // The adjugate; the inverse is that over the determinant.
  const minor = rows.filter((_, i) => i !== out[1]).map((row) => row.filter((_entry, j) => j !== out[0]));
  const cofactor = (-1) ** (out[0]! + out[1]!) * laplace(minor);
  return op === 'adj' ? cofactor : cofactor / laplace(rows);
}
function laplace(rows: readonly (readonly number[])[]): number {
  if (rows.length === 0) return 1;
  return rows[0]!.reduce(
    (total, value, j) => total + (-1) ** j * value * laplace(rows.slice(1).map((row) => row.filter((_, c) => c !== j))),
    0,
  );
}
export function naiveOutput({ term, axes }: WantedOutput, inputs: Numbers, sizes: Sizes): number[] {
  return [...placesOf(axes.flat(), sizes)].map((places) => naive(term, places, inputs, sizes));
}

// ---- checking

export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-11): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(1, ...Array.from(expected, Math.abs).filter(Number.isFinite));
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    const close = Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * scale;
    if (!close) expect.fail(`entry ${i} is ${a} instead of ${b}`);
  }
}

export interface Checked {
  readonly program: LoopProgram;
  readonly values: readonly Float64Array[];
}
/** Lowers, verifies, interprets, compiles; all three results must agree. */
export function check(
  outputs: readonly WantedOutput[],
  sizes: Sizes,
  given?: Numbers,
  functions: Readonly<Record<string, HandedFunction>> = {},
): Checked {
  const program = lower(outputs, sizes);
  expect(faultsOf(program)).toEqual([]);
  const inputs = given ?? randomInputs(program);
  const interpreted = interpretLoops(program, inputs, { functions });
  const evaluate = compileJavaScript(program, functions);
  const stale = program.outputs.map(({ buffer }) => new Float64Array(buffer.length).fill(NaN));
  evaluate(inputs, stale);
  // Twice: nothing may remain from the first time.
  evaluate(inputs, stale);
  stale.forEach((values, i) => expectClose(values, interpreted[i]!));
  return { program, values: interpreted };
}
/** The same, and also against the definition. */
export function checkAll(outputs: readonly WantedOutput[], sizes: Sizes, given?: Numbers): Checked {
  const checked = check(outputs, sizes, given);
  const inputs = given ?? randomInputs(checked.program);
  outputs.forEach((wanted, i) => expectClose(checked.values[i]!, naiveOutput(wanted, inputs, sizes), 1e-10));
  return checked;
}

export function countOperations(program: LoopProgram, inputs: Numbers = randomInputs(program)): number {
  let total = 0;
  interpretLoops(program, inputs, { onOperations: (count) => (total += count) });
  return total;
}
