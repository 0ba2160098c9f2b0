/** Random values modulo a prime that are the same whenever they are asked for by the same key. */
import type { Random } from '../evaluate/random.ts';
import { outside } from './field.ts';
import type { PrimeArithmetic } from './prime.ts';

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
