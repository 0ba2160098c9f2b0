/** Which functions does the language have, and what does each compute? One table, keyed by name. */
import { refuse } from '../basics/problem.ts';
import {
  type NumericArray,
  array,
  column,
  identity,
  extent,
  isScalar,
  isVector,
  map,
  mapRows,
  mapVectors,
  numberIn,
  row,
  rowsOf,
  scalar,
  vectorsOf,
} from './array.ts';
import { combineAll } from './combine.ts';
import {
  aliases,
  allFunctions,
  type EntrywiseRecord,
  type MatrixName,
  type ReductionRecord,
  type RootRecord,
  type ShorthandName,
  type VectorRecord,
} from '../../rules/functions/index.ts';
import {
  adjugate,
  commutation,
  crossMatrix,
  crossProduct,
  determinant,
  diagonal,
  dot,
  duplication,
  elimination,
  halfStack,
  inverse,
  kronecker,
  logDeterminant,
  outer,
  outerSum,
  stack,
  trace,
  transpose,
  unstack,
} from './linear-algebra.ts';
import { directed, spectral, spectralNames, sylvester } from './spectral.ts';

export interface NumericFunction {
  /** How many arguments it takes: at least, at most. */
  readonly arity: readonly [least: number, most: number];
  readonly apply: (values: readonly NumericArray[]) => NumericArray;
  /** With `dim`: 1 runs down the columns, 2 along the rows. Absent where the function has no axis. */
  readonly along?: ((a: NumericArray, dim: number) => NumericArray) | undefined;
}

const unary = (f: (a: NumericArray) => NumericArray): NumericFunction => ({ arity: [1, 1], apply: ([a]) => f(a!) });
const toNumber = (f: (a: NumericArray) => number): NumericFunction => unary((a) => scalar(f(a)));
const binary = (f: (a: NumericArray, b: NumericArray) => NumericArray): NumericFunction => ({
  arity: [2, 2],
  apply: ([a, b]) => f(a!, b!),
});

// ---- by kind

const ofEntries = (name: string, { arguments: { length }, value }: EntrywiseRecord | RootRecord): NumericFunction => ({
  arity: [length, length],
  apply: (values) => combineAll(values, name, value),
});

const refuseDim = (dim: number): never =>
  refuse({ kind: 'shape', message: `an axis is 1 (column by column) or 2 (row by row), not ${dim}` });

/** A vector as a whole, a matrix row by row; with an axis each column or each row of what is then a matrix. */
const ofVectors = ({ result, value }: VectorRecord): NumericFunction => {
  const each = (a: NumericArray): NumericArray =>
    result === 'same' ? mapRows(value, a) : column(rowsOf(a).map((values) => value(values)[0]!));
  return {
    ...unary((a) =>
      result === 'same' ? mapVectors(value, a) : column(vectorsOf(a).map((values) => value(values)[0]!)),
    ),
    along: (a, dim) => (dim === 1 ? transpose(each(transpose(a))) : dim === 2 ? each(a) : refuseDim(dim)),
  };
};

/** Axis 1 runs down the columns and leaves a row, axis 2 runs along the rows and leaves a column, no axis leaves a scalar. */
const reducing = ({ alongAxis, value }: ReductionRecord): NumericFunction => {
  const along = (a: NumericArray, dim: number): NumericArray =>
    dim === 1 ? row(rowsOf(transpose(a)).map(value)) : dim === 2 ? column(rowsOf(a).map(value)) : refuseDim(dim);
  return {
    arity: [1, alongAxis === 'second argument' ? 2 : 1],
    apply: ([a, given]) => (given ? along(a!, numberIn(given, 'an axis')) : scalar(value(a!.data))),
    along: alongAxis === 'no' ? undefined : along,
  };
};

const ofSpectra = Object.fromEntries(spectralNames.map((name) => [name, unary((a) => spectral(name, a))])) as Readonly<
  Record<(typeof spectralNames)[number], NumericFunction>
>;
/** `keeps` is told by how much the column lies right of the row. */
const triangle = (keeps: (diagonal: number, k: number) => boolean): NumericFunction => ({
  arity: [1, 2],
  apply: ([a, given]) => {
    const k = given ? numberIn(given, 'a diagonal') : 0;
    const [, columns] = extent(a!);
    return array(
      a!.shape,
      a!.data.map((value, n) => (keeps((n % columns) - Math.floor(n / columns), k) ? value : 0)),
    );
  },
});
function partialSums(values: Float64Array): Float64Array {
  let total = 0;
  return values.map((value) => (total += value));
}

const ofMatrices: Readonly<Record<MatrixName | ShorthandName, NumericFunction>> = {
  ...ofSpectra,
  dexpm: binary(directed.dexpm),
  dlogm: binary(directed.dlogm),
  sylvester: { arity: [3, 3], apply: ([a, b, c]) => sylvester(a!, b!, c!) },
  tr: toNumber(trace),
  det: toNumber(determinant),
  logdet: toNumber(logDeterminant),
  adj: unary(adjugate),
  inv: unary((a) => (isScalar(a) ? map(a, (value) => 1 / value) : inverse(a))),
  diag: unary(diagonal),
  vec: unary(stack),
  kron: binary(kronecker),
  unvec: { arity: [3, 3], apply: ([v, m, n]) => unstack(v!, numberIn(m!, 'a size'), numberIn(n!, 'a size')) },
  vech: unary(halfStack),
  duplication: unary((n) => duplication(numberIn(n, 'a size'))),
  elimination: unary((n) => elimination(numberIn(n, 'a size'))),
  commutation: binary((m, n) => commutation(numberIn(m, 'a size'), numberIn(n, 'a size'))),
  dot: binary((a, b) => scalar(dot(a, b))),
  outer: binary(outer),
  outer_sum: binary(outerSum),
  cross: binary(crossProduct),
  skew: unary(crossMatrix),
  tril: triangle((diagonal, k) => diagonal <= k),
  triu: triangle((diagonal, k) => diagonal >= k),
  cumsum: {
    ...unary((a) =>
      isVector(a) ? mapVectors(partialSums, a) : refuse({ kind: 'shape', message: 'cumsum has no axis' }),
    ),
    along: (a, dim) =>
      dim === 1 ? transpose(mapRows(partialSums, transpose(a))) : dim === 2 ? mapRows(partialSums, a) : refuseDim(dim),
  },
  transpose: unary(transpose),
  normp: binary((a, p) => {
    const power = numberIn(p, 'the p of normp');
    return scalar(a.data.reduce((sum, x) => sum + Math.abs(x) ** power, 0) ** (1 / power));
  }),
  pow: binary((a, b) => combineAll([a, b], '.^', Math.pow)),
};

const filled = (value: number): NumericFunction => ({
  arity: [1, 2],
  apply: (sizes) => {
    const shape = sizes.map((size) => numberIn(size, 'a size'));
    return array(shape, new Float64Array(shape.reduce((product, size) => product * size, 1)).fill(value));
  },
});

/** What only the symbolic engine can answer. */
const questions: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp', 'd']);

/** A name may stand for several functions: max of an array, and of two numbers. */
const functions = new Map<string, readonly NumericFunction[]>([
  ['ones', [filled(1)]],
  ['zeros', [filled(0)]],
  ['eye', [unary((size) => identity(numberIn(size, 'a size')))]],
  // Both arguments are positions, evaluated to integers.
  ['delta', [binary((i, k) => scalar(numberIn(i, 'an index') === numberIn(k, 'an index') ? 1 : 0))]],
  [
    'levicivita',
    [
      {
        arity: [3, 3],
        apply: (positions) => {
          const [i, j, k] = positions.map((position) => numberIn(position, 'an index')) as [number, number, number];
          return scalar(((j - i) * (k - j) * (k - i)) / 2);
        },
      },
    ],
  ],
]);

for (const [name, record] of allFunctions) {
  const made = ((): NumericFunction => {
    switch (record.kind) {
      case 'entrywise':
      case 'root':
        return ofEntries(name, record);
      case 'vector':
        return ofVectors(record);
      case 'reduction':
        return reducing(record);
      case 'matrix':
      case 'shorthand':
        return ofMatrices[name as MatrixName | ShorthandName];
    }
  })();
  functions.set(name, [...(functions.get(name) ?? []), made]);
}

/** What the table has under this name, or the reason why there is nothing. */
export function functionsNamed(name: string): readonly NumericFunction[] {
  const known = functions.get(aliases.get(name) ?? name);
  if (known) return known;
  return questions.has(name)
    ? refuse({
        kind: 'question',
        message: `${name}(…) asks for a derivative, which has to be derived before it is evaluated`,
      })
    : refuse({ kind: 'name', message: `there is no function named ${name}` });
}

/** The one of this name that takes so many arguments. */
export function functionFor(name: string, count: number): NumericFunction {
  const named = functionsNamed(name);
  const found = named.find(({ arity: [least, most] }) => least <= count && count <= most);
  if (found) return found;
  const arities = named.map(({ arity }) => arity);
  const [least, most] = [Math.min(...arities.map(([a]) => a)), Math.max(...arities.map(([, b]) => b))];
  return refuse({
    kind: 'shape',
    message: `${name} takes ${least === most ? least : `${least} or ${most}`} argument${most === 1 ? '' : 's'}, not ${count}`,
  });
}
