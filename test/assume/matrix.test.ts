/** Terms read as matrices: which indices a node lies along, how a product and a contraction come apart. */
import { describe, expect, test } from 'vitest';
import {
  alongDiagonal,
  congruence,
  cut,
  entrywise,
  extentOf,
  isAcross,
  isConstantIn,
  isUnchangedByTransposing,
  type Matrix,
  opened,
  renamed,
  squared,
  touched,
  transposed,
} from '../../src/assume/matrix.ts';
import { apply, contract, delta, one, plus, same, symbolTerm, times } from '../../src/terms/construct.ts';
import type { Bound, Term } from '../../src/terms/node.ts';
import { at, index, m, n, symbol } from '../terms/given.ts';

const [x, u, w, z] = ['x', 'u', 'w', 'z'].map((name) => symbol(name, [n])) as [S, S, S, S];
type S = ReturnType<typeof symbol>;
const [A, B, C] = ['A', 'B', 'C'].map((name) => symbol(name, [n, n])) as [S, S, S];
const U = symbol('U', [m, m]);
const T = symbol('T', [n, n, n]);
const [i, j, k, l, a, b] = Array.from({ length: 6 }, () => index()) as [Bound, Bound, Bound, Bound, Bound, Bound];
const sides = (rows: readonly Bound[], columns: readonly Bound[]): Omit<Matrix, 'term'> => ({ rows, columns });
const over = (term: Term, rows: readonly Bound[] = [i], columns: readonly Bound[] = [j]): Matrix => ({
  term,
  rows,
  columns,
});
/** Speaks of all its indices at once, and is no product. */
const bump = (...parts: readonly Term[]): Term => apply('tanh', [parts.reduce((s, t) => plus(s, t))]);

describe('across: one row index and one column index, in either order', () => {
  const matrix = over(at(A, i, j));
  const indices = (...bounds: readonly Bound[]): readonly number[] => bounds.map((bound) => bound.index);
  test.each([
    [indices(i, j), matrix, true],
    [indices(j, i), matrix, true],
    [indices(i, i), matrix, false],
    [indices(j, j), matrix, false],
    [indices(i, k), matrix, false],
    [indices(k, j), matrix, false],
    [indices(i), matrix, false],
    [indices(i, j, k), matrix, false],
    [indices(i, j), { ...matrix, rows: [i, k] }, false],
    [indices(i, j), { ...matrix, columns: [j, k] }, false],
    [indices(i, j), { ...matrix, rows: [] }, false],
    [indices(i, j), { ...matrix, columns: [] }, false],
  ])('%#', (indices, m, expected) => expect(isAcross(indices, m)).toBe(expected));
});

describe('what a term speaks of', () => {
  test('constant in rows and columns', () => {
    expect(isConstantIn(over(at(x, k)))).toBe(true);
    expect(isConstantIn(over(at(x, i)))).toBe(false);
    expect(isConstantIn(over(at(x, j)))).toBe(false);
  });
  test('touched', () => {
    expect(touched(at(A, i, k), [j, k, i])).toEqual([k, i]);
  });
  test('extent', () => {
    expect(extentOf([i, index(m)]).key).toBe('m*n');
    expect(extentOf([]).key).toBe('1');
  });
  test('a definition at the indices of its name, unless the name itself varies', () => {
    const definition = { node: at(x, i).node, at: [0] };
    const name = { ...symbol('c', [n]), definition };
    expect(same(opened(symbolTerm(name, [k.index]))!, at(x, k))).toBe(true);
    expect(opened(symbolTerm({ ...name, entriesVary: true }, [k.index]))).toBeUndefined();
    expect(opened(at(x, k))).toBeUndefined();
    expect(opened(delta(i.index, j.index, n))).toBeUndefined();
  });
  test('transposed', () => {
    expect(same(transposed(over(at(A, i, j))), at(A, j, i))).toBe(true);
    expect(isUnchangedByTransposing(over(times(at(x, i), at(x, j))))).toBe(true);
    expect(isUnchangedByTransposing(over(times(at(x, i), at(u, j))))).toBe(false);
    // A column of ones beside x would be as long as x.
    expect(isUnchangedByTransposing(over(one, [i], [index(m)]))).toBe(false);
    expect(isUnchangedByTransposing(over(one, [i, k], [j]))).toBe(false);
  });
  test('its square', () => {
    expect(same(squared(over(at(A, i, j)), [k]), contract([at(A, i, k), at(A, k, j)], [k]))).toBe(true);
  });
});

describe('a product without sums', () => {
  test('by the indices that its factors speak of', () => {
    const found = entrywise(over(times(at(A, i, j), at(B, j, i), at(x, i), at(u, j), at(w, k))));
    expect(same(found.scalar, at(w, k))).toBe(true);
    expect(same(found.left, at(x, i))).toBe(true);
    expect(same(found.right, at(u, j))).toBe(true);
    expect(new Set(found.links.map(([t]) => t.node))).toEqual(new Set([A, B].map((s) => at(s, i, j).node)));
  });
  test('along the diagonal of one pair', () => {
    const found = alongDiagonal(over(times(delta(k.index, l.index, n), at(A, i, j), at(x, k)), [i, k], [j, l]));
    expect(found && same(found.term, times(at(A, i, j), at(x, k)))).toBe(true);
    expect(found).toMatchObject(sides([i], [j]));
  });
  test.each([
    ['no delta', times(at(A, i, j), at(x, i)), [i], [j]],
    ['of a row and another position', times(delta(i.index, k.index, n), at(x, j)), [i], [j]],
    ['of a column and another position', times(delta(j.index, k.index, n), at(x, i)), [i], [j]],
    ['of a row and a column that is not opposite', delta(i.index, j.index, n), [i, k], [l, j]],
    ['of a row without a column opposite', delta(i.index, j.index, n), [k, i], [j]],
  ])('not along a diagonal: %s', (_, term, rows, columns) => {
    expect(alongDiagonal(over(term, rows, columns))).toBeUndefined();
  });
});

describe('a contraction cut behind its rows', () => {
  test('A*B', () => {
    const found = cut(over(contract([at(A, i, k), at(B, k, j)], [k])))!;
    expect(found.outer.term.node).toBe(at(A, i, k).node);
    expect(found.inner.term.node).toBe(at(B, k, j).node);
    expect(found.outer.columns).toEqual(found.inner.rows);
  });
  test('all of the rows go first, over all that they speak of', () => {
    const found = cut(over(contract([at(A, i, k), at(B, i, l), at(C, k, l), at(U, l, j)], [k, l])))!;
    expect(found.outer.columns).toHaveLength(2);
    expect(found.inner.term.node.kind).toBe('product');
  });
  test.each([
    ['without rows', contract([at(A, k, l), at(B, l, j)], [k, l])],
    ['where a factor speaks of rows and columns', contract([bump(at(x, i), at(u, j), at(w, k)), at(z, k)], [k])],
    ['where nothing is summed', times(at(x, i), at(u, j))],
  ])('none %s', (_, term) => expect(cut(over(term))).toBeUndefined());
});

describe('a congruence', () => {
  const mirrored = (s: Term, r: Term): Term => contract([at(T, i, k, l), s, r, at(T, j, a, b)], [k, l, a, b]);
  /** B*C*B' from what was found. */
  const multipliedBack = (whole: Matrix): Term => {
    const { outer, inner } = congruence(whole)!;
    const mirror = renamed(outer.term, [...outer.rows, ...inner.rows], [...whole.columns, ...inner.columns]);
    return contract([outer.term, inner.term, mirror], [...outer.columns, ...inner.columns]);
  };
  test("B*C*B'", () => {
    const found = congruence(over(contract([at(A, i, k), at(B, k, l), at(A, j, l)], [k, l])))!;
    expect(found.inner.term.node).toBe(at(B, k, l).node);
    expect(found.outer.columns).toEqual(found.inner.rows);
    expect(found.inner.rows).not.toEqual(found.inner.columns);
    const { term } = over(contract([at(A, i, k), at(B, k, l), at(A, j, l)], [k, l]));
    expect(same(multipliedBack(over(term)), term)).toBe(true);
  });
  test('what the two outer factors share is summed in the middle', () => {
    const found = congruence(over(contract([at(A, i, k), at(x, k), at(A, j, k)], [k])))!;
    expect(found).toMatchObject({ inner: sides([], []) });
    expect(found.inner.term.node).toBe(at(x, k).node);
    expect(found.outer.columns).toHaveLength(1);
  });
  // The canonical order of indices fits one of the two, the other is found in another order.
  test.each([
    ['S, R', mirrored(at(A, k, a), at(B, l, b))],
    ['R, S', mirrored(at(B, k, a), at(A, l, b))],
    ['crosswise', mirrored(at(A, k, b), at(B, l, a))],
  ])('over two indices: %s', (_, term) => {
    expect(same(multipliedBack(over(term)), term)).toBe(true);
  });
  test('over two sizes the indices go together by what they number', () => {
    const W = symbol('W', [n, n, m]);
    const [p, q] = [index(m), index(m)];
    const found = congruence(over(contract([at(W, i, k, p), at(A, k, a), at(U, p, q), at(W, j, a, q)], [p, k, q, a])))!;
    expect(found.inner.rows.map(({ dim }) => dim)).toEqual(found.inner.columns.map(({ dim }) => dim));
  });
  test.each([
    ['with other factors at the columns', contract([at(A, i, k), at(C, k, l), at(B, j, l)], [k, l])],
    ['with more at the columns', contract([at(A, i, k), at(C, k, l), at(A, j, l), at(B, j, l)], [k, l])],
    ['with more to sum over at the rows', contract([at(A, i, k), at(A, i, l), at(C, k, l), at(B, j, l)], [k, l])],
    ['with rows only', contract([at(A, i, k), at(x, k)], [k])],
    ['with columns only', contract([at(A, j, k), at(x, k)], [k])],
    ['where a factor speaks of both', contract([bump(at(x, i), at(x, j), at(w, k)), at(z, k)], [k])],
    ['with neither', contract([at(x, k), at(u, k)], [k])],
  ])('none %s', (_, term) => expect(congruence(over(term))).toBeUndefined());
});
