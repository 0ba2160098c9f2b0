/**
 * Is an answer right? At random points that satisfy the facts, the compiled evaluator is compared with the interpreter,
 * which evaluates the printed answer; and the printed answer with finite differences of the question.
 */
import type { AnswerSource } from './answer-source.ts';
import { drawPoint, type Point, type PointRequest } from './points.ts';
import { compileAnswer, freeIndicesOf } from './evaluator.ts';
import { Refusal, attempt } from '../basics/problem.ts';
import { readingIn } from '../decide/reading.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import { array, type NumericArray, largestRelativeError } from '../evaluate/array.ts';
import { usualSteps } from '../evaluate/differences.ts';
import type { Environment } from '../evaluate/interpret.ts';
import { evaluateDim } from '../shape/dim.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import {
  entryByEntry,
  numericShape,
  type Reference,
  referenceFor,
  referenceValue,
  spelledOut,
  withDifferentialNames,
} from '../decide/reference.ts';

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

// ---- at one point
// How well do the evaluator, the printed answer and finite differences agree at one point?

export interface Errors {
  readonly evaluator: number;
  /** Absent where finite differences contradict each other: at an edge, or where a matrix is nearly singular. */
  readonly differences: number | undefined;
}

/** Rounding in differences of differences is worse. */
export const tolerance = { first: 1e-6, higher: 1e-3 };
export const toleranceFor = (answer: AnswerSource): number =>
  isHigherOrder(answer) ? tolerance.higher : tolerance.first;

/** What a seed gives; undefined where it gives no point. */
export function trialOf(answer: AnswerSource): (seed: number) => Errors | undefined {
  const { checked } = answer.engine;
  const definitions = new Map(
    [...checked.definitions.values()].map(({ name, value }) => [name, spelledOut(value, checked)]),
  );
  const general = answer.question.at.length > 0 ? answer.general() : answer;
  const reference = referenceFor(checked, definitions, readingIn(answer.engine.world));
  const request: PointRequest = {
    checked,
    definitions,
    conditions: general.conditions,
    reference,
    indices: indicesIn(general),
  };
  const allowed = toleranceFor(answer);
  const asked = spelledOut(answer.question.expression, checked);
  return (seed) => {
    const point = drawPoint(request, seed);
    if (!point) return undefined;
    const printed = printedValue(general, point.environment, reference);
    const differences = differencesError(printed, asked, point.environment, reference, allowed);
    const here = bindingsAt(answer, point);
    const own = answer === general ? printed : printedValue(answer, here.environment, reference);
    const evaluator = relative(compiledValue(answer, here), own);
    if (answer === general) return { evaluator, differences };
    // What was put in afterwards must be what the general answer gives with the same values.
    // The adjugate has a value at a singular matrix, where its textbook form has none: there differences tell.
    const there = attempt(() => printedValue(general, here.environment, reference));
    const substituted = there.ok
      ? relative(own, there.value)
      : (differencesError(own, asked, here.environment, reference, allowed) ?? 0);
    return { evaluator, differences: differences === undefined ? undefined : Math.max(differences, substituted) };
  };
}

/** Those of the answer, and those that only the question speaks of: an answer may be 0. */
function indicesIn(answer: AnswerSource): PointRequest['indices'] {
  const indices = new Map(freeIndicesOf(answer.computation()).map(({ name, bound }) => [name, bound.dim]));
  for (const [name, dim] of answer.engine.checked.freeIndices(answer.question.expression)) indices.set(name, dim);
  return [...indices].map(([name, dim]) => ({ name, dim }));
}

/** Shorter steps decide where the usual ones disagree with the answer. */
function differencesError(
  printed: NumericArray,
  asked: Expression,
  environment: Environment,
  reference: Reference,
  allowed: number,
): number | undefined {
  const usual = referenceValue(asked, environment, reference);
  const first = relative(printed, usual);
  if (first <= allowed) return first;
  const short = referenceValue(asked, environment, { ...reference, steps: { side: 'both', reach: 1 / 8 } });
  const second = relative(printed, short);
  if (second <= allowed) return second;
  return relative(usual, short) < Math.min(first, second) / 10 ? Math.min(first, second) : undefined;
}

/** grad(h, s) at s = [1; 2]: the point with these values in it. */
function bindingsAt({ question, engine }: AnswerSource, point: Point): Point {
  if (question.at.length === 0) return point;
  const values = new Map(point.values);
  const reference: Reference = { checked: engine.checked, derived: new Set(), steps: usualSteps };
  for (const { name, value } of question.at)
    values.set(name.name, referenceValue(spelledOut(value, engine.checked), point.environment, reference));
  return { ...point, values, environment: { ...point.environment, values } };
}

function printedValue(answer: AnswerSource, environment: Environment, reference: Reference): NumericArray {
  const definitions = new Map([
    ...environment.definitions!,
    ...answer.where.map(({ name, value }) => [name, withDifferentialNames(value)] as const),
  ]);
  const here: Environment = { ...environment, definitions };
  const e = withDifferentialNames(answer.expression);
  const shape = numericShape(answer.shape, environment.sizes);
  if (!answer.indices) return referenceValue(e, here, reference);
  const extents = answer
    .computation()
    .axes.flat()
    .map(({ dim }) => evaluateDim(dim, environment.sizes)!);
  return entryByEntry(e, answer.indices.flat(), extents, shape, here, reference);
}

function compiledValue(answer: AnswerSource, { sizes, values, positions, standIns }: Point): NumericArray {
  const evaluator = compileAnswer(answer.computation(), sizes, { positions, functions: standIns.forEvaluator });
  const inputs = Object.fromEntries(evaluator.inputs.map(({ name }) => [name, values.get(name)!.data]));
  return array(numericShape(answer.shape, sizes), evaluator(inputs));
}

/** A printed scalar stands for an array of equal entries nowhere; shapes must agree but for how a vector lies. */
function relative(a: NumericArray, b: NumericArray): number {
  if (a.data.length !== b.data.length) return Infinity;
  return largestRelativeError({ shape: [a.data.length], data: a.data }, { shape: [b.data.length], data: b.data });
}

function isHigherOrder({ question, engine }: AnswerSource): boolean {
  const texts = [question.expression, ...[...engine.checked.definitions.values()].map(({ value }) => value)];
  let derivatives = 0;
  let isSecond = false;
  for (const e of texts)
    everyPart(e, (part) => {
      if (part.kind !== 'call' || !derivativeFunctions.has(part.name)) return;
      derivatives++;
      isSecond ||= part.name === 'hessian' || part.name === 'hvp';
    });
  return isSecond || derivatives > 1;
}
