/** Which commands are there, and how is one run? Each is loaded when it is used. */
import { closest } from '../basics/words.ts';
import { complain, say } from './terminal.ts';
import { exitCodeHelp, type ExitCode, UsageError, exitCodes, version } from './usage.ts';

export interface Command {
  readonly help: string;
  readonly run: (args: readonly string[]) => Promise<ExitCode>;
}
interface Entry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export const commands: readonly Entry[] = [
  {
    name: 'derive',
    summary: 'derivatives of an expression, or the questions of a program',
    load: () => import('./derive.ts'),
  },
  { name: 'check', summary: 'the claims of a program: proved, refuted or undecided', load: () => import('./check.ts') },
  {
    name: 'rules',
    summary: 'the rules of differentiation and simplification, with sources',
    load: () => import('./rules.ts'),
  },
  { name: 'batch', summary: 'JSON lines in, JSON lines out: for other programs', load: () => import('./batch.ts') },
];

export function findCommand(name: string): Entry {
  const found = commands.find((command) => command.name === name);
  if (found) return found;
  const guess = closest(
    name,
    commands.map((command) => command.name),
  );
  // Who forgets the command has an expression or a file in mind.
  const isInput = /[^a-z-]/.test(name);
  throw new UsageError(
    `there is no command ${name}`,
    guess ? `matgrad ${guess}?` : isInput ? `matgrad derive '${name}'?` : undefined,
  );
}

export const overview = (): string => `matgrad: derivatives of matrix expressions in closed form, explained and checked

Usage: matgrad COMMAND …

Commands:
${commands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

Examples:
  matgrad derive "softmax(z/tau)" --wrt z
  matgrad derive "x'*A*x" --wrt x --kind hessian
  matgrad derive "A in R^(d x m); f = 1/2*norm2(A*x - b)^2; grad(f, A)" --steps
  matgrad derive examples/softmax.mg
  matgrad check examples/softmax.mg

Without declarations a to g are scalars, h to z column vectors, A to Z matrices.
matgrad COMMAND --help says more. matgrad --version prints the version.

${exitCodeHelp}`;

// ---- running one

/** Prints, and gives the exit code; nothing is thrown. */
export async function run(args: readonly string[]): Promise<ExitCode> {
  try {
    return await runCommand(args);
  } catch (error) {
    return reportError(error);
  }
}

async function runCommand([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(args[0]);
  if (name === '--version' || name === '-V') return say(`matgrad ${version()}`);
  return (await findCommand(name).load()).run(args);
}

const help = async (topic: string | undefined): Promise<ExitCode> =>
  say(topic === undefined ? overview() : (await findCommand(topic).load()).help);

function reportError(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `\nhint: ${error.hint}`;
    complain(
      `matgrad: ${error.message}${hint}\n\nmatgrad --help lists the commands: ${commands.map((command) => command.name).join(', ')}`,
    );
    return exitCodes.problem;
  }
  complain(
    `matgrad has a bug. Please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return exitCodes.internal;
}
