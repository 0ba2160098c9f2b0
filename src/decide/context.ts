/** What deciding works with: the program, and the means to simplify and to write functions out. All handed in. */
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { World } from '../elaborate/world.ts';
import type { Chain } from '../rewrite/rule.ts';
import { indexRules, type RuleIndex } from '../rewrite/strategy.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Term } from '../terms/node.ts';

export interface DecisionRules {
  /** Functions written out: softmax, sigmoid, tanh. */
  readonly definitions: RuleIndex;
  /** What the facts about names are worth. */
  readonly facts: RuleIndex;
}
type Rules = Parameters<typeof indexRules>[0];
/** From rules/definitions.ts and rules/facts.ts, compiled; made once for all claims. */
export const decisionRules = (definitions: Rules, facts: Rules): DecisionRules => ({
  definitions: indexRules(definitions),
  facts: indexRules(facts),
});

export interface DecisionContext {
  readonly checked: CheckedProgram;
  readonly world: World;
  /** The two sides as they were written. */
  readonly claim: { readonly left: Expression; readonly right: Expression };
  readonly simplify: (t: Term) => Chain;
  readonly rules: DecisionRules;
}
