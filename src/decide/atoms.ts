/**
 * What are exp, log, sin modulo a prime? Anything, as long as equal arguments give equal values: an identity that holds
 * for such functions holds for the real ones. A few laws are kept, so that more identities are recognised:
 * exp(-x) = 1/exp(x), log(1/x) = -log(x), log(exp(x)) = x, sin^2 + cos^2 = 1, odd and even functions.
 */
import * as Q from '../basics/rational.ts';
import type { Random } from '../evaluate/random.ts';
import { type Field, outside } from './field.ts';
import type { PrimeArithmetic } from './prime.ts';

export interface PrimeField extends Field<number> {
  readonly arithmetic: PrimeArithmetic;
  readonly draw: () => number;
  readonly drawPositive: () => number;
  /** How many times has a sign, or the place of a maximum, decided something so far? */
  readonly decisions: () => number;
}

/** `ties`: the sides of a comparison are also taken to be equal now and then. */
export function primeField(arithmetic: PrimeArithmetic, random: Random, ties: boolean): PrimeField {
  const { p, plus, times, negated, inverse, rational, isPositive, power } = arithmetic;
  const draw = (): number => 1 + random.below(p - 1);
  const drawPositive = (): number => {
    const root = draw();
    return times(root, root);
  };
  const drawn = new Map<string, number>();
  const atom = (key: string, make: () => number = draw): number => {
    const known = drawn.get(key);
    if (known !== undefined) return known;
    const value = make();
    drawn.set(key, value);
    return value;
  };
  const decided = new Set<string>();
  const isAbove = (a: number): boolean => {
    decided.add(`${Math.min(a, p - a)}`);
    return isPositive(a);
  };
  const minus = (a: number, b: number): number => plus(a, negated(b));
  const halfOf = (a: number): number => times(a, rational(Q.half));

  const logs = new Map<number, number>();
  const exponentials = new Map<number, number>();
  const pair = (argument: number, value: number): number => {
    for (const [x, e] of [
      [argument, value],
      [negated(argument), inverse(value)],
    ] as const) {
      exponentials.set(x, e);
      logs.set(e, x);
    }
    return value;
  };
  const exp = (x: number): number => (x === 0 ? 1 : (exponentials.get(x) ?? pair(x, drawPositive())));
  const log = (x: number): number => {
    if (x === 1) return 0;
    if (!isPositive(x)) return outside();
    const known = logs.get(x);
    if (known !== undefined) return known;
    const value = draw();
    pair(value, x);
    return value;
  };
  const odd = (fn: string, x: number): number => {
    if (x === 0) return 0;
    return x < p - x ? atom(`${fn} ${x}`) : negated(atom(`${fn} ${p - x}`));
  };
  /** The tangent of half the angle. */
  const halfAngle = (x: number): number => odd('half angle', x);
  const cosine = (x: number): number => {
    const square = times(halfAngle(x), halfAngle(x));
    return times(minus(1, square), inverse(plus(1, square)));
  };
  const sine = (x: number): number => times(halfAngle(x), plus(1, cosine(x)));
  const absolute = (x: number): number => (isAbove(x) ? x : negated(x));
  const sigmoid = (x: number): number => inverse(plus(1, exp(negated(x))));
  const mean = (a: number, b: number): number => halfOf(plus(a, b));
  const pi = (): number => atom('pi', drawPositive);

  /** 1, 0 or -1 for above, equal, below. */
  const compare = (x: number, y: number): number => {
    const difference = minus(x, y);
    if (difference === 0) return 0;
    const key = `tie ${Math.min(difference, p - difference)}`;
    if (ties && atom(key, () => random.below(3)) === 0) return 0;
    return isAbove(difference) ? 1 : -1;
  };
  /** Any of the entries: the same one in whichever order they come, and when all are shifted. */
  const largest = (values: readonly number[]): number => {
    const distances = (from: number): string =>
      values
        .map((value) => minus(value, from))
        .toSorted((a, b) => a - b)
        .join();
    const sorted = values
      .map((value) => ({ value, from: distances(value) }))
      .toSorted((a, b) => (a.from < b.from ? -1 : 1));
    const key = `max ${sorted.map(({ from }) => from).join(';')}`;
    decided.add(key);
    return sorted[atom(key, () => random.below(sorted.length))]!.value;
  };
  const truth = (holds: boolean): number => (holds ? 1 : 0);
  const two: Readonly<Record<string, (x: number, y: number) => number>> = {
    power: (x, y) => exp(times(y, log(x))),
    max: (x, y) => mean(plus(x, y), absolute(minus(x, y))),
    greater: (x, y) => truth(compare(x, y) > 0),
    less: (x, y) => truth(compare(x, y) < 0),
    'at-least': (x, y) => truth(compare(x, y) >= 0),
    'at-most': (x, y) => truth(compare(x, y) <= 0),
    equals: (x, y) => truth(compare(x, y) === 0),
    differs: (x, y) => truth(compare(x, y) !== 0),
  };
  const single: Readonly<Record<string, (x: number) => number>> = {
    exp,
    log,
    abs: absolute,
    sign: (x) => plus(compare(x, 0), p) % p,
    step: (x) => truth(compare(x, 0) > 0),
    relu: (x) => mean(x, absolute(x)),
    sin: sine,
    cos: cosine,
    asin: (x) => odd('asin', x),
    atan: (x) => odd('atan', x),
    erf: (x) => odd('erf', x),
    tan: (x) => times(sine(x), inverse(cosine(x))),
    acos: (x) => minus(halfOf(pi()), odd('asin', x)),
    cosh: (x) => mean(exp(x), exp(negated(x))),
    sinh: (x) => mean(exp(x), negated(exp(negated(x)))),
    tanh: (x) => minus(times(2, sigmoid(times(2, x))), 1),
    sigmoid,
    softplus: (x) => log(plus(1, exp(x))),
    silu: (x) => times(x, sigmoid(x)),
    gelu: (x) => times(x, mean(1, odd('erf', times(x, power(2, Q.rational(-1, 2)))))),
  };
  return {
    arithmetic,
    draw,
    drawPositive,
    decisions: () => decided.size,
    zero: 0,
    one: 1,
    rational,
    plus,
    times,
    inverse,
    vanishes: (a) => a === 0,
    isLarger: () => false,
    power,
    apply: (fn, [x, y]) => (y === undefined ? single[fn]?.(x!) : two[fn]?.(x!, y)) ?? outside(),
    largest,
    constant: pi,
    unknown: (op, argument, outs) => atom(`${op} ${argument.join()} at ${outs.join()}`),
  };
}
