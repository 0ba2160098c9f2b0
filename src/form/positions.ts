/** Shifted positions and conditions on indices, as one writes them: i + j - 1, 1[i <= j]. */
import { type Dim, dimDifference, dimProduct, dimSum, fixed, sizeExpression, sizeOf } from '../shape/dim.ts';
import { integer, productOf, sumOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import type { Expression, Indicator, SignedTerm } from '../syntax/tree.ts';
import { blockParts, guard, type Part } from '../terms/construct.ts';
import type { BlockNode, GuardNode, Index, Term } from '../terms/node.ts';

type Sign = (index: Index) => Expression;

/** offset + coefficient*index + …. */
export interface Linear {
  readonly parts: readonly Part[];
  readonly offset: Dim;
}
const scaled = ({ parts, offset }: Linear, by: number): Linear => ({
  parts: parts.map((part) => ({ ...part, coefficient: by * part.coefficient })),
  offset: dimProduct(fixed(by), offset),
});

/** What the whole of a block is equal to: i + j - 1. */
export const wholeOf = (t: Term): Linear => ({ parts: blockParts(t), offset: (t.node as BlockNode).offset });

/** An index put in terms of others. */
export function replaced({ parts, offset }: Linear, index: Index, by: Linear): Linear {
  const own = parts.find((part) => part.index === index);
  if (!own) return { parts, offset };
  const { parts: added, offset: shift } = scaled(by, own.coefficient);
  const all = new Map<Index, Part>();
  for (const part of [...parts.filter((p) => p !== own), ...added]) {
    const known = all.get(part.index);
    all.set(part.index, known ? { ...known, coefficient: known.coefficient + part.coefficient } : part);
  }
  return { parts: [...all.values()].filter(({ coefficient }) => coefficient !== 0), offset: dimSum(offset, shift) };
}

export interface Solved {
  readonly index: Index;
  readonly dim: Dim;
  readonly value: Linear;
}
/** A block read as an equation, after `known` has been put in, for an index of coefficient 1 or -1. */
export function solvedBlock(
  t: Term,
  known: (value: Linear) => Linear,
  isFree: (index: Index) => boolean,
): Solved | undefined {
  const [whole] = t.at as readonly [Index];
  const { parts, offset } = scaled(wholeOf(t), -1);
  // A position that is known stands as a number.
  const own: Linear =
    whole < 0
      ? { parts, offset: dimSum(offset, fixed(-whole)) }
      : { parts: [{ index: whole, dim: t.node.slots[0]!, coefficient: 1 }, ...parts], offset };
  const equation = known(own);
  const solved = equation.parts.find(({ coefficient, index }) => Math.abs(coefficient) === 1 && isFree(index));
  if (!solved) return undefined;
  const rest = { parts: equation.parts.filter((p) => p !== solved), offset: equation.offset };
  return { index: solved.index, dim: solved.dim, value: scaled(rest, -solved.coefficient) };
}

/** From 1 to dim: two conditions, or fewer where they hold anyway. */
export const within = (value: Linear, dim: Dim): readonly Term[] => {
  const turned = scaled(value, -1);
  return [
    guard('at-least', value.parts, value.offset),
    guard('at-least', turned.parts, dimSum(turned.offset, dimSum(dim, fixed(1)))),
  ];
};

const plus = (term: Expression): SignedTerm => ({ negative: false, term });
const signedPart =
  (sign: Sign) =>
  ({ coefficient, index }: Part): SignedTerm => ({
    negative: coefficient < 0,
    term: productOf(integer(Math.abs(coefficient)), sign(index)),
  });
const constantOf = (dim: Dim): readonly SignedTerm[] => (sizeOf(dim) === 0 ? [] : [plus(sizeExpression(dim))]);

/** What is taken away stands behind what is there, the constant last where something else comes first: q - j + 1, n + 1 - i. */
export function linearForm({ parts, offset }: Linear, sign: Sign): Expression {
  const written = parts.map(signedPart(sign)).toSorted((a, b) => Number(a.negative) - Number(b.negative));
  const terms = parts.some(({ coefficient }) => coefficient > 0)
    ? [...written, ...constantOf(offset)]
    : [...constantOf(offset), ...written];
  return terms.length === 0 ? integer(0) : sumOf(terms);
}

/** 1[i <= j], 1[i != j]: what is added stands on one side, what is taken away on the other. */
export function conditionOf(t: Term, sign: Sign): Indicator {
  const { relation, offset } = t.node as GuardNode;
  const parts = blockParts(t);
  const added = parts.filter(({ coefficient }) => coefficient > 0);
  const taken = scaled({ parts: parts.filter(({ coefficient }) => coefficient < 0), offset: fixed(0) }, -1);
  // j - i + 1 >= 1 is i <= j.
  const rest = relation === 'at-least' ? dimDifference(offset, fixed(1)) : offset;
  const [left, right] = [linearForm(taken, sign), linearForm({ parts: added, offset: rest }, sign)];
  if (relation === 'unequal') return { kind: 'indicator', comparison: '!=', left: right, right: left };
  if (taken.parts.length > 0) {
    // i < j + k rather than i <= j + k - 1.
    const beyond = linearForm({ parts: added, offset: dimSum(rest, fixed(1)) }, sign);
    return lengthOf(beyond) < lengthOf(right)
      ? { kind: 'indicator', comparison: '<', left, right: beyond }
      : { kind: 'indicator', comparison: '<=', left, right };
  }
  const least = sizeExpression(dimDifference(fixed(0), rest));
  return {
    kind: 'indicator',
    comparison: '>=',
    left: linearForm({ parts: added, offset: fixed(0) }, sign),
    right: least,
  };
}
