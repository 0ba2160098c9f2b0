/** Why is something known of a term? From the facts of its names, by the inferences of rules/. */
import type { InferenceName } from '../../rules/inferences.ts';
import type { Fact } from '../syntax/facts.ts';

export type Reason =
  | { readonly kind: 'fact'; readonly fact: Fact; readonly of: string }
  | { readonly kind: 'inference'; readonly rule: InferenceName; readonly from: readonly Reason[] }
  /** Plain from how the term is built: a number, the same with rows and columns exchanged. */
  | { readonly kind: 'structure'; readonly says: string };

export type Answer<Value = true> =
  | { readonly known: 'yes'; readonly value: Value; readonly because: Reason }
  | { readonly known: 'no'; readonly because: Reason }
  | { readonly known: 'unknown' };

export const byFact = (fact: Fact, of: string): Reason => ({ kind: 'fact', fact, of });
export const byStructure = (says: string): Reason => ({ kind: 'structure', says });
export const inferred = (rule: InferenceName, ...from: readonly Reason[]): Reason => ({
  kind: 'inference',
  rule,
  from,
});

export const unknown: Answer<never> = { known: 'unknown' };
export const yes = <Value>(value: Value, because: Reason): Answer<Value> => ({ known: 'yes', value, because });
export const no = (because: Reason): Answer<never> => ({ known: 'no', because });
export const answerFrom = (because: Reason | undefined): Answer => (because ? yes(true, because) : unknown);

/** The stated facts that it rests on, each once: `S is spd`. */
export function factsBehind(reason: Reason): readonly { readonly fact: Fact; readonly of: string }[] {
  const found = new Map<string, { readonly fact: Fact; readonly of: string }>();
  const collect = (r: Reason): void => {
    if (r.kind === 'fact') found.set(`${r.of} ${r.fact}`, r);
    if (r.kind === 'inference') r.from.forEach(collect);
  };
  collect(reason);
  return [...found.values()];
}
/** The inferences that it takes, the last one first. */
export function inferencesIn(reason: Reason): readonly InferenceName[] {
  const list = (r: Reason): readonly InferenceName[] =>
    r.kind === 'inference' ? [r.rule, ...r.from.flatMap(list)] : [];
  return [...new Set(list(reason))];
}
