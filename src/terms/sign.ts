/** What sign does a term have wherever it is defined, as far as that is plain to see? From facts, ranges of functions and arithmetic. */
import {
  entrywise,
  type EntrywiseRecord,
  type Range as FunctionRange,
  reductionFunctions,
  vectorFunctions,
} from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Fact, factRecords, implied, someFact, zerosOf } from '../syntax/facts.ts';
import type { Index, Node, SymbolNode, Term } from './node.ts';

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
      return 'positive';
    case 'delta':
    case 'pairing':
    case 'block':
      return 'nonnegative';
    case 'apply':
      return signOfCall(entrywise[node.fn], node.args);
    case 'operation': {
      const vector = vectorFunctions.get(node.op);
      if (vector) return signIn(rangeFrom(vector.range));
      // The largest and the smallest entry are entries.
      if (reductionFunctions.has(node.op)) return signOf(node.body);
      return node.op === 'det' && isNamedDefinite(node.body.node) ? 'positive' : 'unknown';
    }
    case 'sum': {
      const sign = node.terms.map(([c, t]) => scaled(signOf(t), c)).reduce(added);
      return sign === 'unknown' ? signIn(rangeOfNode(node)) : sign;
    }
    case 'product': {
      let sign: Sign = Q.isPositive(node.coefficient) ? 'positive' : 'negative';
      for (const [t, e] of node.factors) sign = multiplied(sign, raised(signOf(t), e));
      return node.bound.length > 0 && sign === 'nonzero' ? 'unknown' : sign;
    }
  }
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
  const { facts, definition, role } = symbol;
  if (role === 'constant') return 'positive';
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
/** Of an odd function that rises everywhere, the sign of its argument. */
function signOfCall(record: EntrywiseRecord, args: readonly Term[]): Sign {
  const sign = signIn(rangeFrom(record.range));
  if (sign !== 'unknown') return sign;
  const keeps = record.parity === 'odd' && record.monotone === 'increasing' && record.period === 'none';
  return keeps ? signOf(args[0]!) : 'unknown';
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
      return atLeast(1);
    case 'delta':
    case 'pairing':
    case 'block':
      return truth;
    case 'apply':
      return rangeFrom(entrywise[node.fn].range);
    case 'operation': {
      const vector = vectorFunctions.get(node.op);
      return vector ? rangeFrom(vector.range) : rangeWith[compute(node)];
    }
    case 'sum':
      return node.terms.map(([c, t]) => scaledRange(rangeOf(t), c)).reduce(sumOfRanges);
    case 'product': {
      if (node.bound.length > 0) return rangeWith[compute(node)];
      const all = node.factors.map(([t, e]) => raisedRange(rangeOf(t), e)).reduce(productOfRanges);
      // The signs of the factors say more where there are no ends.
      return all.least || all.most ? scaledRange(all, node.coefficient) : rangeWith[compute(node)];
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
/** Of nonnegative numbers; of others only that it is unknown. */
function productOfRanges(a: Range, b: Range): Range {
  if (!a.least || !b.least || Q.isNegative(a.least) || Q.isNegative(b.least)) return {};
  const least = Q.times(a.least, b.least);
  return {
    least,
    most: a.most && b.most && Q.times(a.most, b.most),
    isOpenBelow: a.isOpenBelow === true && b.isOpenBelow === true,
    // x*y stays below its bound as soon as one of them does, unless the bound is 0.
    isOpenAbove: (a.isOpenAbove === true || b.isOpenAbove === true) && !isZeroEnd(a) && !isZeroEnd(b),
  };
}
const isZeroEnd = ({ most }: Range): boolean => most !== undefined && Q.isZero(most);

export function raisedRange(range: Range, e: Rational): Range {
  if (Q.isOne(e)) return range;
  if (!Q.isInteger(e) || Q.isNegative(e)) return rangeWith[raised(signIn(range), e)];
  const times = Number(e.n);
  const { least, most, isOpenBelow, isOpenAbove } = range;
  if (least && !Q.isNegative(least))
    return { least: Q.power(least, times), most: most && Q.power(most, times), isOpenBelow, isOpenAbove };
  if (times % 2 === 1) return rangeWith[signIn(range)];
  if (!least || !most) return atLeast(0);
  const [low, high] = [Q.absolute(least), Q.absolute(most)];
  const order = Q.compare(low, high);
  const isOpen = order > 0 ? isOpenBelow : order < 0 ? isOpenAbove : isOpenBelow === true && isOpenAbove === true;
  return { least: Q.zero, most: Q.power(order > 0 ? low : high, times), isOpenAbove: isOpen };
}
