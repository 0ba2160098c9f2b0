/** Hidden arrays have no declared shape: rows where the program works with rows, and the side that reads shorter. */
import type { Axes } from '../form/form.ts';
import type { Dim } from '../shape/dim.ts';
import { matrix, type Shape } from '../shape/shape.ts';
import { lengthOf } from '../syntax/length.ts';
import type { Expression } from '../syntax/tree.ts';
import type { Index, Node, Term } from '../terms/node.ts';
import { open, symbolsIn } from '../terms/substitute.ts';

export interface Layout {
  readonly shape: Shape;
  /** Its slots as rows, columns, …. */
  readonly axes: readonly Index[];
}
export type MatrixOf = (t: Term, axes: Axes) => Expression | undefined;

export const axesOfCell = (node: Node, { shape, axes }: Layout): Axes => ({
  shape,
  axes: axes.map((slot) => [{ index: slot, dim: node.slots[slot]! }]),
});

export function layoutOf(node: Node, matrixOf: MatrixOf): Layout {
  const slots = [...node.slots.keys()];
  if (node.kind === 'symbol') return { shape: node.symbol.shape, axes: slots };
  const [a, b] = node.slots as readonly [Dim?, Dim?];
  if (!a) return { shape: { kind: 'scalar' }, axes: [] };
  if (!b) return { shape: { kind: isRow(node, a) ? 'row' : 'column', size: a }, axes: slots };
  if (slots.length > 2) return { shape: { kind: 'tensor', axes: node.slots }, axes: slots };
  const layouts: readonly Layout[] = [
    { shape: matrix(a, b), axes: [0, 1] },
    { shape: matrix(b, a), axes: [1, 0] },
  ];
  const [straight, turned] = layouts.map((layout) => {
    const form = matrixOf(open(node), axesOfCell(node, layout));
    return form ? lengthOf(form) : Infinity;
  }) as [number, number];
  return layouts[turned < straight ? 1 : 0]!;
}
const isRow = (node: Node, dim: Dim): boolean =>
  [...symbolsIn(open(node))].some(({ shape }) => shape.kind === 'row' && shape.size === dim);
