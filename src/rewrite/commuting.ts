/**
 * The derivative of a matrix function along what commutes with its argument is that of a function of numbers: dexpm(X, X) is
 * X*expm(X), and the trace of dexpm(X, V), its derivative along I turned round, is that of expm(X)*V.
 */
import { native } from '../../rules/native.ts';
import * as Q from '../basics/rational.ts';
import {
  contract,
  number,
  openOperation,
  operation,
  partsOf,
  primitiveOf,
  product,
  rename,
  same,
  size,
  times,
} from '../terms/construct.ts';
import { dimDifference, fixed } from '../shape/dim.ts';
import { type Application, applicationsIn, type Laid, matricesOf } from '../terms/directed.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Factor, Index, OperationNode, Term } from '../terms/node.ts';
import type { NativeRule } from './rule.ts';
import { bottomUp } from './strategy.ts';

export const alongCommuting: NativeRule = { ...native['derivative along what commutes'], apply: commuting };
export const settleDirections = bottomUp(({ node }) => (node.kind === 'product' ? alongCommuting : undefined));

function commuting(t: Term): Term | undefined {
  const parts = partsOf(t);
  for (const application of applicationsIn(parts, () => false)) {
    const slope = slopeOf(application);
    if (!slope) continue;
    const { outs, at, direction, rest, isTurned } = application;
    const [i, j] = outs;
    const [p, q] = at;
    const middle = freshIndex();
    // V*f'(X) is f'(X)*V: a name stands in front, and so it does if all of it is transposed.
    const v = (row: Index, column: Index): Term => entryOf({ term: direction, rows: p, columns: q }, row, column);
    const f = (row: Index, column: Index): Term => (isTurned ? slope(column, row) : slope(row, column));
    const isBehind = direction.node.kind === 'symbol' && direction.at[0] === q.index;
    const [first, second] = isBehind ? [f(i, middle), v(middle, j)] : [v(i, middle), f(middle, j)];
    const along = contract([first, second], [{ index: middle, dim: q.dim }]);
    return product(rest.coefficient, [...rest.factors, [along, Q.one]], rest.bound);
  }
  return undefined;
}

/** An entry of f'(X), if the direction commutes with X. */
type Slope = (row: Index, column: Index) => Term;
function slopeOf({ op, map, direction, at, isTurned }: Application): Slope | undefined {
  const [x, other] = matricesOf(map);
  if (!x) return undefined;
  const [p, q] = isTurned ? [at[1], at[0]] : at;
  const v: Laid = { term: direction, rows: p, columns: q };
  const of = (f: 'expm' | 'inv', matrix: Laid): Slope => {
    const bound = [matrix.rows, matrix.columns];
    return (row, column) => operation(f, matrix.term, bound, [row, column], [matrix.rows.dim, matrix.columns.dim]);
  };
  switch (op) {
    case 'dexpm':
      return commute(x, v) ? of('expm', x) : undefined;
    case 'dpowm': {
      // The exponent is the range of the third bound index.
      const exponent = openOperation(map).bound[2]!.dim;
      const power = { index: freshIndex(), dim: dimDifference(exponent, fixed(1)) };
      const bound = [x.rows, x.columns, power];
      return commute(x, v)
        ? (row, column) =>
            times(size(exponent), operation('powm', x.term, bound, [row, column], [x.rows.dim, x.columns.dim]))
        : undefined;
    }
    case 'dlogm':
      return commute(x, v) ? of('inv', x) : undefined;
    case 'sylvester': {
      // A*Y + Y*A = V for Y = inv(A)*V/2.
      if (!other || !same(entryOf(x, -1, -2), entryOf(other, -1, -2)) || !commute(x, v)) return undefined;
      const inverse = of('inv', x);
      return (row, column) => times(number(Q.half), inverse(row, column));
    }
  }
}

const entryOf = ({ term, rows, columns }: Laid, i: Index, j: Index): Term =>
  rename(
    term,
    new Map([
      [rows.index, i],
      [columns.index, j],
    ]),
  );
/** Functions of X, which commute with it. */
const ofMatrix: ReadonlySet<string> = new Set(['inv', 'adj', 'expm', 'logm', 'sqrtm', 'powm']);

/** Is the one a multiple of the other, of I, or a function of the same matrix? */
function commute(x: Laid, v: Laid): boolean {
  const [i, j] = [freshIndex(), freshIndex()];
  const [a, b] = [coresOf(entryOf(x, i, j), i, j), coresOf(entryOf(v, i, j), i, j)];
  return b.some((core) => core.node.kind === 'delta' || a.some((other) => same(other, core)));
}
/** The matrix without its scalars, and, of a function of a matrix, that matrix. */
function coresOf(t: Term, i: Index, j: Index): readonly Term[] {
  const [, primitive] = t.node.kind === 'sum' ? primitiveOf(t, true) : [Q.one, t];
  const { factors, bound } = partsOf(primitive);
  const isScalar = ([f]: Factor): boolean => bound.length === 0 && !f.at.includes(i) && !f.at.includes(j);
  const core = product(
    Q.one,
    factors.filter((f) => !isScalar(f)),
    bound,
  );
  const { node, at } = core;
  if (node.kind !== 'operation' || !ofMatrix.has(node.op)) return [core];
  const { body, bound: inside } = openOperation(core as Term & { readonly node: OperationNode });
  const [rows, columns] = at[0] === i ? inside : inside.toReversed();
  const inner = entryOf({ term: body, rows: rows!, columns: columns! }, i, j);
  return [core, ...coresOf(inner, i, j)];
}
