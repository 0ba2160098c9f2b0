/** A claim about a program, decided with the rules that matgrad comes with. */
import { definitions, laws } from '../../rules/laws.ts';
import { facts } from '../../rules/facts.ts';
import { identities } from '../../rules/identities.ts';
import { compileRewrite, wordingRules } from '../../src/derive/compile.ts';
import { decide, type DecisionContext, decisionRules, type Verdict } from '../../src/decide/decide.ts';
import { type Subject, subjectOf } from '../../src/decide/subject.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { standardCatalogue, type Catalogue } from '../../src/derive/catalogue.ts';
import { programEngine } from '../../src/derive/program-engine.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import type { Value } from '../../src/elaborate/values.ts';

export const rules = decisionRules({
  definitions: definitions.map(compileRewrite),
  facts: facts.map(compileRewrite),
  laws: laws.map(compileRewrite),
  identities: wordingRules(identities),
});

interface Given {
  readonly left: Value;
  readonly right: Value;
  readonly context: DecisionContext;
}

function given(program: string, claim: string, catalogue = standardCatalogue()): Given {
  const parsed = parseProgram(`${program}\ncheck ${claim}`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const checked = checkProgram(parsed.value);
  const { world, simplify } = programEngine(checked, catalogue);
  const asked = checked.questions[0]!;
  if (asked.kind !== 'claim') throw new Error('no claim');
  const context: DecisionContext = {
    checked,
    world,
    claim: asked,
    simplify,
    rules,
  };
  return { left: world.evaluate(asked.left), right: world.evaluate(asked.right), context };
}

export function verdictOf(program: string, claim: string, catalogue?: Catalogue): Verdict {
  const { left, right, context } = given(program, claim, catalogue);
  return decide(left, right, context);
}
export function subjectFrom(program: string, claim: string): Subject {
  const { left, right, context } = given(program, claim);
  return subjectOf(left, right, context);
}
