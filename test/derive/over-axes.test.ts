/** Functions of all entries at once, of arrays with several axes: their rules are about vectors. */
import { describe, expect, test } from 'vitest';
import { program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations = 'X, Y in R^(n x m); x in R^n; y in R^m; A in R^(n x n)';
const questions: readonly (readonly [question: string, answer: string])[] = [
  ['grad(max(X), X)', '1[X == max(X)]'],
  ['jvp(max(X), X, Y)', 'sum(1[X == max(X)].*Y)'],
  ['grad(max(X.*Y), X)', '1[X.*Y == max(X.*Y)].*Y'],
  ["grad(max(x*y'), x)", "1[x*y' == max(x*y')]*y"],
  ['grad(max(A), A)', '1[A == max(A)]'],
  ['grad(max(x), x)', '1[x == max(x)]'],
];
describe.each(questions)('%s', (question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as a formula', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () =>
    expect(answer.check({ points: 4, seed: 3 })).toMatchObject({ ok: true }));
});

test.each([
  ['grad(max(X), X) == 1[X == max(X)]', 'proved'],
  ['sum(grad(max(X), X)) == 1', 'proved'],
  ['grad(max(X), X) == 1[X >= max(X) - 1]', 'refuted'],
])('%s is %s', (claim, verdict) => expect(verdictOf('X in R^(n x m)', claim).verdict).toBe(verdict));
