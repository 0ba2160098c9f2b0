/** An answer may speak of indices: jacobian(y, z)[i,k], y onehot at o. Which ones, and what is the answer where they have values? */
import { refuse } from '../basics/problem.ts';
import type { Dim } from '../shape/dim.ts';
import { rename, same, symbolTerm } from '../terms/construct.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import type { Bound, Index, Term, TermSymbol } from '../terms/node.ts';
import { substitute, symbolsIn } from '../terms/substitute.ts';

/** What is to be computed: a term with its axes, in the world of a program. */
export interface Computation {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
  readonly engine: ProgramEngine;
}

export interface FreeIndex {
  readonly name: string;
  readonly bound: Bound;
}

/** The indices that a term leaves open apart from those of its axes, names' definitions included, in order of their names. */
export function freeIndicesOf({ term, axes, engine }: Computation): readonly FreeIndex[] {
  const own = new Set(axes.flat().map(({ index }) => index));
  const dims = new Map<Index, Dim>();
  const seen = new Set<TermSymbol>();
  const note = (t: Term): void => {
    t.at.forEach((index, slot) => dims.set(index, t.node.slots[slot]!));
    for (const symbol of symbolsIn(t)) {
      if (seen.has(symbol) || !symbol.definition) continue;
      seen.add(symbol);
      note(symbol.definition);
    }
  };
  note(term);
  return [...engine.world.indexNames]
    .filter(([, index]) => dims.has(index) && !own.has(index))
    .map(([name, index]) => ({ name, bound: { index, dim: dims.get(index)! } }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The term where indices stand at positions, counted from 1, through the definitions of names. */
export function atPositions(term: Term, positions: ReadonlyMap<Index, number>): Term {
  if (positions.size === 0) return term;
  const fixed = new Map([...positions].map(([index, position]) => [index, -position]));
  const symbols = new Map<TermSymbol, TermSymbol>();
  const put = (t: Term): Term => {
    const inside = substitute(t, {
      symbol: (symbol, at) => {
        const other = replaced(symbol);
        return other === symbol ? undefined : symbolTerm(other, at);
      },
    });
    return rename(inside, fixed);
  };
  const replaced = (symbol: TermSymbol): TermSymbol => {
    const known = symbols.get(symbol);
    if (known) return known;
    const definition = symbol.definition && put(symbol.definition);
    const isSame = !definition || !symbol.definition || same(definition, symbol.definition);
    const made = isSame ? symbol : { ...symbol, definition };
    symbols.set(symbol, made);
    return made;
  };
  return put(term);
}

/** A position given by a caller, counted from 1. */
export function checkPosition(name: string, position: unknown, size: number): number {
  if (typeof position === 'number' && Number.isInteger(position) && position >= 1 && position <= size) return position;
  return refuse({
    kind: 'index',
    message: `the index ${name} is ${JSON.stringify(position)}, and runs from 1 to ${size}`,
  });
}
