/** Conditions on positions: how they are made, what two of them say together, how often one holds. */
import { Refusal } from '../basics/problem.ts';
import { entrywiseFunctions } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed, isAtLeastZero, sizeOf } from '../shape/dim.ts';
import { arranged, indexNumber, isOne, isZero, one, zero } from './atoms.ts';
import { freshIndex, hashText, intern, mix } from './intern.ts';
import type { ApplyNode, Bound, GuardNode, Index, Summand, Symmetry, Term } from './node.ts';
import { argumentsOf, dependsOn, rename, summandsOf } from './place.ts';
import type { Flat } from './products.ts';
import { block, blockParts, collectedParts, endsOf, exchanges, inOrder, type Part } from './selectors.ts';
import { minus, size, sum } from './sums.ts';

const opposite = (dim: Dim): Dim => dimProduct(fixed(-1), dim);
const turned = (part: Part): Part => ({ ...part, coefficient: -part.coefficient });
const less = (dim: Dim, by: number): Dim => dimDifference(dim, fixed(by));

/** 1 where offset + the parts is at least 1, or where it is not 0. */
export function guard(relation: GuardNode['relation'], given: readonly Part[], from: Dim): Term {
  const collected = collectedParts(given, from);
  const [first] = collected.parts;
  // i != j and j != i are one.
  const isTurned = relation === 'unequal' && -(first?.coefficient ?? 0) > 0;
  const parts = isTurned ? collected.parts.map(turned).toSorted(inOrder) : collected.parts;
  const offset = isTurned ? opposite(collected.offset) : collected.offset;
  const [least, most] = endsOf(parts, offset);
  const isPositive = isAtLeastZero(dimDifference(least, fixed(1)));
  if (isPositive) return one;
  if (relation === 'at-least' && isAtLeastZero(opposite(most))) return zero;
  if (relation === 'unequal' && isAtLeastZero(dimDifference(fixed(-1), most))) return one;
  if (relation === 'unequal' && parts.length === 0 && sizeOf(offset) === 0) return zero;
  const written = parts.map(({ coefficient, dim }) => `${coefficient}:${dim.key}`).join();
  const node = intern<GuardNode>(`g${relation} ${offset.key}|${written}`, () => ({
    kind: 'guard',
    relation,
    offset,
    coefficients: parts.map(({ coefficient }) => coefficient),
    hash: mix(mix(8, hashText(`${relation} ${offset.key}`)), hashText(written)),
    slots: parts.map(({ dim }) => dim),
    symmetries: [...exchanges(parts), ...(relation === 'unequal' ? turns(parts, offset) : [])].map(
      (slots): Symmetry => ({ slots, sign: 1 }),
    ),
  }));
  return {
    node,
    at: arranged(
      node,
      parts.map(({ index }) => index),
    ),
  };
}

/** i - j is 0 where j - i is. */
const turns = ([a, b, ...others]: readonly Part[], offset: Dim): readonly (readonly number[])[] =>
  a && b && others.length === 0 && sizeOf(offset) === 0 && a.coefficient === -b.coefficient && a.dim === b.dim
    ? [[1, 0]]
    : [];

/** The coefficient of each index. */
const coefficients = (t: Term): ReadonlyMap<Index, number> =>
  new Map(blockParts(t).map(({ index, coefficient }) => [index, coefficient]));
/** How the parts of one are to those of the other. */
function compared(a: Term, b: Term): 'the same' | 'opposite' | undefined {
  const [own, other] = [coefficients(a), coefficients(b)];
  if (own.size !== other.size) return undefined;
  const all = (sign: 1 | -1): boolean => [...own].every(([index, c]) => other.get(index) === sign * c);
  return all(1) ? 'the same' : all(-1) ? 'opposite' : undefined;
}
const isBelow = (a: Dim, b: Dim): boolean => isAtLeastZero(dimDifference(less(b, 1), a));

/** 1[i >= 3] over a bound index as a place for each value that is left: i = p + 2. */
export function asRange(condition: Term): { readonly bound: Bound; readonly selector: Term } | undefined {
  const { relation, offset } = condition.node as GuardNode;
  const [only, other] = blockParts(condition);
  if (relation !== 'at-least' || !only || other || Math.abs(only.coefficient) !== 1) return undefined;
  const { index, dim, coefficient } = only;
  const length = coefficient === 1 ? dimSum(dim, offset) : less(offset, 1);
  if (!isAtLeastZero(length) || !isAtLeastZero(dimDifference(dim, length))) return undefined;
  const part: Part = { index: freshIndex(), dim: length, coefficient: 1 };
  return { bound: part, selector: block(index, [part], coefficient === 1 ? opposite(offset) : fixed(0), dim) };
}

/** What two conditions on the same indices say together, where that is shorter: of i >= j and i > j the second, i = j for i >= j and j >= i. */
export function meet(a: Term, b: Term): readonly Term[] | undefined {
  if (a.node.kind !== 'guard' || b.node.kind !== 'guard') return undefined;
  const relation = compared(a, b);
  if (!relation) return undefined;
  const [p, q] = [a.node.offset, b.node.offset];
  if (a.node.relation === 'at-least' && b.node.relation === 'at-least') {
    if (relation === 'the same') return isAtLeastZero(dimDifference(q, p)) ? [a] : undefined;
    return facing(a, less(dimSum(p, q), 1));
  }
  if (a.node.relation === 'unequal') return undefined;
  // Sum + p is at least 1, and not p - r, where the other one is 0.
  const r = relation === 'the same' ? q : opposite(q);
  const excluded = dimDifference(p, r);
  if (sizeOf(excluded) === 1) return [guard('at-least', blockParts(a), less(p, 1))];
  return isBelow(excluded, fixed(1)) ? [a] : undefined;
}
/** Two bounds that face each other, with so many values between them. */
function facing(a: Term, values: Dim): readonly Term[] | undefined {
  if (isAtLeastZero(opposite(values))) return [zero];
  if (sizeOf(values) !== 1) return undefined;
  return [equality(blockParts(a), less((a.node as GuardNode).offset, 1))];
}
/** 1 where offset + the parts is 0: one of the positions is what the others make. */
export function equality(parts: readonly Part[], offset: Dim): Term {
  const whole = parts.find(({ coefficient }) => Math.abs(coefficient) === 1);
  if (!whole) return minus(one, guard('unequal', parts, offset));
  const others = parts.filter((part) => part !== whole);
  return whole.coefficient === 1
    ? block(whole.index, others.map(turned), opposite(offset), whole.dim)
    : block(whole.index, others, offset, whole.dim);
}

/** For how many values of the index it holds, where that is one formula for all values of the others: n + 1 - j for i >= j. */
export function count(t: Term, { index, dim }: Bound): Term | undefined {
  const { relation, offset } = t.node as GuardNode;
  const parts = blockParts(t);
  const own = parts.find((part) => part.index === index);
  if (!own || Math.abs(own.coefficient) !== 1) return undefined;
  const others = parts.filter((part) => part !== own);
  if (relation === 'unequal') {
    // One value is left out, if that is between 1 and n for all values of the others.
    const turn = own.coefficient === 1;
    const [least, most] = endsOf(turn ? others.map(turned) : others, turn ? opposite(offset) : offset);
    const isInside = isAtLeastZero(less(least, 1)) && isAtLeastZero(dimDifference(dim, most));
    return isInside ? size(less(dim, 1)) : undefined;
  }
  // i >= 1 - rest leaves n + rest of the values, i <= rest - 1 that many.
  const from = own.coefficient === 1 ? dimSum(dim, offset) : less(offset, 1);
  const [least, most] = endsOf(others, from);
  if (!isAtLeastZero(least) || !isAtLeastZero(dimDifference(dim, most))) return undefined;
  return sum([
    ...others.map((part): Summand => [Q.rational(part.coefficient), indexNumber(part.index, part.dim)]),
    [Q.one, size(from)],
  ]);
}

/**
 * 1 - delta(i,j) beside what has no value at i = j: it cannot be multiplied out, and says 1[i != j]. Everywhere else the difference is
 * the better form, since it can.
 */
export function keepApart(flat: Flat): void {
  for (const factor of flat.factors) {
    const found = Q.isOne(factor.exponent) ? withoutDiagonal(factor.base) : undefined;
    if (!found) continue;
    const [sign, equal] = found;
    const [i, j] = equal.at as [Index, Index];
    const names = new Map([[j, i]]);
    if (!flat.factors.some(({ base, exponent }) => dependsOn(base, j) && !hasValue(base, exponent, names))) continue;
    const dim = equal.node.slots[0]!;
    const part = (index: Index, coefficient: number): Part => ({ index, dim, coefficient });
    factor.base = guard('unequal', [part(i, 1), part(j, -1)], fixed(0));
    flat.coefficient = Q.times(flat.coefficient, sign);
  }
}
/** Does base^exponent exist where the indices are one? */
function hasValue(base: Term, exponent: Q.Rational, names: ReadonlyMap<Index, Index>): boolean {
  try {
    const there = rename(base, names);
    if (Q.isNegative(exponent)) return !isZero(there);
    if (base.node.kind !== 'apply' || entrywiseFunctions.get(base.node.fn)!.domain.length === 0) return true;
    return !argumentsOf(base as Term & { readonly node: ApplyNode }).some((arg) => isZero(rename(arg, names)));
  } catch (error) {
    // It divides by 0 on the way.
    if (error instanceof Refusal) return false;
    throw error;
  }
}
function withoutDiagonal(t: Term): readonly [sign: Q.Rational, delta: Term] | undefined {
  if (t.node.kind !== 'sum' || t.node.terms.length !== 2) return undefined;
  const summands = summandsOf(t);
  const [c, equal] = summands.find(([, s]) => s.node.kind === 'delta') ?? [];
  const [d] = summands.find(([, s]) => isOne(s)) ?? [];
  if (!c || !d || !equal || !Q.isOne(Q.absolute(d)) || !Q.isZero(Q.plus(c, d))) return undefined;
  return [d, equal];
}
