import { describe, expect, test } from 'vitest';
import { parseExpression, parseProgram } from '../../src/parse/parse.ts';

const verdict = (text: string): string => {
  const result = parseExpression(text);
  return result.ok ? 'ok' : `${result.problem.kind}: ${result.problem.message}`;
};
const tooDeep = 'limit: this is nested more than 1000 levels deep';

describe('a huge text is answered or refused within seconds', () => {
  test.each([
    ['10,000 parentheses', `${'('.repeat(1e4)}x${')'.repeat(1e4)}`, 'ok'],
    ['10,000 open parentheses', `${'('.repeat(1e4)}x`, 'syntax: `(` is never closed'],
    ['10,000 minus signs', `${'-'.repeat(1e4)}x`, 'limit: more than 200 minus signs in a row'],
    [
      '200,000 terms',
      Array.from({ length: 2e5 }, () => 'a').join('+'),
      'limit: the text has 399999 characters, and 200000 are the limit',
    ],
    ['100,000 terms', Array.from({ length: 1e5 }, () => 'a').join('+'), 'ok'],
    ['10,000 nested calls', `${'f('.repeat(1e4)}x${')'.repeat(1e4)}`, tooDeep],
    ['10,000 nested sums', `${'(1+'.repeat(1e4)}x${')'.repeat(1e4)}`, tooDeep],
    ['5,000 powers', Array.from({ length: 5e3 }, () => 'x').join('^'), 'limit: more than 200 powers in a row'],
    ['100,000 factors', Array.from({ length: 1e5 }, () => 'x').join('*'), tooDeep],
    ['100,000 transposes', `x${"'".repeat(1e5)}`, tooDeep],
    ['20,000 gradients of 100,000 transposes', `${'∇_x '.repeat(2e4)}x${"'".repeat(1e5)}`, tooDeep],
    ['20,000 sums of 40,000 factors', `${'Σ_j '.repeat(2e4)}x${'*y'.repeat(4e4)}`, tooDeep],
    ['20,000 sums inside products', `${'Σ_j 2*'.repeat(2e4)}x`, tooDeep],
    ['99,000 arguments', `f(${Array.from({ length: 99e3 }, () => 'x').join(',')})`, 'ok'],
    ['99,000 rows', `[${Array.from({ length: 99e3 }, () => 'x').join(';')}]`, 'ok'],
    ['99,000 indices', `x[${Array.from({ length: 99e3 }, () => 'i').join(',')}]`, 'ok'],
    ['a number of 100,000 digits', '1'.repeat(1e5), 'limit: a number may have 1000 digits'],
    ['a power of ten with 100,000 digits', `1e${'9'.repeat(1e5)}`, 'limit: a number may have 1000 digits'],
  ])('%s', (_, text, answer) => {
    // What grows faster than the text would run into the time limit of a test.
    expect(verdict(text)).toBe(answer);
  });
});

const nested = (levels: number): string => `${'f('.repeat(levels - 1)}x${')'.repeat(levels - 1)}`;

test('1,000 levels are allowed and 1,001 are not', () => {
  expect(verdict(nested(1000))).toBe('ok');
  expect(verdict(nested(1001))).toBe(tooDeep);
});

test('20,000 statements are one program', () => {
  const result = parseProgram(Array.from({ length: 2e4 }, () => 'a = b').join('\n'));
  expect(result.ok && result.value.statements.length).toBe(20_000);
});
