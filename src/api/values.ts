/** The answer as numbers, from numbers as people write them. */
import { refuse } from '../basics/problem.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import { axesOf } from '../shape/shape.ts';
import { type CompileOptions, compileAnswer, type Evaluator } from './evaluator.ts';
import { checkExtents, type GivenValue, type Nested, numbersIn } from './numbers-given.ts';
import { type Computation, freeIndicesOf } from './positions.ts';
import { type SizeNumbers, sizesFrom } from './sizes.ts';

/** Nested lists take several times the memory of the numbers. */
const mostNested = 2 ** 22;

type GivenValues = Readonly<Record<string, GivenValue>>;

export function evaluateAnswer(
  of: Computation,
  values: GivenValues,
  options: CompileOptions & { readonly sizes?: SizeNumbers | undefined } = {},
): Nested {
  const { checked } = of.engine;
  const sizes = sizesFrom(checked, values, options.sizes);
  refuseMissing(checked, sizes, values);
  const positions = { ...options.positions, ...positionsIn(of, values) };
  const evaluator = compileAnswer(of, sizes, { ...options, positions });
  if (evaluator.entries > mostNested)
    refuse({
      kind: 'limit',
      message: `the answer has ${evaluator.entries} entries, too many for nested lists`,
      hint: 'compile(…) gives a Float64Array',
    });
  return nested(evaluator(inputsFor(evaluator.inputs, values)), evaluator.axes);
}

/** Without a value for x nothing tells how long it is. */
function refuseMissing({ variables, sizes: names }: CheckedProgram, sizes: SizeNumbers, values: GivenValues): void {
  for (const size of names) {
    if (Object.hasOwn(sizes, size)) continue;
    const silent = [...variables.values()].find(
      ({ name, shape }) => !Object.hasOwn(values, name) && axesOf(shape).some((dim) => dim.key === size),
    );
    if (silent)
      refuse({
        kind: 'value',
        message: `no value for ${silent.name}`,
        hint: `it tells the size ${size}; if the answer does not need it, give the size`,
      });
  }
}

export function inputsFor(inputs: Evaluator['inputs'], values: GivenValues): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(
    inputs.map(({ name, extents }) => {
      if (!Object.hasOwn(values, name)) refuse({ kind: 'value', message: `no value for ${name}`, hint: `${name} = …` });
      const value = values[name]!;
      const numbers = Float64Array.from(numbersIn(value, name));
      checkExtents(name, value, extents);
      return [name, numbers];
    }),
  );
}

/** Indices are given like variables; the position of a one is read off the vector that has it. */
function positionsIn(of: Computation, values: GivenValues): Readonly<Record<string, number>> {
  const found = freeIndicesOf(of).flatMap(({ name }) => {
    const position = Object.hasOwn(values, name) ? values[name] : positionOfOne(name, of.engine.checked, values);
    return typeof position === 'number' ? [[name, position] as const] : [];
  });
  return Object.fromEntries(found);
}

function positionOfOne(index: string, checked: CheckedProgram, values: GivenValues): number | undefined {
  const holder = [...checked.variables.values()].find(({ at }) => at?.kind === 'name' && at.name === index);
  if (!holder || !Object.hasOwn(values, holder.name)) return undefined;
  const position = numbersIn(values[holder.name], holder.name).indexOf(1) + 1;
  return position > 0 ? position : undefined;
}

/** Row-major numbers as nested lists. */
export function nested(data: ArrayLike<number>, axes: readonly number[], start = 0): Nested {
  if (axes.length === 0) return data[start]!;
  const [size, ...rest] = axes as [number, ...number[]];
  const step = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, n) => nested(data, rest, start + n * step));
}
