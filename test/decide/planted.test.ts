/** A law that is wrong must not prove itself: what it says is refuted by definitions, and what is true is never refuted by it. */
import { describe, expect, test } from 'vitest';
import { ruleSets } from '../../rules/sets.ts';
import { type Catalogue, compileCatalogue } from '../../src/derive/catalogue.ts';
import { verdictOf } from './verdict-of.ts';

/** All rules, but that what matches `from` becomes `to`. */
function planted(from: string, to: string): Catalogue {
  const change = <R extends { readonly from: string; readonly to: string }>(rules: readonly R[]): readonly R[] =>
    rules.map((rule) => (rule.from === from ? { ...rule, to } : rule));
  return compileCatalogue({
    ...ruleSets,
    derivatives: change(ruleSets.derivatives),
    identities: change(ruleSets.identities),
  });
}

const rows = [
  ['inv(A*B)', 'inv(A)*inv(B)', 'A, B in R^(n x n)', 'inv(A*B) == inv(A)*inv(B)', 'inv(A*B) == inv(B)*inv(A)'],
  ['det(c*A)', 'c*det(A)', 'c in R; A in R^(n x n)', 'det(c*A) == c*det(A)', 'det(c*A) == c^n*det(A)'],
  [
    'logdet(c*A)',
    'n*log(c^2) + logdet(A)',
    'c in R; A in R^(n x n)',
    'logdet(c*A) == n*log(c^2) + logdet(A)',
    'logdet(c*A) == n*log(abs(c)) + logdet(A)',
  ],
  [
    'd(tanh(x))',
    '(1 + tanh(x)^2)*d(x)',
    'x in R',
    'grad(tanh(x), x) == 1 + tanh(x)^2',
    'grad(tanh(x), x) == 1 - tanh(x)^2',
  ],
] as const;

describe.each(rows)('with %s = %s planted', (from, to, program, wrong, right) => {
  const catalogue = planted(from, to);
  test('there is such a rule', () => {
    expect([...ruleSets.derivatives, ...ruleSets.identities].map((rule) => rule.from)).toContain(from);
  });
  test('what it says is refuted', () => {
    expect(verdictOf(program, wrong, catalogue)).toMatchObject({ verdict: 'refuted' });
  });
  test('what is true is not, nor is it proved by what is wrong', () => {
    expect(verdictOf(program, right, catalogue)).toMatchObject({
      verdict: 'undecided',
      why: 'what its terms come to is not what its text says',
    });
  });
  test('without it, what is true is proved', () => {
    expect(verdictOf(program, right)).toMatchObject({ verdict: 'proved' });
  });
});

test('a law that holds only where both sides exist says so: log(c) for log|c|', () => {
  const catalogue = planted('logdet(c*A)', 'n*log(c) + logdet(A)');
  const verdict = verdictOf('c in R; A in R^(n x n)', 'logdet(c*A) == n*log(c) + logdet(A)', catalogue);
  expect(verdict).toMatchObject({ verdict: 'proved', conditions: [{ needs: 'positive' }] });
  // Where c < 0 the law takes the value away: there is nothing left to compare.
  expect(verdictOf('c in R; A in R^(n x n)', 'logdet(c*A) == n*log(-c) + logdet(A)', catalogue)).toMatchObject({
    verdict: 'undecided',
  });
});
