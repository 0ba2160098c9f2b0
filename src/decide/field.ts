/**
 * Over which numbers is a term evaluated? Doubles find counterexamples, the integers modulo a prime prove identities;
 * and what functions of all entries come to over any of them.
 */
import {
  type EntrywiseName,
  ofSpectrum,
  type OperationName,
  type PowerName,
  type SpectralName,
} from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { ApplyNode, UnknownOperation } from '../terms/node.ts';

export interface Field<V> {
  readonly zero: V;
  readonly one: V;
  readonly rational: (value: Rational) => V;
  readonly plus: (a: V, b: V) => V;
  readonly times: (a: V, b: V) => V;
  readonly inverse: (a: V) => V;
  /** Is this no pivot: zero, or nothing but rounding? */
  readonly vanishes: (a: V) => boolean;
  /** Which of two entries to eliminate with. */
  readonly isLarger: (a: V, b: V) => boolean;
  readonly power: (base: V, exponent: Rational) => V;
  /** Does it compute this function itself? Others are evaluated by their definitions. */
  readonly computes: (fn: EntrywiseName) => boolean;
  /** `node`: where it stands, for what keeps count of comparisons. */
  readonly apply: (fn: EntrywiseName, args: readonly V[], node?: ApplyNode) => V;
  readonly largest: (values: readonly V[]) => V;
  /** pi. */
  readonly constant: (name: string) => V;
  /** A function that goes by eigenvalues, which no field has but the real numbers: its entries, row-major. */
  readonly spectral: (op: SpectralName, argument: Entries<V>, result: readonly number[]) => readonly V[];
  /** A function known by name only, or its Jacobian, at an argument; `outs` are positions. */
  readonly unknown: (op: UnknownOperation, argument: readonly V[], outs: readonly number[]) => V;
}

/** Row-major, with so many along each axis. */
export interface Entries<V> {
  readonly values: readonly V[];
  readonly extents: readonly number[];
}

/** The point is of no use: a term does not exist there. Another one is tried. */
export class OutsideDomain extends Error {
  override readonly name = 'OutsideDomain';
}
export function outside(): never {
  throw new OutsideDomain();
}

/** The term is too large to be evaluated at such a size. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

export type Attempt<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'outside' } | { readonly kind: 'too-much' };

export function attempted<T>(evaluate: () => T): Attempt<T> {
  try {
    return { kind: 'value', value: evaluate() };
  } catch (error) {
    if (error instanceof OutsideDomain) return { kind: 'outside' };
    if (error instanceof TooMuchWork) return { kind: 'too-much' };
    throw error;
  }
}

// ---- functions of all entries
// inv, det, softmax and their like, of all entries of an array, over any field.

type Rows<V> = readonly (readonly V[])[];
type Whole = <V>(entries: readonly V[], field: Field<V>) => Rows<V>;

const exponentials = <V>(entries: readonly V[], field: Field<V>): readonly V[] =>
  entries.map((x) => field.apply('exp', [x]));
const total = <V>(values: readonly V[], field: Field<V>): V => values.reduce(field.plus);
const negated = <V>(x: V, field: Field<V>): V => field.times(field.rational(Q.minusOne), x);
const logTotal = <V>(entries: readonly V[], field: Field<V>): V =>
  field.apply('log', [total(exponentials(entries, field), field)]);
const determinant = <V>(entries: readonly V[], field: Field<V>): V => eliminate(inRows(entries), field).determinant;

/** Those that are made of sums, products and quotients, and of functions that a field has. */
export type WholeName = Exclude<OperationName, SpectralName | PowerName>;
export const isSpectral = (op: OperationName): op is SpectralName =>
  op !== 'sylvester' && Object.hasOwn(ofSpectrum, op);

const wholes: Readonly<Record<WholeName, Whole>> = {
  inv: (entries, field) => inverseOf(inRows(entries), field),
  // Between matrices laid out as vectors, of whatever shape.
  sylvester: (entries, field) => inverseOf(inRows(entries), field),
  adj: (entries, field) => adjugateOf(inRows(entries), field),
  det: (entries, field) => [[determinant(entries, field)]],
  logdet: (entries, field) => [[field.apply('log', [field.apply('abs', [determinant(entries, field)])])]],
  max: (entries, field) => [[field.largest(entries)]],
  min: (entries, field) => [[negated(field.largest(entries.map((x) => negated(x, field))), field)]],
  prod: (entries, field) => [[entries.reduce(field.times, field.one)]],
  var: (entries, field) => {
    const share = field.rational(Q.rational(1, entries.length));
    const mean = field.times(share, total(entries, field));
    const squares = entries.map((x) => field.power(field.plus(x, negated(mean, field)), Q.rational(2)));
    return [[field.times(share, total(squares, field))]];
  },
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
  op: WholeName,
  entries: readonly V[],
  field: Field<V>,
  work: (count: number) => void,
): Rows<V> {
  // Elimination is cubic in the side; the others are linear, and this is not less.
  work(entries.length ** 1.5);
  return wholes[op](entries, field);
}
function inRows<V>(entries: readonly V[]): Rows<V> {
  const size = Math.round(Math.sqrt(entries.length));
  return Array.from({ length: size }, (_, i) => entries.slice(i * size, (i + 1) * size));
}

// ---- powers

const productOf = <V>(a: Rows<V>, b: Rows<V>, { plus, times, zero }: Field<V>): Rows<V> =>
  a.map((row) => b.map((_, j) => row.reduce((sum, entry, k) => plus(sum, times(entry, b[k]![j]!)), zero)));
/** A^0 to A^k. */
function powersTo<V>(a: Rows<V>, exponent: number, field: Field<V>): readonly Rows<V>[] {
  const powers: Rows<V>[] = [a.map((row, i) => row.map((_, j) => (i === j ? field.one : field.zero)))];
  for (let k = 1; k <= exponent; k++) powers.push(productOf(powers.at(-1)!, a, field));
  return powers;
}
/** X^k, row by row; or how its entries vary with those of X: the sum of X^(r-1)[i,k]*X^(k-r)[l,j]. */
export function powerEntries<V>(op: PowerName, entries: readonly V[], exponent: number, field: Field<V>): readonly V[] {
  const base = inRows(entries);
  if (op === 'powm' && exponent < 0) return powersTo(inverseOf(base, field), -exponent, field).at(-1)!.flat();
  if (exponent < 0) return outside();
  const powers = powersTo(base, exponent, field);
  if (op === 'powm') return powers.at(-1)!.flat();
  const places = [...base.keys()];
  const varied = (i: number, j: number, k: number, l: number): V =>
    powers
      .slice(0, -1)
      .map((power, r) => field.times(power[i]![k]!, powers[exponent - 1 - r]![l]![j]!))
      .reduce(field.plus, field.zero);
  return places.flatMap((i) => places.flatMap((j) => places.flatMap((k) => places.map((l) => varied(i, j, k, l)))));
}

// ---- inverse and determinant over any field, by Gauss and Jordan

export interface Eliminated<V> {
  readonly determinant: V;
  /** Absent where the determinant is zero. */
  readonly inverse: readonly (readonly V[])[] | undefined;
}

export function eliminate<V>(matrix: readonly (readonly V[])[], field: Field<V>): Eliminated<V> {
  const { one, zero, times } = field;
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...matrix.map((_, j) => (i === j ? one : zero))]);
  let determinant = one;
  for (let k = 0; k < size; k++) {
    const pivot = pivotRow(rows, k, field);
    if (pivot === undefined) return { determinant: zero, inverse: undefined };
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
      determinant = negative(determinant, field);
    }
    determinant = times(determinant, rows[k]![k]!);
    clearColumn(rows, k, field);
  }
  return { determinant, inverse: rows.map((row) => row.slice(size)) };
}

function pivotRow<V>(rows: readonly (readonly V[])[], k: number, field: Field<V>): number | undefined {
  let best: number | undefined;
  for (let i = k; i < rows.length; i++) {
    const entry = rows[i]![k]!;
    if (!field.vanishes(entry) && (best === undefined || field.isLarger(entry, rows[best]![k]!))) best = i;
  }
  return best;
}

function clearColumn<V>(rows: V[][], k: number, field: Field<V>): void {
  const { plus, times } = field;
  const scale = field.inverse(rows[k]![k]!);
  rows[k] = rows[k]!.map((entry) => times(entry, scale));
  for (let i = 0; i < rows.length; i++) {
    if (i === k) continue;
    const multiple = negative(rows[i]![k]!, field);
    rows[i] = rows[i]!.map((entry, j) => plus(entry, times(multiple, rows[k]![j]!)));
  }
}

const negative = <V>(value: V, { times, rational }: Field<V>): V => times(rational({ n: -1n, d: 1n }), value);

export const inverseOf = <V>(matrix: readonly (readonly V[])[], field: Field<V>): readonly (readonly V[])[] =>
  eliminate(matrix, field).inverse ?? outside();

/** The determinant times the inverse; where there is none, the transposed cofactors. */
export function adjugateOf<V>(matrix: readonly (readonly V[])[], field: Field<V>): readonly (readonly V[])[] {
  const { determinant, inverse } = eliminate(matrix, field);
  return inverse?.map((row) => row.map((entry) => field.times(determinant, entry))) ?? cofactorsOf(matrix, field);
}
const cofactorsOf = <V>(matrix: readonly (readonly V[])[], field: Field<V>): readonly (readonly V[])[] =>
  matrix.map((_, i) =>
    matrix.map((_column, j) => {
      const left = matrix.filter((_row, r) => r !== j).map((row) => row.filter((_entry, c) => c !== i));
      const { determinant } = eliminate(left, field);
      return (i + j) % 2 === 0 ? determinant : negative(determinant, field);
    }),
  );
