/**
 * Normal form is notation, yet some of what it does a reader would call a step: that is told to whoever listens while
 * terms are made. What nobody listens to costs nothing.
 */
import type { EntrywiseName } from '../../rules/functions/index.ts';
import type { Bound, Factor, Term } from './node.ts';
import type { Rational } from '../basics/rational.ts';

/** Each is a rule of rules/native.ts. */
export type NormalRule =
  | 'a delta picks one term'
  | 'a condition is counted'
  | 'cancellation'
  | 'square of an absolute value'
  | 'root of a square'
  | 'absolute value by its sign'
  | 'function by the sign of its argument'
  | 'odd or even'
  | 'an exact value';

/** A product or a function as it was asked for: in normal form it does not exist. */
export type Unbuilt =
  | {
      readonly kind: 'product';
      readonly coefficient: Rational;
      readonly factors: readonly Factor[];
      readonly bound: readonly Bound[];
    }
  | { readonly kind: 'apply'; readonly fn: EntrywiseName; readonly args: readonly Term[] };

export interface Notice {
  readonly rules: readonly NormalRule[];
  readonly before: Unbuilt;
  readonly after: Term;
}

interface Listener {
  readonly notices: Notice[];
  /** What the outermost term that is being made has come to so far; undefined between terms. */
  rules: Set<NormalRule> | undefined;
}
let listener: Listener | undefined;

/** What is made, with what normal form did to the terms that were asked for on the way. */
export function noticing<Made>(make: () => Made): { readonly made: Made; readonly notices: readonly Notice[] } {
  const outer = listener;
  const own: Listener = { notices: [], rules: undefined };
  listener = own;
  try {
    return { made: make(), notices: own.notices };
  } finally {
    listener = outer;
  }
}

export const notice = (rule: NormalRule): void => void listener?.rules?.add(rule);

/** Only the outermost term is told of: what it is made of is part of it. */
export function noticed(before: Unbuilt, make: () => Term): Term {
  const own = listener;
  if (!own || own.rules) return make();
  const rules = new Set<NormalRule>();
  own.rules = rules;
  try {
    const after = make();
    if (rules.size > 0) own.notices.push({ rules: [...rules], before, after });
    return after;
  } finally {
    own.rules = undefined;
  }
}
