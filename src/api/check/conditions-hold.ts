/** Does a condition hold at a point, with some distance to spare? Finite differences look around the point. */
import type { Condition } from '../../elaborate/conditions.ts';
import type { CheckedProgram } from '../../elaborate/scope.ts';
import type { NumericArray } from '../../evaluate/array.ts';
import type { Environment } from '../../evaluate/interpret.ts';
import { evaluateDim } from '../../shape/dim.ts';
import { call } from '../../syntax/build.ts';
import type { Expression } from '../../syntax/tree.ts';
import { type Reference, referenceValue } from '../../verify/reference.ts';
import { spelledOut } from '../../verify/spelled-out.ts';

const margin = 0.05;

export function holdsAt(
  { needs, of, whole }: Condition,
  environment: Environment,
  reference: Reference,
  checked: CheckedProgram,
): boolean {
  const value = (e: Expression): NumericArray => referenceValue(e, environment, reference);
  const plain = spelledOut(of, checked);
  if (needs === 'invertible') return Math.abs(value(call('det', plain)).data[0]!) > margin;
  const entries = everyPosition(plain, environment, checked).flatMap((at) => [
    ...referenceValue(plain, at, reference).data,
  ]);
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
      return gap(entries.map((x) => -x)) > margin;
    case 'unique-maximum':
      return gap(entries) > margin;
  }
}

/** By how much the largest entry stands out. */
function gap(entries: readonly number[]): number {
  const [first = 0, second = -Infinity] = entries.toSorted((a, b) => b - a);
  return first - second;
}

/** z[j] inside sum_j: at every j. */
function everyPosition(e: Expression, environment: Environment, checked: CheckedProgram): readonly Environment[] {
  let all: readonly Environment[] = [environment];
  for (const [name, dim] of checked.freeIndices(e)) {
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
