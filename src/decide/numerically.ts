/** Is there a point where the two sides differ? Of those found, the one that is easiest to read. */
import { array, type NumericArray } from '../evaluate/array.ts';
import { randomValue } from '../evaluate/points.ts';
import { type Random, randomNumbers } from '../evaluate/random.ts';
import { namesIn } from '../shape/dim.ts';
import { axesOf } from '../shape/shape.ts';
import { extentsOf } from './difference.ts';
import { nameOf, sizeAt, type Sizes } from './evaluate-term.ts';
import { attempted } from './field.ts';
import { niceRounds, niceValue } from './nice-values.ts';
import { drawingOf, laidOut, type NumericPoint, positionIn, randomPositions } from './point.ts';
import { bounds, type Sides, sidesAt } from './sides.ts';
import { sizesToTry } from './sizes.ts';
import type { Subject } from './subject.ts';
import { testFunctions } from './test-functions.ts';
import type { Counterexample, Nested } from './verdict.ts';

export interface Findings {
  readonly counterexample: Counterexample | undefined;
  /** How many points the two sides were compared at. */
  readonly points: number;
  /** Did the sides differ somewhere, though not clearly enough? */
  readonly doubtful: boolean;
  /** Did the interpreter contradict the terms? */
  readonly conflict: boolean;
}
interface Found {
  readonly point: NumericPoint;
  readonly sides: Sides;
}

/** One point where they differ by little may be an accident of rounding. */
const enough = 2;
/** A few more for the sake of a readable one. */
const plenty = 12;

export function searched(subject: Subject): Findings {
  const refuting: Found[] = [];
  let [points, doubtful, conflict] = [0, false, false];
  for (const candidate of candidates(subject)) {
    const sides = attempted(() => {
      const point = candidate();
      return { point, sides: sidesAt(subject, point) };
    });
    if (sides.kind !== 'value') continue;
    points++;
    conflict ||= sides.value.sides.conflict;
    doubtful ||= sides.value.sides.difference > bounds.rounding;
    if (sides.value.sides.difference > bounds.clear && !sides.value.sides.conflict) refuting.push(sides.value);
    if (refuting.length >= plenty) break;
  }
  const best = refuting.toSorted((a, b) => cost(a) - cost(b))[0];
  const certain = refuting.find(({ sides: { difference } }) => difference > bounds.certain);
  const isClear = best !== undefined && (refuting.length >= enough || certain !== undefined);
  return { counterexample: isClear ? shown(best, subject) : undefined, points, doubtful, conflict };
}

/** Sizes from 2 come first: at size 1 too much is equal. */
function* candidates(subject: Subject): Generator<() => NumericPoint> {
  const random = randomNumbers(20_240_501);
  const sizes = sizesToTry(subject.context.checked.sizes);
  for (const [n, at] of sizes.entries()) {
    const rounds = n === 0 ? 4 * niceRounds : n < 5 ? niceRounds : 1;
    for (let round = 0; round < rounds; round++) yield () => nicePoint(subject, at, round, random);
  }
  for (const at of sizes.slice(0, 4)) yield () => randomPoint(subject, at, random);
}

function nicePoint(subject: Subject, sizes: Sizes, round: number, random: Random): NumericPoint {
  const { context, mentioned, differentials } = subject;
  const free = randomPositions(subject.free, sizes, random);
  const values = mentioned.variables.map((variable): [string, NumericArray] => {
    const { data } = niceValue(drawingOf(variable, sizes, context.world, free), round, random);
    return [variable.name, array(laidOut(variable, sizes), data)];
  });
  const moving = differentials.map((symbol): [string, NumericArray] => {
    const extents = symbol.dims.map((dim) => sizeAt(dim, sizes));
    return [nameOf(symbol), niceValue({ extents, facts: new Set() }, round, random)];
  });
  return { sizes, free, values: new Map([...values, ...moving]) };
}
function randomPoint(subject: Subject, sizes: Sizes, random: Random): NumericPoint {
  const start = nicePoint(subject, sizes, niceRounds - 1, random);
  const values = new Map(start.values);
  for (const variable of subject.mentioned.variables) {
    const at = positionIn(variable, subject.context.world, start.free);
    const drawn = { name: variable.name, shape: laidOut(variable, sizes), facts: [...variable.facts], at };
    values.set(variable.name, randomValue(drawn, random));
  }
  return { ...start, values };
}

// ---- which one to show

function cost({ point }: Found): number {
  const entries = [...point.values.values()].flatMap(({ data }) => [...data]);
  const crowded = Object.values(point.sizes).some((size) => size === 1) ? 20 : 0;
  return entries.reduce((total, value) => total + costOf(value), crowded);
}
function costOf(value: number): number {
  if (value === 1) return 1;
  if (Number.isInteger(value)) return value >= 0 && value <= 3 ? 2 : 3;
  return Number.isInteger(4 * value) ? 5 : 30;
}

function shown({ point, sides }: Found, { left, right, mentioned, context, differentials }: Subject): Counterexample {
  const { sizes, free, values } = point;
  const used = new Map(mentioned.variables.map((variable) => [variable.name, axesOf(variable.shape)]));
  for (const symbol of differentials) used.set(nameOf(symbol), symbol.dims);
  const named = [...used].map(([name, dims]): [string, Nested] => [
    name,
    nested(
      [...values.get(name)!.data],
      dims.map((dim) => sizeAt(dim, sizes)),
    ),
  ]);
  const dims = [...used.values(), ...[left, right].map(({ shape }) => axesOf(shape))].flat();
  const sizeNames = new Set(dims.flatMap(namesIn));
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
