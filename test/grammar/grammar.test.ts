import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenTypes } from '../../grammar/tokens.ts';
import { attempt, renderProblem } from '../../src/basics/problem.ts';
import { parseProgram, readings, type Texts } from '../../src/parse/parse.ts';
import { sentences, tokensOfRules } from './sentences.ts';

test('the compiled grammar is fresh', () => {
  expect(() => execFileSync('node', ['scripts/grammar.mjs', '--check'], { stdio: 'pipe' })).not.toThrow();
});

test('the rules name every type of token, and no other', () => {
  expect([...tokensOfRules].toSorted()).toEqual([...tokenTypes].toSorted());
});

describe('every sentence of the grammar has exactly one reading', () => {
  const starts: readonly (keyof Texts)[] = [
    'program_text',
    'expression_text',
    'question_text',
    'declaration_text',
    'space_text',
    'bindings_text',
  ];
  test.each(starts)('%s', (start) => {
    let read = 0;
    fc.assert(
      fc.property(sentences(start, 22), (text) => {
        const result = attempt(() => readings(start, text).length);
        // Drawn blindly, a sentence may state an unknown fact or transpose a number in an exponent: still no second reading.
        if (result.ok) expect(result.value, text).toBe(1);
        else
          expect(`${result.problem.kind} ${result.problem.message}\n${text}`).toMatch(/^fact|^syntax `'` binds|^limit/);
        if (result.ok) read++;
      }),
      { numRuns: 400 },
    );
    expect(read).toBeGreaterThan(50);
  });
});

describe('every sample in the README is a program', () => {
  const readme = readFileSync('grammar/README.md', 'utf8');
  const samples = Array.from(readme.matchAll(/^```mg\n(.*?)^```/gms), ([, sample]) => sample ?? '');
  expect(samples.length).toBeGreaterThan(5);
  test.each(samples)('%s', (sample) => {
    const result = parseProgram(sample);
    expect(result.ok ? '' : renderProblem(result.problem, sample)).toBe('');
  });
});
