/** `matgrad batch`: JSON lines in, JSON lines out, in order. One bad line never ends the run. */
import { createInterface } from 'node:readline';
import { type AnswerSource, sourcesFor } from '../api/answer-source.ts';
import { checkAnswer } from '../api/check.ts';
import { verdictOn } from '../api/claims.ts';
import { evaluateAnswer } from '../api/evaluator.ts';
import { type PlacedProblem, createSources, type Sources } from '../api/outcome.ts';
import { readableAnswer } from '../api/readable-answer.ts';
import { engineWith } from '../api/reading.ts';
import type { StatedCondition } from '../api/stated.ts';
import { casesOf, stepsOf } from '../api/steps.ts';
import { Refusal } from '../basics/problem.ts';
import { programFrom, questionFrom, type BatchRequest, requestFrom } from './batch-request.ts';
import { say } from './terminal.ts';
import { exitCodes, type ExitCode, readArguments, UsageError, version } from './usage.ts';

export const help = `Requests as JSON lines on standard input, one answer each as a JSON line on standard output, in order.

Usage: matgrad batch < requests.jsonl > answers.jsonl

A request:
  {"id": "S1", "program": "z in R^n; tau > 0; y = softmax(z/tau)", "ask": "jacobian(y, z)",
   "values": {"z": [0.1, 0.2, 0.3], "tau": 0.5}, "want": ["text", "latex", "steps", "value", "conditions"]}

Its fields:
  program            declarations and definitions
  ask                a question, or a claim such as a == b
  expr, wrt, kind    instead of ask: an expression, a variable, and gradient, jacobian or hessian
  within             of a derivative by a matrix: symmetric, vech, diagonal, lower, toeplitz, stiefel, …
  layout             numerator, denominator or differential
  vars               instead of declarations: {"z": {"shape": ["n"], "domain": "real"}}
  let                names for parts: [["s", "softmax(A*x)"]]; the answer then introduces none
  sizes, values      numbers; sizes are read off the values where they can be
  want               text, unicode, latex, steps, cases, value, conditions, check

An answer has "ok": true, or "ok": false and an error with kind, message, line, column and hint.

Options:
  -h, --help         this text
  -V, --version      the version

Example:
  echo '{"expr": "x\\u0027*A*x", "wrt": "x", "kind": "gradient"}' | matgrad batch

Exit code: 0, also where single requests have problems.`;

export async function run(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, {});
  if (values.help) return say(help);
  if (values.version) return say(`matgrad ${version()}`);
  if (positionals.length > 0)
    throw new UsageError(
      `batch takes no ${positionals[0]}: it reads standard input`,
      `matgrad batch < ${positionals[0]}`,
    );
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity }))
    if (line.trim() !== '') await write(answerLine(line));
  return exitCodes.ok;
}

/** A slow reader slows us down instead of filling our memory. */
async function write(answer: Readonly<Record<string, unknown>>): Promise<void> {
  if (process.stdout.write(`${JSON.stringify(answer)}\n`)) return;
  await new Promise((resolve) => process.stdout.once('drain', resolve));
}

// ---- one line
// One line of batch mode answered. Whatever the line holds, the result is an object; nothing is thrown.

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
    const said = (conditions: readonly StatedCondition[]): readonly string[] => conditions.map(({ text }) => text);
    if (verdict.verdict === 'refuted' && verdict.holdsFor) {
      const holdsFor = verdict.holdsFor.map((one) => ({ ...one, conditions: said(one.conditions) }));
      return { text: claim, ...verdict, holdsFor };
    }
    if (verdict.verdict !== 'proved') return { text: claim, ...verdict };
    return { text: claim, ...verdict, conditions: said(verdict.conditions) };
  }
  const answers = sourcesFor(question, engine, { introduce: request.let === undefined });
  const [first, ...others] = answers.map((source) => answerData(source, request));
  return others.length === 0 ? first! : { answers: [first, ...others] };
}

function answerData(source: AnswerSource, { want, values, sizes }: BatchRequest): BatchAnswer {
  const { text, latex, unicode, shape, operations, indices, where, conditions, notes, stacked } =
    readableAnswer(source);
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
    ...(stacked
      ? {
          stacked: {
            question: stacked.question,
            text: stacked.text,
            ...(want.has('latex') && { latex: stacked.latex }),
          },
        }
      : {}),
    ...(want.has('check') ? { check: checkAnswer(source) } : {}),
  };
}
