/**
 * How large can a rank be, and which needs can never be met? What needs one has no value, and a question about it is
 * refused.
 */
import { rankOfProjection, skewness } from './definite.ts';
import { type Cut, cut, entrywise, extentOf, type Matrix, opened, remembered, renamed, touched } from './matrix.ts';
import { signFor } from './sign.ts';
import * as Q from '../basics/rational.ts';
import { toText } from '../print/text.ts';
import {
  type Dim,
  dimDifference,
  dimProduct,
  dimSum,
  fixed,
  isAtLeastZero,
  sizeExpression,
  sizeOf,
} from '../shape/dim.ts';
import { zerosOf } from '../syntax/facts.ts';
import { isZero, keyOf, partsOf, plus, scale, summandsOf } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import { type Range, rangeOf } from '../terms/sign.ts';
import { integrality } from './integer.ts';

// ---- needs that cannot be met
// Can a need never be met, for all but finitely many sizes? Then what needs it has no value, and a question about it is
// refused.

/** Why no value meets it: `it is 0`, as the end of a sentence; undefined where some may. */
export function neverInvertible(m: Matrix): string | undefined {
  const { term, rows, columns } = m;
  if (isZero(term)) return 'it is 0';
  const size = extentOf(rows);
  if (size !== extentOf(columns)) return undefined;
  const bound = rankBounds(m).find((dim) => isBelow(dim, size));
  const written = (dim: Dim): string => toText(sizeExpression(dim));
  if (bound) return `its rank is at most ${written(bound)} and it has ${written(size)} rows`;
  return isOdd(size) && skewness(m) ? `it is skew-symmetric with ${written(size)} rows` : undefined;
}
/** 3, or 2*n + 1. */
const isOdd = ({ terms }: Dim): boolean =>
  terms.has('') && [...terms].every(([monomial, c]) => (c % 2 === 0) === (monomial !== ''));

/** Singular whatever its entries are, for all but finitely many sizes. */
export const isSingular = (m: Matrix): boolean => neverInvertible(m) !== undefined;

/** The same for all sizes: x*y' with one row may have an inverse, A*A' of a 3 x 2 matrix A has none. */
export function isAlwaysSingular(m: Matrix): boolean {
  const size = extentOf(m.rows);
  return size === extentOf(m.columns) && rankBounds(m).some((dim) => isAtMost(dimSum(dim, fixed(1)), size));
}

/** A term over the indices that run through its entries; others stand for one position. */
interface Entries {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
}
const someZero = ({ term, axes }: Entries): string | undefined =>
  hasZero(term, new Set(axes.flat().map(({ index }) => index))) ? 'some of its entries are 0' : undefined;

export function neverNonzero(entries: Entries): string | undefined {
  if (signFor(entries.term).sign === 'zero') return 'it is 0';
  const isAtOnePosition = partsOf(entries.term).factors.some(([{ node }]) => node.kind === 'delta');
  return someZero(entries) ?? (isAtOnePosition ? 'it is 0 at all positions but one' : undefined);
}

export function neverPositive(entries: Entries): string | undefined {
  const { sign } = signFor(entries.term);
  if (sign === 'zero') return 'it is 0';
  return sign === 'negative' || sign === 'nonpositive' ? `it is ${sign}` : someZero(entries);
}
export const neverNonnegative = (t: Term): string | undefined =>
  signFor(t).sign === 'negative' ? 'it is negative' : undefined;

/** A number between two integers. */
export const neverInteger = ({ node }: Term): string | undefined =>
  node.kind === 'number' && !Q.isInteger(node.value) ? `it is ${Q.toText(node.value)}` : undefined;
/** Gamma has its poles at 0, -1, -2, …: at -n too, whatever n is. */
export function alwaysPole(t: Term): string | undefined {
  const { sign } = signFor(t);
  const isInteger = sign === 'zero' || (sign !== 'unknown' && integrality(t) !== undefined);
  return isInteger && isBelowOne.has(sign) ? 'it is one of them' : undefined;
}
const isBelowOne: ReadonlySet<string> = new Set(['zero', 'negative', 'nonpositive']);

/** Above or below an interval, whose ends count unless they are open. */
export function neverWithin(t: Term, interval: Range): string | undefined {
  const { least, most, isOpenBelow, isOpenAbove } = rangeOf(t);
  const beyond = (
    end: Q.Rational | undefined,
    limit: Q.Rational | undefined,
    isOpen: boolean,
    side: 1 | -1,
  ): boolean => {
    const order = end && limit ? side * Q.compare(end, limit) : -1;
    return order > 0 || (order === 0 && isOpen);
  };
  const isOpenAt = (a: boolean | undefined, b: boolean | undefined): boolean => a === true || b === true;
  if (beyond(least, interval.most, isOpenAt(isOpenBelow, interval.isOpenAbove), 1))
    return `it is above ${Q.toText(interval.most!)}`;
  return beyond(most, interval.least, isOpenAt(isOpenAbove, interval.isOpenBelow), -1)
    ? `it is below ${Q.toText(interval.least!)}`
    : undefined;
}

/** Is some entry 0, whatever the values, as off the diagonal of diag(x)? */
function hasZero(t: Term, running: ReadonlySet<Index>): boolean {
  const { node, at } = t;
  // Two positions that do not always agree.
  const isSpread = (i: Index, j: Index): boolean => i !== j && (running.has(i) || running.has(j));
  switch (node.kind) {
    case 'delta':
      return isSpread(at[0]!, at[1]!) && sizeOf(node.slots[0]!) !== 1;
    case 'product':
      return node.bound.length === 0 && partsOf(t).factors.some(([f, e]) => !Q.isNegative(e) && hasZero(f, running));
    case 'symbol': {
      const open = opened(t);
      if (open && hasZero(open, running)) return true;
      const zeros = zerosOf(node.symbol.facts);
      // With a single row or column there may be nothing beside the diagonal.
      if (zeros.size === 0 || node.slots.some((dim) => !isBelow(fixed(1), dim))) return false;
      if (zeros.has('in each row')) return running.has(at.at(-1)!);
      if (zeros.has('off the diagonal')) return isSpread(at[0]!, at[1]!);
      // Along the diagonal only, or in its last row or first column, a triangular matrix need not have any.
      return zeros.has('on the diagonal')
        ? at.some((i) => running.has(i))
        : at[0] !== at[1] && at.every((i) => running.has(i));
    }
    default:
      return false;
  }
}

// ---- rank
// How large can the rank of a matrix be? Each bound holds; a matrix with a bound below its size is singular.

const mostBounds = 6;

const isAtMost = (a: Dim, b: Dim): boolean => isAtLeastZero(dimDifference(b, a));
/** The least ones; of sizes that cannot be compared all are kept. */
const kept = (bounds: readonly Dim[]): readonly Dim[] =>
  [...new Set(bounds)]
    .filter((bound, _, all) => !all.some((other) => other !== bound && isAtMost(other, bound)))
    .slice(0, mostBounds);
const combined = (a: readonly Dim[], b: readonly Dim[], join: (x: Dim, y: Dim) => Dim): readonly Dim[] =>
  kept(a.flatMap((x) => b.map((y) => join(x, y))));

export const rankBounds = remembered((m: Matrix): readonly Dim[] => {
  const { term, rows, columns } = m;
  if (isZero(term)) return [fixed(0)];
  const [down, across] = [touched(term, rows), touched(term, columns)];
  if (down.length === 0 || across.length === 0) return [fixed(1)];
  const full = kept([extentOf(rows), extentOf(columns)]);
  const { node } = term;
  switch (node.kind) {
    case 'symbol': {
      const open = opened(term);
      return open ? rankBounds({ term: open, rows, columns }) : full;
    }
    case 'sum': {
      const projected = rankOfProjection(m);
      return kept([
        ...full,
        ...boundsOfSummands(m).reduce((a, b) => combined(a, b, dimSum)),
        ...(projected ? [projected] : []),
      ]);
    }
    case 'product': {
      if (node.bound.length > 0) {
        const parts = cut(m);
        return parts ? kept([...rankBounds(parts.outer), ...rankBounds(parts.inner)]) : full;
      }
      // diag(u)*(A .* B)*diag(v), and without links u*v'.
      const { links } = entrywise(m);
      if (links.some(([, e]) => !Q.isOne(e))) return full;
      const ranks = links.map(([t]) => rankBounds({ term: t, rows: touched(t, rows), columns: touched(t, columns) }));
      return kept([...full, ...ranks.reduce((a, b) => combined(a, b, dimProduct), [fixed(1)])]);
    }
    default:
      return full;
  }
});

/**
 * Of each of its parts: the summands with the same left factor together, then those with the same right factor. [A, A; A, A]
 * is [I; I]*A*[I, I], and has the rank of A at most.
 */
function boundsOfSummands({ term, rows, columns }: Matrix): readonly (readonly Dim[])[] {
  const summands = summandsOf(term).map(([c, t]): Matrix => ({ term: scale(c, t), rows, columns }));
  const middles = new Map<string, readonly Bound[]>();
  /** Over indices that products of the same sizes share. */
  const products = summands.flatMap((summand): readonly Cut[] => {
    const parts = cut(summand);
    if (!parts) return [];
    const over = parts.inner.rows;
    const key = over.map(({ dim }) => dim.key).join();
    const middle = middles.get(key) ?? over.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
    middles.set(key, middle);
    return [
      {
        outer: { term: renamed(parts.outer.term, over, middle), rows, columns: middle },
        inner: { term: renamed(parts.inner.term, over, middle), rows: middle, columns },
      },
    ];
  });
  const parts = added(added(products, 'outer', 'inner'), 'inner', 'outer');
  return [
    ...summands.filter((summand) => !cut(summand)).map(rankBounds),
    ...parts.map(({ outer, inner }) => kept([...rankBounds(outer), ...rankBounds(inner)])),
  ];
}
/** Products that share one side, as one product with the sum of the others. */
function added(products: readonly Cut[], shared: keyof Cut, other: keyof Cut): readonly Cut[] {
  const groups = new Map<string, Cut>();
  for (const product of products) {
    const { term, rows } = product[shared];
    // The columns are those of the whole, or all of them in the term.
    const key = `${keyOf(term)} ${rows.map(({ index }) => index).join()}`;
    const known = groups.get(key);
    const sum = known && { ...known[other], term: plus(known[other].term, product[other].term) };
    groups.set(key, sum ? { ...known, [other]: sum } : product);
  }
  return [...groups.values()];
}

/** Is a below b for all but finitely many sizes? */
export function isBelow(a: Dim, b: Dim): boolean {
  const difference = dimDifference(b, a);
  const number = sizeOf(difference);
  return number === undefined ? [...difference.terms].every(([monomial, c]) => monomial === '' || c > 0) : number > 0;
}
