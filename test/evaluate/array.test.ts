import { describe, expect, it } from 'vitest';
import { array, column, fromNested, row, scalar, toNested } from '../../src/evaluate/array.ts';

describe('arrays', () => {
  it('read numbers, flat lists as columns, matrices and tensors', () => {
    expect(fromNested(3)).toEqual(scalar(3));
    expect(fromNested([1, 2])).toEqual(column([1, 2]));
    expect(fromNested([[1, 2]])).toEqual(row([1, 2]));
    expect(fromNested([[1], [2]])).toEqual(column([1, 2]));
    expect(fromNested([[[1, 2]], [[3, 4]]])).toEqual(array([2, 1, 2], [1, 2, 3, 4]));
  });

  it('read a flat list as a row where a row is declared', () => {
    expect(fromNested([1, 2], [1, 2])).toEqual(row([1, 2]));
  });

  it('write what they read, vectors flat', () => {
    const matrix = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(toNested(fromNested(matrix))).toEqual(matrix);
    expect(toNested(fromNested([[[1, 2]], [[3, 4]]]))).toEqual([[[1, 2]], [[3, 4]]]);
    expect(toNested(column([1, 2]))).toEqual([1, 2]);
    expect(toNested(row([1, 2]))).toEqual([1, 2]);
    expect(toNested(scalar(4))).toBe(4);
  });

  it('know 1 x 1 as a scalar and one axis as a column', () => {
    expect(array([1, 1], [7])).toEqual(scalar(7));
    expect(array([2], [7, 8])).toEqual(column([7, 8]));
  });

  it('refuse ragged lists and the wrong number of values', () => {
    expect(() => fromNested([[1, 2], [3]])).toThrow('same length');
    expect(() => fromNested([[1, 2], 3])).toThrow('same length');
    expect(() => fromNested([1, 2, 3], [2, 1])).toThrow('3 numbers are given where 2 x 1 are needed');
  });
});
