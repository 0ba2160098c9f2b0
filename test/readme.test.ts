/** Everything that the README shows is run. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from '../src/index.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (language: string): readonly string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!);
const built = existsSync(new URL('../dist/src/index.js', import.meta.url));

describe('the README', () => {
  it('has programs that are answered and claims that hold', () => {
    for (const text of blocks('mg')) {
      const program = parse(text);
      if (!program.ok) throw new Error(program.problem.message);
      for (const question of program.value.questions()) {
        if (question.kind === 'claim')
          expect(question.verdict()).toMatchObject({ ok: true, value: { verdict: 'proved' } });
        else expect(question.answers().ok).toBe(true);
      }
    }
  });

  it.skipIf(!built)(
    `has library code that prints what its comments say${built ? '' : ' (skipped: dist is missing, run npm run build)'}`,
    () => {
      for (const code of blocks('js')) {
        const run = spawnSync(process.execPath, ['--input-type=module', '-e', code], { cwd: root, encoding: 'utf8' });
        expect(run.stderr).toBe('');
        const said = [...code.matchAll(/console\.log\(.*\); \/\/ ([^:\n]*)/g)].map(([, text]) => text!);
        expect(run.stdout.trimEnd().split('\n')).toEqual(said);
      }
    },
  );

  it.skipIf(!built)('shows the command as it answers', () => {
    const [shown] = blocks('text');
    const run = spawnSync(process.execPath, ['dist/src/cli/main.js', 'derive', 'softmax(z/tau)', '--wrt', 'z'], {
      cwd: root,
      encoding: 'utf8',
    });
    const withoutError = (text: string): string => text.replace(/error .*/, 'error').trim();
    expect(withoutError(run.stdout)).toBe(withoutError(shown!));
  });
});
