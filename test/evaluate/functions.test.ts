import { describe, expect, it } from 'vitest';
import { toNested } from '../../src/evaluate/array.ts';
import type { TestFunction } from '../../src/evaluate/interpret.ts';
import { evaluated, expectEqual, expectValue, problemOf } from './given.ts';

const X = [
  [1, -2, 3],
  [-4, 5, -6],
];
const A = [
  [2, 1, 0],
  [1, 3, 1],
  [0.5, -1, 4],
];
const given = { X, A, x: [1, -2, 3], r: [[1, -2, 3]], y: [0.5, 4, -1], s: -0.7 };

describe('functions entry by entry', () => {
  it('are what the mathematics library says', () => {
    const names = ['exp', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'sign'] as const;
    for (const name of names) {
      const f = Math[name];
      expectValue(`${name}(X)`, X.map((line) => line.map((value) => f(value))), given); // prettier-ignore
      expectValue(`${name}(s)`, f(-0.7), given);
    }
    expectValue('log(2) + sqrt(2) + asin(0.3) - acos(0.3)', Math.log(2) + Math.SQRT2 + Math.asin(0.3) - Math.acos(0.3));
  });

  it('keep the orientation of vectors', () => {
    expectValue('exp(r)', [[1, -2, 3].map(Math.exp)], given);
  });

  it('step and relu are zero up to zero', () => {
    expectValue('step([-1; 0; 2])', [0, 0, 1]);
    expectValue('relu([-1; 0; 2])', [0, 0, 2]);
    expectValue('sign([-3; 0; 2])', [-1, 0, 1]);
  });

  it('sigmoid and softplus are stable at ±1000', () => {
    expectValue('sigmoid([-1000; 0; 1000])', [0, 0.5, 1]);
    expectValue('softplus([-1000; 0; 1000])', [0, Math.LN2, 1000]);
    expect(evaluated('sigmoid(-40)').data[0]! / Math.exp(-40)).toBeCloseTo(1, 14);
    expect(evaluated('softplus(-40)').data[0]! / Math.exp(-40)).toBeCloseTo(1, 14);
    expectEqual('softplus(x) - softplus(-x)', 'x', given);
    expectEqual('sigmoid(x)', '1./(1 + exp(-x))', given);
  });

  it('gelu and silu are x times a probability', () => {
    expectEqual('gelu(x)', 'x.*(1 + erf(x/sqrt(2)))/2', given);
    expectEqual('silu(x)', 'x.*sigmoid(x)', given);
    expectValue('gelu([-1000; 0; 1000])', [0, 0, 1000]);
    expectValue('silu([-1000; 0; 1000])', [0, 0, 1000]);
    expectValue('gelu(1)', 0.8413447460685429);
  });
});

describe('reductions', () => {
  it('sum and average everything, columns, or rows', () => {
    expectValue('sum(X)', -3, given);
    expectValue('sum(X, 1)', [[-3, 3, -3]], given);
    expectValue('sum(X, 2)', [2, -5], given);
    expectValue('mean(X)', -0.5, given);
    expectValue('mean(X, 1)', [[-1.5, 1.5, -1.5]], given);
    expectValue('mean(X, 2)', [2 / 3, -5 / 3], given);
    expectValue('sum(x, 1) + sum(r, 2)', 4, given);
    expectValue('sum(x, 2)', [1, -2, 3], given);
    expect(problemOf('sum(X, 3)', given).kind).toBe('shape');
  });

  it('find the largest entry of everything, and of two entry by entry', () => {
    expectValue('max(X)', 5, given);
    expectValue('max(X, 1)', [[1, 1, 3], [1, 5, 1]], given); // prettier-ignore
    expectValue('max(X, 2)', [[2, 2, 3], [2, 5, 2]], given); // prettier-ignore
    expectValue('max(x, y)', [1, 4, 3], given);
    expectValue('max(0, X)', [[1, 0, 3], [0, 5, 0]], given); // prettier-ignore
    expectValue('max(x, 2)', [2, 2, 3], given);
    expectValue('max(s, 1)', 1, given);
  });

  it('run along one axis', () => {
    expectValue('max(X, dim=1)', [[1, 5, 3]], given);
    expectValue('max(X, dim=2)', [3, 5], given);
    expectValue('min(x, dim=1) + max(x, dim=1)', 1, given);
    expectValue('min(x, dim=2)', [1, -2, 3], given);
    expectEqual('norm2(X, dim=2)', 'sqrt(sum(X.^2, 2))', given);
    expectEqual('norm1(X, dim=1)', 'sum(abs(X), 1)', given);
    expectEqual('norminf(X, dim=1)', 'max(abs(X), dim=1)', given);
    expectEqual('prod(X, dim=2)', 'X[:,1].*X[:,2].*X[:,3]', given);
    expectEqual('var(X, dim=2)', 'mean(X.^2, 2) - mean(X, 2).^2', given);
    expectEqual('softmax(X, dim=1)', "softmax(X')'", given);
    expectEqual('softmax(X, dim=2)', 'softmax(X)', given);
    expectEqual('logsumexp(X, dim=1)', "logsumexp(X')'", given);
    expectEqual('sum(X, dim=1)', 'sum(X, 1)', given);
    expectValue('softmax(x, dim=2)', [1, 1, 1], given);
    expect(problemOf('max(X, dim=3)', given).kind).toBe('shape');
    expect(problemOf('tr(A, dim=1)', given).kind).toBe('shape');
  });

  it('multiply, and measure how far entries spread', () => {
    expectValue('prod(x)', -6, given);
    expectValue('var(x)', 38 / 9, given);
    expectValue('var([1e8 + 1; 1e8 - 1])', 1);
    expectEqual('prod_i(x[i]) + mean_i(x[i])', 'prod(x) + mean(x)', given);
    expectValue('norminf(x)', 3, given);
    expectEqual('normp(x, 3)', 'sum(abs(x).^3)^(1/3)', given);
    expectEqual('outer_sum(x, y)', "x*ones(3)' + ones(3)*y'", given);
    expect(problemOf('outer_sum(X, x)', given).kind).toBe('shape');
  });

  it('compute norms without overflow', () => {
    expectValue('norm1(X)', 21, given);
    expectValue('norm2(x)', Math.sqrt(14), given);
    expectValue('norm2(X) - normf(X)', 0, given);
    expectValue('normf(X)^2', 91, given);
    expectValue('norm2(0*x)', 0, given);
    expect(evaluated('norm2(1e200*[3; 4])').data[0]! / 5e200).toBeCloseTo(1, 14);
  });

  it('take dot and outer products whatever way vectors lie', () => {
    expectValue('dot(x, y)', -10.5, given);
    expectValue('dot(x, r)', 14, given);
    expectEqual('dot(X, 2*X)', "2*tr(X'*X)", given);
    expectEqual('outer(x, y)', "x*y'", given);
    expectEqual('outer(r, y)', "r'*y'", given);
    expect(problemOf("dot(X, X')", given).kind).toBe('shape');
    expect(problemOf('outer(X, x)', given).kind).toBe('shape');
  });
});

describe('the softmax family', () => {
  it('takes a vector as a whole and a matrix row by row', () => {
    expectEqual('softmax(x)', 'exp(x)/sum(exp(x))', given);
    expectEqual('softmax(r)', 'exp(r)/sum(exp(r))', given);
    expectEqual('softmax(X)', 'exp(X)./sum(exp(X), 2)', given);
    expectEqual('log_softmax(X)', 'log(softmax(X))', given);
    expectEqual('logsumexp(X)', 'log(sum(exp(X), 2))', given);
    expectEqual('logsumexp(r)', 'log(sum(exp(r)))', given);
    expect(evaluated('logsumexp(X)', given).shape).toEqual([2, 1]);
    expect(evaluated('softmax(r)', given).shape).toEqual([1, 3]);
  });

  it('is stable at ±1000', () => {
    expectValue('softmax([1000; 1000; -1000])', [0.5, 0.5, 0]);
    expectValue('logsumexp([1000; 1000])', 1000 + Math.LN2);
    expectValue('logsumexp([-1000; -1000])', -1000 + Math.LN2);
    expectValue('log_softmax([1000; -1000])', [0, -2000]);
  });
});

describe('linear algebra', () => {
  const determinant = 2 * (3 * 4 + 1) - (4 - 0.5);

  it('finds traces and determinants', () => {
    expectValue('tr(A)', 9, given);
    expectValue('det(A)', determinant, given);
    expectValue('logdet(A)', Math.log(determinant), given);
    expectValue('logdet(-A)', Math.log(determinant), given);
    expectValue('det([0, 1; 1, 0])', -1);
    expectValue('det([1, 2; 2, 4])', 0);
    expectValue('logdet(1e200*[2, 0; 0, 3])', Math.log(6) + 400 * Math.LN10);
  });

  it('inverts matrices and scalars', () => {
    expectEqual('inv(A)*A', 'eye(3)', given);
    expectEqual('A*A^-1', 'eye(3)', given);
    expectValue('inv([0, 2; 4, 0])', [[0, 0.25], [0.5, 0]]); // prettier-ignore
    expectValue('inv(4)', 0.25);
    expect(problemOf('inv([1, 2; 2, 4])').kind).toBe('value');
    expect(problemOf('inv(X)', given).message).toBe('inv needs a square matrix, and this is 2 x 3');
  });

  it('moves between vectors, diagonals and columns', () => {
    expectValue('diag([1; 2])', [[1, 0], [0, 2]]); // prettier-ignore
    expectValue('diag([1, 2])', [[1, 0], [0, 2]]); // prettier-ignore
    expectValue('diag(A)', [2, 3, 4], given);
    expectValue('vec(X)', [1, -4, -2, 5, 3, -6], given);
    expectValue('vec(r)', [1, -2, 3], given);
  });

  it('has the Kronecker product that goes with vec', () => {
    expectValue('kron([1, 2], [1; 3])', [[1, 2], [3, 6]]); // prettier-ignore
    expectEqual("vec(X*A*X')", 'kron(X, X)*vec(A)', given);
  });
});

describe('arrays from sizes', () => {
  const rest = { sizes: { m: 2, n: 3 } };

  it('are filled as their names say', () => {
    expectValue('ones(n)', [1, 1, 1], {}, rest);
    expectValue('ones(1, n)', [[1, 1, 1]], {}, rest);
    expectValue('zeros(m, n)', [[0, 0, 0], [0, 0, 0]], {}, rest); // prettier-ignore
    expectValue('eye(m)', [[1, 0], [0, 1]], {}, rest); // prettier-ignore
    expectValue("ones(m*n)'*ones(m + 4)", 6, {}, rest);
    expectValue('sum(ones(n)) - n', 0, {}, rest);
  });

  it('need whole numbers', () => {
    expect(problemOf('ones(0.5)').kind).toBe('shape');
    expect(problemOf('eye([1; 2])').kind).toBe('shape');
  });
});

describe('calls', () => {
  it('with the wrong number of arguments are refused', () => {
    expect(problemOf('exp(x, y)', given).message).toBe('exp takes 1 argument, not 2');
    expect(problemOf('kron(x)', given).message).toBe('kron takes 2 arguments, not 1');
    expect(problemOf('sum(x, 1, 2)', given).message).toBe('sum takes 1 or 2 arguments, not 3');
  });

  it('that ask for derivatives are questions for the engine', () => {
    for (const text of ['grad(f, x)', 'jacobian(x, x)', 'hessian(f, x)', 'jvp(x, x, y)', 'vjp(x, x, y)', 'd(x)'])
      expect(problemOf(text, given).kind, text).toBe('question');
  });

  it('of unknown functions use the stand-ins given', () => {
    const f: TestFunction = (by, [x]) => {
      const { data } = x!;
      return by.length === 0
        ? { shape: [2, 1], data: Float64Array.of(data[0]! * data[1]!, data[2]!) }
        : { shape: [2, 3], data: Float64Array.of(data[1]!, data[0]!, 0, 0, 0, 1) };
    };
    const rest = { functions: new Map([['f', f]]) };
    expectValue('f(x) + 1', [-1, 4], given, rest);
    expectValue('J_f(2*x)', [[-4, 2, 0], [0, 0, 1]], given, rest); // prettier-ignore
    expect(toNested(evaluated("J_f(x)'*f(x)", given, rest))).toEqual([4, -2, 3]);
  });
});
