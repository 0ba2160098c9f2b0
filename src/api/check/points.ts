/** Where is an answer tried out? At random points that satisfy the facts, away from where the answer does not exist or has a kink. */
import { attempt, Refusal } from '../../basics/problem.ts';
import type { Condition } from '../../elaborate/conditions.ts';
import type { CheckedProgram, Variable } from '../../elaborate/scope.ts';
import { array, type NumericArray } from '../../evaluate/array.ts';
import type { Environment } from '../../evaluate/interpret.ts';
import { randomValue } from '../../evaluate/points.ts';
import { type Random, randomNumbers } from '../../evaluate/random.ts';
import { type Dim, evaluateDim } from '../../shape/dim.ts';
import { factsInside } from '../../syntax/facts.ts';
import type { Fact, Expression } from '../../syntax/tree.ts';
import type { SizeNumbers } from '../given.ts';
import { holdsAt } from './conditions-hold.ts';
import { numericShape, type Reference } from '../../verify/reference.ts';
import { differentialName } from '../../verify/spelled-out.ts';
import { type StandIns, standInsFor } from './test-functions.ts';

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
