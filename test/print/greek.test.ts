import { expect, test } from 'vitest';
import { spellName } from '../../src/parse/tokenize.ts';
import { greekLetters, greekNames } from '../../src/syntax/greek.ts';

test('each Greek letter and its name stand for each other', () => {
  for (const [name, letter] of greekLetters) expect(greekNames.get(letter)).toBe(name);
});

test('the parser reads every letter that the printers know', () => {
  for (const [letter, name] of greekNames) expect(spellName(letter)).toBe(name);
});
