/** Through the parts of a term: with some of them changed (unchanged in, the identical object out), and counted. */
import { apply, operation } from './functions.ts';
import type { ApplyNode, Factor, Node, OperationNode, Summand, Term } from './node.ts';
import { argumentsOf, openOperation, partsOf, same, summandsOf } from './place.ts';
import { product } from './products.ts';
import { sum } from './sums.ts';

/** Summands or factors changed. Arguments of functions are left alone: they are the user's own. */
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

const memo = new WeakMap<Node, number>();

/** How much is there to read? The leaves of a term, functions and their arguments counting as one leaf and a bit. */
export function leaves(t: Term): number {
  const known = memo.get(t.node);
  if (known !== undefined) return known;
  const count = compute(t.node);
  memo.set(t.node, count);
  return count;
}

function compute(node: Node): number {
  switch (node.kind) {
    case 'sum':
      // Numbers read themselves: 1 - s is no longer than s.
      return node.terms.reduce((total, [, t]) => total + (t.node.kind === 'number' ? 0 : leaves(t)), 0);
    case 'product':
      return Math.max(
        1,
        node.factors.reduce((total, [t]) => total + leaves(t), 0),
      );
    case 'apply':
    case 'operation':
      return 2;
    default:
      return 1;
  }
}
