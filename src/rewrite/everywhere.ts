/** A rule tried bottom up among summands and factors, once at each skeleton. */
import { instantiate, same } from '../terms/construct.ts';
import type { Node, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import { mapParts } from '../terms/walk.ts';
import { type NativeRule, type Rewrite, rewriteBy } from './rule.ts';

/** What became of a skeleton, and how. The log stands with the result, so that what repeats the one repeats the other. */
export interface Settled {
  readonly term: Term;
  readonly log: readonly Rewrite[];
}
/** Rewrites a term, and writes down how. */
export type Pass = (t: Term, log: Rewrite[]) => Term;

/** Parts rewritten. A part that stands twice has been rewritten wherever it stands: its log comes once. */
export function mapLogged(t: Term, pass: Pass, log: Rewrite[]): Term {
  const own = new Set<Rewrite>();
  const made = mapParts(t, (part) => {
    const steps: Rewrite[] = [];
    const next = pass(part, steps);
    for (const step of steps) own.add(step);
    return next;
  });
  log.push(...own);
  return made;
}

/** The rules at the top of each skeleton, the first that fits; its parts come first. */
export function bottomUp(rulesFor: (t: Term) => NativeRule | undefined): Pass {
  const memo = new WeakMap<Node, Settled>();
  const pass: Pass = (t, log) => {
    if (t.node.kind !== 'sum' && t.node.kind !== 'product') return t;
    let settled = memo.get(t.node);
    if (!settled) memo.set(t.node, (settled = settle(open(t.node))));
    log.push(...settled.log);
    return instantiate(settled.term, t.at);
  };
  const settle = (t: Term): Settled => {
    const log: Rewrite[] = [];
    const inner = mapLogged(t, pass, log);
    const rule = rulesFor(inner);
    const after = rule?.apply(inner);
    if (!rule || !after || same(after, inner)) return { term: inner, log };
    log.push(rewriteBy(rule, inner, after));
    return { term: after, log };
  };
  return pass;
}
