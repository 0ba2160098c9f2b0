/** How is the command called, and what does it tell a script? Arguments, inputs, exit codes, the version. */
import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { closest } from '../basics/words.ts';

// ---- arguments

export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly hint: string | undefined;
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

export interface Option {
  readonly type: 'boolean' | 'string';
  readonly multiple?: boolean;
}
type ValueOf<Of extends Option> = Of['type'] extends 'boolean'
  ? boolean
  : Of['multiple'] extends true
    ? readonly string[]
    : string;
export interface Arguments<Own extends Readonly<Record<string, Option>>> {
  readonly values: { readonly [Name in keyof Own]?: ValueOf<Own[Name]> } & {
    readonly help?: boolean;
    readonly version?: boolean;
  };
  readonly positionals: readonly string[];
}

const shared = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' } } as const;

/** The options and positional arguments of one command; every command has --help and --version. */
export function readArguments<Own extends Readonly<Record<string, Option>>>(
  args: readonly string[],
  own: Own,
): Arguments<Own> {
  const options = { ...shared, ...own };
  const [flags, negatives] = [args.filter((arg) => !isNegative(arg)), args.filter(isNegative)];
  try {
    const { values, positionals } = parseArgs({
      args: flags,
      options,
      allowPositionals: true,
      strict: true,
    }) as unknown as Arguments<Own>;
    return { values, positionals: [...negatives, ...positionals] };
  } catch (error) {
    throw usageErrorFrom(error as Error & { readonly code?: string }, args, Object.keys(options));
  }
}

/** -x'*x is an expression, -h an option, - standard input. */
const isNegative = (arg: string): boolean => /^-[^-]/.test(arg) && !/^-[hV]$/.test(arg);

function usageErrorFrom(
  error: Error & { readonly code?: string },
  args: readonly string[],
  known: readonly string[],
): Error {
  if (error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') {
    const [, given = ''] = /'(-[^']*)'/.exec(error.message) ?? [];
    const guess = closest(given.replace(/^--?/, '').replace(/=.*$/, ''), known);
    return new UsageError(`there is no option ${given}`, guess ? `--${guess}?` : undefined);
  }
  if (error.code?.startsWith('ERR_PARSE_ARGS_')) {
    const [first = error.message] = error.message.split('\n');
    const words = first.replace(/\.$/, '');
    return new UsageError(
      words.charAt(0).toLowerCase() + words.slice(1),
      args.length === 0 ? undefined : 'values follow their option, as in --wrt x or --wrt=x',
    );
  }
  return error;
}

/** A whole number from `least` up. */
export function wholeNumber(text: string | undefined, option: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`--${option} takes a whole number from ${least} to ${most}, not ${text}`);
}

// ---- inputs

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

// ---- exit codes

export const exitCodes = {
  ok: 0,
  /** A claim is refuted, or a numeric check fails. */
  wrong: 1,
  /** The input or the command line has a problem. */
  problem: 2,
  /** A claim could not be decided, and nothing worse happened. */
  undecided: 3,
  /** A bug of matgrad. */
  internal: 70,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Of several results the gravest counts. */
const gravity: readonly ExitCode[] = [
  exitCodes.ok,
  exitCodes.undecided,
  exitCodes.wrong,
  exitCodes.problem,
  exitCodes.internal,
];
export const graver = (a: ExitCode, b: ExitCode): ExitCode => (gravity.indexOf(a) >= gravity.indexOf(b) ? a : b);

export const exitCodeHelp = `Exit codes:
  0   everything was answered; all claims are proved, all numeric checks pass
  1   a claim is refuted, or a numeric check fails
  2   the input or the command line has a problem
  3   a claim could be neither proved nor refuted
  70  a bug in matgrad`;

// ---- version

/** package.json stands above src/ and above dist/src/ alike. */
export function version(): string {
  for (let folder = new URL('.', import.meta.url); ; folder = new URL('..', folder)) {
    const manifest = manifestIn(folder);
    if (manifest?.name === 'matgrad') return manifest.version;
    if (folder.pathname === '/') return 'unknown';
  }
}

interface Manifest {
  readonly name: string;
  readonly version: string;
}
function manifestIn(folder: URL): Manifest | undefined {
  try {
    return JSON.parse(readFileSync(new URL('package.json', folder), 'utf8')) as Manifest;
  } catch {
    return undefined;
  }
}

/** The value of an option that has words of its own. */
export function oneOf<Word extends string>(
  given: string | undefined,
  words: readonly Word[],
  option: string,
): Word | undefined {
  if (given === undefined) return undefined;
  const found = words.find((word) => word === given);
  if (!found) throw new UsageError(`--${option} is one of ${words.join(', ')}, not ${given}`);
  return found;
}
