/** `--at 'z=[1,2,3], tau=0.5'`: values as the language writes them. */
import type { Nested } from '../api/given.ts';
import type { Sources } from '../api/outcome.ts';
import { toNested } from '../evaluate/array.ts';
import { interpret } from '../evaluate/interpret.ts';
import { parseBindings } from '../parse/parse.ts';

export function valuesAt(texts: readonly string[], sources: Sources): Readonly<Record<string, Nested>> {
  const bindings = texts.flatMap((text) => sources.read('--at', text, parseBindings));
  const nothing = { values: new Map(), sizes: {} };
  return Object.fromEntries(bindings.map(({ name, value }) => [name.name, toNested(interpret(value, nothing))]));
}
