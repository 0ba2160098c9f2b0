/** Every function of the language: how many arguments, which shape, which term. Records say it for most, tables for the others. */
import {
  aliases,
  allFunctions,
  type EntrywiseName,
  type EntrywiseRecord,
  type FunctionRecord,
  isCalled,
  type MatrixName,
  reductionFunctions,
  type ReductionName,
  type ReductionRecord,
  type RootRecord,
  shorthandFunctions,
  sizesFrom,
  type VectorName,
  type VectorRecord,
} from '../../rules/functions/index.ts';
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, fixed, one as oneDim, sizeOf } from '../shape/dim.ts';
import { column, extent, matrix, row, scalar, type Shape, transposed } from '../shape/shape.ts';
import { positionFunctions } from '../syntax/parts.ts';
import type { Call } from '../syntax/tree.ts';
import {
  apply,
  contract,
  delta,
  divide,
  guard,
  one,
  operation,
  plus,
  power,
  product,
  rename,
  size,
  times,
  zero,
  permutation,
  three,
} from '../terms/construct.ts';
import type { Bound, Term } from '../terms/node.ts';
import { broadcast, integerIn } from './operators.ts';
import {
  alongAxis,
  alongDirection,
  identity,
  sylvesterMap,
  crossed,
  determinant,
  factorByFactor,
  inverse,
  joined,
  multiply,
  ofEntriesOnly,
  ofWhole,
  productOver,
  symmetricPart,
  align,
  arranged,
  type Axis,
  bind,
  boundsOf,
  columnsOf,
  entrywise,
  mapValue,
  rowsOf,
  sizeOfAxis,
  transposedValue,
  type Value,
} from './values.ts';
import { misshapen, say, sayOperand, type Shapes } from './scope.ts';
import {
  commutation,
  commutationShape,
  duplicationMatrix,
  duplicationShape,
  eliminationMatrix,
  eliminationShape,
  unvec,
  unvecShape,
  vech,
  vechShape,
} from './stacks.ts';
import type { Expression } from '../syntax/tree.ts';

export interface Builder extends Shapes {
  readonly valueOf: (e: Expression) => Value;
}
export interface FunctionRow {
  readonly arity: readonly [least: number, most: number];
  readonly shape: (call: Call, args: readonly Shape[], shapes: Shapes) => Shape;
  readonly build: (args: readonly Value[], shape: Shape, call: Call, builder: Builder) => Value;
  /** Does it take `dim=1` or `dim=2`? */
  readonly hasAxis?: true;
}

const scalarValue = (term: Term): Value => ({ shape: scalar, term, axes: [] });
const isVector = (shape: Shape): boolean => shape.kind === 'column' || shape.kind === 'row';

function atMostTwoAxes(call: Call, shape: Shape, n = 0): readonly [rows: Dim, columns: Dim] {
  const found = extent(shape);
  if (found) return found;
  return misshapen(
    call.arguments[n]!,
    `${call.name} takes a vector or a matrix, and ${say(call.arguments[n]!)} has three axes or more`,
  );
}
function squareOnly(call: Call, [shape]: readonly Shape[], { sizes }: Shapes): Shape {
  const [rows, columns] = atMostTwoAxes(call, shape!);
  if (shape!.kind === 'scalar' || (shape!.kind === 'matrix' && sizes.unify(rows, columns))) return shape!;
  const argument = call.arguments[0]!;
  const text = sayOperand(argument, 'the argument');
  const hint =
    call.name !== 'tr' ? `${text}'*${text} is square` : isVector(shape!) ? `sum(${say(argument, '…')})?` : undefined;
  return misshapen(argument, `${call.name} needs a square matrix, and ${text} is ${sizes.describe(shape!)}`, hint);
}
const squareToScalar = (call: Call, args: readonly Shape[], shapes: Shapes): Shape => {
  squareOnly(call, args, shapes);
  return scalar;
};
function vectorAt(call: Call, args: readonly Shape[], n: number, { sizes }: Shapes): Dim {
  const shape = args[n]!;
  if (shape.kind === 'column' || shape.kind === 'row') return shape.size;
  if (shape.kind === 'scalar') return oneDim;
  return misshapen(
    call.arguments[n]!,
    `${call.name} takes vectors, and ${say(call.arguments[n]!)} is ${sizes.describe(shape)}`,
  );
}

// ---- entry by entry

/** max(X, 2) may mean the rows of X, to people who know other languages, or the larger of 2 and each entry. */
function refuseAxis(call: Call, [x]: readonly Shape[]): void {
  const [array, given] = call.arguments as readonly [Expression, Expression];
  const axis = integerIn(given);
  if (!reductionFunctions.has(call.name) || x!.kind === 'scalar' || (axis !== 1 && axis !== 2)) return;
  const text = say(array, 'x');
  const along =
    x!.kind === 'matrix'
      ? `${call.name}(${text}, dim=${axis}) ${axis === 1 ? 'of each column' : 'of each row'}`
      : `${call.name}(${text}) of all entries`;
  refuse({
    kind: 'shape',
    message: `${call.name}(${text}, ${axis}) is ambiguous: entry by entry with the number ${axis}, or along an axis`,
    span: call.span,
    hint: `${call.name}(${axis}, ${text}) entry by entry, ${along}`,
  });
}
export function commonShape(call: Call, args: readonly Shape[], shapes: Shapes): Shape {
  if (args.length === 2) refuseAxis(call, args);
  const operands = args.map((shape, n) => ({ expression: call.arguments[n]!, shape }));
  return operands.reduce((a, b) => ({ expression: a.expression, shape: broadcast(a, b, 'compare', call, shapes) }))
    .shape;
}
const ofEntries = ({ arguments: { length } }: EntrywiseRecord | RootRecord, make: Make): FunctionRow => ({
  arity: [length, length],
  shape: commonShape,
  build: (args, shape) => (args.length === 1 ? mapValue(args[0]!, (x) => make([x])) : entrywise(args, shape, make)),
});
type Make = (terms: readonly Term[]) => Term;

// ---- sums

/** 1: column by column, a row; 2: row by row, a column. */
function axisOf(call: Call): 1 | 2 | undefined {
  const given = call.dim ?? (rows.get(call.name)?.some(({ hasAxis }) => hasAxis) ? call.arguments[1] : undefined);
  if (!given) return undefined;
  const axis = integerIn(given);
  if (axis === 1 || axis === 2) return axis;
  return misshapen(given, `the axis of ${call.name} is 1 (column by column) or 2 (row by row)`);
}
/** tr(X, dim=1), max(x, y, dim=1), sum(X, 1, dim=2); `isOwn`: the program gives the name its meaning. */
export function refuseDim(call: Call, isOwn: boolean): void {
  if (!call.dim) return;
  const hasAxis = !isOwn && rows.get(aliases.get(call.name) ?? call.name)?.some((row) => row.hasAxis);
  if (hasAxis && call.arguments.length === 1) return;
  misshapen(
    call.dim,
    `${call.name} has ${hasAxis ? 'one axis, of one argument' : 'no axis'}: what takes the entries of an array together runs along rows or columns`,
  );
}
function reducedShape(call: Call, [shape]: readonly Shape[]): Shape {
  const axis = axisOf(call);
  if (axis === undefined) return scalar;
  const [rows, columns] = atMostTwoAxes(call, shape!);
  return axis === 1 ? row(columns) : column(rows);
}
/** The indices that run along the axis: all of them where none is told. */
function alongIn(call: Call, value: Value): Axis {
  const axis = axisOf(call);
  return axis === undefined ? boundsOf(value) : axis === 1 ? rowsOf(value) : columnsOf(value);
}
const reduced = (value: Value, shape: Shape, term: Term): Value =>
  arranged(shape, term, rowsOf(value), columnsOf(value));

// ---- two vectors

function dotShape(call: Call, args: readonly Shape[], shapes: Shapes): Shape {
  const [a, b] = args as readonly [Shape, Shape];
  if (a.kind === 'matrix' && b.kind === 'matrix') {
    if (shapes.sizes.unify(a.rows, b.rows) && shapes.sizes.unify(a.columns, b.columns)) return scalar;
  } else if (shapes.sizes.unify(vectorAt(call, args, 0, shapes), vectorAt(call, args, 1, shapes))) return scalar;
  const { describe } = shapes.sizes;
  const [x, y] = call.arguments as readonly [Expression, Expression];
  return misshapen(
    y,
    `dot takes two arrays of the same size: ${say(x, 'the first')} is ${describe(a)} and ${say(y, 'the second')} is ${describe(b)}`,
  );
}
function dot([a, b]: readonly Value[]): Value {
  let term = b!.term;
  const bounds = a!.axes.flatMap((axis, n): Axis => {
    const other = b!.axes[n]!;
    const finest = other.length > axis.length ? other : axis;
    return finest;
  });
  let left = a!.term;
  a!.axes.forEach((axis, n) => {
    const other = b!.axes[n]!;
    if (other.length > axis.length) left = align(left, axis, other);
    else term = align(term, other, axis);
  });
  return scalarValue(contract([left, term], bounds));
}

/** As a column, whichever way it lies. */
const upright = (value: Value): Value => (value.shape.kind === 'row' ? transposedValue(value) : value);

// ---- in space

function inSpace(call: Call, args: readonly Shape[], n: number, shapes: Shapes): Shape {
  const size = vectorAt(call, args, n, shapes);
  if (shapes.sizes.unify(size, three)) return args[n]!;
  return misshapen(
    call.arguments[n]!,
    `${call.name} takes vectors of size 3, and ${say(call.arguments[n]!)} is ${shapes.sizes.describe(args[n]!)}`,
  );
}
function crossShape(call: Call, args: readonly Shape[], shapes: Shapes): Shape {
  const [a, b] = [inSpace(call, args, 0, shapes), inSpace(call, args, 1, shapes)];
  if (a.kind === b.kind) return a;
  const [x, y] = call.arguments as readonly [Expression, Expression];
  return misshapen(y, `one is a column and the other a row`, `cross(${say(x, 'x')}, ${sayOperand(y, 'y')}')?`);
}
/** Entry i is the sum of levicivita(i,j,k)*x[j]*y[k]. */
function cross([a, b]: readonly Value[], shape: Shape): Value {
  const [[j], [k], i] = [joined(a!).axes[0]!, joined(b!).axes[0]!, bind(three)] as [Axis, Axis, Bound];
  const term = contract([permutation(i.index, j!.index, k!.index), joined(a!).term, joined(b!).term], [j!, k!]);
  return { shape, term, axes: [[i]] };
}
/** skew(x)[i,j] is the sum of levicivita(i,k,j)*x[k]. */
function skew([a]: readonly Value[], shape: Shape): Value {
  const { term, axes } = joined(a!);
  const [[k]] = axes as [Axis];
  const [i, j] = [bind(three), bind(three)];
  return { shape, term: contract([permutation(i.index, k!.index, j.index), term], [k!]), axes: [[i], [j]] };
}

// ---- triangles and cumulative sums

/** Is i - j, moved by the offset, 0 or more? */
const notBelow = (i: Bound, j: Bound, offset = 0): Term =>
  guard(
    'at-least',
    [
      { ...i, coefficient: 1 },
      { ...j, coefficient: -1 },
    ],
    fixed(offset + 1),
  );

/** The entries with j - i <= k (side 1, tril), or j - i >= k (side -1, triu). */
const triangle = (side: 1 | -1): FunctionRow => ({
  arity: [1, 2],
  shape: (call, [shape]) => {
    atMostTwoAxes(call, shape!);
    const given = call.arguments[1];
    if (!given || integerIn(given) !== undefined) return shape!;
    return misshapen(given, `the diagonal that ${call.name} keeps is an integer: 0, -1 for the one below it, 1 above`);
  },
  build: ([x], shape, call) => {
    const given = call.arguments[1];
    const diagonal = side * (given ? integerIn(given)! : 0);
    const whole = joined(x!);
    const [i, j] = [rowsOf(whole)[0] ?? bind(oneDim), columnsOf(whole)[0] ?? bind(oneDim)];
    const inside = side === 1 ? notBelow(i, j, diagonal) : notBelow(j, i, diagonal);
    const placed = rename(
      inside,
      new Map([i, j].filter(({ dim }) => dim === oneDim).map(({ index }) => [index, -1] as const)),
    );
    return { ...whole, shape, term: times(placed, whole.term) };
  },
});

function cumulatedShape(call: Call, [shape]: readonly Shape[]): Shape {
  const axis = axisOf(call);
  if (axis !== undefined || shape!.kind !== 'matrix') {
    atMostTwoAxes(call, shape!);
    return shape!;
  }
  const text = say(call.arguments[0]!, 'X');
  return misshapen(
    call.arguments[0]!,
    `cumsum of a matrix runs down its columns or along its rows, and does not say which`,
    `cumsum(${text}, dim=1) down the columns, cumsum(${text}, dim=2) along the rows`,
  );
}
function cumulated(whole: Value, call: Call): Value {
  const along = call.dim ? alongIn(call, whole) : (whole.axes[0] ?? []);
  const [of] = along;
  if (!of) return whole;
  const out = bind(of.dim);
  const term = contract([notBelow(out, of), whole.term], along);
  return { ...whole, term, axes: whole.axes.map((axis) => (axis === along ? [out] : axis)) };
}

// ---- diag, vec, kron

function diagShape(call: Call, args: readonly Shape[], shapes: Shapes): Shape {
  const [shape] = args as readonly [Shape];
  const [rows, columns] = atMostTwoAxes(call, shape);
  if (shape.kind === 'scalar') return shape;
  if (isVector(shape)) {
    const dim = shape.kind === 'column' ? rows : columns;
    return matrix(dim, dim);
  }
  return column(extent(squareOnly(call, args, shapes))![0]);
}
function diagonal([value]: readonly Value[], shape: Shape): Value {
  if (value!.shape.kind === 'scalar') return value!;
  if (isVector(value!.shape)) {
    const [axis] = value!.axes as readonly [Axis];
    const other = axis.map(({ dim }) => bind(dim));
    const deltas = axis.map(({ index, dim }, n) => delta(index, other[n]!.index, dim));
    return { shape, term: times(value!.term, ...deltas), axes: [axis, other] };
  }
  const [rows, columns] = [rowsOf(value!), columnsOf(value!)];
  const [keep, drop] = rows.length >= columns.length ? [rows, columns] : [columns, rows];
  return { shape, term: align(value!.term, drop, keep), axes: [keep] };
}

function stacked([value]: readonly Value[], shape: Shape): Value {
  const axis = [...columnsOf(value!), ...rowsOf(value!)];
  return { shape, term: value!.term, axes: axis.length === 0 ? [] : [axis] };
}

function kronShape(call: Call, args: readonly Shape[]): Shape {
  const [a, b] = [atMostTwoAxes(call, args[0]!, 0), atMostTwoAxes(call, args[1]!, 1)];
  return matrix(dimProduct(a[0], b[0]), dimProduct(a[1], b[1]));
}
const kron = ([a, b]: readonly Value[], shape: Shape): Value =>
  arranged(shape, times(a!.term, b!.term), [...rowsOf(a!), ...rowsOf(b!)], [...columnsOf(a!), ...columnsOf(b!)]);

// ---- functions of vectors

const ofVectors = (op: VectorName, { result, ofScalar }: VectorRecord): FunctionRow => ({
  arity: [1, 1],
  hasAxis: true,
  shape: (call, shapes) => {
    const [shape] = shapes;
    const [rows] = atMostTwoAxes(call, shape!);
    const axis = axisOf(call);
    if (result === 'same') return shape!;
    if (axis !== undefined) return reducedShape(call, shapes);
    return shape!.kind === 'matrix' ? column(rows) : scalar;
  },
  build: ([x], shape, call) => {
    const whole = joined(x!);
    const along = call.dim ? alongIn(call, whole) : (whole.axes.at(-1) ?? []);
    if (along.length === 0) {
      // One entry by itself, in each row or column of a vector.
      const term = ofScalar === 'itself' ? whole.term : ofScalar === 1 ? one : zero;
      return result === 'same' ? { ...whole, term } : reduced(whole, shape, term);
    }
    return result === 'same'
      ? alongAxis(op, whole, along)
      : reduced(whole, shape, operation(op, whole.term, along, [], []));
  },
});

// ---- functions of matrices, and of all entries

const determinants = (op: 'det' | 'logdet'): FunctionRow => ({
  arity: [1, 1],
  shape: squareToScalar,
  build: ([x]) => scalarValue(determinant(op, x!)),
});

/** One number from all entries, or from each row or column. */
const reducing = (
  alongAxis: ReductionRecord['alongAxis'],
  make: (value: Value, over: Axis, call: Call) => Term,
): FunctionRow => ({
  arity: [1, alongAxis === 'second argument' ? 2 : 1],
  ...(alongAxis === 'no' ? {} : { hasAxis: true }),
  shape: reducedShape,
  build: ([x], shape, call) => reduced(x!, shape, make(x!, alongIn(call, x!), call)),
});
type Reduce = (value: Value, over: Axis, call: Call) => Term;
const total: Reduce = ({ term }, over) => contract([term], over);
const euclidean: Reduce = ({ term }, over) => power(product(Q.one, [[term, Q.rational(2)]], over), Q.half);

const reductionTerms: Readonly<Record<ReductionName, Reduce>> = {
  sum: total,
  mean: (value, over, call) => divide(total(value, over, call), size(sizeOfAxis(over))),
  prod: (value, over, { arguments: [of] }) =>
    (of?.kind === 'matrix' ? factorByFactor(value.term, over) : undefined) ?? productOver(value.term, over),
  var: ({ term }, over) => ofEntriesOnly('var', term, over, zero),
  max: ({ term }, over) => ofEntriesOnly('max', term, over, term),
  min: ({ term }, over) => ofEntriesOnly('min', term, over, term),
  norminf: ({ term }, over) => {
    const size = apply('abs', [term]);
    return ofEntriesOnly('max', size, over, size);
  },
  norm1: ({ term }, over) => contract([apply('abs', [term])], over),
  norm2: euclidean,
  normf: euclidean,
};

/** Is it known to have fewer rows than columns? */
export function isWide(shape: Shape): boolean {
  const [rows, columns] = (extent(shape) ?? []).map(sizeOf);
  return rows !== undefined && columns !== undefined && rows < columns;
}

/** Of a vector x it is x'/norm2(x)^2; of a wide matrix it is that of the transpose, transposed. */
function pseudoinverse(x: Value, shape: Shape): Value {
  if (shape.kind === 'scalar') return mapValue(x, (t) => power(t, Q.minusOne));
  if (shape.kind !== 'matrix') {
    const square = product(Q.one, [[x.term, Q.rational(2)]], boundsOf(x));
    return { ...transposedValue(x), term: times(x.term, power(square, Q.minusOne)) };
  }
  if (isWide(x.shape)) return transposedValue(ofWhole('pinv', transposedValue(x), x.shape));
  return ofWhole('pinv', x, shape);
}

/** Of the symmetric part of a square matrix; `ofNumber`: what a number has for it. */
const ofSymmetric = (
  op: 'eigvals' | 'eigvecs' | 'eigmax' | 'eigmin' | 'chol',
  shapeOf: (shape: Shape) => Shape,
  ofNumber: (x: Term) => Term,
): FunctionRow => ({
  arity: [1, 1],
  shape: (call, args, shapes) => shapeOf(squareOnly(call, args, shapes)),
  build: ([x], shape) => (x!.shape.kind === 'scalar' ? mapValue(x!, ofNumber) : ofWhole(op, symmetricPart(x!), shape)),
});
const itself = <T>(x: T): T => x;

/** Of a square matrix, a square matrix. */
const ofSquare = (op: 'expm' | 'logm' | 'sqrtm', ofNumber: (x: Term) => Term): FunctionRow => ({
  arity: [1, 1],
  shape: squareOnly,
  build: ([x], shape) => (x!.shape.kind === 'scalar' ? mapValue(x!, ofNumber) : ofWhole(op, x!, shape)),
});

function directionShape(call: Call, args: readonly Shape[], shapes: Shapes): Shape {
  const shape = squareOnly(call, args, shapes);
  const [rows, columns] = atMostTwoAxes(call, args[1]!, 1);
  const [size] = extent(shape)!;
  if (shapes.sizes.unify(size, rows) && shapes.sizes.unify(size, columns)) return args[1]!;
  return misshapen(
    call.arguments[1]!,
    `${call.name} takes a direction of the shape of ${say(call.arguments[0]!)}, and ${say(call.arguments[1]!)} is ${shapes.sizes.describe(args[1]!)}`,
  );
}
/** Of a square matrix along another; `slope`: of a number. */
const along = (op: 'dexpm' | 'dlogm', slope: (x: Term) => Term): FunctionRow => ({
  arity: [2, 2],
  shape: directionShape,
  build: ([x, v]) => {
    if (x!.shape.kind === 'scalar') return mapValue(v!, (t) => times(t, slope(x!.term)));
    const whole = joined(x!);
    return alongDirection(op, whole.term, boundsOf(whole), v!);
  },
});
function equationShape(call: Call, args: readonly Shape[], { sizes }: Shapes): Shape {
  const [left, right, [rows, columns]] = args.map((_, n) => atMostTwoAxes(call, args[n]!, n)) as unknown as readonly [
    readonly [Dim, Dim],
    readonly [Dim, Dim],
    readonly [Dim, Dim],
  ];
  const fits = [...left.map((dim) => sizes.unify(dim, rows)), ...right.map((dim) => sizes.unify(dim, columns))];
  if (fits.every((fit) => fit)) return args[2]!;
  return misshapen(
    call.arguments[2]!,
    `${call.name}(A, B, C) takes a matrix C for which A*C and C*B are of its own shape`,
  );
}
/** The X with A*X + X*B = C. A number in a place of a matrix is one by one. */
function solution([a, b, c]: readonly Value[], shape: Shape): Value {
  const [left, right] = [a!, b!];
  if (shape.kind === 'scalar') return scalarValue(divide(c!.term, plus(left.term, right.term)));
  if (shape.kind === 'matrix') {
    const { term, bound } = sylvesterMap(left, right);
    return alongDirection('sylvester', term, bound, c!);
  }
  // (A + b*I)*x = c, or the same of rows.
  const [square, number] = shape.kind === 'column' ? [left, right] : [right, left];
  const eye = identity(square.shape);
  const shifted = entrywise([square, eye], square.shape, ([s, i]) => plus(s!, times(number.term, i!)));
  const inverted = inverse('inv', shifted);
  return shape.kind === 'column' ? multiply(inverted, c!, shape) : multiply(c!, inverted, shape);
}

const matrixRows: Readonly<Record<MatrixName, FunctionRow>> = {
  tr: {
    arity: [1, 1],
    shape: squareToScalar,
    build: (args) => {
      if (args[0]!.shape.kind === 'scalar') return args[0]!;
      const { term, axes } = diagonal(args, scalar);
      return scalarValue(contract([term], axes.flat()));
    },
  },
  det: determinants('det'),
  logdet: determinants('logdet'),
  inv: { arity: [1, 1], shape: squareOnly, build: ([x]) => inverse('inv', x!) },
  adj: { arity: [1, 1], shape: squareOnly, build: ([x]) => inverse('adj', x!) },
  eigvals: ofSymmetric('eigvals', (shape) => column(extent(shape)![0]), itself),
  eigvecs: ofSymmetric('eigvecs', itself, () => one),
  eigmax: ofSymmetric('eigmax', () => scalar, itself),
  eigmin: ofSymmetric('eigmin', () => scalar, itself),
  chol: ofSymmetric('chol', itself, (x) => power(x, Q.half)),
  expm: ofSquare('expm', (x) => apply('exp', [x])),
  logm: ofSquare('logm', (x) => apply('log', [x])),
  sqrtm: ofSquare('sqrtm', (x) => power(x, Q.half)),
  dexpm: along('dexpm', (x) => apply('exp', [x])),
  dlogm: along('dlogm', (x) => power(x, Q.minusOne)),
  sylvester: { arity: [3, 3], shape: equationShape, build: solution },
  normnuc: {
    arity: [1, 1],
    shape: (call, [shape]) => {
      atMostTwoAxes(call, shape!);
      return scalar;
    },
    build: ([x], shape, call) =>
      x!.shape.kind === 'matrix'
        ? ofWhole('normnuc', isWide(x!.shape) ? transposedValue(x!) : x!, shape)
        : scalarValue(euclidean(x!, boundsOf(x!), call)),
  },
  pinv: {
    arity: [1, 1],
    shape: (call, [shape]) => {
      atMostTwoAxes(call, shape!);
      return transposed(shape!);
    },
    build: ([x], shape) => pseudoinverse(x!, shape),
  },
  normop: {
    arity: [1, 1],
    shape: (call, [shape]) => {
      atMostTwoAxes(call, shape!);
      return scalar;
    },
    build: ([x], shape, call) =>
      x!.shape.kind === 'matrix' ? ofWhole('normop', x!, shape) : scalarValue(euclidean(x!, boundsOf(x!), call)),
  },
  diag: { arity: [1, 1], shape: diagShape, build: diagonal },
  vec: { arity: [1, 1], shape: (call, [shape]) => column(dimProduct(...atMostTwoAxes(call, shape!))), build: stacked },
  kron: { arity: [2, 2], shape: kronShape, build: kron },
  unvec: { arity: [3, 3], shape: unvecShape, build: unvec },
  commutation: { arity: [2, 2], shape: commutationShape, build: commutation },
  vech: { arity: [1, 1], shape: (...given) => vechShape(squareOnly(...given)), build: vech },
  duplication: { arity: [1, 1], shape: duplicationShape, build: duplicationMatrix },
  elimination: { arity: [1, 1], shape: eliminationShape, build: eliminationMatrix },
  dot: { arity: [2, 2], shape: dotShape, build: dot },
  outer: {
    arity: [2, 2],
    shape: (call, args, shapes) => matrix(vectorAt(call, args, 0, shapes), vectorAt(call, args, 1, shapes)),
    build: ([a, b], shape) => multiply(upright(a!), transposedValue(upright(b!)), shape),
  },
  cross: { arity: [2, 2], shape: crossShape, build: cross },
  skew: {
    arity: [1, 1],
    shape: (call, args, shapes) => {
      inSpace(call, args, 0, shapes);
      return matrix(three, three);
    },
    build: skew,
  },
  tril: triangle(1),
  triu: triangle(-1),
  cumsum: { arity: [1, 1], hasAxis: true, shape: cumulatedShape, build: ([x], _, call) => cumulated(joined(x!), call) },
  outer_sum: {
    arity: [2, 2],
    shape: (call, args, shapes) => matrix(vectorAt(call, args, 0, shapes), vectorAt(call, args, 1, shapes)),
    build: ([a, b], shape) => crossed(upright(a!), transposedValue(upright(b!)), shape, (x, y) => plus(x, y)),
  },
};

/** What the function is to elaboration; shorthands are written out before they come here. */
function rowOf(name: string, record: FunctionRecord): FunctionRow | undefined {
  switch (record.kind) {
    case 'entrywise':
      return ofEntries(record, (terms) => apply(name as EntrywiseName, terms));
    case 'root':
      return ofEntries(record, ([x]) => power(x!, record.exponent));
    case 'vector':
      return ofVectors(name as VectorName, record);
    case 'reduction':
      return reducing(record.alongAxis, reductionTerms[name as ReductionName]);
    case 'matrix':
      return matrixRows[name as MatrixName];
    case 'shorthand':
      return undefined;
  }
}
/** A name may stand for several functions: max of an array, and of two numbers. */
const rows = new Map<string, FunctionRow[]>();
for (const [name, record] of allFunctions) {
  const row = isCalled(record) ? rowOf(name, record) : undefined;
  if (row) rows.set(name, [...(rows.get(name) ?? []), row]);
}
export const isFunctionName = (name: string): boolean => rows.has(name);
/** The one that takes so many arguments. */
export const rowFor = ({ name, arguments: { length } }: Call): FunctionRow | undefined =>
  rows.get(name)?.find(({ arity: [least, most] }) => least <= length && length <= most);
/** How many arguments the functions of this name take, at least and at most. */
export function arityOf(name: string): readonly [least: number, most: number] | undefined {
  const arities = rows.get(name)?.map(({ arity }) => arity);
  return arities && [Math.min(...arities.map(([least]) => least)), Math.max(...arities.map(([, most]) => most))];
}
/** The arguments that are values; the axis of a reduction is none, nor is a size. */
export const valueArguments = ({ name, arguments: args }: Call): readonly Expression[] =>
  reductionFunctions.get(name)?.alongAxis === 'second argument' ? args.slice(0, 1) : args.slice(0, sizesFrom(name));

/** eye(n), commutation(m, n). */
export const takesSizesOnly = (name: string): boolean => sizesFrom(name) === 0;

/** What stands for a call of another name for a function, or of a shorthand. */
export function written(
  e: Call,
): Call | { readonly parameters: readonly string[]; readonly value: string } | undefined {
  const name = aliases.get(e.name);
  if (name !== undefined) return { ...e, name };
  const shorthand = shorthandFunctions.get(e.name);
  return shorthand && { parameters: shorthand.arguments, value: shorthand.to };
}

/** Functions whose arguments are sizes. */
export const sizeFunctions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['ones', [1, 2]],
  ['zeros', [1, 2]],
  ['eye', [1, 1]],
]);
export const derivativeFunctions: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['grad', [2, 2]],
  ['jacobian', [2, 2]],
  ['hessian', [2, 2]],
  ['jvp', [3, 3]],
  ['vjp', [3, 3]],
  ['hvp', [3, 3]],
  ['d', [1, 1]],
]);
/** An alias or a shorthand: the program may give it a meaning of its own. */
export const isOtherName = (name: string): boolean => aliases.has(name) || shorthandFunctions.has(name);
export const isBuiltin = (name: string): boolean =>
  rows.has(name) || sizeFunctions.has(name) || derivativeFunctions.has(name) || positionFunctions.has(name);
export const builtinNames = (): readonly string[] => [
  ...rows.keys(),
  ...aliases.keys(),
  ...shorthandFunctions.keys(),
  ...sizeFunctions.keys(),
  ...derivativeFunctions.keys(),
  ...positionFunctions.keys(),
];

/** What other languages call it. */
export const otherwiseKnown: ReadonlyMap<string, string> = new Map([
  ['identity', 'eye(n) or I'],
  ['hadamard', 'X.*Y'],
  ['gradient', 'grad(f, x)'],
  ['gammaln', 'lgamma(x)'],
  ['psi', 'digamma(x)'],
]);
