/** Sums: equal terms are collected, no sum stands in a sum, and of a sum and its opposite one is chosen. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, exactly, named, sizeOf } from '../shape/dim.ts';
import { number, sizeLeaf, zero } from './atoms.ts';
import { hashText, mix, mixAll, intern, recall } from './intern.ts';
import { type Item, compareArrays, label, labelledIndices, antisymmetries } from './label.ts';
import type { Factor, Index, SumNode, Summand, Symmetry, Term } from './node.ts';
import { keyOf, partsOf, place, splitCoefficient, summandsOf } from './place.ts';
import { internProduct, product } from './products.ts';

export function sum(summands: readonly Summand[]): Term {
  const collected = new Map<string, { coefficient: Rational; term: Term }>();
  const add = (coefficient: Rational, term: Term): void => {
    if (term.node.kind === 'sum') {
      for (const [c, t] of summandsOf(term)) add(Q.times(coefficient, c), t);
      return;
    }
    const [c, rest] = splitCoefficient(term);
    const key = keyOf(rest);
    const known = collected.get(key);
    const total = Q.times(coefficient, c);
    if (known) known.coefficient = Q.plus(known.coefficient, total);
    else collected.set(key, { coefficient: total, term: rest });
  };
  for (const [c, t] of summands) add(c, t);
  const terms = [...collected.values()].filter(({ coefficient }) => !Q.isZero(coefficient));
  if (terms.length === 0) return zero;
  if (terms.length === 1) return scale(terms[0]!.coefficient, terms[0]!.term);

  const items = terms.map(({ coefficient, term }) => ({ node: term.node, at: term.at, tag: Q.toText(coefficient) }));
  return recall('+', items, [], place, () => makeSum(terms, items));
}

function makeSum(
  terms: readonly { readonly coefficient: Rational; readonly term: Term }[],
  items: readonly Item[],
): Term {
  const indices = labelledIndices(
    terms.map(({ term }) => term),
    [],
  );
  const labelling = label(items, indices);
  const slots = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<SumNode>(`+${labelling.key}`, () => ({
    kind: 'sum',
    terms: labelling.items.map(({ node, at, from }): Summand => [terms[from]!.coefficient, { node, at }]),
    hash: mixAll(
      11,
      labelling.items.map(({ node, at, tag }) => mix(mixAll(node.hash, at), hashText(tag))),
    ),
    slots,
    symmetries: [
      ...labelling.automorphisms.map((slots): Symmetry => ({ slots, sign: 1 })),
      ...antisymmetries(items, indices, labelling.key, labelling.order),
    ],
  }));
  return place(node, labelling.order);
}

export const plus = (...terms: readonly Term[]): Term => sum(terms.map((t): Summand => [Q.one, t]));

export const minus = (a: Term, b: Term): Term =>
  sum([
    [Q.one, a],
    [Q.minusOne, b],
  ]);

export const negate = (t: Term): Term => scale(Q.minusOne, t);

export function scale(coefficient: Rational, t: Term): Term {
  if (Q.isOne(coefficient)) return t;
  if (Q.isZero(coefficient)) return zero;
  if (t.node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [Q.times(coefficient, c), s]));
  const parts = partsOf(t);
  if (parts.bound.length > 0) return internProduct(coefficient, [[t, Q.one]]);
  return parts.factors.length === 0
    ? number(Q.times(coefficient, parts.coefficient))
    : internProduct(Q.times(coefficient, parts.coefficient), parts.factors);
}

const negatives = (t: Term): number => (t.node as SumNode).terms.filter(([c]) => Q.isNegative(c)).length;

/**
 * content * primitive: integer coprime coefficients, and (where the sign is free) of a sum and its opposite always the
 * same one, whichever was given.
 */
export function primitiveOf(t: Term, signed: boolean): readonly [Rational, Term] {
  const content = Q.content((t.node as SumNode).terms.map(([c]) => c));
  const primitive = Q.isOne(content) ? t : scale(Q.inverse(content), t);
  if (!signed) return [content, primitive];
  const opposite = negate(primitive);
  if (opposite.node !== primitive.node) {
    const minuses = negatives(primitive) - negatives(opposite) || primitive.node.hash - opposite.node.hash;
    return minuses > 0 ? [Q.negated(content), opposite] : [content, primitive];
  }
  // X[i,j] - X[j,i] is the negative of itself with i and j exchanged: the lesser arrangement stands for both.
  let least: { at: readonly Index[]; sign: 1 | -1 } = { at: primitive.at, sign: 1 };
  for (const { slots, sign } of primitive.node.symmetries) {
    const at = slots.map((slot) => primitive.at[slot]!);
    if (compareArrays(at, least.at) < 0) least = { at, sign };
  }
  return least.sign > 0 ? [content, primitive] : [Q.negated(content), { node: primitive.node, at: least.at }];
}

/** A size as a number: n, 2*n, m*n, m + n in the parts that they are made of. */
export function size(dim: Dim): Term {
  const known = sizeOf(dim);
  if (known !== undefined) return number(Q.rational(known));
  const monomial = (names: string): Term =>
    product(
      Q.one,
      names
        .split('*')
        .filter(Boolean)
        .map((name): Factor => [sizeLeaf(named(name)), Q.one]),
      [],
    );
  return sum([...dim.terms].map(([names, c]): Summand => [exactly(c), monomial(names)]));
}
