/** How much is there to read? The leaves of a term, functions and their arguments counting as one leaf and a bit. */
import type { Node, Term } from './node.ts';

const memo = new WeakMap<Node, number>();

export function leaves(t: Term): number {
  const known = memo.get(t.node);
  if (known !== undefined) return known;
  const count = compute(t.node);
  memo.set(t.node, count);
  return count;
}

function compute(node: Node): number {
  switch (node.kind) {
    case 'sum':
      // Numbers read themselves: 1 - s is no longer than s.
      return node.terms.reduce((total, [, t]) => total + (t.node.kind === 'number' ? 0 : leaves(t)), 0);
    case 'product':
      return Math.max(
        1,
        node.factors.reduce((total, [t]) => total + leaves(t), 0),
      );
    case 'apply':
    case 'operation':
      return 2;
    default:
      return 1;
  }
}
