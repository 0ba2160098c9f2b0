/**
 * Functions of what is added, multiplied or raised, taken apart by the laws of rules/laws.ts until none applies.
 *
 * A law such as log(a*b) speaks of two factors. A term has any number of them, so it is looked at in all ways as two:
 * one factor and the rest, one summand and the rest, x and 2*x for 3*x. The first way that meets the conditions is taken.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { multipliedOut } from './multiply-out.ts';
import { instantiateSide, isNumber, isNumberKind } from '../rewrite/apply.ts';
import { type Abstraction, match, noBindings } from '../rewrite/match.ts';
import { type Condition, type Rewrite, rewriteBy, type RewriteRule } from '../rewrite/rule.ts';
import {
  apply,
  argumentsOf,
  isOne,
  keyOf,
  number,
  partsOf,
  primitiveOf,
  product,
  same,
  scale,
  sum,
  summandsOf,
} from '../terms/construct.ts';
import type { ApplyNode, Factor, Summand, Term, TermSymbol, Node } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { childrenOf } from '../terms/substitute.ts';

/** How the argument of a law is written: as two parts, or in no particular way. */
type Way = 'sum' | 'product' | 'power' | 'root' | 'whole';
interface Law {
  readonly rule: RewriteRule;
  readonly way: Way;
  /** What the two parts are called. */
  readonly parts: readonly TermSymbol[];
}
/** The laws about each function; those about roots are under `power`, a root being a factor of a product. */
export type Laws = ReadonlyMap<string, readonly Law[]>;

export function lawsFrom(rules: readonly RewriteRule[]): Laws {
  const byFunction = new Map<string, Law[]>();
  for (const rule of rules) {
    const { node } = rule.from;
    if (node.kind !== 'apply') continue;
    const written = node.fn === 'power' ? wayOfPower(rule) : wayOf(rule);
    byFunction.set(node.fn, [...(byFunction.get(node.fn) ?? []), { rule, ...written }]);
  }
  return byFunction;
}
const argumentsIn = (t: Term): readonly Term[] => argumentsOf(t as Term & { node: ApplyNode });

/** a^b, or (a*b)^p. */
function wayOfPower({ from }: RewriteRule): Omit<Law, 'rule'> {
  const [base, exponent] = argumentsIn(from) as [Term, Term];
  if (base.node.kind !== 'product') return { way: 'power', parts: symbolsOf([base, exponent]) };
  return { way: 'root', parts: symbolsOf([...partsOf(base).factors.map(([f]) => f), exponent]) };
}
function wayOf({ from }: RewriteRule): Omit<Law, 'rule'> {
  const [argument] = argumentsIn(from) as [Term];
  const { node } = argument;
  const terms =
    node.kind === 'sum'
      ? summandsOf(argument).map(([, s]) => s)
      : node.kind === 'product'
        ? partsOf(argument).factors.map(([f]) => f)
        : node.kind === 'apply' && node.fn === 'power'
          ? argumentsIn(argument)
          : [];
  const parts = symbolsOf(terms);
  if (terms.length !== 2 || parts.length !== 2) return { way: 'whole', parts: [] };
  return { way: node.kind === 'sum' ? 'sum' : node.kind === 'product' ? 'product' : 'power', parts };
}
const symbolsOf = (terms: readonly Term[]): readonly TermSymbol[] =>
  terms.flatMap(({ node }) => (node.kind === 'symbol' && node.symbol.role === 'pattern' ? [node.symbol] : []));

/** One law at the top of a term. */
export function takenApart(t: Term, laws: Laws, isPositive: IsPositive): Rewrite | undefined {
  // A root is a factor of a product.
  const fn = t.node.kind === 'apply' ? t.node.fn : t.node.kind === 'product' ? 'power' : undefined;
  for (const law of (fn && laws.get(fn)) ?? []) {
    const after = byLaw(law, t, isPositive);
    if (!after || same(after, t)) continue;
    const { name, source, says } = law.rule;
    return rewriteBy({ name, source, says, apply: (other) => byLaw(law, other, isPositive) }, t, after);
  }
  return undefined;
}
function byLaw(law: Law, t: Term, isPositive: IsPositive): Term | undefined {
  if (law.way === 'root') return t.node.kind === 'product' ? rootApart(law, t, isPositive) : undefined;
  if (t.node.kind !== 'apply') return undefined;
  const { fn } = t.node;
  const args = argumentsIn(t);
  // What all summands share comes out of a sum in a logarithm first.
  const argument = fn === 'log' ? withoutContent(multipliedOut(args[0]!), isPositive) : multipliedOut(args[0]!);
  return law.way === 'whole'
    ? wholly(law, apply(fn, [argument, ...args.slice(1)]), isPositive)
    : inParts(law, fn === 'power' ? [args] : waysOf(argument, law.way), isPositive);
}

/** A factor that is a root of a product. */
function rootApart(law: Law, t: Term, isPositive: IsPositive): Term | undefined {
  const { coefficient, factors, bound } = partsOf(t);
  for (const [n, [base, e]] of factors.entries()) {
    const found = inParts(
      law,
      asProduct(base).map((parts) => [...parts, number(e)]),
      isPositive,
    );
    if (found) return product(coefficient, [...factors.filter((_, k) => k !== n), [found, Q.one]], bound);
  }
  return undefined;
}

function wholly({ rule }: Law, t: Term, isPositive: IsPositive): Term | undefined {
  let found: Term | undefined;
  match(rule.from, t, noBindings, (b) => {
    if (!rule.where.every((condition) => holds(condition, b.symbols.get(condition.of)!.term, isPositive))) return false;
    found = instantiateSide(rule.to, b);
    return true;
  });
  return found;
}
function inParts({ rule, parts }: Law, ways: readonly (readonly Term[])[], isPositive: IsPositive): Term | undefined {
  for (const way of ways) {
    const symbols = new Map(
      parts.map((symbol, n): [TermSymbol, Abstraction] => [symbol, { parameters: [], term: way[n]! }]),
    );
    if (rule.where.every((condition) => holds(condition, symbols.get(condition.of)!.term, isPositive)))
      return instantiateSide(rule.to, { ...noBindings, symbols });
  }
  return undefined;
}

function holds({ needs }: Condition, t: Term, isPositive: IsPositive): boolean {
  switch (needs) {
    case 'positive':
      return isPositive(t);
    case 'nonnegative':
      return isPositive(t) || ['nonnegative', 'zero'].includes(signOf(t));
    default:
      return isNumberKind(needs) && isNumber(t, needs);
  }
}

// ---- one term in all ways as two

const waysOf = (t: Term, way: Exclude<Way, 'root'>): readonly (readonly Term[])[] =>
  way === 'sum' ? asSum(t) : way === 'product' ? asProduct(t) : asPower(t);

/** 3*x is x + 2*x, up to this many in all: what a sine makes of them grows like their powers. */
const mostParts = 6n;

function asSum(t: Term): readonly (readonly [Term, Term])[] {
  const summands = summandsOf(t);
  const [first, ...rest] = summands;
  if (!first) return [];
  if (rest.length > 0) {
    const parts = summands.reduce((count, [c]) => count + (Q.isInteger(c) ? Q.absolute(c).n : 1n), 0n);
    return parts > mostParts && summands.length < mostParts ? [] : [[sum([first]), sum(rest)]];
  }
  const [c, s] = first;
  const isWhole = Q.isInteger(c) && c.n > 1n && c.n <= mostParts;
  return isWhole ? [[s, scale(Q.minus(c, Q.one), s)]] : [];
}

function asProduct(t: Term): readonly (readonly [Term, Term])[] {
  if (t.node.kind === 'number') return asNumbers(t.node.value);
  const { coefficient, factors, bound } = partsOf(t);
  if (bound.length > 0) return [];
  const whole = isOne(t) ? [] : factors;
  const ways = whole.map((factor): readonly [Term, Term] => [
    product(Q.one, [factor], []),
    product(
      coefficient,
      whole.filter((other) => other !== factor),
      [],
    ),
  ]);
  const splits = ways.filter(([, rest]) => !isOne(rest));
  return Q.isOne(coefficient) ? splits : [[number(coefficient), product(Q.one, factors, [])], ...splits];
}
/** 12 is 2*6, 5/3 is 5*(1/3). */
function asNumbers({ n, d }: Rational): readonly (readonly [Term, Term])[] {
  if (n !== 1n && d !== 1n) return [[number(Q.rational(n)), number(Q.rational(1n, d))]];
  for (let p = 2n; p < 1000n && p * p <= n; p++)
    if (n % p === 0n) return [[number(Q.rational(p)), number(Q.rational(n / p))]];
  return [];
}

/** x^2, x^n, 1/3 as 3^-1. */
function asPower(t: Term): readonly (readonly [Term, Term])[] {
  const { node } = t;
  if (node.kind === 'number')
    return node.value.n === 1n && node.value.d !== 1n ? [[number(Q.rational(node.value.d)), number(Q.minusOne)]] : [];
  if (node.kind === 'apply' && node.fn === 'power') return [argumentsIn(t) as [Term, Term]];
  const { coefficient, factors, bound } = partsOf(t);
  const [only] = factors;
  return only && factors.length === 1 && bound.length === 0 && Q.isOne(coefficient) && !Q.isOne(only[1])
    ? [[only[0], number(only[1])]]
    : [];
}

/** a/b + a is (a/b)*(1 + b), for positive a and b: what all summands share comes out with its least exponent. */
function withoutContent(t: Term, isPositive: IsPositive): Term {
  if (t.node.kind !== 'sum') return t;
  const [content, primitive] = primitiveOf(t, false);
  const summands = summandsOf(primitive);
  const exponents = summands.map(([, s]) => new Map(partsOf(s).factors.map(([f, e]) => [keyOf(f), e])));
  const bases = new Map(summands.flatMap(([, s]) => partsOf(s).factors.map(([f]) => [keyOf(f), f] as const)));
  const common = [...bases].flatMap(([key, base]): Factor[] => {
    const least = exponents.map((map) => map.get(key) ?? Q.zero).reduce(Q.smaller);
    return Q.isZero(least) || !isPositive(base) ? [] : [[base, least]];
  });
  if (common.length === 0) return scale(content, primitive);
  const inverse = common.map(([f, e]): Factor => [f, Q.negated(e)]);
  const rest = sum(summands.map(([c, s]): Summand => [c, product(Q.one, [[s, Q.one], ...inverse], [])]));
  return product(content, [...common, [rest, Q.one]], []);
}

// ---- what is positive
// Which terms are positive wherever both sides of a claim exist? log(x) asks for it, and a root asks for no less than
// zero.

export type IsPositive = (t: Term) => boolean;

export function positiveWhereDefined(roots: readonly Term[]): IsPositive {
  const assumed = new Set<string>();
  for (const node of nodesIn(roots)) {
    const [arg] = node.kind === 'apply' && node.fn === 'log' ? node.args : [];
    if (arg) assume(arg, assumed);
    if (node.kind === 'product') for (const [base, e] of node.factors) if (!Q.isInteger(e)) assume(base, assumed);
  }
  const isPositive = (t: Term): boolean => {
    if (signOf(t) === 'positive' || assumed.has(patternOf(t))) return true;
    const { node } = t;
    if (node.kind === 'sum') return node.terms.every(([c, s]) => !Q.isNegative(c) && isPositive(s));
    if (node.kind !== 'product') return false;
    return !Q.isNegative(node.coefficient) && node.factors.every(([base]) => isPositive(base));
  };
  return isPositive;
}

function assume(t: Term, assumed: Set<string>): void {
  if (['symbol', 'apply', 'operation'].includes(t.node.kind)) assumed.add(patternOf(t));
}

/** x[i] for every i is one thing, x[1] and A[i,i] are others. */
function patternOf({ node, at }: Term): string {
  return `${node.id} ${at.map((index) => (index < 0 ? index : `#${at.indexOf(index)}`)).join()}`;
}

function* nodesIn(roots: readonly Term[]): Generator<Node> {
  const seen = new Set<Node>();
  const stack = roots.map(({ node }) => node);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    stack.push(...childrenOf(node).map((part) => part.node));
  }
}
