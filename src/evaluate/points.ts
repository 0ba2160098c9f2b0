/** Where should formulas be tried out? At random points that satisfy the facts about every variable. */
import { refuse } from '../basics/problem.ts';
import { type NumericArray, array, column, extent, identity, matrix, sizeOfShape, mapVectors } from './array.ts';
import { freeEntries, factsHold } from './holds.ts';
import { diagonal, dot, inverse, multiply, transpose } from './linear-algebra.ts';
import { type Fact, factNames, factRecords, implied, onlyIdentity } from '../syntax/facts.ts';

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

/** Chance alone must satisfy what the drawer of the first fact does not look at. */
const mostTries = 60;

export function randomValue(variable: Variable, random: Random): NumericArray {
  const facts = implied(new Set(variable.facts));
  const fact = factNames.find((name) => facts.has(name));
  const draw: Draw = { variable, facts, random };
  if (!fact) return entries(draw);
  if (onlyIdentity(facts)) return identity(side(draw));
  for (let tries = 0; tries < mostTries; tries++) {
    const value = drawers[fact](draw);
    if (factsHold([...value.data], facts, extentsOf(variable))) return value;
  }
  return refuse({
    kind: 'fact',
    message: `no random value was found for ${variable.name} that is ${variable.facts.join(' and ')}`,
  });
}
const extentsOf = ({ shape }: Variable): readonly number[] =>
  shape.length === 2 && shape[1] === 1 ? [shape[0]!] : shape;

interface Draw {
  readonly variable: Variable;
  /** Those that follow included. */
  readonly facts: ReadonlySet<Fact>;
  readonly random: Random;
}

/** The most telling fact of a variable decides; it looks at the others itself. */
const drawers: Readonly<Record<Fact, (draw: Draw) => NumericArray>> = {
  permutation,
  onehot,
  simplex: (draw) => weighted(draw, () => draw.random.between(0.2, 1)),
  stochastic: (draw) => weighted(draw, () => (draw.random.below(4) === 0 ? 0 : draw.random.between(0.2, 1))),
  orthogonal,
  orthonormal,
  idempotent,
  diagonal: triangular,
  skew,
  spd: definite,
  lower: triangular,
  upper: triangular,
  symmetric,
  invertible,
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

// ---- entries

const filled = (shape: readonly number[], draw: () => number): NumericArray =>
  array(shape, Float64Array.from({ length: sizeOfShape(shape) }, draw));

/** One number with the facts that hold entry by entry; away from zero wherever a formula may divide or take a root. */
function entry({ facts, random, variable }: Draw): number {
  const away = random.between(0.4, 2);
  if (facts.has('binary')) return facts.has('positive') ? 1 : random.below(2);
  if (facts.has('pm1')) return facts.has('nonnegative') ? 1 : facts.has('negative') ? -1 : random.sign();
  if (facts.has('positive')) return away;
  if (facts.has('negative')) return -away;
  // On the boundary too: what is claimed of nonnegative numbers must hold at 0.
  if (facts.has('nonnegative')) return random.below(4) === 0 ? 0 : away;
  return facts.has('nonzero') && sizeOfShape(variable.shape) === 1 ? random.sign() * away : random.normal();
}
function entries(draw: Draw): NumericArray {
  return filled(draw.variable.shape, () => entry(draw));
}
const isSigned = ({ facts }: Draw): boolean =>
  (['positive', 'negative', 'nonnegative', 'binary', 'pm1'] as const).some((fact) => facts.has(fact));

function onehot({ variable: { shape, at }, random }: Draw): NumericArray {
  return mapVectors(
    (values) => {
      const position = at === undefined ? random.below(values.length) : at - 1;
      return values.map((_, i) => (i === position ? 1 : 0));
    },
    filled(shape, () => 0),
  );
}

/** Weights, at least one of them not 0, over their sum. */
function weighted({ variable: { shape }, random }: Draw, weight: () => number): NumericArray {
  return mapVectors(
    (values) => {
      const kept = random.below(values.length);
      const weights = values.map((value, n) => (n === kept && value === 0 ? 1 : value));
      const sum = weights.reduce((total, value) => total + value, 0);
      return weights.map((value) => value / sum);
    },
    filled(shape, weight),
  );
}

// ---- matrices

function side({ variable: { name, shape, facts } }: Draw): number {
  const [rows = 1, columns = 1] = shape;
  if (rows === columns && shape.length <= 2) return rows;
  const fact = facts.find((stated) => factRecords[stated].of === 'square') ?? 'invertible';
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

function rotated(draw: Draw, eigenvalue: () => number): NumericArray {
  const size = side(draw);
  const basis = randomOrthogonal(size, draw.random);
  return mirrored(multiply(multiply(basis, diagonal(filled([size], eigenvalue))), transpose(basis)));
}

function permutation(draw: Draw): NumericArray {
  const size = side(draw);
  const order = draw.random.shuffled(size);
  return matrix(size, size, (i, j) => (order[i] === j ? 1 : 0));
}

const hasZeros = ({ facts }: Draw): boolean => facts.has('lower') || facts.has('upper');

function orthogonal(draw: Draw): NumericArray {
  const { facts, random } = draw;
  const size = side(draw);
  if (facts.has('skew')) return quarterTurns(draw);
  if (hasZeros(draw)) return diagonal(filled([size], facts.has('nonnegative') ? () => 1 : random.sign));
  if (isSigned(draw)) return permutation(draw);
  return facts.has('symmetric') ? reflection(column(random.normals(size)), size) : randomOrthogonal(size, random);
}

/** Orthogonal and skew-symmetric: every plane of some basis turned by a right angle. */
function quarterTurns(draw: Draw): NumericArray {
  const size = side(draw);
  if (size % 2 === 1)
    refuse({
      kind: 'fact',
      message: `${draw.variable.name} is ${size} x ${size}, and a skew-symmetric matrix with an odd number of rows is not orthogonal`,
    });
  const basis = randomOrthogonal(size, draw.random);
  const turns = matrix(size, size, (i, j) => (i % 2 === 0 && j === i + 1 ? 1 : i % 2 === 1 && j === i - 1 ? -1 : 0));
  return mirrored(multiply(multiply(basis, turns), transpose(basis)), -1);
}

/** The first columns of an orthogonal matrix. */
function orthonormal({ variable: { name, shape }, random }: Draw): NumericArray {
  const [rows = 1, columns = 1] = shape;
  if (columns > rows)
    refuse({ kind: 'fact', message: `${name} is ${rows} x ${columns}, and has too many columns to be orthonormal` });
  const whole = randomOrthogonal(rows, random);
  return matrix(rows, columns, (i, j) => whole.data[i * rows + j]!);
}

/** V*diag(0 or 1)*inv(V). */
function idempotent(draw: Draw): NumericArray {
  const { facts, random } = draw;
  const size = side(draw);
  if (facts.has('invertible')) return identity(size);
  const kept = diagonal(filled([size], () => random.below(2)));
  if (facts.has('diagonal')) return kept;
  if (facts.has('symmetric')) {
    const basis = randomOrthogonal(size, random);
    return mirrored(multiply(multiply(basis, kept), transpose(basis)));
  }
  const isFree = freeEntries(facts);
  const basis = matrix(size, size, (i, j) => (i === j ? 2 : isFree(i, j) ? random.between(-0.5, 0.5) : 0));
  const value = multiply(multiply(basis, kept), inverse(basis));
  return matrix(size, size, (i, j) => (isFree(i, j) ? value.data[i * size + j]! : 0));
}

/** Zero on one side of the diagonal, or on both. */
function triangular(draw: Draw): NumericArray {
  const size = side(draw);
  const isFree = freeEntries(draw.facts);
  const { random, facts } = draw;
  // The diagonal decides whether it has an inverse, and whether a diagonal matrix is positive definite.
  const onDiagonal = (): number =>
    facts.has('spd')
      ? Math.abs(entry(draw)) || 1
      : facts.has('invertible') && !isSigned(draw)
        ? random.sign() * random.between(0.4, 2)
        : entry(draw) || (facts.has('invertible') ? 1 : 0);
  return matrix(size, size, (i, j) => (i === j ? onDiagonal() : isFree(i, j) ? entry(draw) : 0));
}

function skew(draw: Draw): NumericArray {
  side(draw);
  return mirrored(entries(draw), -1);
}

function definite(draw: Draw): NumericArray {
  if (!isSigned(draw)) return rotated(draw, () => draw.random.between(0.5, 2));
  // Beside a heavy diagonal the signs that are asked for may stand.
  const size = side(draw);
  const start = mirrored(entries(draw));
  return matrix(size, size, (i, j) => start.data[i * size + j]! + (i === j ? 2 * size : 0));
}

function symmetric(draw: Draw): NumericArray {
  side(draw);
  if (draw.facts.has('invertible') && !isSigned(draw))
    return rotated(draw, () => draw.random.sign() * draw.random.between(0.5, 2));
  return mirrored(draw.facts.has('invertible') ? invertible(draw) : entries(draw));
}

function invertible(draw: Draw): NumericArray {
  const { random } = draw;
  const size = side(draw);
  if (isSigned(draw)) {
    // A heavy diagonal keeps the signs that are asked for.
    const start = entries(draw);
    return matrix(size, size, (i, j) => {
      const value = start.data[i * size + j]!;
      return i === j ? value + (Math.sign(value) || 1) * 2 * size : value;
    });
  }
  const stretch = diagonal(filled([size], () => random.between(0.5, 2)));
  return multiply(multiply(randomOrthogonal(size, random), stretch), randomOrthogonal(size, random));
}

// ---- chance
// Where do repeatable random numbers come from? mulberry32: the same seed gives the same numbers on every machine.

export interface Random {
  /** In [0, 1). */
  readonly uniform: () => number;
  readonly between: (low: number, high: number) => number;
  /** One of 0 .. count - 1. */
  readonly below: (count: number) => number;
  readonly sign: () => 1 | -1;
  readonly normal: () => number;
  readonly normals: (count: number) => Float64Array;
  /** 0 .. count - 1 in some order. */
  readonly shuffled: (count: number) => readonly number[];
}

export function randomNumbers(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const below = (count: number): number => Math.floor(count * uniform());
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    below,
    sign: () => (uniform() < 0.5 ? -1 : 1),
    normal,
    normals: (count) => Float64Array.from({ length: count }, normal),
    shuffled: (count) => {
      const order = Array.from({ length: count }, (_, n) => n);
      for (let n = order.length - 1; n > 0; n--) {
        const other = below(n + 1);
        [order[n], order[other]] = [order[other]!, order[n]!];
      }
      return order;
    },
  };
}
