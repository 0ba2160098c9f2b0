/**
 * What the answer to a question must be, found without the symbolic engine: the interpreter evaluates the program, and
 * derivatives are finite differences of that. Entries vary one by one; facts about the varied name are not kept.
 */
import { attempt, refuse } from '../../src/basics/problem.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import type { CheckedProgram } from '../../src/elaborate/scope.ts';
import { array, map, type NumericArray, scalar } from '../../src/evaluate/array.ts';
import { directionalOfVector, jacobianByDifferences } from '../../src/evaluate/differences.ts';
import { directionsWithin } from '../../src/evaluate/structured.ts';
import type { Structure } from '../../rules/structures.ts';
import { interpret, type TestFunction } from '../../src/evaluate/interpret.ts';
import { randomPoint, randomValue, randomNumbers } from '../../src/evaluate/points.ts';
import { type Dim, evaluateDim } from '../../src/shape/dim.ts';
import { factsInside } from '../../src/syntax/facts.ts';
import { laidOut } from '../../src/decide/reference.ts';
import { axesOf, extent, type Shape } from '../../src/shape/shape.ts';
import { freeNames } from '../../src/syntax/parts.ts';
import { mapParts } from './parts.ts';
import { nameOf } from '../../src/syntax/build.ts';
import type { Call, Definition, Expression, FunctionDefinition, Program, Question } from '../../src/syntax/tree.ts';

export type Values = ReadonlyMap<string, NumericArray>;
export type Sizes = Readonly<Record<string, number>>;

export interface Place {
  readonly program: Program;
  readonly checked: CheckedProgram;
  readonly sizes: Sizes;
  /** The variables; for `d`, their differentials too, as dx. */
  readonly values: Values;
  readonly functions: ReadonlyMap<string, TestFunction>;
  /** Only so many definitions count: one that takes a derivative rests on those before it. */
  readonly upTo?: number | undefined;
  /** Second differences over steps as small as this: rough, but right where a function oscillates or has a kink nearby. */
  readonly tiny?: number | undefined;
}

const lengthOf = (dims: readonly Dim[], sizes: Sizes): readonly number[] => dims.map((dim) => evaluateDim(dim, sizes)!);
export const shapeNumbers = (shape: Shape, sizes: Sizes): readonly number[] =>
  shape.kind === 'scalar'
    ? []
    : shape.kind === 'tensor'
      ? lengthOf(shape.axes, sizes)
      : lengthOf(extent(shape)!, sizes);

/** A point that meets the facts, a little inside: no entry is so large that exponentials overflow. */
export function placeFor(program: Program, sizes: Sizes, seed: number): Place {
  const checked = checkProgram(program);
  const variables = [...checked.variables.values()].map(({ name, shape, facts }) => ({
    name,
    shape: shapeNumbers(shape, sizes),
    facts: [...factsInside(facts)],
  }));
  const functions = new Map(
    [...checked.functions.values()].map(({ name, from, to }, n) => [
      name,
      smoothFunction(axesOf(from[0]!).map((d) => evaluateDim(d, sizes)!)[0] ?? 1, shapeNumbers(to, sizes), seed + n),
    ]),
  );
  return { program, checked, sizes, values: randomPoint(variables, seed), functions };
}

/** sin(W*x + c), with its derivatives up to the second. */
function smoothFunction(inputs: number, to: readonly number[], seed: number): TestFunction {
  const random = randomNumbers(seed + 77);
  const outputs = to[0] ?? 1;
  const weights = random.normals(outputs * inputs);
  const shifts = random.normals(outputs);
  const rows = [...Array(outputs).keys()];
  const columns = [...Array(inputs).keys()];
  const weight = (i: number, k: number): number => weights[i * inputs + k]!;
  const along = (by: readonly number[]): readonly (readonly number[])[] =>
    by.reduce<readonly (readonly number[])[]>((all) => all.flatMap((at) => columns.map((k) => [...at, k])), [[]]);
  const waves = [Math.sin, Math.cos, (t: number) => -Math.sin(t), (t: number) => -Math.cos(t)];
  const entries = (by: readonly number[], x: ArrayLike<number>): readonly number[] =>
    rows.flatMap((i) => {
      const angle = columns.reduce((total, k) => total + weight(i, k) * x[k]!, shifts[i]!);
      return along(by).map((at) => at.reduce((product, k) => product * weight(i, k), waves[by.length % 4]!(angle)));
    });
  return (by, [x]) => {
    // A number from a number is found entry by entry.
    if (inputs === 1 && to.length === 0) return map(x!, (value) => entries(by, [value])[0]!);
    const own = to.length === 0 ? (by.length === 1 ? [1] : []) : by.length > 0 ? [outputs] : to;
    return array([...own, ...by.map(() => inputs)], entries(by, x!.data));
  };
}

// ---- evaluating

interface Definitions {
  readonly names: readonly Definition[];
  readonly functions: readonly FunctionDefinition[];
}
const definitionsOf = ({ program }: Place): Definitions => ({
  names: program.statements.filter((s): s is Definition => s.kind === 'definition'),
  functions: program.statements.filter((s): s is FunctionDefinition => s.kind === 'function-definition'),
});

/** The values of all names, where some may be given (a name that is varied itself). */
export function allValues(place: Place, given: Values): Values {
  const values = new Map(given);
  for (const [n, { name, indices, value }] of definitionsOf(place).names.slice(0, place.upTo).entries()) {
    if (values.has(name.name)) continue;
    const before = { ...place, upTo: n };
    const shape = shapeNumbers(place.checked.definitions.get(name.name)!.shape, place.sizes);
    const names = indices.map((index) => index.name);
    const extents = shape.filter((size) => size > 1);
    const entry = (at: ReadonlyMap<string, number>): number => evaluateWith(value, values, before, at).data[0]!;
    values.set(
      name.name,
      names.length === 0 ? evaluateWith(value, values, before) : array(shape, entries(names, extents, entry)),
    );
  }
  return values;
}

/** f at every position of the indices, row by row. */
export function entries(
  names: readonly string[],
  sizes: readonly number[],
  f: (at: ReadonlyMap<string, number>) => number,
): readonly number[] {
  const [name, ...others] = names;
  if (name === undefined) return [f(new Map())];
  return Array.from({ length: sizes[0]! }, (_, n) =>
    entries(others, sizes.slice(1), (at) => f(new Map(at).set(name, n + 1))),
  ).flat();
}

/** Derivatives inside are taken by differences first. */
function evaluateWith(
  e: Expression,
  values: Values,
  place: Place,
  indices: ReadonlyMap<string, number> = new Map(),
): NumericArray {
  const known = new Map(values);
  const direct = withoutDerivatives(e, known, place);
  return interpret(direct, { values: known, sizes: place.sizes, functions: testFunctions(place, values), indices });
}
function testFunctions(place: Place, values: Values): ReadonlyMap<string, TestFunction> {
  const functions = new Map<string, TestFunction>();
  for (const [name, f] of place.functions) functions.set(name, f);
  for (const { name, parameters, value } of definitionsOf(place).functions)
    functions.set(name.name, (by, [x]) =>
      by.length > 0
        ? scalar(NaN)
        : interpret(value, { values: new Map(values).set(parameters[0]!.name, x!), sizes: place.sizes, functions }),
    );
  return functions;
}
/** The value of any expression of the program. */
export const valueAt = (
  e: Expression,
  place: Place,
  indices?: ReadonlyMap<string, number>,
  more: Values = new Map(),
): NumericArray => evaluateWith(e, new Map([...allValues(place, place.values), ...more]), place, indices);

// ---- derivatives by differences

const derivatives: ReadonlySet<string> = new Set(['grad', 'jacobian', 'hessian', 'jvp', 'vjp', 'hvp', 'd']);

function withoutDerivatives(e: Expression, values: Map<string, NumericArray>, place: Place): Expression {
  if (e.kind === 'call' && derivatives.has(e.name)) {
    const name = `__${values.size}`;
    values.set(name, derivative(e, values, place));
    return nameOf(name);
  }
  return mapParts(e, (part) => withoutDerivatives(part, values, place));
}

/** Arranged as the program says. */
function derivative(e: Call, values: Values, place: Place): NumericArray {
  const { layout, shapeOf } = place.checked;
  const [of, by] = e.arguments as readonly [Expression, Expression];
  if (!layout || !['grad', 'jacobian', 'hessian'].includes(e.name)) return plainDerivative(e, values, place);
  if (layout !== 'differential') {
    const entries = plainDerivative(e, values, place);
    return e.name === 'hessian' ? entries : laidOut(entries, layout, shapeOf(of), shapeOf(by));
  }
  const along = by.kind === 'name' ? nameOf(differentialName(by.name)) : refuse({ kind: 'value', message: 'a name' });
  if (e.name !== 'hessian') return plainDerivative({ ...e, name: 'jvp', arguments: [of, by, along] }, values, place);
  const change = evaluateWith(along, values, place);
  const { data } = plainDerivative({ ...e, name: 'hvp', arguments: [of, by, along] }, values, place);
  return array([], Float64Array.of(data.reduce((total, value, k) => total + value * change.data[k]!, 0)));
}

function plainDerivative(e: Call, values: Values, place: Place): NumericArray {
  const [of, by, direction] = e.arguments as readonly [Expression, Expression, Expression];
  const valueOf = (part: Expression): NumericArray => evaluateWith(part, values, place);
  if (e.name === 'd') return differential(of, values, place);
  if (e.within) return alongStructure(e, e.within, values, place);
  if (by.kind !== 'name') throw new Error('derivatives here are by names');
  const x = values.get(by.name)!;
  const moving = behind(by.name, place);
  if (moving.name === by.name && saysVariablesBehind(by.name, of, place))
    refuse({ kind: 'value', message: `differences do not see where ${by.name} is spelled out` });
  /** With all values that rest on the name anew. */
  const moved = (entries: Float64Array): NumericArray => {
    const base = values.get(moving.name)!;
    const data = base.data.slice();
    moving.entries.forEach((from, k) => (data[from] = entries[k]!));
    const there = { ...place, values: new Map(place.values).set(moving.name, array(base.shape, data)) };
    return evaluateWith(of, allValues(there, there.values), there);
  };
  const f = (entries: Float64Array): Float64Array => moved(entries).data;
  const y = moved(x.data);
  const isSecond = e.name === 'hessian' || e.name === 'hvp';
  // What is left of the digits of large values when they are subtracted says nothing.
  if (y.data.some((value) => Math.abs(value) > (isSecond ? 1e4 : 1e6)))
    refuse({ kind: 'value', message: 'values too large for differences' });
  switch (e.name) {
    case 'grad':
    case 'jacobian':
      return array(
        stackedShape(y.shape, x.shape),
        differences(f, x.data, place).flatMap((row) => [...row]),
      );
    case 'hessian':
      return array(
        stackedShape(x.shape, x.shape),
        secondDerivatives((at) => f(at)[0]!, x.data, place.tiny),
      );
    case 'jvp':
      return array(y.shape, directionalDerivative(f, x.data, valueOf(direction).data, place));
    case 'vjp': {
      const weights = valueOf(direction).data;
      const rows = differences(f, x.data, place);
      return array(
        x.shape,
        x.data.map((_, k) => rows.reduce((total, row, i) => total + row[k]! * weights[i]!, 0)),
      );
    }
    case 'hvp': {
      const along = valueOf(direction).data;
      const second = secondDerivatives((at) => f(at)[0]!, x.data, place.tiny);
      return array(
        x.shape,
        x.data.map((_, i) => along.reduce((total, v, k) => total + second[i * along.length + k]! * v, 0)),
      );
    }
    default:
      throw new Error(`${e.name} is no derivative`);
  }
}

/** What entry by entry differences say, added up along the directions that the structure has. */
function alongStructure(e: Call, structure: Structure, values: Values, place: Place): NumericArray {
  const { shape, data } = derivative({ ...e, within: undefined }, values, place);
  const directions = directionsWithin(structure, evaluateWith(e.arguments[1]!, values, place));
  const count = directions.length;
  const total = (from: (l: number) => number, k: number): number =>
    directions[k]!.reduce((sum, weight, l) => sum + weight * from(l), 0);
  const last = data.map((_, n) => total((l) => data[n - (n % count) + l]!, n % count));
  if (e.name !== 'hessian') return array(shape, last);
  return array(
    shape,
    last.map((_, n) => total((l) => last[l * count + (n % count)]!, Math.floor(n / count))),
  );
}

/** Another name for an array, its transpose or vec, diag(y)*ones(n): what varies with it is the array, whose entries these are. */
function behind(name: string, place: Place): { readonly name: string; readonly entries: readonly number[] } {
  const values = allValues(place, place.values);
  const definition = definitionsOf(place).names.find((d) => d.name.name === name && d.indices.length === 0);
  const [inner, ...others] = definition ? [...freeNames(definition.value)].filter((used) => values.has(used)) : [];
  if (!definition || inner === undefined || others.length > 0)
    return { name, entries: [...values.get(name)!.data.keys()] };
  const entries = rearrangedBy(definition.value, inner, values.get(inner)!, place);
  if (!entries) return { name, entries: [...values.get(name)!.data.keys()] };
  const base = behind(inner, place);
  return { name: base.name, entries: entries.map((k) => base.entries[k]!) };
}
/** Does the expression mention what a defined name is made of, by other ways than by the name? */
function saysVariablesBehind(name: string, of: Expression, place: Place): boolean {
  const { names } = definitionsOf(place);
  const through = (roots: readonly Expression[], known: Set<string>): ReadonlySet<string> => {
    for (const used of roots.flatMap((e) => [...freeNames(e)])) {
      if (known.has(used)) continue;
      known.add(used);
      through(
        names.filter((d) => d.name.name === used).map(({ value }) => value),
        known,
      );
    }
    return known;
  };
  const definition = names.find((d) => d.name.name === name);
  if (!definition) return false;
  const madeOf = through([definition.value], new Set());
  const said = through([of], new Set([name]));
  return [...madeOf].some((used) => said.has(used) && place.values.has(used));
}
/** Which entry of the array is each entry of the expression? Undefined where it is anything but its entries in some order. */
function rearrangedBy(
  e: Expression,
  name: string,
  { shape, data }: NumericArray,
  place: Place,
): readonly number[] | undefined {
  const random = randomNumbers(3);
  const marks = data.map(() => random.normal());
  const found = attempt(() => interpret(e, { values: new Map([[name, array(shape, marks)]]), sizes: place.sizes }));
  if (!found.ok || found.value.data.length !== marks.length) return undefined;
  const entries = Array.from(found.value.data, (value) => marks.indexOf(value));
  return new Set(entries).size === marks.length && !entries.includes(-1) ? entries : undefined;
}

/** The rows of the Jacobian. */
function differences(f: (x: Float64Array) => Float64Array, x: Float64Array, { tiny }: Place): readonly Float64Array[] {
  if (!tiny) return jacobianByDifferences(f, x);
  const columns = Array.from(x, (value, axis) => {
    const h = 1e-6 * Math.max(Math.abs(value), 0.25);
    const moved = (by: number): Float64Array => f(x.map((old, k) => (k === axis ? old + by : old)));
    const [ahead, behind] = [moved(h), moved(-h)];
    return ahead.map((far, i) => (far - behind[i]!) / (2 * h));
  });
  return Array.from(f(x), (_, i) => Float64Array.from(columns, (column) => column[i]!));
}

function directionalDerivative(
  f: (x: Float64Array) => Float64Array,
  x: Float64Array,
  direction: Float64Array,
  place: Place,
): Float64Array {
  if (!place.tiny) return directionalOfVector(f, x, direction);
  const along = (t: Float64Array): Float64Array => f(x.map((value, i) => value + t[0]! * direction[i]!));
  return Float64Array.from(differences(along, Float64Array.of(0), place), ([slope]) => slope!);
}

export const differentialName = (name: string): string => `d${name}`;

/** An answer may name differentials: d(x), which is given a value as dx. */
export const named = (e: Expression): Expression => {
  if (e.kind === 'call' && e.name === 'd' && e.arguments[0]?.kind === 'name')
    return { kind: 'name', name: differentialName(e.arguments[0].name) };
  return mapParts(e, named);
};

/** The place with a differential dx for every variable x. */
export function withDifferentials(place: Place, seed: number): Place {
  const random = randomNumbers(seed + 5);
  const values = new Map(place.values);
  for (const { name, shape } of place.checked.variables.values())
    values.set(
      differentialName(name),
      randomValue({ name, shape: shapeNumbers(shape, place.sizes), facts: [] }, random),
    );
  return { ...place, values };
}

/** Along all variables at once: the sum of the partial differentials. */
function differential(of: Expression, values: Values, place: Place): NumericArray {
  const names = [...place.checked.variables.keys()].filter((name) => values.has(differentialName(name)));
  const start = names.flatMap((name) => [...place.values.get(name)!.data]);
  const along = names.flatMap((name) => [...values.get(differentialName(name))!.data]);
  const f = (entries: Float64Array): Float64Array => {
    const base = new Map(place.values);
    let from = 0;
    for (const name of names) {
      const { shape, data } = place.values.get(name)!;
      base.set(name, array(shape, entries.slice(from, from + data.length)));
      from += data.length;
    }
    const there = { ...place, values: base };
    return evaluateWith(of, allValues(there, base), there).data;
  };
  const { shape } = evaluateWith(of, values, place);
  return array(shape, directionalDerivative(f, Float64Array.from(start), Float64Array.from(along), place));
}

const axes = (shape: readonly number[]): readonly number[] =>
  shape.length === 2 ? shape.filter((size) => size > 1) : shape;

/** shape(y) ++ shape(x), a vector counting as one axis. */
function stackedShape(y: readonly number[], x: readonly number[]): readonly number[] {
  if (axes(y).length === 0) return x;
  if (axes(x).length === 0) return y;
  return [...axes(y), ...axes(x)];
}

/** All second derivatives, row by row; central differences extrapolated to step zero. */
export function secondDerivatives(f: (x: Float64Array) => number, x: Float64Array, reach = 0.03): Float64Array {
  const result = new Float64Array(x.length * x.length);
  const here = f(x);
  const at = (moves: readonly (readonly [axis: number, by: number])[]): number => {
    const point = x.slice();
    for (const [axis, by] of moves) point[axis]! += by;
    return f(point);
  };
  const step = (axis: number): number => 2 ** Math.round(Math.log2(reach * Math.max(Math.abs(x[axis]!), 0.25)));
  for (let i = 0; i < x.length; i++)
    for (let k = i; k < x.length; k++) {
      const estimate = (part: number): number => {
        const [g, h] = [step(i) * part, step(k) * part];
        if (i === k) return (at([[i, g]]) - 2 * here + at([[i, -g]])) / (g * g);
        const [pp, pm, mp, mm] = [
          at([
            [i, g],
            [k, h],
          ]),
          at([
            [i, g],
            [k, -h],
          ]),
          at([
            [i, -g],
            [k, h],
          ]),
          at([
            [i, -g],
            [k, -h],
          ]),
        ];
        return (pp - pm - mp + mm) / (4 * g * h);
      };
      const [wide, middle, narrow] = [estimate(1), estimate(0.5), estimate(0.25)];
      const [coarse, fine] = [(4 * middle - wide) / 3, (4 * narrow - middle) / 3];
      result[i * x.length + k] = result[k * x.length + i] = (16 * fine - coarse) / 15;
    }
  return result;
}

// ---- questions

/** The value that the answer must have, at positions for its open indices; differences are taken once for all of them. */
export function referenceFor(question: Question, place: Place): (at: ReadonlyMap<string, number>) => NumericArray {
  const there = substitutedPlace(question, place);
  const values = new Map(allValues(there, there.values));
  const direct = withoutDerivatives(question.expression, values, there);
  const functions = testFunctions(there, values);
  return (indices) => interpret(direct, { values, sizes: place.sizes, functions, indices });
}
/** The place where `at x = …` puts us. */
export function substitutedPlace(question: Question, place: Place): Place {
  if (question.at.length === 0) return place;
  const values = new Map(place.values);
  for (const { name, value } of question.at) values.set(name.name, valueAt(value, place));
  return { ...place, values };
}
