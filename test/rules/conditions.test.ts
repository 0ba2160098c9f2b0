/** A rule's conditions: it does not fire where one is missing, and it would be false, or never end, without it. */
import { describe, expect, test } from 'vitest';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { answerLine } from '../../src/cli/batch.ts';
import { compileRewrite } from '../../src/derive/compile.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import { same } from '../../src/terms/construct.ts';
import { termsOver } from '../rewrite/given.ts';
import { textOf } from '../rewrite/simplify-given.ts';

const all: readonly RuleSource[] = [...facts, ...folds];
const ruleNamed = (name: string): RuleSource => all.find((rule) => rule.name === name)!;
const conditional = all.filter(({ where = [] }) => where.some((text) => !text.endsWith('written negative')));

describe('where the fact is not stated, the rule does not fire', () => {
  test.each(conditional.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    const { term } = termsOver(rule.given);
    expect(applyRule(compileRewrite(rule), term(rule.from))).toBeUndefined();
  });
});

describe('rules whose condition is about how something is written', () => {
  const { term } = termsOver('a, b in R');
  const fires = (name: string, from: string, to: string | undefined): void => {
    const done = applyRule(compileRewrite(ruleNamed(name)), term(from));
    if (to === undefined) expect(done).toBeUndefined();
    else expect(same(done!, term(to))).toBe(true);
  };
  test('1 - sigmoid(-a) is sigmoid(a), and 1 - sigmoid(a) stays', () => {
    fires('sigmoid of the opposite', '1 - sigmoid(-a)', 'sigmoid(a)');
    fires('sigmoid of the opposite', '1 - sigmoid(a)', undefined);
    fires('sigmoid of the opposite', '1 - sigmoid(-2*a*b)', 'sigmoid(2*a*b)');
    expect(textOf('a in R; 1 - sigmoid(a)')).toBe('1 - sigmoid(a)');
  });
  test('sigmoid(a)*sigmoid(-a) is written with the one that has no minus', () => {
    fires('sigmoid times its opposite', 'sigmoid(-a)*sigmoid(a)', 'sigmoid(a)*(1 - sigmoid(a))');
  });
});

/** What a fact is worth, and what another fact, or the same of another axis, is not. */
describe('answers use a fact that is stated, and no other', () => {
  test.each([
    ['y in R^n, simplex; sum(y)', '1'],
    ['y in R^n, onehot; sum(y)', '1'],
    ['y in R^n, nonnegative; sum(y)', 'sum(y)'],
    ['y in R^n, binary; sum(y)', 'sum(y)'],
    ['Y in R^(n x m), onehot; sum(Y, 2)', 'ones(n)'],
    ['Y in R^(n x m), onehot; sum(Y, 1)', 'sum(Y, 1)'],
    ['y in R^n, onehot; y.^2', 'y'],
    ['y in R^n, binary; y.^2', 'y'],
    ['y in R^n, simplex; y.^2', 'y.^2'],
    ['y in R^n, pm1; y.^2', 'ones(n)'],
    ['y in R^n, pm1; y.^3', 'y'],
    ['y in R^n, nonzero; y.^2', 'y.^2'],
    ['y in R^n, binary; (2*y - 1).^2', 'ones(n)'],
    ['y in R^n; (2*y - 1).^2', '(2*y - 1).^2'],
    ["Q in R^(n x n), orthogonal; Q'*Q", 'eye(n)'],
    ["Q in R^(n x n), orthogonal; Q*Q'", 'eye(n)'],
    ['Q in R^(n x n), orthogonal; Q*Q', 'Q^2'],
    ['Q in R^(n x n), orthogonal; inv(Q)', "Q'"],
    ["Q in R^(n x n), invertible; Q'*Q", "Q'*Q"],
    ['Q in R^(n x n), invertible; inv(Q)', 'inv(Q)'],
    ["Q in R^(n x n), orthogonal; x in R^n; x'*Q'*Q*x", "x'*x"],
    ["Q in R^(n x n), orthogonal; S in R^(n x n), symmetric; Q'*S*Q", "Q'*S*Q"],
    ['x in R^n; sum(softmax(x))', '1'],
    ['X in R^(n x m); sum(softmax(X), 2)', 'ones(n)'],
    ['X in R^(n x m); sum(softmax(X), 1)', 'sum(softmax(X), 1)'],
    ['x in R^n; sum(sigmoid(x))', 'sum(sigmoid(x))'],
    ['x in R^n; 1[x > 0].*1[x > 0]', '1[x > 0]'],
    ['x in R^n; step(x).^2', 'step(x)'],
    ['x in R^n; relu(x).^2', 'relu(x).^2'],
    ['X in R^(n x n); X*inv(X)', 'eye(n)'],
    ['X in R^(n x n); tr(inv(X)*X)', 'n'],
    ["X in R^(n x n); X*inv(X')", "X*inv(X)'"],
  ])('%s is %s', (program, answer) => expect(textOf(program)).toBe(answer));
});

describe('an inverse has its condition unless what is inverted is certainly invertible', () => {
  const given = 'A, B in R^(m x n); S in R^(n x n), spd; y in R^n, pm1';
  const conditionsOf = (ask: string): string =>
    JSON.stringify(
      (answerLine(JSON.stringify({ program: given, ask, want: ['conditions'] })) as { conditions?: unknown })
        .conditions,
    );
  test.each([
    "inv(A'*A - B'*B + eye(n))",
    "inv(eye(n) - A'*A)",
    "inv(A'*A)",
    "inv(A'*A + B'*B)",
    'inv(S - eye(n))',
    '1/sum(y)',
  ])('%s', (ask) => expect(conditionsOf(ask)).toMatch(/invertible|!= 0|nonzero/));
  test.each(["inv(A'*A + B'*B + eye(n))", "inv(S + A'*A)", 'inv(S)', 'inv(2*S)'])('%s has none', (ask) =>
    expect(conditionsOf(ask)).toBe('[]'),
  );
});
