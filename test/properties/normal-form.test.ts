/** What the normal form promises, on random terms: one form per value, however it was written and in whatever order rules are tried. */
import { expect, test } from 'vitest';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { indexRules } from '../../src/rewrite/strategy.ts';
import { simplify } from '../../src/rewrite/simplify.ts';
import { toText } from '../../src/print/text.ts';
import { same } from '../../src/terms/construct.ts';
import { rewritten, sampleOf, samples, sameValue, shuffled } from './given.ts';

const general = indexRules(standardCatalogue().rewrites);

test('does not depend on the order of summands and factors as written', () => {
  const wrong: string[] = [];
  for (const { text, question, checked, engine } of samples('value', 150, 11)) {
    const other = rewritten(question.expression, checked, randomNumbers(text.length));
    const [a, b] = [engine.world.evaluate(question.expression), engine.world.evaluate(other)];
    if (!sameValue(a, b)) wrong.push(`${text.replaceAll('\n', '; ')}   and   ${toText(other)}`);
  }
  expect(wrong).toEqual([]);
});

test('does not depend on the names of bound indices', () => {
  const { engine } = sampleOf('A in R^(n x n); x in R^n; x');
  const { world } = engine;
  const value = (text: string) => world.evaluate(sampleOf(`A in R^(n x n); x in R^n; ${text}`).question.expression);
  for (const [a, b] of [
    ['sum_j(A[j,j]*x[j])', 'sum_k(A[k,k]*x[k])'],
    ['sum_j(sum_k(A[j,k]*A[k,j]))', 'sum_k(sum_j(A[j,k]*A[k,j]))'],
    ['sum_j(x[j]*sum_k(A[j,k]*x[k]))', "x'*A*x"],
    ['sum_{j,k,l}(A[j,k]*A[k,l]*A[l,j])', 'tr(A*A*A)'],
    ['sum_{j,k,l}(A[k,j]*A[l,k]*A[j,l])', 'tr(A^3)'],
  ] as const)
    expect(same(value(a).term, value(b).term), `${a} is ${b}`).toBe(true);
});

test('simplifying twice is simplifying once', () => {
  const examples: string[] = [];
  for (const { text, question, engine } of samples('value', 200, 12)) {
    const { term } = engine.world.evaluate(question.expression);
    const once = simplify(term, general).term;
    if (same(simplify(once, general).term, once)) continue;
    examples.push(text.replaceAll('\n', '; '));
  }
  expect(examples).toEqual([]);
});

test('answers are settled: simplifying them once more changes nothing', () => {
  const examples: string[] = [];
  for (const kind of ['grad', 'jacobian', 'hessian'] as const)
    for (const { text, question, engine } of samples(kind, 60, 14)) {
      const { term } = engine.evaluate(question.expression);
      if (same(engine.simplify(term).term, term)) continue;
      examples.push(text.replaceAll('\n', '; '));
    }
  expect(examples).toEqual([]);
});

test('the order in which rules are tried does not matter', () => {
  const random = randomNumbers(3);
  const examples: string[] = [];
  for (const { text, question, engine } of samples('value', 200, 13)) {
    const value = engine.world.evaluate(question.expression);
    const usual = simplify(value.term, general).term;
    const other = simplify(value.term, indexRules(shuffled(standardCatalogue().rewrites, random))).term;
    if (same(usual, other)) continue;
    examples.push(text.replaceAll('\n', '; '));
  }
  expect(examples).toEqual([]);
});
