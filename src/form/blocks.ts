/** Parts placed side by side, read back as [A, B; C, D]. */
import * as Q from '../basics/rational.ts';
import { filled, type Form, literal, numberForm, ones, scaled } from './algebra.ts';
import { oriented, type Reader } from './reader.ts';
import { type Dim, dimDifference, dimSum, fixed, isNotNegative, one as unit, sizeOf } from '../shape/dim.ts';
import { delta, dependsOn, partsOf, product, rename, sum, summandsOf } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { BlockNode, Bound, Factor, Index, Summand, Term } from '../terms/node.ts';

/** Is a part of it placed in a larger array? */
export const hasBlock = (t: Term): boolean =>
  summandsOf(t).some(([, s]) =>
    partsOf(s).factors.some(([f]) => f.node.kind === 'block' || (f.node.kind === 'product' && hasBlock(f))),
  );

/** Where a summand stands along one axis; `index` is its own index there, absent for a single row or column. */
interface Place {
  readonly offset: Dim;
  readonly size: Dim;
  readonly index: Index | undefined;
}
interface Part {
  readonly places: readonly (Place | undefined)[];
  readonly term: Term;
}

export function collectBlocks(
  summands: readonly Summand[],
  indices: readonly Index[],
  dims: readonly Dim[],
  reader: Reader,
): Form | undefined {
  const parts = summands.map(([c, s]) => partOf(c, s, indices));
  if (!parts.some(({ places }) => places.some((p) => p && (p.index !== undefined || sizeOf(p.offset) === undefined))))
    return undefined;
  const borders = indices.map((_, n) =>
    bordersOf(
      parts.map(({ places }) => places[n]),
      dims[n]!,
    ),
  );
  const [rows, columns] = [borders[0], borders[1] ?? [{ offset: fixed(0), size: unit }]];
  if (!rows || (indices.length === 2 && !borders[1])) return undefined;
  const entry = (row: Border, column: Border): Form => {
    const here = parts.filter(
      ({ places }) => fits(places[0], row) && (indices.length === 1 || fits(places[1], column)),
    );
    const forms = here.map(({ term, places }) =>
      oriented(
        term,
        places[0] ? places[0].index : indices[0],
        indices.length === 1 ? undefined : places[1] ? places[1].index : indices[1],
        reader,
      ),
    );
    return forms[0] ? filled(forms[0], row.size, column.size) : zerosLike(row.size, column.size);
  };
  if (crowded(parts, rows, columns, indices.length)) return undefined;
  const entries = rows.map((row) => columns.map((column) => entry(row, column)));
  return inFront(entries);
}
const isZeroForm = (form: Form): boolean => form.kind === 'scaled' && Q.isZero(form.coefficient);

/** The number in front of the only block there is stands in front of it all: -[x; 0]. */
function inFront(entries: readonly (readonly Form[])[]): Form {
  const full = entries.flat().filter((form) => !isZeroForm(form));
  const [only] = full;
  if (full.length !== 1 || only?.kind !== 'scaled' || !only.of) return literal(entries);
  const plain = entries.map((row) => row.map((form) => (form === only ? only.of! : form)));
  return scaled(only.coefficient, only.scalars, literal(plain));
}

interface Border {
  readonly offset: Dim;
  readonly size: Dim;
}
const fits = (place: Place | undefined, border: Border): boolean => !place || place.offset === border.offset;
const crowded = (parts: readonly Part[], rows: readonly Border[], columns: readonly Border[], axes: number): boolean =>
  rows.some((row) =>
    columns.some(
      (column) =>
        parts.filter(({ places }) => fits(places[0], row) && (axes === 1 || fits(places[1], column))).length > 1,
    ),
  );

const zerosLike = (rows: Dim, columns: Dim): Form =>
  rows === unit && columns === unit ? numberForm(Q.zero) : scaled(Q.zero, [], ones(rows, columns));

/** The selectors of the axes taken out of a summand. */
function partOf(c: Q.Rational, s: Term, indices: readonly Index[]): Part {
  const opened = openAll(s);
  let factors = opened.factors;
  let bound = opened.bound;
  const places = indices.map((axis): Place | undefined => {
    const selector = factors.find(
      ([f, e]) =>
        Q.isOne(e) &&
        ((f.node.kind === 'block' && ['', '1'].includes(f.node.coefficients.join()) && f.at[0] === axis) ||
          (f.node.kind === 'delta' && f.at.some((i) => i < 0) && f.at.includes(axis))),
    );
    if (!selector) return undefined;
    factors = factors.filter((f) => f !== selector);
    const [{ node, at }] = selector;
    // What else speaks of the axis is read where the part stands: x[p] as x[i + offset].
    if (factors.some(([f]) => dependsOn(f, axis))) {
      const seen = freshIndex();
      const names = new Map([[axis, node.kind === 'delta' ? at.find((i) => i < 0)! : seen]]);
      factors = factors.map(([f, e]): Factor => [rename(f, names), e]);
      if (node.kind === 'block') {
        factors = [...factors, [rename(selector[0], names), Q.one]];
        bound = [...bound, { index: seen, dim: node.slots[0]! }];
      }
    }
    if (node.kind === 'delta') return { offset: fixed(-at.find((i) => i < 0)! - 1), size: unit, index: undefined };
    const { offset } = node as BlockNode;
    if (at.length === 1) return { offset: dimDifference(offset, unit), size: unit, index: undefined };
    const size = node.slots[1]!;
    let part = at[1]!;
    if (bound.some(({ index }) => index === part)) bound = bound.filter(({ index }) => index !== part);
    else {
      // The other axis has this index already, as in the block eye(p): they meet in a delta.
      const other = freshIndex();
      factors = [...factors, [delta(part, other, size), Q.one]];
      part = other;
    }
    return { offset, size, index: part };
  });
  return { places, term: sum([[Q.times(c, opened.coefficient), product(Q.one, factors, bound)]]) };
}
function openAll(t: Term): {
  readonly coefficient: Q.Rational;
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
} {
  const { coefficient, factors, bound } = partsOf(t);
  const opened = factors.map((factor) =>
    Q.isOne(factor[1]) && factor[0].node.kind === 'product'
      ? partsOf(factor[0])
      : { factors: [factor], bound: [] as readonly Bound[] },
  );
  return {
    coefficient,
    factors: opened.flatMap((o) => o.factors),
    bound: [...bound, ...opened.flatMap((o) => o.bound)],
  };
}

/** The pieces of one axis in order; undefined where they do not cover it. */
function bordersOf(places: readonly (Place | undefined)[], whole: Dim): readonly Border[] | undefined {
  if (places.every((p) => !p)) return [{ offset: fixed(0), size: whole }];
  if (places.some((p) => !p)) return undefined;
  const sizes = new Map(places.map((p) => [p!.offset, p!.size]));
  const borders: Border[] = [];
  let offset = fixed(0);
  for (const left = new Set(sizes.keys()); offset !== whole;) {
    // Where nothing is placed there are zeros, up to the next part or the end: all parts lie inside, so that what is left over
    // in front of the only one and behind the last is never less than none.
    const isLast = left.size === (borders.length === 0 ? 1 : 0);
    const rest = left.size === 0 ? whole : [...left][0]!;
    const next = isLast
      ? rest
      : [...left, whole].find((end) => end !== offset && isPositive(dimDifference(end, offset)));
    const size = sizes.get(offset) ?? (next && dimDifference(next, offset));
    if (!size) return undefined;
    borders.push({ offset, size });
    left.delete(offset);
    offset = dimSum(offset, size);
    if (borders.length > 2 * sizes.size + 1) return undefined;
  }
  return sizes.size > 0 && [...sizes.keys()].every((o) => borders.some((b) => b.offset === o)) ? borders : undefined;
}
const isPositive = (dim: Dim): boolean => dim.terms.size > 0 && isNotNegative(dim);
