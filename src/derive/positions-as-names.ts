/** With y one-hot at o, delta(i,o) is y[i] and U[o,:] is y'*U: readers of the answer know y, so it speaks of y. */
import { native } from '../../rules/native.ts';
import type { World } from '../elaborate/world.ts';
import { type Chain, type NativeRule, rewriteBy } from '../rewrite/rule.ts';
import { contract, place, same, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import { mapAll } from '../terms/walk.ts';
import type { Index, Term, TermSymbol } from '../terms/node.ts';

export function positionsAsNames(world: World): (t: Term) => Chain {
  const { variables } = world.checked;
  const known = new Map<Index, TermSymbol>();
  for (const { name, at } of variables.values())
    if (at?.kind === 'name') known.set(world.index(at.name), world.symbol(name)!);
  if (known.size === 0) return (start) => ({ start, rewrites: [], term: start });
  const row = (t: Term): Term => {
    const slot = t.at.findIndex((index) => known.has(index));
    const symbol = slot < 0 || t.at.length !== 2 || t.at[0] === t.at[1] ? undefined : known.get(t.at[slot]!)!;
    const dim = t.node.slots[slot];
    if (!symbol || !dim || symbol.dims[0] !== dim || t.at.some((index) => index < 0)) return t;
    const index = freshIndex();
    const moved = place(
      t.node,
      t.at.map((at, n) => (n === slot ? index : at)),
    );
    return contract([moved, symbolTerm(symbol, [index])], [{ index, dim }]);
  };
  const visit = (t: Term): Term => {
    if (t.node.kind === 'symbol') return row(t);
    if (t.node.kind !== 'delta') return mapAll(t, visit);
    const position = t.at.find((index) => known.has(index));
    const symbol = position === undefined ? undefined : known.get(position)!;
    const other = t.at.find((index) => index !== position);
    return symbol && other !== undefined && symbol.dims[0] === t.node.slots[0] ? symbolTerm(symbol, [other]) : t;
  };
  const rule: NativeRule = { ...native['a position known by its name'], apply: visit };
  return (start) => {
    const term = visit(start);
    return { start, rewrites: same(term, start) ? [] : [rewriteBy(rule, start, term)], term };
  };
}
