/** Which size does an expression in R^(…), ones(…) or eye(…) stand for? */
import { refuse } from '../basics/problem.ts';
import { type Dim, dimProduct, dimSum, fixed, named, sizeOf } from '../shape/dim.ts';
import { column, matrix, scalar, type Shape } from '../shape/shape.ts';
import type { Expression, Space } from '../syntax/tree.ts';
import { say } from './say.ts';

const minusOne = fixed(-1);

/** `nameOf` says what a name stands for, or refuses it. */
export function sizeFrom(e: Expression, nameOf: (name: string, at: Expression) => Dim): Dim {
  const dim = read(e, nameOf);
  const size = sizeOf(dim);
  if (size === undefined || size >= 1) return dim;
  return refuse({ kind: 'shape', message: `a size is at least 1, and ${say(e)} is ${size}`, span: e.span });
}

function read(e: Expression, nameOf: (name: string, at: Expression) => Dim): Dim {
  if (e.kind === 'number' && e.value.d === 1n && e.value.n < 2n ** 40n) return fixed(Number(e.value.n));
  if (e.kind === 'name') return nameOf(e.name, e);
  if (e.kind === 'negation') return dimProduct(minusOne, read(e.of, nameOf));
  if (e.kind === 'binary' && e.operator === '*') return dimProduct(read(e.left, nameOf), read(e.right, nameOf));
  if (e.kind === 'sum')
    return e.terms
      .map(({ negative, term }) => (negative ? dimProduct(minusOne, read(term, nameOf)) : read(term, nameOf)))
      .reduce((a, b) => dimSum(a, b));
  return refuse({
    kind: 'shape',
    message: `a size is a name, a whole number, or a sum or product of them, not ${say(e)}`,
    span: e.span,
  });
}

/** R, R^n, R^(m x n). */
export function shapeOfSpace(space: Space): Shape {
  const [only] = space.sizes;
  // R^mxn would be a column of the size “mxn”: nobody means that.
  const glued = space.sizes.length === 1 && only?.kind === 'name' ? /^([a-z]|\d+)x([a-z]|\d+)$/i.exec(only.name) : null;
  if (glued)
    refuse({
      kind: 'syntax',
      message: `R^${glued[0]} is read as one size`,
      span: only?.span,
      hint: `R^(${glued[1]} x ${glued[2]})`,
    });
  const dims = space.sizes.map((size) => sizeFrom(size, named));
  const [rows, columns] = dims;
  if (!rows) return scalar;
  return columns ? matrix(rows, columns) : column(rows);
}
