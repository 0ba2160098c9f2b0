/**
 * What are exp, log, sin modulo a prime? Anything, as long as equal arguments give equal values: an identity that holds
 * for such functions holds for the real ones. A few laws are kept, so that more identities are recognised:
 * exp(-x) = 1/exp(x), log(exp(x)) = x, sin^2 + cos^2 = 1, odd and even functions.
 */
import { entrywise, entrywiseFunctions, type EntrywiseName } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Random } from '../evaluate/random.ts';
import { type Atoms, createAtoms, createExponentials, createWaves } from './atoms.ts';
import type { Field } from './field.ts';
import type { ApplyNode } from '../terms/node.ts';
import type { PrimeArithmetic } from './prime.ts';
import { createSigns, type Signs } from './signs.ts';

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
    computes: (fn) => Object.hasOwn(own, fn) || entrywise[fn].definition === 'primitive',
    apply: (fn, args, node) => {
      if (node && jumps.has(fn)) compared(node, args[0] === (args[1] ?? 0));
      return own[fn]?.(...(args as [number, number])) ?? anyFunction(fn, args, atoms);
    },
    largest: signs.largest,
    constant: () => atoms.atom('pi', atoms.drawPositive),
    unknown: (op, argument, outs) => atoms.atom(`${op} ${argument.join()} at ${outs.join()}`),
  };
}

/** What is not continuous where its sides are equal: that case is one of its own, and not the limit of the others. */
const jumps: ReadonlySet<string> = new Set(
  [...entrywiseFunctions].flatMap(([name, { kinks }]) =>
    kinks.some(({ order, needs, of }) => order === 0 && needs === 'nonzero' && (of === 'x' || of === 'x - y'))
      ? [name]
      : [],
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
