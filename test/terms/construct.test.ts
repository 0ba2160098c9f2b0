/** What the one door through which terms are made promises: one form for what is equal by notation alone, and nothing else. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { dimSum, fixed } from '../../src/shape/dim.ts';
import {
  apply,
  block,
  contract,
  delta,
  divide,
  indicesOf,
  instantiate,
  isOne,
  isZero,
  minus,
  negate,
  number,
  one,
  pairing,
  partsOf,
  plus,
  power,
  rename,
  same,
  scale,
  size,
  summandsOf,
  times,
} from '../../src/terms/construct.ts';
import { freshIndex } from '../../src/terms/intern.ts';
import type { Bound, Term } from '../../src/terms/node.ts';
import { signOf } from '../../src/terms/sign.ts';
import { mentions, substitute, symbolsIn } from '../../src/terms/substitute.ts';
import { shuffled } from '../properties/given.ts';
import { at, index, m, n, q, symbol } from './given.ts';

const [a, b, c] = ['a', 'b', 'c'].map((name) => symbol(name, [])) as [
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
];
const [x, y] = [symbol('x', [n]), symbol('y', [n])];
const [A, B] = [symbol('A', [n, n]), symbol('B', [n, n])];
const S = symbol('S', [n, n], 'symmetric');
const positive = symbol('tau', [], 'positive');
const [A1, B1] = [at(a), at(b)];

const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);

describe('sums', () => {
  test('collect equal terms, whatever their order', () => {
    expectSame(plus(A1, B1, A1), plus(B1, scale(q(2), A1)));
    expect(isZero(minus(plus(A1, B1), plus(B1, A1)))).toBe(true);
    expectSame(plus(A1, plus(B1, at(c))), plus(plus(at(c), A1), B1));
  });
  test('keep the summands of products together: nothing is multiplied out', () => {
    const product = times(plus(A1, B1), at(c));
    expect(product.node.kind).toBe('product');
    expect(minus(product, plus(times(A1, at(c)), times(B1, at(c)))).node.kind).toBe('sum');
  });
  test('of a matrix and its transpose are symmetric in their indices', () => {
    const [i, j] = [index(), index()];
    const sum = plus(at(A, i, j), at(A, j, i));
    expectSame(
      sum,
      rename(
        sum,
        new Map([
          [i.index, j.index],
          [j.index, i.index],
        ]),
      ),
    );
    const difference = minus(at(A, i, j), at(A, j, i));
    expectSame(
      rename(
        difference,
        new Map([
          [i.index, j.index],
          [j.index, i.index],
        ]),
      ),
      negate(difference),
    );
  });
});

describe('products', () => {
  test('cancel what is divided by itself: a scalar contraction is a factor like any other', () => {
    const i = index();
    const square = contract([at(x, i), at(x, i)], [i]);
    expect(isOne(times(square, power(square, Q.minusOne)))).toBe(true);
    expect(isOne(divide(A1, A1))).toBe(true);
  });
  test('split into the parts that hang together', () => {
    const [i, j] = [index(), index()];
    const both = contract([at(x, i), at(y, j)], [i, j]);
    expectSame(both, times(contract([at(x, i)], [i]), contract([at(y, j)], [j])));
  });
  test('sum an index that nothing mentions to its size', () => {
    const [i, j] = [index(), index(m)];
    expectSame(contract([at(x, i)], [i, j]), times(size(m), contract([at(x, i)], [i])));
  });
  test('sign-normalise sums: (a - b)*(b - a) is -(a - b)^2', () => {
    const d = minus(A1, B1);
    expectSame(times(d, negate(d)), negate(power(d, q(2))));
    expectSame(times(minus(B1, A1), minus(A1, B1)), negate(power(d, q(2))));
  });
  test('take integer roots out: sqrt(12) is 2*sqrt(3)', () => {
    expectSame(power(number(q(12)), Q.half), scale(q(2), power(number(q(3)), Q.half)));
    expectSame(times(power(number(q(2)), Q.half), power(number(q(3)), Q.half)), power(number(q(6)), Q.half));
    expectSame(power(number(q(1, 4)), Q.half), number(Q.half));
  });
});

describe('powers', () => {
  test('multiply where that is right for every sign', () => {
    expectSame(power(power(A1, q(2)), q(3)), power(A1, q(6)));
    expectSame(power(power(A1, Q.half), q(2)), A1);
  });
  test('of even powers keep the absolute value: sqrt(a^2) is |a|', () => {
    expectSame(power(power(A1, q(2)), Q.half), apply('abs', [A1]));
    expectSame(power(power(A1, q(4)), Q.half), power(A1, q(2)));
    expectSame(power(power(at(positive), q(2)), Q.half), at(positive));
  });
  test('leave roots of products of unknown sign alone', () => {
    const root = power(times(A1, B1), Q.half);
    expect(same(root, times(power(A1, Q.half), power(B1, Q.half)))).toBe(false);
    expectSame(power(times(at(positive), A1), Q.half), times(power(at(positive), Q.half), power(A1, Q.half)));
  });
  test('of a negative number stay under their root', () => {
    expect(power(number(q(-4)), Q.half).node.kind).not.toBe('number');
  });
  test('of exponentials are exponentials of multiples', () => {
    expectSame(times(apply('exp', [A1]), apply('exp', [negate(A1)])), one);
    expectSame(power(apply('exp', [A1]), q(2)), apply('exp', [scale(q(2), A1)]));
  });
  test('of zero that are negative are refused, not made up', () => {
    expect(() => power(number(Q.zero), Q.minusOne)).toThrow('divides by zero');
    expect(() => divide(A1, minus(B1, B1))).toThrow('divides by zero');
  });
  test('of selectors are the selectors themselves, and below zero refused', () => {
    const [i, j] = [index(), index()];
    const selectors = [
      delta(i.index, j.index, n),
      block(i.index, [{ index: j.index, dim: n, coefficient: 1 }], n, dimSum(n, n)),
      pairing(i.index, j.index, freshIndex(), n, m),
    ];
    for (const selector of selectors) {
      expectSame(power(selector, q(3)), selector);
      expectSame(power(selector, Q.half), selector);
      expect(() => power(selector, Q.minusOne)).toThrow('divides by zero');
      expect(() => power(times(at(x, i), selector), q(-2))).toThrow('divides by zero');
      expect(() => contract([divide(at(x, i), selector)], [i, j])).toThrow('divides by zero');
      expectSame(times(at(x, i), selector, at(y, i), selector), times(at(x, i), at(y, i), selector));
      expect(() => divide(selector, selector)).toThrow('divides by zero');
    }
    expectSame(power(delta(i.index, j.index, fixed(1)), Q.minusOne), one);
  });
});

describe('deltas', () => {
  test('pick their term', () => {
    const [i, j] = [index(), index()];
    expectSame(contract([delta(i.index, j.index, n), at(x, j)], [j]), at(x, i));
    expectSame(contract([delta(i.index, j.index, n), at(A, j, i)], [j]), at(A, i, i));
  });
  test('of one index are 1, of two constants 0 or 1, summed twice the size', () => {
    const [i, j] = [index(), index()];
    expect(isOne(delta(i.index, i.index, n))).toBe(true);
    expect(isOne(delta(-1, -1, n))).toBe(true);
    expect(isZero(delta(-1, -2, n))).toBe(true);
    expectSame(contract([delta(i.index, j.index, n)], [i, j]), size(n));
  });
  test('are spread over a sum only where they pick something', () => {
    const [i, j] = [index(), index()];
    const kept = contract([minus(delta(i.index, j.index, n), at(x, i)), at(y, i)], [i]);
    expectSame(kept, minus(at(y, j), contract([at(x, i), at(y, i)], [i])));
  });
});

describe('renaming', () => {
  test('costs nothing and changes nothing but the indices', () => {
    const [i, j, k] = [index(), index(), index()];
    const t = apply('tanh', [contract([at(A, i, k), at(x, k)], [k])]);
    const moved = rename(t, new Map([[i.index, j.index]]));
    expect(moved.node).toBe(t.node);
    expect(moved.at).toEqual([j.index]);
  });
  test('to one index sees what coincides: A[i,j] - A[j,i] at i = j is 0', () => {
    const [i, j] = [index(), index()];
    const difference = minus(at(A, i, j), at(A, j, i));
    expect(isZero(rename(difference, new Map([[j.index, i.index]])))).toBe(true);
  });
  test('never captures a bound index', () => {
    const [i, k] = [index(), index()];
    const t = contract([at(A, i, k), at(x, k)], [k]);
    const moved = rename(t, new Map([[i.index, k.index]]));
    expect(moved.at).toEqual([k.index]);
    expect(moved.node).toBe(t.node);
  });
  test('swaps at once, not one after the other', () => {
    const [i, j] = [index(), index()];
    expectSame(
      rename(
        at(A, i, j),
        new Map([
          [i.index, j.index],
          [j.index, i.index],
        ]),
      ),
      at(A, j, i),
    );
  });
  test('of slots: a skeleton over 0, 1 applied to indices that are 1, 0', () => {
    const t = instantiate({ node: at(A, index(), index()).node, at: [0, 1] }, [1, 0]);
    expect(t.at).toEqual([1, 0]);
  });
});

describe('symmetric names', () => {
  test('are the same both ways round', () => {
    const [i, j] = [index(), index()];
    expectSame(at(S, i, j), at(S, j, i));
    expect(same(at(A, i, j), at(A, j, i))).toBe(false);
  });
});

describe('substitution', () => {
  test('puts in terms that speak of the same indices without catching them', () => {
    const [i, j] = [index(), index()];
    const t = contract([at(x, j), at(A, j, i)], [j]);
    // x[k] := y[k]*x[i], where i is free in t as well.
    const put = substitute(t, {
      symbol: (s, [k]) => (s === x ? times(at(y, { index: k!, dim: n }), at(x, i)) : undefined),
    });
    expectSame(put, times(contract([at(y, j), at(A, j, i)], [j]), at(x, i)));
  });
  test('leaves what it does not mention', () => {
    const i = index();
    const t = apply('exp', [at(x, i)]);
    expectSame(substitute(t, { symbol: () => undefined }), t);
    expect([...symbolsIn(t)]).toEqual([x]);
  });
});

describe('signs', () => {
  test('are known where they are plain to see, and nowhere else', () => {
    const i = index();
    expect(signOf(power(A1, q(2)))).toBe('nonnegative');
    expect(signOf(plus(one, power(A1, q(2))))).toBe('positive');
    expect(signOf(contract([at(x, i), at(x, i)], [i]))).toBe('nonnegative');
    expect(signOf(apply('exp', [A1]))).toBe('positive');
    expect(signOf(A1)).toBe('unknown');
    expect(signOf(times(A1, A1, A1))).toBe('unknown');
    expect(signOf(minus(one, power(A1, q(2))))).toBe('unknown');
    expect(signOf(plus(power(A1, q(2)), power(B1, q(2))))).toBe('nonnegative');
  });
});

describe('the canonical form of contractions', () => {
  /** tr(A*B*A*…), the factors in any order, the indices made anew. */
  function cycle(length: number, of: readonly (typeof A)[], shuffle: <T>(list: readonly T[]) => readonly T[]): Term {
    const indices = Array.from({ length }, () => index());
    const factors = indices.map((i, k) => at(of[k % of.length]!, i, indices[(k + 1) % length]!));
    return contract(shuffle(factors), shuffle(indices));
  }
  const random = randomNumbers(4);
  const shuffle = <T>(list: readonly T[]): readonly T[] => shuffled(list, random);

  for (const length of [2, 3, 4, 6, 8])
    test(`tr of a product of ${length} is one term however it is written`, () => {
      for (const of of [[A], [A, B], [S], [A, S]])
        for (let k = 0; k < 4; k++)
          expectSame(
            cycle(length, of, shuffle),
            cycle(length, of, (list) => list),
          );
    });
  test('random graphs of two matrices and two vectors have one form, and different ones differ', () => {
    const forms = new Map<string, Term>();
    for (let k = 0; k < 150; k++) {
      const indices = Array.from({ length: 2 + random.below(4) }, () => index());
      const any = (): Bound => indices[random.below(indices.length)]!;
      const edges = Array.from({ length: 2 + random.below(4) }, () => [random.below(3), any(), any()] as const);
      const build = (renamed: ReadonlyMap<Bound, Bound>, list: <T>(items: readonly T[]) => readonly T[]): Term => {
        const factors = edges.map(([which, i, j]) =>
          which === 2 ? at(x, renamed.get(i)!) : at([A, B][which]!, renamed.get(i)!, renamed.get(j)!),
        );
        return contract(list(factors), list([...renamed.values()]));
      };
      const plain = build(new Map(indices.map((i) => [i, i])), (items) => items);
      const other = build(new Map(indices.map((i) => [i, { index: freshIndex(), dim: n }])), shuffle);
      expectSame(plain, other);
      forms.set(String(plain.node.id), plain);
    }
    expect(forms.size).toBeGreaterThan(80);
  });
});

describe('looking inside', () => {
  test('the parts of a product make it again', () => {
    const [i, j] = [index(), index()];
    const t = scale(q(-3, 2), times(contract([at(A, i, j), at(x, j)], [j]), at(y, i)));
    const { coefficient, factors, bound } = partsOf(t);
    expectSame(
      scale(
        coefficient,
        contract(
          factors.map(([f, e]) => power(f, e)),
          bound,
        ),
      ),
      t,
    );
    expect(summandsOf(plus(t, at(y, i)))).toHaveLength(2);
  });
});

describe('what a term speaks of', () => {
  test('its indices, each once, positions left out', () => {
    const [i, j] = [index(), index()];
    expect(indicesOf(at(A, i, i))).toEqual([i.index]);
    expect(new Set(indicesOf(at(A, i, j)))).toEqual(new Set([i.index, j.index]));
    expect(indicesOf(rename(at(A, i, j), new Map([[j.index, -1]])))).toEqual([i.index]);
  });
  test('its names, and those behind their definitions', () => {
    expect(mentions(times(A1, B1), new Set([a]))).toBe(true);
    expect(mentions(times(A1, B1), new Set([c]))).toBe(false);
    const named = { ...symbol('r', []), role: 'name' as const, definition: times(A1, B1) };
    expect(mentions(plus(at(named), at(c)), new Set([a]))).toBe(true);
    expect(mentions(plus(at(named), B1), new Set([c]))).toBe(false);
  });
});

describe('signs of products and sums', () => {
  const sure = at(positive);
  const weak = at(symbol('w', [], 'nonnegative'));
  test('are unknown as soon as one factor is, on either side', () => {
    for (const t of [times(A1, sure), times(sure, B1), times(weak, A1), times(A1, power(B1, q(2)))])
      expect(signOf(t)).toBe('unknown');
    expect(signOf(times(sure, weak))).toBe('nonnegative');
    expect(signOf(power(sure, q(-3)))).toBe('positive');
    expect(signOf(negate(sure))).toBe('negative');
  });
  test('are unknown where summands disagree', () => {
    for (const t of [minus(sure, weak), plus(sure, A1), minus(sure, one), plus(A1, B1)])
      expect(signOf(t)).toBe('unknown');
    expect(signOf(plus(sure, weak))).toBe('positive');
    expect(signOf(negate(plus(sure, one)))).toBe('negative');
  });
  test('a vector that is not zero may have entries that are; a number that is not zero squares to more', () => {
    expect(signOf(at(symbol('v', [n], 'nonzero'), index()))).toBe('unknown');
    const number_ = at(symbol('s', [], 'nonzero'));
    expect(signOf(number_)).toBe('nonzero');
    expect(signOf(power(number_, q(2)))).toBe('positive');
    expect(signOf(power(number_, q(3)))).toBe('nonzero');
  });
  test('a sum of signs may be zero: 1/sum(y) for y of 1 and -1 has its condition', () => {
    const i = index();
    expect(signOf(at(symbol('y', [n], 'pm1'), i))).toBe('nonzero');
    expect(signOf(contract([at(symbol('y', [n], 'pm1'), i)], [i]))).toBe('unknown');
  });
});
