/** An answer as plain data. What was found is stored, not found again: an answer reads the same years later. */
import type { Answer } from './answer-object.ts';
import type { AnswerSource } from './answer-source.ts';
import type { StatedCondition } from './stated.ts';
import type { ShapeData } from './given.ts';
import type { AnswerCase, AnswerStep } from './steps.ts';

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
  readonly operations: number;
  readonly steps: { readonly main: readonly AnswerStep[]; readonly detail: readonly AnswerStep[] };
  readonly cases: readonly AnswerCase[];
}

export function jsonOf(answer: Answer, source: AnswerSource): AnswerJSON {
  const { question, text, unicode, latex, where, shape, indices, conditions, assumptions, notes, operations } = answer;
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
    operations,
    steps: { main: answer.steps('main'), detail: answer.steps('detail') },
    cases: answer.cases(),
  };
}
