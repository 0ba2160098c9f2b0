/**
 * What is known of a term beyond its form: its sign, whether it is symmetric, definite, invertible, its own square, how
 * large its rank can be. Answers rest on the facts of names and on inferences, and say which. `yes` holds wherever the term
 * has a value.
 */
import * as Q from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { argumentsOf, openOperation, partsOf, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, OperationNode, Term } from '../terms/node.ts';
import type { Sign } from '../terms/sign.ts';
import { definiteness, invertibility, skewness, statedOf, idempotence } from './definite.ts';
import { isUnchangedByTransposing, type Matrix, opened } from './matrix.ts';
import { rankBounds, neverInvertible } from './domain.ts';
import { type Answer, answerFrom, byStructure, no, type Reason, unknown, yes } from './reason.ts';
import { signFor } from './sign.ts';

export type { Matrix } from './matrix.ts';
export { type Answer, byFact, byStructure, factsBehind, inferencesIn, type Reason } from './reason.ts';
export { isSingular, neverInvertible, neverNonnegative, neverNonzero, neverPositive, neverWithin } from './domain.ts';

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
export function isInteger(t: Term): Answer {
  return answerFrom(integrality(t));
}
const integerFunctions: ReadonlySet<string> = new Set([
  'sign',
  'step',
  'greater',
  'less',
  'at-least',
  'at-most',
  'equals',
  'differs',
]);
const keepsIntegers: ReadonlySet<string> = new Set(['abs', 'relu', 'max', 'min']);
function integrality(t: Term): Reason | undefined {
  const { node } = t;
  switch (node.kind) {
    case 'number':
      return Q.isInteger(node.value) ? byStructure('an integer') : undefined;
    case 'size':
    case 'delta':
    case 'pairing':
    case 'block':
      return byStructure('a count');
    case 'symbol': {
      const stated = statedOf(node, ({ integer }) => integer === true);
      const open = stated ? undefined : opened(t);
      return stated ?? (open && integrality(open));
    }
    case 'apply': {
      if (integerFunctions.has(node.fn)) return byStructure('a whole number');
      const parts = keepsIntegers.has(node.fn)
        ? argumentsOf(t as Term & { node: ApplyNode }).map(integrality)
        : [undefined];
      return parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
    case 'operation':
      return node.op === 'det' ? integrality(openOperation(t as Term & { node: OperationNode }).body) : undefined;
    case 'sum': {
      const parts = summandsOf(t).map(([c, s]) => (Q.isInteger(c) ? integrality(s) : undefined));
      return parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
    case 'product': {
      const { coefficient, factors } = partsOf(t);
      const parts = factors.map(([f, e]) => (Q.isInteger(e) && Q.isPositive(e) ? integrality(f) : undefined));
      return Q.isInteger(coefficient) && parts.every((part) => part !== undefined) ? parts[0] : undefined;
    }
  }
}
