/** Derived terms made as simple as a reader would: rules, cancellation, common factors, in turn until nothing changes. */
import { native } from '../../rules/native.ts';
import { same } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { leaves } from '../terms/walk.ts';
import { cancelInside } from './cancel.ts';
import type { Pass } from './everywhere.ts';
import { expanded } from './expand.ts';
import { factored } from './factor.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from './rule.ts';
import { rewriteEverywhere, type RuleIndex } from './strategy.ts';

const mostRounds = 8;
/** Cancellations that only show when multiplied out are found in terms up to this size. */
const largestWorthExpanding = 24;

export const multiplyOut: NativeRule = { ...native['multiply out'], apply: (t) => expanded(t) };

export function simplify(t: Term, rules: RuleIndex): Chain {
  const settle: Pass = (start, log) => {
    let term = start;
    for (let round = 0; round < mostRounds; round++) {
      const next = factored(cancelInside(rewriteEverywhere(term, rules, log), log), log);
      if (same(next, term)) break;
      term = next;
    }
    return term;
  };
  const rewrites: Rewrite[] = [];
  const term = settle(t, rewrites);
  // Some cancellations show only when everything is multiplied out. What is tried in vain leaves no steps.
  const open = leaves(term) > largestWorthExpanding ? undefined : multiplyOut.apply(term);
  if (!open || same(open, term)) return { start: t, rewrites, term };
  const log: Rewrite[] = [...rewrites, rewriteBy(multiplyOut, term, open)];
  const again = settle(open, log);
  return leaves(again) < leaves(term) ? { start: t, rewrites: log, term: again } : { start: t, rewrites, term };
}
