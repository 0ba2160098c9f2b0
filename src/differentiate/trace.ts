/** What happened while deriving, cell by cell: explanations are views of this. */
import type { Rewrite } from '../rewrite/rule.ts';
import type { Node, Term } from '../terms/node.ts';
import type { Contribution } from './differential.ts';

export interface CellStep {
  /** A name, or the argument of a function, whose derivative (forward) or adjoint (reverse) this step found. */
  readonly cell: Node;
  readonly mode: 'forward' | 'reverse';
  /** Forward: the variable. Reverse: absent. */
  readonly by?: Node | undefined;
  readonly contributions: readonly Contribution[];
  /** The derivatives (forward, by cell) or adjoints (reverse, by the cell that uses this one) that it was made of. */
  readonly before: ReadonlyMap<Node, Term>;
  /** Over the cell's slots (and, forward, the variable's indices). */
  readonly after: Term;
  readonly rewrites: readonly Rewrite[];
}
