/** All rules, ready to use: compiled from their sources, or loaded from what the build compiled. */
import type { DerivativeRules } from './derivative-rules.ts';
import type { DeferredRule } from '../rewrite/strategy.ts';
import type { RewriteRule } from '../rewrite/rule.ts';
import { compileDerivatives, compileRewrite } from './compile.ts';
import { answeringIdentities } from './identities.ts';
import type { Identities } from '../rewrite/identity.ts';
import type { IdentitySource, RuleSource } from '../../rules/rule-source.ts';

export interface RuleSets {
  readonly derivatives: readonly RuleSource[];
  readonly folds: readonly RuleSource[];
  readonly facts: readonly RuleSource[];
  readonly stableForms: readonly RuleSource[];
  readonly identities: readonly IdentitySource[];
}
export interface Catalogue {
  readonly derivatives: DerivativeRules;
  /** In the order in which they are tried. */
  readonly rewrites: readonly (RewriteRule | DeferredRule)[];
  /** Used before code is made, after the folds. */
  readonly stableForms: readonly (RewriteRule | DeferredRule)[];
  /** Tried on expressions, before they become terms. */
  readonly identities: Identities;
}

export const compileCatalogue = ({ derivatives, folds, facts, stableForms, identities }: RuleSets): Catalogue => {
  const { entrywise, operations } = compileDerivatives(derivatives);
  return {
    derivatives: { entrywise: (fn) => entrywise.get(fn), operation: (op) => operations.get(op) },
    rewrites: [...folds, ...facts].map(compileRewrite),
    stableForms: [...folds, ...stableForms].map(compileRewrite),
    identities: answeringIdentities(identities),
  };
};
