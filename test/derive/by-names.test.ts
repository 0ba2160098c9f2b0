/** Derivatives by what is not a plain variable: by defined names, said or spelled out, by rearrangements and entries; and what is refused. */
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { parse } from '../../src/index.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

type Row = readonly [program: string, question: string, answer: string, ...notes: readonly string[]];

const answered: readonly Row[] = [
  ['X in R^(n x p); u = vec(X)', "grad(u'*u, u)", '2*u'],
  ['X in R^(n x p); u = vec(X)', 'grad(sum(exp(vec(X))), u)', 'exp(u)'],
  ['X in R^(n x p); u = vec(X)', "grad(tr(X'*X), u)", '2*vec(X)'],
  ['X in R^(n x p)', "grad(tr(X'*X), vec(X))", '2*vec(X)'],
  ['X in R^(2 x 3); u = vec(X); B in R^(4 x 6); c in R^4', 'grad(norm2(B*u - c)^2, u)', "2*B'*(B*u - c)"],
  ['X in R^(2 x 3); u = vec(X); B in R^(4 x 6); r = B*u', 'jacobian(tanh(r), u)', 'diag(1 - tanh(r).^2)*B'],
  ['x in R^n; u = x', "grad(x'*x, u)", '2*x'],
  ['x in R^n; y = A*x; A in R^(n x n); u = y', 'grad(sum(exp(A*x)), u)', 'exp(y)'],
  ['x in R^n; A in R^(n x n); y = A*x; u = y; v = u', 'grad(sum(exp(y)), v)', 'exp(y)'],
  ['c in R, constant; x in R^n; u = c*x', 'grad(sum(exp(c*x)), u)', 'exp(u)'],
  ['c in R, constant; x in R^n; u = c*x', 'grad(c*sum(exp(c*x)), u)', 'c*exp(u)'],
  ['c in R, constant; x in R^n; y = 3*c', 'grad(c*sum(x), y)', '0', 'c*sum(x) does not depend on y'],
  ['x in R^n; u = 3', 'grad(sum(x)*u^2, u)', '2*u*sum(x)'],
  ['x in R^n; c = 0', 'grad(c*sum(x), c)', 'sum(x)'],
  ['x in R^n; c = 3', 'grad(3*sum(x) + c*x[1], c)', 'x[1]'],
  ['x in R^n; u = 3', 'grad(3*sum(x), u)', '0', '3*sum(x) does not depend on u'],
  ['x in R^n; e = ones(n)', "grad(e'*x, e)", 'x'],
  ['x in R^n; e = ones(n)', 'grad(sum(x), e)', 'zeros(n)', 'sum(x) does not depend on e'],
  ['S in R^(n x n), symmetric; u = vec(S)', 'hessian(norm2(S)^2, u)', '2*eye(n^2)'],
  ["S in R^(n x n), symmetric; T = S'", 'grad(tr(S*S), T)', '2*S'],
  ["A in R^(n x n); M = A + A'", "grad(tr((A + A')*(A+A')), M)", '2*M'],
  ["A in R^(n x n); M in R^(n x n), symmetric; M = A + A'", "grad(tr((A + A')*(A+A')), M)", '2*M'],
  ["A in R^(n x n); M = A + A'", "grad(tr((A' + A)*A), M)", "A'", 'A is held fixed'],
  ["x in R^n; y in R^n; D = x*y'", "grad(tr(x*y'*y*x'), D)", '2*D'],
  ["x in R^n; y in R^n; D = y*x'", "grad(norm2(x*y')^2, D)", '2*D'],
  ["x in R^n; y in R^n; s = x'*y", "grad((x'*y)^3 + s, s)", '3*s^2 + 1'],
  ['x in R^n; y in R^n; s = dot(y, x)', "grad(exp(x'*y), s)", 'exp(s)'],
  ["x in R^n; y in R^n; s = x'*y", "grad(tr(x*y'), s)", '1'],
  ['x in R^n; s = sum(x.^2)', "grad(log(1 + x'*x), s)", '1/(s + 1)'],
  ["x in R^n; s = 1 + x'*x", "grad(log(1 + x'*x), s)", '1/s'],
  ["x in R^n; s = log(1 + x'*x)", "grad(log(1 + x'*x)^2, s)", '2*s'],
  ['x in R^n; s = exp(x)', 'grad(sum(exp(2*x)), s)', '2*s'],
  ['x in R; u = x^2', 'grad(x^4 + 1/x^2, u)', '2*u - 1/u^2'],
  ['A in R^(m x n); u = A[:,1]', "grad(A[:,1]'*A[:,1], u)", '2*u'],
  ['x in R^n; u = x[1]', "grad(x[1]^2 + x'*x, u)", '2*u', 'x is held fixed'],
  ["A in R^(m x n); d = diag(A*A')", "grad(sum(diag(A*A')), d)", 'ones(m)'],
  ['A in R^(n x n); d = diag(A)', 'grad(tr(A)^2, d)', '2*sum(d)*ones(n)'],
  ['A in R^(n x n); t = tr(A)', "grad(tr(A')^2, t)", '2*t'],
  ['x in R^n; y in R^n; u = [x; y]', 'grad(norm2([x;y])^2, u)', '2*u'],
  ['z in R^n; p = softmax(z)', 'grad(-log(p[k]), p)', '-eye(n)[:,k]/p[k]'],
  ['z in R^n; p = softmax(z)', 'grad(-log(softmax(z)[k]), p)', '-eye(n)[:,k]/p[k]'],
  ['z in R^n; p = softmax(z); y in R^n, onehot', "grad(-y'*log(softmax(z)), p)", '-y./p'],
  ['f : R^n -> R^n; x in R^n; y = f(x)', 'jacobian(f(x).^2, y)', '2*diag(y)'],
  ["f(s) = s'*s; x in R^n; A in R^(n x n); u = A*x", 'grad(f(A*x), u)', '2*u'],
  ["f(s) = s'*s; x in R^n; A in R^(n x n); u = A*x", 'grad(f, u)', '2*u'],
  ['f(s) = exp(s); x in R; u = f(x)', 'grad(exp(x)^2, u)', '2*u'],
  ['A in R^(n x n), invertible; B in R^(n x n); Y = inv(A)', 'jacobian(inv(A)*B, Y)', 'B[l,j]*delta(i,k)'],
  [
    'W in R^(m x n); x in R^n; b in R^m; h = relu(W*x + b); L = norm2(h)^2 + norm2(W)^2',
    'grad(L, h)',
    '2*h',
    'W is held fixed',
  ],
  ['W in R^(m x n); x in R^n; b in R^m; z = W*x + b; h = relu(z); L = norm2(h)^2', 'grad(L, z)', '2*(1[z > 0].*h)'],
  ["A in R^(n x n); x in R^n; q = x'*A*x", "hessian((x'*A*x)^2, q)", '2'],
  ["A in R^(n x n); x in R^n; q = x'*A*x", "grad((x'*A'*x)^2, q)", '2*q'],
  ["X in R^(n x p); Y = X*X'", "grad(logdet(X*X' + I), Y)", 'inv(Y + eye(n))'],
  ["X in R^(n x p); Y = X'*X", "grad(tr(X'*X*X'*X), Y)", '2*Y'],
  ["X in R^(n x p); Y = X'*X; u = vec(Y)", "jacobian(vec(X'*X), u)", 'eye(p^2)'],
  ['x in R^n; y = x; z = y', 'jacobian(x.^2, z)', '2*diag(x)'],
  ['A in R^(m x n); x in R^n; y = A*x', 'jacobian(tanh(A*x), y)', 'diag(1 - tanh(y).^2)'],
  [
    'A in R^(m x n); x in R^n; y = A*x',
    "jacobian(tanh(y)*x', y)",
    'x[j]*(1 - tanh(y[i])^2)*delta(i,k)',
    'x is held fixed',
  ],
  ['A in R^(m x n); x in R^n; B in R^(p x m); y = A*x', 'jacobian(B*A*x, y)', 'B'],
  ['A in R^(m x n); x in R^n; B in R^(p x m); y = A*x', 'grad(sum(B*A*x), y)', "sum(B, 1)'"],
  ['A in R^(m x n); x in R^n; w in R^m; y = A*x', "grad(w'*A*x, y)", 'w'],
  ['A in R^(m x n); x in R^n; w in R^m; y = A*x', "grad(x'*A'*A*x, y)", '2*y'],
  ['A in R^(m x n); x in R^n; w in R^m; y = A*x', "grad(w'*w, y)", 'zeros(m)', "w'*w does not depend on y"],
  ['A in R^(m x n); x in R^n; w in R^m; y = A*x', 'grad(sum(A*(x + x)), y)', '2*ones(m)'],
  ['A in R^(m x n); x in R^n; b in R^m; y = A*x - b', 'grad(norm2(b - A*x)^2, y)', '2*y'],
  ['A in R^(m x n); x in R^n; b in R^m; y = A*x - b', 'grad(norm1(b - A*x), y)', 'sign(y)'],
  ['A in R^(m x n); x in R^n; b in R^m; c in R^m; y = A*x - b', 'grad(norm2(A*x - b + c)^2, y)', '2*(c + y)'],
  [
    'A in R^(m x n); x in R^n; b in R^m; y = A*x; r = y - b; u = A*x - b',
    "grad(r'*r + sum(y), u)",
    '2*r',
    'A and x are held fixed',
  ],
  ['A in R^(m x n); x in R^n; b in R^m; u = tanh(A*x); y = A*x', 'grad(sum(tanh(y)), u)', 'ones(m)'],
  ['A in R^(m x n); x in R^n; y = A*x; u = tanh(y)', 'grad(sum(tanh(A*x).^2), u)', '2*u'],
  ['A in R^(m x n); x in R^n; y = A*x; u = tanh(y)', 'grad(sum(u + y), u)', 'ones(m)', 'A and x are held fixed'],
  ['A in R^(m x n); x in R^n; y = A*x; u = tanh(y)', 'grad(sum(u + y), y)', '2 - u.^2'],
  ['A in R^(m x n); x in R^n; y = A*x', 'hessian(norm2(A*x)^2, y)', '2*eye(m)'],
  ['A in R^(m x n); x in R^n; y = A*x', 'hessian(sum(A*x), y)', 'zeros(m, m)'],
  ['A in R^(m x n); x in R^n; y = A*x; v in R^m', 'hvp(sum((A*x).^4), y, v)', '12*(v .* y.^2)'],
  ['A in R^(m x n); x in R^n; y = A*x; v in R^m', 'jvp(sum((A*x).^4), y, v)', "4*v'*y.^3"],
  ['A in R^(m x n); x in R^n; y = A*x; v in R^m', 'vjp((A*x).^2, y, v)', '2*(v.*y)'],
  ['A in R^(m x n); x in R^n; y = A*x; v in R^m', 'jvp((A*x).^2, y, y)', '2*y.^2'],
  ['A in R^(m x n); x in R^n; y = A*x', 'grad(sum((A*x).^2), y[i])', '2*y[i]'],
  ["A in R^(m x n); x in R^n; Y = x*x'", "grad(tr(x*x'*A'*A), Y[i,j])", "(A'*A)[i,j]"],
  ["A in R^(m x n); x in R^n; Y = x*x'", "grad(tr(x*x'*A'*A), Y)", "A'*A"],
  ["A in R^(m x n); x in R^n; Y = x*x'; b in R^n", "jacobian(x*x'*b, Y[1,:])", "eye(n)[:,1]*b'"],
  ['A in R^(m x n); x in R^n; y = A*x', 'jacobian(A*x, y)', 'eye(m)'],
  ['A in R^(m x n); x in R^n; y = A*x; z = y.*y', 'grad(sum(exp(z)), y)', '2*(y.*exp(z))'],
  ['A in R^(m x n); x in R^n; y = A*x; z = y.*y', 'grad(sum((A*x).*(A*x)), z)', 'ones(m)'],
  ['A in R^(m x n); x in R^n; y = A*x; z = y.*y', 'grad(sum((A*x).^4), z)', '2*z'],
  ['S in R^(n x n), spd; K = inv(S); x in R^n', "grad(x'*inv(S)*x, K)", "x*x'"],
  ['S in R^(n x n), spd; K = inv(S); x in R^n', "grad(x'*inv(S)*x - logdet(S), K)", "x*x'", 'S is held fixed'],
  ['S in R^(n x n), spd; K = inv(S); x in R^n', "grad(x'*K*x - logdet(K), K)", "x*x' - inv(K)"],
  ['S in R^(n x n), spd; K = inv(S); x in R^n', "grad(x'*inv(S)*x, S)", "-K*x*x'*K"],
  ['S in R^(n x n), symmetric; M = S*S; x in R^n', "grad(x'*S*S*x, M)", "x*x'"],
  ["A in R^(n x n); x in R^n; q = x'*A*x; g = grad(q, x)", 'jacobian(g, x)', "A + A'"],
  ["A in R^(n x n); x in R^n; q = x'*A*x; g = grad(q, x)", "grad(g'*g, g)", '2*g'],
  ["A in R^(n x n); x in R^n; q = x'*A*x; g = grad(q, x)", "grad((A*x + A'*x)'*x, g)", 'x', 'x is held fixed'],
  ["A in R^(n x n); x in R^n; q = x'*A*x", 'grad(exp(q), q)', 'exp(q)'],
  ["A in R^(n x n); x in R^n; q = x'*A*x", 'jacobian(q*x, q)', 'x', 'x is held fixed'],
  ['x in R^n; y in R^n; h = x.*y', 'grad(sum(x.*x.*y), h)', 'x', 'x is held fixed'],
  ['x in R^n; y in R^n; h = x.*y', "grad(x'*y, h)", 'ones(n)'],
  ['x in R^n; y in R^n; h = x./y', 'grad(sum(x./y.^2), h)', '1./y', 'y is held fixed'],
  ['x in R; y in R; h = x*y', 'grad(exp(x*y) + x^2*y^2, h)', '2*h + exp(h)'],
  ['x in R; y in R; h = x + y', 'grad((x + y)^2*x, h)', '2*x*h', 'x is held fixed'],
  ['x in R; y in R; h = x - y', 'grad((y - x)^3, h)', '-3*h^2'],
  ['x in R; h = 2*x + 1', 'grad((2*x + 1)^3, h)', '3*h^2'],
  ['x in R; h = 2*x + 1', 'grad((4*x + 2)^3, h)', '24*h^2'],
  ['x in R; h = 2*x', 'grad(sin(2*x) + x, h)', 'cos(h)', 'x is held fixed'],
  ['x in R; h = -x', 'grad(sin(-x), h)', 'cos(h)'],
  ['A in R^(m x n); B = 2*A; x in R^n', 'grad(sum(2*A*x), B)', "ones(m)*x'"],
  ['A in R^(m x n); B = 2*A; x in R^n', 'grad(sum((2*A)*x), B)', "ones(m)*x'"],
  ["A in R^(m x n); B = A'; x in R^m", "grad(sum(A'*x), B)", "ones(n)*x'"],
  ["A in R^(m x n); B = A'; x in R^m", "jacobian(A'*x, B)", 'x[k]*delta(i,j)'],
  ["A in R^(m x n); B = A'; x in R^m", "hessian(x'*A*A'*x, B)", '2*x[j]*x[l]*delta(i,k)'],
  ["A in R^(m x n); B = A'; V in R^(n x m)", "jvp(A*A', B, V)", "A*V + (A*V)'"],
  ["x in R^n; r = x'", "grad(x'*x, r)", "2*x'"],
  ["x in R^n; r = x'; B in R^(n x n)", 'jacobian(B*x, r)', 'B'],
  ["r in R^(1 x n); x = r'; B in R^(n x n)", "grad(r*B*r', x)", "(B + B')*r'"],
  ['x in R^n; y[i] = x[i]; B in R^(n x n)', "grad(x'*B*x, y)", "(B + B')*x"],
  ['X in R^(m x n); Y[j,i] = X[i,j]; B in R^(m x n)', 'grad(sum(B.*X.*X), Y)', "2*(X.*B)'"],
  ['x in R^n; y[i] = x[i]^2', 'grad(sum(x.^2), y)', 'ones(n)'],
  ['x in R^n; A in R^(n x n); y[i] = sum_j(A[i,j]*x[j])', 'jacobian(A*x, y)', 'eye(n)'],
  ['x in R^n; A in R^(n x n); s = sum_i(sum_j(x[i]*A[i,j]*x[j]))', "grad(log(x'*A*x), s)", '1/s'],
  ['', 'grad(norm2(A*x - b)^2, x)', "2*A'*(A*x - b)"],
  ['y = A*x', 'grad(norm2(A*x - b)^2, y)', '2*(y - b)'],
  ['', 'grad(sin(a), b)', '0', 'sin(a) does not depend on b'],
  ['x in R^n; y in R^n; t in R', 'grad(t^2, x)', 'zeros(n)', 't^2 does not depend on x'],
  ['x in R^n; y in R^n; t in R', 'hessian(t^2, x)', 'zeros(n, n)', 't^2 does not depend on x'],
  ['x in R^n; y in R^n; t in R', 'jvp(y, x, y)', 'zeros(n)', 'y does not depend on x'],
  ['x in R^n', "d(x'*x)", "2*x'*d(x)"],
  ['x in R^n; u = x + 1', 'grad(sum(exp(1 + x)), u)', 'exp(u)'],
  ['x in R^n; u = x - mean(x)', 'grad(norm2(x - mean(x))^2, u)', '2*u'],
  ['x in R^n; m = mean(x); u = x - m', 'grad(norm2(x - mean(x))^2, u)', '2*u'],
  ['x in R^n; m = mean(x); u = x - m', 'grad(norm2(x - mean(x))^2, m)', '2*(m*n - sum(x))', 'x is held fixed'],
  ['x in R^n; m = mean(x); u = x - m; v = mean(u.^2)', 'grad(mean((x - mean(x)).^2), v)', '1'],
  ['x in R^n; s = norm2(x); u = x/s', 'grad(sum(x/norm2(x)), u)', 'ones(n)'],
  ['x in R^n; s = norm2(x); u = x/s', 'grad(sum(x/norm2(x)), s)', '-sum(u)/s', 'x is held fixed'],
  ['x in R^n; s = norm2(x)', "grad(log(x'*x), s)", '2/s'],
  ['x in R^n; s = norm2(x)', "grad(1/(x'*x), s)", '-2/s^3'],
  ['X in R^(n x d); w in R^d; y in R^n; P = X*w; L = sum(softplus(P) - y.*P)', 'grad(L, P)', 'sigmoid(P) - y'],
  [
    "X in R^(n x d); w in R^d; y in R^n; P = X*w; L = sum(softplus(X*w) - y.*(X*w)) + w'*w",
    'grad(L, P)',
    'sigmoid(P) - y',
    'w is held fixed',
  ],
  [
    "X in R^(n x d); w in R^d; y in R^n; P = X*w; L = sum(softplus(X*w) - y.*(X*w)) + w'*w",
    'hessian(L, P)',
    'diag(sigmoid(P) .* (1 - sigmoid(P)))',
    'w is held fixed',
  ],
  [
    "Q in R^(n x d); K in R^(n x d); S = Q*K'; P = softmax(S); V in R^(n x d); O = P*V; G in R^(n x d)",
    "grad(sum(G.*(softmax(Q*K')*V)), P)",
    "G*V'",
  ],
  [
    "Q in R^(n x d); K in R^(n x d); S = Q*K'; P = softmax(S); V in R^(n x d); O = P*V; G in R^(n x d)",
    "grad(sum(G.*(softmax(Q*K')*V)), S)",
    "P .* (G*V' - sum(G.*O, 2))",
  ],
];

const refused: readonly Row[] = [
  [
    "x in R^n; s = log(1 + x'*x)",
    "grad(1 + x'*x, s)",
    "1 + x'*x does not say s = log(1 + x'*x), and depends on x, which s is made of",
  ],
  [
    'x in R^n; s = exp(-x)',
    'grad(sum(exp(x)), s)',
    'sum(exp(x)) does not say s = exp(-x), and depends on x, which s is made of',
  ],
  [
    'x in R^n; s = sigmoid(x)',
    'grad(sum(1./(1 + exp(-x))), s)',
    'sum(1 ./ (1 + exp(-x))) does not say s = sigmoid(x), and depends on x, which s is made of',
  ],
  ['x in R; u = 1/x', 'grad(x^2, u)', 'x^2 does not say u = 1/x, and depends on x, which u is made of'],
  ['x in R; u = x^2', 'grad(x^3, u)', 'x^3 does not say u = x^2, and depends on x, which u is made of'],
  [
    'x in R^n, positive; u = sqrt(x)',
    'grad(sum(x), u)',
    'sum(x) does not say u = sqrt(x), and depends on x, which u is made of',
  ],
  [
    'A in R^(m x n); u = A[1,:]',
    'grad(norm2(A)^2, u)',
    'norm2(A)^2 does not say u = A[1,:], and depends on A, which u is made of',
  ],
  [
    'x in R^n; y in R^m; u = [x; y]',
    "grad(x'*x, u)",
    "x'*x does not say u = [x; y], and depends on x, which u is made of",
  ],
  [
    'z in R^n; p = softmax(z); y in R^n, onehot',
    "grad(-y'*log_softmax(z), p)",
    "-y'*log_softmax(z) does not say p = softmax(z), and depends on z, which p is made of",
  ],
  [
    'f : R^n -> R^n; x in R^n; y = f(x)',
    'jacobian(f(2*x), y)',
    'f(2*x) does not say y = f(x), and depends on x, which y is made of',
  ],
  [
    "X in R^(n x p); Y = X'*X",
    "grad(logdet(X*X'), Y)",
    "logdet(X*X') does not say Y = X'*X, and depends on X, which Y is made of",
  ],
  [
    "x in R^n; t in R; g = grad(x'*x, x)",
    "grad(x'*x, g)",
    "x'*x does not say g = grad(x'*x, x), and depends on x, which g is made of",
  ],
  [
    'A in R^(m x n); x in R^n; w in R^m; y = A*x',
    'grad(sum(A), y)',
    'sum(A) does not say y = A*x, and depends on A, which y is made of',
  ],
  [
    'A in R^(m x n); x in R^n; y = A*x; z = y.*y',
    'grad(sum(exp(A*x)), z)',
    'sum(exp(A*x)) does not say z = y.*y, and depends on A and x, which z is made of',
  ],
  ['x in R; h = -x', 'grad(sin(x), h)', 'sin(x) does not say h = -x, and depends on x, which h is made of'],
  ['y = A*x', "grad(x'*x, y)", "x'*x does not say y = A*x, and depends on x, which y is made of"],
  [
    'x in R^n; u = x + 1',
    'grad(sum(exp(x)), u)',
    'sum(exp(x)) does not say u = x + 1, and depends on x, which u is made of',
  ],
];

describe.each(answered)('%s | %s', (declarations, question, text, ...notes) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as a formula, and says what is held fixed', () => {
    expect(answer.text).toBe(text);
    expect(answer.notes).toEqual(notes);
  });
  test('agrees with finite differences', () => expect(answer.check({ points: 3 })).toMatchObject({ ok: true }));
});

test.each(refused)('%s | %s is refused', (declarations, question, message) =>
  expect(problemOf(program(declarations).ask(question))).toMatchObject({ kind: 'question', message }),
);

/** Where nothing else varies, the way through the name is the only one: grad(f, x) = vjp(u, x, grad(f, u)). */
const chained = answered.flatMap(([declarations, question, , ...notes]) => {
  const [, f, u] = /^grad\((.*), (\w+)\)$/.exec(question) ?? [];
  const definition = declarations.split(';').find((line) => line.trim().startsWith(`${u} = `));
  const hasX = definition !== undefined && /(?<!\w)x(?!\w)/.test(definition);
  // A symmetric matrix and unknown functions would have to be drawn as such; parts of [x; y] have no notation.
  const isPlain = !/(\bspd|symmetric|f :|\[x;)/.test(declarations) && !declarations.includes(`${f}(s) =`);
  return f && u && hasX && isPlain && notes.length === 0 ? [[declarations, f, u] as const] : [];
});
test('the chain rule is tried often', () => expect(chained.length).toBeGreaterThan(30));
test.each(chained)('%s | the gradient of %s by %s leads to that by x', (declarations, f, u) => {
  const asked = program(declarations);
  const [one, other] = [`vjp(${u}, x, grad(${f}, ${u}))`, `grad(${f}, x)`].map((question) =>
    valueOf(valueOf(asked.ask(question)).compile({ n: 3, m: 2, p: 4, d: 3 })),
  );
  const random = randomNumbers(5);
  const names = [...one!.inputs, ...other!.inputs].map(({ name, length }) => [name, length] as const);
  const inputs = Object.fromEntries(
    names.map(([name, length]) => [name, Float64Array.from(random.normals(length), (value) => Math.abs(value) + 0.5)]),
  );
  const [found, expected] = [one!(inputs), other!(inputs)];
  expected.forEach((value, k) => expect(Math.abs(found[k]! - value)).toBeLessThan(1e-9 * Math.max(1, Math.abs(value))));
});

describe('claims', () => {
  const stacked = 'A in R^(m x n); X in R^(n x p); u = vec(X)';
  test.each([
    [stacked, 'jacobian(vec(A*X), u) == zeros(m*p, n*p)', 'refuted'],
    [stacked, 'jacobian(vec(A*X), u) == kron(eye(p), A)', 'proved'],
    [stacked, 'jacobian(vec(A*X), vec(X)) == kron(eye(p), A)', 'proved'],
    ['A in R^(m x n); x in R^n; y = A*x', 'grad(sum(tanh(A*x)), y) == 1 - tanh(y).^2', 'proved'],
    ['A in R^(m x n); x in R^n; y = A*x', 'grad(sum(tanh(A*x)), y) == zeros(m)', 'refuted'],
  ])('%s | %s is %s', (declarations, claim, verdict) => expect(verdictOf(declarations, claim).verdict).toBe(verdict));
  test.each([
    ['x in R^n; u = 2*x', "grad(x'*x, u) == zeros(n)"],
    ['x in R^n; u = 2*x', "grad(x'*x, u) == u"],
    ['X in R^(n x n), invertible; Y = inv(X)', 'grad(logdet(X), Y) == 0'],
  ])('%s | %s is refused', (declarations, claim) =>
    expect(problemOf(program(declarations).check(claim))).toMatchObject({ kind: 'question' }),
  );
});

test('the hint of a refused question leads on', () => {
  const { hint } = problemOf(program('x in R^n').ask("grad(x'*x, 2*x)"));
  expect(hint).toBe('give it a name: u = 2*x, then grad(…, u)');
  expect(valueOf(program('x in R^n; u = 2*x').ask('grad(sum(exp(2*x)), u)')).text).toBe('exp(u)');
});

test('several names: each is varied by itself', () => {
  const several = program('A in R^(m x n); x in R^n; y = A*x').askAll('grad(sum(exp(A*x)), x, y)');
  expect(valueOf(several).map(({ text }) => text)).toEqual(["A'*exp(A*x)", 'exp(y)']);
  expect(valueOf(several).every((answer) => answer.check().ok)).toBe(true);
});

test('notes stay with an answer', () => {
  const answer = valueOf(program('A in R^(m x n); x in R^n; y = A*x').ask("grad(y'*A*x + x'*x, y)"));
  expect(answer.notes).toEqual(['x is held fixed']);
  expect(answer.toJSON().notes).toEqual(['x is held fixed']);
});

test.each(['n in R; x in R^n', 'm, n in R; A in R^(n x n)', 'x in R^n; n > 0'])('%s: a size is no variable', (text) =>
  expect(problemOf(parse(text))).toMatchObject({
    kind: 'name',
    message: 'n is a size, and cannot be a variable too',
  }),
);
