/** det(A*B) = det(A)*det(B), also where the product is known only as a contraction, because it had a name. */
import * as Q from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { apply, openOperation, operation, type Parts, partsOf, product, size, times } from '../terms/construct.ts';
import type { Bound, Factor, OperationNode, Term } from '../terms/node.ts';
import type { Log } from './laws.ts';

export function determinantOfProduct(t: Term, log: Log): Term | undefined {
  if (t.node.kind !== 'operation' || t.node.op !== 'det') return undefined;
  const { body, bound } = openOperation(t as Term & { node: OperationNode });
  const [row, column] = bound as [Bound, Bound];
  const { matrices, scalars } = chainOf(partsOf(body), row, column);
  if (!matrices || (matrices.length < 2 && scalars.length === 0)) return undefined;
  log('det(A*B) = det(A)*det(B), det(c*A) = c^n*det(A)');
  const scale = scalars.map((scalar) => apply('power', [scalar, size(row.dim)]));
  return times(...scale, ...matrices.map(({ term, from, to }) => operation('det', term, [from, to], [], [])));
}

interface Link {
  readonly term: Term;
  readonly from: Bound;
  readonly to: Bound;
}
interface Chain {
  /** Absent where the body is no chain of square matrices. */
  readonly matrices: readonly Link[] | undefined;
  readonly scalars: readonly Term[];
}

function chainOf({ coefficient, factors, bound }: Parts, row: Bound, column: Bound): Chain {
  const scalars = Q.isOne(coefficient) ? [] : [product(coefficient, [], [])];
  const inside = new Set([row, column, ...bound].map(({ index }) => index));
  const plain = factors.filter(([base]) => !base.at.some((index) => inside.has(index)));
  scalars.push(...plain.map(([base, e]) => product(Q.one, [[base, e]], [])));
  const waiting = factors.filter((factor) => !plain.includes(factor));
  return { scalars, matrices: links(waiting, bound, row, column) };
}

/** Follows the factors from the row index to the column index, one inner index at a time. */
function links(
  factors: readonly Factor[],
  bound: readonly Bound[],
  row: Bound,
  column: Bound,
): readonly Link[] | undefined {
  const made: Link[] = [];
  let [rest, from] = [factors, row];
  for (let step = 0; step <= bound.length; step++) {
    const touching = rest.filter(([base]) => base.at.includes(from.index));
    const others = new Set(touching.flatMap(([base]) => base.at).filter((index) => index !== from.index));
    const [next] = others;
    const to = [...bound, column].find(({ index }) => index === next);
    const inner = [...others].filter((index) => bound.some((b) => b.index === index) || index === column.index);
    if (!to || inner.length !== 1 || !sameSize(to.dim, row.dim)) return undefined;
    made.push({ term: product(Q.one, touching, []), from, to });
    rest = rest.filter((factor) => !touching.includes(factor));
    from = to;
    if (to === column) return rest.length === 0 && made.length === bound.length + 1 ? made : undefined;
  }
  return undefined;
}
const sameSize = (a: Dim, b: Dim): boolean => a === b;
