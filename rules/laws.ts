/**
 * How exponentials, logarithms, absolute values, powers, sines and cosines of sums, products and powers come apart: used to
 * decide claims. A sum or product of any length is its first part and the rest, 3*x is x and 2*x, x^2/y is x^2 and 1/y.
 * `a is positive` is also granted where the claim itself needs it, as one that takes log(a) does.
 */
import { wavesOfAngles } from './folds.ts';
import { functionDefinitions } from './functions/index.ts';
import type { RuleSource } from './rule-source.ts';

export const laws = [
  {
    name: 'exponential of a sum',
    given: 'a, b in R',
    from: 'exp(a + b)',
    to: 'exp(a)*exp(b)',
    source: 'DLMF 4.8.13',
    says: 'A sum in the exponent is a product of exponentials.',
  },
  {
    name: 'exponential of a logarithm',
    given: 'a in R',
    from: 'exp(log(a))',
    to: 'a',
    source: 'DLMF 4.8.1',
    says: 'The exponential undoes the logarithm.',
  },
  {
    name: 'power of a positive base',
    given: 'a, b in R',
    from: 'a^b',
    to: 'exp(b*log(a))',
    where: ['a is positive'],
    source: 'DLMF 4.2.26',
    says: 'A power of a positive number is an exponential.',
  },
  {
    name: 'logarithm of an exponential',
    given: 'a in R',
    from: 'log(exp(a))',
    to: 'a',
    source: 'DLMF 4.8.2',
    says: 'The logarithm undoes the exponential.',
  },
  {
    name: 'logarithm of a product',
    given: 'a, b in R',
    from: 'log(a*b)',
    to: 'log(a) + log(b)',
    // Where the left side exists, a*b > 0: then neither is 0, and b is positive if a is.
    where: ['a is nonnegative'],
    source: 'DLMF 4.8.2',
    says: 'The logarithm of a product is the sum of the logarithms.',
  },
  {
    name: 'logarithm of a power',
    given: 'a, b in R',
    from: 'log(a^b)',
    to: 'b*log(a)',
    where: ['a is positive'],
    source: 'DLMF 4.8.5',
    says: 'The exponent comes out of a logarithm as a factor.',
  },
  {
    name: 'logarithm of a power by a number',
    given: 'a, b in R',
    from: 'log(a^b)',
    to: 'b*log(a)',
    // 0^0 is 1: any other power of 0 has no logarithm.
    where: ['a is nonnegative', 'b is a nonzero number'],
    source: 'DLMF 4.8.5',
    says: 'The exponent comes out of a logarithm as a factor.',
  },
  {
    name: 'logarithm of an even power',
    given: 'a, b in R',
    from: 'log(a^b)',
    to: 'b*log(abs(a))',
    where: ['b is a nonzero even integer'],
    source: 'DLMF 4.8.5',
    says: 'An even power forgets the sign, so the absolute value stands in the logarithm.',
  },
  {
    name: 'logarithm of a product of whatever signs',
    given: 'a, b in R',
    from: 'log(a*b)',
    to: 'log(abs(a)) + log(abs(b))',
    // Where the left side exists, a*b is positive, so that it is |a|*|b|.
    source: 'DLMF 4.8.2',
    says: 'A product that is positive is the product of the absolute values.',
  },
  {
    name: 'root of a product',
    given: 'a, b, p in R',
    from: '(a*b)^p',
    to: 'abs(a)^p*abs(b)^p',
    // p is no integer: where the left side exists, a*b is not negative, so that it is |a|*|b|.
    where: ['p is no integer'],
    source: 'DLMF 4.8.15',
    says: 'A product that is not negative is the product of the absolute values, and its root the product of their roots.',
  },
  {
    name: 'absolute value of a product',
    given: 'a, b in R',
    from: 'abs(a*b)',
    to: 'abs(a)*abs(b)',
    source: 'DLMF 1.9.7',
    says: 'The absolute value of a product is the product of the absolute values.',
  },
  {
    name: 'absolute value of a power',
    given: 'a, b in R',
    from: 'abs(a^b)',
    to: 'abs(a)^b',
    source: 'DLMF 1.9.7',
    says: 'The absolute value of a power is the power of the absolute value.',
  },
  {
    name: 'absolute value of a positive number',
    given: 'a in R',
    from: 'abs(a)',
    to: 'a',
    where: ['a is nonnegative'],
    source: 'definition',
    says: 'What is not negative is its own absolute value.',
  },
  {
    name: 'sine of a sum',
    given: 'a, b in R',
    from: 'sin(a + b)',
    to: 'sin(a)*cos(b) + cos(a)*sin(b)',
    source: 'DLMF 4.21.1',
    says: 'The addition theorem of the sine.',
  },
  {
    name: 'cosine of a sum',
    given: 'a, b in R',
    from: 'cos(a + b)',
    to: 'cos(a)*cos(b) - sin(a)*sin(b)',
    source: 'DLMF 4.21.2',
    says: 'The addition theorem of the cosine.',
  },
] as const satisfies readonly RuleSource[];

// ---- definitions
// Functions written out in terms of fewer ones: what deciding a claim unfolds. Answers never use these.

export const definitions: readonly RuleSource[] = [
  ...functionDefinitions,
  {
    name: 'product of exponentials',
    given: 'x in R^n',
    from: 'prod(exp(x))',
    to: 'exp(sum(x))',
    source: 'DLMF 4.8.13',
    says: 'A product of exponentials is the exponential of a sum.',
  },
  {
    name: 'logarithm of a product of entries',
    given: 'x in R^n',
    from: 'log(prod(x))',
    to: 'sum(log(abs(x)))',
    source: 'DLMF 4.8.2',
    says: 'A product that is positive is the product of the absolute values, and its logarithm the sum of theirs.',
  },
  ...wavesOfAngles,
];
