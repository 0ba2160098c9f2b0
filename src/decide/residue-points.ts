/** Random points modulo a prime that satisfy the facts about every name exactly. */
import type { Fact } from '../syntax/tree.ts';
import { inverseOf } from './whole-functions.ts';
import { outside } from './field.ts';
import type { PrimeField } from './prime-field.ts';
import type { Random } from '../evaluate/random.ts';

export interface Drawing {
  readonly extents: readonly number[];
  readonly facts: ReadonlySet<Fact>;
  /** For onehot at a position. */
  readonly at?: number | undefined;
}
interface Draw extends Drawing {
  readonly field: PrimeField;
  readonly random: Random;
}
type Rows = readonly (readonly number[])[];

export function randomEntries(drawing: Drawing, field: PrimeField, random: Random): readonly number[] {
  const draw: Draw = { ...drawing, field, random };
  const drawer = drawers.find(([fact]) => drawing.facts.has(fact))?.[1];
  return drawer ? drawer(draw) : filled(draw, () => entry(draw));
}

const drawers: readonly (readonly [Fact, (draw: Draw) => readonly number[]])[] = [
  ['onehot', (draw) => vectorwise(draw, onehot)],
  ['simplex', (draw) => vectorwise(draw, simplex)],
  ['binary', (draw) => filled(draw, () => draw.random.below(2))],
  ['pm1', (draw) => filled(draw, () => sign(draw))],
  ['orthogonal', (draw) => orthogonal(draw).flat()],
  ['diagonal', (draw) => diagonal(draw).flat()],
  ['skew', (draw) => mirrored(draw, -1).flat()],
  ['spd', (draw) => gram(draw).flat()],
  ['symmetric', (draw) => mirrored(draw, 1).flat()],
];

function entry({ facts, field }: Draw): number {
  if (facts.has('positive') || facts.has('nonnegative')) return field.drawPositive();
  if (facts.has('negative')) return field.arithmetic.negated(field.drawPositive());
  return field.draw();
}
const sign = ({ random, field }: Draw): number => (random.sign() === 1 ? 1 : field.arithmetic.negated(1));

const sizeOf = (extents: readonly number[]): number => extents.reduce((a, b) => a * b, 1);
const filled = ({ extents }: Draw, make: () => number): readonly number[] =>
  Array.from({ length: sizeOf(extents) }, make);
/** A vector as a whole, a matrix row by row. */
function vectorwise(draw: Draw, make: (length: number, draw: Draw) => readonly number[]): readonly number[] {
  const length = draw.extents.at(-1) ?? 1;
  return Array.from({ length: sizeOf(draw.extents) / length }, () => make(length, draw)).flat();
}

function onehot(length: number, { at, random }: Draw): readonly number[] {
  if (at !== undefined && at > length) return outside();
  const position = at === undefined ? random.below(length) : at - 1;
  return Array.from({ length }, (_, n) => (n === position ? 1 : 0));
}
/** Positive entries that sum to 1. */
function simplex(length: number, { field }: Draw): readonly number[] {
  const weights = Array.from({ length }, field.drawPositive);
  const total = weights.reduce(field.plus, 0);
  if (!field.arithmetic.isPositive(total)) return outside();
  return weights.map((weight) => field.times(weight, field.inverse(total)));
}

// ---- square matrices

const side = ({ extents }: Draw): number => extents[0] ?? 1;
const matrix = (size: number, at: (i: number, j: number) => number): Rows =>
  Array.from({ length: size }, (_, i) => Array.from({ length: size }, (__, j) => at(i, j)));
const square = (draw: Draw): Rows => {
  const entries = filled(draw, () => entry(draw));
  return matrix(side(draw), (i, j) => entries[i * side(draw) + j]!);
};
const transposed = (a: Rows): Rows => matrix(a.length, (i, j) => a[j]![i]!);
const product = (a: Rows, b: Rows, { plus, times }: PrimeField): Rows =>
  matrix(a.length, (i, j) => a.reduce((total, _, k) => plus(total, times(a[i]![k]!, b[k]![j]!)), 0));

function mirrored(draw: Draw, turn: 1 | -1): Rows {
  const start = square(draw);
  const { negated } = draw.field.arithmetic;
  const below = (value: number): number => (turn === 1 ? value : negated(value));
  return matrix(side(draw), (i, j) =>
    i < j ? start[i]![j]! : i > j ? below(start[j]![i]!) : turn === 1 ? start[i]![i]! : 0,
  );
}
function gram(draw: Draw): Rows {
  if (['positive', 'negative', 'nonnegative'].some((fact) => draw.facts.has(fact as Fact))) return outside();
  const start = square(draw);
  return product(start, transposed(start), draw.field);
}
function diagonal(draw: Draw): Rows {
  const make = draw.facts.has('spd') ? draw.field.drawPositive : (): number => entry(draw);
  return matrix(side(draw), (i, j) => (i === j ? make() : 0));
}
const unit = (i: number, j: number): number => (i === j ? 1 : 0);
/** Cayley: (I - K)*inv(I + K) for skew K is a rotation; a reflection comes from the signs. */
function orthogonal(draw: Draw): Rows {
  if (draw.facts.has('skew')) return outside();
  const { field } = draw;
  const { negated } = field.arithmetic;
  const signs = matrix(side(draw), (i, j) => (i === j ? sign(draw) : 0));
  if (draw.facts.has('diagonal')) return signs;
  const skew = mirrored(draw, -1);
  const above = matrix(side(draw), (i, j) => field.plus(unit(i, j), negated(skew[i]![j]!)));
  const below = matrix(side(draw), (i, j) => field.plus(unit(i, j), skew[i]![j]!));
  const rotation = product(above, inverseOf(below, field), field);
  const turned = product(rotation, signs, field);
  return draw.facts.has('symmetric') ? product(turned, transposed(rotation), field) : turned;
}
