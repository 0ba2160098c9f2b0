/** Golden chapters: Markdown that shows input, answer, LaTeX and steps. `npm run golden` rewrites the answers; review the diff. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Answer, type ClaimVerdict, type Outcome, parse, renderProblem } from '../../src/index.ts';

const folder = import.meta.dirname;

describe('golden chapters', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.md')))
    it(`${file} shows what is answered`, async () => {
      const path = join(folder, file);
      await expect(rewritten(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path);
    });
});

/** Every ```mg block is followed by its answers; prose stays. */
const rewritten = (chapter: string): string =>
  chapter.replaceAll(
    /(```mg\n([\s\S]*?)```\n)(?:\n```text\n[\s\S]*?```\n)?/g,
    (_, block: string, program: string) => `${block}\n\`\`\`text\n${answersTo(program)}\n\`\`\`\n`,
  );

function answersTo(text: string): string {
  const program = parse(text);
  if (!program.ok) return renderProblem(program.problem);
  return program.value
    .questions()
    .map((question) => {
      if (question.kind === 'claim') return `${question.text}\n${shown(question.verdict(), claimText)}`;
      return shown(question.answers(), (answers) =>
        answers.map((answer) => `${question.text} = ${answerText(answer, question.byCases)}`).join('\n'),
      );
    })
    .join('\n\n');
}
const shown = <T>(outcome: Outcome<T>, write: (value: T) => string): string =>
  outcome.ok ? write(outcome.value) : renderProblem(outcome.problem);

function claimText(verdict: ClaimVerdict): string {
  if (verdict.verdict === 'proved') return `  proved: ${verdict.how.join('; ')}`;
  return verdict.verdict === 'undecided' ? `  undecided: ${verdict.why}` : '  refuted';
}

function answerText(answer: Answer, byCases: boolean): string {
  const lines = [answer.text, `  ${answer.latex}`];
  for (const { name, text } of answer.where) lines.push(`  where ${name} = ${text}`);
  for (const { text } of answer.conditions) lines.push(`  holds for ${text}`);
  if (byCases) for (const { when, text } of answer.cases()) lines.push(`  ${when}: ${text}`);
  answer
    .steps()
    .forEach(({ rule, text }, n) => lines.push(`  ${n + 1}. ${rule}`, ...text.map((line) => `     ${line}`)));
  return lines.join('\n');
}
