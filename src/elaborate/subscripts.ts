/** x[i], A[i, j], A[i, :]: which positions are meant, which shape remains, which term? */
import { refuse } from '../basics/problem.ts';
import type { Dim } from '../shape/dim.ts';
import { axesOf, column, matrix, row, type Shape } from '../shape/shape.ts';
import { isOutside } from '../shape/unify.ts';
import type { Expression, Subscript } from '../syntax/tree.ts';
import { rename } from '../terms/construct.ts';
import type { Index } from '../terms/node.ts';
import { integerIn } from './multiply.ts';
import { say } from './say.ts';
import type { Shapes } from './scope.ts';
import { type Axis, joined, type Value } from './values.ts';

/** A position: a number from 1, or the name of an index. */
export type Position = { readonly at: number } | { readonly name: string };

/** The axes that subscripts count: a column also as n x 1, a row as 1 x n. */
export function subscriptAxes(e: Subscript, { shapeOf, sizes }: Shapes): readonly (Dim | 'single')[] {
  const shape = shapeOf(e.of);
  const axes = axesOf(shape);
  const count = e.indices.length;
  if (count === axes.length) return axes;
  if (shape.kind === 'column' && count === 2) return [axes[0]!, 'single'];
  if (shape.kind === 'row' && count === 2) return ['single', axes[0]!];
  const what = `${say(e.of)} is ${sizes.describe(shape)}`;
  const takes =
    axes.length === 0
      ? 'and has no entries to pick'
      : `and takes ${axes.length === 1 ? 'one index' : `${axes.length} indices`}, not ${count}`;
  return refuse({
    kind: 'index',
    message: `${what}, ${takes}`,
    span: e.span,
    hint: axes.length === 2 && count === 1 ? `${say(e.of)}[i,:] for a row, ${say(e.of)}[:,j] for a column` : undefined,
  });
}

export function positionIn(index: Expression, dim: Dim | 'single', of: Expression, shapes: Shapes): Position {
  const at = integerIn(index);
  if (at !== undefined) {
    if (dim === 'single' ? at !== 1 : isOutside(at, shapes.sizes.resolve(dim)))
      refuse({
        kind: 'index',
        message:
          at < 1
            ? `indices start at 1, and ${at} is used`
            : `${at} is beyond the size of ${say(of)}, which is ${dim === 'single' ? 1 : shapes.sizes.write(dim)}`,
        span: index.span,
      });
    return { at };
  }
  if (index.kind === 'name') return { name: index.name };
  return refuse({ kind: 'index', message: `an index is a number, a name or :, not ${say(index)}`, span: index.span });
}

/** What remains of a shape when some axes are fixed: A[i,:] is a row, A[:,j] a column. */
export function remainingShape(e: Subscript, shape: Shape): Shape {
  const axes = axesOf(shape);
  if (e.indices.length !== axes.length) {
    const n = shape.kind === 'column' ? 0 : 1;
    return e.indices[n]!.kind === 'all' ? shape : { kind: 'scalar' };
  }
  const kept = axes.filter((_, n) => e.indices[n]!.kind === 'all');
  if (kept.length === 0) return { kind: 'scalar' };
  if (kept.length === axes.length) return shape;
  if (kept.length === 1)
    return shape.kind === 'matrix' && e.indices[1]!.kind === 'all' ? row(kept[0]!) : column(kept[0]!);
  return kept.length === 2 ? matrix(kept[0]!, kept[1]!) : { kind: 'tensor', axes: kept };
}

/** The value at these positions. */
export function subscripted(e: Subscript, value: Value, shape: Shape, indexOf: (index: Expression) => Index): Value {
  const whole = joined(value);
  const offset = value.shape.kind === 'row' && e.indices.length === 2 ? 1 : 0;
  const names = new Map<Index, Index>();
  const axes: Axis[] = [];
  whole.axes.forEach((axis, n) => {
    const index = e.indices[n + offset]!;
    if (index.kind === 'all') axes.push(axis);
    else names.set(axis[0]!.index, indexOf(index));
  });
  return { shape, term: rename(whole.term, names), axes };
}
