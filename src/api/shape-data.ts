/** How are shapes told to other programs? [] a scalar, ["n"] a column, [1, "n"] a row, ["m", "n"] a matrix, as in a request. */
import { type Dim, evaluateDim, sizeOf } from '../shape/dim.ts';
import { axesOf, type Shape } from '../shape/shape.ts';

export type ShapeData = readonly (number | string)[];

const sizeData = (dim: Dim): number | string => sizeOf(dim) ?? dim.key;

export const shapeData = (shape: Shape): ShapeData =>
  shape.kind === 'row' ? [1, sizeData(shape.size)] : axesOf(shape).map(sizeData);

/** With numbers, in the form that the interpreter uses: [n, 1] a column, [1, n] a row. */
export function numericShape(shape: Shape, sizes: Readonly<Record<string, number>>): readonly number[] {
  const axes = axesOf(shape).map((dim) => evaluateDim(dim, sizes)!);
  if (shape.kind === 'row') return [1, ...axes];
  return shape.kind === 'column' ? [...axes, 1] : axes;
}
