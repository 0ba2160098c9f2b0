/** d(yh[k])/d(theta[i]): where a function of an array stands between two names, its derivative is a step of its own. */
import { native } from '../../rules/native.ts';
import * as Q from '../basics/rational.ts';
import type { CellStep } from '../derive/trace.ts';
import type { Expression } from '../syntax/tree.ts';
import { contract, delta, product, rename, sum } from '../terms/construct.ts';
import type { Factor, Index, Summand, Term } from '../terms/node.ts';
import { derivativeSign } from './derivative-sign.ts';
import { sharedOut } from './shared-out.ts';
import { stepFor } from './step-for.ts';
import { type IndexNames, summedOver } from './index-form.ts';
import { multiplied } from './multiplied.ts';
import { namedWithin, passesThrough, type ReversePage } from './reverse-page.ts';
import { isDefinition } from './sentences.ts';
import type { Step } from './step.ts';

export interface Local {
  /** The derivative itself, and (in detail) its product with what flows in. */
  readonly steps: readonly Step[];
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
    new Map([
      ...given,
      ...first.over.map(({ index }, slot): [Index, string] => [
        slot,
        given.get(index) ?? names.get(first.at.indexOf(index))!,
      ]),
    ]);
  const factor = (given: IndexNames): Expression => derivativeSign(user.at(withUser(given)), own.at(names));
  const term = sharedOut(notebook.settle(sum(contributions.map((c): Summand => [Q.one, entryOf(c, through)]))));
  const definitions = step.rewrites.map(({ rule }) => rule).filter(isDefinition);
  const rules = [...new Set([...contributions.flatMap(({ via }) => via[0]!.rules), ...definitions])];
  const derivative = stepFor(rules, { of: factor(outer), after: notebook.entry(term, outer) });
  const bound = first.over.filter(({ index }) => !through(index));
  const atCell = new Map(
    first.over.flatMap(({ index }): [Index, Index][] => (through(index) ? [[index, first.at.indexOf(index)]] : [])),
  );
  const incoming = rename(step.before.get(from)!, atCell);
  const put: Step = {
    ...stepFor([native['a delta picks one term']], {
      before: summedOver(bound, outer, multiplied(notebook.entry(incoming, outer), notebook.entry(term, outer))),
      after: notebook.entry(contract([incoming, term], bound), names, page.summed),
    }),
    level: 'detail',
  };
  return { steps: bound.length > 0 ? [derivative, put] : [derivative], factor };
}

/** The coefficient between the user's entry and the cell's, an index that passes through being one of the cell's. */
function entryOf(
  { coefficient, at, cell, bound }: CellStep['contributions'][number],
  through: (index: Index) => boolean,
): Term {
  const renamed = new Map(at.flatMap((index, slot): [Index, Index][] => (through(index) ? [[index, slot]] : [])));
  const selectors = at.flatMap((index, slot): Factor[] =>
    through(index) ? [] : [[delta(index, slot, cell.slots[slot]!), Q.one]],
  );
  return product(
    Q.one,
    [
      [coefficient, Q.one],
      ...selectors,
      ...[...renamed].map(([from, to]): Factor => [delta(from, to, cell.slots[to]!), Q.one]),
    ],
    [...bound, ...[...renamed].map(([index, slot]) => ({ index, dim: cell.slots[slot]! }))],
  );
}
