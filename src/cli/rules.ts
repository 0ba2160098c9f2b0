/** `matgrad rules`: what matgrad knows, as it is written in rules/. */
import { calculus } from '../../rules/calculus.ts';
import { definitions, laws } from '../../rules/laws.ts';
import { derivatives } from '../../rules/sets.ts';
import { facts } from '../../rules/facts.ts';
import { folds, stableForms } from '../../rules/folds.ts';
import { allFunctions, type FunctionRecord, isCalled, type Range, writtenCall } from '../../rules/functions/index.ts';
import { identities } from '../../rules/identities.ts';
import { native } from '../../rules/native.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { structureNames, structureRecords } from '../../rules/structures.ts';
import { closest } from '../basics/words.ts';
import { exitCodes, type ExitCode, readArguments, UsageError, version } from './usage.ts';
import { wrapped, complain, type Paint, paintFor, say, widthOf } from './terminal.ts';

export const help = `The functions, and the rules that derive, simplify and decide, with their sources.

Usage: matgrad rules [--search WORD] [--json]

Options:
  --search WORD      only what mentions it in name, formulas, sentence or source
  --json             one line of JSON per function or rule
  -h, --help         this text
  -V, --version      the version

Examples:
  matgrad rules
  matgrad rules --search softmax
  matgrad rules --search "Matrix Cookbook" --json`;

const structureRules = structureNames.map((name): RuleSource => {
  const { name: rule, formula, entry, source, says } = structureRecords[name];
  const asked = `grad(f, X) within ${name}`;
  return {
    name: rule,
    given: 'G = grad(f, X)',
    from: formula === undefined ? `(${asked})[i,j]` : asked,
    to: formula ?? entry,
    source,
    says,
  };
});

const sets: readonly (readonly [name: string, about: string, rules: readonly RuleSource[]])[] = [
  ['derivatives', 'one rule per function', derivatives],
  ['calculus', 'what holds for all functions', calculus],
  ['native', 'what is done in code, and how a derivation is written down', Object.values(native)],
  ['structures', 'derivatives by matrices that vary within a structure', structureRules],
  ['folds', 'functions recognised in what was spelled out', folds],
  ['facts', 'what declared facts are worth', facts],
  ['identities', 'what holds between expressions of matrices', identities],
  ['laws', 'functions of sums, products and powers taken apart, to decide claims', laws],
  [
    'definitions',
    'functions written out, to decide claims',
    definitions.filter((definition) => !folds.includes(definition)),
  ],
  ['stable forms', 'what overflows or loses digits, before code is made', stableForms],
];

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, { search: { type: 'string' }, json: { type: 'boolean' } });
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length > 0)
    throw new UsageError(`rules takes no ${positionals[0]}`, `matgrad rules --search ${positionals[0]}?`);
  const word = values.search?.toLowerCase();
  const found = sets.map(([name, about, rules]) => [name, about, rules.filter((rule) => matches(rule, word))] as const);
  const known = functions.filter(([name, record]) => mentions(name, record, word));
  if (known.length === 0 && found.every(([, , rules]) => rules.length === 0)) return nothingFound(values.search ?? '');
  const paint = paintFor(process.stdout);
  if (known.length > 0) sayFunctions(known, values.json === true, paint);
  for (const [name, about, rules] of found) {
    if (rules.length === 0) continue;
    if (values.json) say(...rules.map((rule) => JSON.stringify({ set: name, ...rule })));
    else say(paint.bold(`${name}: ${about} (${rules.length})`), '', ...rules.flatMap((rule) => ruleLines(rule, paint)));
  }
  return exitCodes.ok;
}

const matches = ({ name, from, to, says, source }: RuleSource, word: string | undefined): boolean =>
  word === undefined || [name, from, to, says, source].some((text) => text.toLowerCase().includes(word));

const functions = allFunctions.filter(([, record]) => isCalled(record));

const mentions = (name: string, { aliases, says, source }: FunctionRecord, word: string | undefined): boolean =>
  word === undefined || [name, ...aliases, says, source].some((text) => text.toLowerCase().includes(word));

function sayFunctions(known: typeof functions, json: boolean, { bold, dim }: Paint): void {
  if (json) {
    for (const [name, record] of known) {
      const call = writtenCall(name, record);
      const defined = 'definition' in record && typeof record.definition !== 'string' ? record.definition.to : call;
      const { kind, aliases, says, source } = record;
      const properties = propertiesOf(record);
      say(JSON.stringify({ set: 'functions', name, kind, from: call, to: defined, aliases, says, source, properties }));
    }
    return;
  }
  say(bold(`functions: what can be called (${known.length})`), '');
  for (const [name, record] of known) {
    const { aliases, says, source } = record;
    const others = aliases.length > 0 ? ` Also ${aliases.join(', ')}.` : '';
    const notes = [`${says}${others} [${source}]`, propertiesOf(record).join(', ')].filter((note) => note !== '');
    const lines = notes.flatMap((note) => wrapped(note, widthOf(process.stdout) - 4));
    say(`  ${writtenCall(name, record)}`, ...lines.map((line) => dim(`    ${line}`)), '');
  }
}

/** odd, increasing, between -1 and 1: what is known of a function of numbers beyond its formulas. */
function propertiesOf(record: FunctionRecord): readonly string[] {
  if (record.kind !== 'entrywise') return [];
  const { parity, period, monotone, curvature, integers, range } = record;
  return [
    ...[parity, monotone, curvature].filter((word) => word !== 'none'),
    ...(period === 'none' ? [] : [`with period ${period}`]),
    ...(integers === 'always' ? ['integers'] : []),
    ...rangeIn(range),
  ];
}
function rangeIn({ least, most }: Range): readonly string[] {
  const [from, to] = [least, most].map((end) => String(Math.round(end * 1000) / 1000));
  if (Number.isFinite(least)) return [Number.isFinite(most) ? `between ${from} and ${to}` : `from ${from} on`];
  return Number.isFinite(most) ? [`up to ${to}`] : [];
}

function nothingFound(word: string): ExitCode {
  const words = sets.flatMap(([, , rules]) =>
    rules.flatMap(({ name, from }) => [...name.split(/\W+/), ...from.split(/\W+/)]),
  );
  words.push(...functions.map(([name]) => name));
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
