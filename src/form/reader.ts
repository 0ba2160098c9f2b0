/** What the candidates of a node work with: tensors of its parts, the names of indices, how the program's writer put its sums. */
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Bound, Index, Node, Term } from '../terms/node.ts';
import { type Form, transpose } from './algebra.ts';
import type { Writer } from './write.ts';

/** More than two free indices, or a contraction that no chain can say: the caller prints indices instead. */
export class NoMatrixForm extends Error {
  override readonly name = 'NoMatrixForm';
}
export const noForm = (why: string): never => {
  throw new NoMatrixForm(why);
};
/** What `make` finds, or nothing where there is no matrix form. */
export function formOrNone<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof NoMatrixForm) return undefined;
    throw error;
  }
}

/** A scalar (no index), a column over one index, or a matrix over rows and columns. */
export interface Tensor {
  readonly form: Form;
  readonly indices: readonly Index[];
  /** A pairing: it is spent as a whole, where one of its sides is summed out. */
  readonly laid?: Laid | undefined;
}
/** The whole is (major - 1)*minor.dim + minor; each of their indices may be named. */
export interface Laid {
  readonly whole: Bound;
  readonly major: Bound;
  readonly minor: Bound;
  /** Of a matrix as it is, or between it and one of the matrices that know its lower triangle. */
  readonly of: 'columns' | 'duplication' | 'elimination';
}

/** How the program's writer put a sum: is its stored sign the opposite, the place of each of its terms, and how often it is the stored one. */
export interface WrittenSum {
  readonly negated: boolean;
  readonly order: readonly number[];
  /** v + 0.01, stored as 100*v + 1, is 1/100 of it. */
  readonly content: Rational;
}
export type WrittenSums = ReadonlyMap<Node, WrittenSum>;

export interface Reader {
  /** The best form over the term's own free indices, named ones left out. Found once for each skeleton. */
  readonly tensorOf: (t: Term) => Tensor;
  readonly isNamed: (index: Index) => boolean;
  readonly letter: (index: Index) => Expression;
  /** r[i]*x[j] reads in the order of its letters: the rank of an entry of a name of this rank. */
  readonly entryRank: (at: readonly Index[], rank: number) => number;
  readonly writer: Writer;
  /** The cost of a form where it will stand: in row layout a vector stands as a row. */
  readonly costOf: (form: Form) => number;
  readonly written: WrittenSums;
}

/** The free indices of some terms, named ones left out. */
export function freeOf(terms: readonly Term[], { isNamed }: Reader): readonly Index[] {
  const found = [...new Set(terms.flatMap(({ at }) => at))].filter((i) => !isNamed(i));
  return found.length > 2 ? noForm('more than two axes') : found;
}
export const slotOf = (t: Term, index: Index | undefined): Dim | undefined =>
  index === undefined ? undefined : t.node.slots[t.at.indexOf(index)];
/** The first of the cheapest. */
export function cheapest<T>(candidates: readonly T[], costOf: (candidate: T) => number): T {
  const [first, ...others] = candidates;
  let best = first as T;
  if (others.length === 0) return best;
  let least = costOf(best);
  for (const other of others) {
    const cost = costOf(other);
    if (cost < least) [best, least] = [other, cost];
  }
  return best;
}

/** With the rows and columns asked for; what the term lacks stays out (a scalar, a row, a column). */
export function oriented(t: Term, rows: Index | undefined, columns: Index | undefined, { tensorOf }: Reader): Form {
  const { form, indices } = tensorOf(t);
  const [first, second] = indices;
  if (first === undefined) return form;
  if (second === undefined)
    return first === rows ? form : first === columns ? transpose(form) : noForm('an index of another axis');
  if (first === rows && second === columns) return form;
  return first === columns && second === rows ? transpose(form) : noForm('indices of other axes');
}
