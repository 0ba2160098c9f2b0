/** What is there to compute, once every size is a number? Arrays, loops over them, and scalar expressions: nothing else. */
import type { EntrywiseName, RootName, SpectralName } from '../../rules/functions/index.ts';
import type { ResultName } from '../syntax/unknown.ts';

/** A row-major array of doubles; its cells are addressed by one position for each extent, none for a scalar. */
export interface Buffer {
  readonly id: number;
  readonly role: 'input' | 'work' | 'output';
  /** What it holds, in the words of the program; empty where no name of the program fits. */
  readonly name: string;
  readonly extents: readonly number[];
  /** The product of the extents. */
  readonly length: number;
}

/** A loop variable: 0 … extent-1. Compared by identity. */
export interface Counter {
  readonly id: number;
  readonly extent: number;
}

/** Where along an axis: constant + stride*atom + …, counted from 0. */
export interface Position {
  readonly constant: number;
  readonly terms: readonly { readonly atom: Atom; readonly stride: number }[];
}
export type Atom = Counter | Division;
/** The whole quotient or the remainder of a position that is never negative. */
export interface Division {
  readonly kind: 'quotient' | 'remainder';
  readonly of: Position;
  readonly by: number;
}

/** A number that a loop body computes and uses again; also the accumulator of an inner loop. */
export interface Local {
  readonly id: number;
  /** total, largest, …: what it is for. */
  readonly name: string;
}

/** The functions of the language, and one of our own: the number itself, but 0 for an infinite one, what exponentials are shifted by. */
export type LoopFunction = EntrywiseName | RootName | 'finite';

export type Expression =
  /** A double, also NaN and the infinities. */
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'load'; readonly buffer: Buffer; readonly at: readonly Position[] }
  | { readonly kind: 'local'; readonly local: Local }
  /** A position as a number: where a counter stands. */
  | { readonly kind: 'position'; readonly at: Position }
  | { readonly kind: 'sum'; readonly terms: readonly Expression[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'quotient'; readonly over: Expression; readonly under: Expression }
  /** base^exponent by multiplication; the exponent is an integer, 2 or more. */
  | { readonly kind: 'integer-power'; readonly base: Expression; readonly exponent: number }
  /** Comparisons are 1 or 0. */
  | { readonly kind: 'function'; readonly fn: LoopFunction; readonly args: readonly Expression[] }
  /** The value where every condition holds, `otherwise` elsewhere; only the chosen one is evaluated. */
  | {
      readonly kind: 'select';
      readonly when: readonly Condition[];
      readonly value: Expression;
      readonly otherwise: Expression;
    };

/** A comparison of two positions. */
export interface Condition {
  readonly relation: 'equal' | 'unequal' | 'at-most';
  readonly left: Position;
  readonly right: Position;
}

/** By elimination with pivoting, or by rotations. */
export type Factorisation = 'inverse' | 'adjugate' | 'determinant' | 'log-determinant' | 'power' | SpectralName;

export type Statement =
  /** The body for every value of the counter, in order. */
  | { readonly kind: 'loop'; readonly counter: Counter; readonly body: readonly Statement[] }
  /** The body where every condition holds. */
  | { readonly kind: 'when'; readonly conditions: readonly Condition[]; readonly body: readonly Statement[] }
  /** Makes a local; it lives to the end of the enclosing body. */
  | { readonly kind: 'declare'; readonly local: Local; readonly value: Expression; readonly changes: boolean }
  /** Adds to a local, or keeps the larger or the smaller one. */
  | {
      readonly kind: 'update';
      readonly local: Local;
      readonly by: 'add' | 'multiply' | 'max' | 'min';
      readonly value: Expression;
    }
  /** Writes a cell, or adds to it. */
  | {
      readonly kind: 'store';
      readonly buffer: Buffer;
      readonly at: readonly Position[];
      readonly by: 'set' | 'add';
      readonly value: Expression;
    }
  /** Every cell becomes 0. */
  | { readonly kind: 'clear'; readonly buffer: Buffer }
  /** count matrices of rows x columns behind each other: what is computed of each by a method of its own. */
  | {
      readonly kind: 'factorise';
      readonly result: Factorisation;
      readonly source: Buffer;
      readonly target: Buffer;
      readonly scratch: Buffer;
      readonly rows: number;
      readonly columns: number;
      /** Of a power. */
      readonly exponent?: number | undefined;
      readonly count: number;
    }
  /** A function that the caller hands in, on count arrays behind each other. */
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly result: ResultName;
      readonly sources: readonly Buffer[];
      readonly target: Buffer;
      readonly count: number;
    };

export interface Output {
  readonly buffer: Buffer;
  /** The lengths of the axes that were asked for; the buffer may split one axis into several extents. */
  readonly axes: readonly number[];
}

/** A function without formula that the caller must hand in. */
export interface RequiredFunction {
  readonly name: string;
  readonly results: readonly ResultName[];
}

export interface LoopProgram {
  readonly inputs: readonly Buffer[];
  readonly work: readonly Buffer[];
  readonly outputs: readonly Output[];
  readonly functions: readonly RequiredFunction[];
  readonly body: readonly Statement[];
}
