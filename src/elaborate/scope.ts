/** What does a checked program know, and what may be asked while it is being checked? */
import { refuse } from '../basics/problem.ts';
import type { Span } from '../basics/source.ts';
import type { Inline } from './restate.ts';
import { toText } from '../print/text.ts';
import type { Dim } from '../shape/dim.ts';
import { type Shape, axesOf } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import type { Claim, Expression, Fact, Layout, Program, Question, Name } from '../syntax/tree.ts';
import { type Derived, derivedIn } from '../syntax/unknown.ts';

// ---- checked
// What does a checked program know? Its names with their shapes, and on demand the shape of any expression over them.

export interface Variable {
  readonly name: string;
  readonly shape: Shape;
  readonly facts: ReadonlySet<Fact>;
  /** Where the one stands, for `onehot at k`. */
  readonly at?: Expression | undefined;
  /** What is known of it where it is random. */
  readonly moments?: Moments | undefined;
  /** Place among the names of the program. */
  readonly order: number;
}
/** As they are declared: a mean may be a number for an array of them. */
export type Moments = Readonly<Partial<Record<'mean' | 'covariance', Expression>>>;
export interface DefinedName {
  readonly name: string;
  readonly shape: Shape;
  readonly facts: ReadonlySet<Fact>;
  /** y[i] = …: the names of its indices. */
  readonly indices: readonly string[];
  readonly value: Expression;
  readonly order: number;
}
/** f : R^m -> R^n, f : R^m x R^n -> R. */
export interface UnknownFunction {
  readonly name: string;
  /** One shape for each argument. */
  readonly from: readonly Shape[];
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
  /** How derivatives are arranged, where the program says so. */
  readonly layout: Layout | undefined;
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

/** Names that mean something already: those of the program, and I, pi and d. */
export const namesOf = ({
  variables,
  definitions,
  functions,
  functionDefinitions,
  sizes,
}: CheckedProgram): readonly string[] => [
  ...[variables, definitions, functions, functionDefinitions].flatMap((named) => [...named.keys()]),
  ...sizes,
  'I',
  'pi',
  'd',
];

/** What the rules for shapes may ask. */
export interface Shapes {
  readonly sizes: Sizes;
  readonly shapeOf: (e: Expression) => Shape;
  /** What stands where a size stands: n in eye(n). */
  readonly sizeOf: (e: Expression) => Dim;
}

// ---- while checking
// What may the rules for shapes ask while a program is being checked?

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
  readonly layout: Layout | undefined;
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
  /** Sizes of indices that nothing has said yet: of i where only x[i+1] is written. */
  readonly openSizes: Set<string>;
  readonly merge: (sets: readonly FreeIndices[], at: Expression) => FreeIndices;
  readonly nextOrder: () => number;
  /** A variable or a defined name; undeclared ones come to life by habit where that is allowed. */
  readonly lookUp: (name: string, span: Span | undefined) => Variable | DefinedName | undefined;
  readonly unknown: (name: Name) => never;
  /** The only arguments that a function is applied to in the whole program: J_f alone is J_f(s). */
  readonly onlyArguments: (name: string) => readonly Expression[] | undefined;
}

export const isFunction = (
  name: string,
  { functions, functionDefinitions }: Pick<CheckedProgram, 'functions' | 'functionDefinitions'>,
): boolean => functions.has(name) || functionDefinitions.has(name);

/** J_f, H_f_12: which function of the program, differentiated by which of its arguments? */
export const derivedFunction = (
  name: string,
  { functions, functionDefinitions }: Pick<CheckedProgram, 'functions' | 'functionDefinitions'>,
): Derived | undefined =>
  derivedIn(name, (of) => functionDefinitions.get(of)?.parameters.length ?? functions.get(of)?.from.length);

export function sameShape(a: Shape, b: Shape, { unify, resolveShape }: Sizes): boolean {
  const [x, y] = [resolveShape(a), resolveShape(b)];
  if (x.kind !== y.kind) return false;
  const [own, other] = [axesOf(x), axesOf(y)];
  return own.length === other.length && own.every((dim, n) => unify(dim, other[n]!));
}

// ---- in messages
// How is an expression named in a message?

const longest = 40;

/** Its text if that is short, else the words given instead. */
export function say(e: Expression, instead = 'this'): string {
  if (size(e, longest) > longest) return instead;
  const text = toText(e);
  return text.length <= longest ? text : instead;
}
/** A rough count that stops early: messages must not print what is huge. */
function size(e: Expression, most: number): number {
  const stack = [e];
  let count = 0;
  for (let node = stack.pop(); node && count <= most; node = stack.pop()) {
    count++;
    if (node.kind === 'sum') stack.push(...node.terms.map(({ term }) => term));
    else if (node.kind === 'negation' || node.kind === 'transpose' || node.kind === 'subscript') stack.push(node.of);
    else if (node.kind === 'binary' || node.kind === 'indicator') stack.push(node.left, node.right);
    else if (node.kind === 'call') stack.push(...node.arguments);
    else if (node.kind === 'matrix') stack.push(...node.rows.flat());
    else if (node.kind === 'sum-over') stack.push(node.body);
  }
  return count;
}

const isPostfix = (e: Expression): boolean => ['name', 'number', 'call', 'subscript', 'matrix'].includes(e.kind);
/** In brackets where a postfix operator would otherwise bind to its last part only. */
export function sayOperand(e: Expression, instead: string): string {
  const text = say(e, instead);
  return isPostfix(e) || text === instead ? text : `(${text})`;
}

export function misshapen(at: Expression, message: string, hint?: string): never {
  return refuse({ kind: 'shape', message, span: at.span, hint });
}
