import { expect, test } from 'vitest';
import { renderProblem } from '../../src/basics/problem.ts';
import { lineAt, lineColumn } from '../../src/basics/source.ts';

const at = (text: string, start: number, end: number, name?: string): string =>
  renderProblem({ kind: 'shape', message: 'A is d x m and x has n entries', span: { start, end } }, text, name);

test('a problem shows its place, its line and a run of carets', () => {
  expect(at('y = 1\nr = A*x + b\nq = 2', 10, 13, 'lines.mg')).toBe(
    'lines.mg:2:5: A is d x m and x has n entries\n2 | r = A*x + b\n  |     ^^^',
  );
});

test('a hint is the last line', () => {
  const problem = {
    kind: 'name',
    message: 'unknown name y',
    span: { start: 0, end: 1 },
    hint: 'did you mean z?',
  } as const;
  expect(renderProblem(problem, 'y')).toBe('1:1: unknown name y\n1 | y\n  | ^\nhint: did you mean z?');
});

test('without a place there is only the message', () => {
  const problem = { kind: 'request', message: 'no program given', hint: 'name a file' } as const;
  expect(renderProblem(problem, 'x')).toBe('no program given\nhint: name a file');
  expect(renderProblem(problem, 'x', 'a.mg')).toBe('a.mg: no program given\nhint: name a file');
});

test('tabs before the carets stay tabs', () => {
  expect(at('\tr =\tA*x', 5, 8)).toBe('1:6: A is d x m and x has n entries\n1 | \tr =\tA*x\n  | \t   \t^^^');
});

test('columns count code points, and combining marks take no room', () => {
  expect(at('𝟏[y\u0302 > 0]*x', 11, 12)).toBe(
    '1:11: A is d x m and x has n entries\n1 | 𝟏[y\u0302 > 0]*x\n  |          ^',
  );
});

test('a long line is cut to a window around the place', () => {
  const text = `${'a + '.repeat(50)}b*c${' + d'.repeat(50)}`;
  expect(at(text, 200, 203)).toBe(
    [
      '1:201: A is d x m and x has n entries',
      `1 | …+ ${'a + '.repeat(7)}b*c${' + d'.repeat(16)} +…`,
      `  | ${' '.repeat(31)}^^^`,
    ].join('\n'),
  );
});

test('a place that runs over several lines is marked to the end of its first line', () => {
  expect(at('f(a,\n  b)', 0, 9)).toBe('1:1: A is d x m and x has n entries\n1 | f(a,\n  | ^^^^');
});

test('the end of the text can be marked, and control characters are not printed', () => {
  expect(at('a\u001b[31m +\r\n', 8, 8)).toBe('1:9: A is d x m and x has n entries\n1 | a�[31m +\n  |         ^');
});

test('lines and columns start at 1 and any offset has a place', () => {
  const text = 'ab\n\n𝟏c';
  expect([-1, 0, 2, 3, 4, 6, 99].map((offset) => Object.values(lineColumn(text, offset)).join(':'))).toEqual([
    '1:1',
    '1:1',
    '1:3',
    '2:1',
    '3:1',
    '3:2',
    '3:3',
  ]);
  expect(lineAt('a\r\nb', 1)).toEqual({ start: 0, end: 1, text: 'a' });
});
