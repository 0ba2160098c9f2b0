/** What the fuzzer found once, as small as it could be made. None of it may come back. */
import { describe, expect, test } from 'vitest';
import { sizes } from './generate.ts';
import { judge } from './judge.ts';

function faults(program: string): readonly string[] {
  const { findings } = judge(program, { sizes, seed: 3 });
  return findings.map(({ fault, detail }) => `${fault}: ${detail}`);
}

describe('wrong answers', () => {
  test.each([
    // A rule dropped bound indices that its pattern had not used up.
    "A in R^(n x n), orthogonal; vec(A)'*vec(A)",
    "y in R^n, pm1; tr(y*y')",
    // An index that the rule sums over coincided with one of its free ones.
    'A in R^(p x p), orthogonal; sum_j(A[j,j]*A[j,j])',
    'A in R^(n x n), simplex; tr(A)',
    'A in R^(n x n), onehot; sum_k(A[k,k])',
    // A slot stood for something that mentions the index being summed over.
    'A in R^(n x n); tr(softmax(A))',
    'A in R^(n x n); grad(tr(softmax(A)), A)',
    'A in R^(n x n); s = softmax(A); sum_i(s[i,i])',
    'A in R^(n x n); sum_i(exp(A[i,i])/sum_j(exp(A[i,j])))',
    'A in R^(n x n); sum(log(sum(exp(A), 2)))',
    // A block under a sum.
    'A in R^(n x m); g[i] = A[i,1]; grad(sum([g; 1]), A)',
    // Constant arguments lost their shape.
    'f : R^m -> R; y in R^m; f(ones(m)) + sum(y)',
    'f : R^2 -> R; x in R^p; f(ones(2, p)*x)',
    'B in R^(n x n); f : R^n -> R^n; jacobian(B*f(ones(n)), B)',
    // Ties of a term with itself.
    'x in R^n; d(max(x, x))',
    'x in R^n; jacobian(max(x, x), x)',
    // Deltas of a size that the program does not have.
    'A in R^(n x n), invertible; hvp(logdet(A), A, A*A)',
  ])('%s', (program) => expect(faults(program)).toEqual([]));
});

describe('crashes, and answers that cannot be read', () => {
  test.each([
    "x in R^n; z in R^m; kron(z, (x'*x)*x)",
    'a in R; exp([-1, 1, 0])*a',
    'y in R^n; d(atan(y))',
    'x in R^n; d(x)',
    "x in R^n; d((4./exp(x))'*x)",
    'A in R^(n x m); d(norm2(exp(A)))',
    'B in R^n; q = grad(sum(B.^2), B); 2*q',
    'a in R; phi(s) = s^2 + 1; grad(phi(a), a)',
    "x in R^3; z in R^3; [x'*z; 1; z[1]]",
    'B in R^(n x n); v in R^(1 x n); jacobian(v, B)',
    "y in R^m; z in R^m; [z, y*z']",
    'x in R^n; A in R^(n x m); jacobian(inv(max(x, eye(n))) + x, x)',
    'x in R^n; hessian(norm2(asin(sin(x)/2)), x)[i,k]',
    "x in R^2, simplex; s_1 = [x'*x; 1]; grad(tr(sin(eye(2))*(s_1*s_1'))/sigmoid(ones(2)'*([2, 0; 3, 2]*s_1)), x)",
    'r in R^(1 x m); A in R^(n x n); x in R^n, onehot; s = diag(x)*A; grad(tr(sqrt(softmax(s))*(I - (r[1] + A*A))), x)',
    "f : R^n -> R; r in R^(1 x n); jacobian(f(2*r'), r)",
    "f : R^n -> R; r in R^(1 x n); hessian(f(2*r'), r)",
    'y in R^p; z in R^m; grad(norm2([1 - z; y]), z)',
    'B in R^(n x m); hessian(mean(pi./abs(inv(diag(B[:,1]))*B)), B)',
    "A in R^(3 x m); B in R^(p x p); y in R^3; g_1 = B; grad(norm2([exp(eye(m)), (1 + abs(A')).^(2/3)*(m + y*y') + gelu(m)*sin(1)]), A)",
    'y in R^n; w in R^n; hessian(logsumexp([w; y]), w)',
    'y in R^3; w in R^3; hessian(logsumexp([w; y]), w)',
  ])('%s', (program) => expect(faults(program)).toEqual([]));
});
