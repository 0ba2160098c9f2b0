/** The same term with its summands or factors changed; unchanged in, the identical object out. */
import { partsOf, product, same, sum, summandsOf } from './construct.ts';
import type { Factor, Summand, Term } from './node.ts';

/** Arguments of functions are left alone: they are the user's own. */
export function mapParts(t: Term, change: (part: Term) => Term): Term {
  if (t.node.kind === 'sum') {
    let changed = false;
    const summands = summandsOf(t).map(([c, s]): Summand => {
      const next = change(s);
      changed ||= !same(next, s);
      return [c, next];
    });
    return changed ? sum(summands) : t;
  }
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  let changed = false;
  const next = factors.map(([f, e]): Factor => {
    const made = change(f);
    changed ||= !same(made, f);
    return [made, e];
  });
  return changed ? product(coefficient, next, bound) : t;
}
