/** A claim with everything that its stages look at. */
import type { Value } from '../elaborate/values.ts';
import type { Dim } from '../shape/dim.ts';
import type { Index, Node, Term, TermSymbol } from '../terms/node.ts';
import { childrenOf } from '../terms/substitute.ts';
import type { DecisionContext } from './context.ts';
import { differenceOf, freeIndices } from './difference.ts';
import { type Mentioned, mentionedIn } from './names.ts';
import { indicesToPlace } from './point.ts';
import { type ClaimText, claimText } from '../verify/measured.ts';
import { readingIn } from './reading.ts';
import { attempt } from '../basics/problem.ts';

export interface Subject {
  readonly left: Value;
  readonly right: Value;
  readonly difference: Value;
  readonly context: DecisionContext;
  readonly mentioned: Mentioned;
  /** Indices that the claim leaves open, with the sizes they run to. */
  readonly free: ReadonlyMap<Index, readonly Dim[]>;
  /** What the interpreter reads; undefined where it cannot follow. */
  readonly text: ClaimText | undefined;
  /** The d(x) that occur. */
  readonly differentials: readonly TermSymbol[];
}

/** A matrix of this size can still be varied entry by entry. */
const mostEntriesOfName = 30;

export function subjectOf(left: Value, right: Value, context: DecisionContext): Subject {
  const { claim, checked, world } = context;
  const difference = differenceOf(left, right);
  const mentioned = mentionedIn([claim.left, claim.right], checked);
  const free = indicesToPlace(freeIndices([left, right]), mentioned.variables, world);
  const text = attempt(() => claimText(claim, checked, readingIn(world, mostEntriesOfName)));
  return {
    left,
    right,
    difference,
    context,
    mentioned,
    free,
    text: text.ok ? text.value : undefined,
    differentials: differentialsIn([left.term, right.term]),
  };
}

function differentialsIn(terms: readonly Term[]): readonly TermSymbol[] {
  const found = new Set<TermSymbol>();
  const seen = new Set<Node>();
  const stack = terms.map(({ node }) => node);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'symbol') {
      if (node.symbol.role === 'differential') found.add(node.symbol);
      if (node.symbol.definition) stack.push(node.symbol.definition.node);
    }
    stack.push(...childrenOf(node).map((part) => part.node));
  }
  return [...found];
}
