/** An answer as users of the library hold it: to read, to render, to run and to check. */
import type { Level } from '../explain/step.ts';
import { type AnswerJSON, jsonOf } from './answer-json.ts';
import type { AnswerSource } from './answer-source.ts';
import { checkAnswer, type CheckOptions, type CheckResult } from './check.ts';
import { type CompileOptions, compileAnswer, type Evaluator, evaluateAnswer } from './evaluator.ts';
import { type Nested, checkSizes, type GivenValue, type SizeNumbers } from './given.ts';
import { type Outcome, attemptWith, createSources } from './outcome.ts';
import { type ReadableAnswer, readableAnswer, shapesFor } from './readable-answer.ts';
import { type AnswerCase, type AnswerStep, casesOf, stepsOf } from './steps.ts';

/**
 * The closed form that a question has for an answer.
 *
 * @example
 * const program = parse('z in R^n; tau > 0; y = softmax(z/tau)');
 * const answer = program.ok && program.value.jacobian('y', 'z');
 * if (answer && answer.ok) console.log(answer.value.text); // (diag(y) - y*y')/tau
 */
export interface Answer extends ReadableAnswer {
  /** HTML with MathML by KaTeX, which is loaded on the first call. Needs KaTeX's style sheet on the page. */
  readonly html: () => Promise<string>;
  /** How it was found: `main` as lecture notes have it (the default), `detail` with every rewriting. */
  readonly steps: (level?: Level) => readonly AnswerStep[];
  /** The entry by cases: for i = k, and for i != k. Empty where there is nothing to tell apart. */
  readonly cases: () => readonly AnswerCase[];
  /**
   * Compiled for fixed sizes, over Float64Array in row-major order.
   *
   * @param sizes A number for each size name: `{ n: 3 }`.
   * @returns The evaluator, or a problem of kind `value` (a size is missing) or `limit` (the result is too large).
   * @example const f = answer.compile({ n: 3 }); if (f.ok) f.value({ z: new Float64Array(3), tau: 0.5 });
   */
  readonly compile: (sizes?: SizeNumbers, options?: CompileOptions) => Outcome<Evaluator>;
  /**
   * The answer as numbers: nested arrays in row-major order, rows and columns flat.
   *
   * @param values For each variable a number, a list or rows; also positions, from 1, for indices that the answer speaks of.
   *   Sizes are read off the values.
   * @returns The numbers, or a problem of kind `value` naming the value that is missing or does not fit.
   * @example answer.evaluate({ z: [1, 2, 3], tau: 0.5 })
   */
  readonly evaluate: (values: Readonly<Record<string, GivenValue>>, options?: EvaluateOptions) => Outcome<Nested>;
  /**
   * Compares the compiled evaluator with an independent interpreter, and that with finite differences, at random points.
   *
   * @returns Never throws: what could not be tried has `ok: false` and a `reason`.
   */
  readonly check: (options?: CheckOptions) => CheckResult;
  /** Plain data that `answerFromJSON` reads back. */
  readonly toJSON: () => AnswerJSON;
}

export interface EvaluateOptions extends CompileOptions {
  /** For sizes that no value shows. */
  readonly sizes?: SizeNumbers | undefined;
}

export function answerFrom(source: AnswerSource): Answer {
  const attemptHere = <Value>(stage: () => Value): Outcome<Value> => attemptWith(createSources(), stage);
  const answer: Answer = {
    ...readableAnswer(source),
    html: () => htmlOf(source),
    steps: (level = 'main') => stepsOf(source, level),
    cases: () => casesOf(source),
    compile: (sizes = {}, options) =>
      attemptHere(() => {
        checkSizes(sizes);
        return compileAnswer(source.computation(), sizes, options);
      }),
    evaluate: (values, options) => attemptHere(() => evaluateAnswer(source.computation(), values, options)),
    check: (options) => checkAnswer(source, options),
    toJSON: () => jsonOf(answer, source),
  };
  return answer;
}

async function htmlOf({ expression, engine, where }: AnswerSource): Promise<string> {
  const { toHtml } = await import('../print/html.ts');
  return toHtml(expression, shapesFor(engine.checked, where));
}
