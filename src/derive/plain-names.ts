/** Which defined names rest on no derivative? Only their values are known before anything is derived, and can serve as rules. */
import { derivativeFunctions } from '../elaborate/functions.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import { everyPart } from '../syntax/parts.ts';

const known = new WeakMap<CheckedProgram, readonly string[]>();

export function plainNames(checked: CheckedProgram): readonly string[] {
  let plain = known.get(checked);
  if (!plain) {
    plain = find(checked);
    known.set(checked, plain);
  }
  return plain;
}

function find({ definitions, functionDefinitions }: CheckedProgram): readonly string[] {
  const derived = new Set<string>();
  // A body can use names that stand above it only, so one look at each in order is enough.
  for (const { name, value } of [...functionDefinitions.values(), ...definitions.values()])
    everyPart(value, (e) => {
      if (
        (e.kind === 'call' && derivativeFunctions.has(e.name)) ||
        ((e.kind === 'name' || e.kind === 'call') && derived.has(e.name))
      )
        derived.add(name);
    });
  return [...definitions.keys()].filter((name) => !derived.has(name));
}
