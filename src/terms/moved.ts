/** Positions put in for positions: what is read at l, where l = i + 1, is read at i + 1. */
import * as Q from '../basics/rational.ts';
import { dimProduct, dimSum, fixed } from '../shape/dim.ts';
import { indexNumber } from './atoms.ts';
import { apply } from './functions.ts';
import { guard } from './guards.ts';
import type { ApplyNode, BlockNode, Factor, Summand, Term } from './node.ts';
import { argumentsOf, dependsOn, partsOf, summandsOf } from './place.ts';
import { type Flat, product } from './products.ts';
import { block, blockParts, type Part } from './selectors.ts';
import { size, sum } from './sums.ts';

/** The factors of a sum over l, with a block that says what l is, where they make positions of l: undefined where none does. */
export function movedPositions({ factors, bound }: Flat): readonly Factor[] | undefined {
  for (const { base: by } of factors) {
    if (by.node.kind !== 'block' || !bound.some(({ index }) => index === by.at[0])) continue;
    const next = factors.map(({ base, exponent }): Factor => [base === by ? base : moved(base, by), exponent]);
    if (next.some(([t], n) => t !== factors[n]!.base)) return next;
  }
  return undefined;
}

/**
 * Blocks, conditions and numbers that are made of the whole of a block, made of its parts instead. An entry x[l] stays: the block
 * beside it says what l is.
 */
function moved(t: Term, by: Term): Term {
  const whole = by.at[0]!;
  if (!dependsOn(t, whole)) return t;
  const { node } = t;
  switch (node.kind) {
    case 'block':
    case 'guard': {
      const all = blockParts(t);
      const own = all.find(({ index }) => index === whole);
      if (!own) return t;
      const { offset } = by.node as BlockNode;
      const put = blockParts(by).map((part): Part => ({ ...part, coefficient: own.coefficient * part.coefficient }));
      const parts = [...all.filter((part) => part !== own), ...put];
      const from = dimSum(node.offset, dimProduct(fixed(own.coefficient), offset));
      return node.kind === 'guard' ? guard(node.relation, parts, from) : block(t.at[0]!, parts, from, node.slots[0]!);
    }
    case 'index':
      return sum([
        ...blockParts(by).map(({ coefficient, index, dim }): Summand => [
          Q.rational(coefficient),
          indexNumber(index, dim),
        ]),
        [Q.one, size((by.node as BlockNode).offset)],
      ]);
    case 'sum': {
      const summands = summandsOf(t);
      const next = summands.map(([c, s]): Summand => [c, moved(s, by)]);
      return next.every(([, s], n) => s === summands[n]![1]) ? t : sum(next);
    }
    case 'product': {
      const { coefficient, factors, bound } = partsOf(t);
      const next = factors.map(([f, e]): Factor => [moved(f, by), e]);
      return next.every(([f], n) => f === factors[n]![0]) ? t : product(coefficient, next, bound);
    }
    case 'apply': {
      const args = argumentsOf(t as Term & { readonly node: ApplyNode });
      const next = args.map((arg) => moved(arg, by));
      return next.every((arg, n) => arg === args[n]) ? t : apply(node.fn, next);
    }
    default:
      return t;
  }
}
