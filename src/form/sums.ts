/** The candidates of a sum: terms collected and factored, entries spelled out, blocks. */
import * as Q from '../basics/rational.ts';
import { one as unit } from '../shape/dim.ts';
import { scale, summandsOf } from '../terms/construct.ts';
import type { Index, Summand, Term } from '../terms/node.ts';
import { collectBlocks, hasBlock } from './blocks.ts';
import { collect, type Piece } from './collect.ts';
import { collectLiteral } from './literals.ts';
import { freeOf, oriented, type Reader, slotOf, type Tensor } from './reader.ts';

export const summed = (t: Term, reader: Reader): Tensor => formOfSum(summandsOf(t), freeOf([t], reader), t, reader);

/** `whole` is what the summands add up to. */
export function formOfSum(
  summands: readonly Summand[],
  indices: readonly Index[],
  whole: Term,
  reader: Reader,
): Tensor {
  const [rows, columns] = indices;
  const [r, c] = [slotOf(whole, rows) ?? unit, slotOf(whole, columns) ?? unit];
  const literal = collectBlocks(summands, indices, [r, c], reader) ?? collectLiteral(summands, indices, [r, c], reader);
  if (literal && hasBlock(whole)) return { form: literal, indices };
  const written = reader.written.get(whole.node);
  const ordered = written ? inOrderOf(written.order, summands) : summands;
  // A minus goes into its term first, where a sum may take it in.
  const pieces = ordered.map(([q, s]): Piece =>
    Q.isNegative(q)
      ? { coefficient: Q.one, form: oriented(scale(q, s), rows, columns, reader) }
      : { coefficient: q, form: oriented(s, rows, columns, reader) },
  );
  const { writer } = reader;
  const plain = collect(pieces, r, c, writer, written !== undefined);
  return { form: literal && writer.costOf(literal) <= writer.costOf(plain) ? literal : plain, indices };
}
const inOrderOf = <T>(order: readonly number[], items: readonly T[]): readonly T[] =>
  [...items.keys()].toSorted((a, b) => order[a]! - order[b]!).map((n) => items[n]!);
