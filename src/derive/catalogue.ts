/** All rules, ready to use: compiled from their sources, or loaded from what the build compiled. */
import { identities } from '../../rules/identities.ts';
import type { RuleSets } from '../../rules/sets.ts';
import { compileDerivatives, compileRewrite, answeringIdentities } from './compile.ts';
import { compiled } from './compiled-rules.ts';
import type { DerivativeRules } from './derivative-rules.ts';
import { loadCatalogue } from './store.ts';
import type { Identities } from '../rewrite/identity.ts';
import type { RewriteRule } from '../rewrite/rule.ts';
import type { DeferredRule } from '../rewrite/strategy.ts';

// ---- compiled
// All rules, ready to use: compiled from their sources, or loaded from what the build compiled.

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

// ---- the standard one
// The rules that come with matgrad, as the build compiled them.

let loaded: Catalogue | undefined;
export const standardCatalogue = (): Catalogue =>
  (loaded ??= {
    ...loadCatalogue(compiled),
    identities: answeringIdentities(identities),
  });
