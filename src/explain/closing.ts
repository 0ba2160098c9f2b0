/** From the last derivative to the answer as it was asked for. */
import { native } from '../../rules/native.ts';
import type { Derivation } from '../derive/derivation.ts';
import type { Telling } from '../rewrite/rule.ts';
import { nameOf, subscript } from '../syntax/build.ts';
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
export function closingSteps(derivation: Derivation, steps: readonly Step[], notebook: Notebook): readonly Step[] {
  const { question, expression, chains, indices } = derivation;
  const rewrites = chains.flatMap((chain) => chain.rewrites);
  const last = steps.findLast(({ level }) => level === 'main');
  const told = [last?.inMatrices?.after, last?.after].some((e) => e && toText(e) === toText(upright(expression)));
  const { expression: asked, at } = question;
  const plain = isDerivative(asked) && at.length === 0;
  const isEntryAsked = asked.kind === 'subscript' && isDerivative(asked.of) && at.length === 0;
  // inv(A*B) is read as its answer: the identity has said all.
  const isRead = last?.before !== undefined && toText(last.before) === toText(asked) && at.length === 0;
  if (told && (plain || isEntryAsked || isRead)) return [];
  const fired = rulesFired(rewrites);
  const of = indices ? subscript(asked, ...indices.map(nameOf)) : asked;
  return [
    ...(plain ? [] : rewriteSteps(rewrites, notebook, notebook.indexNames)),
    stepFor(fired.length > 0 ? fired : [lastTouch(derivation, last, notebook)], { of, after: expression }, rewrites),
  ];
}

/** Nothing is left to rewrite: the same is written another way. */
function lastTouch({ indices }: Derivation, last: Step | undefined, { letters }: Notebook): Telling {
  if (indices) return native['one entry'];
  const isEntry = last && !last.inMatrices && hasSubscripts(last.after);
  return letters.size > 0 && !isEntry ? native['a letter for a part'] : native['matrix form'];
}
