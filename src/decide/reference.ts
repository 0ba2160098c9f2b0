/**
 * What is the value of a question, found without the symbolic engine? The interpreter evaluates what can be evaluated,
 * and every derivative in it is found by differences.
 */
import { attempt, InvariantError, refuse } from '../basics/problem.ts';
import { type DerivativeCall, derivativeCall, nameBehind, turnedBy } from '../elaborate/derivatives.ts';
import { isExpectation, isRandom } from '../elaborate/expectation.ts';
import { derivativeFunctions, takesSizesOnly } from '../elaborate/functions.ts';
import { type CheckedProgram, derivedFunction } from '../elaborate/scope.ts';
import { array, type NumericArray, largestRelativeError } from '../evaluate/array.ts';
import {
  directionalOfVector,
  jacobianByDifferences,
  secondDirectional,
  type Steps,
  usualSteps,
} from '../evaluate/differences.ts';
import { type Environment, interpret } from '../evaluate/interpret.ts';
import { directionsWithin } from '../evaluate/structured.ts';
import { evaluateDim } from '../shape/dim.ts';
import { axesOf, type Shape } from '../shape/shape.ts';
import { everyPart, withParts, freeNames, positionFunctions } from '../syntax/parts.ts';
import type { Call, Expression, Layout, SumOver, Name } from '../syntax/tree.ts';

/** Expressions and definitions are spelled out (`spelledOut`) before they come here. */
export interface Reference {
  readonly checked: CheckedProgram;
  /** The definitions that the interpreter cannot evaluate by itself: derivatives, y[i] = …, and what rests on them. */
  readonly derived: ReadonlySet<string>;
  readonly steps: Steps;
  /** For derivatives by defined names; without it they are refused. */
  readonly reading?: Reading | undefined;
}
/** The entries of what a derivative is taken of, with those of the name that is free for it. */
export type Reading = (
  call: DerivativeCall,
  environment: Environment,
) => ((entries: Float64Array) => Float64Array) | undefined;

/** With numbers, in the form that the interpreter uses: [n, 1] a column, [1, n] a row. */
export function numericShape(shape: Shape, sizes: Readonly<Record<string, number>>): readonly number[] {
  const axes = axesOf(shape).map((dim) => evaluateDim(dim, sizes)!);
  if (shape.kind === 'row') return [1, ...axes];
  return shape.kind === 'column' ? [...axes, 1] : axes;
}
/** A vector counts as one axis. */
export const lengths = (shape: readonly number[]): readonly number[] =>
  shape.length === 2 && shape.includes(1) ? shape.filter((n) => n !== 1) : shape;

export function referenceFor(
  checked: CheckedProgram,
  definitions: ReadonlyMap<string, Expression>,
  reading?: Reading,
): Reference {
  const derived = new Set<string>();
  for (const [name, value] of definitions) {
    const isByEntry = Boolean(checked.definitions.get(name)?.indices.length);
    if (isByEntry || asksForLimit(value, checked) || [...freeNames(value)].some((used) => derived.has(used)))
      derived.add(name);
  }
  return { checked, derived, steps: usualSteps, reading };
}

const isDerivative = (e: Expression): boolean => e.kind === 'call' && derivativeFunctions.has(e.name);
/** Expectations too are no values of their argument alone. */
const isLimit = (e: Expression, checked: CheckedProgram): boolean =>
  isDerivative(e) || (e.kind === 'call' && isExpectation(e, checked));
export function asksForLimit(e: Expression, checked: CheckedProgram): boolean {
  let found = false;
  everyPart(e, (part) => (found ||= isLimit(part, checked)));
  return found;
}

export function referenceValue(e: Expression, environment: Environment, reference: Reference): NumericArray {
  const values = new Map(environment.values);
  const here: Environment = { ...environment, values };
  for (const name of reference.derived)
    if (!values.has(name) && freeNames(e).has(name)) values.set(name, definedValue(name, here, reference));
  let made = 0;
  // Derivatives start from the given values: what was computed here would not move with them.
  const known = new Map<Expression, Expression>();
  const visit = (part: Expression): Expression => {
    const done = known.get(part);
    if (done) return done;
    const value = isLimit(part, reference.checked)
      ? (part as Call).name === 'E'
        ? expected(part as Call, environment, reference)
        : derivative(derivativeCall(part as Call), environment, reference)
      : part.kind === 'sum-over' && asksForLimit(part, reference.checked)
        ? summed(part, environment, reference)
        : undefined;
    // No name of a program has a space in it.
    const result: Expression = value ? { kind: 'name', name: `derivative ${++made}` } : withParts(part, visit);
    if (value) values.set(`derivative ${made}`, value);
    known.set(part, result);
    return result;
  };
  return interpret(visit(e), here);
}

function definedValue(name: string, environment: Environment, reference: Reference): NumericArray {
  const value = environment.definitions!.get(name)!;
  const definition = reference.checked.definitions.get(name);
  if (!definition || definition.indices.length === 0) return referenceValue(value, environment, reference);
  const shape = numericShape(definition.shape, environment.sizes);
  return entryByEntry(value, definition.indices, lengths(shape), shape, environment, reference);
}

/** An expression for one entry, at all positions of its indices; the last index runs fastest. */
export function entryByEntry(
  e: Expression,
  indices: readonly string[],
  extents: readonly number[],
  shape: readonly number[],
  environment: Environment,
  reference: Reference,
): NumericArray {
  const data = new Float64Array(extents.reduce((product, n) => product * n, 1));
  for (let k = 0; k < data.length; k++) {
    const at = new Map(environment.indices ?? []);
    let rest = k;
    for (let axis = extents.length - 1; axis >= 0; axis--) {
      at.set(indices[axis]!, (rest % extents[axis]!) + 1);
      rest = Math.floor(rest / extents[axis]!);
    }
    data[k] = referenceValue(e, { ...environment, indices: at }, reference).data[0]!;
  }
  return array(shape, data);
}

/** sum_i, mean_i or prod_i of something with a derivative in it: position by position, where its conditions hold. */
function summed(e: SumOver, environment: Environment, reference: Reference): NumericArray {
  const { index, range, conditions = [], how, body } = e;
  const at = (n: number): Environment => ({
    ...environment,
    indices: new Map([...(environment.indices ?? []), [index, n] as const]),
  });
  const end = (size: Expression): number => referenceValue(size, environment, reference).data[0]!;
  const dim = reference.checked.freeIndices(body).get(index);
  const [from, to] = range ? [end(range.from), end(range.to)] : [1, dim && evaluateDim(dim, environment.sizes)];
  if (to === undefined) return refuse({ kind: 'index', message: `nothing says how far ${index} runs` });
  const places = Array.from({ length: to - from + 1 }, (_, n) => at(from + n));
  const holds = (there: Environment): boolean =>
    conditions.every((condition) => referenceValue(condition, there, reference).data[0] === 1);
  const terms = places.filter(holds).map((there) => referenceValue(body, there, reference));
  const [first] = terms;
  if (!first) return array([], Float64Array.of(how === 'prod' ? 1 : 0));
  const [start, divisor] = [how === 'prod' ? 1 : 0, how === 'mean' ? places.length : 1];
  const joined = (total: number, next: number): number => (how === 'prod' ? total * next : total + next);
  return array(
    first.shape,
    first.data.map((_, k) => terms.reduce((total, { data }) => joined(total, data[k]!), start) / divisor),
  );
}

function derivative(call: DerivativeCall, environment: Environment, reference: Reference): NumericArray {
  if (call.kind === 'differential') return differential(call.of, environment, reference);
  const { layout } = reference.checked;
  if (!layout || (call.kind !== 'grad' && call.kind !== 'jacobian' && call.kind !== 'hessian'))
    return plainDerivative(call, environment, reference);
  if (layout === 'differential') return alongDifferential(call, environment, reference);
  const entries = plainDerivative(call, environment, reference);
  if (call.kind === 'hessian') return entries;
  return laidOut(entries, layout, reference.checked.shapeOf(call.of), reference.checked.shapeOf(call.by!));
}

/** The entries that a derivative has without a layout, put where the layout has them. */
export function laidOut({ shape, data }: NumericArray, layout: Layout | undefined, y: Shape, x: Shape): NumericArray {
  const turned = turnedBy(layout, y, x);
  if (!turned) return array(shape, data);
  const [rows, columns] =
    turned === 'both'
      ? [axesOf(y).length, axesOf(x).length].map((count, n) =>
          (n === 0 ? shape.slice(0, count) : shape.slice(-count)).reduce((product, size) => product * size, 1),
        )
      : [shape[0] ?? 1, shape[1] ?? 1];
  const made = data.map((_, k) => data[(k % rows!) * columns! + Math.floor(k / rows!)]!);
  const own = turned === 'both' ? axesOf(y).length : shape.length - 1;
  return array([...shape.slice(own), ...shape.slice(0, own)], made);
}

/** Along the dx that is given, twice for a hessian. */
function alongDifferential(call: DerivativeCall, environment: Environment, reference: Reference): NumericArray {
  const { name, value } = baseOf(call.by!, environment, reference);
  const dx = environment.values.get(differentialName(name));
  if (!dx) return refuse({ kind: 'value', message: `${differentialName(name)} has no value` });
  const y = referenceValue(call.of, environment, reference);
  const along = (point: Float64Array): Float64Array =>
    referenceValue(call.of, moved(name, value, point, environment), reference).data;
  if (call.kind === 'hessian')
    return array(
      [],
      Float64Array.of(secondDirectional((point) => along(point)[0]!, value.data, dx.data, reference.steps)),
    );
  return array(y.shape, directionalOfVector(along, value.data, dx.data, reference.steps));
}

function plainDerivative(call: DerivativeCall, environment: Environment, reference: Reference): NumericArray {
  const { steps } = reference;
  const x = referenceValue(call.by!, environment, reference);
  const y = referenceValue(call.of, environment, reference);
  const along = withEntries(call, y, environment, reference);
  const value = (point: Float64Array): number => along(point)[0]!;
  const moves = (): readonly Float64Array[] => directionsWithin(call.within, x);
  const direction = (): Float64Array => referenceValue(call.direction!, environment, reference).data;
  switch (call.kind) {
    case 'grad':
    case 'jacobian':
      return array(stacked(y.shape, x.shape), join(jacobianByDifferences(along, x.data, steps, moves())));
    case 'hessian':
      return array(
        stacked(x.shape, x.shape),
        join(moves().map((move) => secondAlong(value, x.data, move, moves(), steps))),
      );
    case 'jvp':
      return array(y.shape, directionalOfVector(along, x.data, direction(), steps));
    case 'vjp':
      return array(x.shape, weighted(direction(), jacobianByDifferences(along, x.data, steps, moves()), x.data.length));
    case 'hvp':
      return array(x.shape, secondAlong(value, x.data, direction(), moves(), steps));
    case 'differential':
      throw new InvariantError('differentials are found for all variables at once');
  }
}

/** What a derivative is taken of, with these entries of what it is taken by. */
function withEntries(
  call: DerivativeCall,
  y: NumericArray,
  environment: Environment,
  reference: Reference,
): (entries: Float64Array) => Float64Array {
  const { name, value, restored } = baseOf(call.by!, environment, reference);
  if (!reference.checked.definitions.has(name))
    return (entries) => referenceValue(call.of, moved(name, value, restored(entries), environment), reference).data;
  const read =
    reference.reading?.(call, environment) ??
    refuse({ kind: 'question', message: `derivatives by ${name} cannot be tried by numbers alone` });
  // The one thing that is taken over from the terms: where they read the name. At the point itself it must make no difference.
  const here = largestRelativeError(array([y.data.length], y.data), array([y.data.length], read(value.data)));
  if (here > 1e-6) refuse({ kind: 'value', message: `with ${name} for what spells it out the value is another one` });
  return (entries) => read(restored(entries));
}

interface Base {
  readonly name: string;
  readonly value: NumericArray;
  /** The entries of the rearrangement, put back into the order of the name's own. */
  readonly restored: (entries: Float64Array) => Float64Array;
}
/** vec(X) and X' vary with X, and so does a name for them: which name moves, and where does each entry stand in it? */
function baseOf(by: Expression, environment: Environment, reference: Reference): Base {
  const { checked } = reference;
  const name = nameBehind(by)!.name;
  const outer = orderIn(by, name, environment, reference)!;
  const definition = checked.definitions.get(name) && environment.definitions!.get(name)!;
  const [only, ...others] = definition
    ? [...freeNames(definition)].filter((used) => checked.variables.has(used) || checked.definitions.has(used))
    : [];
  const inner = only && others.length === 0 ? orderIn({ kind: 'name', name }, only, environment, reference) : undefined;
  const base: Base = inner
    ? baseOf({ kind: 'name', name: only! }, environment, reference)
    : { name, value: referenceValue({ kind: 'name', name }, environment, reference), restored: (entries) => entries };
  const order = inner ? outer.map((k) => inner[k]!) : outer;
  return {
    ...base,
    restored: (entries) => {
      const own = new Float64Array(entries.length);
      order.forEach((k, n) => (own[k] = entries[n]!));
      return base.restored(own);
    },
  };
}

/** For each entry of an expression the entry of the name that it is; undefined where it is none. */
function orderIn(
  e: Expression,
  name: string,
  environment: Environment,
  reference: Reference,
): readonly number[] | undefined {
  const x = referenceValue({ kind: 'name', name }, environment, reference);
  const [negative, squares] = [x.data.map((_, k) => -1.5 - k), x.data.map((_, k) => k * k + 0.5)];
  const image = (given: Float64Array): Float64Array =>
    referenceValue(e, moved(name, x, given, environment), reference).data;
  // Where such values have no image, as a singular matrix has no inverse, it is no rearrangement either.
  const found = attempt(() => [image(negative), image(squares)] as const);
  if (!found.ok) return undefined;
  const [ofNegative, ofSquares] = found.value;
  const order = Array.from(ofNegative, (value) => negative.indexOf(value));
  const isRearranged =
    order.length === x.data.length &&
    new Set(order).size === order.length &&
    order.every((k, n) => k >= 0 && ofSquares[n] === squares[k]);
  return isRearranged ? order : undefined;
}

const weighted = (weights: Float64Array, rows: readonly Float64Array[], length: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => rows.reduce((total, row, i) => total + weights[i]! * row[k]!, 0));

const moved = (name: string, x: NumericArray, point: Float64Array, environment: Environment): Environment => ({
  ...environment,
  values: new Map([...environment.values, [name, array(x.shape, point)]]),
});

/**
 * What is linear in random quantities has the same mean under every distribution with their means: half of the time so much
 * above and half of the time as much below. Where two such distributions disagree, it was not linear.
 */
function expected({ arguments: [of] }: Call, environment: Environment, reference: Reference): NumericArray {
  const { variables } = reference.checked;
  const names = namesBehind(of!, environment.definitions ?? new Map());
  const random = [...variables.values()].filter(({ name, facts }) => names.has(name) && isRandom(facts));
  const centers = random.map(({ name, shape, moments }) => {
    if (!moments?.mean) return refuse({ kind: 'value', message: `nothing is known of the mean of ${name}` });
    const mean = referenceValue(moments.mean, environment, reference);
    const extents = numericShape(shape, environment.sizes);
    const count = extents.reduce((product, n) => product * n, 1);
    return array(
      extents,
      Float64Array.from({ length: count }, (_, k) => mean.data[mean.data.length === 1 ? 0 : k]!),
    );
  });
  const at = (side: number, distribution: number): NumericArray => {
    const away = (n: number, k: number): number =>
      side * (0.2 + 0.1 * ((k * (distribution + 2) + n + distribution) % 5)) * (k % 2 === 0 ? 1 : -1);
    const moved = random.map(
      ({ name }, n) =>
        [
          name,
          array(
            centers[n]!.shape,
            centers[n]!.data.map((center, k) => center + away(n, k)),
          ),
        ] as const,
    );
    return referenceValue(of!, { ...environment, values: new Map([...environment.values, ...moved]) }, reference);
  };
  const means = [0, 1].map((distribution) => {
    const [above, below] = [at(1, distribution), at(-1, distribution)];
    return array(
      above.shape,
      above.data.map((value, k) => (value + below.data[k]!) / 2),
    );
  }) as [NumericArray, NumericArray];
  if (largestRelativeError(...means) > 1e-6) refuse({ kind: 'value', message: 'this is not linear in what is random' });
  return means[0];
}

/** The names that it speaks of, and those that their definitions do. */
function namesBehind(e: Expression, definitions: ReadonlyMap<string, Expression>): ReadonlySet<string> {
  const found = new Set(freeNames(e));
  // A set's members are visited in the order of insertion, new ones too.
  for (const name of found) for (const used of freeNames(definitions.get(name) ?? e)) found.add(used);
  return found;
}

/** d(y): along dx for all variables x at once. */
function differential(of: Expression, environment: Environment, reference: Reference): NumericArray {
  const y = referenceValue(of, environment, reference);
  const total = new Float64Array(y.data.length);
  for (const name of reference.checked.variables.keys()) {
    const x = environment.values.get(name);
    const dx = environment.values.get(differentialName(name));
    if (!x || !dx) continue;
    const along = (point: Float64Array): Float64Array =>
      referenceValue(of, moved(name, x, point, environment), reference).data;
    directionalOfVector(along, x.data, dx.data, reference.steps).forEach((change, k) => (total[k]! += change));
  }
  return array(y.shape, total);
}

/** shape(y) ++ shape(x), a vector counting as one axis; a scalar on one side leaves the shape of the other. */
function stacked(y: readonly number[], x: readonly number[]): readonly number[] {
  if (y.length === 0) return x;
  return x.length === 0 ? y : [...lengths(y), ...lengths(x)];
}
const join = (rows: readonly Float64Array[]): Float64Array => Float64Array.from(rows.flatMap((row) => [...row]));
/** Hessian*direction, entry by entry from second differences: u'*H*v = (q(u + v) - q(u - v))/4. */
function secondAlong(
  f: (x: Float64Array) => number,
  x: Float64Array,
  direction: Float64Array,
  units: readonly Float64Array[],
  steps: Steps,
): Float64Array {
  return Float64Array.from(units, (unit) => {
    const [sum, difference] = [unit.map((u, k) => u + direction[k]!), unit.map((u, k) => u - direction[k]!)];
    return (secondDirectional(f, x, sum, steps) - secondDirectional(f, x, difference, steps)) / 4;
  });
}

// ---- the user's functions spelled out
// What does an expression say without functions of the user's own? f(s) is the value of f with s put in.

/** Their arguments are sizes or positions, which stand for themselves. */
const isOpaque = ({ name }: Call): boolean => takesSizesOnly(name) || positionFunctions.has(name);

export function spelledOut(root: Expression, checked: CheckedProgram): Expression {
  const known = new Map<Expression, Expression>();
  const visit = (e: Expression): Expression => {
    const done = known.get(e);
    if (done) return done;
    const made = e.kind === 'call' ? visitCall(e) : e.kind === 'name' ? visitName(e) : withParts(e, visit);
    known.set(e, made);
    return made;
  };
  /** J_f alone is J_f(s). Other names may be indices, which are not to be looked up. */
  const visitName = (e: Name): Expression => {
    if (!derivedFunction(e.name, checked) || checked.variables.has(e.name) || checked.definitions.has(e.name)) return e;
    return visit(checked.inlined(e));
  };
  const visitCall = (e: Call): Expression => {
    if (isOpaque(e)) return e;
    const stands = checked.inlined(e);
    return stands === e ? withParts(e, visit) : visit(stands);
  };
  return visit(root);
}

/** No name that a program can have. */
export const differentialName = (name: string): string => `d(${name})`;

/** An answer in differentials: d(x) is a value of its own there. */
export function withDifferentialNames(root: Expression): Expression {
  const known = new Map<Expression, Expression>();
  const visit = (e: Expression): Expression => {
    const done = known.get(e);
    if (done) return done;
    const [of] = e.kind === 'call' && e.name === 'd' ? e.arguments : [];
    const made: Expression =
      of?.kind === 'name' ? { kind: 'name', name: differentialName(of.name) } : withParts(e, visit);
    known.set(e, made);
    return made;
  };
  return visit(root);
}
