/** Asking a program: every kind of question, and problems as values. */
import { describe, expect, test } from 'vitest';
import { parse, renderProblem } from '../../src/index.ts';
import { problemOf, program, valueOf } from './given.ts';

const leastSquares = program('A in R^(d x m); b in R^d; x in R^m; r = A*x - b; f = 1/2*norm2(r)^2');

describe('questions', () => {
  test('each kind has its function', () => {
    const given = program('x, u in R^n; f = logsumexp(x); y = softmax(x)');
    expect(valueOf(given.grad('f', 'x')).text).toBe('y');
    expect(valueOf(given.jacobian('y', 'x')).text).toBe("diag(y) - y*y'");
    expect(valueOf(given.hessian('f', 'x')).shape).toEqual(['n', 'n']);
    expect(valueOf(given.jvp('y', 'x', 'u')).shape).toEqual(['n']);
    expect(valueOf(given.vjp('y', 'x', 'u')).shape).toEqual(['n']);
    expect(valueOf(given.hvp('f', 'x', 'u')).shape).toEqual(['n']);
    expect(valueOf(given.entry('jacobian(y, x)', 'i', 2)).question).toBe('jacobian(y, x)[i,2]');
    expect(valueOf(given.ask('jacobian(y, x)[i,k]')).shape).toEqual([]);
  });
  test('a question does not depend on those before it', () => {
    const given = program('');
    const first = valueOf(given.ask("grad(x'*A*x, x)")).text;
    given.ask('grad(x, x)');
    expect(valueOf(given.ask("grad(x'*A*x, x)")).text).toBe(first);
  });
  test('several variables at once: names mean the same in all answers', () => {
    const given = program('W in R^(k x n); x in R^n; c in R^k; a = tanh(W*x + c); f = norm2(a)^2');
    const answers = valueOf(given.grad('f', ['W', 'c', 'x']));
    expect(answers.map(({ question }) => question)).toEqual(['grad(f, W)', 'grad(f, c)', 'grad(f, x)']);
    const meanings = answers.flatMap(({ where }) => where.map(({ name, text }) => `${name} = ${text}`));
    expect(new Set(meanings).size).toBe(new Set(meanings.map((one) => one.split(' ')[0])).size);
    for (const answer of answers) expect(answer.check().ok).toBe(true);
    expect(valueOf(given.askAll('grad(f, W, c, x)')).map(({ text }) => text)).toEqual(answers.map(({ text }) => text));
    expect(problemOf(given.ask('grad(f, W, c)'))).toMatchObject({ kind: 'question', hint: 'askAll(…)' });
  });
  test.each([
    ['grad(norm2(r)^2, [A, x])', ["2*r*x'", "2*A'*r"]],
    ['grad(f, [A, x], b)', ["r*x'", "A'*r", '-r']],
    ['jacobian(r, [x, b])', ['A', '-eye(d)']],
    ['hessian(f, [x, b])', ["A'*A", 'eye(d)']],
    ['grad(f, [x, A[1,:]])', ["A'*r", "r[1]*x'"]],
    ['grad(f, [x])', ["A'*r"]],
    ['grad(f, [x, b]) at x = zeros(m)', ["-A'*b", 'b']],
  ])('%s has one answer for each', (question, texts) => {
    const answers = valueOf(leastSquares.askAll(question));
    expect(answers.map(({ text }) => text)).toEqual(texts);
    for (const answer of answers) expect(answer.check().ok).toBe(true);
  });
  test('the questions of the program itself', () => {
    const given = program("x in R^n\nf = x'*x\ngrad(f, x)\ncheck grad(f, x) == 2*x\nhessian(f, x)");
    const [first, claim, last] = given.questions();
    expect(given.questions().map(({ kind, text }) => [kind, text])).toEqual([
      ['question', 'grad(f, x)'],
      ['claim', 'grad(f, x) == 2*x'],
      ['question', 'hessian(f, x)'],
    ]);
    expect(first?.kind === 'question' && valueOf(first.answers())[0]?.text).toBe('2*x');
    expect(claim?.kind === 'claim' && valueOf(claim.verdict()).verdict).toBe('proved');
    expect(last?.kind === 'question' && valueOf(last.answers())[0]?.text).toBe('2*eye(n)');
  });
  test('what can be read of an answer', () => {
    const answer = valueOf(program('z in R^n; tau > 0').jacobian('softmax(z/tau)', 'z'));
    expect(answer).toMatchObject({
      question: 'jacobian(softmax(z/tau), z)',
      text: "(diag(s) - s*s')/tau",
      unicode: '(diag(s) − s·sᵀ)/τ',
      latex: '\\frac{1}{\\tau} \\left( \\operatorname{diag}(s) - s s^\\top \\right)',
      where: [{ name: 's', text: 'softmax(z/tau)', unicode: 'softmax(z/τ)' }],
      shape: ['n', 'n'],
      conditions: [],
      assumptions: [{ text: 'tau > 0', unicode: 'τ > 0' }],
    });
  });
  test('an answer without a matrix form is one entry, with its indices axis by axis', () => {
    const given = program('A in R^(d x m); B in R^(m x k); x in R^p');
    const product = valueOf(given.jacobian('A*B', 'B'));
    expect(product.text).toMatch(/^A\[i,\w\]\*delta\(j,\w\)$/);
    expect(product.indices?.map((names) => names.length)).toEqual([1, 1, 1, 1]);
    expect(valueOf(given.jacobian('kron(A, x)', 'A')).indices?.map((names) => names.length)).toEqual([2, 1, 1, 1]);
  });
  test('HTML comes from KaTeX', async () => {
    expect(await valueOf(leastSquares.grad('f', 'A')).html()).toMatch(/^<span class="katex-display">/);
  });
  test('conditions', () => {
    const given = program('x in R^n; X in R^(n x n)');
    const said = (of: string, by: string): readonly string[] =>
      valueOf(given.grad(of, by)).conditions.map(({ text }) => text);
    expect(said('sum(log(x))', 'x')).toEqual(['x > 0 in every entry, for log(x)']);
    expect(said('norm2(x)', 'x')).toEqual(['except where x = 0: norm2(x) has a kink there']);
    expect(said('sum(relu(x))', 'x')).toEqual(['except where x[i] = 0 for some i: relu(x) has a kink there']);
    expect(said('tr(inv(X))', 'X')).toEqual(['X is invertible, for inv(X)']);
    expect(said('max(x)', 'x')).toEqual(['except where x has several largest entries: max(x) has a kink there']);
  });
});

describe('claims', () => {
  test('proved and refuted', () => {
    const given = program('x in R');
    expect(valueOf(given.check('sigmoid(x) == 1 - sigmoid(-x)'))).toMatchObject({
      verdict: 'proved',
      claim: 'sigmoid(x) == 1 - sigmoid(-x)',
    });
    expect(valueOf(given.check('check sin(x) == x')).verdict).toBe('refuted');
    // A proof names the rules that made the terms it speaks of, and says where it holds.
    expect(valueOf(given.check('grad(tanh(x), x) == 1 - tanh(x)^2'))).toMatchObject({
      verdict: 'proved',
      how: expect.arrayContaining(['derivative of tanh']) as unknown,
      conditions: [],
    });
    expect(valueOf(given.check('log(x^2) == 2*log(x)'))).toMatchObject({
      verdict: 'proved',
      conditions: [{ text: 'x > 0, for log(x)' }],
    });
    expect(problemOf(given.check('sin(x)'))).toMatchObject({ kind: 'question', hint: 'a == b' });
    expect(problemOf(given.ask('sin(x) == x'))).toMatchObject({ kind: 'question', message: 'this is a claim' });
  });
});

describe('problems', () => {
  test('in the program: the place counts in the program', () => {
    const problem = problemOf(parse('x in R^n\ny in R^m\nz = x + y'));
    expect(problem).toMatchObject({ kind: 'shape', line: 3, source: { name: 'program' } });
    expect(renderProblem(problem, 'a.mg')).toMatch(/^a\.mg:3:\d+: /);
  });
  test('in the question: the place counts in the question', () => {
    expect(problemOf(leastSquares.ask('grad(f, x) + q'))).toMatchObject({
      kind: 'name',
      line: 1,
      column: 14,
      source: { name: 'question', text: 'grad(f, x) + q' },
    });
  });
  test('in one of several texts: the right one is shown', () => {
    expect(problemOf(leastSquares.grad('f', 'y'))).toMatchObject({
      kind: 'name',
      source: { name: 'variable', text: 'y' },
    });
    expect(problemOf(leastSquares.grad('f +', 'x'))).toMatchObject({
      kind: 'syntax',
      source: { name: 'function', text: 'f +' },
    });
  });
  test('of every kind, never thrown', () => {
    expect(problemOf(parse('x in R^'))).toMatchObject({ kind: 'syntax', line: 1 });
    expect(problemOf(parse('x in R^n; x = 3*'))).toMatchObject({ kind: 'syntax' });
    expect(problemOf(parse('A in R^(m x n), symmetric'))).toMatchObject({ kind: 'fact' });
    expect(problemOf(leastSquares.grad('r', 'x'))).toMatchObject({ kind: 'shape', hint: 'jacobian(r, x)?' });
    expect(problemOf(leastSquares.grad('f', '2*x'))).toMatchObject({ kind: 'question' });
    expect(problemOf(leastSquares.ask(''))).toMatchObject({ kind: 'syntax' });
    expect(problemOf(parse(undefined as unknown as string))).toMatchObject({ kind: 'request' });
  });
});
