/** Is a claim of the program true? The verdict, ready to be shown. */
import { definitions, laws } from '../../rules/laws.ts';
import { facts } from '../../rules/facts.ts';
import { identities } from '../../rules/identities.ts';
import { compileRewrite, wordingRules } from '../derive/compile.ts';
import { decide, decisionRules, type Verdict } from '../decide/decide.ts';
import type { DecisionRules } from '../decide/subject.ts';
import { rulesRead } from '../elaborate/readings.ts';
import { type StatedCondition, statedConditions } from './stated.ts';
import { statementToText } from '../print/text.ts';
import type { Claim, Expression } from '../syntax/tree.ts';
import { conditionsIn } from '../derive/where.ts';
import { programEngine, type ProgramEngine } from '../derive/program-engine.ts';
import { standardCatalogue } from '../derive/catalogue.ts';

export type { Counterexample, Verdict } from '../decide/decide.ts';

/** A verdict with the claim that it is about, in the language, and with its conditions in words. */
export type ClaimVerdict = { readonly claim: string } & (
  | Exclude<Verdict, { readonly verdict: 'proved' }>
  | {
      readonly verdict: 'proved';
      readonly how: readonly string[];
      /** Where it holds; none if wherever both sides exist, and they exist at the same points. */
      readonly conditions: readonly StatedCondition[];
    }
);

let compiled: DecisionRules | undefined;
const standardRules = (): DecisionRules =>
  (compiled ??= decisionRules({
    definitions: definitions.map(compileRewrite),
    facts: facts.map(compileRewrite),
    laws: laws.map(compileRewrite),
    identities: wordingRules(identities),
  }));

/** In an engine of its own: what was asked before must not show. */
export function verdictOn(claim: Claim, { checked }: ProgramEngine): ClaimVerdict {
  const engine = programEngine(checked, standardCatalogue());
  const { world, simplify } = engine;
  const { left, right } = claim;
  for (const side of [left, right]) conditionsIn(side, engine);
  const behind = [left, right].flatMap((e) => rulesBehind(e, engine));
  const verdict = decide(world.evaluate(left), world.evaluate(right), {
    checked,
    world,
    claim: { left, right },
    simplify,
    rules: standardRules(),
  });
  const text = statementToText(claim).replace(/^check /, '');
  if (verdict.verdict !== 'proved') return { ...verdict, claim: text };
  return {
    ...verdict,
    claim: text,
    how: [...new Set([...behind, ...verdict.how])],
    conditions: statedConditions(verdict.conditions, left, checked),
  };
}

/** A proof speaks of terms: these rules made them out of the text. */
function rulesBehind(e: Expression, { evaluate, world }: ProgramEngine): readonly string[] {
  const { steps, chains } = evaluate(e);
  const rules = [
    ...steps.flatMap(({ contributions }) => contributions.flatMap(({ via }) => via.flatMap((stage) => stage.rules))),
    // The last chain simplifies the side as a whole, which a proof does for itself.
    ...[...steps, ...chains.slice(0, -1)].flatMap(({ rewrites }) => rewrites.map(({ rule }) => rule)),
  ];
  return [...world.readings(e).flatMap(rulesRead), ...rules.map(({ name }) => name)];
}
