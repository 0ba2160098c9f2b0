/** All rules, ready to use. */
import type { DerivativeRules } from '../differentiate/rules.ts';
import type { RewriteRule } from '../rewrite/rule.ts';
import { compileDerivatives, compileRewrite } from './compile.ts';
import type { RuleSource } from './source.ts';

export interface RuleSets {
  readonly derivatives: readonly RuleSource[];
  readonly folds: readonly RuleSource[];
  readonly facts: readonly RuleSource[];
}
export interface Catalogue {
  readonly sources: RuleSets;
  readonly derivatives: DerivativeRules;
  readonly rewrites: readonly RewriteRule[];
}

export const compileCatalogue = (sources: RuleSets): Catalogue => ({
  sources,
  derivatives: compileDerivatives(sources.derivatives),
  rewrites: [...sources.folds, ...sources.facts].map(compileRewrite),
});
