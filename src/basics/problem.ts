/** Everything that can be wrong with what a user gives us. A problem is a value with a place; `render.ts` draws it. */
import type { Span } from './span.ts';

export type ProblemKind =
  | 'syntax' // the text cannot be parsed
  | 'name' // unknown, reserved, or defined twice
  | 'shape' // operands do not fit
  | 'index' // out of range, or used where none fits
  | 'fact' // a fact that cannot hold for its variable
  | 'rule' // no rule to derive this: refused, never guessed
  | 'question' // the question asks for what does not exist
  | 'limit' // larger than we promise to handle
  | 'domain' // nowhere does it have a value: a division by zero, the inverse of a matrix that is never invertible
  | 'value' // numbers given do not fit the declarations
  | 'request'; // a malformed batch request or command line

export interface Problem {
  readonly kind: ProblemKind;
  /** One sentence, lower case, no full stop: `A is d x m and x has n entries`. */
  readonly message: string;
  readonly span?: Span | undefined;
  /** What the writer probably meant: `x.*y or x'*y?`. */
  readonly hint?: string | undefined;
}

/** Carries a Problem from deep inside one stage to that stage's edge, where it becomes a value again. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function refuse(problem: Problem): never {
  throw new Refusal(problem);
}

export type Outcome<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: Problem };

/** Runs a stage; a Refusal becomes a value, anything else is our own bug and flies on. */
export function attempt<Value>(stage: () => Value): Outcome<Value> {
  try {
    return { ok: true, value: stage() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, problem: error.problem };
    throw error;
  }
}
