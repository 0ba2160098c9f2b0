/** How are positions along an axis written down and combined, and what does a selector say about them? */
import { invariant } from '../basics/problem.ts';
import { offsetNumber, sizeNumber } from './context.ts';
import type { BlockNode } from '../terms/node.ts';
import type { Atom, Condition, Counter, Division, Position } from './program.ts';
import type { Occurrence } from './values.ts';

// ---- positions
// How are positions along an axis written down and combined? As sums of counters with fixed strides.

export const constantPosition = (constant: number): Position => ({ constant, terms: [] });
export const counterPosition = (counter: Counter): Position =>
  counter.extent === 1 ? constantPosition(0) : { constant: 0, terms: [{ atom: counter, stride: 1 }] };

const isDivision = (atom: Atom): atom is Division => 'of' in atom;

/** factor*p + q. */
export function combine(p: Position, factor: number, q: Position): Position {
  const terms = p.terms.map(({ atom, stride }) => ({ atom, stride: stride * factor }));
  for (const { atom, stride } of q.terms) {
    const n = isDivision(atom) ? -1 : terms.findIndex((term) => term.atom === atom);
    if (n < 0) terms.push({ atom, stride });
    else terms[n] = { atom, stride: terms[n]!.stride + stride };
  }
  return { constant: factor * p.constant + q.constant, terms: terms.filter(({ stride }) => stride !== 0) };
}
export const shift = (p: Position, by: number): Position => ({ constant: p.constant + by, terms: p.terms });

const isConstant = (p: Position): boolean => p.terms.length === 0;

export function quotient(of: Position, by: number): Position {
  if (by === 1) return of;
  if (isConstant(of)) return constantPosition(Math.floor(of.constant / by));
  return { constant: 0, terms: [{ atom: { kind: 'quotient', of, by }, stride: 1 }] };
}
export function remainder(of: Position, by: number): Position {
  if (by === 1) return constantPosition(0);
  if (isConstant(of)) return constantPosition(of.constant % by);
  return { constant: 0, terms: [{ atom: { kind: 'remainder', of, by }, stride: 1 }] };
}

/** The counter that the position is, if it is one. */
export function asCounter({ constant, terms }: Position): Counter | undefined {
  const [first] = terms;
  return constant === 0 && terms.length === 1 && first && first.stride === 1 && !isDivision(first.atom)
    ? first.atom
    : undefined;
}

export function countersIn(positions: readonly Position[], found: Set<Counter> = new Set<Counter>()): Set<Counter> {
  for (const { terms } of positions)
    for (const { atom } of terms)
      if (isDivision(atom)) countersIn([atom.of], found);
      else found.add(atom);
  return found;
}

export function substitute(p: Position, counter: Counter, by: Position): Position {
  if (!countersIn([p]).has(counter)) return p;
  let result = constantPosition(p.constant);
  for (const { atom, stride } of p.terms) {
    const value = isDivision(atom)
      ? (atom.kind === 'quotient' ? quotient : remainder)(substitute(atom.of, counter, by), atom.by)
      : atom === counter
        ? by
        : counterPosition(atom);
    result = combine(value, stride, result);
  }
  return result;
}

export const substituteCondition = (c: Condition, counter: Counter, by: Position): Condition => ({
  relation: c.relation,
  left: substitute(c.left, counter, by),
  right: substitute(c.right, counter, by),
});

/** The number that a position is once the counters have values. */
export function evaluatePosition(p: Position, valueOf: (counter: Counter) => number): number {
  let total = p.constant;
  for (const { atom, stride } of p.terms) {
    if (!isDivision(atom)) {
      total += stride * valueOf(atom);
      continue;
    }
    const of = evaluatePosition(atom.of, valueOf);
    total += stride * (atom.kind === 'quotient' ? Math.floor(of / atom.by) : of % atom.by);
  }
  return total;
}

/** The least and the largest number that a position can be. */
export function rangeOf(p: Position): readonly [least: number, largest: number] {
  let [least, largest] = [p.constant, p.constant];
  for (const { atom, stride } of p.terms) {
    const most = rangeOfAtom(atom) * stride;
    least += Math.min(0, most);
    largest += Math.max(0, most);
  }
  return [least, largest];
}
function rangeOfAtom(atom: Atom): number {
  if (!isDivision(atom)) return atom.extent - 1;
  const largest = rangeOf(atom.of)[1];
  return atom.kind === 'quotient' ? Math.floor(largest / atom.by) : Math.min(largest, atom.by - 1);
}

/** The distance in memory between neighbours along each extent. */
export function stridesOf(extents: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const extent of extents.toReversed()) {
    strides.unshift(stride);
    stride *= extent;
  }
  return strides;
}
/** The cell of a row-major array as one position. */
export function flatten(at: readonly Position[], extents: readonly number[]): Position {
  const strides = stridesOf(extents);
  return at.reduce((total, p, axis) => combine(p, strides[axis]!, total), constantPosition(0));
}

/** Equal keys, equal positions. */
export const positionKey = ({ constant, terms }: Position): string =>
  [constant, ...terms.map(({ atom, stride }) => `${stride}*${atomKey(atom)}`)].join('+');
const atomKey = (atom: Atom): string =>
  isDivision(atom) ? `(${positionKey(atom.of)})${atom.kind === 'quotient' ? '/' : '%'}${atom.by}` : `#${atom.id}`;

// ---- selectors
// What does a delta, a pairing or a placed block say about positions? An equation: solved where it can be, tested where
// not.

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
  if (node.kind === 'block') {
    // Positions are counted from 0 here, and from 1 there.
    const from = offsetNumber(node.offset, sizes) + node.coefficients.reduce((total, c) => total + c, 0) - 1;
    const right = node.coefficients.reduce((total, c, n) => combine(at[n + 1]!, c, total), constantPosition(from));
    return { left: first, right };
  }
  invariant(node.kind === 'delta', 'a selector is a delta, a pairing or a block');
  return { left: first, right: second };
}

/** The selector as a test, for places where its value is asked for. */
export function conditionOf(selector: Occurrence, sizes: Readonly<Record<string, number>>): Condition {
  const { node, at } = selector;
  if (node.kind === 'guard') {
    // Positions are counted from 0 here, and from 1 there.
    const from = offsetNumber(node.offset, sizes) + node.coefficients.reduce((total, c) => total + c, 0);
    const value = node.coefficients.reduce((total, c, n) => combine(at[n]!, c, total), constantPosition(from));
    // What is taken away stands on the other side: j < i, not i - j > 0.
    const onSide = (sign: 1 | -1, constant: number): Position => ({
      terms: value.terms.flatMap(({ atom, stride }) => (stride * sign > 0 ? [{ atom, stride: stride * sign }] : [])),
      constant,
    });
    const { constant } = value;
    return node.relation === 'unequal'
      ? { relation: 'unequal', left: onSide(1, Math.max(constant, 0)), right: onSide(-1, Math.max(-constant, 0)) }
      : {
          relation: 'at-most',
          left: onSide(-1, Math.max(1 - constant, 0)),
          right: onSide(1, Math.max(constant - 1, 0)),
        };
  }
  return { relation: 'equal', ...equationOf(selector, sizes) };
}

const constantOf = (p: Position): number | undefined => (p.terms.length === 0 ? p.constant : undefined);

/** true or false where the counters do not matter. */
function decided({ relation, left, right }: Condition): boolean | undefined {
  const [leastLeft, mostLeft] = rangeOf(left);
  const [leastRight, mostRight] = rangeOf(right);
  if (relation === 'at-most') return mostLeft <= leastRight ? true : leastLeft > mostRight ? false : undefined;
  const isApart = mostLeft < leastRight || mostRight < leastLeft;
  if (isApart) return relation === 'unequal';
  const [a, b] = [constantOf(left), constantOf(right)];
  return a !== undefined && b !== undefined ? (a === b) === (relation === 'equal') : undefined;
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
    if (selector.node.kind === 'guard') {
      conditions = [...conditions, conditionOf({ node: selector.node, at: selector.at.map(now) }, sizes)];
      continue;
    }
    const { left, right } = equationOf({ node: selector.node, at: selector.at.map(now) }, sizes);
    if (equate(left, right)) continue;
    if (selector.node.kind === 'pairing' && solvePairing(selector, now, equate, sizes)) continue;
    if (selector.node.kind === 'block' && solveBlock(selector.node, selector.at.map(now), equate, sizes)) continue;
    conditions = [...conditions, { relation: 'equal', left: now(left), right: now(right) }];
  }
  if (conditions.some((c) => decided(c) === false)) return undefined;
  return { replaced, conditions: conditions.filter((c) => decided(c) === undefined) };
}

/** One of the parts, of coefficient 1 or -1, is what the others leave. */
function solveBlock(
  { coefficients, offset }: BlockNode,
  [whole, ...parts]: readonly Position[],
  equate: (left: Position, right: Position) => boolean,
  sizes: Readonly<Record<string, number>>,
): boolean {
  const from = offsetNumber(offset, sizes) + coefficients.reduce((total, c) => total + c, 0) - 1;
  return parts.some((part, n) => {
    const c = coefficients[n]!;
    if (Math.abs(c) !== 1 || !asCounter(part)) return false;
    const others = parts.reduce(
      (total, other, m) => (m === n ? total : combine(other, -coefficients[m]!, total)),
      shift(whole!, -from),
    );
    return equate(part, combine(others, c, constantPosition(0)));
  });
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
