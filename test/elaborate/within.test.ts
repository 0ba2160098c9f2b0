/** Derivatives by a matrix that varies within a structure: what is answered, that it is true, how it is told, and what is refused. */
import { describe, expect, test } from 'vitest';
import { sampled } from '../corpus/sample.ts';
import { structureNames } from '../../rules/structures.ts';
import { answerLine } from '../../src/cli/batch.ts';
import { explain } from '../../src/explain/explain.ts';
import { parseExpression } from '../../src/parse/parse.ts';
import { toLatex } from '../../src/print/latex.ts';
import { toText, toUnicode } from '../../src/print/text.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';
import { derived } from '../explain/given.ts';
import { falseLines } from '../explain/lines.ts';

const symmetric = 'S in R^(n x n), symmetric; A in R^(n x n); x, y in R^n';
const spd = 'S in R^(n x n), spd; a, b in R^n';
const stiefel = 'X in R^(n x p), orthonormal; A in R^(n x n), symmetric; B in R^(n x p)';
const lower = 'L in R^(n x n), lower; x in R^n';
const toeplitz = 'T in R^(m x n); x in R^n; y in R^m; A in R^(n x m)';

const answers: readonly (readonly [given: string, question: string, answer: string])[] = [
  [symmetric, 'grad(tr(A*S), S) within symmetric', "(A + A')/2"],
  [symmetric, 'grad(tr(A*S), S) within vech', "A + A' - diag(diag(A))"],
  [symmetric, "grad(x'*S*x, S) within symmetric", "x*x'"],
  [symmetric, "grad(x'*S*x, S) within vech", "2*x*x' - diag(x.^2)"],
  [symmetric, "grad(x'*S*y, S) within symmetric", "(x*y' + y*x')/2"],
  [symmetric, 'grad(norm2(S)^2, S) within vech', '2*(2*S - diag(diag(S)))'],
  [spd, 'grad(logdet(S), S) within symmetric', 'inv(S)'],
  [spd, 'grad(logdet(S), S) within vech', '2*inv(S) - diag(diag(inv(S)))'],
  [spd, "grad(a'*inv(S)*b, S) within symmetric", "-inv(S)*(a*b' + b*a')*inv(S)/2"],
  ['S in R^(n x n); A in R^(n x n)', 'grad(tr(A*S), S) within symmetric', "(A + A')/2"],
  ["A in R^(n x n); x in R^n; M = A + A'", "grad(x'*M*x, M) within vech", "2*x*x' - diag(x.^2)"],
  ['K in R^(n x n), skew; x, y in R^n', "grad(x'*K*y, K) within skew", "(x*y' - y*x')/2"],
  ['D in R^(n x n), diagonal; A in R^(n x n)', 'grad(tr(A*D), D) within diagonal', 'diag(diag(A))'],
  ['D in R^(n x n), diagonal; x in R^n', 'grad(norm2(D*x)^2, D) within diagonal', '2*diag(D*x .* x)'],
  [lower, 'grad(norm2(L*x)^2, L) within lower', "2*tril(L*x*x')"],
  [lower, 'grad(norm2(L*x)^2, L) within upper', "2*triu(L*x*x')"],
  [toeplitz, 'grad(tr(A*T), T) within toeplitz', 'sum_{k, j < i + k, i + k <= j + m}(A[k,i + k - j])'],
  ['T in R^(n x n)', 'grad(sum_{i}(T[i,1]), T[2,1]) within toeplitz', '1'],
  [stiefel, "grad(tr(X'*A*X), X) within stiefel", "2*(A - X*X'*A)*X"],
  [stiefel, 'grad(1/2*norm2(X - B)^2, X) within stiefel', "X*(B'*X + X'*B)/2 - B"],
  ['Q in R^(n x n), orthogonal; A in R^(n x n)', 'grad(tr(A*Q), Q) within stiefel', "(A' - Q*A*Q)/2"],
  [symmetric, 'vjp(S*x, S, y) within symmetric', "(x*y' + y*x')/2"],
  [symmetric, 'jacobian(S*x, S) within symmetric', '(x[j]*delta(i,k) + x[k]*delta(i,j))/2'],
  [symmetric, "(grad(x'*S*x, S) within symmetric)*x", "x'*x*x"],
];

test.each(answers)('%s: %s is %s', (given, question, answer) => {
  expect(valueOf(program(given).ask(question)).text).toBe(answer);
});

const more: readonly (readonly [given: string, question: string])[] = [
  [symmetric, "hessian(x'*S*S*y, S) within symmetric"],
  [symmetric, "hessian(x'*S*S*y, S) within vech"],
  [spd, 'hessian(logdet(S), S) within symmetric'],
  [lower, 'grad(logdet(L), L) within lower'],
  [lower, 'jacobian(L*x, L) within lower'],
  [toeplitz, 'grad(1/2*norm2(T*x - y)^2, T) within toeplitz'],
  [toeplitz, 'jacobian(T*x, T) within toeplitz'],
  [toeplitz, 'hessian(norm2(T*x)^2, T) within toeplitz'],
  [stiefel, "jacobian(X'*A*X*ones(p), X) within stiefel"],
  ['D in R^(n x n), diagonal; x in R^n', "hessian(exp(x'*D*x), D) within diagonal"],
  ['K in R^(3 x 3), skew; x in R^3', 'hessian(norm2(K*x)^2, K) within skew'],
];

const asked = [...answers.map(([given, question]) => [given, question] as const), ...more];

describe('differences along the structure agree', () => {
  test.each(asked)('%s: %s', (given, question) => {
    const { ok, reason } = valueOf(program(given).ask(question)).check({ points: 2 });
    expect(reason ?? '').toBe('');
    expect(ok).toBe(true);
  });
});

describe('every line of the steps is true, and the first says the structure', () => {
  const plain = asked.filter(([, question]) => /^\w+\(.*\) within \w+$/.test(question));
  test.each([...sampled(plain, 8)])('%s: %s', (given, question) => {
    const [derivation, engine] = derived(given, question);
    const steps = explain(derivation, engine, 'detail');
    const { faults, held } = falseLines(derivation, engine, steps);
    expect(faults).toEqual([]);
    expect(held).toBeGreaterThan(0);
    expect(steps[0]!.rules[0]).toMatch(/^gradient (within|by|on)/);
  });
});

describe('notes say what varies, and whether the variable lies there', () => {
  test('declared', () => {
    expect(valueOf(program(spd).ask('grad(logdet(S), S) within symmetric')).notes).toEqual([
      'S is varied within the symmetric matrices',
    ]);
  });
  test('not declared', () => {
    expect(valueOf(program('X in R^(n x n)').ask('grad(norm2(X)^2, X) within symmetric')).notes).toEqual([
      'X is varied within the symmetric matrices, from wherever it is: it is not declared to be one of them',
    ]);
  });
});

describe('claims', () => {
  test.each([
    ["grad(x'*S*x, S) within vech == 2*x*x' - diag(x.^2)", 'proved'],
    ["grad(x'*S*x, S) within vech == grad(x'*S*x, S)", 'refuted'],
    ["grad(tr(A*S), S) within symmetric == 1/2*(grad(tr(A*S), S) + grad(tr(A*S), S)')", 'proved'],
    ["grad(tr(A*S), S) within symmetric == A'", 'refuted'],
    ['grad(tr(S), S) within toeplitz == n*eye(n)', 'proved'],
    ['grad(tr(S), S) within toeplitz == eye(n)', 'refuted'],
    ['grad(tr(A*S), S) within diagonal == diag(diag(A))', 'proved'],
  ])('%s is %s', (claim, verdict) => {
    expect(verdictOf(symmetric, claim).verdict).toBe(verdict);
  });
});

describe('refused', () => {
  const refused: readonly (readonly [given: string, question: string, message: RegExp])[] = [
    ['X in R^(n x n)', 'grad(norm2(X)^2, X) within vech', /X is not known to be symmetric/],
    ['X in R^(n x p)', 'grad(norm2(X)^2, X) within stiefel', /X is not known to be orthonormal/],
    ['X in R^(2 x 3)', 'grad(norm2(X)^2, X) within symmetric', /only square matrices/],
    ['x in R^n', "grad(x'*x, x) within symmetric", /is taken by a matrix, and x is n x 1/],
    ['X in R^(n x n)', 'grad(norm2(X)^2, vec(X)) within lower', /vec\(X\) is no name of one/],
    [symmetric, 'jvp(S*x, S, S) within symmetric', /along the direction that is given/],
    [symmetric, "hvp(x'*S*S*x, S, S) within symmetric", /along the direction that is given/],
    [symmetric, 'd(S*x) within symmetric', /varies all variables/],
    [stiefel, "hessian(tr(X'*A*X), X) within stiefel", /are curved/],
    [symmetric, 'grad(tr(S), S) within square', /square is no structure/],
    [symmetric, 'tr(S) within symmetric', /tr is none/],
    [symmetric, 'S within symmetric', /unexpected `within symmetric`/],
    [symmetric, '(grad(tr(S), S) within vech) within vech', /unexpected `within vech`/],
    ['S in R^(n x n), symmetric; b in R^n', "grad(b'*S*b, [S, b]) within symmetric", /b is n x 1/],
  ];
  test.each(refused)('%s: %s', (given, question, message) => {
    expect(problemOf(program(given).askAll(question)).message).toMatch(message);
  });
});

test('several variables have one answer each', () => {
  const given = 'S, T in R^(n x n), symmetric; A in R^(n x n)';
  const all = valueOf(program(given).askAll('grad(tr(A*S*T), [S, T]) within symmetric'));
  expect(all.map(({ text }) => text)).toEqual(["(T*A + A'*T)/2", "(A*S + S*A')/2"]);
});

describe('the word is written behind the call, and nowhere else a word of the language', () => {
  test.each([
    ['grad(f, S) within symmetric', 'grad(f, S) within symmetric'],
    ['(grad(f, S) within vech)*x + y', '(grad(f, S) within vech)*x + y'],
    ['within*within', 'within*within'],
    ['(grad(f, S) within upper)[i,j]', '(grad(f, S) within upper)[i,j]'],
  ])('%s', (text, written) => {
    const parsed = parseExpression(text);
    expect(parsed.ok && toText(parsed.value)).toBe(written);
    const again = parsed.ok && parseExpression(toUnicode(parsed.value));
    expect(again && again.ok && toText(again.value)).toBe(written);
  });
  test('LaTeX', () => {
    const parsed = parseExpression('grad(f, S) within vech');
    expect(parsed.ok && toLatex(parsed.value)).toBe('\\nabla_{S} f \\text{ within vech}');
  });
});

describe('batch', () => {
  const line = (more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
    answerLine(JSON.stringify({ program: spd, expr: 'logdet(S)', wrt: 'S', kind: 'gradient', ...more }));
  test('a field', () => {
    expect(line({ within: 'vech' })).toMatchObject({ ok: true, text: '2*inv(S) - diag(diag(inv(S)))' });
  });
  test('every structure is known by its name', () => {
    for (const within of structureNames) expect(JSON.stringify(line({ within }))).not.toMatch(/there is no structure/);
  });
  test('another word', () => {
    expect(line({ within: 'square' })).toMatchObject({ ok: false, error: { kind: 'request' } });
  });
  test('without a variable', () => {
    expect(line({ within: 'vech', wrt: undefined, kind: undefined })).toMatchObject({
      ok: false,
      error: { message: '`within` needs `wrt`' },
    });
  });
});
