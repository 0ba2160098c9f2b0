/**
 * Arithmetic modulo a prime p in which signs and roots mean what they mean for real numbers.
 *
 * (p - 1)/2 is a prime too, hence odd: among a and -a exactly one is a square. Squares play the positive numbers. A
 * product of two positive numbers is positive, and each has exactly one positive root of every degree, so that
 * sqrt(a)*sqrt(b) = sqrt(a*b) and sqrt(a^2) = |a|. Only sums of positive numbers need not be positive: what needs order
 * beyond that is not proved here.
 */
import type { Rational } from '../basics/rational.ts';
import { outside } from './field.ts';

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
  const isPositive = (a: number): boolean => a !== 0 && powerModulo(a, half, p) === 1;
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
