/** In which order are the parts of an expression visited? Children first, each node once, however deep and however shared. */
import type { Expression } from '../syntax/tree.ts';

/** Every part, positions and sizes included. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'number':
    case 'name':
      return [];
    case 'sum':
      return e.terms.map(({ term }) => term);
    case 'negation':
    case 'transpose':
      return [e.of];
    case 'binary':
    case 'indicator':
      return [e.left, e.right];
    case 'call':
      return e.arguments;
    case 'subscript':
      return [e.of, ...e.indices.filter((index) => index.kind !== 'all')];
    case 'matrix':
      return e.rows.flat();
    case 'sum-over':
      return [e.body];
  }
}

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

/** Every part of an expression once. */
export function everyPart(root: Expression, visit: (e: Expression) => void): void {
  const seen = new Set<Expression>();
  bottomUp(
    root,
    partsOf,
    (e) => seen.has(e),
    (e) => {
      seen.add(e);
      visit(e);
    },
  );
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
