/** Functions known by name only: their derivatives of every order, by every argument. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'phi : R -> R; psi : R -> R; f : R^n -> R; g : R^m -> R^n; c : R^n -> R^m; V : R^n x R^m -> R; F : R^n x R^m -> R^n; ' +
  'L : R x R -> R; r : R -> R^n; h : R^(n x m) -> R; M : R^n -> R^(n x m); q : R^(1 x n) -> R; W : R x R^n -> R; ' +
  'A in R^(m x n); B in R^(n x m); X in R^(n x m); K in R^(m x n); x, v, p in R^n; u, b, y in R^m; t, s in R; mu > 0';

const questions: readonly (readonly [question: string, answer: string])[] = [
  // entry by entry
  ['phi(X)', 'phi(X)'],
  ["phi(x')", "phi(x)'"],
  ['grad(sum(phi(A*x)), x)', "A'*D_phi(A*x)"],
  ['jacobian(phi(A*x), x)', 'diag(D_phi(A*x))*A'],
  ['hessian(sum(phi(A*x)), x)', "A'*diag(DD_phi(A*x))*A"],
  ['grad(sum(phi(A*x)), A)', "D_phi(A*x)*x'"],
  ['grad(sum(phi(A*X)), X)', "A'*D_phi(A*X)"],
  ['grad(sum_j(phi(x[j])), x)', 'D_phi(x)'],
  ['hessian(sum_j(phi(x[j])), x)', 'diag(DD_phi(x))'],
  ['grad(phi(norm2(x)), x)', 'D_phi(norm2(x))*x/norm2(x)'],
  ['grad(sum((phi(A*x) - y).^2)/2, x)', "A'*(D_phi(A*x) .* (phi(A*x) - y))"],
  ['hessian(phi(psi(t)), t)', 'DD_psi(t)*D_phi(psi(t)) + D_psi(t)^2*DD_phi(psi(t))'],
  ['jvp(phi(x), x, v)', 'D_phi(x).*v'],
  ['vjp(phi(x), x, v)', 'D_phi(x).*v'],
  ['d(phi(x))', 'D_phi(x).*d(x)'],
  ["jacobian(phi''(x), x)", 'diag(D3_phi(x))'],
  ['jacobian(D3_phi(t), t)', 'D4_phi(t)'],
  ["grad(y'*phi(A*phi(x)), x)", "A'*(D_phi(A*phi(x)).*y) .* D_phi(x)"],
  // a number of a vector
  ['grad(f(x), x)', "J_f(x)'"],
  ['grad(f(B*u + x), u)', "(J_f(B*u + x)*B)'"],
  ['hessian(f(B*u + x), u)', "B'*H_f(B*u + x)*B"],
  ['hessian(f(x + t*v), t)', "v'*H_f(x + t*v)*v"],
  ['jacobian(jacobian(f(x + t*v), t), t)', "v'*H_f(x + t*v)*v"],
  ['hvp(f(x), x, v)', 'H_f(x)*v'],
  ["hessian(f(x), x)'", 'H_f(x)'],
  ['grad(f(g(u)), u)', "(J_f(g(u))*J_g(u))'"],
  ['hessian(f(g(u)), u)', "J_f(g(u))*H_g(u)[:,i,j] + J_g(u)[:,i]'*H_f(g(u))*J_g(u)[:,j]"],
  ["hessian(f(x) + u'*(A*x - b), x)", 'H_f(x)'],
  ["grad(f(x) + u'*c(x), x)", "J_f(x)' + J_c(x)'*u"],
  ["hessian(f(x) + u'*c(x), x)", "H_c(x)[:,i,j]'*u + H_f(x)[i,j]"],
  ['inv(hessian(f(x), x))*grad(f(x), x)', "inv(H_f(x))*J_f(x)'"],
  ["grad(f(x - t*J_f(x)'), x)", "(eye(n) - t*H_f(x))*J_f(x - t*J_f(x)')'"],
  ['hessian(log(f(x)), x)', "(H_f(x) - J_f(x)'*J_f(x)/f(x))/f(x)"],
  ['hessian(exp(f(x)), x)', "exp(f(x))*(H_f(x) + J_f(x)'*J_f(x))"],
  ['jacobian(hessian(f(x), x), x)', 'D3_f(x)'],
  ['grad(f(diag(B*A)), A)', "B'*diag(J_f(sum(A'.*B, 2)))"],
  // a vector of a vector
  ['grad(norm2(c(x))^2/2, x)', "J_c(x)'*c(x)"],
  ['jacobian(c(B*u), u)', 'J_c(B*u)*B'],
  ['jacobian(J_c(x)*v, x)', "H_c(x)[i,j,:]'*v"],
  // of a number
  ['jacobian(r(t), t)', 'J_r(t)'],
  ["hessian(r(t)'*r(t)/2, t)", "J_r(t)'*J_r(t) + r(t)'*H_r(t)"],
  // of several arguments
  ['grad(V(x, u), x)', "J_V_1(x, u)'"],
  ['jacobian(grad(V(x, u), x), u)', 'H_V_12(x, u)'],
  ['jacobian(grad(V(x, u), u), x)', "H_V_12(x, u)'"],
  ['H_V_21(x, u)', "H_V_12(x, u)'"],
  ['hessian(V(x, u), u)', 'H_V_22(x, u)'],
  ['jacobian(F(x, K*x), x)', 'J_F_1(x, K*x) + J_F_2(x, K*x)*K'],
  ['grad(f(F(x, u)), u)', "(J_f(F(x, u))*J_F_2(x, u))'"],
  ['grad(V(x, A*x), x)', "(J_V_1(x, A*x) + J_V_2(x, A*x)*A)'"],
  ['hessian(V(x, A*x), x)', "H_V_11(x, A*x) + H_V_12(x, A*x)*A + A'*(H_V_22(x, A*x)*A + H_V_12(x, A*x)')"],
  ['grad(sum(L(A*x, y)), x)', "A'*J_L_1(A*x, y)"],
  ['hessian(sum(L(A*x, y)), x)', "A'*diag(H_L_11(A*x, y))*A"],
  ['jacobian(grad(sum(L(A*x, y)), x), y)', "A'*diag(H_L_12(A*x, y))"],
  ['jacobian(L(t, x), t)', 'J_L_1(t, x)'],
  ['hessian(L(t, s*t), t)', 'H_L_11(t, t*s) + 2*s*H_L_12(t, t*s) + s^2*H_L_22(t, t*s)'],
  ['H_W_12(t, x)', 'H_W_12(t, x)'],
  ['H_W_21(t, x)', "H_W_12(t, x)'"],
  ['grad(W(t, x), x)', "J_W_2(t, x)'"],
  // of matrices, and to matrices
  ['grad(h(X), X)', 'J_h(X)'],
  ['grad(h(B*A*X), X)', "A'*B'*J_h(B*A*X)"],
  ['jvp(h(X), X, B)', 'sum(B.*J_h(X))'],
  ['jacobian(grad(h(X), X), X)', 'H_h(X)'],
  ['jvp(M(x), x, v)', "J_M(x)[i,j,:]'*v"],
  ['grad(tr(A*M(x)), x)', 'tr(J_M(x)[:,:,i]*A)'],
  ["grad(q(x'), x)", "J_q(x')'"],
  ['grad(sum_j(f(X[:,j])), X)', 'J_f(X[:,j])[i]'],
];
describe.each(questions)('%s', (question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as a formula', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () =>
    expect(answer.check({ points: 2, seed: 3 })).toMatchObject({ ok: true }));
  test('prints itself', () => {
    if (!question.startsWith('d(')) expect(valueOf(program(declarations).ask(text)).text).toBe(text);
  });
});

test.each([
  ["grad(sum(phi(A*x)), x) == A'*D_phi(A*x)", 'proved'],
  ["hessian(sum(phi(A*x)), x) == A'*diag(D_phi(A*x))*A", 'refuted'],
  ['phi(sum(x)) == sum(phi(x))', 'refuted'],
  ["phi(x') == phi(x)'", 'proved'],
  ['sum(phi(x)) == sum_j(phi(x[j]))', 'proved'],
  ['phi(t) == psi(t)', 'refuted'],
  ['DD_phi(t) == 0', 'refuted'],
  ['D4_phi(t) == 0', 'refuted'],
  ["H_f(x) == H_f(x)'", 'proved'],
  ['H_f(x) == diag(diag(H_f(x)))', 'refuted'],
  ['det(H_f(x)) == 0', 'refuted'],
  ['H_c(x)[i,j,l] == H_c(x)[i,l,j]', 'proved'],
  ["H_V_12(x, u) == H_V_21(x, u)'", 'proved'],
  ['D3_f(x)[i,j,l] == D3_f(x)[l,j,i]', 'proved'],
  ['L(t, s) == L(s, t)', 'refuted'],
  ['H_L_12(t, s) == H_L_12(s, t)', 'refuted'],
  ["hessian(f(t*x), t) == x'*H_f(t*x)*x", 'proved'],
  ["hessian(f(t*x), t) == t*x'*H_f(t*x)*x", 'refuted'],
  ['jacobian(grad(f(x), x), x) == H_f(x)', 'proved'],
  ["jacobian(f(x), x) == J_f(x)'", 'proved'],
  ["hessian(f(g(u)), u) == J_g(u)'*H_f(g(u))*J_g(u)", 'refuted'],
])('%s is %s', (claim, verdict) => expect(verdictOf(declarations, claim).verdict).toBe(verdict));

test.each([
  ['V(x)', 'shape', 'V takes 2 arguments, not 1', undefined],
  ['V(u, x)', 'shape', 'V takes n x 1 as argument 1, and u is m x 1', undefined],
  ['f(t)', 'shape', 'f takes n x 1, and t is a scalar', undefined],
  ['J_V(x, u)', 'name', 'V takes 2 arguments, and J_V is no derivative of it', 'J_V_1, H_V_12, by the arguments'],
  [
    'H_V_13(x, u)',
    'name',
    'V takes 2 arguments, and H_V_13 is no derivative of it',
    'J_V_1, H_V_12, by the arguments it is taken by',
  ],
  [
    'H_V_1(x, u)',
    'name',
    'V takes 2 arguments, and H_V_1 is no derivative of it',
    'J_V_1, H_V_12, by the arguments it is taken by',
  ],
  ['D10_phi(t)', 'name', 'D10_phi is not a function that is known here', undefined],
  ["x'(A*x)", 'name', "x'(…) is the derivative of a function, and x is none", "x'*(A*x)?"],
])('%s is refused', (question, kind, message, hint) =>
  expect(problemOf(program(declarations).ask(question))).toMatchObject({ kind, message, ...(hint && { hint }) }),
);
test('beyond the ninth order derivatives have no names', () =>
  expect(problemOf(program('phi : R -> R; t in R').ask('jacobian(D9_phi(t), t)'))).toMatchObject({
    kind: 'rule',
    message: 'derivatives of phi have names up to the order 9',
  }));

test.each([
  ['f : R -> R; D_f : R -> R', 'D_f is the name of a derivative of f'],
  ['f : R x R -> R; H_f_12(s) = s', 'H_f_12 is the name of a derivative of f'],
  ['f : R x R -> R; f_1 : R -> R', 'J_f_1 would be the Jacobian of f_1 and a derivative of f'],
])('%s: answers would be ambiguous', (text, message) => expect(problemOf(parse(text))).toMatchObject({ message }));
test('a name that only looks like a derivative is free', () =>
  expect(valueOf(program('f : R -> R; f_1 : R -> R; D_g : R -> R; t in R').ask('grad(f_1(D_g(f(t))), t)')).text).toBe(
    'D_f(t)*D_D_g(f(t))*D_f_1(D_g(f(t)))',
  ));

test('functions of the program have derivatives by the same names', () => {
  const own = "g(t) = t^3; q(s) = s'*s*s[1]; p(s, t) = s*t^2; t in R; x in R^n; ";
  const textOf = (question: string): string => valueOf(program(own).ask(question)).text;
  expect(textOf('D_g(t)')).toBe('3*t^2');
  expect(textOf("g''(t)")).toBe('6*t');
  expect(textOf('H_q(x)')).toBe("2*(eye(n)[:,1]*x' + x*eye(n)[:,1]' + x[1]*eye(n))");
  expect(textOf('J_p_2(3, t)')).toBe('6*t');
  expect(problemOf(program(own).ask('D3_g(t)'))).toMatchObject({
    kind: 'rule',
    message: 'g is defined: its higher and mixed derivatives have no names of their own',
  });
});

test('on paper', () => {
  const answer = (question: string): { latex: string; unicode: string } => valueOf(program(declarations).ask(question));
  expect(answer('hessian(sum(phi(A*x)), x)')).toMatchObject({
    latex: "A^\\top \\operatorname{diag}(\\phi''(A x)) \\, A",
    unicode: 'Aᵀ·diag(φ″(A·x))·A',
  });
  expect(answer('D4_phi(t)')).toMatchObject({ latex: 'D^{4}_{\\phi}(t)', unicode: 'D4_phi(t)' });
  expect(answer('jacobian(H_L_12(t, s), t)')).toMatchObject({
    latex: 'D^{3}_{L,112}(t, s)',
    unicode: 'D3_L_112(t, s)',
  });
  expect(answer('H_V_12(x, u)').latex).toBe('H_{V,12}(x, u)');
  for (const text of ['phi′(t)', 'phi’(t)', "phi'(t)", 'φ′(t)', 'D_phi(t)', 'D_φ(t)'])
    expect(valueOf(program(declarations).ask(text)).text).toBe('D_phi(t)');
  for (const text of ['phi‴(t)', "phi'''(t)"]) expect(valueOf(program(declarations).ask(text)).text).toBe('D3_phi(t)');
});

test('steps name the rule', () => {
  const rules = (question: string): readonly string[] =>
    valueOf(program(declarations).ask(question))
      .steps()
      .map(({ rule }) => rule);
  expect(rules('hessian(phi(t), t)').join()).toContain('derivative of an unknown function');
  expect(rules('hessian(f(x + t*v), t)').join()).toContain('second derivative of an unknown function');
  expect(rules('grad(f(x), x)').join()).toContain('Jacobian of an unknown function');
});

describe('code', () => {
  test('is handed the derivatives that it needs, by their names', () => {
    const answer = valueOf(program('V : R^n x R^m -> R; x in R^n; u in R^m').ask('jacobian(grad(V(x, u), x), u)'));
    // V(x, u) = x[1]*u[2]^2
    const V = {
      hessian_12: (_: Float64Array, ...[u, out]: readonly Float64Array[]) => out!.set([0, 2 * u![1]!, 0, 0]),
    };
    const inputs = { x: [1, 2], u: [3, 4] };
    expect(valueOf(answer.evaluate(inputs, { functions: { V } }))).toEqual([
      [0, 8],
      [0, 0],
    ]);
    expect(problemOf(answer.evaluate(inputs))).toMatchObject({ message: 'the function V needs its hessian_12' });
  });
  test('calls a function of numbers for every entry', () => {
    const answer = valueOf(program('phi : R -> R; x in R^n').ask('grad(sum(phi(2*x)), x)'));
    const phi = { jacobian: (x: Float64Array, ...[out]: readonly Float64Array[]) => out!.set([x[0]! ** 2]) };
    expect(valueOf(answer.evaluate({ x: [1, 2, 3] }, { functions: { phi } }))).toEqual([8, 32, 72]);
  });
});
