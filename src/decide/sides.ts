/** The two sides of a claim at a point, in doubles: from their terms, and where it can follow, from the text by the interpreter. */
import type { Value } from '../elaborate/values.ts';
import { Refusal } from '../basics/problem.ts';
import { type Environment, interpret } from '../evaluate/interpret.ts';
import type { Expression } from '../syntax/tree.ts';
import { whole } from '../terms/substitute.ts';
import { entriesOf, extentsOf } from './difference.ts';
import { doubles } from './doubles.ts';
import { termEvaluator, type TermEvaluator } from './evaluate-term.ts';
import { sizeAt } from './sizes.ts';
import { factsHold } from './facts-hold.ts';
import { outside } from './field.ts';
import type { NumericPoint } from './point.ts';
import type { Subject } from './subject.ts';
import { testFunctions } from './test-functions.ts';

export interface Sides {
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Of the largest two entries, by the size of the largest entry. */
  readonly difference: number;
  /** The interpreter has found other values: then nothing can be said. */
  readonly conflict: boolean;
}

/** Rounding stays below the first; between the first two nothing is concluded; beyond the last one point is enough. */
export const bounds = { rounding: 1e-9, clear: 1e-6, certain: 1e-3 };
const mostWork = 400_000;

export function sidesAt(subject: Subject, point: NumericPoint): Sides {
  const { left, right, context, mentioned } = subject;
  const functions = testFunctions(context.checked.functions, point.sizes);
  const values = new Map([...point.values].map(([name, { data }]) => [name, [...data]]));
  const field = doubles(functions, mentioned.derives);
  const evaluate = termEvaluator(field, { sizes: point.sizes, values }, mostWork);
  if (!definedFactsHold(subject, evaluate, point)) return outside();
  const environment: Environment = {
    values: point.values,
    sizes: point.sizes,
    functions: functions.forInterpreter,
    definitions: new Map([...context.checked.definitions].map(([name, { value }]) => [name, value])),
    indices: new Map([...context.world.indexNames].map(([name, index]) => [name, point.free.get(index) ?? 1])),
  };
  const [a, b] = [left, right].map((value) => entriesOf(value, evaluate, point.sizes, point.free)) as [
    number[],
    number[],
  ];
  const count = Math.max(a.length, b.length);
  return {
    left: a,
    right: b,
    difference: compared(spread(a, count), spread(b, count)),
    conflict:
      contradicts(subject, environment, left, a, context.claim.left) ||
      contradicts(subject, environment, right, b, context.claim.right),
  };
}

const spread = (values: readonly number[], count: number): readonly number[] =>
  values.length === count ? values : Array.from({ length: count }, () => values[0]!);

function compared(a: readonly number[], b: readonly number[]): number {
  const scale = Math.max(1e-3, ...a.map(Math.abs), ...b.map(Math.abs));
  const most = Math.max(0, ...a.map((x, n) => Math.abs(x - b[n]!))) / scale;
  return Number.isNaN(most) ? outside() : most;
}

function definedFactsHold(
  { context, mentioned }: Subject,
  evaluate: TermEvaluator<number>,
  point: NumericPoint,
): boolean {
  for (const name of mentioned.definitions) {
    const symbol = context.world.symbol(name);
    if (!symbol || symbol.facts.size === 0) continue;
    const axes = symbol.dims.map((dim, index) => [{ index, dim }]);
    const entries = entriesOf({ term: whole(symbol), axes }, evaluate, point.sizes, point.free);
    if (
      !factsHold(
        entries,
        symbol.facts,
        symbol.dims.map((dim) => sizeAt(dim, point.sizes)),
      )
    )
      return false;
  }
  return true;
}

/** Sizes of 1 are left out: there the interpreter takes matrices for vectors. */
function contradicts(
  { mentioned, context }: Subject,
  environment: Environment,
  value: Value,
  entries: readonly number[],
  e: Expression,
): boolean {
  if (!mentioned.isPlain || Object.values(environment.sizes).some((size) => size < 2)) return false;
  if (extentsOf(value, environment.sizes).includes(1)) return false;
  try {
    const { data } = interpret(e, environment);
    if (data.length !== entries.length || context.checked.shapeOf(e).kind === 'tensor') return true;
    return [...data].every(Number.isFinite) && compared([...data], entries) > bounds.clear;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
