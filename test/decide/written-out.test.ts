/** Multiplying out, and what may be taken for positive: each step only where it is true, and only where it stays small. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { multipliedOut } from '../../src/decide/multiply-out.ts';
import { positiveWhereDefined } from '../../src/decide/laws.ts';
import {
  apply,
  contract,
  delta,
  minus,
  negate,
  number,
  plus,
  power,
  rename,
  same,
  scale,
  summandsOf,
  times,
} from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import { at, index, n, q, symbol } from '../terms/given.ts';

const scalar = (name: string): Term => at(symbol(name, []));
const [a, b, c] = ['a', 'b', 'c'].map(scalar) as [Term, Term, Term];
const [x, A, B] = [symbol('x', [n]), symbol('A', [n, n]), symbol('B', [n, n])];
const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);
const many = (count: number): Term => plus(...Array.from({ length: count }, (_, k) => scalar(`s${k}`)));

describe('products of sums', () => {
  test('are opened, powers too, and what is equal is collected', () => {
    expectSame(multipliedOut(times(plus(a, b), c)), plus(times(a, c), times(b, c)));
    expectSame(multipliedOut(times(plus(a, b), minus(a, b))), minus(power(a, q(2)), power(b, q(2))));
    const cube = multipliedOut(power(plus(a, b), q(3)));
    expectSame(
      cube,
      plus(
        power(a, q(3)),
        scale(q(3), times(power(a, q(2)), b)),
        scale(q(3), times(a, power(b, q(2)))),
        power(b, q(3)),
      ),
    );
    expectSame(
      multipliedOut(times(c, plus(a, times(b, plus(a, c))))),
      plus(times(a, c), times(a, b, c), times(b, c, c)),
    );
  });
  test('under a negative or broken power stay closed', () => {
    for (const t of [power(plus(a, b), q(-1)), power(plus(a, b), Q.half), power(plus(a, b), q(-2))])
      expectSame(multipliedOut(t), t);
    expectSame(
      multipliedOut(times(plus(a, b), power(plus(a, c), q(-1)))),
      plus(times(a, power(plus(a, c), q(-1))), times(b, power(plus(a, c), q(-1)))),
    );
  });
  test('inside functions are the argument of somebody else', () => {
    const t = apply('exp', [times(plus(a, b), c)]);
    expectSame(multipliedOut(t), t);
  });
  test('that would grow too large are left as they are', () => {
    const small = times(many(19), many(20));
    expect(summandsOf(multipliedOut(small)).length).toBeGreaterThan(100);
    const sums = [0, 1, 2].map((k) => plus(...Array.from({ length: 9 }, (_, l) => scalar(`t${k}${l}`))));
    const large = times(...sums);
    expectSame(multipliedOut(large), large);
    const ninth = power(plus(a, b), q(9));
    expectSame(multipliedOut(ninth), ninth);
    expect(multipliedOut(power(plus(a, b), q(8))).node.kind).toBe('sum');
  });
  test('let deltas pick, and open what that uncovers', () => {
    const [i, j] = [index(), index()];
    const t = contract([plus(delta(i.index, j.index, n), at(A, i, j)), plus(at(x, j), c)], [j]);
    expectSame(
      multipliedOut(t),
      plus(at(x, i), c, contract([at(A, i, j), at(x, j)], [j]), times(c, contract([at(A, i, j)], [j]))),
    );
  });
});

test("a square of a contraction inside a sum is one sum over both: sum_i (A*x)[i]^2 meets A'*A", () => {
  const [i, k, l] = [index(), index(), index()];
  const squares = contract([power(contract([at(A, i, k), at(x, k)], [k]), q(2))], [i]);
  expectSame(multipliedOut(squares), contract([at(A, i, k), at(A, i, l), at(x, k), at(x, l)], [i, k, l]));
  const apart = power(contract([at(x, k), at(x, k)], [k]), q(2));
  expectSame(multipliedOut(apart), apart);
  const inverse = contract([power(contract([at(A, i, k), at(x, k)], [k]), q(-2))], [i]);
  expectSame(multipliedOut(inverse), inverse);
});

describe('positive wherever both sides exist', () => {
  const log = (t: Term): Term => apply('log', [t]);
  test('is what a logarithm or a root is taken of, in whatever part of the claim', () => {
    const isPositive = positiveWhereDefined([plus(times(c, log(a)), power(b, Q.half))]);
    expect(isPositive(a)).toBe(true);
    expect(isPositive(b)).toBe(true);
    expect(isPositive(c)).toBe(false);
    expect(positiveWhereDefined([power(b, q(2))])(b)).toBe(false);
    expect(positiveWhereDefined([apply('exp', [log(a)])])(a)).toBe(true);
  });
  test('a product or a sum of such is, with a minus in it is not', () => {
    const isPositive = positiveWhereDefined([plus(log(a), log(b))]);
    expect(isPositive(times(a, b))).toBe(true);
    expect(isPositive(times(power(a, q(2)), power(b, q(-1))))).toBe(true);
    expect(isPositive(plus(a, scale(q(2), b)))).toBe(true);
    expect(isPositive(negate(a))).toBe(false);
    expect(isPositive(minus(a, b))).toBe(false);
    expect(isPositive(plus(a, c))).toBe(false);
    expect(isPositive(times(a, c))).toBe(false);
    expect(isPositive(negate(times(a, b)))).toBe(false);
  });
  test('is nothing that follows of the logarithm of a sum or product for its parts', () => {
    expect(positiveWhereDefined([log(times(a, b))])(a)).toBe(false);
    expect(positiveWhereDefined([log(plus(a, b))])(a)).toBe(false);
    expect(positiveWhereDefined([log(number(q(2)))])(a)).toBe(false);
  });
  test('is said of x[i] for every i, of A[i,i] and x[1] only as they stand', () => {
    const [i, j] = [index(), index()];
    const isPositive = positiveWhereDefined([contract([log(at(x, i))], [i]), contract([log(at(A, i, i))], [i])]);
    expect(isPositive(at(x, j))).toBe(true);
    expect(isPositive(at(A, j, j))).toBe(true);
    expect(isPositive(at(A, i, j))).toBe(false);
    expect(isPositive(at(B, j, j))).toBe(false);
    const first = rename(at(x, i), new Map([[i.index, -1]]));
    const atFirst = positiveWhereDefined([log(first)]);
    expect(atFirst(first)).toBe(true);
    expect(atFirst(at(x, j))).toBe(false);
    expect(atFirst(rename(at(x, i), new Map([[i.index, -2]])))).toBe(false);
  });
});
