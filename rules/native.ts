/**
 * Rules that code carries out, because no pattern says them: what rewriting does natively, what normal form does that a
 * reader would call a step, and how a derivation is written down. They are named here, so that their steps are told as
 * those of all other rules are.
 */
import type { RuleSource } from './rule-source.ts';

export const native = {
  'take out what is shared': {
    name: 'take out what is shared',
    given: 'a, b, c in R',
    from: 'a*b + a*c',
    to: 'a*(b + c)',
    source: 'arithmetic',
    says: 'What all terms of a sum share comes out as a factor.',
    examples: [
      ['a*b + a*c', 'a*(b + c)'],
      ['a*(b + c) + b + c', '(a + 1)*(b + c)'],
    ],
  },
  'multiply in to cancel': {
    name: 'multiply in to cancel',
    given: 'a, b, c in R',
    from: 'a*(b/a + c)',
    to: 'b + a*c',
    source: 'arithmetic',
    says: 'A factor is multiplied in where it cancels.',
    examples: [['a*(b/a + c)', 'b + a*c']],
  },
  'over one divisor': {
    name: 'over one divisor',
    given: 'a, b in R',
    from: 'a/(a + b) + b/(a + b)',
    to: '1',
    source: 'arithmetic',
    says: 'Terms are put over the divisor that they share, and what can cancel does.',
    examples: [
      ['a/(a + b) + b/(a + b)', '1'],
      ['1 - a/(1 + a)', '1/(1 + a)'],
    ],
  },
  'multiply out': {
    name: 'multiply out',
    given: 'a, b, c in R',
    from: '(a + b)*(a - b) + c',
    to: 'a^2 - b^2 + c',
    source: 'arithmetic',
    says: 'Products of sums are multiplied out, and equal terms collected.',
    examples: [['(a + b)*(a - b) + b^2', 'a^2']],
  },
  'a delta picks one term': {
    name: 'a delta picks one term',
    given: 'y in R^n',
    from: 'sum_k(y[k]*delta(k,i))',
    to: 'y[i]',
    source: 'definition',
    says: 'Of the sum only the term where both indices agree remains.',
  },
  cancellation: {
    name: 'cancellation',
    given: 'a, b in R',
    from: 'a*(b/a)',
    to: 'b',
    source: 'arithmetic',
    says: 'What is multiplied and divided by cancels.',
  },
  'the value given for NAME': {
    name: 'the value given for NAME',
    given: 'x in R; s = 2',
    from: 'x*s',
    to: 'x*2',
    source: 'the question',
    says: 'The value that the question gives is put in.',
  },
  'a position known by its name': {
    name: 'a position known by its name',
    given: 'u in R^n; y = eye(n)[:,1]',
    from: 'u[1]',
    to: "u'*y",
    source: 'definition',
    says: 'Where y is 1, and 0 elsewhere, is the position that y is one-hot at.',
  },
  'what is declared holds again': {
    name: 'what is declared holds again',
    given: 'S in R^(n x n), symmetric',
    from: "S + S'",
    to: '2*S',
    source: 'the program',
    says: 'Entries were varied one by one; the result is read with what is declared, and defined, of the names.',
  },
  'a letter for a part': {
    name: 'a letter for a part',
    given: 'x in R; u = exp(x)',
    from: 'exp(x)^2 + exp(x)',
    to: 'u^2 + u',
    source: 'notation',
    says: 'A part that returns gets a letter.',
  },
  'definition of NAME': {
    name: 'definition of NAME',
    given: 'x in R; u = exp(x)',
    from: 'exp(x)',
    to: 'u',
    source: 'the program',
    says: 'The name is written for what it was defined as.',
  },
  'the entries of NAME sum to VALUE': {
    name: 'the entries of NAME sum to VALUE',
    given: 'z in R^n; y = softmax(z)',
    from: 'sum_i(y[i])',
    to: '1',
    source: 'the program',
    says: 'Known from the definition of the name.',
  },
  'matrix form': {
    name: 'matrix form',
    given: 'y in R^n',
    from: 'y[i]*delta(i,k) - y[i]*y[k]',
    to: "(diag(y) - y*y')[i,k]",
    source: 'notation',
    says: 'All entries together are one matrix expression.',
  },
} as const satisfies Readonly<Record<string, RuleSource>>;
