/** Seeds as library calls: what every answer must satisfy besides being the right one. */
import katex from 'katex';
import { expect } from 'vitest';
import {
  type Answer,
  type ClaimVerdict,
  type MatrixProgram,
  type Outcome,
  parse,
  renderProblem,
} from '../../src/index.ts';

export function valueOf<Value>(outcome: Outcome<Value>): Value {
  if (!outcome.ok) throw new Error(renderProblem(outcome.problem));
  return outcome.value;
}

export const program = (...lines: readonly string[]): MatrixProgram => valueOf(parse(lines.join('\n')));

export interface Expected {
  readonly text: string;
  readonly shape: Answer['shape'];
  readonly where?: Readonly<Record<string, string>>;
  readonly conditions?: readonly string[];
}

/** The printed form, its shape, LaTeX that KaTeX accepts, steps, and the numeric check. */
export function expectAnswer(outcome: Outcome<Answer>, { text, shape, where = {}, conditions = [] }: Expected): Answer {
  const answer = valueOf(outcome);
  expect(answer.text).toBe(text);
  expect(answer.shape).toEqual(shape);
  expect(Object.fromEntries(answer.where.map((part) => [part.name, part.text]))).toEqual(where);
  expect(answer.conditions.map((condition) => condition.text)).toEqual(conditions);
  for (const latex of [
    answer.latex,
    ...answer.where.map((part) => part.latex),
    ...answer.steps().flatMap((step) => step.latex),
  ])
    expect(() => katex.renderToString(latex, { throwOnError: true, strict: 'error' })).not.toThrow();
  expect(answer.steps().length).toBeGreaterThan(0);
  expect(answer.check()).toMatchObject({ ok: true, points: 5 });
  return answer;
}

export function casesOf(outcome: Outcome<Answer>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    valueOf(outcome)
      .cases()
      .map(({ when, text }) => [when, text]),
  );
}

export const verdictOn = (outcome: Outcome<ClaimVerdict>): string => valueOf(outcome).verdict;
