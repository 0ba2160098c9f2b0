/** How does a product of values become a contraction? */
import * as Q from '../basics/rational.ts';
import type { Shape } from '../shape/shape.ts';
import { contract, delta, power, product, times } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { align, arranged, bind, boundsOf, columnsOf, entrywise, fresh, rowsOf, type Value } from './values.ts';

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

/** The sum of the squares of all entries. */
export const sumOfSquares = (value: Value): Term => product(Q.one, [[value.term, Q.rational(2)]], boundsOf(value));
