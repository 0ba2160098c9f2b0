/** A rule as the matcher uses it: two terms over pattern symbols. The readable form, in the language's own syntax, is data in rules/. */
import type { Fact } from '../syntax/tree.ts';
import type { Term, TermSymbol } from '../terms/node.ts';

export interface Condition {
  readonly of: TermSymbol;
  /** A fact about what the symbol stands for; `written negative`: its coefficient is below zero, so that -x is shorter. */
  readonly needs: Fact | 'written negative' | 'square' | 'rows';
}

export interface RewriteRule {
  readonly name: string;
  readonly from: Term;
  readonly to: Term;
  readonly where: readonly Condition[];
  /** For a name's definition: it also folds in powers of itself (1/sqrt(q) is 1/sd). */
  readonly powers: boolean;
}

/** One application: which rule turned what into what. */
export interface Rewrite {
  readonly rule: string;
  readonly before: Term;
  readonly after: Term;
}
