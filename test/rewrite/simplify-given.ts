/** Answers as text, for tests that read like the language. */
import { toText } from '../../src/print/text.ts';
import { answerOf, sampleOf } from '../properties/given.ts';

export interface Told {
  readonly text: string;
  readonly names: readonly string[];
}
export function answerTo(program: string): Told {
  const { expression, where } = answerOf(sampleOf(program));
  return { text: toText(expression), names: where.map(({ name }) => name) };
}
export const textOf = (program: string): string => answerTo(program).text;
