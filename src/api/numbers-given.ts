/** Are the numbers that somebody gives for a name the ones that its shape needs? */
import { refuse } from '../basics/problem.ts';

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
