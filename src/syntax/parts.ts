/** What is an expression made of, and what does it mention? Shared parts are visited once, and where depth costs no stack nothing recurses. */
import type { All, Expression, Indicator, Subscript } from './tree.ts';

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
      return [...(e.range ? [e.range] : []), ...(e.conditions ?? []), e.body];
    case 'range':
      return [e.from, e.to];
    case 'number':
    case 'name':
      return [];
  }
}

/** The same node with other parts in their places. Positions of subscripts and ends of ranges stay: they are no values. */
export function withParts(e: Expression, change: (part: Expression) => Expression): Expression {
  switch (e.kind) {
    case 'number':
    case 'name':
    case 'range':
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
      return {
        ...e,
        body: change(e.body),
        ...(e.conditions && { conditions: e.conditions.map((c) => change(c) as Indicator) }),
      };
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

/** Functions of positions, 1 2 3 or names of indices, and how many they take. */
export const positionFunctions: ReadonlyMap<string, number> = new Map([
  ['delta', 2],
  ['levicivita', 3],
]);
export const isOfPositions = (e: Expression): boolean => e.kind === 'call' && positionFunctions.has(e.name);

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

// ---- every part once, children first

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

// ---- replaced

/** `replace` looks at each part from the outside in, positions of subscripts included; undefined goes on inside. */
export function mapParts(e: Expression, replace: (e: Expression) => Expression | undefined): Expression {
  const visit = (e: Expression): Expression => replace(e) ?? inside(e);
  const inside = (e: Expression): Expression =>
    e.kind === 'subscript'
      ? { ...e, of: visit(e.of), indices: e.indices.map((i): Expression | All => (i.kind === 'all' ? i : visit(i))) }
      : withParts(e, visit);
  return visit(e);
}

// ---- names that are free

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
  const names = union(partsOf(e).map((child) => known.get(child)!));
  return e.kind === 'sum-over' && names.has(e.index) ? new Set([...names].filter((name) => name !== e.index)) : names;
}

export function freeNames(e: Expression): ReadonlySet<string> {
  bottomUp(
    e,
    partsOf,
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

/** Where the body of a sum uses its index as a subscript, and the indices that sums inside the body bind; `inSpace`: levicivita(i,j,k) uses it. */
export function usesOf(
  index: string,
  body: Expression,
): { readonly uses: readonly Use[]; readonly inner: readonly string[]; readonly inSpace: boolean } {
  const uses: Use[] = [];
  const inner = new Set<string>();
  let inSpace = false;
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
    if (e.kind === 'call' && e.name === 'levicivita')
      inSpace ||= e.arguments.some((position) => position.kind === 'name' && position.name === index);
    if (e.kind === 'sum-over') inner.add(e.index);
    stack.push(...partsOf(e).toReversed());
  }
  return { uses, inner: [...inner], inSpace };
}
