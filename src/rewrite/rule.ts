/** Rules as rewriting uses them, and the log of their applications. The readable form, in the language's own syntax, is data in rules/. */
import type { Reason as Because } from '../assume/assume.ts';
import type { Fact } from '../syntax/tree.ts';
import type { Term, TermSymbol } from '../terms/node.ts';

/** What is asked of a written number. */
export type NumberKind = 'a nonzero even integer' | 'a nonzero number' | 'no integer';

export interface Condition {
  readonly of: TermSymbol;
  /** A fact about what the symbol stands for; `written negative`: its coefficient is below zero, so that -x is shorter. */
  readonly needs: Fact | 'written negative' | 'square' | 'rows' | NumberKind;
}

/** What a rule tells of itself, wherever it came from and wherever it is used. */
export interface Telling {
  /** Stable: steps, tests and bug reports quote it. */
  readonly name: string;
  readonly source: string;
  /** One sentence for a student. */
  readonly says: string;
}

/** A rule as a pattern: two terms over pattern symbols. */
export interface RewriteRule extends Telling {
  readonly from: Term;
  readonly to: Term;
  readonly where: readonly Condition[];
  /** For a name's definition: it also folds in powers of itself (1/sqrt(q) is 1/sd). */
  readonly powers: boolean;
  /** For what was found out about a name: how. */
  readonly proof?: Chain | undefined;
}
/** A rule in code: what it makes of a term, at the top. */
export interface NativeRule extends Telling {
  readonly apply: (t: Term) => Term | undefined;
}
export type Rule = RewriteRule | NativeRule;

/** A condition of a rule with what it was asked of, and why it is met. */
export interface Reason {
  readonly of: Term;
  readonly needs: Condition['needs'];
  readonly because: Because;
}

/**
 * One application: which rule turned what into what.
 *
 * The place is the skeleton of `before`, up to a rational factor (which belongs to what stands around it): wherever it
 * occurs among summands and factors, at whatever indices, `after` stands next. Applied there to the term before it, it
 * gives the term after it.
 */
export interface Rewrite {
  readonly rule: Rule;
  readonly before: Term;
  readonly after: Term;
  readonly because: readonly Reason[];
}

/** From a term to an equal one, rewrite by rewrite. */
export interface Chain {
  readonly start: Term;
  readonly rewrites: readonly Rewrite[];
  readonly term: Term;
}

export const rewriteBy = (rule: Rule, before: Term, after: Term, because: readonly Reason[] = []): Rewrite => ({
  rule,
  before,
  after,
  because,
});
