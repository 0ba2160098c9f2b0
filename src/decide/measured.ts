/**
 * What does an expression come to by definitions alone, and how sure is that? The interpreter evaluates the text; derivatives are
 * differences. Those are taken in four ways, and only where all agree is there a derivative, and are they it: a kink at the
 * point has slopes of its own on either side, and next to a kink or a pole shorter steps find something else.
 */
import type { NumericArray } from '../evaluate/array.ts';
import { freeNames } from '../syntax/parts.ts';
import type { Environment } from '../evaluate/interpret.ts';
import type { Steps } from '../evaluate/differences.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { Expression } from '../syntax/tree.ts';
import { asksForLimit, type Reading, type Reference, referenceFor, referenceValue, spelledOut } from './reference.ts';

/** The texts of a claim, as the interpreter reads them. */
export interface ClaimText {
  readonly left: Expression;
  readonly right: Expression;
  readonly definitions: ReadonlyMap<string, Expression>;
  readonly reference: Reference;
}

export interface Measured {
  readonly value: NumericArray;
  /** How far the ways of taking differences are apart at most; 0 where there are none. */
  readonly error: number;
}

const otherSteps: readonly Steps[] = [
  { side: 'both', reach: 1 / 8 },
  { side: 'ahead', reach: 1 },
  { side: 'behind', reach: 1 },
];

export function measured(e: Expression, environment: Environment, reference: Reference): Measured {
  const value = referenceValue(e, environment, reference);
  if (!restsOnDerivatives(e, reference)) return { value, error: 0 };
  const others = otherSteps.map((steps) => referenceValue(e, environment, { ...reference, steps }).data);
  const error = others.flatMap((other) => Array.from(other, (x, k) => Math.abs(x - value.data[k]!)));
  return { value, error: Math.max(0, ...error) };
}

const restsOnDerivatives = (e: Expression, { derived, checked }: Reference): boolean =>
  asksForLimit(e, checked) || [...freeNames(e)].some((name) => derived.has(name));

/** `reading`: for derivatives by defined names, where the terms say where the name stands. */
export function claimText(
  { left, right }: { readonly left: Expression; readonly right: Expression },
  checked: CheckedProgram,
  reading: Reading,
): ClaimText {
  const definitions = new Map(
    [...checked.definitions.values()].map(({ name, value }) => [name, spelledOut(value, checked)]),
  );
  return {
    left: spelledOut(left, checked),
    right: spelledOut(right, checked),
    definitions,
    reference: referenceFor(checked, definitions, reading),
  };
}
