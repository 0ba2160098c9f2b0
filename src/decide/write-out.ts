/** A term with the definitions of names put in, functions written out, and what they are applied to taken apart: inside out, everywhere. */
import { apply, argumentsOf, instantiate, openOperation, operation, place, rename } from '../terms/construct.ts';
import { rewriteOnce } from '../rewrite/strategy.ts';
import { freshIndex } from '../terms/intern.ts';
import { mapParts } from '../terms/walk.ts';
import type { ApplyNode, Node, OperationNode, Term } from '../terms/node.ts';
import type { DecisionRules } from './subject.ts';
import { type Log, takenApart } from './laws.ts';
import { multipliedOut } from './multiply-out.ts';
import type { IsPositive } from './positive.ts';

type Top = (t: Term, again: (t: Term) => Term) => Term;

/** Every skeleton is rebuilt once, over indices of its own: what is put in may speak of slots. */
function everywhere(root: Term, top: Top): Term {
  const memo = new Map<Node, { readonly at: readonly number[]; readonly term: Term }>();
  const visit = (t: Term): Term => {
    let skeleton = memo.get(t.node);
    if (!skeleton) {
      const at = t.node.slots.map(() => freshIndex());
      skeleton = { at, term: top(withParts(place(t.node, at), visit), visit) };
      memo.set(t.node, skeleton);
    }
    return rename(skeleton.term, new Map(skeleton.at.map((index, slot) => [index, t.at[slot]!])));
  };
  return visit(root);
}

function withParts(t: Term, visit: (t: Term) => Term): Term {
  const { node } = t;
  switch (node.kind) {
    case 'sum':
    case 'product':
      return mapParts(t, visit);
    case 'apply':
      return apply(node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(visit));
    case 'operation': {
      const { op, body, bound, outs } = openOperation(t as Term & { node: OperationNode });
      return operation(op, multipliedOut(visit(body)), bound, outs, node.slots.slice(0, node.outs));
    }
    case 'number':
    case 'size':
    case 'delta':
    case 'symbol':
    case 'pairing':
    case 'block':
      return t;
  }
}

/** Names put in. */
export const unfolded = (t: Term, log: Log): Term =>
  everywhere(t, (made, again) => {
    const { node } = made;
    if (node.kind !== 'symbol' || !node.symbol.definition) return made;
    if (node.symbol.role === 'name') log(`definition of ${node.symbol.name}`);
    return again(instantiate(node.symbol.definition, made.at));
  });

/** Functions written out by rules, exponentials and logarithms taken apart. */
export const writtenOut = (t: Term, { definitions, laws }: DecisionRules, isPositive: IsPositive, log: Log): Term =>
  everywhere(t, (made, again) => {
    if (made.node.kind !== 'apply' && made.node.kind !== 'operation') return made;
    const found = rewriteOnce(made, definitions);
    if (found) {
      log(found.rule.name);
      return again(found.term);
    }
    const apart = takenApart(made, laws, isPositive, log);
    return apart ? again(apart) : made;
  });
