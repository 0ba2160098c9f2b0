/** Answers as text: read back they are the same terms, and what was asked before does not show. */
import { expect, test } from 'vitest';
import type { Kind } from '../fuzz/generate.ts';
import { attempt } from '../../src/basics/problem.ts';
import { parseExpression } from '../../src/parse/parse.ts';
import { statementToText } from '../../src/print/statement.ts';
import { toText } from '../../src/print/text.ts';
import { answerOf, overCommonAxes, type Sample, sampleOf, samples } from './given.ts';
import { same } from '../../src/terms/construct.ts';

const kinds: readonly Kind[] = ['grad', 'jacobian', 'hessian', 'value'];

/** The answer's text, asked in its own program. */
function readAgain(sample: Sample): { readonly same: boolean; readonly text: string } | undefined {
  const asked = attempt(() => answerOf(sample, false));
  if (!asked.ok) return undefined;
  const answer = asked.value;
  if (answer.where.length > 0 || answer.indices) return undefined;
  const text = toText(answer.expression);
  const statements = sample.program.statements.slice(0, -1).map(statementToText);
  const again = sampleOf([...statements, text].join('\n'));
  // In the first program's own world, so that equal terms are one object.
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.problem.message);
  expect(answerOf(again, false).shape).toEqual(answer.shape);
  return { same: same(...overCommonAxes(answer, sample.engine.evaluate(read.value))), text };
}

test('the text of an answer is nearly always read back as the same term', () => {
  let [all, other] = [0, 0];
  const examples: string[] = [];
  for (const kind of kinds)
    for (const sample of samples(kind, 60, 21)) {
      const again = readAgain(sample);
      if (!again) continue;
      all++;
      if (again.same) continue;
      other++;
      examples.push(`${sample.text.replaceAll('\n', '; ')}   ->   ${again.text}`);
    }
  expect(all).toBeGreaterThan(100);
  expect(other / all, examples.join('\n')).toBeLessThan(0.08);
});

test('an answer does not depend on what was asked before', () => {
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
