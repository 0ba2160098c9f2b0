/** A node at indices: which are equal, which name is meant, and what a term is made of. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { arranged, isZero, one } from './atoms.ts';
import { apply, type Argument, operation } from './functions.ts';
import { freshIndex } from './intern.ts';
import type { ApplyNode, Bound, Factor, Index, Node, OperationNode, Summand, Term, Operation } from './node.ts';
import { internProduct, product } from './products.ts';
import { placeLeaf } from './selectors.ts';
import { sum } from './sums.ts';

export const keyOf = ({ node, at }: Term): string => `${node.id}[${at.join()}]`;
export const same = (a: Term, b: Term): boolean => a.node === b.node && a.at.every((index, n) => index === b.at[n]);
/** Its indices, each once, constants left out. */
export const indicesOf = ({ at }: Term): readonly Index[] =>
  at.length < 2 ? at.filter((i) => i >= 0) : [...new Set(at)].filter((i) => i >= 0);
export const dependsOn = ({ at }: Term, index: Index): boolean => at.includes(index);
export const dimOf = (t: Term, index: Index): Dim | undefined => t.node.slots[t.at.indexOf(index)];

const leafKinds: ReadonlySet<Node['kind']> = new Set([
  'number',
  'size',
  'index',
  'symbol',
  'pairing',
  'block',
  'guard',
  'delta',
]);

/** The node applied to these indices, which may coincide or be constant. */
export function place(node: Node, indices: readonly Index[]): Term {
  if (indices.length === 0) return { node, at: indices };
  const at = arranged(node, indices);
  if (leafKinds.has(node.kind)) return placeLeaf(node, at);
  const first = node.kind === 'operation' ? node.outs : 0;
  for (let i = first; i < at.length; i++) if (at[i]! < 0 || at.indexOf(at[i]!, first) !== i) return rebuild(node, at);
  return { node, at };
}

/** Coinciding or constant indices make another skeleton: build it anew. */
function rebuild(node: Node, at: readonly Index[]): Term {
  switch (node.kind) {
    case 'sum':
      return sum(node.terms.map(([c, t]): Summand => [c, inside(t, at, [])]));
    case 'product': {
      const bound = freshBound(node.bound);
      return product(
        node.coefficient,
        node.factors.map(([t, e]): Factor => [inside(t, at, bound), e]),
        bound,
      );
    }
    case 'apply':
      return apply(
        node.fn,
        node.args.map((arg) => inside(arg, at, [])),
      );
    case 'operation':
      return withArguments({ node, at }, (body) => body);
    default:
      return { node, at };
  }
}

export function rename(t: Term, names: ReadonlyMap<Index, Index>): Term {
  let changed = false;
  const at = t.at.map((index) => {
    const name = names.get(index) ?? index;
    if (name !== index) changed = true;
    return name;
  });
  return changed ? place(t.node, at) : t;
}

/** The skeleton's slots 0, 1, … replaced by these indices. */
export const instantiate = (t: Term, indices: readonly Index[]): Term =>
  rename(t, new Map(indices.map((index, slot) => [slot, index])));

/** A whole name: x, A, applied to the slots 0, 1, …. */
export const slotIndices = (count: number): readonly Index[] => [...Array(count).keys()];

// ---- looking inside

export interface Parts {
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
}

const inside = (child: Term, at: readonly Index[], bound: readonly Bound[]): Term =>
  place(
    child.node,
    child.at.map((i) => (i < 0 ? i : i < at.length ? at[i]! : bound[i - at.length]!.index)),
  );

const freshBound = (dims: readonly Dim[]): readonly Bound[] => dims.map((dim) => ({ index: freshIndex(), dim }));

/** Any term as coefficient, factors and bound indices (fresh ones): what is no product is its own only factor. */
export function partsOf(t: Term): Parts {
  const { node, at } = t;
  if (node.kind === 'number') return { coefficient: node.value, factors: [], bound: [] };
  if (node.kind !== 'product') return { coefficient: Q.one, factors: [[t, Q.one]], bound: [] };
  const bound = freshBound(node.bound);
  return {
    coefficient: node.coefficient,
    factors: node.factors.map(([f, e]): Factor => [inside(f, at, bound), e]),
    bound,
  };
}

/** Any term as a list of summands. */
export function summandsOf(t: Term): readonly Summand[] {
  const { node, at } = t;
  if (node.kind === 'sum') return node.terms.map(([c, s]): Summand => [c, inside(s, at, [])]);
  return isZero(t) ? [] : [splitCoefficient(t)];
}

export const argumentsOf = (t: Term & { readonly node: ApplyNode }): readonly Term[] =>
  t.node.args.map((arg) => inside(arg, t.at, []));

export interface OpenOperation {
  readonly op: Operation;
  readonly body: Term;
  readonly bound: readonly Bound[];
  /** The other arguments of an unknown function. */
  readonly further: readonly Argument[];
  readonly outs: readonly Index[];
}

export function openOperation({ node, at }: Term & { readonly node: OperationNode }): OpenOperation {
  const [bound, ...others] = [node.bound, ...node.further.map((argument) => argument.bound)].map(freshBound) as [
    readonly Bound[],
    ...(readonly Bound[])[],
  ];
  const all = [bound, ...others].flat();
  return {
    op: node.op,
    body: inside(node.body, at, all),
    bound,
    further: node.further.map(({ body }, n) => ({ body: inside(body, at, all), bound: others[n]! })),
    outs: at.slice(0, node.outs),
  };
}

/** The same function of changed arguments, of changed sizes too. */
export function withArguments(
  t: Term & { readonly node: OperationNode },
  change: (body: Term) => Term,
  dim: (dim: Dim) => Dim = (d) => d,
): Term {
  const { op, body, bound, outs, further } = openOperation(t);
  const sized = (bounds: readonly Bound[]): readonly Bound[] =>
    bounds.map(({ index, dim: d }) => ({ index, dim: dim(d) }));
  return operation(
    op,
    change(body),
    sized(bound),
    outs,
    t.node.slots.slice(0, outs.length).map(dim),
    further.map((argument) => ({ body: change(argument.body), bound: sized(argument.bound) })),
  );
}

/** coefficient * the rest, whose coefficient is 1. */
export function splitCoefficient(t: Term): Summand {
  if (t.node.kind === 'number') return [t.node.value, one];
  if (t.node.kind !== 'product' || Q.isOne(t.node.coefficient)) return [Q.one, t];
  const { coefficient, factors } = partsOf(t);
  return [coefficient, internProduct(Q.one, factors)];
}
