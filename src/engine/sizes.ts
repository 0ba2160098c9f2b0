/** Which number does each size name have? Given outright, or read off the shapes of the values. */
import { refuse } from '../diagnostics/problem.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { Dim } from '../shape/dim.ts';
import { axesOf } from '../shape/shape.ts';

/** A number, a flat list, or rows. */
export type Nested = number | readonly Nested[];

export const flatten = (value: Nested): readonly number[] => (typeof value === 'number' ? [value] : value.flatMap(flatten));

function extents(value: Nested): readonly number[] {
  return typeof value === 'number' ? [] : [value.length, ...(value.length > 0 ? extents(value[0]!) : [])];
}

export function sizesFrom(checked: CheckedProgram, values: Readonly<Record<string, Nested>>, given: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const sizes = new Map(Object.entries(given));
  for (const [name, value] of Object.entries(values)) {
    const known = checked.variables.get(name) ?? checked.definitions.get(name);
    if (!known) continue;
    const axes = axesOf(known.shape);
    const found = extents(value).filter((n, k, all) => !(axes.length === 1 && all.length === 2 && n === 1 && k < 2 && all[1 - k] !== 1));
    axes.forEach((dim, n) => note(dim, found[n]));
  }
  function note(dim: Dim, size: number | undefined): void {
    const [only] = dim.terms;
    if (size === undefined || dim.terms.size !== 1 || !only || only[1] !== 1 || only[0] === '' || only[0].includes('*') || sizes.has(only[0])) return;
    sizes.set(only[0], size);
  }
  for (const [name, size] of sizes) if (!Number.isInteger(size) || size < 1) refuse({ kind: 'value', message: `the size ${name} is ${size}: sizes are whole numbers from 1` });
  return Object.fromEntries(sizes);
}
