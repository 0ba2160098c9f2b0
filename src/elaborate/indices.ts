/**
 * Indices: which does an expression leave open and how far does each run; and which positions does x[i], A[i, :] mean?
 */
import { refuse } from '../basics/problem.ts';
import { type Checker, type Finding, type FreeIndices, noIndices, say, type Shapes } from './scope.ts';
import { expressionsOf } from './declare.ts';
import { integerIn } from './operators.ts';
import { type Axis, joined, type Value } from './values.ts';
import { type Dim, namesIn } from '../shape/dim.ts';
import { axesOf, column, matrix, row, type Shape } from '../shape/shape.ts';
import { type Sizes, isOutside } from '../shape/unify.ts';
import { everyPart, isOfPositions } from '../syntax/parts.ts';
import type { All, Expression, Indicator, Program, Subscript } from '../syntax/tree.ts';
import { rename } from '../terms/construct.ts';
import type { Index } from '../terms/node.ts';

// ---- open indices
// Which index names does an expression leave open, and how far does each run?

/** 1[i == k], of two indices. */
export function comparesIndices(
  e: Indicator,
  { indexNames, variables, definitions }: Pick<Checker, 'indexNames' | 'variables' | 'definitions'>,
): boolean {
  if (e.comparison !== '==' && e.comparison !== '!=') return false;
  const isIndex = (side: Expression): boolean =>
    side.kind === 'name' && indexNames.has(side.name) && !variables.has(side.name) && !definitions.has(side.name);
  const isPosition = (side: Expression): boolean => isIndex(side) || side.kind === 'number';
  return (isIndex(e.left) && isPosition(e.right)) || (isIndex(e.right) && isPosition(e.left));
}

export function sumOver(index: string, body: Expression, e: Expression, { find }: Checker): Finding {
  const { shape, free } = find(body);
  if (!free.has(index))
    refuse({
      kind: 'index',
      message: `nothing says how far ${index} runs: it is not used in ${say(body, 'the sum')}`,
      span: e.span,
      hint: `${index} has to be a subscript of something, as in x[${index}]`,
    });
  return { shape, free: new Map([...free].filter(([name]) => name !== index)) };
}

export function subscriptFinding(e: Subscript, checker: Checker): Finding {
  const axes = subscriptAxes(e, checker);
  const own: FreeIndices[] = [checker.find(e.of).free];
  e.indices.forEach((index, n) => {
    if (index.kind === 'all') return;
    const dim = axes[n]!;
    own.push(indexUse(index, dim === 'single' ? undefined : dim, e, checker));
  });
  return { shape: remainingShape(e, checker.shapeOf(e.of)), free: checker.merge(own, e) };
}

/** One index in its place; `dim` is absent along a direction with one entry. */
function indexUse(index: Expression, dim: Dim | undefined, e: Subscript, checker: Checker): FreeIndices {
  const position = positionIn(index, dim ?? 'single', e.of, checker);
  if ('at' in position) return noIndices;
  const known = checker.definitions.get(position.name) ?? checker.variables.get(position.name);
  if (known)
    refuse({
      kind: 'index',
      message: `${position.name} is ${checker.sizes.describe(known.shape)}, not an index`,
      span: index.span,
      hint: 'indices are numbers or names that nothing else has',
    });
  if (!dim)
    refuse({ kind: 'index', message: `${say(e.of)} has one entry in this direction: write 1`, span: index.span });
  if (namesIn(dim).includes(position.name))
    refuse({
      kind: 'index',
      message: `${position.name} is the size of ${say(e.of)}, not an index`,
      span: index.span,
      hint: 'another name for the index',
    });
  return new Map([[position.name, dim]]);
}

/** delta(i, k): both run over the same size. */
export function deltaIndices(
  positions: readonly Expression[],
  e: Expression,
  checker: Checker,
  dim: Dim = checker.sizes.fresh(),
): FreeIndices {
  const own = positions.map((position): FreeIndices => {
    const found = positionIn(position, dim, e, checker);
    if ('at' in found) return noIndices;
    const known = checker.definitions.get(found.name) ?? checker.variables.get(found.name);
    if (known)
      refuse({
        kind: 'index',
        message: `${found.name} is ${checker.sizes.describe(known.shape)}, not an index`,
        span: position.span,
      });
    return new Map([[found.name, dim]]);
  });
  return checker.merge(own, e);
}

export function mergeIndices(sets: readonly FreeIndices[], at: Expression, sizes: Sizes): FreeIndices {
  let merged = noIndices;
  let own: Map<string, Dim> | undefined;
  for (const set of sets) {
    if (set.size === 0 || set === merged) continue;
    if (merged.size === 0) {
      merged = set;
      continue;
    }
    for (const [name, dim] of set) {
      const known = merged.get(name);
      if (known) {
        if (!sizes.unify(known, dim)) clash(name, known, dim, at, sizes);
      } else {
        own ??= new Map(merged);
        own.set(name, dim);
        merged = own;
      }
    }
  }
  return merged;
}
export const clash = (name: string, a: Dim, b: Dim, at: Expression, { write }: Sizes): never =>
  refuse({
    kind: 'shape',
    message: `the index ${name} runs to ${write(a)} in one place and to ${write(b)} in another`,
    span: at.span,
  });

/** Names that stand where an index stands. */
export function indexNamesIn(program: Program): Set<string> {
  const found = new Set<string>();
  for (const statement of program.statements) {
    if (statement.kind === 'definition') for (const { name } of statement.indices) found.add(name);
    if (statement.kind === 'declaration')
      for (const { at } of statement.facts) if (at?.kind === 'name') found.add(at.name);
  }
  for (const root of expressionsOf(program)) addIndexNames(root, found);
  return found;
}
export function addIndexNames(root: Expression, found: Set<string>): void {
  const take = (e: Expression | All): void => {
    if (e.kind === 'name') found.add(e.name);
  };
  everyPart(root, (e) => {
    if (e.kind === 'subscript') e.indices.forEach(take);
    else if (e.kind === 'sum-over') found.add(e.index);
    else if (e.kind === 'call' && isOfPositions(e)) e.arguments.forEach(take);
  });
}

// ---- subscripts
// x[i], A[i, j], A[i, :]: which positions are meant, which shape remains, which term?

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
