/** Wrong use of the command line: what is wrong, and what was probably meant. */
import { parseArgs } from 'node:util';
import { closest } from '../basics/suggest.ts';

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
