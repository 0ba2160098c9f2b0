/**
 * A term with definitions put in and functions written out, what they are applied to taken apart, inside out; and
 * whether nothing is left of it.
 */
import { native } from '../../rules/native.ts';
import { takenApart, type IsPositive, positiveWhereDefined } from './laws.ts';
import { multipliedOut } from './multiply-out.ts';
import type { DecisionRules } from './subject.ts';
import { tellingOfDefinition } from '../rewrite/names.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from '../rewrite/rule.ts';
import { rewriteOnce, rewriteEverywhere } from '../rewrite/strategy.ts';
import { same } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { mapAll, rebuild, through } from '../terms/substitute.ts';

const multiplyOut: NativeRule = { ...native['multiply out'], apply: multipliedOut };
function flattened(t: Term, log: Rewrite[]): Term {
  const flat = multipliedOut(t);
  if (!same(flat, t)) log.push(rewriteBy(multiplyOut, t, flat));
  return flat;
}

/** One rewriting at the top of a term whose parts are done. */
type Top = (t: Term) => Rewrite | undefined;

/** From the inside out, what functions of arrays are applied to multiplied out as well. */
const everywhere = (root: Term, top: Top, log: Rewrite[]): Term =>
  rebuild(
    root,
    () => undefined,
    (t, visit) => {
      const made = mapAll(t, t.node.kind === 'operation' ? (body) => flattened(visit(body), log) : visit);
      const found = top(made);
      if (!found) return made;
      log.push(found);
      return visit(found.after);
    },
  );

/** Names put in. */
export const unfolded = (t: Term, log: Rewrite[]): Term => everywhere(t, definitionOf, log);

function definitionOf(t: Term): Rewrite | undefined {
  const symbol = t.node.kind === 'symbol' ? t.node.symbol : undefined;
  if (!symbol?.definition) return undefined;
  const apply = (other: Term): Term | undefined =>
    other.node === t.node ? through(symbol.definition!, other.at) : undefined;
  return rewriteBy({ ...tellingOfDefinition(symbol), apply }, t, through(symbol.definition, t.at));
}

/** Functions written out by rules, exponentials and logarithms taken apart. */
export const writtenOut = (
  t: Term,
  { definitions, laws }: DecisionRules,
  isPositive: IsPositive,
  log: Rewrite[],
): Term =>
  everywhere(
    t,
    (made) => {
      if (!['apply', 'operation', 'product'].includes(made.node.kind)) return undefined;
      const found = made.node.kind === 'product' ? undefined : rewriteOnce(made, definitions);
      return found ? rewriteBy(found.rule, made, found.term, found.because) : takenApart(made, laws, isPositive);
    },
    log,
  );

// ---- nothing left
// Is the difference zero once everything is written out, multiplied out, and the facts are used?

const mostRounds = 4;

/** Zero in the end if that proves the claim. */
export function byRules(difference: Term, rules: DecisionRules): Chain {
  const log: Rewrite[] = [];
  const plain = unfolded(difference, log);
  const isPositive = positiveWhereDefined([plain]);
  let term = plain;
  for (let round = 0; round < mostRounds; round++) {
    const flat = flattened(writtenOut(term, rules, isPositive, log), log);
    const next = rewriteEverywhere(flat, rules.facts, log);
    if (same(next, term)) break;
    term = next;
  }
  return { start: difference, rewrites: log, term };
}
