/** Where is a claim tried out? Sizes, positions of free indices, values of the variables. */
import type { Variable } from '../elaborate/scope.ts';
import { integerIn } from '../elaborate/operators.ts';
import type { World } from '../elaborate/world.ts';
import { axesOf, extent } from '../shape/shape.ts';
import type { NumericArray } from '../evaluate/array.ts';
import type { Random } from '../evaluate/points.ts';
import { type Dim, evaluateDim } from '../shape/dim.ts';
import type { Index } from '../terms/node.ts';
import type { Drawing } from './residue-points.ts';
import { outside } from './field.ts';

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

// ---- sizes

export type Sizes = Readonly<Record<string, number>>;

/** What positions are shifted by. */
export const offsetAt = (dim: Dim, sizes: Sizes): number => evaluateDim(dim, sizes) ?? outside();
export function sizeAt(dim: Dim, sizes: Sizes): number {
  const size = evaluateDim(dim, sizes);
  return size === undefined || size < 0 ? outside() : size;
}

/**
 * One round a row; a name takes the column of its place. Any two names are apart by much, by little, and in both orders: what
 * holds for equal sizes, or for sizes that differ by one, does not hold for that reason alone. The first round is for
 * counterexamples that are easy to read, size 1 for what is wrong there only.
 */
const rounds: readonly (readonly number[])[] = [
  [2, 2, 2, 2, 2],
  [2, 3, 4, 6, 5],
  [5, 2, 3, 4, 6],
  [3, 7, 2, 5, 4],
  [6, 4, 5, 2, 3],
  [2, 9, 3, 7, 5],
  [10, 2, 6, 3, 4],
  [1, 1, 1, 1, 1],
  [4, 1, 2, 1, 3],
  [1, 4, 1, 3, 2],
  [8, 8, 3, 3, 8],
  [7, 6, 7, 6, 2],
];

/** `numbers`: what the claim speaks of; n*(n - 1)*(n - 2) is zero up to there, n*(n - 1)*(n - 3) is not at the number left out. */
export function sizesToTry(names: Iterable<string>, numbers: Iterable<number> = []): readonly Sizes[] {
  const all = [...names];
  if (all.length === 0) return [{}];
  const spoken = new Set([...numbers].filter((x) => Number.isInteger(x) && x > 0 && x <= largestNumber));
  const most = Math.max(0, ...spoken);
  const missing = Array.from({ length: most }, (_, k) => k + 1).find((x) => !spoken.has(x));
  const beyond =
    most > 2
      ? [
          ...(missing === undefined ? [] : [rounds[0]!.map(() => missing)]),
          rounds[0]!.map((_, k) => most + 1 + k),
          rounds[0]!.map((_, k) => most + 3 - (k % 2)),
        ]
      : [];
  return [...rounds, ...beyond].map((row) => Object.fromEntries(all.map((name, k) => [name, row[k % row.length]!])));
}
const largestNumber = 60;
