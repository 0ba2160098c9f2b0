/** The value of a term at a point, over doubles and modulo a prime: what is read where, and what has no value. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { contracted, exactExponent, everywhere, tableFrom, termEvaluator } from '../../src/decide/evaluate-term.ts';
import { doubles } from '../../src/decide/doubles.ts';
import { eliminate, inverseOf, attempted, type Field } from '../../src/decide/field.ts';
import { primeField, primeArithmetic, primes } from '../../src/decide/prime-field.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { type Dim, dimProduct, dimSum, fixed } from '../../src/shape/dim.ts';
import {
  apply,
  block,
  contract,
  delta,
  divide,
  number,
  operation,
  pairing,
  plus,
  power,
  rename,
  scale,
  size,
  times,
} from '../../src/terms/construct.ts';
import type { Bound, Index, Term, Operation } from '../../src/terms/node.ts';
import { at, index, m, n, q, symbol } from './../terms/given.ts';

const real = doubles({ valueOf: () => 0 }, false);
const modular = primeField(primeArithmetic(primes[0]!), randomNumbers(3), false);
const sizes = { n: 2, m: 3 };
const values = new Map<string, readonly number[]>([
  ['x', [5, 7]],
  ['u', [1, 10, 100]],
  ['A', [1, 2, 3, 4, 5, 6]],
  ['C', [2, 1, 7, 4]],
  ['a', [3]],
  ['z', [0]],
]);
const [x, u, A, C] = [symbol('x', [n]), symbol('u', [m]), symbol('A', [n, m]), symbol('C', [n, n])];
const [a, z] = [at(symbol('a', [])), at(symbol('z', []))];

type Positions = readonly (readonly [Bound | Index, number])[];
const valueOf = (t: Term, positions: Positions = [], field: Field<number> = real, work = 10_000): number =>
  termEvaluator(
    field,
    { sizes, values },
    work,
  )(t, new Map(positions.map(([i, position]) => [typeof i === 'number' ? i : i.index, position])));
const outcome = (t: Term, positions: Positions = [], work?: number): string =>
  attempted(() => valueOf(t, positions, real, work)).kind;

describe('entries', () => {
  const [i, j] = [index(n), index(m)];
  test('are read row by row, positions counting from 1', () => {
    expect(
      valueOf(at(A, i, j), [
        [i, 1],
        [j, 3],
      ]),
    ).toBe(3);
    expect(
      valueOf(at(A, i, j), [
        [i, 2],
        [j, 1],
      ]),
    ).toBe(4);
    expect(valueOf(rename(at(x, i), new Map([[i.index, -2]])))).toBe(7);
  });
  test('beyond the end, or of what has no values, do not exist', () => {
    expect(outcome(rename(at(x, i), new Map([[i.index, -3]])))).toBe('outside');
    expect(outcome(rename(at(x, i), new Map([[i.index, -2]])))).toBe('value');
    expect(outcome(at(symbol('unknown', [])))).toBe('outside');
    expect(outcome(size(fixed(2)))).toBe('value');
  });
  test('that a selector rules out need not exist', () => {
    const none = times(delta(i.index, -1, n), rename(at(x, j), new Map([[j.index, -9]])));
    expect(valueOf(none, [[i, 2]])).toBe(0);
    expect(outcome(none, [[i, 1]])).toBe('outside');
    const pole = times(delta(i.index, -1, n), divide(number(Q.one), z));
    expect(valueOf(pole, [[i, 2]])).toBe(0);
    expect(outcome(pole, [[i, 1]])).toBe('outside');
    const [w, part] = [index(fixed(6)), index(fixed(2))];
    for (const selector of [
      block(w.index, [{ ...part, coefficient: 1 }], fixed(1), fixed(6)),
      pairing(w.index, part.index, -1, fixed(2), fixed(3)),
    ]) {
      const beside = times(selector, divide(number(Q.one), z));
      expect(
        valueOf(beside, [
          [w, 6],
          [part, 1],
        ]),
      ).toBe(0);
      expect(['outside', 'value']).toContain(
        outcome(beside, [
          [w, 1],
          [part, 1],
        ]),
      );
      expect(
        new Set(
          [1, 2, 3, 4, 5, 6].map((p) =>
            outcome(beside, [
              [w, p],
              [part, 1],
            ]),
          ),
        ),
      ).toEqual(new Set(['value', 'outside']));
    }
  });
});

describe('selectors', () => {
  const [i, j, k] = [index(n), index(n), index(m)];
  const w = index(dimProduct(n, m));
  test('are 1 at their places, 0 elsewhere', () => {
    for (const [p, r] of [
      [1, 1],
      [1, 2],
      [2, 2],
    ] as const)
      expect(
        valueOf(delta(i.index, j.index, n), [
          [i, p],
          [j, r],
        ]),
      ).toBe(p === r ? 1 : 0);
    for (let whole = 1; whole <= 6; whole++)
      for (let major = 1; major <= 2; major++)
        for (let minor = 1; minor <= 3; minor++)
          expect(
            valueOf(pairing(w.index, i.index, k.index, n, m), [
              [w, whole],
              [i, major],
              [k, minor],
            ]),
          ).toBe(whole === (major - 1) * 3 + minor ? 1 : 0);
    for (let whole = 1; whole <= 5; whole++)
      for (let part = 1; part <= 3; part++)
        expect(
          valueOf(block(w.index, [{ index: k.index, dim: m, coefficient: 1 }], n, fixed(5)), [
            [w, whole],
            [k, part],
          ]),
        ).toBe(whole === 2 + part ? 1 : 0);
  });
});

describe('sums, products, functions', () => {
  const [i, j, k] = [index(n), index(m), index(m)];
  for (const [name, field] of [
    ['doubles', real],
    ['residues', modular],
  ] as const)
    test(`over ${name}`, () => {
      const value = (t: Term, positions: Positions = []): number => valueOf(t, positions, field);
      expect(value(plus(scale(q(2), a), number(q(4))))).toBe(10);
      expect(value(power(a, q(3)))).toBe(27);
      expect(value(times(a, size(n), size(m)))).toBe(18);
      expect(value(apply('power', [a, size(n)]))).toBe(9);
      expect(value(contract([at(A, i, j), at(u, j)], [j]), [[i, 2]])).toBe(654);
      expect(value(contract([at(x, i), at(A, i, j), at(u, j)], [i, j]))).toBe(5 * 321 + 7 * 654);
      expect(value(contract([at(A, i, j), at(A, i, k), at(u, j), at(u, k)], [i, j, k]))).toBe(321 ** 2 + 654 ** 2);
      expect(value(contract([power(at(x, i), q(2))], [i]))).toBe(74);
    });
  test('of whole arrays', () => {
    const [r, c, o, p] = [index(n), index(n), index(n), index(n)];
    const of = (op: Operation, outs: readonly Bound[], outDims: readonly Dim[] = outs.map(() => n)): Term =>
      operation(
        op,
        at(C, r, c),
        [r, c],
        outs.map((b) => b.index),
        outDims,
      );
    expect(valueOf(of('det', []))).toBeCloseTo(1, 12);
    expect(
      valueOf(of('inv', [o, p]), [
        [o, 1],
        [p, 2],
      ]),
    ).toBeCloseTo(-1, 12);
    expect(
      valueOf(of('inv', [o, p]), [
        [o, 2],
        [p, 1],
      ]),
    ).toBeCloseTo(-7, 12);
    expect(valueOf(of('logdet', []))).toBeCloseTo(0, 12);
    expect(valueOf(of('max', []))).toBe(7);
    const largest = operation('logsumexp', at(x, r), [r], [], []);
    expect(valueOf(largest)).toBeCloseTo(Math.log(Math.exp(5) + Math.exp(7)), 12);
    const shares = operation('softmax', at(x, r), [r], [o.index], [n]);
    expect(valueOf(shares, [[o, 1]])).toBeCloseTo(1 / (1 + Math.exp(2)), 12);
    // Of each row: the position of the row comes behind those of the result.
    const [row, column] = [index(n), index(m)];
    const ofRows = operation('max', at(A, row, column), [column], [], []);
    expect([1, 2].map((position) => valueOf(ofRows, [[row, position]]))).toEqual([3, 6]);
    const sharesOfRows = operation('softmax', at(A, row, column), [column], [o.index], [m]);
    const total = Math.exp(4) + Math.exp(5) + Math.exp(6);
    expect(
      valueOf(sharesOfRows, [
        [o, 3],
        [row, 2],
      ]),
    ).toBeCloseTo(Math.exp(6) / total, 12);
  });
  test('are given up when they take too much', () => {
    const t = contract([at(x, i), at(A, i, j), at(u, j)], [i, j]);
    expect(outcome(t, [], 5)).toBe('too-much');
    expect(outcome(t, [], 500)).toBe('value');
  });
});

test('sizes may be unknowns where they are numbers: n + 1 is one more than whatever n is', () => {
  const point = { sizes, values, unknownSizes: new Map([['n', 40]]) };
  const evaluate = termEvaluator(modular, point, 100);
  expect(evaluate(size(dimSum(n, fixed(1))), new Map())).toBe(41);
  expect(evaluate(size(dimProduct(n, n)), new Map())).toBe(1600);
  expect(attempted(() => evaluate(size(m), new Map())).kind).toBe('outside');
});

test('powers so high that they wrap around are not taken: x^(p - 1) is not 1 because Fermat says so', () => {
  const { power: raise } = modular.arithmetic;
  expect(attempted(() => raise(3, { n: BigInt(primes[0]! - 1), d: 1n })).kind).toBe('outside');
  expect(attempted(() => raise(3, { n: BigInt(1 - primes[0]!), d: 1n })).kind).toBe('outside');
  expect(raise(3, { n: 2n, d: 1n })).toBe(9);
});

describe('contractions', () => {
  test('sum every index, whatever order is cheapest', () => {
    const extents = [2, 3, 4];
    const entry = (at: readonly number[]): number => at.reduce((total, p) => 10 * total + p, 0);
    const tables = [
      tableFrom([0, 1], extents, entry),
      tableFrom([1, 2], extents, entry),
      tableFrom([2], extents, entry),
    ];
    let expected = 0;
    for (let i = 1; i <= 2; i++)
      for (let j = 1; j <= 3; j++) for (let k = 1; k <= 4; k++) expected += entry([i, j]) * entry([j, k]) * entry([k]);
    expect(contracted(tables, extents, real, () => {})).toBe(expected);
  });
  test('over nothing are 0, of nothing 1, and an index that nobody has counts', () => {
    expect(contracted([tableFrom([0], [0], () => 1)], [0], real, () => {})).toBe(0);
    expect(contracted([], [], real, () => {})).toBe(1);
    expect(contracted([tableFrom([0], [2, 3], () => 5)], [2, 3], real, () => {})).toBe(30);
  });
  test('tell their work, which a good order keeps small: a chain of matrices is no cube of cubes', () => {
    const extents = [6, 6, 6, 6, 6];
    const chain = [0, 1, 2, 3].map((i) => tableFrom([i, i + 1], extents, () => 1));
    let work = 0;
    expect(contracted(chain, extents, real, (count) => (work += count))).toBe(6 ** 5);
    expect(work).toBeGreaterThan(0);
    expect(work).toBeLessThan(5 * 2 * 6 ** 2);
  });
});

describe('elimination', () => {
  const swapped = [
    [0, 1],
    [1, 0],
  ];
  test('an exchange of rows turns the sign', () => {
    expect(eliminate(swapped, real).determinant).toBe(-1);
    expect(
      eliminate(
        [
          [0, 1, 0],
          [0, 0, 1],
          [1, 0, 0],
        ],
        real,
      ).determinant,
    ).toBe(1);
    expect(eliminate(swapped, modular).determinant).toBe(primes[0]! - 1);
    expect(inverseOf(swapped, real)).toEqual(swapped);
  });
  test('a singular matrix has determinant 0 and no inverse, also where only rounding is left of a pivot', () => {
    for (const field of [real, modular]) {
      expect(
        eliminate(
          [
            [1, 2],
            [2, 4],
          ],
          field,
        ),
      ).toEqual({ determinant: 0, inverse: undefined });
      expect(
        attempted(() =>
          inverseOf(
            [
              [1, 2],
              [2, 4],
            ],
            field,
          ),
        ).kind,
      ).toBe('outside');
    }
    expect(
      eliminate(
        [
          [1, 0],
          [0, 1e-12],
        ],
        real,
      ).inverse,
    ).toBeUndefined();
  });
  test('the largest pivot comes first, so that small ones do no harm', () => {
    const { inverse } = eliminate(
      [
        [1e-4, 1],
        [1, 1],
      ],
      real,
    );
    expect(inverse![0]![0]).toBeCloseTo(-1 / (1 - 1e-4), 9);
  });
});

describe('doubles', () => {
  test('what is not finite, or so large that rounding is all of it, is outside', () => {
    for (const evaluate of [
      () => real.inverse(0),
      () => real.times(1e9, 1e9),
      () => real.plus(1e12, 1e12),
      () => real.power(-1, Q.half),
      () => real.apply('log', [-1]),
      () => real.apply('exp', [700]),
    ])
      expect(attempted(evaluate).kind).toBe('outside');
    expect(real.apply('exp', [1])).toBe(Math.E);
  });
  test('at a kink there is no derivative to ask for', () => {
    const careful = doubles({ valueOf: () => 0 }, true);
    for (const [fn, args] of [
      ['abs', [0]],
      ['relu', [0]],
      ['max', [2, 2]],
      ['greater', [1, 1]],
    ] as const) {
      expect(attempted(() => careful.apply(fn, args)).kind, fn).toBe('outside');
      expect(attempted(() => real.apply(fn, args)).kind, fn).toBe('value');
    }
    expect(careful.apply('abs', [-2])).toBe(2);
    expect(careful.apply('equals', [1, 1])).toBe(1);
    expect(attempted(() => careful.largest([1, 3, 3])).kind).toBe('outside');
    expect(careful.largest([1, 1, 3])).toBe(3);
    expect(real.largest([1, 3, 3])).toBe(3);
  });
  test('know the largest number on the way', () => {
    const field = doubles({ valueOf: () => 0 }, false);
    field.plus(-100, 1);
    field.plus(3, 4);
    expect(field.peak()).toBe(99);
  });
});

describe('work', () => {
  const [i, j] = [index(n), index(m)];
  const spentOn = (t: Term, positions: ReadonlyMap<Index, number> = new Map()): number => {
    let total = 0;
    termEvaluator(real, { sizes, values }, Infinity, (count) => (total += count))(t, positions);
    return total;
  };
  test('is told of every node, table, sum and array; what is known already costs nothing', () => {
    expect(spentOn(a)).toBe(1);
    expect(spentOn(plus(a, z))).toBe(3);
    // Itself, three tables of 2, 6 and 3, their entries, then 6*2 products over j and 2*2 over i.
    expect(spentOn(contract([at(x, i), at(A, i, j), at(u, j)], [i, j]))).toBe(1 + 11 + 11 + 12 + 4);
    expect(spentOn(operation('max', at(x, i), [i], [], []))).toBe(1 + 2 + 2 + 2 ** 1.5);
    const evaluate = termEvaluator(real, { sizes, values }, 3);
    expect([evaluate(plus(a, z), new Map()), evaluate(plus(a, z), new Map()), evaluate(a, new Map())]).toEqual([
      3, 3, 3,
    ]);
  });
  test('may be all that is allowed, not more', () => {
    const t = contract([at(x, i), at(A, i, j), at(u, j)], [i, j]);
    expect(outcome(t, [], spentOn(t))).toBe('value');
    expect(outcome(t, [], spentOn(t) - 1)).toBe('too-much');
  });
  test('an operation is computed once for all its entries', () => {
    let count = 0;
    const counting: Field<number> = { ...real, apply: (fn, args) => (count++, real.apply(fn, args)) };
    const [r, o] = [index(n), index(n)];
    const shares = operation('softmax', at(x, r), [r], [o.index], [n]);
    const evaluate = termEvaluator(counting, { sizes, values }, 1000);
    const both = [1, 2].map((position) => evaluate(shares, new Map([[o.index, position]])));
    expect(both[0]! + both[1]!).toBeCloseTo(1, 12);
    expect(count).toBe(2);
  });
  test('steps of a contraction count their products', () => {
    const told = (over: readonly (readonly number[])[], extents: readonly number[]): readonly number[] => {
      const counts: number[] = [];
      const tables = over.map((indices) => tableFrom(indices, extents, () => 1));
      contracted(tables, extents, real, (count) => counts.push(count));
      return counts;
    };
    expect(told([[0, 1], [1]], [2, 3])).toEqual([6, 6]);
    expect(told([[0], [0], [0]], [5])).toEqual([15]);
    expect(
      told(
        [
          [0, 1],
          [0, 2],
        ],
        [9, 2, 2],
      ),
    ).toEqual([18, 36, 2]);
    // The cheapest index first: not one that joins two matrices.
    expect(
      told(
        [
          [0, 1],
          [1, 2],
          [2, 3],
        ],
        [9, 2, 2, 9],
      ),
    ).toEqual([18, 8, 36, 9]);
  });
});

describe('exponents made of numbers and sizes', () => {
  const exponent = (t: Term): string | undefined => {
    const found = exactExponent(t, sizes);
    return found && Q.toText(found);
  };
  test('are exact', () => {
    expect(exponent(number(q(3, 4)))).toBe('3/4');
    expect(exponent(size(n))).toBe('2');
    expect(exponent(plus(size(n), number(q(-1))))).toBe('1');
    expect(exponent(plus(scale(q(1, 2), size(n)), scale(q(3), size(m))))).toBe('10');
    expect(exponent(scale(q(1, 2), times(size(n), size(m))))).toBe('3');
    expect(exponent(times(size(n), power(size(m), q(-2))))).toBe('2/9');
  });
  test('are none with a name in them, a root, a sum over indices, or a quotient by zero', () => {
    expect(exponent(a)).toBeUndefined();
    expect(exponent(plus(a, size(n)))).toBeUndefined();
    expect(exponent(plus(size(n), a))).toBeUndefined();
    expect(exponent(times(a, size(n)))).toBeUndefined();
    expect(exponent(power(size(n), Q.half))).toBeUndefined();
    const i = index(n);
    expect(exponent(contract([at(x, i)], [i]))).toBeUndefined();
    expect(exponent(power(plus(size(n), number(q(-2))), q(-1)))).toBeUndefined();
  });
  test('raise exactly, in both fields; others go through the logarithm', () => {
    const t = apply('power', [a, plus(size(n), size(m))]);
    expect([valueOf(t), valueOf(t, [], modular)]).toEqual([243, 243]);
    const byName = apply('power', [a, at(symbol('five', []))]);
    const point = { sizes, values: new Map([...values, ['five', [5]]]) };
    expect(termEvaluator(real, point, 100)(byName, new Map())).toBeCloseTo(243, 9);
    expect(termEvaluator(modular, point, 100)(byName, new Map())).not.toBe(243);
  });
});

describe('names', () => {
  test('pi is what the field says, a definition what it stands for', () => {
    const pi = at({ ...symbol('pi', []), role: 'constant' });
    expect(valueOf(pi)).toBe(Math.PI);
    const i = index(n);
    const doubled = at({ ...symbol('w', [n]), definition: scale(q(2), rename(at(x, i), new Map([[i.index, 0]]))) }, i);
    expect(valueOf(doubled, [[i, 2]])).toBe(14);
  });
  test('with fewer entries than positions have no value there', () => {
    const i = index(m);
    expect(outcome(at(symbol('x', [m]), i), [[i, 3]])).toBe('outside');
  });
  test('functions that a field does not know are evaluated by their definitions', () => {
    const t = apply('tanh', [a]);
    expect(valueOf(t)).toBeCloseTo(Math.tanh(3), 12);
    const [e, minus] = [apply('exp', [a]), apply('exp', [scale(q(-1), a)])];
    const spelled = divide(plus(e, scale(q(-1), minus)), plus(e, minus));
    const evaluate = termEvaluator(modular, { sizes, values }, 1000);
    expect(evaluate(t, new Map())).toBe(evaluate(spelled, new Map()));
  });
  test('unknown functions are given all entries and the positions asked for', () => {
    const asked: unknown[] = [];
    const field = doubles(
      {
        valueOf: (op, argument, outs) => {
          asked.push([op, argument, [...outs]]);
          return 1;
        },
      },
      false,
    );
    const [r, o, p] = [index(n), index(m), index(n)];
    const J = operation('1:f:column>column', at(x, r), [r], [o.index, p.index], [m, n]);
    valueOf(
      J,
      [
        [o, 3],
        [p, 2],
      ],
      field,
    );
    expect(asked).toEqual([['1:f:column>column', [5, 7], [3, 2]]]);
  });
});

test('positions run through all, the last index fastest', () => {
  expect(Array.from(everywhere([1, 0], [2, 3]), (at) => at.join(''))).toEqual(['11', '12', '21', '22', '31', '32']);
  expect(Array.from(everywhere([], []), (at) => [...at])).toEqual([[]]);
  expect(tableFrom([0, 1], [2, 0], () => 1).values).toEqual([]);
});
