/** Is there a point where the two sides differ? Of those found, the one that is easiest to read. */
import type { Condition } from '../elaborate/conditions.ts';
import { attempt } from '../basics/problem.ts';
import { array, type NumericArray } from '../evaluate/array.ts';
import { type Random, randomNumbers } from '../evaluate/points.ts';
import {
  sizeAt,
  type Sizes,
  sizesToTry,
  drawingOf,
  laidOut,
  type NumericPoint,
  positionIn,
  randomPositions,
} from './point.ts';
import { attempted } from './field.ts';
import { drawn, nicePools, niceValue } from './nice-values.ts';
import { bounds, definedFactsHold, sidesByDefinition, sidesByTerms, sidesFrom, valuesAt, type Sides } from './sides.ts';
import { type Subject, type Counterexample, extentsOf, type Nested } from './subject.ts';
import { namesIn } from '../shape/dim.ts';
import { namesIn as spokenNames } from '../syntax/parts.ts';
import { axesOf } from '../shape/shape.ts';
import { testFunctions } from './stand-ins.ts';

export interface Findings {
  readonly counterexample: Counterexample | undefined;
  /** How many points the two sides were compared at. */
  readonly points: number;
  /** Where the sides differ most, though not clearly enough. */
  readonly doubtful: Counterexample | undefined;
  /** Did the interpreter contradict the terms? */
  readonly conflict: boolean;
  /** Were there points where evaluating would have taken too long? */
  readonly tooLarge: boolean;
}

/** One point where they differ by little may be an accident of rounding. */
const enough = { plain: 2, derived: 3 };
/** A few more for the sake of a readable one. */
const plenty = 12;
/** Derivatives by differences are dear: so many points for their own sake, beside those where the terms differ. */
const mostDerived = 8;

export function searched(subject: Subject): Findings {
  const { derives } = subject.mentioned;
  const found: Found[] = [];
  let [tooLarge, refuting, followed] = [false, 0, 0];
  for (const series of seriesOfPoints(subject))
    for (const candidate of series) {
      const outcome = attempted((): Found | 'not allowed' => {
        const point = candidate();
        if (!definedFactsHold(subject, point)) return 'not allowed';
        const terms = attempted(() => sidesByTerms(subject, point));
        const byTerms = terms.kind === 'value' ? terms.value : undefined;
        tooLarge ||= terms.kind === 'too-much';
        const isWorth = !derives || followed < mostDerived || (byTerms?.difference ?? 0) > bounds.clear;
        const text = isWorth ? sidesByDefinition(subject, point) : undefined;
        if (text) followed++;
        // What the text says goes: at sizes where it is not followed, nothing is concluded.
        if (!text && followed > 0 && isWorth) return 'not allowed';
        const sides = sidesFrom(byTerms, text);
        return sides ? { point, sides } : 'not allowed';
      });
      if (outcome.kind !== 'value' || outcome.value === 'not allowed') continue;
      found.push(outcome.value);
      if (outcome.value.sides.differ && !outcome.value.sides.isTextAlone) refuting++;
      if (refuting >= plenty) return findings(found, tooLarge, subject);
    }
  return findings(found, tooLarge, subject);
}

export function findings(all: readonly Found[], tooLarge: boolean, subject: Subject): Findings {
  const sure = all.filter(({ sides }) => !sides.isTextAlone);
  const found = sure.length > 0 ? sure : all;
  const refuting = found.filter(({ sides }) => sides.differ);
  const [farthest] = found
    .filter(({ sides }) => sides.difference > Math.max(bounds.rounding, sides.rounding))
    .toSorted((a, b) => b.sides.difference - a.sides.difference);
  const [best] = refuting.toSorted((a, b) => costOfReading(a) - costOfReading(b));
  const certain = refuting.filter(({ sides }) => sides.difference > bounds.certain).length;
  const isClear = subject.mentioned.derives
    ? certain > 1 || refuting.length >= enough.derived
    : certain > 0 || refuting.length >= enough.plain;
  return {
    counterexample: best && isClear ? shown(best, subject) : undefined,
    points: found.length,
    doubtful: farthest && shown(farthest, subject),
    conflict: found.some(({ sides }) => sides.conflict),
    tooLarge,
  };
}

/** Sizes from 2 come first: at size 1 too much is equal. With derivatives, points in general position do: elsewhere are kinks. */
export function* seriesOfPoints(
  subject: Subject,
  more: readonly (readonly number[])[] = [],
): Generator<Iterable<() => NumericPoint>> {
  const random = randomNumbers(20_240_501);
  const sizes = sizesToTry(subject.context.checked.sizes, subject.mentioned.numbers);
  const inGeneralPosition = Array.from(
    { length: subject.mentioned.derives ? 5 : 24 },
    (_, n) => () => randomPoint(subject, sizes[n % sizes.length]!, random),
  );
  if (subject.mentioned.derives) yield inGeneralPosition;
  const pools = [...nicePools, ...more];
  for (const [n, at] of sizes.entries()) {
    const rounds =
      n === 0 ? [...pools, ...pools, ...pools, ...pools, ...poolsFor(subject)] : n < 8 ? pools : [nicePools[0]!];
    yield rounds.map((pool) => () => nicePoint(subject, at, () => pool, random));
    if (n === 0)
      yield [
        ...Array.from({ length: pointsForCases(subject, at) }, () => () => nicePools[0]!),
        ...choicesOf(subject).map((choice) => (name: string) => [choice.get(name)!]),
      ].map((poolOf) => () => nicePoint(subject, at, poolOf, random));
  }
  if (!subject.mentioned.derives) yield inGeneralPosition;
}

/** Where every entry is one of two numbers, a claim may be false at one choice of them all: so many points meet most choices. */
function pointsForCases({ mentioned, context }: Subject, sizes: Sizes): number {
  const entries = mentioned.variables
    .filter(({ facts }) => facts.has('binary') || facts.has('pm1'))
    .map((variable) => drawingOf(variable, sizes, context.world, new Map()).extents.reduce((a, b) => a * b, 1))
    .reduce((a, b) => a + b, 0);
  return entries === 0 || entries > mostEntriesByCases ? 0 : 5 * 2 ** entries;
}
const mostEntriesByCases = 7;

/** Kinks and jumps lie where a number is 0, or a sum of two is: of few numbers, all choices of 1, 0 and -1. */
function choicesOf({ mentioned }: Subject): readonly ReadonlyMap<string, number>[] {
  const { length } = mentioned.variables;
  const isFew = length > 0 && length <= mostChosen && mentioned.variables.every(({ shape }) => shape.kind === 'scalar');
  if (mentioned.derives || !isFew) return [];
  return mentioned.variables.reduce<readonly ReadonlyMap<string, number>[]>(
    (choices, { name }) => choices.flatMap((choice) => [1, 0, -1].map((value) => new Map([...choice, [name, value]]))),
    [new Map()],
  );
}
const mostChosen = 4;
const mostNumbers = 6;
/** Is an expression of the claim never negative at points of all kinds? */
export function holdsWhereverTried({ needs, of }: Condition, subject: Subject): boolean {
  const value = attempt(() => subject.context.world.evaluate(of));
  if (!value.ok) return false;
  let tried = 0;
  for (const series of seriesOfPoints(subject, widePools))
    for (const candidate of series) {
      const found = attempted(() => valuesAt(value.value, subject, candidate()));
      if (found.kind !== 'value') continue;
      tried++;
      if (!found.value.every((x) => (needs === 'positive' ? x > 0 : x >= -bounds.rounding))) return false;
    }
  return tried >= enoughToTrust;
}
const enoughToTrust = 40;
const widePools: readonly (readonly number[])[] = [
  [-1, 0, 1],
  [10, -10, 3, -3, 0.1],
  [100, -100, 30, -0.01],
  [-7, -8, -9],
];

/** Numbers that the claim speaks of, and their neighbours, are where it may be false: 1[x > 50] is 0 up to there. */
function poolsFor({ mentioned }: Subject): readonly (readonly number[])[] {
  const around = [...mentioned.numbers].slice(0, mostNumbers).map((x) => [x, x + 1, x - 1, -x, -x - 1, 1 - x]);
  if (around.length === 0) return [];
  return [around.flat(), [...around.flat(), ...nicePools[2]!], ...[...around.flat(), ...around.flat()].map((x) => [x])];
}

/** What the entries of a name are taken from. */
type Pools = (name: string) => readonly number[];
function nicePoint(subject: Subject, sizes: Sizes, poolOf: Pools, random: Random): NumericPoint {
  const { context, mentioned, differentials } = subject;
  const free = randomPositions(subject.free, sizes, random);
  const values = mentioned.variables.map((variable): [string, NumericArray] => {
    const { data } = niceValue(drawingOf(variable, sizes, context.world, free), poolOf(variable.name), random);
    return [variable.name, array(laidOut(variable, sizes), data)];
  });
  const moving = differentials.map((symbol): [string, NumericArray] => {
    const extents = symbol.dims.map((dim) => sizeAt(dim, sizes));
    return [symbol.name, niceValue({ extents, facts: new Set() }, poolOf(symbol.name), random)];
  });
  return { sizes, free, values: new Map([...values, ...moving]) };
}
function randomPoint(subject: Subject, sizes: Sizes, random: Random): NumericPoint {
  const start = nicePoint(subject, sizes, () => nicePools.at(-1)!, random);
  const values = new Map(start.values);
  for (const variable of subject.mentioned.variables) {
    const at = positionIn(variable, subject.context.world, start.free);
    const variableHere = { name: variable.name, shape: laidOut(variable, sizes), facts: [...variable.facts], at };
    values.set(variable.name, drawn(variableHere, random));
  }
  return { ...start, values };
}

// ---- which of several counterexamples is the easiest to read, and what is said of it

export interface Found {
  readonly point: NumericPoint;
  readonly sides: Sides;
}

export function costOfReading({ point }: Found): number {
  const entries = [...point.values.values()].flatMap(({ data }) => [...data]);
  const crowded = Object.values(point.sizes).some((size) => size === 1) ? 20 : 0;
  return entries.reduce((total, value) => total + costOf(value), crowded);
}
function costOf(value: number): number {
  if (value === 1) return 1;
  if (Number.isInteger(value)) return value >= 0 && value <= 3 ? 2 : 3;
  return Number.isInteger(4 * value) ? 5 : 30;
}

export function shown(
  { point, sides }: Found,
  { left, right, mentioned, context, differentials }: Subject,
): Counterexample {
  const { sizes, free, values } = point;
  const used = new Map(mentioned.variables.map((variable) => [variable.name, axesOf(variable.shape)]));
  for (const symbol of differentials) used.set(symbol.name, symbol.dims);
  const named = [...used].map(([name, dims]): [string, Nested] => [
    name,
    nested(
      [...values.get(name)!.data],
      dims.map((dim) => sizeAt(dim, sizes)),
    ),
  ]);
  const functions = [...context.checked.functions.values()].filter(({ name }) => mentioned.functions.has(name));
  const shapes = [left.shape, right.shape, ...functions.flatMap(({ from, to }) => [...from, to])];
  const dims = [...used.values(), ...shapes.map(axesOf)].flat();
  const spoken = [context.claim.left, context.claim.right].flatMap((e) => [...spokenNames(e)]);
  const sizeNames = new Set([...dims.flatMap(namesIn), ...spoken]);
  const { written } = testFunctions(context.checked.functions, sizes);
  return {
    values: Object.fromEntries(named),
    sizes: Object.fromEntries(Object.entries(sizes).filter(([name]) => sizeNames.has(name))),
    indices: Object.fromEntries(
      [...context.world.indexNames].flatMap(([name, index]) => (free.has(index) ? [[name, free.get(index)!]] : [])),
    ),
    functions: Object.fromEntries(Object.entries(written).filter(([name]) => mentioned.functions.has(name))),
    left: nested(sides.left, extentsOf(left, sizes)),
    right: nested(sides.right, extentsOf(right, sizes)),
  };
}

function nested(data: readonly number[], extents: readonly number[]): Nested {
  const [size, ...rest] = extents;
  if (size === undefined) return data[0]!;
  const step = data.length / size;
  return Array.from({ length: size }, (_, n) => nested(data.slice(n * step, (n + 1) * step), rest));
}
