/** Which questions can be asked by name? grad(f, A), jvp(y, x, dx): made from texts, each with its own places. */
import { refuse } from '../basics/problem.ts';
import { questionParts } from '../elaborate/questions.ts';
import { parseExpression } from '../parse/parse.ts';
import { call, subscript } from '../syntax/build.ts';
import type { Expression, Question } from '../syntax/tree.ts';
import type { Sources } from './sources.ts';

export type DerivativeName = 'grad' | 'jacobian' | 'hessian' | 'jvp' | 'vjp' | 'hvp';

export const questionOf = (expression: Expression): Question => ({
  kind: 'question',
  expression,
  at: [],
  byCases: false,
});

/** The arguments as texts: grad, ['f', 'A']. */
export function derivativeQuestion(kind: DerivativeName, texts: readonly string[], sources: Sources): Question {
  const places = ['function', 'variable', 'direction'];
  const args = texts.map((text, n) => sources.read(places[n] ?? 'variable', text, parseExpression));
  return questionOf(call(kind, ...args));
}

/** jacobian(y, z) at i, k: its entry. */
export function entryQuestion(text: string, indices: readonly (string | number)[], sources: Sources): Question {
  if (indices.length === 0)
    refuse({ kind: 'question', message: 'an entry needs its indices', hint: "entry('jacobian(y, z)', 'i', 'k')" });
  const whole = sources.read('question', text, parseExpression);
  return questionOf(subscript(whole, ...indices.map((index) => sources.read('index', String(index), parseExpression))));
}

/** grad(f, A, b) asks for two gradients. */
export const singleQuestions = (question: Question): readonly Question[] =>
  questionParts(question.expression).map((expression) => ({ ...question, expression }));
