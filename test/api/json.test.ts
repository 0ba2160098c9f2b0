/** Answers as plain data, and back. */
import { describe, expect, test } from 'vitest';
import { answerFromJSON } from '../../src/index.ts';
import { problemOf, program, valueOf } from './given.ts';

const answers: readonly (readonly [what: string, text: string, question: string])[] = [
  ['a matrix', 'z in R^n; tau > 0; y = softmax(z/tau)', 'jacobian(y, z)'],
  ['names of its own', 'z in R^n; tau > 0', 'jacobian(softmax(z/tau), z)'],
  ['a tensor in indices', 'A in R^(d x m); B in R^(m x k)', 'jacobian(A*B, B)'],
  ['an axis with two indices', 'A in R^(m x n); x in R^p', 'jacobian(kron(A, x), A)'],
  ['an entry by cases', 'z in R^n; y = softmax(z)', 'jacobian(y, z)[i,k] by cases'],
  ['values put in', 's in R^2; f = s[1]^2*s[2]', 'grad(f, s) at s = [1; 2]'],
  ['a one-hot label', 'v in R^n; y in R^n, onehot at o; p = softmax(v)', 'grad(-log(p[o]), v)'],
  ['conditions', 'x in R^n', 'grad(sum(log(x)), x)'],
  ['no declarations', '', "grad(x'*A*x, x)"],
];

describe.each(answers)('%s', (_, text, question) => {
  const answer = valueOf(program(text).ask(question));
  const json = JSON.stringify(answer);

  test('reads back as an equal answer', () => {
    const again = valueOf(answerFromJSON(json));
    expect(JSON.stringify(again)).toBe(json);
    expect(again.steps('detail')).toEqual(answer.steps('detail'));
    expect(again.cases()).toEqual(answer.cases());
  });
  test('can still be checked', () => {
    expect(valueOf(answerFromJSON(json)).check()).toMatchObject({ ok: true, points: 5 });
  });
});

test('an answer read back computes the same numbers', () => {
  const answer = valueOf(program('z in R^n; tau > 0').jacobian('softmax(z/tau)', 'z'));
  const values = { z: [1, 2, 3], tau: 0.5 };
  const again = valueOf(valueOf(answerFromJSON(answer.toJSON())).evaluate(values)) as number[][];
  (valueOf(answer.evaluate(values)) as number[][])
    .flat()
    .forEach((entry, n) => expect(again.flat()[n]).toBeCloseTo(entry, 14));
});

test.each([
  ['no JSON', '{', 'this is not JSON'],
  ['null', null, 'it is not an object'],
  ['another format', { format: 'x' }, 'its format is "x"'],
  ['parts missing', { format: 'matgrad-answer/1', program: '', question: 'x' }, 'text is missing'],
])('refuses %s', (_, json, message) => {
  const problem = problemOf(answerFromJSON(json));
  expect(problem.kind).toBe('request');
  expect(problem.message).toContain(message);
});

test('a text that cannot be read is a problem with a place', () => {
  const json = valueOf(program('x in R^n').grad("x'*x", 'x')).toJSON();
  expect(problemOf(answerFromJSON({ ...json, text: '2*' }))).toMatchObject({
    kind: 'syntax',
    source: { name: 'text' },
  });
});
