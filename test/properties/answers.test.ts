/** Answers as text: read back they print themselves, and what was asked before does not show. */
import { expect, test } from 'vitest';
import type { Kind } from '../fuzz/generate.ts';
import { attempt } from '../../src/basics/problem.ts';
import { statementToText, toText } from '../../src/print/text.ts';
import { answerOf, type Sample, sampleOf, samples } from './given.ts';

const kinds: readonly Kind[] = ['grad', 'jacobian', 'hessian', 'value'];

/** The answer's text, asked in its own program without names of its own. */
function readAgain(sample: Sample): { readonly text: string; readonly again: string } | undefined {
  const asked = attempt(() => answerOf(sample, false));
  if (!asked.ok) return undefined;
  const answer = asked.value;
  if (answer.where.length > 0 || answer.indices) return undefined;
  const text = toText(answer.expression);
  const statements = sample.program.statements.slice(0, -1).map(statementToText);
  const again = answerOf(sampleOf([...statements, text].join('\n')), false);
  expect(again.shape).toEqual(answer.shape);
  return { text, again: toText(again.expression) };
}

test('the text of an answer is read back as itself', { timeout: 120_000 }, () => {
  let all = 0;
  const moved: string[] = [];
  for (const kind of kinds)
    for (const sample of samples(kind, 30, 21)) {
      const read = readAgain(sample);
      if (!read) continue;
      all++;
      if (read.again !== read.text)
        moved.push(`${sample.text.replaceAll('\n', '; ')}: ${read.text}   ->   ${read.again}`);
    }
  expect(all).toBeGreaterThan(50);
  expect(moved).toEqual([]);
});

test('an answer does not depend on what was asked before', { timeout: 120_000 }, () => {
  const programs = kinds.flatMap((kind) => [...samples(kind, 8, 22)].map(({ text }) => text));
  const textOf = (program: string): string => {
    const asked = attempt(() => answerOf(sampleOf(program)));
    if (!asked.ok) return asked.problem.message;
    const { expression, where } = asked.value;
    return [toText(expression), ...where.map(({ name, value }) => `${name} = ${toText(value)}`)].join('; ');
  };
  const forwards = programs.map(textOf);
  const backwards = programs.toReversed().map(textOf).toReversed();
  expect(backwards).toEqual(forwards);
});
