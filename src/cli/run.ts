/** `matgrad COMMAND …`: finds the command, and loads no more than it needs. */
import { commands, findCommand, overview } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { complain, say } from './terminal.ts';
import { UsageError } from './usage.ts';
import { version } from './version.ts';

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
