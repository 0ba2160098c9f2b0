/** Every function of the language: how many arguments, which shape, which term. One row each. */
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, one as oneDim } from '../shape/dim.ts';
import { column, extent, matrix, row, scalar, type Shape } from '../shape/shape.ts';
import type { Call } from '../syntax/tree.ts';
import { apply, contract, delta, divide, one, power, size, times, zero } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { broadcast } from './broadcast.ts';
import { integerIn } from './multiply.ts';
import { alongRows, determinant, inverse, largest, overRows } from './operations.ts';
import { multiply, sumOfSquares } from './products.ts';
import { misshapen, say, sayOperand } from './say.ts';
import type { Shapes } from './scope.ts';
import {
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
import type { Expression } from '../syntax/tree.ts';

export interface Builder extends Shapes {
  readonly valueOf: (e: Expression) => Value;
}
export interface FunctionRow {
  readonly arity: readonly [least: number, most: number];
  readonly shape: (call: Call, args: readonly Shape[], shapes: Shapes) => Shape;
  readonly build: (args: readonly Value[], shape: Shape, call: Call, builder: Builder) => Value;
}

const first = (_: Call, [shape]: readonly Shape[]): Shape => shape!;
const toScalar = (): Shape => scalar;
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

const onEntries = (make: (term: Term) => Term): FunctionRow => ({
  arity: [1, 1],
  shape: first,
  build: ([x]) => mapValue(x!, make),
});
const named = (fn: string): readonly [string, FunctionRow] => [fn, onEntries((term) => apply(fn, [term]))];
const entryNames =
  'exp log sin cos tan asin acos atan sinh cosh tanh abs sign step relu sigmoid softplus erf gelu silu';

// ---- sums

/** 1: column by column, a row; 2: row by row, a column. */
function axisOf(call: Call): 1 | 2 | undefined {
  const given = call.arguments[1];
  if (!given) return undefined;
  const axis = integerIn(given);
  if (axis === 1 || axis === 2) return axis;
  return misshapen(given, `the axis of ${call.name} is 1 (column by column) or 2 (row by row)`);
}
function reducedShape(call: Call, [shape]: readonly Shape[]): Shape {
  const axis = axisOf(call);
  if (axis === undefined) return scalar;
  const [rows, columns] = atMostTwoAxes(call, shape!);
  return axis === 1 ? row(columns) : column(rows);
}
function addedUp(call: Call, value: Value, shape: Shape): { readonly value: Value; readonly over: Axis } {
  const axis = axisOf(call);
  const over = axis === undefined ? boundsOf(value) : axis === 1 ? rowsOf(value) : columnsOf(value);
  return { value: arranged(shape, contract([value.term], over), rowsOf(value), columnsOf(value)), over };
}

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

// ---- softmax and its relatives

const vectorwise = (op: string): FunctionRow => ({
  arity: [1, 1],
  shape: (call, [shape]) => {
    atMostTwoAxes(call, shape!);
    return shape!;
  },
  build: ([x]) => (x!.shape.kind === 'scalar' ? scalarValue(op === 'softmax' ? one : zero) : alongRows(op, x!)),
});

const determinants = (op: 'det' | 'logdet'): FunctionRow => ({
  arity: [1, 1],
  shape: squareToScalar,
  build: ([x]) => scalarValue(determinant(op, x!)),
});

export const functions: ReadonlyMap<string, FunctionRow> = new Map<string, FunctionRow>([
  ...entryNames.split(' ').map(named),
  ['sqrt', onEntries((term) => power(term, Q.half))],
  ['sum', { arity: [1, 2], shape: reducedShape, build: ([x], shape, call) => addedUp(call, x!, shape).value }],
  [
    'mean',
    {
      arity: [1, 2],
      shape: reducedShape,
      build: ([x], shape, call) => {
        const { value, over } = addedUp(call, x!, shape);
        return mapValue(value, (term) => divide(term, size(sizeOfAxis(over))));
      },
    },
  ],
  [
    'max',
    {
      arity: [1, 2],
      shape: (call, args, shapes) => {
        const [x, y] = call.arguments;
        if (!y) return scalar;
        return broadcast(
          { expression: x!, shape: args[0]! },
          { expression: y, shape: args[1]! },
          'compare',
          call,
          shapes,
        );
      },
      build: (args, shape) =>
        args.length === 1 ? scalarValue(largest(args[0]!)) : entrywise(args, shape, (terms) => apply('max', terms)),
    },
  ],
  [
    'tr',
    {
      arity: [1, 1],
      shape: squareToScalar,
      build: (args) => {
        if (args[0]!.shape.kind === 'scalar') return args[0]!;
        const { term, axes } = diagonal(args, scalar);
        return scalarValue(contract([term], axes.flat()));
      },
    },
  ],
  ['det', determinants('det')],
  ['logdet', determinants('logdet')],
  ['inv', { arity: [1, 1], shape: squareOnly, build: ([x]) => inverse(x!) }],
  ['diag', { arity: [1, 1], shape: diagShape, build: diagonal }],
  [
    'vec',
    {
      arity: [1, 1],
      shape: (call, [shape]) => column(dimProduct(...atMostTwoAxes(call, shape!))),
      build: stacked,
    },
  ],
  ['kron', { arity: [2, 2], shape: kronShape, build: kron }],
  [
    'norm1',
    { arity: [1, 1], shape: toScalar, build: ([x]) => scalarValue(contract([apply('abs', [x!.term])], boundsOf(x!))) },
  ],
  ['norm2', { arity: [1, 1], shape: toScalar, build: ([x]) => scalarValue(power(sumOfSquares(x!), Q.half)) }],
  ['normf', { arity: [1, 1], shape: toScalar, build: ([x]) => scalarValue(power(sumOfSquares(x!), Q.half)) }],
  ['dot', { arity: [2, 2], shape: dotShape, build: dot }],
  [
    'outer',
    {
      arity: [2, 2],
      shape: (call, args, shapes) => matrix(vectorAt(call, args, 0, shapes), vectorAt(call, args, 1, shapes)),
      build: ([a, b], shape) => multiply(upright(a!), transposedValue(upright(b!)), shape),
    },
  ],
  [
    'logsumexp',
    {
      arity: [1, 1],
      shape: (call, [shape]) => {
        const [rows] = atMostTwoAxes(call, shape!);
        return shape!.kind === 'matrix' ? column(rows) : scalar;
      },
      build: ([x], shape) => (x!.shape.kind === 'scalar' ? x! : overRows('logsumexp', x!, shape)),
    },
  ],
  ['softmax', vectorwise('softmax')],
  ['log_softmax', vectorwise('log_softmax')],
]);

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
export const isBuiltin = (name: string): boolean =>
  functions.has(name) || sizeFunctions.has(name) || derivativeFunctions.has(name) || name === 'delta';
export const builtinNames = (): readonly string[] => [
  ...functions.keys(),
  ...sizeFunctions.keys(),
  ...derivativeFunctions.keys(),
  'delta',
];

/** What other languages call it. */
export const otherwiseKnown: ReadonlyMap<string, string> = new Map([
  ['trace', 'tr(X)'],
  ['transpose', "X'"],
  ['ln', 'log(x)'],
  ['inverse', 'inv(X)'],
  ['norm', 'norm2(x)'],
  ['identity', 'eye(n) or I'],
  ['min', '-max(-x, -y)'],
  ['hadamard', 'X.*Y'],
  ['pow', 'x^y'],
  ['gradient', 'grad(f, x)'],
  ['lse', 'logsumexp(x)'],
  ['arcsin', 'asin(x)'],
  ['arccos', 'acos(x)'],
  ['arctan', 'atan(x)'],
  ['logsoftmax', 'log_softmax(x)'],
]);
