/** What lays columns behind each other, and what takes them apart: unvec, and the permutations that reorder them. */
import { type Dim, dimProduct, one as oneDim, triangle } from '../shape/dim.ts';
import { axesOf, column, matrix, scalar, type Shape, transposed } from '../shape/shape.ts';
import type { Call } from '../syntax/tree.ts';
import { contract, delta, duplication, inLowerTriangle, one, times } from '../terms/construct.ts';
import type { Bound } from '../terms/node.ts';
import { misshapen, say, type Shapes } from './scope.ts';
import { align, arranged, type Axis, bind, joined, type Value } from './values.ts';

/** The last two arguments as sizes. */
function sizesIn(call: Call, { sizeOf }: Shapes): readonly [rows: Dim, columns: Dim] {
  const [rows, columns] = call.arguments.slice(-2).map(sizeOf);
  return [rows!, columns!];
}

export function unvecShape(call: Call, [shape]: readonly Shape[], shapes: Shapes): Shape {
  const [rows, columns] = sizesIn(call, shapes);
  const [of] = call.arguments;
  const axes = axesOf(shape!);
  const length = axes.length === 0 ? oneDim : axes[0]!;
  if (axes.length > 1)
    misshapen(
      of!,
      `unvec takes a vector, and ${say(of!)} is ${shapes.sizes.describe(shape!)}`,
      `vec(${say(of!, '…')})?`,
    );
  if (!shapes.sizes.unify(length, dimProduct(rows, columns)))
    misshapen(
      of!,
      `${say(of!, 'the vector')} is ${shapes.sizes.describe(shape!)}, and a ${rows.key} x ${columns.key} matrix has ${dimProduct(rows, columns).key} entries`,
    );
  return matrix(rows, columns);
}
/** The columns major, as in vec. */
export function unvec([value]: readonly Value[], shape: Shape, call: Call, shapes: Shapes): Value {
  const [rows, columns] = sizesIn(call, shapes).map(digit) as [Axis, Axis];
  const whole = value!.axes[0];
  const term = whole ? align(value!.term, whole, [...columns, ...rows]) : value!.term;
  return arranged(shape, term, rows, columns);
}

export function commutationShape(call: Call, _: readonly Shape[], shapes: Shapes): Shape {
  const size = dimProduct(...sizesIn(call, shapes));
  return matrix(size, size);
}
/** Entry (i,j), (k,l) is 1 where i = l and j = k: rows count the places of X', column by column, columns those of X. */
export function commutation(_: readonly Value[], shape: Shape, call: Call, shapes: Shapes): Value {
  const [m, n] = sizesIn(call, shapes);
  const [i, j, k, l] = [m, n, n, m].map(digit) as [Axis, Axis, Axis, Axis];
  const term = times(...equal(i, l), ...equal(j, k));
  return arranged(shape, term, [...i, ...j], [...k, ...l]);
}

// ---- triangles

export const vechShape = (shape: Shape): Shape => {
  const [rows = oneDim] = axesOf(shape);
  return rows === oneDim ? scalar : column(triangle(rows));
};
/** Place p holds the entry (i,j), i >= j, that stands there. */
export function vech([value]: readonly Value[], shape: Shape): Value {
  if (value!.shape.kind === 'scalar') return value!;
  const { term, axes } = joined(value!);
  const [[i], [j]] = axes as [Axis, Axis];
  const place = bind(triangle(i!.dim));
  const factors = [
    term,
    duplication(i!.index, j!.index, place.index, i!.dim),
    inLowerTriangle(i!.index, j!.index, i!.dim),
  ];
  return { shape, term: contract(factors, [i!, j!]), axes: [[place]] };
}

const sizeIn = (call: Call, { sizeOf }: Shapes): Dim => sizeOf(call.arguments[0]!);
export function duplicationShape(call: Call, _: readonly Shape[], shapes: Shapes): Shape {
  const n = sizeIn(call, shapes);
  return matrix(dimProduct(n, n), triangle(n));
}
export const eliminationShape = (...given: Parameters<typeof duplicationShape>): Shape =>
  transposed(duplicationShape(...given));
/** The places of vec in the rows, those of vech in the columns. */
export function duplicationMatrix(_: readonly Value[], shape: Shape, call: Call, shapes: Shapes): Value {
  const n = sizeIn(call, shapes);
  if (n === oneDim) return { shape, term: one, axes: [] };
  const [i, j, place] = [bind(n), bind(n), bind(triangle(n))];
  return { shape, term: duplication(i.index, j.index, place.index, n), axes: [[j, i], [place]] };
}
export function eliminationMatrix(...given: Parameters<typeof duplicationMatrix>): Value {
  const [values, shape, call, shapes] = given;
  const { term, axes } = duplicationMatrix(values, transposed(shape), call, shapes);
  const [[j, i], [place]] = axes.length === 0 ? [[], []] : (axes as readonly [readonly [Bound, Bound], Axis]);
  if (!i || !j || !place) return { shape, term, axes };
  return { shape, term: times(term, inLowerTriangle(i.index, j.index, i.dim)), axes: [[place], [j, i]] };
}

/** One of the indices that an axis is made of; none where it has one place only. */
const digit = (dim: Dim): Axis => (dim === oneDim ? [] : [bind(dim)]);
const equal = (a: Axis, b: Axis) => a.map(({ index, dim }, n) => delta(index, b[n]!.index, dim));
