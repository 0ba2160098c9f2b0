/**
 * The same value in a form that does not overflow: exp(z)/sum(exp(z)) computed as a softmax, whoever spelled it out and
 * however many names are between. Only for code; the printed formula stays as derived.
 */
import { adjugatesAt } from './adjugate.ts';
import { native } from '../../rules/native.ts';
import { tellingOfDefinition } from './names.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from './rule.ts';
import { mapLogged, type Pass, rewriteOnce, type RuleIndex, type Settled } from './strategy.ts';
import { instantiate, same, symbolTerm } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import { childrenOf, mapAll, open, substitute, symbolsIn, through } from '../terms/substitute.ts';

/** From a term to its stable form: the last chain ends at it, those before it at the definitions of names that it rests on. */
export type Stabilize = (t: Term) => readonly Chain[];

interface StableName {
  readonly symbol: TermSymbol;
  readonly chains: readonly Chain[];
}

const toAdjugatesAt: NativeRule = { ...native['the adjugate of a matrix'], apply: (t) => adjugatesAt(t) };
const withAdjugates: Pass = (t, log) => {
  const after = adjugatesAt(t);
  if (!same(after, t)) log.push(rewriteBy(toAdjugatesAt, t, after));
  return after;
};

/** What functions do to digits: of what is squashed a logarithm loses them, what is fragile loses them when it stands bare. */
export interface Stability {
  readonly isSquashing: (name: string) => boolean;
  readonly isFragile: (name: string) => boolean;
}

export function stabilizer(rules: RuleIndex, { isSquashing, isFragile }: Stability): Stabilize {
  const memo = new WeakMap<Node, Settled>();
  const symbols = new WeakMap<TermSymbol, StableName>();

  /** Rules everywhere, in the arguments of functions too. */
  const settle: Pass = (t, log) => {
    let settled = memo.get(t.node);
    if (!settled) {
      const own: Rewrite[] = [];
      settled = { term: exhaust(withAdjugates(mapLogged(open(t.node), settle, own, mapAll), own), own), log: own };
      memo.set(t.node, settled);
    }
    log.push(...settled.log);
    return instantiate(settled.term, t.at);
  };
  const exhaust: Pass = (t, log) => {
    const found = rewriteOnce(t, rules);
    if (!found) return t;
    log.push(rewriteBy(found.rule, t, found.term, found.because));
    return exhaust(mapLogged(found.term, settle, log, mapAll), log);
  };
  const settledFrom = (start: Term, t: Term, log: readonly Rewrite[]): Chain => {
    const rewrites = [...log];
    return { start, term: settle(t, rewrites), rewrites };
  };
  /** Names between are looked through where that leaves fewer bare exponentials and logarithms. */
  const stable = (t: Term): readonly Chain[] => {
    const plain = settledFrom(t, t, []);
    if (fragility(plain.term) === 0) return named(plain);
    const log: Rewrite[] = [];
    const unfolded = settledFrom(t, withoutSquashingNames(t, log), log);
    return named(fragility(unfolded.term) < fragility(plain.term) ? unfolded : plain);
  };
  /** The names that it rests on in forms of their own, each before it is used. */
  const named = ({ start, rewrites, term }: Chain): readonly Chain[] => {
    const names = [...symbolsIn(term)].flatMap((symbol) => (symbol.definition ? [stableName(symbol)] : []));
    const exchange = (t: Term): Term =>
      substitute(t, {
        symbol: (symbol, at) => (symbols.has(symbol) ? symbolTerm(symbols.get(symbol)!.symbol, at) : undefined),
      });
    const after = exchange(term);
    const rule: NativeRule = { ...native['names in stable forms'], apply: exchange };
    const own = same(after, term) ? [] : [rewriteBy(rule, term, after)];
    return [...names.flatMap(({ chains }) => chains), { start, rewrites: [...rewrites, ...own], term: after }];
  };
  const stableName = (symbol: TermSymbol): StableName => {
    let known = symbols.get(symbol);
    if (!known) {
      const chains = stable(symbol.definition!);
      const definition = chains.at(-1)!.term;
      known = { symbol: same(definition, symbol.definition!) ? symbol : { ...symbol, definition }, chains };
      symbols.set(symbol, known);
    }
    return known;
  };
  /** How many different exponentials and logarithms stand bare? */
  const fragility = (t: Term): number => uses(t, isFragile).size;
  /** Names of exponentials and of what is made from them stand no longer between a logarithm and its exponential. */
  const withoutSquashingNames: Pass = (t, log) =>
    substitute(t, {
      symbol: (symbol, at) => {
        const { definition } = symbol;
        if (!definition) return undefined;
        const inside: Rewrite[] = [];
        const inner = withoutSquashingNames(definition, inside);
        if (uses(inner, isSquashing).size === 0) return undefined;
        const rule: NativeRule = {
          ...tellingOfDefinition(symbol),
          apply: (other) => through(definition, other.at),
        };
        log.push(rewriteBy(rule, symbolTerm(symbol, at), through(definition, at)), ...inside);
        return through(inner, at);
      },
    });
  return stable;
}

function uses(t: Term, counts: (name: string) => boolean): ReadonlySet<Node> {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const look = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if ((node.kind === 'apply' && counts(node.fn)) || (node.kind === 'operation' && counts(node.op))) found.add(node);
    for (const child of childrenOf(node)) look(child.node);
  };
  look(t.node);
  return found;
}
