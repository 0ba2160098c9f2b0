/** Values that satisfy the facts about a name and are pleasant to read: 1, 0, -1, 2, 1/2. */
import { array, type NumericArray } from '../evaluate/array.ts';
import { randomValue } from '../evaluate/points.ts';
import type { Random } from '../evaluate/random.ts';
import type { Fact } from '../syntax/tree.ts';
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

export function niceValue(drawing: Drawing, values: readonly number[], random: Random): NumericArray {
  const pool = values.filter((value) => allowed(value, drawing.facts));
  const draw: Draw = { ...drawing, pool: pool.length > 0 ? pool : [drawing.facts.has('negative') ? -1 : 1], random };
  const drawer = drawers.find(([fact]) => drawing.facts.has(fact))?.[1];
  return array(drawing.extents, drawer ? drawer(draw) : filled(draw, () => pick(draw)));
}
function allowed(value: number, facts: ReadonlySet<Fact>): boolean {
  if (facts.has('positive')) return value > 0;
  if (facts.has('negative')) return value < 0;
  if (facts.has('nonnegative')) return value >= 0;
  return value !== 0 || !facts.has('nonzero');
}

const drawers: readonly (readonly [Fact, (draw: Draw) => readonly number[]])[] = [
  ['onehot', (draw) => vectorwise(draw, onehot)],
  ['simplex', (draw) => vectorwise(draw, simplex)],
  ['binary', (draw) => filled(draw, () => draw.random.below(2))],
  ['pm1', (draw) => filled(draw, draw.random.sign)],
  ['orthogonal', (draw) => orthogonal(draw)],
  ['diagonal', (draw) => diagonal(draw).flat()],
  ['skew', (draw) => mirrored(draw, -1).flat()],
  ['spd', (draw) => definite(draw).flat()],
  ['symmetric', (draw) => mirrored(draw, 1).flat()],
];

const pick = ({ pool, random }: Draw): number => pool[random.below(pool.length)]!;
const sizeOf = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
const filled = ({ extents }: Draw, make: () => number): readonly number[] =>
  Array.from({ length: sizeOf(extents) }, make);
function vectorwise(draw: Draw, make: (length: number, draw: Draw) => readonly number[]): readonly number[] {
  const length = draw.extents.at(-1) ?? 1;
  return Array.from({ length: sizeOf(draw.extents) / length }, () => make(length, draw)).flat();
}

function onehot(length: number, { at, random }: Draw): readonly number[] {
  const position = at === undefined ? random.below(length) : at - 1;
  return Array.from({ length }, (_, n) => (n === position ? 1 : 0));
}
function simplex(length: number, { random }: Draw): readonly number[] {
  const weights = Array.from({ length }, () => 1 + random.below(3));
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / total);
}

const side = ({ extents }: Draw): number => extents[0] ?? 1;
const matrix = (size: number, at: (i: number, j: number) => number): Rows =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => at(i, j)));

function mirrored(draw: Draw, turn: 1 | -1): Rows {
  const start = matrix(side(draw), () => pick(draw));
  return matrix(side(draw), (i, j) =>
    i < j ? start[i]![j]! : i > j ? turn * start[j]![i]! : turn === 1 ? start[i]![i]! : 0,
  );
}
/** B*B' + I. */
function definite(draw: Draw): Rows {
  const start = matrix(side(draw), () => pick(draw));
  return matrix(side(draw), (i, j) =>
    start.reduce((total, _, k) => total + start[i]![k]! * start[j]![k]!, i === j ? 1 : 0),
  );
}
function diagonal(draw: Draw): Rows {
  const isDefinite = draw.facts.has('spd');
  return matrix(side(draw), (i, j) => (i === j ? (isDefinite ? Math.abs(pick(draw)) || 1 : pick(draw)) : 0));
}
/** Permutations with signs are the readable ones; the others are random. */
function orthogonal(draw: Draw): readonly number[] {
  const { random, extents, facts } = draw;
  if (facts.has('diagonal') || facts.has('symmetric') || draw.pool.length > 5)
    return [...randomValue({ name: 'Q', shape: extents, facts: [...facts] }, random).data];
  const order = Array.from({ length: side(draw) }, (_, n) => n);
  for (let n = order.length - 1; n > 0; n--) {
    const other = random.below(n + 1);
    [order[n], order[other]] = [order[other]!, order[n]!];
  }
  return matrix(side(draw), (i, j) => (order[i] === j ? random.sign() : 0)).flat();
}
