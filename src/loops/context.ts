/** What does lowering remember while it runs: the arrays made so far, the statements that fill them, and how large they are. */
import { invariant, refuse } from '../basics/problem.ts';
import type { Piece, Sharing } from './sharing.ts';
import { counterPosition } from './position.ts';
import type { Buffer, Counter, Expression, Local, Position, RequiredFunction, Statement } from './program.ts';
import { type Dim, evaluateDim } from '../shape/dim.ts';
import type { TermSymbol } from '../terms/node.ts';

/** An array that holds a piece. */
export interface Stored {
  readonly buffer: Buffer;
  /** Which slot of the node each extent of the buffer runs over. */
  readonly order: readonly number[];
}

export interface Context {
  readonly sizes: Readonly<Record<string, number>>;
  readonly sharing: Sharing;
  readonly inputs: Map<TermSymbol, Buffer>;
  readonly work: Buffer[];
  readonly stored: Map<string, Stored>;
  readonly functions: Map<string, RequiredFunction>;
  readonly body: Statement[];
  readonly counts: { buffers: number; counters: number; locals: number };
  /** Fills an array with the piece, unless there is one already. */
  readonly store: (piece: Piece) => Stored;
}

export const createContext = (
  sizes: Readonly<Record<string, number>>,
  sharing: Sharing,
  store: (context: Context, piece: Piece) => Stored,
): Context => {
  const context: Context = {
    sizes,
    sharing,
    inputs: new Map(),
    work: [],
    stored: new Map(),
    functions: new Map(),
    body: [],
    counts: { buffers: 0, counters: 0, locals: 0 },
    store: (piece) => store(context, piece),
  };
  return context;
};

export const extentsOf = (context: Context, dims: readonly Dim[]): readonly number[] =>
  dims.map((dim) => sizeNumber(dim, context.sizes));

export function newBuffer(context: Context, role: Buffer['role'], name: string, extents: readonly number[]): Buffer {
  const length = lengthOf(extents, name === '' ? 'an intermediate array' : name);
  const buffer: Buffer = { id: context.counts.buffers++, role, name, extents, length };
  if (role === 'work') context.work.push(buffer);
  return buffer;
}
export const newCounter = (context: Context, extent: number): Counter => ({ id: context.counts.counters++, extent });
export const newCounters = (context: Context, extents: readonly number[]): readonly Counter[] =>
  extents.map((extent) => newCounter(context, extent));
export const newLocal = (context: Context, name: string): Local => ({ id: context.counts.locals++, name });
export const positionsOf = (counters: readonly Counter[]): readonly Position[] => counters.map(counterPosition);

/** The array of a symbol that has no definition. */
export function inputBuffer(context: Context, symbol: TermSymbol): Buffer {
  const known = context.inputs.get(symbol);
  if (known) return known;
  for (const other of context.inputs.keys())
    invariant(other.name !== symbol.name, `two inputs are called ${symbol.name}`);
  const buffer = newBuffer(context, 'input', symbol.name, extentsOf(context, symbol.dims));
  context.inputs.set(symbol, buffer);
  return buffer;
}

export const loadStored = ({ buffer, order }: Stored, at: readonly Position[]): Expression => ({
  kind: 'load',
  buffer,
  at: order.map((slot) => at[slot]!),
});

// ---- sizes

/** 2^27 doubles are one gigabyte. */
const mostEntries = 2 ** 27;

/** What positions are shifted by: any whole number. */
export function offsetNumber(dim: Dim, sizes: Readonly<Record<string, number>>): number {
  return evaluateDim(dim, sizes) ?? refuse({ kind: 'value', message: `the size ${dim.key} has no number` });
}
export function sizeNumber(dim: Dim, sizes: Readonly<Record<string, number>>): number {
  const value = evaluateDim(dim, sizes);
  if (value === undefined) return refuse({ kind: 'value', message: `the size ${dim.key} has no number` });
  if (!Number.isSafeInteger(value) || value < 0)
    return refuse({ kind: 'value', message: `the size ${dim.key} is ${value}, and must be a whole number` });
  return value;
}

/** The number of cells. */
export function lengthOf(extents: readonly number[], what: string): number {
  const length = extents.reduce((product, extent) => product * extent, 1);
  if (length > mostEntries)
    refuse({ kind: 'limit', message: `${what} would have ${length} entries, and at most ${mostEntries} are allowed` });
  return length;
}
