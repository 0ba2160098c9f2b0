/** Which terms are positive wherever both sides of a claim exist? log(x) asks for it, and a root asks for no less than zero. */
import * as Q from '../basics/rational.ts';
import type { Node, Term } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { childrenOf } from '../terms/substitute.ts';

export type IsPositive = (t: Term) => boolean;

export function positiveWhereDefined(roots: readonly Term[]): IsPositive {
  const assumed = new Set<string>();
  for (const node of nodesIn(roots)) {
    const [arg] = node.kind === 'apply' && node.fn === 'log' ? node.args : [];
    if (arg) assume(arg, assumed);
    if (node.kind === 'product') for (const [base, e] of node.factors) if (!Q.isInteger(e)) assume(base, assumed);
  }
  const isPositive = (t: Term): boolean => {
    if (signOf(t) === 'positive' || assumed.has(patternOf(t))) return true;
    const { node } = t;
    if (node.kind === 'sum') return node.terms.every(([c, s]) => Q.isPositive(c) && isPositive(s));
    if (node.kind !== 'product') return false;
    return Q.isPositive(node.coefficient) && node.factors.every(([base]) => isPositive(base));
  };
  return isPositive;
}

function assume(t: Term, assumed: Set<string>): void {
  if (['symbol', 'apply', 'operation'].includes(t.node.kind)) assumed.add(patternOf(t));
}

/** x[i] for every i is one thing, x[1] and A[i,i] are others. */
function patternOf({ node, at }: Term): string {
  return `${node.id} ${at.map((index, n) => (index < 0 ? index : `#${at.indexOf(index) === n ? n : at.indexOf(index)}`)).join()}`;
}

function* nodesIn(roots: readonly Term[]): Generator<Node> {
  const seen = new Set<Node>();
  const stack = roots.map(({ node }) => node);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    yield node;
    stack.push(...childrenOf(node).map((part) => part.node));
  }
}
