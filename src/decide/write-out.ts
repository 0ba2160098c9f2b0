/**
 * A term with definitions put in and functions written out, what they are applied to taken apart, inside out; and
 * whether nothing is left of it.
 */
import { type Log, takenApart, type IsPositive, positiveWhereDefined } from './laws.ts';
import { multipliedOut } from './multiply-out.ts';
import type { DecisionRules } from './subject.ts';
import type { Rewrite } from '../rewrite/rule.ts';
import { rewriteOnce, rewriteEverywhere } from '../rewrite/strategy.ts';
import { instantiate, isZero, same } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { mapAll, rebuild } from '../terms/substitute.ts';

type Top = (t: Term, again: (t: Term) => Term) => Term;

/** From the inside out, what functions of arrays are applied to multiplied out as well. */
const everywhere = (root: Term, top: Top): Term =>
  rebuild(
    root,
    () => undefined,
    (t, visit) => top(mapAll(t, t.node.kind === 'operation' ? (body) => multipliedOut(visit(body)) : visit), visit),
  );

/** Names put in. */
export const unfolded = (t: Term, log: Log): Term =>
  everywhere(t, (made, again) => {
    const { node } = made;
    if (node.kind !== 'symbol' || !node.symbol.definition) return made;
    if (node.symbol.role === 'name') log(`definition of ${node.symbol.name}`);
    return again(instantiate(node.symbol.definition, made.at));
  });

/** Functions written out by rules, exponentials and logarithms taken apart. */
export const writtenOut = (t: Term, { definitions, laws }: DecisionRules, isPositive: IsPositive, log: Log): Term =>
  everywhere(t, (made, again) => {
    if (made.node.kind !== 'apply' && made.node.kind !== 'operation') return made;
    const found = rewriteOnce(made, definitions);
    if (found) {
      log(found.rule.name);
      return again(found.term);
    }
    const apart = takenApart(made, laws, isPositive, log);
    return apart ? again(apart) : made;
  });

// ---- nothing left
// Is the difference zero once everything is written out, multiplied out, and the facts are used?

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
