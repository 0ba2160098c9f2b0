/** Where is a claim tried out? Sizes, positions of free indices, values of the variables. */
import type { Variable } from '../elaborate/scope.ts';
import { integerIn } from '../elaborate/multiply.ts';
import type { World } from '../elaborate/world.ts';
import { axesOf, extent } from '../shape/shape.ts';
import type { NumericArray } from '../evaluate/array.ts';
import type { Random } from '../evaluate/random.ts';
import type { Dim } from '../shape/dim.ts';
import type { Index } from '../terms/node.ts';
import { sizeAt, type Sizes } from './sizes.ts';
import type { Drawing } from './residue-points.ts';

export interface NumericPoint {
  readonly sizes: Sizes;
  readonly free: ReadonlyMap<Index, number>;
  readonly values: ReadonlyMap<string, NumericArray>;
}

/** The position of the one, where the program fixes it. */
export function positionIn({ at }: Variable, world: World, free: ReadonlyMap<Index, number>): number | undefined {
  if (!at) return undefined;
  return integerIn(at) ?? (at.kind === 'name' ? free.get(world.index(at.name)) : undefined);
}
export function drawingOf(variable: Variable, sizes: Sizes, world: World, free: ReadonlyMap<Index, number>): Drawing {
  const extents = axesOf(variable.shape).map((dim) => sizeAt(dim, sizes));
  return { extents, facts: variable.facts, at: positionIn(variable, world, free) };
}

/** Rows and columns, as the interpreter wants them. */
export const laidOut = ({ shape }: Variable, sizes: Sizes): readonly number[] =>
  shape.kind === 'row'
    ? extent(shape)!.map((dim) => sizeAt(dim, sizes))
    : axesOf(shape).map((dim) => sizeAt(dim, sizes));

/** Free indices of the claim, and those that facts speak of. */
export function indicesToPlace(
  free: ReadonlyMap<Index, readonly Dim[]>,
  variables: readonly Variable[],
  world: World,
): ReadonlyMap<Index, readonly Dim[]> {
  const all = new Map(free);
  for (const { at, shape } of variables) {
    if (at?.kind !== 'name') continue;
    const index = world.index(at.name);
    all.set(index, [...(all.get(index) ?? []), axesOf(shape)[0]!]);
  }
  return all;
}
export const randomPositions = (
  indices: ReadonlyMap<Index, readonly Dim[]>,
  sizes: Sizes,
  random: Random,
): ReadonlyMap<Index, number> =>
  new Map(
    [...indices].map(([index, dims]) => [
      index,
      1 + random.below(Math.max(1, Math.min(...dims.map((dim) => sizeAt(dim, sizes))))),
    ]),
  );
