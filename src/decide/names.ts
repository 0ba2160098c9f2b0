/** Which names does a claim rest on, through every definition, and does it ask for a derivative anywhere? */
import { isBuiltin, derivativeFunctions } from '../elaborate/functions.ts';
import type { CheckedProgram, Variable } from '../elaborate/scope.ts';
import { everyPart } from '../elaborate/walk.ts';
import type { Call, Expression } from '../syntax/tree.ts';

export interface Mentioned {
  readonly variables: readonly Variable[];
  /** Names that the program defines. */
  readonly definitions: readonly string[];
  /** Names of functions that the program declares or defines. */
  readonly functions: ReadonlySet<string>;
  readonly derives: boolean;
  /** Can the interpreter follow? It knows no derivatives, no inlined functions and no y[i] = …. */
  readonly isPlain: boolean;
}

export function mentionedIn(roots: readonly Expression[], checked: CheckedProgram): Mentioned {
  const variables = new Map<string, Variable>();
  const definitions: string[] = [];
  const functions = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...roots];
  let [derives, isPlain] = [false, true];
  const named = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const definition = checked.definitions.get(name);
    const variable = checked.variables.get(name);
    if (definition) {
      waiting.push(definition.value);
      definitions.push(name);
      isPlain &&= definition.indices.length === 0;
    } else if (variable) variables.set(name, variable);
  };
  const called = ({ name }: Call): void => {
    const of = name.startsWith('J_') ? name.slice(2) : name;
    derives ||= derivativeFunctions.has(name) || (of !== name && !isBuiltin(name));
    if (isBuiltin(name)) return;
    functions.add(of);
    const body = checked.functionDefinitions.get(of);
    if (!body || seen.has(`${of}()`)) return;
    seen.add(`${of}()`);
    isPlain = false;
    waiting.push(body.value);
  };
  for (let root = waiting.pop(); root; root = waiting.pop())
    everyPart(root, (e) => {
      if (e.kind === 'name') named(e.name);
      if (e.kind === 'call') called(e);
    });
  const inOrder = [...variables.values()].toSorted((a, b) => a.order - b.order);
  return { variables: inOrder, definitions, functions, derives, isPlain: isPlain && !derives };
}
