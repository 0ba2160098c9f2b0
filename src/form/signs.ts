/**
 * Which sums in a product are written with their signs turned? The program's own stand as they were put: -2*(T - U*V')*V,
 * not 2*(U*V' - T)*V. Of others what is mentioned first is positive, numbers before names (1 - h), unless a minus in front
 * can go inside.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { keyOf, partsOf, summandsOf } from '../terms/construct.ts';
import type { Factor, Term } from '../terms/node.ts';
import { contraction } from './products.ts';
import { formOrNone, freeOf, type Reader, type Tensor } from './reader.ts';

export interface Turns {
  /** The coefficient with the signs of the turned sums. */
  readonly sign: Rational;
  readonly turned: ReadonlySet<Factor>;
}

export function turnedSums(coefficient: Rational, factors: readonly Factor[], reader: Reader): Turns {
  const turned = new Set<Factor>();
  let sign = coefficient;
  const sums = factors.filter(([f, e]) => f.node.kind === 'sum' && Q.isInteger(e));
  const turn = (factor: Factor): void => {
    if (!turned.delete(factor)) turned.add(factor);
    if (factor[1].n % 2n !== 0n) sign = Q.negated(sign);
  };
  for (const factor of sums)
    if (reader.written.get(factor[0].node)?.negated ?? leadsNegative(factor[0], reader)) turn(factor);
  const free = sums.filter(([f, e]) => !reader.written.has(f.node) && e.n % 2n !== 0n);
  const contractionTakesIt = (): boolean =>
    factors.some(([f, e]) => Q.isOne(e) && negatedContraction(f, reader) !== undefined);
  if (Q.isNegative(sign) && free.length > 0 && !contractionTakesIt())
    turn(free.find(([f]) => !summandsOf(f).some(([, s]) => s.node.kind === 'number')) ?? free[0]!);
  return { sign, turned };
}

function leadsNegative(t: Term, reader: Reader): boolean {
  const rankOf = (s: Term): number => formOrNone(() => reader.tensorOf(s).form.rank) ?? Number.MAX_SAFE_INTEGER;
  const [first] = summandsOf(t)
    .map(([c, s]) => ({ c, rank: s.node.kind === 'number' ? -1 : rankOf(s) }))
    .toSorted((a, b) => a.rank - b.rank);
  return first !== undefined && Q.isNegative(first.c);
}

const known = new WeakMap<Reader, Map<string, Tensor | undefined>>();
/** A contraction whose sums take in a minus, if they can without showing one in front: x'*(y - z) for -x'*(z - y). */
export function negatedContraction(t: Term, reader: Reader): Tensor | undefined {
  if (t.node.kind !== 'product' || t.node.bound.length === 0) return undefined;
  const found = known.get(reader) ?? new Map<string, Tensor | undefined>();
  known.set(reader, found);
  const key = keyOf(t);
  if (!found.has(key)) found.set(key, negated(t, reader));
  return found.get(key);
}
function negated(t: Term, reader: Reader): Tensor | undefined {
  const parts = partsOf(t);
  const isNested = ([f]: Factor): boolean =>
    f.node.kind === 'sum' || (f.node.kind === 'product' && f.node.bound.length > 0);
  if (!parts.factors.some(isNested)) return undefined;
  const tensor = contraction(t, { ...parts, coefficient: Q.minusOne }, freeOf([t], reader), reader);
  return tensor.form.kind === 'scaled' && Q.isNegative(tensor.form.coefficient) ? undefined : tensor;
}
