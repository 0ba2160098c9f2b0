/** Arrays of three axes and more: declared, indexed, summed, computed entry by entry, and in derivatives. */
import { describe, expect, test } from 'vitest';
import { problemOf, program, valueOf } from '../api/given.ts';
import { verdictOf } from '../decide/verdict-of.ts';

const declarations =
  'T, S in R^(n x m x k); U in R^(n x n x n); E in R^(n x n x n x n); P in R^(n x m x k), positive; ' +
  'X in R^(n x n); Y in R^(n x m); x in R^n; y in R^m; z in R^k; c in R; ' +
  'A in R^(b x n x m); B in R^(b x m x p); C[q,i,j] = sum_k(A[q,i,k]*B[q,k,j]); G in R^(b x n x p); f : R^(n x m x k) -> R';

const questions: readonly (readonly [question: string, answer: string])[] = [
  // as they are
  ['T', 'T'],
  ['T[i,j,l]', 'T[i,j,l]'],
  ['T[2,:,:]', 'T[2,:,:]'],
  ['T[i,:,:]', 'T[i,:,:]'],
  ['T[i,j,:]', 'T[i,j,:]'],
  ['T[:,j,l]', 'T[:,j,l]'],
  ['T[2:n,:,1:k-1]', 'T[2:n,:,1:k - 1]'],
  ['T + 2*S', 'T + 2*S'],
  ['T.*S/3 - c', '(T .* S)/3 - c'],
  ['1 + T.^2./exp(-S)', '1 + exp(S) .* T.^2'],
  ['sum(T)', 'sum(T)'],
  ['mean(T)', 'sum(T)/(k*m*n)'],
  ['norm1(T) + norm2(T) + max(T)', 'max(T) + norm2(T) + sum(abs(T))'],
  ['1[T > S]', '1[T > S]'],
  // one entry after the other
  ['sum_l(T[i,j,l]*z[l])', "T[i,j,:]'*z"],
  ['sum_i(x[i]*T[i,:,:])', "T[:,i,j]'*x"],
  ['T[1,:,:]*z', 'T[1,:,:]*z'],
  ["x'*T[:,:,1]*y", "x'*T[:,:,1]*y"],
  ['sum(T[:,:,l])', 'sum(T[:,:,l])'],
  // derivatives
  ['grad(sum(T.^2), T)', '2*T'],
  ['grad(sum(T.^2), T[1,:,:])', '2*T[1,:,:]'],
  ['grad(sum(T.^2), T[1,2,:])', '2*T[1,2,:]'],
  ['grad(sum(exp(T).*S), T)', 'exp(T).*S'],
  ['grad(norm2(T), T)', 'T/norm2(T)'],
  ['grad(max(T), T)', '1[T == max(T)]'],
  ['grad(sum(log(P)), P)', '1./P'],
  ['hessian(sum(T.^2), T)', '2*delta(i,q)*delta(j,r)*delta(l,s)'],
  ['jvp(T.^3, T, S)', '3*T.^2 .* S'],
  ['hvp(sum(T.^3), T, S)', '6*T .* S'],
  ['d(sum(T.*S))', 'sum(d(S).*T) + sum(d(T).*S)'],
  ['grad(sum_{i,j,l}(T[i,j,l]*x[i]*y[j]*z[l]), T)', 'x[i]*y[j]*z[l]'],
  ['grad(sum_{i,j,l}(T[i,j,l]*x[i]*y[j]*z[l]), x)', "y'*T[i,:,:]*z"],
  ['grad(sum_{i,j,l}(T[i,j,l]*Y[i,j]*z[l]), Y)', "T[i,j,:]'*z"],
  ['grad(sum_{i,j,l}(U[i,j,l]*x[i]*x[j]*x[l]), x)', "x'*U[:,:,i]*x + x'*U[:,i,:]*x + x'*U[i,:,:]*x"],
  [
    'hessian(sum_{i,j,l}(U[i,j,l]*x[i]*x[j]*x[l]), x)',
    "U[:,i,j]'*x + U[:,j,i]'*x + U[i,:,j]'*x + U[i,j,:]'*x + U[j,:,i]'*x + U[j,i,:]'*x",
  ],
  ['grad(sum_{i,j,l}((T[i,j,l] - x[i]*y[j]*z[l])^2)/2, x)', "y'*(x[i]*y*z' - T[i,:,:])*z"],
  ['jacobian(sum_l(T[i,j,l]*z[l]), z)', 'T[i,j,:]'],
  ['grad(sum_{i,j,l,r}(X[i,j]*E[i,j,l,r]*X[l,r])/2, X)', '(sum(E[:,:,i,j].*X) + sum(E[i,j,:,:].*X))/2'],
  [
    'grad(sum((T[2:n,:,:] - T[1:n-1,:,:]).^2), T)',
    '-2*1[i < n]*(T[i + 1,j,l] - T[i,j,l]) - 2*1[i >= 2]*(T[i - 1,j,l] - T[i,j,l])',
  ],
  // products for each of a batch
  ['C', 'C'],
  ['grad(sum(C.^2)/2, A)', "B[i,l,:]'*C[i,j,:]"],
  ['grad(sum(G.*C), B)', "A[i,:,j]'*G[i,:,l]"],
  ['jacobian(C, A)', 'B[q,s,l]*delta(i,q)*delta(j,r)'],
  ["grad(sum_q((x'*A[q,:,:]*y)^2)/2, x)", 'sum_j(x[j]*sum(A[:,i,:]*y .* (A[:,j,:]*y)))'],
  ["grad(sum_q((x'*A[q,:,:]*y)^2)/2, A)", "x[j]*y[l]*(x'*A[i,:,:]*y)"],
  // unknown functions of them
  ['grad(f(T), T)', 'J_f(T)'],
  ['grad(f(c*T), T)', 'c*J_f(c*T)'],
  ['grad(f(c*T), c)', 'sum(J_f(c*T).*T)'],
];
describe.each(questions)('%s', (question, text) => {
  const answer = valueOf(program(declarations).ask(question));
  test('reads as a formula', () => expect(answer.text).toBe(text));
  test('agrees with finite differences', () =>
    expect(answer.check({ points: 1, seed: 3 })).toMatchObject({ ok: true }));
  test('prints itself', () => {
    if (!question.startsWith('d(')) expect(valueOf(program(declarations).ask(text)).text).toBe(text);
  });
});

const solid = "F in R^(3 x 3); mu, lam in R; J = det(F); W = mu/2*(tr(F'*F) - 3) - mu*log(J) + lam/2*log(J)^2";
test('the stress and the elasticities of a neo-Hookean solid', () => {
  const stress = valueOf(program(solid).ask('grad(W, F)'));
  expect(stress.text).toBe("mu*F + (lam*log(J) - mu)*inv(F)'");
  const elasticities = valueOf(program(`${solid}; P = grad(W, F)`).ask('jacobian(P, F)'));
  expect(elasticities.text).toBe(
    '(mu - lam*log(J))*inv(F)[j,k]*inv(F)[l,i] + mu*delta(i,k)*delta(j,l) + lam*inv(F)[j,i]*inv(F)[l,k]',
  );
  expect(elasticities.shape).toEqual([3, 3, 3, 3]);
  expect(elasticities.check({ points: 1 })).toMatchObject({ ok: true });
});

test('stacked heads of attention', () => {
  const heads =
    'Q, K, V, G in R^(h x n x d); S[a,i,j] = sum_l(Q[a,i,l]*K[a,j,l])/sqrt(d); P[a,i,j] = softmax(S[a,i,:])[j]; ' +
    'O[a,i,l] = sum_j(P[a,i,j]*V[a,j,l]); L = sum(G.*O)';
  expect(valueOf(program(heads).ask('grad(L, V)')).text).toBe("G[i,:,k]'*P[i,:,j]");
  expect(valueOf(program(heads).ask('grad(L, Q)')).text).toBe(
    "sum(K[i,:,k] .* P[i,j,:] .* (V[i,:,:]*G[i,j,:] - G[i,j,:]'*O[i,j,:]))/sqrt(d)",
  );
});

test.each([
  ['grad(sum(T.^2), T) == 2*T', 'proved'],
  ['grad(sum(T.^2), T) == T', 'refuted'],
  ['T[i,j,l] == T[i,j,l]*1', 'proved'],
  ['U[i,j,l] == U[j,i,l]', 'refuted'],
  ['sum(T.*S) == sum_{i,j,l}(T[i,j,l]*S[i,j,l])', 'proved'],
  ['norm2(T)^2 == sum(T.^2)', 'proved'],
  ["sum_l(T[i,j,l]*z[l]) == T[i,j,:]'*z", 'proved'],
  ["x'*T[:,:,1]*y == y'*T[:,:,1]'*x", 'proved'],
  ['sum_i(T[i,:,:]) == T[1,:,:]', 'refuted'],
])('%s is %s', (claim, verdict) => expect(verdictOf(declarations, claim).verdict).toBe(verdict));

test.each([
  ['T*z', 'T is n x m x k and z is k x 1', 'write the sum: sum_k(T[i,j,k]*z[k])'],
  [
    'T.*z',
    'T is n x m x k and z is k x 1: they cannot be multiplied entry by entry',
    'write the entries: T[i,j,k]*z[i]',
  ],
  ['T + Y', 'T is n x m x k and Y is n x m: they cannot be added', 'write the entries: T[i,j,k] + Y[i,j]'],
  ['z*T', 'z is k x 1 and T is n x m x k', 'write the sum: sum_i(z[i]*T[i,j,k])'],
])('%s is refused', (question, message, hint) =>
  expect(problemOf(program(declarations).ask(question))).toMatchObject({ kind: 'shape', message, hint }),
);
test.each([
  ["T'", 'T has 3 axes, and only matrices are transposed'],
  ['T[i,j]', 'T is n x m x k, and takes 3 indices, not 2'],
  ['vec(T)', 'vec takes a vector or a matrix, and T has three axes or more'],
  ['sum(T, dim=1)', 'sum takes a vector or a matrix, and T has three axes or more'],
])('%s has no meaning', (question, message) =>
  expect(problemOf(program(declarations).ask(question))).toMatchObject({ message }),
);

test('conditions and code', () => {
  const logs = valueOf(program(declarations).ask('grad(sum(log(T)), T)'));
  expect(logs.conditions.map(({ text }) => text)).toEqual(['T > 0 in every entry, for log(T)']);
  expect(valueOf(program(declarations).ask('grad(sum(log(P)), P)')).conditions).toEqual([]);
  const answer = valueOf(program('T in R^(n x m x k); z in R^k').ask('sum_l(T[i,j,l]*z[l])'));
  const T = [[[1, 2, 3], [4, 5, 6]], [[7, 8, 9], [10, 11, 12]]]; // prettier-ignore
  expect(valueOf(answer.evaluate({ T, z: [1, 10, 100] }))).toEqual([
    [321, 654],
    [987, 1320],
  ]);
  expect(valueOf(valueOf(program('T in R^(n x m x k)').ask('grad(sum(T.^2), T)')).evaluate({ T }))).toEqual(
    T.map((rows) => rows.map((row) => row.map((entry) => 2 * entry))),
  );
});

test('on paper', () => {
  const latex = (question: string): string => valueOf(program(declarations).ask(question)).latex;
  expect(latex('T[i,j,l]')).toBe('T_{ijl}');
  expect(latex('2*T.*S')).toBe('2 T \\odot S');
  expect(latex("x'*T[:,:,i]*y")).toBe('x^\\top T_{:,:,i} y');
});
