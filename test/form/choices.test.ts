/** Of several forms of one value, the one that a reader expects: each row is a choice that some part of the search makes. */
import { describe, expect, test } from 'vitest';
import { textOf } from '../rewrite/simplify-given.ts';

const declarations = [
  'x, y, w in R^n; u in R^m; A in R^(n x m); B in R^(m x n); C, E in R^(n x n); S in R^(n x n), symmetric',
  'a, b, c in R; z in R^3; f : R^n -> R^m; g : R^n -> R',
].join('; ');
const prints = (rows: readonly (readonly [question: string, answer: string])[]): void =>
  test.each(rows)('%s is %s', (question, answer) => expect(textOf(`${declarations}; ${question}`)).toBe(answer));
/** What is as it should be stays as it is. */
const stays = (...answers: readonly string[]): void => prints(answers.map((answer) => [answer, answer]));

describe('a sum is factored where that is shorter, and only there', () => {
  prints([
    ["C'*x + E'*x", "(C + E)'*x"],
    ['C*x + E*x', '(C + E)*x'],
    ['C*x + C*y', 'C*(x + y)'],
    ["x'*C + y'*C", "(x + y)'*C"],
    ['2*C*x + 4*C*y', '2*C*(x + 2*y)'],
    ['-C*x - C*y', '-C*(x + y)'],
    ['a*C*x + a*C*y', 'a*C*(x + y)'],
    ["C'*C*x + C'*y", "C'*(C*x + y)"],
    ['inv(C)*x + inv(C)*y', 'inv(C)*(x + y)'],
    ['a*x + b*x', '(a + b)*x'],
    ['a*b + a*c', 'a*(b + c)'],
    ['a*b*c + a*c', 'a*c*(b + 1)'],
    ['a^2*b + a^2*c + 1', 'a^2*(b + c) + 1'],
    ['a^2 + a', 'a*(a + 1)'],
    ['a*b + a*c + a^2 + 1', 'a^2 + a*(b + c) + 1'],
    ['x.*y + x.*w', 'x .* (y + w)'],
    ['x.*y + x', 'x .* (y + 1)'],
    ['a*(x.*y) - x.*w', 'x .* (a*y - w)'],
    ['x*a + y*a', 'a*(x + y)'],
    ['-x - y', '-(x + y)'],
    ['-a - b', '-(a + b)'],
    ['0.5*x + 0.25*y', '0.25*(2*x + y)'],
    ["x'*C'*y + y'*C*x", "2*y'*C*x"],
    ["S*x + S'*x", '2*S*x'],
  ]);
  stays('a^2 + 2*a + 1', 'a^2 + 2*a*b + c', 'a*(a + 2) + 1', '3*a^3 + a^2 + b', 'sqrt(a^2 + 2*a + 1)');
  stays('A*u + C*x - y', 'a - b', 'b - a*c', '(a + b)*x', '(a + b)^2', '1/(a + b)', 'x/(a + b)', "C'*(C*x - y)");
  stays("2*(C - E)'*(C - E)*x", '(C + E)*inv(C + E + S)*(C + E)', "C - x*y'");
});

describe('products', () => {
  prints([
    ['C*C', 'C^2'],
    ['C*C*E', 'C^2*E'],
    ['C^-1', 'inv(C)'],
    ['C^-2*x', 'inv(C)^2*x'],
    ["(C*x)'*(C*x)", 'norm2(C*x)^2'],
    ["x'*C'*C*x", 'norm2(C*x)^2'],
    ["(C*x)*(C*x)'", "C*x*x'*C'"],
    ["inv(S)'*x", 'inv(S)*x'],
    ["inv(C')*x", "inv(C)'*x"],
    ["x'*C*y*(x'*C*y)*x", "(x'*C*y)^2*x"],
    ["x*(x'*y)/(y'*y)", "x'*y/(y'*y)*x"],
    ["(x'*C*x)/(x'*x)*x", "x'*C*x/(x'*x)*x"],
    ['x.*(C*y)', 'C*y .* x'],
    ['diag(y)*C*x', 'C*x .* y'],
    ["x'.*y'", "(x.*y)'"],
    ['diag(x)*C*diag(y)', "x*y' .* C"],
    ['C.*(x*ones(1, n))', 'diag(x)*C'],
  ]);
  stays(
    "C*C'",
    'C^2*x',
    "x'*inv(C)*x",
    "inv(C)'*x",
    'C*inv(E)',
    'inv(C)*E*inv(C)',
    "x'*S",
    "C*x*y'*E",
    'C.*E',
    '(C .* E)*x',
  );
  stays('diag(x)*C', 'C*diag(x)', "x*y' .* C", 'diag(C*x)*E', 'diag(x.*y)', 'diag(1./x)', "(C.*E)'", "C.*C'");
});

describe('sums over arrays', () => {
  prints([
    ['sum(x.*y)', "x'*y"],
    ['sum(x.^2)', "x'*x"],
    ['sum(abs(x))', 'norm1(x)'],
    ['sum(C.^2)', 'norm2(C)^2'],
    ["tr(C'*E)", 'sum(C.*E)'],
    ["tr(x*y')", "x'*y"],
    ['tr(diag(x))', 'sum(x)'],
    ['sum(diag(x))', 'sum(x)'],
    ['tr(eye(n))', 'n'],
    ['sum(ones(n))', 'n'],
    ["sum(x*y')", 'sum(x)*sum(y)'],
    ["sum(x*y', 1)", "sum(x)*y'"],
    ["sum(x*y', 2)", 'sum(y)*x'],
    ['ones(1, n)*C', 'sum(C, 1)'],
    ['C*ones(n)', 'sum(C, 2)'],
    ["x'*ones(n)", 'sum(x)'],
    ["ones(n)'*C*x", 'sum(C, 1)*x'],
    ['sum(C, 1)/n', 'mean(C, 1)'],
    ['sum(C, 2)/n', 'mean(C, 2)'],
    ['sum(A, 1)/n', 'mean(A, 1)'],
    ['sum(A, 2)/m', 'mean(A, 2)'],
    ['sum(x)/n', 'mean(x)'],
    ['a*sum(x)/n', 'a*mean(x)'],
    ['sum(x)/m', 'sum(x)/m'],
    ['sum(A, 1)/m', 'sum(A, 1)/m'],
    ['sum(A, 2)/n', 'sum(A, 2)/n'],
    ['sum_{j,k}(C[j,k]*x[j]*x[k]*E[j,k])', "x'*(C.*E)*x"],
    ['sum_i(C[i,i]*x[i])', "x'*diag(C)"],
    ['sum_i(C[i,i]*E[i,i])', "diag(C)'*diag(E)"],
    ['sum_{i,j}(C[i,j]*E[i,j]*C[i,j])', 'sum(C.^2 .* E)'],
    ['diag(C*E)', "sum(C.*E', 2)"],
  ]);
  stays('sum(x .* y .* w)', 'sum(C.*E)', 'tr(C*E)', 'tr(C)', 'sum(A)/n', 'x - mean(x)', 'mean(x)*x', 'norm2(x)^3');
});

describe('rows, columns and numbers are spread where that can be read, and ones are written where it cannot', () => {
  prints([
    ["C + ones(n)*x'", "C + x'"],
    ['C + x*ones(1, n)', 'C + x'],
    ['C*(x + ones(n))', 'C*(x + 1)'],
    ['x*ones(1, n)', "x*ones(n)'"],
    ['ones(n)*2', '2*ones(n)'],
    ['x - x', 'zeros(n)'],
  ]);
  stays("C + x'", 'C + x', 'C + a', "C + x' + y", 'x + a', '1 - x', '(C + a)*x', "(x' + a)*C", 'y .* (x + a)');
  stays("eye(n) - ones(n)*x'", "diag(x) - x*x'", 'C + eye(n)', 'C - a*eye(n)', 'a*ones(n, n)', '2*eye(n)');
});

describe('quotients, roots and numbers', () => {
  prints([
    ["sqrt(x'*x)", 'norm2(x)'],
    ["(x'*x)^2", 'norm2(x)^4'],
    ["x/sqrt(x'*x)", 'x/norm2(x)'],
    ['1/2*x', 'x/2'],
    ['sqrt(2)/2*x', 'x/sqrt(2)'],
    ['x.^(-1)', '1./x'],
    ['x.^(-1/2)', '1./sqrt(x)'],
    ['inv(2*C)', 'inv(C)/2'],
  ]);
  stays('3/2*x', 'x/3', 'x/a', 'x/(a*b)', 'a*x/b', '1./x', 'x./y', 'a./x', 'x ./ y.^2', 'a^2*x', 'x/a^2', 'sqrt(a)*x');
  stays('x/sqrt(a)', '-x', '-a*x', '1/norm2(x)', 'exp(-x)', 'exp(2*x)', 'C./E', '1./C', 'C.^3', 'a^b', "x'*y/(x'*x)");
});

describe('entries', () => {
  prints([
    ['sum_j(C[j,i]*x[j])', "(C'*x)[i]"],
    ['sum_k(A[i,k]*u[k]*A[j,k])', "(A*diag(u)*A')[i,j]"],
    ['sum_k(C[i,k]*E[i,k])', 'sum(C.*E, 2)[i]'],
    ['sum_k(C[i,k]*x[k]*E[i,k])', '((C .* E)*x)[i]'],
    ['sum_j(exp(C[i,j]))', 'sum(exp(C[i,:]))'],
    ['sum_j(exp(x[i] - y[j]))', 'sum(exp(x[i] - y))'],
    ['sum_j(max(x[i], y[j]))', 'sum(max(x[i], y))'],
    ['sum_j(x[j]*exp(C[i,j]*y[j]))', '(exp(C*diag(y))*x)[i]'],
    ['x[i]*exp(y[i])/sum_j(exp(y[j]))', 'x[i]*softmax(y)[i]'],
    ['C[i,3]*x[i]', 'x[i]*C[i,3]'],
    ['delta(i,j)*x[j]', 'x[i]*delta(i,j)'],
    ['sum_j(delta(i,j)*x[j])', 'x[i]'],
    ['-(x[i]*y[i])', '-x[i]*y[i]'],
  ]);
  stays(
    'x[i]*y[j]',
    'C[i,j]*x[j]',
    'x[1]*y[2] - x[2]*y[1]',
    '2*x[i] - 3*y[i]',
    'x[i]/y[i]',
    '1/x[i]',
    'sqrt(x[i])',
    'x[i]^2*y[i]',
  );
  stays(
    'C[1,:]',
    'C[:,2]',
    'C[1,2]',
    'C[1,:]*x',
    'C[i,j]*exp(x[i])',
    '1[x[i] > y[i]]',
    'x[i]^a',
    'exp(-x[i])',
    'C[2,i]',
  );
  prints([
    ['jacobian(C*E, C)', 'E[l,j]*delta(i,k)'],
    ['jacobian(C*x, C)', 'x[k]*delta(i,j)'],
    ['jacobian(inv(C), C)', '-inv(C)[i,k]*inv(C)[l,j]'],
    ["jacobian(x*y', x)", 'y[j]*delta(i,k)'],
    ['hessian(sum(C.^2), C)', '2*delta(i,k)*delta(j,l)'],
    ['hessian(tr(C*C), C)', '2*delta(i,l)*delta(j,k)'],
  ]);
});

describe('written-out arrays and positions', () => {
  prints([
    ['2*[1, 2; 3, 4]', '[2, 4; 6, 8]'],
    ['2*[x; y]', '[2*x; 2*y]'],
    ["[x; y]'*[x; y]", "x'*x + y'*y"],
    ['[C, E]*[x; y]', 'C*x + E*y'],
    ["[a, b; c, a]'", '[a, c; b, a]'],
    ['[a, b; c, a]*[b; c]', '[b*(a + c); c*(a + b)]'],
    ['grad(sum([x; y].^2), x)', '2*x'],
    ['grad(z[1]*z[2], z)', '[z[2]; z[1]; 0]'],
    ['grad(z[1]^2 + z[3], z)', '[2*z[1]; 0; 1]'],
    ['hessian(z[1]*z[2], z)', '[0, 1, 0; 1, 0, 0; 0, 0, 0]'],
    ['grad(x[1], x)', 'eye(n)[:,1]'],
    ['grad(x[i], x)', 'eye(n)[:,i]'],
    ['grad(C[1,2], C)', "eye(n)[:,1]*eye(n)[:,2]'"],
    ['grad(x[i]*x[j], x)', 'x[i]*eye(n)[:,j] + x[j]*eye(n)[:,i]'],
    ['grad(C[1,:]*x, x)', "C[1,:]'"],
    ['grad(C[1,:]*x, C)', "eye(n)[:,1]*x'"],
    ['jacobian([a; b], a)', '[1; 0]'],
    ["jacobian(vec(x*y'), x)", 'kron(y, eye(n))'],
    ['jacobian(kron(x, y), x)', 'kron(eye(n), y)'],
    ['jacobian(kron(x, y), y)', 'kron(x, eye(n))'],
  ]);
  stays(
    '[x; y]',
    '[C, x]',
    '[C; E]',
    '[C, E; E, C]',
    "[C, x; y', a]",
    '[x; y; w]',
    '[x; 2*y]',
    'exp([x; y])',
    '[a; b; c]',
  );
  stays('[a, b, c]', '[1, 2; 3, 4]', 'a*[1; 2]', 'kron(C, x)', "kron(x', C)", 'vec(C*E)');
});

describe('functions', () => {
  prints([
    ['grad(g(x), x)', "J_g(x)'"],
    ["grad(u'*f(x), x)", "J_f(x)'*u"],
    ['jacobian(f(C*x), x)', 'J_f(C*x)*C'],
    ['grad(norm2(f(x) - u)^2, x)', "2*J_f(x)'*(f(x) - u)"],
    ['exp(x)./sum(exp(x))', 'softmax(x)'],
    ["det(C)*inv(C)'", "det(C)*inv(C)'"],
  ]);
  stays(
    'softmax(A)',
    "softmax(C*x)'*y",
    'logsumexp(A)',
    'max(x, y)',
    'max(x)',
    '1[x > y]',
    '1[a >= b]',
    'log(x./y)',
    'f(x) + u',
    'g(x)*x',
  );
});

describe('derivatives', () => {
  prints([
    ["grad(x'*C*y, C)", "x*y'"],
    ['grad(tr(C*E), C)', "E'"],
    ["grad(tr(C'*E), C)", 'E'],
    ['grad(tr(C^3), C)', "3*C'^2"],
    ["grad(x'*C*C*y, x)", 'C^2*y'],
    ['grad(norm2(C*x - y)^2, x)', "2*C'*(C*x - y)"],
    ['hessian(norm2(x), x)', "(eye(n) - x*x'/norm2(x)^2)/norm2(x)"],
    ['grad(sum(sigmoid(C*x)), x)', "C'*(sigmoid(C*x) .* (1 - sigmoid(C*x)))"],
    ['jacobian(softmax(x), x)', "diag(softmax(x)) - softmax(x)*softmax(x)'"],
    ['jacobian(x./y, y)', '-diag(x ./ y.^2)'],
    ["jacobian(x*x'*y, x)", "x*y' + x'*y*eye(n)"],
    ['hessian(logsumexp(C*x), x)', "C'*(diag(s) - s*s')*C"],
    ['grad(sum((A*u).^2), A)', "2*A*u*u'"],
    ['grad(sum(A*diag(u)*B), u)', "sum(A, 1)'.*sum(B, 2)"],
    ['grad(tr(diag(x)*C), x)', 'diag(C)'],
    ['grad(sum(x)^2, x)', '2*sum(x)*ones(n)'],
    ['grad(sum(x)*sum(y), x)', 'sum(y)*ones(n)'],
    ['grad(mean(x.^2), x)', '2*x/n'],
    ['jacobian(x - mean(x), x)', 'eye(n) - ones(n, n)/n'],
    ['jacobian(diag(x)*C*x, x)', 'diag(C*x) + diag(x)*C'],
    ['grad(norm1(C*x), x)', "C'*sign(C*x)"],
    ['grad(sum(log(softmax(A))), A)', '1 - m*softmax(A)'],
    ["grad(logsumexp(A)'*x, A)", 'diag(x)*softmax(A)'],
    ['jacobian(C*diag(x)*y, x)', 'C*diag(y)'],
  ]);
});

describe('matrices of numbers stay whole', () => {
  const given = 'p, q in R^2; Y in R^(2 x 2); r in R^(1 x 2); s, t in R';
  test.each([
    ['Y - [1, 2; 3, 4]'],
    ['Y + [1, 2; 3, -4]'],
    ['p - [1; 2]'],
    ['p - [s; t]'],
    ['[1, 2; 3, 4]*Y'],
    ['Y*[1, 2; 3, 4]'],
    ['[1, 2; 3, 4]*Y - [1, 4; 6, 7]'],
    ['[1, 2; 3, 4]*p + [5, 6; 7, 8]*q - [1; 1]'],
    ['[s, t; t, s]*p + [s; t]'],
    ['r*[1, 2; 3, 4] - [1, 2]'],
    ['exp([1, 2; 3, 4]*p - [1; 1])'],
    ['2*p[2] + p[1]^2'],
  ])('%s', (answer) => expect(textOf(`${given}; ${answer}`)).toBe(answer));
  test.each([
    ['grad(norm2([1, 2; 3, 4; 5, 6]*p - [1; 2; 3])^2, p)', '[70, 88; 88, 112]*p - [44; 56]'],
    ['grad(norm2(Y*p - [1; 2])^2, Y)', "2*(Y*p - [1; 2])*p'"],
    ["grad(p'*[1, 2; 3, 4]*p, p)", '[2, 5; 5, 8]*p'],
    ['Y - 2*[1, 2; 3, 4]', 'Y - [2, 4; 6, 8]'],
  ])('%s is %s', (question, answer) => expect(textOf(`${given}; ${question}`)).toBe(answer));
});

describe('the identity and diagonal matrices are inverted on sight', () => {
  prints([
    ['inv(eye(n))*x', 'x'],
    ['inv(2*I)*x', 'x/2'],
    ['logdet(eye(n)) + a', 'a'],
    ['det(3*eye(n))', '3^n'],
    ['inv(diag(x))*y', 'y./x'],
    ['grad(logdet(diag(x)), x)', '1./x'],
    ["grad(y'*inv(diag(x))*y, x)", '-y.^2 ./ x.^2'],
  ]);
});

test('what could be read as an axis stands in front', () => {
  expect(textOf(`${declarations}; max(x, ones(n))`)).toBe('max(1, x)');
  expect(textOf(`${declarations}; max(x, 0)`)).toBe('max(x, 0)');
});

test('sums stand as many times over as the program has them, and small numbers as it wrote them', () => {
  expect(textOf('v in R; grad(1/sqrt(v + 0.01), v)')).toBe('-0.5/(v + 0.01)^(3/2)');
  expect(textOf('v in R; a in R; grad(a*log(v + 1e-5), v)')).toBe('a/(v + 1e-5)');
  expect(textOf('x, y in R; grad(log(x/2 + y/2), x)')).toBe('1/(x + y)');
});

test('a column and a row are not added to each other', () => {
  const given = 'c in R^n; r in R^m; A, B in R^(n x m)';
  const spread = "c*ones(m)' + ones(n)*r'";
  expect(textOf(`${given}; ${spread} - A.*B`)).toBe(`${spread} - A.*B`);
  expect(textOf(`${given}; A + ${spread}`)).toBe("A + c + r'");
});

describe('one value, one form', () => {
  const given = 'F in R^(m x n); A, C in R^(n x n); a, b, t in R';
  test.each([
    ["tr(F'*F)", 'norm2(F)^2'],
    ['sum(sum(F, 1))', 'sum(F)'],
    ['sum(sum(F.^2, 2))', 'norm2(F)^2'],
    ["inv((A + C)')", "inv(A + C)'"],
    ["det(A' + C')", 'det(A + C)'],
    ['grad(1/(1 + exp(a*t - b)), a)', '-t*sigmoid(a*t - b)*sigmoid(b - a*t)'],
  ])('%s is %s', (question, answer) => expect(textOf(`${given}; ${question}`)).toBe(answer));
});

test('a logistic function spelled out ends as one', () => {
  const given = 'x, y in R^n';
  expect(textOf(`${given}; grad(exp(x'*y)/(1 + exp(x'*y)), x)`)).toBe("sigmoid(x'*y)*(1 - sigmoid(x'*y))*y");
  expect(textOf(`${given}; exp(x).*(1 - sigmoid(x))`)).toBe('sigmoid(x)');
});
