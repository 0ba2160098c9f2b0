/**
 * A term read as a matrix: some of its indices number the rows, some the columns. Row index k stands opposite column index
 * k, so that a Kronecker product is a matrix over two pairs of indices; without any it is a number.
 */
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, fixed } from '../shape/dim.ts';
import { contract, partsOf, product, rename, same } from '../terms/construct.ts';
import type { Bound, Factor, Index, Node, Term } from '../terms/node.ts';

export interface Matrix {
  readonly term: Term;
  readonly rows: readonly Bound[];
  readonly columns: readonly Bound[];
}

/** The definition of a name, at the indices of the name. */
export function opened(t: Term): Term | undefined {
  const definition = t.node.kind === 'symbol' && !t.node.symbol.entriesVary ? t.node.symbol.definition : undefined;
  return definition && rename(definition, new Map(t.at.map((index, slot) => [slot, index])));
}

export const touched = (t: Term, side: readonly Bound[]): readonly Bound[] =>
  side.filter(({ index }) => t.at.includes(index));
const touches = (t: Term, side: readonly Bound[]): boolean => side.some(({ index }) => t.at.includes(index));
export const isConstantIn = ({ term, rows, columns }: Matrix): boolean =>
  !touches(term, rows) && !touches(term, columns);

/** Does a node with these indices lie along the one row index and the one column index, either way? */
export const isAcross = (at: readonly Index[], { rows, columns }: Matrix): boolean =>
  at.length === 2 && [rows, columns].every((side) => side.length === 1 && at.includes(side[0]!.index));

/** How many positions these indices have together. */
export const extentOf = (side: readonly Bound[]): Dim => side.map(({ dim }) => dim).reduce(dimProduct, fixed(1));

const renaming = (from: readonly Bound[], to: readonly Bound[]): readonly (readonly [Index, Index])[] =>
  from.map(({ index }, n) => [index, to[n]!.index] as const);
export const renamed = (t: Term, from: readonly Bound[], to: readonly Bound[]): Term =>
  rename(t, new Map(renaming(from, to)));
export const transposed = ({ term, rows, columns }: Matrix): Term =>
  rename(term, new Map([...renaming(rows, columns), ...renaming(columns, rows)]));
export const sameSizes = (a: readonly Bound[], b: readonly Bound[]): boolean =>
  a.length === b.length && a.every(({ dim }, n) => dim === b[n]!.dim);
export const isUnchangedByTransposing = (m: Matrix): boolean =>
  sameSizes(m.rows, m.columns) && same(transposed(m), m.term);

export const multiplied = (factors: readonly Factor[], bound: readonly Bound[] = []): Term =>
  product(Q.one, factors, bound);

/** A product without sums, its factors by the indices that they speak of. */
export interface Entrywise {
  readonly scalar: Term;
  /** u in diag(u)*M*diag(v), and v. */
  readonly left: Term;
  readonly right: Term;
  /** Those that speak of rows and columns: multiplied entry by entry. */
  readonly links: readonly Factor[];
}
export function entrywise({ term, rows, columns }: Matrix): Entrywise {
  const { coefficient, factors } = partsOf(term);
  const speaking = (ofRows: boolean, ofColumns: boolean): readonly Factor[] =>
    factors.filter(([t]) => touches(t, rows) === ofRows && touches(t, columns) === ofColumns);
  return {
    scalar: product(coefficient, speaking(false, false), []),
    left: multiplied(speaking(true, false)),
    right: multiplied(speaking(false, true)),
    links: speaking(true, true),
  };
}

/** delta(i,j)*w[i], where i is a row index and j the column index opposite: for every i a matrix over the other pairs. */
export function alongDiagonal({ term, rows, columns }: Matrix): Matrix | undefined {
  const pair = (t: Term): number =>
    t.node.kind === 'delta'
      ? rows.findIndex(({ index }, n) => t.at.includes(index) && touches(t, columns.slice(n, n + 1)))
      : -1;
  const n = Math.max(-1, ...partsOf(term).factors.map(([t]) => pair(t)));
  if (n < 0) return undefined;
  return {
    term: renamed(term, [columns[n]!], [rows[n]!]),
    rows: rows.filter((_, k) => k !== n),
    columns: columns.filter((_, k) => k !== n),
  };
}

/** L*M, where L maps the inner indices to the rows. */
export interface Cut {
  readonly outer: Matrix;
  readonly inner: Matrix;
}
/** A contraction cut behind the factors that speak of its rows. */
export function cut({ term, rows, columns }: Matrix): Cut | undefined {
  const { coefficient, factors, bound } = partsOf(term);
  const first = factors.filter(([t]) => touches(t, rows));
  const over = bound.filter(({ index }) => first.some(([t]) => t.at.includes(index)));
  if (over.length === 0 || first.some(([t]) => touches(t, columns))) return undefined;
  const [others, unspent] = [factors.filter((f) => !first.includes(f)), bound.filter((b) => !over.includes(b))];
  return {
    outer: { term: multiplied(first), rows, columns: over },
    inner: { term: product(coefficient, others, unspent), rows: over, columns },
  };
}

/** B*C*B' */
export interface Congruence {
  readonly outer: Matrix;
  /** C, over what the two outer factors do not share: of what they share, C is a sum. */
  readonly inner: Matrix;
}
/** A contraction whose factors at the columns are those at the rows, mirrored. */
export function congruence({ term, rows, columns }: Matrix): Congruence | undefined {
  const { coefficient, factors, bound } = partsOf(term);
  const first = factors.filter(([t]) => touches(t, rows));
  const last = factors.filter(([t]) => touches(t, columns));
  if (first.length === 0) return undefined;
  const within = (side: readonly Factor[]): readonly Bound[] =>
    bound.filter(({ index }) => side.some(([t]) => t.at.includes(index)));
  const [from, to] = [within(first), within(last)];
  const [inner, opposite] = [from.filter((b) => !to.includes(b)), to.filter((b) => !from.includes(b))];
  const [left, right] = [multiplied(first), multiplied(last)];
  const order = orders(opposite).find(
    (candidate) =>
      candidate.length === inner.length && same(renamed(left, [...rows, ...inner], [...columns, ...candidate]), right),
  );
  if (!order) return undefined;
  const others = factors.filter((f) => !first.includes(f) && !last.includes(f));
  const unspent = bound.filter((b) => !from.includes(b) && !to.includes(b));
  return {
    outer: { term: left, rows, columns: from },
    inner: { term: product(coefficient, others, unspent), rows: inner, columns: order },
  };
}
/** All orders of a few; of many, none is tried. */
function orders<T>(items: readonly T[]): readonly (readonly T[])[] {
  if (items.length < 2) return [items];
  if (items.length > 3) return [];
  return items.flatMap((first) => orders(items.filter((item) => item !== first)).map((rest) => [first, ...rest]));
}

/** P*P, contracted over these indices. */
export const squared = ({ term, rows, columns }: Matrix, between: readonly Bound[]): Term =>
  contract([renamed(term, columns, between), renamed(term, rows, between)], between);

/**
 * What is asked of a matrix is answered once for each skeleton and each way to read it. Questions call each other, of the
 * same parts again and again: without this, the time would double with every level of a deep term.
 */
export function remembered<Value>(ask: (m: Matrix) => Value): (m: Matrix) => Value {
  const known = new WeakMap<Node, Map<string, { readonly value: Value }>>();
  return (m) => {
    const { term, rows, columns } = m;
    const answers = known.get(term.node) ?? new Map<string, { readonly value: Value }>();
    known.set(term.node, answers);
    const placesOf = (side: readonly Bound[]): string =>
      side
        .map(({ index, dim }) => `${term.at.flatMap((at, slot) => (at === index ? [slot] : [])).join('+')}:${dim.key}`)
        .join();
    const key = `${placesOf(rows)}|${placesOf(columns)}`;
    let answer = answers.get(key);
    if (!answer) answers.set(key, (answer = { value: ask(m) }));
    return answer.value;
  };
}
