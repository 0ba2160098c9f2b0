/** `matgrad derive` as people see it. */
import { describe, expect, test } from 'vitest';
import { matgrad } from './given.ts';

const lines = (text: string): readonly string[] => text.trimEnd().split('\n');

describe('an expression', () => {
  test('is answered in Unicode and LaTeX, with its shape, where it holds, and a check', async () => {
    const { code, out } = await matgrad('derive', 'softmax(z/tau)', '--wrt', 'z');
    expect(code).toBe(0);
    expect(lines(out).slice(0, -1)).toEqual([
      'jacobian(softmax(z/tau), z) = (diag(s) − s·sᵀ)/τ',
      '',
      '  where  s = softmax(z/τ)',
      '  shape  n × n',
      '  latex  \\frac{1}{\\tau} \\left( \\operatorname{diag}(s) - s s^\\top \\right)',
      '         s = \\operatorname{softmax}(z/\\tau)',
      '  holds  where τ ≠ 0, for z/τ',
    ]);
    expect(lines(out).at(-1)).toMatch(/^ {2}check {2}passed at 5 random points, largest relative error \d\.\de-\d+$/);
  });
  test('a scalar has a gradient, unless another kind is asked for', async () => {
    expect(lines((await matgrad('derive', "x'*A*x", '--wrt', 'x')).out)[0]).toBe("grad(x'*A*x, x) = (A + Aᵀ)·x");
    expect(lines((await matgrad('derive', "x'*A*x", '--wrt=x', '--kind', 'hessian')).out)[0]).toBe(
      "hessian(x'*A*x, x) = A + Aᵀ",
    );
  });
  test('several variables', async () => {
    const { out } = await matgrad('derive', "x'*A*y", '--wrt', 'x,y', '--no-check');
    expect(lines(out).filter((line) => line.startsWith('grad'))).toEqual([
      "grad(x'*A*y, x) = A·y",
      "grad(x'*A*y, y) = Aᵀ·x",
    ]);
  });
  test('may be a whole program, and may begin with a minus', async () => {
    expect(lines((await matgrad('derive', "x in R^n; f = x'*x; grad(f, x)")).out)[0]).toBe('grad(f, x) = 2·x');
    expect(lines((await matgrad('derive', "x in R^n; f = x'*x", '--wrt', 'x')).out)[0]).toBe('grad(f, x) = 2·x');
    expect(lines((await matgrad('derive', "-x'*x", '--wrt', 'x')).out)[0]).toBe("grad(-x'*x, x) = −2·x");
  });
  test('--steps tells how, --cases entry by entry', async () => {
    const { out } = await matgrad('derive', 'y = softmax(z)', '--wrt', 'z', '--steps', '--cases', '--no-check');
    expect(out).toContain('  cases  i = j: y[i]·(1 − y[i])\n         i ≠ j: −y[i]·y[j]\n');
    expect(out).toMatch(/ {2}steps {2}1\. .*derivative of softmax/);
    expect((await matgrad('derive', 'y = softmax(z)', '--wrt', 'z', '--steps=detail')).code).toBe(0);
  });
  test('--at gives numbers', async () => {
    const { out } = await matgrad('derive', 'softmax(z/tau)', '--wrt', 'z', '--at', 'z=[1,2,3], tau=0.5', '--no-check');
    expect(lines(out).slice(-3)).toEqual([
      '  value  [  0.031248  −0.003725  −0.027523 ]',
      '         [ −0.003725   0.207097  −0.203372 ]',
      '         [ −0.027523  −0.203372   0.230896 ]',
    ]);
  });
  test('--latex prints LaTeX alone, --json a line of JSON', async () => {
    expect((await matgrad('derive', "x'*x", '--wrt', 'x', '--latex')).out).toBe('2 x\n');
    const { out } = await matgrad(
      'derive',
      "x'*x",
      '--wrt',
      'x',
      '--json',
      '--at',
      'x=[1,2]',
      '--points',
      '2',
      '--seed',
      '9',
    );
    expect(JSON.parse(out)).toMatchObject({
      question: "grad(x'*x, x)",
      text: '2*x',
      value: [2, 4],
      check: { ok: true, points: 2, seed: 9 },
    });
  });
  test('a wide matrix is shown in blocks of columns', async () => {
    const { out } = await matgrad(
      'derive',
      'softmax(z)',
      '--wrt',
      'z',
      '--at',
      `z=[${Array.from({ length: 12 }, (_, n) => n / 7).join(',')}]`,
      '--no-check',
    );
    expect(out).toContain('columns 1 to 6');
    for (const line of lines(out).filter((one) => /[[\]]$/.test(one))) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('claims', () => {
  test('print their verdict, and decide the exit code', async () => {
    const { code, out } = await matgrad('derive', 'x in R; check sigmoid(x) == sigmoid(-x)');
    expect(code).toBe(1);
    expect(lines(out)).toEqual([
      'sigmoid(x) == sigmoid(-x): refuted',
      '',
      '  at     x = 1',
      '  left   0.731059',
      '  right  0.268941',
    ]);
  });
});

describe('problems', () => {
  test.each([
    [
      'nothing to differentiate by',
      ['softmax(z/tau)'],
      'the derivative of this by what?',
      'hint: --wrt z, or --wrt tau',
    ],
    ['shapes that do not fit', ["x in R^n; y in R^m; grad(x'*y, x)"], "(x') is 1 x n and y is m x 1", '  |'],
    ['an unknown variable', ["x'*x", '--wrt', 'yy'], '--wrt:1:1: yy does not occur in the expression', '^^'],
    ['no such file', ['nope.mg'], 'there is no file nope.mg', ''],
    ['an unknown option', ["x'*x", '--wtr', 'x'], 'there is no option --wtr', 'hint: --wrt?'],
    [
      'an unknown kind',
      ["x'*x", '--wrt', 'x', '--kind', 'gradent'],
      '--kind is one of gradient, jacobian, hessian',
      '',
    ],
    [
      'a number that is none',
      ["x'*x", '--wrt', 'x', '--points', 'many'],
      '--points takes a whole number from 1 to 1000',
      '',
    ],
    ['an option without a value', ["x'*x", '--wrt'], "option '--wrt <value>' argument missing", ''],
    ['no expression', [], 'derive needs an expression or a file', ''],
    ['a missing value', ["x'*x", '--wrt', 'x', '--at', 'y=[1,2]', '--no-check'], 'no value for x', ''],
    [
      'a value that cannot be read',
      ["x'*x", '--wrt', 'x', '--at', 'x=[1,2', '--no-check'],
      '--at:1:3: `[` is never closed',
      '',
    ],
  ])('%s', async (_, args, message, more) => {
    const { code, err } = await matgrad('derive', ...args);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).toContain(more);
  });
});
