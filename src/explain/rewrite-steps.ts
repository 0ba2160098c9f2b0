/** Every rewriting that fired, as a step of its own. */
import type { Rewrite } from '../rewrite/rule.ts';
import type { Notebook } from './notebook.ts';
import { assumptionsOf, isDefinition, sentenceFor } from './sentences.ts';
import type { Step } from './step.ts';

/** Each rule once, definitions last: they are the least surprising. */
export function rulesFired(rewrites: readonly Rewrite[]): readonly string[] {
  const names = [...new Set(rewrites.map(({ rule }) => rule))];
  return [...names.filter((rule) => !isDefinition(rule)), ...names.filter(isDefinition)];
}

export const rewriteSteps = (rewrites: readonly Rewrite[], notebook: Notebook): readonly Step[] =>
  rewrites.map((rewrite): Step => {
    const names = notebook.nameIndices([...rewrite.before.at, ...rewrite.after.at], new Map());
    return {
      rules: [rewrite.rule],
      says: sentenceFor([rewrite.rule]),
      before: notebook.entry(rewrite.before, names),
      after: notebook.entry(rewrite.after, names),
      level: 'detail',
      assumptions: assumptionsOf([rewrite]),
    };
  });
