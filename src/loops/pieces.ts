/** What is computed from what? A piece is a node with the exponent that it carries where it is used. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Node, Term } from '../terms/node.ts';

export interface Piece {
  readonly node: Node;
  readonly exponent: Rational;
}
export const plain = (node: Node): Piece => ({ node, exponent: Q.one });
export const pieceKey = ({ node, exponent }: Piece): string =>
  Q.isOne(exponent) ? `${node.id}` : `${node.id}^${Q.toText(exponent)}`;

export const isSelector = (node: Node): boolean =>
  node.kind === 'delta' || node.kind === 'pairing' || node.kind === 'block';

/** A name stands for its definition. */
export function definitionOf(node: Node): Term | undefined {
  return node.kind === 'symbol' ? node.symbol.definition : undefined;
}

/** exp(x)^q is exp(q*x): the exponential itself is never computed, so it cannot overflow first. */
export const isPowerOfExp = ({ node, exponent }: Piece): boolean =>
  node.kind === 'apply' && node.fn === 'exp' && !Q.isOne(exponent);

/** What it is computed from; names are seen through. */
export const childrenOf = (piece: Piece): readonly Piece[] =>
  directChildren(piece).map(({ node, exponent }) => ({ node: resolveNode(node), exponent }));

export function directChildren(piece: Piece): readonly Piece[] {
  const { node, exponent } = piece;
  if (!Q.isOne(exponent) && !isPowerOfExp(piece)) return [plain(node)];
  switch (node.kind) {
    case 'number':
    case 'size':
    case 'delta':
    case 'pairing':
    case 'block':
    case 'symbol':
      return [];
    case 'sum':
      return node.terms.map(([, t]) => plain(t.node));
    case 'product':
      return node.factors.map(([t, e]) => ({ node: t.node, exponent: e }));
    case 'apply':
      return node.args.map((t) => plain(t.node));
    case 'operation':
      return [plain(node.body.node)];
  }
}

/** The node that a name stands for, or the node itself. */
export function resolveNode(node: Node): Node {
  let current = node;
  for (let definition = definitionOf(current); definition; definition = definitionOf(current))
    current = definition.node;
  return current;
}

/** A product that names the positions where it is not zero: diag(w), a Kronecker product, a placed block. */
export function isSparse(node: Node): boolean {
  const resolved = resolveNode(node);
  if (isSelector(resolved)) return true;
  return (
    resolved.kind === 'product' && resolved.factors.some(([t, e]) => Q.isPositive(e) && isSelector(resolveNode(t.node)))
  );
}
export const isContraction = (node: Node): boolean => node.kind === 'product' && node.bound.length > 0;
