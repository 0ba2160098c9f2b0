/** inv, det, softmax and their like, of all entries of an array, over any field. */
import * as Q from '../basics/rational.ts';
import { eliminate, inverseOf } from './elimination.ts';
import { type Field, outside } from './field.ts';

const matrixFunctions: ReadonlySet<string> = new Set(['inv', 'det', 'logdet']);

/** The values at all out positions: rows of a matrix, or one row. */
export function wholeFunction<V>(
  op: string,
  entries: readonly V[],
  field: Field<V>,
  work: (count: number) => void,
): readonly (readonly V[])[] {
  if (matrixFunctions.has(op)) work(entries.length ** 1.5);
  const exponentials = (): readonly V[] => entries.map((x) => field.apply('exp', [x]));
  const total = (values: readonly V[]): V => values.reduce(field.plus);
  switch (op) {
    case 'inv':
      return inverseOf(inRows(entries), field);
    case 'det':
      return [[eliminate(inRows(entries), field).determinant]];
    case 'logdet':
      return [[field.apply('log', [field.apply('abs', [eliminate(inRows(entries), field).determinant])])]];
    case 'max':
      return [[field.largest(entries)]];
    case 'logsumexp':
      return [[field.apply('log', [total(exponentials())])]];
    case 'softmax': {
      const values = exponentials();
      const scale = field.inverse(total(values));
      return [values.map((value) => field.times(value, scale))];
    }
    case 'log_softmax': {
      const shift = field.times(field.rational(Q.minusOne), field.apply('log', [total(exponentials())]));
      return [entries.map((x) => field.plus(x, shift))];
    }
    default:
      return outside();
  }
}
function inRows<V>(entries: readonly V[]): readonly (readonly V[])[] {
  const size = Math.round(Math.sqrt(entries.length));
  return Array.from({ length: size }, (_, i) => entries.slice(i * size, (i + 1) * size));
}
