/**
 * The one door through which terms are made. It applies only what is notation: flattening, collecting equal terms and
 * factors, a delta picking its term, exact arithmetic of constants, a canonical order. Anything that a reader would
 * call a step is a rule.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { refuse } from '../basics/problem.ts';
import { areApart, type Dim, fixed, named, sizeOf, type Stretch } from '../shape/dim.ts';
import { arranged, delta, isOne, isZero, number, one, placeLeaf, sizeLeaf, zero } from './atoms.ts';
import { exactly, ofEquals } from './exact-values.ts';
import { hashRational, hashText, mix, mixAll } from './hash.ts';
import { freshIndex, intern } from './intern.ts';
import { compareArrays, type Item, label, type LabelledIndex } from './label.ts';
import type {
  ApplyNode,
  BlockNode,
  Bound,
  Factor,
  Index,
  Node,
  OperationNode,
  ProductNode,
  Summand,
  SumNode,
  Symmetry,
  Term,
} from './node.ts';
import { recall } from './remember.ts';
import { signOf } from './sign.ts';
import { antisymmetries, slotSymmetries, withDeltas, withOutSwap } from './symmetry.ts';

export { block, delta, isOne, isZero, number, one, pairing, symbolTerm, zero } from './atoms.ts';

/** A size as a number: n, 2*n, m*n, m + n in the parts that they are made of. */
export function size(dim: Dim): Term {
  const known = sizeOf(dim);
  if (known !== undefined) return number(Q.rational(known));
  const monomial = (names: string): Term =>
    product(
      Q.one,
      names
        .split('*')
        .filter(Boolean)
        .map((name): Factor => [sizeLeaf(named(name)), Q.one]),
      [],
    );
  return sum([...dim.terms].map(([names, c]): Summand => [Q.rational(c), monomial(names)]));
}

// ---- equality, indices

export const keyOf = ({ node, at }: Term): string => `${node.id}[${at.join()}]`;
export const same = (a: Term, b: Term): boolean => a.node === b.node && a.at.every((index, n) => index === b.at[n]);
/** Its indices, each once, constants left out. */
export const indicesOf = ({ at }: Term): readonly Index[] =>
  at.length < 2 ? at.filter((i) => i >= 0) : [...new Set(at)].filter((i) => i >= 0);
export const dependsOn = ({ at }: Term, index: Index): boolean => at.includes(index);
export const dimOf = (t: Term, index: Index): Dim | undefined => t.node.slots[t.at.indexOf(index)];

const leafKinds: ReadonlySet<Node['kind']> = new Set(['number', 'size', 'symbol', 'pairing', 'block', 'delta']);

/** The node applied to these indices, which may coincide or be constant. */
export function place(node: Node, indices: readonly Index[]): Term {
  if (indices.length === 0) return { node, at: indices };
  const at = arranged(node, indices);
  if (leafKinds.has(node.kind)) return placeLeaf(node, at);
  const first = node.kind === 'operation' ? node.outs : 0;
  for (let i = first; i < at.length; i++) if (at[i]! < 0 || at.indexOf(at[i]!, first) !== i) return rebuild(node, at);
  return { node, at };
}

/** Coinciding or constant indices make another skeleton: build it anew. */
function rebuild(node: Node, at: readonly Index[]): Term {
  switch (node.kind) {
    case 'sum':
      return sum(node.terms.map(([c, t]): Summand => [c, inside(t, at, [])]));
    case 'product': {
      const bound = freshBound(node.bound);
      return product(
        node.coefficient,
        node.factors.map(([t, e]): Factor => [inside(t, at, bound), e]),
        bound,
      );
    }
    case 'apply':
      return apply(
        node.fn,
        node.args.map((arg) => inside(arg, at, [])),
      );
    case 'operation': {
      const bound = freshBound(node.bound);
      return operation(
        node.op,
        inside(node.body, at, bound),
        bound,
        at.slice(0, node.outs),
        node.slots.slice(0, node.outs),
      );
    }
    default:
      return { node, at };
  }
}

export function rename(t: Term, names: ReadonlyMap<Index, Index>): Term {
  let changed = false;
  const at = t.at.map((index) => {
    const name = names.get(index) ?? index;
    if (name !== index) changed = true;
    return name;
  });
  return changed ? place(t.node, at) : t;
}
/** The skeleton's slots 0, 1, … replaced by these indices. */
export const instantiate = (t: Term, indices: readonly Index[]): Term =>
  rename(t, new Map(indices.map((index, slot) => [slot, index])));

// ---- looking inside

export interface Parts {
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
}

const inside = (child: Term, at: readonly Index[], bound: readonly Bound[]): Term =>
  place(
    child.node,
    child.at.map((i) => (i < 0 ? i : i < at.length ? at[i]! : bound[i - at.length]!.index)),
  );

const freshBound = (dims: readonly Dim[]): readonly Bound[] => dims.map((dim) => ({ index: freshIndex(), dim }));

/** Any term as coefficient, factors and bound indices (fresh ones): what is no product is its own only factor. */
export function partsOf(t: Term): Parts {
  const { node, at } = t;
  if (node.kind === 'number') return { coefficient: node.value, factors: [], bound: [] };
  if (node.kind !== 'product') return { coefficient: Q.one, factors: [[t, Q.one]], bound: [] };
  const bound = freshBound(node.bound);
  return {
    coefficient: node.coefficient,
    factors: node.factors.map(([f, e]): Factor => [inside(f, at, bound), e]),
    bound,
  };
}
/** Any term as a list of summands. */
export function summandsOf(t: Term): readonly Summand[] {
  const { node, at } = t;
  if (node.kind === 'sum') return node.terms.map(([c, s]): Summand => [c, inside(s, at, [])]);
  return isZero(t) ? [] : [splitCoefficient(t)];
}
export const argumentsOf = (t: Term & { readonly node: ApplyNode }): readonly Term[] =>
  t.node.args.map((arg) => inside(arg, t.at, []));
export interface OpenOperation {
  readonly op: string;
  readonly body: Term;
  readonly bound: readonly Bound[];
  readonly outs: readonly Index[];
}
export function openOperation({ node, at }: Term & { readonly node: OperationNode }): OpenOperation {
  const bound = freshBound(node.bound);
  return { op: node.op, body: inside(node.body, at, bound), bound, outs: at.slice(0, node.outs) };
}

/** coefficient * the rest, whose coefficient is 1. */
export function splitCoefficient(t: Term): Summand {
  if (t.node.kind === 'number') return [t.node.value, one];
  if (t.node.kind !== 'product' || Q.isOne(t.node.coefficient)) return [Q.one, t];
  const { coefficient, factors } = partsOf(t);
  return [coefficient, internProduct(Q.one, factors)];
}

// ---- sums

export function sum(summands: readonly Summand[]): Term {
  const collected = new Map<string, { coefficient: Rational; term: Term }>();
  const add = (coefficient: Rational, term: Term): void => {
    if (term.node.kind === 'sum') {
      for (const [c, t] of summandsOf(term)) add(Q.times(coefficient, c), t);
      return;
    }
    const [c, rest] = splitCoefficient(term);
    const key = keyOf(rest);
    const known = collected.get(key);
    const total = Q.times(coefficient, c);
    if (known) known.coefficient = Q.plus(known.coefficient, total);
    else collected.set(key, { coefficient: total, term: rest });
  };
  for (const [c, t] of summands) add(c, t);
  const terms = [...collected.values()].filter(({ coefficient }) => !Q.isZero(coefficient));
  if (terms.length === 0) return zero;
  if (terms.length === 1) return scale(terms[0]!.coefficient, terms[0]!.term);

  const items = terms.map(({ coefficient, term }) => ({ node: term.node, at: term.at, tag: Q.toText(coefficient) }));
  return recall('+', items, [], place, () => makeSum(terms, items));
}
function makeSum(
  terms: readonly { readonly coefficient: Rational; readonly term: Term }[],
  items: readonly Item[],
): Term {
  const indices = labelledIndices(
    terms.map(({ term }) => term),
    [],
  );
  const labelling = label(items, indices);
  const slots = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<SumNode>(`+${labelling.key}`, () => ({
    kind: 'sum',
    terms: labelling.items.map(({ node, at, from }): Summand => [terms[from]!.coefficient, { node, at }]),
    hash: mixAll(
      11,
      labelling.items.map(({ node, at, tag }) => mix(mixAll(node.hash, at), hashText(tag))),
    ),
    slots,
    symmetries: [
      ...labelling.automorphisms.map((slots): Symmetry => ({ slots, sign: 1 })),
      ...antisymmetries(items, indices, labelling.key, labelling.order),
    ],
  }));
  return place(node, labelling.order);
}
export const plus = (...terms: readonly Term[]): Term => sum(terms.map((t): Summand => [Q.one, t]));
export const minus = (a: Term, b: Term): Term =>
  sum([
    [Q.one, a],
    [Q.minusOne, b],
  ]);
export const negate = (t: Term): Term => scale(Q.minusOne, t);
export function scale(coefficient: Rational, t: Term): Term {
  if (Q.isOne(coefficient)) return t;
  if (Q.isZero(coefficient)) return zero;
  if (t.node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [Q.times(coefficient, c), s]));
  const parts = partsOf(t);
  if (parts.bound.length > 0) return internProduct(coefficient, [[t, Q.one]]);
  return parts.factors.length === 0
    ? number(Q.times(coefficient, parts.coefficient))
    : internProduct(Q.times(coefficient, parts.coefficient), parts.factors);
}

function labelledIndices(terms: readonly Term[], bound: readonly Bound[]): readonly LabelledIndex[] {
  const ranks = new Map(bound.map(({ index }) => [index, 1]));
  const found = new Map<Index, LabelledIndex>();
  for (const t of terms)
    t.at.forEach((index, slot) => {
      if (index >= 0 && !found.has(index))
        found.set(index, { index, dim: t.node.slots[slot]!, rank: ranks.get(index) ?? 0 });
    });
  return [...found.values()];
}

// ---- products

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
export function product(coefficient: Rational, factors: readonly Factor[], bound: readonly Bound[]): Term {
  const flat = flatten(coefficient, factors, bound);
  if (Q.isZero(flat.coefficient)) return zero;
  const spread = spreadDeltas(flat);
  if (spread) return spread;
  return components(flat);
}

interface Flat {
  coefficient: Rational;
  factors: { base: Term; exponent: Rational }[];
  bound: Bound[];
}

/** Nested products opened, numbers multiplied, deltas spent, equal bases collected. */
function flatten(coefficient: Rational, factors: readonly Factor[], bound: readonly Bound[]): Flat {
  const flat: Flat = { coefficient, factors: [], bound: [...bound] };
  const roots: { base: bigint; exponent: Rational }[] = [];
  let waiting: Factor[] = [...factors];
  const selectors: Term[] = [];

  const take = ([base, exponent]: Factor): void => {
    const { node } = base;
    if (Q.isZero(exponent)) return;
    switch (node.kind) {
      case 'number':
        takeNumber(flat, roots, node.value, exponent);
        return;
      case 'delta':
        selectors.push(base);
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
  return flat;
}

/** [a; b]^2 is [a^2; b^2]: a sum that selects a different place with every summand has its power place by place. */
function entrywisePower(t: Term, exponent: Rational): Term | undefined {
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
    (node.kind === 'block' && at[0] === whole);
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

function takeNumber(
  flat: Flat,
  roots: { base: bigint; exponent: Rational }[],
  value: Rational,
  exponent: Rational,
): void {
  if (Q.isInteger(exponent)) {
    if (Q.isZero(value) && Q.isNegative(exponent)) {
      refuse({ kind: 'value', message: 'this divides by zero' });
    }
    flat.coefficient = Q.times(flat.coefficient, Q.power(value, Number(exponent.n)));
  } else if (Q.isZero(value)) {
    if (Q.isNegative(exponent)) refuse({ kind: 'value', message: 'this divides by zero' });
    flat.coefficient = Q.zero;
  } else if (Q.isNegative(value)) {
    flat.factors.push({ base: number(value), exponent });
  } else {
    if (value.n !== 1n) roots.push({ base: value.n, exponent });
    if (value.d !== 1n) roots.push({ base: value.d, exponent: Q.negated(exponent) });
  }
}

function takeProduct(
  flat: Flat,
  waiting: Factor[],
  roots: { base: bigint; exponent: Rational }[],
  base: Term,
  exponent: Rational,
): void {
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
  const stay: Factor[] = [];
  for (const [t, e] of parts.factors) {
    const sign = signOf(t);
    if (sign === 'positive' || sign === 'nonnegative') waiting.push([t, Q.times(e, exponent)]);
    else if (Q.isInteger(e) && e.n % 2n === 0n) waiting.push([apply('abs', [t]), Q.times(e, exponent)]);
    else stay.push([t, e]);
  }
  if (stay.length === 0 && !Q.isNegative(parts.coefficient)) return;
  const rest = product(Q.isNegative(parts.coefficient) ? Q.minusOne : Q.one, stay, []);
  if (rest.node.kind === 'product') flat.factors.push({ base: rest, exponent });
  else waiting.push([rest, exponent]);
}

/** A row sum, sum_k Y[s,k], stays whole inside a longer product; a chain joins it. */
const opensInside = (node: ProductNode): boolean => node.factors.length > 1;

/** A delta with a bound index renames it; one with two free indices makes all else speak of the first. */
function spendSelector(flat: Flat, selectors: Term[]): Map<Index, Index> | undefined {
  const settled = new Set<Term>();
  for (const selector of selectors) {
    const [i, j] = selector.at as [Index, Index];
    for (const [from, to] of [
      [i, j],
      [j, i],
    ] as const) {
      const n = from < 0 ? -1 : flat.bound.findIndex(({ index }) => index === from);
      if (n < 0) continue;
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

/** Two pairings (or two blocks) that share a bound index become deltas. */
function contractSelectors(flat: Flat): void {
  // Summed over all places of the whole, a selector is 1: every part stands in one place.
  const free = flat.factors.find(
    ({ base }) => (base.node.kind === 'pairing' || base.node.kind === 'block') && onlyIn(flat, base.at[0]!, base),
  );
  if (free) {
    flat.factors = flat.factors.filter((f) => f !== free);
    flat.bound = flat.bound.filter(({ index }) => index !== free.base.at[0]);
    contractSelectors(flat);
    return;
  }
  for (const { base: a } of flat.factors)
    for (const { base: b } of flat.factors) {
      if (a === b || a.node.kind !== b.node.kind) continue;
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
  if (i === j && k === l && onlyIn(flat, i, a, b) && onlyIn(flat, k, a, b))
    return { deltas: [delta(p, q, whole)], spent: [i, k] };
  return undefined;
}
function joinBlocks(flat: Flat, a: Term, b: Term): Joined | undefined {
  if (a.at[0] !== b.at[0] || !flat.bound.some(({ index }) => index === a.at[0])) return undefined;
  if (a.node === b.node)
    return onlyIn(flat, a.at[0]!, a, b)
      ? { deltas: [delta(a.at[1]!, b.at[1]!, a.node.slots[1]!)], spent: [a.at[0]!] }
      : undefined;
  return areApart(stretchOf(a.node as BlockNode), stretchOf(b.node as BlockNode))
    ? { deltas: [zero], spent: [] }
    : undefined;
}
const stretchOf = ({ offset, slots }: BlockNode): Stretch => ({ offset, size: slots[1]! });

/** 12^(1/2) is 2*3^(1/2): integer parts leave, equal exponents share one root. */
function settleRoots(flat: Flat, roots: readonly { base: bigint; exponent: Rational }[]): void {
  const numbers: { base: bigint; exponent: Rational }[] = [...roots];
  flat.factors = flat.factors.filter(({ base, exponent }) => {
    if (base.node.kind !== 'number' || !Q.isPositive(base.node.value) || base.node.value.d !== 1n) return true;
    numbers.push({ base: base.node.value.n, exponent });
    return false;
  });
  if (numbers.length === 0) return;
  const byFraction = new Map<string, { base: bigint; exponent: Rational }>();
  for (const { base, exponent } of collectBases(numbers)) {
    const whole = exponent.n >= 0n ? exponent.n / exponent.d : -((-exponent.n + exponent.d - 1n) / exponent.d);
    const fraction = Q.minus(exponent, Q.rational(whole));
    flat.coefficient = Q.times(flat.coefficient, Q.power(Q.rational(base), Number(whole)));
    if (Q.isZero(fraction)) continue;
    const key = Q.toText(fraction);
    const known = byFraction.get(key);
    byFraction.set(key, { base: (known?.base ?? 1n) * base ** fraction.n, exponent: Q.rational(1n, fraction.d) });
  }
  for (const { base, exponent } of byFraction.values()) {
    const [outside, rest] = Q.extractRoot(base, Number(exponent.d));
    flat.coefficient = Q.times(flat.coefficient, Q.rational(outside));
    if (rest !== 1n) flat.factors.push({ base: number(Q.rational(rest)), exponent });
  }
}
function collectBases(
  numbers: readonly { base: bigint; exponent: Rational }[],
): readonly { base: bigint; exponent: Rational }[] {
  const byBase = new Map<bigint, Rational>();
  for (const { base, exponent } of numbers) byBase.set(base, Q.plus(byBase.get(base) ?? Q.zero, exponent));
  return [...byBase].map(([base, exponent]) => ({ base, exponent }));
}

function collectPowers(flat: Flat): void {
  const collected = new Map<string, { base: Term; exponent: Rational }>();
  for (const { base, exponent } of flat.factors) {
    const key = keyOf(base);
    const known = collected.get(key);
    if (known) known.exponent = Q.plus(known.exponent, exponent);
    else collected.set(key, { base, exponent });
  }
  flat.factors = [...collected.values()].filter(({ exponent }) => !Q.isZero(exponent));
  // |x|^2 is x^2.
  const even = flat.factors.find(
    ({ base, exponent }) =>
      base.node.kind === 'apply' && base.node.fn === 'abs' && exponent.n % 2n === 0n && exponent.d === 1n,
  );
  if (!even) return;
  [even.base] = argumentsOf(even.base as Term & { node: ApplyNode }) as [Term];
  collectPowers(flat);
}

const negatives = (t: Term): number => (t.node as SumNode).terms.filter(([c]) => Q.isNegative(c)).length;

/**
 * content * primitive: integer coprime coefficients, and (where the sign is free) of a sum and its opposite always the
 * same one, whichever was given.
 */
export function primitiveOf(t: Term, signed: boolean): readonly [Rational, Term] {
  const content = Q.content((t.node as SumNode).terms.map(([c]) => c));
  const primitive = Q.isOne(content) ? t : scale(Q.inverse(content), t);
  if (!signed) return [content, primitive];
  const opposite = negate(primitive);
  if (opposite.node !== primitive.node) {
    const minuses = negatives(primitive) - negatives(opposite) || primitive.node.hash - opposite.node.hash;
    return minuses > 0 ? [Q.negated(content), opposite] : [content, primitive];
  }
  // X[i,j] - X[j,i] is the negative of itself with i and j exchanged: the lesser arrangement stands for both.
  let least: { at: readonly Index[]; sign: 1 | -1 } = { at: primitive.at, sign: 1 };
  for (const { slots, sign } of primitive.node.symmetries) {
    const at = slots.map((slot) => primitive.at[slot]!);
    if (compareArrays(at, least.at) < 0) least = { at, sign };
  }
  return least.sign > 0 ? [content, primitive] : [Q.negated(content), { node: primitive.node, at: least.at }];
}

/** The one place where products are multiplied out: where a summand's delta would pick a bound index. */
function spreadDeltas(flat: Flat): Term | undefined {
  if (flat.bound.length === 0) return undefined;
  const bound = new Set(flat.bound.map(({ index }) => index));
  const selectors: ReadonlySet<Node['kind']> = new Set(['delta', 'pairing', 'block']);
  const picks = (t: Term): boolean => {
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

/** Factors that share bound indices hang together; each such component becomes a factor of its own. */
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
  const roots: { base: bigint; exponent: Rational }[] = [];
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

/** Connected factors under a sum. An index that touches one factor only is summed inside that factor. */
function contraction(factors: readonly Factor[], bound: readonly Bound[]): Term {
  if (factors.length > 1) {
    for (const [base, exponent] of factors) {
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
  if (factors.length === 1 && only.node.kind === 'sum' && Q.isOne(exponent)) {
    // sum_i(x[i] - c) is sum(x) - n*c: a summand that does not vary leaves.
    const summands = summandsOf(only);
    if (summands.some(([, t]) => bound.some(({ index }) => !dependsOn(t, index))))
      return sum(summands.map(([c, t]): Summand => [c, product(Q.one, [[t, Q.one]], bound)]));
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

function internProduct(coefficient: Rational, factors: readonly Factor[]): Term {
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
// ---- functions

/** A function of numbers applied entry by entry. exp(-x/2) is exp(x)^(-1/2), so that exponentials multiply and cancel. */
export function apply(fn: string, args: readonly Term[]): Term {
  const [arg] = args as [Term];
  if (args.length === 1 && arg.node.kind === 'number') {
    const value = exactly(fn, arg.node.value);
    if (value) return number(value);
  }
  if (args.length === 2 && same(arg, args[1]!) && Object.hasOwn(ofEquals, fn)) return ofEquals[fn]!(arg);
  if (fn === 'power' && args[1]!.node.kind === 'number') return power(arg, args[1]!.node.value);
  if (fn === 'exp') {
    const [coefficient, rest] = arg.node.kind === 'sum' ? primitiveOf(arg, true) : splitCoefficient(arg);
    if (!Q.isOne(coefficient)) return power(apply('exp', [rest]), coefficient);
  }
  if (fn === 'abs') {
    const sign = signOf(arg);
    if (sign === 'positive' || sign === 'nonnegative') return arg;
    if (sign === 'negative') return negate(arg);
    const [coefficient, rest] = arg.node.kind === 'sum' ? primitiveOf(arg, true) : splitCoefficient(arg);
    if (!Q.isOne(coefficient)) return scale(Q.absolute(coefficient), apply('abs', [rest]));
  }
  const indices = labelledIndices(args, []);
  const labelling = label(
    args.map((t, n) => ({ node: t.node, at: t.at, tag: `,${n}` })),
    indices,
  );
  const slots = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<ApplyNode>(`${fn}(${labelling.key}`, () => {
    const placed = labelling.items.toSorted((a, b) => a.from - b.from).map(({ node, at }): Term => ({ node, at }));
    return {
      kind: 'apply',
      fn,
      args: placed,
      hash: mixAll(
        mix(14, hashText(fn)),
        placed.map(({ node, at }) => mixAll(node.hash, at)),
      ),
      slots,
      symmetries: slotSymmetries(labelling.automorphisms, slots.length),
    };
  });
  return place(node, labelling.order);
}

/** Operations on a matrix that see its transpose through their own: inv(X')[i,j] = inv(X)[j,i], det(X') = det(X). */
const transposable: ReadonlySet<string> = new Set(['inv', 'det', 'logdet']);

/** A function of an array: `bound` are the indices of the body that the function consumes, in order. */
export function operation(
  op: string,
  body: Term,
  bound: readonly Bound[],
  outs: readonly Index[],
  outDims: readonly Dim[],
): Term {
  const boundIndices = bound.map(({ index }) => index);
  const marks = outs.map(() => freshIndex());
  const make = (boundOrder: readonly Index[], outOrder: readonly number[]) => {
    const ranks = new Map<Index, number>([
      ...outOrder.map((out, n): [Index, number] => [marks[out]!, n]),
      ...boundOrder.map((index, n): [Index, number] => [index, 200 + n]),
    ]);
    const indices: LabelledIndex[] = outOrder.map((out, n) => ({ index: marks[out]!, dim: outDims[out]!, rank: n }));
    for (const { index, dim } of bound) indices.push({ index, dim, rank: ranks.get(index)! });
    for (const { index, dim } of labelledIndices([body], []))
      if (!boundIndices.includes(index)) indices.push({ index, dim, rank: 100 });
    return { labelling: label([{ node: body.node, at: body.at, tag: '' }], indices), indices, outOrder };
  };
  const straight = make(
    boundIndices,
    outs.map((_, n) => n),
  );
  const turned = transposable.has(op)
    ? make(
        boundIndices.toReversed(),
        outs.map((_, n) => outs.length - 1 - n),
      )
    : straight;
  const best = turned.labelling.key < straight.labelling.key ? turned : straight;
  const { labelling, indices } = best;
  const free = labelling.order.length - bound.length;
  const dims = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<OperationNode>(`${op}{${outs.length},${bound.length}}${labelling.key}`, () => {
    const [item] = labelling.items;
    const symmetric = turned !== straight && outs.length === 2 && turned.labelling.key === straight.labelling.key;
    const symmetries = slotSymmetries(labelling.automorphisms, free);
    return {
      kind: 'operation',
      op,
      body: { node: item!.node, at: item!.at },
      bound: dims.slice(free),
      outs: outs.length,
      hash: mixAll(mix(15, hashText(op)), [item!.node.hash, ...item!.at]),
      slots: dims.slice(0, free),
      symmetries: symmetric
        ? withOutSwap(symmetries, turned.labelling.order, straight.labelling.order, free)
        : symmetries,
    };
  });
  const positions = new Map(marks.map((mark, n) => [mark, outs[n]!]));
  return place(
    node,
    labelling.order.slice(0, free).map((index) => positions.get(index) ?? index),
  );
}
/** A whole name: x, A, applied to the slots 0, 1, …. */
export const slotIndices = (count: number): readonly Index[] => [...Array(count).keys()];
