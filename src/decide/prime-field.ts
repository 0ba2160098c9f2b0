/**
 * What are exp, log, sin modulo a prime? Anything, as long as equal arguments give equal values: an identity that holds
 * for such functions holds for the real ones. A few laws are kept, so that more identities are recognised:
 * exp(-x) = 1/exp(x), log(exp(x)) = x, sin^2 + cos^2 = 1, odd and even functions.
 */
import {
  entrywise,
  entrywiseFunctions,
  type EntrywiseName,
  type EntrywiseRecord,
} from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Field, outside } from './field.ts';
import type { Random } from '../evaluate/points.ts';
import type { ApplyNode } from '../terms/node.ts';

export interface PrimeField extends Field<number> {
  readonly arithmetic: PrimeArithmetic;
  readonly draw: () => number;
  readonly drawPositive: () => number;
  /** The same field, drawing from all residues. */
  readonly anywhere: Pick<PrimeField, 'draw' | 'drawPositive'>;
  /** In how many ways can the signs, and the places of maxima, come out that have decided something so far? */
  readonly cases: () => number;
  readonly decidedNumbers: () => ReadonlySet<string>;
  /** Comparisons that have been evaluated, and whether their sides have been equal. */
  readonly comparisons: ReadonlyMap<ApplyNode, boolean>;
}

/**
 * `whole`: variables are drawn from small whole numbers, where the sides of comparisons are equal now and then. They really are
 * equal then, so that |x|, sign(x) and 1[x > 0] still fit together.
 */
export function primeField(arithmetic: PrimeArithmetic, random: Random, whole: boolean): PrimeField {
  const atoms = createAtoms(arithmetic, random);
  const signs = createSigns(arithmetic, atoms, random);
  const comparisons = new Map<ApplyNode, boolean>();
  const compared = (node: ApplyNode, tie: boolean): void => {
    comparisons.set(node, tie || comparisons.get(node) === true);
  };
  const { p } = arithmetic;
  const wholes = [0, 1, 1, 2, p - 1, p - 2];
  const own = functionsOver(arithmetic, atoms, signs);
  return {
    arithmetic,
    draw: whole ? () => wholes[random.below(wholes.length)]! : atoms.draw,
    drawPositive: whole ? () => 1 + random.below(4) : atoms.drawPositive,
    anywhere: { draw: atoms.draw, drawPositive: atoms.drawPositive },
    cases: signs.cases,
    decidedNumbers: signs.decidedNumbers,
    comparisons,
    zero: 0,
    one: 1,
    rational: arithmetic.rational,
    plus: arithmetic.plus,
    times: arithmetic.times,
    inverse: arithmetic.inverse,
    vanishes: (a) => a === 0,
    isLarger: () => false,
    power: arithmetic.power,
    computes: (fn) => Object.hasOwn(own, fn) || !hasDefinition(entrywise[fn]),
    apply: (fn, args, node) => {
      if (node && jumps.has(fn)) compared(node, args[0] === (args[1] ?? 0));
      return own[fn]?.(...(args as [number, number])) ?? anyFunction(fn, args, atoms);
    },
    largest: signs.largest,
    constant: () => atoms.atom('pi', atoms.drawPositive),
    // Any function of the entries: what holds for each holds for the real one.
    spectral: (op, { values, extents }, result) =>
      Array.from({ length: result.reduce((a, b) => a * b, 1) }, (_, place) =>
        atoms.atom(`${op} ${extents.join('x')} ${values.join()} at ${place}`),
      ),
    unknown: (op, argument, outs) => atoms.atom(`${op} ${argument.join()} at ${outs.join()}`),
  };
}

/** One that holds everywhere: atan2(y, x) is atan(y/x) for positive x only. */
const hasDefinition = ({ definition }: EntrywiseRecord): boolean => definition !== 'primitive' && !definition.where;

/** What is not continuous where its sides are equal: that case is one of its own, and not the limit of the others. */
const jumps: ReadonlySet<string> = new Set(
  [...entrywiseFunctions].flatMap(([name, { kinks }]) =>
    kinks.some(({ order, needs }) => order === 0 && needs === 'nonzero') ? [name] : [],
  ),
);

/** What keeps laws of its own; every other primitive is any function of its parity. */
type Functions = Readonly<Partial<Record<EntrywiseName, (x: number, y: number) => number>>>;

function anyFunction(fn: EntrywiseName, args: readonly number[], { atom, odd, even }: Atoms): number {
  const { parity } = entrywise[fn];
  if (args.length === 1 && parity === 'odd') return odd(fn, args[0]!);
  return args.length === 1 && parity === 'even' ? even(fn, args[0]!) : atom(`${fn} ${args.join()}`);
}

const truth = (holds: boolean): number => (holds ? 1 : 0);

function functionsOver(arithmetic: PrimeArithmetic, atoms: Atoms, { compare, equal, absolute }: Signs): Functions {
  const { p, plus, minus, times, rational } = arithmetic;
  const { exp, log } = createExponentials(arithmetic, atoms);
  const { sin, cos } = createWaves(arithmetic, atoms);
  const half = rational(Q.half);
  const mean = (a: number, b: number): number => times(half, plus(a, b));
  return {
    exp,
    log,
    sin,
    cos,
    power: (x, y) => exp(times(y, log(x))),
    abs: absolute,
    // Not by their definitions, so that |x| and relu(x) decide by one sign.
    relu: (x) => mean(x, absolute(x)),
    max: (x, y) => mean(plus(x, y), absolute(minus(x, y))),
    min: (x, y) => mean(plus(x, y), arithmetic.negated(absolute(minus(x, y)))),
    sign: (x) => (compare(x, 0) + p) % p,
    step: (x) => truth(compare(x, 0) > 0),
    greater: (x, y) => truth(compare(x, y) > 0),
    less: (x, y) => truth(compare(x, y) < 0),
    'at-least': (x, y) => truth(compare(x, y) >= 0),
    'at-most': (x, y) => truth(compare(x, y) <= 0),
    equals: (x, y) => truth(equal(x, y)),
    differs: (x, y) => truth(!equal(x, y)),
  };
}

// ---- random values modulo a prime that are the same whenever they are asked for by the same key

export interface Atoms {
  /** Not zero. */
  readonly draw: () => number;
  readonly drawPositive: () => number;
  readonly atom: (key: string, make?: () => number) => number;
  /** The value of an odd function. */
  readonly odd: (fn: string, x: number) => number;
  readonly even: (fn: string, x: number) => number;
}

export function createAtoms({ p, times, negated }: PrimeArithmetic, random: Random): Atoms {
  const drawn = new Map<string, number>();
  const draw = (): number => 1 + random.below(p - 1);
  const drawPositive = (): number => {
    const root = draw();
    return times(root, root);
  };
  const atom = (key: string, make: () => number = draw): number => {
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const value = make();
    drawn.set(key, value);
    return value;
  };
  const odd = (fn: string, x: number): number => {
    if (x === 0) return 0;
    return x < p - x ? atom(`${fn} ${x}`) : negated(atom(`${fn} ${p - x}`));
  };
  const even = (fn: string, x: number): number => atom(`${fn} ${Math.min(x, (p - x) % p)}`);
  return { draw, drawPositive, atom, odd, even };
}

export interface Exponentials {
  readonly exp: (x: number) => number;
  readonly log: (x: number) => number;
}

/** Each undoes the other; what is exponential is positive. */
export function createExponentials(
  { negated, inverse, isPositive }: PrimeArithmetic,
  { draw, drawPositive }: Atoms,
): Exponentials {
  const logs = new Map<number, number>([[1, 0]]);
  const exponentials = new Map<number, number>([[0, 1]]);
  const pair = (x: number, e: number): void => {
    exponentials.set(x, e).set(negated(x), inverse(e));
    logs.set(e, x).set(inverse(e), negated(x));
  };
  return {
    exp: (x) => {
      if (!exponentials.has(x)) pair(x, drawPositive());
      return exponentials.get(x)!;
    },
    log: (x) => {
      if (!isPositive(x)) return outside();
      if (!logs.has(x)) pair(draw(), x);
      return logs.get(x)!;
    },
  };
}

export interface Waves {
  readonly sin: (x: number) => number;
  readonly cos: (x: number) => number;
}

/** From t, the tangent of half the angle: cos = (1 - t^2)/(1 + t^2), sin = t*(1 + cos). */
export function createWaves({ plus, minus, times, inverse }: PrimeArithmetic, { odd }: Atoms): Waves {
  const halfAngle = (x: number): number => odd('half angle', x);
  const cos = (x: number): number => {
    const square = times(halfAngle(x), halfAngle(x));
    return times(minus(1, square), inverse(plus(1, square)));
  };
  return { cos, sin: (x) => times(halfAngle(x), plus(1, cos(x))) };
}

// ---- what depends on signs and on order: |x|, comparisons, maxima; each such decision is counted

export interface Signs {
  readonly absolute: (x: number) => number;
  /** 1, 0 or -1 for above, equal, below. */
  readonly compare: (x: number, y: number) => number;
  readonly equal: (x: number, y: number) => boolean;
  readonly largest: (values: readonly number[]) => number;
  /** In how many ways can all decisions so far come out? */
  readonly cases: () => number;
  /** Plain numbers that something has been decided about. A size in disguise among them would be another for other sizes. */
  readonly decidedNumbers: () => ReadonlySet<string>;
}

const ascending = (a: number, b: number): number => a - b;
/** Residues of numbers with small numerators and denominators, which chance does not hit. */
const largestNumerator = 2 ** 10;
const denominators = [1, 2, 3, 4, 6] as const;

export function createSigns(
  { p, minus, times, negated, isPositive }: PrimeArithmetic,
  { atom }: Atoms,
  random: Random,
): Signs {
  const decided = new Map<string, number>();
  const numbers = new Set<string>();
  const noteNumber = (a: number): void => {
    for (const d of denominators) {
      const scaled = times(a, d);
      if (Math.min(scaled, p - scaled) > largestNumerator) continue;
      numbers.add(`${scaled > p / 2 ? scaled - p : scaled}/${d}`);
      return;
    }
  };
  const isAbove = (a: number): boolean => {
    decided.set(`${Math.min(a, p - a)}`, 2);
    noteNumber(a);
    return isPositive(a);
  };
  const compare = (x: number, y: number): number => {
    const difference = minus(x, y);
    return difference === 0 ? 0 : isAbove(difference) ? 1 : -1;
  };
  const equal = (x: number, y: number): boolean => {
    const difference = minus(x, y);
    noteNumber(difference);
    return difference === 0;
  };
  /** Any of the entries: the same one in whichever order they come, and when all are shifted. */
  const largest = (values: readonly number[]): number => {
    const distances = (from: number): string =>
      values
        .map((value) => minus(value, from))
        .toSorted(ascending)
        .join();
    const sorted = values
      .map((value) => ({ value, from: distances(value) }))
      .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
    const key = `largest ${sorted.map(({ from }) => from).join(';')}`;
    decided.set(key, values.length);
    return sorted[atom(key, () => random.below(sorted.length))]!.value;
  };
  return {
    absolute: (x) => (x === 0 ? 0 : isAbove(x) ? x : negated(x)),
    compare,
    equal,
    largest,
    cases: () => [...decided.values()].reduce((product, ways) => product * ways, 1),
    decidedNumbers: () => numbers,
  };
}

// ---- arithmetic
// Arithmetic modulo a prime p in which signs and roots mean what they mean for real numbers. (p - 1)/2 is a prime too,
// hence odd: among a and -a exactly one is a square. Squares play the positive numbers. A product of two positive
// numbers is positive, and each has exactly one positive root of every degree, so that sqrt(a)*sqrt(b) = sqrt(a*b) and
// sqrt(a^2) = |a|. Only sums of positive numbers need not be positive: what needs order beyond that is not proved here.

export interface PrimeArithmetic {
  readonly p: number;
  readonly plus: (a: number, b: number) => number;
  readonly minus: (a: number, b: number) => number;
  readonly negated: (a: number) => number;
  readonly times: (a: number, b: number) => number;
  readonly inverse: (a: number) => number;
  readonly rational: (value: Rational) => number;
  readonly isPositive: (a: number) => boolean;
  readonly power: (base: number, exponent: Rational) => number;
}

/** Largest safe primes below 2^31 for which the primes up to 17 are squares, as positive numbers should be. */
export const primes: readonly number[] = [2_147_454_839, 2_147_363_039];

/** Both below 2^31; the halves keep every intermediate result below 2^48. */
const timesModulo = (a: number, b: number, m: number): number =>
  (((a * (b >>> 16)) % m) * 65_536 + a * (b & 65_535)) % m;

function powerModulo(base: number, exponent: number, m: number): number {
  let result = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = timesModulo(result, square, m);
    square = timesModulo(square, square, m);
  }
  return result;
}

const mostExponent = 1_000_000n;
const residue = (value: bigint, m: number): number => Number(((value % BigInt(m)) + BigInt(m)) % BigInt(m));

export function primeArithmetic(p: number): PrimeArithmetic {
  const half = (p - 1) / 2;
  const times = (a: number, b: number): number => timesModulo(a, b, p);
  const inverse = (a: number): number => (a === 0 ? outside() : powerModulo(a, p - 2, p));
  const isPositive = (a: number): boolean => powerModulo(a, half, p) === 1;
  const integerPower = (base: number, exponent: bigint): number => {
    if (exponent >= 0n) return base === 0 ? (exponent === 0n ? 1 : 0) : powerModulo(base, residue(exponent, p - 1), p);
    return powerModulo(inverse(base), residue(-exponent, p - 1), p);
  };
  const power = (base: number, { n, d }: Rational): number => {
    // By Fermat, exponents that differ by p - 1 would be the same.
    if (n > mostExponent || -n > mostExponent) return outside();
    if (d === 1n) return integerPower(base, n);
    if (!isPositive(base)) return outside();
    // Positive numbers form a group of prime order `half`, where every degree has its inverse.
    const degree = powerModulo(residue(d, half), half - 2, half);
    return powerModulo(base, timesModulo(residue(n, half), degree, half), p);
  };
  return {
    p,
    plus: (a, b) => (a + b) % p,
    minus: (a, b) => (a - b + p) % p,
    negated: (a) => (a === 0 ? 0 : p - a),
    times,
    inverse,
    rational: ({ n, d }) => {
      const top = residue(n, p);
      // A multiple of p is not zero.
      if (top === 0 && n !== 0n) return outside();
      return d === 1n ? top : times(top, inverse(residue(d, p)));
    },
    isPositive,
    power,
  };
}
