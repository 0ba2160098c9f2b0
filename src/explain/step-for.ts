/** A main step with its rules, their sentence and what its rewritings assumed. */
import type { Rewrite } from '../rewrite/rule.ts';
import { assumptionsOf, sentenceFor } from './sentences.ts';
import type { Equation, Step } from './step.ts';

export const stepFor = (rules: readonly string[], equation: Equation, rewrites: readonly Rewrite[] = []): Step => ({
  rules: [...new Set(rules)],
  says: sentenceFor([...new Set(rules)]),
  ...equation,
  level: 'main',
  assumptions: assumptionsOf(rewrites),
});
