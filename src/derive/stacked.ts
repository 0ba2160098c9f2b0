/** The same derivative with the columns of its matrices under each other: jacobian(A*X*B, X) is kron(B', A) by vec(X). */
import { attempt } from '../basics/problem.ts';
import type { FormMaker } from '../form/form.ts';
import type { NamedPart } from '../form/share.ts';
import { toText } from '../print/text.ts';
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import { matrix, type Shape } from '../shape/shape.ts';
import { call, nameOf } from '../syntax/build.ts';
import { mapParts } from '../syntax/parts.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Bound, Term } from '../terms/node.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';

export interface Stacked {
  /** jacobian(vec(A*X*B), vec(X)) */
  readonly question: Expression;
  readonly expression: Expression;
}

interface Entries {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
}

/** Undefined where the question is none about matrices, or where no matrix expression says it. */
export function stackedForm(
  question: Expression,
  { term, axes }: Entries,
  maker: FormMaker,
  where: readonly NamedPart[],
  checked: CheckedProgram,
): Stacked | undefined {
  if (question.kind !== 'call' || question.within || axes.length < 3 || axes.length > 4) return undefined;
  const [of, by] = question.arguments as readonly [Expression, Expression];
  if (question.name !== 'jacobian' && question.name !== 'hessian') return undefined;
  const [y, x] = question.name === 'hessian' ? [by, by] : [of, by];
  const [rows, columns] = [checked.shapeOf(y), checked.shapeOf(x)];
  const [above, beside] = [axesFor(rows, axes), axesFor(columns, axes.slice(axesOf(rows)))];
  if (!above || !beside || axesOf(rows) + axesOf(columns) !== axes.length) return undefined;
  const shape = matrix(sizeOfAll(above), sizeOfAll(beside));
  const found = attempt(() => maker.formOf(term, { shape, axes: [above, beside] }));
  if (!found.ok || found.value.indices) return undefined;
  const stack = (e: Expression, of: Shape): Expression => (of.kind === 'matrix' ? call('vec', e) : e);
  return {
    question:
      question.name === 'hessian'
        ? call('hessian', of, stack(by, columns))
        : call('jacobian', stack(of, rows), stack(by, columns)),
    expression: withNames(found.value.expression, where),
  };
}

const axesOf = ({ kind }: Shape): number => (kind === 'matrix' ? 2 : kind === 'column' || kind === 'row' ? 1 : 0);
/** The columns major, as in vec. */
function axesFor(shape: Shape, [first, second]: Entries['axes']): readonly Bound[] | undefined {
  if (shape.kind === 'matrix') return first && second && [...second, ...first];
  return shape.kind === 'column' || shape.kind === 'row' ? first : undefined;
}
const sizeOfAll = (bounds: readonly Bound[]): Dim => bounds.reduce((size, { dim }) => dimProduct(size, dim), unit);

/** The names that the answer has introduced stand for their values here, too, each after those that it uses. */
const withNames = (expression: Expression, where: readonly NamedPart[]): Expression =>
  where.reduce((whole, { name, value }) => {
    const text = toText(value);
    return mapParts(whole, (e) => (toText(e) === text ? nameOf(name) : undefined));
  }, expression);
