/** Terms without parts: numbers, sizes and names. The selectors have a file of their own. */
import * as Q from '../basics/rational.ts';
import { invariant } from '../basics/problem.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { scalar } from '../shape/shape.ts';
import { isSymmetric } from '../syntax/facts.ts';
import { hashRational, hashText, mix, intern } from './intern.ts';
import { leastArrangement } from './label.ts';
import type { Index, IndexNode, Node, NumberNode, SizeNode, SymbolNode, Symmetry, Term, TermSymbol } from './node.ts';

const numberNode = (value: Rational): NumberNode =>
  intern<NumberNode>(`#${Q.toText(value)}`, () => ({
    kind: 'number',
    value,
    hash: mix(1, hashRational(value)),
    slots: [],
  }));
export const number = (value: Rational): Term => ({ node: numberNode(value), at: [] });
export const zero: Term = number(Q.zero);
export const one: Term = number(Q.one);
export const isZero = (t: Term): boolean => t.node.kind === 'number' && Q.isZero(t.node.value);
export const isOne = (t: Term): boolean => t.node.kind === 'number' && Q.isOne(t.node.value);

/** One size name as a number. */
export const sizeLeaf = (dim: Dim): Term => ({
  node: intern<SizeNode>(`n${dim.key}`, () => ({ kind: 'size', dim, hash: mix(2, hashText(dim.key)), slots: [] })),
  at: [],
});

/** Where an index stands, as a number. */
export function indexNumber(index: Index, dim: Dim): Term {
  if (index < 0) return number(Q.rational(-index));
  const node = intern<IndexNode>(`i${dim.key}`, () => ({
    kind: 'index',
    hash: mix(7, hashText(dim.key)),
    slots: [dim],
  }));
  return { node, at: [index] };
}

/** Of the ways to write these indices that mean the same, the least. */
export const arranged = (node: Node, at: readonly Index[]): readonly Index[] =>
  node.symmetries.length === 0 ? at : leastArrangement(node, at);

export const swap: Symmetry = { slots: [1, 0], sign: 1 };

/** All slots moved around in a circle, as no constant with axes minds. */
const circle = (count: number): readonly Symmetry[] =>
  Array.from({ length: Math.max(count - 1, 0) }, (_, by) => ({
    slots: Array.from({ length: count }, (_slot, n) => (n + by + 1) % count),
    sign: 1,
  }));

/** A constant that is spelled out is equal to itself with its first two indices exchanged. */
function symmetriesOf(symbol: TermSymbol): readonly Symmetry[] {
  if (isSymmetricName(symbol)) return [swap];
  if (symbol.role !== 'constant') return [];
  return symbol.definition ? [{ slots: [1, 0, 2], sign: 1 }] : circle(symbol.dims.length);
}

const symbolIds = new WeakMap<TermSymbol, number>();
let symbols = 0;
function idOf(symbol: TermSymbol): number {
  let id = symbolIds.get(symbol);
  if (id === undefined) symbolIds.set(symbol, (id = symbols++));
  return id;
}
/**
 * Is a name equal to its transpose, by its facts or because its definition is? Then S' is S without any rule. While the
 * entries of the name itself are varied, its definition says nothing about them.
 */
export const isSymmetricName = ({ dims, facts, definition, entriesVary }: TermSymbol): boolean =>
  dims.length === 2 &&
  dims[0] === dims[1] &&
  (isSymmetric(facts) || (definition !== undefined && !entriesVary && isUnchangedBySwap(definition)));

/** The labelling of a term knows its symmetries: of A + A', of I - ones*ones'/n, of X*inv(X'*X)*X'. */
function isUnchangedBySwap({ node, at }: Term): boolean {
  const swapped = arranged(
    node,
    at.map((slot) => (slot === 0 ? 1 : slot === 1 ? 0 : slot)),
  );
  return arranged(node, at).every((slot, n) => slot === swapped[n]);
}

export function symbolTerm(symbol: TermSymbol, at: readonly Index[]): Term {
  invariant(at.length === symbol.dims.length, `${symbol.name} takes ${symbol.dims.length} indices`);
  const node = intern<SymbolNode>(`v${idOf(symbol)}`, () => ({
    kind: 'symbol',
    symbol,
    hash: mix(mix(4, symbol.order + 1), hashText(`${symbol.role} ${symbol.name}`)),
    slots: symbol.dims,
    symmetries: symmetriesOf(symbol),
  }));
  return { node, at: arranged(node, at) };
}

/** The one constant with a name. */

export const piSymbol: TermSymbol = {
  name: 'pi',
  role: 'constant',
  shape: scalar,
  dims: [],
  facts: new Set(['positive']),
  order: -1,
};

// ---- differentials

const differentials = new WeakMap<TermSymbol, TermSymbol>();
/** d(x), for the variable x: as free as x is, and without its facts. */
export function differentialSymbol(symbol: TermSymbol): TermSymbol {
  invariant(symbol.role !== 'differential', 'differentials of differentials are not asked for');
  let found = differentials.get(symbol);
  if (!found)
    differentials.set(
      symbol,
      (found = { ...symbol, name: `d(${symbol.name})`, role: 'differential', facts: new Set(), definition: undefined }),
    );
  return found;
}
