/** In which order are rules tried? Bottom up, each skeleton once, at every place until nothing fits any more. */
import { invariant } from '../basics/problem.ts';
import { type Applied, application, inferredFacts, isSign } from './apply.ts';
import { type Rewrite, rewriteBy, type RewriteRule, type NativeRule } from './rule.ts';
import { factRecords, implied } from '../syntax/facts.ts';
import type { Fact } from '../syntax/tree.ts';
import { instantiate, same } from '../terms/construct.ts';
import type { Node, Term, TermSymbol } from '../terms/node.ts';
import { open, mapParts } from '../terms/substitute.ts';

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
      return [`op ${node.op}`, ...namesAtTop(node.body.node).flatMap(({ facts }) => factTags(facts))];
    case 'symbol':
      return node.symbol.role === 'pattern'
        ? ['any']
        : [`symbol ${node.symbol.name}`, ...factTags(new Set([...node.symbol.facts, ...inferredFacts(node)]))];
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
/** Of a name, or of a product of names. */
function namesAtTop(node: Node): readonly TermSymbol[] {
  if (node.kind === 'symbol') return [node.symbol];
  return node.kind === 'product'
    ? node.factors.flatMap(([f]) => (f.node.kind === 'symbol' ? [f.node.symbol] : []))
    : [];
}
/** What is one-hot also adds up to 1. */
const factTags = (facts: ReadonlySet<Fact>): readonly string[] =>
  facts.size === 0 ? [] : [...implied(facts)].map((fact) => `fact ${fact}`);

const hasOperation = ({ node }: Term): boolean =>
  node.kind === 'product' && node.factors.some(([f]) => f.node.kind === 'operation');

/** The rarest of a pattern's tags; a rule about one-hot names is looked for only where there is one. */
export function anchorOf({ from, where }: RewriteRule): string {
  // A name that stands deeper than at the top of a factor does not show there.
  const isPlain = tagsOf(from).includes('any') || from.node.kind === 'operation' || hasOperation(from);
  const fact = where.find(({ needs }) => needs in factRecords && !isSign(needs));
  if (fact && isPlain) return `fact ${fact.needs}`;
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
export function rewriteOnce(t: Term, index: RuleIndex): (Applied & { readonly rule: RewriteRule }) | undefined {
  for (const { rule: get } of candidates(t, index)) {
    const rule = get();
    const found = application(rule, t);
    if (found && !same(found.term, t)) return { rule, ...found };
  }
  return undefined;
}

const mostRewrites = 500;

const settledBy = new WeakMap<RuleIndex, WeakMap<Node, Settled>>();

/** All places, arguments of functions left alone: they are the user's own. Each skeleton is rewritten once for a set of rules. */
export function rewriteEverywhere(t: Term, index: RuleIndex, log: Rewrite[]): Term {
  const memo = settledBy.get(index) ?? new WeakMap<Node, Settled>();
  settledBy.set(index, memo);
  let count = 0;
  const visit: Pass = (t, log) => {
    let settled = memo.get(t.node);
    if (!settled) {
      const own: Rewrite[] = [];
      settled = { term: settle(mapLogged(open(t.node), visit, own), own), log: own };
      memo.set(t.node, settled);
    }
    log.push(...settled.log);
    return instantiate(settled.term, t.at);
  };
  const settle: Pass = (t, log) => {
    const found = rewriteOnce(t, index);
    if (!found) return t;
    invariant(++count < mostRewrites, `the rules settle (the last one was “${found.rule.name}”)`);
    log.push(rewriteBy(found.rule, t, found.term, found.because));
    return settle(mapLogged(found.term, visit, log), log);
  };
  return visit(t, log);
}

// ---- everywhere
// A rule tried bottom up among summands and factors, once at each skeleton.

/** What became of a skeleton, and how. The log stands with the result, so that what repeats the one repeats the other. */
export interface Settled {
  readonly term: Term;
  readonly log: readonly Rewrite[];
}
/** Rewrites a term, and writes down how. */
export type Pass = (t: Term, log: Rewrite[]) => Term;

/** Parts rewritten. A part that stands twice has been rewritten wherever it stands: its log comes once. */
export function mapLogged(t: Term, pass: Pass, log: Rewrite[], map: typeof mapParts = mapParts): Term {
  const own = new Set<Rewrite>();
  const made = map(t, (part) => {
    const steps: Rewrite[] = [];
    const next = pass(part, steps);
    for (const step of steps) own.add(step);
    return next;
  });
  log.push(...own);
  return made;
}

/** The rules at the top of each skeleton, the first that fits; its parts come first. */
export function bottomUp(rulesFor: (t: Term) => NativeRule | undefined): Pass {
  const memo = new WeakMap<Node, Settled>();
  const pass: Pass = (t, log) => {
    if (t.node.kind !== 'sum' && t.node.kind !== 'product') return t;
    let settled = memo.get(t.node);
    if (!settled) memo.set(t.node, (settled = settle(open(t.node))));
    log.push(...settled.log);
    return instantiate(settled.term, t.at);
  };
  const settle = (t: Term): Settled => {
    const log: Rewrite[] = [];
    const inner = mapLogged(t, pass, log);
    const rule = rulesFor(inner);
    const after = rule?.apply(inner);
    if (!rule || !after || same(after, inner)) return { term: inner, log };
    log.push(rewriteBy(rule, inner, after));
    return { term: after, log };
  };
  return pass;
}
