/** What does a delta, a pairing or a placed block say about positions? An equation: solved where it can be, tested where not. */
import { invariant } from '../basics/invariant.ts';
import {
  asCounter,
  combine,
  constantPosition,
  countersIn,
  quotient,
  rangeOf,
  remainder,
  shift,
  substitute,
  substituteCondition,
} from './position.ts';
import type { Condition, Counter, Position } from './program.ts';
import { sizeNumber } from './context.ts';
import type { Occurrence } from './values.ts';

/** Both sides are equal wherever the selector is 1. */
interface Equation {
  readonly left: Position;
  readonly right: Position;
}

export interface Solution {
  /** Counters that need no loop, since these positions take their place, in this order. */
  readonly replaced: readonly (readonly [counter: Counter, by: Position])[];
  /** What remains to be tested. */
  readonly conditions: readonly Condition[];
}

function equationOf({ node, at }: Occurrence, sizes: Readonly<Record<string, number>>): Equation {
  const [first, second, third] = at as [Position, Position, Position];
  if (node.kind === 'pairing') return { left: first, right: combine(second, sizeNumber(node.slots[2]!, sizes), third) };
  if (node.kind === 'block') return { left: first, right: shift(second, sizeNumber(node.offset, sizes)) };
  invariant(node.kind === 'delta', 'a selector is a delta, a pairing or a block');
  return { left: first, right: second };
}

/** The selector as a test, for places where its value is asked for. */
export function conditionOf(selector: Occurrence, sizes: Readonly<Record<string, number>>): Condition {
  return { relation: 'equal', ...equationOf(selector, sizes) };
}

const constantOf = (p: Position): number | undefined => (p.terms.length === 0 ? p.constant : undefined);

/** true or false where the counters do not matter. */
function decided({ relation, left, right }: Condition): boolean | undefined {
  const [leastLeft, mostLeft] = rangeOf(left);
  const [leastRight, mostRight] = rangeOf(right);
  if (relation === 'at-most') return mostLeft <= leastRight ? true : leastLeft > mostRight ? false : undefined;
  if (mostLeft < leastRight || mostRight < leastLeft) return false;
  const [a, b] = [constantOf(left), constantOf(right)];
  return a !== undefined && b !== undefined ? a === b : undefined;
}

/** Undefined: the selectors contradict each other, so that nothing is left to add. */
export function solve(selectors: readonly Occurrence[], sizes: Readonly<Record<string, number>>): Solution | undefined {
  const replaced: (readonly [Counter, Position])[] = [];
  let conditions: readonly Condition[] = [];
  const now = (p: Position): Position => replaced.reduce((q, [counter, by]) => substitute(q, counter, by), p);
  const replace = (counter: Counter, by: Position): void => {
    replaced.push([counter, by]);
    conditions = conditions.map((c) => substituteCondition(c, counter, by));
  };
  const equate = (left: Position, right: Position): boolean => {
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const counter = asCounter(from);
      if (!counter || countersIn([to]).has(counter)) continue;
      replace(counter, to);
      const [least, largest] = rangeOf(to);
      if (least < 0) conditions = [...conditions, { relation: 'at-most', left: constantPosition(0), right: to }];
      if (largest >= counter.extent)
        conditions = [...conditions, { relation: 'at-most', left: to, right: constantPosition(counter.extent - 1) }];
      return true;
    }
    return false;
  };

  for (const selector of selectors) {
    const { left, right } = equationOf({ node: selector.node, at: selector.at.map(now) }, sizes);
    if (equate(left, right)) continue;
    if (selector.node.kind === 'pairing' && solvePairing(selector, now, equate, sizes)) continue;
    if (selector.node.kind === 'block') {
      const part = now(selector.at[1]!);
      const offset = sizeNumber(selector.node.offset, sizes);
      if (asCounter(part) && equate(part, shift(left, -offset))) continue;
    }
    conditions = [...conditions, { relation: 'equal', left: now(left), right: now(right) }];
  }
  if (conditions.some((c) => decided(c) === false)) return undefined;
  return { replaced, conditions: conditions.filter((c) => decided(c) === undefined) };
}

/** The whole is known: its quotient and its remainder give the parts. */
function solvePairing(
  selector: Occurrence,
  now: (p: Position) => Position,
  equate: (left: Position, right: Position) => boolean,
  sizes: Readonly<Record<string, number>>,
): boolean {
  const [whole, major, minor] = selector.at as [Position, Position, Position];
  const parts = countersIn([now(major), now(minor)]);
  // Only where both parts are free to follow; otherwise the equation is tested as it stands.
  if (!asCounter(now(major)) || !asCounter(now(minor)) || [...countersIn([now(whole)])].some((c) => parts.has(c)))
    return false;
  const by = sizeNumber(selector.node.slots[2]!, sizes);
  const [high, low] = [quotient(now(whole), by), remainder(now(whole), by)];
  return equate(now(major), high) && equate(now(minor), low);
}
