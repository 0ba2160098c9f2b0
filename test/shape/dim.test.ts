/** Sizes are polynomials, and their keys say which. */
import { describe, expect, test } from 'vitest';
import {
  type Dim,
  dimDifference,
  dimProduct,
  dimSum,
  fixed,
  fromKey,
  mapSizeNames,
  named,
} from '../../src/shape/dim.ts';

const [m, n] = [named('m'), named('n')];
const times = (c: number, dim: Dim): Dim => dimProduct(fixed(c), dim);

describe('a key is read as the size that it was written from', () => {
  test.each([
    fixed(0),
    fixed(4),
    fixed(-3),
    n,
    times(2, n),
    times(-1, n),
    dimSum(m, n),
    dimDifference(m, n),
    dimDifference(dimProduct(m, n), fixed(1)),
    dimSum(dimProduct(n, n), dimSum(times(3, dimProduct(m, n)), fixed(7))),
    dimSum(named('n_1'), named('?2')),
  ])('$key', (dim) => expect(fromKey(dim.key)).toBe(dim));
});

test('names are replaced inside', () =>
  expect(mapSizeNames(dimSum(dimProduct(m, n), fixed(1)), (name) => named(`?${name}`)).key).toBe('?m*?n + 1'));
