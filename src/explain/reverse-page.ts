/** The letters of one reverse step: for the cell, for the name it comes from, for what is summed between them. */
import type { Flow } from '../derive/trace.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Index, Node } from '../terms/node.ts';
import type { IndexNames } from './index-form.ts';
import type { Notebook } from './notebook.ts';

export interface ReversePage {
  readonly notebook: Notebook;
  /** What is differentiated. */
  readonly result: Expression;
  /** The result itself, whose own derivative is 1. */
  readonly isResult: (node: Node | undefined) => boolean;
  readonly letters: readonly string[];
  readonly others: readonly string[];
  /** For what is summed within one entry. */
  readonly summed: readonly string[];
}

/** An index of the user's that is one of the cell's in every contribution: nothing is summed over it. */
export const passesThrough = (index: Index, flows: readonly Flow[]): boolean => {
  const slot = flows[0]!.at.indexOf(index);
  return slot >= 0 && flows.every(({ at }) => at[slot] === index);
};
/** Bound indices that are the cell's own have its letters. */
export const namesThrough = ({ at }: Flow, names: IndexNames): IndexNames =>
  new Map([
    ...names,
    ...at.flatMap((index, slot): [Index, string][] =>
      index >= 0 && names.has(slot) ? [[index, names.get(slot)!]] : [],
    ),
  ]);

/** Letters for what is summed: a second index of the user's is an l, as it was in the step about the user. */
export function namedWithin(
  flow: Flow,
  open: readonly Index[],
  names: IndexNames,
  { notebook, others }: ReversePage,
): IndexNames {
  const through = new Map([...namesThrough(flow, names)].filter(([index]) => !open.includes(index)));
  return open.reduce<IndexNames>((given, index) => {
    const slot = flow.over.findIndex((b) => b.index === index);
    return notebook.nameIndices([index], given, [...others.slice(Math.max(0, slot)), ...others]);
  }, through);
}
