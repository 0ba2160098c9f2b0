/** Is a claim of the program true? The verdict, ready to be shown. */
import { definitions, laws } from '../../rules/laws.ts';
import { facts } from '../../rules/facts.ts';
import { identities } from '../../rules/identities.ts';
import { compileRewrite, wordingRules } from '../derive/compile.ts';
import { decide, decisionRules, type Verdict } from '../decide/decide.ts';
import type { DecisionRules } from '../decide/subject.ts';
import { rulesRead } from '../elaborate/readings.ts';
import { type StatedCondition, statedConditions } from './stated.ts';
import { attempt } from '../basics/problem.ts';
import { differenceOf } from '../decide/subject.ts';
import { candidatesFor } from '../derive/solved.ts';
import { checkProgram } from '../elaborate/check.ts';
import { statementToText, toText } from '../print/text.ts';
import type { Claim, Expression } from '../syntax/tree.ts';
import { conditionsIn } from '../derive/where.ts';
import { programEngine, type ProgramEngine } from '../derive/program-engine.ts';
import { standardCatalogue } from '../derive/catalogue.ts';

export type { Counterexample, Verdict } from '../decide/decide.ts';

/** A verdict with the claim that it is about, in the language, and with its conditions in words. */
export type ClaimVerdict = { readonly claim: string } & (
  | Extract<Verdict, { readonly verdict: 'undecided' }>
  /** `holdsFor`: values of single numbers of the program with which the claim is proved. Absent where none was found. */
  | (Extract<Verdict, { readonly verdict: 'refuted' }> & { readonly holdsFor?: readonly HoldsFor[] })
  | {
      readonly verdict: 'proved';
      readonly how: readonly string[];
      /** Where it holds; none if wherever both sides exist, and they exist at the same points. */
      readonly conditions: readonly StatedCondition[];
    }
);

/** gamma = 1/(1 - p), and where the claim holds then. */
export interface HoldsFor {
  readonly name: string;
  readonly text: string;
  readonly conditions: readonly StatedCondition[];
}

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
  const verdict = verdictIn(claim, engine);
  if (verdict.verdict !== 'refuted') return verdict;
  const holdsFor = solutionsOf(claim, engine);
  return holdsFor.length > 0 ? { ...verdict, holdsFor } : verdict;
}

/** Each found by solving, and proved by deciding the claim with it. */
function solutionsOf(claim: Claim, engine: ProgramEngine): readonly HoldsFor[] {
  const { world } = engine;
  const { term } = differenceOf(world.evaluate(claim.left), world.evaluate(claim.right));
  return candidatesFor(claim, term, engine).flatMap(({ name, value, program }): readonly HoldsFor[] => {
    const decided = attempt(() => verdictIn(claim, programEngine(checkProgram(program), standardCatalogue())));
    return decided.ok && decided.value.verdict === 'proved'
      ? [{ name, text: toText(value), conditions: decided.value.conditions }]
      : [];
  });
}

function verdictIn(claim: Claim, engine: ProgramEngine): ClaimVerdict {
  const { checked } = engine;
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
