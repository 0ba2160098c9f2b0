/** Names, entries of names, deltas: what is written as it is. */
import { toText } from '../print/text.ts';
import { type Dim, one as unit, sizeExpression, sizeOf } from '../shape/dim.ts';
import { all, call, integer, nameOf, subscript } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { isSymmetricName } from '../terms/atoms.ts';
import type { Index, SymbolNode, Term, TermSymbol } from '../terms/node.ts';
import { diagonal, type Form, identity, leaf, transpose } from './algebra.ts';
import { noForm, type Reader, type Tensor } from './reader.ts';

/** A form of so many indices, before it is known where they stand. */
export interface Base {
  readonly form: Form;
  readonly indices: number;
}

export function symbolLeaf(symbol: TermSymbol): Base {
  const { shape } = symbol;
  const expression: Expression =
    symbol.role === 'differential' ? call('d', nameOf(symbol.name.slice(2, -1))) : nameOf(symbol.name);
  const label = `${symbol.role} ${symbol.name}`;
  const symmetric = isSymmetricName(symbol);
  const made = (rows: Dim, columns: Dim): Form =>
    leaf(expression, label, rows, columns, { rank: symbol.order, symmetric });
  switch (shape.kind) {
    case 'scalar':
      return { form: made(unit, unit), indices: 0 };
    case 'column':
      return { form: made(shape.size, unit), indices: 1 };
    case 'row':
      return { form: made(unit, shape.size), indices: 1 };
    case 'matrix':
      return { form: made(shape.rows, shape.columns), indices: 2 };
    case 'tensor':
      return { form: made(shape.axes[0] ?? unit, shape.axes[1] ?? unit), indices: shape.axes.length };
  }
}
export const symbolTensor = ({ node, at }: Term & { readonly node: SymbolNode }, reader: Reader): Tensor =>
  placed(symbolLeaf(node.symbol), at, node.slots, reader);

/** The indices that a leaf stands at: constants and named ones become subscripts, equal ones the diagonal. */
export function placed(base: Base, at: readonly Index[], slots: readonly Dim[], reader: Reader): Tensor {
  const { isNamed, letter, writer, entryRank } = reader;
  if (base.indices > 2 && !at.every(isNamed)) return noForm('three axes');
  const { form } = base;
  if (at.length === 0) return { form, indices: [] };
  if (!at.some(isNamed) && at.length === 1) return { form: form.rows === unit ? transpose(form) : form, indices: at };
  const [i, j] = at as [Index, Index];
  if (!at.some(isNamed)) return i === j ? { form: diagonal(form), indices: [i] } : { form, indices: at };
  const positions = at.map((index) => (isNamed(index) ? letter(index) : all));
  const label = `[${positions.map((p) => (p.kind === 'all' ? ':' : toText(p))).join()}]${writer.spelling}`;
  const entry = (rows: Dim, columns: Dim, rank = form.rank): Form =>
    leaf(subscript(writer.write(form), ...positions), label, rows, columns, { of: [form], rank });
  if (at.every(isNamed)) return { form: entry(unit, unit, entryRank(at, form.rank)), indices: [] };
  return isNamed(i)
    ? { form: transpose(entry(unit, slots[1]!)), indices: [j] }
    : { form: entry(slots[0]!, unit), indices: [i] };
}

export function deltaTensor(t: Term, { isNamed, letter }: Reader): Tensor {
  const [i, j] = t.at as [Index, Index];
  const dim = t.node.slots[0]!;
  if (!isNamed(i) && !isNamed(j)) return { form: identity(dim), indices: [i, j] };
  const [free, fixed] = isNamed(i) ? [j, i] : [i, j];
  if (!isNamed(free)) return { form: unitVector(dim, fixed, letter(fixed)), indices: [free] };
  const expression = call('delta', letter(i), letter(j));
  return { form: leaf(expression, toText(expression), unit, unit), indices: [] };
}
/** Spelled out up to this size: [0; 1; 0] rather than eye(3)[:,2]. */
const longestSpelled = 6;
function unitVector(dim: Dim, at: Index, letter: Expression): Form {
  const size = sizeOf(dim);
  const expression: Expression =
    at < 0 && size !== undefined && size <= longestSpelled
      ? { kind: 'matrix', rows: Array.from({ length: size }, (_, n) => [integer(n + 1 === -at ? 1 : 0)]) }
      : subscript(call('eye', sizeExpression(dim)), all, letter);
  return leaf(expression, `unit ${toText(letter)}`, dim, unit);
}
