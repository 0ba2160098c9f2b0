import { describe, expect, it } from 'vitest';
import { array, column, fromNested, row, scalar, toNested, largestRelativeError } from '../../src/evaluate/array.ts';

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

// ---- how far apart

describe('the largest relative error', () => {
  it('is zero for equal arrays, infinities included', () => {
    expect(largestRelativeError(column([1, -2, Infinity]), column([1, -2, Infinity]))).toBe(0);
  });

  it('is measured by the largest entry', () => {
    expect(largestRelativeError(column([1000, 1]), column([1000, 2]))).toBeCloseTo(1e-3, 12);
  });

  it('does not blow up rounding errors around zero', () => {
    expect(largestRelativeError(scalar(1e-17), scalar(0))).toBeLessThan(1e-13);
  });

  it('is infinite for different shapes, for NaN and for an infinity on one side', () => {
    expect(largestRelativeError(column([1, 2]), row([1, 2]))).toBe(Infinity);
    expect(largestRelativeError(scalar(NaN), scalar(NaN))).toBe(Infinity);
    expect(largestRelativeError(scalar(Infinity), scalar(1))).toBe(Infinity);
  });
});
