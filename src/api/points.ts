/**
 * Where is an answer tried out? At random points that satisfy the facts, away from where it does not exist or has a
 * kink.
 */
import type { SizeNumbers } from './given.ts';
import { isPrincipal } from '../evaluate/spectral.ts';
import { attempt, Refusal } from '../basics/problem.ts';
import type { Condition } from '../elaborate/conditions.ts';
import type { CheckedProgram, Variable, UnknownFunction } from '../elaborate/scope.ts';
import { array, type NumericArray, rowsOf } from '../evaluate/array.ts';
import { transpose } from '../evaluate/linear-algebra.ts';
import type { Environment, TestFunction } from '../evaluate/interpret.ts';
import { randomValue, type Random, randomNumbers } from '../evaluate/points.ts';
import type { HandedFunction } from '../loops/emit/javascript.ts';
import { type Dim, evaluateDim } from '../shape/dim.ts';
import { call } from '../syntax/build.ts';
import { factsInside } from '../syntax/facts.ts';
import type { Fact, Expression } from '../syntax/tree.ts';
import { numericShape, type Reference, referenceValue, differentialName, spelledOut } from '../decide/reference.ts';
import { gentle, type StandIn, standInFor } from '../decide/stand-ins.ts';
import { resultName } from '../syntax/unknown.ts';

export interface Point {
  readonly sizes: SizeNumbers;
  readonly values: ReadonlyMap<string, NumericArray>;
  readonly positions: Readonly<Record<string, number>>;
  readonly standIns: StandIns;
  readonly environment: Environment;
}

export interface PointRequest {
  readonly checked: CheckedProgram;
  readonly definitions: ReadonlyMap<string, Expression>;
  readonly conditions: readonly Condition[];
  readonly reference: Reference;
  /** Indices that get positions. */
  readonly indices: readonly { readonly name: string; readonly dim: Dim }[];
}

const mostTries = 200;

/** Undefined where chance finds no point at which the answer exists. */
export function drawPoint(request: PointRequest, seed: number): Point | undefined {
  const random = randomNumbers(seed);
  for (let tries = 0; tries < mostTries; tries++) {
    const found = attempt(() => candidate(request, random, tries));
    // At some sizes there is no value: more orthonormal columns than rows.
    if (!found.ok) continue;
    const point = found.value;
    if (request.conditions.every((condition) => holdsSafely(condition, point, request))) return point;
  }
  return undefined;
}

function holdsSafely(condition: Condition, { environment }: Point, { reference, checked }: PointRequest): boolean {
  try {
    return holdsAt(condition, environment, reference, checked);
  } catch (error) {
    // A condition under an index that a sum binds, say: the comparison of the values will tell.
    if (error instanceof Refusal) return true;
    throw error;
  }
}

function candidate({ checked, definitions, indices, conditions }: PointRequest, random: Random, tries: number): Point {
  const sizes = Object.fromEntries([...checked.sizes].map((name) => [name, 2 + random.below(3)]));
  const positions = Object.fromEntries(
    indices.map(({ name, dim }) => [name, 1 + random.below(evaluateDim(dim, sizes) ?? 1)]),
  );
  const standIns = standInsFor(checked.functions, sizes);
  const values = new Map<string, NumericArray>();
  for (const variable of checked.variables.values()) {
    values.set(
      variable.name,
      draw(variable, { sizes, positions, random, helped: helpedBy(variable, conditions, tries) }),
    );
    const change = array(numericShape(variable.shape, sizes), random.normals(values.get(variable.name)!.data.length));
    values.set(differentialName(variable.name), change);
  }
  const environment: Environment = {
    values,
    sizes,
    functions: standIns.forInterpreter,
    definitions,
    indices: new Map(Object.entries(positions)),
  };
  return { sizes, values, positions, standIns, environment };
}

interface Drawing {
  readonly sizes: SizeNumbers;
  readonly positions: Readonly<Record<string, number>>;
  readonly random: Random;
  readonly helped: readonly Fact[];
}
function draw({ name, shape, facts, at }: Variable, { sizes, positions, random, helped }: Drawing): NumericArray {
  const position = at?.kind === 'name' ? positions[at.name] : at?.kind === 'number' ? Number(at.value.n) : undefined;
  return randomValue(
    { name, shape: numericShape(shape, sizes), facts: [...factsInside(facts), ...helped], at: position },
    random,
  );
}

/** Where chance alone hardly finds a point, as for log(x) with x in R^9, positive numbers are tried. */
function helpedBy({ facts }: Variable, conditions: readonly Condition[], tries: number): readonly Fact[] {
  const isFree = ![...facts].some((fact) => fact !== 'constant');
  const wantsPositive = conditions.some(
    ({ kind, needs }) => kind === 'domain' && (needs === 'positive' || needs === 'nonnegative'),
  );
  return tries % 2 === 1 && isFree && wantsPositive ? ['positive'] : [];
}

// ---- conditions
// Does a condition hold at a point, with some distance to spare? Finite differences look around the point.

const margin = 0.05;

export function holdsAt(
  { needs, of, whole, along, only = [] }: Condition,
  environment: Environment,
  reference: Reference,
  checked: CheckedProgram,
): boolean {
  const value = (e: Expression): NumericArray => referenceValue(e, environment, reference);
  const plain = spelledOut(of, checked);
  if (needs === 'definite') return value(call('eigmin', plain)).data[0]! > margin;
  if (needs === 'principal') return isPrincipal(value(plain), margin);
  if (needs === 'invertible') return Math.abs(value(call('det', plain)).data[0]!) > margin;
  const positions = everyPosition([plain, ...only], environment, checked).filter((at) =>
    only.every((c) => referenceValue(c, at, reference).data[0] === 1),
  );
  const arrays = positions.map((at) => referenceValue(plain, at, reference));
  const entries = arrays.flatMap(({ data }) => [...data]);
  const groups = arrays.flatMap((a) => (along === 1 ? rowsOf(transpose(a)) : along === 2 ? rowsOf(a) : [a.data]));
  switch (needs) {
    case 'positive':
      return entries.every((x) => x > margin);
    case 'nonnegative':
      return entries.every((x) => x >= 0);
    case 'nonzero':
      return whole ? Math.hypot(...entries) > margin : entries.every((x) => Math.abs(x) > margin);
    case 'inside-unit':
      return entries.every((x) => Math.abs(x) < 1 - margin);
    case 'unit':
      return entries.every((x) => Math.abs(x) <= 1);
    case 'probability':
      return entries.every((x) => x > margin && x < 1 - margin);
    case 'off-poles':
      return entries.every((x) => x > margin || Math.abs(x - Math.round(x)) > margin);
    case 'not-integer':
      return entries.every((x) => Math.abs(x - Math.round(x)) > margin);
    case 'natural':
      return entries.every((x) => x >= 0 && Number.isInteger(x));
    case 'unique-minimum':
      return groups.every((group) => gap(group.map((x) => -x)) > margin);
    case 'unique-maximum':
      return groups.every((group) => gap(group) > margin);
    case 'distinct':
      return groups.every((group) => closest(group) > margin);
  }
}

/** How near do two entries come to each other? */
function closest(entries: Float64Array): number {
  const sorted = entries.toSorted();
  return Math.min(...sorted.slice(1).map((entry, n) => entry - sorted[n]!));
}
/** By how much the largest entry stands out. */
function gap(entries: Float64Array): number {
  const [first = 0, second = -Infinity] = entries.toSorted((a, b) => b - a);
  return first - second;
}

/** z[j] inside sum_j: at every j. */
function everyPosition(
  es: readonly Expression[],
  environment: Environment,
  checked: CheckedProgram,
): readonly Environment[] {
  let all: readonly Environment[] = [environment];
  for (const [name, dim] of new Map(es.flatMap((e) => [...checked.freeIndices(e)]))) {
    if (environment.indices?.has(name)) continue;
    const size = evaluateDim(dim, environment.sizes) ?? 1;
    all = all.flatMap((one) =>
      Array.from({ length: size }, (_, n) => ({
        ...one,
        indices: new Map([...(one.indices ?? []), [name, n + 1] as const]),
      })),
    );
  }
  return all;
}

// ---- unknown functions

export interface StandIns {
  readonly forInterpreter: ReadonlyMap<string, TestFunction>;
  readonly forEvaluator: Readonly<Record<string, HandedFunction>>;
}

export function standInsFor(functions: ReadonlyMap<string, UnknownFunction>, sizes: SizeNumbers): StandIns {
  const all = [...functions.values()].map((declared, n) => standInFor(declared, n, sizes, gentle));
  return {
    forInterpreter: new Map(all.map(({ declared, interpreted }) => [declared.name, interpreted])),
    forEvaluator: Object.fromEntries(all.map((one) => [one.declared.name, handed(one)])),
  };
}

const mostOrder = 5;
/** Every derivative that code may ask for, by its name. */
function handed({ declared: { from }, entries }: StandIn): HandedFunction {
  let orders: readonly (readonly number[])[] = [[]];
  const all = [...orders];
  for (let order = 1; order <= mostOrder; order++) {
    orders = orders.flatMap((by) => from.flatMap((_, n) => (n + 1 < (by.at(-1) ?? 0) ? [] : [[...by, n + 1]])));
    all.push(...orders);
  }
  return Object.fromEntries(
    all.map((by) => [
      resultName(by, from.length),
      (...arrays: readonly Float64Array[]): void =>
        arrays.at(-1)!.set(
          entries(
            by,
            arrays.slice(0, -1).flatMap((x) => [...x]),
          ),
        ),
    ]),
  );
}
