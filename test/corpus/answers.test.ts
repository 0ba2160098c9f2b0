/**
 * What is printed for the public problems, the seeds and some generated questions. Any choice of the form search, and any
 * condition, that changes an answer shows here: look at the difference, and if it is for the better, `npx vitest run
 * test/corpus/answers.test.ts -u`.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerLine } from '../../src/cli/batch-answer.ts';
import { type Asked, generated, publicProblems, seeds, type Told } from '../properties/questions.ts';

interface Shown extends Told {
  readonly conditions?: readonly unknown[];
}

function shown(asked: Asked): string {
  const told = answerLine(JSON.stringify({ ...asked, want: ['text', 'where', 'conditions'] })) as unknown as Shown;
  if (!told.ok) return `${asked.id}: refused, ${told.error!.kind}`;
  const where = (told.where ?? []).map(({ name, text }) => `\n    ${name} = ${text}`).join('');
  const conditions = (told.conditions ?? []).map((c) => `\n    if ${typeof c === 'string' ? c : JSON.stringify(c)}`);
  return `${asked.id}: ${told.text}${where}${conditions.join('')}`;
}

test('answers of the corpora print as they did', { timeout: 240_000 }, async () => {
  const lines = [...publicProblems(), ...seeds(), ...generated(150, 8)].map(shown);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'answers.txt'));
});
