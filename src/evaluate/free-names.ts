/** Which names does a tree mention, apart from the indices that its own sums bind? What is shared in the tree is visited once. */
import { partsOf as childrenOf } from '../syntax/parts.ts';
import type { Expression, Subscript } from '../syntax/tree.ts';

export { childrenOf };

/** Every node once, children before parents, without recursion. */
function bottomUp(root: Expression, isDone: (e: Expression) => boolean, visit: (e: Expression) => void): void {
  const stack: { readonly node: Expression; opened: boolean }[] = [{ node: root, opened: false }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    if (!top.opened && !isDone(top.node)) {
      top.opened = true;
      for (const child of childrenOf(top.node)) if (!isDone(child)) stack.push({ node: child, opened: false });
      continue;
    }
    stack.pop();
    if (!isDone(top.node)) visit(top.node);
  }
}

const none: ReadonlySet<string> = new Set();
const known = new WeakMap<Expression, ReadonlySet<string>>();

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const widest = sets.reduce((most, set) => (set.size > most.size ? set : most), none);
  // Most parents mention what one child mentions already: the set is shared, which keeps deep trees cheap.
  const missing = sets.flatMap((set) => (set === widest ? [] : [...set].filter((name) => !widest.has(name))));
  return missing.length === 0 ? widest : new Set([...widest, ...missing]);
}

function namesOf(e: Expression): ReadonlySet<string> {
  if (e.kind === 'name') return new Set([e.name]);
  const names = union(childrenOf(e).map((child) => known.get(child)!));
  return e.kind === 'sum-over' && names.has(e.index) ? new Set([...names].filter((name) => name !== e.index)) : names;
}

export function freeNames(e: Expression): ReadonlySet<string> {
  bottomUp(
    e,
    (node) => known.has(node),
    (node) => known.set(node, namesOf(node)),
  );
  return known.get(e)!;
}

/** A subscript that uses an index by itself, hence tells how far the index runs. */
export interface Use {
  readonly subscript: Subscript;
  readonly axis: number;
}

/** Where the body of a sum uses its index as a subscript, and the indices that sums inside the body bind. */
export function usesOf(
  index: string,
  body: Expression,
): { readonly uses: readonly Use[]; readonly inner: readonly string[] } {
  const uses: Use[] = [];
  const inner = new Set<string>();
  const seen = new Set<Expression>();
  const stack = [body];
  for (let e = stack.pop(); e; e = stack.pop()) {
    // Inside a sum over the same name, the name means the inner index.
    if (seen.has(e) || !freeNames(e).has(index)) continue;
    seen.add(e);
    if (e.kind === 'subscript') {
      const subscript = e;
      e.indices.forEach((position, axis) => {
        if (position.kind === 'name' && position.name === index) uses.push({ subscript, axis });
      });
    }
    if (e.kind === 'sum-over') inner.add(e.index);
    stack.push(...childrenOf(e).toReversed());
  }
  return { uses, inner: [...inner] };
}
