/** d(yh[k])/d(theta[i]): where a function of an array stands between two names, its derivative is a step of its own. */
import * as Q from '../basics/rational.ts';
import type { CellStep } from '../differentiate/trace.ts';
import type { Expression } from '../syntax/tree.ts';
import { delta, product, sum } from '../terms/construct.ts';
import type { Factor, Index, Summand, Term } from '../terms/node.ts';
import { derivativeSign } from './derivative-sign.ts';
import { sharedOut } from './shared-out.ts';
import { stepFor } from './forward-steps.ts';
import type { IndexNames } from './index-form.ts';
import { namedWithin, passesThrough, type ReversePage } from './reverse-steps.ts';
import { isDefinition, stableName } from './sentences.ts';
import type { Step } from './step.ts';

export interface Local {
  readonly step: Step;
  /** The sign of this derivative, at the user's indices. */
  readonly factor: (names: IndexNames) => Expression;
}

export function localDerivative(step: CellStep, names: IndexNames, page: ReversePage): Local | undefined {
  const { notebook } = page;
  const { contributions, cell } = step;
  const [first] = contributions;
  const [from] = new Set(contributions.map((c) => c.from));
  if (!first || !from || contributions.some((c) => c.from !== from) || from === step.pass.of.node) return undefined;
  if (contributions.some(({ via }) => via.length !== 1 || via[0]!.of.node.kind !== 'operation')) return undefined;
  const [user, own] = [notebook.cell(from), notebook.cell(cell)];
  if (user.name === undefined || (own.name === undefined && own.axes.length > 0)) return undefined;
  const through = (index: Index): boolean => passesThrough(index, contributions);
  const free = first.over.filter(({ index }) => !through(index)).map(({ index }) => index);
  const outer = namedWithin(first, free, names, page);
  const withUser = (given: IndexNames): IndexNames =>
    new Map([...given, ...first.over.map(({ index }, slot): [Index, string] => [slot, given.get(index) ?? names.get(first.at.indexOf(index))!])]);
  const factor = (given: IndexNames): Expression => derivativeSign(user.at(withUser(given)), own.at(names));
  const term = sum(contributions.map((c): Summand => [Q.one, entryOf(c, through)]));
  const definitions = step.rewrites.map(({ rule }) => rule).filter(isDefinition);
  const rules = [...new Set([...contributions.flatMap(({ via }) => via[0]!.rules.map(stableName)), ...definitions])];
  const after = notebook.entry(sharedOut(notebook.settle(term)), outer);
  return { step: stepFor(rules, { of: factor(outer), after }), factor };
}

/** The coefficient between the user's entry and the cell's, an index that passes through being one of the cell's. */
function entryOf({ coefficient, at, cell, bound }: CellStep['contributions'][number], through: (index: Index) => boolean): Term {
  const renamed = new Map(at.flatMap((index, slot): [Index, Index][] => (through(index) ? [[index, slot]] : [])));
  const selectors = at.flatMap((index, slot): Factor[] => (through(index) ? [] : [[delta(index, slot, cell.slots[slot]!), Q.one]]));
  return product(Q.one, [[coefficient, Q.one], ...selectors, ...[...renamed].map(([from, to]): Factor => [delta(from, to, cell.slots[to]!), Q.one])], [...bound, ...[...renamed].map(([index, slot]) => ({ index, dim: cell.slots[slot]! }))]);
}
