/** vech, the duplication and elimination matrices, and derivatives by vech(S), which vary S as the symmetric matrix that it is. */
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

type Row = readonly [program: string, question: string, answer: string];

/** Magnus and Neudecker, Matrix Differential Calculus, 3rd edition, 3.8 and 9.14. */
const answered: readonly Row[] = [
  ['X in R^(n x n)', 'elimination(n)*vec(X)', 'vech(X)'],
  ['X in R^(n x n)', 'jacobian(vech(X), vec(X))', 'elimination(n)'],
  ['v in R^(n*(n + 1)/2)', 'jacobian(duplication(n)*v, v)', 'duplication(n)'],
  ['v in R^(n*(n + 1)/2)', 'grad(norm2(duplication(n)*v)^2, v)', "2*duplication(n)'*duplication(n)*v"],
  ['S in R^(n x n), spd', 'grad(logdet(S), vech(S))', "duplication(n)'*vec(inv(S))"],
  ['S in R^(n x n), spd', 'hessian(logdet(S), vech(S))', "-duplication(n)'*kron(inv(S), inv(S))*duplication(n)"],
  ['S in R^(n x n), symmetric; A in R^(n x n)', 'grad(tr(A*S), vech(S))', "duplication(n)'*vec(A)"],
  ['S in R^(n x n), symmetric; x in R^n', "grad(x'*S*x, vech(S))", "duplication(n)'*kron(x, x)"],
  ['S in R^(n x n), symmetric; x in R^n', 'jacobian(S*x, vech(S))', "kron(x', eye(n))*duplication(n)"],
  [
    'S in R^(n x n), symmetric; x in R^n',
    "hessian(x'*S*S*x, vech(S))",
    "2*duplication(n)'*kron(x*x', eye(n))*duplication(n)",
  ],
  ['S in R^(n x n), spd', 'jacobian(vech(inv(S)), vech(S))', '-elimination(n)*kron(inv(S), inv(S))*duplication(n)'],
  ['S in R^(n x n), spd', 'jacobian(vec(inv(S)), vech(S))', '-kron(inv(S), inv(S))*duplication(n)'],
  [
    'S in R^(n x n), symmetric; A in R^(n x n)',
    "jacobian(vech(A*S*A'), vech(S))",
    'elimination(n)*kron(A, A)*duplication(n)',
  ],
  ['S in R^(n x n), symmetric', 'grad(norm2(vech(S))^2, vech(S))', '2*vech(S)'],
];

describe.each(answered)('%s | %s', (declarations, question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as in the books', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () => expect(answer.check({ points: 2 })).toMatchObject({ ok: true }));
  test('reads back', () => expect(valueOf(program(declarations).ask(answer.text)).text).toBe(answer.text));
});

/** The definition: how f changes where S is moved as a symmetric matrix, one entry of its triangle after the other. */
test.each([
  ['logdet(S)', (s: number[][]) => Math.log(s[0]![0]! * s[1]![1]! - s[0]![1]! * s[1]![0]!)],
  ['S[1,1]^2*S[1,2] + S[2,1]^3', (s: number[][]) => s[0]![0]! ** 2 * s[0]![1]! + s[1]![0]! ** 3],
  ['sum(exp(S))', (s: number[][]) => s.flat().reduce((total, x) => total + Math.exp(x), 0)],
] as const)('%s by vech(S) is what differences within the symmetric matrices are', (f, value) => {
  const run = valueOf(valueOf(program('S in R^(n x n), spd').ask(`grad(${f}, vech(S))`)).compile({ n: 2 }));
  const random = randomNumbers(3);
  const entries = Array.from(random.normals(3), (x, k) => 0.3 * x + (k === 1 ? 0 : 2));
  const full = ([a, b, c]: readonly number[]): number[][] => [
    [a!, b!],
    [b!, c!],
  ];
  const found = run({ S: Float64Array.from(full(entries).flat()) });
  entries.forEach((_, k) => {
    const [above, below] = [1e-5, -1e-5].map((step) => value(full(entries.map((x, n) => (n === k ? x + step : x)))));
    expect(found[k]).toBeCloseTo((above! - below!) / 2e-5, 6);
  });
});

const given = 'X in R^(n x n); S in R^(n x n), symmetric; A in R^(n x n)';
test.each([
  ['duplication(n)*vech(S) == vec(S)', 'proved'],
  ['duplication(n)*vech(X) == vec(X)', 'refuted'],
  ['commutation(n, n)*duplication(n) == duplication(n)', 'proved'],
  ['elimination(n)*duplication(n) == eye(n*(n + 1)/2)', 'proved'],
  ["elimination(n)*elimination(n)' == eye(n*(n + 1)/2)", 'proved'],
  ["duplication(n)'*duplication(n) == eye(n*(n + 1)/2)", 'refuted'],
  ['duplication(n)*elimination(n) == eye(n^2)', 'refuted'],
  ['duplication(n)*elimination(n)*vec(S) == vec(S)', 'proved'],
  ['elimination(n)*vec(X) == vech(X)', 'proved'],
  ["vech(X) == vech(X')", 'refuted'],
  ["vech(S)'*vech(S) == norm2(S)^2", 'refuted'],
  ['vech([1, 2; 3, 4]) == [1; 3; 4]', 'proved'],
  ['sum_{i, j, i <= j, j <= i}(X[i,j]) == tr(X)', 'proved'],
] as const)('%s is %s', (claim, verdict) => expect(verdictOf(given, claim).verdict).toBe(verdict));

test.each([
  ['grad(logdet(X), vech(X))', 'vech(X) says all of X only where X is symmetric'],
  ["grad(logdet(X), vech(X'))", "a derivative is taken by vech of a symmetric name, not by vech(X')"],
  ['grad(tr(S), vech(S)) within symmetric', 'vech(S) varies within the symmetric matrices as it is'],
  ['jacobian(S*X, vech(S))', 'by vech a Jacobian is a matrix, and S*X is n x n'],
  ['jvp(tr(S), vech(S), vech(S))', 'jvp is taken by a whole variable, not by vech(S)'],
  ['duplication(n/2)', 'n/2 is no whole number for every size'],
])('%s is refused', (question, message) => expect(problemOf(program(given).ask(question)).message).toBe(message));
