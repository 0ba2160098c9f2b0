/** Deltas, blocks and pairings: what they pick, what they leave, and when two of them speak of different places. */
import { describe, expect, test } from 'vitest';
import { dimSum, fixed, named } from '../../src/shape/dim.ts';
import {
  block,
  contract,
  delta,
  isOne,
  isZero,
  minus,
  pairing,
  plus,
  power,
  rename,
  same,
  scale,
  size,
  times,
} from '../../src/terms/construct.ts';
import { dimProduct } from '../../src/shape/dim.ts';
import type { Term } from '../../src/terms/node.ts';
import { at, index, m, n, q, symbol } from './given.ts';

const [x, y, A] = [symbol('x', [n]), symbol('y', [n]), symbol('A', [n, n])];
const c = at(symbol('c', []));
const d = (i: { readonly index: number }, j: { readonly index: number }): Term => delta(i.index, j.index, n);
const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);

describe('a delta', () => {
  test('between free indices stays, and everything beside it speaks of one of them', () => {
    const [i, j] = [index(), index()];
    expectSame(times(d(i, j), at(x, i)), times(d(i, j), at(x, j)));
    expectSame(times(d(i, j), at(A, i, j)), times(d(i, j), at(A, j, i)));
    expect(same(times(d(i, j), at(x, i)), at(x, i))).toBe(false);
  });
  test('at a position makes everything beside it speak of the position', () => {
    const i = index();
    const first = delta(i.index, -1, n);
    expectSame(times(first, at(x, i)), times(first, rename(at(x, i), new Map([[i.index, -1]]))));
    expect(isZero(times(first, delta(i.index, -2, n)))).toBe(true);
    expectSame(times(first, first), first);
  });
  test('in a chain is followed: delta(i,j)*delta(j,k)*x[k] summed over j and k is x[i]', () => {
    const [i, j, k] = [index(), index(), index()];
    expectSame(contract([d(i, j), d(j, k), at(x, k)], [j, k]), at(x, i));
    expectSame(contract([d(i, j), d(j, k)], [j]), d(i, k));
    expect(isZero(contract([delta(i.index, -1, n), delta(i.index, -2, n)], [i]))).toBe(true);
  });
  test('summed over one index leaves nothing, over none it stays', () => {
    const [i, j] = [index(), index()];
    expect(isOne(contract([d(i, j)], [j]))).toBe(true);
    expectSame(contract([d(i, j), at(y, i)], [j]), at(y, i));
    expectSame(contract([d(i, j), d(i, j)], [i, j]), size(n));
  });
  test('within a sum is spread where it picks a summed index, also from inside a product, and nowhere else', () => {
    const [i, j] = [index(), index()];
    const sum = plus(scale(q(3), d(i, j)), times(c, at(A, i, j)));
    expectSame(
      contract([sum, at(x, j)], [j]),
      plus(scale(q(3), at(x, i)), times(c, contract([at(A, i, j), at(x, j)], [j]))),
    );
    const nested = plus(times(d(i, j), at(y, i)), at(A, i, j));
    expectSame(
      contract([nested, at(x, j)], [j]),
      plus(times(at(x, i), at(y, i)), contract([at(A, i, j), at(x, j)], [j])),
    );
    const kept = times(sum, at(x, j));
    expect(kept.node.kind).toBe('product');
    const squared = contract([power(sum, q(2)), at(x, j)], [j]);
    expect(squared.node.kind).toBe('product');
    const plain = contract([plus(at(A, i, j), at(A, j, i)), at(x, j)], [j]);
    expect(plain.node.kind).toBe('product');
  });
});

describe('blocks', () => {
  // At least five places: n is 1 or more.
  const [whole, first, second] = [dimSum(named('n'), fixed(4)), fixed(2), fixed(3)];
  const [w, i, j] = [index(whole), index(first), index(second)];
  const upper = block(w.index, [{ index: i.index, dim: first, coefficient: 1 }], fixed(0), whole);
  const lower = block(w.index, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole);
  const u = symbol('u', [first]);
  const v = symbol('v', [second]);
  test('at a position are a position of the part, or nothing', () => {
    expectSame(block(-1, [{ index: i.index, dim: first, coefficient: 1 }], fixed(0), whole), delta(i.index, -1, first));
    expectSame(block(-2, [{ index: i.index, dim: first, coefficient: 1 }], fixed(0), whole), delta(i.index, -2, first));
    expect(isZero(block(-3, [{ index: i.index, dim: first, coefficient: 1 }], fixed(0), whole))).toBe(true);
    expect(isZero(block(-2, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole))).toBe(true);
    expectSame(
      block(-3, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole),
      delta(j.index, -1, second),
    );
    expectSame(
      block(-5, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole),
      delta(j.index, -3, second),
    );
    expect(isZero(block(-6, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole))).toBe(true);
  });
  test('at a position stay where it cannot be known whether it is theirs', () => {
    const k = index();
    expectSame(block(-1, [{ index: k.index, dim: n, coefficient: 1 }], fixed(0), whole), delta(k.index, -1, n));
    expect(block(-2, [{ index: k.index, dim: n, coefficient: 1 }], fixed(0), whole).node.kind).toBe('block');
  });
  test('that lie apart have no place in common, the same one twice has all', () => {
    const other = index(first);
    const twice = block(w.index, [{ index: other.index, dim: first, coefficient: 1 }], fixed(0), whole);
    expect(isZero(contract([upper, lower], [w]))).toBe(true);
    expectSame(contract([upper, twice], [w]), delta(i.index, other.index, first));
    expectSame(contract([upper, twice, at(u, i)], [w, i]), at(u, other));
  });
  test('that overlap, or may, are kept', () => {
    const [k, l] = [index(fixed(2)), index(n)];
    const shifted = block(w.index, [{ index: k.index, dim: fixed(2), coefficient: 1 }], fixed(1), whole);
    const unknown = block(w.index, [{ index: l.index, dim: n, coefficient: 1 }], n, whole);
    for (const other of [shifted, unknown]) expect(isZero(contract([upper, other], [w]))).toBe(false);
  });
  test('of two wholes have nothing to do with each other', () => {
    const v_ = index(whole);
    const below = block(v_.index, [{ index: j.index, dim: second, coefficient: 1 }], fixed(2), whole);
    const M = symbol('M', [whole, whole]);
    const between = contract([upper, below, at(M, w, v_)], [w, v_]);
    expect(isZero(between)).toBe(false);
    expect(between.node.kind).toBe('product');
  });
  test('and positions are apart, or not, by where they begin and end', () => {
    const [p, r] = [at(symbol('p', [])), index(fixed(2))];
    const v2 = symbol('v2', [fixed(2)]);
    const rest = (offset: number): Term =>
      contract(
        [block(w.index, [{ index: r.index, dim: fixed(2), coefficient: 1 }], fixed(offset), whole), at(v2, r)],
        [r],
      );
    const single = (position: number): Term => times(p, delta(w.index, -position, whole));
    for (const [position, offset, apart] of [
      [1, 1, true],
      [3, 0, true],
      [1, 0, false],
      [2, 1, false],
      [3, 1, false],
      [4, 1, true],
    ] as const)
      expect(power(plus(single(position), rest(offset)), q(2)).node.kind, `${position} beside ${offset}`).toBe(
        apart ? 'sum' : 'product',
      );
  });
  test('are 1 when summed over the whole', () => {
    expect(isOne(contract([upper], [w]))).toBe(true);
    expectSame(contract([upper, at(u, i)], [w, i]), contract([at(u, i)], [i]));
  });
  test('have powers place by place, where every place is of one summand', () => {
    const stacked = plus(contract([upper, at(u, i)], [i]), contract([lower, at(v, j)], [j]));
    expectSame(
      power(stacked, q(2)),
      plus(contract([upper, power(at(u, i), q(2))], [i]), contract([lower, power(at(v, j), q(2))], [j])),
    );
    const overlapping = plus(
      contract([upper, at(u, i)], [i]),
      block(w.index, [{ index: -1, dim: first, coefficient: 1 }], fixed(1), whole),
    );
    expect(power(overlapping, q(2)).node.kind).toBe('product');
    const [a, b] = [at(symbol('a', [])), at(symbol('b', []))];
    const k = index();
    const two = plus(times(a, delta(k.index, -1, n)), times(b, delta(k.index, -2, n)));
    expectSame(
      power(two, q(2)),
      plus(times(power(a, q(2)), delta(k.index, -1, n)), times(power(b, q(2)), delta(k.index, -2, n))),
    );
    const shared = plus(times(a, delta(k.index, -1, n)), times(at(x, k), delta(k.index, -2, n)));
    expect(same(power(shared, q(2)), shared)).toBe(false);
  });
});

describe('pairings', () => {
  const [i, k, j, l] = [index(n), index(m), index(n), index(m)];
  const w = index(dimProduct(n, m));
  const left = pairing(w.index, i.index, k.index, n, m);
  const right = pairing(w.index, j.index, l.index, n, m);
  test('summed over the whole say that their parts agree, summed over the parts that the wholes do', () => {
    expectSame(contract([left, right], [w]), times(delta(i.index, j.index, n), delta(k.index, l.index, m)));
    const v = index(dimProduct(n, m));
    const other = pairing(v.index, i.index, k.index, n, m);
    expectSame(contract([left, other], [i, k]), delta(w.index, v.index, dimProduct(n, m)));
    const half = contract([left, other, at(x, i)], [i, k]);
    expect(half.node.kind).toBe('product');
    expect(same(half, times(delta(w.index, v.index, dimProduct(n, m)), contract([at(x, i)], [i])))).toBe(false);
  });
  test('of other sizes are left alone', () => {
    const square = pairing(w.index, l.index, j.index, m, n);
    const together = contract([left, square], [w]);
    expect(together.node.kind).toBe('product');
  });
});

test('a sum that is zero where a delta picks is zero', () => {
  const [i, j] = [index(), index()];
  expect(isZero(contract([minus(at(A, i, j), at(A, j, i)), d(i, j)], [i, j]))).toBe(true);
  expect(isZero(minus(times(d(i, j), at(A, i, j)), times(d(i, j), at(A, j, i))))).toBe(true);
});
