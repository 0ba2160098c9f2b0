/** Every rewriting that fired, as a step of its own. */
import { native } from '../../rules/native.ts';
import { type CellStep, type Flow, noticesOf } from '../derive/trace.ts';
import { toText } from '../print/text.ts';
import type { Restatement } from '../rewrite/identity.ts';
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import type { IndexNames } from './index-form.ts';
import type { Notebook } from './notebook.ts';
import { assumptionsOf, isDefinition, stepFor, type Step } from './step.ts';

/** Each rule once, definitions last: they are the least surprising. Arithmetic is named where it is all there is. */
export function rulesFired(rewrites: readonly Rewrite[]): readonly Telling[] {
  const rules = [...new Map(rewrites.map(({ rule }) => [rule.name, rule])).values()];
  const telling = rules.filter(({ source }) => source !== 'arithmetic');
  const named = telling.length > 0 ? telling : rules;
  return [...named.filter((rule) => !isDefinition(rule)), ...named.filter(isDefinition)];
}

export const rewriteSteps = (
  rewrites: readonly Rewrite[],
  notebook: Notebook,
  given: IndexNames = new Map(),
): readonly Step[] =>
  once(rewrites).map((rewrite): Step => {
    const names = notebook.nameIndices([...rewrite.before.at, ...rewrite.after.at], given);
    return {
      rules: [rewrite.rule.name],
      says: rewrite.rule.says,
      before: notebook.entry(rewrite.before, names),
      after: notebook.entry(rewrite.after, names),
      level: 'detail',
      assumptions: assumptionsOf([rewrite]),
    };
  });

/** What the question was read as, identity by identity. */
export function restatedSteps(restatements: readonly Restatement[]): readonly Step[] {
  const seen = new Set<string>();
  return restatements.flatMap(({ rule, before, after }): readonly Step[] => {
    const key = `${rule.name} ${toText(before)}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ rules: [rule.name], says: rule.says, before, after, level: 'main', assumptions: [] }];
  });
}

/** What normal form did where the parts of a step were put together. */
export function noticeSteps(step: CellStep, notebook: Notebook, namesFor: (flow: Flow) => IndexNames): readonly Step[] {
  const told = new Set<string>();
  return noticesOf(step).flatMap(({ rules, before, after, flow }): readonly Step[] => {
    const all = notebook.nameIndices(after.at, namesFor(flow));
    const [from, to] = [notebook.unbuilt(before, all), notebook.entry(after, all)];
    const key = `${toText(from)} = ${toText(to)}`;
    if (toText(from) === toText(to) || told.has(key)) return [];
    told.add(key);
    const named = rules.map((rule) => native[rule]);
    return [{ ...stepFor(named, { before: from, after: to }), level: 'detail' }];
  });
}

/** The same rewriting of the same part at several places is one step. */
function once(rewrites: readonly Rewrite[]): readonly Rewrite[] {
  const seen = new Set<string>();
  return rewrites.filter(({ rule, before }) => {
    const key = `${rule.name} ${before.node.id}`;
    return !seen.has(key) && seen.add(key);
  });
}
