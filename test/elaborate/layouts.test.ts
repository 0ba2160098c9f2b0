/** Layouts: where each has the entries of a derivative, in answers, notes, steps, claims and evaluators, and how one is chosen. */
import { describe, expect, test } from 'vitest';
import { answerFromJSON, parse } from '../../src/index.ts';
import { answerLine } from '../../src/cli/batch.ts';
import { explain } from '../../src/explain/explain.ts';
import type { Layout } from '../../src/syntax/tree.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { matgrad } from '../cli/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';
import { derived } from '../explain/given.ts';
import { falseLines } from '../explain/lines.ts';

const given = `A in R^(m x n); B in R^(n x n); x in R^n; b in R^m; X in R^(n x m); Y in R^(n x n); v in R^(1 x n); t in R`;
const columns: readonly Layout[] = ['numerator', 'denominator', 'differential'];

type Row = readonly [question: string, ...answers: readonly [text: string, shape: string][]];
const rows: readonly Row[] = [
  ["grad(x'*B*x, x)", ["x'*(B + B')", '1,n'], ["(B + B')*x", 'n'], ["x'*(B + B')*d(x)", '']],
  ['grad(1/2*norm2(A*x - b)^2, x)', ["(A*x - b)'*A", '1,n'], ["A'*(A*x - b)", 'n'], ["(A*x - b)'*A*d(x)", '']],
  ['grad(tr(A*X), X)', ['A', 'm,n'], ["A'", 'n,m'], ['tr(A*d(X))', '']],
  ['grad(norm2(v)^2, v)', ["2*v'", 'n'], ['2*v', '1,n'], ["2*v*d(v)'", '']],
  ['grad(exp(t^2), t)', ['2*t*exp(t^2)', ''], ['2*t*exp(t^2)', ''], ['2*t*d(t)*exp(t^2)', '']],
  ['grad(logdet(Y), Y)', ['inv(Y)', 'n,n'], ["inv(Y)'", 'n,n'], ['tr(inv(Y)*d(Y))', '']],
  ['grad(norm2(A*X)^2, X)', ["2*X'*A'*A", 'm,n'], ["2*A'*A*X", 'n,m'], ["2*tr(X'*A'*A*d(X))", '']],
  ['jacobian(A*x, x)', ['A', 'm,n'], ["A'", 'n,m'], ['A*d(x)', 'm']],
  ['jacobian(t^2*x, t)', ['2*t*x', 'n'], ["2*t*x'", '1,n'], ['2*t*d(t)*x', 'n']],
  ['jacobian(t^2*X, t)', ['2*t*X', 'n,m'], ["2*t*X'", 'm,n'], ['2*t*d(t)*X', 'n,m']],
  ['jacobian(tr(A*X), X)', ['A', 'm,n'], ["A'", 'n,m'], ['tr(A*d(X))', '']],
  ['jacobian(A*X, X)', ['A[i,k]*delta(j,l)', 'm,m,n,m'], ['A[k,i]*delta(j,l)', 'n,m,m,m'], ['A*d(X)', 'm,m']],
  [
    'jacobian(inv(Y)*x, Y)',
    ['-inv(Y)[i,j]*(inv(Y)*x)[k]', 'n,n,n'],
    ['-(inv(Y)*x)[j]*inv(Y)[k,i]', 'n,n,n'],
    ['-inv(Y)*d(Y)*inv(Y)*x', 'n'],
  ],
  ["hessian(x'*B*x, x)", ["B + B'", 'n,n'], ["B + B'", 'n,n'], ["2*d(x)'*B*d(x)", '']],
  ['vjp(A*x, x, b)', ["A'*b", 'n'], ["A'*b", 'n'], ["A'*b", 'n']],
  ['jvp(A*x, x, x)', ['A*x', 'm'], ['A*x', 'm'], ['A*x', 'm']],
  ['jacobian(A*x, x[2:n])', ['A[:,2:n]', 'm,n - 1'], ["A[:,2:n]'", 'n - 1,m'], ['', '']],
  ['grad(tr(A*X), X[1,:])', ['A[:,1]', 'm'], ["A[:,1]'", '1,m'], ['', '']],
  ['grad(tr(A*X), X[1,2])', ['A[2,1]', ''], ['A[2,1]', ''], ['', '']],
];
const cases = rows.flatMap(([question, ...answers]) =>
  answers.flatMap(([text, shape], n) => (text === '' ? [] : [[columns[n]!, question, text, shape] as const])),
);

describe('answers', () => {
  test.each(cases)('%s layout: %s is %s', (layout, question, text, shape) => {
    const answer = valueOf(program(`${given}; layout = ${layout}`).ask(question));
    expect([answer.text, answer.shape.join()]).toEqual([text, shape]);
  });
  test('nothing said, a gradient is shaped like its variable', () => {
    expect(valueOf(program(given).ask("grad(x'*B*x, x)")).text).toBe("(B + B')*x");
  });
});

describe('differences agree, arranged alike', () => {
  test.each(cases)('%s layout: %s', (layout, question) => {
    const { ok, reason } = valueOf(program(`${given}; layout = ${layout}`).ask(question)).check({ points: 2 });
    expect(reason ?? '').toBe('');
    expect(ok).toBe(true);
  });
});

describe('every line of the steps is true; the last one says what the layout does', () => {
  test.each(cases.filter(([, question]) => /^(grad|jacobian|hessian)\(.*, \w\)$/.test(question)))(
    '%s layout: %s',
    (layout, question) => {
      const [derivation, engine] = derived(`${given}\nlayout = ${layout}`, question);
      const steps = explain(derivation, engine, 'detail');
      expect(falseLines(derivation, engine, steps).faults).toEqual([]);
      if (derivation.layout && steps.length > 1)
        expect(steps.flatMap(({ rules }) => rules)).toContain(`${layout} layout`);
    },
  );
});

test('notes say how the entries are arranged', () => {
  const notes = (layout: Layout, question: string): readonly string[] =>
    valueOf(program(given).ask(question, { layout })).notes;
  expect(notes('numerator', 'grad(tr(A*X), X)')).toEqual(['numerator layout: shaped like the transpose of X']);
  expect(notes('denominator', 'grad(tr(A*X), X)')).toEqual(['denominator layout: shaped like X']);
  expect(notes('numerator', 'jacobian(A*x, x)')).toEqual([
    'numerator layout: the entry [i,k] is the derivative of entry i by entry k',
  ]);
  expect(notes('denominator', 'jacobian(A*x, x)')).toEqual([
    'denominator layout: the entry [k,i] is the derivative of entry i by entry k',
  ]);
  expect(notes('denominator', 'jacobian(t*x, t)')).toEqual(['denominator layout: shaped like the transpose of t*x']);
  expect(notes('denominator', 'jacobian(A*X, X)')).toEqual(['denominator layout: the axes of X come first']);
  expect(notes('differential', 'hessian(norm2(x)^2, x)')).toEqual([
    'differential layout: the second differential along d(x)',
  ]);
  expect(notes('numerator', 'grad(t^2, t)')).toEqual([]);
  expect(notes('numerator', 'A*x')).toEqual([]);
});

describe('claims are read in the layout', () => {
  test.each([
    ['numerator', "grad(x'*B*x, x) == x'*(B + B')", 'proved'],
    ['numerator', "grad(x'*B*x, x) == x'*B", 'refuted'],
    ['denominator', "jacobian(A*x, x) == A'", 'proved'],
    ['denominator', 'jacobian(B*x, x) == B', 'refuted'],
    ['differential', "grad(x'*B*x, x) == x'*(B + B')*d(x)", 'proved'],
    ['differential', "grad(x'*B*x, x) == x'*B*d(x)", 'refuted'],
    ['differential', "hessian(x'*B*x, x) == 2*d(x)'*B*d(x)", 'proved'],
    ['differential', "hessian(x'*B*x, x) == d(x)'*B*d(x)", 'refuted'],
    ['numerator', 'jacobian(tanh(B*x), x) == jacobian(tanh(x), x)*B', 'refuted'],
    ['denominator', "jacobian(B*tanh(x), x) == jacobian(tanh(x), x)*B'", 'proved'],
  ])('%s layout: %s is %s', (layout, claim, verdict) => {
    expect(verdictOf(`${given}\nlayout = ${layout}`, claim).verdict).toBe(verdict);
  });
  test('of the wrong shape', () => {
    const claimed = program(given).check("grad(x'*B*x, x) == (B + B')*x", { layout: 'numerator' });
    expect(problemOf(claimed).message).toMatch(/is 1 x n and/);
  });
});

describe('refused', () => {
  test.each([
    [
      'layout = numerator; layout = denominator',
      'grad(t^2, t)',
      /one layout, and this one says numerator and denominator/,
    ],
    ['layout = numeratr', 'grad(t^2, t)', /numeratr is no layout/],
    ['layout = differential', 'grad(tr(A*X), X[1,2])', /along d\(X\), and not by X\[1,2\]/],
    ['y = A*x; layout = differential', 'grad(norm2(y)^2, y)', /of a variable x, and y is defined/],
    ['layout = differential', 'grad(tr(B*Y), Y) within symmetric', /is a form in d\(Y\)/],
  ])('%s: %s', (more, question, message) => {
    const parsed = parse(`${given}; ${more}`);
    expect(problemOf(parsed.ok ? parsed.value.ask(question) : parsed).message).toMatch(message);
  });
});

test('a structure comes before the layout', () => {
  const answer = program('S in R^(n x n); M in R^(n x n); layout = numerator').ask('grad(tr(M*S), S) within diagonal');
  expect(valueOf(answer).text).toBe('diag(diag(M))');
  const lower = valueOf(program('M, S in R^(2 x 2); layout = numerator').ask('grad(tr(M*S), S) within lower'));
  expect(
    lower.evaluate({
      M: [
        [1, 2],
        [3, 4],
      ],
    }),
  ).toEqual({
    ok: true,
    value: [
      [1, 2],
      [0, 4],
    ],
  });
});

test('gradients by several variables are each arranged', () => {
  const all = valueOf(program(given).askAll('grad(norm2(A*x - b)^2, [A, b, x])', { layout: 'numerator' }));
  expect(all.map(({ text }) => text)).toEqual(["2*x*(A*x - b)'", "2*(b - A*x)'", "2*(A*x - b)'*A"]);
});

describe('where a layout is chosen', () => {
  const wanted = "x'*(B + B')";
  test('the library: a program, or one question', () => {
    expect(valueOf(valueOf(parse(given, { layout: 'numerator' })).grad("x'*B*x", 'x')).text).toBe(wanted);
    expect(valueOf(program(given).grad("x'*B*x", 'x', { layout: 'numerator' })).text).toBe(wanted);
    expect(valueOf(program(given).grad("x'*B*x", ['x'], { layout: 'numerator' }))[0]!.text).toBe(wanted);
    expect(valueOf(program(given).jacobian('A*x', 'x', { layout: 'denominator' })).text).toBe("A'");
    expect(valueOf(program(given).hessian("x'*B*x", 'x', { layout: 'differential' })).text).toBe("2*d(x)'*B*d(x)");
  });
  test('the two must agree', () => {
    const both = program(`${given}; layout = denominator`).grad("x'*B*x", 'x', { layout: 'numerator' });
    expect(problemOf(both).message).toMatch(/one layout/);
    const other = program(given).grad('t', 't', { layout: 'sideways' as Layout });
    expect(problemOf(other)).toMatchObject({ kind: 'request', message: 'there is no layout "sideways"' });
  });
  test('batch', () => {
    const line = { program: given, ask: "grad(x'*B*x, x)", layout: 'numerator', want: ['notes'] };
    expect(answerLine(JSON.stringify(line))).toMatchObject({
      text: wanted,
      shape: [1, 'n'],
      notes: ['numerator layout: shaped like the transpose of x'],
    });
    expect(answerLine(JSON.stringify({ ...line, layout: 'sideways' }))).toMatchObject({ error: { kind: 'request' } });
  });
  test('the command', async () => {
    const { out } = await matgrad('derive', "x'*A*x", '--wrt', 'x', '--layout', 'numerator', '--no-check');
    expect(out).toMatch(/xᵀ·\(A \+ Aᵀ\)/);
    const wrong = await matgrad('derive', "x'*A*x", '--wrt', 'x', '--layout', 'sideways');
    expect(wrong.err).toMatch(/--layout is one of numerator, denominator, differential/);
    const claim = await matgrad(
      'check',
      "x in R^n; A in R^(n x n); grad(x'*A*x, x) == x'*(A + A')",
      '--layout',
      'numerator',
    );
    expect(claim.out).toMatch(/proved/);
  });
  test('an answer keeps it', () => {
    const answer = valueOf(program(given).grad("x'*B*x", 'x', { layout: 'numerator' }));
    const json = answer.toJSON();
    expect(json.program.split('\n').at(-1)).toBe('layout = numerator');
    const again = valueOf(answerFromJSON(JSON.stringify(json)));
    expect([again.text, again.check({ points: 1 }).ok]).toEqual([wanted, true]);
    expect(valueOf(program(json.program).ask(answer.text)).text).toBe(wanted);
  });
  test('layout is a name like any other elsewhere', () => {
    expect(valueOf(program('x in R^n; layout = 2*x').grad("layout'*layout", 'x')).text).toBe('4*layout');
  });
});
