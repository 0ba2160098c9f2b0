#!/usr/bin/env node
/** `matgrad COMMAND …`: finds the command, and loads no more than it needs. */
import { commands, findCommand, overview } from './commands.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { complain, endQuietlyOnClosedPipe } from './terminal.ts';
import { UsageError } from './usage.ts';
import { version } from './version.ts';

async function run([name, ...args]: readonly string[]): Promise<ExitCode> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return help(args[0]);
  if (name === '--version' || name === '-V') {
    process.stdout.write(`matgrad ${version()}\n`);
    return exitCodes.ok;
  }
  return (await findCommand(name).load()).run(args);
}

async function help(topic: string | undefined): Promise<ExitCode> {
  const text = topic === undefined ? overview() : (await findCommand(topic).load()).help;
  process.stdout.write(`${text}\n`);
  return exitCodes.ok;
}

function reportError(error: unknown): ExitCode {
  if (error instanceof UsageError) {
    const hint = error.hint === undefined ? '' : `\nhint: ${error.hint}`;
    complain(`matgrad: ${error.message}${hint}\n\nmatgrad --help lists the commands: ${commands.map((command) => command.name).join(', ')}`);
    return exitCodes.problem;
  }
  complain(`matgrad has a bug. Please report this:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return exitCodes.internal;
}

endQuietlyOnClosedPipe();
try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  process.exitCode = reportError(error);
}
