/** Random points modulo a prime that satisfy the facts about every name exactly. */
import { freeEntries } from '../evaluate/holds.ts';
import { type Fact, factNames, implied, onlyIdentity } from '../syntax/facts.ts';
import { eliminate, inverseOf, outside } from './field.ts';
import type { PrimeField } from './prime-field.ts';
import type { Random } from '../evaluate/points.ts';

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
  const facts = implied(drawing.facts);
  const draw: Draw = { ...drawing, facts, field, random };
  if (onlyIdentity(facts)) return matrix(side(draw), unit).flat();
  const fact = factNames.find((name) => facts.has(name));
  if (!fact) return filled(draw, () => field.draw());
  const found = drawers[fact](draw);
  return isZeroOrSingular(found, draw) ? outside() : found;
}
/** Of few numbers, as 0 and 1, chance makes such things. */
function isZeroOrSingular(entries: readonly number[], draw: Draw): boolean {
  const { facts, field } = draw;
  if (facts.has('invertible'))
    return (
      eliminate(
        matrix(side(draw), (i, j) => entries[i * side(draw) + j]!),
        field,
      ).determinant === 0
    );
  return facts.has('nonzero') && entries.every((x) => x === 0);
}

/** The most telling fact decides. What its drawer cannot bring together with it is outside: no point is better than a wrong one. */
const drawers: Readonly<Record<Fact, (draw: Draw) => readonly number[]>> = {
  permutation: alone(['symmetric', 'idempotent', 'positive', 'lower', 'upper', 'spd'], (draw) =>
    permutation(draw, () => 1).flat(),
  ),
  onehot: alone([...squareFacts(), 'orthonormal'], (draw) => vectorwise(draw, onehot)),
  simplex: alone([...squareFacts(), 'orthonormal', 'binary', 'pm1'], (draw) => vectorwise(draw, simplex)),
  stochastic: alone([...squareFacts(), 'orthonormal', 'binary', 'pm1'], (draw) => vectorwise(draw, stochastic)),
  orthogonal: alone(['skew', 'idempotent', 'spd', ...signs()], (draw) => orthogonal(draw).flat()),
  orthonormal: alone([...squareFacts(), ...signs()], orthonormal),
  idempotent: alone(['invertible', 'lower', 'upper', ...signs()], (draw) => idempotent(draw).flat()),
  diagonal: triangular,
  skew: alone(signs(), (draw) => mirrored(draw, -1).flat()),
  spd: alone(['lower', 'upper', ...signs()], (draw) => gram(draw).flat()),
  lower: triangular,
  upper: triangular,
  symmetric: (draw) => mirrored(draw, 1).flat(),
  invertible: entries,
  binary: entries,
  pm1: entries,
  positive: entries,
  negative: entries,
  nonnegative: entries,
  nonzero: entries,
  bernoulli: entries,
  mean: entries,
  cov: entries,
  random: entries,
  constant: entries,
};
function squareFacts(): readonly Fact[] {
  return ['symmetric', 'skew', 'lower', 'upper', 'idempotent', 'invertible'];
}
function signs(): readonly Fact[] {
  return ['positive', 'negative', 'nonnegative', 'binary', 'pm1'];
}
function alone(others: readonly Fact[], drawer: (draw: Draw) => readonly number[]): (draw: Draw) => readonly number[] {
  return (draw) => (others.some((fact) => draw.facts.has(fact)) ? outside() : drawer(draw));
}

function entry({ facts, field, random }: Draw): number {
  if (facts.has('binary')) return facts.has('positive') || facts.has('pm1') ? 1 : random.below(2);
  if (facts.has('pm1')) return facts.has('nonnegative') ? 1 : sign({ facts, field, random });
  // What holds for all positive numbers holds at 0 too, but for steps, and of these both sides of a tie are looked at.
  if (facts.has('nonnegative')) return field.drawPositive();
  if (facts.has('negative')) return field.arithmetic.negated(field.drawPositive());
  return field.draw();
}
function entries(draw: Draw): readonly number[] {
  return filled(draw, () => entry(draw));
}
const sign = ({ facts, random, field }: Pick<Draw, 'facts' | 'random' | 'field'>): number =>
  !facts.has('negative') && random.sign() === 1 ? 1 : field.arithmetic.negated(1);

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
function simplex(length: number, draw: Draw): readonly number[] {
  return overTotal(Array.from({ length }, draw.field.drawPositive), draw);
}
/** Some of them 0, unless they are said to be positive. */
function stochastic(length: number, draw: Draw): readonly number[] {
  const { facts, field, random } = draw;
  const isZero = (): boolean => random.below(4) === 0 && !facts.has('positive');
  const weights = Array.from({ length }, () => (isZero() ? 0 : field.drawPositive()));
  return overTotal(weights.every((w) => w === 0) ? [1, ...weights.slice(1)] : weights, draw);
}
function overTotal(weights: readonly number[], { field }: Draw): readonly number[] {
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
  const start = square(draw);
  return product(start, transposed(start), draw.field);
}
/** Zero on one side of the diagonal, or on both. */
function triangular(draw: Draw): readonly number[] {
  const isFree = freeEntries(draw.facts);
  const facts = draw.facts.has('spd') ? implied(new Set<Fact>([...draw.facts, 'positive'])) : draw.facts;
  return matrix(side(draw), (i, j) => (i === j ? entry({ ...draw, facts }) : isFree(i, j) ? entry(draw) : 0)).flat();
}
function permutation(draw: Draw, make: () => number): Rows {
  const order = draw.random.shuffled(side(draw));
  return matrix(side(draw), (i, j) => (order[i] === j ? make() : 0));
}
const unit = (i: number, j: number): number => (i === j ? 1 : 0);
/** Cayley: (I - K)*inv(I + K) for skew K is a rotation; a reflection comes from the signs. */
function orthogonal(draw: Draw): Rows {
  const { field } = draw;
  const { negated } = field.arithmetic;
  const reflections = matrix(side(draw), (i, j) => (i === j ? sign(draw) : 0));
  if (draw.facts.has('lower') || draw.facts.has('upper')) return reflections;
  const skew = mirrored(draw, -1);
  const above = matrix(side(draw), (i, j) => field.plus(unit(i, j), negated(skew[i]![j]!)));
  const below = matrix(side(draw), (i, j) => field.plus(unit(i, j), skew[i]![j]!));
  const rotation = product(above, inverseOf(below, field), field);
  const turned = product(rotation, reflections, field);
  return draw.facts.has('symmetric') ? product(turned, transposed(rotation), field) : turned;
}
/** The first columns of an orthogonal matrix. */
function orthonormal(draw: Draw): readonly number[] {
  const [rows = 1, columns = 1] = draw.extents;
  if (columns > rows) return outside();
  const whole = orthogonal({ ...draw, extents: [rows, rows] });
  return whole.flatMap((row) => row.slice(0, columns));
}
/** V*diag(0 or 1)*inv(V). */
function idempotent(draw: Draw): Rows {
  const { field, random } = draw;
  const kept = matrix(side(draw), (i, j) => (i === j ? random.below(2) : 0));
  const basis = draw.facts.has('symmetric') ? orthogonal({ ...draw, facts: new Set() }) : square(draw);
  return product(product(basis, kept, field), inverseOf(basis, field), field);
}
