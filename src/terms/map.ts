/** The same term with its summands or factors changed; unchanged in, the identical object out. */
import { apply, argumentsOf, openOperation, operation, partsOf, product, same, sum, summandsOf } from './construct.ts';
import type { ApplyNode, Factor, OperationNode, Summand, Term } from './node.ts';

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

/** Arguments of functions too. */
export function mapAll(t: Term, change: (part: Term) => Term): Term {
  if (t.node.kind === 'apply') {
    const args = argumentsOf(t as Term & { node: ApplyNode });
    const next = args.map(change);
    return next.every((arg, n) => same(arg, args[n]!)) ? t : apply(t.node.fn, next);
  }
  if (t.node.kind === 'operation') {
    const { op, body, bound, outs } = openOperation(t as Term & { node: OperationNode });
    const next = change(body);
    return same(next, body) ? t : operation(op, next, bound, outs, t.node.slots.slice(0, outs.length));
  }
  return mapParts(t, change);
}
