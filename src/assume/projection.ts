/** Is a matrix its own square? P = X*inv(X'*X)*X' is, and I - P. */
import { contract, delta, minus, negate, same, summandsOf } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import { leaves } from '../terms/walk.ts';
import type { Bound } from '../terms/node.ts';
import { argumentOf, statedOf } from './definite.ts';
import { cut, isAcross, type Matrix, opened, remembered, renamed, sameSizes, squared } from './matrix.ts';
import { byStructure, type Reason } from './reason.ts';

/** Larger terms are not multiplied with themselves. */
const mostLeaves = 12;

export const idempotence = remembered((m: Matrix): Reason | undefined => {
  const { term, rows, columns } = m;
  if (!sameSizes(rows, columns)) return undefined;
  const { node, at } = term;
  if (node.kind === 'symbol') {
    const stated = isAcross(at, m) ? statedOf(node, ({ idempotent }) => idempotent === true) : undefined;
    const open = stated ? undefined : opened(term);
    return stated ?? (open && idempotence({ term: open, rows, columns }));
  }
  if (isItsOwnSquare(m)) return byStructure('its own square');
  if (isObliqueProjection(m)) return byStructure("U*inv(V'*U)*V'");
  const complement = rest(m);
  return complement && idempotence(complement);
});

function isItsOwnSquare(m: Matrix): boolean {
  if (leaves(m.term) > mostLeaves || m.rows.length !== 1) return false;
  const between = m.rows.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
  return same(squared(m, between), m.term);
}

/** P where the matrix is I - P. */
function rest({ term, rows, columns }: Matrix): Matrix | undefined {
  const [row, column] = [rows[0], columns[0]];
  if (rows.length !== 1 || !row || !column || term.node.kind !== 'sum') return undefined;
  const identity = delta(row.index, column.index, row.dim);
  const isPart = summandsOf(term).some(([c, t]) => c.n === 1n && c.d === 1n && same(t, identity));
  return isPart ? { term: negate(minus(term, identity)), rows, columns } : undefined;
}

/** U*inv(V'*U)*V': the middle of its own square cancels. */
function isObliqueProjection(m: Matrix): boolean {
  const first = cut(m);
  const second = first && cut(first.inner);
  if (!second || second.outer.rows.length !== 1 || second.outer.columns.length !== 1) return false;
  const { term: inverse } = second.outer;
  if (inverse.node.kind !== 'operation' || inverse.node.op !== 'inv' || !isAcross(inverse.at, second.outer))
    return false;
  const argument = argumentOf(inverse);
  const isTurned = inverse.at[0] !== second.outer.rows[0]!.index;
  const [a, b] = isTurned ? [argument.columns, argument.rows] : [argument.rows, argument.columns];
  const between = m.rows.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
  const [u, v] = [first.outer, second.inner];
  const gram = contract(
    [renamed(renamed(v.term, v.columns, between), v.rows, a), renamed(renamed(u.term, u.rows, between), u.columns, b)],
    between,
  );
  return same(gram, argument.term);
}
