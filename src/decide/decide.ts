/** Is a claim true wherever both of its sides exist, is it false somewhere, or can neither be shown? */
import type { Value } from '../elaborate/values.ts';
import { isZero } from '../terms/construct.ts';
import { byRules } from './by-rules.ts';
import type { DecisionContext } from './context.ts';
import { exactly } from './exactly.ts';
import { type Findings, searched } from './numerically.ts';
import { type Subject, subjectOf } from './subject.ts';
import type { Verdict } from './verdict.ts';

export { type DecisionContext, decisionRules } from './context.ts';
export type { Counterexample, Nested, Verdict } from './verdict.ts';

/** Both values come from the world of the context, derivatives already taken. */
export function decide(left: Value, right: Value, context: DecisionContext): Verdict {
  const subject = subjectOf(left, right, context);
  if (isZero(subject.difference.term)) return proved(['both sides are the same, entry by entry']);
  // Numbers come first: they cost little, and no proof should stand against them.
  const found = searched(subject);
  const { counterexample, conflict } = found;
  if (counterexample) return { verdict: 'refuted', counterexample };
  if (conflict) return undecided('its terms and its text do not have the same values');
  return proof(subject) ?? undecided(whyNot(found));
}

function proof({ difference, context, ...subject }: Subject): Verdict | undefined {
  const { term, rewrites } = context.simplify(difference.term);
  if (isZero(term)) return proved([...rewrites.map(({ rule }) => rule), 'both sides simplify to the same']);
  const written = byRules(difference.term, context.rules);
  if (isZero(written.term)) return proved([...written.how, 'everything cancels']);
  const whole = { ...subject, difference, context };
  const checked = `checked exactly at random points of a finite field${sizesNote(whole)}`;
  if (exactly({ ...difference, term: written.term }, whole) === 'zero') return proved([...written.how, checked]);
  // Written out it may have become too large.
  return exactly(difference, whole) === 'zero' ? proved([checked]) : undefined;
}

/** Other sizes are not looked at by that. */
const sizesNote = ({ context }: Subject): string => (context.checked.sizes.size > 0 ? ', for several small sizes' : '');

const proved = (how: readonly string[]): Verdict => ({ verdict: 'proved', how: [...new Set(how)] });
const undecided = (why: string): Verdict => ({ verdict: 'undecided', why });

function whyNot({ points, doubtful, tooLarge }: Findings): string {
  if (points === 0)
    return tooLarge ? 'the sizes are too large to try points' : 'no point was found where both sides exist';
  if (doubtful) return `the sides differ at some of the ${points} points tried, by too little to be sure`;
  return `both sides agree at all ${points} points tried, and no rule shows that they always do`;
}
