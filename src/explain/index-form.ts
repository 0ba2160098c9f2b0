/**
 * A term with subscripts and sums, as one writes it line by line on a blackboard: (1/tau)*(y[i]*delta(i,k) - y[i]*y[k]).
 * Answers use the shorter mixture of form/entries.ts; steps show what is summed.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { sizeExpression } from '../shape/dim.ts';
import { binary, call, integer, nameOf, negationOf, numberOf, productOf, subscript, sumOf } from '../syntax/build.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';
import { cyclicEntry } from '../form/entries.ts';
import {
  argumentsOf,
  isCyclic,
  openOperation,
  partsOf,
  permutationAt,
  power,
  rename,
  scale,
  summandsOf,
} from '../terms/construct.ts';
import {
  type ApplyNode,
  type Bound,
  type Factor,
  type Index,
  isUnknown,
  type OperationNode,
  type Term,
} from '../terms/node.ts';
import { calledInLanguage, unknownFunction } from '../terms/unknown.ts';
import { noticing, type Unbuilt } from '../terms/notice.ts';
import { symbolsIn } from '../terms/substitute.ts';
import { conditionOf, linearForm, wholeOf } from '../form/positions.ts';
import { opposite } from './formulas.ts';

export type IndexNames = ReadonlyMap<Index, string>;

export interface Notation {
  /** Names for these indices, beside those that are given. */
  readonly nameIndices: (indices: readonly Index[], given: IndexNames) => IndexNames;
  /** What has no sums to show: functions of arrays, indicators. Some have no such form. */
  readonly entry: (t: Term, names: IndexNames) => Expression | undefined;
}

export function indexForm(t: Term, given: IndexNames, notation: Notation): Expression {
  const names = notation.nameIndices(
    t.at.filter((i) => i >= 0),
    given,
  );
  const index = (i: Index): Expression => (i < 0 ? integer(-i) : indexSign(names.get(i)!));
  const visit = (part: Term): Expression => indexForm(part, names, notation);
  switch (t.node.kind) {
    case 'number':
      return numberOf(t.node.value);
    case 'size':
      return sizeExpression(t.node.dim);
    case 'index':
      return index(t.at[0]!);
    case 'delta':
      return call('delta', ...t.at.map(index));
    case 'symbol':
      if (isCyclic(t.node)) return cyclicEntry(t.at.map(index));
      return indexed(t.node.symbol.name, t.at.map(index));
    case 'sum': {
      const space = permutationAt(t);
      if (space) return call('levicivita', ...space.map(index));
      return writtenSum(t, names, notation);
    }
    case 'product':
      return writtenProduct(t, names, notation);
    case 'apply': {
      const known = plainFunction.test(t.node.fn) ? undefined : notation.entry(t, names);
      return known ?? call(t.node.fn, ...argumentsOf(t as Term & { node: ApplyNode }).map(visit));
    }
    case 'operation':
      return notation.entry(t, names) ?? writtenOperation(t as Term & { node: OperationNode }, names, notation);
    case 'pairing': {
      // One position of what lies behind each other: p is (a - 1)*n + b.
      const [whole, major, minor] = t.at.map(index) as [Expression, Expression, Expression];
      const before = binary('*', sumOf([plus(major), minus(integer(1))]), sizeExpression(t.node.slots[2]!));
      return { kind: 'indicator', comparison: '==', left: whole, right: sumOf([plus(before), plus(minor)]) };
    }
    case 'guard':
      return conditionOf(t, index);
    case 'block': {
      return { kind: 'indicator', comparison: '==', left: index(t.at[0]!), right: linearForm(wholeOf(t), index) };
    }
  }
}
const plus = (term: Expression): SignedTerm => ({ negative: false, term });
const minus = (term: Expression): SignedTerm => ({ negative: true, term });

/** A product or a function as it was asked for, before normal form. */
export function unbuiltForm(t: Unbuilt, given: IndexNames, notation: Notation): Expression {
  const parts = t.kind === 'product' ? t.factors.map(([f]) => f) : t.args;
  const own = t.kind === 'product' ? t.bound.map(({ index }) => index) : [];
  const free = parts.flatMap(({ at }) => at.filter((index) => index >= 0 && !own.includes(index)));
  const names = notation.nameIndices(free, given);
  return t.kind === 'product'
    ? writtenProductOf(t.coefficient, t.factors, t.bound, names, notation)
    : call(t.fn, ...t.args.map((arg) => indexForm(arg, names, notation)));
}

/** What has no form in the language, written all the same: softmax(x[j])[i]. */
function writtenOperation(t: Term & { node: OperationNode }, names: IndexNames, notation: Notation): Expression {
  const { op, body, bound, outs, further } = openOperation(t);
  const args = [{ body, bound }, ...further].map((argument) => {
    const inner = notation.nameIndices(
      argument.bound.map(({ index }) => index),
      names,
    );
    return indexForm(argument.body, inner, notation);
  });
  const written = call(isUnknown(op) ? calledInLanguage(unknownFunction(op)) : op, ...args);
  const at = outs.map((i): Expression => (i < 0 ? integer(-i) : indexSign(names.get(i)!)));
  return at.length > 0 ? subscript(written, ...at) : written;
}
/** Not an indicator and not a power, which have signs of their own. */
const plainFunction = /^(?!greater|less|at-|equals|differs|power)/;

/** A position that is known is written as its number. */
export const indexSign = (name: string): Expression => (/^\d+$/.test(name) ? integer(Number(name)) : nameOf(name));
const indexed = (name: string, at: readonly Expression[]): Expression =>
  at.length > 0 ? subscript(nameOf(name), ...at) : nameOf(name);

// ---- sums

function writtenSum(t: Term, names: IndexNames, notation: Notation): Expression {
  const content = Q.content(summandsOf(t).map(([c]) => c));
  if (!Q.isOne(content) && Q.isInteger(content))
    return writtenProductOf(content, [[scale(Q.inverse(content), t), Q.one]], [], names, notation);
  const terms = summandsOf(t).map(([c, s]) => ({ c, s, place: placeOf(s) + (Q.isNegative(c) ? 1e7 : 0) }));
  return sumOf(
    terms
      .toSorted((a, b) => a.place - b.place)
      .map(({ c, s }): SignedTerm => ({
        negative: Q.isNegative(c),
        term: indexForm(scale(Q.absolute(c), s), names, notation),
      })),
  );
}
/** Numbers first, then terms as their names stand in the program; exp(x) before exp(-x). */
function placeOf(t: Term): number {
  if (t.node.kind === 'number') return -1;
  const orders = [...symbolsIn(t)].map(({ order }) => order);
  const falling = partsOf(t).factors.some(([f, e]) => isExp(f) && Q.isNegative(e));
  return (
    10 * (orders.length === 0 ? 0 : Math.max(0, Math.min(1e4, ...orders))) + (falling ? 5 : 0) + (hasDelta(t) ? 0 : 2)
  );
}
const hasDelta = (t: Term): boolean => partsOf(t).factors.some(([f]) => f.node.kind === 'delta');

// ---- products

function writtenProduct(t: Term, names: IndexNames, notation: Notation): Expression {
  const { coefficient, factors, bound } = partsOf(t);
  return writtenProductOf(coefficient, factors, bound, names, notation);
}
function writtenProductOf(
  coefficient: Rational,
  factors: readonly Factor[],
  bound: readonly Bound[],
  names: IndexNames,
  notation: Notation,
): Expression {
  const inner = notation.nameIndices(
    bound.map(({ index }) => index),
    names,
  );
  const written = fraction(
    ...beginningPositive(coefficient, besideDeltas(factors, inner)),
    (f) => indexForm(f, inner, notation),
    notation,
    inner,
  );
  const whole = summedOver(bound, inner, written);
  return whole.kind === 'negation' ? (opposite(whole.of) ?? whole) : whole;
}
export const summedOver = (bound: readonly Bound[], names: IndexNames, body: Expression): Expression =>
  body.kind === 'negation' && bound.length > 0
    ? negationOf(summedOver(bound, names, body.of))
    : bound.reduceRight<Expression>((e, { index }) => ({ kind: 'sum-over', index: names.get(index)!, body: e }), body);

/** y[k]*delta(i,k) is y[i]*delta(i,k): written with the letter that comes first. */
function besideDeltas(factors: readonly Factor[], names: IndexNames): readonly Factor[] {
  const same = new Map<Index, Index>();
  for (const [{ node, at }] of factors) {
    if (node.kind !== 'delta') continue;
    const [first, second] = at.toSorted((a, b) => (names.get(a) ?? '').localeCompare(names.get(b) ?? '')) as [
      Index,
      Index,
    ];
    if (first >= 0 && second >= 0) same.set(second, first);
  }
  return same.size === 0
    ? factors
    : factors.map(([f, e]): Factor => [f.node.kind === 'delta' ? f : rename(f, same), e]);
}

/** Sums in a product begin with a plus; the product has the sign. */
function beginningPositive(coefficient: Rational, factors: readonly Factor[]): readonly [Rational, readonly Factor[]] {
  let sign = coefficient;
  const turned = factors.map(([f, e]): Factor => {
    if (f.node.kind !== 'sum' || !Q.isInteger(e) || !beginsNegative(f)) return [f, e];
    if (e.n % 2n !== 0n) sign = Q.negated(sign);
    return [scale(Q.minusOne, f), e];
  });
  return [sign, turned];
}
export const beginsNegative = (t: Term): boolean => {
  const summands = summandsOf(t);
  const [first] = summands.toSorted((a, b) => placeOf(a[1]) - placeOf(b[1]));
  return Q.isNegative(first![0]);
};
function fraction(
  coefficient: Rational,
  factors: readonly Factor[],
  visit: (t: Term) => Expression,
  notation: Notation,
  names: IndexNames,
): Expression {
  if (Q.isNegative(coefficient)) return negationOf(fraction(Q.negated(coefficient), factors, visit, notation, names));
  const write = ([t, e]: Factor): Expression => {
    if (isExp(t)) return call('exp', visit(scale(e, argumentsOf(t as Term & { node: ApplyNode })[0]!)));
    const size = Q.absolute(e);
    if (Q.isOne(size)) return visit(t);
    const { made: root, notices } = noticing(() => power(t, size));
    // What normal form makes another term of is written as it stands.
    const isRoot = !Q.isInteger(size) && t.at.length === 0 && notices.length === 0;
    const norm = isRoot ? notation.entry(root, names) : undefined;
    if (norm) return norm;
    const base = visit(t);
    return Q.equal(size, Q.half) ? call('sqrt', base) : binary('^', base, numberOf(size));
  };
  const ordered = factors.toSorted((a, b) => weightOf(a, names) - weightOf(b, names));
  const above = ordered.filter((f) => !isBelow(f));
  const below = ordered.filter(isBelow);
  // (1/tau)*exp(z[i]/tau): what is constant stands in front, unless all there is is z[i]/tau.
  const moves = above.length > 1 || above.some(([t]) => t.node.kind !== 'symbol');
  const front = moves ? below.filter(isFront) : [];
  const under = below.filter((f) => !front.includes(f));
  const multiplied = (fs: readonly Factor[], start: Expression | undefined): Expression | undefined =>
    fs.reduce<Expression | undefined>((left, f) => (left ? withSign(left, write(f)) : write(f)), start);
  const [n, d] = [Q.rational(coefficient.n), Q.rational(coefficient.d)];
  const scalars =
    front.length > 0 ? binary('/', numberOf(n), multiplied(front, Q.isOne(d) ? undefined : numberOf(d))!) : undefined;
  const top = multiplied(above, scalars ?? (Q.isOne(n) && above.length > 0 ? undefined : numberOf(n))) ?? integer(1);
  const divisor = multiplied(under, scalars || Q.isOne(d) ? undefined : numberOf(d));
  return divisor ? over(top, divisor) : top;
}
/** The sign of a factor goes in front. */
const withSign = (left: Expression, right: Expression): Expression =>
  left.kind === 'negation'
    ? negationOf(withSign(left.of, right))
    : right.kind === 'negation'
      ? negationOf(withSign(left, right.of))
      : productOf(left, right);
const over = (top: Expression, divisor: Expression): Expression =>
  top.kind === 'negation' ? negationOf(over(top.of, divisor)) : binary('/', top, divisor);
const isBelow = ([t, e]: Factor): boolean => Q.isNegative(e) && !isExp(t);
const isFront = ([t]: Factor): boolean =>
  t.node.kind === 'symbol' && t.node.symbol.role === 'variable' && t.at.length === 0;
const isExp = (t: Term): boolean => t.node.kind === 'apply' && t.node.fn === 'exp';

/** Scalars, entries (in the order of their indices, then of the program), functions, sums, deltas. */
function weightOf([t, e]: Factor, names: IndexNames): number {
  const { node } = t;
  if (node.kind === 'symbol')
    return (
      (t.at.length > 0 ? 1e8 + 1e5 * (names.get(t.at[0]!)?.charCodeAt(0) ?? 0) : 0) +
      Math.max(-1, Math.min(9e4, node.symbol.order))
    );
  if (node.kind === 'delta') return 9e9;
  if (node.kind === 'sum') return 6e9;
  return node.kind === 'product' ? 7e9 : 3e9 + (isExp(t) && Q.isNegative(e) ? 1 : 0);
}
