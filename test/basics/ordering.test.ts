import { expect, test } from 'vitest';
import { inTextOrder } from '../../src/basics/ordering.ts';

test('numbers in names count as numbers', () =>
  expect(['i_10', 'i', 'i_2', 'y[10]', 'y[9]', 'i_1'].toSorted(inTextOrder)).toEqual([
    'i',
    'i_1',
    'i_2',
    'i_10',
    'y[9]',
    'y[10]',
  ]));
