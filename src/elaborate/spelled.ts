/**
 * A defined name taken as a variable: where does a term say it, spelled out?
 *
 * Terms are canonical, so the order of factors, a transpose or a sign in front make no difference. A value that is the
 * definition, up to a factor, is read as the name; so are the factors and summands of a larger term that make up the
 * definition. A variable alone says nothing of a multiple of it: x'*x does not speak of u = 2*x, exp(2*x) does.
 */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { applyRule, instantiateSide } from '../rewrite/apply.ts';
import { mapLogged, type Pass, type Settled } from '../rewrite/strategy.ts';
import { freshPatternIndex, match, noBindings } from '../rewrite/match.ts';
import { tellingOfDefinition } from '../rewrite/names.ts';
import { type NativeRule, type Rewrite, rewriteBy, type RewriteRule } from '../rewrite/rule.ts';
import {
  indicesOf,
  instantiate,
  partsOf,
  primitiveOf,
  product,
  same,
  scale,
  splitCoefficient,
  symbolTerm,
} from '../terms/construct.ts';
import { mapAll, mentions, open, substitute, symbolsIn, through } from '../terms/substitute.ts';
import type { Factor, Index, Node, Term, TermSymbol } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { boundsOf, joined, type Value } from './values.ts';

/** A name that varies by itself. */
export interface Freed {
  /** What the name has become: a symbol without a definition. */
  readonly symbol: TermSymbol;
  /** The variables behind it. */
  readonly madeOf: ReadonlySet<TermSymbol>;
  readonly inValue: (value: Value) => Spelled;
}
/** With the name for what spells it out, and where that was. */
export interface Spelled {
  readonly value: Value;
  readonly rewrites: readonly Rewrite[];
}

/** `definition`: over the slots of the symbol, in variables only. */
export function freed(symbol: TermSymbol, definition: Term): Freed {
  const madeOf = new Set([...symbolsIn(definition)].filter(({ role }) => role === 'variable'));
  const unfold = unfolder(madeOf);
  const inOne = reader(symbol, definition);
  const memo = new WeakMap<Node, Settled>();
  const inWhole = (flat: Value): Value | undefined =>
    wholeOf(flat, symbol, definition) ?? wholeOf({ ...flat, term: unfold(flat.term) }, symbol, definition);
  /** What other names stand for may be a part of it: with y = A*x, y - b says A*x - b. */
  const rule: NativeRule = {
    ...tellingOfDefinition(symbol),
    apply: (t) => inOne(t) ?? (unfold(t) === t ? undefined : inOne(unfold(t))),
  };

  const inTerm: Pass = (t, log) => {
    if (t.node.kind === 'symbol') {
      const name = inOne(t);
      if (name) log.push(rewriteBy(rule, t, name));
      return name ?? t;
    }
    if (!mentions(t, madeOf)) return t;
    let found = memo.get(t.node);
    if (!found) {
      const own: Rewrite[] = [];
      const term = settled(mapLogged(settled(open(t.node), own), inTerm, own, mapAll), own);
      memo.set(t.node, (found = { term, log: own }));
    }
    log.push(...found.log);
    return instantiate(found.term, t.at);
  };
  const settled: Pass = (t, log) => {
    for (let term = t; ;) {
      const next = rule.apply(term);
      if (!next || same(next, term)) return term;
      log.push(rewriteBy(rule, term, next));
      term = next;
    }
  };

  return {
    symbol,
    madeOf,
    inValue: (value) => {
      if (madeOf.size === 0) return { value, rewrites: [] };
      const flat = joined(value);
      const whole = inWhole(flat);
      if (whole) {
        const asWhole: NativeRule = { ...rule, apply: (term) => inWhole({ ...flat, term })?.term };
        return { value: whole, rewrites: [rewriteBy(asWhole, flat.term, whole.term)] };
      }
      const rewrites: Rewrite[] = [];
      const term = inTerm(value.term, rewrites);
      return { value: { ...value, term }, rewrites };
    },
  };
}

/** Names that vary with these variables are replaced by their definitions; the same object out where there are none. */
function unfolder(variables: ReadonlySet<TermSymbol>): (t: Term) => Term {
  const definitions = new Map<TermSymbol, Term>();
  const memo = new WeakMap<Node, Term>();
  const behind = ({ definition }: TermSymbol): boolean => definition !== undefined && mentions(definition, variables);
  const unfold = (t: Term): Term => {
    if (![...symbolsIn(t)].some(behind)) return t;
    let found = memo.get(t.node);
    if (!found) memo.set(t.node, (found = substitute(open(t.node), { symbol: valueOf })));
    return through(found, t.at);
  };
  const valueOf = (symbol: TermSymbol, at: readonly Index[]): Term | undefined => {
    if (!behind(symbol)) return undefined;
    let definition = definitions.get(symbol);
    if (!definition) definitions.set(symbol, (definition = unfold(symbol.definition!)));
    return through(definition, at);
  };
  return unfold;
}

// ---- the whole of a value

/** A multiple of the definition, its axes in any order. */
function wholeOf(value: Value, symbol: TermSymbol, definition: Term): Value | undefined {
  const bounds = boundsOf(value);
  if (bounds.length !== symbol.dims.length) return undefined;
  const strict = isMultipleOfOneName(definition);
  for (const order of permutations(bounds)) {
    if (!order.every(({ dim }, slot) => dim === symbol.dims[slot])) continue;
    const at = order.map(({ index }) => index);
    const ratio = ratioOf(value.term, instantiate(definition, at));
    if (ratio && (!strict || Q.isOne(Q.absolute(ratio))))
      return { ...value, term: scale(ratio, symbolTerm(symbol, at)) };
  }
  return undefined;
}
const permutations = <Item>(items: readonly Item[]): readonly (readonly Item[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((first, n) => permutations(items.filter((_, k) => k !== n)).map((rest) => [first, ...rest]));

const contentAndRest = (t: Term): readonly [Rational, Term] =>
  t.node.kind === 'sum' ? primitiveOf(t, true) : splitCoefficient(t);

function ratioOf(a: Term, b: Term): Rational | undefined {
  const [[c, p], [d, q]] = [contentAndRest(a), contentAndRest(b)];
  return p.node === q.node && same(p, q) && !Q.isZero(c) && !Q.isZero(d) ? Q.over(c, d) : undefined;
}

/** c*x: x stands in many places that have nothing to do with this name. */
function isMultipleOfOneName(definition: Term): boolean {
  const [, t] = contentAndRest(definition);
  return t.node.kind === 'symbol' && t.at.every((index) => index >= 0) && indicesOf(t).length === t.at.length;
}

// ---- a part of a term

/** One place where the definition stands, replaced by the name; undefined where there is none. */
function reader(symbol: TermSymbol, definition: Term): (t: Term) => Term | undefined {
  // A number stands in many places too: what is called 3 is not every 3.
  if (definition.node.kind === 'number' || isMultipleOfOneName(definition)) return () => undefined;
  const at = symbol.dims.map(() => freshPatternIndex());
  const [content, from] = contentAndRest(instantiate(definition, at));
  const name = symbolTerm(symbol, at);
  const { factors, bound } = partsOf(from);
  const [only] = factors;
  if (factors.length === 1 && bound.length === 0 && only && !Q.isOne(only[1]))
    return (t) => readPower(only, scale(Q.inverse(content), name), t);
  const rule: RewriteRule = {
    ...tellingOfDefinition(symbol),
    from,
    to: scale(Q.inverse(content), name),
    where: [],
    powers: factors.length > 1 && bound.length === 0,
  };
  return (t) => applyRule(rule, t);
}

/** With u = b^e, b^d is a power of u where d is a whole multiple of e. */
function readPower([base, e]: Factor, root: Term, t: Term): Term | undefined {
  const { coefficient, factors, bound } =
    t.node.kind === 'sum' ? { coefficient: Q.one, factors: [[t, Q.one] as Factor], bound: [] } : opened(t);
  for (const [n, [b, d]] of factors.entries()) {
    const times = Q.over(d, e);
    if (!Q.isInteger(times) || !isSpelledBy(b, d, e)) continue;
    let found: Term | undefined;
    match(base, b, noBindings, (bindings) => {
      found = instantiateSide(root, bindings);
      return true;
    });
    if (found)
      return product(
        coefficient,
        factors.map((factor, k): Factor => (k === n ? [found!, times] : factor)),
        bound,
      );
  }
  return undefined;
}
/** A contraction is its own only factor. */
const opened = (t: Term): ReturnType<typeof partsOf> => {
  const parts = partsOf(t);
  return parts.bound.length > 0 ? { coefficient: Q.one, factors: [[t, Q.one]], bound: [] } : parts;
};
/** exp(x) does not speak of exp(-x), x not of 1/x or sqrt(x); x'*x does of norm2(x), and 1/x^2 of x^2. */
function isSpelledBy(base: Term, d: Rational, e: Rational): boolean {
  const isExponential = base.node.kind === 'apply' && base.node.fn === 'exp';
  if ((isExponential || Q.isNegative(e)) && Q.isNegative(d) !== Q.isNegative(e)) return false;
  if (Q.isInteger(e) || !Q.isInteger(d)) return true;
  return base.node.kind !== 'symbol' && ['positive', 'nonnegative', 'zero'].includes(signOf(base));
}
