/** A function's definition as a term over symbols for its arguments: what a field evaluates that does not know the function. */
import { type EntrywiseName, entrywiseFunctions } from '../../rules/functions/index.ts';
import { invariant } from '../basics/invariant.ts';
import { checkProgram } from '../elaborate/check.ts';
import { createWorld } from '../elaborate/world.ts';
import { parseProgram } from '../parse/parse.ts';
import type { Term } from '../terms/node.ts';

export interface Definition {
  readonly parameters: readonly string[];
  readonly term: Term;
}

const known = new Map<EntrywiseName, Definition>();

export function definitionOf(fn: EntrywiseName): Definition | undefined {
  const record = entrywiseFunctions.get(fn)!;
  if (record.definition === 'primitive') return undefined;
  let made = known.get(fn);
  if (!made) {
    const parsed = parseProgram(`${record.arguments.join(', ')} in R; ${record.definition.to}`);
    invariant(parsed.ok, `the definition of ${fn} is an expression`);
    const checked = checkProgram(parsed.value);
    const [question] = checked.questions;
    invariant(question?.kind === 'question', `the definition of ${fn} is an expression`);
    const world = createWorld(checked, new Set(), () => invariant(false, `${fn} has no derivative inside`) as never);
    made = { parameters: record.arguments, term: world.evaluate(question.expression).term };
    known.set(fn, made);
  }
  return made;
}
