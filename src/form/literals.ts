/**
 * Entries by their positions as a matrix that spells them out: delta(i,1)*a + delta(i,2)*b as [a; b], [..]*r where every entry
 * is linear in the entries of r, and in a longer sum what together is such a matrix, or one times an array: Y - [1, 2; 3, 4].
 */
import * as Q from '../basics/rational.ts';
import { type Dim, sizeOf } from '../shape/dim.ts';
import { partsOf, place, product, rename, scale, sum, summandsOf } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Index, Node, Summand, Term } from '../terms/node.ts';
import { chain, type Form, literal } from './algebra.ts';
import type { Piece } from './collect.ts';
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
  const rows = upTo(sizes[0]!).map((r) =>
    indices.length === 1 ? [entry(r)] : upTo(sizes[1]!).map((c) => entry(r, c)),
  );
  return literal(rows.map((r) => r.map((t) => oriented(t, undefined, undefined, reader))));
}

// ---- within a sum

/** A summand, the position that it has on each axis, if it has one, and what is left of it then. */
interface Placed {
  readonly whole: Summand;
  readonly at: readonly (number | undefined)[];
  readonly rest: Summand;
}
function placedSummands(whole: Summand, indices: readonly Index[]): readonly Placed[] {
  const { coefficient, factors, bound } = partsOf(whole[1]);
  const selectors = indices.map((index) =>
    factors.find(([f, e]) => f.node.kind === 'delta' && Q.isOne(e) && f.at.includes(index) && f.at.some((i) => i < 0)),
  );
  const at = selectors.map((selector) => selector && -selector[0].at.find((i) => i < 0)!);
  const chosen = selectors.filter((selector) => selector !== undefined);
  const rest = product(
    Q.one,
    factors.filter((f) => !chosen.includes(f)),
    bound,
  );
  const c = Q.times(whole[0], coefficient);
  if (chosen.length === 0 || rest.node.kind !== 'sum') return [{ whole, at, rest: [c, rest] }];
  // delta(i,1)*(r[1] + 2*r[2]) speaks of two entries of r.
  return summandsOf(rest).map(([d, s]): Placed => ({
    whole: [Q.times(c, d), product(Q.one, [...chosen, [s, Q.one]], [])],
    at,
    rest: [Q.times(c, d), s],
  }));
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
  const found = summands.flatMap((s) => placedSummands(s, indices));
  const isPlaced = ({ at }: Placed): boolean => at.some((position) => position !== undefined);
  if (!found.some(isPlaced)) return [];
  const isSpelled = ({ at }: Placed): boolean =>
    at.every((position, n) => position !== undefined && sizes[n]! <= mostEntries);
  const multiples = new Map(
    found.flatMap((placed): readonly (readonly [Placed, Multiple])[] => {
      const multiple = multipleIn(placed, indices, sizes);
      return multiple ? [[placed, multiple]] : [];
    }),
  );
  const alone = ({ whole: [c, t] }: Placed): Piece => ({
    coefficient: Q.one,
    form: oriented(scale(c, t), indices[0], indices[1], reader),
  });

  /** What belongs together as one piece, in the place of its first summand. */
  const pieces = (products: ReadonlyMap<Placed, Multiple>): readonly Piece[] => {
    const groups = new Map<Placed | string, Placed[]>();
    for (const placed of found) {
      const multiple = products.get(placed);
      const of = multiple && `${multiple.node.id} ${multiple.slot} ${multiple.side}`;
      const key = of ?? (isSpelled(placed) ? 'entries' : placed);
      groups.set(key, [...(groups.get(key) ?? []), placed]);
    }
    return [...groups.values()].map((group): Piece => {
      const first = group[0]!;
      if (products.has(first))
        return productOf(
          group.map((placed) => products.get(placed)!),
          sizes,
          reader,
        );
      if (group.length === 1) return alone(first);
      return spelledOut(
        group.map(({ at, rest }): Entry => ({ at: at as readonly number[], value: rest })),
        sizes,
        'mostly',
        reader,
      );
    });
  };
  const allSpelled = (products: ReadonlyMap<Placed, Multiple>): boolean =>
    found.every((placed) => products.has(placed) || isSpelled(placed) || !isPlaced(placed));
  const none: ReadonlyMap<Placed, Multiple> = new Map();
  return [none, ...(multiples.size > 0 ? [multiples] : [])].filter(allSpelled).map(pieces);
}

interface Entry {
  readonly at: readonly number[];
  readonly value: Summand;
}
/** Entries at their positions, the others 0; a minus stands in front where they are negative, mostly or without exception. */
function spelledOut(
  entries: readonly Entry[],
  [rows, columns = 1]: readonly number[],
  negative: 'mostly' | 'all',
  reader: Reader,
): Piece {
  const count = entries.filter(({ value: [c] }) => Q.isNegative(c)).length;
  const isNegated = negative === 'all' ? count === entries.length : 2 * count > entries.length;
  const sign = isNegated ? Q.minusOne : Q.one;
  const cells = upTo(rows!).map((r) =>
    upTo(columns).map((c) => {
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
    'all',
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

const upTo = (n: number): readonly number[] => [...Array(n).keys()].map((k) => k + 1);
