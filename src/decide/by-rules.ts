/** Is the difference zero once everything is written out, multiplied out, and the facts are used? */
import { isZero, same } from '../terms/construct.ts';
import type { Rewrite } from '../rewrite/rule.ts';
import { rewriteEverywhere } from '../rewrite/strategy.ts';
import type { Term } from '../terms/node.ts';
import type { DecisionRules } from './subject.ts';
import { multipliedOut } from './multiply-out.ts';
import { positiveWhereDefined } from './positive.ts';
import { unfolded, writtenOut } from './write-out.ts';

export interface WrittenOut {
  /** Zero if that proves the claim. */
  readonly term: Term;
  readonly how: readonly string[];
}

const mostRounds = 4;

export function byRules(difference: Term, rules: DecisionRules): WrittenOut {
  const how = new Set<string>();
  const log = (step: string): void => {
    how.add(step);
  };
  const plain = unfolded(difference, log);
  const isPositive = positiveWhereDefined([plain]);
  let term = plain;
  for (let round = 0; round < mostRounds && !isZero(term); round++) {
    const written = writtenOut(term, rules, isPositive, log);
    const flat = multipliedOut(written);
    if (!same(flat, written)) log('products multiplied out');
    const rewrites: Rewrite[] = [];
    const next = rewriteEverywhere(flat, rules.facts, rewrites);
    for (const { rule } of rewrites) log(rule.name);
    if (same(next, term)) break;
    term = next;
  }
  return { term, how: [...how] };
}
