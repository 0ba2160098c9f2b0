/** [a; b], [a, b; c, d], blocks: which shape, which term? */
import * as Q from '../basics/rational.ts';
import { type Dim, dimSum, fixed, one as oneDim } from '../shape/dim.ts';
import { extent, matrix, type Shape } from '../shape/shape.ts';
import { block, contract, delta, sum } from '../terms/construct.ts';
import type { Summand, Term } from '../terms/node.ts';
import type { Expression, MatrixLiteral } from '../syntax/tree.ts';
import { misshapen, say, type Shapes } from './scope.ts';
import { type Axis, arranged, bind, columnsOf, joined, rowsOf, type Value } from './values.ts';

type Extent = readonly [rows: Dim, columns: Dim];
const total = (dims: readonly Dim[]): Dim => dims.reduce((a, b) => dimSum(a, b));
const isZeroLiteral = (e: Expression): boolean => e.kind === 'number' && Q.isZero(e.value);

/** The extent of every entry. A written 0 among blocks fills its place: [A, 0; 0, B]. */
export function extentsOf(e: MatrixLiteral, shapes: Shapes): readonly (readonly Extent[])[] {
  const own = e.rows.map((entries) =>
    entries.map((entry): Extent => {
      const found = extent(shapes.shapeOf(entry));
      if (found) return found;
      return misshapen(entry, `${say(entry, 'an entry')} has three axes or more, and stands in a matrix`);
    }),
  );
  const fills = (r: number, c: number): boolean => isZeroLiteral(e.rows[r]![c]!);
  const height = (r: number): Dim => own[r]!.find((_, c) => !fills(r, c))?.[0] ?? oneDim;
  const regular = own.every((entries) => entries.length === own[0]!.length);
  const width = (c: number): Dim => {
    const r = regular ? own.findIndex((_, r) => !fills(r, c)) : -1;
    return r < 0 ? oneDim : own[r]![c]![1];
  };
  return own.map((entries, r) => entries.map((found, c): Extent => (fills(r, c) ? [height(r), width(c)] : found)));
}

export function literalShape(e: MatrixLiteral, shapes: Shapes): Shape {
  const extents = extentsOf(e, shapes);
  const { unify, write } = shapes.sizes;
  extents.forEach((entries, r) =>
    entries.forEach(([rows], c) => {
      if (unify(rows, entries[0]![0])) return;
      const [first, other] = [e.rows[r]![0]!, e.rows[r]![c]!];
      misshapen(
        other,
        `${say(first, 'the first block')} has ${write(entries[0]![0])} rows and ${say(other, 'this block')} beside it ${write(rows)}`,
      );
    }),
  );
  const widths = extents.map((entries) => total(entries.map(([, columns]) => columns)));
  widths.forEach((width, r) => {
    if (unify(width, widths[0]!)) return;
    misshapen(
      e.rows[r]![0]!.span ? e.rows[r]![0]! : e,
      `row ${r + 1} of the matrix is ${write(width)} wide and row 1 is ${write(widths[0]!)}`,
    );
  });
  return matrix(total(extents.map((entries) => entries[0]![0])), widths[0]!);
}

/** Places a part of an axis: a constant position for a single entry, a block else. */
function placed(
  part: Axis,
  whole: Axis,
  offset: Dim,
  size: Dim,
): { readonly term: Term; readonly bound: Axis } | undefined {
  const [outer] = whole;
  if (!outer || (offset.key === '0' && size === outer.dim)) return undefined;
  const [inner] = part;
  if (!inner && size === oneDim) return { term: block(outer.index, [], dimSum(offset, oneDim), outer.dim), bound: [] };
  const bound = inner ?? bind(size);
  const placedPart = { index: bound.index, dim: size, coefficient: 1 };
  return { term: block(outer.index, [placedPart], offset, outer.dim), bound: [bound] };
}

export function literalValue(e: MatrixLiteral, shape: Shape, shapes: Shapes, valueOf: (e: Expression) => Value): Value {
  const extents = extentsOf(e, shapes).map((entries) =>
    entries.map(([rows, columns]): Extent => [shapes.sizes.resolve(rows), shapes.sizes.resolve(columns)]),
  );
  const [height, width] = extent(shape)!;
  const rows: Axis = height === oneDim ? [] : [bind(height)];
  const columns: Axis = width === oneDim ? [] : [bind(width)];
  const summands: Summand[] = [];
  let down = fixed(0);
  e.rows.forEach((entries, r) => {
    let across = fixed(0);
    entries.forEach((entry, c) => {
      const [tall, wide] = extents[r]![c]!;
      if (!isZeroLiteral(entry))
        summands.push([Q.one, blockTerm(joined(valueOf(entry)), rows, columns, [down, across], [tall, wide])]);
      across = dimSum(across, wide);
    });
    down = dimSum(down, extents[r]![0]![0]);
  });
  return arranged(shape, sum(summands), rows, columns);
}

function blockTerm(value: Value, rows: Axis, columns: Axis, [down, across]: Extent, [tall, wide]: Extent): Term {
  const inRows = placed(rowsOf(value), rows, down, tall);
  const inColumns = placed(columnsOf(value), columns, across, wide);
  const factors = [value.term];
  const bound: { index: number; dim: Dim }[] = [];
  for (const [place, part, whole] of [
    [inRows, rowsOf(value), rows],
    [inColumns, columnsOf(value), columns],
  ] as const) {
    if (place) {
      factors.push(place.term);
      bound.push(...place.bound);
    } else if (part[0] && whole[0]) {
      factors.push(delta(part[0].index, whole[0].index, whole[0].dim));
      bound.push(part[0]);
    }
  }
  return contract(factors, bound);
}
