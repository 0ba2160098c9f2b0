/** The shape of a value: what can be multiplied with what. */
import { type Dim, fixed, one } from './dim.ts';

export type Shape =
  | { readonly kind: 'scalar' }
  | { readonly kind: 'column'; readonly size: Dim }
  | { readonly kind: 'row'; readonly size: Dim }
  | { readonly kind: 'matrix'; readonly rows: Dim; readonly columns: Dim }
  /** Derivatives of or by a matrix: shape(y) ++ shape(x), a vector counting as one axis. Three axes or more. */
  | { readonly kind: 'tensor'; readonly axes: readonly Dim[] };

export const scalar: Shape = { kind: 'scalar' };
export const column = (size: Dim): Shape => (size === one ? scalar : { kind: 'column', size });
export const row = (size: Dim): Shape => (size === one ? scalar : { kind: 'row', size });
/** R^(m x n); a size that is the number 1 makes a vector. */
export const matrix = (rows: Dim, columns: Dim): Shape =>
  rows === one ? row(columns) : columns === one ? column(rows) : { kind: 'matrix', rows, columns };

/** One size for each axis that varies: [] scalar, [n] vector, [m, n] matrix. */
export function axesOf(shape: Shape): readonly Dim[] {
  switch (shape.kind) {
    case 'scalar':
      return [];
    case 'column':
    case 'row':
      return [shape.size];
    case 'matrix':
      return [shape.rows, shape.columns];
    case 'tensor':
      return shape.axes;
  }
}

export function transposed(shape: Shape): Shape {
  switch (shape.kind) {
    case 'column':
      return { kind: 'row', size: shape.size };
    case 'row':
      return { kind: 'column', size: shape.size };
    case 'matrix':
      return { kind: 'matrix', rows: shape.columns, columns: shape.rows };
    case 'scalar':
    case 'tensor':
      return shape;
  }
}

/** As a reader says it: a scalar, n x 1, 1 x n, m x n, m x n x p. */
export function describe(shape: Shape): string {
  const inner = (dim: Dim): string => (/[ *]/.test(dim.key) ? `(${dim.key})` : dim.key);
  switch (shape.kind) {
    case 'scalar':
      return 'a scalar';
    case 'column':
      return `${inner(shape.size)} x 1`;
    case 'row':
      return `1 x ${inner(shape.size)}`;
    case 'matrix':
      return `${inner(shape.rows)} x ${inner(shape.columns)}`;
    case 'tensor':
      return shape.axes.map(inner).join(' x ');
  }
}

/** Rows and columns of anything with at most two axes. */
export function extent(shape: Shape): readonly [rows: Dim, columns: Dim] | undefined {
  switch (shape.kind) {
    case 'scalar':
      return [fixed(1), fixed(1)];
    case 'column':
      return [shape.size, fixed(1)];
    case 'row':
      return [fixed(1), shape.size];
    case 'matrix':
      return [shape.rows, shape.columns];
    case 'tensor':
      return undefined;
  }
}

/** Of a derivative of a function: shape(f) ++ the shapes of what it is taken by; of a number by a vector a row, as Jacobians are. */
export function derivativeShape(to: Shape, by: readonly Shape[]): Shape {
  const varying = [to, ...by].filter(({ kind }) => kind !== 'scalar');
  const axes = varying.flatMap(axesOf);
  const [only] = varying;
  if (!only) return scalar;
  if (axes.length > 2) return { kind: 'tensor', axes };
  if (axes.length === 2) return matrix(axes[0]!, axes[1]!);
  if (to.kind !== 'scalar') return to;
  return by.at(-1)!.kind === 'scalar' ? column(axes[0]!) : row(axes[0]!);
}
