/** Which conditions are met by what is known of the names, and which can never be met? */
import {
  isInteger,
  isInvertible,
  isNonzero,
  type Matrix,
  neverInvertible,
  neverNonnegative,
  neverNonzero,
  neverPositive,
  neverWithin,
  sign,
} from '../assume/assume.ts';
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { follows } from '../syntax/facts.ts';
import type { Bound } from '../terms/node.ts';
import { type Range, rangeOf } from '../terms/sign.ts';
import type { Condition, Need } from './conditions.ts';
import { say } from './scope.ts';
import type { Value } from './values.ts';
import type { World } from './world.ts';

function matrixOf({ term, axes }: Value): Matrix | undefined {
  const [rows, columns] = axes as readonly (readonly Bound[])[];
  return axes.length === 2 ? { term, rows: rows!, columns: columns! } : undefined;
}
const isWithin = (value: Value, ...signs: readonly string[]): boolean => {
  const found = sign(value.term);
  return found.known === 'yes' && signs.includes(found.value);
};

/** What is met in every entry where these ends are not left, or not even reached. */
const intervals = {
  'inside-unit': { least: Q.minusOne, most: Q.one, isOpenBelow: true, isOpenAbove: true },
  unit: { least: Q.minusOne, most: Q.one },
  probability: { least: Q.zero, most: Q.one, isOpenBelow: true, isOpenAbove: true },
} as const satisfies Partial<Record<Need, Range>>;
const isInterval = (needs: Need): needs is keyof typeof intervals => Object.hasOwn(intervals, needs);
type Interval = Range & { readonly least: Q.Rational; readonly most: Q.Rational };

function isInside({ least, most, isOpenBelow, isOpenAbove }: Range, interval: Interval): boolean {
  if (!least || !most) return false;
  const [below, above] = [Q.compare(interval.least, least), Q.compare(most, interval.most)];
  return (
    (below < 0 || (below === 0 && (isOpenBelow === true || !interval.isOpenBelow))) &&
    (above < 0 || (above === 0 && (isOpenAbove === true || !interval.isOpenAbove)))
  );
}

export function isSettled(
  { needs, of, whole }: Pick<Condition, 'needs' | 'of' | 'whole'>,
  world: Pick<World, 'evaluate' | 'checked'>,
): boolean {
  const value = world.evaluate(of);
  if (isInterval(needs)) return isInside(rangeOf(value.term), intervals[needs]);
  switch (needs) {
    case 'invertible': {
      const matrix = matrixOf(value);
      return matrix !== undefined && isInvertible(matrix).known === 'yes';
    }
    case 'positive':
    case 'off-poles':
      // Gamma has no poles on the right.
      return isWithin(value, 'positive');
    case 'nonnegative':
      return isWithin(value, 'positive', 'nonnegative', 'zero');
    case 'nonzero':
      return isNonzero(value.term).known === 'yes' || (whole === true && isNeverZero(value, world, of));
    case 'natural':
      return isWithin(value, 'positive', 'nonnegative', 'zero') && isInteger(value.term).known === 'yes';
    default:
      return false;
  }
}

/** Not zero as a whole, though single entries may be. */
function isNeverZero(value: Value, { checked }: Pick<World, 'checked'>, of: Condition['of']): boolean {
  const stated = of.kind === 'name' ? (checked.variables.get(of.name) ?? checked.definitions.get(of.name)) : undefined;
  if (stated && follows('nonzero', stated.facts)) return true;
  const matrix = matrixOf(value);
  return matrix !== undefined && isInvertible(matrix).known === 'yes';
}

/** Why a condition can never be met, for all but finitely many sizes; undefined where it can. */
function whyNever({ needs, of, whole }: Condition, world: World): string | undefined {
  const value = world.evaluate(of);
  if (isInterval(needs)) return neverWithin(value.term, intervals[needs]);
  switch (needs) {
    case 'invertible': {
      const matrix = matrixOf(value);
      return matrix && neverInvertible(matrix);
    }
    case 'positive':
      return neverPositive(value);
    case 'nonnegative':
    case 'natural':
      return neverNonnegative(value.term);
    case 'nonzero':
      return neverNonzero(whole ? { ...value, axes: [] } : value);
    default:
      return undefined;
  }
}

/** Refuses what has a value nowhere: the inverse of x*y', the logarithm of -exp(x). */
export function refuseEmptyDomain(conditions: readonly Condition[], world: World): void {
  for (const condition of conditions) {
    const why = condition.kind === 'domain' ? whyNever(condition, world) : undefined;
    if (why === undefined) continue;
    const { of, because } = condition;
    refuse({
      kind: 'domain',
      message: `${because} has no value: ${say(of, 'its argument')} must be ${must[condition.needs]}, but ${why}`,
      span: of.span,
    });
  }
}
const must: Readonly<Record<Need, string>> = {
  positive: 'positive',
  nonnegative: 'nonnegative',
  nonzero: 'other than 0',
  invertible: 'invertible',
  'unique-maximum': 'without equal largest entries',
  'unique-minimum': 'without equal smallest entries',
  'inside-unit': 'between -1 and 1',
  unit: 'between -1 and 1',
  probability: 'between 0 and 1',
  'off-poles': 'off the poles of Gamma',
  'not-integer': 'no integer',
  natural: 'a natural number',
};
