/** Functions of terms: what is notation about them, and the symmetries of what they are applied to. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import {
  apply,
  contract,
  delta,
  isZero,
  minus,
  negate,
  number,
  operation,
  plus,
  power,
  rename,
  same,
  scale,
  times,
} from '../../src/terms/construct.ts';
import type { Bound, Term, Operation } from '../../src/terms/node.ts';
import { at, index, n, q, symbol } from './given.ts';

const scalar = (name: string): Term => at(symbol(name, []));
const [a, b] = ['a', 'b'].map(scalar) as [Term, Term];
const [x, A, B] = [symbol('x', [n]), symbol('A', [n, n]), symbol('B', [n, n])];
const S = symbol('S', [n, n], 'symmetric');
const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);
const swapped = (t: Term, i: Bound, j: Bound): Term =>
  rename(
    t,
    new Map([
      [i.index, j.index],
      [j.index, i.index],
    ]),
  );

describe('exp', () => {
  test('keeps factors outside as powers, so that exponentials multiply and cancel', () => {
    expectSame(apply('exp', [scale(q(-1, 2), a)]), power(apply('exp', [a]), q(-1, 2)));
    expectSame(
      apply('exp', [minus(scale(q(2), a), scale(q(4), b))]),
      power(apply('exp', [minus(a, scale(q(2), b))]), q(2)),
    );
    expectSame(times(apply('exp', [minus(a, b)]), apply('exp', [minus(b, a)])), number(Q.one));
    expect(same(apply('exp', [a]), apply('exp', [negate(a)]))).toBe(false);
  });
  test('of a sum stays whole: taking it apart is a rule', () => {
    expect(same(apply('exp', [plus(a, b)]), times(apply('exp', [a]), apply('exp', [b])))).toBe(false);
  });
});

describe('abs', () => {
  test('takes factors out by their size', () => {
    expectSame(apply('abs', [scale(q(-3), a)]), scale(q(3), apply('abs', [a])));
    expectSame(apply('abs', [minus(a, b)]), apply('abs', [minus(b, a)]));
    expectSame(
      apply('abs', [minus(scale(q(2), a), scale(q(4), b))]),
      scale(q(2), apply('abs', [minus(a, scale(q(2), b))])),
    );
  });
  test('is left out where the sign is known, and turned where it is negative', () => {
    const [up, down] = [at(symbol('p', [], 'positive')), at(symbol('g', [], 'negative'))];
    const weak = at(symbol('w', [], 'nonnegative'));
    expectSame(apply('abs', [up]), up);
    expectSame(apply('abs', [weak]), weak);
    expectSame(apply('abs', [down]), negate(down));
    expectSame(apply('abs', [power(a, q(2))]), power(a, q(2)));
    expect(same(apply('abs', [at(symbol('z', [], 'nonzero'))]), at(symbol('z', [], 'nonzero')))).toBe(false);
  });
});

test('a power with a number for an exponent is that power, with a name it is not', () => {
  expectSame(apply('power', [a, number(q(3))]), power(a, q(3)));
  expect(apply('power', [a, b]).node.kind).toBe('apply');
});
test('the order of arguments counts', () => {
  expect(same(apply('greater', [a, b]), apply('greater', [b, a]))).toBe(false);
  const [i, j] = [index(), index()];
  expect(same(apply('greater', [at(x, i), at(x, j)]), apply('greater', [at(x, j), at(x, i)]))).toBe(false);
});

describe('functions of matrices', () => {
  const inverse = (body: (i: Bound, j: Bound) => Term, out: Bound, other: Bound, op: Operation = 'inv'): Term => {
    const [i, j] = [index(), index()];
    return operation(op, body(i, j), [i, j], [out.index, other.index], [n, n]);
  };
  const scalarOf = (op: Operation, body: (i: Bound, j: Bound) => Term): Term => {
    const [i, j] = [index(), index()];
    return operation(op, body(i, j), [i, j], [], []);
  };
  const [k, l] = [index(), index()];
  test("the inverse of a transpose is the transpose of the inverse: inv(A')[k,l] is inv(A)[l,k]", () => {
    const straight = inverse((i, j) => at(A, i, j), k, l);
    const turned = inverse((i, j) => at(A, j, i), k, l);
    expectSame(turned, swapped(straight, k, l));
    expect(same(turned, straight)).toBe(false);
    const sum = (i: Bound, j: Bound): Term => plus(at(A, i, j), at(B, j, i));
    expectSame(
      inverse((i, j) => sum(j, i), k, l),
      swapped(inverse(sum, k, l), k, l),
    );
  });
  test('the inverse of what is symmetric is symmetric, of what is not is not', () => {
    for (const body of [
      (i: Bound, j: Bound) => at(S, i, j),
      (i: Bound, j: Bound) => plus(at(A, i, j), at(A, j, i)),
      (i: Bound, j: Bound) => plus(at(S, i, j), delta(i.index, j.index, n)),
      (i: Bound, j: Bound): Term => {
        const h = index();
        return contract([at(A, h, i), at(A, h, j)], [h]);
      },
    ]) {
      const made = inverse(body, k, l);
      expectSame(swapped(made, k, l), made);
    }
    const product = inverse(
      (i, j) => {
        const h = index();
        return contract([at(A, i, h), at(B, h, j)], [h]);
      },
      k,
      l,
    );
    expect(same(swapped(product, k, l), product)).toBe(false);
    const skew = inverse((i, j) => minus(at(A, i, j), at(A, j, i)), k, l);
    expect(same(swapped(skew, k, l), skew)).toBe(false);
  });
  test("det(A') is det(A), logdet(A') is logdet(A); another function of A' is another", () => {
    for (const op of ['det', 'logdet'] as const)
      expectSame(
        scalarOf(op, (i, j) => at(A, i, j)),
        scalarOf(op, (i, j) => at(A, j, i)),
      );
    const other = (body: (i: Bound, j: Bound) => Term): Term => inverse(body, k, l, ':f:matrix>matrix');
    expect(
      same(
        other((i, j) => at(A, i, j)),
        swapped(
          other((i, j) => at(A, j, i)),
          k,
          l,
        ),
      ),
    ).toBe(false);
  });
  test('keep their parameters: the inverse of A*x[m] for each m', () => {
    const m = index();
    const made = inverse((i, j) => times(at(A, i, j), at(x, m)), k, l);
    expect(new Set(made.at)).toEqual(new Set([k.index, l.index, m.index]));
    const moved = rename(made, new Map([[m.index, k.index]]));
    expect(moved.at.filter((i) => i === k.index)).toHaveLength(2);
  });
});

describe('symmetries', () => {
  const [i, j, k] = [index(), index(), index()];
  test('of a sum that turns its sign: A[i,j] - A[j,i], and nothing that only looks like it', () => {
    const skew = minus(at(A, i, j), at(A, j, i));
    expectSame(swapped(skew, i, j), negate(skew));
    const other = minus(at(A, i, j), at(B, j, i));
    expect(same(swapped(other, i, j), negate(other))).toBe(false);
    const uneven = minus(at(A, i, j), scale(q(2), at(A, j, i)));
    expect(same(swapped(uneven, i, j), negate(uneven))).toBe(false);
    expectSame(power(swapped(skew, i, j), q(2)), power(skew, q(2)));
    expectSame(power(swapped(skew, i, j), q(3)), negate(power(skew, q(3))));
    expect(isZero(plus(power(skew, q(3)), power(swapped(skew, i, j), q(3))))).toBe(true);
  });
  test('of a skew sum in three indices', () => {
    const cyclic = plus(
      minus(at(A, i, j), at(A, j, i)),
      minus(at(A, j, k), at(A, k, j)),
      minus(at(A, k, i), at(A, i, k)),
    );
    expectSame(swapped(cyclic, i, j), negate(cyclic));
    expectSame(swapped(cyclic, j, k), negate(cyclic));
    expectSame(power(swapped(cyclic, i, k), q(3)), negate(power(cyclic, q(3))));
  });
  test('of a product of equal factors, and of a contraction', () => {
    expectSame(swapped(times(at(x, i), at(x, j)), i, j), times(at(x, i), at(x, j)));
    const gram = contract([at(A, k, i), at(A, k, j)], [k]);
    expectSame(swapped(gram, i, j), gram);
    const square = contract([at(A, i, k), at(A, k, j)], [k]);
    expect(same(swapped(square, i, j), square)).toBe(false);
  });
  test('beside deltas: their indices mean the same', () => {
    const t = times(at(x, i), delta(i.index, j.index, n), delta(j.index, k.index, n));
    expectSame(t, times(at(x, k), delta(i.index, k.index, n), delta(i.index, j.index, n)));
    expectSame(swapped(t, i, k), t);
    const fixed = times(at(A, i, j), delta(k.index, -1, n));
    expect(same(swapped(fixed, i, j), fixed)).toBe(false);
  });
});
