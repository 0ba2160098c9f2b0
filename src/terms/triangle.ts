/**
 * The entries of the lower triangle of a square matrix one behind the other, column by column, as vech has them: a leaf E[i,j,p]
 * that is 1 where p is the place of (i,j), or of (j,i). It is the duplication matrix, and with 1[i >= j] the elimination matrix.
 */
import * as Q from '../basics/rational.ts';
import { type Dim, fixed, triangle } from '../shape/dim.ts';
import { indexNumber, number, symbolTerm } from './atoms.ts';
import { apply } from './functions.ts';
import type { Index, Node, Term, TermSymbol } from './node.ts';
import { times } from './products.ts';
import { guard } from './guards.ts';
import { delta } from './selectors.ts';
import { size, sum } from './sums.ts';

const symbols = new Map<Dim, TermSymbol>();
/** For n x n matrices, with its slots: row, column, place. */
export function duplicationSymbol(dim: Dim): TermSymbol {
  const known = symbols.get(dim);
  if (known) return known;
  const dims = [dim, dim, triangle(dim)];
  const symbol: TermSymbol = {
    name: `duplication(${dim.key})`,
    role: 'constant',
    shape: { kind: 'tensor', axes: dims },
    dims,
    facts: new Set(['nonnegative']),
    definition: spelled(dim),
    order: -1,
  };
  symbols.set(dim, symbol);
  return symbol;
}
export const isDuplication = (node: Node): boolean =>
  node.kind === 'symbol' && node.symbol.role === 'constant' && symbols.get(node.symbol.dims[0]!) === node.symbol;

export const duplication = (i: Index, j: Index, place: Index, dim: Dim): Term =>
  symbolTerm(duplicationSymbol(dim), [i, j, place]);

/** p = (c - 1)*n - (c - 1)*(c - 2)/2 + r - c + 1 in column c and row r >= c. */
function spelled(dim: Dim): Term {
  const [i, j] = [indexNumber(0, dim), indexNumber(1, dim)];
  const [r, c] = [apply('max', [i, j]), apply('min', [i, j])];
  const before = sum([
    [Q.one, c],
    [Q.minusOne, number(Q.one)],
  ]);
  const twoBefore = sum([
    [Q.one, c],
    [Q.minusOne, number(Q.rational(2))],
  ]);
  const place = sum([
    [Q.one, times(before, size(dim))],
    [Q.negated(Q.half), times(before, twoBefore)],
    [Q.one, r],
    [Q.minusOne, before],
  ]);
  return apply('equals', [indexNumber(2, triangle(dim)), place]);
}
/** The place of an entry of the lower triangle, or of the entry across, from 1. */
export const placeInTriangle = (i: number, j: number, n: number): number => {
  const [r, c] = [Math.max(i, j), Math.min(i, j)];
  return (c - 1) * n - ((c - 1) * (c - 2)) / 2 + r - c + 1;
};

/** 1[i >= j]. */
export const inLowerTriangle = (i: Index, j: Index, dim: Dim): Term =>
  guard(
    'at-least',
    [
      { index: i, dim, coefficient: 1 },
      { index: j, dim, coefficient: -1 },
    ],
    fixed(1),
  );

/** sum_p(E[i,j,p]*E[k,l,p]): 1 where both are the same entry, or one is across from the other. */
export function samePlace([i, j]: readonly Index[], [k, l]: readonly Index[], dim: Dim): Term {
  const straight = times(delta(i!, k!, dim), delta(j!, l!, dim));
  const across = times(delta(i!, l!, dim), delta(j!, k!, dim));
  return sum([
    [Q.one, straight],
    [Q.one, across],
    [Q.minusOne, times(straight, delta(i!, j!, dim))],
  ]);
}
