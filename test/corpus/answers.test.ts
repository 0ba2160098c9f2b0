/**
 * What is printed for the public problems and the seeds. Any choice of the form search that changes an answer shows here: look at
 * the difference, and if it is for the better, `npx vitest run test/corpus/answers.test.ts -u`.
 */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { answerLine } from '../../src/cli/batch.ts';
import { type Asked, publicProblems, seeds, type Told } from '../properties/questions.ts';

function shown(asked: Asked): string {
  const told = answerLine(JSON.stringify({ ...asked, want: ['text', 'where'] })) as unknown as Told;
  if (!told.ok) return `${asked.id}: refused, ${told.error!.kind}`;
  return `${asked.id}: ${told.text}${(told.where ?? []).map(({ name, text }) => `\n    ${name} = ${text}`).join('')}`;
}

test('answers of the corpora print as they did', { timeout: 240_000 }, async () => {
  const lines = [...publicProblems(), ...seeds()].map(shown);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'answers.txt'));
});
