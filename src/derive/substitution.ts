/** grad(h, s) at s = [1; 2]: values put in after deriving, through every name that rests on them. */
import { invariant } from '../basics/invariant.ts';
import type { Value } from '../elaborate/world.ts';
import { instantiate, rename } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Term, TermSymbol } from '../terms/node.ts';
import { mentions, substitute } from '../terms/substitute.ts';

export function substituted(t: Term, bindings: ReadonlyMap<TermSymbol, Value>): Term {
  const bound = new Set(bindings.keys());
  const unfolded = new Map<TermSymbol, Term>();
  const put = (t: Term): Term =>
    substitute(t, {
      symbol: (symbol, at) => {
        const value = bindings.get(symbol);
        if (value) return instantiate(overSlots(value, symbol), at);
        if (!symbol.definition || !mentions(symbol.definition, bound)) return undefined;
        let definition = unfolded.get(symbol);
        if (!definition) unfolded.set(symbol, (definition = put(symbol.definition)));
        // Through fresh indices: a slot of the definition may be an index of the place.
        const between = at.map(() => freshIndex());
        return rename(instantiate(definition, between), new Map(between.map((index, n) => [index, at[n]!])));
      },
    });
  return put(t);
}

function overSlots(value: Value, symbol: TermSymbol): Term {
  const indices = value.axes.flat();
  invariant(
    indices.length === 0 || indices.length === symbol.dims.length,
    `the value for ${symbol.name} has its shape`,
  );
  return rename(value.term, new Map(indices.map(({ index }, slot) => [index, slot])));
}
