/** Which questions does a derive command ask? Those of the program, or with --wrt the derivatives of its last expression. */
import { refuse } from '../basics/problem.ts';
import { closest } from '../basics/words.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import { questionOf, engineWith, type Reading } from '../api/reading.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import type { Sources } from '../api/outcome.ts';
import { parseExpression } from '../parse/parse.ts';
import { call, nameOf } from '../syntax/build.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Claim, Expression, Question } from '../syntax/tree.ts';

export const kinds = ['gradient', 'jacobian', 'hessian'] as const;
export type Kind = (typeof kinds)[number];

export interface Asked {
  readonly question: Question | Claim;
  readonly engine: ProgramEngine;
}

export function questionsOfProgram({ program, engine }: Reading, isFile: boolean): readonly Asked[] {
  const found = program.statements.filter((s): s is Question | Claim => s.kind === 'question' || s.kind === 'claim');
  if (found.length === 0)
    refuse({
      kind: 'question',
      message: 'nothing is asked here',
      hint: 'end with a question such as grad(f, x), or add --wrt x',
    });
  const [only] = found;
  if (!isFile && found.length === 1 && only?.kind === 'question' && !asksForDerivative(only.expression)) {
    const names = [...engine.checked.variables.keys()];
    const hint = names.length === 0 ? 'it has no variables' : `--wrt ${names.slice(0, 3).join(', or --wrt ')}`;
    refuse({ kind: 'question', message: 'the derivative of this by what?', span: only.expression.span, hint });
  }
  return found.map((question) => ({ question, engine }));
}

function asksForDerivative(root: Expression): boolean {
  let found = false;
  everyPart(root, (e) => (found ||= e.kind === 'call' && derivativeFunctions.has(e.name)));
  return found;
}

export function derivativesBy(
  reading: Reading,
  by: readonly string[],
  kind: Kind | undefined,
  sources: Sources,
): readonly Asked[] {
  const of = lastExpression(reading);
  const variables = by
    .flatMap((list) => list.split(','))
    .map((text) => sources.read('--wrt', text.trim(), parseExpression));
  for (const variable of variables) refuseStranger(variable, reading.engine);
  const name = kind === undefined ? kindFor(of, reading) : kind === 'gradient' ? 'grad' : kind;
  const questions =
    name === 'grad'
      ? [questionOf(call('grad', of, ...variables))]
      : variables.map((variable) => questionOf(call(name, of, variable)));
  return questions.map((question) => ({ question, engine: engineWith(reading, question) }));
}

/** Undeclared names come to life by habit; here that would hide a slip of the keyboard behind a zero. */
function refuseStranger(by: Expression, { checked }: ProgramEngine): void {
  const name = by.kind === 'subscript' ? by.of : by;
  if (name.kind !== 'name' || checked.variables.has(name.name) || checked.definitions.has(name.name)) return;
  const guess = closest(name.name, [...checked.variables.keys(), ...checked.definitions.keys()]);
  refuse({
    kind: 'name',
    message: `${name.name} does not occur in the expression`,
    span: name.span,
    hint: guess && `${guess}?`,
  });
}

function lastExpression({ program }: Reading): Expression {
  const last = program.statements.findLast(
    ({ kind }) => kind === 'question' || kind === 'definition' || kind === 'function-definition',
  );
  if (last?.kind === 'question') return last.expression;
  if (last?.kind === 'definition') return nameOf(last.name.name);
  return refuse({
    kind: 'question',
    message: 'there is nothing to differentiate here',
    hint: 'end with an expression',
  });
}

const kindFor = (of: Expression, reading: Reading): 'grad' | 'jacobian' =>
  engineWith(reading, questionOf(of)).checked.shapeOf(of).kind === 'scalar' ? 'grad' : 'jacobian';
