/**
 * matgrad: symbolic differentiation for matrix calculus.
 *
 * @example
 * import { parse } from 'matgrad';
 *
 * const program = parse('z in R^n; tau > 0; y = softmax(z/tau)');
 * if (!program.ok) throw new Error(renderProblem(program.problem));
 * const answer = program.value.jacobian('y', 'z');
 * if (answer.ok) console.log(answer.value.unicode); // (diag(y) − y·yᵀ)/τ
 */
export { answerFromJSON } from './engine/answer-from-json.ts';
export type { Assumption } from './engine/assumptions.ts';
export type { AnswerJSON } from './engine/answer-json.ts';
export type { Answer, EvaluateOptions } from './engine/answer-object.ts';
export type { CheckOptions, CheckResult } from './engine/check/check.ts';
export type { ClaimVerdict, Counterexample, Verdict } from './engine/claims.ts';
export type { StatedCondition } from './engine/condition-text.ts';
export type { CompileOptions, Evaluator } from './engine/evaluator.ts';
export type { GivenValue, Nested } from './engine/numbers-given.ts';
export type { Outcome, PlacedProblem, SourceText } from './engine/outcome.ts';
export {
  parse,
  type MatrixProgram,
  type ProgramAsk,
  type ProgramClaim,
  type ProgramQuestion,
} from './engine/program.ts';
export type { ReadableAnswer, WhereName } from './engine/readable-answer.ts';
export { renderPlaced as renderProblem } from './engine/render-placed.ts';
export type { ShapeData } from './engine/shape-data.ts';
export type { SizeNumbers } from './engine/sizes.ts';
export type { AnswerCase, AnswerStep } from './engine/steps.ts';
export type { ValueAndGrad, ValueAndGradEvaluator } from './engine/value-and-grad.ts';
export type { HandedFunction, InputDescription, InputValue } from './emit/javascript.ts';
export { type Problem, type ProblemKind, Refusal } from './diagnostics/problem.ts';
export type { Level } from './explain/step.ts';
