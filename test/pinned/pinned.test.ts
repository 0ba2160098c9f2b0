/**
 * What a broad choice of questions and claims is answered with, file by file. Each stands there because some wrong guard, somewhere
 * in the engine, changes what it shows, and few others do. `npx vitest run test/pinned --update` rewrites the answers; review the
 * difference: an answer that has become wrong, longer or less sure is a defect, wherever it comes from.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { shown } from './shown.ts';

const folder = import.meta.dirname;

/** `program | question`, and below it, indented, what it shows. */
function rewritten(text: string): string {
  const lines = text.split('\n').filter((line) => !line.startsWith('  '));
  const told = lines.map((line) => {
    const [, program, question] = /^(.*)\| (.*)$/.exec(line) ?? [];
    return question === undefined
      ? line
      : [line, ...shown(program!, question).map((shows) => `    ${shows}`)].join('\n');
  });
  return told.join('\n');
}

for (const file of readdirSync(folder).filter((name) => name.endsWith('.txt')))
  test(file, { timeout: 120_000 }, async () => {
    const path = join(folder, file);
    await expect(rewritten(readFileSync(path, 'utf8'))).toMatchFileSnapshot(path);
  });
