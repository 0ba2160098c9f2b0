/**
 * det(X)*inv(X) is the adjugate of X, which exists where X is singular too: its entries are the cofactors. Derivatives of
 * determinants are printed with inverses, as textbooks do, and computed with adjugates.
 */
import { native } from '../../rules/native.ts';
import { isSingular, neverInvertible } from '../assume/assume.ts';
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import {
  instantiate,
  openOperation,
  operation,
  partsOf,
  product,
  same,
  sum,
  summandsOf,
  times,
} from '../terms/construct.ts';
import type { Bound, Factor, Node, OperationNode, Summand, Term } from '../terms/node.ts';
import { childrenOf, open, mapAll } from '../terms/substitute.ts';
import { type Chain, type NativeRule, rewriteBy } from './rule.ts';

/** Is it about this matrix, a term over the indices of its rows and columns? */
export type Applies = (matrix: {
  readonly term: Term;
  readonly rows: readonly Bound[];
  readonly columns: readonly Bound[];
}) => boolean;

/** Every inverse that stands beside the determinant of its matrix, in a product or in a sum of that product, becomes an adjugate. */
function withAdjugates(t: Term, applies: Applies): Term {
  const memo = new Map<Node, Term>();
  const visit = (part: Term): Term => {
    let found = memo.get(part.node);
    if (!found) memo.set(part.node, (found = adjugatesAt(mapAll(open(part.node), visit), applies)));
    return instantiate(found, part.at);
  };
  return visit(t);
}

/** The same as a step. */
export const toAdjugates = (applies: Applies): NativeRule => ({
  ...native['the adjugate of a matrix'],
  apply: (t) => withAdjugates(t, applies),
});

/** Inverses of what can have none, replaced where a determinant stands beside them; undefined where there are none. */
export function byAdjugates(start: Term): Chain | undefined {
  if (whyWithoutInverse(start.node) === undefined) return undefined;
  const rule = toAdjugates(isSingular);
  const term = withAdjugates(start, isSingular);
  const why = whyWithoutInverse(term.node);
  if (why !== undefined)
    refuse({
      kind: 'domain',
      message: `this needs the inverse of a matrix that never has one: ${why}`,
      hint: 'with numbers for the sizes, the determinant of a matrix without an inverse is 0 from the start',
    });
  return { start, term, rewrites: [rewriteBy(rule, start, term)] };
}

const inverting = new WeakMap<Node, { readonly why: string | undefined }>();
/** Of the first matrix that is inverted and never has an inverse. */
function whyWithoutInverse(node: Node): string | undefined {
  let found = inverting.get(node);
  if (!found) {
    const [inside] = childrenOf(node).flatMap((part) => whyWithoutInverse(part.node) ?? []);
    inverting.set(node, (found = { why: inside ?? whyInverseOfSingular(node) }));
  }
  return found.why;
}
function whyInverseOfSingular(node: Node): string | undefined {
  if (node.kind !== 'operation' || node.op !== 'inv') return undefined;
  const { body, bound } = openOperation(open(node) as Term & { node: OperationNode });
  const [rows, columns] = bound as readonly [Bound, Bound];
  return neverInvertible({ term: body, rows: [rows], columns: [columns] });
}

/** The same at the top of a term alone. */
export function adjugatesAt(t: Term, applies: Applies = () => true): Term {
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  for (const [n, [det, d]] of factors.entries()) {
    if (!isOperation(det, 'det') || !Q.isInteger(d) || !Q.isPositive(d)) continue;
    for (const [k, factor] of factors.entries()) {
      const absorbed = k === n ? undefined : absorbedBy(factor, det, applies);
      if (!absorbed) continue;
      const rest = factors.filter((_, m) => m !== k && m !== n);
      return adjugatesAt(product(coefficient, [...rest, [det, Q.minus(d, Q.one)], ...absorbed], bound), applies);
    }
  }
  return t;
}

const isOperation = (t: Term, op: string): t is Term & { readonly node: OperationNode } =>
  t.node.kind === 'operation' && t.node.op === op;

/** det*factor, where the factor has an inverse of the same matrix in it. */
function absorbedBy([t, e]: Factor, det: Term, applies: Applies): readonly Factor[] | undefined {
  if (isOperation(t, 'inv')) {
    const adjugate = Q.isInteger(e) && Q.isPositive(e) ? adjugateFor(t, det, applies) : undefined;
    return (
      adjugate && [
        [adjugate, Q.one],
        [t, Q.minus(e, Q.one)],
      ]
    );
  }
  const made = Q.isOne(e) ? absorbedInto(t, det, applies) : undefined;
  return made && [[made, Q.one]];
}
function absorbedInto(t: Term, det: Term, applies: Applies): Term | undefined {
  if (t.node.kind === 'sum') {
    const parts = summandsOf(t).map(([c, s]) => [c, absorbedInto(s, det, applies), s] as const);
    if (!parts.some(([, made]) => made)) return undefined;
    return sum(parts.map(([c, made, s]): Summand => [c, made ?? times(det, s)]));
  }
  if (t.node.kind !== 'product') return undefined;
  const { coefficient, factors, bound } = partsOf(t);
  for (const [n, factor] of factors.entries()) {
    const made = absorbedBy(factor, det, applies);
    if (made) return product(coefficient, [...factors.filter((_, k) => k !== n), ...made], bound);
  }
  return undefined;
}

function adjugateFor(inverse: Term & { readonly node: OperationNode }, det: Term, applies: Applies): Term | undefined {
  const { body, bound, outs } = openOperation(inverse);
  const [rows, columns] = bound as readonly [Bound, Bound];
  if (!same(operation('det', body, bound, [], []), det)) return undefined;
  if (!applies({ term: body, rows: [rows], columns: [columns] })) return undefined;
  return operation('adj', body, bound, outs, [rows.dim, columns.dim]);
}
