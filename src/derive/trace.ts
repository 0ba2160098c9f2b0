/** What happened while deriving, cell by cell: explanations are views of this. */
import type { Rewrite } from '../rewrite/rule.ts';
import type { Bound, Node, Term, TermSymbol } from '../terms/node.ts';
import { contract, one } from '../terms/construct.ts';
import { type Notice, noticing } from '../terms/notice.ts';
import { applyContribution, type Contribution } from './differential.ts';

/** One way through the program: from the variable outwards, or from the result back. */
export interface Pass {
  readonly mode: 'forward' | 'reverse';
  readonly of: Term;
  readonly targets: readonly Node[];
  /** Forward: the indices of the variable's entry. */
  readonly by: readonly Bound[];
  /** Forward: the direction, over the variable's slots; then `by` stays empty. */
  readonly seed?: Term | undefined;
  /** Reverse: what weights the entries of `of`. */
  readonly weight?: Term | undefined;
}

/** Reverse: a contribution to the cell with the cell whose adjoint it carries on, summed over that one's entries. */
export interface Flow extends Contribution {
  readonly from?: Node | undefined;
  readonly over: readonly Bound[];
}

export interface CellStep {
  readonly pass: Pass;
  /** A name, or the argument of a function, whose derivative (forward) or adjoint (reverse) this step found. */
  readonly cell: Node;
  readonly contributions: readonly Flow[];
  /** The derivatives (forward, by cell) or adjoints (reverse, by the cell that uses this one) that it was made of. */
  readonly before: ReadonlyMap<Node, Term>;
  /** What the contributions add up to, as it was before it was simplified. */
  readonly start: Term;
  /** The same before symmetric names were taken for their transposes; absent where there are none. */
  readonly loose?: Term | undefined;
  readonly rewrites: readonly Rewrite[];
  /** What became of it, over the cell's slots (and, forward, the variable's indices). */
  readonly after: Term;
  /** What later steps call `after` where it is large. */
  readonly name?: TermSymbol | undefined;
}

/** What normal form did where the contributions were put together: deltas picked their terms, factors cancelled. */
export function noticesOf({ pass, contributions, before }: CellStep): readonly (Notice & { readonly flow: Flow })[] {
  return contributions.flatMap((flow) => {
    const outers = flow.via.map(({ outer }) => outer);
    if (pass.mode === 'forward') {
      const inner = applyContribution({ ...flow, coefficient: one, bound: [] }, before.get(flow.cell)!);
      return noticing(() => contract([...outers, inner], flow.bound)).notices.map((notice) => ({ ...notice, flow }));
    }
    const adjoint = flow.from ? before.get(flow.from)! : (pass.weight ?? one);
    // The cell's own indices stay: that they are its slots is bookkeeping.
    const bound = [...flow.over, ...flow.bound].filter(({ index }) => !flow.at.includes(index));
    return noticing(() => contract([adjoint, ...outers], bound)).notices.map((notice) => ({ ...notice, flow }));
  });
}
