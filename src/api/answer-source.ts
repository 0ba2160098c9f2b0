/** What an answer is made from, just derived or read back from JSON; and the sources of all answers to a question. */
import type { Computation } from './evaluator.ts';
import { singleQuestions } from './reading.ts';
import type { Told } from './steps.ts';
import { type Derivation, derivationOf, gradientsOf, type AnswerOptions } from '../derive/derivation.ts';
import type { Stacked } from '../derive/stacked.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import type { Condition } from '../elaborate/conditions.ts';
import { conditionsIn } from '../derive/where.ts';
import type { NamedPart } from '../form/share.ts';
import { statementToText } from '../print/text.ts';
import type { Shape } from '../shape/shape.ts';
import { namesIn } from '../syntax/parts.ts';
import type { Expression, Question, Call } from '../syntax/tree.ts';

export interface AnswerSource {
  readonly engine: ProgramEngine;
  /** The program without its questions, and the question, as texts that can be read again. */
  readonly program: string;
  readonly asked: string;
  readonly question: Question;
  readonly shape: Shape;
  readonly expression: Expression;
  /** Where the answer is one entry: the names of its indices, axis by axis; kron and vec lay several on one axis. */
  readonly indices: readonly (readonly string[])[] | undefined;
  readonly where: readonly NamedPart[];
  readonly conditions: readonly Condition[];
  readonly notes: readonly string[];
  /** Where the answer is one entry of a tensor: the same as a matrix, by vec. */
  readonly stacked: Stacked | undefined;
  readonly computation: () => Computation;
  /** The same question without `at`. */
  readonly general: () => AnswerSource;
  /** What can be told: the derivation, or what was told once. */
  readonly story: Derivation | Told;
}

export function sourceOf(derivation: Derivation, engine: ProgramEngine): AnswerSource {
  const { question, shape, expression, indices, where, conditions, notes, stacked, term, axes } = derivation;
  return {
    engine,
    program: programText(engine),
    asked: statementToText(question),
    question,
    shape,
    expression,
    indices: indices && grouped(indices, axes),
    where,
    conditions,
    notes,
    stacked,
    computation: () => ({ term, axes, engine }),
    general: () => generalSource(question, engine),
    story: derivation,
  };
}

function grouped(indices: readonly string[], axes: Derivation['axes']): readonly (readonly string[])[] {
  let next = 0;
  return axes.map((axis) => indices.slice(next, (next += axis.length)));
}

export const generalSource = (question: Question, engine: ProgramEngine): AnswerSource =>
  sourceOf(derivationOf({ ...question, at: [], byCases: false }, engine), engine);

export const conditionsFor = ({ expression }: Question, engine: ProgramEngine): readonly Condition[] =>
  conditionsIn(expression, engine);

const isContext = ({ kind }: ProgramEngine['checked']['program']['statements'][number]): boolean =>
  kind !== 'question' && kind !== 'claim';

/** One statement per line. */
export const programText = ({ checked }: ProgramEngine): string =>
  checked.program.statements.filter(isContext).map(statementToText).join('\n');

// ---- one for each variable that a question asks about, with names that mean the same in all of them

export function sourcesFor(
  question: Question,
  engine: ProgramEngine,
  options: AnswerOptions = { introduce: true },
): readonly AnswerSource[] {
  return derivationsOf(question, engine, options).map((derivation) =>
    sourceOf({ ...derivation, where: needed(derivation) }, engine),
  );
}

function derivationsOf(question: Question, engine: ProgramEngine, options: AnswerOptions): readonly Derivation[] {
  const all = singleQuestions(question);
  const by = all.map(({ expression }) => (expression as Call).arguments?.[1]);
  // A defined name varies in a world of its own: one sweep would take the others as held fixed there.
  const names = by.flatMap((e) => (e?.kind === 'name' && engine.checked.variables.has(e.name) ? [e.name] : []));
  const { name, arguments: args, within } = question.expression as Call;
  if (
    all.length === 1 ||
    name !== 'grad' ||
    within ||
    engine.checked.layout ||
    names.length < all.length ||
    question.at.length > 0
  )
    return all.map((one) => derivationOf(one, engine, options));
  return gradientsOf(args[0]!, names, engine, options);
}

/** Of the names that several answers share, those that this one uses. */
function needed({ expression, where }: Derivation): readonly NamedPart[] {
  const byName = new Map(where.map((part) => [part.name, part]));
  const found = new Set<NamedPart>();
  const waiting: Expression[] = [expression];
  for (let e = waiting.pop(); e; e = waiting.pop())
    for (const name of namesIn(e)) {
      const part = byName.get(name);
      if (!part || found.has(part)) continue;
      found.add(part);
      waiting.push(part.value);
    }
  return where.filter((part) => found.has(part));
}
