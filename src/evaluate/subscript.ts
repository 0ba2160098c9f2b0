/** Which entries does x[i], A[i, :] or T[i, j, k, l] pick? Positions start at 1; `undefined` stands for a whole axis. */
import { refuse } from '../basics/problem.ts';
import { type NumericArray, array, describe, isScalar, isVector } from './array.ts';

/** The sizes that the subscripts run over: a vector has one axis, or two when it is written as the matrix it is. */
export function axesFor(a: NumericArray, count: number): readonly number[] {
  if (isScalar(a) && count > 0) return Array.from({ length: count }, () => 1);
  if (count === a.shape.length) return a.shape;
  if (count === 1 && isVector(a)) return [a.data.length];
  return refuse({
    kind: 'index',
    message: `${describe(a)} cannot take ${count} ${count === 1 ? 'index' : 'indices'}`,
    hint: count === 1 && a.shape.length === 2 ? 'A[i, :] is a row, A[:, j] a column' : undefined,
  });
}

export function pick(a: NumericArray, positions: readonly (number | undefined)[]): NumericArray {
  const axes = axesFor(a, positions.length);
  const choices = positions.map((position, axis): readonly number[] => {
    const size = axes[axis]!;
    if (position === undefined) return Array.from({ length: size }, (_, i) => i);
    if (Number.isInteger(position) && position >= 1 && position <= size) return [position - 1];
    return refuse({ kind: 'value', message: `the index ${position} is outside 1..${size}` });
  });
  let offsets: readonly number[] = [0];
  choices.forEach((chosen, axis) => {
    offsets = offsets.flatMap((offset) => chosen.map((i) => offset * axes[axis]! + i));
  });
  return array(
    shapeOfPick(a, positions, axes),
    offsets.map((offset) => a.data[offset]!),
  );
}

function shapeOfPick(
  a: NumericArray,
  positions: readonly (number | undefined)[],
  axes: readonly number[],
): readonly number[] {
  // A part of a row stays a row; a single axis left of a tensor is a column.
  if (positions.length === 1) return positions[0] === undefined ? a.shape : [];
  if (positions.length === 2) return axes.map((size, axis) => (positions[axis] === undefined ? size : 1));
  return axes.filter((_, axis) => positions[axis] === undefined);
}
