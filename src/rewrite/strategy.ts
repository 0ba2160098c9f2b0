/** In which order are rules tried? Bottom up, each skeleton once, at every place until nothing fits any more. */
import { invariant } from '../basics/invariant.ts';
import { partsOf, product, rename, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Node, Summand, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import { applyRule } from './apply.ts';
import type { Rewrite, RewriteRule } from './rule.ts';

/** Rules found by what a term must contain for them to fit. */
export interface RuleIndex {
  readonly byTag: ReadonlyMap<string, readonly RewriteRule[]>;
}

/** What stands at the top of a term, as rules look for it. */
function tagsOf(t: Term): readonly string[] {
  const { node } = t;
  switch (node.kind) {
    case 'apply':
      return [`fn ${node.fn}`];
    case 'operation':
      return [`op ${node.op}`];
    case 'symbol':
      return [node.symbol.role === 'pattern' ? 'any' : `symbol ${node.symbol.name}`];
    case 'product':
      return [...(node.bound.length > 0 ? ['contraction'] : []), ...node.factors.flatMap(([f]) => (f.node.kind === 'product' ? ['contraction'] : tagsOf(f)))];
    case 'sum':
      return ['sum', ...node.terms.flatMap(([, s]) => tagsOf(s))];
    default:
      return [node.kind];
  }
}
/** The rarest of a pattern's tags. */
function anchorOf(from: Term): string {
  const tags = from.node.kind === 'product' && from.node.bound.length > 0 && from.node.factors.length === 1 ? ['contraction', ...tagsOf(from)] : tagsOf(from);
  const rank = (tag: string): number =>
    tag.startsWith('op ') ? 0 : tag.startsWith('symbol ') ? 1 : tag === 'fn exp' ? 3 : tag.startsWith('fn ') ? 2 : tag === 'contraction' ? 4 : tag === 'sum' ? 5 : 9;
  return tags.toSorted((a, b) => rank(a) - rank(b))[0]!;
}

export function indexRules(rules: readonly RewriteRule[]): RuleIndex {
  const byTag = new Map<string, RewriteRule[]>();
  for (const rule of rules) {
    const anchor = anchorOf(rule.from);
    byTag.set(anchor, [...(byTag.get(anchor) ?? []), rule]);
  }
  return { byTag };
}

const candidates = (t: Term, { byTag }: RuleIndex): readonly RewriteRule[] => [...new Set([...tagsOf(t), 'any'].flatMap((tag) => byTag.get(tag) ?? []))];

/** The first rule that fits at the top. */
export function rewriteOnce(t: Term, index: RuleIndex): { readonly rule: RewriteRule; readonly term: Term } | undefined {
  for (const rule of candidates(t, index)) {
    const term = applyRule(rule, t);
    if (term && !(term.node === t.node && term.at.every((i, n) => i === t.at[n]))) return { rule, term };
  }
  return undefined;
}

const mostRewrites = 500;

/** All places, arguments of functions left alone: they are the user's own. */
export function rewriteEverywhere(t: Term, index: RuleIndex, record: (rewrite: Rewrite) => void): Term {
  const memo = new Map<Node, Term>();
  let count = 0;
  const visit = (t: Term): Term => {
    let skeleton = memo.get(t.node);
    if (!skeleton) {
      skeleton = settle(children(open(t.node)));
      memo.set(t.node, skeleton);
    }
    return rename(skeleton, new Map(t.at.map((index, slot) => [slot, index])));
  };
  const children = (t: Term): Term => {
    if (t.node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
    if (t.node.kind !== 'product') return t;
    const { coefficient, factors, bound } = partsOf(t);
    return product(
      coefficient,
      factors.map(([f, e]): Factor => [visit(f), e]),
      bound,
    );
  };
  const settle = (t: Term): Term => {
    const found = rewriteOnce(t, index);
    if (!found) return t;
    invariant(++count < mostRewrites, `the rules settle (the last one was “${found.rule.name}”)`);
    record({ rule: found.rule.name, before: t, after: found.term });
    return settle(children(found.term));
  };
  return visit(t);
}
