/** How do index terms become loops? Names and shared pieces become arrays in order; then every output is filled. */
import { invariant } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { Bound, Term } from '../terms/node.ts';
import {
  type Context,
  createContext,
  extentsOf,
  inputBuffer,
  newBuffer,
  newCounters,
  newLocal,
  positionsOf,
  type Stored,
} from './context.ts';
import { nestOf } from './expression.ts';
import { storeOperation } from './operations.ts';
import { pieceKey, type Piece, planSharing } from './sharing.ts';
import { constantPosition, counterPosition } from './position.ts';
import type { LoopProgram, Output } from './program.ts';
import { computed } from './values.ts';
import { write } from './write.ts';

export interface WantedOutput {
  readonly name: string;
  readonly term: Term;
  /** The indices that make up each axis, major first. */
  readonly axes: readonly (readonly Bound[])[];
}

export function lower(outputs: readonly WantedOutput[], sizes: Readonly<Record<string, number>>): LoopProgram {
  const sharing = planSharing(outputs.map(({ term }) => term));
  const context = createContext(sizes, sharing, store);
  for (const symbol of sharing.inputs) inputBuffer(context, symbol);
  for (const piece of sharing.order) context.store(piece);
  const filled = outputs.map((output) => fill(context, output));
  return {
    inputs: [...context.inputs].toSorted(([a], [b]) => a.order - b.order).map(([, buffer]) => buffer),
    work: context.work,
    outputs: filled,
    functions: [...context.functions.values()],
    body: context.body,
  };
}

function fill(context: Context, { name, term, axes }: WantedOutput): Output {
  const indices = axes.flat();
  const extents = extentsOf(
    context,
    indices.map(({ dim }) => dim),
  );
  const buffer = newBuffer(context, 'output', name, extents);
  const counters = newCounters(context, extents);
  const positions = new Map(indices.map(({ index }, n) => [index, counterPosition(counters[n]!)]));
  const at = term.at.map((index) => {
    const position = index < 0 ? constantPosition(-index - 1) : positions.get(index);
    invariant(position, `every free index of ${name} is on one of its axes`);
    return position;
  });
  write(context, { buffer, counters }, { node: term.node, at });
  let next = 0;
  const lengths = axes.map((axis) => axis.reduce((product) => product * extents[next++]!, 1));
  return { buffer, axes: lengths };
}

/** An array for a piece, filled before anything that is lowered from now on. */
function store(context: Context, piece: Piece): Stored {
  const key = pieceKey(piece);
  const known = context.stored.get(key);
  if (known) return known;
  const made =
    piece.node.kind === 'operation' && Q.isOne(piece.exponent)
      ? storeOperation(context, piece.node, labelOf(context, piece))
      : storePiece(context, piece);
  context.stored.set(key, made);
  return made;
}

const labelOf = (context: Context, { node, exponent }: Piece): string => {
  const name = context.sharing.labels.get(node);
  return name === undefined ? '' : Q.isOne(exponent) ? name : `${name}^(${Q.toText(exponent)})`;
};

function storePiece(context: Context, piece: Piece): Stored {
  const extents = extentsOf(context, piece.node.slots);
  const buffer = newBuffer(context, 'work', labelOf(context, piece), extents);
  const counters = newCounters(context, extents);
  const at = positionsOf(counters);
  if (Q.isOne(piece.exponent)) write(context, { buffer, counters }, { node: piece.node, at });
  else {
    const expression = computed(context, piece, at, { counters, ordered: true });
    context.body.push(
      ...nestOf({
        counters,
        expression,
        leaf: (value) => [{ kind: 'store', buffer, at, by: 'set', value }],
        newLocal: () => newLocal(context, ''),
      }),
    );
  }
  return { buffer, order: extents.map((_, slot) => slot) };
}
