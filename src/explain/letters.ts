/** Which parts deserve a letter in an explanation, and which letters are free? */
import type { CellStep } from '../derive/trace.ts';
import { leaves } from '../terms/walk.ts';
import { signOf } from '../terms/sign.ts';
import { open } from '../terms/substitute.ts';
import type { Node, TermSymbol } from '../terms/node.ts';
import type { Layout } from './layout.ts';
import type { Letter } from './replace-nodes.ts';

/** Names that nothing else has: the first free suggestion, then with numbers. */
export function nameSupply(taken: ReadonlySet<string>): (suggestions: readonly string[]) => string {
  const used = new Set(taken);
  return (suggestions) => {
    for (let n = 0; ; n++) {
      const free = suggestions.map((s) => (n === 0 ? s : `${s}_${n}`)).find((s) => !used.has(s));
      if (free === undefined) continue;
      used.add(free);
      return free;
    }
  };
}

const isHidden = (node: Node): boolean => node.kind !== 'symbol';
const productRules: ReadonlySet<string> = new Set(['quotient rule', 'reciprocal rule', 'power rule', 'product rule']);
/** Shorter parts are as quickly read as a letter. */
const worthALetter = 2;

/** Divisors and bases, arguments that several functions share, and arguments within arguments. */
export function letteredCells(steps: readonly CellStep[]): ReadonlyMap<Node, Use> {
  const found = new Map<Node, Use>();
  const functions = new Map<Node, Set<Node>>();
  for (const { pass, cell, contributions } of steps)
    for (const { cell: inner, via, from } of contributions) {
      const last = via.at(-1);
      if (!isHidden(inner) || !last || found.has(inner)) continue;
      const user = pass.mode === 'forward' ? cell : from;
      const known = (functions.get(inner) ?? new Set()).add(last.of.node);
      functions.set(inner, known);
      if (last.rules.some((rule) => productRules.has(rule.name))) found.set(inner, 'divisor');
      else if (
        leaves(open(inner)) > worthALetter &&
        (known.size > 1 || (user && isHidden(user) && user !== pass.of.node))
      )
        found.set(inner, 'argument');
    }
  // The innermost first, whichever way the pass goes.
  return steps[0]?.pass.mode === 'reverse' ? new Map([...found].toReversed()) : found;
}

export type Use = Letter['use'];
const suggestions: Readonly<Record<Use, readonly string[]>> = {
  divisor: ['S', 'T', 'D'],
  argument: ['u', 'v', 'w'],
  function: ['f', 'g', 'h'],
};

export function letterFor(
  cell: Node,
  use: Use,
  { shape, axes }: Layout,
  supply: (suggestions: readonly string[]) => string,
  order: number,
): Letter {
  const facts = new Set(signOf(open(cell)) === 'positive' ? (['positive'] as const) : []);
  const symbol: TermSymbol = {
    name: supply(suggestions[use]),
    role: 'name',
    shape,
    dims: axes.map((slot) => cell.slots[slot]!),
    facts,
    order,
  };
  return { symbol, axes, use };
}
