/**
 * Verdicts of claims made to deceive: the right one, and with it what it rests on, where it holds, and which point refutes it.
 * `npx vitest run test/decide/deceptive.test.ts --update` rewrites what stands beside the verdicts; review the difference.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { toText } from '../../src/print/text.ts';
import { verdictLines } from '../pinned/shown.ts';
import { falseAndUndecided, falseClaims, trueAndUndecided, trueClaims } from './deceptive.ts';
import { verdictOf } from './verdict-of.ts';

test.each([
  ['refuted', 'what is false is refuted', falseClaims],
  ['proved', 'what is true is proved', trueClaims],
  ['undecided', 'what is left open is left open', [...falseAndUndecided, ...trueAndUndecided]],
] as const)(
  '%s: %s',
  async (wanted, _, claims) => {
    const told = claims.map((row) => {
      const [program, claim] = row.split(' | ') as [string, string];
      const found = verdictOf(program, claim);
      const conditions = 'conditions' in found ? found.conditions : [];
      const shown = verdictLines({
        ...found,
        conditions: conditions.map(({ needs, of }) => `${toText(of)} is ${needs}`),
      });
      return { row, shown, isWrong: found.verdict !== wanted };
    });
    expect(told.filter(({ isWrong }) => isWrong).map(({ row, shown }) => `${row}: ${shown.join('; ')}`)).toEqual([]);
    const text = told.flatMap(({ row, shown }) => [row, ...shown.map((line) => `    ${line}`)]).join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'deceptive', `${wanted}.txt`));
  },
  240_000,
);
