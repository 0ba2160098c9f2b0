/** What do the declarations of a program say? Variables with their shapes and facts, unknown functions, names of sizes. */
import { refuse } from '../basics/problem.ts';
import { describe, scalar, type Shape, axesOf } from '../shape/shape.ts';
import { namesIn } from '../shape/dim.ts';
import type { Declaration, Expression, Fact, Name, Program } from '../syntax/tree.ts';
import { checkFact } from './facts.ts';
import { isBuiltin } from './functions.ts';
import type { UnknownFunction, Variable } from './scope.ts';
import { shapeOfSpace } from './sizes.ts';
import { everyPart } from '../syntax/parts.ts';

export interface Declared {
  readonly variables: Map<string, Variable>;
  readonly functions: Map<string, UnknownFunction>;
  readonly sizes: Set<string>;
  /** Without a declaration, names mean what they mean by habit. */
  readonly byHabit: boolean;
}

export const twice = ({ name, span }: Name, hint?: string): never =>
  refuse({ kind: 'name', message: `${name} is defined twice`, span, hint });

function reserved({ name, span }: Name): void {
  if (name === 'pi') refuse({ kind: 'name', message: 'pi is the constant 3.14…, and cannot be declared', span });
}

export function declarationsOf(program: Program, orderOf: (name: string) => number): Declared {
  const variables = new Map<string, Variable>();
  const functions = new Map<string, UnknownFunction>();
  const sizes = new Set<string>();
  const mentioned = (...shapes: readonly Shape[]): void => {
    for (const shape of shapes) for (const dim of axesOf(shape)) for (const name of namesIn(dim)) sizes.add(name);
  };
  let byHabit = true;
  for (const statement of program.statements) {
    if (statement.kind === 'declaration') {
      byHabit = false;
      declare(statement, variables, orderOf);
    } else if (statement.kind === 'function-declaration') {
      const { name } = statement;
      if (functions.has(name.name)) twice(name);
      if (isBuiltin(name.name) && name.name !== 'd')
        refuse({
          kind: 'name',
          message: `${name.name} is a function of the language`,
          span: name.span,
          hint: `${name.name}1`,
        });
      const [from, to] = [shapeOfSpace(statement.from), shapeOfSpace(statement.to)];
      mentioned(from, to);
      functions.set(name.name, { name: name.name, from, to });
    }
  }
  for (const { shape } of variables.values()) mentioned(shape);
  refuseSizes(program, sizes);
  sizesInCalls(program, (name) => {
    if (byHabit) sizes.add(name);
  });
  return { variables, functions, sizes, byHabit };
}

/** n in R; x in R^n: a derivative by n would leave out how many entries x has. */
function refuseSizes({ statements }: Program, sizes: ReadonlySet<string>): void {
  for (const statement of statements)
    for (const { name, span } of statement.kind === 'declaration' ? statement.names : [])
      if (sizes.has(name))
        refuse({
          kind: 'name',
          message: `${name} is a size, and cannot be a variable too`,
          span,
          hint: `another name for one of the two; as a number ${name} needs no declaration`,
        });
}

function declare(statement: Declaration, variables: Map<string, Variable>, orderOf: (name: string) => number): void {
  const shape = statement.space && shapeOfSpace(statement.space);
  for (const name of statement.names) {
    reserved(name);
    const before = variables.get(name.name);
    if (before && shape) twice(name);
    const own = shape ?? before?.shape ?? scalar;
    const facts = new Set<Fact>(before?.facts);
    let at: Expression | undefined = before?.at;
    for (const note of statement.facts) {
      checkFact(note, name.name, own, facts, describe(own));
      facts.add(note.fact);
      at = note.at ?? at;
    }
    variables.set(name.name, { name: name.name, shape: own, facts, at, order: before?.order ?? orderOf(name.name) });
  }
}

/** Names that stand where a size stands: eye(n). */
function sizesInCalls(program: Program, found: (name: string) => void): void {
  for (const root of expressionsOf(program))
    everyPart(root, (e) => {
      if (e.kind !== 'call' || !['ones', 'zeros', 'eye'].includes(e.name)) return;
      for (const argument of e.arguments)
        everyPart(argument, (part) => {
          if (part.kind === 'name') found(part.name);
        });
    });
}

/** Every expression of a program that has a value. */
export function expressionsOf(program: Program): readonly Expression[] {
  return program.statements.flatMap((statement): readonly Expression[] => {
    switch (statement.kind) {
      case 'definition':
      case 'function-definition':
        return [statement.value];
      case 'question':
        return [statement.expression, ...statement.at.map(({ value }) => value)];
      case 'claim':
        return [statement.left, statement.right];
      case 'declaration':
      case 'function-declaration':
        return [];
    }
  });
}
