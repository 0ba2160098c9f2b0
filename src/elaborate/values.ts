/** A value is a term together with the indices that its axes vary over. How are axes renamed, joined, split and lined up? */
import type { Matrix } from '../assume/assume.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, one as oneDim, sizeOf } from '../shape/dim.ts';
import { axesOf, type Shape, transposed } from '../shape/shape.ts';
import {
  contract,
  dependsOn,
  pairing,
  rename,
  delta,
  power,
  size,
  times,
  apply,
  one,
  operation,
  plus,
  scale,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import type { OperationName, VectorName } from '../../rules/functions/index.ts';

/** The primitive indices that one axis is made of, major first: usually one; kron and vec lay several behind each other. */
export type Axis = readonly Bound[];

export interface Value {
  readonly shape: Shape;
  readonly term: Term;
  readonly axes: readonly Axis[];
}

export const bind = (dim: Dim): Bound => ({ index: freshIndex(), dim });
export const freshAxes = (shape: Shape): readonly Axis[] => axesOf(shape).map((dim) => [bind(dim)]);
export const boundsOf = (value: Value): readonly Bound[] => value.axes.flat();
export const sizeOfAxis = (axis: Axis): Dim => axis.reduce((product, { dim }) => dimProduct(product, dim), oneDim);

export function matrixOf({ term, axes }: Value): Matrix | undefined {
  const [rows, columns] = axes;
  return axes.length === 2 && rows && columns ? { term, rows, columns } : undefined;
}

/** The same value over indices that nothing else uses. */
export function fresh(value: Value): Value {
  if (value.axes.length === 0) return value;
  const axes = value.axes.map((axis) => axis.map(({ dim }) => bind(dim)));
  return { shape: value.shape, term: renamed(value.term, value.axes.flat(), axes.flat()), axes };
}

export const renamed = (term: Term, from: readonly Bound[], to: readonly { readonly index: Index }[]): Term =>
  rename(term, new Map(from.map(({ index }, n) => [index, to[n]!.index])));

interface Chain {
  readonly pairings: readonly Term[];
  readonly inner: readonly Bound[];
}
/** whole = the parts laid behind each other. */
function chain(whole: Bound, parts: Axis): Chain {
  const [first, ...rest] = parts as readonly [Bound, ...Bound[]];
  const last = rest.length === 1 ? rest[0]! : bind(sizeOfAxis(rest));
  const link = pairing(whole.index, first.index, last.index, first.dim, last.dim);
  if (rest.length === 1) return { pairings: [link], inner: [] };
  const { pairings, inner } = chain(last, rest);
  return { pairings: [link, ...pairings], inner: [last, ...inner] };
}

/** The term over one index for the whole axis. */
function join(term: Term, parts: Axis, whole: Bound): Term {
  if (parts.length === 1) return renamed(term, parts, [whole]);
  if (!parts.some(({ index }) => dependsOn(term, index))) return term;
  const { pairings, inner } = chain(whole, parts);
  return contract([term, ...pairings], [...parts, ...inner]);
}
/** The term over the parts of an axis, instead of over one index. */
function split(term: Term, whole: Bound, parts: Axis): Term {
  if (parts.length === 1) return renamed(term, [whole], parts);
  if (!dependsOn(term, whole.index)) return term;
  const { pairings, inner } = chain(whole, parts);
  return contract([term, ...pairings], [whole, ...inner]);
}

/** The term with the axis `from` written over the indices of `to`. */
export function align(term: Term, from: Axis, to: Axis): Term {
  return inStep(from, to).reduce((t, [own, other]) => {
    if (own.length === 1 && other.length === 1) return renamed(t, own, other);
    const whole = bind(sizeOfAxis(own));
    return split(join(t, own, whole), whole, other);
  }, term);
}
/** Both axes cut where they have a border in common: only what lies between two such borders is laid out anew. */
function inStep(from: Axis, to: Axis): readonly (readonly [Axis, Axis])[] {
  const sizes = (axis: Axis): readonly Dim[] => axis.map((_, n) => sizeOfAxis(axis.slice(0, n + 1)));
  const others = sizes(to);
  const steps: (readonly [Axis, Axis])[] = [];
  let [start, other] = [0, 0];
  sizes(from).forEach((size, n) => {
    const end = others.indexOf(size, other);
    if (end < 0) return;
    steps.push([from.slice(start, n + 1), to.slice(other, end + 1)]);
    [start, other] = [n + 1, end + 1];
  });
  return steps;
}

/** Every axis as one index. */
export function joined(value: Value): Value {
  if (value.axes.every((axis) => axis.length === 1)) return value;
  let { term } = value;
  const axes = value.axes.map((axis): Axis => {
    if (axis.length === 1) return axis;
    const whole = bind(sizeOfAxis(axis));
    term = join(term, axis, whole);
    return [whole];
  });
  return { shape: value.shape, term, axes };
}

// ---- the two directions

export type Direction = 'rows' | 'columns' | number;

export function directionsOf(shape: Shape): readonly Direction[] {
  switch (shape.kind) {
    case 'scalar':
      return [];
    case 'column':
      return ['rows'];
    case 'row':
      return ['columns'];
    case 'matrix':
      return ['rows', 'columns'];
    case 'tensor':
      return [...shape.axes.keys()];
  }
}
/** The axis in this direction; empty where there is but one entry. */
export function axisIn(value: Value, direction: Direction): Axis {
  const n = directionsOf(value.shape).indexOf(direction);
  return n < 0 ? [] : value.axes[n]!;
}
export const rowsOf = (value: Value): Axis => axisIn(value, 'rows');
export const columnsOf = (value: Value): Axis => axisIn(value, 'columns');
/** The axes of a shape, given its rows and columns. */
export const arranged = (shape: Shape, term: Term, rows: Axis, columns: Axis): Value => ({
  shape,
  term,
  axes: directionsOf(shape).map((direction) => (direction === 'rows' ? rows : columns)),
});

export const transposedValue = (value: Value): Value => ({
  shape: transposed(value.shape),
  term: value.term,
  axes: value.axes.toReversed(),
});

/** Several values, entry by entry: their common axes lined up, then joined by `make`. */
export function entrywise(values: readonly Value[], shape: Shape, make: (terms: readonly Term[]) => Term): Value {
  const terms = values.map(({ term }) => term);
  const axes = directionsOf(shape).map((direction): Axis => {
    const own = values.map((value) => axisIn(value, direction));
    const finest = own.reduce((best, axis) => (axis.length > best.length ? axis : best));
    own.forEach((axis, n) => {
      if (axis !== finest && axis.length > 0) terms[n] = align(terms[n]!, axis, finest);
    });
    return finest;
  });
  return { shape, term: make(terms), axes };
}
export const mapValue = (value: Value, make: (term: Term) => Term): Value => ({ ...value, term: make(value.term) });

// ---- products
// How does a product of values become a contraction?

export function multiply(a: Value, b: Value, shape: Shape): Value {
  if (a.shape.kind === 'scalar' || b.shape.kind === 'scalar')
    return entrywise([a, b], shape, (terms) => times(...terms));
  const [inner, other] = [columnsOf(a), rowsOf(b)];
  if (inner.length === 0) return arranged(shape, times(a.term, b.term), rowsOf(a), columnsOf(b));
  const [left, right, bound] =
    inner.length >= other.length
      ? [a.term, align(b.term, other, inner), inner]
      : [align(a.term, inner, other), b.term, other];
  return arranged(shape, contract([left, right], bound), rowsOf(a), columnsOf(b));
}

/** Every entry of a column with every entry of a row. */
export const crossed = (a: Value, b: Value, shape: Shape, make: (x: Term, y: Term) => Term): Value =>
  arranged(shape, make(a.term, b.term), rowsOf(a), columnsOf(b));

/** X^k, k > 0, as a chain; X^0 is the identity. */
export function chainPower(base: Value, exponent: number): Value {
  if (exponent === 0) return identity(base.shape);
  let result = base;
  for (let n = 1; n < exponent; n++) result = multiply(result, fresh(base), base.shape);
  return result;
}

export function identity(shape: Shape): Value {
  if (shape.kind !== 'matrix') return { shape, term: power({ ...oneTerm }, Q.one), axes: [] };
  const [i, j] = [bind(shape.rows), bind(shape.rows)];
  return { shape, term: delta(i.index, j.index, shape.rows), axes: [[i], [j]] };
}
const oneTerm: Term = times();

// ---- functions of whole arrays
// How do functions of whole arrays become operation terms? inv(A) is inv(a, b: A[a,b])[i,j], softmax(x) is softmax(k:
// x[k])[i].

const single = (axis: readonly Bound[]): Bound => axis[0]!;

/** inv and adj, over a square matrix. The adjugate of a number is 1: its determinant without a row and a column. */
export function inverse(op: 'inv' | 'adj', value: Value): Value {
  if (value.shape.kind === 'scalar') return { ...value, term: op === 'inv' ? power(value.term, Q.minusOne) : one };
  const whole = joined(value);
  const [a, b] = [single(rowsOf(whole)), single(columnsOf(whole))];
  const [i, j] = [bind(a.dim), bind(b.dim)];
  const term = operation(op, whole.term, [a, b], [i.index, j.index], [i.dim, j.dim]);
  return arranged(value.shape, term, [i], [j]);
}

/** det and logdet. */
export function determinant(op: 'det' | 'logdet', value: Value): Term {
  if (value.shape.kind === 'scalar') return op === 'det' ? value.term : apply('log', [apply('abs', [value.term])]);
  const whole = joined(value);
  return operation(op, whole.term, [single(rowsOf(whole)), single(columnsOf(whole))], [], []);
}

/** (X + X')/2 of a square matrix, over one index for each axis. */
export function symmetricPart(value: Value): Value {
  const whole = joined(value);
  const [a, b] = [single(rowsOf(whole)).index, single(columnsOf(whole)).index];
  const turned = rename(
    whole.term,
    new Map([
      [a, b],
      [b, a],
    ]),
  );
  return { ...whole, term: scale(Q.half, plus(whole.term, turned)) };
}

/** A function of a whole matrix as one operation, with an index for each of the axes that come out. */
export function ofWhole(op: OperationName, value: Value, shape: Shape): Value {
  const whole = joined(value);
  const outs = axesOf(shape).map(bind);
  const term = operation(
    op,
    whole.term,
    whole.axes.map(single),
    outs.map(({ index }) => index),
    outs.map(({ dim }) => dim),
  );
  return { shape, term, axes: outs.map((out) => [out]) };
}

/** A map from matrices to matrices, as it is applied to one: its entry i,j is the sum of map[i,j,k,l]*V[k,l]. */
export function alongDirection(
  op: 'dexpm' | 'dlogm' | 'sylvester',
  of: Term,
  bound: readonly Bound[],
  direction: Value,
): Value {
  const whole = joined(direction);
  const [[k], [l]] = whole.axes as readonly [Axis, Axis];
  const [i, j] = [bind(k!.dim), bind(l!.dim)];
  const outs = [i, j, k!, l!];
  const map = operation(
    op,
    of,
    bound,
    outs.map(({ index }) => index),
    outs.map(({ dim }) => dim),
  );
  return { shape: direction.shape, term: contract([map, whole.term], [k!, l!]), axes: [[i], [j]] };
}
/** X -> A*X + X*B, as an array: A[i,k]*delta(j,l) + delta(i,k)*B[l,j]. */
export function sylvesterMap(left: Value, right: Value): { readonly term: Term; readonly bound: readonly Bound[] } {
  const [a, b] = [joined(left), joined(right)];
  const [i, k] = [single(rowsOf(a)), single(columnsOf(a))];
  const [l, j] = [single(rowsOf(b)), single(columnsOf(b))];
  const term = plus(times(a.term, delta(j.index, l.index, j.dim)), times(b.term, delta(i.index, k.index, i.dim)));
  return { term, bound: [i, j, k, l] };
}

/** X^k, whose exponent is the range of a bound index that the body does not mention. */
export function symbolicPower(value: Value, exponent: Dim): Value {
  const whole = joined(value);
  const [a, b] = [single(rowsOf(whole)), single(columnsOf(whole))];
  const [i, j] = [bind(a.dim), bind(b.dim)];
  const term = operation('powm', whole.term, [a, b, bind(exponent)], [i.index, j.index], [i.dim, j.dim]);
  return { shape: value.shape, term, axes: [[i], [j]] };
}

/** softmax and log_softmax along one axis, which is one index. */
export function alongAxis(op: VectorName, value: Value, along: Axis): Value {
  const out = bind(single(along).dim);
  const term = operation(op, value.term, along, [out.index], [out.dim]);
  return { shape: value.shape, term, axes: value.axes.map((axis) => (axis === along ? [out] : axis)) };
}

const varying = (term: Term, over: Axis): Axis => over.filter(({ index }) => dependsOn(term, index));

/** max, min, var: whether an entry stands there once or often makes no difference. */
export function ofEntriesOnly(op: 'max' | 'min' | 'var', term: Term, over: Axis, ofOne: Term): Term {
  const bounds = varying(term, over);
  return bounds.length === 0 ? ofOne : operation(op, term, bounds, [], []);
}

/** prod: a factor that stands there often is a power. */
export function productOver(term: Term, over: Axis): Term {
  const bounds = varying(term, over);
  const once = bounds.length === 0 ? term : operation('prod', term, bounds, [], []);
  return over
    .filter((bound) => !bounds.includes(bound))
    .reduce((base, { dim }) => apply('power', [base, size(dim)]), once);
}

/** The product of what is written entry by entry, [a; b; c]: a*b*c. */
export function factorByFactor(term: Term, over: Axis): Term | undefined {
  let factors: readonly Term[] = [term];
  for (const { index, dim } of over) {
    const length = sizeOf(dim);
    if (length === undefined) return undefined;
    factors = factors.flatMap((factor) => Array.from({ length }, (_, n) => rename(factor, new Map([[index, -1 - n]]))));
  }
  return times(...factors);
}
