/** Which number does each size name have? Given outright, or read off the shapes of the values. */
import { refuse } from '../basics/problem.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { Dim } from '../shape/dim.ts';
import { axesOf } from '../shape/shape.ts';
import { extentsGiven, type GivenValue } from './numbers-given.ts';

export type { GivenValue, Nested } from './numbers-given.ts';
export type SizeNumbers = Readonly<Record<string, number>>;

/** Sizes of programs that nobody means; arrays have a limit of their own. */
const largest = 2 ** 31;

export function sizesFrom(
  checked: CheckedProgram,
  values: Readonly<Record<string, GivenValue>>,
  given: SizeNumbers = {},
): SizeNumbers {
  const sizes = new Map(Object.entries(given));
  checkSizes(given);
  for (const [name, value] of Object.entries(values)) {
    const known = checked.variables.get(name) ?? checked.definitions.get(name);
    if (!known) continue;
    const axes = axesOf(known.shape);
    const found = alongAxes(extentsGiven(value), axes.length);
    axes.forEach((dim, n) => noteSize(dim, found[n], sizes));
  }
  return Object.fromEntries(sizes);
}

export function checkSizes(sizes: SizeNumbers): void {
  for (const [name, size] of Object.entries(sizes)) checkSize(name, size);
}
function checkSize(name: string, size: unknown): void {
  if (typeof size === 'number' && Number.isInteger(size) && size >= 1 && size <= largest) return;
  refuse({
    kind: 'value',
    message: `the size ${name} is ${JSON.stringify(size)}: sizes are whole numbers from 1 to ${largest}`,
  });
}

/** A vector may be given as a matrix of one row or column. */
function alongAxes(extents: readonly number[], count: number): readonly number[] {
  if (count !== 1 || extents.length !== 2) return extents;
  return extents[0] === 1 ? extents.slice(1) : extents.slice(0, 1);
}

/** Only a size that is a name by itself can be read off. */
function noteSize(dim: Dim, size: number | undefined, sizes: Map<string, number>): void {
  const [only] = dim.terms;
  if (size === undefined || dim.terms.size !== 1 || !only || only[1] !== 1) return;
  const [name] = only;
  if (name === '' || name.includes('*') || sizes.has(name)) return;
  checkSize(name, size);
  sizes.set(name, size);
}
