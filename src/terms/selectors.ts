/** Selectors: delta, and what lays axes out (pairing, block). How each is made, and how a product spends them. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { notice } from './notice.ts';
import {
  type Dim,
  type Stretch,
  areApart,
  dimDifference,
  dimProduct,
  dimSum,
  fixed,
  isAtLeastZero,
  sizeOf,
} from '../shape/dim.ts';
import { arranged, indexNumber, isOne, isZero, one, swap, zero } from './atoms.ts';
import { hashText, mix, intern } from './intern.ts';
import type {
  BlockNode,
  Bound,
  DeltaNode,
  Factor,
  GuardNode,
  Index,
  Node,
  PairingNode,
  Summand,
  Symmetry,
  Term,
} from './node.ts';
import { asRange, equality, guard, meet } from './guards.ts';
import { movedPositions } from './moved.ts';
import { type Parts, dependsOn, indicesOf, partsOf, rename, same, summandsOf } from './place.ts';
import { dividesByZero } from './powers.ts';
import { type Flat, flatten, product } from './products.ts';
import { sum } from './sums.ts';
import { cyclic, isCyclic } from './permutation.ts';
import { inLowerTriangle, isDuplication, samePlace } from './triangle.ts';

export function delta(i: Index, j: Index, dim: Dim): Term {
  if (i === j) return one;
  if (i < 0 && j < 0) return zero;
  const node = intern<DeltaNode>(`d${dim.key}`, () => ({
    kind: 'delta',
    hash: mix(3, hashText(dim.key)),
    slots: [dim, dim],
    symmetries: [swap],
  }));
  return { node, at: arranged(node, [i, j]) };
}

export function pairing(whole: Index, major: Index, minor: Index, majorDim: Dim, minorDim: Dim): Term {
  const node = intern<PairingNode>(`p${majorDim.key},${minorDim.key}`, () => ({
    kind: 'pairing',
    hash: mix(mix(5, hashText(majorDim.key)), hashText(minorDim.key)),
    slots: [dimProduct(majorDim, minorDim), majorDim, minorDim],
  }));
  return { node, at: [whole, major, minor] };
}

/** coefficient*index, the index from 1 to dim. */
export interface Part {
  readonly index: Index;
  readonly dim: Dim;
  readonly coefficient: number;
}

/** 1 where whole = offset + the parts. */
export function block(whole: Index, given: readonly Part[], givenOffset: Dim, wholeDim: Dim): Term {
  const { parts, offset } = collectedParts(given, givenOffset);
  // i = i + j - 1 says what j is.
  const own = whole < 0 ? undefined : parts.find(({ index, coefficient }) => index === whole && coefficient === 1);
  if (own)
    return equality(
      parts.filter((part) => part !== own),
      offset,
    );
  const simple = withoutBlock(whole, parts, offset, wholeDim);
  if (simple) return simple;
  const written = parts.map(({ coefficient, dim }) => `${coefficient}:${dim.key}`).join();
  const node = intern<BlockNode>(`b${offset.key},${wholeDim.key}|${written}`, () => ({
    kind: 'block',
    offset,
    coefficients: parts.map(({ coefficient }) => coefficient),
    hash: mix(mix(6, hashText(offset.key)), hashText(`${written},${wholeDim.key}`)),
    slots: [wholeDim, ...parts.map(({ dim }) => dim)],
    symmetries: exchanges(parts).map((order): Symmetry => ({ slots: [0, ...order.map((n) => n + 1)], sign: 1 })),
  }));
  return { node, at: arranged(node, [whole, ...parts.map(({ index }) => index)]) };
}
/** Each index once; a part at a constant position belongs to the offset. */
export function collectedParts(
  given: readonly Part[],
  from: Dim,
): { readonly parts: readonly Part[]; readonly offset: Dim } {
  let offset = from;
  const collected = new Map<Index, Part>();
  for (const part of given) {
    if (part.index < 0) offset = dimSum(offset, fixed(-part.index * part.coefficient));
    else {
      const coefficient = part.coefficient + (collected.get(part.index)?.coefficient ?? 0);
      collected.set(part.index, { ...part, coefficient });
    }
  }
  return { parts: [...collected.values()].filter(({ coefficient }) => coefficient !== 0).toSorted(inOrder), offset };
}
export const inOrder = (a: Part, b: Part): number =>
  b.coefficient - a.coefficient || (a.dim.key < b.dim.key ? -1 : a.dim.key > b.dim.key ? 1 : 0);

/** Parts of one coefficient and one range can be exchanged. */
export function exchanges(parts: readonly Part[]): readonly (readonly number[])[] {
  const isLike = (a: Part, b: Part): boolean => a.coefficient === b.coefficient && a.dim === b.dim;
  const orders = (left: readonly number[], done: readonly number[]): readonly (readonly number[])[] =>
    left.length === 0
      ? [done]
      : left
          .filter((n) => isLike(parts[n]!, parts[done.length]!))
          .flatMap((n) =>
            orders(
              left.filter((other) => other !== n),
              [...done, n],
            ),
          );
  return orders([...parts.keys()], []).filter((order) => order.some((n, place) => n !== place));
}

/** Where the equation says no more than a delta does, or has an answer already. */
function withoutBlock(whole: Index, parts: readonly Part[], offset: Dim, wholeDim: Dim): Term | undefined {
  const at = sizeOf(offset);
  const [only, other] = parts;
  if (!only) {
    const isOutside =
      isAtLeastZero(dimProduct(fixed(-1), offset)) || isAtLeastZero(dimDifference(offset, dimSum(wholeDim, fixed(1))));
    if (isOutside) return zero;
    if (at === undefined) return undefined;
    return at < 1 || (sizeOf(wholeDim) ?? Infinity) < at ? zero : delta(whole, -at, wholeDim);
  }
  if (other || only.coefficient !== 1) return undefined;
  if (at === 0 && only.dim === wholeDim) return delta(whole, only.index, wholeDim);
  if (whole >= 0) return undefined;
  // One fixed position of the whole: one of the part's, or none.
  const inside = -whole - (at ?? Infinity);
  if (inside < 1) return zero;
  if (inside === 1 || (sizeOf(only.dim) ?? 0) >= inside) return delta(only.index, -inside, only.dim);
  return sizeOf(only.dim) === undefined ? undefined : zero;
}

/** The parts of a block or a guard, at its own indices. */
export function blockParts({ node, at }: Term): readonly Part[] {
  const { coefficients, slots, kind } = node as BlockNode | GuardNode;
  const first = kind === 'block' ? 1 : 0;
  return coefficients.map((coefficient, n) => ({ coefficient, index: at[n + first]!, dim: slots[n + first]! }));
}

const areOpen = ([, ...parts]: readonly Index[]): boolean =>
  parts.every((index, n) => index >= 0 && parts.indexOf(index) === n);

/** A leaf at indices that may coincide or be constant. */
export function placeLeaf(node: Node, at: readonly Index[]): Term {
  if (node.kind === 'block' && (at[0]! < 0 || at.lastIndexOf(at[0]!) > 0 || !areOpen(at)))
    return block(at[0]!, blockParts({ node, at }), node.offset, node.slots[0]!);
  if (node.kind === 'guard' && (at.some((index) => index < 0) || new Set(at).size < at.length))
    return guard(node.relation, blockParts({ node, at }), node.offset);
  if (node.kind === 'index') return indexNumber(at[0]!, node.slots[0]!);
  if (node.kind === 'delta') return delta(at[0]!, at[1]!, node.slots[0]!);
  if (isCyclic(node)) return cyclic(at[0]!, at[1]!, at[2]!);
  return { node, at: arranged(node, at) };
}

/**
 * A delta with a bound index renames it; one with two free indices makes all else speak of the first: delta(i,k)*x[k] and
 * delta(i,k)*x[i] are one term. What to rename is returned, for the product to take its factors once more: a new name can make two
 * indices of a factor equal. Undefined when no delta says anything new.
 */
export function spendSelector(flat: Flat, selectors: Term[]): Map<Index, Index> | undefined {
  const settled = new Set<Term>();
  for (const selector of selectors) {
    const [i, j] = selector.at as [Index, Index];
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      const n = from < 0 ? -1 : flat.bound.findIndex(({ index }) => index === from);
      if (n < 0) continue;
      notice('a delta picks one term');
      flat.bound.splice(n, 1);
      selectors.splice(selectors.indexOf(selector), 1);
      return new Map([[from, to]]);
    }
    // Both free (or one constant): the others use the constant, or the smaller name.
    const [keep, drop] = i < 0 ? [i, j] : j < 0 ? [j, i] : i < j ? [i, j] : [j, i];
    const others = [...flat.factors.map(({ base }) => base), ...selectors.filter((s) => s !== selector)];
    if (!settled.has(selector) && others.some((t) => dependsOn(t, drop))) {
      selectors.splice(selectors.indexOf(selector), 1);
      const names = new Map([[drop, keep]]);
      flat.factors = flat.factors.map(({ base, exponent }) => ({ base: rename(base, names), exponent }));
      const rest = selectors.splice(0).map((t) => rename(t, names));
      for (const t of rest)
        if (isZero(t)) flat.coefficient = Q.zero;
        else if (!isOne(t)) selectors.push(t);
      selectors.unshift(selector);
      return new Map();
    }
  }
  return undefined;
}

/** The whole is a place for all that the parts can be: what reads outside of it selects nothing. */
const isTotal = (t: Term): boolean => t.node.kind === 'pairing' || (t.node.kind === 'block' && isInside(t));
function isInside(t: Term): boolean {
  const { offset, slots } = t.node as BlockNode;
  const [least, most] = endsOf(blockParts(t), offset);
  return isAtLeastZero(dimDifference(least, fixed(1))) && isAtLeastZero(dimDifference(slots[0]!, most));
}
/** The least and the largest position that these parts make. */
export function endsOf(parts: readonly Part[], offset: Dim): readonly [least: Dim, most: Dim] {
  const end = (isAtEnd: (part: Part) => boolean): Dim =>
    parts.reduce(
      (total, part) => dimSum(total, dimProduct(fixed(part.coefficient), isAtEnd(part) ? part.dim : fixed(1))),
      offset,
    );
  return [end(({ coefficient }) => coefficient < 0), end(({ coefficient }) => coefficient > 0)];
}

/**
 * Two pairings (or two blocks) that share a bound index become deltas: vec(A)'*vec(B) is a sum over the places of a long vector,
 * and two places of it are equal just where their rows and their columns are.
 */
export function contractSelectors(flat: Flat): void {
  // Summed over all places of the whole, a selector is 1: every part stands in one place.
  const free = flat.factors.find(({ base }) => isTotal(base) && onlyIn(flat, base.at[0]!, base));
  if (free) {
    flat.factors = flat.factors.filter((f) => f !== free);
    flat.bound = flat.bound.filter(({ index }) => index !== free.base.at[0]);
    contractSelectors(flat);
    return;
  }
  const met = meetingInPlace(flat);
  if (met) {
    Object.assign(flat, met);
    return;
  }
  const moved = movedPositions(flat);
  if (moved) {
    Object.assign(flat, flatten(flat.coefficient, moved, flat.bound));
    return;
  }
  const conditions = flat.factors.filter(({ base }) => base.node.kind === 'guard');
  for (const { base } of conditions) {
    const [index] = base.at as [Index];
    if (!flat.bound.some((b) => b.index === index)) continue;
    const range = asRange(base);
    const others = flat.factors.filter((f) => f.base !== base).map((f): Factor => [f.base, f.exponent]);
    if (!range) continue;
    const bound = [...flat.bound, range.bound];
    Object.assign(flat, flatten(flat.coefficient, [...others, [range.selector, Q.one]], bound));
    return;
  }
  for (const { base: a } of flat.factors)
    for (const { base: b } of flat.factors) {
      if (a === b || a.node.kind !== b.node.kind) continue;
      const known = knownPart(a, b);
      const said = known ? [a, known] : meet(a, b);
      if (said) {
        const others = flat.factors.filter(({ base }) => base !== a && base !== b);
        const left = others.map(({ base, exponent }): Factor => [base, exponent]);
        Object.assign(flat, flatten(flat.coefficient, [...left, ...said.map((t): Factor => [t, Q.one])], flat.bound));
        return;
      }
      const joined =
        a.node.kind === 'pairing'
          ? joinPairings(flat, a, b)
          : a.node.kind === 'block'
            ? joinBlocks(flat, a, b)
            : undefined;
      if (!joined) continue;
      const rest = flat.factors
        .filter(({ base }) => base !== a && base !== b)
        .map(({ base, exponent }): Factor => [base, exponent]);
      const again = flatten(
        flat.coefficient,
        [...rest, ...joined.deltas.map((t): Factor => [t, Q.one])],
        flat.bound.filter(({ index }) => !joined.spent.includes(index)),
      );
      Object.assign(flat, again);
      return;
    }
}

/** A place of a triangle that is summed out: alone it is 1; two that meet in it are the same entry, or two across from each other. */
function meetingInPlace({ coefficient, factors, bound }: Flat): Flat | undefined {
  const flat = { coefficient, factors, bound };
  const own = factors.filter(({ base, exponent }) => isDuplication(base.node) && Q.isOne(exponent));
  const without = (used: readonly Term[], spent: readonly Index[], made: readonly Term[]): Flat =>
    flatten(
      coefficient,
      [
        ...factors.filter(({ base }) => !used.includes(base)).map(({ base, exponent }): Factor => [base, exponent]),
        ...made.map((t): Factor => [t, Q.one]),
      ],
      bound.filter(({ index }) => !spent.includes(index)),
    );
  for (const { base: a } of own) {
    const [i, j, place] = a.at as [Index, Index, Index];
    const dim = a.node.slots[0]!;
    if (onlyIn(flat, place, a)) return without([a], [place], []);
    for (const { base: b } of own) {
      if (a === b || a.node !== b.node) continue;
      if (place === b.at[2] && onlyIn(flat, place, a, b))
        return without([a, b], [place], [samePlace([i, j], b.at, dim)]);
      const lower = factors.find(({ base }) =>
        [inLowerTriangle(i, j, dim), inLowerTriangle(j, i, dim)].some((g) => same(g, base)),
      );
      if (!lower || i === j || i !== b.at[0] || j !== b.at[1]) continue;
      const all = [a, b, lower.base];
      if ([i, j].every((index) => onlyIn(flat, index, ...all)))
        return without(all, [i, j], [delta(place, b.at[2]!, a.node.slots[2]!)]);
    }
  }
  return undefined;
}

/** Where a says at which place the whole is, the part of b stands at a place that is known, too. */
function knownPart(a: Term, b: Term): Term | undefined {
  if (a.node.kind !== 'block' || b.node.kind !== 'block' || a.at[0] !== b.at[0] || a.at.length > 1) return undefined;
  const [part, ...others] = blockParts(b);
  if (!part || others.length > 0 || Math.abs(part.coefficient) !== 1) return undefined;
  const place = dimProduct(fixed(part.coefficient), dimDifference(a.node.offset, b.node.offset));
  return block(part.index, [], place, part.dim);
}

interface Joined {
  readonly deltas: readonly Term[];
  readonly spent: readonly Index[];
}

const onlyIn = (flat: Flat, index: Index, ...terms: readonly Term[]): boolean =>
  flat.bound.some((b) => b.index === index) &&
  flat.factors.every(({ base }) => terms.includes(base) || !dependsOn(base, index));

function joinPairings(flat: Flat, a: Term, b: Term): Joined | undefined {
  const [p, i, k] = a.at as [Index, Index, Index];
  const [q, j, l] = b.at as [Index, Index, Index];
  if (a.node !== b.node) return undefined;
  const [whole, major, minor] = a.node.slots as [Dim, Dim, Dim];
  if (p === q && flat.bound.some(({ index }) => index === p)) {
    return onlyIn(flat, p, a, b) ? { deltas: [delta(i, j, major), delta(k, l, minor)], spent: [p] } : undefined;
  }
  // Where both parts are one index, only the places of a diagonal are there.
  if (i !== k && i === j && k === l && onlyIn(flat, i, a, b) && onlyIn(flat, k, a, b))
    return { deltas: [delta(p, q, whole)], spent: [i, k] };
  return undefined;
}

function joinBlocks(flat: Flat, a: Term, b: Term): Joined | undefined {
  if (a.at[0] !== b.at[0] || !flat.bound.some(({ index }) => index === a.at[0])) return undefined;
  const isSimple = [a, b].every(({ node }) => (node as BlockNode).coefficients.join() === '1');
  if (!isSimple) return undefined;
  if (a.node === b.node)
    return isInside(a) && onlyIn(flat, a.at[0]!, a, b)
      ? { deltas: [delta(a.at[1]!, b.at[1]!, a.node.slots[1]!)], spent: [a.at[0]!] }
      : undefined;
  return areApart(stretchOf(a.node as BlockNode), stretchOf(b.node as BlockNode))
    ? { deltas: [zero], spent: [] }
    : undefined;
}

const stretchOf = ({ offset, slots: [, size] }: BlockNode): Stretch =>
  size ? { offset, size } : { offset: dimDifference(offset, fixed(1)), size: fixed(1) };

/** The one place where normal form multiplies out, as a delta that stays hidden would leave two names for one entry: where a summand's delta would pick a bound index. */
export function spreadDeltas(flat: Flat): Term | undefined {
  if (flat.bound.length === 0) return undefined;
  const bound = new Set(flat.bound.map(({ index }) => index));
  const selectors: ReadonlySet<Node['kind']> = new Set(['delta', 'pairing', 'block']);
  const picks = (t: Term): boolean => {
    // A block is spent where its whole is summed out; that its part is, says nothing yet.
    if (t.node.kind === 'block') return bound.has(t.at[0]!);
    if (selectors.has(t.node.kind)) return t.at.some((i) => bound.has(i));
    return (
      t.node.kind === 'product' &&
      partsOf(t).factors.some(
        ([f, e]) => Q.isOne(e) && (selectors.has(f.node.kind) || f.node.kind === 'product') && picks(f),
      )
    );
  };
  for (const { base, exponent } of flat.factors) {
    if (base.node.kind !== 'sum' || !Q.isOne(exponent) || !base.at.some((i) => bound.has(i))) continue;
    const summands = summandsOf(base);
    if (!summands.some(([, t]) => picks(t))) continue;
    const others = flat.factors.filter((f) => f.base !== base).map((f): Factor => [f.base, f.exponent]);
    return sum(
      summands.map(([c, t]): Summand => [
        Q.times(flat.coefficient, c),
        product(Q.one, [...others, [t, Q.one]], flat.bound),
      ]),
    );
  }
  return undefined;
}

export const isSelector = ({ node }: Term): boolean => ['delta', 'pairing', 'block', 'guard'].includes(node.kind);

/** A selector is 0 or 1, so its powers are itself; below 0 they divide by zero, unless there is one place only. */
export function isKept({ node }: Term, exponent: Rational): boolean {
  if (!Q.isNegative(exponent)) return true;
  return node.slots.every((dim) => sizeOf(dim) === 1) ? false : dividesByZero();
}

/** [a; b]^2 is [a^2; b^2]: a sum that selects a different place with every summand has its power place by place. */
export function entrywisePower(t: Term, exponent: Rational): Term | undefined {
  for (const whole of indicesOf(t)) {
    const parts = summandsOf(t).map((summand) => selectedPart(summand, whole));
    if (!parts.every((part, n) => part && parts.slice(0, n).every((other) => areApart(part.place, other!.place))))
      continue;
    return sum(
      parts.map((part): Summand => {
        const { selector, entry, along } = part!;
        return [
          Q.one,
          product(
            Q.one,
            [
              [selector, Q.one],
              [entry, exponent],
            ],
            along,
          ),
        ];
      }),
    );
  }
  return undefined;
}

interface SelectedPart {
  readonly place: Stretch;
  readonly selector: Term;
  readonly entry: Term;
  readonly along: readonly Bound[];
}

function selectedPart([c, s]: Summand, whole: Index): SelectedPart | undefined {
  const { coefficient, factors, bound } = openContractions(s);
  const selects = ([{ node, at }]: Factor): boolean =>
    (node.kind === 'delta' && at.includes(whole) && at.some((i) => i < 0)) ||
    (node.kind === 'block' && ['', '1'].includes(node.coefficients.join()) && at[0] === whole);
  const found = factors.filter(selects);
  const [factor] = found;
  if (found.length !== 1 || !factor) return undefined;
  const [selector] = factor;
  const rest = factors.filter((f) => f !== factor);
  if (rest.some(([f]) => dependsOn(f, whole))) return undefined;
  const { node } = selector;
  const along = node.kind === 'block' ? bound.filter(({ index }) => index === selector.at[1]) : [];
  const place =
    node.kind === 'block' ? stretchOf(node) : { offset: fixed(-selector.at.find((i) => i < 0)! - 1), size: fixed(1) };
  const inner = bound.filter((b) => !along.includes(b));
  return { place, selector, along, entry: product(Q.times(c, coefficient), rest, inner) };
}

/** The parts of a product with its contractions taken apart. */
function openContractions(t: Term): Parts {
  const { coefficient, factors, bound } = partsOf(t);
  const opened = factors.map((factor): Pick<Parts, 'factors' | 'bound'> =>
    Q.isOne(factor[1]) && factor[0].node.kind === 'product' ? partsOf(factor[0]) : { factors: [factor], bound: [] },
  );
  return {
    coefficient,
    factors: opened.flatMap((o) => o.factors),
    bound: [...bound, ...opened.flatMap((o) => o.bound)],
  };
}
