/**
 * A term with subscripts and sums, as one writes it line by line on a blackboard: (1/tau)*(y[i]*delta(i,k) - y[i]*y[k]).
 * Answers use the shorter mixture of matrix-form/entries.ts; steps show what is summed.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { dimOf } from '../matrix-form/write.ts';
import { binary, call, integer, nameOf, negationOf, numberOf, productOf, subscript, sumOf } from '../syntax/build.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';
import { argumentsOf, partsOf, power, rename, scale, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, Bound, Factor, Index, Term } from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';

export type IndexNames = ReadonlyMap<Index, string>;

export interface Notation {
  /** Names for these indices, beside those that are given. */
  readonly nameIndices: (indices: readonly Index[], given: IndexNames) => IndexNames;
  /** What has no sums to show: functions of arrays, indicators. */
  readonly entry: (t: Term, names: IndexNames) => Expression;
}

export function indexForm(t: Term, given: IndexNames, notation: Notation): Expression {
  const names = notation.nameIndices(
    t.at.filter((i) => i >= 0),
    given,
  );
  const index = (i: Index): Expression => (i < 0 ? integer(-i) : nameOf(names.get(i)!));
  const visit = (part: Term): Expression => indexForm(part, names, notation);
  switch (t.node.kind) {
    case 'number':
      return numberOf(t.node.value);
    case 'size':
      return dimOf(t.node.dim);
    case 'delta':
      return call('delta', ...t.at.map(index));
    case 'symbol':
      return indexed(t.node.symbol.name, t.at.map(index));
    case 'sum':
      return writtenSum(t, visit);
    case 'product':
      return writtenProduct(t, names, notation);
    case 'apply': {
      if (!plainFunction.test(t.node.fn)) return notation.entry(t, names);
      return call(t.node.fn, ...argumentsOf(t as Term & { node: ApplyNode }).map(visit));
    }
    default:
      return notation.entry(t, names);
  }
}
/** Not an indicator and not a power, which have signs of their own. */
const plainFunction = /^(?!greater|less|at-|equals|differs|power)/;

const indexed = (name: string, at: readonly Expression[]): Expression => (at.length > 0 ? subscript(nameOf(name), ...at) : nameOf(name));

// ---- sums

function writtenSum(t: Term, visit: (t: Term) => Expression): Expression {
  const terms = summandsOf(t).map(([c, s]) => ({ negative: Q.isNegative(c), s, term: visit(scale(Q.absolute(c), s)) }));
  const rank = ({ negative, s, term }: (typeof terms)[number]): number => (negative ? 1e7 : 0) + (term.kind === 'number' ? 0 : 1) + placeOf(s);
  return sumOf(terms.toSorted((a, b) => rank(a) - rank(b)).map(({ negative, term }): SignedTerm => ({ negative, term })));
}
/** Terms stand as their names do in the program; exp(x) stands before exp(-x). */
function placeOf(t: Term): number {
  const orders = [...symbolsIn(t)].map(({ order }) => order);
  const falling = partsOf(t).factors.some(([f, e]) => isExp(f) && Q.isNegative(e));
  return 10 * Math.max(0, Math.min(1e4, ...orders)) + (falling ? 5 : 0) + (hasDelta(t) ? 0 : 2);
}
const hasDelta = (t: Term): boolean => partsOf(t).factors.some(([f]) => f.node.kind === 'delta');

// ---- products

function writtenProduct(t: Term, names: IndexNames, notation: Notation): Expression {
  const { coefficient, factors, bound } = partsOf(t);
  const inner = notation.nameIndices(
    bound.map(({ index }) => index),
    names,
  );
  const visit = (f: Term): Expression => indexForm(f, inner, notation);
  return summedOver(bound, inner, fraction(...signed(coefficient, besideDeltas(factors, inner)), visit, notation, inner));
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
    const [first, second] = at.toSorted((a, b) => (names.get(a) ?? '').localeCompare(names.get(b) ?? '')) as [Index, Index];
    if (first >= 0 && second >= 0) same.set(second, first);
  }
  return same.size === 0 ? factors : factors.map(([f, e]): Factor => [f.node.kind === 'delta' ? f : rename(f, same), e]);
}

/** Sums in a product begin with a plus; where the product would still be negative, -(a - b)*c is (b - a)*c. */
function signed(coefficient: Rational, factors: readonly Factor[]): readonly [Rational, readonly Factor[]] {
  let sign = coefficient;
  const upright = factors.map(([f, e]): Factor => {
    if (f.node.kind !== 'sum' || !Q.isInteger(e) || !beginsNegative(f)) return [f, e];
    if (e.n % 2n !== 0n) sign = Q.negated(sign);
    return [scale(Q.minusOne, f), e];
  });
  const turns = Q.isNegative(sign) ? upright.findIndex(([f, e]) => Q.isOne(e) && f.node.kind === 'sum' && isDifference(f)) : -1;
  if (turns < 0) return [sign, upright];
  return [Q.negated(sign), upright.map(([f, e], n): Factor => (n === turns ? [scale(Q.minusOne, f), e] : [f, e]))];
}
const beginsNegative = (t: Term): boolean => {
  const summands = summandsOf(t);
  const [first] = summands.toSorted((a, b) => placeOf(a[1]) - placeOf(b[1]));
  return Q.isNegative(first![0]);
};
/** a - b, but not 1 - a: that is how it is written. */
const isDifference = (t: Term): boolean => summandsOf(t).some(([c]) => Q.isNegative(c)) && !summandsOf(t).some(([, s]) => s.node.kind === 'number');

function fraction(coefficient: Rational, factors: readonly Factor[], visit: (t: Term) => Expression, notation: Notation, names: IndexNames): Expression {
  if (Q.isNegative(coefficient)) return negationOf(fraction(Q.negated(coefficient), factors, visit, notation, names));
  const write = ([t, e]: Factor): Expression => {
    if (isExp(t)) return call('exp', visit(scale(e, argumentsOf(t as Term & { node: ApplyNode })[0]!)));
    const size = Q.absolute(e);
    if (Q.isOne(size)) return visit(t);
    if (!Q.isInteger(size) && t.at.length === 0) return notation.entry(power(t, size), names);
    const base = visit(t);
    return Q.equal(size, Q.half) ? call('sqrt', base) : binary('^', base, numberOf(size));
  };
  const isBelow = ([t, e]: Factor): boolean => Q.isNegative(e) && !isExp(t);
  const ordered = factors.toSorted((a, b) => weightOf(a) - weightOf(b));
  const above = ordered.filter((f) => !isBelow(f));
  const below = ordered.filter(isBelow);
  // (1/tau)*exp(z[i]/tau): what is constant stands in front, unless all there is is z[i]/tau.
  const isFront = ([t]: Factor): boolean => t.node.kind === 'symbol' && t.node.symbol.role === 'variable' && t.at.length === 0;
  const moves = above.length > 1 || above.some(([t]) => t.node.kind !== 'symbol');
  const front = moves ? below.filter(isFront) : [];
  const under = below.filter((f) => !front.includes(f));
  const multiplied = (fs: readonly Factor[], start: Expression | undefined): Expression | undefined =>
    fs.reduce<Expression | undefined>((left, f) => productOf(left, write(f)), start);
  const [n, d] = [Q.rational(coefficient.n), Q.rational(coefficient.d)];
  const scalars = front.length > 0 ? binary('/', numberOf(n), multiplied(front, Q.isOne(d) ? undefined : numberOf(d))!) : undefined;
  const top = multiplied(above, scalars ?? (Q.isOne(n) && above.length > 0 ? undefined : numberOf(n))) ?? integer(1);
  const divisor = multiplied(under, scalars || Q.isOne(d) ? undefined : numberOf(d));
  return divisor ? binary('/', top, divisor) : top;
}
const isExp = (t: Term): boolean => t.node.kind === 'apply' && t.node.fn === 'exp';

/** Scalars, entries as the program orders them, functions, sums, deltas. */
function weightOf([t, e]: Factor): number {
  const { node } = t;
  if (node.kind === 'symbol') return (t.at.length > 0 ? 1e5 : 0) + Math.max(-1, Math.min(9e4, node.symbol.order)) + (t.at[0] ?? 0) / 1e9;
  if (node.kind === 'delta') return 9e5;
  if (node.kind === 'sum') return 6e5;
  return node.kind === 'product' ? 7e5 : 3e5 + (isExp(t) && Q.isNegative(e) ? 1 : 0);
}
