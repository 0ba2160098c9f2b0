/** All rules, ready to use: compiled from their sources, or loaded from what the build compiled. */
import type { DerivativeRules } from './derivative-rules.ts';
import type { DeferredRule } from '../rewrite/strategy.ts';
import type { RewriteRule } from '../rewrite/rule.ts';
import { compileDerivatives, compileRewrite } from './compile.ts';
import type { RuleSource } from '../../rules/rule-source.ts';

export interface RuleSets {
  readonly derivatives: readonly RuleSource[];
  readonly folds: readonly RuleSource[];
  readonly facts: readonly RuleSource[];
  readonly stableForms: readonly RuleSource[];
}
export interface Catalogue {
  readonly derivatives: DerivativeRules;
  /** In the order in which they are tried. */
  readonly rewrites: readonly (RewriteRule | DeferredRule)[];
  /** Used before code is made, after the folds. */
  readonly stableForms: readonly (RewriteRule | DeferredRule)[];
}

export const compileCatalogue = ({ derivatives, folds, facts, stableForms }: RuleSets): Catalogue => {
  const { entrywise, operations } = compileDerivatives(derivatives);
  return {
    derivatives: { entrywise: (fn) => entrywise.get(fn), operation: (op) => operations.get(op) },
    rewrites: [...folds, ...facts].map(compileRewrite),
    stableForms: [...folds, ...stableForms].map(compileRewrite),
  };
};
