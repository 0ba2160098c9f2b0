/** What may be done with powers, and where it would be false. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import {
  apply,
  contract,
  delta,
  divide,
  isOne,
  isZero,
  minus,
  negate,
  number,
  one,
  plus,
  power,
  same,
  scale,
  size,
  times,
} from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import { at, index, m, n, q, symbol } from './given.ts';

const scalar = (name: string): Term => at(symbol(name, []));
const [a, b, c] = ['a', 'b', 'c'].map(scalar) as [Term, Term, Term];
const tau = at(symbol('tau', [], 'positive'));
const [x, y] = [symbol('x', [n]), symbol('y', [n])];

const root = (of: number, exponent = Q.half): Term => power(number(q(of)), exponent);
const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);

describe('numbers', () => {
  test('to an integer power are numbers', () => {
    expectSame(power(number(q(2, 3)), q(-2)), number(q(9, 4)));
    expectSame(power(number(q(-2)), q(3)), number(q(-8)));
    expectSame(power(number(Q.zero), q(2)), number(Q.zero));
    expectSame(power(number(Q.zero), q(0)), one);
  });
  test('zero has no negative power, whole or broken, and a broken positive one is zero', () => {
    expect(() => power(number(Q.zero), q(-1))).toThrow('divides by zero');
    expect(() => power(number(Q.zero), q(-1, 2))).toThrow('divides by zero');
    expect(isZero(power(number(Q.zero), Q.half))).toBe(true);
    expect(isZero(times(a, power(number(Q.zero), Q.half)))).toBe(true);
  });
  test('leave a root as far as they can, upwards and downwards', () => {
    expectSame(root(8), scale(q(2), root(2)));
    expectSame(root(2, q(3, 2)), scale(q(2), root(2)));
    expectSame(root(2, q(-1, 2)), scale(Q.half, root(2)));
    expectSame(root(2, q(-3, 2)), scale(q(1, 4), root(2)));
    expectSame(root(16, q(1, 4)), number(q(2)));
    expectSame(root(24, q(1, 3)), scale(q(2), root(3, q(1, 3))));
  });
  test('under one root are one number; roots of different order stay apart', () => {
    expectSame(times(root(2), root(8)), number(q(4)));
    expectSame(times(root(2), root(3), root(6)), number(q(6)));
    expectSame(times(root(2), root(2, q(1, 3))), root(2, q(5, 6)));
    expect(same(times(root(2), root(3, q(1, 3))), root(6, q(5, 6)))).toBe(false);
    expectSame(power(number(q(2, 3)), Q.half), scale(q(1, 3), root(6)));
    expectSame(divide(one, root(2)), scale(Q.half, root(2)));
  });
  test('that are negative stay under a root, and square to themselves', () => {
    const imaginary = root(-3);
    expect(imaginary.node.kind).toBe('product');
    expectSame(times(imaginary, imaginary), number(q(-3)));
    expect(same(imaginary, root(3))).toBe(false);
  });
  test('a sign stays under a root with what has none: -|a| has a root where a is 0', () => {
    const below = negate(apply('abs', [a]));
    const rooted = power(below, q(1, 3));
    expectSame(power(scale(q(8), below), q(1, 3)), scale(q(2), rooted));
    expectSame(times(rooted, rooted, rooted), below);
    expect(same(rooted, times(root(-1, q(1, 3)), power(apply('abs', [a]), q(1, 3))))).toBe(false);
    expectSame(power(negate(times(tau, b)), Q.half), times(power(tau, Q.half), power(negate(b), Q.half)));
  });
  test('that a sum has in common leave it before a root', () => {
    expectSame(power(scale(q(4), plus(a, b)), Q.half), scale(q(2), power(plus(a, b), Q.half)));
    expectSame(power(plus(scale(q(2), a), scale(q(4), b)), q(2)), scale(q(4), power(plus(a, scale(q(2), b)), q(2))));
  });
});

describe('equal bases', () => {
  test('add their exponents, and are gone at 0', () => {
    expectSame(times(power(a, q(2)), power(a, q(-3))), power(a, q(-1)));
    expectSame(times(power(a, q(2)), b, power(a, q(-2))), b);
    expectSame(times(power(plus(a, b), q(2)), power(plus(b, a), q(-2))), one);
  });
  test('that differ in sign only are one', () => {
    expectSame(divide(minus(a, b), minus(b, a)), number(q(-1)));
    expectSame(times(power(minus(a, b), q(2)), power(minus(b, a), q(-2))), one);
  });
  test('under a root keep the sign that was under it', () => {
    expect(same(power(minus(a, b), Q.half), power(minus(b, a), Q.half))).toBe(false);
    expectSame(times(power(minus(a, b), Q.half), power(minus(a, b), Q.half)), minus(a, b));
  });
  test('|x| to an even power is x to that power, to an odd or broken one it is not', () => {
    const size = apply('abs', [a]);
    expectSame(times(size, size), power(a, q(2)));
    expectSame(power(size, q(4)), power(a, q(4)));
    expectSame(power(size, q(-2)), power(a, q(-2)));
    expectSame(times(size, power(a, q(3)), size), power(a, q(5)));
    expect(same(power(size, q(3)), power(a, q(3)))).toBe(false);
    expect(same(power(size, q(2, 3)), power(a, q(2, 3)))).toBe(false);
    expect(same(size, a)).toBe(false);
  });
  test('of a function other than abs are left alone', () => {
    const sine = apply('sin', [a]);
    expect(same(times(sine, sine), power(a, q(2)))).toBe(false);
  });
});

describe('a root of a product', () => {
  test('lets out what cannot be negative, and keeps the rest together', () => {
    expectSame(power(times(tau, a), Q.half), times(power(tau, Q.half), power(a, Q.half)));
    const both = power(times(tau, a, b), Q.half);
    expectSame(both, times(power(tau, Q.half), power(times(a, b), Q.half)));
    expect(same(both, times(power(tau, Q.half), power(a, Q.half), power(b, Q.half)))).toBe(false);
  });
  test('takes the absolute value of an even power, and only of that', () => {
    expectSame(power(times(power(a, q(2)), b), Q.half), times(apply('abs', [a]), power(b, Q.half)));
    expectSame(power(power(a, q(6)), Q.half), power(apply('abs', [a]), q(3)));
    const odd = power(power(a, q(3)), Q.half);
    expect(same(odd, power(apply('abs', [a]), q(3, 2)))).toBe(false);
    expect(same(odd, power(a, q(3, 2)))).toBe(false);
  });
  test('keeps a minus with what it holds together: sqrt(-a*b) is not sqrt(a*b)', () => {
    const under = power(negate(times(a, b)), Q.half);
    expect(same(under, power(times(a, b), Q.half))).toBe(false);
    expectSame(times(under, under), negate(times(a, b)));
    expectSame(power(scale(q(-4), a), Q.half), scale(q(2), power(negate(a), Q.half)));
    expect(same(power(negate(tau), Q.half), power(tau, Q.half))).toBe(false);
  });
  test('of a contraction is a root of the whole sum, as is its square', () => {
    const i = index();
    const dot = contract([at(x, i), at(y, i)], [i]);
    expectSame(power(power(dot, Q.half), q(2)), dot);
    expect(same(power(dot, q(2)), contract([power(at(x, i), q(2)), power(at(y, i), q(2))], [i]))).toBe(false);
  });
});

describe('selectors', () => {
  test('are their own powers, and have none below 0 but where there is one place only', () => {
    const [i, j] = [index(), index()];
    const d = delta(i.index, j.index, n);
    expectSame(times(d, d), d);
    expectSame(power(d, q(3)), d);
    expectSame(power(d, Q.half), d);
    expect(() => power(d, q(-1))).toThrow('divides by zero');
    expect(() => power(d, q(-1, 2))).toThrow('divides by zero');
    expect(() => divide(one, times(a, d))).toThrow('divides by zero');
  });
});

describe('contractions', () => {
  test('are split: what one factor alone is summed over is summed in it', () => {
    const [i, j] = [index(), index(m)];
    const [u, A] = [symbol('u', [m]), symbol('A', [n, m])];
    expectSame(contract([at(x, i), at(u, j)], [i, j]), times(contract([at(x, i)], [i]), contract([at(u, j)], [j])));
    const whole = contract([at(x, i), at(A, i, j), at(u, j)], [i, j]);
    expectSame(whole, contract([at(u, j), contract([at(x, i), at(A, i, j)], [i])], [j]));
    expect(same(whole, times(contract([at(x, i)], [i]), contract([at(A, i, j), at(u, j)], [i, j])))).toBe(false);
  });
  test('let a summand go that does not vary: the sum of x[i] - c is sum(x) - n*c', () => {
    const i = index();
    expectSame(contract([minus(at(x, i), c)], [i]), minus(contract([at(x, i)], [i]), times(size(n), c)));
    const both = contract([plus(at(x, i), at(y, i))], [i]);
    expect(both.node.kind).toBe('product');
  });
  test("of equal halves collect: (x'*y)*(y'*x) is (x'*y)^2", () => {
    const [i, j] = [index(), index()];
    const [left, right] = [contract([at(x, i), at(y, i)], [i]), contract([at(y, j), at(x, j)], [j])];
    expectSame(times(left, right), power(left, q(2)));
    expect(isOne(divide(left, right))).toBe(true);
    expectSame(contract([at(x, i), at(y, i), at(x, j), at(y, j)], [i, j]), power(left, q(2)));
  });
  test('with zero are zero', () => {
    const i = index();
    expect(isZero(contract([at(x, i), number(Q.zero)], [i]))).toBe(true);
  });
});
