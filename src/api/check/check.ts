/**
 * Is an answer right? At random points that satisfy the facts, the compiled evaluator is compared with the interpreter, which
 * evaluates the printed answer; and the printed answer with finite differences of the question.
 */
import { Refusal } from '../../basics/problem.ts';
import type { AnswerSource } from '../answer-source.ts';
import { tolerance, toleranceFor, trialOf } from './trial.ts';

export interface CheckOptions {
  /** How many points to try; 5 unless told. */
  readonly points?: number | undefined;
  /** The same seed tries the same points. */
  readonly seed?: number | undefined;
}

export interface CheckResult {
  /** Did everything agree, at one point or more? */
  readonly ok: boolean;
  /** The largest relative error of any kind. */
  readonly largestError: number;
  /** The compiled evaluator against the interpreter on the printed answer. */
  readonly evaluatorError: number;
  /** The printed answer against finite differences. */
  readonly differencesError: number;
  readonly points: number;
  readonly seed: number;
  /** Why there is no result, or where the largest error is. */
  readonly reason?: string | undefined;
}

/** So many more points are drawn in place of those that settle nothing. */
const mostSpare = 10;

export function checkAnswer(answer: AnswerSource, { points = 5, seed = 1 }: CheckOptions = {}): CheckResult {
  const found = { evaluator: 0, differences: 0, points: 0 };
  const result = (ok: boolean, reason?: string): CheckResult => ({
    ok,
    largestError: Math.max(found.evaluator, found.differences),
    evaluatorError: found.evaluator,
    differencesError: found.differences,
    points: found.points,
    seed,
    reason,
  });
  try {
    const trial = trialOf(answer);
    for (let n = 0; n < points + mostSpare && found.points < points; n++) {
      const errors = trial(seed + n * 7919);
      if (!errors) {
        if (found.points === 0) return result(false, 'no random point was found where the answer exists');
        break;
      }
      found.evaluator = Math.max(found.evaluator, errors.evaluator);
      if (errors.differences === undefined) continue;
      found.differences = Math.max(found.differences, errors.differences);
      found.points++;
    }
  } catch (error) {
    if (error instanceof Refusal) return result(false, error.problem.message);
    throw error;
  }
  if (found.evaluator > tolerance.first) return result(false, 'the evaluator and the printed answer disagree');
  if (found.points === 0) return result(false, 'finite differences contradict each other wherever they were taken');
  return found.differences > toleranceFor(answer)
    ? result(false, 'the answer and finite differences disagree')
    : result(true);
}
