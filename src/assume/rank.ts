/** How large can the rank of a matrix be? Each bound holds; a matrix with a bound below its size is singular. */
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed } from '../shape/dim.ts';
import { summandsOf } from '../terms/construct.ts';
import type { Bound } from '../terms/node.ts';
import { alongDiagonal, cut, entrywise, type Matrix, opened, remembered, touched } from './matrix.ts';

const mostBounds = 6;

const extentOf = (side: readonly Bound[]): Dim => side.map(({ dim }) => dim).reduce(dimProduct, fixed(1));
/** Sizes are at least 1, and grow: a is then at most b if it is so at 1 and no coefficient is against it. */
function isAtMost(a: Dim, b: Dim): boolean {
  const left = [...dimDifference(b, a).terms];
  const atOne = left.reduce((total, [, c]) => total + c, 0);
  return atOne >= 0 && left.every(([monomial, c]) => monomial === '' || c > 0);
}
/** The least ones; of sizes that cannot be compared all are kept. */
const kept = (bounds: readonly Dim[]): readonly Dim[] =>
  [...new Set(bounds)]
    .filter((bound, _, all) => !all.some((other) => other !== bound && isAtMost(other, bound)))
    .slice(0, mostBounds);
const combined = (a: readonly Dim[], b: readonly Dim[], join: (x: Dim, y: Dim) => Dim): readonly Dim[] =>
  kept(a.flatMap((x) => b.map((y) => join(x, y))));

export const rankBounds = remembered((m: Matrix): readonly Dim[] => {
  const { term, rows, columns } = m;
  const [down, across] = [touched(term, rows), touched(term, columns)];
  if (down.length === 0 || across.length === 0) return [fixed(1)];
  const full = kept([extentOf(rows), extentOf(columns)]);
  const { node } = term;
  switch (node.kind) {
    case 'symbol': {
      const open = opened(term);
      return open ? kept([...full, ...rankBounds({ term: open, rows, columns })]) : full;
    }
    case 'sum': {
      const sums = summandsOf(term).map(([, t]) => rankBounds({ term: t, rows, columns }));
      return kept([...full, ...sums.reduce((a, b) => combined(a, b, dimSum))]);
    }
    case 'product': {
      if (node.bound.length > 0) {
        const parts = cut(m);
        return parts ? kept([...full, ...rankBounds(parts.outer), ...rankBounds(parts.inner)]) : full;
      }
      if (alongDiagonal(m)) return full;
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

/** Is a below b for all but finitely many sizes? */
export function isBelow(a: Dim, b: Dim): boolean {
  const left = dimDifference(b, a).terms;
  const growing = [...left].filter(([monomial]) => monomial !== '');
  return growing.length === 0 ? (left.get('') ?? 0) > 0 : growing.every(([, c]) => c > 0);
}

/** Singular for all but finitely many sizes. */
export const isSingular = (m: Matrix): boolean => rankBounds(m).some((bound) => isBelow(bound, extentOf(m.rows)));
