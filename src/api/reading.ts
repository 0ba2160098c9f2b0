/** A program that has been read and checked, and the questions that can be asked of it by name. */
import { type Outcome, attemptWith, createSources, type Sources } from './outcome.ts';
import { refuse } from '../basics/problem.ts';
import { programEngine, type ProgramEngine } from '../derive/program-engine.ts';
import { standardCatalogue } from '../derive/catalogue.ts';
import { checkProgram } from '../elaborate/check.ts';
import { questionParts } from '../elaborate/statements.ts';
import { parseProgram, parseExpression } from '../parse/parse.ts';
import { call, subscript } from '../syntax/build.ts';
import {
  type Claim,
  type Expression,
  type Layout,
  layouts,
  type Program,
  type Question,
  type Setting,
} from '../syntax/tree.ts';

export interface Reading {
  readonly text: string;
  readonly program: Program;
  readonly sources: Sources;
  /** Of the program as it stands. */
  readonly engine: ProgramEngine;
}

/** What holds for all answers of a program. A program may say it too: `layout = numerator`. */
export interface Settings {
  /** How derivatives are arranged; unless said, a gradient is shaped like its variable, and J[i,k] = dy[i]/dx[k]. */
  readonly layout?: Layout | undefined;
}

/** As the program would say it. */
export function settingsIn({ layout }: Settings): readonly Setting[] {
  if (layout === undefined) return [];
  if (!layouts.includes(layout))
    refuse({ kind: 'request', message: `there is no layout ${JSON.stringify(layout)}`, hint: layouts.join(', ') });
  return [{ kind: 'setting', name: 'layout', value: layout }];
}
export const withSettings = (reading: Reading, settings: Settings | undefined): Reading =>
  settings
    ? { ...reading, program: { statements: [...reading.program.statements, ...settingsIn(settings)] } }
    : reading;

/** `name`: what problems call the text. */
export function readProgram(text: string, name = 'program', settings: Settings = {}): Outcome<Reading> {
  const sources = createSources();
  return attemptWith(sources, () => {
    if (typeof text !== 'string') refuse({ kind: 'request', message: `a program is a text, not ${typeof text}` });
    const own = isBlank(text) ? [] : sources.read(name, text, parseProgram).statements;
    const program: Program = { statements: [...own, ...settingsIn(settings)] };
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

// ---- grad(f, A), jvp(y, x, dx): made from texts, each with its own places

export type DerivativeName = 'grad' | 'jacobian' | 'hessian' | 'jvp' | 'vjp' | 'hvp';

export const questionOf = (expression: Expression): Question => ({
  kind: 'question',
  expression,
  at: [],
  byCases: false,
});

/** The arguments as texts: grad, ['f', 'A']. */
export function derivativeQuestion(kind: DerivativeName, texts: readonly string[], sources: Sources): Question {
  const places = ['function', 'variable', 'direction'];
  const args = texts.map((text, n) => sources.read(places[n] ?? 'variable', text, parseExpression));
  return questionOf(call(kind, ...args));
}

/** jacobian(y, z) at i, k: its entry. */
export function entryQuestion(text: string, indices: readonly (string | number)[], sources: Sources): Question {
  if (indices.length === 0)
    refuse({ kind: 'question', message: 'an entry needs its indices', hint: "entry('jacobian(y, z)', 'i', 'k')" });
  const whole = sources.read('question', text, parseExpression);
  return questionOf(subscript(whole, ...indices.map((index) => sources.read('index', String(index), parseExpression))));
}

/** grad(f, A, b) and grad(f, [A, b]) ask for two gradients. */
export const singleQuestions = (question: Question): readonly Question[] =>
  questionParts(question.expression).map((expression) => ({ ...question, expression }));
