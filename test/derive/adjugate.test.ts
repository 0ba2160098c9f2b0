/** Determinants where the matrix is singular: the adjugate, its kernel, and derivatives that have values there. */
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

type Rows = readonly (readonly number[])[];
const without = (rows: Rows, r: number, c: number): Rows =>
  rows.filter((_, i) => i !== r).map((row) => row.filter((_, j) => j !== c));
const det = (rows: Rows): number =>
  rows.length === 0
    ? 1
    : rows[0]!.reduce((sum, entry, c) => sum + (c % 2 === 0 ? entry : -entry) * det(without(rows, 0, c)), 0);
/** By cofactors, as a textbook defines it. */
const adjugate = (rows: Rows): Rows =>
  rows.map((row, i) => row.map((_, j) => ((i + j) % 2 === 0 ? 1 : -1) * det(without(rows, j, i))));

const random = randomNumbers(7);
const matrix = (rows: number, columns: number): Rows =>
  Array.from({ length: rows }, () => [...random.normals(columns)]);
const times = (a: Rows, b: Rows): Rows =>
  a.map((row) => (b[0] ?? row).map((_, j) => row.reduce((sum, x, k) => sum + x * b[k]![j]!, 0)));
const ofRank = (n: number, rank: number): Rows =>
  rank === 0 ? matrix(n, n).map((row) => row.map(() => 0)) : times(matrix(n, rank), matrix(rank, n));

const kinds: readonly (readonly [string, (n: number) => Rows])[] = [
  ['regular', (n) => matrix(n, n)],
  ['of rank n - 1', (n) => ofRank(n, n - 1)],
  ['of rank n - 2', (n) => ofRank(n, Math.max(0, n - 2))],
  ['of rank 1', (n) => ofRank(n, 1)],
  ['zero', (n) => ofRank(n, 0)],
  ['nearly singular', (n) => ofRank(n, n - 1).map((row) => row.map((x) => x + 1e-10 * random.normals(1)[0]!))],
  ['with a row twice', (n) => matrix(n, n).map((row, i, all) => (i === n - 1 ? all[0]! : row))],
  ['of whole numbers', (n) => matrix(n, n).map((row) => row.map((x) => Math.round(2 * x)))],
];
const norm = (rows: Rows): number => Math.max(1e-300, ...rows.flat().map(Math.abs));

describe.each(kinds)('a matrix that is %s', (_, make) => {
  const answer = valueOf(program('A in R^(n x n)').ask('adj(A)'));
  const gradient = valueOf(program('A in R^(n x n)').grad('det(A)', 'A'));
  test.each([1, 2, 3, 4, 5, 6])(
    '%i x %i: the adjugate is that of the cofactors, and the gradient its transpose',
    (n) => {
      const [adj, grad] = [answer, gradient].map((one) => valueOf(one.compile({ n })));
      for (let k = 0; k < 10; k++) {
        const rows = make(n);
        const A = Float64Array.from(rows.flat());
        const expected = adjugate(rows);
        const scale = Math.max(1e-12, norm(rows) ** (n - 1)) * 1e-12;
        const [found, slope] = [adj!({ A }), grad!({ A })];
        expected.forEach((row, i) =>
          row.forEach((entry, j) => {
            expect(Math.abs(found[i * n + j]! - entry)).toBeLessThan(scale);
            expect(Math.abs(slope[j * n + i]! - entry)).toBeLessThan(scale);
          }),
        );
      }
    },
  );
});

const square = 'A, B in R^(n x n); x in R^n';
test.each([
  [square, 'adj(A)', 'adj(A)'],
  [square, "adj(A')", "adj(A)'"],
  ['S in R^(n x n), symmetric', "adj(S)'", 'adj(S)'],
  ['c in R', 'adj(c)', '1'],
  [square, 'grad(det(A), A)', "det(A)*inv(A)'"],
  [square, 'grad(tr(A)*det(A), A)', "det(A)*(tr(A)*inv(A)' + eye(n))"],
  [square, 'grad(det(A)^2, A)', "2*det(A)^2*inv(A)'"],
  [square, "grad(x'*adj(A)*x, x)", "(adj(A) + adj(A)')*x"],
  [square, 'grad(tr(adj(A)*B), A)', "(tr(B*adj(A))*inv(A) - adj(A)*B*inv(A))'"],
])('%s | %s is %s', (declarations, question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  expect(answer.text).toBe(text);
  expect(answer.check({ points: 3 })).toMatchObject({ ok: true });
});

test.each([
  ['A in R^(2 x 2)', 'grad(det(A), A) at A = [1, 2; 2, 4]', '[4, -2; -2, 1]'],
  ['A in R^(2 x 2)', 'grad(det(A), A) at A = [1, 2; 3, 4]', '[4, -3; -2, 1]'],
  ['A in R^(3 x 3)', 'grad(det(A), A) at A = [1, 2, 3; 4, 5, 6; 7, 8, 9]', '[-3, 6, -3; 6, -12, 6; -3, 6, -3]'],
  ['A in R^(2 x 2)', 'grad(tr(A)*det(A), A) at A = [1, 2; 2, 4]', '[20, -10; -10, 5]'],
  ['A in R^(2 x 2)', 'adj(A) at A = [1, 2; 3, 4]', '[4, -2; -3, 1]'],
  ['A in R^(2 x 2)', 'inv(A) at A = [1, 2; 3, 4]', '[-2, 1; 3/2, -1/2]'],
  ['A in R^(2 x 2)', 'det(A) at A = [1, 2; 3, 4]', '-2'],
  ['A in R^(2 x 2)', 'logdet(A) at A = [1, 2; 3, 4]', 'log(2)'],
])('%s | %s is %s', (declarations, question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  expect(answer.text).toBe(text);
  expect(answer.check({ points: 2 })).toMatchObject({ ok: true });
});

const tall = 'A in R^(3 x 2); B in R^(2 x 3); x, y in R^n';
test.each([
  ['x in R^n; y in R^n', "grad(det(x*y'), x)", "adj(x*y')'*y"],
  [tall, "grad(det(A*A'), A)", 'zeros(3, 2)'],
  [tall, 'grad(det(A*B), A)', 'zeros(3, 2)'],
  [`${tall}; M = x*y'`, 'grad(det(M), x)', "adj(M)'*y"],
  [`${tall}; M = x*y'`, 'grad(det(M), M)', "adj(M)'"],
  ['A in R^(m x n)', "grad(det(A*A'), A)", "2*det(A*A')*inv(A*A')*A"],
  ['x, y in R^n; A in R^(n x n)', "grad(det(A + x*y'), A)", "det(A + x*y')*inv(A + x*y')'"],
])('%s | %s is %s', (declarations, question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  expect(
    answer.where.reduce(
      (all, { name, text: value }) => all.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), value),
      answer.text,
    ),
  ).toBe(text);
  expect(answer.check({ points: 3 })).toMatchObject({ ok: true });
});

test('an inverse that never exists is refused', () =>
  expect(problemOf(program('x, y in R^n').ask("inv(x*y')"))).toMatchObject({ kind: 'domain' }));

test.each(['inv(A) at A = [1, 2; 2, 4]', 'hessian(det(A), A) at A = [1, 2; 2, 4]'])('%s is refused', (question) =>
  expect(problemOf(program('A in R^(2 x 2)').ask(question))).toMatchObject({ kind: 'value' }),
);

test('the determinant in front of a sum reaches every inverse in it', () => {
  const gradient = valueOf(valueOf(program('A in R^(n x n)').grad('tr(A)*det(A)^2', 'A')).compile({ n: 2 }));
  expect([...gradient({ A: [1, 2, 2, 4] })].map(Math.abs)).toEqual([0, 0, 0, 0]);
  const other = valueOf(valueOf(program('A, B in R^(n x n)').grad('det(A)*tr(B*A)', 'A')).compile({ n: 2 }));
  // tr(B*A) = 5 + 8 there, the adjugate [4, -2; -2, 1]
  expect([...other({ A: [1, 2, 2, 4], B: [1, 1, 1, 2] })]).toEqual([52, -26, -26, 13]);
});

test.each([
  [square, 'adj(A)*A == det(A)*eye(n)', 'proved'],
  [square, 'adj(A*B) == adj(B)*adj(A)', 'proved'],
  [square, 'adj(A*B) == adj(A)*adj(B)', 'refuted'],
  [square, 'adj(2*A) == 2*adj(A)', 'refuted'],
  [square, "grad(det(A), A) == adj(A)'", 'proved'],
  [square, 'grad(det(A), A) == adj(A)', 'refuted'],
  ['x, y in R^3', "grad(det(x*y'), x) == zeros(3)", 'proved'],
  ['A in R^(3 x 2)', "grad(det(A*A'), A) == zeros(3, 2)", 'proved'],
  ['x, y in R^2', "grad(det(x*y'), x) == y", 'refuted'],
])('%s | %s is %s', (declarations, claim, verdict) => expect(verdictOf(declarations, claim).verdict).toBe(verdict));
