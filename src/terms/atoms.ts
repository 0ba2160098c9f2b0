/** Terms without parts: numbers, sizes, deltas, names, and the selectors that lay axes out. */
import { invariant } from '../basics/invariant.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, dimProduct, sizeOf } from '../shape/dim.ts';
import { hashRational, hashText, mix } from './hash.ts';
import { intern } from './intern.ts';
import { leastArrangement } from './label.ts';
import type {
  BlockNode,
  DeltaNode,
  Index,
  Node,
  NumberNode,
  PairingNode,
  SizeNode,
  SymbolNode,
  Symmetry,
  Term,
  TermSymbol,
} from './node.ts';

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

/** Of the ways to write these indices that mean the same, the least. */
export const arranged = (node: Node, at: readonly Index[]): readonly Index[] =>
  node.symmetries.length === 0 ? at : leastArrangement(node, at);

/** A leaf at indices that may coincide or be constant. */
export function placeLeaf(node: Node, at: readonly Index[]): Term {
  if (node.kind === 'block' && at[0]! < 0) return block(at[0]!, at[1]!, node.offset, node.slots[1]!, node.slots[0]!);
  if (node.kind === 'delta') return delta(at[0]!, at[1]!, node.slots[0]!);
  return { node, at: arranged(node, at) };
}

const swap: Symmetry = { slots: [1, 0], sign: 1 };

export function delta(i: Index, j: Index, dim: Dim): Term {
  if (i === j) return one;
  if (i < 0 && j < 0) return zero;
  const node = intern<DeltaNode>(`d${dim.key}`, () => ({
    kind: 'delta',
    hash: mix(3, hashText(dim.key)),
    slots: [dim, dim],
    symmetries: [swap],
  }));
  return { node, at: arranged(node, [i, j]) };
}

const symbolIds = new WeakMap<TermSymbol, number>();
let symbols = 0;
function idOf(symbol: TermSymbol): number {
  let id = symbolIds.get(symbol);
  if (id === undefined) symbolIds.set(symbol, (id = symbols++));
  return id;
}
/** Symmetric names are symmetric in their two slots, so S' is S without any rule. */
const symbolSymmetries = (symbol: TermSymbol): readonly Symmetry[] =>
  symbol.dims.length === 2 && (symbol.facts.has('symmetric') || symbol.facts.has('spd') || symbol.facts.has('diagonal'))
    ? [swap]
    : [];

export function symbolTerm(symbol: TermSymbol, at: readonly Index[]): Term {
  invariant(at.length === symbol.dims.length, `${symbol.name} takes ${symbol.dims.length} indices`);
  const node = intern<SymbolNode>(`v${idOf(symbol)}`, () => ({
    kind: 'symbol',
    symbol,
    hash: mix(mix(4, symbol.order + 1), hashText(`${symbol.role} ${symbol.name}`)),
    slots: symbol.dims,
    symmetries: symbolSymmetries(symbol),
  }));
  return { node, at: arranged(node, at) };
}

export function pairing(whole: Index, major: Index, minor: Index, majorDim: Dim, minorDim: Dim): Term {
  const node = intern<PairingNode>(`p${majorDim.key},${minorDim.key}`, () => ({
    kind: 'pairing',
    hash: mix(mix(5, hashText(majorDim.key)), hashText(minorDim.key)),
    slots: [dimProduct(majorDim, minorDim), majorDim, minorDim],
  }));
  return { node, at: [whole, major, minor] };
}

export function block(whole: Index, part: Index, offset: Dim, partDim: Dim, wholeDim: Dim): Term {
  if (whole < 0) {
    // One fixed position of the whole: one of the part's, or none.
    const inside = -whole - (sizeOf(offset) ?? Infinity);
    if (inside < 1) return zero;
    if (inside === 1 || (sizeOf(partDim) ?? 0) >= inside) return delta(part, -inside, partDim);
    if (sizeOf(partDim) !== undefined) return zero;
  }
  const node = intern<BlockNode>(`b${offset.key},${partDim.key},${wholeDim.key}`, () => ({
    kind: 'block',
    offset,
    hash: mix(mix(6, hashText(offset.key)), hashText(`${partDim.key},${wholeDim.key}`)),
    slots: [wholeDim, partDim],
  }));
  return { node, at: [whole, part] };
}
