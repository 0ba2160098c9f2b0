/**
 * The same value in a form that does not overflow: exp(z)/sum(exp(z)) computed as a softmax, whoever spelled it out and
 * however many names are between. Only for code; the printed formula stays as derived.
 */
import { rewriteOnce, type RuleIndex } from './strategy.ts';
import { instantiate, same, symbolTerm } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import { childrenOf, open, substitute } from '../terms/substitute.ts';
import { mapAll } from '../terms/walk.ts';

export type Stabilize = (t: Term) => Term;

export function stabilizer(rules: RuleIndex): Stabilize {
  const settled = new WeakMap<Node, Term>();
  const symbols = new WeakMap<TermSymbol, TermSymbol>();

  /** Rules everywhere, in the arguments of functions too. */
  const settle = (t: Term): Term => {
    let skeleton = settled.get(t.node);
    if (!skeleton) {
      skeleton = exhaust(mapAll(open(t.node), settle));
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
  return stable;
}

/** Names of exponentials and of what is made from them stand no longer between a logarithm and its exponential. */
const withoutSquashingNames = (t: Term): Term =>
  substitute(t, {
    symbol: ({ definition }, at) => {
      if (!definition) return undefined;
      const inner = withoutSquashingNames(definition);
      return uses(inner, squashing).size > 0 ? instantiate(inner, at) : undefined;
    },
  });

const squashing: ReadonlySet<string> = new Set(['exp', 'sigmoid', 'softmax']);
const fragile: ReadonlySet<string> = new Set(['exp', 'log']);

/** How many different exponentials and logarithms stand bare? */
const fragility = (t: Term): number => uses(t, fragile).size;

function uses(t: Term, functions: ReadonlySet<string>): ReadonlySet<Node> {
  const found = new Set<Node>();
  const seen = new Set<Node>();
  const look = (node: Node): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if ((node.kind === 'apply' && functions.has(node.fn)) || (node.kind === 'operation' && functions.has(node.op)))
      found.add(node);
    for (const child of childrenOf(node)) look(child.node);
  };
  look(t.node);
  return found;
}
