/** Forms that do not overflow, put in before code is made; the printed formula stays as derived. The folds come first. */
import { companionForms } from './functions/index.ts';
import type { RuleSource } from './rule-source.ts';

export const stableForms: readonly RuleSource[] = [
  {
    name: 'softplus for log(1 + exp(x))',
    given: 'x in R',
    from: 'log(1 + exp(x))',
    to: 'softplus(x)',
    source: 'definition',
    says: 'exp(x) overflows where softplus(x) is just x.',
  },
  {
    name: 'log of sigmoid',
    given: 'x in R',
    from: 'log(sigmoid(x))',
    to: '-softplus(-x)',
    source: 'definition',
    says: 'sigmoid(x) rounds to 0 long before its logarithm does.',
  },
  {
    name: 'log of 1 minus sigmoid',
    given: 'x in R',
    from: 'log(1 - sigmoid(x))',
    to: '-softplus(x)',
    source: 'definition',
    says: '1 - sigmoid(x) rounds to 0 long before its logarithm does.',
  },
  {
    name: 'logsumexp for the log of a mean of exponentials',
    given: 'x in R^n; c > 0',
    from: 'log(c*sum_j(exp(x[j])))',
    to: 'log(c) + logsumexp(x)',
    source: 'definition',
    says: 'The sum overflows where its logarithm does not.',
  },
  {
    name: 'sigmoid of the opposite for 1/(1 + exp(x))',
    given: 'x in R',
    from: '1/(1 + exp(x))',
    to: 'sigmoid(-x)',
    source: 'definition',
    says: '1/(1 + exp(x)) is sigmoid(-x).',
  },
  // Last: softplus is better than log1p(exp(x)).
  ...companionForms,
];
