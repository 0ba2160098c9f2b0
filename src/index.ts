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
export { answerFromJSON } from './api/answer-json.ts';
export type { Assumption } from './api/stated.ts';
export type { AnswerJSON } from './api/answer-json.ts';
export type { Answer, EvaluateOptions } from './api/answer-object.ts';
export type { CheckOptions, CheckResult } from './api/check.ts';
export type { ClaimVerdict, Counterexample, Verdict } from './api/claims.ts';
export type { StatedCondition } from './api/stated.ts';
export type { CompileOptions, Evaluator } from './api/evaluator.ts';
export type { GivenValue, Nested } from './api/given.ts';
export type { Outcome, PlacedProblem, SourceText } from './api/outcome.ts';
export { parse, type MatrixProgram, type ProgramAsk, type ProgramClaim, type ProgramQuestion } from './api/program.ts';
export type { Settings } from './api/reading.ts';
export type { ReadableAnswer, StackedAnswer, WhereName } from './api/readable-answer.ts';
export { renderPlaced as renderProblem } from './api/outcome.ts';
export type { ShapeData } from './api/given.ts';
export type { SizeNumbers } from './api/given.ts';
export type { AnswerCase, AnswerStep } from './api/steps.ts';
export type { ValueAndGrad, ValueAndGradEvaluator } from './api/evaluator.ts';
export type { HandedFunction, InputDescription, InputValue } from './loops/emit/javascript.ts';
export { type Problem, type ProblemKind, Refusal } from './basics/problem.ts';
export type { Level } from './explain/step.ts';
