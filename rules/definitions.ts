/** Functions written out in terms of fewer ones: what deciding a claim unfolds. Answers never use these. */
import { functionDefinitions } from './functions/index.ts';
import type { RuleSource } from './rule-source.ts';

export const definitions: readonly RuleSource[] = [
  ...functionDefinitions,
  {
    name: 'cosine of asin',
    given: 'x in R',
    from: 'cos(asin(x))',
    to: 'sqrt(1 - x^2)',
    source: 'Pythagoras',
    says: 'The cosine is not negative between -pi/2 and pi/2.',
  },
  {
    name: 'sine of atan',
    given: 'x in R',
    from: 'sin(atan(x))',
    to: 'x/sqrt(1 + x^2)',
    source: 'Pythagoras',
    says: 'In a right triangle with legs x and 1.',
  },
  {
    name: 'cosine of atan',
    given: 'x in R',
    from: 'cos(atan(x))',
    to: '1/sqrt(1 + x^2)',
    source: 'Pythagoras',
    says: 'In a right triangle with legs x and 1.',
  },
];
