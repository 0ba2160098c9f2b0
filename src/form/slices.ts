/**
 * Blocks in a product as slices: sum_p(x[p]*block(p; i)) is x[2:n], where the whole is summed out and one index walks along it;
 * what is padded with zeros is read in blocks.ts, the selection by itself is a part of the identity.
 */
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimSum, fixed, one as unit, sizeExpression, sizeOf } from '../shape/dim.ts';
import { all, integer, subscript } from '../syntax/build.ts';
import type { All, Expression } from '../syntax/tree.ts';
import { blockParts } from '../terms/construct.ts';
import type { BlockNode, Bound, Factor, Index, Term } from '../terms/node.ts';
import { chain, type Form, identity, isScalar, leaf, ones, scaled, transpose } from './algebra.ts';
import { collectBlocks } from './blocks.ts';
import { cheapest, noForm, type Reader, type Tensor } from './reader.ts';

/** What one index sees of an array: `size` positions behind `offset`; without an index the one position behind it. */
export interface View {
  readonly whole: Index;
  readonly offset: Dim;
  readonly part: { readonly index: Index; readonly dim: Dim } | undefined;
}

const isSimple = (t: Term): boolean => {
  const parts = blockParts(t);
  return parts.length === 0 || (parts.length === 1 && parts[0]!.coefficient === 1);
};

/** The blocks among the factors that are views: nothing else places their whole. */
export function viewsIn(
  factors: readonly Factor[],
  bound: readonly Bound[],
  { isNamed }: Reader,
): ReadonlyMap<Factor, View> {
  const blocks = factors.filter(([t]) => t.node.kind === 'block');
  const views = new Map<Factor, View>();
  for (const factor of blocks) {
    const [t] = factor;
    const whole = t.at[0]!;
    const isAlone = blocks.every((other) => other === factor || other[0].at[0] !== whole);
    if (!isAlone || !isSimple(t) || !bound.some(({ index }) => index === whole)) continue;
    const [part] = blockParts(t);
    if (part && isNamed(part.index)) continue;
    const { offset } = t.node as BlockNode;
    views.set(factor, { whole, offset: part ? offset : dimDifference(offset, fixed(1)), part });
  }
  return views;
}

/** What is seen through another view is looked at after that. */
function outermostFirst(views: readonly View[]): readonly View[] {
  const inner = views.filter(({ whole }) => views.some(({ part }) => part?.index === whole));
  return inner.length === 0 || inner.length === views.length
    ? views
    : [...views.filter((view) => !inner.includes(view)), ...outermostFirst(inner)];
}

/** The tensors seen through the views. */
export function seen(tensors: readonly Tensor[], views: readonly View[], reader: Reader): readonly Tensor[] {
  let left = tensors;
  for (const view of outermostFirst(views)) {
    const isTouched = ({ indices }: Tensor): boolean => indices.includes(view.whole);
    if (!left.some(isTouched)) {
      // Nothing but the whole itself was there: it has one entry for each position.
      if (view.part) left = [...left, { form: ones(view.part.dim, unit), indices: [view.part.index] }];
      continue;
    }
    left = left.map((tensor) => (isTouched(tensor) ? throughView(tensor, view, reader) : tensor));
  }
  return left;
}

function throughView({ form, indices, laid }: Tensor, view: View, reader: Reader): Tensor {
  if (laid) return noForm('a slice of a laid-out axis');
  if (indices.length === 2 && indices[0] === indices[1]) return noForm('a slice of a diagonal');
  const alongColumns = indices[1] === view.whole;
  const turned = alongColumns ? transpose(form) : form;
  const cut = slice(turned, view.offset, view.part?.dim, reader);
  const other = indices.find((index) => index !== view.whole);
  // One row of it, which stands as a column over what is left.
  if (!view.part) return { form: transpose(cut), indices: other === undefined ? [] : [other] };
  return {
    form: alongColumns ? transpose(cut) : cut,
    indices: indices.map((index) => (index === view.whole ? view.part!.index : index)),
  };
}

/** Rows of a form: so many behind the offset, or the one behind it, then over its columns. */
function slice(form: Form, offset: Dim, size: Dim | undefined, reader: Reader): Form {
  const rows = size ?? unit;
  if (isScalar(form) || form.rows === unit) return form;
  switch (form.kind) {
    case 'scaled':
      return scaled(form.coefficient, form.scalars, form.of && slice(form.of, offset, size, reader));
    case 'ones':
      return ones(rows, form.columns);
    case 'chain': {
      const [first, ...rest] = form.factors as readonly [Form, ...Form[]];
      return chain([slice(first, offset, size, reader), ...rest]);
    }
    default:
      return cutOut(form, offset, size, reader);
  }
}

/** One row stands as a row here, one entry as a scalar. */
function cutOut(form: Form, offset: Dim, size: Dim | undefined, { writer }: Reader): Form {
  const first = sizeExpression(dimSum(offset, fixed(1)));
  const position: Expression = size ? { kind: 'range', from: first, to: sizeExpression(dimSum(offset, size)) } : first;
  const label = `slice ${offset.key};${size?.key ?? ''}`;
  const cut = (of: Form, positions: readonly (Expression | All)[], rows: Dim, columns: Dim): Form =>
    leaf(cutFurther(writer.write(of), positions), label, rows, columns, { of: [of], rank: form.rank });
  const rows = size ?? unit;
  if (form.columns === unit) {
    // A row is cut as it stands.
    return form.kind === 'transposed'
      ? transpose(cut(form.of, [position], unit, rows))
      : cut(form, [position], rows, unit);
  }
  return form.kind === 'transposed'
    ? transpose(cut(form.of, [all, position], form.columns, rows))
    : cut(form, [position, all], rows, form.columns);
}

/** A[n,:][1:k] is A[n,1:k]. */
function cutFurther(of: Expression, positions: readonly (Expression | All)[]): Expression {
  if (of.kind !== 'subscript') return subscript(of, ...positions);
  const open = of.indices.flatMap((index, n) => (index.kind === 'all' || index.kind === 'range' ? [n] : []));
  const isOpen = positions.every((position, n) => position.kind === 'all' || of.indices[open[n]!]?.kind === 'all');
  if (open.length !== positions.length || !isOpen) return subscript(of, ...positions);
  const cut = of.indices.map((index, n) => {
    const position = positions[open.indexOf(n)];
    return position && position.kind !== 'all' ? position : index;
  });
  return subscript(of.of, ...cut);
}

/** A selection by itself: eye(n)[2:n,:], part by whole. */
export function selectionTensor(t: Term, reader: Reader): Tensor {
  const { node, at } = t;
  const [whole] = at as readonly [Index];
  if (!isSimple(t) || at.some((index) => index < 0 || reader.isNamed(index))) return noForm('a shifted position');
  const { offset, slots } = node as BlockNode;
  const [part] = blockParts(t);
  if (part) {
    const stacked = collectBlocks([[Q.one, t]], [whole, part.index], [slots[0]!, part.dim], reader);
    const cut = cutOut(identity(slots[0]!), offset, part.dim, reader);
    const ways: readonly Tensor[] = [
      ...(stacked ? [{ form: stacked, indices: [whole, part.index] }] : []),
      { form: cut, indices: [part.index, whole] },
    ];
    return cheapest(ways, ({ form }) => reader.costOf(form));
  }
  return { form: unitVector(slots[0]!, offset, reader), indices: [whole] };
}
/** eye(n)[:,n]: as a column. */
function unitVector(dim: Dim, offset: Dim, { writer }: Reader): Form {
  const at = sizeOf(offset);
  const position = at === undefined ? sizeExpression(offset) : integer(at);
  const of = identity(dim);
  return leaf(subscript(writer.write(of), all, position), `unit ${offset.key}`, dim, unit, { of: [of] });
}
