/**
 * Which matrix expression has these entries? Every node of a term has candidates, readings of its index graph as products,
 * traces, diagonals, row sums, outer products, literals and blocks; the cheapest is kept (`cost.ts`), once for each
 * skeleton. A term with more than two free indices, or a contraction that no chain can say, has none: NoMatrixForm.
 */
import { inTextOrder } from '../basics/words.ts';
import { one as unit, sizeExpression } from '../shape/dim.ts';
import { integer, nameOf } from '../syntax/build.ts';
import type { ApplyNode, Index, Node, OperationNode, SymbolNode, Term } from '../terms/node.ts';
import { isDuplication, permutationAt } from '../terms/construct.ts';
import { open } from '../terms/substitute.ts';
import { leaf, numberForm, transpose } from './algebra.ts';
import {
  applied,
  operated,
  deltaTensor,
  indexTensor,
  permutationTensor,
  symbolTensor,
  triangleTensor,
} from './leaves.ts';
import { multiplied, summed } from './products.ts';
import { selectionTensor } from './slices.ts';
import { noForm, type Reader, type Tensor, type WrittenSums } from './reader.ts';
import type { Writer } from './write.ts';

/** `names`: the indices that have a name. */
export function readerFor(
  writer: Writer,
  names: ReadonlyMap<Index, string>,
  written: WrittenSums = new Map(),
  layout: 'columns' | 'rows' = 'columns',
): Reader {
  const memo = new WeakMap<Node, Tensor>();
  const letters = [...names.values()].toSorted(inTextOrder);
  const isNamed = (index: Index): boolean => index < 0 || names.has(index);
  const tensorOf = (t: Term): Tensor => {
    const isOpen = t.at.every((index, n) => !isNamed(index) && t.at.indexOf(index) === n);
    if (!isOpen) return tensor(t, reader);
    const known = memo.get(t.node) ?? tensor(open(t.node), reader);
    memo.set(t.node, known);
    return { form: known.form, indices: known.indices.map((slot) => t.at[slot]!) };
  };
  const reader: Reader = {
    tensorOf,
    isNamed,
    letter: (index) => (index < 0 ? integer(-index) : nameOf(names.get(index) ?? `i${index}`)),
    entryRank: ([first], rank) => afterNames + (letters.indexOf(names.get(first!) ?? '') + 1) * mostNames + rank,
    writer,
    costOf: (form) => writer.costOf(layout === 'rows' && form.columns === unit ? transpose(form) : form),
    written,
  };
  return reader;
}
/** Entries stand behind names, in the order of their letters, then of their names. */
const afterNames = 1e6;
const mostNames = 1e4;

function tensor(t: Term, reader: Reader): Tensor {
  switch (t.node.kind) {
    case 'number':
      return { form: numberForm(t.node.value), indices: [] };
    case 'size':
      return { form: leaf(sizeExpression(t.node.dim), `n ${t.node.dim.key}`, unit, unit), indices: [] };
    case 'index':
      return indexTensor(t, reader);
    case 'symbol':
      if (isDuplication(t.node)) return multiplied(t, reader);
      return symbolTensor(t as Term & { node: SymbolNode }, reader);
    case 'delta':
      return deltaTensor(t, reader);
    case 'apply':
      return applied(t as Term & { node: ApplyNode }, reader);
    case 'operation':
      return operated(t as Term & { node: OperationNode }, reader);
    case 'sum': {
      const space = permutationAt(t);
      return space ? permutationTensor(space, reader) : summed(t, reader);
    }
    case 'product':
      return multiplied(t, reader);
    case 'block':
      return selectionTensor(t, reader);
    case 'guard':
      return triangleTensor(t, reader);
    case 'pairing':
      return noForm('a laid-out axis');
  }
}
