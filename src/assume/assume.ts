/**
 * What is known of a term beyond its form: its sign, whether it is symmetric, definite, invertible, its own square, how
 * large its rank can be. Answers rest on the facts of names and on inferences, and say which. `yes` holds wherever the term
 * has a value.
 */
import type { Dim } from '../shape/dim.ts';
import type { Term } from '../terms/node.ts';
import type { Sign } from '../terms/sign.ts';
import { definiteness, invertibility, skewness, idempotence } from './definite.ts';
import { isUnchangedByTransposing, type Matrix } from './matrix.ts';
import { rankBounds, neverInvertible } from './domain.ts';
import { integrality } from './integer.ts';
import { type Answer, answerFrom, byStructure, no, unknown, yes } from './reason.ts';
import { signFor } from './sign.ts';

export type { Matrix } from './matrix.ts';
export { type Answer, byFact, byStructure, factsBehind, inferencesIn, type Reason } from './reason.ts';
export {
  alwaysPole,
  isAlwaysSingular,
  isSingular,
  neverInteger,
  neverInvertible,
  neverNonnegative,
  neverNonzero,
  neverPositive,
  neverWithin,
} from './domain.ts';

export function sign(t: Term): Answer<Sign> {
  const found = signFor(t);
  return found.sign === 'unknown' ? unknown : yes(found.sign, found.because);
}
export function isNonzero(t: Term): Answer {
  const found = signFor(t);
  if (found.sign === 'zero') return no(found.because);
  return ['positive', 'negative', 'nonzero'].includes(found.sign) ? yes(true, found.because) : unknown;
}
export const isSymmetric = (m: Matrix): Answer =>
  isUnchangedByTransposing(m) ? yes(true, byStructure('equal to its transpose')) : unknown;
export const isSkew = (m: Matrix): Answer => answerFrom(skewness(m));
/** Symmetric positive definite. */
export function isDefinite(m: Matrix): Answer {
  const found = isUnchangedByTransposing(m) ? definiteness(m) : undefined;
  return found?.isStrict ? yes(true, found.because) : unknown;
}
/** Symmetric positive semidefinite. */
export const isSemidefinite = (m: Matrix): Answer =>
  answerFrom(isUnchangedByTransposing(m) ? definiteness(m)?.because : undefined);
export function isInvertible(m: Matrix): Answer {
  const found = invertibility(m);
  if (found) return yes(true, found);
  const never = neverInvertible(m);
  return never === undefined ? unknown : no(byStructure(never));
}
export const isIdempotent = (m: Matrix): Answer => answerFrom(idempotence(m));
/** Sizes that the rank does not exceed. */
export const rankAtMost = (m: Matrix): readonly Dim[] => rankBounds(m);
/** Is every entry an integer? */
export const isInteger = (t: Term): Answer => answerFrom(integrality(t));
