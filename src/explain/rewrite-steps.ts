/** Every rewriting that fired, as a step of its own. */
import { native } from '../../rules/native.ts';
import { type CellStep, type Flow, noticesOf } from '../derive/trace.ts';
import { toText } from '../print/text.ts';
import type { Reading } from '../elaborate/readings.ts';
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import type { Notice } from '../terms/notice.ts';
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

/** What the question was read as, before anything was derived. */
export function readingSteps(readings: readonly Reading[], notebook: Notebook): readonly Step[] {
  const names = notebook.indexNames;
  // A delta that picks its term is a way to write products, unless it is what a fact made of a name.
  const hasPositions = readings.some(({ kind, by }) => kind === 'rule' && by.because.length > 0);
  const steps = readings.flatMap((reading): readonly Step[] => {
    switch (reading.kind) {
      case 'identity': {
        const { rule, before, after } = reading.by;
        return [{ rules: [rule.name], says: rule.says, before, after, level: 'main', assumptions: [] }];
      }
      case 'rule':
        return rewriteSteps([reading.by], notebook, names).map((step) => ({ ...step, level: 'main' }));
      case 'normal form': {
        const isMain = hasPositions || reading.by.rules.some((rule) => rule !== 'a delta picks one term');
        return noticeStep(reading.by, notebook, names).map((step) => ({ ...step, level: isMain ? 'main' : 'detail' }));
      }
    }
  });
  return distinct(steps);
}

/** One equality of terms that normal form made; none where it is not seen once it is written. */
function noticeStep({ rules, before, after }: Notice, notebook: Notebook, given: IndexNames): readonly Step[] {
  const names = notebook.nameIndices(after.at, given);
  const [from, to] = [notebook.unbuilt(before, names), notebook.entry(after, names)];
  if (toText(from) === toText(to)) return [];
  return [
    {
      ...stepFor(
        rules.map((rule) => native[rule]),
        { before: from, after: to },
      ),
      level: 'detail',
    },
  ];
}

function distinct(steps: readonly Step[]): readonly Step[] {
  const seen = new Set<string>();
  return steps.filter(({ rules, before, after }) => {
    const key = `${rules.join()} ${before ? toText(before) : ''} = ${toText(after)}`;
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** What normal form did where the parts of a step were put together. */
export const noticeSteps = (
  step: CellStep,
  notebook: Notebook,
  namesFor: (flow: Flow) => IndexNames,
): readonly Step[] => distinct(noticesOf(step).flatMap((told) => noticeStep(told, notebook, namesFor(told.flow))));

/** The same rewriting of the same part at several places is one step. */
function once(rewrites: readonly Rewrite[]): readonly Rewrite[] {
  const seen = new Set<string>();
  return rewrites.filter(({ rule, before }) => {
    const key = `${rule.name} ${before.node.id}`;
    return !seen.has(key) && seen.add(key);
  });
}
