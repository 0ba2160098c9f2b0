/** What happened while deriving, cell by cell: explanations are views of this. */
import type { Rewrite } from '../rewrite/rule.ts';
import type { Bound, Node, Term, TermSymbol } from '../terms/node.ts';
import type { Contribution } from './differential.ts';

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
  readonly rewrites: readonly Rewrite[];
  /** What became of it, over the cell's slots (and, forward, the variable's indices). */
  readonly after: Term;
  /** What later steps call `after` where it is large. */
  readonly name?: TermSymbol | undefined;
}
