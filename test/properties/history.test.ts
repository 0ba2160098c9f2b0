/** What was asked before does not show: in the same process in either order, and in a new one. */
import { expect, test, vi } from 'vitest';
import { sampled } from '../corpus/sample.ts';
import { generated, golden, publicProblems, seeds, type Asked } from './questions.ts';

type Answer = (line: string) => unknown;
const questions = [...sampled([...publicProblems(), ...seeds(), ...golden(), ...generated(120, 5)], 9)];

/** Everything an answer shows, in the order of the questions. */
function shown(answer: Answer, order: readonly Asked[]): readonly string[] {
  const told = new Map(
    order.map((asked) => {
      const { milliseconds: _, ...rest } = answer(
        JSON.stringify({ ...asked, want: ['text', 'latex', 'steps', 'where', 'conditions'] }),
      ) as { readonly milliseconds?: number };
      return [asked.id, JSON.stringify(rest)];
    }),
  );
  return questions.map(({ id }) => `${id}: ${told.get(id)}`);
}
async function freshAnswer(): Promise<Answer> {
  vi.resetModules();
  return (await import('../../src/cli/batch.ts')).answerLine;
}

test('an answer does not depend on what was asked before', { timeout: 240_000 }, async () => {
  const answer = await freshAnswer();
  const forwards = shown(answer, questions);
  expect(shown(answer, questions.toReversed())).toEqual(forwards);
  // As if asked first of all, with tables that hold other things: halves exchanged.
  const middle = Math.floor(questions.length / 2);
  const exchanged = [...questions.slice(middle), ...questions.slice(0, middle)];
  expect(shown(await freshAnswer(), exchanged)).toEqual(forwards);
});
