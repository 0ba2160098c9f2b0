/** A program that has been read and checked, with the texts that its problems lie in. */
import { refuse } from '../basics/problem.ts';
import { checkProgram } from '../elaborate/check.ts';
import { parseProgram } from '../parse/parse.ts';
import type { Claim, Program, Question } from '../syntax/tree.ts';
import { standardCatalogue } from '../derive/standard-catalogue.ts';
import { programEngine, type ProgramEngine } from '../derive/program-engine.ts';
import type { Outcome } from './outcome.ts';
import { attemptWith, createSources, type Sources } from './sources.ts';

export interface Reading {
  readonly text: string;
  readonly program: Program;
  readonly sources: Sources;
  /** Of the program as it stands. */
  readonly engine: ProgramEngine;
}

/** `name`: what problems call the text. */
export function readProgram(text: string, name = 'program'): Outcome<Reading> {
  const sources = createSources();
  return attemptWith(sources, () => {
    if (typeof text !== 'string') refuse({ kind: 'request', message: `a program is a text, not ${typeof text}` });
    const program: Program = isBlank(text) ? { statements: [] } : sources.read(name, text, parseProgram);
    return { text, program, sources, engine: programEngine(checkProgram(program), standardCatalogue()) };
  });
}

const isBlank = (text: string): boolean =>
  text
    .replaceAll(/#[^\n]*/g, '')
    .replaceAll(';', '')
    .trim() === '';

/** Runs a stage that may read further texts. */
export function attempting<Value>({ sources }: Reading, stage: (own: Sources) => Value): Outcome<Value> {
  const own = sources.copy();
  return attemptWith(own, () => stage(own));
}

/** A question may bring undeclared names to life and settle sizes, so it is checked together with the program. */
export function engineWith({ program }: Pick<Reading, 'program'>, question: Question | Claim): ProgramEngine {
  const context = program.statements.filter(({ kind }) => kind !== 'question' && kind !== 'claim');
  return programEngine(checkProgram({ statements: [...context, question] }), standardCatalogue());
}
