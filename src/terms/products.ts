/** Products and contractions: flattened, deltas spent, equal bases collected, and split into parts that hang together. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { number, zero } from './atoms.ts';
import { apply } from './functions.ts';
import { count, keepApart } from './guards.ts';
import { hashRational, hashText, mix, mixAll, intern, recall } from './intern.ts';
import { label, labelledIndices, slotSymmetries, withDeltas } from './label.ts';
import type { Bound, Factor, Index, Node, ProductNode, Summand, Term } from './node.ts';
import { dependsOn, indicesOf, partsOf, place, rename, summandsOf } from './place.ts';
import { notice, noticed } from './notice.ts';
import { collectPowers, settleRoots, type Root, takeNumber } from './powers.ts';
import { contractSelectors, entrywisePower, isKept, spendSelector, spreadDeltas } from './selectors.ts';
import { isNonnegative } from './sign.ts';
import { primitiveOf, scale, size, sum } from './sums.ts';

export const times = (...terms: readonly Term[]): Term =>
  product(
    Q.one,
    terms.map((t): Factor => [t, Q.one]),
    [],
  );

export const contract = (terms: readonly Term[], bound: readonly Bound[]): Term =>
  product(
    Q.one,
    terms.map((t): Factor => [t, Q.one]),
    bound,
  );

export const power = (t: Term, exponent: Rational): Term => product(Q.one, [[t, exponent]], []);

export const divide = (a: Term, b: Term): Term =>
  product(
    Q.one,
    [
      [a, Q.one],
      [b, Q.minusOne],
    ],
    [],
  );

/** coefficient * sum over the bound indices of the product of base^exponent. */
export const product = (coefficient: Rational, factors: readonly Factor[], bound: readonly Bound[]): Term =>
  noticed({ kind: 'product', coefficient, factors, bound }, () => multiplied(coefficient, factors, bound));

/**
 * Three stages. Flattening spends the deltas, which make indices equal and by them factors. Where a delta is still hidden in a
 * summand, the sum is multiplied out, and each summand comes back here. What is left falls into components.
 */
function multiplied(coefficient: Rational, factors: readonly Factor[], bound: readonly Bound[]): Term {
  const flat = flatten(coefficient, factors, bound);
  if (Q.isZero(flat.coefficient)) return zero;
  const spread = spreadDeltas(flat);
  if (spread) return spread;
  return components(flat);
}

export interface Flat {
  coefficient: Rational;
  factors: { base: Term; exponent: Rational }[];
  bound: Bound[];
}

/** Nested products opened, numbers multiplied, deltas spent, equal bases collected. */
export function flatten(coefficient: Rational, factors: readonly Factor[], bound: readonly Bound[]): Flat {
  const flat: Flat = { coefficient, factors: [], bound: [...bound] };
  const roots: Root[] = [];
  let waiting: Factor[] = [...factors];
  const selectors: Term[] = [];

  // A list of what waits instead of recursion: a delta renames what has been taken already, and all is taken once more.
  const take = ([base, exponent]: Factor): void => {
    const { node } = base;
    if (Q.isZero(exponent)) return;
    switch (node.kind) {
      case 'number':
        takeNumber(flat, roots, node.value, exponent);
        return;
      case 'delta':
        if (isKept(base, exponent)) selectors.push(base);
        return;
      case 'block':
      case 'guard':
      case 'pairing':
        if (isKept(base, exponent)) flat.factors.push({ base, exponent: Q.one });
        return;
      case 'product':
        takeProduct(flat, waiting, roots, base, exponent);
        return;
      case 'sum': {
        const selected = Q.isPositive(exponent) && !Q.isOne(exponent) ? entrywisePower(base, exponent) : undefined;
        if (selected) {
          waiting.push([selected, Q.one]);
          return;
        }
        const [content, primitive] = primitiveOf(base, Q.isInteger(exponent));
        takeNumber(flat, roots, content, exponent);
        flat.factors.push({ base: primitive, exponent });
        return;
      }
      default:
        flat.factors.push({ base, exponent });
    }
  };
  for (;;) {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      for (const factor of batch) take(factor);
    }
    if (Q.isZero(flat.coefficient)) return flat;
    const names = spendSelector(flat, selectors);
    if (!names) break;
    waiting = flat.factors.map(({ base, exponent }): Factor => [rename(base, names), exponent]);
    waiting.push(...selectors.splice(0).map((t): Factor => [rename(t, names), Q.one]));
    flat.factors = [];
  }
  contractSelectors(flat);
  flat.factors.push(...selectors.map((base) => ({ base, exponent: Q.one })));
  settleRoots(flat, roots);
  collectPowers(flat);
  keepApart(flat);
  return flat;
}

function takeProduct(flat: Flat, waiting: Factor[], roots: Root[], base: Term, exponent: Rational): void {
  const node = base.node as ProductNode;
  if (node.bound.length > 0 && !(Q.isOne(exponent) && opensInside(node))) {
    flat.factors.push({ base, exponent });
    return;
  }
  const parts = partsOf(base);
  if (Q.isInteger(exponent)) {
    takeNumber(flat, roots, parts.coefficient, exponent);
    flat.bound.push(...parts.bound);
    waiting.push(...parts.factors.map(([t, e]): Factor => [t, Q.times(e, exponent)]));
    return;
  }
  // (a*b)^(1/2): only what is known not to be negative may leave.
  takeNumber(flat, roots, Q.absolute(parts.coefficient), exponent);
  const isEven = (e: Rational): boolean => Q.isInteger(e) && e.n % 2n === 0n;
  const stay = parts.factors.filter(([t, e]) => !isNonnegative(t) && !isEven(e));
  if (stay.length === 0 && parts.factors.length > 0 && Q.isNegative(parts.coefficient)) {
    // -|a| has a root where a is 0, and -1 has none: the sign stays with what it belongs to.
    flat.factors.push({ base: product(Q.minusOne, parts.factors, []), exponent });
    return;
  }
  for (const [t, e] of parts.factors) {
    if (isEven(e)) notice('root of a square');
    if (isNonnegative(t)) waiting.push([t, Q.times(e, exponent)]);
    else if (isEven(e)) waiting.push([apply('abs', [t]), Q.times(e, exponent)]);
  }
  if (stay.length === 0 && !Q.isNegative(parts.coefficient)) return;
  const rest = product(Q.isNegative(parts.coefficient) ? Q.minusOne : Q.one, stay, []);
  if (rest.node.kind === 'product') flat.factors.push({ base: rest, exponent });
  else waiting.push([rest, exponent]);
}

/**
 * A contraction of several factors joins the product that it stands in, so that sum_j(A[i,j]*sum_k(B[j,k]*x[k])) is one chain
 * however it was put together. A row sum, sum_k Y[s,k], stays whole: nothing outside can meet its index.
 */
const opensInside = (node: ProductNode): boolean => node.factors.length > 1;

/**
 * Factors that share bound indices hang together; each such component becomes a factor of its own: sum_ij(x[i]*y[j]) is
 * sum_i(x[i])*sum_j(y[j]). Only then do equal factors meet, as in (sum_i x[i])^2, and sizes stand alone, as in sum_i 1 = n.
 */
function components({ coefficient, factors, bound }: Flat): Term {
  const plain: Factor[] = [];
  let c = coefficient;
  const groups: { factors: Factor[]; bound: Bound[] }[] = [];
  for (const { index, dim } of bound) {
    if (!factors.some(({ base }) => dependsOn(base, index))) {
      plain.push([size(dim), Q.one]);
      continue;
    }
    groups.push({ factors: [], bound: [{ index, dim }] });
  }
  const home = (i: Index): number => groups.findIndex((g) => g.bound.some(({ index }) => index === i));
  for (const { base, exponent } of factors) {
    const homes = [...new Set(indicesOf(base).map(home))].filter((h) => h >= 0).toSorted((a, b) => a - b);
    if (homes.length === 0) {
      plain.push([base, exponent]);
      continue;
    }
    const [first, ...others] = homes as [number, ...number[]];
    groups[first]!.factors.push([base, exponent]);
    for (const other of others.toReversed()) {
      groups[first]!.factors.push(...groups[other]!.factors);
      groups[first]!.bound.push(...groups[other]!.bound);
      groups.splice(other, 1);
    }
  }
  if (groups.length === 0 && plain.every(([base]) => base.node.kind !== 'size')) return internProduct(c, plain);
  const made = groups.map((g) => contraction(g.factors, g.bound));
  // Contractions can turn out to be equal to each other, or sums, or numbers: collect once more, without bound indices.
  const again = flattenPlain(c, [...plain, ...made.map((t): Factor => [t, Q.one])]);
  return Q.isZero(again.coefficient)
    ? zero
    : internProduct(
        again.coefficient,
        again.factors.map(({ base, exponent }): Factor => [base, exponent]),
      );
}

function flattenPlain(coefficient: Rational, factors: readonly Factor[]): Flat {
  const flat: Flat = { coefficient, factors: [], bound: [] };
  const roots: Root[] = [];
  for (const [base, exponent] of factors) {
    if (base.node.kind === 'number') takeNumber(flat, roots, base.node.value, exponent);
    else if (base.node.kind === 'product' && base.node.bound.length === 0 && Q.isInteger(exponent)) {
      const parts = partsOf(base);
      flat.coefficient = Q.times(flat.coefficient, Q.power(parts.coefficient, Number(exponent.n)));
      flat.factors.push(...parts.factors.map(([b, e]) => ({ base: b, exponent: Q.times(e, exponent) })));
    } else if (base.node.kind === 'sum') {
      const [content, primitive] = primitiveOf(base, Q.isInteger(exponent));
      takeNumber(flat, roots, content, exponent);
      flat.factors.push({ base: primitive, exponent });
    } else flat.factors.push({ base, exponent });
  }
  settleRoots(flat, roots);
  collectPowers(flat);
  return flat;
}

/**
 * Connected factors under a sum. An index that touches one factor only is summed inside that factor: sum_jk A[i,j]*B[j,k] is
 * sum_j A[i,j]*(sum_k B[j,k]), so that the row sum is found wherever else it occurs.
 */
function contraction(factors: readonly Factor[], bound: readonly Bound[]): Term {
  if (factors.length > 1) {
    for (const [base, exponent] of factors) {
      // A slice is summed, not the selection that makes it: sum(x[2:n]).
      if (base.node.kind === 'block') continue;
      const own = bound.filter(({ index }) =>
        factors.every(([t]) => (t === base ? dependsOn(t, index) : !dependsOn(t, index))),
      );
      if (own.length === 0) continue;
      const pushed = product(Q.one, [[base, exponent]], own);
      const rest = factors.filter(([t]) => t !== base);
      return product(
        Q.one,
        [...rest, [pushed, Q.one]],
        bound.filter((b) => !own.includes(b)),
      );
    }
  }
  const [[only, exponent]] = factors as [Factor];
  if (factors.length === 1 && only.node.kind === 'guard')
    for (const one of bound) {
      const counted = count(only, one);
      if (counted) {
        notice('a condition is counted');
        return product(
          Q.one,
          [[counted, Q.one]],
          bound.filter((b) => b !== one),
        );
      }
    }
  if (factors.length === 1 && only.node.kind === 'sum' && Q.isOne(exponent)) {
    // sum_i(x[i] - c) is sum(x) - n*c: a summand that does not vary leaves.
    const summands = summandsOf(only);
    if (summands.some(([, t]) => bound.some(({ index }) => !dependsOn(t, index))))
      return sum(summands.map(([c, t]): Summand => [c, product(Q.one, [[t, Q.one]], bound)]));
  }
  if (factors.length === 1 && only.node.kind === 'product' && Q.isOne(exponent)) {
    // The sum of all row sums is the sum of all entries.
    const inner = partsOf(only);
    return product(inner.coefficient, inner.factors, [...inner.bound, ...bound]);
  }
  return internContraction(factors, bound);
}

const itemsOf = (factors: readonly Factor[]): readonly { node: Node; at: readonly Index[]; tag: string }[] =>
  factors.map(([t, e]) => ({ node: t.node, at: t.at, tag: `^${Q.toText(e)}` }));

const internContraction = (factors: readonly Factor[], bound: readonly Bound[]): Term =>
  recall('S', itemsOf(factors), bound, place, () => makeContraction(factors, bound));

function makeContraction(factors: readonly Factor[], bound: readonly Bound[]): Term {
  const indices = labelledIndices(
    factors.map(([t]) => t),
    bound,
  );
  const labelling = label(itemsOf(factors), indices);
  const free = indices.filter(({ rank }) => rank === 0).length;
  const dims = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<ProductNode>(`S${free}${labelling.key}`, () => ({
    kind: 'product',
    coefficient: Q.one,
    factors: labelling.items.map(({ node, at, from }): Factor => [{ node, at }, factors[from]![1]]),
    bound: dims.slice(free),
    hash: mixAll(
      13,
      labelling.items.map(({ node, at, tag }) => mix(mixAll(node.hash, at), hashText(tag))),
    ),
    slots: dims.slice(0, free),
    symmetries: slotSymmetries(labelling.automorphisms, free),
  }));
  return place(node, labelling.order.slice(0, free));
}

export function internProduct(coefficient: Rational, factors: readonly Factor[]): Term {
  if (Q.isZero(coefficient)) return zero;
  if (factors.length === 0) return number(coefficient);
  const [first] = factors;
  if (factors.length === 1 && first && Q.isOne(first[1])) {
    const [base] = first;
    if (Q.isOne(coefficient)) return base;
    if (base.node.kind === 'sum') return scale(coefficient, base);
  }
  return recall(`P${Q.toText(coefficient)}`, itemsOf(factors), [], place, () => makeProduct(coefficient, factors));
}

function makeProduct(coefficient: Rational, factors: readonly Factor[]): Term {
  const indices = labelledIndices(
    factors.map(([t]) => t),
    [],
  );
  const labelling = label(itemsOf(factors), indices);
  const slots = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<ProductNode>(`P${Q.toText(coefficient)}*${labelling.key}`, () => ({
    kind: 'product',
    coefficient,
    factors: labelling.items.map(({ node, at, from }): Factor => [{ node, at }, factors[from]![1]]),
    bound: [],
    hash: mix(
      mixAll(
        12,
        labelling.items.map(({ node, at, tag }) => mix(mixAll(node.hash, at), hashText(tag))),
      ),
      hashRational(coefficient),
    ),
    slots,
    symmetries: withDeltas(slotSymmetries(labelling.automorphisms, slots.length), labelling.items, slots.length),
  }));
  return place(node, labelling.order);
}
