/** Same structure, same object: nodes live in a weak table, so that what no answer holds any more can be collected. */
import type { Dim } from '../shape/dim.ts';
import type { Node, Symmetry } from './node.ts';

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
