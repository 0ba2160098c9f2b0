/** What printing in every notation shares: how a tree is folded into something printed, and how exact numbers are written. */
import { invariant } from '../basics/problem.ts';
import { isInteger, type Rational } from '../basics/rational.ts';
import {
  isPowerOperator,
  isProductOperator,
  type PowerOperator,
  type ProductOperator,
  type All,
  type Binary,
  type Call,
  type Expression,
  type Indicator,
  type Name,
  type NumberLiteral,
  type Subscript,
  type SumOver,
} from '../syntax/tree.ts';

// ---- folding
// How does a tree become something printed? Bottom up, on an explicit stack, each node through one small handler.

export interface Term<Piece> {
  readonly negative: boolean;
  readonly piece: Piece;
}
/** The operator stands before the factor; a * b ./ c is one product of three. */
export interface Factor<Piece> {
  readonly operator: ProductOperator;
  readonly piece: Piece;
}

/** A printer: what each kind of node makes of its printed children. */
export interface Handlers<Piece> {
  number(node: NumberLiteral): Piece;
  name(node: Name): Piece;
  all(): Piece;
  sum(terms: readonly Term<Piece>[]): Piece;
  negation(of: Piece): Piece;
  product(first: Piece, rest: readonly Factor<Piece>[]): Piece;
  power(operator: PowerOperator, base: Piece, exponent: Piece, node: Binary): Piece;
  transpose(of: Piece): Piece;
  call(name: string, args: readonly Piece[], node: Call, dim: Piece | undefined): Piece;
  subscript(of: Piece, indices: readonly Piece[], node: Subscript): Piece;
  matrix(rows: readonly (readonly Piece[])[]): Piece;
  range(from: Piece, to: Piece): Piece;
  sumOver(index: string, body: Piece, over: Over<Piece>, node: SumOver): Piece;
  indicator(node: Indicator, left: Piece, right: Piece): Piece;
}

/** What a sum runs over, beside the name of its index. */
export interface Over<Piece> {
  readonly range: readonly [from: Piece, to: Piece] | undefined;
  /** The two sides of each condition. */
  readonly conditions: readonly (readonly [left: Piece, right: Piece])[];
}

type Printable = Expression | All;

/** Products associate to the left, so a chain of them is one list: first, then each operator with its factor. */
function chain(
  node: Binary,
): readonly [first: Expression, rest: readonly { operator: ProductOperator; of: Expression }[]] {
  const rest: { operator: ProductOperator; of: Expression }[] = [];
  let left: Expression = node;
  while (left.kind === 'binary' && isProductOperator(left.operator)) {
    rest.push({ operator: left.operator, of: left.right });
    left = left.left;
  }
  return [left, rest.toReversed()];
}

function children(node: Printable): readonly Printable[] {
  switch (node.kind) {
    case 'number':
    case 'name':
    case 'all':
      return [];
    case 'sum':
      return node.terms.map((t) => t.term);
    case 'negation':
    case 'transpose':
      return [node.of];
    case 'binary': {
      if (isPowerOperator(node.operator)) return [node.left, node.right];
      const [first, rest] = chain(node);
      return [first, ...rest.map((r) => r.of)];
    }
    case 'call':
      return node.dim ? [...node.arguments, node.dim] : node.arguments;
    case 'subscript':
      return [node.of, ...node.indices];
    case 'matrix':
      return node.rows.flat();
    case 'range':
      return [node.from, node.to];
    case 'sum-over':
      return [
        ...(node.range ? [node.range.from, node.range.to] : []),
        ...(node.conditions ?? []).flatMap(({ left, right }) => [left, right]),
        node.body,
      ];
    case 'indicator':
      return [node.left, node.right];
  }
}

function handle<Piece>(node: Printable, handlers: Handlers<Piece>, piece: (child: Printable) => Piece): Piece {
  switch (node.kind) {
    case 'number':
      return handlers.number(node);
    case 'name':
      return handlers.name(node);
    case 'all':
      return handlers.all();
    case 'sum':
      return handlers.sum(node.terms.map((t) => ({ negative: t.negative, piece: piece(t.term) })));
    case 'negation':
      return handlers.negation(piece(node.of));
    case 'transpose':
      return handlers.transpose(piece(node.of));
    case 'binary': {
      if (isPowerOperator(node.operator)) {
        return handlers.power(node.operator, piece(node.left), piece(node.right), node);
      }
      const [first, rest] = chain(node);
      return handlers.product(
        piece(first),
        rest.map((r) => ({ operator: r.operator, piece: piece(r.of) })),
      );
    }
    case 'call':
      return handlers.call(node.name, node.arguments.map(piece), node, node.dim && piece(node.dim));
    case 'subscript':
      return handlers.subscript(piece(node.of), node.indices.map(piece), node);
    case 'matrix':
      return handlers.matrix(node.rows.map((row) => row.map(piece)));
    case 'range':
      return handlers.range(piece(node.from), piece(node.to));
    case 'sum-over':
      return handlers.sumOver(
        node.index,
        piece(node.body),
        {
          range: node.range && [piece(node.range.from), piece(node.range.to)],
          conditions: (node.conditions ?? []).map(({ left, right }) => [piece(left), piece(right)] as const),
        },
        node,
      );
    case 'indicator':
      return handlers.indicator(node, piece(node.left), piece(node.right));
  }
}

/** A node that occurs twice is printed once. */
export function fold<Piece>(root: Expression, handlers: Handlers<Piece>): Piece {
  const done = new Map<Printable, Piece>();
  const piece = (node: Printable): Piece => {
    const known = done.get(node);
    invariant(known !== undefined, 'children are printed before their parents');
    return known;
  };
  const stack: { readonly node: Printable; readonly ready: boolean }[] = [{ node: root, ready: false }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (done.has(top.node)) continue;
    if (top.ready) done.set(top.node, handle(top.node, handlers, piece));
    else {
      stack.push({ node: top.node, ready: true });
      for (const child of children(top.node)) if (!done.has(child)) stack.push({ node: child, ready: false });
    }
  }
  return piece(root);
}

// ---- numbers
// How is an exact number written? As a decimal if the writer wrote one, else as an integer or a fraction.

export type Digits =
  | { readonly kind: 'integer'; readonly negative: boolean; readonly digits: string }
  | { readonly kind: 'decimal'; readonly negative: boolean; readonly digits: string; readonly exponent: number }
  | { readonly kind: 'fraction'; readonly negative: boolean; readonly top: string; readonly bottom: string };

/** From so small a number on, and beyond this many zeros in a row, a power of ten reads better: 1e-5. */
const smallest = -5;
const manyZeros = 12;

/** The digits of n * 10^-places, if n/d terminates. */
function decimalDigits({ n, d }: Rational): { readonly digits: string; readonly places: number } | undefined {
  let [rest, twos, fives] = [d, 0, 0];
  for (; rest % 2n === 0n; twos++) rest /= 2n;
  for (; rest % 5n === 0n; fives++) rest /= 5n;
  if (rest !== 1n) return undefined;
  const places = Math.max(twos, fives);
  return { digits: `${(n * 10n ** BigInt(places)) / d}`, places };
}

function decimal(digits: string, places: number): { readonly digits: string; readonly exponent: number } {
  const significant = digits.replace(/0+$/, '') || '0';
  const exponent = digits.length - places - 1;
  if (digits !== '0' && (exponent <= smallest || (places === 0 && digits.length - significant.length > manyZeros))) {
    return { digits: significant.length > 1 ? `${significant[0]}.${significant.slice(1)}` : significant, exponent };
  }
  const padded = digits.padStart(places + 1, '0');
  const point = padded.length - places;
  return { digits: `${padded.slice(0, point)}.${padded.slice(point) || '0'}`, exponent: 0 };
}

export function digitsOf({ value, decimal: asDecimal }: NumberLiteral): Digits {
  const negative = value.n < 0n;
  const size: Rational = negative ? { n: -value.n, d: value.d } : value;
  const exact = asDecimal === true ? decimalDigits(size) : undefined;
  if (exact) return { kind: 'decimal', negative, ...decimal(exact.digits, exact.places) };
  if (isInteger(size)) return { kind: 'integer', negative, digits: `${size.n}` };
  return { kind: 'fraction', negative, top: `${size.n}`, bottom: `${size.d}` };
}
