/**
 * Is a claim true wherever both of its sides exist, is it false somewhere, or can neither be shown?
 *
 * 1. `search.ts` looks for a point where the sides differ, by definition: the interpreter on the text, derivatives by differences.
 *    No law of ours is in that, so a law that is wrong is refuted here and cannot prove itself. Where the terms, which do have our
 *    laws in them, come to something else than the text, nothing is proved either.
 * 2. The terms of both sides are one and the same. Rests on: the rules of differentiation and the identities that made them.
 * 3. They simplify to the same. Rests on: the rules that answers are simplified by.
 * 4. `by-rules.ts` writes functions out, multiplies out and uses facts until everything cancels. Rests on: those rules and laws.
 * 5. `exactly.ts` evaluates what is left modulo primes. Rests on: the arguments about cases, ties and sizes at its top.
 *
 * A proof lists what it used, and says where it holds (`domain.ts`).
 */
import { byAdjugates } from '../rewrite/adjugate.ts';
import type { Condition } from '../elaborate/conditions.ts';
import type { Value } from '../elaborate/values.ts';
import { isZero } from '../terms/construct.ts';
import { byRules } from './by-rules.ts';
import { type DecisionContext, type Subject, subjectOf, type Counterexample, type Verdict } from './subject.ts';
import { exactly } from './exactly.ts';
import { conditionsBetween, isAboutSigns } from './domain.ts';
import { type Findings, holdsWhereverTried, searched } from './search.ts';
import * as Q from '../basics/rational.ts';
import type { Term } from '../terms/node.ts';

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

function isPolynomial({ node }: Term): boolean {
  switch (node.kind) {
    case 'sum':
      return node.terms.every(([, t]) => isPolynomial(t));
    case 'product':
      return node.factors.every(([t, e]) => Q.isInteger(e) && Q.isPositive(e) && isPolynomial(t));
    case 'apply':
    case 'operation':
      return false;
    case 'symbol':
      return !node.symbol.definition || isPolynomial(node.symbol.definition);
    default:
      return true;
  }
}

/** The rules and arguments that show it. */
function proof({ difference, context, ...subject }: Subject): readonly string[] | undefined {
  if (isZero(difference.term)) return ['both sides are the same, entry by entry'];
  const { term, rewrites } = context.simplify(difference.term);
  if (isZero(term)) return [...rewrites.map(({ rule }) => rule.name), 'both sides simplify to the same'];
  const written = byRules(difference.term, context.rules);
  if (isZero(written.term)) return [...written.how, 'everything cancels'];
  const whole = { ...subject, difference, context };
  const checked = `checked exactly at random points of a finite field${sizesNote(whole)}`;
  if (exactly({ ...difference, term: written.term }, whole) === 'zero') return [...written.how, checked];
  // Written out it may have become too large.
  return exactly(difference, whole) === 'zero' ? [checked] : undefined;
}

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
