/** Two values of one shape as one term that is to be zero. */
import { sizeOfAxis, boundsOf, entrywise, type Value } from '../elaborate/values.ts';
import type { Dim } from '../shape/dim.ts';
import { minus } from '../terms/construct.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import { everywhere } from './contraction.ts';
import { type TermEvaluator } from './evaluate-term.ts';
import { sizeAt, type Sizes } from './sizes.ts';

/** A scalar stands for an array of any shape: … == 0. */
export function differenceOf(left: Value, right: Value): Value {
  const shape = left.shape.kind === 'scalar' ? right.shape : left.shape;
  return entrywise([left, right], shape, ([a, b]) => minus(a!, b!));
}

/** Free indices of a term that are no axes of the value, as o in yh[o], with every size that they are used with. */
export function freeIndices(values: readonly Value[]): ReadonlyMap<Index, readonly Dim[]> {
  const found = new Map<Index, readonly Dim[]>();
  for (const value of values) {
    const own = new Set(boundsOf(value).map(({ index }) => index));
    value.term.at.forEach((index, slot) => {
      const dim = value.term.node.slots[slot]!;
      if (index >= 0 && !own.has(index)) found.set(index, [...(found.get(index) ?? []), dim]);
    });
  }
  return found;
}

/** All entries in row-major order. */
export function entriesOf<V>(
  { term, axes }: { readonly term: Term; readonly axes: readonly (readonly Bound[])[] },
  evaluate: TermEvaluator<V>,
  sizes: Sizes,
  free: ReadonlyMap<Index, number>,
): readonly V[] {
  const bounds = axes.flat();
  const extents = bounds.map(({ dim }) => sizeAt(dim, sizes));
  if (extents.includes(0)) return [];
  return Array.from(everywhere([...extents.keys()], extents), (at) =>
    evaluate(term, new Map([...free, ...bounds.map(({ index }, n): [Index, number] => [index, at[n]!])])),
  );
}
export const extentsOf = ({ axes }: Value, sizes: Sizes): readonly number[] =>
  axes.map((axis) => sizeAt(sizeOfAxis(axis), sizes));
