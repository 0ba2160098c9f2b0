/**
 * Same structure, same object: nodes live in a weak table, so that what no answer holds any more can be collected. And
 * has this bag been labelled before, under other names for its indices?
 */
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import type { Item } from './label.ts';
import type { Bound, Index, Node, Symmetry, Term } from './node.ts';

const table = new Map<string, WeakRef<Node>>();
const cleanUp = new FinalizationRegistry<string>((key) => {
  if (table.get(key)?.deref() === undefined) table.delete(key);
});
let created = 0;

type Content<N> = N extends Node ? Omit<N, 'id' | 'hash' | 'slots' | 'symmetries'> : never;

export function intern<N extends Node>(
  key: string,
  make: () => Content<N> & { hash: number; slots: readonly Dim[]; symmetries?: readonly Symmetry[] },
): N {
  const known = table.get(key)?.deref();
  if (known) return known as N;
  const node = Object.freeze({ id: created++, symmetries: [], ...make() }) as unknown as N;
  table.set(key, new WeakRef(node));
  cleanUp.register(node, key);
  return node;
}

let fresh = 1000;
/** An index that nothing else uses. Slots and other small numbers stay below. */
export const freshIndex = (): number => fresh++;

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

// ---- hashes
// Structural hashes: 53-bit numbers that are the same in every process, so that order never depends on history.

/** Order-dependent. */
export function mix(a: number, b: number): number {
  const low = Math.imul((a % 0x100000000) ^ Math.imul((b % 0x100000000) | 0, 0x9e3779b1), 0x85ebca6b);
  const high = Math.imul(((a / 0x100000) ^ (b / 0x1000)) | 0, 0xc2b2ae35) ^ Math.imul(low ^ (low >>> 15), 0x27d4eb2f);
  return ((low ^ (low >>> 13)) >>> 0) * 0x200000 + ((high ^ (high >>> 11)) >>> 11);
}

export function hashText(text: string): number {
  let hash = 17;
  for (let i = 0; i < text.length; i++) hash = mix(hash, text.charCodeAt(i) + 1);
  return hash;
}

export const hashRational = (q: Rational): number =>
  mix(Number(BigInt.asIntN(32, q.n)) + 0x80000000, Number(BigInt.asIntN(32, q.d)) + 0x80000000);

/** Independent of order: hash the sorted values. */
export const mixAll = (seed: number, values: readonly number[]): number => {
  let hash = seed;
  for (const value of values) hash = mix(hash, value);
  return hash;
};
