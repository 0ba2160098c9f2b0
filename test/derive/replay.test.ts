/**
 * The trace is complete: from what a step begins with, each logged rewrite applied at its place gives the next term, the
 * last one is what the step found, and each rule, asked again, says the same. Nothing else happened.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { attempt } from '../../src/basics/problem.ts';
import { engineWith, singleQuestions } from '../../src/api/reading.ts';
import { createSources } from '../../src/api/outcome.ts';
import { programFrom, questionFrom } from '../../src/cli/batch-program.ts';
import { requestFrom } from '../../src/cli/batch-request.ts';
import { type Derivation, derivationOf } from '../../src/derive/derivation.ts';
import { programEngine, type ProgramEngine } from '../../src/derive/program-engine.ts';
import { standardCatalogue } from '../../src/derive/standard-catalogue.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import { randomNumbers } from '../../src/evaluate/random.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import type { Chain } from '../../src/rewrite/rule.ts';
import { same } from '../../src/terms/construct.ts';
import { kinds } from '../fuzz/generate.ts';
import { answerOf, samples } from '../properties/given.ts';
import { replayed, valuesDiffer } from './replay.ts';

interface Asked {
  readonly name: string;
  readonly derivation: Derivation;
  readonly engine: ProgramEngine;
}

const chainsOf = ({ steps, chains }: Derivation): readonly Chain[] => [
  ...steps.map(({ start, rewrites, after }) => ({ start, rewrites, term: after })),
  ...chains,
];

function replay({ name, derivation, engine }: Asked): readonly string[] {
  const faults: string[] = [];
  const random = randomNumbers(name.length + 7);
  for (const { start, rewrites, term } of chainsOf(derivation)) {
    let at = start;
    for (const rewrite of rewrites) {
      const { rule, before, after } = rewrite;
      const again = applyRule(rule, before);
      if (!again || !same(again, after)) faults.push(`${name}: ${rule.name} does not say the same again`);
      const differ = valuesDiffer(rewrite, derivation, engine, random);
      if (differ) faults.push(`${name}: ${rule.name}: ${differ}`);
      const next = replayed(at, rewrite);
      if (same(next, at)) faults.push(`${name}: ${rule.name} changes nothing`);
      at = next;
    }
    if (at.node !== term.node)
      faults.push(`${name}: ${rewrites.map((r) => r.rule.name).join(', ')} do not lead to the end`);
  }
  return faults;
}

function fromProgram(name: string, text: string): readonly Asked[] {
  const parsed = parseProgram(text);
  if (!parsed.ok) throw new Error(`${name}: ${parsed.problem.message}`);
  const checked = checkProgram(parsed.value);
  const engine = programEngine(checked, standardCatalogue());
  return checked.questions.flatMap((question) =>
    question.kind === 'question'
      ? singleQuestions(question).map((one) => ({ name, derivation: derivationOf(one, engine), engine }))
      : [],
  );
}

function* examples(): Generator<Asked> {
  const root = fileURLToPath(new URL('../../examples/', import.meta.url));
  for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted())
    if (file.endsWith('.mg') && !file.includes('refused'))
      yield* fromProgram(file, readFileSync(`${root}${file}`, 'utf8'));
}
function* publicProblems(): Generator<Asked> {
  const lines = readFileSync(new URL('../corpus/problems.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  for (const line of lines) {
    const { id, textbook: _, truth: __, ...request } = JSON.parse(line) as Record<string, unknown>;
    const sources = createSources();
    const read = requestFrom(request);
    const question = questionFrom(read, sources);
    if (question.kind !== 'question') continue;
    const engine = engineWith({ program: programFrom(read, sources) }, question);
    yield { name: String(id), derivation: derivationOf(question, engine), engine };
  }
}
function* generated(): Generator<Asked> {
  for (const kind of kinds)
    for (const sample of samples(kind, 30, 51)) {
      const asked = attempt(() => answerOf(sample, false));
      if (asked.ok) yield { name: sample.text.replaceAll('\n', '; '), derivation: asked.value, engine: sample.engine };
    }
}

test.each([
  ['examples and seeds', examples, 20],
  ['public problems', publicProblems, 150],
  ['generated programs', generated, 200],
] as const)(
  '%s: every rewrite is logged, and replays',
  (_, problems, least) => {
    let count = 0;
    const faults: string[] = [];
    for (const asked of problems()) {
      count++;
      faults.push(...replay(asked));
    }
    expect(count).toBeGreaterThan(least);
    expect(faults).toEqual([]);
  },
  300_000,
);
