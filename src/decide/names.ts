/** Which names does a claim rest on, through every definition, and does it ask for a derivative anywhere? */
import { vectorFunctions } from '../../rules/functions/index.ts';
import { isBuiltin, derivativeFunctions, isOtherName } from '../elaborate/functions.ts';
import type { CheckedProgram, Variable } from '../elaborate/scope.ts';
import { everyPart } from '../elaborate/walk.ts';
import { attempt } from '../basics/problem.ts';
import { toNumber } from '../basics/rational.ts';
import type { Call, Expression } from '../syntax/tree.ts';

export interface Mentioned {
  readonly variables: readonly Variable[];
  /** Names that the program defines. */
  readonly definitions: readonly string[];
  /** Names of functions that the program declares or defines. */
  readonly functions: ReadonlySet<string>;
  readonly derives: boolean;
  /** The variables by which derivatives are taken. */
  readonly varied: ReadonlySet<string>;
  /** Is a matrix given to a function that takes vectors as a whole, and matrices row by row? */
  readonly alongRows: boolean;
  /** That are written in it. */
  readonly numbers: ReadonlySet<number>;
}

export function mentionedIn(roots: readonly Expression[], checked: CheckedProgram): Mentioned {
  const variables = new Map<string, Variable>();
  const definitions: string[] = [];
  const functions = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...roots];
  const numbers = new Set<number>();
  const varied = new Set<string>();
  let [derives, alongRows] = [false, false];
  const named = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const definition = checked.definitions.get(name);
    const variable = checked.variables.get(name);
    if (definition) {
      waiting.push(definition.value);
      definitions.push(name);
    } else if (variable) variables.set(name, variable);
  };
  /** d(y), or by a defined name: everything may vary. */
  const vary = (by: Expression | undefined): void => {
    const isVariable = by?.kind === 'name' && checked.variables.has(by.name);
    for (const name of isVariable ? [by.name] : checked.variables.keys()) varied.add(name);
  };
  const called = (e: Call): void => {
    const { name } = e;
    alongRows ||= vectorFunctions.has(name) && !isVector(e.arguments[0]!, checked);
    const of = name.startsWith('J_') ? name.slice(2) : name;
    derives ||= derivativeFunctions.has(name) || (of !== name && !isBuiltin(name));
    if (derivativeFunctions.has(name)) vary(e.arguments[1]);
    const isOurs =
      isBuiltin(name) || (isOtherName(name) && !checked.functions.has(name) && !checked.functionDefinitions.has(name));
    if (isOurs) return;
    functions.add(of);
    const body = checked.functionDefinitions.get(of);
    if (!body || seen.has(`${of}()`)) return;
    seen.add(`${of}()`);
    waiting.push(body.value);
  };
  for (let root = waiting.pop(); root; root = waiting.pop())
    everyPart(root, (e) => {
      if (e.kind === 'name') named(e.name);
      if (e.kind === 'call') called(e);
      if (e.kind === 'number') numbers.add(toNumber(e.value));
    });
  const inOrder = [...variables.values()].toSorted((a, b) => a.order - b.order);
  return { variables: inOrder, definitions, functions, derives, varied, alongRows, numbers };
}

/** The parameters of a function have no shape of their own: then it may be a matrix. */
function isVector(e: Expression, { shapeOf }: CheckedProgram): boolean {
  const shape = attempt(() => shapeOf(e));
  return shape.ok && shape.value.kind !== 'matrix';
}
