/** What differentiation needs to know of functions; handed in, never imported from rules/. */
import type { Term, TermSymbol } from '../terms/node.ts';

/** d f(x, …) = sum of partials[n] * d(argument n); an absent partial is zero almost everywhere. */
export interface EntrywiseDerivative {
  readonly rule: string;
  readonly arguments: readonly TermSymbol[];
  readonly partials: readonly (Term | undefined)[];
}
/** d op(X)[outs] as a term that is linear in the symbol `differential`; `outs` are its free indices. */
export interface OperationDerivative {
  readonly rule: string;
  readonly argument: TermSymbol;
  readonly differential: TermSymbol;
  readonly outs: readonly number[];
  readonly value: Term;
}
export interface DerivativeRules {
  readonly entrywise: (fn: string) => EntrywiseDerivative | undefined;
  readonly operation: (op: string) => OperationDerivative | undefined;
}
