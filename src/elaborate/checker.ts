/** What may the rules for shapes ask while a program is being checked? */
import type { Dim } from '../shape/dim.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import type { Span } from '../basics/span.ts';
import type { Expression, Name } from '../syntax/tree.ts';
import type { Inline } from './inline.ts';
import type { DefinedName, FunctionBody, Shapes, UnknownFunction, Variable } from './scope.ts';

export type FreeIndices = ReadonlyMap<string, Dim>;
export const noIndices: FreeIndices = new Map();

/** What checking finds out about one expression. */
export interface Finding {
  readonly shape: Shape;
  /** Index names that are open in it, with the sizes they run over. */
  readonly free: FreeIndices;
  /** The expression that stands for it. */
  readonly meaning?: Expression | undefined;
}

/** What the rules for calls and names may ask and do. */
export interface Checker extends Shapes {
  readonly variables: Map<string, Variable>;
  readonly definitions: Map<string, DefinedName>;
  readonly functions: ReadonlyMap<string, UnknownFunction>;
  readonly functionDefinitions: Map<string, FunctionBody>;
  readonly sizeNames: Set<string>;
  /** Definitions that have not been reached yet. */
  readonly later: Map<string, Name>;
  readonly laterFunctions: Set<string>;
  /** What was declared about names that are defined as well. */
  readonly declared: ReadonlyMap<string, Variable>;
  /** Names that stand in the place of an index somewhere. */
  readonly indexNames: Set<string>;
  readonly inline: Inline;
  /** Checks an expression and all its parts. */
  readonly find: (e: Expression) => Finding;
  /** The same for an expression of its own: its open indices agree with those of the definitions. */
  readonly findWhole: (e: Expression) => Finding;
  readonly wasFound: (e: Expression) => boolean;
  /** Index names that definitions and facts leave open mean the same everywhere. */
  readonly openIndices: Map<string, Dim>;
  readonly merge: (sets: readonly FreeIndices[], at: Expression) => FreeIndices;
  readonly nextOrder: () => number;
  /** A variable or a defined name; undeclared ones come to life by habit where that is allowed. */
  readonly lookUp: (name: string, span: Span | undefined) => Variable | DefinedName | undefined;
  readonly unknown: (name: Name) => never;
  readonly sizeOf: (e: Expression) => Dim;
  /** The only argument that an unknown function is applied to in the whole program. */
  readonly onlyArgument: (name: string) => Expression | undefined;
}

export const isFunction = (
  name: string,
  { functions, functionDefinitions }: Pick<Checker, 'functions' | 'functionDefinitions'>,
): boolean => functions.has(name) || functionDefinitions.has(name);

export function sameShape(a: Shape, b: Shape, { unify, resolveShape }: Sizes): boolean {
  const [x, y] = [resolveShape(a), resolveShape(b)];
  if (x.kind !== y.kind) return false;
  const [own, other] = [axesOf(x), axesOf(y)];
  return own.length === other.length && own.every((dim, n) => unify(dim, other[n]!));
}
