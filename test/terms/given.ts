/** Terms by hand over named indices and symbols. */
import * as Q from '../../src/basics/rational.ts';
import { type Dim, named } from '../../src/shape/dim.ts';
import type { Fact } from '../../src/syntax/tree.ts';
import { symbolTerm } from '../../src/terms/construct.ts';
import { freshIndex } from '../../src/terms/intern.ts';
import type { Bound, Term, TermSymbol } from '../../src/terms/node.ts';

export const [n, m] = [named('n'), named('m')];
export const q = (over: number, under = 1): Q.Rational => Q.rational(over, under);

let order = 0;
export function symbol(name: string, dims: readonly Dim[], ...facts: readonly Fact[]): TermSymbol {
  return { name, role: 'variable', shape: { kind: 'tensor', axes: dims }, dims, facts: new Set(facts), order: order++ };
}
export const index = (dim: Dim = n): Bound => ({ index: freshIndex(), dim });
export const at = (s: TermSymbol, ...indices: readonly Bound[]): Term =>
  symbolTerm(
    s,
    indices.map((b) => b.index),
  );
