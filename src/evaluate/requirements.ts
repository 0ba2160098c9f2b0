/** Does a condition of a function's record hold for these arguments? */
import { invariant } from '../basics/invariant.ts';
import { parseExpression } from '../parse/parse.ts';
import type { Expression } from '../syntax/tree.ts';
import type { EntrywiseRecord, Requirement } from '../../rules/functions/index.ts';
import { scalar } from './array.ts';
import { interpret } from './interpret.ts';

const parsed = new Map<string, Expression>();
export function formula(text: string): Expression {
  let known = parsed.get(text);
  if (!known) {
    const outcome = parseExpression(text);
    invariant(outcome.ok, `“${text}” is an expression`);
    parsed.set(text, (known = outcome.value));
  }
  return known;
}

/** What each need says of one number. */
export const holdsOf: Readonly<Record<Requirement['needs'], (value: number) => boolean>> = {
  positive: (x) => x > 0,
  nonnegative: (x) => x >= 0,
  nonzero: (x) => x !== 0,
  'inside-unit': (x) => Math.abs(x) < 1,
  unit: (x) => Math.abs(x) <= 1,
  probability: (x) => x > 0 && x < 1,
  'off-poles': (x) => x > 0 || !Number.isInteger(x),
  'not-integer': (x) => !Number.isInteger(x),
  natural: (x) => x >= 0 && Number.isInteger(x),
  // Of whole arrays; a number meets them, or is asked otherwise.
  invertible: (x) => x !== 0,
  'unique-maximum': () => true,
  'unique-minimum': () => true,
};

export function requirementHolds(
  { needs, of }: Requirement,
  record: Pick<EntrywiseRecord, 'arguments'>,
  args: readonly number[],
): boolean {
  const values = new Map(record.arguments.map((name, n) => [name, scalar(args[n]!)]));
  return holdsOf[needs](interpret(formula(of), { values, sizes: {} }).data[0]!);
}
