/** What came out of a claim. */
import type { Condition } from '../elaborate/conditions.ts';

/** A number, a list, or rows. */
export type Nested = number | readonly Nested[];

export interface Counterexample {
  readonly values: Readonly<Record<string, Nested>>;
  readonly sizes: Readonly<Record<string, number>>;
  /** Positions of the indices that the claim leaves open, from 1. */
  readonly indices: Readonly<Record<string, number>>;
  /** What unknown functions are taken to be. */
  readonly functions: Readonly<Record<string, string>>;
  readonly left: Nested;
  readonly right: Nested;
}

export type Verdict =
  /** `how`: rules and short sentences, in the order of their use. `conditions`: where it holds; none if outright. */
  | { readonly verdict: 'proved'; readonly how: readonly string[]; readonly conditions: readonly Condition[] }
  | { readonly verdict: 'refuted'; readonly counterexample: Counterexample }
  | { readonly verdict: 'undecided'; readonly why: string };
