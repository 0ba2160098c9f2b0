/**
 * What happens on the way from a text to its term, before anything is derived: identities it is read by, facts that are
 * used at once, names found spelled out, and what normal form did that a reader would call a step. A value is remembered
 * without this; it is found again for whoever asks.
 */
import type { Restatement } from '../rewrite/identity.ts';
import type { Rewrite, Telling } from '../rewrite/rule.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Notice } from '../terms/notice.ts';

export type Reading =
  | { readonly kind: 'identity'; readonly by: Omit<Restatement, 'rule'> & { readonly rule: Telling } }
  | { readonly kind: 'rule'; readonly by: Rewrite }
  | { readonly kind: 'normal form'; readonly by: Notice };

/** The names of the rules behind it. */
export const rulesRead = (reading: Reading): readonly string[] =>
  reading.kind === 'normal form' ? reading.by.rules : [reading.by.rule.name];

/** How one world reads: each of these about a single expression. */
export interface Reader {
  /** What it stands for, and the identity that says so where there is one; undefined if it stands for itself. */
  readonly stands: (e: Expression) => { readonly as: Expression; readonly by?: Restatement | undefined } | undefined;
  readonly partsOf: (e: Expression) => readonly Expression[];
  /** What was done when it got its value from those of its parts. */
  readonly own: (e: Expression) => readonly Reading[];
}

/** An identity before what it leads to, everything else after the parts that it is about. */
export function readingsOf(root: Expression, { stands, partsOf, own }: Reader): readonly Reading[] {
  const found: Reading[] = [];
  const seen = new Set<Expression>();
  const stack = [{ e: root, isOpen: false }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { e, isOpen } = next;
    if (isOpen) {
      found.push(...own(e));
      continue;
    }
    if (seen.has(e)) continue;
    seen.add(e);
    const other = stands(e);
    if (other?.by) found.push({ kind: 'identity', by: other.by });
    if (!other) stack.push({ e, isOpen: true });
    const parts = other ? [other.as] : partsOf(e);
    stack.push(...parts.toReversed().map((part) => ({ e: part, isOpen: false })));
  }
  return found;
}
