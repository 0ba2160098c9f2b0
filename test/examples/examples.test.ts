/** Every program in examples/ runs: questions have answers that pass their check, claims are proved, and the refused is refused. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse, renderProblem } from '../../src/index.ts';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const files = filesIn(folder);

function filesIn(of: string): readonly string[] {
  return readdirSync(of, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mg'))
    .toSorted();
}
/** The claim that a document gets wrong. */
const refuted: ReadonlySet<string> = new Set(['grad(sigmoid(x), x) == sigmoid(x)*sigmoid(1 - x)']);

const isRefused = (name: string): boolean => name.startsWith('refused');

describe.each(files.filter((name) => !isRefused(name)))('%s', (name) => {
  const program = parse(readFileSync(join(folder, name), 'utf8'));
  if (!program.ok) throw new Error(renderProblem(program.problem, name));

  test('says what it is about', () => {
    expect(program.value.text).toMatch(/^# \S/);
  });
  for (const question of program.value.questions())
    test(question.text, () => {
      if (question.kind === 'claim') {
        const verdict = question.verdict();
        expect(verdict.ok && verdict.value.verdict).toBe(refuted.has(question.text) ? 'refuted' : 'proved');
        return;
      }
      const answers = question.answers();
      if (!answers.ok) throw new Error(renderProblem(answers.problem, name));
      for (const answer of answers.value) {
        expect(answer.check({ points: 3 })).toMatchObject({ ok: true, points: 3 });
        if (question.byCases) expect(answer.cases().length).toBeGreaterThan(1);
      }
    });
});

describe.each(files.filter(isRefused))('%s', (name) => {
  test('is refused with a place and a hint', () => {
    const program = parse(readFileSync(join(folder, name), 'utf8'));
    expect(program).toMatchObject({
      ok: false,
      problem: { line: expect.any(Number) as number, hint: expect.any(String) as string },
    });
  });
});
