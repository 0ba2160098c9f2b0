/** The language's own trees: what the parser makes, what answers are, what the printers print; and how tightly operators bind. Spans are absent in answers. */
import type { Fact } from '../../rules/fact-records.ts';
import type { Structure } from '../../rules/structures.ts';
import type { Rational } from '../basics/rational.ts';
import type { Span } from '../basics/source.ts';

export type Expression =
  | NumberLiteral
  | Name
  | Sum
  | Negation
  | Binary
  | Transpose
  | Call
  | Subscript
  | Range
  | MatrixLiteral
  | SumOver
  | Indicator;

interface Located {
  readonly span?: Span | undefined;
}

/** 3, 0.5, 1e-3: exact. `decimal` says that the writer used a decimal point. A negative value never occurs: that is a Negation. */
export interface NumberLiteral extends Located {
  readonly kind: 'number';
  readonly value: Rational;
  readonly decimal?: boolean | undefined;
}
/** x, tau, W_1. Greek letters are stored by their ASCII names; a hatted letter stays as it is (ŷ). */
export interface Name extends Located {
  readonly kind: 'name';
  readonly name: string;
  /** Of an index: the range that the sum or the definition around it gives it. */
  readonly within?: Range | undefined;
}
/** a + b - c: two terms or more; the first may carry a minus. */
export interface Sum extends Located {
  readonly kind: 'sum';
  readonly terms: readonly SignedTerm[];
}
export interface SignedTerm {
  readonly negative: boolean;
  readonly term: Expression;
}
export interface Negation extends Located {
  readonly kind: 'negation';
  readonly of: Expression;
}
export type Operator = '*' | '/' | '.*' | './' | '^' | '.^';
export interface Binary extends Located {
  readonly kind: 'binary';
  readonly operator: Operator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Transpose extends Located {
  readonly kind: 'transpose';
  readonly of: Expression;
}
/** sin(x), sum(X, 1), f(s), grad(f, A), delta(i, k), kron(A, B). `dim` is the axis of softmax(X, dim=1): 1 or 2; `within` of a derivative says where it is taken. */
export interface Call extends Located {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan?: Span | undefined;
  readonly arguments: readonly Expression[];
  readonly dim?: Expression | undefined;
  readonly within?: Structure | undefined;
}
export interface All extends Located {
  readonly kind: 'all';
}
/** 2:n: the row of the numbers from 2 to n, and in the place of an index these positions. Both ends are sizes. */
export interface Range extends Located {
  readonly kind: 'range';
  readonly from: Expression;
  readonly to: Expression;
}
/** x[i], x[i+1], x[2:n], A[i, j], A[i, :], jacobian(y, z)[i, k]. */
export interface Subscript extends Located {
  readonly kind: 'subscript';
  readonly of: Expression;
  readonly indices: readonly (Expression | All)[];
  /** Conditions beside it say where it is read: elsewhere it may be outside of its array, and counts as 0. */
  readonly guards?: readonly Indicator[] | undefined;
}
/** [a; b], [a, b; c, d]: entries or blocks, row by row. */
export interface MatrixLiteral extends Located {
  readonly kind: 'matrix';
  readonly rows: readonly (readonly Expression[])[];
}
/**
 * sum_j(body): over the whole axis that j subscripts; sum_{j=1..n-1}(body): over this range. sum_{j <= i}(body): where its
 * conditions hold, and behind one that does not nothing is read. With `how` also mean_j(body) and prod_j(body).
 */
export interface SumOver extends Located {
  readonly kind: 'sum-over';
  readonly how?: 'mean' | 'prod' | undefined;
  readonly index: string;
  readonly range?: Range | undefined;
  readonly conditions?: readonly Indicator[] | undefined;
  readonly body: Expression;
}
export type Comparison = '>' | '<' | '>=' | '<=' | '==' | '!=';
/** 1[z > 0], entry by entry. */
export interface Indicator extends Located {
  readonly kind: 'indicator';
  readonly comparison: Comparison;
  readonly left: Expression;
  readonly right: Expression;
}

// ---- statements

export type { Fact, Structure };

/** `at` is the position of the one in `onehot at k`, `value` what is said of `mean m`. */
export interface FactNote extends Located {
  readonly fact: Fact;
  readonly at?: Expression | undefined;
  readonly value?: Expression | undefined;
}

/** R: no sizes; R^n: one (a column); R^(m x n): two; R^(m x n x k): three, and so on. Sizes are names, integers, or sums and products of them. */
export interface Space extends Located {
  readonly sizes: readonly Expression[];
}

export type Statement =
  Declaration | FunctionDeclaration | Definition | FunctionDefinition | Setting | Question | Claim;

/** A, B in R^(m x n), symmetric; tau > 0 (which is `tau in R, positive`; a later `A > 0` on a declared name adds the fact). */
export interface Declaration extends Located {
  readonly kind: 'declaration';
  readonly names: readonly Name[];
  /** Absent for `tau > 0`: a scalar, unless the name is declared already. */
  readonly space?: Space | undefined;
  readonly facts: readonly FactNote[];
}
/** f : R^m -> R^n, f : R^m x R^n -> R. */
export interface FunctionDeclaration extends Located {
  readonly kind: 'function-declaration';
  readonly name: Name;
  readonly from: readonly Space[];
  readonly to: Space;
}
/** r = A*x + b - t; y[i] = …: then `indices` holds the names of the indices; y[i=1..n-1] = …: and `ranges` how far they run. */
export interface Definition extends Located {
  readonly kind: 'definition';
  readonly name: Name;
  readonly indices: readonly Name[];
  readonly ranges?: readonly (Range | undefined)[] | undefined;
  readonly value: Expression;
}
/** f(s) = [s[1]*s[2]; s[1]]. */
export interface FunctionDefinition extends Located {
  readonly kind: 'function-definition';
  readonly name: Name;
  readonly parameters: readonly Name[];
  readonly value: Expression;
}
/** How the entries of a derivative are arranged. Without a word about it a gradient is shaped like its variable, and J[i,k] = dy[i]/dx[k]. */
export const layouts = ['numerator', 'denominator', 'differential'] as const;
export type Layout = (typeof layouts)[number];
/** layout = numerator: of the whole program, wherever it stands. */
export interface Setting extends Located {
  readonly kind: 'setting';
  readonly name: 'layout';
  readonly value: Layout;
}
export interface Binding extends Located {
  readonly name: Name;
  readonly value: Expression;
}
/** grad(h, s) at s = [1; 2], y = [1; 1; 1]; jacobian(s, x)[i, j] by cases. */
export interface Question extends Located {
  readonly kind: 'question';
  readonly expression: Expression;
  readonly at: readonly Binding[];
  readonly byCases: boolean;
}
/** check a == b. */
export interface Claim extends Located {
  readonly kind: 'claim';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Program {
  readonly statements: readonly Statement[];
}

// ---- which operator binds tighter: one table for whoever writes brackets

/** A leading minus takes in the whole product after it: -t./z is -(t./z), as on paper. */
export const strength = { range: -1, sum: 0, negation: 1, product: 2, power: 3, postfix: 4, primary: 5 } as const;
export type Strength = (typeof strength)[keyof typeof strength];

export type ProductOperator = Exclude<Operator, '^' | '.^'>;
export type PowerOperator = Exclude<Operator, ProductOperator>;

export const isProductOperator = (operator: Operator): operator is ProductOperator =>
  operator !== '^' && operator !== '.^';
export const isPowerOperator = (operator: Operator): operator is PowerOperator => !isProductOperator(operator);

// ---- limits
// What a text may ask of us. Beyond these a text is refused: later stages walk trees recursively and must never
// overflow.

export const limits = {
  /** UTF-16 units in one text. */
  characters: 200_000,
  /** Levels of the tree; the terms of a sum are one level, parentheses are none. */
  depth: 1_000,
  /** Operators in a^b^c^…, and minus signs in a row. */
  chain: 200,
  /** Digits of one number, and the largest power of ten in 1e…. */
  digits: 1_000,
} as const;
