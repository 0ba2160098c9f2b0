/** Forward and reverse mode: how derivatives pass from cell to cell. */
import * as Q from '../basics/rational.ts';
import type { DerivativeRules } from './derivative-rules.ts';
import { applyContribution, differentialOf, variesWith, type Contribution, type Varies } from './differential.ts';
import { loosened } from './symmetry.ts';
import type { CellStep, Pass, Flow } from './trace.ts';
import type { Chain } from '../rewrite/rule.ts';
import { delta, rename, sum, times, zero, one, product, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Node, Term, TermSymbol, Bound, Index, Summand, Factor } from '../terms/node.ts';
import { open, leaves } from '../terms/substitute.ts';

export interface Engine {
  readonly rules: DerivativeRules;
  readonly simplify: (t: Term) => Chain;
  /** A name for a large adjoint, so that later adjoints stay small; undefined where names cannot be carried over. */
  readonly nameAdjoint: (of: Node, value: Term) => TermSymbol | undefined;
}

// ---- forward
// Forward mode: the derivative of every cell by the variable's entries, from the variable outwards.

export interface Derived {
  readonly term: Term;
  readonly steps: readonly CellStep[];
}

/**
 * d t / d x[by], over the free indices of t and `by`. With a seed, the directional derivative: the seed is d x over
 * the slots of x, and `by` stays unused.
 */
export function forward(t: Term, target: Node, by: readonly Bound[], engine: Engine, seed?: Term): Derived {
  const varies = variesWith(new Set([target]));
  const pass: Pass = { mode: 'forward', of: t, targets: [target], by, seed };
  const steps: CellStep[] = [];
  const derivatives = new Map<Node, Term>();
  const start = seed ?? times(...target.slots.map((dim, slot) => delta(slot, by[slot]!.index, dim)));
  derivatives.set(target, start);

  /** Over the slots of the cell. */
  const derivativeOf = (cell: Node): Term => {
    const known = derivatives.get(cell);
    if (known) return known;
    const body = cell.kind === 'symbol' && cell.symbol.definition ? cell.symbol.definition : open(cell);
    const { term, ...derived } = derive(body);
    steps.push({ pass, cell, before: derivatives, after: term, ...derived });
    derivatives.set(cell, term);
    return term;
  };
  const derive = (
    body: Term,
  ): { readonly term: Term } & Pick<CellStep, 'contributions' | 'start' | 'loose' | 'rewrites'> => {
    const contributions = differentialOf(body, varies, engine.rules).map((c) => ({ ...c, over: [] }));
    const together = (all: readonly Contribution[]): Term =>
      added(all.map((c) => applyContribution(c, derivativeOf(c.cell))));
    const without = loosened(body);
    const loose = without === body ? undefined : together(differentialOf(without, varies, engine.rules));
    return { contributions, loose, ...engine.simplify(together(contributions)) };
  };
  if (!varies(t.node)) return { term: zero, steps };
  if (t.node.kind === 'symbol') return { term: rename(derivativeOf(t.node), slotsTo(t.at)), steps };
  const { term, ...derived } = derive(t);
  const toSlots = new Map(t.at.map((index, slot) => [index, slot]));
  const overSlots = (part: Term): Term => rename(part, toSlots);
  steps.push({
    pass,
    cell: t.node,
    ...derived,
    before: derivatives,
    start: overSlots(derived.start),
    loose: derived.loose && overSlots(derived.loose),
    after: overSlots(term),
  });
  return { term, steps };
}

const slotsTo = (at: readonly Index[]): ReadonlyMap<Index, Index> => new Map(at.map((index, slot) => [slot, index]));

// ---- reverse
// Reverse mode: from a scalar result back through its cells, each adjoint simplified before it is used.

export interface Adjoints {
  /** One for each target, over its slots. */
  readonly terms: readonly Term[];
  readonly steps: readonly CellStep[];
}

/** Adjoints with more leaves than this get a name. */
const largeAdjoint = 24;

/** d t / d target for a scalar t; with a weight (over `outs`, the free indices of t), of the weighted sum of t's entries. */
export function reverse(
  t: Term,
  targets: readonly Node[],
  engine: Engine,
  weight: Term = one,
  outs: readonly Bound[] = [],
): Adjoints {
  const wanted = new Set(targets);
  const varies = variesWith(wanted);
  const pass: Pass = { mode: 'reverse', of: t, targets, by: [], weight };
  const differentialsOf = (body: Term): Differentials => differentialsIn(body, varies, engine.rules);
  const bodies = new Map<Node, Differentials>();
  const insideOf = (cell: Node): Differentials => {
    let found = bodies.get(cell);
    if (!found) {
      const isOpen = cell.kind === 'symbol' && cell.symbol.definition;
      found = wanted.has(cell) ? { plain: [] } : differentialsOf(isOpen ? cell.symbol.definition : open(cell));
      bodies.set(cell, found);
    }
    return found;
  };
  const first: Differentials =
    t.node.kind === 'symbol'
      ? { plain: [{ coefficient: one, cell: t.node, at: t.at, bound: [], via: [] }] }
      : differentialsOf(t);
  const incoming = new Map<Node, Incoming>();
  send(first, { adjoint: weight, bound: outs, from: undefined }, incoming);
  const found = new Map<Node, Term>();
  const steps: CellStep[] = [];
  for (const cell of topological(first.plain, (cell) => insideOf(cell).plain)) {
    const entry = incoming.get(cell);
    if (!entry) continue;
    const { term, ...chain } = engine.simplify(added(entry.terms));
    const name = !wanted.has(cell) && leaves(term) > largeAdjoint ? engine.nameAdjoint(cell, term) : undefined;
    steps.push({
      pass,
      cell,
      contributions: entry.contributions,
      before: entry.from,
      loose: entry.isLoose ? added(entry.loose) : undefined,
      after: term,
      name,
      ...chain,
    });
    found.set(cell, term);
    if (wanted.has(cell)) continue;
    const { inside, bound, names } = flowingOn(cell, insideOf(cell));
    const adjoint = name ? symbolTerm(name, [...cell.slots.keys()]) : term;
    send(inside, { adjoint: rename(adjoint, names), bound, from: cell }, incoming);
  }
  return { terms: targets.map((target) => found.get(target) ?? zero), steps };
}

/** What a body varies with, and the same as if no name in it were symmetric, where one is. */
interface Differentials {
  readonly plain: readonly Contribution[];
  readonly loose?: readonly Contribution[] | undefined;
}
/** What has reached a cell so far. */
interface Incoming {
  readonly terms: Term[];
  readonly loose: Term[];
  isLoose: boolean;
  readonly contributions: Flow[];
  readonly from: Map<Node, Term>;
}
const added = (terms: readonly Term[]): Term => sum(terms.map((s): Summand => [Q.one, s]));

function differentialsIn(body: Term, varies: Varies, rules: DerivativeRules): Differentials {
  const without = loosened(body);
  const plain = differentialOf(body, varies, rules);
  return { plain, loose: without === body ? undefined : differentialOf(without, varies, rules) };
}

/** An adjoint on its way to the cells of a body; `bound`: what is summed over, the slots of the cell that it comes from. */
interface Sent {
  readonly adjoint: Term;
  readonly bound: readonly Bound[];
  readonly from: Node | undefined;
}
function send({ plain, loose }: Differentials, sent: Sent, incoming: Map<Node, Incoming>): void {
  const { adjoint, bound, from } = sent;
  const entryFor = (cell: Node): Incoming => {
    const entry = incoming.get(cell) ?? { terms: [], loose: [], isLoose: false, contributions: [], from: new Map() };
    incoming.set(cell, entry);
    return entry;
  };
  for (const c of plain) {
    const entry = entryFor(c.cell);
    const share = shareOf(c, sent);
    entry.terms.push(share);
    if (!loose) entry.loose.push(share);
    entry.contributions.push({ ...c, from, over: bound });
    if (from) entry.from.set(from, adjoint);
  }
  for (const c of loose ?? []) {
    const entry = entryFor(c.cell);
    entry.loose.push(shareOf(c, sent));
    entry.isLoose = true;
  }
}
function shareOf(c: Contribution, { adjoint, bound }: Sent): Term {
  const selectors = c.at.map((index, slot): Factor => [delta(index, slot, c.cell.slots[slot]!), Q.one]);
  return product(Q.one, [[adjoint, Q.one], [c.coefficient, Q.one], ...selectors], [...bound, ...c.bound]);
}

/** The cell's slots become bound indices of what flows on. */
function flowingOn(
  cell: Node,
  { plain, loose }: Differentials,
): { readonly inside: Differentials; readonly bound: readonly Bound[]; readonly names: ReadonlyMap<Index, Index> } {
  const names = new Map(cell.slots.map((_, slot) => [slot, freshIndex()]));
  const within = (c: Contribution): Contribution => ({
    ...c,
    coefficient: rename(c.coefficient, names),
    at: c.at.map((i) => names.get(i) ?? i),
  });
  return {
    inside: { plain: plain.map(within), loose: loose?.map(within) },
    bound: cell.slots.map((dim, slot): Bound => ({ index: names.get(slot)!, dim })),
    names,
  };
}

/** Cells in an order where each stands after all that use it. */
function topological(
  first: readonly Contribution[],
  contributionsOf: (cell: Node) => readonly Contribution[],
): readonly Node[] {
  const order: Node[] = [];
  const seen = new Set<Node>();
  const visit = (cell: Node): void => {
    if (seen.has(cell)) return;
    seen.add(cell);
    for (const c of contributionsOf(cell)) visit(c.cell);
    order.push(cell);
  };
  for (const c of first) visit(c.cell);
  return order.toReversed();
}
