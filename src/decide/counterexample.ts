/** Which of several counterexamples is the easiest to read, and what is said of it? */
import { namesIn } from '../shape/dim.ts';
import { namesIn as spokenNames } from '../syntax/parts.ts';
import { axesOf } from '../shape/shape.ts';
import { extentsOf } from './difference.ts';
import type { NumericPoint } from './point.ts';
import type { Sides } from './sides.ts';
import { sizeAt } from './sizes.ts';
import type { Subject } from './subject.ts';
import { testFunctions } from './test-functions.ts';
import type { Counterexample, Nested } from './verdict.ts';

export interface Found {
  readonly point: NumericPoint;
  readonly sides: Sides;
}

export function costOfReading({ point }: Found): number {
  const entries = [...point.values.values()].flatMap(({ data }) => [...data]);
  const crowded = Object.values(point.sizes).some((size) => size === 1) ? 20 : 0;
  return entries.reduce((total, value) => total + costOf(value), crowded);
}
function costOf(value: number): number {
  if (value === 1) return 1;
  if (Number.isInteger(value)) return value >= 0 && value <= 3 ? 2 : 3;
  return Number.isInteger(4 * value) ? 5 : 30;
}

export function shown(
  { point, sides }: Found,
  { left, right, mentioned, context, differentials }: Subject,
): Counterexample {
  const { sizes, free, values } = point;
  const used = new Map(mentioned.variables.map((variable) => [variable.name, axesOf(variable.shape)]));
  for (const symbol of differentials) used.set(symbol.name, symbol.dims);
  const named = [...used].map(([name, dims]): [string, Nested] => [
    name,
    nested(
      [...values.get(name)!.data],
      dims.map((dim) => sizeAt(dim, sizes)),
    ),
  ]);
  const functions = [...context.checked.functions.values()].filter(({ name }) => mentioned.functions.has(name));
  const shapes = [left.shape, right.shape, ...functions.flatMap(({ from, to }) => [from, to])];
  const dims = [...used.values(), ...shapes.map(axesOf)].flat();
  const spoken = [context.claim.left, context.claim.right].flatMap((e) => [...spokenNames(e)]);
  const sizeNames = new Set([...dims.flatMap(namesIn), ...spoken]);
  const { written } = testFunctions(context.checked.functions, sizes);
  return {
    values: Object.fromEntries(named),
    sizes: Object.fromEntries(Object.entries(sizes).filter(([name]) => sizeNames.has(name))),
    indices: Object.fromEntries(
      [...context.world.indexNames].flatMap(([name, index]) => (free.has(index) ? [[name, free.get(index)!]] : [])),
    ),
    functions: Object.fromEntries(Object.entries(written).filter(([name]) => mentioned.functions.has(name))),
    left: nested(sides.left, extentsOf(left, sizes)),
    right: nested(sides.right, extentsOf(right, sizes)),
  };
}

function nested(data: readonly number[], extents: readonly number[]): Nested {
  const [size, ...rest] = extents;
  if (size === undefined) return data[0]!;
  const step = data.length / size;
  return Array.from({ length: size }, (_, n) => nested(data.slice(n * step, (n + 1) * step), rest));
}
