/** Which shape have a sum, a product, a quotient, a power? */
import { refuse } from '../basics/problem.ts';
import { type Checker, misshapen, sayOperand, say, type Shapes } from './scope.ts';
import type { Dim } from '../shape/dim.ts';
import { axesOf, column, extent, matrix, row, type Shape } from '../shape/shape.ts';
import { integerIn } from '../syntax/parts.ts';
import type { Binary, Expression } from '../syntax/tree.ts';

export { integerIn } from '../syntax/parts.ts';

// ---- products, quotients, powers
// Which shape has a product, a quotient, a power?

/** Powers of matrices are written out as products. */
const largestPower = 32;

export function productShape(e: Binary, shapes: Shapes): Shape {
  const [a, b] = [shapes.shapeOf(e.left), shapes.shapeOf(e.right)];
  if (a.kind === 'scalar') return b;
  if (b.kind === 'scalar') return a;
  const [x, y] = [extent(a), extent(b)];
  if (!x || !y) return misfit(e, a, b, shapes);
  if (isColumn(a) && isColumn(b)) return misfit(e, a, b, shapes);
  if (!shapes.sizes.unify(x[1], y[0])) return misfit(e, a, b, shapes);
  return matrix(x[0], y[1]);
}
const isColumn = (s: Shape): boolean => s.kind === 'column';

/** 3/2*norm2(r)*J is about J: scalars in front are left out of messages. */
function lastFactor(e: Expression, { shapeOf }: Shapes): Expression {
  let node = e;
  while (node.kind === 'binary' && node.operator === '*' && shapeOf(node.left).kind === 'scalar') node = node.right;
  return node;
}

function misfit(e: Binary, a: Shape, b: Shape, shapes: Shapes): never {
  const { describe, write } = shapes.sizes;
  const [left, right] = [
    sayOperand(lastFactor(e.left, shapes), 'the left factor'),
    sayOperand(e.right, 'the right factor'),
  ];
  const [x, y] = [extent(a), extent(b)];
  const sizes = x && y ? `: the inner sizes ${write(x[1])} and ${write(y[0])} differ` : '';
  return misshapen(
    e.right.span ? e.right : e,
    `${left} is ${describe(a)} and ${right} is ${describe(b)}${sizes}`,
    x && y ? proposal(left, right, x, y, shapes) : sumHint(left, right, a, b),
  );
}

// An array of three axes or more has no products but those that are written out: sum_l(T[i,j,l]*x[l]).
const entryOf = (text: string, shape: Shape, from = 0): string =>
  `${text}[${'ijklpqrs'
    .slice(from, from + axesOf(shape).length)
    .split('')
    .join(',')}]`;
function sumHint(left: string, right: string, a: Shape, b: Shape): string {
  const last = axesOf(a).length - 1;
  return `write the sum: sum_${'ijklpqrs'[last]}(${entryOf(left, a)}*${entryOf(right, b, last)})`;
}

type Extent = readonly [rows: Dim, columns: Dim];
function proposal(left: string, right: string, x: Extent, y: Extent, { sizes }: Shapes): string | undefined {
  const equal = (a: Dim, b: Dim): boolean => sizes.resolve(a) === sizes.resolve(b);
  if (equal(x[0], y[0]) && equal(x[1], y[1])) {
    const vectors = [x[0].key, x[1].key].includes('1');
    const isRow = x[0].key === '1';
    return vectors
      ? `${isRow ? `${left}*${right}'` : `${left}'*${right}`} or ${left}.*${right}?`
      : `${left}'*${right}, ${left}*${right}' or ${left}.*${right}?`;
  }
  if (equal(x[0], y[0])) return `${left}'*${right}?`;
  if (equal(x[1], y[1])) return `${left}*${right}'?`;
  if (equal(x[0], y[1])) return `${right}*${left}?`;
  return undefined;
}

export function quotientShape(e: Binary, shapes: Shapes): Shape {
  const [a, b] = [shapes.shapeOf(e.left), shapes.shapeOf(e.right)];
  if (b.kind === 'scalar') return a;
  const [left, right] = [sayOperand(e.left, 'the dividend'), sayOperand(e.right, 'the divisor')];
  const square = b.kind === 'matrix' && shapes.sizes.resolve(b.rows) === shapes.sizes.resolve(b.columns);
  return misshapen(
    e.right.span ? e.right : e,
    `${right} is ${shapes.sizes.describe(b)}, and / divides by a scalar`,
    square ? `${left}./${right} entry by entry, or ${left}*inv(${right})?` : `${left}./${right} entry by entry?`,
  );
}

export function powerShape(e: Binary, shapes: Checker): Shape {
  const [a, b] = [shapes.shapeOf(e.left), shapes.shapeOf(e.right)];
  const [left, right] = [sayOperand(e.left, 'the base'), sayOperand(e.right, 'the exponent')];
  if (b.kind !== 'scalar')
    return misshapen(
      e.right,
      `the exponent ${right} is ${shapes.sizes.describe(b)}, and ^ takes a scalar`,
      `${left}.^${right} entry by entry?`,
    );
  if (a.kind === 'scalar') return a;
  const described = `${left} is ${shapes.sizes.describe(a)}`;
  if (a.kind !== 'matrix')
    return misshapen(
      e.left.span ? e.left : e,
      `${described}, and ^ is a power of a scalar or a square matrix`,
      `${left}.^${right} entry by entry?`,
    );
  const exponent = integerIn(e.right);
  if (exponent === undefined && !isSizeExpression(e.right, shapes))
    return misshapen(
      e.right,
      `a matrix is raised to integers only, not to ${right}`,
      `${left}.^${right} entry by entry?`,
    );
  if (!shapes.sizes.unify(a.rows, a.columns))
    return misshapen(
      e.left.span ? e.left : e,
      `${described}, and only a square matrix has powers`,
      `${left}.^${right} entry by entry?`,
    );
  if (exponent !== undefined && Math.abs(exponent) > largestPower)
    return refuse({
      kind: 'limit',
      message: `powers of matrices are written out, up to ${largestPower}: ${exponent} is too large`,
      span: e.right.span,
    });
  return a;
}

/** Sums and products of sizes, some of them not known as numbers: the exponents k, k - 1 and 2*k. */
function isSizeExpression(e: Expression, { sizeNames }: Checker): boolean {
  const isSize = (part: Expression): boolean =>
    part.kind === 'name'
      ? sizeNames.has(part.name)
      : part.kind === 'number'
        ? integerIn(part) !== undefined
        : part.kind === 'sum'
          ? part.terms.every(({ term }) => isSize(term))
          : part.kind === 'binary' && part.operator === '*' && isSize(part.left) && isSize(part.right);
  return isSize(e);
}

// ---- entry by entry
// Which shape do two operands of + - .* ./ .^ have together? Scalars go with all, rows and columns with matrices that
// fit.

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
  if (a.shape.kind === 'tensor' || b.shape.kind === 'tensor') {
    const between = verb === 'compare' ? ' == ' : verb.length === 1 ? ` ${verb} ` : verb.slice(1);
    return `write the entries: ${entryOf(left, a.shape)}${between}${entryOf(right, b.shape)}`;
  }
  const operator = verb === 'compare' ? '==' : verb;
  const spaced = operator.length === 1 ? ` ${operator} ` : operator;
  if (isVector(a.shape) && isVector(b.shape) && a.shape.kind !== b.shape.kind) {
    const [x, y] = [extent(a.shape)!, extent(b.shape)!];
    const equal = sizes.unify(a.shape.kind === 'column' ? x[0] : x[1], b.shape.kind === 'column' ? y[0] : y[1]);
    if (equal) return `one is a column and the other a row: ${left}${spaced}${right}' or ${left}'${spaced}${right}?`;
    if (verb === '+' || verb === '-') {
      const [tall, wide] = a.shape.kind === 'column' ? [left, right] : [right, left];
      const second = verb === '-' && a.shape.kind === 'column' ? `-${wide}` : wide;
      const first = verb === '-' && a.shape.kind === 'row' ? `-${tall}` : tall;
      return `for every entry of one with every entry of the other write outer_sum(${first}, ${second})`;
    }
    return `for every entry of one with every entry of the other write ${a.shape.kind === 'column' ? `${left}*${right}` : `${right}*${left}`}`;
  }
  const [x, y] = [extent(a.shape), extent(b.shape)];
  if (x && y && sizes.resolve(x[0]) === sizes.resolve(y[1]) && sizes.resolve(x[1]) === sizes.resolve(y[0]))
    return `${left}${spaced}${right}'?`;
  return undefined;
}
