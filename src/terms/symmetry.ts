/** Which exchanges of slots leave a node as it is, or turn its sign? Read off its labelling. */
import { label, type LabelledIndex } from './label.ts';
import type { Index, Node, Symmetry } from './node.ts';

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

/** The inverse of a symmetric matrix is symmetric. */
export function withOutSwap(
  symmetries: readonly Symmetry[],
  turned: readonly Index[],
  straight: readonly Index[],
  free: number,
): readonly Symmetry[] {
  const slots = straight.slice(0, free).map((index) => turned.indexOf(index));
  const swapped: Symmetry = { slots, sign: 1 };
  return [
    ...symmetries,
    swapped,
    ...symmetries.map((s): Symmetry => ({ slots: s.slots.map((n) => slots[n]!), sign: 1 })),
  ];
}
