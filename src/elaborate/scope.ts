/** What does a checked program know? Its names with their shapes, and on demand the shape of any expression over them. */
import type { Dim } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import type { Claim, Expression, Fact, Program, Question } from '../syntax/tree.ts';

export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  readonly facts: ReadonlySet<Fact>;
  /** Where the one stands, for `onehot at k`. */
  readonly at?: Expression | undefined;
  /** Place among the names of the program. */
  readonly order: number;
}
export interface DefinedName {
  readonly name: string;
  readonly shape: Shape;
  readonly facts: ReadonlySet<Fact>;
  /** y[i] = …: the names of its indices. */
  readonly indices: readonly string[];
  readonly value: Expression;
  readonly order: number;
}
/** f : R^m -> R^n. */
export interface UnknownFunction {
  readonly name: string;
  readonly from: Shape;
  readonly to: Shape;
}
/** f(s) = …: used by writing its value with the arguments in place of the parameters. */
export interface FunctionBody {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly value: Expression;
  readonly declared?: UnknownFunction | undefined;
}

export interface CheckedProgram {
  readonly program: Program;
  readonly variables: ReadonlyMap<string, Variable>;
  readonly definitions: ReadonlyMap<string, DefinedName>;
  readonly functions: ReadonlyMap<string, UnknownFunction>;
  readonly functionDefinitions: ReadonlyMap<string, FunctionBody>;
  /** The names of sizes. */
  readonly sizes: ReadonlySet<string>;
  readonly questions: readonly (Question | Claim)[];
  /** Finds the shape of any expression over the program's names; refuses what does not fit. */
  readonly shapeOf: (e: Expression) => Shape;
  /** The index names that an expression leaves open, with their sizes: yh[o]. */
  readonly freeIndices: (e: Expression) => ReadonlyMap<string, Dim>;
  /** The expression that stands for this one: an inlined function, grad(f, A)[i, j] for grad(f, A[i, j]); mostly itself. */
  readonly inlined: (e: Expression) => Expression;
}

/** What the rules for shapes may ask. */
export interface Shapes {
  readonly sizes: Sizes;
  readonly shapeOf: (e: Expression) => Shape;
}
