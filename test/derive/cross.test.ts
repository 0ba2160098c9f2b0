/** Vectors in space: cross products, their matrices, rotations. */
import { describe, expect, test } from 'vitest';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'x, y, z, u in R^3; r, s in R^(1 x 3); a in R^n; c, t in R; A, B in R^(3 x 3); J in R^(3 x 3), symmetric; ' +
  'R = eye(3) + sin(t)*skew(u) + (1 - cos(t))*skew(u)^2';

const questions: readonly (readonly [question: string, answer: string])[] = [
  ['cross(x, y)', 'cross(x, y)'],
  ['skew(x)*y', 'cross(x, y)'],
  ["skew(x)'", '-skew(x)'],
  ['cross(x, x)', 'zeros(3)'],
  ['skew(x)*x', 'zeros(3)'],
  ['cross(x, y) + cross(y, x)', 'zeros(3)'],
  ["skew(x) + skew(x)'", 'zeros(3, 3)'],
  ["x'*y + cross(x, z)'*x", "x'*y"],
  ['cross(x, cross(y, z))', 'cross(x, cross(y, z))'],
  ['cross(A*x, B*y)', 'cross(A*x, B*y)'],
  ['A*skew(x)*B*y', 'A*cross(x, B*y)'],
  ["x'*A*skew(y)*B", "cross(A'*x, y)'*B"],
  ['skew(x + 2*y)', 'skew(x + 2*y)'],
  ['inv(eye(3) + skew(x))*y', 'inv(eye(3) + skew(x))*y'],
  ['cross(x, y)[1]', 'x[2]*y[3] - x[3]*y[2]'],
  ['cross(x, [0; 0; c])', 'c*[x[2]; -x[1]; 0]'],
  ['skew([1; 2; 3])*x', '[0, -3, 2; 3, 0, -1; -2, 1, 0]*x'],
  ['levicivita(i,j,k)*x[k]', 'x[k]*levicivita(i,j,k)'],
  ["z'*cross(x, y)", "x'*cross(y, z)"],
  ['sum_{j,k}(levicivita(2,j,k)*x[j]*y[k])', 'x[3]*y[1] - x[1]*y[3]'],
  ['cross(r, s)', "cross(r', s')'"],
  ['cross(cross(x, cross(y, x)), z)', 'cross(z, cross(x, cross(x, y)))'],
  // derivatives
  ['jacobian(cross(x, y), x)', '-skew(y)'],
  ['jacobian(cross(x, y), y)', 'skew(x)'],
  ["grad(x'*cross(y, z), x)", 'cross(y, z)'],
  ["grad(x'*cross(y, z), y)", 'cross(z, x)'],
  ["grad(x'*cross(y, z), z)", 'cross(x, y)'],
  ['jacobian(cross(A*x, B*x), x)', 'skew(A*x)*B - skew(B*x)*A'],
  ['jacobian(cross(x, J*x), x)', 'skew(x)*J - skew(J*x)'],
  ['jacobian(cross(cross(x, y), z), y)', '-skew(z)*skew(x)'],
  ['grad(norm2(cross(x, y))^2, x)', '2*cross(y, cross(x, y))'],
  ['hessian(norm2(cross(x, y))^2, x)', '-2*skew(y)^2'],
  ['grad(norm2(cross(x, y)), x)', 'cross(y, cross(x, y))/norm2(cross(x, y))'],
  ["grad(x'*cross(A*x, y), A)", "cross(y, x)*x'"],
  ["hessian(x'*skew(y)*A*skew(y)*x, y)", "skew(x)*(A + A')*skew(x)"],
  ['jacobian(skew(x), x)', 'levicivita(i,k,j)'],
  ['grad(c*sum(skew(x).^2), x)', '4*c*x'],
  ['grad(tr(A*skew(x)), x)', '[A[2,3] - A[3,2]; A[3,1] - A[1,3]; A[1,2] - A[2,1]]'],
  ['jacobian(cross(r, s), r)', "-skew(s')"],
  ['jvp(cross(x, y), x, z)', 'cross(z, y)'],
  ['vjp(cross(x, y), x, z)', 'cross(y, z)'],
  ['d(cross(x, y))', 'cross(d(x), y) + cross(x, d(y))'],
  // rotations, as Rodrigues wrote them
  ['R*x', 'R*x'],
  ['jacobian(R, t)', 'cos(t)*skew(u) + sin(t)*skew(u)^2'],
  ['jacobian(R*x, x)', 'R'],
  ['jacobian(R*x, u)', '(1 - cos(t))*skew(cross(x, u)) - sin(t)*skew(x) - (1 - cos(t))*skew(u)*skew(x)'],
];
const answered = new Map<string, string>();
describe.each(questions)('%s', (question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  answered.set(question, answer.text);
  test('reads as a formula', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () =>
    expect(answer.check({ points: 3, seed: 3 }).points === 0 || answer.check({ points: 3, seed: 3 }).ok).toBe(true));
  test('prints itself', () => {
    if (!question.startsWith('d(') && text.includes('levicivita') === question.includes('levicivita'))
      expect(valueOf(program(declarations).ask(text)).text).toBe(text);
  });
});
test('what was asked before makes no difference', () => {
  for (const [question] of questions.toReversed())
    expect(valueOf(program(declarations).ask(question)).text).toBe(answered.get(question));
});

test.each([
  [
    't in R; x, y in R^2; R = [cos(t), -sin(t); sin(t), cos(t)]',
    'hessian(norm2(R*x - y)^2, t)',
    '2*(x[1]*cos(t)*(y[1] - R[1,:]*x) + x[2]*sin(t)*(R[1,:]*x - y[1]) + (x[1]*sin(t) + x[2]*cos(t))*(y[2] - R[2,:]*x) + x[1]^2 + x[2]^2)',
  ],
  ['a, b, t in R', 'grad(cos(t)*(a*b*cos(t) + a) + sin(t)*(a*b*sin(t) - a), a)', 'b + cos(t) - sin(t)'],
  [
    'a, b, t in R',
    'grad(a*cos(t)*(b*cos(t) + 1) + a*sin(t)*(2*b*sin(t) + 1), a)',
    'cos(t)*(b*cos(t) + 1) + sin(t)*(2*b*sin(t) + 1)',
  ],
])('%s: %s has no cos^2 + sin^2', (text, question, answer) => {
  const found = valueOf(program(text).ask(question));
  expect(found.text).toBe(answer);
  expect(found.check()).toMatchObject({ ok: true });
});

test.each([
  ['cross(x, y) == -cross(y, x)', 'proved'],
  ['cross(x, y) == cross(y, x)', 'refuted'],
  ['cross(x, cross(y, z)) == cross(cross(x, y), z)', 'refuted'],
  ["cross(x, cross(y, z)) == y*(x'*z) - z*(x'*y)", 'proved'],
  ["cross(x, cross(y, z)) == y*(x'*z) - z*(x'*z)", 'refuted'],
  ['cross(x, cross(y, z)) + cross(y, cross(z, x)) + cross(z, cross(x, y)) == 0', 'proved'],
  ["norm2(cross(x, y))^2 == norm2(x)^2*norm2(y)^2 - (x'*y)^2", 'proved'],
  ["x'*cross(y, z) == det([x, y, z])", 'proved'],
  ["x'*cross(y, z) == det([x, z, y])", 'refuted'],
  ["A'*skew(A*x)*A == det(A)*skew(x)", 'proved'],
  ['skew(x)^3 == -norm2(x)^2*skew(x)', 'proved'],
  ["skew(x)^2 == x*x' - norm2(x)^2*eye(3)", 'proved'],
  ["skew(cross(x, y)) == y*x' - x*y'", 'proved'],
  ['cross([1; 0; 0], [0; 1; 0]) == [0; 0; 1]', 'proved'],
  ['R*u == u', 'proved'],
  ["R'*R == eye(3)", 'refuted'],
  ['jacobian(cross(x, y), x) == skew(y)', 'refuted'],
  ['det(skew(x)) == 0', 'proved'],
])('%s is %s', (claim, verdict) => expect(verdictOf(declarations, claim).verdict).toBe(verdict));

test.each([
  ['cross(a, x)', 'shape', 'cross takes vectors of size 3, and a is n x 1'],
  ['skew(A)', 'shape', 'skew takes vectors, and A is 3 x 3'],
  ['cross(x, r)', 'shape', 'one is a column and the other a row'],
  ['levicivita(i, j)*x[i]*y[j]', 'shape', 'levicivita takes 3 arguments, not 2'],
  ['levicivita(1, 2, 4)', 'index', '4 is beyond the size of levicivita(1,2,4), which is 3'],
  ['sum_{i,j,k}(levicivita(i,j,k)*a[i]*x[j]*y[k])', 'shape', 'the index i runs to 3 in one place and to n in another'],
])('%s is refused', (question, kind, message) =>
  expect(problemOf(program(declarations).ask(question))).toMatchObject({ kind, message }),
);

test.each([
  ['inv(eye(3) + skew(x))*y', []],
  ['inv(eye(3) + c*skew(x)*c)*y', []],
  ['inv(A + skew(x))*y', ['A + skew(x) is invertible, for inv(A + skew(x))']],
  ['inv(eye(3) + skew(x)*A)*y', ['eye(3) + skew(x)*A is invertible, for inv(eye(3) + skew(x)*A)']],
])('%s: what is skew is known', (question, conditions) =>
  expect(valueOf(program(declarations).ask(question)).conditions.map(({ text }) => text)).toEqual(conditions),
);
test('a cross product matrix has no inverse', () =>
  expect(problemOf(program(declarations).ask('inv(skew(x))'))).toMatchObject({
    kind: 'domain',
    message: 'inv(skew(x)) has no value: skew(x) must be invertible, but it is skew-symmetric with 3 rows',
  }));

test('on paper', () => {
  const latex = (question: string): string => valueOf(program(declarations).ask(question)).latex;
  expect(latex('cross(x, cross(y, z))')).toBe('x \\times (y \\times z)');
  expect(latex("(x + y)'*cross(y, z)")).toBe('(x + y)^\\top (y \\times z)');
  expect(latex('jacobian(cross(x, y), x)')).toBe('-[y]_\\times');
  expect(latex('jacobian(skew(x), x)')).toBe('\\varepsilon_{ikj}');
});
