/** Forward mode: the derivative of every cell by the variable's entries, from the variable outwards. */
import { delta, rename, sum, times, zero } from '../terms/construct.ts';
import type { Bound, Index, Node, Summand, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import * as Q from '../basics/rational.ts';
import { applyContribution, differentialOf, variesWith } from './differential.ts';
import type { Engine } from './engine.ts';
import type { CellStep, Pass } from './trace.ts';

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
  const derive = (body: Term): { readonly term: Term } & Pick<CellStep, 'contributions' | 'start' | 'rewrites'> => {
    const contributions = differentialOf(body, varies, engine.rules).map((c) => ({ ...c, over: [] }));
    const raw = sum(contributions.map((c): Summand => [Q.one, applyContribution(c, derivativeOf(c.cell))]));
    return { contributions, ...engine.simplify(raw) };
  };
  if (!varies(t.node)) return { term: zero, steps };
  if (t.node.kind === 'symbol') return { term: rename(derivativeOf(t.node), slotsTo(t.at)), steps };
  const { term, start: raw, ...derived } = derive(t);
  const toSlots = new Map(t.at.map((index, slot) => [index, slot]));
  const [after, before] = [rename(term, toSlots), derivatives];
  steps.push({ pass, cell: t.node, before, start: rename(raw, toSlots), after, ...derived });
  return { term, steps };
}

const slotsTo = (at: readonly Index[]): ReadonlyMap<Index, Index> => new Map(at.map((index, slot) => [slot, index]));
