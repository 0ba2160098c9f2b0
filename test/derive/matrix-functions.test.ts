/** Functions of matrices, of eigenvalues and singular values: what textbooks print, where it holds, and claims about them. */
import { describe, expect, test } from 'vitest';
import { sampled } from '../corpus/sample.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'S, B in R^(n x n), symmetric; A, M in R^(n x n); X in R^(m x n); x, w in R^n; t, c in R; K in R^(3 x 3), symmetric; ' +
  'P, T in R^(n x n), spd; L in R^(m x m); C, D in R^(m x n); Y in R^(2 x 3)';

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
  ['sqrt(normop(X)^2) + abs(normnuc(X))', 'normop(X) + normnuc(X)'],
  ['grad(sum(exp(eigvals(S))), S)', 'expm(S)'],
  ['grad(sum(eigvals(P).*log(eigvals(P))), P)', 'logm(P) + eye(n)'],
  ['grad(normnuc(X), X)', "X*inv(sqrtm(X'*X))"],
  ['grad(normnuc(Y), Y)', "inv(sqrtm(Y*Y'))*Y"],
  ['normnuc(x)', 'norm2(x)'],
  // exponentials
  ['grad(tr(expm(A)), A)', "expm(A)'"],
  ['grad(tr(M*expm(A)), A)', "dexpm(A, M)'"],
  ["grad(w'*expm(A)*x, A)", "dexpm(A, x*w')'"],
  ['jvp(expm(A), A, M)', 'dexpm(A, M)'],
  ['d(expm(A))', 'dexpm(A, d(A))'],
  ['jacobian(expm(t*A), t)', 'A*expm(t*A)'],
  ['jacobian(expm(t*A)*x, t)', 'A*expm(t*A)*x'],
  ["hessian(w'*expm(t*A)*x, t)", "w'*A^2*expm(t*A)*x"],
  ["grad(w'*expm(t*A)*x, A)", "t*dexpm(t*A, x*w')'"],
  ['grad(norm2(expm(A))^2, A)', "2*dexpm(A', expm(A))"],
  ['grad(tr(expm(A .* A)), A)', "2*(A.*expm(A.^2)')"],
  ['grad(logdet(expm(A)), A)', 'eye(n)'],
  ['expm(A)*expm(-A)', 'eye(n)'],
  ["expm(A')", "expm(A)'"],
  ['expm(t)', 'exp(t)'],
  ['expm(diag(x))', 'diag(exp(x))'],
  // logarithms and roots
  ['grad(tr(logm(P)), P)', 'inv(P)'],
  ['grad(tr(P*logm(P) - P), P)', 'logm(P)'],
  ['grad(norm2(logm(P))^2, P)', '2*logm(P)*inv(P)'],
  ['grad(tr(A*logm(P)), P)', "dlogm(P, A)'"],
  ['jvp(logm(P), P, A)', 'dlogm(P, A)'],
  ['hessian(tr(logm(P)), P)', '-inv(P)[i,l]*inv(P)[j,k]'],
  ['grad(tr(sqrtm(P)), P)', 'inv(sqrtm(P))/2'],
  ['grad(tr(A*sqrtm(P)), P)', "sylvester(sqrtm(P), sqrtm(P), A)'"],
  ['jvp(sqrtm(P), P, A)', 'sylvester(sqrtm(P), sqrtm(P), A)'],
  ['grad(tr(P + T - 2*sqrtm(P*T)), P)', "eye(n) - inv(sqrtm(P*T))'*T"],
  ['sqrtm(P)*sqrtm(P)', 'P'],
  ['expm(logm(P))', 'P'],
  // Cholesky factors
  ["chol(P)*chol(P)'", 'P'],
  [
    'jvp(chol(P), P, S)',
    "chol(P)*(2*tril(inv(chol(P))*S*inv(chol(P))') - diag(sum(inv(chol(P))*S .* inv(chol(P)), 2)))/2",
  ],
  [
    'grad(tr(A*chol(P)), P)',
    "inv(chol(P))'*(triu(A*chol(P)) + triu(A*chol(P))' - diag(sum(A.*chol(P)', 2)))*inv(chol(P))/2",
  ],
  ['grad(sum(log(diag(chol(P)))), P)', 'inv(P)/2'],
  ['grad(norm2(chol(P))^2, P)', 'eye(n)'],
  ['grad(norm2(inv(chol(P))*x)^2, P)', "-inv(chol(P))'*inv(chol(P))*x*x'*inv(chol(P))'*inv(chol(P))"],
  ['chol(t)', 'sqrt(t)'],
  // pseudoinverses
  ['jvp(pinv(X), X, C)', "inv(X'*X)*(C' - C'*X*pinv(X)) - pinv(X)*C*pinv(X)"],
  ['grad(tr(C*pinv(X)), X)', "(C - X*pinv(X)*C)*inv(X'*X) - (pinv(X)*C*pinv(X))'"],
  ['pinv(X)*X', 'eye(n)'],
  ['pinv(A)', 'inv(A)'],
  ['pinv(x)', "x'/(x'*x)"],
  ['pinv(t*X)', 'pinv(X)/t'],
  // powers
  ['A^k', 'A^k'],
  ['jacobian(A^k*x, x)', 'A^k'],
  ["grad(x'*A^k*x, x)", "(A^k + (A^k)')*x"],
  ['grad(norm2(A^k*x)^2, x)', "2*(A^k)'*A^k*x"],
  ['grad(tr(A^k), A)', "k*(A^(k - 1))'"],
  ['grad(tr(A^(k + 1))/(k + 1), A)', "(A^k)'"],
  ['grad(tr((M*A)^k), A)', "k*((M*A)^(k - 1)*M)'"],
  ['jacobian((t*A)^k, t)', 'k*A*(t*A)^(k - 1)'],
  ['grad(tr((A + t*M)^k), t)', 'k*tr(M*(A + t*M)^(k - 1))'],
  // equations
  ['sylvester(L, A, C)', 'sylvester(L, A, C)'],
  ["sylvester(A', L', C')", "sylvester(L, A, C)'"],
  ['grad(sum(sylvester(L, A, C)), C)', "sylvester(A, L, ones(n, m))'"],
  ["grad(tr(D'*sylvester(L, A, C)), L)", "-(sylvester(L, A, C)*sylvester(A, L, D'))'"],
  ['L*sylvester(L, A, C) + sylvester(L, A, C)*A', 'C'],
  ['sylvester(t, c, 1)', '1/(t + c)'],
];
/** With no form that a book has: only checked by numbers. */
const checked = [
  'hessian(eigmax(S + t*B), t)',
  'jvp(eigvecs(S), S, M)',
  "grad(w'*eigvecs(S)[:,n], S)",
  "grad(normop(A*X'), X)",
  'jvp(grad(eigmax(S), S), S, M)',
  'grad(tr(Y*pinv(Y)*K[1:2,1:2]), K)',
  "grad(tr(D'*pinv(X)'), X)",
  'grad(tr(Y*pinv(c*Y + Y)), Y)',
  'jacobian(chol(P + t*S)*x, t)',
  "grad(w'*chol(A)*x, A)",
  'hessian(tr(expm(A)), A)',
  'hessian(tr(sqrtm(P)), P)',
  'jacobian(vec(expm(A)), vec(A))',
  'jacobian(logm(P), P)',
  'grad(norm2(expm(t*A + c*M)*x)^2, t)',
  "grad(sylvester(A, t, w)[1] + sum(sylvester(t, A, w')), A)",
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
    const { ok, reason } = found.check({ points: 1 });
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
  test('a definite matrix, a root, independent columns', () => {
    expect(conditions('chol(A)')).toEqual(['A is positive definite, for chol(A)']);
    expect(conditions('sqrtm(A)')).toEqual(['A has no eigenvalue that is 0 or negative, for sqrtm(A)']);
    expect(conditions('pinv(X)')).toEqual(["X'*X is invertible, for pinv(X)"]);
    expect(conditions('pinv(Y)')).toEqual(["Y*Y' is invertible, for pinv(Y)"]);
    expect(conditions('grad(normnuc(Y), Y)')).toEqual(["except where Y*Y' is singular: normnuc(Y) has a kink there"]);
    expect(conditions('sylvester(L, A, C)')).toEqual([
      "kron(eye(n), L) + kron(A', eye(m)) is invertible, for sylvester(L, A, C)",
    ]);
    for (const question of [
      'log(eigmax(P)/eigmin(P))',
      'sqrt(normop(X))',
      'sum(log(eigvals(P)))',
      'chol(P)',
      "logm(P + X'*X)",
      'grad(tr(sqrtm(P)), P)',
      'inv(expm(A))',
      'chol(expm(S))',
    ])
      expect(conditions(question)).toEqual([]);
  });
  test('nothing is asked of values, of numbers, or of what does not vary', () => {
    for (const question of ['eigmax(S)', 'grad(eigmax(t), t)', 'grad(c*eigmax(S), c)', 'normop(X)'])
      expect(conditions(question)).toEqual([]);
  });
});

describe('what is refused', () => {
  const problem = (question: string): string => problemOf(program(declarations).ask(question)).message;
  test.each([
    ['hessian(tr(M*expm(A)), A)', 'no rule for the derivative of dexpm'],
    ['grad(tr(M*dlogm(P, A)), P)', 'no rule for the derivative of dlogm'],
    ['grad(tr(M*A^k), A)', 'the derivative of X^k along V is the sum of X^(r-1)*V*X^(k-r)'],
    ['A^t', 'a matrix is raised to integers only'],
    ['A^(-k)', 'a matrix is raised to integers only'],
    ['t^k', 'k is not declared'],
    ["grad(tr(M*inv(A)^k*pinv(x*w')), x)", 'pinv'],
    ['expm(X)', 'expm needs a square matrix'],
    ['dexpm(A, X)', 'dexpm takes a direction of the shape of A'],
    ['sylvester(A, A, X)', 'sylvester(A, B, C) takes a matrix C'],
    ['logm(zeros(n, n))', 'logm'],
  ])('%s: %s', (question, message) => expect(problem(question)).toContain(message));
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
    'expm(A)*expm(-A) == eye(n)',
    "chol(P)*chol(P)' == P",
    'A^k*A == A^(k + 1)',
    "(A')^k == (A^k)'",
    "grad(tr(A^k), A) == k*(A^(k - 1))'",
    'X*pinv(X)*X == X',
    "pinv(X) == inv(X'*X)*X'",
    'inv(expm(A)) == expm(-A)',
    'det(expm(A)) == exp(tr(A))',
    'tr(logm(P)) == logdet(P)',
    'sqrtm(P)*sqrtm(P) == P',
    "logm(S) == eigvecs(S)*diag(log(eigvals(S)))*eigvecs(S)'",
    ...sampled(
      [
        'tr(dexpm(A, M)) == tr(expm(A)*M)',
        "dexpm(A', M') == dexpm(A, M)'",
        'dexpm(A, M + 2*S) == dexpm(A, M) + 2*dexpm(A, S)',
      ],
      3,
    ),
  ])('%s is proved', (text) => expect(claim(text)).toBe('proved'));
  test.each([
    'prod(eigvals(A)) == det(A)',
    'eigmax(S + B) == eigmax(S) + eigmax(B)',
    'eigmax(-S) == -eigmax(S)',
    'eigmax(S) == normop(S)',
    'eigvecs(S)*S == diag(eigvals(S))*eigvecs(S)',
    'normop(X) == norm2(X)',
    'expm(A + M) == expm(A)*expm(M)',
    'chol(P) == sqrtm(P)',
    "chol(P)'*chol(P) == P",
    'A^k*A == A^(k + 2)',
    '(A*M)^k == A^k*M^k',
    'X*pinv(X) == eye(m)',
    'expm(A) == exp(A)',
    'sqrtm(P*T) == sqrtm(P)*sqrtm(T)',
    'logm(P*T) == logm(P) + logm(T)',
    'dexpm(A, M) == expm(A)*M',
    'normnuc(X) == norm2(X)',
    'sylvester(L, A, C) == inv(L)*C',
    "grad(eigmax(S), S) == eigvecs(S)[:,1]*eigvecs(S)[:,1]'",
  ])('%s is refuted', (text) => expect(claim(text)).toBe('refuted'));
});
