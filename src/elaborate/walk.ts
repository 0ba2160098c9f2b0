/** In which order are the parts of an expression visited? Children first, each node once, however deep and however shared. */
import type { Expression } from '../syntax/tree.ts';

export { everyPart, partsOf, withParts } from '../syntax/parts.ts';

/** Without recursion, so that depth costs no stack. */
export function bottomUp(
  root: Expression,
  childrenOf: (e: Expression) => readonly Expression[],
  isDone: (e: Expression) => boolean,
  visit: (e: Expression) => void,
): void {
  const opened = new Set<Expression>();
  const stack = [root];
  for (let node = stack.at(-1); node; node = stack.at(-1)) {
    if (!isDone(node) && !opened.has(node)) {
      opened.add(node);
      for (const child of childrenOf(node).toReversed()) if (!isDone(child)) stack.push(child);
      continue;
    }
    stack.pop();
    if (!isDone(node)) visit(node);
  }
}
