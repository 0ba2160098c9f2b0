/** Exact rational numbers: every constant stays one until a number is evaluated. */
export interface Rational {
  readonly n: bigint;
  /** Always positive, coprime to n. */
  readonly d: bigint;
}

const gcd = (a: bigint, b: bigint): bigint => {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
};

export function rational(n: bigint | number, d: bigint | number = 1n): Rational {
  let [top, bottom] = [BigInt(n), BigInt(d)];
  if (bottom === 0n) throw new RangeError('a rational with denominator zero');
  if (bottom < 0n) [top, bottom] = [-top, -bottom];
  const common = bottom === 1n ? 1n : gcd(top, bottom);
  return common === 1n ? { n: top, d: bottom } : { n: top / common, d: bottom / common };
}

export const zero: Rational = rational(0);
export const one: Rational = rational(1);
export const minusOne: Rational = rational(-1);
export const half: Rational = rational(1, 2);

export const plus = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n + b.n, d: 1n } : rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational =>
  a.d === 1n && b.d === 1n ? { n: a.n * b.n, d: 1n } : rational(a.n * b.n, a.d * b.d);
export const negated = (a: Rational): Rational => ({ n: -a.n, d: a.d });
export const minus = (a: Rational, b: Rational): Rational => plus(a, negated(b));
export const inverse = (a: Rational): Rational => rational(a.d, a.n);
export const over = (a: Rational, b: Rational): Rational => times(a, inverse(b));
export const absolute = (a: Rational): Rational => (a.n < 0n ? negated(a) : a);

export const isZero = (a: Rational): boolean => a.n === 0n;
export const isOne = (a: Rational): boolean => a.n === 1n && a.d === 1n;
export const isMinusOne = (a: Rational): boolean => a.n === -1n && a.d === 1n;
export const isInteger = (a: Rational): boolean => a.d === 1n;
export const isNegative = (a: Rational): boolean => a.n < 0n;
export const isPositive = (a: Rational): boolean => a.n > 0n;
export const equal = (a: Rational, b: Rational): boolean => a.n === b.n && a.d === b.d;
export const compare = (a: Rational, b: Rational): number => {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};
export const smaller = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);

/** Integer powers; a negative exponent inverts. */
export function power(a: Rational, exponent: number): Rational {
  if (exponent < 0) return power(inverse(a), -exponent);
  return { n: a.n ** BigInt(exponent), d: a.d ** BigInt(exponent) };
}

/** The largest c > 0 such that every a/c is an integer. */
export function content(values: readonly Rational[]): Rational {
  let [n, d] = [0n, 1n];
  for (const value of values) {
    n = gcd(n, value.n);
    d = (d * value.d) / gcd(d, value.d);
  }
  return n === 0n ? one : rational(n, d);
}

export const toNumber = (a: Rational): number => {
  const direct = Number(a.n) / Number(a.d);
  if (Number.isFinite(direct)) return direct;
  // Both sides overflow a double: keep 64 significant bits of each.
  const shift = BigInt(Math.max(a.n.toString(2).length, a.d.toString(2).length) - 1000);
  return Number(a.n >> shift) / Number(a.d >> shift);
};
/** As a key, and as the language writes it. */
export const toText = (a: Rational): string => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);

/** Reads 12, 0.5, .5, 1e-3 exactly. */
export function fromDecimal(text: string): Rational {
  const [mantissa = '', exponentText = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const shift = Number(exponentText) - fraction.length;
  const digits = BigInt(whole + fraction || '0');
  return shift >= 0 ? rational(digits * 10n ** BigInt(shift)) : rational(digits, 10n ** BigInt(-shift));
}

/** Splits a^(p/q) into an integer-power factor and a root-free rest: returns [outside, inside] with a^(1/q) = outside * inside^(1/q). */
export function extractRoot(a: bigint, q: number): [outside: bigint, inside: bigint] {
  let [outside, inside] = [1n, a];
  for (let p = 2n; p < 1000n && p ** BigInt(q) <= inside; p++) {
    const step = p ** BigInt(q);
    while (inside % step === 0n) [outside, inside] = [outside * p, inside / step];
  }
  return [outside, inside];
}
