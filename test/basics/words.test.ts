import { expect, test } from 'vitest';
import { inTextOrder, closest } from '../../src/basics/words.ts';

test('numbers in names count as numbers', () =>
  expect(['i_10', 'i', 'i_2', 'y[10]', 'y[9]', 'i_1'].toSorted(inTextOrder)).toEqual([
    'i',
    'i_1',
    'i_2',
    'i_10',
    'y[9]',
    'y[10]',
  ]));

// ---- which was meant

const functions = ['softmax', 'softplus', 'sigmoid', 'sum', 'log_softmax', 'logsumexp', 'constructor', 'tr'];

test.each([
  ['sofmax', 'softmax'],
  ['sotfmax', 'softmax'],
  ['Softmax', 'softmax'],
  ['logsoftmax', 'log_softmax'],
  ['sigmiod', 'sigmoid'],
  ['smu', 'sum'],
  ['contructor', 'constructor'],
])('%s is close to %s', (word, meant) => expect(closest(word, functions)).toBe(meant));

test.each([['q'], ['banana'], ['x'.repeat(10_000)], ['']])('nothing is close to %.10s', (word) =>
  expect(closest(word, functions)).toBeUndefined(),
);

test('a word is never suggested for itself, and another case of a single letter is', () => {
  expect(closest('sum', ['sum'])).toBeUndefined();
  expect(closest('X', ['y', 'x'])).toBe('x');
});
