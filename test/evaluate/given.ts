/** Evaluates text at given values, for tests that read like the language. */
import { expect } from 'vitest';
import { type Nested, type NumericArray, fromNested, largestRelativeError } from '../../src/evaluate/array.ts';
import { type Environment, interpret } from '../../src/evaluate/interpret.ts';
import { attempt } from '../../src/basics/problem.ts';
import type { Problem } from '../../src/basics/problem.ts';
import { parseExpression } from '../../src/parse/parse.ts';
import type { Expression } from '../../src/syntax/tree.ts';

/** Lists are columns; [[1, 2]] is a row. */
export type Given = Readonly<Record<string, Nested>>;
export type Rest = Partial<Environment>;

export function expression(text: string): Expression {
  const outcome = parseExpression(text);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.problem.message}`);
  return outcome.value;
}

export function environmentOf(given: Given = {}, rest: Rest = {}): Environment {
  const values = new Map(Object.entries(given).map(([name, nested]) => [name, fromNested(nested)]));
  return { values, sizes: {}, ...rest };
}

export const evaluated = (text: string, given?: Given, rest?: Rest): NumericArray =>
  interpret(expression(text), environmentOf(given, rest));

/** Shape and entries, up to rounding. */
export function expectValue(text: string, expected: Nested, given?: Given, rest?: Rest): void {
  const found = evaluated(text, given, rest);
  const wanted = fromNested(expected);
  expect(found.shape, text).toEqual(wanted.shape);
  expect(largestRelativeError(found, wanted), `${text}: ${[...found.data].join(', ')}`).toBeLessThan(1e-13);
}

/** Both sides are the same array at the given values. */
export function expectEqual(left: string, right: string, given?: Given, rest?: Rest): void {
  const [a, b] = [evaluated(left, given, rest), evaluated(right, given, rest)];
  expect(largestRelativeError(a, b), `${left} == ${right}`).toBeLessThan(1e-12);
}

export function problemOf(text: string, given?: Given, rest?: Rest): Problem {
  const outcome = attempt(() => evaluated(text, given, rest));
  if (outcome.ok) throw new Error(`${text} has the value ${[...outcome.value.data].join(', ')}`);
  return outcome.problem;
}
