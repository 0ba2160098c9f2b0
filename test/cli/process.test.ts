/** The command as a process of its own: needs a build. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const bin = fileURLToPath(new URL('../../dist/src/cli/main.js', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}
function start(args: readonly string[], input: string, shell?: string): Promise<Finished> {
  const child = shell ? spawn('sh', ['-c', shell]) : spawn(process.execPath, [bin, ...args]);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => err.push(text));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out: out.join(''), err: err.join('') })));
}

describe.skipIf(!existsSync(bin))('a process', () => {
  test('batch answers every line in order and survives bad ones', async () => {
    const requests = [
      '{"id":1,"ask":"grad(x\'*x, x)"}',
      '',
      'nonsense',
      '{"id":3,"ask":"("}',
      '{"id":4,"ask":"hessian(x\'*x, x)"}',
    ];
    const { code, out } = await start(['batch'], requests.join('\n'));
    expect(code).toBe(0);
    const answers = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { readonly id?: number; readonly ok: boolean });
    expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
      [1, true],
      [undefined, false],
      [3, false],
      [4, true],
    ]);
  });
  test('programs come in on standard input, and nothing is coloured in a pipe', async () => {
    const { code, out } = await start(['derive', '-'], "x in R^n\ngrad(x'*x, x)\n");
    expect(code).toBe(0);
    expect(out).toMatch(/^grad\(x'\*x, x\) = 2·x\n/);
  });
  test('a reader that leaves is no error', async () => {
    const { err } = await start([], '', `"${process.execPath}" "${bin}" rules | head -n 1`);
    expect(err).toBe('');
  });
});
