import { expect, test } from 'vitest';
import { calculus } from '../../rules/calculus.ts';
import { derivatives } from '../../rules/sets.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { native as natives } from '../../rules/native.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { parseExpression, parseProgram } from '../../src/parse/parse.ts';
import { stepsOf } from './given.ts';

const native: readonly RuleSource[] = Object.values(natives);
const known = new Set<string>([...calculus, ...native, ...derivatives, ...facts, ...folds].map(({ name }) => name));
const isKnown = (rule: string): boolean =>
  known.has(
    rule
      .replace(/^definition of .*/, 'definition of NAME')
      .replace(/^the entries of .* sum to .*/, 'the entries of NAME sum to VALUE'),
  );

test.each([
  ['z in R^n; tau > 0; y = exp(z/tau)/sum(exp(z/tau))', 'jacobian(y, z)'],
  ['x in R', 'grad((exp(x) - exp(-x))/(exp(x) + exp(-x)), x)'],
  ['x in R^n; A in R^(n x n)', "grad(x'*A*x/(x'*x), x)"],
  ['A in R^(m x n); x in R^n; b in R^m', 'hessian(logsumexp(A*x + b), x)'],
  ['s in R^m; y in R^n; f : R^m -> R^n; r = f(s) - y; h = 1/2*norm2(r)^3', 'grad(h, s)'],
  ['x, v in R^(1 x N); s = softmax(x)', 'v*jacobian(s, x)'],
  ['X in R^(n x n), invertible', 'jacobian(inv(X), X)'],
  ['x, v in R^n; A in R^(n x n)', 'hvp(logsumexp(A*x), x, v)'],
  ['x in R^n; A in R^(n x n)', "d(x'*A*x)"],
  ['s in R^2', 'jacobian([s[1]*s[2]; s[1]^2 + s[2]^2; s[1]], s)'],
  ['a, b in R', 'grad(sin(a*b)*exp(a)/b^2, a)'],
])('%s, %s: each rule exists, and no index is a number with an i', (program, question) => {
  const steps = stepsOf(program, question, 'detail');
  expect(steps.length).toBeGreaterThan(0);
  expect(steps.flatMap(({ rules }) => rules).filter((rule) => !isKnown(rule))).toEqual([]);
  expect(JSON.stringify(steps, (_, v: unknown) => (typeof v === 'bigint' ? `${v}` : v))).not.toMatch(/"i\d\d|§/);
});

test.each([...calculus, ...native].map((rule: RuleSource) => [rule.name, rule] as const))(
  '%s is written in the language',
  (_, { given, from, to }) => {
    expect([parseProgram(given).ok, parseExpression(from).ok, parseExpression(to).ok]).toEqual([true, true, true]);
  },
);
test('names are unique', () => {
  expect(known.size).toBe(calculus.length + native.length + derivatives.length + facts.length + folds.length);
});
