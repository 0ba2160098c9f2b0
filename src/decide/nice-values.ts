/** Values that satisfy the facts about a name and are pleasant to read: 1, 0, -1, 2, 1/2. */
import { attempt } from '../basics/problem.ts';
import { array, type NumericArray } from '../evaluate/array.ts';
import { factsHold, freeEntries } from '../evaluate/holds.ts';
import { randomValue, type Variable, type Random } from '../evaluate/points.ts';
import { type Fact, factNames, implied, onlyIdentity } from '../syntax/facts.ts';
import { outside } from './field.ts';
import type { Drawing } from './residue-points.ts';

interface Draw extends Drawing {
  readonly pool: readonly number[];
  readonly random: Random;
}
type Rows = readonly (readonly number[])[];

/** Pools of growing variety; the first gives the simplest counterexamples. */
export const nicePools: readonly (readonly number[])[] = [
  [1],
  [1, 2, 0],
  [1, 0, -1, 2],
  [1, 2, 3, -1, -2, 0.5],
  [0.25, 0.5, 0.75, 1.5, 2, 1.25, -0.25, -0.5, -0.75, -1, -1.25, -1.5, -2],
];

/** Chance alone must satisfy what the drawer of the first fact does not look at. */
const mostTries = 20;

export function niceValue(drawing: Drawing, values: readonly number[], random: Random): NumericArray {
  const facts = implied(drawing.facts);
  const isNumber = drawing.extents.every((extent) => extent === 1);
  const pool = values.filter((value) => allowed(value, facts, isNumber));
  const draw: Draw = { ...drawing, facts, pool: pool.length > 0 ? pool : [facts.has('negative') ? -1 : 1], random };
  if (onlyIdentity(facts)) return array(drawing.extents, matrix(side(draw), unit).flat());
  const fact = factNames.find((name) => facts.has(name));
  for (let tries = 0; tries < mostTries; tries++) {
    const data = fact ? drawers[fact](draw) : entries(draw);
    if (factsHold(data, facts, drawing.extents)) return array(drawing.extents, data);
  }
  return outside();
}
/** A random value; at sizes where there is none, as for more orthonormal columns than rows, there is no point. */
export function drawn(variable: Variable, random: Random): NumericArray {
  const value = attempt(() => randomValue(variable, random));
  return value.ok ? value.value : outside();
}
function allowed(value: number, facts: ReadonlySet<Fact>, isNumber: boolean): boolean {
  if (facts.has('binary')) return value === 0 || value === 1;
  if (facts.has('pm1') && Math.abs(value) !== 1) return false;
  if (facts.has('positive')) return value > 0;
  if (facts.has('negative')) return value < 0;
  if (facts.has('nonnegative')) return value >= 0;
  return value !== 0 || !(isNumber && facts.has('nonzero'));
}

const drawers: Readonly<Record<Fact, (draw: Draw) => readonly number[]>> = {
  permutation: (draw) => permutation(draw, () => 1),
  onehot: (draw) => vectorwise(draw, onehot),
  simplex: (draw) => vectorwise(draw, (length) => weighted(length, () => 1 + draw.random.below(3))),
  stochastic: (draw) => vectorwise(draw, (length) => weighted(length, () => draw.random.below(3))),
  orthogonal,
  orthonormal,
  idempotent,
  diagonal: triangular,
  skew: (draw) => mirrored(draw, -1).flat(),
  spd: definite,
  lower: triangular,
  upper: triangular,
  symmetric: (draw) => mirrored(draw, 1).flat(),
  invertible: entries,
  binary: (draw) => filled(draw, () => (draw.facts.has('positive') ? 1 : draw.random.below(2))),
  pm1: entries,
  positive: entries,
  negative: entries,
  nonnegative: entries,
  nonzero: entries,
  bernoulli: (draw) => filled(draw, () => (draw.facts.has('positive') ? 1 : draw.random.below(2))),
  mean: entries,
  cov: entries,
  random: entries,
  constant: entries,
};

const pick = ({ pool, random }: Draw): number => pool[random.below(pool.length)]!;
const sizeOf = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
const filled = ({ extents }: Draw, make: () => number): readonly number[] =>
  Array.from({ length: sizeOf(extents) }, make);
function entries(draw: Draw): readonly number[] {
  return filled(draw, () => pick(draw));
}
function vectorwise(draw: Draw, make: (length: number, draw: Draw) => readonly number[]): readonly number[] {
  const length = draw.extents.at(-1) ?? 1;
  return Array.from({ length: sizeOf(draw.extents) / length }, () => make(length, draw)).flat();
}

function onehot(length: number, { at, random }: Draw): readonly number[] {
  const position = at === undefined ? random.below(length) : at - 1;
  return Array.from({ length }, (_, n) => (n === position ? 1 : 0));
}
function weighted(length: number, weight: () => number): readonly number[] {
  const weights = Array.from({ length }, weight);
  const total = weights.reduce((a, b) => a + b, 0);
  return total === 0 ? weights.map((_, n) => (n === 0 ? 1 : 0)) : weights.map((w) => w / total);
}

const side = ({ extents }: Draw): number => extents[0] ?? 1;
const matrix = (size: number, at: (i: number, j: number) => number): Rows =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => at(i, j)));
const unit = (i: number, j: number): number => (i === j ? 1 : 0);

function mirrored(draw: Draw, turn: 1 | -1): Rows {
  const start = matrix(side(draw), () => pick(draw));
  return matrix(side(draw), (i, j) =>
    i < j ? start[i]![j]! : i > j ? turn * start[j]![i]! : turn === 1 ? start[i]![i]! : 0,
  );
}
/** B*B' + I. */
function definite(draw: Draw): readonly number[] {
  const start = matrix(side(draw), () => pick(draw));
  return matrix(side(draw), (i, j) =>
    start.reduce((total, _, k) => total + start[i]![k]! * start[j]![k]!, unit(i, j)),
  ).flat();
}
/** Zero on one side of the diagonal, or on both. */
function triangular(draw: Draw): readonly number[] {
  const { facts } = draw;
  const isFree = freeEntries(facts);
  const onDiagonal = (): number => {
    const value = pick(draw);
    return facts.has('spd') ? Math.abs(value) || 1 : facts.has('invertible') ? value || 1 : value;
  };
  return matrix(side(draw), (i, j) => (i === j ? onDiagonal() : isFree(i, j) ? pick(draw) : 0)).flat();
}

const isWithoutRoom = ({ facts }: Draw): boolean =>
  facts.has('lower') || facts.has('upper') || facts.has('symmetric') || facts.has('skew');
const randomOf = ({ random, extents, facts, at }: Draw): NumericArray =>
  drawn({ name: 'this', shape: extents, facts: [...facts], at }, random);

/** Permutations with signs are the readable ones; the others are random. */
function orthogonal(draw: Draw): readonly number[] {
  if (isWithoutRoom(draw) || draw.pool.length > 5) return [...randomOf(draw).data];
  return permutation(draw, draw.random.sign);
}
function permutation(draw: Draw, entry: () => number): readonly number[] {
  const order = draw.random.shuffled(side(draw));
  return matrix(side(draw), (i, j) => (order[i] === j ? entry() : 0)).flat();
}
/** Columns of the identity, in some order and with signs. */
function orthonormal(draw: Draw): readonly number[] {
  const [rows = 1, columns = 1] = draw.extents;
  if (columns > rows) return outside();
  if (draw.pool.length > 5) return [...randomOf(draw).data];
  const order = draw.random.shuffled(rows);
  const signs = order.map(draw.random.sign);
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (__, j) => (order[j] === i ? signs[j]! : 0)),
  ).flat();
}
/** Zeros and ones on the diagonal, beside them what their products do not see: a row that is kept may reach into one that is not. */
function idempotent(draw: Draw): readonly number[] {
  if (isWithoutRoom(draw) || draw.pool.length > 5) return [...randomOf(draw).data];
  const kept = Array.from({ length: side(draw) }, () => draw.random.below(2));
  return matrix(side(draw), (i, j) => (i === j ? kept[i]! : kept[i] === 1 && kept[j] === 0 ? pick(draw) : 0)).flat();
}
