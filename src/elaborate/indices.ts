/**
 * Indices: which does an expression leave open and how far does each run; and which positions does x[i], A[i, :] mean?
 */
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { type Checker, type Finding, type FreeIndices, noIndices, say, type Shapes } from './scope.ts';
import { expressionsOf } from './declare.ts';
import { integerIn } from './operators.ts';
import { type Axis, bind, joined, type Value } from './values.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed, isAtLeastZero, namesIn, sizeOf } from '../shape/dim.ts';
import { axesOf, column, matrix, row, type Shape } from '../shape/shape.ts';
import { type Sizes, isOutside } from '../shape/unify.ts';
import { everyPart, isOfPositions } from '../syntax/parts.ts';
import type { All, Expression, Indicator, Name, Program, Range, Subscript, SumOver } from '../syntax/tree.ts';
import { block, contract, endsOf, type Part, rename } from '../terms/construct.ts';
import type { Bound, Index, Term } from '../terms/node.ts';

// ---- open indices
// Which index names does an expression leave open, and how far does each run?

type NamesOfIndices = Pick<Checker, 'indexNames' | 'variables' | 'definitions' | 'sizeNames'>;

/** Something stands at it, or a range is written for it; nothing else has this name. */
export const isIndexName = (
  { name, within }: Name,
  { indexNames, variables, definitions, sizeNames }: NamesOfIndices,
): boolean =>
  within !== undefined ||
  (indexNames.has(name) && !variables.has(name) && !definitions.has(name) && !sizeNames.has(name));

/** 1[i == k], of two indices that run over whole axes. */
export function comparesIndices(e: Indicator, names: NamesOfIndices): boolean {
  if (e.comparison !== '==' && e.comparison !== '!=') return false;
  const isIndex = (side: Expression): boolean => side.kind === 'name' && !side.within && isIndexName(side, names);
  const isPosition = (side: Expression): boolean => isIndex(side) || side.kind === 'number';
  return (isIndex(e.left) && isPosition(e.right)) || (isIndex(e.right) && isPosition(e.left));
}

export function sumOver({ how, index, range, conditions = [], body, span }: SumOver, checker: Checker): Finding {
  if (how && conditions.length > 0)
    refuse({ kind: 'index', message: `${how}_${index} takes a range, and no conditions`, span });
  const { find, merge, sizes } = checker;
  const { shape } = find(body);
  const free = merge([find(body).free, ...conditions.map((c) => find(c).free)], body);
  for (const c of conditions) compareAlike(c, find(body).free, free, checker);
  if (range) sizesIn(range, checker);
  else {
    const dim = free.get(index);
    if (!dim || isOpenSize(sizes.resolve(dim), checker))
      refuse({
        kind: 'index',
        message: dim
          ? `nothing says how far ${index} runs`
          : `nothing says how far ${index} runs: it is not used in ${say(body, 'the sum')}`,
        span,
        hint: dim ? `sum_{${index}=1..n}(…) says it` : `${index} has to be a subscript of something, as in x[${index}]`,
      });
  }
  return { shape, free: new Map([...free].filter(([name]) => name !== index)) };
}

/** An index that stands in conditions only, as i does in sum_{j >= i}(x[j]), runs as far as the one that it is compared with. */
function compareAlike({ left, right }: Indicator, inBody: FreeIndices, free: FreeIndices, checker: Checker): void {
  if (left.kind !== 'name' || right.kind !== 'name') return;
  const [a, b] = [free.get(left.name), free.get(right.name)];
  if (a && b && (!inBody.has(left.name) || !inBody.has(right.name))) checker.sizes.unify(a, b);
}

// ---- ranges and shifted positions

/** The ends of a range as sizes. A name that nothing else has becomes a size with it. */
function sizesIn({ from, to }: Range, checker: Checker): readonly [from: Dim, to: Dim] {
  for (const end of [from, to])
    everyPart(end, (e) => {
      if (e.kind !== 'name' || checker.variables.has(e.name) || checker.definitions.has(e.name)) return;
      if (checker.indexNames.has(e.name) && !checker.sizeNames.has(e.name))
        refuse({
          kind: 'index',
          message: `the ends of a range are sizes, and ${e.name} is an index`,
          span: e.span,
          hint: `a condition can say it: sum_{j <= ${e.name}}(…)`,
        });
      checker.sizeNames.add(e.name);
    });
  return rangeEnds({ kind: 'range', from, to }, checker.sizeOf);
}
export const rangeEnds = ({ from, to }: Range, sizeOf: (e: Expression) => Dim): readonly [from: Dim, to: Dim] => [
  sizeOf(from),
  sizeOf(to),
];
export const lengthBetween = ([from, to]: readonly [Dim, Dim]): Dim => dimSum(dimDifference(to, from), fixed(1));

/** 1:n is the row of these numbers. */
export function rangeShape(e: Range, checker: Checker): Shape {
  const ends = sizesIn(e, checker);
  const length = sizeOf(lengthBetween(ends));
  if (length !== undefined && length < 1) refuse({ kind: 'index', message: `${say(e)} is empty`, span: e.span });
  return row(lengthBetween(ends));
}

/** An index that is used as a number, or shifted: it runs as far as something else says. */
export function indexAsNumber({ name, within }: Name, checker: Checker): FreeIndices {
  if (within) return new Map([[name, lengthBetween(sizesIn(within, checker))]]);
  const dim = checker.sizes.fresh();
  checker.openSizes.add(dim.key);
  return new Map([[name, dim]]);
}
const isOpenSize = (dim: Dim, { openSizes }: Checker): boolean => openSizes.has(dim.key);

/** coefficient*index of a position. */
export interface IndexPart {
  readonly name: Name;
  readonly coefficient: number;
}
/** i + j - 1: indices and a size. */
export interface Affine {
  readonly parts: readonly IndexPart[];
  readonly constant: Dim;
}
interface Reading {
  readonly isIndex: (name: Name) => boolean;
  readonly sizeOf: (e: Expression) => Dim;
}

/** What is no sum of indices, times whole numbers, and of sizes has no such reading. */
export function affineIn(e: Expression, reading: Reading): Affine {
  const scaled = ({ parts, constant }: Affine, by: number): Affine => ({
    parts: parts.map(({ name, coefficient }) => ({ name, coefficient: by * coefficient })),
    constant: dimProduct(fixed(by), constant),
  });
  const added = (a: Affine, b: Affine): Affine => {
    const rest = b.parts.filter(({ name }) => !a.parts.some((part) => part.name.name === name.name));
    const both = a.parts.map(({ name, coefficient }) => ({
      name,
      coefficient: coefficient + (b.parts.find((part) => part.name.name === name.name)?.coefficient ?? 0),
    }));
    return { parts: [...both, ...rest].filter((p) => p.coefficient !== 0), constant: dimSum(a.constant, b.constant) };
  };
  if (e.kind === 'name' && reading.isIndex(e)) return { parts: [{ name: e, coefficient: 1 }], constant: fixed(0) };
  if (e.kind === 'negation') return scaled(affineIn(e.of, reading), -1);
  if (e.kind === 'sum')
    return e.terms
      .map(({ negative, term }) => scaled(affineIn(term, reading), negative ? -1 : 1))
      .reduce(added, { parts: [], constant: fixed(0) });
  if (e.kind === 'binary' && e.operator === '*') {
    const [left, right] = [affineIn(e.left, reading), affineIn(e.right, reading)];
    const [number, other] = left.parts.length === 0 ? [left, right] : [right, left];
    const by = number.parts.length === 0 ? sizeOf(number.constant) : undefined;
    if (by !== undefined) return scaled(other, by);
    if (other.parts.length > 0 || number.parts.length > 0)
      return refuse({
        kind: 'index',
        message: `a position is a sum of indices, times whole numbers, and of sizes, not ${say(e)}`,
        span: e.span,
      });
  }
  return { parts: [], constant: e.kind === 'number' && Q.isZero(e.value) ? fixed(0) : reading.sizeOf(e) };
}

export function subscriptFinding(e: Subscript, checker: Checker): Finding {
  const axes = subscriptAxes(e, checker);
  const own: FreeIndices[] = [checker.find(e.of).free];
  e.indices.forEach((index, n) => {
    if (index.kind === 'all') return;
    const dim = axes[n]!;
    if (index.kind === 'range') checkSlice(index, dim, e, checker);
    else own.push(indexUse(index, dim === 'single' ? undefined : dim, e, checker));
  });
  const lengthOf = (range: Range): Dim => lengthBetween(sizesIn(range, checker));
  return { shape: remainingShape(e, checker.shapeOf(e.of), lengthOf), free: checker.merge(own, e) };
}

/** Where it can be seen, a slice outside of its array is refused; otherwise its sizes are a condition. */
function checkSlice(range: Range, dim: Dim | 'single', e: Subscript, checker: Checker): void {
  const ends = sizesIn(range, checker);
  assertInside(ends, dim === 'single' ? fixed(1) : checker.sizes.resolve(dim), range, e.of);
}
/** Positions between these ends, where sizes are known. */
export function assertInside([least, most]: readonly [Dim, Dim], dim: Dim, at: Expression, of: Expression): void {
  const isBelow = isAtLeastZero(dimDifference(fixed(0), least));
  const isBeyond = isAtLeastZero(dimDifference(dimDifference(most, fixed(1)), dim));
  if (!isBelow && !isBeyond) return;
  refuse({
    kind: 'index',
    message: isBelow
      ? `indices start at 1, and ${say(at)} is ${least.key} ${least === most ? '' : 'at its least'}`.trimEnd()
      : `${say(at)} is beyond the size of ${say(of)}, which is ${dim.key}`,
    span: at.span,
    hint: 'a range, as in sum_{i=1..n-1}(…), or a condition, as in sum_{i >= 2}(…), can leave positions out',
  });
}

const isBareIndex = (index: Expression, dim: Dim | undefined, checker: Checker): boolean =>
  integerIn(index) !== undefined ||
  (index.kind === 'name' &&
    !index.within &&
    !(
      dim !== undefined &&
      checker.sizeNames.has(index.name) &&
      namesIn(checker.sizes.resolve(dim)).includes(index.name)
    ));

/** One index in its place; `dim` is absent along a direction with one entry. */
function indexUse(index: Expression, dim: Dim | undefined, e: Subscript, checker: Checker): FreeIndices {
  if (dim !== undefined && !isBareIndex(index, dim, checker)) {
    const { parts, constant } = affineIn(index, {
      isIndex: (name) => isIndexName(name, checker),
      sizeOf: checker.sizeOf,
    });
    if (parts.length === 0) assertInside([constant, constant], checker.sizes.resolve(dim), index, e.of);
    return checker.merge(
      parts.map(({ name }) => indexAsNumber(name, checker)),
      e,
    );
  }
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
    if (e.kind === 'subscript') {
      for (const index of e.indices) if (index.kind !== 'all' && index.kind !== 'range') everyPart(index, take);
    } else if (e.kind === 'sum-over') {
      found.add(e.index);
      for (const { left, right } of e.conditions ?? []) [left, right].forEach((side) => everyPart(side, take));
    } else if (e.kind === 'call' && isOfPositions(e)) e.arguments.forEach(take);
  });
  // What an index is compared with is one: 1[k == i + 1].
  everyPart(root, (e) => {
    if (e.kind !== 'indicator') return;
    const names = new Set<string>();
    let isPlain = true;
    for (const side of [e.left, e.right])
      everyPart(side, (part) => {
        if (part.kind === 'name') names.add(part.name);
        else isPlain &&= ['number', 'sum', 'negation', 'binary'].includes(part.kind);
      });
    if (isPlain && [...names].some((name) => found.has(name))) for (const name of names) found.add(name);
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
export function remainingShape(e: Subscript, shape: Shape, lengthOf: (range: Range) => Dim): Shape {
  const axes = axesOf(shape);
  const isKept = ({ kind }: Expression | All): boolean => kind === 'all' || kind === 'range';
  const sliced = (n: number, axis: Dim): Dim => {
    const index = e.indices[n]!;
    return index.kind === 'range' ? lengthOf(index) : axis;
  };
  if (e.indices.length !== axes.length) {
    const n = shape.kind === 'column' ? 0 : 1;
    if (!isKept(e.indices[n]!)) return { kind: 'scalar' };
    return shape.kind === 'column' ? column(sliced(0, axes[0]!)) : row(sliced(1, axes[0]!));
  }
  const kept = axes.flatMap((axis, n) => (isKept(e.indices[n]!) ? [sliced(n, axis)] : []));
  if (kept.length === 0) return { kind: 'scalar' };
  if (shape.kind === 'column') return column(kept[0]!);
  if (shape.kind === 'row') return row(kept[0]!);
  if (kept.length === 1) return shape.kind === 'matrix' && isKept(e.indices[1]!) ? row(kept[0]!) : column(kept[0]!);
  return kept.length === 2 ? matrix(kept[0]!, kept[1]!) : { kind: 'tensor', axes: kept };
}

/** What must not be negative so that its positions lie inside, as far as that is not plain from the sizes. */
export function roomNeeded(
  e: Subscript,
  axes: readonly (Dim | 'single')[],
  free: FreeIndices,
  sizeOf: (e: Expression) => Dim,
): readonly Dim[] {
  if (e.guards) return [];
  return e.indices.flatMap((index, n): readonly Dim[] => {
    const axis = axes[n]!;
    if (index.kind === 'all' || axis === 'single' || integerIn(index) !== undefined) return [];
    const [least, most] = index.kind === 'range' ? rangeEnds(index, sizeOf) : positionEnds(index, free, sizeOf);
    const rooms = [dimDifference(least, fixed(1)), dimDifference(axis, most)];
    if (index.kind === 'range') rooms.push(dimDifference(most, dimDifference(least, fixed(1))));
    const never = (room: Dim): boolean => isAtLeastZero(dimDifference(fixed(-1), room));
    return rooms.filter((room) => !isAtLeastZero(room) && !never(room));
  });
}
function positionEnds(
  index: Expression,
  free: FreeIndices,
  sizeOf: (e: Expression) => Dim,
): readonly [least: Dim, most: Dim] {
  const { parts, constant } = affineIn(index, { isIndex: ({ name }) => free.has(name), sizeOf });
  const ends = parts.map(({ name, coefficient }): readonly [Dim, Dim] => {
    const [first, last] = name.within ? rangeEnds(name.within, sizeOf) : [fixed(1), free.get(name.name)!];
    const [low, high] = coefficient > 0 ? [first, last] : [last, first];
    return [dimProduct(fixed(coefficient), low), dimProduct(fixed(coefficient), high)];
  });
  return ends.reduce<readonly [Dim, Dim]>(
    ([least, most], [low, high]) => [dimSum(least, low), dimSum(most, high)],
    [constant, constant],
  );
}

/** What the positions of a subscript come to. */
export interface Positions {
  readonly sizeOf: (e: Expression) => Dim;
  /** An index, or a constant position: undefined where the position is a sum. */
  readonly single: (index: Expression, dim: Dim) => Index | undefined;
  /** Indices with what they are shifted by. */
  readonly affine: (index: Expression) => Shifted;
  /** What the conditions beside the subscript say: each of these is 0 or more. */
  readonly known: readonly Shifted[];
}
export interface Shifted {
  readonly parts: readonly Part[];
  readonly offset: Dim;
}

/**
 * Conditions have to rule out what is outside: 1[i >= 2] does so for x[i-1], and not for x[i-2]. Left alone is what one condition
 * does not decide: sizes that are not known, conditions on several indices of which it would take more than two.
 */
function assertGuarded(value: Shifted, dim: Dim, known: readonly Shifted[], at: Expression, of: Expression): void {
  const opposite = less({ parts: [], offset: dim }, value);
  for (const room of [less(value, { parts: [], offset: fixed(1) }), opposite]) {
    const rests = known.map((k) => less(room, k));
    const isProved = [room, ...rests, ...rests.flatMap((rest) => known.map((k) => less(rest, k)))].some(
      ({ parts, offset }) => isAtLeastZero(endsOf(parts, offset)[0]),
    );
    if (isProved) continue;
    const alike = rests.filter(({ parts }) => parts.length === 0);
    const isNever = ({ parts, offset }: Shifted): boolean =>
      isAtLeastZero(dimDifference(fixed(-1), endsOf(parts, offset)[0]));
    const isTied = known.some(
      ({ parts }) => parts.length > 1 && parts.some((p) => room.parts.some(({ index }) => index === p.index)),
    );
    if (alike.length > 0 ? alike.every(isNever) : !isTied && isNever(room))
      refuse({
        kind: 'index',
        message: `${say(at)} is not always a position of ${say(of)}: the condition beside it does not rule out all others`,
        span: at.span,
      });
  }
}
function less(a: Shifted, b: Shifted): Shifted {
  const parts = new Map(a.parts.map((part) => [part.index, part]));
  for (const part of b.parts) {
    const coefficient = (parts.get(part.index)?.coefficient ?? 0) - part.coefficient;
    parts.set(part.index, { ...part, coefficient });
  }
  return {
    parts: [...parts.values()].filter(({ coefficient }) => coefficient !== 0),
    offset: dimDifference(a.offset, b.offset),
  };
}

/** The value at these positions. */
export function subscripted(e: Subscript, value: Value, shape: Shape, positions: Positions): Value {
  const whole = joined(value);
  const skipped = value.shape.kind === 'row' && e.indices.length === 2 ? 1 : 0;
  const names = new Map<Index, Index>();
  const axes: Axis[] = [];
  const blocks: Term[] = [];
  const bound: Bound[] = [];
  const placeAt = (axis: Bound, parts: readonly Part[], offset: Dim, at: Expression): void => {
    if (positions.known.length > 0) assertGuarded({ parts, offset }, axis.dim, positions.known, at, e.of);
    else assertInside(endsOf(parts, offset), axis.dim, at, e.of);
    blocks.push(block(axis.index, parts, offset, axis.dim));
    bound.push(axis);
  };
  whole.axes.forEach(([axis], n) => {
    const index = e.indices[n + skipped]!;
    if (index.kind === 'all') {
      axes.push([axis!]);
      return;
    }
    if (index.kind === 'range') {
      const ends = rangeEnds(index, positions.sizeOf);
      const own = bind(lengthBetween(ends));
      const isSingle = own.dim === fixed(1);
      placeAt(
        axis!,
        isSingle ? [] : [{ ...own, coefficient: 1 }],
        isSingle ? ends[0] : dimDifference(ends[0], fixed(1)),
        index,
      );
      if (!isSingle) axes.push([own]);
      return;
    }
    const single = positions.single(index, axis!.dim);
    if (single !== undefined) names.set(axis!.index, single);
    else {
      const { parts, offset } = positions.affine(index);
      placeAt(axis!, parts, offset, index);
    }
  });
  const term = rename(whole.term, names);
  return { shape, term: blocks.length === 0 ? term : contract([term, ...blocks], bound), axes };
}
