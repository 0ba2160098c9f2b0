/** The finite field alone must never prove what is false, and the rules alone must not either. */
import { describe, expect, test } from 'vitest';
import { isZero } from '../../src/terms/construct.ts';
import { byRules } from '../../src/decide/write-out.ts';
import { exactly } from '../../src/decide/exactly.ts';
import { proved, refuted, seeds } from './claims.ts';
import { falseAndUndecided, falseClaims } from './deceptive.ts';
import { rules, subjectFrom, verdictOf } from './verdict-of.ts';

describe('false claims', () => {
  test.each([...seeds.refuted, ...refuted])('%s | %s', (program, claim) => {
    const subject = subjectFrom(program, claim);
    const { term } = byRules(subject.difference.term, rules);
    expect(isZero(term)).toBe(false);
    expect(exactly({ ...subject.difference, term }, subject)).not.toBe('zero');
    expect(exactly(subject.difference, subject)).not.toBe('zero');
  });
});

test('nor any of the claims made to deceive: numbers do not have to save the proof', () => {
  const zero = [...falseClaims, ...falseAndUndecided].filter((row) => {
    const [program, claim] = row.split(' | ') as [string, string];
    const subject = subjectFrom(program, claim);
    const { term } = byRules(subject.difference.term, rules);
    const ways = [{ ...subject.difference, term }, subject.difference];
    return isZero(term) || ways.some((difference) => exactly(difference, subject) === 'zero');
  });
  expect(zero).toEqual([]);
}, 240_000);

describe('true claims with one side doubled are not proved, unless both sides are zero', () => {
  test.each(proved.filter(([, claim]) => !claim.endsWith('== 0')))('%s | %s', (program, claim) => {
    const [left, right] = claim.split(' == ') as [string, string];
    expect(verdictOf(program, `${left} == 2*(${right})`).verdict).toBe('refuted');
  });
});

test('sizes that are too small for a position are not counted as tried: x[4] leaves 4 and 5 of 1 to 5', () => {
  const subject = subjectFrom('x in R^n', '(n - 4)*(n - 5)*x[4] == 0');
  expect(exactly(subject.difference, subject)).not.toBe('zero');
});
