/** Which pieces are computed once into an array of their own, and in which order? */
import { entrywise } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { cyclicSpelled, isCyclic } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';

export interface Sharing {
  /** The pieces that get an array, arguments first. */
  readonly order: readonly Piece[];
  /** What it costs to write the piece out where it is used: 1 for a load. */
  readonly weightOf: (piece: Piece) => number;
  /** Contractions that are written straight into the array of the sum or product around them. */
  readonly absorbed: ReadonlySet<Node>;
  /** The names of what has one. */
  readonly labels: ReadonlyMap<Node, string>;
  /** What has no definition and must be given, also where its value does not matter in the end. */
  readonly inputs: readonly TermSymbol[];
}

/** Deeper expressions are cut, so that neither this program nor a JavaScript parser runs out of stack. */
const mostDepth = 24;
const transcendental = 10;

/** Every piece below the roots, arguments first; no recursion, since programs may be a thousand levels deep. */
function argumentsFirst(roots: readonly Piece[]): readonly Piece[] {
  const seen = new Set<string>();
  const order: Piece[] = [];
  const stack: { readonly piece: Piece; readonly finished: boolean }[] = roots
    .toReversed()
    .map((piece) => ({ piece, finished: false }));
  for (let top = stack.pop(); top; top = stack.pop()) {
    const { piece, finished } = top;
    if (finished) {
      order.push(piece);
      continue;
    }
    const key = pieceKey(piece);
    if (seen.has(key)) continue;
    seen.add(key);
    stack.push({ piece, finished: true });
    for (const child of childrenOf(piece).toReversed()) stack.push({ piece: child, finished: false });
  }
  return order;
}

function countUses(order: readonly Piece[], roots: readonly Piece[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  const use = (piece: Piece, times: number): void => {
    const key = pieceKey(piece);
    uses.set(key, (uses.get(key) ?? 0) + times);
  };
  for (const root of roots) use(root, 1);
  for (const piece of order)
    for (const child of directChildren(piece)) {
      use({ node: resolveNode(child.node), exponent: child.exponent }, 1);
      // What has a name is worth an array, as if it were used twice.
      if (definitionOf(child.node)) use(plain(resolveNode(child.node)), 2);
    }
  return uses;
}

function weigh(piece: Piece, weightOf: (piece: Piece) => number): number {
  const { node, exponent } = piece;
  const inside = childrenOf(piece).reduce((total, child) => total + weightOf(child), 0);
  if (isPowerOfExp(piece)) return transcendental + inside;
  if (!Q.isOne(exponent)) return inside + (Q.isInteger(exponent) ? 1 : 2);
  if (node.kind === 'number' || node.kind === 'size') return 0;
  if (isSelector(node)) return 1;
  if (node.kind === 'symbol') return 1;
  if (node.kind === 'apply') return inside + (entrywise[node.fn].cost === 'cheap' ? 1 : transcendental);
  return inside;
}

export function planSharing(terms: readonly Term[]): Sharing {
  const roots = terms.map(({ node }) => plain(resolveNode(node)));
  const all = argumentsFirst(roots);
  const uses = countUses(all, roots);
  const rootNodes = new Set(roots.map(({ node }) => node));
  const weights = new Map<string, number>();
  const depths = new Map<string, number>();
  const weightOf = (piece: Piece): number => weights.get(pieceKey(piece)) ?? weighNow(piece);
  const weighNow = (piece: Piece): number => weigh(piece, weightOf);

  const stored: Piece[] = [];
  for (const piece of all) {
    const key = pieceKey(piece);
    const weight = weighNow(piece);
    const depth = 1 + childrenOf(piece).reduce((most, child) => Math.max(most, depths.get(pieceKey(child)) ?? 0), 0);
    const shared = (uses.get(key) ?? 0) > 1 && weight > 1;
    const whole = Q.isOne(piece.exponent) && (isContraction(piece.node) || piece.node.kind === 'operation');
    const store = !isSelector(piece.node) && (whole || shared || depth > mostDepth);
    if (store) stored.push(piece);
    weights.set(key, store ? 1 : weight);
    depths.set(key, store ? 0 : depth);
  }
  const absorbed = absorb(stored, rootNodes, uses);
  const onDemand = (piece: Piece): boolean =>
    absorbed.has(piece.node) || isSparse(piece.node) || (rootNodes.has(piece.node) && uses.get(pieceKey(piece)) === 1);
  return {
    order: stored.filter((piece) => !onDemand(piece)),
    weightOf,
    absorbed,
    labels: labelsOf(terms, all),
    inputs: inputsOf(all),
  };
}

/** The only contraction of a sum or of a scaled product that fills an array needs no array of its own. */
function absorb(
  stored: readonly Piece[],
  roots: ReadonlySet<Node>,
  uses: ReadonlyMap<string, number>,
): ReadonlySet<Node> {
  const absorbed = new Set<Node>();
  const lone = (node: Node): boolean => uses.get(pieceKey(plain(node))) === 1;
  const filled = stored.filter(({ exponent }) => Q.isOne(exponent)).map((piece) => piece.node);
  for (const node of [...filled, ...[...roots].filter(lone)]) {
    const inner = innerContraction(node);
    if (inner && inner !== node && lone(inner)) absorbed.add(inner);
  }
  return absorbed;
}
function innerContraction(node: Node): Node | undefined {
  if (isContraction(node)) return node;
  if (node.kind === 'sum') {
    const dense = node.terms.filter(([, t]) => !isSparse(t.node));
    return dense.length === 1 ? innerContraction(dense[0]![1].node) : undefined;
  }
  if (node.kind !== 'product' || node.factors.length !== 1) return undefined;
  const [[only, exponent]] = node.factors as [(typeof node.factors)[number]];
  return Q.isOne(exponent) ? innerContraction(only.node) : undefined;
}

export const isPi = ({ role, name }: TermSymbol): boolean => role === 'constant' && name === 'pi';

const inputsOf = (all: readonly Piece[]): readonly TermSymbol[] => [
  ...new Set(all.flatMap(({ node }) => (node.kind === 'symbol' && !isPi(node.symbol) ? [node.symbol] : []))),
];

function labelsOf(terms: readonly Term[], all: readonly Piece[]): ReadonlyMap<Node, string> {
  const labels = new Map<Node, string>();
  for (const { node } of [...terms, ...all.flatMap(directChildren)])
    if (node.kind === 'symbol' && node.symbol.definition) {
      const meant = resolveNode(node);
      if (!labels.has(meant)) labels.set(meant, node.symbol.name);
    }
  return labels;
}

// ---- pieces
// What is computed from what? A piece is a node with the exponent that it carries where it is used.

export interface Piece {
  readonly node: Node;
  readonly exponent: Rational;
}
export const plain = (node: Node): Piece => ({ node, exponent: Q.one });
export const pieceKey = ({ node, exponent }: Piece): string =>
  Q.isOne(exponent) ? `${node.id}` : `${node.id}^${Q.toText(exponent)}`;

export const isSelector = (node: Node): boolean =>
  node.kind === 'delta' || node.kind === 'pairing' || node.kind === 'block' || node.kind === 'guard';

/** A name stands for its definition. */
export function definitionOf(node: Node): Term | undefined {
  if (isCyclic(node)) return cyclicSpelled();
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
    case 'index':
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
    case 'symbol':
      return [];
    case 'sum':
      return node.terms.map(([, t]) => plain(t.node));
    case 'product':
      return node.factors.map(([t, e]) => ({ node: t.node, exponent: e }));
    case 'apply':
      return node.args.map((t) => plain(t.node));
    case 'operation':
      return [node, ...node.further].map(({ body }) => plain(body.node));
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
