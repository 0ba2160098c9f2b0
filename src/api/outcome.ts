/** What comes back from asking: a value, or a problem together with the text and the place that it is about. */
import type { Problem } from '../basics/problem.ts';

/** The text that a problem is about: the program, the question, or another text that was handed in. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

export interface PlacedProblem extends Problem {
  /** Absent where no text is to blame, as with a missing value. `span` counts in this text. */
  readonly source?: SourceText | undefined;
  /** Both from 1; columns count code points. */
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Either `{ ok: true, value }` or `{ ok: false, problem }`. Bad input never throws.
 *
 * @example
 * const program = parse('x in R^n; f = x*x');
 * if (!program.ok) console.log(program.problem.line, program.problem.message, program.problem.hint);
 */
export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: PlacedProblem };

export const valued = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });

export function mapOutcome<From, To>(outcome: Outcome<From>, make: (value: From) => To): Outcome<To> {
  return outcome.ok ? valued(make(outcome.value)) : outcome;
}
