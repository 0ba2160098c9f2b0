/** `matgrad check`: the claims of programs, and nothing else. */
import { verdictOn, type ClaimVerdict, type Counterexample } from '../api/claims.ts';
import type { Nested } from '../api/given.ts';
import { renderPlaced } from '../api/outcome.ts';
import { attempting, readProgram, type Settings } from '../api/reading.ts';
import { type Page, innerWidth, numberText } from './show-answer.ts';
import { layouts } from '../syntax/tree.ts';
import { complain, paintFor, say, widthOf, labelled, wrapped, wrappedList } from './terminal.ts';
import {
  exitCodeHelp,
  exitCodes,
  type ExitCode,
  graver,
  oneOf,
  type Input,
  readInput,
  readArguments,
  UsageError,
  version,
} from './usage.ts';

export const help = `Claims: proved, refuted with a counterexample, or undecided.

Usage: matgrad check FILE.mg … [--json]           (- reads standard input)
       matgrad check "PROGRAM; A == B"

A claim holds if both sides are equal wherever both exist.

Options:
  --layout LAYOUT    numerator, denominator or differential, as "layout = …" in a program
  --json             one line of JSON per claim
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad check "x in R^n; c in R; check softmax(x + c) == softmax(x)"
  matgrad check "check sigmoid(x) == 1 - sigmoid(-x)"
  matgrad check examples/softmax.mg

${exitCodeHelp}`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { layout: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length === 0) throw new UsageError('check needs a program', 'matgrad check FILE.mg');
  const settings = { layout: oneOf(values.layout, layouts, 'layout') };
  return positionals.map((argument) => checkInput(readInput(argument), values.json ?? false, settings)).reduce(graver);
}

function checkInput(input: Input, json: boolean, settings: Settings): ExitCode {
  const page: Page = { paint: paintFor(process.stdout), width: widthOf(process.stdout) };
  const reading = readClaims(input, settings);
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
function readClaims({ text, name, isFile }: Input, settings: Settings): ReturnType<typeof readProgram> {
  const reading = readProgram(text, name, settings);
  if (reading.ok || isFile || !/==/.test(text) || /\bcheck\b/.test(text)) return reading;
  const last = text.lastIndexOf(';') + 1;
  const claimed = readProgram(`${text.slice(0, last)} check ${text.slice(last)}`, name, settings);
  return claimed.ok || reading.problem.kind === 'syntax' ? claimed : reading;
}

// ---- the verdict
// What came out of a claim, in lines.

export function verdictCode({ verdict }: ClaimVerdict): ExitCode {
  return verdict === 'proved' ? exitCodes.ok : verdict === 'refuted' ? exitCodes.wrong : exitCodes.undecided;
}

export function verdictLines(verdict: ClaimVerdict, page: Page): string[] {
  const { paint } = page;
  const width = innerWidth(page);
  const heading = (word: string): string[] => [`${paint.bold(verdict.claim)}: ${word}`, ''];
  switch (verdict.verdict) {
    case 'proved':
      return [
        ...heading(paint.good('proved')),
        ...labelled(
          'where',
          verdict.conditions.flatMap(({ text }) => wrapped(text, width)),
          paint.dim,
        ),
        ...labelled('by', wrappedList(verdict.how, ';', width), paint.dim),
      ];
    case 'refuted':
      return [
        ...heading(paint.bad('refuted')),
        ...counterexampleLines(verdict.counterexample, page),
        ...(verdict.holdsFor ?? []).flatMap(({ name, text, conditions }) => [
          ...labelled('but', wrapped(`it holds for ${name} = ${text}`, width), paint.dim),
          ...labelled(
            'where',
            conditions.flatMap((condition) => wrapped(condition.text, width)),
            paint.dim,
          ),
        ]),
      ];
    case 'undecided':
      return [...heading(paint.doubtful('undecided')), ...labelled('why', wrapped(verdict.why, width), paint.dim)];
  }
}

function counterexampleLines({ values, indices, functions, left, right }: Counterexample, page: Page): string[] {
  const given = [
    ...Object.entries(values).map(([name, value]) => `${name} = ${nestedText(value)}`),
    ...Object.entries(indices).map(([name, position]) => `${name} = ${position}`),
    ...Object.values(functions),
  ];
  const { dim } = page.paint;
  return [
    ...labelled('at', given.length > 0 ? given : ['every point'], dim),
    ...labelled('left', [nestedText(left)], dim),
    ...labelled('right', [nestedText(right)], dim),
  ];
}

const nestedText = (value: Nested): string =>
  typeof value === 'number' ? numberText(value) : `[${value.map(nestedText).join(', ')}]`;
