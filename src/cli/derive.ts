/** `matgrad derive`: answers, for reading. */
import { kinds } from './asked.ts';
import { deriveInput, type DeriveRequest } from './derive-input.ts';
import {
  exitCodeHelp,
  exitCodes,
  type ExitCode,
  graver,
  readInput,
  type Arguments,
  readArguments,
  UsageError,
  wholeNumber,
  version,
} from './usage.ts';
import { say } from './terminal.ts';

export const help = `Derivatives in closed form.

Usage: matgrad derive EXPRESSION --wrt VARIABLE [options]
       matgrad derive FILE.mg … [options]        (- reads standard input)

The expression may be a whole program: declarations, definitions and questions, separated by semicolons.
Without --wrt the questions that stand in it are answered.

Options:
  --wrt X            differentiate by X; several: --wrt A,b
  --kind KIND        gradient, jacobian or hessian; unless told, gradient for a scalar, otherwise jacobian
  --steps[=LEVEL]    how it was found: main (as in lecture notes) or detail
  --cases            the entry by cases, i = k and i ≠ k
  --at 'x=[1,2]'     the answer as numbers there; also 'A=[1,2;3,4], tau=0.5'
  --latex            LaTeX only
  --json             one line of JSON per question
  --points N         points of the numeric check (5)
  --seed N           which random points (1)
  --no-check         no numeric check
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad derive "softmax(z/tau)" --wrt z --steps
  matgrad derive "softmax(z/tau)" --wrt z --at 'z=[1,2,3], tau=0.5'
  matgrad derive "S in R^(n x n), symmetric; x'*S*x" --wrt x --kind hessian
  matgrad derive "A in R^(m x n); b in R^m; f = norm2(A*x - b)^2; grad(f, x)"
  matgrad derive examples/least-squares.mg --latex

${exitCodeHelp}`;

const options = {
  wrt: { type: 'string', multiple: true },
  kind: { type: 'string' },
  steps: { type: 'string' },
  cases: { type: 'boolean' },
  at: { type: 'string', multiple: true },
  latex: { type: 'boolean' },
  json: { type: 'boolean' },
  points: { type: 'string' },
  seed: { type: 'string' },
  'no-check': { type: 'boolean' },
} as const;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args.map(withLevel), options);
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length === 0)
    throw new UsageError('derive needs an expression or a file', 'matgrad derive "x\'*A*x" --wrt x');
  const request = requestFrom(values);
  let code: ExitCode = exitCodes.ok;
  for (const argument of positionals)
    code = graver(code, await deriveInput(readInput(argument), request, positionals.length > 1));
  return code;
}

/** --steps alone means --steps=main. */
const withLevel = (argument: string): string => (argument === '--steps' ? '--steps=main' : argument);

type Values = Arguments<typeof options>['values'];

function requestFrom(values: Values): DeriveRequest {
  const kind = oneOf(values.kind, kinds, 'kind');
  if (values.kind && !values.wrt) throw new UsageError('--kind goes with --wrt');
  const points = wholeNumber(values.points, 'points', 1, 1000) ?? 5;
  const seed = wholeNumber(values.seed, 'seed', 0, 2 ** 31) ?? 1;
  return {
    by: values.wrt ?? [],
    kind,
    steps: oneOf(values.steps, ['main', 'detail'] as const, 'steps'),
    cases: values.cases ?? false,
    at: values.at ?? [],
    style: values.json ? 'json' : values.latex ? 'latex' : 'page',
    check: values['no-check'] ? undefined : { points, seed },
  };
}

function oneOf<Word extends string>(
  given: string | undefined,
  words: readonly Word[],
  option: string,
): Word | undefined {
  if (given === undefined) return undefined;
  const found = words.find((word) => word === given);
  if (!found) throw new UsageError(`--${option} is one of ${words.join(', ')}, not ${given}`);
  return found;
}
