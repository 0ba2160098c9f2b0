/** What deriving works with: rules of differentiation, and a way to simplify. Both are handed in. */
import type { Chain } from '../rewrite/rule.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import type { DerivativeRules } from './derivative-rules.ts';

export interface Engine {
  readonly rules: DerivativeRules;
  readonly simplify: (t: Term) => Chain;
  /** A name for a large adjoint, so that later adjoints stay small; undefined where names cannot be carried over. */
  readonly nameAdjoint: (of: Node, value: Term) => TermSymbol | undefined;
}
