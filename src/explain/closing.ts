/** From the last derivative to the answer as it was asked for. */
import { native } from '../../rules/native.ts';
import type { Derivation } from '../derive/derivation.ts';
import { toText } from '../print/text.ts';
import { partsOf } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import { stepFor } from './step-for.ts';
import type { Notebook } from './notebook.ts';
import { rewriteSteps, rulesFired } from './rewrite-steps.ts';
import { upright } from './signs.ts';
import type { Step } from './step.ts';

const isDerivative = (e: Expression): boolean =>
  e.kind === 'call' && /^(grad|jacobian|hessian|jvp|vjp|hvp|d)$/.test(e.name);

const hasSubscripts = (e: Expression): boolean =>
  e.kind === 'subscript' || (e.kind === 'call' && e.name === 'delta') || partsOf(e).some(hasSubscripts);

/** Nothing to add where the last step said it already, in the same form. */
export function closingSteps(
  { question, expression, chains }: Derivation,
  steps: readonly Step[],
  notebook: Notebook,
): readonly Step[] {
  const rewrites = chains.flatMap((chain) => chain.rewrites);
  const last = steps.findLast(({ level }) => level === 'main');
  const told = [last?.inMatrices?.after, last?.after].some((e) => e && toText(e) === toText(upright(expression)));
  const { expression: asked, at } = question;
  const plain = isDerivative(asked) && at.length === 0;
  const isEntryAsked = asked.kind === 'subscript' && isDerivative(asked.of) && at.length === 0;
  // inv(A*B) is read as its answer: the identity has said all.
  const isRead = last?.before !== undefined && toText(last.before) === toText(asked) && at.length === 0;
  if (told && (plain || isEntryAsked || isRead)) return [];
  const isEntry = plain && last !== undefined && !last.inMatrices && hasSubscripts(last.after);
  const fired = rulesFired(rewrites);
  // What is left to do is to write the letters out, or to write entries as a matrix.
  const written = notebook.letters.size > 0 && !isEntry ? native['a letter for a part'] : native['matrix form'];
  const rules = isEntry || fired.length === 0 ? [written] : fired;
  return [
    ...(plain ? [] : rewriteSteps(rewrites, notebook)),
    stepFor(rules, { of: asked, after: expression }, rewrites),
  ];
}
