/** Is a claim of the program true? The verdict, ready to be shown. */
import { definitions } from '../../rules/definitions.ts';
import { facts } from '../../rules/facts.ts';
import { compileRewrite } from '../derive/compile.ts';
import { decide, decisionRules, type Verdict } from '../decide/decide.ts';
import type { DecisionRules } from '../decide/context.ts';
import { type StatedCondition, statedConditions } from './stated.ts';
import { statementToText } from '../print/statement.ts';
import type { Claim } from '../syntax/tree.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';

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
  (compiled ??= decisionRules(definitions.map(compileRewrite), facts.map(compileRewrite)));

export function verdictOn(claim: Claim, { checked, world, simplify }: ProgramEngine): ClaimVerdict {
  const { left, right } = claim;
  const verdict = decide(world.evaluate(left), world.evaluate(right), {
    checked,
    world,
    claim: { left, right },
    simplify,
    rules: standardRules(),
  });
  const text = statementToText(claim).replace(/^check /, '');
  if (verdict.verdict !== 'proved') return { ...verdict, claim: text };
  return { ...verdict, claim: text, conditions: statedConditions(verdict.conditions, left, checked) };
}
