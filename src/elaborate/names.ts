/** What does a name mean in a program, and what is said about one that means nothing? */
import { refuse } from '../basics/problem.ts';
import { closest } from '../basics/words.ts';
import {
  type Checker,
  derivedFunction,
  isFunction,
  type DefinedName,
  type FunctionBody,
  type Variable,
} from './scope.ts';
import { declarationsOf, twice, sizeFrom } from './declare.ts';
import { isBuiltin } from './functions.ts';
import { indexNamesIn } from './indices.ts';
import { argumentsOfCalls } from './statements.ts';
import { type Dim, named } from '../shape/dim.ts';
import { column, matrix, scalar, type Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import { greekLetters } from '../syntax/greek.ts';
import type { Expression, Name, Program } from '../syntax/tree.ts';

export type Names = Pick<
  Checker,
  | 'variables'
  | 'definitions'
  | 'functions'
  | 'functionDefinitions'
  | 'sizeNames'
  | 'indexNames'
  | 'later'
  | 'laterFunctions'
  | 'declared'
  | 'nextOrder'
  | 'lookUp'
  | 'unknown'
  | 'sizeOf'
  | 'onlyArguments'
>;
type Tables = Omit<Names, 'lookUp' | 'unknown' | 'sizeOf' | 'onlyArguments'>;

export function createNames(program: Program, sizes: Sizes): Names {
  let order = 0;
  const nextOrder = (): number => order++;
  const { variables, functions, sizes: sizeNames, byHabit } = declarationsOf(program, nextOrder);
  const tables: Tables = {
    variables,
    functions,
    sizeNames,
    nextOrder,
    definitions: new Map<string, DefinedName>(),
    functionDefinitions: new Map<string, FunctionBody>(),
    indexNames: indexNamesIn(program),
    later: new Map<string, Name>(),
    laterFunctions: new Set<string>(),
    declared: new Map(variables),
  };
  announce(program, tables);
  const known = new Map<string, ReadonlyMap<string, readonly Expression[]>>();
  return {
    ...tables,
    lookUp: (name, span) => lookUp({ kind: 'name', name, span }, tables, byHabit, sizes),
    unknown: (name) => unknownName(name, tables),
    sizeOf: (e) => sizeFrom(e, (name, at) => sizeNamed(name, at, tables, byHabit)),
    onlyArguments: (name) => {
      const found = known.get(name) ?? argumentsOfCalls(program, name);
      known.set(name, found);
      return found.size === 1 ? [...found.values()][0] : undefined;
    },
  };
}

/** The names that statements will define. */
function announce(program: Program, { later, laterFunctions, variables, sizeNames }: Tables): void {
  for (const statement of program.statements) {
    if (statement.kind === 'function-definition') laterFunctions.add(statement.name.name);
    if (statement.kind !== 'definition') continue;
    const { name } = statement;
    if (later.has(name.name)) twice(name, `a new name for the new value, such as ${name.name}_new`);
    if (sizeNames.has(name.name) && !variables.has(name.name))
      refuse({ kind: 'name', message: `${name.name} is a size, and cannot be defined`, span: name.span });
    later.set(name.name, name);
    variables.delete(name.name);
  }
}

function lookUp(
  { name, span }: Name,
  tables: Tables,
  byHabit: boolean,
  sizes: Sizes,
): Variable | DefinedName | undefined {
  const { variables, definitions, later, sizeNames, indexNames } = tables;
  const known = definitions.get(name) ?? variables.get(name);
  if (known) return known;
  if (later.has(name)) return refuse({ kind: 'name', message: `${name} is used before it is defined`, span });
  if (!byHabit || name === 'pi' || name === 'I' || sizeNames.has(name) || indexNames.has(name)) return undefined;
  if (isFunction(name, tables) || derivedFunction(name, tables)) return undefined;
  const variable: Variable = {
    name,
    shape: habitualShape(name, sizes),
    facts: new Set(),
    order: tables.nextOrder(),
  };
  variables.set(name, variable);
  return variable;
}

function unknownName({ name, span }: Name, tables: Tables): never {
  if (isFunction(name, tables) || isBuiltin(name))
    return refuse({ kind: 'name', message: `${name} is a function`, span, hint: `${name}(…)?` });
  if (tables.indexNames.has(name))
    return refuse({ kind: 'name', message: `${name} is an index, and has no value of its own`, span });
  const near = closest(name, [
    ...tables.variables.keys(),
    ...tables.definitions.keys(),
    ...tables.sizeNames,
    'pi',
    'I',
  ]);
  return refuse({
    kind: 'name',
    message: `${name} is not declared`,
    span,
    hint: near ? `${near}?` : `declare it, as in ${name} in R^n`,
  });
}

function sizeNamed(name: string, at: Expression, tables: Tables, byHabit: boolean): Dim {
  const { sizeNames, variables, definitions } = tables;
  if (!byHabit && !sizeNames.has(name)) {
    const near = closest(name, sizeNames);
    const isValue = variables.has(name) || definitions.has(name);
    refuse({
      kind: 'name',
      message: isValue ? `${name} is not a size` : `the size ${name} is not declared`,
      span: at.span,
      hint: near ? `${near}?` : undefined,
    });
  }
  sizeNames.add(name);
  return named(name);
}

export const isUsed = (name: string, names: Names): boolean =>
  names.variables.has(name) ||
  names.definitions.has(name) ||
  names.later.has(name) ||
  names.sizeNames.has(name) ||
  names.indexNames.has(name) ||
  isFunction(name, names);

// ---- habits
// What is a name that nobody declared? a..g scalars, h..z columns, A..Z matrices; Greek letters scalars, capital ones
// matrices.

/** The letter under a hat. */
const firstLetter = (name: string): string => name.normalize('NFD').charAt(0);

export function habitualShape(name: string, { fresh }: Sizes): Shape {
  const word = /^\p{L}+/u.exec(name)?.[0] ?? name;
  if (greekLetters.has(word)) return word[0]! >= 'a' ? scalar : matrix(fresh(), fresh());
  const letter = firstLetter(name);
  if (letter >= 'a' && letter <= 'g') return scalar;
  if (letter >= 'A' && letter <= 'Z') return matrix(fresh(), fresh());
  return column(fresh());
}
