/**
 * Entries by their positions as a matrix that spells them out: delta(i,1)*a + delta(i,2)*b as [a; b], [..]*r where every entry
 * is linear in the entries of r, and in a longer sum what together is such a matrix, or one times an array: Y - [1, 2; 3, 4].
 */
import * as Q from '../basics/rational.ts';
import { type Dim, one as unit, sizeOf } from '../shape/dim.ts';
import { partsOf, place, product, rename, scale, sum, summandsOf as summandsIn } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Index, Node, Summand, Term } from '../terms/node.ts';
import { chain, type Form, literal } from './algebra.ts';
import type { Piece } from './collect.ts';
import { symbolLeaf } from './leaves.ts';
import { oriented, type Reader } from './reader.ts';

const mostEntries = 64;

export function collectLiteral(
  summands: readonly Summand[],
  indices: readonly Index[],
  dims: readonly Dim[],
  reader: Reader,
): Form | undefined {
  if (indices.length === 0) return undefined;
  const sizes = indices.map((_, n) => sizeOf(dims[n]!));
  if (!sizes.every((s): s is number => s !== undefined) || sizes.reduce((a, b) => a * b, 1) > mostEntries)
    return undefined;
  const selects = (t: Term, index: Index): boolean =>
    partsOf(t).factors.some(([f]) => f.node.kind === 'delta' && f.at.includes(index) && f.at.some((i) => i < 0));
  if (
    !summands.every(([, t]) => indices.some((index) => selects(t, index))) ||
    !indices.every((index) => summands.some(([, t]) => selects(t, index)))
  )
    return undefined;
  const whole = sum(summands);
  const entry = (...at: readonly number[]): Term => rename(whole, new Map(indices.map((index, n) => [index, -at[n]!])));
  const rows = count(sizes[0]!).map((r) =>
    indices.length === 1 ? [entry(r)] : count(sizes[1]!).map((c) => entry(r, c)),
  );
  const scalarOf = (t: Term): Form => oriented(t, undefined, undefined, reader);
  const plain = literal(rows.map((r) => r.map(scalarOf)));
  const product =
    indices.length === 1
      ? asProduct(
          rows.map(([t]) => t!),
          scalarOf,
        )
      : undefined;
  return product && reader.writer.costOf(product) < reader.writer.costOf(plain) ? product : plain;
}

// ---- within a sum

/** A summand, the position that it has on each axis, if it has one, and what is left of it then. */
interface Placed {
  readonly whole: Summand;
  readonly at: readonly (number | undefined)[];
  readonly rest: Summand;
}
function placedSummand(whole: Summand, indices: readonly Index[]): Placed {
  const { coefficient, factors, bound } = partsOf(whole[1]);
  const selectors = indices.map((index) =>
    factors.find(([f, e]) => f.node.kind === 'delta' && Q.isOne(e) && f.at.includes(index) && f.at.some((i) => i < 0)),
  );
  const rest = factors.filter((f) => !selectors.includes(f));
  return {
    whole,
    at: selectors.map((selector) => selector && -selector[0].at.find((i) => i < 0)!),
    rest: [Q.times(whole[0], coefficient), product(Q.one, rest, bound)],
  };
}

/** A multiple of a row or a column of an array, which it puts into another place: 2*Y[3,:] as the first row. */
interface Multiple {
  readonly node: Node;
  /** Which axis of the array is fixed, and where. */
  readonly slot: number;
  readonly from: number;
  /** On which axis it lies at which position. */
  readonly side: number;
  readonly to: number;
  readonly by: Summand;
}
function multipleIn(
  { at, rest: [c, t] }: Placed,
  indices: readonly Index[],
  sizes: readonly number[],
): Multiple | undefined {
  const side = at.findIndex((position) => position !== undefined);
  const { coefficient, factors, bound } = partsOf(t);
  if (side < 0 || at.filter((position) => position !== undefined).length > 1 || bound.length > 0) return undefined;
  const free = indices[1 - side];
  const array = factors.find(
    ([{ node, at }, e]) =>
      node.kind !== 'delta' &&
      Q.isOne(e) &&
      at.length === indices.length &&
      at.filter((i) => i < 0).length === 1 &&
      at.every((i) => i < 0 || i === free),
  );
  if (!array) return undefined;
  const others = factors.filter((f) => f !== array);
  if (free !== undefined && others.some(([f]) => f.at.includes(free))) return undefined;
  const [{ node, at: own }] = array;
  const slot = own.findIndex((i) => i < 0);
  if (sizes[side]! > mostEntries || (sizeOf(node.slots[slot]!) ?? Infinity) > mostEntries) return undefined;
  const by: Summand = [Q.times(c, coefficient), product(Q.one, others, [])];
  return { node, slot, from: -own[slot]!, side, to: at[side]!, by };
}

/**
 * The sum with one matrix for what lies at given positions; and so that multiples of arrays become products with one. Not where
 * other summands would still lie at given positions: they are spelled out together, or not at all.
 */
export function withLiterals(
  summands: readonly Summand[],
  indices: readonly Index[],
  dims: readonly Dim[],
  reader: Reader,
): readonly (readonly Piece[])[] {
  const sizes = indices.map((_, n) => sizeOf(dims[n]!) ?? Infinity);
  const found = summands.map((s): Placed => placedSummand(s, indices));
  if (!found.some(({ at }) => at.some((position) => position !== undefined))) return [];
  const isSpelled = ({ at }: Placed): boolean =>
    at.every((position, n) => position !== undefined && sizes[n]! <= mostEntries);
  const pieceOf = ({ whole: [c, t] }: Placed): Piece => ({
    coefficient: Q.one,
    form: oriented(scale(c, t), indices[0], indices[1], reader),
  });
  const multiples = new Map(found.map((placed) => [placed, multipleIn(placed, indices, sizes)]));
  const isLeft = (placed: Placed): boolean =>
    !isSpelled(placed) && placed.at.some((position) => position !== undefined);
  /** What belongs together as one piece, in the place of its first summand. */
  const together = (withProducts: boolean): readonly Piece[] => {
    const groups = new Map<unknown, Placed[]>();
    for (const placed of found) {
      const multiple = withProducts ? multiples.get(placed) : undefined;
      const key = multiple ? `${multiple.node.id} ${multiple.slot} ${multiple.side}` : isSpelled(placed) ? '' : placed;
      groups.set(key, [...(groups.get(key) ?? []), placed]);
    }
    return [...groups].flatMap(([key, group]): readonly Piece[] => {
      if (typeof key === 'string' && key !== '')
        return [
          productOf(
            group.map((placed) => multiples.get(placed)!),
            sizes,
            reader,
          ),
        ];
      if (group.length === 1) return group.map(pieceOf);
      const entries = group.map(({ at, rest }): Entry => ({ at: at as readonly number[], value: rest }));
      return [spelledOut(entries, sizes, 0.5, reader)];
    });
  };
  const products = found.filter((placed) => multiples.get(placed));
  return [
    ...(found.some(isLeft) ? [] : [together(false)]),
    ...(products.length === 0 || found.some((placed) => !products.includes(placed) && isLeft(placed))
      ? []
      : [together(true)]),
  ];
}

interface Entry {
  readonly at: readonly number[];
  readonly value: Summand;
}
/** Entries at their positions, the others 0; negated where more than `most` of them are negative. */
function spelledOut(
  entries: readonly Entry[],
  [rows, columns = 1]: readonly number[],
  most: number,
  reader: Reader,
): Piece {
  const negative = entries.filter(({ value: [c] }) => Q.isNegative(c));
  const sign = negative.length > most * entries.length ? Q.minusOne : Q.one;
  const cells = count(rows!).map((r) =>
    count(columns).map((c) => {
      const here = entries.filter(({ at: [row, column = 1] }) => row === r && column === c);
      const total = sum(here.map(({ value: [q, t] }): Summand => [Q.times(sign, q), t]));
      return oriented(total, undefined, undefined, reader);
    }),
  );
  return { coefficient: sign, form: literal(cells) };
}

/** [..]*Y for multiples of rows of Y in given rows, Y*[..] for multiples of columns in given columns. */
function productOf(multiples: readonly Multiple[], sizes: readonly number[], reader: Reader): Piece {
  const { node, slot, side } = multiples[0]!;
  const [size, length] = [sizes[side]!, sizeOf(node.slots[slot]!)!];
  const isLeft = side === 0;
  const { coefficient, form } = spelledOut(
    multiples.map(({ to, from, by }): Entry => ({ at: isLeft ? [to, from] : [from, to], value: by })),
    isLeft ? [size, length] : [length, size],
    0.99,
    reader,
  );
  const [fixed, free] = [freshIndex(), freshIndex()];
  const whole = place(
    node,
    node.slots.map((_, n) => (n === slot ? fixed : free)),
  );
  const array = isLeft ? oriented(whole, fixed, free, reader) : oriented(whole, free, fixed, reader);
  return { coefficient, form: chain(isLeft ? [form, array] : [array, form]) };
}

const count = (n: number): readonly number[] => [...Array(n).keys()].map((k) => k + 1);

/** [r[1]*a + r[2]*b; …] as [a, b; …]*r. */
function asProduct(entries: readonly Term[], scalarOf: (t: Term) => Form): Form | undefined {
  const candidates = new Map(
    entries.flatMap((t) =>
      partsOfSum(t).flatMap(([, s]) =>
        partsOf(s).factors.flatMap(([f, e]) =>
          f.node.kind === 'symbol' && f.at.length === 1 && f.at[0]! < 0 && Q.isOne(e)
            ? [[f.node.symbol, f.node] as const]
            : [],
        ),
      ),
    ),
  );
  for (const [symbol, node] of candidates) {
    const size = sizeOf(symbol.dims[0]!);
    if (size === undefined) continue;
    const rows = entries.map((t) => coefficients(t, node, size));
    if (rows.some((r) => r === undefined)) continue;
    const { form } = symbolLeaf(symbol);
    if (form.columns !== unit) continue;
    return chain([literal((rows as Term[][]).map((r) => r.map(scalarOf))), form]);
  }
  return undefined;
}
const partsOfSum = (t: Term): readonly Summand[] => {
  const [c, s] = [Q.one, t] as const;
  return t.node.kind === 'sum' ? summandsIn(t) : [[c, s]];
};
function coefficients(t: Term, node: Term['node'], size: number): readonly Term[] | undefined {
  const found: Summand[][] = count(size).map(() => []);
  for (const [c, s] of partsOfSum(t)) {
    const { coefficient, factors } = partsOf(s);
    if (Q.isZero(coefficient)) continue;
    const entries = factors.filter(([f]) => f.node === node);
    const [only] = entries;
    if (entries.length !== 1 || !only || !Q.isOne(only[1]) || only[0].at[0]! >= 0) return undefined;
    found[-only[0].at[0]! - 1]!.push([
      Q.times(c, coefficient),
      product(
        Q.one,
        factors.filter((f) => f !== only),
        [],
      ),
    ]);
  }
  return found.map((terms) => sum(terms));
}
