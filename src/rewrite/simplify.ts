/** Derived terms made as simple as a reader would: rules, cancellation, common factors, in turn until nothing changes. */
import { same } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { rewriteEverywhere, type RuleIndex } from './strategy.ts';
import type { Rewrite } from './rule.ts';
import { cancelInside } from './cancel.ts';
import { expanded } from './expand.ts';
import { factored } from './factor.ts';
import { leaves } from '../terms/walk.ts';

export interface Simplified {
  readonly term: Term;
  readonly rewrites: readonly Rewrite[];
}

const mostRounds = 8;
/** Cancellations that only show when multiplied out are found in terms up to this size. */
const largestWorthExpanding = 24;

export function simplify(t: Term, rules: RuleIndex): Simplified {
  const rewrites: Rewrite[] = [];
  const settle = (start: Term, log: Rewrite[]): Term => {
    let term = start;
    for (let round = 0; round < mostRounds; round++) {
      const next = factored(cancelInside(rewriteEverywhere(term, rules, (rewrite) => log.push(rewrite))));
      if (same(next, term)) break;
      term = next;
    }
    return term;
  };
  const term = settle(t, rewrites);
  // Some cancellations show only when everything is multiplied out.
  const open = leaves(term) > largestWorthExpanding ? undefined : expanded(term);
  if (!open || same(open, term)) return { term, rewrites };
  const log: Rewrite[] = [];
  const again = settle(open, log);
  return leaves(again) < leaves(term) ? { term: again, rewrites: [...rewrites, ...log] } : { term, rewrites };
}
