/** How is an exact number written? As a decimal if the writer wrote one, else as an integer or a fraction. */
import { isInteger, type Rational } from '../basics/rational.ts';
import type { NumberLiteral } from '../syntax/tree.ts';

export type Digits =
  | { readonly kind: 'integer'; readonly negative: boolean; readonly digits: string }
  | { readonly kind: 'decimal'; readonly negative: boolean; readonly digits: string; readonly exponent: number }
  | { readonly kind: 'fraction'; readonly negative: boolean; readonly top: string; readonly bottom: string };

/** Beyond this many zeros in a row a power of ten reads better. */
const manyZeros = 12;

/** The digits of n * 10^-places, if n/d terminates. */
function decimalDigits({ n, d }: Rational): { readonly digits: string; readonly places: number } | undefined {
  let [rest, twos, fives] = [d, 0, 0];
  for (; rest % 2n === 0n; twos++) rest /= 2n;
  for (; rest % 5n === 0n; fives++) rest /= 5n;
  if (rest !== 1n) return undefined;
  const places = Math.max(twos, fives);
  return { digits: `${(n * 10n ** BigInt(places)) / d}`, places };
}

function decimal(digits: string, places: number): { readonly digits: string; readonly exponent: number } {
  const significant = digits.replace(/0+$/, '') || '0';
  const exponent = digits.length - places - 1;
  if (digits !== '0' && (exponent < -manyZeros || (places === 0 && digits.length - significant.length > manyZeros))) {
    return { digits: `${significant[0]}.${significant.slice(1) || '0'}`, exponent };
  }
  const padded = digits.padStart(places + 1, '0');
  const point = padded.length - places;
  return { digits: `${padded.slice(0, point)}.${padded.slice(point) || '0'}`, exponent: 0 };
}

export function digitsOf({ value, decimal: asDecimal }: NumberLiteral): Digits {
  const negative = value.n < 0n;
  const size: Rational = negative ? { n: -value.n, d: value.d } : value;
  const exact = asDecimal === true ? decimalDigits(size) : undefined;
  if (exact) return { kind: 'decimal', negative, ...decimal(exact.digits, exact.places) };
  if (isInteger(size)) return { kind: 'integer', negative, digits: `${size.n}` };
  return { kind: 'fraction', negative, top: `${size.n}`, bottom: `${size.d}` };
}
