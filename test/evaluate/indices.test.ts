import { describe, expect, it } from 'vitest';
import { rational } from '../../src/basics/rational.ts';
import { array, column, scalar } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { environmentOf, evaluated, expectEqual, expectValue, expression, problemOf } from './given.ts';

const given = {
  x: [1, 2, 3],
  r: [[4, 5, 6]],
  A: [
    [1, 2, 3],
    [4, 5, 6],
  ],
  t: 9,
};

describe('subscripts', () => {
  it('start at 1', () => {
    expectValue('x[1] + r[3]', 7, given);
    expectValue('A[2, 1]', 4, given);
    expectValue('x[2, 1] - r[1, 2]', -3, given);
    expectValue("(A*x)[2] + A'[3, 2]", 38, given);
  });

  it('pick rows as rows and columns as columns', () => {
    expectValue('A[2, :]', [[4, 5, 6]], given);
    expectValue('A[:, 3]', [3, 6], given);
    expectValue('A[:, :]', given.A, given);
    expectValue('x[:]', [1, 2, 3], given);
    expectValue('r[:]', [[4, 5, 6]], given);
  });

  it('pick entries and parts of tensors', () => {
    const values = new Map([
      [
        'T',
        array(
          [2, 2, 3],
          Array.from({ length: 12 }, (_, i) => i),
        ),
      ],
    ]);
    expectValue('T[2, 1, 3]', 8, {}, { values });
    expectValue('T[1, :, 2]', [1, 4], {}, { values });
    expectValue('T[2, :, :]', [[6, 7, 8], [9, 10, 11]], {}, { values }); // prettier-ignore
    expect(evaluated('T[:, :, :]', {}, { values }).shape).toEqual([2, 2, 3]);
  });

  it('may be computed', () => {
    expectValue('x[1 + 1]', 2, given);
    expectValue('x[n]', 3, given, { sizes: { n: 3 } });
  });

  it('outside the range or of the wrong number are refused', () => {
    expect(problemOf('x[4]', given)).toMatchObject({ kind: 'value', message: 'the index 4 is outside 1..3' });
    expect(problemOf('x[0]', given).kind).toBe('value');
    expect(problemOf('A[1.5, 1]', given).kind).toBe('value');
    expect(problemOf('A[1]', given).hint).toBe('A[i, :] is a row, A[:, j] a column');
    expect(problemOf('A[1, 1, 1]', given).kind).toBe('index');
  });

  it('take free indices from the environment', () => {
    const rest = { indices: new Map([['i', 2], ['k', 3]]) }; // prettier-ignore
    expectValue('A[i, k]*x[k]', 18, given, rest);
    expectValue('delta(i, k) + 10*delta(i, i) + 100*delta(k, 3)', 110, given, rest);
    expectValue('1[i < k] + 1[i == k]', 1, given, rest);
    expectValue('sum_j(A[i, j]*x[j]) + delta(i, k)', 32, given, rest);
  });
});

describe('sums over an index', () => {
  it('run over the dimension that the index is used in', () => {
    expectValue('sum_j(x[j])', 6, given);
    expectEqual('sum_j(x[j]*r[j])', 'dot(x, r)', given);
    expectEqual('sum_i(sum_j(A[i, j]^2))', 'normf(A)^2', given);
    expectEqual('sum_j(A[:, j]*x[j])', 'A*x', given);
    expectValue('sum_j(x[j]*t)', 54, given);
  });

  it('find the range in subscripts of products and of what depends on inner indices', () => {
    expectEqual('sum_i((A*x)[i])', 'sum(A*x)', given);
    expectEqual('sum_j(sum_k((x*r[k])[j]))', 'sum(x)*sum(r)', given);
    expectEqual('sum_j((x*x[j])[j])', "x'*x", given);
    expectValue('sum_i(I[i, i]*x[i])', 6, given);
  });

  it('know deltas and indicators of indices', () => {
    expectValue('sum_i(sum_j(x[i]*x[j]*delta(i, j)))', 14, given);
    expectValue('sum_i(sum_j(x[i]*x[j]*1[i == j]))', 14, given);
    expectValue('sum_i(sum_j(x[i]*x[j]*1[i < j]))', 11, given);
    expectValue('sum_i(x[i]*i)', 14, given);
  });

  it('may reuse an index inside, where it means the inner one', () => {
    expectValue('sum_j(x[j]*sum_j(r[j]))', 90, given);
    expectValue('sum_j(x[j] + sum_j(A[1, j]))', 24, given);
  });

  it('hide a value of the same name', () => {
    expectValue('sum_t(x[t]) + t', 15, given);
  });

  it('are refused without a range or with two', () => {
    expect(problemOf('sum_j(delta(1, j))', given)).toMatchObject({
      kind: 'index',
      message: 'nothing says how far j runs',
    });
    expect(problemOf('sum_j(A[j, 1]*x[j])', given)).toMatchObject({
      kind: 'shape',
      message: 'j is used in dimensions of different sizes: 2, 3',
    });
  });
});

describe('definitions', () => {
  const definitions = new Map([
    ['y', expression('A*x')],
    ['z', expression('y + s')],
    ['s', expression("sum_j(x[j]*y[1])/(x'*x)")],
  ]);

  it('are evaluated when they are needed', () => {
    expectValue('y', [14, 32], given, { definitions });
    expectValue('z', [20, 38], given, { definitions });
    expectValue('sum_k(z[k])', 58, given, { definitions });
    expectValue('1', 1, given, { definitions: new Map([['broken', expression('x + A')]]) });
  });

  it('give way to values', () => {
    expectValue('y', 1, { ...given, y: 1 }, { definitions });
  });

  it('do not see the indices of sums around them', () => {
    const local = new Map([['u', expression('j*x')]]);
    expectValue('sum_j(u[j])', 60, { ...given, j: 10 }, { definitions: local });
    expectValue('sum_j(u[j]*j)', 140, { ...given, j: 10 }, { definitions: local });
  });

  it('are evaluated once per environment', () => {
    let calls = 0;
    const count = () => scalar((calls += 1));
    const environment = environmentOf(given, {
      functions: new Map([['f', count]]),
      definitions: new Map([['c', expression('f(t)')]]),
    });
    expect(interpret(expression('c + sum_j(c*x[j])'), environment)).toEqual(scalar(7));
    expect(interpret(expression('c'), environment)).toEqual(scalar(1));
    expect(calls).toBe(1);
  });

  it('in a circle are refused', () => {
    const circle = new Map([['a', expression('b + 1')], ['b', expression('sum_j(x[j]*a)')]]); // prettier-ignore
    expect(problemOf('a', given, { definitions: circle })).toMatchObject({
      kind: 'name',
      message: 'a is defined by means of itself',
    });
  });

  it('may form a chain a thousand long', () => {
    const chain = new Map([['y0', expression('x')]]);
    for (let i = 1; i <= 1000; i++) chain.set(`y${i}`, expression(`x + sum_j(y${i - 1}[j])*x/6`));
    expect(evaluated('y1000', given, { definitions: chain }).data[0]).toBe(1001);
  });
});

const name = (text: string): Expression => ({ kind: 'name', name: text });
const x = name('x');
const half: Expression = { kind: 'number', value: rational(1, 2) };

/** e again, as (e + e)/2 many times over: shared, not copied. */
const doubled = (start: Expression): Expression => {
  let e = start;
  for (let depth = 0; depth < 200; depth++)
    e = {
      kind: 'binary',
      operator: '*',
      left: half,
      right: { kind: 'sum', terms: [e, e].map((term) => ({ negative: false, term })) },
    };
  return e;
};

describe('large trees', () => {
  it('may be thousands of levels deep', () => {
    let e: Expression = x;
    for (let depth = 0; depth < 5000; depth++)
      e = { kind: 'sum', terms: [{ negative: true, term: e }, { negative: false, term: x }] }; // prettier-ignore
    expect(interpret(e, environmentOf(given))).toEqual(column([1, 2, 3]));
    const indexed: Expression = {
      kind: 'sum-over',
      index: 'j',
      body: { kind: 'subscript', of: e, indices: [name('j')] },
    };
    expect(interpret(indexed, environmentOf(given))).toEqual(scalar(6));
  });

  it('visit shared nodes once, also inside sums', () => {
    expect(interpret(doubled(x), environmentOf(given))).toEqual(column([1, 2, 3]));
    const entry: Expression = { kind: 'subscript', of: x, indices: [name('j')] };
    const sum: Expression = { kind: 'sum-over', index: 'j', body: doubled(entry) };
    expect(interpret(sum, environmentOf(given))).toEqual(scalar(6));
  });

  it('keep a shared node apart for every position of its index', () => {
    const entry: Expression = { kind: 'subscript', of: x, indices: [name('j')] };
    const sum: Expression = { kind: 'sum-over', index: 'j', body: entry };
    const product: Expression = { kind: 'binary', operator: '*', left: entry, right: sum };
    expect(interpret({ kind: 'sum-over', index: 'j', body: product }, environmentOf(given))).toEqual(scalar(36));
    expect(interpret(product, environmentOf(given, { indices: new Map([['j', 3]]) }))).toEqual(scalar(18));
  });
});
