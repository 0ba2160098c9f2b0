/** Does every public problem elaborate, and does its term have the value of the text? */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bothValues } from './given.ts';

const problems = readFileSync(new URL('corpus.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

describe('public problems', () => {
  test('there are 174 of them', () => {
    expect(problems).toHaveLength(174);
  });
  for (const problem of problems) {
    const [id, text] = problem.split(' | ') as [string, string];
    test(id, () => {
      const { term, direct } = bothValues(text);
      expect(term).toHaveLength(direct.length);
      term.forEach((value, n) => {
        if (Number.isNaN(direct[n])) return;
        expect(Math.abs(value - direct[n]!) / (1 + Math.abs(direct[n]!)), `${value} for ${direct[n]}`).toBeLessThan(
          1e-9,
        );
      });
    });
  }
});
