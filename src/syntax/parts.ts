/** What an expression is made of. Shared parts are visited once; nothing recurses, so depth does not matter. */
import type { Expression } from './tree.ts';

export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
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
      return [e.of, ...e.indices.filter((i): i is Expression => i.kind !== 'all')];
    case 'matrix':
      return e.rows.flat();
    case 'sum-over':
      return [e.body];
    case 'number':
    case 'name':
      return [];
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

export function everyPart(root: Expression, visit: (e: Expression) => void): void {
  const waiting = [root];
  const seen = new Set<Expression>(waiting);
  for (let e = waiting.pop(); e; e = waiting.pop()) {
    visit(e);
    for (const part of partsOf(e))
      if (!seen.has(part)) {
        seen.add(part);
        waiting.push(part);
      }
  }
}

/** All names that occur, of values, functions and indices alike. */
export function namesIn(root: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  everyPart(root, (e) => {
    if (e.kind === 'name') names.add(e.name);
    if (e.kind === 'call') names.add(e.name);
    if (e.kind === 'sum-over') names.add(e.index);
  });
  return names;
}

/** The value of a written integer, with its sign. */
export function integerIn(e: Expression): number | undefined {
  if (e.kind === 'negation') {
    const value = integerIn(e.of);
    return value === undefined ? undefined : -value;
  }
  if (e.kind === 'sum' && e.terms.length === 1) {
    const value = integerIn(e.terms[0]!.term);
    return value === undefined ? undefined : e.terms[0]!.negative ? -value : value;
  }
  return e.kind === 'number' && e.value.d === 1n ? Number(e.value.n) : undefined;
}
