/** The rules that answers come from, by what they are for. What only decides claims stands in laws.ts. */
import { facts } from './facts.ts';
import { folds, stableForms } from './folds.ts';
import { functionDerivatives } from './functions/index.ts';
import { identities } from './identities.ts';
import type { IdentitySource, RuleSource } from './rule-source.ts';

/** The differential of every function, from its record: one rule per function, whatever the shape it is applied to. */
export const derivatives: readonly RuleSource[] = functionDerivatives;

export interface RuleSets {
  readonly derivatives: readonly RuleSource[];
  readonly folds: readonly RuleSource[];
  readonly facts: readonly RuleSource[];
  readonly stableForms: readonly RuleSource[];
  readonly identities: readonly IdentitySource[];
}
export const ruleSets: RuleSets = { derivatives, folds, facts, stableForms, identities };
