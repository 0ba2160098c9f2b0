/** Programs as text, for tests that read like the language. */
import { checkProgram } from '../../src/elaborate/check.ts';
import type { CheckedProgram } from '../../src/elaborate/scope.ts';
import { createWorld, type Derive, type World } from '../../src/elaborate/world.ts';
import { attempt, type Problem } from '../../src/basics/problem.ts';
import { array, type NumericArray } from '../../src/evaluate/array.ts';
import { type TestFunction, interpret } from '../../src/evaluate/interpret.ts';
import { randomPoint } from '../../src/evaluate/points.ts';
import { parseExpression, parseProgram } from '../../src/parse/parse.ts';
import { evaluateDim } from '../../src/shape/dim.ts';
import { extent } from '../../src/shape/shape.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { entriesOf, type Point } from './term-value.ts';

export function expression(text: string): Expression {
  const outcome = parseExpression(text);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.problem.message}`);
  return outcome.value;
}
export function checked(text: string): CheckedProgram {
  const outcome = parseProgram(text);
  if (!outcome.ok) throw new Error(`${text}: ${outcome.problem.message}`);
  return checkProgram(outcome.value);
}
export function problemOf(text: string): Problem {
  const outcome = attempt(() => checked(text));
  if (outcome.ok) throw new Error(`${text} has no problem`);
  return outcome.problem;
}

/** Stands in for the differentiator where a test is not about derivatives. */
export const noDerivatives: Derive = () => {
  throw new Error('no derivatives here');
};
export const worldOf = (program: CheckedProgram, ...varied: readonly string[]): World =>
  createWorld(program, new Set(varied), noDerivatives);

export const askedFor = (program: CheckedProgram): Expression => {
  const last = program.questions.at(-1);
  if (last?.kind !== 'question') throw new Error('the program asks nothing');
  return last.expression;
};

const someSizes: Readonly<Record<string, number>> = { n: 4, m: 3, p: 2, q: 2, k: 3, d: 3, N: 3, W: 4 };

/** A point that meets the facts. */
export function pointFor(program: CheckedProgram, seed = 1, sizes = someSizes): Point {
  const variables = [...program.variables.values()].map(({ name, shape, facts, at }) => ({
    name,
    shape: shape.kind === 'scalar' ? [] : extent(shape)!.map((dim) => evaluateDim(dim, sizes)!),
    facts: [...facts],
    at: at?.kind === 'number' ? Number(at.value.n) : at ? 2 : undefined,
  }));
  return { values: randomPoint(variables, seed), sizes };
}

/** The value of the question by its term and by the interpreter, which know nothing of each other. */
export function bothValues(
  text: string,
  seed = 1,
  functions: ReadonlyMap<string, TestFunction> = new Map(),
): { readonly term: readonly number[]; readonly direct: readonly number[] } {
  const program = checked(text);
  const asked = askedFor(program);
  const point = pointFor(program, seed);
  const world = worldOf(program);
  const value = world.evaluate(asked);
  const calls = new Map<string, (x: NumericArray) => NumericArray>();
  for (const [name, f] of functions) {
    calls.set(`:${name}:column>column`, (x) => f([], [x]));
    calls.set(`1:${name}:column>column`, (x) => f([1], [x]));
  }
  const positions = [...program.freeIndices(asked).keys()].map((name) => [name, 2] as const);
  for (const { at } of program.variables.values()) if (at?.kind === 'name') positions.push([at.name, 2]);
  const term = entriesOf(
    value,
    { ...point, functions: calls },
    new Map(positions.map(([name, n]) => [world.index(name), n])),
  );
  const definitions = new Map([...program.definitions.values()].map(({ name, value }) => [name, value]));
  const direct = interpret(asked, {
    values: point.values,
    sizes: point.sizes,
    functions,
    definitions,
    indices: new Map(positions),
  });
  return { term, direct: [...direct.data] };
}
export const columnOf = (...values: readonly number[]): NumericArray => array([values.length, 1], values);
