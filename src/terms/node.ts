/**
 * Index terms: what one writes on paper with subscripts, y[i]*delta(i,k) - y[i]*y[k].
 *
 * A Node is a closed, interned skeleton whose free indices are numbered slots 0, 1, …; a Term is a skeleton applied to
 * indices. So renaming the indices of a term costs one short array, however large the term is, and two skeletons are
 * equal exactly when they are the same object.
 */
import type { EntrywiseName, OperationName } from '../../rules/functions/index.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import type { Expression, Fact } from '../syntax/tree.ts';
import type { Shape } from '../shape/shape.ts';

/**
 * Inside a node: a slot (0 … slots-1), then the bound indices. Outside: any number from `freshIndex`, or a slot.
 * Negative: the constant position -index, counted from 1.
 */
export type Index = number;

export interface Term {
  readonly node: Node;
  /** One index for each slot of the node. */
  readonly at: readonly Index[];
}
export type Factor = readonly [base: Term, exponent: Rational];
export type Summand = readonly [coefficient: Rational, term: Term];

/** A bound index with its range 1 … dim. */
export interface Bound {
  readonly index: Index;
  readonly dim: Dim;
}

/** A permutation of the slots that leaves the value unchanged (sign 1) or negates it (sign -1). */
export interface Symmetry {
  readonly slots: readonly number[];
  readonly sign: 1 | -1;
}

interface NodeBase {
  /** Creation number: for keys and equality only, never for order. */
  readonly id: number;
  /** Structural, the same in every process: what order is made of. */
  readonly hash: number;
  readonly slots: readonly Dim[];
  /** All symmetries but the identity. */
  readonly symmetries: readonly Symmetry[];
}

export type Node =
  | NumberNode
  | SizeNode
  | IndexNode
  | DeltaNode
  | SymbolNode
  | SumNode
  | ProductNode
  | ApplyNode
  | OperationNode
  | PairingNode
  | BlockNode
  | GuardNode;

export interface NumberNode extends NodeBase {
  readonly kind: 'number';
  readonly value: Rational;
}
/** A size used as a number. */
export interface SizeNode extends NodeBase {
  readonly kind: 'size';
  readonly dim: Dim;
}
/** Its index as a number, from 1: the i in sum_i(i*x[i]), and in 1[i <= j]. */
export interface IndexNode extends NodeBase {
  readonly kind: 'index';
}
/** delta(i, k): 1 where its two indices are equal, 0 elsewhere. */
export interface DeltaNode extends NodeBase {
  readonly kind: 'delta';
}
export interface SymbolNode extends NodeBase {
  readonly kind: 'symbol';
  readonly symbol: TermSymbol;
}
/** Two terms or more, or one beside a number; equal terms collected, no sum inside a sum. */
export interface SumNode extends NodeBase {
  readonly kind: 'sum';
  readonly terms: readonly Summand[];
}
/**
 * coefficient * sum over bound of base^exponent * …
 * With bound indices the coefficient is 1 and the factors hang together through them; without, every factor is either
 * plain or such a contraction.
 */
export interface ProductNode extends NodeBase {
  readonly kind: 'product';
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  readonly bound: readonly Dim[];
}
/** A function of numbers, applied entry by entry: exp(x[i]), power(x, y), greater(x, y). */
export interface ApplyNode extends NodeBase {
  readonly kind: 'apply';
  readonly fn: EntrywiseName;
  readonly args: readonly Term[];
}
/**
 * Of a function that is known by name only, or one of its derivatives: `by` are the arguments by which they are taken, in ascending
 * order, `kinds` what it takes and what its values are. f(x)[i] is :f:column>column(k: x[k])[i], J_f(x)[i,j] 1:f:column>column(k:
 * x[k])[i,j], H_f_12(x, y)[i,j] 12:f:column,column>scalar(k: x[k], l: y[l])[i,j].
 */
export type UnknownOperation = `${string}:${string}:${string}`;
export type Operation = OperationName | UnknownOperation;
/** A function of a whole array: softmax(k: x[k])[i], inv(a, b: X[a,b])[i,j]. Slots: the out indices, then the rest of the body's. */
export interface OperationNode extends NodeBase {
  readonly kind: 'operation';
  readonly op: Operation;
  readonly body: Term;
  readonly bound: readonly Dim[];
  /** The other arguments of an unknown function; their bound indices are numbered behind those of the first. */
  readonly further: readonly { readonly body: Term; readonly bound: readonly Dim[] }[];
  readonly outs: number;
}
/** p[a, b]: 1 where p = (a - 1)*minor + b. It lays two axes behind each other, as vec and kron do. Slots: whole, major, minor. */
export interface PairingNode extends NodeBase {
  readonly kind: 'pairing';
}
/**
 * 1 where whole = offset + coefficient*part + …: x[i+1] is sum_p(x[p]*block(p; i)) with the offset 1, and so are slices, blocks of
 * a larger array (one part), convolutions (two). Slots: whole, then the parts.
 */
export interface BlockNode extends NodeBase {
  readonly kind: 'block';
  readonly offset: Dim;
  /** One for each part, none of them 0. */
  readonly coefficients: readonly number[];
}

/**
 * 1 where offset + coefficient*part + … is at least 1, or where it is not 0: 1[i <= j] is 1[j - i + 1 >= 1]. What it rules out is
 * not read. Slots: the parts.
 */
export interface GuardNode extends NodeBase {
  readonly kind: 'guard';
  readonly relation: 'at-least' | 'unequal';
  readonly offset: Dim;
  readonly coefficients: readonly number[];
}

/** What a name stands for. Compared by identity. */
export interface TermSymbol {
  readonly name: string;
  readonly role: 'variable' | 'name' | 'adjoint' | 'pattern' | 'differential' | 'constant';
  readonly shape: Shape;
  /** One size for each axis that varies. */
  readonly dims: readonly Dim[];
  readonly facts: ReadonlySet<Fact>;
  /** For a name: its value over the slots 0, 1, …; for others absent. */
  readonly definition?: Term | undefined;
  /** The same as the program has it. */
  readonly written?: Expression | undefined;
  /** A defined name that is itself what varies, entry by entry: its definition says nothing about its entries. */
  readonly entriesVary?: true | undefined;
  /** Place in the program: the order in which answers like to mention names. */
  readonly order: number;
}

export const isUnknown = (op: Operation): op is UnknownOperation => op.includes(':');
