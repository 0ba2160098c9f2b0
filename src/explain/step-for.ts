/** A main step with its rules, their sentence and what its rewritings assumed. */
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import { assumptionsOf, sentenceFor } from './sentences.ts';
import type { Equation, Step } from './step.ts';

export const stepFor = (rules: readonly Telling[], equation: Equation, rewrites: readonly Rewrite[] = []): Step => ({
  rules: [...new Set(rules.map(({ name }) => name))],
  says: sentenceFor(rules),
  ...equation,
  level: 'main',
  assumptions: assumptionsOf(rewrites),
});
