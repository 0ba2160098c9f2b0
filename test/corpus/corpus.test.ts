/** Public problems with true values: every answer is right, reads back to the same numbers, and renders. */
import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { answerLine } from '../../src/cli/batch.ts';

interface Problem {
  readonly id: string;
  readonly textbook: string | null;
  readonly values: unknown;
  readonly truth: unknown;
}
interface Answer {
  readonly ok: boolean;
  readonly text: string;
  readonly latex: string;
  readonly value: unknown;
  readonly where?: readonly { readonly name: string; readonly text: string }[];
  readonly error?: { readonly message: string };
}

const problems = readFileSync(new URL('problems.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Problem);

const ask = (request: object): Answer => answerLine(JSON.stringify(request)) as unknown as Answer;
const flat = (value: unknown): readonly number[] => (Array.isArray(value) ? value.flatMap(flat) : [value as number]);
function differs(value: unknown, truth: unknown): number {
  const [a, b] = [flat(value), flat(truth)];
  const scale = Math.max(1e-4, ...b.map(Math.abs));
  return a.length === b.length ? Math.max(0, ...a.map((x, n) => Math.abs(x - b[n]!) / scale)) : Infinity;
}

describe('public problems', () => {
  it.each(problems.map((problem) => [problem.id, problem] as const))('%s', (_, problem) => {
    const { textbook, truth, ...request } = problem;
    const answer = ask({ ...request, want: ['text', 'latex', 'value'] });
    expect(answer.error?.message).toBeUndefined();
    expect(differs(answer.value, truth)).toBeLessThan(1e-6);
    expect(katex.renderToString(answer.latex, { throwOnError: true, strict: 'error' })).toContain('katex');
    if (textbook === null) return;
    const named = (answer.where ?? []).map(({ name, text }) => [name, text]);
    const again = ask({ ...request, wrt: undefined, kind: undefined, expr: answer.text, let: named, want: ['value'] });
    expect(again.error?.message).toBeUndefined();
    expect(differs(again.value, truth)).toBeLessThan(1e-6);
  });
});
