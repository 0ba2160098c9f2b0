/** Has this bag been labelled before, under other names for its indices? */
import type { Item } from './label.ts';
import type { Bound, Index, Node, Term } from './node.ts';

/**
 * Labelling is the costly part of making a node, and the same bags come again and again with other names for their
 * indices: a cheap key that numbers indices as they come finds them. Emptied when it grows, so it keeps little alive.
 */
const remembered = new Map<string, { readonly node: Node; readonly order: readonly number[] }>();
const mostRemembered = 20_000;

export function recall(
  head: string,
  items: readonly Item[],
  bound: readonly Bound[],
  place: (node: Node, at: readonly Index[]) => Term,
  make: () => Term,
): Term {
  const numbers = new Map<Index, number>();
  const seen: Index[] = [];
  let key = head;
  for (const { node, at, tag } of items.toSorted((a, b) => a.node.id - b.node.id)) {
    key += ` ${node.id}:${tag}[`;
    for (const index of at) {
      if (index >= 0 && !numbers.has(index)) {
        numbers.set(index, seen.length);
        seen.push(index);
      }
      key += `${index < 0 ? index : numbers.get(index)!},`;
    }
  }
  for (const { index } of bound) key += `|${numbers.get(index)!}`;
  const known = remembered.get(key);
  if (known)
    return place(
      known.node,
      known.order.map((n) => seen[n]!),
    );
  const made = make();
  if (made.at.every((index) => numbers.has(index))) {
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, { node: made.node, order: made.at.map((index) => numbers.get(index)!) });
  }
  return made;
}
