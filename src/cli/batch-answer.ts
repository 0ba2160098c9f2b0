/** One line of batch mode answered. Whatever the line holds, the result is an object; nothing is thrown. */
import { Refusal } from '../basics/problem.ts';
import { type AnswerSource, sourcesFor } from '../api/answer-source.ts';
import { checkAnswer } from '../api/check/check.ts';
import { verdictOn } from '../api/claims.ts';
import { type PlacedProblem, createSources, type Sources } from '../api/outcome.ts';
import { engineWith } from '../api/reading.ts';
import { readableAnswer } from '../api/readable-answer.ts';
import { casesOf, stepsOf } from '../api/steps.ts';
import { evaluateAnswer } from '../api/evaluator.ts';
import { programFrom, questionFrom } from './batch-program.ts';
import { type BatchRequest, requestFrom } from './batch-request.ts';

export type BatchAnswer = Readonly<Record<string, unknown>>;

export function answerLine(line: string): BatchAnswer {
  const started = performance.now();
  const sources = createSources();
  let id: { readonly id?: unknown } = {};
  try {
    const data = JSON.parse(line) as unknown;
    if (typeof data === 'object' && data !== null && Object.hasOwn(data, 'id'))
      id = { id: (data as { readonly id: unknown }).id };
    const answered = answerRequest(requestFrom(data), sources);
    return { ...id, ok: true, ...answered, milliseconds: Math.round((performance.now() - started) * 100) / 100 };
  } catch (error) {
    return { ...id, ok: false, error: errorData(problemFrom(error, sources)) };
  }
}

/** JSON's own errors quote the text at length, and a stack that is too deep is a limit of ours. */
function problemFrom(error: unknown, sources: Sources): PlacedProblem | InternalProblem {
  if (error instanceof Refusal) return sources.place(error.problem);
  if (error instanceof SyntaxError)
    return { kind: 'request', message: `this line is not JSON: ${error.message.slice(0, 80)}` };
  if (error instanceof RangeError) return { kind: 'limit', message: `this is too large: ${error.message}` };
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error) };
}
interface InternalProblem {
  readonly kind: 'internal';
  readonly message: string;
}

/** `source` is the field of the request that line and column count in. */
function errorData(problem: PlacedProblem | InternalProblem): BatchAnswer {
  if (problem.kind === 'internal') return { ...problem };
  const { kind, message, hint, source, line, column } = problem;
  return {
    kind,
    message,
    ...(source ? { line, column, source: source.name } : {}),
    ...(hint === undefined ? {} : { hint }),
  };
}

function answerRequest(request: BatchRequest, sources: Sources): BatchAnswer {
  const program = programFrom(request, sources);
  const question = questionFrom(request, sources);
  const engine = engineWith({ program }, question);
  if (question.kind === 'claim') {
    const { claim, ...verdict } = verdictOn(question, engine);
    if (verdict.verdict !== 'proved') return { text: claim, ...verdict };
    return { text: claim, ...verdict, conditions: verdict.conditions.map(({ text }) => text) };
  }
  const answers = sourcesFor(question, engine, { introduce: request.let === undefined });
  const [first, ...others] = answers.map((source) => answerData(source, request));
  return others.length === 0 ? first! : { answers: [first, ...others] };
}

function answerData(source: AnswerSource, { want, values, sizes }: BatchRequest): BatchAnswer {
  const { text, latex, unicode, shape, operations, indices, where, conditions, notes } = readableAnswer(source);
  return {
    text,
    ...(want.has('latex') ? { latex } : {}),
    ...(want.has('unicode') ? { unicode } : {}),
    shape,
    ...(indices ? { indices } : {}),
    operations,
    ...(where.length > 0
      ? {
          where: where.map((part) => ({
            name: part.name,
            text: part.text,
            ...(want.has('latex') ? { latex: part.latex } : {}),
          })),
        }
      : {}),
    ...(want.has('value') ? { value: evaluateAnswer(source.computation(), values, { sizes }) } : {}),
    ...(want.has('steps') ? { steps: stepsOf(source, 'main') } : {}),
    ...(want.has('cases') || source.question.byCases ? { cases: casesOf(source) } : {}),
    ...(want.has('conditions') ? { conditions: conditions.map((condition) => condition.text) } : {}),
    ...(notes.length > 0 || want.has('notes') ? { notes } : {}),
    ...(want.has('check') ? { check: checkAnswer(source) } : {}),
  };
}
