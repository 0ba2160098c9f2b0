/** What differentiation needs to know of functions; handed in, never imported from rules/. */
import { calculus } from '../../rules/calculus.ts';
import type { Telling } from '../rewrite/rule.ts';
import type { Term, TermSymbol } from '../terms/node.ts';

/** The rules that hold for whatever functions there are: differentiation follows them itself. */
export type CalculusName = (typeof calculus)[number]['name'];
const byName: ReadonlyMap<string, Telling> = new Map(calculus.map((rule: Telling) => [rule.name, rule]));
export const calculusRule = (name: CalculusName): Telling => byName.get(name)!;

/** d f(x, …) = sum of partials[n] * d(argument n); an absent partial is zero almost everywhere. */
export interface EntrywiseDerivative {
  readonly rule: Telling;
  readonly arguments: readonly TermSymbol[];
  readonly partials: readonly (Term | undefined)[];
}
/** d op(X)[outs] as a term that is linear in the symbol `differential`; `outs` are its free indices. */
export interface OperationDerivative {
  readonly rule: Telling;
  readonly argument: TermSymbol;
  readonly differential: TermSymbol;
  readonly outs: readonly number[];
  readonly value: Term;
}
export interface DerivativeRules {
  readonly entrywise: (fn: string) => EntrywiseDerivative | undefined;
  readonly operation: (op: string) => OperationDerivative | undefined;
}
