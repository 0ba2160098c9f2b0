/** What does a loop program compute? The statements followed one by one: slow, and independent of every emitter. */
import type { HandedFunction } from '../../src/loops/emit/javascript.ts';
import { entrywise, type EntrywiseName, type RootName, roots, type SpectralName } from '../../rules/functions/index.ts';
import { invariant, refuse } from '../../src/basics/problem.ts';
import { array } from '../../src/evaluate/array.ts';
import { matrixPower } from '../../src/evaluate/linear-algebra.ts';
import { spectral, spectralNames } from '../../src/evaluate/spectral.ts';
import { evaluatePosition, stridesOf } from '../../src/loops/position.ts';
import type {
  Buffer,
  Condition,
  Counter,
  Expression,
  Factorisation,
  Local,
  LoopFunction,
  LoopProgram,
  Position,
  Statement,
} from '../../src/loops/program.ts';

export type InterpreterInputs = Readonly<Record<string, Float64Array | readonly number[] | number>>;
/** They write into `out`, a Jacobian row by row. */
export interface InterpreterOptions {
  readonly functions?: Readonly<Record<string, HandedFunction>>;
  /** Told of every scalar operation and every matrix elimination, with its cost in multiplications. */
  readonly onOperations?: (count: number) => void;
}

export function interpretLoops(
  program: LoopProgram,
  inputs: InterpreterInputs,
  options: InterpreterOptions = {},
): Float64Array[] {
  const arrays = new Map<Buffer, Float64Array>();
  for (const buffer of program.inputs) arrays.set(buffer, inputArray(buffer, inputs));
  // What nobody has written is NaN, so that reading it shows.
  for (const buffer of [...program.work, ...program.outputs.map((output) => output.buffer)])
    arrays.set(buffer, new Float64Array(buffer.length).fill(NaN));
  const state: State = {
    arrays,
    counters: new Map(),
    locals: new Map(),
    options,
    count: options.onOperations ?? (() => {}),
  };
  runAll(state, program.body);
  return program.outputs.map(({ buffer }) => arrays.get(buffer)!);
}

interface State {
  readonly arrays: ReadonlyMap<Buffer, Float64Array>;
  readonly counters: Map<Counter, number>;
  readonly locals: Map<Local, number>;
  readonly options: InterpreterOptions;
  readonly count: (operations: number) => void;
}

function inputArray({ name, length }: Buffer, inputs: InterpreterInputs): Float64Array {
  const value = Object.hasOwn(inputs, name) ? inputs[name]! : refuse({ kind: 'value', message: `${name} is missing` });
  const array = typeof value === 'number' ? Float64Array.of(value) : Float64Array.from(value);
  if (array.length !== length)
    refuse({ kind: 'value', message: `${name} has ${length} entries, and ${array.length} were given` });
  return array;
}

const runAll = (state: State, body: readonly Statement[]): void => body.forEach((statement) => run(state, statement));

function run(state: State, statement: Statement): void {
  switch (statement.kind) {
    case 'loop':
      for (let n = 0; n < statement.counter.extent; n++) {
        state.counters.set(statement.counter, n);
        runAll(state, statement.body);
      }
      return;
    case 'when':
      if (statement.conditions.every((condition) => holds(state, condition))) runAll(state, statement.body);
      return;
    case 'declare':
      state.locals.set(statement.local, evaluate(state, statement.value));
      return;
    case 'update': {
      const [old, value] = [state.locals.get(statement.local)!, evaluate(state, statement.value)];
      state.count(1);
      state.locals.set(statement.local, combined[statement.by](old, value));
      return;
    }
    case 'store': {
      const [array, cell] = cellOf(state, statement.buffer, statement.at);
      const value = evaluate(state, statement.value);
      state.count(1);
      array[cell] = statement.by === 'add' ? array[cell]! + value : value;
      return;
    }
    case 'clear':
      state.arrays.get(statement.buffer)!.fill(0);
      return;
    case 'factorise':
      factorise(state, statement);
      return;
    case 'call':
      call(state, statement);
      return;
  }
}

const positionValue = (state: State, p: Position): number =>
  evaluatePosition(p, (counter) => {
    const value = state.counters.get(counter);
    invariant(value !== undefined, `counter ${counter.id} has a value`);
    return value;
  });

function cellOf(state: State, buffer: Buffer, at: readonly Position[]): readonly [array: Float64Array, cell: number] {
  const strides = stridesOf(buffer.extents);
  let cell = 0;
  at.forEach((p, axis) => {
    const value = positionValue(state, p);
    invariant(value >= 0 && value < buffer.extents[axis]!, `position ${value} lies inside ${buffer.extents[axis]}`);
    cell += value * strides[axis]!;
  });
  return [state.arrays.get(buffer)!, cell];
}

function holds(state: State, { relation, left, right }: Condition): boolean {
  const [a, b] = [positionValue(state, left), positionValue(state, right)];
  return relation === 'equal' ? a === b : relation === 'unequal' ? a !== b : a <= b;
}

function evaluate(state: State, e: Expression): number {
  switch (e.kind) {
    case 'constant':
      return e.value;
    case 'load': {
      const [array, cell] = cellOf(state, e.buffer, e.at);
      return array[cell]!;
    }
    case 'position':
      return positionValue(state, e.at);
    case 'local':
      return state.locals.get(e.local)!;
    case 'sum':
      state.count(e.terms.length - 1);
      return e.terms.slice(1).reduce((total, term) => total + evaluate(state, term), evaluate(state, e.terms[0]!));
    case 'product':
      state.count(e.factors.length - 1);
      return e.factors
        .slice(1)
        .reduce((total, factor) => total * evaluate(state, factor), evaluate(state, e.factors[0]!));
    case 'select':
      return evaluate(state, e.when.every((condition) => holds(state, condition)) ? e.value : e.otherwise);
    case 'negate':
    case 'quotient':
    case 'integer-power':
    case 'function':
      state.count(1);
      return evaluateFunction(state, e);
  }
}

function evaluateFunction(
  state: State,
  e: Expression & { readonly kind: 'negate' | 'quotient' | 'integer-power' | 'function' },
): number {
  switch (e.kind) {
    case 'negate':
      return -evaluate(state, e.of);
    case 'quotient':
      return evaluate(state, e.over) / evaluate(state, e.under);
    case 'integer-power':
      return evaluate(state, e.base) ** e.exponent;
    case 'function':
      return valueOf(e.fn)(...e.args.map((arg) => evaluate(state, arg)));
  }
}

const combined: Readonly<Record<(Statement & { readonly kind: 'update' })['by'], (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  max: Math.max,
  min: Math.min,
};

const finite = (x: number): number => (Math.abs(x) === Infinity ? 0 : x);
function valueOf(fn: LoopFunction): (...args: readonly number[]) => number {
  if (fn === 'finite') return finite;
  return (fn in roots ? roots[fn as RootName] : entrywise[fn as EntrywiseName]).value;
}

function factorise(
  state: State,
  { result, source, target, rows, columns, exponent, count }: Statement & { readonly kind: 'factorise' },
): void {
  const [from, to] = [state.arrays.get(source)!, state.arrays.get(target)!];
  const [size, matrix, length] = [rows, rows * columns, target.length / count];
  for (let n = 0; n < count; n++) {
    state.count(2 * size ** 3);
    const own = from.subarray(n * matrix, (n + 1) * matrix);
    if (result === 'power') {
      to.set(matrixPower(array([rows, columns], own), exponent!).data, n * length);
      continue;
    }
    if (isSpectral(result)) {
      to.set(spectral(result, array([rows, columns], own)).data, n * length);
      continue;
    }
    if (result === 'adjugate') {
      to.set(cofactors(own, size), n * matrix);
      continue;
    }
    const { inverse, pivots, sign } = gaussJordan(own, size);
    if (result === 'inverse') to.set(inverse, n * matrix);
    else if (result === 'determinant') to[n] = pivots.reduce((product, pivot) => product * pivot, sign);
    else to[n] = pivots.reduce((total, pivot) => total + Math.log(Math.abs(pivot)), 0);
  }
}

function call(state: State, { name, result, sources, target, count }: Statement & { readonly kind: 'call' }): void {
  const from = sources.map((source) => state.arrays.get(source)!);
  const to = state.arrays.get(target)!;
  const compute =
    state.options.functions?.[name]?.[result] ??
    refuse({ kind: 'value', message: `the function ${name} needs its ${result}` });
  const part = (array: Float64Array, n: number): Float64Array =>
    array.subarray((n * array.length) / count, ((n + 1) * array.length) / count);
  for (let n = 0; n < count; n++) compute(...(from.map((array) => part(array, n)) as [Float64Array]), part(to, n));
}

const isSpectral = (result: Factorisation): result is SpectralName =>
  ['dexpm', 'dlogm', ...spectralNames].includes(result);

// ---- elimination
// What are the inverse, the adjugate and the determinant of a matrix? Gauss and Jordan with partial pivoting, on rows
// as arrays.

export interface Elimination {
  readonly inverse: Float64Array;
  /** On the way: the product of the pivots, with the sign of the exchanges, is the determinant. */
  readonly pivots: readonly number[];
  readonly sign: number;
}

export function gaussJordan(matrix: Float64Array, size: number): Elimination {
  const rows = Array.from({ length: size }, (_, i) => [
    ...matrix.subarray(i * size, (i + 1) * size),
    ...Array.from({ length: size }, (_unit, j) => (i === j ? 1 : 0)),
  ]);
  const pivots: number[] = [];
  let sign = 1;
  for (let k = 0; k < size; k++) {
    const best = rows
      .slice(k)
      .reduce((most, row, n) => (Math.abs(row[k]!) > Math.abs(rows[most]![k]!) ? k + n : most), k);
    if (best !== k) {
      [rows[k], rows[best]] = [rows[best]!, rows[k]!];
      sign = -sign;
    }
    const head = rows[k]![k]!;
    pivots.push(head);
    const pivotRow = rows[k]!.map((value) => value / head);
    rows.forEach((row, i) => {
      const multiple = row[k]!;
      // Of the determinant's pivots only the rows below matter, so a zero pivot spoils nothing but the inverse.
      rows[i] = i === k ? pivotRow : head === 0 ? row : row.map((value, j) => value - multiple * pivotRow[j]!);
    });
  }
  return { inverse: Float64Array.from(rows.flatMap((row) => row.slice(size))), pivots, sign };
}

/** The adjugate: the determinants without a row and a column, signed and transposed. */
export const cofactors = (matrix: Float64Array, size: number): Float64Array =>
  Float64Array.from(matrix, (_, k) => {
    const [column, row] = [Math.floor(k / size), k % size];
    const left = matrix.filter((_entry, n) => Math.floor(n / size) !== row && n % size !== column);
    const { pivots, sign } = gaussJordan(left, size - 1);
    return pivots.reduce((product, pivot) => product * pivot, (row + column) % 2 === 0 ? sign : -sign);
  });
