/** From the last derivative to the answer as it was asked for. */
import type { Derivation } from '../engine/answer.ts';
import { toText } from '../print/text.ts';
import { partsOf } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import { stepFor } from './forward-steps.ts';
import type { Notebook } from './notebook.ts';
import { rewriteSteps, rulesFired } from './rewrite-steps.ts';
import type { Step } from './step.ts';

const isDerivative = (e: Expression): boolean => e.kind === 'call' && /^(grad|jacobian|hessian|jvp|vjp|hvp|d)$/.test(e.name);

const hasSubscripts = (e: Expression): boolean => e.kind === 'subscript' || partsOf(e).some(hasSubscripts);

export function closingSteps({ question, expression, rewrites }: Derivation, steps: readonly Step[], notebook: Notebook): readonly Step[] {
  const last = steps.findLast(({ level }) => level === 'main');
  const told = [last?.inMatrices?.after, last?.after].some((e) => e && toText(e) === toText(expression));
  const plain = isDerivative(question.expression) && question.at.length === 0;
  if (told && plain) return [];
  const isEntry = plain && last !== undefined && !last.inMatrices && hasSubscripts(last.after);
  const rules = isEntry ? ['matrix form'] : ['substitution', ...rulesFired(rewrites)];
  return [...(plain ? [] : rewriteSteps(rewrites, notebook)), stepFor(rules, { of: question.expression, after: expression }, rewrites)];
}
