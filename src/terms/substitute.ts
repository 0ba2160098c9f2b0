/**
 * A term with some of its symbols replaced, its sizes renamed, or its parts changed: what mentions them is built anew,
 * what does not is the identical object.
 */
import * as Q from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import {
  apply,
  argumentsOf,
  block,
  blockParts,
  delta,
  guard,
  indexNumber,
  instantiate,
  pairing,
  partsOf,
  place,
  product,
  rename,
  same,
  size,
  sum,
  summandsOf,
  symbolTerm,
  withArguments,
} from './construct.ts';
import { freshIndex } from './intern.ts';
import type { ApplyNode, Factor, Index, Node, OperationNode, Operation, Summand, Term, TermSymbol } from './node.ts';

export interface Replacement {
  /** The value of this symbol at these indices; undefined leaves it. */
  readonly symbol: (symbol: TermSymbol, at: readonly Index[]) => Term | undefined;
  readonly dim?: (dim: Dim) => Dim;
}

/**
 * Every skeleton rebuilt once, wherever it stands. It is opened at fresh indices, not at slots: what is put in may itself
 * speak of slots. `replace` looks at each part first, from the outside in, with the indices that it has where it stands.
 */
export function rebuild(
  root: Term,
  replace: (part: Term) => Term | undefined,
  skeleton: (opened: Term, visit: (part: Term) => Term) => Term,
): Term {
  const memo = new Map<Node, { readonly at: readonly Index[]; readonly term: Term }>();
  const visit = (t: Term): Term => {
    const replaced = replace(t);
    if (replaced) return replaced;
    let known = memo.get(t.node);
    if (!known) {
      const at = t.node.slots.map(() => freshIndex());
      known = { at, term: skeleton({ node: t.node, at }, visit) };
      memo.set(t.node, known);
    }
    return rename(known.term, new Map(known.at.map((index, slot) => [index, t.at[slot]!])));
  };
  return visit(root);
}

/** Are the names' own definitions looked into? No: a name stays a name unless it is replaced itself. */
export function substitute(t: Term, { symbol, dim = (d) => d }: Replacement): Term {
  const rebuildNode = (t: Term, visit: (part: Term) => Term): Term => {
    const { node } = t;
    switch (node.kind) {
      case 'number':
      case 'symbol':
        return t;
      case 'size':
        return dim(node.dim) === node.dim ? t : size(dim(node.dim));
      case 'index':
        return indexNumber(t.at[0]!, dim(node.slots[0]!));
      case 'delta':
        return delta(t.at[0]!, t.at[1]!, dim(node.slots[0]!));
      case 'pairing':
        return pairing(t.at[0]!, t.at[1]!, t.at[2]!, dim(node.slots[1]!), dim(node.slots[2]!));
      case 'block':
        return block(
          t.at[0]!,
          blockParts(t).map((part) => ({ ...part, dim: dim(part.dim) })),
          dim(node.offset),
          dim(node.slots[0]!),
        );
      case 'guard':
        return guard(
          node.relation,
          blockParts(t).map((part) => ({ ...part, dim: dim(part.dim) })),
          dim(node.offset),
        );
      case 'sum':
        return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
      case 'product': {
        const { coefficient, factors, bound } = partsOf(t);
        return product(
          coefficient,
          factors.map(([f, e]): Factor => [visit(f), e]),
          bound.map(({ index, dim: d }) => ({ index, dim: dim(d) })),
        );
      }
      case 'apply':
        return apply(node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(visit));
      case 'operation':
        return withArguments(t as Term & { node: OperationNode }, visit, dim);
    }
  };
  return rebuild(
    t,
    (part) => (part.node.kind === 'symbol' ? (symbol(part.node.symbol, part.at) ?? part) : undefined),
    rebuildNode,
  );
}

/** Every symbol that occurs, arguments of functions included, each once. */
const symbolMemo = new WeakMap<Node, ReadonlySet<TermSymbol>>();
export function symbolsIn(t: Term): ReadonlySet<TermSymbol> {
  return symbolsOf(t.node);
}
function symbolsOf(node: Node): ReadonlySet<TermSymbol> {
  const known = symbolMemo.get(node);
  if (known) return known;
  const found = new Set<TermSymbol>();
  if (node.kind === 'symbol') found.add(node.symbol);
  for (const child of childrenOf(node)) for (const symbol of symbolsOf(child.node)) found.add(symbol);
  symbolMemo.set(node, found);
  return found;
}

/** The terms that a skeleton is made of, over its own numbering. */
export function childrenOf(node: Node): readonly Term[] {
  switch (node.kind) {
    case 'sum':
      return node.terms.map(([, t]) => t);
    case 'product':
      return node.factors.map(([t]) => t);
    case 'apply':
      return node.args;
    case 'operation':
      return [node.body, ...node.further.map(({ body }) => body)];
    default:
      return [];
  }
}

/** The operations that occur, each once. */
export function operationsIn(t: Term): ReadonlySet<Operation> {
  const found = new Set<Operation>();
  const seen = new Set<Node>();
  const waiting = [t.node];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'operation') found.add(node.op);
    waiting.push(...childrenOf(node).map((child) => child.node));
  }
  return found;
}

/** Does it mention one of these, looking through the definitions of names? */
export function mentions(t: Term, symbols: ReadonlySet<TermSymbol>): boolean {
  const seen = new Set<TermSymbol>();
  const look = (symbol: TermSymbol): boolean => {
    if (symbols.has(symbol)) return true;
    if (seen.has(symbol) || !symbol.definition) return false;
    seen.add(symbol);
    return [...symbolsIn(symbol.definition)].some(look);
  };
  return [...symbolsIn(t)].some(look);
}

/** Sums, products and whole powers of names, those behind names included: it has a value everywhere. */
export function isPolynomial({ node }: Term): boolean {
  switch (node.kind) {
    case 'sum':
      return node.terms.every(([, t]) => isPolynomial(t));
    case 'product':
      return node.factors.every(([t, e]) => Q.isInteger(e) && Q.isPositive(e) && isPolynomial(t));
    case 'apply':
    case 'operation':
      return false;
    case 'symbol':
      return !node.symbol.definition || isPolynomial(node.symbol.definition);
    default:
      return true;
  }
}

/** x at the slots 0, 1, …. */
export const whole = (symbol: TermSymbol): Term => symbolTerm(symbol, [...symbol.dims.keys()]);
/** A skeleton over its own slots. */
export const open = (node: Node): Term => place(node, [...node.slots.keys()]);

// ---- parts
// Through the parts of a term: with some of them changed (unchanged in, the identical object out), and counted.

/** Summands or factors changed. Arguments of functions are left alone: they are the user's own. */
export function mapParts(t: Term, change: (part: Term) => Term): Term {
  if (t.node.kind === 'sum') {
    let changed = false;
    const summands = summandsOf(t).map(([c, s]): Summand => {
      const next = change(s);
      changed ||= !same(next, s);
      return [c, next];
    });
    return changed ? sum(summands) : t;
  }
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  let changed = false;
  const next = factors.map(([f, e]): Factor => {
    const made = change(f);
    changed ||= !same(made, f);
    return [made, e];
  });
  return changed ? product(coefficient, next, bound) : t;
}

/** Arguments of functions too. */
export function mapAll(t: Term, change: (part: Term) => Term): Term {
  if (t.node.kind === 'apply') {
    const args = argumentsOf(t as Term & { node: ApplyNode });
    const next = args.map(change);
    return next.every((arg, n) => same(arg, args[n]!)) ? t : apply(t.node.fn, next);
  }
  if (t.node.kind === 'operation') {
    let changed = false;
    const made = withArguments(t as Term & { node: OperationNode }, (body) => {
      const next = change(body);
      changed ||= !same(next, body);
      return next;
    });
    return changed ? made : t;
  }
  return mapParts(t, change);
}

const memo = new WeakMap<Node, number>();

/** How much is there to read? The leaves of a term, functions and their arguments counting as one leaf and a bit. */
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

/** The slots become these indices; through fresh ones, for a slot may be an index of the place. */
export function through(t: Term, at: readonly Index[]): Term {
  const between = at.map(() => freshIndex());
  return rename(instantiate(t, between), new Map(between.map((index, n) => [index, at[n]!])));
}
