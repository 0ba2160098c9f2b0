/** vec, kron and unvec: adjoints through them, derivatives by vec(X) with Kronecker products and permutations, and claims about them. */
import { describe, expect, test } from 'vitest';
import { answerFromJSON } from '../../src/index.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

type Row = readonly [program: string, question: string, answer: string];

const adjoints: readonly Row[] = [
  ['A in R^(m x n); v in R^(m*n)', "grad(v'*vec(A), A)", 'unvec(v, m, n)'],
  ['A in R^(m x n); v in R^(m*n)', 'grad(norm2(vec(A) - v)^2, A)', '2*(A - unvec(v, m, n))'],
  ['A in R^(m x n); v in R^(m*n)', 'grad(sum(tanh(vec(A) - v)), A)', '1 - tanh(A - unvec(v, m, n)).^2'],
  ['A in R^(m x n); M in R^(k x m*n)', 'grad(norm2(M*vec(A))^2, A)', "2*unvec(M'*M*vec(A), m, n)"],
  ['A in R^(m x n); M in R^(k x m*n)', 'jacobian(M*vec(A), A)', 'unvec(M[i,:], m, n)[j,l]'],
  ['A in R^(m x n); v in R^(m*n)', "grad(tr(A'*unvec(v, m, n)), v)", 'vec(A)'],
  ['x in R^m; y in R^n; v in R^(m*n)', "grad(x'*unvec(v, m, n)*y, v)", 'kron(y, x)'],
  ['x in R^m; y in R^n; v in R^(m*n)', "grad(x'*unvec(v, m, n)*y, x)", 'unvec(v, m, n)*y'],
  ['v in R^(n^2)', 'grad(logdet(unvec(v, n, n)), v)', "vec(inv(unvec(v, n, n))')"],
  ['v in R^(n^2)', 'grad(tr(unvec(v, n, n)), v)', 'vec(eye(n))'],
  ['v in R^(n^2)', 'grad(det(unvec(v, n, n)), v)', "det(unvec(v, n, n))*vec(inv(unvec(v, n, n))')"],
  ['A in R^(m x n); x in R^p; w in R^(m*p); y in R^n', "grad(w'*kron(A, x)*y, A)", "unvec(w, p, m)'*x*y'"],
  ['A in R^(m x n); x in R^p; w in R^(m*p); y in R^n', "grad(w'*kron(A, x)*y, x)", 'unvec(w, p, m)*A*y'],
  ['A in R^(m x n); x in R^p; w in R^(m*p); y in R^n', "grad(w'*kron(A, x)*y, w)", 'kron(A, x)*y'],
  ['A in R^(m x n); B in R^(p x q); w in R^(m*p); y in R^(n*q)', "grad(w'*kron(A, B)*y, w)", 'kron(A, B)*y'],
  [
    'A in R^(m x n); B in R^(p x q); w in R^(m*p); y in R^(n*q)',
    "grad(w'*kron(A, B)*y, A)",
    "unvec(w, p, m)'*B*unvec(y, q, n)",
  ],
  [
    'A in R^(m x n); B in R^(p x q); w in R^(m*p); y in R^(n*q)',
    "grad(w'*kron(A, B)*y, B)",
    "unvec(w, p, m)*A*unvec(y, q, n)'",
  ],
  [
    'A in R^(n x n); B in R^(m x m); w in R^(m*n); y in R^(m*n)',
    "grad(w'*(kron(A, eye(m)) + kron(eye(n), B))*y, A)",
    "unvec(w, m, n)'*unvec(y, m, n)",
  ],
  [
    'A in R^(n x n); B in R^(m x m); w in R^(m*n); y in R^(m*n)',
    "grad(w'*(kron(A, eye(m)) + kron(eye(n), B))*y, B)",
    "unvec(w, m, n)*unvec(y, m, n)'",
  ],
  ['X in R^(n x k); Y in R^(m x l)', "grad(logdet(kron(X*X', Y*Y')), X)", "2*m*inv(X*X')*X"],
];

/** By their places in Magnus and Neudecker, Matrix Differential Calculus, 3rd edition, unless another book is named. */
const identified: readonly Row[] = [
  // 9.10 and 9.11, scalar functions
  ['A in R^(n x m); X in R^(m x n)', 'jacobian(tr(A*X), vec(X))', "vec(A')"],
  ['A in R^(n x n); X in R^(n x n)', "jacobian(tr(X*A*X'), vec(X))", "vec(X*(A + A'))"],
  ['X in R^(n x n)', 'jacobian(det(X), vec(X))', "det(X)*vec(inv(X)')"],
  ['X in R^(n x n), invertible', 'jacobian(logdet(X), vec(X))', "vec(inv(X)')"],
  // 9.13 and 9.14, matrix functions of a matrix
  ['X in R^(m x n)', 'jacobian(vec(X), vec(X))', 'eye(m*n)'],
  ['X in R^(m x n)', "jacobian(vec(X'), vec(X))", 'commutation(m, n)'],
  ['X in R^(m x n)', "jacobian(vec(X*X'), vec(X))", '(commutation(m, m) + eye(m^2))*kron(X, eye(m))'],
  ['X in R^(m x n)', "jacobian(vec(X'*X), vec(X))", "(commutation(n, n) + eye(n^2))*kron(eye(n), X')"],
  ['A in R^(k x m); B in R^(n x l); X in R^(m x n)', 'jacobian(vec(A*X*B), vec(X))', "kron(B', A)"],
  ['A in R^(k x n); B in R^(m x l); X in R^(m x n)', "jacobian(vec(A*X'*B), vec(X))", "commutation(l, k)*kron(A, B')"],
  ['X in R^(n x n)', 'jacobian(vec(X^2), vec(X))', "kron(eye(n), X) + kron(X', eye(n))"],
  ['X in R^(n x n)', 'jacobian(vec(X^3), vec(X))', "kron(eye(n), X^2) + kron(X', X) + kron(X'^2, eye(n))"],
  ['X in R^(n x n), invertible', 'jacobian(vec(inv(X)), vec(X))', "-kron(inv(X)', inv(X))"],
  ['X in R^(n x n), invertible', 'jacobian(vec(adj(X)), vec(X))', "vec(adj(X))*vec(inv(X)')' - kron(adj(X)', inv(X))"],
  [
    'A in R^(n x n), symmetric; X in R^(n x m)',
    "jacobian(vec(X'*A*X), vec(X))",
    "(commutation(m, m) + eye(m^2))*kron(eye(m), X'*A)",
  ],
  [
    'A in R^(k x m); B in R^(n x k); X in R^(m x n)',
    'jacobian(vec(X*B*A*X), vec(X))',
    "kron(eye(n), X*B*A) + kron((B*A*X)', eye(m))",
  ],
  [
    'X in R^(m x n); A in R^(p x q)',
    'jacobian(vec(kron(X, A)), vec(X))',
    'kron(eye(n), kron(commutation(q, m), eye(p)))*kron(eye(m*n), vec(A))',
  ],
  [
    'X in R^(m x n); A in R^(p x q)',
    'jacobian(vec(kron(A, X)), vec(X))',
    'kron(commutation(q, n), eye(m*p))*kron(kron(eye(n), vec(A)), eye(m))',
  ],
  ['X in R^(m x n); A in R^(m x n)', 'jacobian(vec(X.*A), vec(X))', 'diag(vec(A))'],
  ['X in R^(m x n)', 'jacobian(vec(exp(X)), vec(X))', 'diag(vec(exp(X)))'],
  ['X in R^(n x n)', 'jacobian(vec(diag(diag(X))), vec(X))', 'diag(vec(eye(n)))'],
  ['W in R^(k x d); x in R^d', 'jacobian(W*x, vec(W))', "kron(x', eye(k))"],
  // 10.6 and 10.7, Hessians
  ['A in R^(m x m); X in R^(m x n)', "hessian(tr(X'*A*X), vec(X))", "kron(eye(n), A + A')"],
  ['A in R^(n x n); X in R^(m x n)', "hessian(tr(X*A*X'), vec(X))", "kron(A + A', eye(m))"],
  ['A in R^(m x m); B in R^(n x n); X in R^(m x n)', "hessian(tr(X'*A*X*B), vec(X))", "kron(B', A) + kron(B, A')"],
  ['X in R^(n x n)', 'hessian(tr(X^2), vec(X))', '2*commutation(n, n)'],
  [
    'A in R^(n x n); B in R^(n x n); X in R^(n x n)',
    'hessian(tr(A*X*B*X), vec(X))',
    "commutation(n, n)*(kron(A', B) + kron(B', A))",
  ],
  ['X in R^(n x n), invertible', 'hessian(logdet(X), vec(X))', "-commutation(n, n)*kron(inv(X)', inv(X))"],
  [
    'X in R^(n x n), invertible',
    'hessian(det(X), vec(X))',
    "det(X)*(vec(inv(X)')*vec(inv(X)')' - commutation(n, n)*kron(inv(X)', inv(X)))",
  ],
  [
    'X in R^(n x n), invertible',
    'hessian(tr(inv(X)), vec(X))',
    "commutation(n, n)*(kron(inv(X)', inv(X)^2) + kron(inv(X)'^2, inv(X)))",
  ],
  ['X in R^(m x n)', "hessian(logdet(X'*X), vec(X))", "2*(kron(K, eye(m) - q*X') - commutation(n, m)*kron(q, q'))"],
  ['X in R^(n x n)', 'hessian(tr(X^3), vec(X))', "3*commutation(n, n)*(kron(eye(n), X) + kron(X', eye(n)))"],
  ['X in R^(m x n); a in R^m; b in R^n', "hessian(exp(a'*X*b), vec(X))", "exp(a'*X*b)*kron(b*b', a*a')"],
  ['M in R^(m*n x m*n); A in R^(m x n)', "hessian(vec(A)'*M*vec(A), vec(A))", "M + M'"],
  [
    'W in R^(k x d); x in R^d; y in R^k, onehot; p = softmax(W*x)',
    "hessian(-y'*log(p), vec(W))",
    "kron(x*x', diag(p) - p*p')",
  ],
];

describe.each([...adjoints, ...identified])('%s | %s', (declarations, question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as in the books', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () => expect(answer.check({ points: 2 })).toMatchObject({ ok: true }));
  test('reads back', () => {
    const names = answer.where.map(({ name, text: value }) => `; ${name} = ${value}`).join('');
    expect(valueOf(program(declarations + names).ask(answer.text)).text).toBe(answer.text);
  });
});

const sizes = 'A in R^(m x n); B in R^(p x q); X in R^(m x n); v in R^(m*n); x in R^m; y in R^n';
test.each([
  ["commutation(m, n)*vec(X) == vec(X')", 'proved'],
  ["commutation(m, n)' == commutation(n, m)", 'proved'],
  ['commutation(m, n)*commutation(n, m) == eye(m*n)', 'proved'],
  ['commutation(m, n) == eye(m*n)', 'refuted'],
  ['commutation(m, n)*vec(X) == vec(X)', 'refuted'],
  ['commutation(1, n) == eye(n)', 'proved'],
  ['commutation(m, 1) == eye(m)', 'proved'],
  ['commutation(p, m)*kron(A, B) == kron(B, A)*commutation(q, n)', 'proved'],
  ['commutation(p, m)*kron(A, B)*commutation(n, q) == kron(B, A)', 'proved'],
  ['kron(A, B)*commutation(n, q) == kron(B, A)', 'refuted'],
  ['commutation(n, m)*kron(y, x) == kron(x, y)', 'refuted'],
  ['commutation(m, n)*kron(y, x) == kron(x, y)', 'proved'],
  ['tr(commutation(n, n)) == n', 'proved'],
  ["tr(commutation(m, n)*kron(A', X)) == tr(A'*X)", 'proved'],
  ['tr(commutation(2, 3)) == 1', 'refuted'],
  ['vec(kron(A, B)) == kron(eye(n), kron(commutation(q, m), eye(p)))*kron(vec(A), vec(B))', 'proved'],
  ["A[1,1]*vec(A*X'*A) == A[1,1]*kron(A', A)*vec(X')", 'proved'],
  ['vec(unvec(v, m, n)) == v', 'proved'],
  ['unvec(vec(X), m, n) == X', 'proved'],
  ["unvec(vec(X), n, m) == X'", 'refuted'],
  ["unvec(v, m, n)' == unvec(v, n, m)", 'refuted'],
  ["kron(y, x) == vec(x*y')", 'proved'],
  ["x'*unvec(v, m, n)*y == kron(y, x)'*v", 'proved'],
  // The places of a diagonal are not all places.
  ['diag(vec(eye(n))) == eye(n^2)', 'refuted'],
  ["jacobian(vec(diag(diag(A*A'))), vec(A*A')) == eye(m^2)", 'refused'],
] as const)('%s is %s', (claim, verdict) => {
  if (verdict === 'refused') expect(program(sizes).check(claim).ok).toBe(false);
  else expect(verdictOf(sizes, claim).verdict).toBe(verdict);
});

test.each([
  ['unvec(X, m, n)', 'unvec takes a vector, and X is m x n'],
  ['unvec(v, n, n)', 'v is (m*n) x 1, and a n x n matrix has n*n entries'],
  ['unvec(v, m)', 'unvec takes 3 arguments, not 2'],
  ['commutation(m)', 'commutation takes 2 arguments, not 1'],
  ['commutation(x, n)', 'x is not a size'],
  ['commutation(m, n)*x', 'commutation(m, n) is (m*n) x (m*n) and x is m x 1: the inner sizes m*n and m differ'],
])('%s is refused', (question, message) => expect(problemOf(program(sizes).ask(question)).message).toBe(message));

test('the names of sizes stand for sizes, whatever is evaluated', () => {
  const answer = valueOf(program('X in R^(m x n)').ask('commutation(m, n)*vec(X)'));
  expect(answer.latex).toBe('\\operatorname{vec}(X^\\top)');
  expect(valueOf(program('X in R^(m x n)').ask("jacobian(vec(X'), vec(X))")).latex).toBe('K_{m,n}');
  expect(valueOf(program('v in R^(m*n)').ask('unvec(v, m, n)')).latex).toBe('\\operatorname{unvec}_{m \\times n}(v)');
});

describe('where the answer is one entry, the same by vec stands beside it', () => {
  const given = 'A in R^(k x m); B in R^(n x l); X in R^(m x n); x in R^n; S in R^(n x n), invertible; D in R^(n x n)';
  test.each([
    ['jacobian(A*X*B, X)', 'jacobian(vec(A*X*B), vec(X))', "kron(B', A)"],
    ['jacobian(inv(S), S)', 'jacobian(vec(inv(S)), vec(S))', "-kron(inv(S)', inv(S))"],
    ['hessian(logdet(S), S)', 'hessian(logdet(S), vec(S))', "-commutation(n, n)*kron(inv(S)', inv(S))"],
    ['jacobian(X*x, X)', 'jacobian(X*x, vec(X))', "kron(x', eye(m))"],
    ["jacobian(x*x', x)", "jacobian(vec(x*x'), x)", 'kron(eye(n), x) + kron(x, eye(n))'],
    ["jacobian(X*X', X)", "jacobian(vec(X*X'), vec(X))", '(commutation(m, m) + eye(m^2))*kron(X, eye(m))'],
  ])('%s', (question, stacked, text) => {
    const answer = valueOf(program(given).ask(question));
    expect(answer.indices).toBeDefined();
    expect(answer.stacked).toMatchObject({ question: stacked, text });
    expect(valueOf(program(given).ask(stacked)).text).toBe(text);
    expect(valueOf(answerFromJSON(answer.toJSON())).stacked).toEqual(answer.stacked);
  });
  test('with the names that the answer introduces', () => {
    const { where, stacked } = valueOf(program('X in R^(m x n)').ask("hessian(logdet(X'*X), X)"));
    expect(where.map(({ name, text }) => `${name} = ${text}`)).toEqual(["K = inv(X'*X)"]);
    expect(stacked?.text).toBe("2*(kron(K, eye(m) - X*K*X') - commutation(n, m)*kron(X*K, K*X'))");
  });
  test.each(['jacobian(diag(D), D)', 'grad(tr(A*X*B*A*X*B), X)', 'jacobian(X*x, x)'])('%s has none', (question) => {
    const found = program('A in R^(k x m); B in R^(n x k); X in R^(m x n); x in R^n; D in R^(n x n)').ask(question);
    expect(valueOf(found).stacked).toBeUndefined();
  });
});
