/** Random quantities: what is declared of them, expectations by linearity, and what is refused; claims that hold for one value of a number. */
import { describe, expect, test } from 'vitest';
import { answerFromJSON } from '../../src/index.ts';
import { answerLine } from '../../src/cli/batch.ts';
import { parseExpression } from '../../src/parse/parse.ts';
import { toLatex } from '../../src/print/latex.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { matgrad } from '../cli/given.ts';

const dropout = 'h in R^n; p in R; gamma in R; d in R^n, bernoulli 1 - p';
const vectors =
  'x in R^n, random, mean m, cov C; y in R^n, random, mean w; m, w, b in R^n; C in R^(n x n), spd; A in R^(n x n)';
const matrices = 'X in R^(k x n), random, mean M; M in R^(k x n); A in R^(n x k)';

const answers: readonly (readonly [given: string, question: string, answer: string])[] = [
  [dropout, 'E(gamma*(d.*h))', 'gamma*(1 - p)*h'],
  [dropout, 'E(d)', '(1 - p)*ones(n)'],
  [`${dropout}; hd = gamma*(d.*h)`, 'E(hd)', 'gamma*(1 - p)*h'],
  [`${dropout}; hd = gamma*(d.*h)`, 'jacobian(hd, h)', 'gamma*diag(d)'],
  [`${dropout}; hd = gamma*(d.*h)`, 'E(jacobian(hd, h))', 'gamma*(1 - p)*eye(n)'],
  [`${dropout}; hd = gamma*(d.*h)`, 'jacobian(E(hd), h)', 'gamma*(1 - p)*eye(n)'],
  [`${dropout}; s = gamma*h; hd = s.*d`, "E(hd'*h)", "h'*s*(1 - p)"],
  [vectors, 'E(A*x + b)', 'A*m + b'],
  [vectors, 'E(2*x - y)', '2*m - w'],
  [vectors, "E(b'*A*x)", "b'*A*m"],
  [vectors, "E(x*b')", "m*b'"],
  [vectors, 'E(x[1] + sum(y))', 'sum(w) + m[1]'],
  [vectors, 'E([x; y])', '[m; w]'],
  [vectors, 'E(x)[i]', 'm[i]'],
  [vectors, 'E(E(x).*y)', 'm.*w'],
  [vectors, "grad(E(b'*x)^2, b)", "2*m'*b*m"],
  [vectors, "grad(E(b'*x), m)", 'b'],
  [matrices, 'E(tr(A*X))', 'tr(A*M)'],
  [matrices, "E(X')", "M'"],
  [matrices, 'grad(E(tr(A*X))^2, A)', "2*tr(A*M)*M'"],
  ['x in R^n, random, mean 0; A in R^(n x n)', 'E(A*x)', 'zeros(n)'],
  ['t in R, random, mean 3', 'E(2*t + 1)', '7'],
  ['r in R^(1 x n), random, mean 2', 'E(r)', "2*ones(n)'"],
  ['b in R^n, bernoulli p; p, x in R^n', "E(b'*x)", "p'*x"],
  // A program may mean something else by E.
  ['x in R^n, random, mean m; m in R^n; E(s) = 2*s', 'E(x)', '2*x'],
  ['E in R^(n x n); x in R^n', 'E*x', 'E*x'],
];
test.each(answers)('%s: %s is %s', (given, question, answer) => {
  expect(valueOf(program(given).ask(question)).text).toBe(answer);
});
test.each(answers)('%s: %s agrees with means of distributions', (given, question) => {
  expect(valueOf(program(given).ask(question)).check({ points: 2 })).toMatchObject({ ok: true });
});

describe('refused by name', () => {
  test.each([
    [vectors, "E(x'*A*x)", /x'\*A\*x is not linear in x/],
    [vectors, 'E(exp(x))', /exp\(x\) is not linear in x/],
    [vectors, 'E(x.*y)', /not linear in x and y/],
    [vectors, 'E(1/(1 + x[1]))', /not linear in x/],
    [vectors, 'E(norm2(x))', /not linear in x/],
    [vectors, "grad(E((b'*x)^2), b)", /not linear in x/],
    [dropout, 'E(d.^2)', /not linear in d/],
    [`${dropout}; hd = d.*h`, "E(hd'*hd)", /not linear in d/],
    ['x in R^n, random', 'E(x)', /nothing is said of the mean of x/],
    ['x in R^n, random, cov C; C in R^(n x n)', 'E(x)', /nothing is said of the mean of x/],
    ['A in R^(n x n)', 'E(A)', /nothing here is random/],
    [vectors, 'E(x, y)', /takes 1 argument/],
    ['x in R^n, random, mean m; m in R^k', 'E(x)', /the mean of x is n x 1, and m is k x 1/],
    ['x in R^n, random, cov C; C in R^(n x k)', 'x', /the covariance of x is n x n, and C is n x k/],
    ['X in R^(n x n), random, cov C; C in R^(n x n)', 'X', /covariances are declared of vectors/],
    ['x in R^n, mean y; y in R^n, random', 'x', /y is one/],
    ['x in R^n, mean', 'x', /mean needs a value/],
    ['x in R^n, mean 1, mean 2', 'x', /said twice/],
    ['x in R^n, bernoulli 1/2, mean 1/2', 'x', /said twice/],
    ['x in R^n, symmetric 3', 'x', /symmetric says all by itself/],
  ])('%s: %s', (given, question, message) => {
    const asked = answerLine(JSON.stringify({ program: given, ask: question }));
    expect(JSON.stringify(asked)).toMatch(message);
    expect(asked).toMatchObject({ ok: false });
  });
});

describe('the step', () => {
  test('puts the means in', () => {
    const [step] = valueOf(program(dropout).ask('E(gamma*(d.*h))')).steps();
    expect(step).toMatchObject({
      rule: 'linearity of expectation',
      before: 'E(gamma*(d.*h))',
      after: 'gamma*((1 - p)*ones(n) .* h)',
    });
  });
  test('through names', () => {
    const [step] = valueOf(program(`${dropout}; hd = gamma*(d.*h)`).ask('E(hd)')).steps();
    expect(step!.after).toBe('gamma*((1 - p)*ones(n) .* h)');
  });
});

describe('written', () => {
  test('in LaTeX as on paper', () => {
    const parsed = parseExpression('E(A*x)');
    expect(parsed.ok && toLatex(parsed.value)).toBe('\\mathbb{E}[A x]');
  });
  test('what an answer rests on, and read back', () => {
    const answer = valueOf(program(dropout).ask('E(d.*h)'));
    expect(answer.assumptions.map(({ text }) => text)).toEqual(['d bernoulli 1 - p']);
    const again = valueOf(answerFromJSON(JSON.stringify(answer.toJSON())));
    expect([again.text, again.check({ points: 1 }).ok]).toEqual([answer.text, true]);
    expect(answer.toJSON().program).toContain('d in R^n, bernoulli 1 - p');
  });
});

describe('claims', () => {
  test.each([
    [`${dropout}; hd = gamma*(d.*h)`, 'E(hd) == gamma*(1 - p)*h', 'proved'],
    [`${dropout}; hd = gamma*(d.*h)`, 'E(hd) == h', 'refuted'],
    [vectors, 'E(A*x + y) == A*E(x) + E(y)', 'proved'],
    [vectors, 'E(A*x + y) == A*E(x)', 'refuted'],
    [vectors, "E(x*b') == E(x)*b'", 'proved'],
    [vectors, 'E(x) == x', 'refuted'],
    ['h in R^n; p in R; d in R^n, bernoulli 1 - p; gamma = 1/(1 - p)', 'E(gamma*(d.*h)) == h', 'proved'],
  ])('%s: %s is %s', (given, claim, verdict) => {
    expect(valueOf(program(given).check(claim)).verdict).toBe(verdict);
  });
});

describe('a number for which a false claim holds is found, and the claim proved with it', () => {
  const found = (given: string, claim: string): readonly string[] => {
    const verdict = valueOf(program(given).check(claim));
    if (verdict.verdict !== 'refuted') throw new Error(verdict.verdict);
    return (verdict.holdsFor ?? []).map(
      ({ name, text, conditions }) => `${name} = ${text}${conditions.map((c) => ` where ${c.text}`).join('')}`,
    );
  };
  test('the dropout factor', () => {
    expect(found(`${dropout}; hd = gamma*(d.*h)`, 'E(hd) == h')).toEqual([
      'p = 1 - 1/gamma',
      'gamma = 1/(1 - p) where 1 - p != 0, for 1/(1 - p)',
    ]);
  });
  test.each([
    ['x in R^n; c in R', "grad(c*x'*x, x) == x", ['c = 1/2']],
    ['x, y in R^n; a in R', 'a*(x + y) == a*x + y', ['a = 1']],
    ['x in R^n; c in R; s = c*x', "s'*s == 4*x'*x", []],
    ['x, y in R^n; c in R', 'c*x == y', []],
    ['c > 0; x in R^n', 'c*x == x', []],
    ['c in R; x in R^n', 'c*x == 0*x', []],
    ['c in R; x in R^n', 'exp(c)*x == x', []],
    ['a, b in R', '1/(a + b) == 1/a + 1/b', []],
    ['a in R', 'abs(1/a) == 1/a', []],
    ['c in R; x in R^n; s = c*x', "x'*s == 3*x'*x", ['c = 3']],
    ['c, e in R; x in R^n', 'c*x + e*x == x', ['c = 1 - e', 'e = 1 - c']],
  ] as const)('%s: %s', (given, claim, wanted) => {
    expect(found(given, claim)).toEqual(wanted);
  });
  test('in batch and at the command', async () => {
    const line = answerLine(JSON.stringify({ program: 'x in R^n; c in R', ask: "grad(c*x'*x, x) == x" }));
    expect(line).toMatchObject({ verdict: 'refuted', holdsFor: [{ name: 'c', text: '1/2', conditions: [] }] });
    const { out } = await matgrad('check', "x in R^n; c in R; grad(c*x'*x, x) == x");
    expect(out).toMatch(/but +it holds for c = 1\/2/);
  });
});

test('counterexamples name a mean that the claim rests on', () => {
  const verdict = valueOf(program(dropout).check('E(d.*h) == h'));
  expect(verdict.verdict === 'refuted' && Object.keys(verdict.counterexample.values)).toContain('p');
});

test('a random name can be differentiated by, and its expectation does not move with it', () => {
  expect(valueOf(program(vectors).ask("grad(b'*x, x)")).text).toBe('b');
  const answer = valueOf(program(vectors).ask("grad(E(b'*x), x)"));
  expect([answer.text, problemOf(program(vectors).ask("E(grad(x'*A*x*sum(x), x))")).kind]).toEqual([
    'zeros(n)',
    'question',
  ]);
});
