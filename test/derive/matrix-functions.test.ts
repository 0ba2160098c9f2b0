/** Functions of eigenvalues and singular values: what textbooks print, where it holds, and claims about them. */
import { describe, expect, test } from 'vitest';
import { program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'S, B in R^(n x n), symmetric; A, M in R^(n x n); X in R^(m x n); x, w in R^n; t, c in R; K in R^(3 x 3), symmetric';

const questions: readonly (readonly [question: string, answer: string])[] = [
  // eigenvalues
  ['eigmax(S)', 'eigmax(S)'],
  ['grad(eigmax(S), S)', "eigvecs(S)[:,n]*eigvecs(S)[:,n]'"],
  ['grad(eigmin(S), S)', "eigvecs(S)[:,1]*eigvecs(S)[:,1]'"],
  ['grad(eigmax(K), K)', "eigvecs(K)[:,3]*eigvecs(K)[:,3]'"],
  ['grad(eigmin(A), A)', "v*v' where v = eigvecs((A + A')/2)[:,1]"],
  ["grad(w'*eigvals(S), S)", "eigvecs(S)*diag(w)*eigvecs(S)'"],
  ['grad(sum(eigvals(S)), S)', 'eye(n)'],
  ['grad(sum(eigvals(S).^2), S)', '2*S'],
  ['grad(sum(log(eigvals(S))), S)', 'inv(S)'],
  ['grad(sum(exp(eigvals(S))), S)', "eigvecs(S)*diag(exp(eigvals(S)))*eigvecs(S)'"],
  ['jvp(eigvals(S), S, M)', "sum(M*eigvecs(S) .* eigvecs(S), 1)'"],
  ['grad(eigmax(S + diag(x)), x)', 'eigvecs(S + diag(x))[:,n].^2'],
  ['grad(eigmax(S + t*B), t)', "v'*B*v where v = eigvecs(S + t*B)[:,n]"],
  ["grad(eigmax(X'*X), X)", "2*X*v*v' where v = eigvecs(X'*X)[:,n]"],
  ['grad(normop(X), X)', "X*v*v'/normop(X) where v = eigvecs(X'*X)[:,n]"],
  ['grad(normop(X)^2/2, X)', "X*v*v' where v = eigvecs(X'*X)[:,n]"],
  ["eigvecs(S)'*eigvecs(S)", 'eye(n)'],
  ["eigvecs(S)*diag(eigvals(S))*eigvecs(S)'", 'S'],
  ['eigmax(t)', 't'],
  ['eigvecs(t)', '1'],
  ['normop(x)', 'norm2(x)'],
  ['normop(c*X)', 'normop(X)*abs(c)'],
];
/** With no form that a book has: only checked by numbers. */
const checked = [
  'hessian(eigmax(S + t*B), t)',
  'jvp(eigvecs(S), S, M)',
  "grad(w'*eigvecs(S)[:,n], S)",
  "grad(normop(A*X'), X)",
  'jvp(grad(eigmax(S), S), S, M)',
  'grad(eigmax(A), A)',
];
describe('answers', () => {
  const p = program(declarations);
  test.each(questions)('%s is %s', (question, answer) => {
    const found = valueOf(p.ask(question));
    const names = found.where.map(({ name, text }) => `${name} = ${text}`).join(', ');
    expect(`${found.text}${names ? ` where ${names}` : ''}`).toBe(answer);
  });
  test.each([...questions.map(([question]) => question), ...checked])('%s is right, and reads back', (question) => {
    const found = valueOf(p.ask(question));
    const { ok, reason } = found.check({ points: 2 });
    expect(ok, reason).toBe(true);
    const names = found.where.map(({ name, text }) => `; ${name} = ${text}`).join('');
    expect(valueOf(program(`${declarations}${names}`).ask(found.text)).text).toBe(found.text);
  });
});

describe('where an answer holds', () => {
  const conditions = (question: string): readonly string[] =>
    valueOf(program(declarations).ask(question)).conditions.map(({ text }) => text);
  test('a simple largest or smallest eigenvalue, or all of them', () => {
    expect(conditions('grad(eigmax(S), S)')).toEqual([
      'except where eigvals(S) has several largest entries: eigmax(S) has a kink there',
    ]);
    expect(conditions('grad(eigmin(S), S)')).toEqual([
      'except where eigvals(S) has several smallest entries: eigmin(S) has a kink there',
    ]);
    expect(conditions("grad(w'*eigvals(S), S)")).toEqual([
      'except where eigvals(S) has equal entries: eigvals(S) has no derivative there',
    ]);
    expect(conditions('grad(normop(X), X)')).toEqual([
      "except where eigvals(X'*X) has several largest entries: normop(X) has a kink there",
    ]);
  });
  test('nothing is asked of values, of numbers, or of what does not vary', () => {
    for (const question of ['eigmax(S)', 'grad(eigmax(t), t)', 'grad(c*eigmax(S), c)', 'normop(X)'])
      expect(conditions(question)).toEqual([]);
  });
});

describe('claims', () => {
  const claim = (text: string): string => verdictOf(declarations, text).verdict;
  test.each([
    "grad(eigmax(S), S) == eigvecs(S)[:,n]*eigvecs(S)[:,n]'",
    'sum(eigvals(S)) == tr(S)',
    'prod(eigvals(S)) == det(S)',
    'sum(eigvals(A)) == tr(A)',
    "eigvecs(S)*diag(eigvals(S))*eigvecs(S)' == S",
    'S*eigvecs(S) == eigvecs(S)*diag(eigvals(S))',
    'eigmax(-S) == -eigmin(S)',
    "normop(X)^2 == eigmax(X'*X)",
    "normop(X') == normop(X)",
    'normop(-X) == normop(X)',
  ])('%s is proved', (text) => expect(claim(text)).toBe('proved'));
  test.each([
    'prod(eigvals(A)) == det(A)',
    'eigmax(S + B) == eigmax(S) + eigmax(B)',
    'eigmax(-S) == -eigmax(S)',
    'eigmax(S) == normop(S)',
    'eigvecs(S)*S == diag(eigvals(S))*eigvecs(S)',
    'normop(X) == norm2(X)',
    "grad(eigmax(S), S) == eigvecs(S)[:,1]*eigvecs(S)[:,1]'",
  ])('%s is refuted', (text) => expect(claim(text)).toBe('refuted'));
});
