/** What records have in common: ranges, smoothness, exact values. */
import * as Q from '../../src/basics/rational.ts';
import type { ExactValues, Range } from './record.ts';

export const reals = { least: -Infinity, most: Infinity, reached: 'none' } as const satisfies Range;
export const nonnegative = { least: 0, most: Infinity, reached: 'least' } as const satisfies Range;
export const unit = { least: -1, most: 1, reached: 'both' } as const satisfies Range;
export const smoothEverywhere = { domain: [], derivativeDomain: [], kinks: [] } as const;

export const points = (...at: readonly (readonly [argument: string, value: string])[]): ExactValues => ({
  kind: 'points',
  at,
});
export const rational = (
  value: (...args: readonly [Q.Rational, Q.Rational, Q.Rational]) => Q.Rational,
): ExactValues => ({
  kind: 'rational',
  value,
});
export const truth = (holds: boolean): Q.Rational => (holds ? Q.one : Q.zero);
