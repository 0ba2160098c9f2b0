/** Everything that is asked anywhere: examples and seeds, public problems, generated programs. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createSources } from '../../src/api/outcome.ts';
import { engineWith, singleQuestions } from '../../src/api/reading.ts';
import { attempt } from '../../src/basics/problem.ts';
import { programFrom, questionFrom, requestFrom } from '../../src/cli/batch-request.ts';
import { type Derivation, derivationOf } from '../../src/derive/derivation.ts';
import { programEngine, type ProgramEngine } from '../../src/derive/program-engine.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import { kinds } from '../fuzz/generate.ts';
import { answerOf, samples } from '../properties/given.ts';

export interface Asked {
  readonly name: string;
  readonly derivation: Derivation;
  readonly engine: ProgramEngine;
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
  const lines = readFileSync(new URL('problems.jsonl', import.meta.url), 'utf8')
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

/** Each corpus with how many questions it has at least. */
export const corpora = [
  ['examples and seeds', examples, 50],
  ['public problems', publicProblems, 170],
  ['generated programs', generated, 280],
] as const;
