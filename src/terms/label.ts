/**
 * Which numbering of its indices makes a bag of factors (or summands) canonical?
 *
 * Colour every index by what it touches, refine until nothing changes, and where colours tie, try each candidate and
 * keep the least result. Two bags that differ only in the names of their indices or in the order of their items come
 * out identical, and the numberings that reach the same result are the symmetries of the bag.
 */
import type { Dim } from '../shape/dim.ts';
import { hashText, mix, mixAll } from './intern.ts';
import type { Bound, Index, Node, Term, Symmetry } from './node.ts';

export interface Item {
  readonly node: Node;
  readonly at: readonly Index[];
  /** What else tells items apart: a coefficient, an exponent, a position. */
  readonly tag: string;
}
export interface LabelledIndex {
  readonly index: Index;
  readonly dim: Dim;
  /** Indices of a lower rank come first; only indices of one rank can be exchanged. */
  readonly rank: number;
}
export interface Labelling {
  /** The indices in their new order: the position is the new number. */
  readonly order: readonly Index[];
  /** The items in canonical order, over the new numbers; `from` is the position in the input. */
  readonly items: readonly (Item & { readonly from: number })[];
  readonly key: string;
  /** Permutations p: renaming number i to p[i] gives the same bag. Without the identity. */
  readonly automorphisms: readonly (readonly number[])[];
}

/** More ties than this (a product of many equal vectors) are not told apart any more. */
const mostLeaves = 200;

type Colours = ReadonlyMap<Index, number>;

export const compareArrays = (a: readonly number[], b: readonly number[]): number => {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
};

/** The least of the equivalent ways to write these values into the node's slots. */
export function leastArrangement(node: Node, values: readonly number[]): readonly number[] {
  let least = values;
  for (const { slots, sign } of node.symmetries) {
    if (sign < 0) continue;
    const candidate = slots.map((slot) => values[slot]!);
    if (compareArrays(candidate, least) < 0) least = candidate;
  }
  return least;
}

const colourOf = (index: Index, colours: Colours): number => (index < 0 ? 7 - index : colours.get(index)!);

function refine(items: readonly Item[], tags: readonly number[], start: Colours): Colours {
  let colours = start;
  let distinct = new Set(start.values()).size;
  while (distinct < start.size) {
    const touched = new Map<Index, number[]>([...start.keys()].map((index) => [index, []]));
    items.forEach(({ node, at }, n) => {
      const seen = at.map((index) => colourOf(index, colours));
      const arranged = leastArrangement(node, seen);
      const itemColour = mixAll(mix(node.hash, tags[n]!), arranged);
      // An index sees the item and the first place it could equally stand in.
      at.forEach((index, place) => {
        if (index < 0) return;
        let first = place;
        for (const { slots, sign } of node.symmetries) if (sign > 0) first = Math.min(first, slots.indexOf(place));
        touched.get(index)!.push(mix(itemColour, first + 1));
      });
    });
    const next = new Map<Index, number>();
    for (const [index, colour] of colours)
      next.set(
        index,
        mixAll(
          colour,
          touched.get(index)!.toSorted((a, b) => a - b),
        ),
      );
    const count = new Set(next.values()).size;
    if (count <= distinct) break;
    [colours, distinct] = [next, count];
  }
  return colours;
}

interface Leaf {
  readonly numbers: ReadonlyMap<Index, number>;
  readonly items: readonly (Item & { readonly from: number })[];
  readonly key: string;
}

function leafOf(items: readonly Item[], indices: readonly LabelledIndex[], colours: Colours): Leaf {
  const order = indices.toSorted((a, b) => a.rank - b.rank || colours.get(a.index)! - colours.get(b.index)!);
  const numbers = new Map(order.map(({ index }, n) => [index, n]));
  const written = items
    .map((item, from) => {
      const at = leastArrangement(
        item.node,
        item.at.map((index) => (index < 0 ? index : numbers.get(index)!)),
      );
      return { node: item.node, tag: item.tag, at, from };
    })
    .toSorted(
      (a, b) =>
        a.node.hash - b.node.hash ||
        a.node.id - b.node.id ||
        (a.tag < b.tag ? -1 : a.tag > b.tag ? 1 : compareArrays(a.at, b.at)),
    );
  const dims = order.map(({ rank, dim }) => `${rank}:${dim.key}`).join();
  return {
    numbers,
    items: written,
    key: `${written.map(({ node, tag, at }) => `${node.id}:${tag}[${at.join()}]`).join(' ')}|${dims}`,
  };
}

export function label(items: readonly Item[], indices: readonly LabelledIndex[]): Labelling {
  const tags = items.map(({ tag }) => hashText(tag));
  const start: Colours = new Map(indices.map(({ index, dim, rank }) => [index, mix(rank + 1, hashText(dim.key))]));
  const rankOf = new Map(indices.map(({ index, rank }) => [index, rank]));
  const leaves: Leaf[] = [];

  const explore = (colours: Colours): void => {
    if (leaves.length >= mostLeaves) return;
    const classes = new Map<number, Index[]>();
    for (const [index, colour] of colours) classes.set(colour, [...(classes.get(colour) ?? []), index]);
    const tie = [...classes]
      .filter(([, members]) => members.length > 1)
      .toSorted(([a, [i]], [b, [j]]) => rankOf.get(i!)! - rankOf.get(j!)! || a - b)[0];
    if (!tie) {
      leaves.push(leafOf(items, indices, colours));
      return;
    }
    for (const index of tie[1]) explore(refine(items, tags, new Map(colours).set(index, mix(tie[0], 3))));
  };
  explore(indices.length < 2 ? start : refine(items, tags, start));

  let best = leaves[0]!;
  for (const leaf of leaves) if (leaf.key < best.key) best = leaf;
  const order = [...best.numbers.keys()];
  const automorphisms = leaves
    .filter((leaf) => leaf !== best && leaf.key === best.key)
    .map((leaf) => order.map((index) => leaf.numbers.get(index)!));
  return { order, items: best.items, key: best.key, automorphisms };
}

/** The indices of these terms, those that are bound after the free ones. */
export function labelledIndices(terms: readonly Term[], bound: readonly Bound[]): readonly LabelledIndex[] {
  const ranks = new Map(bound.map(({ index }) => [index, 1]));
  const found = new Map<Index, LabelledIndex>();
  for (const t of terms)
    t.at.forEach((index, slot) => {
      if (index >= 0 && !found.has(index))
        found.set(index, { index, dim: t.node.slots[slot]!, rank: ranks.get(index) ?? 0 });
    });
  return [...found.values()];
}

// ---- symmetry
// Which exchanges of slots leave a node as it is, or turn its sign? Read off its labelling.

/** Renamings that negate the sum, as i <-> j does to X[i,j] - X[j,i]. */
export function antisymmetries(
  items: readonly { readonly node: Node; readonly at: readonly Index[]; readonly tag: string }[],
  indices: readonly LabelledIndex[],
  key: string,
  order: readonly Index[],
): readonly Symmetry[] {
  if (items.length % 2 === 1 || indices.length < 2) return [];
  const flip = (tag: string): string => (tag.startsWith('-') ? tag.slice(1) : `-${tag}`);
  const count = (tags: readonly string[]): string => tags.toSorted().join(' ');
  if (count(items.map(({ tag }) => tag)) !== count(items.map(({ tag }) => flip(tag)))) return [];
  const negated = label(
    items.map((item) => ({ ...item, tag: flip(item.tag) })),
    indices,
  );
  if (negated.key !== key) return [];
  const base = order.map((index) => negated.order.indexOf(index));
  return [base, ...negated.automorphisms.map((p) => base.map((n) => p[n]!))].map((slots): Symmetry => ({
    slots,
    sign: -1,
  }));
}

export function slotSymmetries(automorphisms: readonly (readonly number[])[], free: number): readonly Symmetry[] {
  const found = new Map<string, Symmetry>();
  for (const p of automorphisms) {
    const slots = p.slice(0, free);
    if (slots.some((to, from) => to !== from)) found.set(slots.join(), { slots, sign: 1 });
  }
  return [...found.values()];
}

/** Beside delta(i,k) the names i and k mean the same, so x[i]*delta(i,k) is x[k]*delta(i,k). */
export function withDeltas(
  symmetries: readonly Symmetry[],
  items: readonly { node: Node; at: readonly Index[] }[],
  slots: number,
): readonly Symmetry[] {
  const identity = [...Array(slots).keys()];
  const group = new Map<string, readonly number[]>(
    [identity, ...symmetries.map((s) => s.slots)].map((p) => [p.join(), p]),
  );
  const swaps = items
    .filter(({ node, at }) => node.kind === 'delta' && at.every((i) => i >= 0))
    .map(({ at: [i, j] }) => identity.map((n) => (n === i ? j! : n === j ? i! : n)));
  if (swaps.length === 0) return symmetries;
  let queue = [...group.values()];
  while (queue.length > 0) {
    const next: (readonly number[])[] = [];
    for (const p of queue)
      for (const s of swaps) {
        const composed = p.map((n) => s[n]!);
        if (!group.has(composed.join())) {
          group.set(composed.join(), composed);
          next.push(composed);
        }
      }
    queue = next;
  }
  group.delete(identity.join());
  return [...group.values()].map((slots): Symmetry => ({ slots, sign: 1 }));
}

/** Second derivatives are symmetric: `permutations` of the first slots, closed under composition. */
export function withOutPermutations(
  symmetries: readonly Symmetry[],
  permutations: readonly (readonly number[])[],
  free: number,
): readonly Symmetry[] {
  const all = permutations.map((p) => Array.from({ length: free }, (_, n) => p[n] ?? n));
  return [
    ...symmetries,
    ...all.flatMap((p) => [
      { slots: p, sign: 1 as const },
      ...symmetries.map((s): Symmetry => ({ slots: s.slots.map((n) => p[n]!), sign: s.sign })),
    ]),
  ];
}

/** The inverse of a symmetric matrix is symmetric: `turned` is another order of the slots that gives the same. */
export function withOutSwap(
  symmetries: readonly Symmetry[],
  turned: readonly Index[],
  straight: readonly Index[],
  free: number,
): readonly Symmetry[] {
  const slots = straight.slice(0, free).map((index) => turned.indexOf(index));
  const isKnown = (order: readonly number[]): boolean =>
    order.every((slot, n) => slot === n) || symmetries.some((s) => s.slots.every((slot, n) => slot === order[n]));
  if (isKnown(slots)) return symmetries;
  const swapped: Symmetry = { slots, sign: 1 };
  return [
    ...symmetries,
    swapped,
    ...symmetries.map((s): Symmetry => ({ slots: s.slots.map((n) => slots[n]!), sign: 1 })),
  ];
}
