/** Which conditions are met by what is known of the names, and which can never be met? */
import {
  alwaysPole,
  isDefinite,
  isInteger,
  isInvertible,
  isNonzero,
  type Matrix,
  neverInteger,
  neverInvertible,
  neverNonnegative,
  neverNonzero,
  neverPositive,
  neverWithin,
  sign,
} from '../assume/assume.ts';
import { attempt, refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { call } from '../syntax/build.ts';
import { follows } from '../syntax/facts.ts';
import type { Expression } from '../syntax/tree.ts';
import { sizeOf } from '../shape/dim.ts';
import { contract, isZero, minus, number, rename } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { type Range, rangeOf, type Sign } from '../terms/sign.ts';
import type { Condition, Need } from './conditions.ts';
import { holdsOf } from '../evaluate/holds.ts';
import { say } from './scope.ts';
import { matrixOf, type Value } from './values.ts';
import type { World } from './world.ts';

const isWithin = (t: Term, ...signs: readonly Sign[]): boolean => {
  const found = sign(t);
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

/** How terms are simplified before they are looked at: with the rules about facts, where a caller has them. */
export type Simplify = (t: Term) => Term;
const asItIs: Simplify = (t) => t;

/** ones(n, n) has one number for its entries, and no inverse. */
const isOfWholeArray = (needs: Need, { axes }: Value): boolean =>
  axes.length > 0 && ['invertible', 'principal', 'definite'].includes(needs);

/** Numbers are tried; the rest is known of signs, ranges and facts, or not. */
export function isSettled(
  { needs, of, whole }: Pick<Condition, 'needs' | 'of' | 'whole'>,
  world: Pick<World, 'evaluate' | 'checked'>,
  simplify: Simplify = asItIs,
): boolean {
  const evaluated = world.evaluate(of);
  const value = { ...evaluated, term: simplify(evaluated.term) };
  const { node } = value.term;
  if (node.kind === 'number' && !isOfWholeArray(needs, value)) return holdsOf[needs](Q.toNumber(node.value));
  if (isInterval(needs)) return isWithinInterval(value.term, intervals[needs], simplify);
  switch (needs) {
    case 'invertible': {
      const matrix = matrixOf(value);
      return matrix !== undefined && isInvertible(matrix).known === 'yes';
    }
    case 'definite':
    case 'principal': {
      const matrix = matrixOf(value);
      return matrix !== undefined && isDefinite(matrix).known === 'yes';
    }
    case 'positive':
    case 'off-poles':
      // Gamma has no poles on the right.
      return isWithin(value.term, 'positive');
    case 'nonnegative':
      return isWithin(value.term, 'positive', 'nonnegative', 'zero');
    case 'nonzero':
      return isNonzero(value.term).known === 'yes' || (whole === true && isNeverZero(value, world, of));
    case 'natural':
      return isWithin(value.term, 'positive', 'nonnegative', 'zero') && isInteger(value.term).known === 'yes';
    default:
      return false;
  }
}

/** Between two ends; or on the right side of each, where the distance has a sign: t/(1 + t) is below 1, since 1/(1 + t) is positive. */
function isWithinInterval(t: Term, interval: Interval, simplify: Simplify): boolean {
  if (isInside(rangeOf(t), interval)) return true;
  const reached = (isOpen: boolean | undefined): readonly Sign[] =>
    isOpen === true ? ['positive'] : ['positive', 'nonnegative', 'zero'];
  return (
    isWithin(simplify(minus(t, number(interval.least))), ...reached(interval.isOpenBelow)) &&
    isWithin(simplify(minus(number(interval.most), t)), ...reached(interval.isOpenAbove))
  );
}

/** Not zero as a whole, though single entries may be. */
function isNeverZero(value: Value, { checked }: Pick<World, 'checked'>, of: Condition['of']): boolean {
  const stated = of.kind === 'name' ? (checked.variables.get(of.name) ?? checked.definitions.get(of.name)) : undefined;
  if (stated && follows('nonzero', stated.facts)) return true;
  const matrix = matrixOf(value);
  return matrix !== undefined && isInvertible(matrix).known === 'yes';
}

/** More entries than this are not looked at one by one. */
const mostEntries = 64;
/** What is asked of an array, and not of each entry. */
const ofWholes: ReadonlySet<Need> = new Set([
  'invertible',
  'principal',
  'definite',
  'unique-maximum',
  'unique-minimum',
  'distinct',
]);
/** An entry that is a number, and not what is asked for. */
function wrongEntry({ needs, whole }: Pick<Condition, 'needs' | 'whole'>, { term, axes }: Value): string | undefined {
  if (ofWholes.has(needs)) return undefined;
  const bounds = axes.flat();
  const sizes = bounds.map(({ dim }) => sizeOf(dim));
  const count = sizes.reduce<number>((total, size) => total * (size ?? Infinity), 1);
  if (count > mostEntries) return undefined;
  const positions = sizes.reduce<readonly (readonly number[])[]>(
    (all, size) => all.flatMap((at) => Array.from({ length: size! }, (_, n) => [...at, n + 1])),
    [[]],
  );
  const wrong = positions.flatMap((at) => {
    const { node } = rename(term, new Map(bounds.map(({ index }, n) => [index, -at[n]!])));
    return node.kind === 'number' && !holdsOf[needs](Q.toNumber(node.value)) ? [{ at, value: node.value }] : [];
  });
  // A whole is other than 0 where one of its entries is.
  const [first] = wrong;
  if (!first || (whole && wrong.length < positions.length)) return undefined;
  const value = Q.toText(first.value);
  return first.at.length === 0 || whole ? `it is ${value}` : `its entry ${first.at.join(', ')} is ${value}`;
}

/** Refuses a question at numbers where it has no value: y./x at x = [0; 1]. `at` puts them in. */
export function refuseOutside(conditions: readonly Condition[], world: World, at: (t: Term) => Term): void {
  for (const condition of conditions) {
    const { kind, of, because, needs, divides, only } = condition;
    if (kind !== 'domain' || divides || only) continue;
    const evaluated = attempt(() => world.evaluate(of));
    if (!evaluated.ok) continue;
    const why = wrongEntry(condition, { ...evaluated.value, term: at(evaluated.value.term) });
    if (why === undefined) continue;
    refuse({
      kind: 'domain',
      message: `${because} has no value here: ${say(of, 'its argument')} must be ${must[needs]}, but ${why}`,
      span: of.span,
    });
  }
}

/** Why a condition can never be met, for all but finitely many sizes; undefined where it can. */
function whyNever({ needs, of, whole }: Condition, world: World, simplify: Simplify): string | undefined {
  const evaluated = world.evaluate(of);
  const value = { ...evaluated, term: simplify(evaluated.term) };
  return whyNeverOf({ needs, of, whole }, value, world, simplify) ?? wrongEntry({ needs, whole }, value);
}
function whyNeverOf(
  { needs, of, whole }: Pick<Condition, 'needs' | 'of' | 'whole'>,
  value: Value,
  world: World,
  simplify: Simplify,
): string | undefined {
  if (isInterval(needs)) return neverWithin(value.term, intervals[needs]);
  switch (needs) {
    case 'definite':
    case 'principal':
    case 'invertible': {
      const matrix = matrixOf(value);
      return matrix && (neverInvertible(matrix) ?? whySingular(of, matrix, world, simplify));
    }
    case 'positive':
      return neverPositive(value);
    case 'nonnegative':
      return neverNonnegative(value.term);
    case 'natural':
      return neverNonnegative(value.term) ?? neverInteger(value.term);
    case 'off-poles':
      return alwaysPole(value.term);
    case 'nonzero':
      return neverNonzero(whole ? { ...value, axes: [] } : value);
    default:
      return undefined;
  }
}

/** diag(p) - p*p' of a probability vector maps ones to 0; identities know determinants that the rank says nothing about. */
function whySingular(
  of: Expression,
  { term, rows, columns }: Matrix,
  world: World,
  simplify: Simplify,
): string | undefined {
  if (isZero(simplify(contract([term], columns)))) return 'its rows sum to 0';
  if (isZero(simplify(contract([term], rows)))) return 'its columns sum to 0';
  const determinant = attempt(() => simplify(world.evaluate(call('det', of)).term));
  return determinant.ok && isZero(determinant.value) ? 'its determinant is 0' : undefined;
}

/** Refuses what has a value nowhere: the inverse of x*y', the logarithm of -exp(x). */
export function refuseEmptyDomain(conditions: readonly Condition[], world: World, simplify: Simplify = asItIs): void {
  for (const condition of conditions) {
    const why = condition.kind === 'domain' ? whyNever(condition, world, simplify) : undefined;
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
  distinct: 'without equal entries',
  definite: 'positive definite',
  principal: 'without eigenvalues that are 0 or negative',
  'inside-unit': 'between -1 and 1',
  unit: 'between -1 and 1',
  probability: 'between 0 and 1',
  'off-poles': 'off the poles of Gamma',
  'not-integer': 'no integer',
  natural: 'a natural number',
};
