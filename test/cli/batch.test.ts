/** Batch mode, line by line. */
import { describe, expect, test } from 'vitest';
import { answerLine } from '../../src/cli/batch.ts';

const ask = (request: unknown): Readonly<Record<string, unknown>> => answerLine(JSON.stringify(request));
const errorOf = (request: unknown): unknown => ask(request)['error'];

describe('answers', () => {
  test('the request of LANGUAGE.md', () => {
    const answer = ask({
      id: 'S1',
      program: 'z in R^n; tau > 0; y = softmax(z/tau)',
      ask: 'jacobian(y, z)',
      sizes: { n: 3 },
      values: { z: [0.1, 0.2, 0.3], tau: 0.5 },
      want: ['text', 'latex', 'steps', 'value', 'conditions'],
    });
    expect(answer).toMatchObject({
      id: 'S1',
      ok: true,
      text: "(diag(y) - y*y')/tau",
      shape: ['n', 'n'],
      operations: 9,
      conditions: [],
    });
    expect(answer['value']).toHaveLength(3);
    for (const step of answer['steps'] as readonly unknown[])
      expect(step).toMatchObject({
        rule: expect.any(String) as string,
        before: expect.any(String) as string,
        after: expect.any(String) as string,
      });
    expect(answer['milliseconds']).toEqual(expect.any(Number));
  });
  test('declarations as vars, the derivative as expr, wrt and kind', () => {
    const vars = { A: { shape: ['n', 'n'], domain: 'symmetric' }, x: { shape: ['n'], domain: 'real' } };
    expect(ask({ vars, expr: "x'*A*x", wrt: 'x', kind: 'gradient' })).toMatchObject({ ok: true, text: '2*A*x' });
    expect(ask({ vars, expr: "x'*A*x", wrt: 'x', kind: 'hessian' })).toMatchObject({ ok: true, text: '2*A' });
    expect(ask({ vars: { x: { shape: [1, 'n'] } }, expr: 'softmax(x)', wrt: 'x', kind: 'jacobian' })).toMatchObject({
      ok: true,
      shape: ['n', 'n'],
    });
    expect(ask({ vars: { x: { shape: [] } }, expr: 'x^3', wrt: 'x' })).toMatchObject({
      ok: true,
      text: '3*x^2',
      shape: [],
    });
    expect(ask({ vars: { x: { shape: [3] } }, expr: 'x', values: { x: [1, 2, 3] } })).toMatchObject({
      ok: true,
      shape: [3],
      value: [1, 2, 3],
    });
  });
  test('names of its own come in where; with let there are none, and what was printed reads back', () => {
    const vars = { z: { shape: ['n'] }, tau: { shape: [], domain: 'positive' } };
    const values = { z: [1, 2], tau: 0.5 };
    const first = ask({ vars, expr: 'softmax(z/tau)', wrt: 'z', kind: 'jacobian', values });
    expect(first).toMatchObject({ ok: true, where: [{ name: 's', text: 'softmax(z/tau)' }] });
    const again = ask({ vars, let: [['s', 'softmax(z/tau)']], expr: first['text'], values, want: ['value'] });
    expect(again['where']).toBeUndefined();
    expect(again['value']).toEqual(first['value']);
  });
  test('claims', () => {
    expect(ask({ program: 'x in R', ask: 'check sin(x) == x' })).toMatchObject({
      ok: true,
      verdict: 'refuted',
      counterexample: { values: { x: expect.any(Number) as number } },
    });
    expect(ask({ program: 'x in R^n; c in R', ask: 'softmax(x + c) == softmax(x)' })).toMatchObject({
      ok: true,
      verdict: 'proved',
    });
  });
  test('several gradients at once', () => {
    const answer = ask({ program: 'A in R^(m x n); x in R^n; f = norm2(A*x)^2', ask: 'grad(f, A, x)' });
    expect((answer['answers'] as readonly { readonly text: string }[]).map(({ text }) => text)).toEqual([
      "2*A*x*x'",
      "2*A'*A*x",
    ]);
  });
  test('cases, and a check', () => {
    const answer = ask({ program: 'x in R^n; y = softmax(x)', ask: 'jacobian(y, x)[i,k] by cases', want: ['check'] });
    expect(answer).toMatchObject({ cases: [{ when: 'i == k' }, { when: 'i != k' }], check: { ok: true } });
  });
  test('Greek names in values', () => {
    expect(ask({ ask: 'grad(τ^2, τ)', values: { τ: 3 } })).toMatchObject({ ok: true, value: 6 });
  });
});

describe('errors', () => {
  test('have the place in the right text', () => {
    expect(errorOf({ program: 'x in R^n\ny = (x', ask: 'y' })).toMatchObject({
      kind: 'syntax',
      line: 2,
      column: 5,
      source: 'program',
    });
    expect(errorOf({ program: 'x in R^n', ask: "grad(x'*x, xx)" })).toMatchObject({
      kind: 'name',
      line: 1,
      column: 12,
      source: 'ask',
      hint: 'x?',
    });
    expect(errorOf({ vars: { x: { shape: ['n'] } }, expr: 'x + q', wrt: 'x' })).toMatchObject({
      kind: 'name',
      line: 1,
      column: 5,
      source: 'expr',
    });
    expect(errorOf({ program: 'x in R^n', let: [['s', 'exp(']], ask: 's' })).toMatchObject({
      kind: 'syntax',
      source: 'let s',
    });
  });
  test.each([
    ['no JSON', 'nonsense', 'request'],
    ['a list', '[]', 'request'],
    ['null', 'null', 'request'],
    ['a number', '3', 'request'],
    ['no question', '{}', 'request'],
    ['two questions', '{"ask":"x","expr":"x"}', 'request'],
    ['a wrong type', '{"ask":7}', 'request'],
    ['a wrong kind', '{"expr":"x","wrt":"x","kind":"derivative"}', 'request'],
    ['an unknown domain', '{"vars":{"x":{"shape":[],"domain":"reel"}},"expr":"x"}', 'request'],
    ['a wrong shape', '{"vars":{"x":{"shape":"n"}},"expr":"x"}', 'request'],
    ['too many axes', '{"vars":{"x":{"shape":[2,2,2,2,2,2,2,2,2]}},"expr":"x"}', 'request'],
    ['a wrong size', '{"vars":{"x":{"shape":[0]}},"expr":"x"}', 'request'],
    ['a name that is none', '{"vars":{"x y":{"shape":[]}},"expr":"x"}', 'request'],
    ['a wrong want', '{"ask":"x","want":["txt"]}', 'request'],
    ['a wrong let', '{"ask":"x","let":{"s":"x"}}', 'request'],
    ['sizes below 1', `{"ask":"grad(x'*x, x)","sizes":{"n":-1}}`, 'value'],
    ['sizes that are no numbers', `{"ask":"grad(x'*x, x)","sizes":{"n":"3"}}`, 'value'],
    [
      'absurd sizes',
      '{"program":"x in R^n","ask":"jacobian(x, x)","sizes":{"n":2000000000},"want":["value"]}',
      'limit',
    ],
    ['a text for a number', `{"ask":"grad(x'*x, x)","values":{"x":["1"]}}`, 'value'],
    ['ragged lists', `{"ask":"grad(x'*x, x)","values":{"x":[[1],[2,3]]}}`, 'value'],
    ['an empty list', `{"ask":"grad(x'*x, x)","values":{"x":[]}}`, 'value'],
    ['a missing value', `{"ask":"grad(x'*x, x)","want":["value"]}`, 'value'],
    ['lists nested without end', `{"ask":"x","values":{"x":${'['.repeat(5000)}1${']'.repeat(5000)}}}`, 'value'],
  ])('%s', (_, line, kind) => {
    expect(answerLine(line)).toMatchObject({ ok: false, error: { kind, message: expect.any(String) as string } });
  });
  test('keep the id', () => {
    expect(ask({ id: { a: [1] }, ask: ')' })).toMatchObject({ id: { a: [1] }, ok: false });
    expect(Object.keys(ask({ ask: ')' }))).not.toContain('id');
  });
  test('hostile names are names like others', () => {
    const line =
      '{"id":1,"vars":{"__proto__":{"shape":["n"]},"constructor":{"shape":["n"]}},"expr":"__proto__\'*constructor","wrt":"__proto__","kind":"gradient","values":{"__proto__":[1,2],"constructor":[3,4]}}';
    expect(answerLine(line)).toMatchObject({ ok: true, text: 'constructor', value: [3, 4] });
    expect(({} as Record<string, unknown>)['shape']).toBeUndefined();
  });
  test('deep and long texts end in an answer or a clear error', () => {
    expect(ask({ ask: `${'('.repeat(10_000)}x${')'.repeat(10_000)}` })['ok']).toBeDefined();
    expect(errorOf({ ask: `x${'+x'.repeat(500_000)}` })).toMatchObject({ kind: 'limit' });
  });
});
