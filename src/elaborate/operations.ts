/** How do functions of whole arrays become operation terms? inv(A) is inv(a, b: A[a,b])[i,j], softmax(x) is softmax(k: x[k])[i]. */
import * as Q from '../basics/rational.ts';
import type { Shape } from '../shape/shape.ts';
import { apply, dependsOn, one, operation, power } from '../terms/construct.ts';
import type { Bound, Term } from '../terms/node.ts';
import { arranged, bind, boundsOf, columnsOf, joined, rowsOf, type Value } from './values.ts';

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

/** A vector as a whole, a matrix row by row: softmax and log_softmax. */
export function alongRows(op: string, value: Value): Value {
  const whole = joined(value);
  const along = whole.axes.at(-1)!;
  const out = bind(single(along).dim);
  const term = operation(op, whole.term, along, [out.index], [out.dim]);
  return { shape: value.shape, term, axes: [...whole.axes.slice(0, -1), [out]] };
}

/** The same, one number for each row. */
export function overRows(op: string, value: Value, shape: Shape): Value {
  const whole = joined(value);
  return { shape, term: operation(op, whole.term, whole.axes.at(-1)!, [], []), axes: whole.axes.slice(0, -1) };
}

/** The largest or the smallest of all entries. */
export function extreme(op: 'max' | 'min', value: Value): Term {
  const bounds = boundsOf(value).filter(({ index }) => dependsOn(value.term, index));
  return bounds.length === 0 ? value.term : operation(op, value.term, bounds, [], []);
}
