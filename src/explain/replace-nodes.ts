/** A term with some of its parts, known by their skeletons, replaced by symbols. */
import {
  apply,
  argumentsOf,
  negate,
  openOperation,
  operation,
  partsOf,
  product,
  rename,
  sum,
  summandsOf,
  symbolTerm,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { ApplyNode, Factor, Index, Node, OperationNode, Summand, Term, TermSymbol } from '../terms/node.ts';

export interface Letter {
  readonly symbol: TermSymbol;
  readonly use: 'divisor' | 'argument' | 'function';
  /** The part's slots in the order of the symbol's axes. */
  readonly axes: readonly number[];
}

/** `keep`: this one stays open at the top, so that a letter can be introduced by what it stands for. */
export function replaceNodes(t: Term, letterFor: (node: Node) => Letter | undefined, keep?: Node): Term {
  const memo = new Map<Node, { readonly at: readonly Index[]; readonly term: Term }>();
  const visit = (t: Term): Term => {
    const letter = t.node === keep ? undefined : letterFor(t.node);
    if (letter)
      return symbolTerm(
        letter.symbol,
        letter.axes.map((slot) => t.at[slot]!),
      );
    const opposite = t.node.kind === 'sum' ? negate(t) : undefined;
    const turned = opposite && opposite.node !== keep ? letterFor(opposite.node) : undefined;
    if (opposite && turned)
      return negate(
        symbolTerm(
          turned.symbol,
          turned.axes.map((slot) => opposite.at[slot]!),
        ),
      );
    let skeleton = memo.get(t.node);
    if (!skeleton) {
      const at = t.node.slots.map(() => freshIndex());
      skeleton = { at, term: inside({ node: t.node, at }) };
      memo.set(t.node, skeleton);
    }
    return rename(skeleton.term, new Map(skeleton.at.map((index, slot) => [index, t.at[slot]!])));
  };
  const inside = (t: Term): Term => {
    switch (t.node.kind) {
      case 'sum':
        return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
      case 'product': {
        const { coefficient, factors, bound } = partsOf(t);
        return product(
          coefficient,
          factors.map(([f, e]): Factor => [visit(f), e]),
          bound,
        );
      }
      case 'apply':
        return apply(t.node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(visit));
      case 'operation': {
        const { op, body, bound, outs } = openOperation(t as Term & { node: OperationNode });
        return operation(op, visit(body), bound, outs, t.node.slots.slice(0, outs.length));
      }
      case 'number':
      case 'size':
      case 'delta':
      case 'symbol':
      case 'pairing':
      case 'block':
        return t;
    }
  };
  return visit(t);
}
