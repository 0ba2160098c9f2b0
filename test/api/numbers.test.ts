/** Answers as numbers: compiled evaluators, nested lists, values and gradients together. */
import { describe, expect, test } from 'vitest';
import { Refusal } from '../../src/index.ts';
import { problemOf, program, valueOf } from './given.ts';

const softmax = valueOf(program('z in R^n; tau > 0').jacobian('softmax(z/tau)', 'z'));

describe('evaluate', () => {
  test('reads sizes off the values', () => {
    const value = valueOf(softmax.evaluate({ z: [0, 0], tau: 1 }));
    expect(value).toEqual([
      [0.25, -0.25],
      [-0.25, 0.25],
    ]);
  });
  test('takes flat lists, columns, rows of rows and Float64Array', () => {
    const answer = valueOf(program('A in R^(m x n); x in R^n').ask('A*x'));
    const A = [
      [1, 2],
      [3, 4],
    ];
    for (const x of [[1, 1], [[1], [1]], Float64Array.of(1, 1)])
      expect(valueOf(answer.evaluate({ A, x }))).toEqual([3, 7]);
    expect(valueOf(answer.evaluate({ A: Float64Array.of(1, 2, 3, 4), x: [1, 1] }, { sizes: { m: 2, n: 2 } }))).toEqual([
      3, 7,
    ]);
  });
  test('an entry has a value at positions, and otherwise at all of them', () => {
    const entry = valueOf(program('z in R^n').ask('jacobian(softmax(z), z)[i,k]'));
    expect(valueOf(entry.evaluate({ z: [0, 0], i: 1, k: 2 }))).toBe(-0.25);
    expect(valueOf(entry.evaluate({ z: [0, 0] }))).toEqual([
      [0.25, -0.25],
      [-0.25, 0.25],
    ]);
    expect(problemOf(entry.evaluate({ z: [0, 0], i: 3, k: 1 }))).toMatchObject({ kind: 'index' });
  });
  test('the position of a one is read off the vector', () => {
    const answer = valueOf(program('v in R^n; y in R^n, onehot at o; p = softmax(v)').grad('-log(p[o])', 'v'));
    expect(valueOf(answer.evaluate({ v: [0, 0], y: [0, 1] }))).toEqual([0.5, -0.5]);
    expect(valueOf(answer.evaluate({ v: [0, 0], o: 2 }))).toEqual([0.5, -0.5]);
  });
  test('stays finite where exp alone would overflow', () => {
    expect(valueOf(softmax.evaluate({ z: [1000, -1000], tau: 1 }))).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
  test.each([
    ['grad(lognormcdf(x), x)', 40.024968847207816],
    ['hessian(lognormcdf(x), x)', -0.9993773316432517],
    ['normpdf(x)/normcdf(x)', 40.024968847207816],
  ])('%s stays finite far out', (question, value) => {
    const answer = valueOf(program('x in R').ask(question));
    expect(valueOf(answer.evaluate({ x: -40 }))).toBeCloseTo(value, 9);
  });
  test('unknown functions are handed in', () => {
    const answer = valueOf(program('f : R^n -> R^n; x in R^n').grad("f(x)'*f(x)", 'x'));
    const double = {
      value: (x: Float64Array, out: Float64Array) => out.set(x.map((entry) => 2 * entry)),
      jacobian: (x: Float64Array, out: Float64Array) =>
        out.set(Array.from({ length: x.length ** 2 }, (_, k) => (k % (x.length + 1) === 0 ? 2 : 0))),
    };
    expect(valueOf(answer.evaluate({ x: [1, 2] }, { functions: { f: double } }))).toEqual([8, 16]);
    expect(problemOf(answer.evaluate({ x: [1, 2] }))).toMatchObject({
      kind: 'value',
      message: 'the function f needs its value',
    });
  });
  test.each([
    ['a missing value', { tau: 1 }, 'no value for z'],
    ['a text', { z: [1, 'a'], tau: 1 }, 'the value of z holds a string where a number is needed'],
    ['lists of different lengths', { z: [[1, 2], [3]], tau: 1 }, 'the value of z has lists of different lengths'],
    [
      'a matrix for a vector',
      {
        z: [
          [1, 2],
          [3, 4],
        ],
        tau: 1,
      },
      'the value of z is 2 x 2, and 2 is needed',
    ],
    ['a list for a number', { z: [1, 2], tau: [1, 2] }, 'tau'],
    ['NaN', { z: [1, NaN], tau: 1 }, 'the value of z has an entry that is not a number'],
  ])('refuses %s', (_, values, message) => {
    const problem = problemOf(softmax.evaluate(values as Parameters<typeof softmax.evaluate>[0]));
    expect(problem.kind).toBe('value');
    expect(problem.message).toContain(message);
  });
});

describe('compile', () => {
  test('writes into the array that it is given, or makes one', () => {
    const evaluate = valueOf(softmax.compile({ n: 2 }));
    expect([evaluate.axes, evaluate.entries]).toEqual([[2, 2], 4]);
    expect(evaluate.inputs.map(({ name, extents }) => [name, extents])).toEqual([
      ['z', [2]],
      ['tau', []],
    ]);
    const out = new Float64Array(4);
    expect(evaluate({ z: Float64Array.of(0, 0), tau: 1 }, out)).toBe(out);
    expect([...out]).toEqual([0.25, -0.25, -0.25, 0.25]);
    expect([...evaluate({ z: [0, 0], tau: 1 })]).toEqual([...out]);
    expect(evaluate.source).toMatch(/^function/);
  });
  test('refuses absurd sizes, and misuse of an evaluator by throwing a Refusal', () => {
    expect(problemOf(softmax.compile({}))).toMatchObject({ kind: 'value' });
    expect(problemOf(softmax.compile({ n: 0 }))).toMatchObject({ kind: 'value' });
    expect(problemOf(softmax.compile({ n: 2.5 }))).toMatchObject({ kind: 'value' });
    expect(problemOf(softmax.compile({ n: 1e6 }))).toMatchObject({ kind: 'limit' });
    const evaluate = valueOf(softmax.compile({ n: 2 }));
    expect(() => evaluate({ z: [1, 2, 3], tau: 1 })).toThrow(Refusal);
    expect(() => evaluate({ z: [1, 2], tau: 1 }, new Float64Array(3))).toThrow('the array for it has 3');
  });
});

describe('value and gradients together', () => {
  const given = program('A in R^(m x n); x in R^n; b in R^m; f = 1/2*norm2(A*x - b)^2');

  test('agree with the gradients one by one', () => {
    const both = valueOf(given.valueAndGrad('f', ['x', 'b']));
    const evaluate = valueOf(both.compile({ m: 2, n: 2 }));
    const inputs = { A: [1, 2, 3, 4], x: [1, 1], b: [0, 0] };
    const { value, gradients } = evaluate(inputs);
    expect(value).toBe(29);
    expect(gradients.map((gradient) => [...gradient])).toEqual([
      [24, 34],
      [-3, -7],
    ]);
    const out = [new Float64Array(2), new Float64Array(2)];
    expect(evaluate(inputs, out).gradients).toBe(out);
  });
  test('takes one variable, and refuses what is no scalar', () => {
    expect(valueOf(given.valueAndGrad('f', 'A')).gradients).toHaveLength(1);
    expect(problemOf(given.valueAndGrad('A*x', 'x'))).toMatchObject({ kind: 'shape' });
  });
});
