/** An answer is what it prints when it is asked again: its text as the expression, its names given as definitions. */
import { expect, test } from 'vitest';
import { answerLine } from '../../src/cli/batch.ts';
import { type Asked, generated, golden, publicProblems, seeds, type Told } from './questions.ts';

const ask = (asked: Asked): Told => answerLine(JSON.stringify({ ...asked, want: ['text'] })) as unknown as Told;
const shown = ({ ok, text, where = [], error }: Told): string =>
  ok ? [text, ...where.map((part) => `${part.name} = ${part.text}`)].join('; ') : `refused: ${error!.message}`;

/** Asked again it prints the same, or what it prints then. */
function moved(asked: Asked): string | undefined {
  const told = ask(asked);
  if (!told.ok) return undefined;
  const { wrt: _, kind: __, ...given } = asked;
  const again = ask({
    ...given,
    ...(asked.ask === undefined ? { expr: told.text } : { ask: told.text }),
    let: (told.where ?? []).map(({ name, text }) => [name, text]),
  });
  const isSame = again.ok && again.text === told.text && !again.where?.length;
  return isSame ? undefined : `${asked.id}: ${shown(told)}   ->   ${shown(again)}`;
}
const differences = (questions: readonly Asked[]): readonly string[] =>
  questions.flatMap((asked) => moved(asked) ?? []);

/** Asked again these print a longer form, which is not taken: a sum of their own, written once, is factored otherwise. */
const longerAgain: ReadonlySet<string> = new Set([]);

test('public problems', { timeout: 60_000 }, () => expect(differences(publicProblems())).toEqual([]));
test('seeds', () => expect(differences(seeds())).toEqual([]));
test('golden chapters', () => expect(differences(golden())).toEqual([]));
test('generated programs', { timeout: 120_000 }, () => {
  const moving = differences(generated(150, 6).filter(({ id }) => !longerAgain.has(id)));
  expect(moving).toEqual([]);
});
