/** From the text of a program and a question to the steps and cases that a reader sees. */
import { checkProgram } from '../../src/elaborate/check.ts';
import { type Derivation, derivationOf } from '../../src/derive/derivation.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { type ProgramEngine, programEngine } from '../../src/derive/program-engine.ts';
import { casesOf } from '../../src/derive/cases.ts';
import { explain } from '../../src/explain/explain.ts';
import { renderSteps } from '../../src/explain/render.ts';
import type { Level, Step } from '../../src/explain/step.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import { toText } from '../../src/print/text.ts';

export function derived(program: string, question: string): readonly [Derivation, ProgramEngine] {
  const parsed = parseProgram(`${program}\n${question}`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  const checked = checkProgram(parsed.value);
  const engine = programEngine(checked, standardCatalogue());
  const [asked] = checked.questions;
  if (asked?.kind !== 'question') throw new Error(`${question} is no question`);
  return [derivationOf(asked, engine), engine];
}

export const stepsOf = (program: string, question: string, level: Level = 'main'): readonly Step[] =>
  explain(...derived(program, question), level);

/** Rules and formulas, without the sentences. */
export const told = (program: string, question: string, level: Level = 'main'): string =>
  renderSteps(stepsOf(program, question, level), 'text', false);

export const caseLines = (program: string, question: string): readonly string[] =>
  casesOf(...derived(program, question)).map(({ conditions, value }) =>
    [
      conditions.map((c) => `${toText(c.left)} ${c.comparison} ${toText(c.right)}`).join(', ') || 'always',
      toText(value),
    ].join(': '),
  );
