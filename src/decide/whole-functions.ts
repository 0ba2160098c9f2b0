/** inv, det, softmax and their like, of all entries of an array, over any field. */
import type { OperationName } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { adjugateOf, eliminate, inverseOf } from './elimination.ts';
import { type Field, outside } from './field.ts';

type Rows<V> = readonly (readonly V[])[];
type Whole = <V>(entries: readonly V[], field: Field<V>) => Rows<V>;

const exponentials = <V>(entries: readonly V[], field: Field<V>): readonly V[] =>
  entries.map((x) => field.apply('exp', [x]));
const total = <V>(values: readonly V[], field: Field<V>): V => values.reduce(field.plus);
const negated = <V>(x: V, field: Field<V>): V => field.times(field.rational(Q.minusOne), x);
const logTotal = <V>(entries: readonly V[], field: Field<V>): V =>
  field.apply('log', [total(exponentials(entries, field), field)]);
const determinant = <V>(entries: readonly V[], field: Field<V>): V => eliminate(inRows(entries), field).determinant;

const wholes: Readonly<Record<OperationName, Whole>> = {
  inv: (entries, field) => inverseOf(inRows(entries), field),
  adj: (entries, field) => adjugateOf(inRows(entries), field),
  det: (entries, field) => [[determinant(entries, field)]],
  logdet: (entries, field) => [[field.apply('log', [field.apply('abs', [determinant(entries, field)])])]],
  max: (entries, field) => [[field.largest(entries)]],
  min: (entries, field) => [[negated(field.largest(entries.map((x) => negated(x, field))), field)]],
  logsumexp: (entries, field) => [[logTotal(entries, field)]],
  softmax: (entries, field) => {
    const values = exponentials(entries, field);
    const scale = field.inverse(total(values, field));
    return [values.map((value) => field.times(value, scale))];
  },
  log_softmax: (entries, field) => {
    const shift = negated(logTotal(entries, field), field);
    return [entries.map((x) => field.plus(x, shift))];
  },
};

/** The values at all out positions: rows of a matrix, or one row. */
export function wholeFunction<V>(
  op: string,
  entries: readonly V[],
  field: Field<V>,
  work: (count: number) => void,
): Rows<V> {
  if (!Object.hasOwn(wholes, op)) return outside();
  // Elimination is cubic in the side; the others are linear, and this is not less.
  work(entries.length ** 1.5);
  return wholes[op as OperationName](entries, field);
}
function inRows<V>(entries: readonly V[]): Rows<V> {
  const size = Math.round(Math.sqrt(entries.length));
  return Array.from({ length: size }, (_, i) => entries.slice(i * size, (i + 1) * size));
}
