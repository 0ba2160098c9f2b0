/** In which order are the parts of an expression visited? Children first, each node once, however deep and however shared. */
import type { Expression } from '../syntax/tree.ts';

export { everyPart, partsOf } from '../syntax/parts.ts';

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

/** The same node with other parts in their places. */
export function withParts(e: Expression, change: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'name':
      return e;
    case 'sum':
      return { ...e, terms: e.terms.map(({ negative, term }) => ({ negative, term: change(term) })) };
    case 'negation':
    case 'transpose':
      return { ...e, of: change(e.of) };
    case 'binary':
    case 'indicator':
      return { ...e, left: change(e.left), right: change(e.right) };
    case 'call':
      return { ...e, arguments: e.arguments.map(change) };
    case 'subscript':
      return { ...e, of: change(e.of) };
    case 'matrix':
      return { ...e, rows: e.rows.map((row) => row.map(change)) };
    case 'sum-over':
      return { ...e, body: change(e.body) };
  }
}
