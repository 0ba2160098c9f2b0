/** What is said about programs whose shapes, names and indices do not fit? */
import { describe, expect, test } from 'vitest';
import { problemOf } from './given.ts';

const given = 'a in R; x, y in R^n; w in R^m; r in R^(1 x n); A in R^(m x n); P in R^(n x n); F in R^(3 x 4); ';

const beyond = 'a range, as in sum_{i=1..n-1}(…), or a condition, as in sum_{i >= 2}(…), can leave positions out';

const cases: Readonly<
  Record<string, readonly (readonly [text: string, kind: string, message: string, hint?: string])[]>
> = {
  products: [
    ['x*y', 'shape', 'x is n x 1 and y is n x 1: the inner sizes 1 and n differ', "x'*y or x.*y?"],
    ['r*r', 'shape', 'r is 1 x n and r is 1 x n: the inner sizes n and 1 differ', "r*r' or r.*r?"],
    ['A*w', 'shape', 'A is m x n and w is m x 1: the inner sizes n and m differ', "A'*w?"],
    ['A*A', 'shape', 'A is m x n and A is m x n: the inner sizes n and m differ', "A'*A, A*A' or A.*A?"],
    ['P*A', 'shape', 'P is n x n and A is m x n: the inner sizes n and m differ', "P*A'?"],
    ['x/y', 'shape', 'y is n x 1, and / divides by a scalar', 'x./y entry by entry?'],
    ['x/P', 'shape', 'P is n x n, and / divides by a scalar', 'x./P entry by entry, or x*inv(P)?'],
    ['x^2', 'shape', 'x is n x 1, and ^ is a power of a scalar or a square matrix', 'x.^2 entry by entry?'],
    ['A^2', 'shape', 'A is m x n, and only a square matrix has powers', 'A.^2 entry by entry?'],
    ['P^a', 'shape', 'a matrix is raised to integers only, not to a'],
    ['2^x', 'shape', 'the exponent x is n x 1, and ^ takes a scalar', '2.^x entry by entry?'],
    ['P^33', 'limit', 'powers of matrices are written out, up to 32: 33 is too large'],
  ],
  sums: [
    [
      'x + r',
      'shape',
      'x is n x 1 and r is 1 x n: they cannot be added',
      "one is a column and the other a row: x + r' or x' + r?",
    ],
    [
      'w - r',
      'shape',
      'w is m x 1 and r is 1 x n: they cannot be subtracted',
      'for every entry of one with every entry of the other write outer_sum(w, -r)',
    ],
    [
      'w.*r',
      'shape',
      'w is m x 1 and r is 1 x n: they cannot be multiplied entry by entry',
      'for every entry of one with every entry of the other write w*r',
    ],
    ['A + x', 'shape', 'A is m x n and x is n x 1: they cannot be added'],
    ['x + y + w', 'shape', 'x + y is n x 1 and w is m x 1: they cannot be added'],
    ["A + A'", 'shape', "A is m x n and A' is n x m: they cannot be added", "A + (A')'?"],
    ['1[x > w]', 'shape', 'x is n x 1 and w is m x 1: they cannot be compared'],
  ],
  functions: [
    ['inv(A)', 'shape', 'inv needs a square matrix, and A is m x n', "A'*A is square"],
    ['det(x)', 'shape', 'det needs a square matrix, and x is n x 1'],
    ['tr(x)', 'shape', 'tr needs a square matrix, and x is n x 1', 'sum(x)?'],
    ['dot(x, w)', 'shape', 'dot takes two arrays of the same size: x is n x 1 and w is m x 1'],
    ['sum(A, 3)', 'shape', 'the axis of sum is 1 (column by column) or 2 (row by row)'],
    ['exp(x, y)', 'shape', 'exp takes 1 argument, not 2'],
    ['kron(x)', 'shape', 'kron takes 2 arguments, not 1'],
    ['sofmax(x)', 'name', 'sofmax is not a function that is known here', 'softmax?'],
    ['gradient(P)', 'name', 'gradient is not a function that is known here', 'grad(f, x)?'],
    ['norm(x, 1)', 'shape', 'norm takes 1 argument: every norm has a name of its own', 'norm1(x)?'],
    ['norm(x, 2)', 'shape', 'norm takes 1 argument: every norm has a name of its own', 'norm2(x)?'],
    [
      '2*grad(sum(A*x), [A, x])',
      'question',
      'a derivative by each of A, x has 2 answers: it is a question of its own',
      'grad(sum(A*x), [A, x])',
    ],
    [
      'check jacobian(A*x, [x; A]) == 0',
      'question',
      'a derivative by each of x, A has 2 answers: it is a question of its own',
      'jacobian(A*x, [x, A])',
    ],
    ['jvp(A*x, [x, A], x)', 'question', 'jvp is taken by one variable, not by each of x, A', 'jvp(…, x, …)'],
    [
      'norm(x, 3)',
      'shape',
      'norm takes 1 argument: every norm has a name of its own',
      'norm1(x), norm2(x), norminf(x) or normp(x, 3)?',
    ],
    ['softmax(A, dim=3)', 'shape', 'the axis of softmax is 1 (column by column) or 2 (row by row)'],
    ['softmax(A, dim=n)', 'shape', 'the axis of softmax is 1 (column by column) or 2 (row by row)'],
    ['tr(P, dim=1)', 'shape', 'tr has no axis: what takes the entries of an array together runs along rows or columns'],
    ['sum_i(prod_j(A[i,:]))', 'shape', 'prod_j multiplies numbers, and A[i,:] is 1 x n'],
    ['outer_sum(A, x)', 'shape', 'outer_sum takes vectors, and A is m x n'],
    ['pow(x)', 'shape', 'pow takes 2 arguments, not 1'],
    ['clip(x, 1)', 'shape', 'clip takes 3 arguments, not 2'],
    [
      'max(A, 2)',
      'shape',
      'max(A, 2) is ambiguous: entry by entry with the number 2, or along an axis',
      'max(2, A) entry by entry, max(A, dim=2) of each row',
    ],
    [
      'min(x, 1)',
      'shape',
      'min(x, 1) is ambiguous: entry by entry with the number 1, or along an axis',
      'min(1, x) entry by entry, min(x) of all entries',
    ],
    ['a(x + y)', 'name', 'a is a scalar, not a function', 'a*(x + y)?'],
    ['outer(A, x)', 'shape', 'outer takes vectors, and A is m x n'],
    ['ones(q)', 'name', 'the size q is not declared'],
    ['ones(x)', 'name', 'x is not a size'],
    ['ones(0)', 'shape', 'a size is at least 1, and 0 is 0'],
  ],
  names: [
    ['xx + y', 'name', 'xx is not declared', 'x?'],
    ['sum(q)', 'name', 'q is not declared'],
    ['softmax', 'name', 'softmax is a function', 'softmax(…)?'],
    ['f = g; g = x; f', 'name', 'g is used before it is defined'],
    ['f = x; f = y', 'name', 'f is defined twice', 'a new name for the new value, such as f_new'],
    ['n = 3', 'name', 'n is a size, and cannot be defined'],
    ['x in R^n', 'name', 'x is defined twice'],
    ['f(s) = f(s) + 1; f(x)', 'name', 'f is defined by means of itself'],
    ['f(s) = g(s); g(s) = f(s); f(x)', 'name', 'g is used before it is defined'],
    ['sum(s) = s', 'name', 'sum is a function of the language'],
    ['y = A*x', 'shape', 'y is declared as n x 1 and its value is m x 1'],
  ],
  indices: [
    ['F[4,1]', 'index', '4 is beyond the size of F, which is 3'],
    ['F[0,1]', 'index', 'indices start at 1, and 0 is used'],
    ['F[1]', 'index', 'F is 3 x 4, and takes 2 indices, not 1', 'F[i,:] for a row, F[:,j] for a column'],
    ['a[1]', 'index', 'a is a scalar, and has no entries to pick'],
    ['x[n + 1]', 'index', 'n + 1 is beyond the size of x, which is n', beyond],
    ['x[2:n + 1]', 'index', '2:n + 1 is beyond the size of x, which is n', beyond],
    ['x[n - n]', 'index', 'indices start at 1, and n - n is 0', beyond],
    ['x[w]', 'index', 'w is m x 1, not an index'],
    ['sum_i(x[i + 1])', 'index', 'nothing says how far i runs', 'sum_{i=1..n}(…) says it'],
    ['x[i*i]', 'index', 'a position is a sum of indices, times whole numbers, and of sizes, not i*i'],
    ['x[x[1]]', 'shape', 'a size is a name, a whole number, or a sum or product of them, not x[1]'],
    [
      'sum_i(sum_{j=1..i}(x[i]*x[j]))',
      'index',
      'the ends of a range are sizes, and i is an index',
      'a condition can say it: sum_{j <= i}(…)',
    ],
    ['(3:2)', 'index', '3:2 is empty'],
    ['sum_j(x)', 'index', 'nothing says how far j runs: it is not used in x'],
    ['sum_j(x[j]*w[j])', 'shape', 'the index j runs to n in one place and to m in another'],
    ['f[i] = a', 'index', 'nothing says how far i runs: it is not used in the value'],
    ['f[i] = x[i]*y', 'shape', 'an entry of f is a scalar, and x[i]*y is n x 1'],
  ],
  literals: [
    ['[x, w]', 'shape', 'x has n rows and w beside it m'],
    ['[r; w]', 'shape', 'row 2 of the matrix is 1 wide and row 1 is n'],
  ],
  facts: [
    ['Q in R^(m x n), symmetric', 'fact', 'Q cannot be symmetric: it is m x n, not square'],
    [
      'q in R, onehot',
      'fact',
      'q cannot be onehot: it is a scalar, and onehot is said of vectors, or of the rows of a matrix',
    ],
    ['q in R, positive, negative', 'fact', 'q cannot be both positive and negative'],
    ['Q in R^(n x n), onehot at 2', 'fact', 'Q cannot be onehot at one position: it is n x n, not a vector'],
  ],
  derivatives: [
    ['grad(A*x, x)', 'shape', 'grad takes a scalar, and A*x is m x 1', 'jacobian(A*x, x)?'],
    ['grad(a, A*x)', 'question', 'a derivative is taken by a variable, not by A*x'],
    ['grad(a, n)', 'question', 'n is a constant, and nothing is derived by it'],
    ['grad(a, q)', 'name', 'q is not declared'],
    ['hessian(a, x[1])', 'question', 'hessian is taken by a whole variable, not by x[1]'],
    ['jvp(A*x, x, w)', 'shape', 'the direction w is m x 1, and x is n x 1'],
    ['vjp(A*x, x, x)', 'shape', 'the direction x is n x 1, and A*x is m x 1'],
    ['grad(a)', 'shape', 'grad takes 2 arguments, not 1'],
  ],
  questions: [
    ['a*x at x = w', 'shape', 'x is n x 1 and its value here is m x 1'],
    ['check x == r', 'shape', 'x is n x 1 and r is 1 x n'],
  ],
};

for (const [group, all] of Object.entries(cases))
  describe(group, () => {
    for (const [text, kind, message, hint] of all)
      test(text, () => {
        const problem = problemOf(given + text);
        expect(problem.message).toBe(message);
        expect(problem.kind).toBe(kind);
        if (hint !== undefined) expect(problem.hint).toBe(hint);
        expect(problem.span).toBeDefined();
      });
  });

test('S22a: the missing transpose is named', () => {
  const program = 'f : R^2 -> R^3; s in R^2; y in R^3; r = f(s) - y; 3/2*norm2(r)*J_f*r';
  const problem = problemOf(program);
  expect(problem.message).toBe('J_f is 3 x 2 and r is 3 x 1: the inner sizes 2 and 3 differ');
  expect(problem.hint).toBe("J_f'*r?");
  expect(program.slice(problem.span!.start, problem.span!.end)).toBe('r');
});

test('S22a with names for the sizes', () => {
  const problem = problemOf('f : R^m -> R^n; s in R^m; y in R^n; r = f(s) - y; 3/2*norm2(r)*J_f*r');
  expect(problem.message).toBe('J_f is n x m and r is n x 1: the inner sizes m and n differ');
  expect(problem.hint).toBe("J_f'*r?");
});

test('J_f without its point, where the point is not plain', () => {
  expect(problemOf('f : R^m -> R^n; s, t in R^m; f(s) + f(t) + J_f*s').message).toBe(
    'J_f needs its point, as in J_f(s): f is not applied to exactly one argument',
  );
});
