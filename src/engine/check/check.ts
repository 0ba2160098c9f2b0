/**
 * Is an answer right? At random points that satisfy the facts, the compiled evaluator is compared with the interpreter, which
 * evaluates the printed answer; and the printed answer with finite differences of the question.
 */
import { Refusal } from '../../diagnostics/problem.ts';
import { array, type NumericArray } from '../../evaluate/array.ts';
import { largestRelativeError } from '../../evaluate/compare.ts';
import { derivativeFunctions } from '../../elaborate/functions.ts';
import { everyPart } from '../../elaborate/walk.ts';
import type { Environment } from '../../evaluate/interpret.ts';
import { evaluateDim } from '../../shape/dim.ts';
import type { AnswerSource } from '../answer-source.ts';
import { compileAnswer } from '../evaluator.ts';
import { freeIndicesOf } from '../positions.ts';
import { numericShape } from '../shape-data.ts';
import { drawPoint, type Point, type PointRequest } from './points.ts';
import { entryByEntry, type Reference, referenceFor, referenceValue } from './reference.ts';
import { spelledOut, withDifferentialNames } from './spelled-out.ts';

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

/** Rounding in differences of differences is worse. */
const tolerance = { first: 1e-6, higher: 1e-3 };

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
  const trial = trialOf(answer);
  for (let n = 0; n < points; n++) {
    try {
      const errors = trial(seed + n * 7919);
      found.evaluator = Math.max(found.evaluator, errors.evaluator);
      found.differences = Math.max(found.differences, errors.differences);
      found.points++;
    } catch (error) {
      if (error instanceof Refusal) return result(false, error.problem.message);
      throw error;
    }
  }
  if (found.points === 0) return result(false, 'no points were tried');
  const allowed = isHigherOrder(answer) ? tolerance.higher : tolerance.first;
  if (found.evaluator > tolerance.first) return result(false, 'the evaluator and the printed answer disagree');
  return found.differences > allowed ? result(false, 'the answer and finite differences disagree') : result(true);
}

interface Errors {
  readonly evaluator: number;
  readonly differences: number;
}

function trialOf(answer: AnswerSource): (seed: number) => Errors {
  const { checked } = answer.engine;
  const definitions = new Map(
    [...checked.definitions.values()].map(({ name, value }) => [name, spelledOut(value, checked)]),
  );
  const general = answer.question.at.length > 0 ? answer.general() : answer;
  const reference = referenceFor(checked, definitions);
  const request: PointRequest = {
    checked,
    definitions,
    conditions: general.conditions,
    reference,
    indices: freeIndicesOf(general.computation()),
  };
  const asked = spelledOut(answer.question.expression, checked);
  return (seed) => {
    const point = drawPoint(request, seed);
    const printed = printedValue(general, point.environment, reference);
    const expected = referenceValue(asked, point.environment, reference);
    const differences = relative(printed, expected);
    const here = bindingsAt(answer, point);
    const own = answer === general ? printed : printedValue(answer, here.environment, reference);
    const evaluator = relative(compiledValue(answer, here), own);
    if (answer === general) return { evaluator, differences };
    // What was put in afterwards must be what the general answer gives with the same values.
    const substituted = relative(own, printedValue(general, here.environment, reference));
    return { evaluator, differences: Math.max(differences, substituted) };
  };
}

/** grad(h, s) at s = [1; 2]: the point with these values in it. */
function bindingsAt({ question, engine }: AnswerSource, point: Point): Point {
  if (question.at.length === 0) return point;
  const values = new Map(point.values);
  const reference: Reference = { checked: engine.checked, derived: new Set() };
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
  return entryByEntry(e, answer.indices, extents, shape, here, reference);
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
