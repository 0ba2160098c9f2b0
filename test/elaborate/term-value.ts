/** The number that a term stands for, by its plain meaning: loops over every bound index. For tests only. */
import { entrywiseFunctions } from '../../rules/functions/index.ts';
import { toNumber } from '../../src/basics/rational.ts';
import { array, type NumericArray } from '../../src/evaluate/array.ts';
import { determinant, inverse } from '../../src/evaluate/linear-algebra.ts';
import { logSoftmax, logSumExp, softmax, variance } from '../../src/basics/special-functions.ts';
import { type Dim, evaluateDim } from '../../src/shape/dim.ts';
import { axesOf } from '../../src/shape/shape.ts';
import type { Value } from '../../src/elaborate/values.ts';
import { joined } from '../../src/elaborate/values.ts';
import { argumentsOf, openOperation, partsOf, summandsOf } from '../../src/terms/construct.ts';
import type { ApplyNode, Bound, Index, OperationNode, Term } from '../../src/terms/node.ts';

export interface Point {
  readonly values: ReadonlyMap<string, NumericArray>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly functions?: ReadonlyMap<string, (x: NumericArray) => NumericArray> | undefined;
}
/** Positions from 1. */
type Positions = ReadonlyMap<Index, number>;

const sizeAt = (dim: Dim, { sizes }: Point): number => evaluateDim(dim, sizes)!;
const at = (positions: Positions, index: Index): number => (index < 0 ? -index : positions.get(index)!);

function* everywhere(bound: readonly Bound[], positions: Positions, point: Point): Generator<Positions> {
  const [first, ...rest] = bound;
  if (!first) {
    yield positions;
    return;
  }
  for (let n = 1; n <= sizeAt(first.dim, point); n++)
    yield* everywhere(rest, new Map(positions).set(first.index, n), point);
}

export function termValue(t: Term, positions: Positions, point: Point): number {
  const { node } = t;
  const value = (part: Term, where = positions): number => termValue(part, where, point);
  const own = t.at.map((index) => at(positions, index));
  switch (node.kind) {
    case 'number':
      return toNumber(node.value);
    case 'size':
      return sizeAt(node.dim, point);
    case 'index':
      return own[0]!;
    case 'delta':
      return own[0] === own[1] ? 1 : 0;
    case 'pairing':
      return own[0] === (own[1]! - 1) * sizeAt(node.slots[2]!, point) + own[2]! ? 1 : 0;
    case 'block':
      return own[0] === node.coefficients.reduce((total, c, n) => total + c * own[n + 1]!, sizeAt(node.offset, point))
        ? 1
        : 0;
    case 'guard': {
      const sum = node.coefficients.reduce((total, c, n) => total + c * own[n]!, sizeAt(node.offset, point));
      return Number(node.relation === 'at-least' ? sum >= 1 : sum !== 0);
    }
    case 'symbol': {
      if (node.symbol.name === 'pi' && node.symbol.role === 'constant') return Math.PI;
      if (node.symbol.definition) return value(node.symbol.definition, new Map(own.map((n, slot) => [slot, n])));
      const { data } = point.values.get(node.symbol.name)!;
      return data[own.reduce((offset, n, axis) => offset * sizeAt(node.slots[axis]!, point) + n - 1, 0)]!;
    }
    case 'sum':
      return summandsOf(t).reduce((total, [c, part]) => total + toNumber(c) * value(part), 0);
    case 'product': {
      const { coefficient, factors, bound } = partsOf(t);
      let total = 0;
      for (const where of everywhere(bound, positions, point))
        total += factors.reduce((product, [part, e]) => product * value(part, where) ** toNumber(e), 1);
      return toNumber(coefficient) * total;
    }
    case 'apply': {
      const args = argumentsOf(t as Term & { node: ApplyNode }).map((arg) => value(arg));
      return entrywiseFunctions.get(node.fn)!.value(...args);
    }
    case 'operation':
      return operationValue(t as Term & { node: OperationNode }, positions, point);
  }
}

function operationValue(t: Term & { node: OperationNode }, positions: Positions, point: Point): number {
  const { op, body, bound, outs } = openOperation(t);
  const entries = [...everywhere(bound, positions, point)].map((where) => termValue(body, where, point));
  const shape = bound.map(({ dim }) => sizeAt(dim, point));
  const out = outs.map((index) => at(positions, index));
  const vector = Float64Array.from(entries);
  switch (op) {
    case 'max':
      return Math.max(...entries);
    case 'min':
      return Math.min(...entries);
    case 'prod':
      return entries.reduce((product, x) => product * x, 1);
    case 'var':
      return variance(vector);
    case 'softmax':
      return softmax(vector)[out[0]! - 1]!;
    case 'log_softmax':
      return logSoftmax(vector)[out[0]! - 1]!;
    case 'logsumexp':
      return logSumExp(vector);
    case 'det':
      return determinant(array(shape, vector));
    case 'logdet':
      return Math.log(Math.abs(determinant(array(shape, vector))));
    case 'inv':
      return inverse(array(shape, vector)).data[(out[0]! - 1) * shape[0]! + out[1]! - 1]!;
    default: {
      const result = point.functions!.get(op)!(array(shape, vector));
      return result.data[
        out.length === 0 ? 0 : out.length === 1 ? out[0]! - 1 : (out[0]! - 1) * result.shape[1]! + out[1]! - 1
      ]!;
    }
  }
}

/** All entries of a value, in row-major order. */
export function entriesOf(value: Value, point: Point, named: Positions = new Map()): readonly number[] {
  const whole = joined(value);
  const bound = whole.axes.flat();
  const sizes = axesOf(value.shape);
  bound.forEach((b, n) => {
    if (b.dim !== sizes[n]) throw new Error(`axis ${n} runs to ${b.dim.key}, not ${sizes[n]?.key}`);
  });
  return [...everywhere(bound, named, point)].map((where) => termValue(whole.term, where, point));
}
