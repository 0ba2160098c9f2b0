/** Are the numbers that somebody gives for names and sizes the ones that the shapes need? And how are shapes told? */
import { refuse } from '../basics/problem.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import { type Dim, sizeOf } from '../shape/dim.ts';
import { axesOf, type Shape } from '../shape/shape.ts';

// ---- values

/** A number, a flat list, or rows; row-major. */
export type Nested = number | readonly Nested[];
/** What values may be given as. A Float64Array holds the entries row by row. */
export type GivenValue = Nested | Float64Array;

const bad = (name: string, message: string): never =>
  refuse({ kind: 'value', message: `the value of ${name} ${message}` });

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || value instanceof Float64Array;
}

/** The lengths of the lists, the outer one first. */
export function extentsGiven(value: GivenValue): readonly number[] {
  const found: number[] = [];
  for (let level: unknown = value; isList(level); level = level[0]) found.push(level.length);
  return found;
}

/** All numbers in order. Anything that is not a number, and lists of unequal length, are refused. */
export function numbersIn(value: unknown, name: string): readonly number[] {
  const extents = extentsGiven(value as GivenValue);
  if (extents.length > 16) return bad(name, 'is nested too deeply');
  const numbers: number[] = [];
  const collect = (level: unknown, depth: number): void => {
    if (typeof level === 'number') {
      if (depth < extents.length) bad(name, 'mixes numbers and lists');
      if (Number.isNaN(level)) bad(name, 'has an entry that is not a number');
      numbers.push(level);
    } else if (isList(level)) {
      if (depth >= extents.length || level.length !== extents[depth]) bad(name, 'has lists of different lengths');
      for (const inner of level) collect(inner, depth + 1);
    } else bad(name, `holds ${level === null ? 'null' : `a ${typeof level}`} where a number is needed`);
  };
  collect(value, 0);
  return numbers;
}

const withoutUnits = (extents: readonly number[]): string => extents.filter((n) => n !== 1).join();

/** Do lists of these lengths fill an array of this extent? A row or a column may be flat, or a list of lists. */
export function checkExtents(name: string, value: GivenValue, extents: readonly number[]): void {
  const given = extentsGiven(value);
  const fits =
    value instanceof Float64Array
      ? value.length === extents.reduce((product, n) => product * n, 1)
      : withoutUnits(given) === withoutUnits(extents);
  if (fits) return;
  const say = (sizes: readonly number[]): string => (sizes.length === 0 ? 'a number' : sizes.join(' x '));
  bad(name, `is ${say(given)}, and ${say(extents)} is needed`);
}

// ---- sizes: given outright, or read off the shapes of the values

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

// ---- shapes as plain data

export type ShapeData = readonly (number | string)[];

const sizeData = (dim: Dim): number | string => sizeOf(dim) ?? dim.key;

export const shapeData = (shape: Shape): ShapeData =>
  shape.kind === 'row' ? [1, sizeData(shape.size)] : axesOf(shape).map(sizeData);
