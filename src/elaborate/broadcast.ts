/** Which shape do two operands of + - .* ./ .^ have together? Scalars go with all, rows and columns with matrices that fit. */
import { column, extent, matrix, row, type Shape } from '../shape/shape.ts';
import type { Expression } from '../syntax/tree.ts';
import { misshapen, say, sayOperand } from './say.ts';
import type { Shapes } from './scope.ts';

export interface Operand {
  readonly expression: Expression;
  readonly shape: Shape;
}

/** The shape of both together, or undefined where they do not fit. */
export function together(a: Shape, b: Shape, { sizes }: Shapes): Shape | undefined {
  if (a.kind === 'scalar') return b;
  if (b.kind === 'scalar') return a;
  if (a.kind === 'tensor' || b.kind === 'tensor') {
    if (a.kind !== 'tensor' || b.kind !== 'tensor' || a.axes.length !== b.axes.length) return undefined;
    return a.axes.every((dim, n) => sizes.unify(dim, b.axes[n]!)) ? a : undefined;
  }
  if (a.kind === 'matrix' || b.kind === 'matrix') {
    const [whole, part] = a.kind === 'matrix' ? [a, b] : [b as Shape & { kind: 'matrix' }, a];
    const [rows, columns] = extent(part)!;
    if (part.kind !== 'row' && !sizes.unify(whole.rows, rows)) return undefined;
    if (part.kind !== 'column' && !sizes.unify(whole.columns, columns)) return undefined;
    return matrix(whole.rows, whole.columns);
  }
  if (a.kind !== b.kind) return undefined;
  if (!sizes.unify(a.size, b.size)) return undefined;
  return a.kind === 'column' ? column(a.size) : row(a.size);
}

type Verb = '+' | '-' | '.*' | './' | '.^' | 'compare';
const spoken: Readonly<Record<Verb, string>> = {
  '+': 'added',
  '-': 'subtracted',
  '.*': 'multiplied entry by entry',
  './': 'divided entry by entry',
  '.^': 'raised entry by entry',
  compare: 'compared',
};

export function broadcast(a: Operand, b: Operand, verb: Verb, at: Expression, shapes: Shapes): Shape {
  const found = together(a.shape, b.shape, shapes);
  if (found) return found;
  const [left, right] = [say(a.expression, 'the left side'), say(b.expression, 'the right side')];
  const { describe } = shapes.sizes;
  return misshapen(
    b.expression.span ? b.expression : at,
    `${left} is ${describe(a.shape)} and ${right} is ${describe(b.shape)}: they cannot be ${spoken[verb]}`,
    hintFor(a, b, verb, shapes),
  );
}

const isVector = (s: Shape): boolean => s.kind === 'column' || s.kind === 'row';

function hintFor(a: Operand, b: Operand, verb: Verb, { sizes }: Shapes): string | undefined {
  const [left, right] = [sayOperand(a.expression, 'left'), sayOperand(b.expression, 'right')];
  const operator = verb === 'compare' ? '==' : verb;
  const spaced = operator.length === 1 ? ` ${operator} ` : operator;
  if (isVector(a.shape) && isVector(b.shape) && a.shape.kind !== b.shape.kind) {
    const [x, y] = [extent(a.shape)!, extent(b.shape)!];
    const equal = sizes.unify(a.shape.kind === 'column' ? x[0] : x[1], b.shape.kind === 'column' ? y[0] : y[1]);
    if (equal) return `one is a column and the other a row: ${left}${spaced}${right}' or ${left}'${spaced}${right}?`;
    if (verb === '+' || verb === '-') {
      const [tall, wide] = a.shape.kind === 'column' ? [left, right] : [right, left];
      return `for every entry of one with every entry of the other, repeat them: ${tall}*ones(1, …) + ones(…)*${wide}`;
    }
    return `for every entry of one with every entry of the other write ${a.shape.kind === 'column' ? `${left}*${right}` : `${right}*${left}`}`;
  }
  const [x, y] = [extent(a.shape), extent(b.shape)];
  if (x && y && sizes.resolve(x[0]) === sizes.resolve(y[1]) && sizes.resolve(x[1]) === sizes.resolve(y[0]))
    return `${left}${spaced}${right}'?`;
  return undefined;
}
