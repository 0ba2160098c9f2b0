/** How do + - * / ^ work when one side is the I whose size only the other side knows? */
import { unreachable, refuse } from '../basics/problem.ts';
import type { Operator } from '../syntax/tree.ts';
import { type NumericArray, describe, identity, isScalar, isVector, map, matrix, numberIn, scalar } from './array.ts';
import { combine } from './combine.ts';
import { matrixPower, multiply } from './linear-algebra.ts';

/** `scale` times the identity of a size yet unknown. */
export interface ScaledIdentity {
  readonly scale: number;
}
export type Value = NumericArray | ScaledIdentity;

export const isIdentity = (value: Value): value is ScaledIdentity => 'scale' in value;

/** The value where only an array will do. */
export function sized(value: Value): NumericArray {
  if (!isIdentity(value)) return value;
  return refuse({ kind: 'shape', message: 'nothing here says how large I is', hint: 'eye(n)' });
}

const squareLike = (a: NumericArray): number | undefined =>
  a.shape.length === 2 && a.shape[0] === a.shape[1] ? a.shape[0] : undefined;

export interface SignedValue {
  readonly negative: boolean;
  readonly value: Value;
}

export function addUp(terms: readonly SignedValue[]): Value {
  let arrays: NumericArray | undefined;
  let [scale, identities] = [0, 0];
  for (const { negative, value } of terms) {
    if (isIdentity(value)) {
      scale += negative ? -value.scale : value.scale;
      identities += 1;
    } else if (arrays) {
      arrays = negative ? combine(arrays, value, '-', (x, y) => x - y) : combine(arrays, value, '+', (x, y) => x + y);
    } else arrays = negative ? negate(value) : value;
  }
  if (!arrays) return { scale };
  if (identities === 0) return arrays;
  const size = squareLike(arrays);
  if (size === undefined)
    return isScalar(arrays)
      ? sized({ scale })
      : refuse({ kind: 'shape', message: `I cannot be added to ${describe(arrays)}` });
  return addScaled(arrays, scale, size);
}

function addScaled({ data }: NumericArray, scale: number, size: number): NumericArray {
  return matrix(size, size, (i, j) => data[i * size + j]! + (i === j ? scale : 0));
}

const negate = (a: NumericArray): NumericArray => map(a, (value) => -value);

export const negated = (value: Value): Value => (isIdentity(value) ? { scale: -value.scale } : negate(value));

function times(left: Value, right: Value): Value {
  if (isIdentity(left))
    return isIdentity(right) ? { scale: left.scale * right.scale } : timesIdentity(right, left.scale);
  return isIdentity(right) ? timesIdentity(left, right.scale) : multiply(left, right);
}
const timesIdentity = (a: NumericArray, scale: number): Value =>
  isScalar(a) ? { scale: scale * a.data[0]! } : map(a, (value) => value * scale);

function dividedBy(left: Value, right: Value): Value {
  const by = sized(right);
  if (!isScalar(by))
    return refuse({
      kind: 'shape',
      message: `/ divides by a scalar only, not by ${describe(by)}`,
      hint: isVector(by) ? './ entry by entry?' : 'inv(A)*b, or ./ entry by entry?',
    });
  return isIdentity(left) ? { scale: left.scale / by.data[0]! } : map(left, (value) => value / by.data[0]!);
}

function raised(left: Value, right: Value): Value {
  const exponent = numberIn(sized(right), 'an exponent');
  if (isIdentity(left)) return { scale: left.scale ** exponent };
  if (isScalar(left)) return scalar(left.data[0]! ** exponent);
  if (isVector(left))
    return refuse({
      kind: 'shape',
      message: `^ needs a scalar or a square matrix, not ${describe(left)}`,
      hint: '.^ entry by entry?',
    });
  return matrixPower(left, exponent);
}

/** Entry by entry, where the other side gives I its size. */
function entryByEntry(left: Value, right: Value, operator: Operator, f: (x: number, y: number) => number): Value {
  const size = (other: Value): number | undefined => (isIdentity(other) ? undefined : squareLike(other));
  const materialise = (value: Value, other: Value): NumericArray => {
    const rows = size(other);
    return isIdentity(value) && rows !== undefined ? map(identity(rows), (entry) => entry * value.scale) : sized(value);
  };
  return combine(materialise(left, right), materialise(right, left), operator, f);
}

export function operate(operator: Operator, left: Value, right: Value): Value {
  switch (operator) {
    case '*':
      return times(left, right);
    case '/':
      return dividedBy(left, right);
    case '^':
      return raised(left, right);
    case '.*':
      return entryByEntry(left, right, operator, (x, y) => x * y);
    case './':
      return entryByEntry(left, right, operator, (x, y) => x / y);
    case '.^':
      return entryByEntry(left, right, operator, (x, y) => x ** y);
    default:
      return unreachable(operator, 'operator');
  }
}
