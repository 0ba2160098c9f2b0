/** What is the value of a piece at one place inside a nest of loops? A load where it has an array, an expression where it has none. */
import { invariant } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Node, Term } from '../terms/node.ts';
import { type Context, inputBuffer, loadStored, sizeNumber } from './context.ts';
import { addAll, applied, constant, divide, multiplyAll } from './expression.ts';
import { definitionOf, isContraction, isPowerOfExp, isSelector, pieceKey, type Piece, isPi } from './sharing.ts';
import { asCounter, constantPosition, countersIn, conditionOf, shift } from './position.ts';
import type { Counter, Expression, Position } from './program.ts';

/** A node with a position for each of its slots. */
export interface Occurrence {
  readonly node: Node;
  readonly at: readonly Position[];
}

/** A term inside a node, seen from outside: slots and bound indices get their positions. */
export const inside = ({ node, at }: Term, positions: readonly Position[]): Occurrence => ({
  node,
  at: at.map((index) => (index < 0 ? constantPosition(-index - 1) : positions[index]!)),
});

/** What a name stands for, unless it is an input. */
export function resolve(occurrence: Occurrence): Occurrence {
  let current = occurrence;
  for (let definition = definitionOf(current.node); definition; definition = definitionOf(current.node))
    current = inside(definition, current.at);
  return current;
}

/** The loops around a value: it is computed anew for every value of each of them. */
export interface Surroundings {
  readonly counters: readonly Counter[];
  /** Whether the nest runs in this order, so that what depends on the first counters only is computed before the others. */
  readonly ordered: boolean;
}

export function valueOf(
  context: Context,
  exponent: Rational,
  occurrence: Occurrence,
  around: Surroundings,
): Expression {
  const { node, at } = resolve(occurrence);
  const piece: Piece = { node, exponent };
  const stored = context.stored.get(pieceKey(piece));
  if (stored) return loadStored(stored, at);
  if (needsArray(piece) || isRecomputed(context, piece, at, around)) return loadStored(context.store(piece), at);
  return computed(context, piece, at, around);
}

const needsArray = ({ node, exponent }: Piece): boolean =>
  Q.isOne(exponent) && (isContraction(node) || node.kind === 'operation');

/** Inside loops that it does not depend on, anything dearer than a load is worth an array. */
function isRecomputed(context: Context, piece: Piece, at: readonly Position[], around: Surroundings): boolean {
  const used = countersIn(at);
  if (used.size === 0 || isSelector(piece.node)) return false;
  const others = around.counters.filter(({ extent }) => extent > 1);
  const isPrefix = around.ordered && others.slice(0, used.size).every((counter) => used.has(counter));
  if (isPrefix || others.every((counter) => used.has(counter))) return false;
  // At coinciding or computed positions the array would be larger than what is asked of it.
  const whole = new Set(at.map(asCounter)).size === at.length && at.every(asCounter);
  return whole && context.sharing.weightOf(piece) > 1;
}

/** Written out, without an array of its own. */
export function computed(context: Context, piece: Piece, at: readonly Position[], around: Surroundings): Expression {
  const { node, exponent } = piece;
  if (isPowerOfExp(piece)) return powerOfExp(context, piece, at, around);
  if (!Q.isOne(exponent)) return powerOf(valueOf(context, Q.one, { node, at }, around), exponent);
  switch (node.kind) {
    case 'number':
      return constant(Q.toNumber(node.value));
    case 'size':
      return constant(sizeNumber(node.dim, context.sizes));
    case 'index':
      return { kind: 'position', at: shift(at[0]!, 1) };
    case 'symbol':
      if (isPi(node.symbol)) return constant(Math.PI);
      return { kind: 'load', buffer: inputBuffer(context, node.symbol), at };
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
      return {
        kind: 'select',
        when: [conditionOf({ node, at }, context.sizes)],
        value: constant(1),
        otherwise: constant(0),
      };
    case 'sum':
      return addAll(node.terms.map(([c, t]) => scaled(c, valueOf(context, Q.one, inside(t, at), around))));
    case 'product':
      return productOf(
        context,
        node.coefficient,
        node.factors.map(([t, e]) => ({ ...inside(t, at), exponent: e })),
        around,
      );
    case 'apply':
      return applied(node.fn, ...node.args.map((arg) => valueOf(context, Q.one, inside(arg, at), around)));
    case 'operation':
      return invariant(false, 'an operation has an array of its own') as never;
  }
}

const scaled = (coefficient: Rational, value: Expression): Expression =>
  multiplyAll([constant(Q.toNumber(coefficient)), value]);

export interface Powered extends Occurrence {
  readonly exponent: Rational;
}

/** coefficient * base^exponent * …: tests choose, negative powers divide. */
export function productOf(
  context: Context,
  coefficient: Rational,
  factors: readonly Powered[],
  around: Surroundings,
): Expression {
  const tests = factors.filter(({ node, exponent }) => isSelector(node) && Q.isPositive(exponent));
  const over: Expression[] = [constant(Q.toNumber(coefficient))];
  const under: Expression[] = [];
  for (const factor of factors) {
    if (tests.includes(factor)) continue;
    const inverted = Q.isNegative(factor.exponent) && inverts(context, factor);
    if (inverted) under.push(valueOf(context, Q.negated(factor.exponent), factor, around));
    else over.push(valueOf(context, factor.exponent, factor, around));
  }
  const value = divide(multiplyAll(over), multiplyAll(under));
  if (tests.length === 0) return value;
  const when = tests.map((test) => conditionOf(test, context.sizes));
  return { kind: 'select', when, value, otherwise: constant(0) };
}
/** Exponentials change sign inside instead, and what is stored as a power is used as stored. */
const inverts = (context: Context, { node, at, exponent }: Powered): boolean => {
  const base = resolve({ node, at }).node;
  return !isPowerOfExp({ node: base, exponent }) && !context.stored.has(pieceKey({ node: base, exponent }));
};

function powerOfExp(
  context: Context,
  { node, exponent }: Piece,
  at: readonly Position[],
  around: Surroundings,
): Expression {
  invariant(node.kind === 'apply', 'exp is a function');
  const arg = valueOf(context, Q.one, inside(node.args[0]!, at), around);
  return applied('exp', scaled(exponent, arg));
}

const half = (value: Expression): Expression => applied('sqrt', value);

export function powerOf(base: Expression, exponent: Rational): Expression {
  if (Q.isOne(exponent)) return base;
  if (base.kind === 'constant') return constant(Math.pow(base.value, Q.toNumber(exponent)));
  if (Q.isNegative(exponent)) return divide(constant(1), powerOf(base, Q.negated(exponent)));
  if (Q.isInteger(exponent)) return { kind: 'integer-power', base, exponent: Number(exponent.n) };
  if (exponent.d !== 2n) return applied('power', base, constant(Q.toNumber(exponent)));
  return exponent.n === 1n ? half(base) : powerOf(half(base), Q.rational(exponent.n));
}
