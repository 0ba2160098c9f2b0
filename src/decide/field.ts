/** Over which numbers is a term evaluated? Doubles find counterexamples, the integers modulo a prime prove identities. */
import type { EntrywiseName } from '../../rules/functions/index.ts';
import type { Rational } from '../basics/rational.ts';
import type { ApplyNode } from '../terms/node.ts';

export interface Field<V> {
  readonly zero: V;
  readonly one: V;
  readonly rational: (value: Rational) => V;
  readonly plus: (a: V, b: V) => V;
  readonly times: (a: V, b: V) => V;
  readonly inverse: (a: V) => V;
  /** Is this no pivot: zero, or nothing but rounding? */
  readonly vanishes: (a: V) => boolean;
  /** Which of two entries to eliminate with. */
  readonly isLarger: (a: V, b: V) => boolean;
  readonly power: (base: V, exponent: Rational) => V;
  /** Does it compute this function itself? Others are evaluated by their definitions. */
  readonly computes: (fn: EntrywiseName) => boolean;
  /** `node`: where it stands, for what keeps count of comparisons. */
  readonly apply: (fn: EntrywiseName, args: readonly V[], node?: ApplyNode) => V;
  readonly largest: (values: readonly V[]) => V;
  /** pi. */
  readonly constant: (name: string) => V;
  /** call:f, jacobian:f, hessian:f of an unknown function at an argument; `outs` are positions. */
  readonly unknown: (op: string, argument: readonly V[], outs: readonly number[]) => V;
}

/** The point is of no use: a term does not exist there. Another one is tried. */
export class OutsideDomain extends Error {
  override readonly name = 'OutsideDomain';
}
export function outside(): never {
  throw new OutsideDomain();
}

/** The term is too large to be evaluated at such a size. */
export class TooMuchWork extends Error {
  override readonly name = 'TooMuchWork';
}

export type Attempt<T> =
  { readonly kind: 'value'; readonly value: T } | { readonly kind: 'outside' } | { readonly kind: 'too-much' };

export function attempted<T>(evaluate: () => T): Attempt<T> {
  try {
    return { kind: 'value', value: evaluate() };
  } catch (error) {
    if (error instanceof OutsideDomain) return { kind: 'outside' };
    if (error instanceof TooMuchWork) return { kind: 'too-much' };
    throw error;
  }
}
