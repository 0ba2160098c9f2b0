/** Where should formulas be tried out? At random points that satisfy the facts about every variable. */
import { refuse } from '../basics/problem.ts';
import type { Fact } from '../syntax/tree.ts';
import { type NumericArray, array, column, extent, identity, matrix, sizeOfShape, mapVectors } from './array.ts';
import { diagonal, dot, multiply, transpose } from './linear-algebra.ts';
import { type Random, randomNumbers } from './random.ts';

export interface Variable {
  readonly name: string;
  /** [] a scalar, [n] or [n, 1] a column, [1, n] a row, [m, n] a matrix. */
  readonly shape: readonly number[];
  readonly facts: readonly Fact[];
  /** The position of the one in a onehot variable, from 1. */
  readonly at?: number | undefined;
}

export function randomPoint(variables: readonly Variable[], seed: number): Map<string, NumericArray> {
  const random = randomNumbers(seed);
  return new Map(variables.map((variable) => [variable.name, randomValue(variable, random)]));
}

export function randomValue(variable: Variable, random: Random): NumericArray {
  const facts = new Set(variable.facts);
  const drawer = drawers.find(([fact]) => facts.has(fact))?.[1];
  return drawer ? drawer({ variable, facts, random }) : entries({ variable, facts, random });
}

interface Draw {
  readonly variable: Variable;
  readonly facts: ReadonlySet<Fact>;
  readonly random: Random;
}

/** The first fact that a variable has decides; it looks at the others itself. */
const drawers: readonly (readonly [Fact, (draw: Draw) => NumericArray])[] = [
  ['onehot', onehot],
  ['simplex', simplex],
  ['binary', ({ variable: { shape }, random }) => filled(shape, () => random.below(2))],
  ['pm1', ({ variable: { shape }, random }) => filled(shape, random.sign)],
  ['orthogonal', orthogonal],
  ['diagonal', diagonalMatrix],
  ['skew', skew],
  ['spd', (draw) => rotated(draw, () => draw.random.between(0.5, 2))],
  ['symmetric', symmetric],
  ['invertible', invertible],
];

const filled = (shape: readonly number[], draw: () => number): NumericArray =>
  array(shape, Float64Array.from({ length: sizeOfShape(shape) }, draw));

/** One number with the facts that hold entry by entry; away from zero wherever a formula may divide or take a root. */
function entry({ facts, random }: Draw): number {
  if (facts.has('positive')) return random.between(0.4, 2);
  if (facts.has('negative')) return random.between(-2, -0.4);
  if (facts.has('nonnegative')) return random.between(0.1, 2);
  if (facts.has('nonzero')) return random.sign() * random.between(0.4, 2);
  return random.normal();
}
const entries = (draw: Draw): NumericArray => filled(draw.variable.shape, () => entry(draw));

function onehot({ variable: { shape, at }, random }: Draw): NumericArray {
  return mapVectors(
    (values) => {
      const position = at === undefined ? random.below(values.length) : at - 1;
      return values.map((_, i) => (i === position ? 1 : 0));
    },
    filled(shape, () => 0),
  );
}

function simplex({ variable: { shape }, random }: Draw): NumericArray {
  return mapVectors(
    (values) => {
      const sum = values.reduce((total, value) => total + value, 0);
      return values.map((value) => value / sum);
    },
    filled(shape, () => random.between(0.2, 1)),
  );
}

function side({ name, shape }: Variable, fact: Fact): number {
  const [rows = 1, columns = 1] = shape;
  if (rows === columns && shape.length <= 2) return rows;
  return refuse({ kind: 'fact', message: `${name} is ${rows} x ${columns}, and only a square matrix can be ${fact}` });
}

const reflection = (mirror: NumericArray, size: number): NumericArray => {
  const scale = 2 / dot(mirror, mirror);
  return matrix(size, size, (i, j) => (i === j ? 1 : 0) - scale * mirror.data[i]! * mirror.data[j]!);
};

/** A product of reflections in random mirrors; any two of them are a rotation. */
function randomOrthogonal(size: number, random: Random): NumericArray {
  const mirrors = Array.from({ length: size + random.below(2) }, () => column(random.normals(size)));
  return mirrors.reduce((product, mirror) => multiply(product, reflection(mirror, size)), identity(size));
}

/** Exactly symmetric (or skew, with -1): rounding must not decide what a fact promises. */
function mirrored(a: NumericArray, sign: 1 | -1 = 1): NumericArray {
  const [size] = extent(a);
  const at = (i: number, j: number): number => a.data[i * size + j]!;
  return matrix(size, size, (i, j) => (i < j ? at(i, j) : i > j ? sign * at(j, i) : sign === 1 ? at(i, i) : 0));
}

function rotated({ variable, facts, random }: Draw, eigenvalue: () => number): NumericArray {
  const size = side(variable, facts.has('spd') ? 'spd' : 'symmetric');
  const basis = randomOrthogonal(size, random);
  return mirrored(multiply(multiply(basis, diagonal(filled([size], eigenvalue))), transpose(basis)));
}

function orthogonal({ variable, facts, random }: Draw): NumericArray {
  const size = side(variable, 'orthogonal');
  if (facts.has('diagonal')) return diagonal(filled([size], random.sign));
  return facts.has('symmetric') ? reflection(column(random.normals(size)), size) : randomOrthogonal(size, random);
}

function diagonalMatrix(draw: Draw): NumericArray {
  const size = side(draw.variable, 'diagonal');
  const facts = new Set(draw.facts);
  if (facts.has('spd')) facts.add('positive');
  if (facts.has('invertible')) facts.add('nonzero');
  return diagonal(filled([size], () => entry({ ...draw, facts })));
}

function skew(draw: Draw): NumericArray {
  side(draw.variable, 'skew');
  return mirrored(entries(draw), -1);
}

function symmetric(draw: Draw): NumericArray {
  side(draw.variable, 'symmetric');
  if (draw.facts.has('invertible')) return rotated(draw, () => draw.random.sign() * draw.random.between(0.5, 2));
  return mirrored(entries(draw));
}

function invertible(draw: Draw): NumericArray {
  const { random } = draw;
  const size = side(draw.variable, 'invertible');
  if (signed.some((fact) => draw.facts.has(fact))) {
    // A heavy diagonal keeps the signs that are asked for.
    const start = entries(draw);
    return matrix(size, size, (i, j) => {
      const value = start.data[i * size + j]!;
      return i === j ? value + Math.sign(value) * 2 * size : value;
    });
  }
  const stretch = diagonal(filled([size], () => random.between(0.5, 2)));
  return multiply(multiply(randomOrthogonal(size, random), stretch), randomOrthogonal(size, random));
}
const signed: readonly Fact[] = ['positive', 'negative', 'nonnegative', 'nonzero'];
