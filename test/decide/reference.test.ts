/** What a text comes to by definitions alone: the interpreter, derivatives by differences, and how sure that is. */
import { describe, expect, test } from 'vitest';
import { attempt } from '../../src/basics/problem.ts';
import { claimText, measured } from '../../src/decide/measured.ts';
import { readingIn } from '../../src/decide/reading.ts';
import {
  differentialName,
  lengths,
  numericShape,
  referenceFor,
  referenceValue,
  spelledOut,
  withDifferentialNames,
} from '../../src/decide/reference.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { programEngine } from '../../src/derive/program-engine.ts';
import { fromNested, type Nested, type NumericArray, toNested } from '../../src/evaluate/array.ts';
import type { Environment, TestFunction } from '../../src/evaluate/interpret.ts';
import { toText } from '../../src/print/text.ts';
import { fixed, named } from '../../src/shape/dim.ts';
import { column, matrix, row, scalar } from '../../src/shape/shape.ts';
import { askedFor, checked, columnOf, expression } from '../elaborate/given.ts';

interface Rest {
  readonly sizes?: Readonly<Record<string, number>>;
  readonly indices?: Readonly<Record<string, number>>;
  readonly functions?: ReadonlyMap<string, TestFunction>;
  /** Are names that are defined read from the terms? Of how many entries at most? */
  readonly reading?: number;
}
type Given = Readonly<Record<string, Nested>>;

function setting(text: string, given: Given, rest: Rest) {
  const program = checked(text);
  const { world } = programEngine(program, standardCatalogue());
  const definitions = new Map(
    [...program.definitions.values()].map(({ name, value }) => [name, spelledOut(value, program)]),
  );
  const reading = rest.reading === undefined ? undefined : readingIn(world, rest.reading);
  const environment: Environment = {
    values: new Map(Object.entries(given).map(([name, value]) => [name, fromNested(value)])),
    sizes: rest.sizes ?? { n: 2, m: 3 },
    functions: rest.functions ?? new Map(),
    definitions,
    indices: new Map(Object.entries(rest.indices ?? {})),
  };
  return {
    asked: spelledOut(askedFor(program), program),
    environment,
    reference: referenceFor(program, definitions, reading),
  };
}
function valueOf(text: string, given: Given, rest: Rest = {}): NumericArray {
  const { asked, environment, reference } = setting(text, given, rest);
  return referenceValue(asked, environment, reference);
}
const near = (nested: Nested): unknown =>
  typeof nested === 'number' ? (expect.closeTo(nested, 5) as number) : nested.map(near);
const expectValue = (text: string, given: Given, wanted: Nested, rest: Rest = {}): void =>
  expect(toNested(valueOf(text, given, rest)), text).toEqual(near(wanted));
const problemIn = (text: string, given: Given, rest: Rest = {}): string => {
  const found = attempt(() => valueOf(text, given, rest));
  return found.ok ? 'none' : found.problem.message;
};

describe('shapes in numbers', () => {
  const [n, m] = [named('n'), named('m')];
  test('say how a vector lies', () => {
    const sizes = { n: 2, m: 3 };
    expect([scalar, column(n), row(n), matrix(n, m)].map((shape) => numericShape(shape, sizes))).toEqual([
      [],
      [2, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(numericShape({ kind: 'tensor', axes: [n, fixed(4), m] }, sizes)).toEqual([2, 4, 3]);
  });
  test('count a vector as one axis', () => {
    expect([[3, 1], [1, 3], [2, 3], [], [1, 2, 3]].map(lengths)).toEqual([[3], [3], [2, 3], [], [1, 2, 3]]);
  });
});

describe('derivatives by differences', () => {
  const A = [
    [1, 2],
    [5, 3],
  ];
  const x = [0.5, -1.25];
  test('of every kind', () => {
    expectValue("A in R^(n x n); x in R^n; grad(x'*A*x, x)", { A, x }, [2 * 0.5 - 7 * 1.25, 7 * 0.5 - 6 * 1.25]);
    expectValue('A in R^(n x n); x in R^n; jacobian(A*x, x)', { A, x }, A);
    expectValue("A in R^(n x n); x in R^n; hessian(x'*A*x, x)", { A, x }, [
      [2, 7],
      [7, 6],
    ]);
    expectValue('A in R^(n x n); x, v in R^n; jvp(A*x, x, v)', { A, x, v: [1, 10] }, [21, 35]);
    expectValue('A in R^(n x n); x, v in R^n; vjp(A*x, x, v)', { A, x, v: [1, 10] }, [51, 32]);
    expectValue("A in R^(n x n); x, v in R^n; hvp(x'*A*x, x, v)", { A, x, v: [1, 10] }, [72, 67]);
    expectValue('t in R; grad(t^3, t)', { t: 2 }, 12);
    expectValue('t in R; hessian(t^3, t)', { t: 2 }, 12);
    expectValue('t in R; x in R^n; jacobian(t^2*x, t)', { t: 3, x }, [3, -7.5]);
    expectValue('x in R^n; u in R^m; jacobian(x*sum(u), u)', { x, u: [1, 2, 3] }, [
      [0.5, 0.5, 0.5],
      [-1.25, -1.25, -1.25],
    ]);
    expectValue('A in R^(n x n); grad(tr(A*A), A)', { A }, [
      [2, 10],
      [4, 6],
    ]);
    expectValue('r in R^(1 x n); x in R^n; grad(r*x, r)', { r: [[1, 2]], x }, x);
    expect(valueOf('A in R^(n x n); x in R^n; jacobian(A, x)', { A, x }).shape).toEqual([2, 2, 2]);
    expect(valueOf('A in R^(n x n); x in R^n; hessian(tr(A*A), A)', { A, x }).shape).toEqual([2, 2, 2, 2]);
  });
  test('within a structure', () => {
    expectValue('A in R^(n x n); grad(tr(A*A), A) within symmetric', { A }, [
      [2, 7],
      [7, 6],
    ]);
    expectValue('A in R^(n x n); grad(tr(A*A), A) within lower', { A }, [
      [2, 0],
      [4, 6],
    ]);
    expectValue('A in R^(n x n); grad(tr(A*A), A) within toeplitz', { A }, [
      [8, 10],
      [4, 8],
    ]);
    expectValue('x in R^n; A in R^(n x n); vjp(A*x, A, x) within diagonal', { A, x }, [
      [0.25, 0],
      [0, 1.5625],
    ]);
  });
  test('in larger expressions, in derivatives, in sums', () => {
    expectValue('t in R; grad(t^3, t) + grad(t^3, t)*t', { t: 2 }, 36);
    expectValue('t in R; grad(grad(t^3, t)*t, t)', { t: 2 }, 36);
    expectValue('x in R^n; sum_i(grad(x[i]^2, x)[i])', { x }, -1.5);
    expectValue('x in R^n; sum_i(x[i]*sum_j(grad(x[j]^2*x[1], x)[1]))', { x }, (0.5 - 1.25) * (3 * 0.25 + 1.25 ** 2));
    // Only where the conditions hold, over the range that is written, and in the way that is written.
    expectValue('x in R^n; sum_{i, i >= 2}(grad(x[i]^2, x)[i])', { x }, -2.5);
    expectValue('x in R^n; sum_{i=1..n-1}(grad(x[i+1]^2, x)[i+1])', { x }, -2.5);
    expectValue('x in R^n; sum_{i, i >= 3}(grad(x[i]^2, x)[i])', { x }, 0);
    expectValue('x in R^n; mean_i(grad(x[i]^2, x)[i])', { x }, -0.75);
    expectValue('x in R^n; prod_i(grad(x[i]^2, x)[i])', { x }, -2.5);
    // A matrix in each summand.
    expectValue('x in R^n; sum_i(hessian(x[i]^3, x))', { x }, [
      [3, 0],
      [0, -7.5],
    ]);
    expectValue('x in R^n; grad(x[i]^2, x)[i]', { x }, -2.5, { indices: { i: 2 } });
  });
  test('of and by definitions', () => {
    expectValue('t in R; s = t^2; g = grad(s*t, t); h = g + 1; h*g', { t: 2 }, 156);
    expectValue('x in R^n; y[i] = x[i]^2 + x[1]; grad(sum(y), x)', { x }, [3, -2.5]);
    expectValue('x in R^n; y[i] = x[i]^2; y', { x }, [0.25, 1.5625]);
    expectValue(
      'A in R^(n x m); B[i,j] = A[i,j]*A[i,1]; B',
      {
        A: [
          [1, 2, 3],
          [4, 5, 6],
        ],
      },
      [
        [1, 2, 3],
        [16, 20, 24],
      ],
    );
    expectValue('x in R^n; y[i] = sum_j(grad(x[j]^2, x)[i]); y', { x }, [1, -2.5]);
  });
  test('by a rearrangement of a name, whatever it is called', () => {
    const f = 'f = A[1,1]^2 + 3*A[1,2] + 5*A[2,1]*A[2,2]';
    expectValue(`A in R^(n x n); ${f}; grad(f, vec(A))`, { A }, [2, 15, 3, 25]);
    expectValue(`A in R^(n x n); ${f}; u = vec(A); grad(f, u)`, { A }, [2, 15, 3, 25]);
    expectValue(`A in R^(n x n); ${f}; T = A'; grad(f, T)`, { A }, [
      [2, 15],
      [3, 25],
    ]);
    expectValue(`A in R^(n x n); ${f}; T = A'; u = vec(T); grad(f, u)`, { A }, [2, 3, 15, 25]);
    expectValue(`A in R^(n x n); ${f}; T = A'; grad(f, vec(T))`, { A }, [2, 3, 15, 25]);
  });
  test('by a name that is no rearrangement need its reading', () => {
    for (const definition of [
      '2*x',
      '-x',
      'x + 1',
      'x.^2',
      'x*sum(x)',
      'sum(x)',
      '[x; x]',
      'x[1]',
      'x + v',
      'abs(x)',
      '[x[1]; abs(x[2])]',
      '[x[1]; x[1]]',
      '[x[2]; 1]',
    ])
      expect(problemIn(`x, v in R^n; u = ${definition}; grad(sum(u)^2, u)`, { x, v: [1, 2] }), definition).toBe(
        'derivatives by u cannot be tried by numbers alone',
      );
    expect(problemIn('A in R^(n x n); U = inv(A); grad(tr(U), U)', { A })).toBe(
      'derivatives by U cannot be tried by numbers alone',
    );
    expectValue("x in R^n; u = 2*x; grad(u'*u, u)", { x }, [2, -5], { reading: 30 });
    expectValue('x in R^n; u = x.^2; grad(sum(u.*u)*sum(u), u)', { x }, readByHand([0.25, 1.5625]), { reading: 30 });
    expectValue('x in R^n; u = 2*x; v = -u; grad(sum(v.*v), v)', { x }, [-2, 5], { reading: 30 });
    expect(problemIn("x in R^n; u = 2*x; grad(u'*u, u)", { x }, { reading: 1 })).toBe(
      'u has too many entries to vary one by one',
    );
    expectValue("x in R^n; u = 2*x; grad(u'*u, u)", { x }, [2, -5], { reading: 2 });
  });
  test('by a name, at a position and with a function of its own', () => {
    expectValue('x in R^n; u = 2*x; grad(u[i]^2, u)', { x }, [0, -5], { reading: 30, indices: { i: 2 } });
    expectValue('x in R^n; u = 2*x; grad(u[i]^2, u)', { x }, [2, 0], { reading: 30, indices: { i: 1 } });
    const square: TestFunction = (by, [x]) => {
      const data = [...x!.data];
      return by.length === 0
        ? columnOf(...data.map((value) => value ** 2))
        : fromNested(data.map((value, i) => data.map((_, j) => (i === j ? 2 * value : 0))));
    };
    const functions = new Map([['f', square]]);
    const text = 'f : R^n -> R^n; x in R^n; u = 2*x';
    expectValue(`${text}; grad(sum(f(u)), u)`, { x }, [2, -5], { reading: 30, functions });
    expectValue(`${text}; grad(sum(J_f(u)*u), u)`, { x }, [4, -10], { reading: 30, functions });
    expect(problemIn(`${text}; grad(sum(f(u)), u)`, { x }, { reading: 30 })).not.toBe('none');
  });
  test('in differentials, along all that move', () => {
    const values = { x, [differentialName('x')]: [1, 10], t: 2, [differentialName('t')]: 100 };
    expectValue('x in R^n; t in R; d(t*x)', values, [2 + 50, 20 - 125]);
    expectValue('x in R^n; t in R; d(t*x)', { x, [differentialName('x')]: [1, 10], t: 2 }, [2, 20]);
    expectValue("x in R^n; t in R; d(x'*x)", values, 1 - 25);
    expectValue('x in R^n; t in R; u = t*x; d(u)', values, [52, -105]);
  });
});
function readByHand([a, b]: readonly [number, number]): readonly number[] {
  const [squares, total] = [a * a + b * b, a + b];
  return [2 * a * total + squares, 2 * b * total + squares];
}

test('a reading that has another value at the point itself is not trusted', () => {
  const { asked, environment, reference } = setting('x in R; u = 2*x; grad(u^2, u)', { x: 3 }, {});
  const reading = (slip: number) => () => (entries: Float64Array) => entries.map((u) => u ** 2 + slip);
  expect(referenceValue(asked, environment, { ...reference, reading: reading(0) }).data[0]).toBeCloseTo(12, 6);
  const found = attempt(() => referenceValue(asked, environment, { ...reference, reading: reading(1e-3) }));
  expect(found.ok ? '' : found.problem.message).toBe('with u for what spells it out the value is another one');
});

describe('which definitions the interpreter cannot evaluate by itself', () => {
  test('those with derivatives, those by entries, and what rests on them', () => {
    const text = 'x in R^n; a = sum(x); g = grad(a^2, x); h = 2*g; y[i] = x[i]; z = y + x; w = a + 1; w';
    const { reference } = setting(text, {}, {});
    expect([...reference.derived]).toEqual(['g', 'h', 'y', 'z']);
  });
});

describe('how sure a value is', () => {
  const error = (text: string, given: Given): number => {
    const { asked, environment, reference } = setting(text, given, {});
    return measured(asked, environment, reference).error;
  };
  test('exact without derivatives, nearly so with them, not at a kink', () => {
    expect(error('x in R; abs(x)', { x: 0 })).toBe(0);
    expect(error('x in R; grad(x^2, x)', { x: 3 })).toBeLessThan(1e-6);
    expect(error('x in R; grad(exp(x), x)', { x: 1 })).toBeGreaterThan(0);
    expect(error('x in R; grad(abs(x), x)', { x: 0 })).toBeGreaterThan(0.5);
    expect(error('x in R; grad(abs(x), x)', { x: 1e-4 })).toBeGreaterThan(0.5);
    expect(error('x in R; grad(relu(x)^2, x)', { x: 0 })).toBeLessThan(0.01);
    expect(error('x in R; g = grad(abs(x), x); y = 2; g + y', { x: 0 })).toBeGreaterThan(0.5);
    expect(error('x in R; y = 2; abs(x) + y', { x: 0 })).toBe(0);
    // The worst entry counts.
    expect(error('x in R^n; grad(sum(abs(x)), x)', { x: [1, 0] })).toBeGreaterThan(0.5);
    expect(error('x in R^n; grad(sum(abs(x)), x)', { x: [0, 1] })).toBeGreaterThan(0.5);
  });
});

describe('texts spelled out', () => {
  const spelled = (program: string, text: string): string => {
    const known = checked(`${program}; ${text}`);
    return toText(spelledOut(askedFor(known), known));
  };
  test('put in the values of functions', () => {
    expect(spelled('x in R; f(s) = s^2 + 1', 'f(x) + f(2*x)')).toBe('(x^2 + 1) + ((2*x)^2 + 1)');
    expect(spelled('x in R; f(s) = s^2; g(s) = f(s)*s', 'g(x)')).toBe('x^2*x');
    expect(spelled('x in R; f(s) = s^2', 'sin(f(x))')).toBe('sin(x^2)');
    expect(spelled('f : R^n -> R^n; x in R^n', 'f(x)')).toBe('f(x)');
  });
  test('leave sizes, positions and names of indices alone', () => {
    expect(spelled('x in R^n', 'ones(n) + eye(n)*x + zeros(n)')).toBe('ones(n) + eye(n)*x + zeros(n)');
    expect(spelled('x in R^n', 'delta(i,j)*x[i]')).toBe('delta(i,j)*x[i]');
  });
  test('say at what a Jacobian is taken', () => {
    expect(spelled('f : R^m -> R^n; s in R^m; y = f(s)', 'J_f*s')).toBe('J_f(s)*s');
    expect(spelled('s in R^n; f(t) = t.^2; y = f(s)', 'J_f')).not.toContain('J_f');
    expect(spelled('J_f in R^(n x n); s in R^n', 'J_f*s')).toBe('J_f*s');
    expect(spelled('f : R^m -> R^n; s in R^m; y = f(s); J_f in R^(n x n)', 'J_f*y')).toBe('J_f*y');
    expect(spelled('s in R^n; J_g = 2; f(t) = t', 'J_g*f(s)')).toBe('J_g*s');
    expect(spelled('J_ in R; x in R', 'J_*x')).toBe('J_*x');
  });
  test('a differential of a name is a name of its own', () => {
    const named = (text: string): string =>
      JSON.stringify(withDifferentialNames(expression(text)), (_, value: unknown) =>
        typeof value === 'bigint' ? `${value}` : value,
      );
    expect(named('d(x)*2')).toContain('"d(x)"');
    expect(named('d(x*y)')).not.toContain('"d(x*y)"');
    expect(named('d(x*y)')).toContain('"name":"d"');
    expect(named('sin(x)')).toContain('"sin"');
    expect(named('sin(x)')).not.toContain('d(x)');
  });
  test('of a claim, both sides and the definitions', () => {
    const program = checked('x in R; f(s) = s^2; y = f(x); check f(y) == y + f(x)');
    const [claim] = program.questions;
    if (claim?.kind !== 'claim') throw new Error('no claim');
    const { world } = programEngine(program, standardCatalogue());
    const text = claimText(claim, program, readingIn(world));
    expect([toText(text.left), toText(text.right), toText(text.definitions.get('y')!)]).toEqual([
      'y^2',
      'y + x^2',
      'x^2',
    ]);
  });
});
