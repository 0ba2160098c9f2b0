import { expect, test } from 'vitest';
import { falseAndUndecided, falseClaims, trueAndUndecided, trueClaims } from './deceptive.ts';
import { verdictOf } from './verdict-of.ts';

/** Those that come out otherwise. */
function otherwise(claims: readonly string[], wanted: string): readonly string[] {
  return claims.flatMap((row) => {
    const [program, claim] = row.split(' | ') as [string, string];
    const { verdict } = verdictOf(program, claim);
    return verdict === wanted ? [] : [`${verdict}: ${row}`];
  });
}

test('what is false is refuted', () => expect(otherwise(falseClaims, 'refuted')).toEqual([]), 240_000);
test('what is true is proved', () => expect(otherwise(trueClaims, 'proved')).toEqual([]), 240_000);
test('what is left open is left open', () => {
  expect(otherwise([...falseAndUndecided, ...trueAndUndecided], 'undecided')).toEqual([]);
});
