/** What can be read of an answer at once: its texts, shape, names and conditions. Nothing heavy is loaded for it. */
import type { AnswerSource } from './answer-source.ts';
import { type Assumption, assumptionsBehind, type StatedCondition, statedConditions } from './stated.ts';
import { type ShapeData, shapeData } from './given.ts';
import { attempt } from '../basics/problem.ts';
import { checkProgram } from '../elaborate/check.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { NamedPart } from '../form/share.ts';
import { toLatex } from '../print/latex.ts';
import { toText, toUnicode } from '../print/text.ts';
import type { Shape } from '../shape/shape.ts';
import { operationsIn } from '../syntax/length.ts';
import type { Expression, Program, Statement } from '../syntax/tree.ts';

/** A name that an answer introduces for a part that it needs more than once. */
export interface WhereName {
  readonly name: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
}

/** The answer to the same question about vec(X) in place of X. */
export interface StackedAnswer {
  readonly question: string;
  readonly text: string;
  readonly unicode: string;
  readonly latex: string;
}

export interface ReadableAnswer {
  /** What was asked, in the language. */
  readonly question: string;
  /** In the language itself: it can be asked about again. */
  readonly text: string;
  /** The same with Greek letters, ᵀ and ⊙; the language reads it too. */
  readonly unicode: string;
  /** The same as a textbook prints it; KaTeX renders it. */
  readonly latex: string;
  /** Names that the answer introduces, each before those that use it. */
  readonly where: readonly WhereName[];
  /** [] a scalar, ["n"] a column, [1, "n"] a row, ["m", "n"] a matrix; more axes for a tensor. */
  readonly shape: ShapeData;
  /**
   * Where the answer has no matrix form and `text` is one entry: the names of its indices, a list for each axis.
   * Mostly one; `kron` and `vec` lay several on one axis, the last running fastest.
   */
  readonly indices: readonly (readonly string[])[] | undefined;
  /** Where the answer holds, besides what the program declares. */
  readonly conditions: readonly StatedCondition[];
  /** The declared facts that the question rests on: `tau > 0`. */
  readonly assumptions: readonly Assumption[];
  /** What to know about it: "x is held fixed", "f does not depend on y". */
  readonly notes: readonly string[];
  /**
   * Where a derivative of or by a matrix is one entry, and has a matrix form once columns are stacked: that form, a Kronecker product as a
   * rule, and the question that it answers: jacobian(vec(A*X*B), vec(X)) is kron(B', A).
   */
  readonly stacked: StackedAnswer | undefined;
  /** How many operations and named leaves `text` has. */
  readonly operations: number;
}

export function readableAnswer({
  asked,
  engine,
  expression,
  where,
  shape,
  question,
  indices,
  conditions,
  notes,
  stacked,
}: AnswerSource): ReadableAnswer {
  const { checked } = engine;
  const shapes = shapesFor(checked, where);
  const written = (e: Expression) => ({ text: toText(e), unicode: toUnicode(e), latex: toLatex(e, shapes) });
  return {
    question: asked,
    ...written(expression),
    where: where.map(({ name, value }) => ({ name, ...written(value) })),
    shape: shapeData(shape),
    indices,
    conditions: statedConditions(conditions, expression, checked),
    assumptions: assumptionsBehind(question.expression, checked),
    notes,
    stacked: stacked && { question: toText(stacked.question), ...written(stacked.expression) },
    operations: operationsIn(expression),
  };
}

// ---- names that the answer introduces have shapes too

export const definitionOf = ({ name, value }: NamedPart): Statement => ({
  kind: 'definition',
  name: { kind: 'name', name },
  indices: [],
  value,
});

/** The program with the names that an answer introduces, and an expression over them to be asked for. */
export function withWhere({ statements }: Program, where: readonly NamedPart[], expression?: Expression): Program {
  const context = statements.filter(({ kind }) => kind !== 'question' && kind !== 'claim');
  const asked: readonly Statement[] = expression ? [{ kind: 'question', expression, at: [], byCases: false }] : [];
  return { statements: [...context, ...where.map(definitionOf), ...asked] };
}

export function shapesFor(checked: CheckedProgram, where: readonly NamedPart[]): ReadonlyMap<string, Shape> {
  const shapes = new Map(
    [...checked.variables.values(), ...checked.definitions.values()].map(({ name, shape }) => [name, shape]),
  );
  if (where.length === 0) return shapes;
  // A part over differentials or free indices is no program of its own: its name then has no shape.
  const extended = attempt(() => checkProgram(withWhere(checked.program, where)));
  if (extended.ok) for (const { name } of where) shapes.set(name, extended.value.definitions.get(name)!.shape);
  return shapes;
}
