/** Runs the command in this process, and keeps what it prints. */
import { vi } from 'vitest';
import { run } from '../../src/cli/commands.ts';

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function matgrad(...args: readonly string[]): Promise<Printed> {
  const [out, err]: [string[], string[]] = [[], []];
  const keep =
    (lines: string[]) =>
    (text: string | Uint8Array): boolean => {
      lines.push(String(text));
      return true;
    };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep(out)),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep(err)),
  ];
  try {
    return { code: await run(args), out: out.join(''), err: err.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
