/** `matgrad rules`: what matgrad knows, as it is written in rules/. */
import { calculus } from '../../rules/calculus.ts';
import { definitions } from '../../rules/definitions.ts';
import { derivatives } from '../../rules/derivatives.ts';
import { facts } from '../../rules/facts.ts';
import { folds } from '../../rules/folds.ts';
import { identities } from '../../rules/identities.ts';
import { native } from '../../rules/native.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { closest } from '../basics/suggest.ts';
import { exitCodes, type ExitCode, readArguments, UsageError, version } from './usage.ts';
import { wrapped, complain, type Paint, paintFor, say, widthOf } from './terminal.ts';

export const help = `The rules that derive, simplify and decide, with their sources.

Usage: matgrad rules [--search WORD] [--json]

Options:
  --search WORD      only rules that mention it in name, formulas, sentence or source
  --json             one line of JSON per rule
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad rules
  matgrad rules --search softmax
  matgrad rules --search "Matrix Cookbook" --json`;

const sets: readonly (readonly [name: string, about: string, rules: readonly RuleSource[]])[] = [
  ['derivatives', 'one rule per function', derivatives],
  ['calculus', 'what holds for all functions', calculus],
  ['native', 'what is done in code, and how a derivation is written down', Object.values(native)],
  ['folds', 'functions recognised in what was spelled out', folds],
  ['facts', 'what declared facts are worth', facts],
  ['identities', 'what holds between expressions of matrices', identities],
  ['definitions', 'functions written out, to decide claims', definitions],
];

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { search: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length > 0)
    throw new UsageError(`rules takes no ${positionals[0]}`, `matgrad rules --search ${positionals[0]}?`);
  const word = values.search?.toLowerCase();
  const found = sets.map(([name, about, rules]) => [name, about, rules.filter((rule) => matches(rule, word))] as const);
  if (found.every(([, , rules]) => rules.length === 0)) return nothingFound(values.search ?? '');
  const paint = paintFor(process.stdout);
  for (const [name, about, rules] of found) {
    if (rules.length === 0) continue;
    if (values.json) say(...rules.map((rule) => JSON.stringify({ set: name, ...rule })));
    else say(paint.bold(`${name}: ${about} (${rules.length})`), '', ...rules.flatMap((rule) => ruleLines(rule, paint)));
  }
  return exitCodes.ok;
}

const matches = ({ name, from, to, says, source }: RuleSource, word: string | undefined): boolean =>
  word === undefined || [name, from, to, says, source].some((text) => text.toLowerCase().includes(word));

function nothingFound(word: string): ExitCode {
  const words = sets.flatMap(([, , rules]) =>
    rules.flatMap(({ name, from }) => [...name.split(/\W+/), ...from.split(/\W+/)]),
  );
  const guess = closest(
    word,
    words.filter((w) => w.length > 2),
  );
  complain(`no rule mentions ${word}${guess ? `\nhint: ${guess}?` : ''}`);
  return exitCodes.problem;
}

function ruleLines({ name, given, from, to, where, says, source }: RuleSource, { dim }: Paint): string[] {
  const needs = where && where.length > 0 ? [`where ${where.join(', ')}`] : [];
  const note = `${says} [${source}]`;
  return [
    `  ${name}`,
    `    ${from}  →  ${to}`,
    ...[`given ${given}`, ...needs].map((line) => dim(`    ${line}`)),
    ...wrapped(note, widthOf(process.stdout) - 4).map((line) => dim(`    ${line}`)),
    '',
  ];
}
