/**
 * The two sides of a claim at a point, found in two ways: by their definitions, from the text, and from their terms. Terms have
 * the laws of matgrad in them already, so only definitions can tell whether a claim is false. Terms are quick and, where
 * derivatives are involved, more exact: they say where it is worth looking, and they are what is shown where both agree.
 */
import type { Value } from '../elaborate/values.ts';
import { attempt } from '../basics/problem.ts';
import type { Environment } from '../evaluate/interpret.ts';
import type { Expression } from '../syntax/tree.ts';
import { whole } from '../terms/substitute.ts';
import { type ClaimText, measured, type Measured } from './measured.ts';
import { referenceValue } from './reference.ts';
import { entriesOf, type Subject } from './subject.ts';
import { type Doubles, doubles } from './doubles.ts';
import { testFunctions } from './stand-ins.ts';
import { termEvaluator, type TermEvaluator } from './evaluate-term.ts';
import { sizeAt, type NumericPoint } from './point.ts';
import { map } from '../evaluate/array.ts';
import { randomNumbers } from '../evaluate/points.ts';
import { factsHold } from '../evaluate/holds.ts';
import { outside } from './field.ts';

/** Rounding stays below the first; between the first two nothing is concluded; beyond the last one point is enough. */
export const bounds = { rounding: 1e-9, clear: 1e-6, certain: 1e-3 };
/** A difference must be so many times what the ways of taking derivatives are apart. */
const distinct = 20;
/** Of the largest number on the way, after many steps. */
const roundingOf = 1e-12;
const mostWork = 400_000;
/** Entries of all variables together; with derivatives each of them is varied. */
const mostEntries = { plain: 4000, derived: 130, ofArrays: 60 };
/** Beyond this, rounding may be all that is left. */
const largestUseful = 1e7;

interface Entries {
  readonly left: readonly number[];
  readonly right: readonly number[];
}
export interface Sides extends Entries {
  /** Of the largest two entries, by the size of the largest entry. */
  readonly difference: number;
  /** What rounding may have made of it. */
  readonly rounding: number;
  /** Are the sides different beyond doubt? */
  readonly differ: boolean;
  /** Do text and terms have different values? Then one of our laws is wrong, or the text was misread, and nothing is proved. */
  readonly conflict: boolean;
  /** Only the text has a value here. It may be none: exp(-1/0) is 0 for a machine. */
  readonly isTextAlone: boolean;
}

/** `noise`: what rounding may have made of the difference. */
export type ByTerms = Entries & { readonly difference: number; readonly noise: number };
/** Undefined: the interpreter cannot follow the text at such a point. */
export type ByDefinition = (Entries & { readonly difference: number; readonly error: number }) | undefined;

const spread = (values: readonly number[], count: number): readonly number[] =>
  values.length === count ? values : Array.from({ length: count }, () => values[0]!);
const scaleOf = (...entries: readonly (readonly number[])[]): number => Math.max(1e-3, ...entries.flat().map(Math.abs));

function compared(a: readonly number[], b: readonly number[]): number {
  const count = Math.max(a.length, b.length);
  const [x, y] = [spread(a, count), spread(b, count)];
  const most = Math.max(0, ...x.map((value, n) => Math.abs(value - y[n]!))) / scaleOf(a, b);
  return Number.isNaN(most) ? outside() : most;
}

function evaluatorAt(
  { context, mentioned, text }: Subject,
  { sizes, values }: NumericPoint,
): { readonly evaluate: TermEvaluator<number>; readonly field: Doubles } {
  const entries = new Map([...values].map(([name, { data }]) => [name, [...data]]));
  // The text shows where a kink is; without it none is touched.
  const field = doubles(testFunctions(context.checked.functions, sizes), mentioned.derives && !text);
  return { field, evaluate: termEvaluator(field, { sizes, values: entries }, mostWork) };
}

/** All entries of a term at a point; throws where one does not exist. */
export const valuesAt = (value: Value, subject: Subject, point: NumericPoint): readonly number[] =>
  entriesOf(value, evaluatorAt(subject, point).evaluate, point.sizes, point.free);

/** Throws where a side does not exist. */
export function sidesByTerms(subject: Subject, point: NumericPoint): ByTerms {
  const { left, right } = subject;
  const { evaluate, field } = evaluatorAt(subject, point);
  const [a, b] = [left, right].map((value) => entriesOf(value, evaluate, point.sizes, point.free)) as [
    number[],
    number[],
  ];
  return { left: a, right: b, difference: compared(a, b), noise: (roundingOf * field.peak()) / scaleOf(a, b) };
}

/** Both ways joined; `undefined` where nothing can be learnt. */
export function sidesFrom(terms: ByTerms | undefined, text: ByDefinition): Sides | undefined {
  const doubtFrom = (rounding: number): number => Math.max(bounds.clear, rounding);
  const noise = terms?.noise ?? 0;
  if (!text)
    return (
      terms && {
        ...terms,
        rounding: noise,
        differ: terms.difference > doubtFrom(noise),
        conflict: false,
        isTextAlone: false,
      }
    );
  const rounding = distinct * text.error;
  const differ = text.difference > doubtFrom(rounding);
  if (!terms) return { ...text, rounding, differ, conflict: false, isTextAlone: true };
  const apart = Math.max(compared(terms.left, text.left), compared(terms.right, text.right));
  // Where differences are no derivative, they say nothing about the terms either. Terms lose other digits than the text does.
  const doubt = doubtFrom(Math.max(rounding, noise));
  const conflict = apart > doubt;
  const isExact = !conflict && (text.error < bounds.clear || terms.difference > doubt);
  return { ...(isExact ? terms : text), rounding, differ, conflict, isTextAlone: false };
}

/** Throws where a side does not exist. */
export function sidesByDefinition(subject: Subject, point: NumericPoint): ByDefinition {
  const { text, mentioned } = subject;
  if (!text || isTooLarge(subject, point)) return undefined;
  // A matrix of one column is a vector for the interpreter, and there are functions that treat vectors as a whole.
  if (mentioned.alongRows && Object.values(point.sizes).includes(1)) return undefined;
  const environment = environmentAt(subject, text, point);
  const measure = (e: Expression): Measured => measured(e, environment, text.reference);
  const left = sideOf(text.left, text.right, measure);
  const right = left && sideOf(text.right, text.left, measure);
  if (!left || !right) return undefined;
  const [a, b] = [[...left.value.data], [...right.value.data]];
  if (![...a, ...b].every((x) => Math.abs(x) <= largestUseful)) return outside();
  const difference = compared(a, b);
  const error = (left.error + right.error) / scaleOf(a, b);
  if (difference <= bounds.clear || difference <= distinct * error) return { left: a, right: b, difference, error };
  return { left: a, right: b, difference, error: Math.max(error, roundingIn([a, b], environment, text)) };
}

/**
 * What may rounding have made of the sides? Every result on the way is moved by as much as rounding may have moved it, at
 * random, and the sides are evaluated again (stochastic arithmetic: Vignes 1993). 10^14*(sin(x)^2 + cos(x)^2 - 1) then varies as much as it
 * differs from 0. What is exact in binary stays: small integers and quarters, of which the points to be shown are made.
 */
function roundingIn(
  [left, right]: readonly [readonly number[], readonly number[]],
  environment: Environment,
  text: ClaimText,
): number {
  const random = randomNumbers(7);
  const isExact = (value: number): boolean => Number.isInteger(value * exactUpTo);
  const moved = (value: number): number => value * (1 + roundingUnit * (2 * random.uniform() - 1));
  const runs = Array.from({ length: roundingRuns }, (): number => {
    const values = new Map(
      [...environment.values].map(([name, value]) => [name, map(value, (x) => (isExact(x) ? x : moved(x)))]),
    );
    const there: Environment = { ...environment, values, rounding: { isExact, moved } };
    const valueOf = (e: Expression): readonly number[] => [...referenceValue(e, there, text.reference).data];
    const sides = attempt(
      () => [sideOf(text.left, text.right, valueOf)!, sideOf(text.right, text.left, valueOf)!] as const,
    );
    return sides.ok ? Math.max(compared(sides.value[0], left), compared(sides.value[1], right)) : Infinity;
  });
  return Math.max(...runs);
}
const roundingRuns = 3;
const roundingUnit = 2 ** -51;
const exactUpTo = 2 ** 20;

/** I alone has no size; beside the other side it has. */
const besideOf = (e: Expression, other: Expression): Expression => ({
  kind: 'sum',
  terms: [
    { negative: false, term: e },
    { negative: false, term: other },
    { negative: true, term: other },
  ],
});

function sideOf<T>(e: Expression, other: Expression, valueOf: (e: Expression) => T): T | undefined {
  for (const way of [e, besideOf(e, other)]) {
    const found = attempt(() => valueOf(way));
    if (found.ok) return found.value;
    // No inverse, or a position outside its range: the side does not exist here.
    if (found.problem.kind === 'value') return outside();
  }
  return undefined;
}

function environmentAt({ context }: Subject, { definitions }: ClaimText, point: NumericPoint): Environment {
  const { forInterpreter } = testFunctions(context.checked.functions, point.sizes);
  const indices = [...context.world.indexNames].flatMap(([name, index]) =>
    point.free.has(index) ? [[name, point.free.get(index)!] as const] : [],
  );
  return {
    values: point.values,
    sizes: point.sizes,
    functions: forInterpreter,
    definitions,
    indices: new Map(indices),
  };
}

function isTooLarge({ mentioned }: Subject, { values }: NumericPoint): boolean {
  const entries = [...values.values()].reduce((total, { data }) => total + data.length, 0);
  const most = mentioned.variables.some(({ shape }) => shape.kind === 'tensor')
    ? mostEntries.ofArrays
    : mostEntries.derived;
  return entries > (mentioned.derives ? most : mostEntries.plain);
}

/** Facts about defined names restrict the points. */
export function definedFactsHold(subject: Subject, point: NumericPoint): boolean {
  const { context, mentioned } = subject;
  return mentioned.definitions.every((name) => {
    const symbol = context.world.symbol(name);
    if (!symbol || symbol.facts.size === 0) return true;
    const axes = symbol.dims.map((dim, index) => [{ index, dim }]);
    const entries = entriesOf(
      { term: whole(symbol), axes },
      evaluatorAt(subject, point).evaluate,
      point.sizes,
      point.free,
    );
    const extents = symbol.dims.map((dim) => sizeAt(dim, point.sizes));
    return factsHold(entries, symbol.facts, extents);
  });
}
