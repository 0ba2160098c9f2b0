/** Functions of all entries over any field, the choice of pivots, doubles, and what stands in for unknown functions. */
import { describe, expect, test } from 'vitest';
import { type Doubles, doubles } from '../../src/decide/doubles.ts';
import { testFunctions } from '../../src/decide/stand-ins.ts';
import {
  adjugateOf,
  attempted,
  eliminate,
  inverseOf,
  outside,
  OutsideDomain,
  TooMuchWork,
  wholeFunction,
  type WholeName,
} from '../../src/decide/field.ts';
import { primeArithmetic, primeField, primes } from '../../src/decide/prime-field.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { columnOf } from '../elaborate/given.ts';
import { checked } from '../elaborate/given.ts';

const real = doubles({ valueOf: () => 0 }, false);
const modular = primeField(primeArithmetic(primes[0]!), randomNumbers(3), false);
const isOutside = (evaluate: () => unknown): boolean => attempted(evaluate).kind === 'outside';
const flat = (op: WholeName, entries: readonly number[], field: Doubles = real): readonly number[] =>
  wholeFunction(op, entries, field, () => {}).flat();
const close = (...values: readonly number[]): unknown => values.map((x) => expect.closeTo(x, 12) as number);

describe('functions of all entries', () => {
  test('over doubles', () => {
    expect(flat('inv', [1, 2, 3, 4])).toEqual(close(-2, 1, 1.5, -0.5));
    expect(flat('adj', [1, 2, 3, 4])).toEqual(close(4, -2, -3, 1));
    expect(flat('det', [1, 2, 3, 4])).toEqual(close(-2));
    expect(flat('det', [2, 0, 1, 1, 3, 2, 1, 1, 4])).toEqual(close(18));
    expect(flat('logdet', [1, 2, 3, 4])).toEqual(close(Math.log(2)));
    expect([flat('max', [3, -7, 5]), flat('min', [3, -7, 5])]).toEqual([[5], [-7]]);
    const total = Math.exp(1) + Math.exp(-2) + 1;
    expect(flat('logsumexp', [1, -2, 0])).toEqual(close(Math.log(total)));
    expect(flat('softmax', [1, -2, 0])).toEqual(close(Math.E / total, Math.exp(-2) / total, 1 / total));
    expect(flat('log_softmax', [1, -2, 0])).toEqual(close(1 - Math.log(total), -2 - Math.log(total), -Math.log(total)));
  });
  test('of matrices in rows, of vectors in one', () => {
    const rows = (op: WholeName): number => wholeFunction(op, [1, 2, 3, 4], real, () => {}).length;
    expect((['inv', 'adj', 'det', 'softmax', 'log_softmax'] as const).map(rows)).toEqual([2, 2, 1, 1, 1]);
  });
  test('tell their work, cubic in the side of a matrix', () => {
    let work = 0;
    wholeFunction('det', [1, 0, 0, 1], real, (count) => (work += count));
    expect(work).toBe(8);
  });
  test('the adjugate is there where the inverse is not', () => {
    const rankOne = [
      [1, 2],
      [2, 4],
    ];
    expect(adjugateOf(rankOne, real)).toEqual([
      [4, -2],
      [-2, 1],
    ]);
    expect(isOutside(() => inverseOf(rankOne, real))).toBe(true);
    const matrix = [
      [2, 0, 1],
      [1, 3, 2],
      [1, 1, 4],
    ];
    const { determinant, inverse } = eliminate(matrix, real);
    adjugateOf(matrix, real).forEach((row, i) =>
      row.forEach((entry, j) => expect(entry).toBeCloseTo(determinant * inverse![i]![j]!, 10)),
    );
    expect(adjugateOf([[7]], real)).toEqual([[1]]);
  });
});

test('the pivot is the entry farthest from zero over doubles, the first that is not zero modulo a prime', () => {
  const pivotsOf = (matrix: readonly (readonly number[])[], field: Doubles | typeof modular): readonly number[] => {
    const pivots: number[] = [];
    eliminate(matrix, { ...field, inverse: (a: number) => (pivots.push(a), field.inverse(a)) });
    return pivots;
  };
  const below = [
    [1, 0, 0],
    [-5, 1, 0],
    [2, 0, 1],
  ];
  expect(pivotsOf(below, real)[0]).toBe(-5);
  expect(pivotsOf([below[1]!, below[2]!, below[0]!], real)[0]).toBe(-5);
  expect(pivotsOf([below[1]!, [7, 0, 1], below[0]!], real)[0]).toBe(7);
  expect(
    pivotsOf(
      [
        [0, 1, 0],
        [3, 1, 0],
        [2, 0, 1],
      ],
      modular,
    )[0],
  ).toBe(3);
  // Elimination leaves the rows above alone from then on.
  expect(
    pivotsOf(
      [
        [4, 9],
        [1, 1],
      ],
      real,
    ),
  ).toEqual([4, -1.25]);
});

describe('attempts', () => {
  test('know what is outside, and what is too much, from what is wrong', () => {
    expect(attempted(() => 3)).toEqual({ kind: 'value', value: 3 });
    expect(attempted(outside)).toEqual({ kind: 'outside' });
    expect(
      attempted(() => {
        throw new TooMuchWork();
      }),
    ).toEqual({ kind: 'too-much' });
    expect(() =>
      attempted(() => {
        throw new RangeError('other');
      }),
    ).toThrow('other');
    expect([new OutsideDomain().name, new TooMuchWork().name]).toEqual(['OutsideDomain', 'TooMuchWork']);
  });
});

describe('doubles', () => {
  const at = (largest: number): Doubles => doubles({ valueOf: (_, [x]) => x! }, false, largest);
  test('have a value as long as it is not too large, either way', () => {
    const field = at(100);
    for (const [inside, beyond] of [
      [() => field.plus(60, 40), () => field.plus(60, 41)],
      [() => field.plus(-60, -40), () => field.plus(-60, -41)],
      [() => field.times(10, -10), () => field.times(10, -11)],
      [() => field.inverse(0.01), () => field.inverse(0.009)],
      [() => field.power(10, { n: 2n, d: 1n }), () => field.power(11, { n: 2n, d: 1n })],
      [() => field.apply('exp', [4.6]), () => field.apply('exp', [4.7])],
      [() => field.unknown(':f:scalar>scalar', [100], []), () => field.unknown(':f:scalar>scalar', [101], [])],
    ] as const)
      expect([isOutside(inside), isOutside(beyond)]).toEqual([false, true]);
    expect(isOutside(() => doubles({ valueOf: () => 0 }, false).plus(1e12, 0))).toBe(false);
    expect(isOutside(() => doubles({ valueOf: () => 0 }, false).plus(1e12, 1e3))).toBe(true);
  });
  test('nothing but rounding is no pivot', () => {
    expect([0, 9e-6, -9e-6, 1e-5, -2e-5, 1].map(real.vanishes)).toEqual([true, true, true, false, false, false]);
    expect([real.isLarger(-5, 2), real.isLarger(2, -5), real.isLarger(-5, -2), real.isLarger(2, 2)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
  test('numbers, powers, functions', () => {
    expect(real.rational({ n: -3n, d: 4n })).toBe(-0.75);
    expect(real.power(4, { n: 3n, d: 2n })).toBe(8);
    expect(real.constant('pi')).toBe(Math.PI);
    expect([real.zero, real.one, real.computes('tanh')]).toEqual([0, 1, true]);
    expect(real.apply('max', [2, 3])).toBe(3);
  });
  test('kinks are stepped around only where that is asked for, and not at 1[x == y]', () => {
    const careful = doubles({ valueOf: () => 0 }, true);
    const at = (field: Doubles): readonly boolean[] => [
      isOutside(() => field.apply('abs', [0])),
      isOutside(() => field.apply('abs', [1])),
      isOutside(() => field.apply('clip', [3, 1, 3])),
      isOutside(() => field.apply('equals', [1, 1])),
      isOutside(() => field.apply('differs', [1, 1])),
      isOutside(() => field.largest([3, 1, 3])),
      isOutside(() => field.largest([3, 1, 1])),
    ];
    expect(at(careful)).toEqual([true, false, true, false, false, true, false]);
    expect(at(real)).toEqual(Array.from({ length: 7 }, () => false));
  });
});

describe('unknown functions', () => {
  const { functions } = checked(
    'f : R^2 -> R^3; g : R^2 -> R; h : R -> R^(2 x 2); phi : R -> R; p : R^2 x R -> R; f(ones(2)); g(ones(2)); h(1); phi(1); p(ones(2), 1)',
  );
  const found = testFunctions(functions, {});
  const f = (i: number, [x = 0, y = 0]: readonly number[]): number =>
    Math.sin(x + 2 * y) + ((i + 2) * x + i * x ** 2) + (i + 4) * y + i * y ** 2;
  test('are the crooked functions that a counterexample writes', () => {
    expect(found.written).toEqual({
      f: 'f(x)[i] = sum_j((i + 2*j)*x[j] + i*x[j]^2) + sin(sum_j(j*x[j]))',
      g: 'g(x) = sum_j((2 + 2*j)*x[j] + 2*x[j]^2) + sin(sum_j(j*x[j]))',
      h: 'h(x)[i] = sum_j((i + 2*j + 2)*x[j] + (i + 2)*x[j]^2) + sin(sum_j(j*x[j]))',
      phi: 'phi(x) = 6*x + 4*x^2 + sin(x)',
      p: 'p(x1, x2) = sum_j((5 + 2*j)*x[j] + 5*x[j]^2) + sin(sum_j(j*x[j])), where x are the entries of x1, x2, one after the other',
    });
    const x = [3, 5];
    for (const i of [1, 2, 3]) expect(found.valueOf(':f:column>column', x, [i])).toBeCloseTo(f(i, x), 9);
    expect(found.valueOf(':g:column>scalar', x, [])).toBeCloseTo(4 * 3 + 2 * 9 + 6 * 5 + 2 * 25 + Math.sin(13), 9);
    // Entries of a matrix are counted in one row.
    expect(found.valueOf(':h:scalar>matrix', [3], [2, 1])).toBeCloseTo((3 + 2 + 2) * 3 + (3 + 2) * 9 + Math.sin(3), 9);
    expect(found.valueOf(':phi:scalar>scalar', [3], [])).toBeCloseTo(6 * 3 + 4 * 9 + Math.sin(3), 9);
    expect(found.valueOf(':p:column,scalar>scalar', [0, 0, 1], [])).toBeCloseTo(11 + 5 + Math.sin(3), 9);
  });
  test.each([
    ['', '1', [1], 1],
    ['', '1', [3], 2],
    ['1', '11', [3, 2], 1],
    ['1', '11', [2, 2], 2],
    ['11', '111', [1, 2, 2], 1],
    ['111', '1111', [1, 2, 2, 1], 2],
  ] as const)('the derivative of %j is %j at %j, %i', (by, next, at, k) => {
    const x = [0.3, 0.5];
    const value = (t: number): number =>
      found.valueOf(
        `${by}:f:column>column`,
        x.map((entry, n) => (n === k - 1 ? entry + t : entry)),
        at,
      );
    const slope = (value(1e-4) - value(-1e-4)) / 2e-4;
    expect(found.valueOf(`${next}:f:column>column`, x, [...at, k])).toBeCloseTo(slope, 5);
  });
  test('have derivatives by one argument and another', () => {
    const x = [0.3, 0.5, 0.7];
    const value = (t: number): number => found.valueOf('1:p:column,scalar>scalar', [0.3, 0.5, 0.7 + t], [2]);
    const slope = (value(1e-4) - value(-1e-4)) / 2e-4;
    expect(found.valueOf('12:p:column,scalar>scalar', x, [2])).toBeCloseTo(slope, 5);
  });
  test('are the same for the interpreter', () => {
    const of = found.forInterpreter.get('f')!;
    const x = columnOf(3, 5);
    expect(of([], [x]).shape).toEqual([3, 1]);
    of([], [x]).data.forEach((value, n) => expect(value).toBeCloseTo(f(n + 1, [3, 5]), 9));
    expect(of([1], [x]).shape).toEqual([3, 2]);
    expect([...of([1], [x]).data]).toEqual(
      [1, 2, 3].flatMap((i) => [1, 2].map((j) => found.valueOf('1:f:column>column', [3, 5], [i, j]))),
    );
    expect(of([1, 1], [x]).shape).toEqual([3, 2, 2]);
    const h = found.forInterpreter.get('h')!;
    expect([h([], [columnOf(3)]).shape, h([1], [columnOf(3)]).shape]).toEqual([
      [2, 2],
      [2, 2],
    ]);
    expect(found.forInterpreter.get('g')!([], [x]).shape).toEqual([]);
    expect(found.forInterpreter.get('g')!([1], [x]).shape).toEqual([1, 2]);
    const phi = found.forInterpreter.get('phi')!([1], [x]);
    expect(phi.shape).toEqual([2, 1]);
    [3, 5].forEach((t, n) => expect(phi.data[n]).toBeCloseTo(6 + 8 * t + Math.cos(t), 9));
    const p = found.forInterpreter.get('p')!;
    const mixed = [[2], [1, 2], [2, 2], [1, 1]].map((by) => p(by, [x, columnOf(1)]).shape);
    expect(mixed).toEqual([[], [2, 1], [], [2, 2]]);
  });
});
