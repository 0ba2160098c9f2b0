/** The cost of the display: what is printed, and each strain with the answer that it is for. */
import { describe, expect, test } from 'vitest';
import { textOf } from '../rewrite/simplify-given.ts';

describe('strains', () => {
  test.each([
    [
      'a whole matrix is not made for its diagonal',
      'A, B in R^(n x m); jacobian(sum(A .* B, 2), A)[i,k,l]',
      'B[i,l]*delta(i,k)',
    ],
    ['a product row by row', 'A, B in R^(n x m); x in R^m; sum(A .* B, 2)', 'sum(A.*B, 2)'],
    [
      'rows scaled',
      'x in R^(1 x m); W in R^(m x n); b in R^(1 x n); h = relu(x*W + b); jacobian(h, x)',
      "diag(1[x*W + b > 0])*W'",
    ],
    ['rows of a Jacobian scaled', 'r in R^n; A in R^(m x n); jacobian(exp(A*r), r)', 'diag(exp(A*r))*A'],
    ['rows and columns scaled at once', "a in R^m; b in R^n; X in R^(m x n); grad(a'*sin(X)*b, X)", "a*b' .* cos(X)"],
  ])('%s', (_, question, answer) => expect(textOf(question)).toBe(answer));
});

describe('each candidate has an answer that needs it', () => {
  test.each([
    ['head', "A in R^(n x m); x, y in R^n; A'*x + A'*y", "A'*(x + y)"],
    ['tail', 'A, B in R^(n x m); x in R^m; A*x + B*x', '(A + B)*x'],
    ['scalars', 'a, b, c in R; a*b + a*c', 'a*(b + c)'],
    ['entries', 'u, x, y in R^n; u .* x + u .* y', 'u .* (x + y)'],
    ['common number', 'A, B in R^(n x m); 2*A + 2*B', '2*(A + B)'],
    ['trace', 'A in R^(n x m); B in R^(m x n); sum_{i,j}(A[i,j]*B[j,i])', 'tr(A*B)'],
    ['sum over a grid', 'A, B in R^(n x m); sum_{i,j}(A[i,j]*B[i,j])', 'sum(A.*B)'],
    ['mean', 'x in R^n; sum(x)/n', 'mean(x)'],
    ['root below', 'x in R; sqrt(2)/2*x', 'x/sqrt(2)'],
    ['literal times a vector', 'r in R^2; [r[1] + 2*r[2]; 3*r[1]]', '[1, 2; 3, 0]*r'],
    ['quotient of products', "A in R^(n x n); x in R^n; (x'*A*x)/(x'*x)*x", "x'*A*x/(x'*x)*x"],
    ['turned as a whole', "W in R^(m x n); x in R^n; tanh(W*x)'", "tanh(W*x)'"],
    ['divided entry by entry', 'a in R; t in R^n; a*(1 ./ t)', 'a./t'],
  ])('%s', (_, question, answer) => expect(textOf(question)).toBe(answer));
});
