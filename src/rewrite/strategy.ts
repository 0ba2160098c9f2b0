/** In which order are rules tried? Bottom up, each skeleton once, at every place until nothing fits any more. */
import { invariant } from '../basics/invariant.ts';
import { instantiate } from '../terms/construct.ts';
import { mapParts } from '../terms/walk.ts';
import type { Fact } from '../syntax/tree.ts';
import type { Node, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import { applyRule } from './apply.ts';
import type { Rewrite, RewriteRule } from './rule.ts';

/** A rule that is decoded when it is first tried; `anchor` says what a term must contain for it to fit. */
export interface DeferredRule {
  readonly anchor: string;
  readonly rule: () => RewriteRule;
}
/** Rules found by their anchors. */
export interface RuleIndex {
  readonly byTag: ReadonlyMap<string, readonly DeferredRule[]>;
}

const tags = new WeakMap<Node, readonly string[]>();

/** What stands at the top of a term, as rules look for it: each once, and found once for each skeleton. */
function tagsOf({ node }: Term): readonly string[] {
  let found = tags.get(node);
  if (!found) tags.set(node, (found = [...new Set(findTags(node))]));
  return found;
}
function findTags(node: Node): readonly string[] {
  switch (node.kind) {
    case 'apply':
      return [`fn ${node.fn}`];
    case 'operation':
      return [`op ${node.op}`, ...(node.body.node.kind === 'symbol' ? factTags(node.body.node.symbol.facts) : [])];
    case 'symbol':
      return node.symbol.role === 'pattern' ? ['any'] : [`symbol ${node.symbol.name}`, ...factTags(node.symbol.facts)];
    case 'product':
      return [
        ...(node.bound.length > 0 ? ['contraction'] : []),
        ...node.factors.flatMap(([f]) => (f.node.kind === 'product' ? ['contraction'] : tagsOf(f))),
      ];
    case 'sum':
      return ['sum', ...node.terms.flatMap(([, s]) => tagsOf(s))];
    default:
      return [node.kind];
  }
}
/** What is one-hot also adds up to 1. */
const factTags = (facts: ReadonlySet<Fact>): readonly string[] =>
  facts.size === 0 ? [] : [...facts, ...(facts.has('onehot') ? ['simplex'] : [])].map((fact) => `fact ${fact}`);
const tellingFacts: ReadonlySet<string> = new Set(['onehot', 'simplex', 'binary', 'pm1', 'orthogonal', 'skew']);

/** The rarest of a pattern's tags; a rule about one-hot names is looked for only where there is one. */
export function anchorOf({ from, where }: RewriteRule): string {
  const fact = where.find(({ needs }) => tellingFacts.has(needs));
  if (fact) return `fact ${fact.needs}`;
  const tags =
    from.node.kind === 'product' && from.node.bound.length > 0 && from.node.factors.length === 1
      ? ['contraction', ...tagsOf(from)]
      : tagsOf(from);
  const rank = (tag: string): number =>
    tag.startsWith('op ')
      ? 0
      : tag.startsWith('symbol ')
        ? 1
        : tag === 'fn exp'
          ? 3
          : tag.startsWith('fn ')
            ? 2
            : tag === 'contraction'
              ? 4
              : tag === 'sum'
                ? 5
                : 9;
  return tags.toSorted((a, b) => rank(a) - rank(b))[0]!;
}

export function indexRules(rules: readonly (RewriteRule | DeferredRule)[]): RuleIndex {
  const byTag = new Map<string, DeferredRule[]>();
  for (const rule of rules) {
    const deferred = 'anchor' in rule ? rule : { anchor: anchorOf(rule), rule: () => rule };
    const others = byTag.get(deferred.anchor);
    if (others) others.push(deferred);
    else byTag.set(deferred.anchor, [deferred]);
  }
  return { byTag };
}

const candidates = (t: Term, { byTag }: RuleIndex): readonly DeferredRule[] => [
  ...new Set([...tagsOf(t), 'any'].flatMap((tag) => byTag.get(tag) ?? [])),
];

/** The first rule that fits at the top. */
export function rewriteOnce(
  t: Term,
  index: RuleIndex,
): { readonly rule: RewriteRule; readonly term: Term } | undefined {
  for (const { rule: get } of candidates(t, index)) {
    const rule = get();
    const term = applyRule(rule, t);
    if (term && !(term.node === t.node && term.at.every((i, n) => i === t.at[n]))) return { rule, term };
  }
  return undefined;
}

const mostRewrites = 500;

interface Settled {
  readonly term: Term;
  readonly log: readonly Rewrite[];
}
const settledBy = new WeakMap<RuleIndex, WeakMap<Node, Settled>>();

/** All places, arguments of functions left alone: they are the user's own. Each skeleton is rewritten once for a set of rules. */
export function rewriteEverywhere(t: Term, index: RuleIndex, record: (rewrite: Rewrite) => void): Term {
  const memo = settledBy.get(index) ?? new WeakMap<Node, Settled>();
  settledBy.set(index, memo);
  let count = 0;
  const visit = (t: Term, log: Rewrite[]): Term => {
    let settled = memo.get(t.node);
    if (!settled) {
      const own: Rewrite[] = [];
      settled = {
        term: settle(
          mapParts(open(t.node), (part) => visit(part, own)),
          own,
        ),
        log: own,
      };
      memo.set(t.node, settled);
    }
    log.push(...settled.log);
    return instantiate(settled.term, t.at);
  };
  const settle = (t: Term, log: Rewrite[]): Term => {
    const found = rewriteOnce(t, index);
    if (!found) return t;
    invariant(++count < mostRewrites, `the rules settle (the last one was “${found.rule.name}”)`);
    log.push({ rule: found.rule.name, before: t, after: found.term });
    return settle(
      mapParts(found.term, (part) => visit(part, log)),
      log,
    );
  };
  const log: Rewrite[] = [];
  const result = visit(t, log);
  log.forEach(record);
  return result;
}
