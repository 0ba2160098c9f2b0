/** vec(X), X', another name for x: what is a rearrangement of a name varies with it, entry by entry. */
import type { TermSymbol } from '../terms/node.ts';
import { align, type Axis, bind, type Value } from './values.ts';

/** For each axis the slots of the symbol that it is made of, major first: vec(X) has one axis, of slots 1 and 0. */
export type Slots = readonly (readonly number[])[];

export interface Rearrangement {
  readonly of: TermSymbol;
  readonly slots: Slots;
}

/** Undefined where entries are left out, repeated or changed. */
export function rearrangementIn({ term, axes }: Pick<Value, 'term' | 'axes'>): Rearrangement | undefined {
  const { node, at } = term;
  if (node.kind !== 'symbol' || (node.symbol.role !== 'variable' && node.symbol.role !== 'name')) return undefined;
  const indices = axes.flat().map(({ index }) => index);
  if (new Set(at).size !== at.length || at.length !== indices.length) return undefined;
  if (!indices.every((index) => at.includes(index))) return undefined;
  return { of: node.symbol, slots: axes.map((axis) => axis.map(({ index }) => at.indexOf(index))) };
}

/** A rearrangement of a rearrangement. */
export const composed = (outer: Slots, inner: Slots): Slots =>
  outer.map((axis) => axis.flatMap((slot) => inner[slot]!));

/** The axes of the symbol, arranged. */
export const regrouped = (axes: readonly Axis[], slots: Slots): readonly Axis[] =>
  slots.map((axis) => axis.flatMap((slot) => axes[slot]!));

/** A direction shaped like the rearrangement, as one shaped like the symbol. */
export function restored(direction: Value, { of, slots }: Rearrangement): Value {
  const bounds = of.dims.map(bind);
  let { term } = direction;
  slots.forEach((axis, n) => {
    term = align(
      term,
      direction.axes[n]!,
      axis.map((slot) => bounds[slot]!),
    );
  });
  return { shape: of.shape, term, axes: bounds.map((bound) => [bound]) };
}
