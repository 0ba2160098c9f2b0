import { describe, expect, it } from 'vitest';
import { column, row, scalar, largestRelativeError } from '../../src/evaluate/array.ts';

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
