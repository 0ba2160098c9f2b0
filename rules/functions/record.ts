/**
 * What a function is to matgrad: one record, read by every stage. The kinds differ in what they are applied to; within a
 * kind every field is required, so that a function that lacks something does not compile.
 */
import type { Rational } from '../../src/basics/rational.ts';

/** A formula about the function; its left side follows from the function and from the field that holds it. */
export interface Formula {
  readonly to: string;
  /** Facts that must hold: `x is positive`. */
  readonly where?: readonly string[];
  /** Facts of the points that tests try it at. */
  readonly drawn?: readonly string[];
  /** Where it comes from. */
  readonly source: string;
  /** One sentence for a student. */
  readonly says: string;
}

/** What an expression must be for something else to exist; of an array, what every entry must be. */
export type Need =
  | 'positive'
  | 'nonnegative'
  | 'nonzero'
  | 'invertible'
  /** So is its symmetric part, positive definite. */
  | 'definite'
  /** Has a principal root and a principal logarithm: no eigenvalue is 0 or a negative number. */
  | 'principal'
  | 'unique-maximum'
  | 'unique-minimum'
  /** No two entries are equal. */
  | 'distinct'
  /** -1 < x < 1 */
  | 'inside-unit'
  /** -1 <= x <= 1 */
  | 'unit'
  /** 0 < x < 1 */
  | 'probability'
  /** Not 0, -1, -2, …: where Gamma has no poles. */
  | 'off-poles'
  | 'not-integer'
  /** 0, 1, 2, … */
  | 'natural';
export interface Requirement {
  readonly needs: Need;
  /** In the names of the arguments. */
  readonly of: string;
}

/** Where a function is not smooth, though it has a value. */
export interface Kink extends Requirement {
  /** The first derivative that does not exist there; 0 where the function itself jumps. */
  readonly order: 0 | 1 | 2;
  /**
   * What a power p > 1 of the function does. `stays`: the function is not zero at its kink. `later`: it is, so that the
   * p-th derivative is the first that fails. `even`: likewise, and even powers have no kink at all. `root`: it is the square root of
   * something smooth, so that odd powers are divided by after (p + 1)/2 derivatives.
   */
  readonly raised: 'stays' | 'later' | 'even' | 'root';
}

/** The least interval that holds all values, and which of its ends are values. */
export interface Range {
  readonly least: number;
  readonly most: number;
  readonly reached: 'both' | 'least' | 'most' | 'none';
}

/** How LaTeX sets it; `name`: its name upright, \operatorname{erf}; `own`: a layout in print/latex.ts. */
export type Notation =
  | 'name'
  | 'own'
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'fences'; readonly open: string; readonly close: string; readonly mark: string }
  | { readonly kind: 'braces'; readonly before: string; readonly after: string };

/** Exact values: at some points (rational numbers and multiples of pi, as text), or of all rational numbers. */
export type ExactValues =
  | { readonly kind: 'points'; readonly at: readonly (readonly [argument: string, value: string])[] }
  | { readonly kind: 'rational'; readonly value: (...args: readonly Rational[]) => Rational };

interface Base {
  /** What else it may be called. */
  readonly aliases: readonly string[];
  /** What the names of its rules call it: derivative of a power. */
  readonly called: string;
  /** The names that its formulas use for its arguments, in order. */
  readonly arguments: readonly string[];
  readonly latex: Notation;
  /** What an answer calls it where it needs a name: s for softmax. */
  readonly letters: readonly string[];
  /** Where its definition comes from. */
  readonly source: string;
  /** One sentence that says what it is. */
  readonly says: string;
}

/** A function of one to three numbers, applied entry by entry. */
export interface EntrywiseRecord extends Base {
  readonly kind: 'entrywise';
  /** An operator's way of writing it, `1[x > y]`; `call` for a name with arguments. */
  readonly written: string;
  /** Arguments that may not vary: there is no derivative by them. */
  readonly fixed: readonly string[];
  /** Where it has a value. */
  readonly domain: readonly Requirement[];
  /** Where else it must be for a derivative to exist. */
  readonly derivativeDomain: readonly Requirement[];
  readonly kinks: readonly Kink[];
  readonly range: Range;
  /** Are its values integers? `of integers`: where all its arguments are. */
  readonly integers: 'always' | 'of integers' | 'no';
  /** Of functions of one number. */
  readonly parity: 'odd' | 'even' | 'none';
  readonly period: 'none' | 'pi' | '2*pi';
  /** In its first argument. */
  readonly monotone: 'increasing' | 'decreasing' | 'none';
  /** Jointly in all arguments that may vary; on intervals of the domain. */
  readonly curvature: 'convex' | 'concave' | 'none';
  /** Of d(f(x)), linear in the differentials of the arguments. */
  readonly derivative: Formula;
  /** In fewer functions. */
  readonly definition: Formula | 'primitive';
  readonly exact: ExactValues;
  /** The value at two equal arguments. */
  readonly ofEquals: 'argument' | 0 | 1 | 'none';
  /** f(g(x)) = x wherever g(x) exists. */
  readonly inverse: string;
  /** Forms that lose digits or overflow, and are computed by this function instead: log(1 + x) by log1p. */
  readonly companions: readonly (Formula & { readonly from: string })[];
  /** `squashing`: a logarithm of it loses digits; `fragile`: bare, it loses digits or overflows. */
  readonly stability: 'plain' | 'squashing' | 'fragile' | 'both';
  readonly cost: 'cheap' | 'transcendental';
  readonly value: (...args: readonly number[]) => number;
}

/** A function of a vector: of a matrix row by row, or column by column where it is told `dim=1`. */
export interface VectorRecord extends Base {
  readonly kind: 'vector';
  /** As many numbers as came in, or one. */
  readonly result: 'same' | 'number';
  readonly range: Range;
  /** Of a scalar, which is a vector with one entry. */
  readonly ofScalar: 0 | 1 | 'itself';
  readonly derivative: Formula;
  /** Entry i, or the one number. */
  readonly definition: Formula;
  readonly stability: 'plain' | 'squashing';
  readonly value: (x: Float64Array) => Float64Array;
}

/** One number from all entries of an array, in whatever order; most also along an axis. */
export interface ReductionRecord extends Base {
  readonly kind: 'reduction';
  readonly domain: readonly Requirement[];
  readonly kinks: readonly (Kink & { readonly whole: boolean })[];
  readonly range: Range;
  /** Is it zero only where every entry is? */
  readonly definite: boolean;
  /** Where the formula of its derivative has a value, if not wherever the derivative has one. */
  readonly derivativeDomain: readonly Requirement[];
  /** Takes an axis, 1 or 2: as `dim=1`, or also as a second argument. */
  readonly alongAxis: 'no' | 'named' | 'second argument';
  /** Of terms that have no smaller ones: max(x). What is built from sums and powers needs no rule of its own. */
  readonly derivative: Formula | 'of what it stands for';
  readonly definition: Formula | 'primitive';
  readonly value: (entries: Float64Array) => number;
}

/** A function of whole matrices, which knows rows from columns. */
export interface MatrixRecord extends Base {
  readonly kind: 'matrix';
  readonly takes:
    | 'square'
    /** A square matrix that may be any, and is read as (X + X')/2. */
    | 'symmetric'
    | 'any'
    /** A square matrix, and another of its size. */
    | 'square and direction'
    /** Two square matrices, and one that both can be multiplied to. */
    | 'equation'
    | 'a vector'
    | 'two vectors'
    | 'two matrices'
    | 'two alike'
    | 'one in space'
    | 'two in space'
    /** What stands in a place of sizes is a size, as in eye(n). */
    | 'one and two sizes'
    | 'two sizes'
    | 'one size';
  readonly result: 'same' | 'number' | 'column' | 'matrix' | 'diagonal';
  readonly domain: readonly Requirement[];
  /** Where else it must be for a derivative to exist. */
  readonly derivativeDomain: readonly Requirement[];
  /** f(X') is f(X)', or f(X) where it is a number. */
  readonly transposable: boolean;
  /** `unknown`: it is linear in its last argument, and there is no formula for how it varies with the others. */
  readonly derivative: Formula | 'of what it stands for' | 'unknown';
  readonly definition: Formula | 'primitive' | 'of what it stands for';
}

/** A power with an exponent of its own, x^(1/2): terms know only powers. */
export interface RootRecord extends Base {
  readonly kind: 'root';
  readonly exponent: Rational;
  readonly value: (x: number) => number;
}

/** Another way to write something: `to` is put in its place before anything is derived. */
export interface ShorthandRecord extends Base {
  readonly kind: 'shorthand';
  readonly to: string;
}

export type FunctionRecord =
  EntrywiseRecord | VectorRecord | ReductionRecord | MatrixRecord | RootRecord | ShorthandRecord;
