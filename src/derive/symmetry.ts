/**
 * S*x + S'*x is 2*S*x for a symmetric S. Normal form knows no other way to write it; a reader takes it for a step. So what
 * is differentiated is looked at twice where symmetric names stand in it: as it is, and as if nothing said so.
 */
import { native } from '../../rules/native.ts';
import { byFact, byStructure } from '../assume/assume.ts';
import * as Q from '../basics/rational.ts';
import { type NativeRule, type Reason, type Rewrite, rewriteBy } from '../rewrite/rule.ts';
import { factsWhenVaried, factThat } from '../syntax/facts.ts';
import { isSymmetricName, partsOf, product, sum, summandsOf, symbolTerm } from '../terms/construct.ts';
import type { Factor, Summand, Term, TermSymbol } from '../terms/node.ts';
import { substitute, symbolsIn, whole } from '../terms/substitute.ts';
import type { CellStep } from './trace.ts';

const looseOnes = new WeakMap<TermSymbol, TermSymbol>();
const tightOnes = new WeakMap<TermSymbol, TermSymbol>();

/** The same name as if nothing said that it is symmetric. */
function looseFor(symbol: TermSymbol): TermSymbol {
  let loose = looseOnes.get(symbol);
  if (!loose) {
    loose = { ...symbol, facts: factsWhenVaried(symbol.facts), entriesVary: true };
    looseOnes.set(symbol, loose);
    tightOnes.set(loose, symbol);
  }
  return loose;
}

/** Symmetric names made loose among summands and factors; the identical term where there are none. Cells stay what they are. */
export function loosened(t: Term): Term {
  const { node } = t;
  if (![...symbolsIn(t)].some(isSymmetricName)) return t;
  if (node.kind === 'symbol') return symbolTerm(looseFor(node.symbol), t.at);
  if (node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [c, loosened(s)]));
  if (node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  const isOpen = (e: Q.Rational): boolean => Q.isInteger(e) && Q.isPositive(e);
  return product(
    coefficient,
    factors.map(([base, e]): Factor => [isOpen(e) ? loosened(base) : base, e]),
    bound,
  );
}
const tightened = (t: Term): Term =>
  substitute(t, {
    symbol: (symbol, at) => (tightOnes.has(symbol) ? symbolTerm(tightOnes.get(symbol)!, at) : undefined),
  });

/** Why is a name symmetric? */
export function symmetryReason(symbol: TermSymbol): Reason {
  const stated = factThat(symbol.facts, ({ symmetry }) => symmetry === 1);
  const because = stated ? byFact(stated, symbol.name) : byStructure('equal to its transpose');
  return { of: whole(symbol), needs: 'symmetric', because };
}

/** What is equal only because a name is symmetric; undefined where nothing is. */
export function symmetryUsed({ loose, start }: Pick<CellStep, 'loose' | 'start'>): Rewrite | undefined {
  if (!loose || summandsOf(loose).length <= summandsOf(start).length) return undefined;
  const used = [...symbolsIn(loose)].flatMap((symbol) => tightOnes.get(symbol) ?? []);
  const rule: NativeRule = { ...native['a symmetric matrix is its transpose'], apply: tightened };
  return rewriteBy(rule, loose, start, used.map(symmetryReason));
}
