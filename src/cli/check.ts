/** `matgrad check`: the claims of programs, and nothing else. */
import { attempting, readProgram } from '../api/reading.ts';
import { verdictOn } from '../api/claims.ts';
import { renderPlaced } from '../api/outcome.ts';
import {
  exitCodeHelp,
  exitCodes,
  type ExitCode,
  graver,
  type Input,
  readInput,
  readArguments,
  UsageError,
  version,
} from './usage.ts';
import type { Page } from './show-answer.ts';
import { verdictCode, verdictLines } from './show-verdict.ts';
import { complain, paintFor, say, widthOf } from './terminal.ts';

export const help = `Claims: proved, refuted with a counterexample, or undecided.

Usage: matgrad check FILE.mg … [--json]           (- reads standard input)
       matgrad check "PROGRAM; A == B"

A claim holds if both sides are equal wherever both exist.

Options:
  --json             one line of JSON per claim
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad check "x in R^n; c in R; check softmax(x + c) == softmax(x)"
  matgrad check "check sigmoid(x) == 1 - sigmoid(-x)"
  matgrad check examples/softmax.mg

${exitCodeHelp}`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { json: { type: 'boolean' } });
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length === 0) throw new UsageError('check needs a program', 'matgrad check FILE.mg');
  return positionals.map((argument) => checkInput(readInput(argument), values.json ?? false)).reduce(graver);
}

function checkInput(input: Input, json: boolean): ExitCode {
  const page: Page = { paint: paintFor(process.stdout), width: widthOf(process.stdout) };
  const reading = readClaims(input);
  if (!reading.ok) {
    complain(renderPlaced(reading.problem));
    return exitCodes.problem;
  }
  const { program, engine } = reading.value;
  let code: ExitCode = exitCodes.ok;
  let count = 0;
  for (const claim of program.statements) {
    if (claim.kind !== 'claim') continue;
    count++;
    const verdict = attempting(reading.value, () => verdictOn(claim, engine));
    if (!verdict.ok) {
      complain(renderPlaced(verdict.problem));
      code = graver(code, exitCodes.problem);
      continue;
    }
    say(...(json ? [JSON.stringify(verdict.value)] : [...verdictLines(verdict.value, page), '']));
    code = graver(code, verdictCode(verdict.value));
  }
  if (count > 0) return code;
  complain(`${input.name} makes no claims\nhint: a claim looks like: check a == b`);
  return exitCodes.problem;
}

/** On the command line, `x in R^n; a == b` is a claim without the word. */
function readClaims({ text, name, isFile }: Input): ReturnType<typeof readProgram> {
  const reading = readProgram(text, name);
  if (reading.ok || isFile || !/==/.test(text) || /\bcheck\b/.test(text)) return reading;
  const last = text.lastIndexOf(';') + 1;
  const claimed = readProgram(`${text.slice(0, last)} check ${text.slice(last)}`, name);
  return claimed.ok || reading.problem.kind === 'syntax' ? claimed : reading;
}
