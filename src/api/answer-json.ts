/**
 * An answer as plain data, and read back. What was found is stored, not found again: an answer reads the same years
 * later.
 */
import { type Answer, answerFrom } from './answer-object.ts';
import { type AnswerSource, conditionsFor, generalSource } from './answer-source.ts';
import type { ShapeData } from './given.ts';
import { type Outcome, attemptWith, createSources, type Sources } from './outcome.ts';
import type { Computation } from './evaluator.ts';
import { withWhere } from './readable-answer.ts';
import type { StackedAnswer } from './readable-answer.ts';
import type { StatedCondition } from './stated.ts';
import type { AnswerCase, AnswerStep } from './steps.ts';
import { refuse } from '../basics/problem.ts';
import { derivationOf } from '../derive/derivation.ts';
import { programEngine } from '../derive/program-engine.ts';
import { standardCatalogue } from '../derive/catalogue.ts';
import { checkProgram } from '../elaborate/check.ts';
import { parseExpression, parseProgram, parseQuestion } from '../parse/parse.ts';
import { axesOf } from '../shape/shape.ts';
import type { Bound } from '../terms/node.ts';

/** Everything in the language's own texts. */
export interface AnswerJSON {
  readonly format: 'matgrad-answer/1';
  /** Declarations and definitions, one per line. */
  readonly program: string;
  readonly question: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
  readonly where: Answer['where'];
  readonly shape: ShapeData;
  readonly indices?: Answer['indices'];
  readonly conditions: readonly StatedCondition[];
  readonly assumptions: Answer['assumptions'];
  /** Absent where there are none. */
  readonly notes?: Answer['notes'];
  /** Absent where there is none. */
  readonly stacked?: StackedAnswer;
  readonly operations: number;
  readonly steps: { readonly main: readonly AnswerStep[]; readonly detail: readonly AnswerStep[] };
  readonly cases: readonly AnswerCase[];
}

export function jsonOf(answer: Answer, source: AnswerSource): AnswerJSON {
  const { question, text, unicode, latex, where, shape, indices, conditions, assumptions, notes, stacked, operations } =
    answer;
  return {
    format: 'matgrad-answer/1',
    program: source.program,
    question,
    text,
    unicode,
    latex,
    where,
    shape,
    ...(indices ? { indices } : {}),
    conditions,
    assumptions,
    ...(notes.length > 0 ? { notes } : {}),
    ...(stacked ? { stacked } : {}),
    operations,
    steps: { main: answer.steps('main'), detail: answer.steps('detail') },
    cases: answer.cases(),
  };
}

// ---- read back
// An answer read back from plain data: the same texts, and it can be run and checked again.

/**
 * Reads what `answer.toJSON()` wrote, or its text.
 *
 * @param json The object, or a string of JSON.
 * @returns An answer equal to the one that was written; a problem of kind `request` if this is something else.
 * @example const again = answerFromJSON(JSON.stringify(answer));
 */
export function answerFromJSON(json: unknown): Outcome<Answer> {
  const sources = createSources();
  return attemptWith(sources, () => answerFrom(sourceFrom(checkedJSON(json), sources)));
}

function checkedJSON(json: unknown): AnswerJSON {
  const data = typeof json === 'string' ? parsedJSON(json) : json;
  const fail = (what: string): never =>
    refuse({ kind: 'request', message: `this is not an answer of matgrad: ${what}` });
  if (typeof data !== 'object' || data === null) return fail('it is not an object');
  const given = data as Partial<Record<keyof AnswerJSON, unknown>>;
  if (given.format !== 'matgrad-answer/1') fail(`its format is ${JSON.stringify(given.format)}`);
  for (const field of ['program', 'question', 'text'] as const)
    if (typeof given[field] !== 'string') fail(`${field} is missing`);
  for (const field of ['where', 'shape', 'conditions', 'cases'] as const)
    if (!Array.isArray(given[field])) fail(`${field} is missing`);
  const steps = given.steps as AnswerJSON['steps'] | undefined;
  if (!Array.isArray(steps?.main) || !Array.isArray(steps.detail)) fail('steps are missing');
  return data as AnswerJSON;
}
function parsedJSON(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return refuse({ kind: 'request', message: `this is not JSON: ${(error as Error).message}` });
  }
}

function sourceFrom(json: AnswerJSON, sources: Sources): AnswerSource {
  const context = json.program === '' ? { statements: [] } : sources.read('program', json.program, parseProgram);
  const question = sources.read('question', json.question, parseQuestion);
  if (question.kind === 'claim') return refuse({ kind: 'request', message: 'this is a claim, not an answer' });
  const engine = programEngine(checkProgram({ statements: [...context.statements, question] }), standardCatalogue());
  const where = json.where.map(({ name, text }) => ({
    name,
    value: sources.read(`where ${name}`, text, parseExpression),
  }));
  const expression = sources.read('text', json.text, parseExpression);
  const { indices } = json;
  return {
    engine,
    program: json.program,
    asked: json.question,
    question,
    shape: engine.checked.shapeOf(question.expression),
    expression,
    indices,
    where,
    conditions: conditionsFor(question, engine),
    notes: json.notes ?? [],
    stacked: json.stacked && {
      question: sources.read('question', json.stacked.question, parseExpression),
      expression: sources.read('text', json.stacked.text, parseExpression),
    },
    computation: () => computationOf({ expression, indices }, where, engine, question),
    general: () => generalSource(question, engine),
    story: { steps: json.steps, cases: json.cases },
  };
}

/** The printed answer, over the program and the names that it introduces. */
function computationOf(
  { expression, indices }: Pick<AnswerSource, 'expression' | 'indices'>,
  where: AnswerSource['where'],
  engine: AnswerSource['engine'],
  question: AnswerSource['question'],
): Computation {
  const own = programEngine(checkProgram(withWhere(engine.checked.program, where, expression)), standardCatalogue());
  const value = own.evaluate(expression);
  if (!indices) return { term: value.term, axes: value.axes, engine: own };
  const dims = axesOf(engine.checked.shapeOf(question.expression));
  // An axis that kron or vec laid out says only as a whole how long it is; its parts are known where it was derived.
  const parts = indices.some((names) => names.length > 1) ? derivationOf(question, engine).axes : [];
  const axes = indices.map((names, n) =>
    names.map((name, k): Bound => {
      const dim = names.length === 1 ? dims[n] : parts[n]?.[k]?.dim;
      if (!dim) return refuse({ kind: 'request', message: `nothing says how far the index ${name} runs` });
      return { index: own.world.index(name), dim };
    }),
  );
  return { term: value.term, axes, engine: own };
}
