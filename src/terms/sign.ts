/** What sign does a term have wherever it is defined, as far as that is plain to see? From facts, ranges of functions and arithmetic. */
import {
  entrywise,
  type EntrywiseName,
  type EntrywiseRecord,
  type Range as FunctionRange,
  reductionFunctions,
  type ReductionName,
  vectorFunctions,
} from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Fact, factRecords, implied, someFact, zerosOf } from '../syntax/facts.ts';
import { piSymbol } from './atoms.ts';
import type { ApplyNode, Index, Node, SymbolNode, Term } from './node.ts';

export type Sign = 'positive' | 'nonnegative' | 'negative' | 'nonpositive' | 'zero' | 'nonzero' | 'unknown';

/** Between these numbers; a missing one is infinite. An open end is not reached. */
export interface Range {
  readonly least?: Rational | undefined;
  readonly most?: Rational | undefined;
  readonly isOpenBelow?: boolean | undefined;
  readonly isOpenAbove?: boolean | undefined;
}

export const isPositive = (t: Term): boolean => signOf(t) === 'positive';
export const isNonnegative = (t: Term): boolean => ['positive', 'nonnegative', 'zero'].includes(signOf(t));
export const isNonzero = (t: Term): boolean => ['positive', 'negative', 'nonzero'].includes(signOf(t));

const signs = new WeakMap<Node, Sign>();

export function signOf({ node, at }: Term): Sign {
  if (node.kind === 'symbol') return signOfName(node, at);
  let sign = signs.get(node);
  if (!sign) signs.set(node, (sign = compute(node)));
  return sign;
}

function compute(node: Exclude<Node, SymbolNode>): Sign {
  switch (node.kind) {
    case 'number':
      return Q.isZero(node.value) ? 'zero' : Q.isPositive(node.value) ? 'positive' : 'negative';
    case 'size':
    case 'index':
      return 'positive';
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
      return 'nonnegative';
    case 'apply':
      return signOfCall(node);
    case 'operation': {
      const vector = vectorFunctions.get(node.op);
      if (vector) return signIn(rangeFrom(vector.range));
      const reduction = reductionFunctions.get(node.op);
      if (reduction) return reducedSign(node.op, signIn(rangeFrom(reduction.range)), signOf(node.body));
      if (node.op === 'normop' || node.op === 'normnuc') return 'nonnegative';
      return node.op === 'det' && isNamedDefinite(node.body.node) ? 'positive' : 'unknown';
    }
    case 'sum': {
      const sign = node.terms.map(([c, t]) => scaled(signOf(t), c)).reduce(added);
      const angle = rangeInQuarters({ node, at: node.slots.map((_, slot) => slot) });
      return both(both(sign, signIn(rangeOfNode(node))), angle ? signIn(angle) : 'unknown');
    }
    case 'product': {
      let sign: Sign = Q.isPositive(node.coefficient) ? 'positive' : 'negative';
      for (const [t, e] of node.factors) sign = multiplied(sign, raised(signOf(t), e));
      return node.bound.length > 0 && sign === 'nonzero' ? 'unknown' : sign;
    }
  }
}

/** The largest and the smallest entry are entries; of a product as many as there are change the sign. */
function reducedSign(op: string, always: Sign, entry: Sign): Sign {
  if (always !== 'unknown' || op !== ('prod' satisfies ReductionName)) return always === 'unknown' ? entry : always;
  return entry === 'negative' ? 'nonzero' : entry === 'nonpositive' ? 'unknown' : entry;
}

// ---- names

const isNamedDefinite = (node: Node): boolean =>
  node.kind === 'symbol' && someFact(node.symbol.facts, ({ definite }) => definite === true);

const namedSigns = new WeakMap<SymbolNode, { readonly entry: Sign; readonly diagonal: Sign }>();
function signOfName(node: SymbolNode, at: readonly Index[]): Sign {
  let known = namedSigns.get(node);
  if (!known) {
    known = { entry: signOfEntry(node, false), diagonal: signOfEntry(node, true) };
    namedSigns.set(node, known);
  }
  return at.length === 2 && at[0] === at[1] ? known.diagonal : known.entry;
}
function signOfEntry({ symbol, slots }: SymbolNode, isOnDiagonal: boolean): Sign {
  const { facts, definition } = symbol;
  const zeros = zerosOf(facts);
  if (isOnDiagonal && zeros.has('on the diagonal')) return 'zero';
  if (isOnDiagonal && someFact(facts, ({ definite }) => definite === true)) return 'positive';
  const stated = statedSign(facts, slots.length === 0);
  const found = stated === 'unknown' && definition ? signOf(definition) : stated;
  const isNeverZero =
    zeros.size === 0 || (isOnDiagonal && ![...zeros].some((z) => z === 'in each row' || z === 'on the diagonal'));
  return isNeverZero ? found : orZero(found);
}
function statedSign(facts: ReadonlySet<Fact>, isNumber: boolean): Sign {
  const says = (sign: Sign): boolean => someFact(facts, ({ entries }) => entries === sign);
  const isNever = says('nonzero') || (isNumber && implied(facts).has('nonzero'));
  if (says('positive') || (says('nonnegative') && isNever)) return 'positive';
  if (says('negative')) return 'negative';
  if (says('nonnegative')) return 'nonnegative';
  return isNever ? 'nonzero' : 'unknown';
}
const orZero = (sign: Sign): Sign =>
  sign === 'positive' ? 'nonnegative' : sign === 'negative' ? 'nonpositive' : sign === 'nonzero' ? 'unknown' : sign;

// ---- arithmetic of signs

const opposite: Readonly<Record<Sign, Sign>> = {
  positive: 'negative',
  negative: 'positive',
  nonnegative: 'nonpositive',
  nonpositive: 'nonnegative',
  zero: 'zero',
  nonzero: 'nonzero',
  unknown: 'unknown',
};
export const scaled = (sign: Sign, c: Rational): Sign => (Q.isPositive(c) ? sign : opposite[sign]);

export function added(a: Sign, b: Sign): Sign {
  if (a === 'zero') return b;
  if (b === 'zero') return a;
  const both = [a, b];
  if (both.every((s) => s === 'positive' || s === 'nonnegative'))
    return both.includes('positive') ? 'positive' : 'nonnegative';
  if (both.every((s) => s === 'negative' || s === 'nonpositive'))
    return both.includes('negative') ? 'negative' : 'nonpositive';
  return 'unknown';
}

/** Of what has both. */
export function both(a: Sign, b: Sign): Sign {
  const says = (sign: Sign): boolean => a === sign || b === sign;
  if (a === b || b === 'unknown') return a;
  if (a === 'unknown') return b;
  if (says('zero') || (says('nonnegative') && says('nonpositive'))) return 'zero';
  if (says('positive') || (says('nonnegative') && says('nonzero'))) return 'positive';
  return 'negative';
}

/** Of a power, where it is defined: 1/x of a nonnegative x is positive. */
export function raised(sign: Sign, e: Rational): Sign {
  if (sign === 'positive') return 'positive';
  const isDivided = Q.isNegative(e);
  if (!Q.isInteger(e)) return isDivided ? 'positive' : 'nonnegative';
  if (e.n % 2n === 0n) {
    if (sign === 'nonzero' || sign === 'negative' || isDivided) return 'positive';
    return sign === 'zero' ? 'zero' : 'nonnegative';
  }
  if (!isDivided) return sign;
  return sign === 'nonnegative'
    ? 'positive'
    : sign === 'nonpositive'
      ? 'negative'
      : sign === 'unknown'
        ? 'nonzero'
        : sign;
}

export function multiplied(a: Sign, b: Sign): Sign {
  if (a === 'zero' || b === 'zero') return 'zero';
  if (a === 'unknown' || b === 'unknown') return 'unknown';
  if (a === 'positive') return b;
  if (b === 'positive') return a;
  if (a === 'negative') return opposite[b];
  if (b === 'negative') return opposite[a];
  if (a === 'nonzero' || b === 'nonzero') return a === b ? 'nonzero' : 'unknown';
  return a === b ? 'nonnegative' : 'nonpositive';
}

// ---- angles: pi/2 + atan(x) is positive, which no rational number between them shows

/** In quarter turns, of what is a sum of angles; undefined for others. */
function rangeInQuarters(t: Term): Range | undefined {
  const { node } = t;
  switch (node.kind) {
    case 'symbol':
      return node.symbol === piSymbol ? within(2, 2) : undefined;
    case 'apply': {
      const { least, most, reached } = (entrywise[node.fn] satisfies EntrywiseRecord).range;
      const quarters = { least: least / quarter, most: most / quarter, reached };
      const isAngle = [quarters.least, quarters.most].every(Number.isInteger) && least !== most;
      return isAngle ? narrowed(rangeFrom(quarters), rangeWith[signOf(t)]) : undefined;
    }
    case 'sum': {
      const parts = node.terms.map(([c, s]) => {
        const range = rangeInQuarters(s);
        return range && scaledRange(range, c);
      });
      return parts.every((part) => part !== undefined) ? parts.reduce(sumOfRanges) : undefined;
    }
    case 'product': {
      const [[only, e], ...others] = node.factors as readonly [readonly [Term, Rational], ...unknown[]];
      const range = others.length === 0 && Q.isOne(e) && node.bound.length === 0 ? rangeInQuarters(only) : undefined;
      return range && scaledRange(range, node.coefficient);
    }
    default:
      return undefined;
  }
}
const quarter = Math.PI / 2;

// ---- ranges: 1 - sigmoid(x) is positive because sigmoid(x) is below 1

const q = (value: number): Rational => Q.rational(value);
const above = (least: number): Range => ({ least: q(least), isOpenBelow: true });
const atLeast = (least: number): Range => ({ least: q(least) });
const within = (least: number, most: number): Range => ({ least: q(least), most: q(most) });
const truth = within(0, 1);

/** Its ends as rationals, where they are not whole a little further out. */
function rangeFrom({ least, most, reached }: FunctionRange): Range {
  return {
    ...(Number.isFinite(least) && { least: q(Math.floor(least)) }),
    ...(Number.isFinite(most) && { most: q(Math.ceil(most)) }),
    isOpenBelow: !Number.isInteger(least) || (reached !== 'least' && reached !== 'both'),
    isOpenAbove: !Number.isInteger(most) || (reached !== 'most' && reached !== 'both'),
  };
}
/** From its range; an odd function that rises everywhere has the sign of its argument. */
function signOfCall({ fn, args }: ApplyNode): Sign {
  const record: EntrywiseRecord = entrywise[fn];
  const keeps = record.parity === 'odd' && record.monotone === 'increasing' && record.period === 'none';
  return both(signIn(rangeOfCall(fn, args)), keeps ? signOf(args[0]!) : 'unknown');
}

/** Of functions of several arguments, each rising with every one of them. */
const betweenArguments: Partial<Record<EntrywiseName, (...ranges: readonly [Range, Range, Range]) => Range>> = {
  max: (x, y) => ({
    ...belowBy(tighter(lowerOf(x), lowerOf(y), 1)),
    ...aboveBy(looser(upperOf(x), upperOf(y), 1)),
  }),
  min: (x, y) => ({
    ...belowBy(looser(lowerOf(x), lowerOf(y), -1)),
    ...aboveBy(tighter(upperOf(x), upperOf(y), -1)),
  }),
  clip: (_, low, high) => ({ ...belowBy(lowerOf(low)), ...aboveBy(upperOf(high)) }),
};

/** What is known of all its values, and of a monotone function between the values at the ends of its argument's range. */
function rangeOfCall(fn: EntrywiseName, args: readonly Term[]): Range {
  const record: EntrywiseRecord = entrywise[fn];
  const own = rangeFrom(record.range);
  const between = betweenArguments[fn];
  const [a, b = {}, c = {}] = args.map(rangeOf) as [Range, Range?, Range?];
  if (between) return narrowed(own, between(a, b, c));
  const hasPoles = record.domain.some(({ needs }) => needs === 'off-poles');
  if (record.monotone === 'none' || args.length !== 1 || record.period !== 'none' || hasPoles) return own;
  // Without kinks it is monotone in the strict sense, and an end that is not reached has a value that is not reached.
  const isStrict = record.kinks.length === 0;
  const closed = (end: End | undefined): End | undefined => end && { at: end.at, isOpen: isStrict && end.isOpen };
  const [low, high] = [closed(lowerOf(a)), closed(upperOf(a))];
  const [from, to] = record.monotone === 'increasing' ? [low, high] : [high, low];
  return narrowed(own, { ...belowBy(from && valueAt(record, from, -1)), ...aboveBy(to && valueAt(record, to, 1)) });
}

interface End {
  readonly at: Rational;
  readonly isOpen: boolean;
}
const lowerOf = ({ least, isOpenBelow }: Range): End | undefined =>
  least && { at: least, isOpen: isOpenBelow === true };
const upperOf = ({ most, isOpenAbove }: Range): End | undefined => most && { at: most, isOpen: isOpenAbove === true };
const belowBy = (end: End | undefined): Range => (end ? { least: end.at, isOpenBelow: end.isOpen } : {});
const aboveBy = (end: End | undefined): Range => (end ? { most: end.at, isOpenAbove: end.isOpen } : {});

/** The end of a range of values, exact where the value is a known rational number, otherwise a little further out. */
function valueAt(record: EntrywiseRecord, { at, isOpen }: End, side: 1 | -1): End | undefined {
  const { exact } = record;
  if (exact.kind === 'rational') return { at: exact.value(at), isOpen };
  const known = exact.at.find(([point]) => point === Q.toText(at))?.[1];
  const fraction = known === undefined ? undefined : /^(-?\d+)(?:\/(\d+))?$/.exec(known);
  return fraction
    ? { at: Q.rational(BigInt(fraction[1]!), BigInt(fraction[2] ?? 1)), isOpen }
    : roughly(record.value(Q.toNumber(at)), side);
}
/** Never reached: it lies further out than what rounding can do. */
function roughly(value: number, side: 1 | -1): End | undefined {
  if (!Number.isFinite(value) || Math.abs(value) > largest) return undefined;
  const outside = value * perUnit + side * (1 + Math.abs(value)) * slack;
  return { at: Q.rational(BigInt(side > 0 ? Math.ceil(outside) : Math.floor(outside)), BigInt(perUnit)), isOpen: true };
}
const perUnit = 1024;
const slack = 1e-6;
const largest = 1e6;
/** Ends are not raised to higher powers: their digits would never end. */
const mostExact = q(64);

/** In both. */
function narrowed(a: Range, b: Range): Range {
  return {
    ...belowBy(tighter(lowerOf(a), lowerOf(b), 1)),
    ...aboveBy(tighter(upperOf(a), upperOf(b), -1)),
  };
}
/** Of two lower ends (side 1) the higher one, of two upper ends the lower one. */
function tighter(a: End | undefined, b: End | undefined, side: 1 | -1): End | undefined {
  if (!a || !b) return a ?? b;
  const order = side * Q.compare(a.at, b.at);
  return order === 0 ? { at: a.at, isOpen: a.isOpen || b.isOpen } : order > 0 ? a : b;
}
/** Of two ends the higher one (side 1) or the lower one; nothing where one is infinite. */
function looser(a: End | undefined, b: End | undefined, side: 1 | -1): End | undefined {
  if (!a || !b) return undefined;
  const order = side * Q.compare(a.at, b.at);
  return order === 0 ? { at: a.at, isOpen: a.isOpen && b.isOpen } : order > 0 ? a : b;
}

function signIn({ least, most, isOpenBelow, isOpenAbove }: Range): Sign {
  if (least && most && Q.isZero(least) && Q.isZero(most)) return 'zero';
  if (least && !Q.isNegative(least)) return Q.isPositive(least) || isOpenBelow ? 'positive' : 'nonnegative';
  if (most && !Q.isPositive(most)) return Q.isNegative(most) || isOpenAbove ? 'negative' : 'nonpositive';
  return 'unknown';
}
const rangeWith: Readonly<Record<Sign, Range>> = {
  positive: above(0),
  nonnegative: atLeast(0),
  negative: { most: Q.zero, isOpenAbove: true },
  nonpositive: { most: Q.zero },
  zero: within(0, 0),
  nonzero: {},
  unknown: {},
};

const ranges = new WeakMap<Node, Range>();
export function rangeOf(t: Term): Range {
  const { node } = t;
  if (node.kind === 'symbol') return rangeOfName(t, node);
  let range = ranges.get(node);
  if (!range) ranges.set(node, (range = rangeOfNode(node)));
  return range;
}
function rangeOfName(t: Term, { symbol }: SymbolNode): Range {
  const sign = rangeWith[signOf(t)];
  if (symbol.facts.size === 0) return symbol.definition ? rangeOf(symbol.definition) : sign;
  const ends = [...implied(symbol.facts)].flatMap((fact) => factRecords[fact].within ?? []);
  return ends.length === 0 ? sign : { ...within(-Math.max(...ends), Math.max(...ends)), ...defined(sign) };
}

function rangeOfNode(node: Exclude<Node, SymbolNode>): Range {
  switch (node.kind) {
    case 'number':
      return { least: node.value, most: node.value };
    case 'size':
    case 'index':
      return atLeast(1);
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
      return truth;
    case 'apply':
      return narrowed(rangeOfCall(node.fn, node.args), rangeWith[compute(node)]);
    case 'operation': {
      const vector = vectorFunctions.get(node.op);
      return vector ? rangeFrom(vector.range) : rangeWith[compute(node)];
    }
    case 'sum':
      return node.terms.map(([c, t]) => scaledRange(rangeOf(t), c)).reduce(sumOfRanges);
    case 'product': {
      if (node.bound.length > 0) return rangeWith[compute(node)];
      const all = node.factors.map(([t, e]) => raisedRange(rangeOf(t), e)).reduce(productOfRanges);
      return narrowed(scaledRange(all, node.coefficient), rangeWith[compute(node)]);
    }
  }
}
const defined = ({ least, most, isOpenBelow, isOpenAbove }: Range): Range => ({
  ...(least && { least, isOpenBelow }),
  ...(most && { most, isOpenAbove }),
});

function scaledRange({ least, most, isOpenBelow, isOpenAbove }: Range, c: Rational): Range {
  const times = (end: Rational | undefined): Rational | undefined => end && Q.times(end, c);
  return Q.isPositive(c)
    ? { least: times(least), most: times(most), isOpenBelow, isOpenAbove }
    : { least: times(most), most: times(least), isOpenBelow: isOpenAbove, isOpenAbove: isOpenBelow };
}
const sumOfRanges = (a: Range, b: Range): Range => ({
  least: a.least && b.least && Q.plus(a.least, b.least),
  most: a.most && b.most && Q.plus(a.most, b.most),
  isOpenBelow: a.isOpenBelow === true || b.isOpenBelow === true,
  isOpenAbove: a.isOpenAbove === true || b.isOpenAbove === true,
});
function productOfRanges(a: Range, b: Range): Range {
  if (!a.least || !b.least || Q.isNegative(a.least) || Q.isNegative(b.least)) return productOfBounded(a, b);
  const least = Q.times(a.least, b.least);
  return {
    least,
    most: a.most && b.most && Q.times(a.most, b.most),
    isOpenBelow: a.isOpenBelow === true && b.isOpenBelow === true,
    // x*y stays below its bound as soon as one of them does, unless the bound is 0.
    isOpenAbove: (a.isOpenAbove === true || b.isOpenAbove === true) && !isZeroEnd(a) && !isZeroEnd(b),
  };
}
/** Of numbers of both signs the products of the ends are the limits; which of them are reached is left open. */
function productOfBounded(a: Range, b: Range): Range {
  if (!a.least || !a.most || !b.least || !b.most) return {};
  const ends = [a.least, a.most].flatMap((x) => [b.least!, b.most!].map((y) => Q.times(x, y)));
  return { least: ends.reduce(Q.smaller), most: Q.negated(ends.map(Q.negated).reduce(Q.smaller)) };
}
const isZeroEnd = ({ most }: Range): boolean => most !== undefined && Q.isZero(most);

export function raisedRange(range: Range, e: Rational): Range {
  if (Q.isOne(e)) return range;
  const { least, most, isOpenBelow, isOpenAbove } = range;
  if (least && !Q.isNegative(least)) return powersOfNonnegative(range, e);
  if (!Q.isInteger(e) || Q.isNegative(e)) return rangeWith[raised(signIn(range), e)];
  const times = Number(e.n);
  if (times % 2 === 1) return rangeWith[signIn(range)];
  if (!least || !most) return atLeast(0);
  const [low, high] = [Q.absolute(least), Q.absolute(most)];
  const order = Q.compare(low, high);
  const isOpen = order > 0 ? isOpenBelow : order < 0 ? isOpenAbove : isOpenBelow === true && isOpenAbove === true;
  return { least: Q.zero, most: Q.power(order > 0 ? low : high, times), isOpenAbove: isOpen };
}
/** x^e rises for positive e, and falls towards 0 for negative ones. */
function powersOfNonnegative(range: Range, e: Rational): Range {
  if (Q.compare(Q.absolute(e), mostExact) > 0) return rangeWith[raised(signIn(range), e)];
  const power = (end: End | undefined, side: 1 | -1): End | undefined => end && powerOf(end, e, side);
  const [low, high] = [lowerOf(range), upperOf(range)];
  if (Q.isPositive(e)) return { ...belowBy(power(low, -1)), ...aboveBy(power(high, 1)) };
  return { ...belowBy(power(high, -1) ?? { at: Q.zero, isOpen: true }), ...aboveBy(power(low, 1)) };
}
/** Undefined where it is infinite. */
function powerOf({ at, isOpen }: End, e: Rational, side: 1 | -1): End | undefined {
  if (Q.isZero(at)) return Q.isPositive(e) ? { at, isOpen } : undefined;
  if (Q.isInteger(e)) return { at: Q.power(at, Number(e.n)), isOpen };
  return Q.isOne(at) ? { at, isOpen } : roughly(Q.toNumber(at) ** Q.toNumber(e), side);
}
