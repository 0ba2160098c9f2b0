/** Can a matrix have an inverse at all? x*y' has none, nor has A*A' for an A with fewer columns than rows. */
import { type Dim, dimDifference, fixed } from '../shape/dim.ts';
import { instantiate, partsOf } from '../terms/construct.ts';
import type { Bound, Index, Term } from '../terms/node.ts';

/** Singular whatever its entries are, for all but finitely many sizes. */
export function isSingular(matrix: {
  readonly term: Term;
  readonly rows: readonly Bound[];
  readonly columns: readonly Bound[];
}): boolean {
  const [[row], [column]] = [matrix.rows, matrix.columns];
  return (
    row !== undefined &&
    column !== undefined &&
    ranks(matrix.term, row.index, column.index).some((rank) => isBelow(rank, row.dim))
  );
}

/** Each is a bound of the rank. */
function ranks(t: Term, row: Index, column: Index): readonly Dim[] {
  if (!t.at.includes(row) || !t.at.includes(column)) return [fixed(1)];
  if (t.node.kind === 'symbol' && t.node.symbol.definition)
    return ranks(instantiate(t.node.symbol.definition, t.at), row, column);
  if (t.node.kind !== 'product') return [];
  const { factors, bound } = partsOf(t);
  const terms = factors.map(([base]) => base);
  if (!areJoined(terms, row, column, undefined)) return [fixed(1)];
  // Where every way from the rows to the columns leads over one summed index, the rank is no more than its range.
  return bound.filter(({ index }) => !areJoined(terms, row, column, index)).map(({ dim }) => dim);
}

/** Do factors lead from one index to the other, each sharing an index with the next, without this one? */
function areJoined(factors: readonly Term[], from: Index, to: Index, without: Index | undefined): boolean {
  const reached = new Set([from]);
  for (let size = 0; size < reached.size;) {
    size = reached.size;
    for (const { at } of factors)
      if (at.some((index) => reached.has(index)))
        for (const index of at) if (index !== without && index >= 0) reached.add(index);
  }
  return reached.has(to);
}

function isBelow(a: Dim, b: Dim): boolean {
  const left = dimDifference(b, a).terms;
  const growing = [...left].filter(([monomial]) => monomial !== '');
  return growing.length === 0 ? (left.get('') ?? 0) > 0 : growing.every(([, c]) => c > 0);
}
