/** What was handed to a command: a file, standard input, or the text itself. */
import { readFileSync, statSync } from 'node:fs';
import { UsageError } from './usage.ts';

export interface Input {
  /** The file's name; `expression` for a text on the command line. */
  readonly name: string;
  readonly text: string;
  readonly isFile: boolean;
}

export function readInput(argument: string): Input {
  if (argument === '-') return { name: 'standard input', text: readFileSync(0, 'utf8'), isFile: true };
  if (!isFile(argument)) {
    if (argument.endsWith('.mg')) throw new UsageError(`there is no file ${argument}`);
    return { name: 'expression', text: argument, isFile: false };
  }
  return { name: argument, text: readFileSync(argument, 'utf8').replace(/^\uFEFF/, ''), isFile: true };
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
