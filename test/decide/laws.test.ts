/** Each law is true, applies to its own left side, and to nothing that does not meet its conditions. */
import { describe, expect, test } from 'vitest';
import { laws } from '../../rules/laws.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { lawsFrom, takenApart, type IsPositive } from '../../src/decide/laws.ts';
import { compileRewrite } from '../../src/derive/compile.ts';
import { signOf } from '../../src/terms/sign.ts';
import type { Term } from '../../src/terms/node.ts';
import { checked, expression, worldOf } from '../elaborate/given.ts';
import { difference, instancesOf } from '../rules/sides.ts';

const all: readonly RuleSource[] = laws;
const compiled = lawsFrom(all.map(compileRewrite));
const isPositive: IsPositive = (t) => signOf(t) === 'positive';

/** A law at the top, with its name. */
function once(given: string, text: string): { readonly term: Term; readonly rules: readonly string[] } {
  const world = worldOf(checked(`${given}; ${text}`));
  const { term } = world.evaluate(expression(text));
  const found = takenApart(term, compiled, isPositive);
  return { term: found?.after ?? term, rules: found ? [found.rule.name] : [] };
}
/** Both in one program, so that names are the same symbols. */
function both(given: string, from: string, to: string): readonly [Term, Term, readonly string[]] {
  const world = worldOf(checked(`${given}; ${from}; ${to}`));
  const left = world.evaluate(expression(from)).term;
  const found = takenApart(left, compiled, isPositive);
  return [found?.after ?? left, world.evaluate(expression(to)).term, found ? [found.rule.name] : []];
}

describe.each(all.map((law) => [law.name, law] as const))('%s', (_, law) => {
  for (const instance of instancesOf(law))
    test(`both sides are equal, and the right one exists wherever the left one does ${instance.title}`, () => {
      expect(difference(instance)).toBeUndefined();
    });
});

describe('applies', () => {
  const rows: readonly (readonly [given: string, from: string, to: string, rule: string])[] = [
    ['x, y in R', 'exp(x + y)', 'exp(x)*exp(y)', 'exponential of a sum'],
    ['x > 0; n in R', 'x^n', 'exp(n*log(x))', 'power of a positive base'],
    ['x > 0; y in R', 'log(x*y^3)', 'log(x) + log(y^3)', 'logarithm of a product'],
    ['x in R', 'log(6*x)', 'log(6) + log(x)', 'logarithm of a product'],
    ['x in R', 'log(6)', 'log(2) + log(3)', 'logarithm of a product'],
    ['x in R', 'log(1/3)', '-log(3)', 'logarithm of a power'],
    ['x in R', 'log(abs(x)^3)', '3*log(abs(x))', 'logarithm of a power by a number'],
    ['x in R', 'log(x^2)', '2*log(abs(x))', 'logarithm of an even power'],
    ['x > 0; y in R', 'log(x^y)', 'y*log(x)', 'logarithm of a power'],
    ['x > 0; y > 0', 'log(x + x*y)', 'log(x) + log(1 + y)', 'logarithm of a product'],
    ['x, y in R', 'log(x*y)', 'log(abs(x)) + log(abs(y))', 'logarithm of a product of whatever signs'],
    ['x in R', 'log(-x)', 'log(abs(x))', 'logarithm of a product of whatever signs'],
    ['x, y in R^n', 'sqrt(x.*y)', 'sqrt(abs(x)).*sqrt(abs(y))', 'root of a product'],
    ['x, y, z in R', 'z*(x*y)^(3/2)', 'z*abs(x)^(3/2)*abs(y)^(3/2)', 'root of a product'],
    ['x in R', 'log(exp(x))', 'x', 'logarithm of an exponential'],
    ['x, y in R', 'abs(x*y)', 'abs(x)*abs(y)', 'absolute value of a product'],
    ['x in R', 'abs(x^3)', 'abs(x)^3', 'absolute value of a power'],
    ['x, y in R', 'sin(x + y)', 'sin(x)*cos(y) + cos(x)*sin(y)', 'sine of a sum'],
    ['x in R', 'cos(3*x)', 'cos(x)*cos(2*x) - sin(x)*sin(2*x)', 'cosine of a sum'],
    // A sum as the first of its terms and the rest, x as often as it stands there, up to six times.
    ['x in R', 'sin(6*x)', 'sin(x)*cos(5*x) + cos(x)*sin(5*x)', 'sine of a sum'],
    ['x, y in R', 'cos(x - 5*y)', 'cos(x)*cos(5*y) + sin(x)*sin(5*y)', 'cosine of a sum'],
    ['x, y in R', 'cos(x/2 + 5*y)', 'cos(x/2)*cos(5*y) - sin(x/2)*sin(5*y)', 'cosine of a sum'],
    [
      'a, b, c, d, e, f, g in R',
      'exp(a + b + c + d + e + f + g)',
      'exp(b)*exp(a + c + d + e + f + g)',
      'exponential of a sum',
    ],
    // A product as one factor, and a number, and the rest; what summands share is a factor.
    ['x > 0; y > 0', 'log(x^3 + x^2)', 'log(x^2) + log(1 + x)', 'logarithm of a product'],
    ['x > 0; y > 0', 'log(x + 1/x)', 'log(1/x) + log(x^2 + 1)', 'logarithm of a product'],
    ['x > 0; y > 0', 'log(x^2*y + x*y^2)', 'log(y) + log(x*(x + y))', 'logarithm of a product'],
    ['x > 0; y > 0', 'log(2*x*y + 4*y)', 'log(2) + log(y*(x + 2))', 'logarithm of a product'],
    ['x > 0; y > 0', 'log(3*y*(x + 1))', 'log(3) + log(y*(x + 1))', 'logarithm of a product'],
    ['x in R', 'log(5/3)', 'log(5) + log(1/3)', 'logarithm of a product'],
    ['x in R', 'log(1005973)', 'log(997) + log(1009)', 'logarithm of a product'],
    ['x in R', 'log(4)', 'log(2) + log(2)', 'logarithm of a product'],
    ['x, y, z in R', 'abs(x*y*z)', 'abs(y)*abs(x*z)', 'absolute value of a product'],
    ['x, y in R', 'abs(x^2*y)', 'x^2*abs(y)', 'absolute value of a product'],
    ['x, y in R', '5*sqrt(x*y)', '5*sqrt(abs(x))*sqrt(abs(y))', 'root of a product'],
    ['x, y in R^n', 'sum(sqrt(x.*y))', 'sum(sqrt(abs(x)).*sqrt(abs(y)))', 'root of a product'],
    ['x, y in R', 'sqrt(x)*sqrt(y*x)', 'sqrt(x)*sqrt(abs(x))*sqrt(abs(y))', 'root of a product'],
  ];
  test.each(rows)('%s: %s is %s', (given, from, to, rule) => {
    const [done, wanted, rules] = both(given, from, to);
    expect(done.node).toBe(wanted.node);
    expect(rules.at(-1)).toBe(rule);
  });
});

describe('stays', () => {
  const rows: readonly (readonly [why: string, given: string, from: string])[] = [
    ['an odd power keeps the sign', 'x in R', 'log(x^3)'],
    ['the base may be negative', 'x, y in R', 'x^y'],
    ['seven parts are too many', 'x in R', 'sin(7*x)'],
    ['a multiple of pi that is not whole', 'x in R', 'sin(x*pi)'],
    ['a product in an exponential', 'x, y in R', 'exp(x*y)'],
    ['a sum under an absolute value', 'x, y in R', 'abs(x + y)'],
    ['a sum over all entries', 'x in R^n', 'abs(sum(x))'],
    ['a product summed over entries', 'x, y in R^n', "log(x'*y)"],
    ['with the other summand seven are too many', 'x, y in R', 'cos(x - 6*y)'],
    ['and so are half of one and six', 'x, y in R', 'cos(x/2 + 6*y)'],
    ['half of something is no sum', 'x in R', 'sin(x/2)'],
    ['a minus is no content', 'x, y in R', 'log(-x - y)'],
    ['what summands share may be negative', 'x, y in R', 'log(x + x*y)'],
    ['a prime is no product', 'x in R', 'log(7)'],
    ['factors beyond a thousand are not looked for', 'x in R', 'log(1022117)'],
    ['a name alone is no power and no product', 'x in R', 'log(abs(x))'],
    ['an odd power of a product of any signs', 'x, y in R', 'abs(abs(x))'],
    ['an integer power is no root', 'x, y in R', '(x*y)^3'],
    ['a root of a sum', 'x, y in R', 'sqrt(x + y)'],
    ['other functions have no laws', 'x, y in R', 'erf(x + y)'],
  ];
  test.each(rows)('%s: %s; %s', (_, given, from) => expect(once(given, from).rules).toEqual([]));
});

describe('one law alone', () => {
  const only = (name: string, given: string, text: string): boolean => {
    const world = worldOf(checked(`${given}; ${text}`));
    const alone = lawsFrom(all.filter((law) => law.name === name).map(compileRewrite));
    return takenApart(world.evaluate(expression(text)).term, alone, isPositive) !== undefined;
  };
  const rows: readonly (readonly [law: string, given: string, text: string, applies: boolean])[] = [
    ['logarithm of a power by a number', 'x in R', 'log(abs(x)^3)', true],
    ['logarithm of a power by a number', 'x in R', 'log(3*abs(x)^3)', false],
    ['logarithm of a power by a number', 'x, y in R', 'log(abs(x)^3*abs(y)^3)', false],
    ['logarithm of a power by a number', 'x in R', 'log(abs(x))', false],
    ['logarithm of a power by a number', 'x in R', 'log(x^3)', false],
    ['logarithm of a power by a number', 'x in R', 'log(1/3)', true],
    ['logarithm of a power by a number', 'x in R', 'log(2/3)', false],
    ['logarithm of a power by a number', 'x in R', 'log(3)', false],
    ['logarithm of an even power', 'x in R', 'log(x^4)', true],
    ['logarithm of an even power', 'x in R', 'log(x^(-2))', true],
    ['logarithm of an even power', 'x in R', 'log(x^3)', false],
    ['logarithm of an even power', 'x in R^n', 'log(sum(x)^2)', true],
    ['logarithm of an even power', 'x in R^n', "log(x'*x)", false],
    ['logarithm of a power', 'x > 0; y in R', 'log(x^y)', true],
    ['logarithm of a power', 'x, y in R', 'log(x^y)', false],
    ['logarithm of a product', 'x > 0; y in R', 'log(x*y)', true],
    ['logarithm of a product', 'x, y in R', 'log(x*y)', false],
    ['absolute value of a positive number', 'x in R, nonnegative', 'abs(x + 0*x)', false],
    ['absolute value of a power', 'x in R', 'abs(x^3)', true],
    ['root of a product', 'x, y in R', 'sqrt(x*y)', true],
    ['root of a product', 'x, y in R', 'abs(x*y)', false],
    ['power of a positive base', 'x > 0; y in R', 'x^y', true],
    ['power of a positive base', 'x, y in R', 'x^y', false],
  ];
  test.each(rows)('%s: %s; %s: %s', (law, given, text, applies) => expect(only(law, given, text)).toBe(applies));
});
