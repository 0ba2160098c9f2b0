/** grad(h, s) at s = [1; 2]: values put in after deriving, through every name that rests on them. */
import { native } from '../../rules/native.ts';
import { invariant } from '../basics/invariant.ts';
import type { Value } from '../elaborate/values.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from '../rewrite/rule.ts';
import { instantiate, rename, same } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Term, TermSymbol } from '../terms/node.ts';
import { mentions, substitute, symbolsIn } from '../terms/substitute.ts';

/** Names whose definitions rest on a value are written out, each after those that use it; then each value is put in. */
export function substituted(start: Term, bindings: ReadonlyMap<TermSymbol, Value>): Chain {
  const bound = new Set(bindings.keys());
  const rewrites: Rewrite[] = [];
  let term = start;
  const use = (rule: NativeRule): void => {
    const next = rule.apply(term);
    if (!next || same(next, term)) return;
    rewrites.push(rewriteBy(rule, term, next));
    term = next;
  };
  for (let name = resting(term, bound); name; name = resting(term, bound)) use(writtenOut(name));
  for (const [symbol, value] of bindings) use(putIn(symbol, overSlots(value, symbol)));
  return { start, rewrites, term };
}

/** A name that rests on a value, and that no other such name rests on. */
function resting(t: Term, bound: ReadonlySet<TermSymbol>): TermSymbol | undefined {
  const all = [...symbolsIn(t)].filter(
    (symbol) => !bound.has(symbol) && symbol.definition && mentions(symbol.definition, bound),
  );
  return all.find((symbol) => !all.some((other) => other !== symbol && mentions(other.definition!, new Set([symbol]))));
}

const writtenOut = (symbol: TermSymbol): NativeRule => ({
  name: `definition of ${symbol.name}`,
  source: 'the program',
  says: `${symbol.name} is put in as it was defined.`,
  apply: (t) => replaced(t, symbol, symbol.definition!),
});
const putIn = (symbol: TermSymbol, value: Term): NativeRule => ({
  ...native['the value given for NAME'],
  name: `the value given for ${symbol.name}`,
  apply: (t) => replaced(t, symbol, value),
});

const replaced = (t: Term, symbol: TermSymbol, value: Term): Term =>
  substitute(t, {
    symbol: (other, at) => {
      if (other !== symbol) return undefined;
      // Through fresh indices: a slot of the value may be an index of the place.
      const between = at.map(() => freshIndex());
      return rename(instantiate(value, between), new Map(between.map((index, n) => [index, at[n]!])));
    },
  });

function overSlots(value: Value, symbol: TermSymbol): Term {
  const indices = value.axes.flat();
  invariant(
    indices.length === 0 || indices.length === symbol.dims.length,
    `the value for ${symbol.name} has its shape`,
  );
  return rename(value.term, new Map(indices.map(({ index }, slot) => [index, slot])));
}
