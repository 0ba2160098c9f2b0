/**
 * Does a pattern fit a term, and with what for its symbols and indices?
 *
 * A pattern symbol stands for any term: x[i] matches what depends on i in any way, and x[j] elsewhere must then be the
 * same with j for i. Products and sums match in any order; the search runs in continuation-passing style, so that a
 * choice that fails later is taken back.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import {
  argumentsOf,
  dimOf,
  indicesOf,
  openOperation,
  type OpenOperation,
  partsOf,
  primitiveOf,
  rename,
  scale,
  splitCoefficient,
  summandsOf,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import { turnsOf } from '../terms/functions.ts';
import type { ApplyNode, Bound, Factor, Index, Node, OperationNode, Summand, Term, TermSymbol } from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';

/** Pattern indices live in a range of their own: far above what `freshIndex` reaches, so that one comparison tells them apart. */
const patternBase = 2 ** 40;
let created = 0;
export const freshPatternIndex = (): Index => patternBase + created++;
const isPattern = (index: Index): boolean => index >= patternBase;

export interface Abstraction {
  readonly parameters: readonly Index[];
  readonly term: Term;
}
export interface Bindings {
  readonly symbols: ReadonlyMap<TermSymbol, Abstraction>;
  readonly indices: ReadonlyMap<Index, Index>;
  readonly dims: ReadonlyMap<string, Dim>;
  /** Indices bound inside the matched term: nothing outside may mention them. */
  readonly inner: ReadonlySet<Index>;
  /** Sums among factors are stored up to their sign: -1 where the pattern met the opposite of its own. */
  readonly sign: Rational;
}
export const noBindings: Bindings = {
  symbols: new Map(),
  indices: new Map(),
  dims: new Map(),
  inner: new Set(),
  sign: Q.one,
};
export type Continue = (bindings: Bindings) => boolean;

const mentionsPattern = (t: Term): boolean =>
  t.at.some(isPattern) || [...symbolsIn(t)].some(({ role }) => role === 'pattern');

function bindIndex(
  p: Index,
  t: Index,
  dim: Dim | undefined,
  patternDim: Dim | undefined,
  b: Bindings,
): Bindings | undefined {
  if (!isPattern(p)) return p === t ? b : undefined;
  const known = b.indices.get(p);
  if (known !== undefined) return known === t ? b : undefined;
  const dims = dim && patternDim ? bindDim(patternDim, dim, b.dims) : b.dims;
  return dims && { ...b, dims, indices: new Map(b.indices).set(p, t) };
}
/** Sizes of a rule start with a question mark, so that they are never taken for sizes of the program. */
export const isPatternSize = (name: string): boolean => name.startsWith('?');

function bindDim(pattern: Dim, dim: Dim, dims: ReadonlyMap<string, Dim>): ReadonlyMap<string, Dim> | undefined {
  if (!isPatternSize(pattern.key)) return pattern === dim ? dims : undefined;
  const known = dims.get(pattern.key);
  if (known) return known === dim ? dims : undefined;
  return new Map(dims).set(pattern.key, dim);
}
function bindIndices(p: Term, t: Term, at: readonly Index[], b: Bindings): Bindings | undefined {
  let bound: Bindings | undefined = b;
  for (let n = 0; n < at.length && bound; n++)
    bound = bindIndex(p.at[n]!, at[n]!, t.node.slots[n], p.node.slots[n], bound);
  return bound;
}

export function match(p: Term, t: Term, b: Bindings, then: Continue): boolean {
  if (p.node.kind === 'symbol' && p.node.symbol.role === 'pattern') return matchSymbol(p.node.symbol, p, t, b, then);
  // The same skeleton: only the indices have to fit, in one of the ways in which they can be exchanged.
  if (p.node === t.node) {
    const ways = [
      t.at,
      ...p.node.symmetries.filter(({ sign }) => sign > 0).map(({ slots }) => slots.map((s) => t.at[s]!)),
    ];
    for (const at of ways) {
      const bound = bindIndices(p, t, at, b);
      if (bound && then(bound)) return true;
    }
    if (!mentionsPattern({ node: p.node, at: [] })) return false;
  }
  // exp(-x) is stored as exp(x)^-1: exponentials are compared by their whole arguments.
  const exponent = exponentOf(p);
  if (exponent) {
    const argument = exponentOf(t);
    return argument !== undefined && match(exponent, argument, b, then);
  }
  switch (p.node.kind) {
    case 'number':
    case 'symbol':
    case 'size':
    case 'index':
    case 'pairing':
    case 'block':
    case 'guard':
      return false;
    case 'delta': {
      if (t.node.kind !== 'delta') return false;
      for (const at of [t.at, t.at.toReversed()]) {
        const bound = bindIndices(p, t, at, b);
        if (bound && then(bound)) return true;
      }
      return false;
    }
    case 'apply': {
      if (t.node.kind !== 'apply' || t.node.fn !== p.node.fn) return false;
      return matchLists(
        argumentsOf(p as Term & { node: ApplyNode }),
        argumentsOf(t as Term & { node: ApplyNode }),
        b,
        then,
      );
    }
    case 'operation':
      return t.node.kind === 'operation' && matchOperation(p, t, b, then);
    case 'sum':
      return matchSum(p, t, b, (bound, factor) => Q.isOne(factor) && then(bound));
    case 'product': {
      const pattern = partsOf(p);
      // c*x fits anything: x is what is left when c is divided out.
      if (pattern.bound.length === 0 && pattern.factors.length === 1 && Q.isOne(pattern.factors[0]![1]))
        return match(pattern.factors[0]![0], scale(Q.inverse(pattern.coefficient), t), b, then);
      const target = partsOf(t);
      // A whole product has to be used up; fewer factors or fewer sums are the business of `matchFactors` alone.
      if (pattern.bound.length !== target.bound.length) return false;
      const inner = { ...b, inner: new Set([...b.inner, ...target.bound.map(({ index }) => index)]), sign: Q.one };
      return matchFactors(
        asPattern(pattern),
        target,
        inner,
        (bound, rest) =>
          rest.length === 0 &&
          Q.equal(Q.times(pattern.coefficient, bound.sign), target.coefficient) &&
          then({ ...bound, sign: b.sign }),
      );
    }
  }
}

/** exp(T)^e as e*T; undefined for anything else. */
function exponentOf(t: Term): Term | undefined {
  if (t.node.kind === 'apply') return t.node.fn === 'exp' ? argumentsOf(t as Term & { node: ApplyNode })[0] : undefined;
  if (
    t.node.kind !== 'product' ||
    t.node.factors.length !== 1 ||
    t.node.bound.length > 0 ||
    !Q.isOne(t.node.coefficient)
  )
    return undefined;
  const [[base, e]] = partsOf(t).factors as [Factor];
  return base.node.kind === 'apply' && base.node.fn === 'exp'
    ? scale(e, argumentsOf(base as Term & { node: ApplyNode })[0]!)
    : undefined;
}

function matchLists(ps: readonly Term[], ts: readonly Term[], b: Bindings, then: Continue): boolean {
  if (ps.length !== ts.length) return false;
  const [p, ...restP] = ps;
  const [t, ...restT] = ts;
  return !p || !t ? then(b) : match(p, t, b, (bound) => matchLists(restP, restT, bound, then));
}

function matchSymbol(symbol: TermSymbol, p: Term, t: Term, b: Bindings, then: Continue): boolean {
  const known = b.symbols.get(symbol);
  if (known) {
    const wanted = rename(
      known.term,
      new Map(known.parameters.map((from, n) => [from, b.indices.get(p.at[n]!) ?? p.at[n]!])),
    );
    if (!wanted.at.some(isPattern))
      return wanted.node === t.node && wanted.at.every((i, n) => i === t.at[n]) && then(b);
    return match(wanted, t, b, then);
  }
  return bindParameters(p, t, 0, b, (bound) => {
    const parameters = p.at.map((i) => bound.indices.get(i) ?? i);
    if (t.at.some((i) => b.inner.has(i) && !parameters.includes(i))) return false;
    return then({ ...bound, symbols: new Map(bound.symbols).set(symbol, { parameters, term: t }) });
  });
}
/**
 * A parameter not known yet can be any index of the term, or one on which it does not depend: x[i] fits a number too. All are
 * tried, since only the rest of the pattern tells which was meant.
 */
function bindParameters(p: Term, t: Term, n: number, b: Bindings, then: Continue): boolean {
  if (n === p.at.length) return then(b);
  const index = p.at[n]!;
  const next = (bound: Bindings | undefined): boolean =>
    bound !== undefined && bindParameters(p, t, n + 1, bound, then);
  if (!isPattern(index) || b.indices.has(index)) return next(b);
  const taken = p.at.slice(0, n).map((i) => b.indices.get(i));
  for (const candidate of indicesOf(t))
    if (!taken.includes(candidate) && next(bindIndex(index, candidate, dimOf(t, candidate), p.node.slots[n], b)))
      return true;
  return next(bindIndex(index, freshIndex(), undefined, undefined, b));
}

function matchOperation(p: Term, t: Term, b: Bindings, then: Continue): boolean {
  const pattern = openOperation(p as Term & { node: OperationNode });
  const target = openOperation(t as Term & { node: OperationNode });
  if (
    pattern.op !== target.op ||
    pattern.bound.length !== target.bound.length ||
    pattern.outs.length !== target.outs.length ||
    pattern.further.length !== target.further.length
  )
    return false;
  const straight = { bound: [...target.bound.keys()], outs: [...target.outs.keys()] };
  // A bare name fits a matrix and its transpose, and inv(X)*X has a rule for each side.
  const isBare = pattern.body.node.kind === 'symbol';
  const isEither = !isBare || (target.op !== 'inv' && t.node.symmetries.length > 0);
  const turns = isEither ? turnsOf(target.op, target.outs.length) : [];
  return [straight, ...turns].some((turn) => {
    const outs = turn.outs.map((n) => ({ index: target.outs[n]!, dim: t.node.slots[n]! }));
    return matchOpened(p.node, pattern, { ...target, bound: turn.bound.map((n) => target.bound[n]!) }, outs, b, then);
  });
}
function matchOpened(
  { slots }: Node,
  pattern: OpenOperation,
  target: OpenOperation,
  outs: readonly Bound[],
  b: Bindings,
  then: Continue,
): boolean {
  const boundIn = ({ bound, further }: OpenOperation): readonly Bound[] => [
    ...bound,
    ...further.flatMap((argument) => argument.bound),
  ];
  const [own, others] = [boundIn(pattern), boundIn(target)];
  let bound: Bindings | undefined = { ...b, inner: new Set([...b.inner, ...others.map(({ index }) => index)]) };
  const names = new Map(own.map(({ index }) => [index, freshPatternIndex()]));
  pattern.outs.forEach((out, n) => {
    bound = bound && bindIndex(out, outs[n]!.index, outs[n]!.dim, slots[n], bound);
  });
  own.forEach(({ index, dim }, n) => {
    bound = bound && bindIndex(names.get(index)!, others[n]!.index, others[n]!.dim, dim, bound);
  });
  const bodies = [pattern, ...pattern.further].map(({ body }) => rename(body, names));
  const targets = [target, ...target.further].map(({ body }) => body);
  const rest = (n: number, b: Bindings): boolean =>
    n === bodies.length ? then(b) : match(bodies[n]!, targets[n]!, b, (next) => rest(n + 1, next));
  return bound !== undefined && rest(0, bound);
}

/** All summands of the pattern against all of the term, which may be a multiple of it: `factor` says which. */
export function matchSum(p: Term, t: Term, b: Bindings, then: (b: Bindings, factor: Rational) => boolean): boolean {
  const target = summandsOf(t);
  if (summandsOf(p).length !== target.length) return false;
  return matchSummands(p, t, b, (bound, factor, rest) => rest.length === 0 && then(bound, factor));
}

/** All summands of the pattern against some of the term's; the others are the rest. */
export function matchSummands(
  p: Term,
  t: Term,
  b: Bindings,
  then: (b: Bindings, factor: Rational, rest: readonly Summand[]) => boolean,
): boolean {
  const pattern = bySpecificity(summandsOf(p), ([, s]) => s);
  const choose = (n: number, rest: readonly Summand[], factor: Rational | undefined, bound: Bindings): boolean => {
    const summand = pattern[n];
    if (!summand) return then(bound, factor ?? Q.one, rest);
    const [c, s] = summand;
    return rest.some(([d, candidate], k) => {
      const remaining = rest.filter((_, m) => m !== k);
      if (s.node.kind === 'symbol' && s.node.symbol.role === 'pattern') {
        // A bare x takes its coefficient with it: (1 - 2*y) fits 1 - x with x = 2*y, once the factor is fixed.
        const scaled = scale(Q.over(d, Q.times(c, factor ?? Q.one)), candidate);
        return match(s, scaled, bound, (next) => choose(n + 1, remaining, factor ?? Q.one, next));
      }
      const ratio = Q.over(d, c);
      if (factor && !Q.equal(factor, ratio)) return false;
      return match(s, candidate, bound, (next) => choose(n + 1, remaining, ratio, next));
    });
  };
  return choose(0, summandsOf(t), undefined, b);
}

export interface Target {
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
}

/** The bound indices of an opened pattern become pattern indices. */
export function asPattern({ factors, bound }: Target): Target {
  if (bound.length === 0) return { factors, bound };
  const names = new Map(bound.map(({ index }) => [index, freshPatternIndex()]));
  return {
    factors: factors.map(([t, e]): Factor => [rename(t, names), e]),
    bound: bound.map(({ index, dim }) => ({ index: names.get(index)!, dim })),
  };
}

/** All factors of the pattern against some of the target's; what is left over must not mention an index that the pattern sums. */
export function matchFactors(
  pattern: Target,
  target: Target,
  b: Bindings,
  /** `spent`: the target's bound indices that the pattern sums. */
  then: (b: Bindings, rest: readonly Factor[], spent: readonly Index[]) => boolean,
): boolean {
  const targetBound = new Set(target.bound.map(({ index }) => index));
  const finish = (bound: Bindings, rest: readonly Factor[]): boolean => {
    const spent = pattern.bound.flatMap(({ index }) => bound.indices.get(index) ?? []);
    if (
      spent.length < pattern.bound.length ||
      spent.some((i) => !targetBound.has(i)) ||
      new Set(spent).size !== spent.length
    )
      return false;
    // An index that the pattern sums over stands for itself alone, and nothing outside of the match may speak of it: on A[j,j]
    // the k and the i of A[k,i] would be one.
    for (const [p, t] of bound.indices)
      if (spent.includes(t) && !pattern.bound.some(({ index }) => index === p)) return false;
    for (const { parameters, term } of bound.symbols.values())
      if (term.at.some((index) => spent.includes(index) && !parameters.includes(index))) return false;
    return rest.every(([t]) => !t.at.some((i) => spent.includes(i))) && then(bound, rest, spent);
  };
  // The order is chosen anew each time: a symbol that has been bound meanwhile is as rigid as a term.
  const choose = (waiting: readonly Factor[], rest: readonly Factor[], bound: Bindings): boolean => {
    const [next, ...later] = bySpecificity(waiting, ([t]) => t, bound);
    if (!next) return finish(bound, rest);
    const [p, e] = next;
    const known = p.node.kind === 'symbol' ? bound.symbols.get(p.node.symbol) : undefined;
    if (known) {
      // What x[i] stands for may be several factors itself.
      const wanted = partsOf(
        rename(known.term, new Map(known.parameters.map((from, n) => [from, bound.indices.get(p.at[n]!) ?? p.at[n]!]))),
      );
      if (
        wanted.bound.length === 0 &&
        Q.isOne(wanted.coefficient) &&
        (wanted.factors.length !== 1 || wanted.factors[0]![0].node !== p.node)
      )
        return choose([...wanted.factors.map(([t, d]): Factor => [t, Q.times(d, e)]), ...later], rest, bound);
      // So may a sum of products; its factors then stand among the target's, under a sum of the target's.
      if (wanted.bound.length > 0 && Q.isOne(e) && Q.isOne(wanted.coefficient)) {
        const opened = asPattern(wanted);
        return matchFactors(
          { factors: [...opened.factors, ...later], bound: [...opened.bound, ...pattern.bound] },
          { factors: rest, bound: target.bound },
          bound,
          then,
        );
      }
    }
    return rest.some(([t, d], k) => {
      const others = rest.filter((_, n) => n !== k);
      return matchPower(p, e, t, d, bound, (after, left) =>
        choose(later, Q.isZero(left) ? others : [...others, [t, left]], after),
      );
    });
  };
  return choose(pattern.factors, target.factors, b);
}

/** base^exponent against base^exponent; `left` is the exponent that stays. */
function matchPower(
  p: Term,
  e: Rational,
  t: Term,
  d: Rational,
  b: Bindings,
  then: (b: Bindings, left: Rational) => boolean,
): boolean {
  const argument = exponentOf(p);
  if (argument) {
    const whole = exponentOf(t);
    if (!whole) return false;
    const known = argument.node.kind === 'symbol' ? b.symbols.get(argument.node.symbol) : undefined;
    if (!known) return match(argument, scale(Q.over(d, e), whole), b, (bound) => then(bound, Q.zero));
    const wanted = rename(
      known.term,
      new Map(known.parameters.map((from, n) => [from, b.indices.get(argument.at[n]!) ?? argument.at[n]!])),
    );
    const [content, primitive] = wanted.node.kind === 'sum' ? primitiveOf(wanted, true) : splitCoefficient(wanted);
    return (
      enough(Q.times(e, content), d) &&
      match(primitive, whole, b, (bound) => then(bound, Q.minus(d, Q.times(e, content))))
    );
  }
  if (!enough(e, d)) return false;
  if (p.node.kind === 'sum' && t.node.kind === 'sum' && p.node !== t.node) {
    // (b - a)^2 is (a - b)^2, while an odd power of the opposite turns the sign of the product.
    const odd = Q.isInteger(e) && e.n % 2n !== 0n;
    return matchSum(p, t, b, (bound, factor) => {
      if (Q.isOne(factor)) return then(bound, Q.minus(d, e));
      return (
        Q.isMinusOne(factor) &&
        Q.isInteger(e) &&
        then(odd ? { ...bound, sign: Q.negated(bound.sign) } : bound, Q.minus(d, e))
      );
    });
  }
  return match(p, t, b, (bound) => then(bound, Q.minus(d, e)));
}
/** a^d holds a^e: same sign, and at least as much of it; roots only whole. */
const enough = (e: Rational, d: Rational): boolean =>
  Q.equal(e, d) ||
  (Q.isInteger(e) && Q.isNegative(e) === Q.isNegative(d) && Q.compare(Q.absolute(e), Q.absolute(d)) <= 0);

/** Rigid parts first: they bind the symbols that the loose ones are then held against. */
function bySpecificity<T>(items: readonly T[], termOf: (item: T) => Term, b?: Bindings): readonly T[] {
  const weight = (t: Term): number => {
    if (t.node.kind === 'symbol' && t.node.symbol.role === 'pattern') return b?.symbols.has(t.node.symbol) ? 3 : 9;
    if (t.node.kind === 'operation') return 0;
    if (t.node.kind === 'product') return 1;
    if (t.node.kind === 'sum') return 2;
    return 4;
  };
  return items.toSorted((x, y) => weight(termOf(x)) - weight(termOf(y)));
}
