/**
 * The same value in a form that does not overflow: exp(z)/sum(exp(z)) computed as a softmax, whoever spelled it out and
 * however many names are between. Only for code; the printed formula stays as derived.
 */
import { adjugatesAt } from './adjugate.ts';
import { rewriteOnce, type RuleIndex } from './strategy.ts';
import { instantiate, same, symbolTerm } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import { childrenOf, open, substitute, mapAll } from '../terms/substitute.ts';

export type Stabilize = (t: Term) => Term;

/** What functions do to digits: of what is squashed a logarithm loses them, what is fragile loses them when it stands bare. */
export interface Stability {
  readonly isSquashing: (name: string) => boolean;
  readonly isFragile: (name: string) => boolean;
}

export function stabilizer(rules: RuleIndex, { isSquashing, isFragile }: Stability): Stabilize {
  const settled = new WeakMap<Node, Term>();
  const symbols = new WeakMap<TermSymbol, TermSymbol>();

  /** Rules everywhere, in the arguments of functions too. */
  const settle = (t: Term): Term => {
    let skeleton = settled.get(t.node);
    if (!skeleton) {
      skeleton = exhaust(adjugatesAt(mapAll(open(t.node), settle)));
      settled.set(t.node, skeleton);
    }
    return instantiate(skeleton, t.at);
  };
  const exhaust = (t: Term): Term => {
    const found = rewriteOnce(t, rules);
    return found ? exhaust(mapAll(found.term, settle)) : t;
  };
  /** Names between are looked through where that leaves fewer bare exponentials and logarithms. */
  const stable = (t: Term): Term => {
    const plain = settle(t);
    if (fragility(plain) === 0) return named(plain);
    const unfolded = settle(withoutSquashingNames(t));
    return named(fragility(unfolded) < fragility(plain) ? unfolded : plain);
  };
  const named = (t: Term): Term =>
    substitute(t, { symbol: (symbol, at) => (symbol.definition ? symbolTerm(stableSymbol(symbol), at) : undefined) });
  const stableSymbol = (symbol: TermSymbol): TermSymbol => {
    let known = symbols.get(symbol);
    if (!known) {
      const definition = stable(symbol.definition!);
      known = same(definition, symbol.definition!) ? symbol : { ...symbol, definition };
      symbols.set(symbol, known);
    }
    return known;
  };
  /** How many different exponentials and logarithms stand bare? */
  const fragility = (t: Term): number => uses(t, isFragile).size;
  /** Names of exponentials and of what is made from them stand no longer between a logarithm and its exponential. */
  const withoutSquashingNames = (t: Term): Term =>
    substitute(t, {
      symbol: ({ definition }, at) => {
        if (!definition) return undefined;
        const inner = withoutSquashingNames(definition);
        return uses(inner, isSquashing).size > 0 ? instantiate(inner, at) : undefined;
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
