/**
 * Is a claim true wherever both of its sides exist, is it false somewhere, or can neither be shown?
 *
 * 1. `search.ts` looks for a point where the sides differ, by definition: the interpreter on the text, derivatives by differences.
 *    No law of ours is in that, so a law that is wrong is refuted here and cannot prove itself. Where the terms, which do have our
 *    laws in them, come to something else than the text, nothing is proved either.
 * 2. The terms of both sides are one and the same. Rests on: the rules of differentiation and the identities that made them.
 * 3. They simplify to the same. Rests on: the rules that answers are simplified by.
 * 4. `other-words.ts` says the claim with names written out and with identities of its own; 2, 3 and 5 are tried on each.
 * 5. `by-rules.ts` writes functions out, multiplies out and uses facts until everything cancels. Rests on: those rules and laws.
 * 6. `exactly.ts` evaluates what is left modulo primes. Rests on: the arguments about cases, ties and sizes at its top.
 *
 * A proof lists what it used, and says where it holds (`domain.ts`).
 */
import { byAdjugates } from '../rewrite/adjugate.ts';
import type { Condition } from '../elaborate/conditions.ts';
import { rulesRead } from '../elaborate/readings.ts';
import type { Value } from '../elaborate/values.ts';
import type { Expression } from '../syntax/tree.ts';
import { isZero } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import { isPolynomial } from '../terms/substitute.ts';
import type { Chain } from '../rewrite/rule.ts';
import { byRules } from './write-out.ts';
import {
  type Counterexample,
  type DecisionContext,
  differenceOf,
  type Subject,
  subjectOf,
  type Verdict,
} from './subject.ts';
import { exactly } from './exactly.ts';

import { conditionsBetween, isAboutSigns } from './domain.ts';
import { otherWordings } from './other-words.ts';
import { type Findings, holdsWhereverTried, searched } from './search.ts';

export { type DecisionContext, decisionRules } from './subject.ts';
export type { Counterexample, Nested, Verdict } from './subject.ts';

/** Both values come from the world of the context, derivatives already taken. */
export function decide(left: Value, right: Value, context: DecisionContext): Verdict {
  const subject = subjectOf(existing(left), existing(right), context);
  // Definitions come first, by numbers: terms have our laws in them, and a law that is wrong would prove itself.
  const found = searched(subject);
  const { counterexample, conflict } = found;
  if (counterexample) return refuted(counterexample);
  if (conflict) return undecided('what its terms come to is not what its text says');
  const how = proof(subject);
  if (!how) return isCertainlyNot(subject) && found.doubtful ? refuted(found.doubtful) : undecided(whyNot(found));
  return { verdict: 'proved', how: [...new Set(how)], conditions: whereItHolds(subject) };
}

/** The derivative of det(x*y') has a value, though its textbook form has none. */
const existing = (value: Value): Value => ({ ...value, term: byAdjugates(value.term)?.term ?? value.term });

/** Where one side exists and the other may not. Signs that nothing is known about, and that are always right, go without saying. */
function whereItHolds(subject: Subject): readonly Condition[] {
  const { left, right } = subject.context.claim;
  return conditionsBetween(left, right, subject.context).filter(
    (c) => !isAboutSigns(c) || !holdsWhereverTried(c, subject),
  );
}

/** A polynomial that is not zero modulo a prime is not zero: then a small difference is no rounding. */
const isCertainlyNot = (subject: Subject): boolean =>
  isPolynomial(subject.difference.term) && exactly(subject.difference, subject) === 'not-zero';

/** The rules and arguments that show it: of the claim as it is said, then in other words, then by exact arithmetic. */
function proof(subject: Subject): readonly string[] | undefined {
  const { difference, context } = subject;
  const { claim, world, rules } = context;
  const identities = (left: Expression, right: Expression): readonly string[] =>
    [left, right].flatMap((side) => world.readings(side).flatMap(rulesRead));
  const own = cancelled(difference.term, context);
  const used = identities(claim.left, claim.right);
  if (own.how) return [...used, ...own.how];
  for (const { left, right, how } of otherWordings(claim, world, rules.identities)) {
    const found = cancelled(differenceOf(world.evaluate(left), world.evaluate(right)).term, context);
    if (found.how) return [...how, ...identities(left, right), ...found.how];
  }
  const all = `checked exactly at random points of a finite field${sizesNote(subject)}`;
  if (exactly({ ...difference, term: own.chain.term }, subject) === 'zero')
    return [...used, ...rulesIn(own.chain), all];
  // Written out it may have become too large.
  return exactly(difference, subject) === 'zero' ? [...used, all] : undefined;
}

/** Is it zero once it is simplified, or once everything is written out? `how` says by what; `chain` is how far it came. */
function cancelled(
  term: Term,
  { simplify, rules }: DecisionContext,
): { readonly how?: readonly string[]; readonly chain: Chain } {
  const plain: Chain = { start: term, rewrites: [], term };
  if (isZero(term)) return { how: ['both sides are the same, entry by entry'], chain: plain };
  const simple = simplify(term);
  if (isZero(simple.term)) return { how: [...rulesIn(simple), 'both sides simplify to the same'], chain: simple };
  const chain = byRules(term, rules);
  return isZero(chain.term) ? { how: [...rulesIn(chain), 'everything cancels'], chain } : { chain };
}
const rulesIn = ({ rewrites }: Chain): readonly string[] => rewrites.map(({ rule }) => rule.name);

const sizesNote = ({ context }: Subject): string =>
  context.checked.sizes.size > 0 ? ', for as many sizes as there are indices' : '';

const refuted = (counterexample: Counterexample): Verdict => ({ verdict: 'refuted', counterexample });
const undecided = (why: string): Verdict => ({ verdict: 'undecided', why });

function whyNot({ points, doubtful, tooLarge }: Findings): string {
  if (points === 0)
    return tooLarge ? 'the sizes are too large to try points' : 'no point was found where both sides exist';
  if (doubtful) return `the sides differ at some of the ${points} points tried, by too little to be sure`;
  return `both sides agree at all ${points} points tried, and no rule shows that they always do`;
}
