/**
 * Maps from matrices to matrices, L[i,j,k,l]: derivatives of matrix functions and solutions of linear equations. What they are
 * applied to is the part of a product that hangs on one pair of their indices.
 */
import { type DirectedName, matrixFunctions } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { delta, openOperation, partsOf, product, sum, summandsOf } from './construct.ts';
import { freshIndex } from './intern.ts';
import type { Bound, Factor, Index, Operation, OperationNode, Summand, Term } from './node.ts';
import type { Parts } from './place.ts';

type Directed = Term & { readonly node: OperationNode & { readonly op: DirectedName } };
const isDirectedName = (op: Operation): op is DirectedName =>
  op === 'dpowm' || matrixFunctions.get(op)?.derivative === 'unknown';
export const isDirected = (t: Term): t is Directed => t.node.kind === 'operation' && isDirectedName(t.node.op);

export type Pair = readonly [Index, Index];
/** A map, and what it is applied to: by its last two indices, or, turned round, by its first two. */
export interface Application {
  readonly op: DirectedName;
  readonly map: Directed;
  readonly isTurned: boolean;
  /** Of what comes out. */
  readonly outs: Pair;
  /** Over the two indices `at`. */
  readonly direction: Term;
  readonly at: readonly [Bound, Bound];
  /** The product without the map and its direction. */
  readonly rest: Parts;
}

/** The ways to read a map among the factors as applied to a part of the others. `isFixed`: an index that stands for one position. */
export function applicationsIn(parts: Parts, isFixed: (index: Index) => boolean): readonly Application[] {
  return parts.factors.flatMap(([map, e]) => {
    if (!isDirected(map) || !Q.isOne(e)) return [];
    const [i, j, k, l] = map.at as readonly [Index, Index, Index, Index];
    return [false, true].flatMap((isTurned) => {
      const [outs, ins] = isTurned
        ? ([
            [k, l],
            [i, j],
          ] as const)
        : ([
            [i, j],
            [k, l],
          ] as const);
      return applied(map, { outs, ins, isTurned }, parts, isFixed) ?? [];
    });
  });
}

interface Sides {
  readonly outs: Pair;
  readonly ins: Pair;
  readonly isTurned: boolean;
}
function applied(
  map: Directed,
  { outs, ins, isTurned }: Sides,
  { coefficient, factors, bound }: Parts,
  isFixed: (index: Index) => boolean,
): Application | undefined {
  const isBound = (index: Index): boolean => bound.some((b) => b.index === index);
  if (ins.some((index) => outs.includes(index) || !(isBound(index) || isFixed(index)))) return undefined;
  const inside = new Set(ins.filter(isBound));
  const taken = new Set<Factor>();
  const others = factors.filter(([f]) => f !== map);
  for (let found = true; found;) {
    found = false;
    for (const factor of others) {
      if (taken.has(factor) || !factor[0].at.some((index) => inside.has(index))) continue;
      taken.add(factor);
      found = true;
      for (const index of factor[0].at) if (isBound(index)) inside.add(index);
    }
  }
  const isOpen = (index: Index): boolean => index >= 0 && !inside.has(index) && !isFixed(index);
  if (outs.some((index) => inside.has(index)) || [...taken].some(([f]) => f.at.some(isOpen))) return undefined;
  const dims = isTurned ? map.node.slots.slice(0, 2) : map.node.slots.slice(2, 4);
  const at = ins.map((_, n): Bound => ({ index: freshIndex(), dim: dims[n]! })) as unknown as readonly [Bound, Bound];
  const places = ins.map((index, n): Factor => [delta(at[n]!.index, index, dims[n]!), Q.one]);
  return {
    op: map.node.op,
    map,
    isTurned,
    outs,
    at,
    direction: product(
      Q.one,
      [...taken, ...places],
      bound.filter(({ index }) => inside.has(index)),
    ),
    rest: {
      coefficient,
      factors: others.filter((factor) => !taken.has(factor)),
      bound: bound.filter(({ index }) => !inside.has(index)),
    },
  };
}

/** A matrix over the indices of its rows and columns. */
export interface Laid {
  readonly term: Term;
  readonly rows: Bound;
  readonly columns: Bound;
}
/** The matrices that a map is made of: the X of dexpm(X, V), the A and B of sylvester(A, B, C). */
export function matricesOf(map: Directed): readonly Laid[] {
  const { body, bound } = openOperation(map);
  if (map.node.op !== 'sylvester') return [{ term: body, rows: bound[0]!, columns: bound[1]! }];
  const [i, j, k, l] = bound as readonly [Bound, Bound, Bound, Bound];
  const [left, right]: [Summand[], Summand[]] = [[], []];
  for (const [c, s] of summandsOf(body)) {
    const parts = partsOf(s);
    const isAcross = (f: Term, a: Bound, b: Bound): boolean =>
      f.node.kind === 'delta' && f.at.includes(a.index) && f.at.includes(b.index);
    const across = parts.factors.find(([f]) => isAcross(f, j, l));
    const other = parts.factors.find(([f]) => isAcross(f, i, k));
    const gone = across ?? other;
    if (!gone) return [];
    const kept = product(
      Q.times(c, parts.coefficient),
      parts.factors.filter((f) => f !== gone),
      parts.bound,
    );
    (across ? left : right).push([Q.one, kept]);
  }
  return [
    { term: sum(left), rows: i, columns: k },
    { term: sum(right), rows: l, columns: j },
  ];
}
