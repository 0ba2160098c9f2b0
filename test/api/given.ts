/** Shared by the tests of the library. */
import { type MatrixProgram, type Outcome, parse, type PlacedProblem, renderProblem } from '../../src/index.ts';

export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(renderProblem(outcome.problem));
  return outcome.value;
}
export function problemOf(outcome: Outcome<unknown>): PlacedProblem {
  if (outcome.ok) throw new Error('no problem was found');
  return outcome.problem;
}
export const program = (text: string): MatrixProgram => valueOf(parse(text));
