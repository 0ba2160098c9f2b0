/** Names, entries of names, deltas and functions: what is written as it is, and what is applied to it. */
import { matrixFunctions, reductionFunctions, vectorFunctions } from '../../rules/functions/index.ts';
import {
  crossForm,
  diagonal,
  filled,
  type Form,
  functionForm,
  identity,
  leaf,
  lowerTriangle,
  ofEntries,
  ones,
  skewForm,
  transpose,
} from './algebra.ts';
import { isDirected } from '../terms/directed.ts';
import { directedReadings } from './directed.ts';
import { cheapest, noForm, type Reader, type Tensor, freeOf, oriented, slotOf } from './reader.ts';
import { arrayForm } from './arrays.ts';
import { toText } from '../print/text.ts';
import { type Dim, dimDifference, one as unit, sizeExpression, sizeOf } from '../shape/dim.ts';
import { all, binary, call, callAlong, integer, nameOf, subscript } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { isSymmetricName } from '../terms/atoms.ts';
import { type Argument, argumentsOf, blockParts, openOperation, partsOf, three } from '../terms/construct.ts';
import {
  type ApplyNode,
  type Bound,
  type GuardNode,
  type Index,
  isUnknown,
  type OperationNode,
  type SymbolNode,
  type Term,
  type TermSymbol,
} from '../terms/node.ts';
import { calledInLanguage, isOfNumbers, unknownFunction, type UnknownFunctionOf } from '../terms/unknown.ts';
import { axesOf, derivativeShape, scalar, type Shape } from '../shape/shape.ts';

/** A form of so many indices, before it is known where they stand. */
export interface Base {
  readonly form: Form;
  readonly indices: number;
}

/** x, or d(x) for the differential of x. */
export const symbolExpression = ({ role, name }: TermSymbol): Expression =>
  role === 'differential' ? call('d', nameOf(name.slice(2, -1))) : nameOf(name);

export function symbolLeaf(symbol: TermSymbol): Base {
  const { shape } = symbol;
  const expression = symbolExpression(symbol);
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

/** The numbers from 1 to n as a column: (1:n)'. */
export function indexTensor({ node, at }: Term, { isNamed, letter }: Reader): Tensor {
  const dim = node.slots[0]!;
  const numbers: Expression = { kind: 'range', from: integer(1), to: sizeExpression(dim) };
  const index = at[0]!;
  if (isNamed(index)) return { form: leaf(letter(index), `index ${toText(letter(index))}`, unit, unit), indices: [] };
  return { form: transpose(leaf(numbers, `1:${dim.key}`, unit, dim)), indices: [index] };
}

/** The indices that a leaf stands at: constants and named ones become subscripts, equal ones the diagonal. */
export function placed(base: Base, at: readonly Index[], slots: readonly Dim[], reader: Reader): Tensor {
  const { isNamed, letter, writer, entryRank } = reader;
  const { form } = base;
  if (at.length === 0) return { form, indices: [] };
  if (!at.some(isNamed) && at.length === 1) return { form: form.rows === unit ? transpose(form) : form, indices: at };
  const [i, j] = at as [Index, Index];
  if (base.indices <= 2 && !at.some(isNamed))
    return i === j ? { form: diagonal(form), indices: [i] } : { form, indices: at };
  const positions = at.map((index) => (isNamed(index) ? letter(index) : all));
  const label = `[${positions.map((p) => (p.kind === 'all' ? ':' : toText(p))).join()}]${writer.spelling}`;
  const entry = (rows: Dim, columns: Dim, rank = form.rank): Form =>
    leaf(subscript(writer.write(form), ...positions), label, rows, columns, { of: [form], rank });
  if (at.every(isNamed)) return { form: entry(unit, unit, entryRank(at, form.rank)), indices: [] };
  if (base.indices > 2) {
    // What is left of a larger array when all but one or two of its indices are named: a column, or a matrix.
    const open = at.flatMap((index, axis) => (isNamed(index) ? [] : [{ index, dim: slots[axis]! }]));
    const [rows, columns] = open as [Bound, Bound?];
    if (open.length > 2) return noForm('three axes');
    const part = entry(rows.dim, columns?.dim ?? unit);
    if (rows.index === columns?.index) return { form: diagonal(part), indices: [rows.index] };
    return { form: part, indices: open.map(({ index }) => index) };
  }
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

/** 1 where i - j + k is 0 or more, over two axes: tril(ones(m, n), k). */
export function triangleTensor(t: Term, { isNamed }: Reader): Tensor {
  const { relation, offset } = t.node as GuardNode;
  const [down, across] = blockParts(t).toSorted((a, b) => b.coefficient - a.coefficient);
  const k = sizeOf(dimDifference(offset, unit));
  const isTriangle =
    relation === 'at-least' && t.at.length === 2 && down?.coefficient === 1 && across?.coefficient === -1;
  if (!isTriangle || k === undefined || t.at.some(isNamed)) return noForm('a condition on positions');
  return { form: lowerTriangle(ones(down.dim, across.dim), k), indices: [down.index, across.index] };
}

/**
 * The permutation symbol, 1 at these indices. Over three axes it waits for what it is multiplied by; a named index makes it the
 * cross product matrix of a unit vector, two the cross product of two.
 */
export function permutationTensor(at: readonly Index[], { isNamed, letter }: Reader): Tensor {
  const named = at.filter(isNamed).length;
  if (named === 0) return { form: leaf(nameOf('levicivita'), 'levicivita', three, three), indices: at };
  if (named === 3) {
    const expression = call('levicivita', ...at.map(letter));
    return { form: leaf(expression, toText(expression), unit, unit), indices: [] };
  }
  // It starts with the named one that the free ones, or the other named one, come after.
  const start = at.findIndex((index, n) => isNamed(index) && (named === 1 || isNamed(at[(n + 1) % 3]!)));
  const [first, second, last] = [0, 1, 2].map((n) => at[(start + n) % 3]!) as [Index, Index, Index];
  const direction = (index: Index): Form => unitVector(three, index, letter(index));
  return named === 1
    ? { form: skewForm(direction(first)), indices: [last, second] }
    : { form: crossForm(direction(first), direction(second)), indices: [last] };
}

// ---- functions
// Functions, entry by entry or of whole arrays, and unknown ones.

export const applied = (t: Term & { readonly node: ApplyNode }, reader: Reader): Tensor =>
  entryByEntry(t, argumentsOf(t), t.node.fn, reader);

function entryByEntry(t: Term, args: readonly Term[], name: string, reader: Reader): Tensor {
  const indices = freeOf(args, reader);
  const [rows, columns] = indices;
  const [r, c] = [slotOf(t, rows) ?? unit, slotOf(t, columns) ?? unit];
  const forms = args.map((arg) => oriented(arg, rows, columns, reader));
  const isFull = forms.length === 1 || forms.some((f) => f.rows === r && f.columns === c);
  return { form: functionForm(name, isFull ? forms : forms.map((f) => filled(f, r, c)), r, c), indices };
}

/** A function of an array, or of each row of a matrix: then `row` counts the rows. */
interface Opened {
  readonly op: string;
  readonly body: Term;
  readonly bound: readonly Bound[];
  readonly outs: readonly Index[];
  readonly outDims: readonly Dim[];
  readonly row: Index | undefined;
  readonly isSymmetric: boolean;
}

export function operated(t: Term & { readonly node: OperationNode }, reader: Reader): Tensor {
  if (isDirected(t)) {
    const readings = directedReadings(partsOf(t), reader).map(({ tensor }) => tensor);
    return readings.length > 0
      ? cheapest(readings, ({ form }) => reader.writer.costOf(form))
      : noForm('a map between matrices');
  }
  const { op, body, bound, outs } = openOperation(t);
  if (isUnknown(op)) {
    const of = unknownFunction(op);
    return isOfNumbers(of) ? ofNumbers(t, of, reader) : unknownForm(t, of, reader);
  }
  const parameters = [...new Set(body.at)].filter((i) => !reader.isNamed(i) && !bound.some(({ index }) => index === i));
  if (parameters.length > 1) return noForm('rows of rows');
  const opened: Opened = {
    op,
    body,
    bound,
    outs,
    outDims: t.node.slots.slice(0, outs.length),
    row: parameters[0],
    isSymmetric: t.node.symmetries.length > 0,
  };
  if (op === 'powm') return raised(opened, reader);
  if (vectorFunctions.has(op)) return ofVectors(opened, reader);
  if (reductionFunctions.has(op)) return ofEverything(opened, reader);
  return ofMatrix(opened, reader);
}

/** softmax, row by row where there are rows; column by column where the program names axes and that reads shorter. */
function ofVectors(opened: Opened, reader: Reader): Tensor {
  const { op, body, bound, outs, row } = opened;
  const k = bound[0]!;
  const isNumber = vectorFunctions.get(op)!.result === 'number';
  const rows = slotOf(body, row) ?? unit;
  const inner = filled(oriented(body, row, k.index, reader), rows, k.dim);
  if (row === undefined) {
    const argument = shorterSide(inner, reader);
    const made = (r: Dim, c: Dim): Form => written(op, argument, inner, r, c, reader);
    if (isNumber) return { form: made(unit, unit), indices: [] };
    return placed({ form: made(argument.rows, argument.columns), indices: 1 }, outs, [k.dim], reader);
  }
  const form = isNumber
    ? inEachRow(opened, inner, reader.writer.style.axes, reader)
    : reader.writer.style.axes && shorterSide(inner, reader) !== inner
      ? transpose(written(op, transpose(inner), inner, k.dim, rows, reader, false, 1))
      : written(op, inner, inner, rows, k.dim, reader);
  if (isNumber) return { form, indices: [row] };
  return placed({ form, indices: 2 }, [row, outs[0]!], [rows, k.dim], reader);
}
function ofEverything(opened: Opened, reader: Reader): Tensor {
  const { op, body, bound, row } = opened;
  const [first, second] = bound;
  if (bound.length > 2 && row === undefined) {
    const whole = arrayLeaf(body, bound, reader);
    return { form: written(op, whole, whole, unit, unit, reader), indices: [] };
  }
  if (row !== undefined) {
    if (second) return noForm(`${op} over two axes of three`);
    const rows = slotOf(body, row)!;
    const inner = filled(oriented(body, row, first!.index, reader), rows, first!.dim);
    return { form: inEachRow(opened, inner, true, reader), indices: [row] };
  }
  const inner = oriented(body, first!.index, second?.index, reader);
  const argument = second ? inner : shorterSide(inner, reader);
  return { form: written(op, argument, inner, unit, unit, reader), indices: [] };
}

/** A column of numbers, one for each row: max(X, dim=2), or max(X, dim=1)' where X' was given. */
function inEachRow({ op }: Opened, inner: Form, isNamed: boolean, reader: Reader): Form {
  if (isNamed && shorterSide(inner, reader) !== inner)
    return transpose(written(op, transpose(inner), inner, unit, inner.rows, reader, false, 1));
  return written(op, inner, inner, inner.rows, unit, reader, false, vectorFunctions.has(op) ? undefined : 2);
}
function ofMatrix({ op, body, bound, outs, outDims, row, isSymmetric }: Opened, reader: Reader): Tensor {
  if (row !== undefined) return noForm('a matrix for each index');
  const [a, b] = bound as readonly [Bound, Bound];
  const inner = filled(oriented(body, a.index, b.index, reader), a.dim, b.dim);
  const { result, transposable } = matrixFunctions.get(op)!;
  // inv((A + B)') is inv(A + B)'.
  const argument = transposable ? shorterSide(inner, reader) : inner;
  if (result === 'number') return { form: written(op, argument, inner, unit, unit, reader), indices: [] };
  const [rows = unit, columns = unit] = outDims;
  const form = written(op, argument, inner, rows, columns, reader, isSymmetric);
  return placed({ form: argument === inner ? form : transpose(form), indices: outs.length }, outs, outDims, reader);
}

/** A^k */
function raised({ body, bound, outs, outDims, row, isSymmetric }: Opened, reader: Reader): Tensor {
  if (row !== undefined) return noForm('a matrix for each index');
  const [a, b, exponent] = bound as readonly [Bound, Bound, Bound];
  const base = filled(oriented(body, a.index, b.index, reader), a.dim, b.dim);
  const argument = shorterSide(base, reader);
  const expression = binary('^', reader.writer.write(argument), sizeExpression(exponent.dim));
  const label = `power ${exponent.dim.key}${reader.writer.spelling}`;
  const form = leaf(expression, label, a.dim, b.dim, { of: [argument], rank: base.rank, symmetric: isSymmetric });
  return placed({ form: argument === base ? form : transpose(form), indices: 2 }, outs, outDims, reader);
}

/** softmax(v*W') of a column is softmax(W*v'): a vector is given as it reads shorter; inv(I - skew(x)') is inv(I + skew(x)). */
function shorterSide(form: Form, { writer }: Reader): Form {
  const other = transpose(form);
  const gain = writer.costOf(form) - writer.costOf(other) || minuses(form) - minuses(other);
  return gain > 0 ? other : form;
}
const minuses = (form: Form): number =>
  form.kind === 'sum'
    ? form.terms.filter(([c]) => c.n < 0n).length
    : form.kind === 'scaled' && form.coefficient.n < 0n
      ? 1
      : 0;

const written = (
  op: string,
  argument: Form,
  inner: Form,
  rows: Dim,
  columns: Dim,
  { writer }: Reader,
  symmetric = false,
  dim?: 1 | 2,
): Form => {
  const of = writer.write(argument);
  const expression = dim ? callAlong(op, of, dim) : call(op, of);
  return leaf(expression, `${op}${dim ? ` dim ${dim}` : ''}${writer.spelling}`, rows, columns, {
    of: [inner],
    rank: inner.rank,
    symmetric,
  });
};

// ---- unknown functions

/** phi(x), D_phi(x): entry by entry. */
function ofNumbers(t: Term & { readonly node: OperationNode }, of: UnknownFunctionOf, reader: Reader): Tensor {
  const { body, further } = openOperation(t);
  return entryByEntry(t, [body, ...further.map((argument) => argument.body)], ofEntries(calledInLanguage(of)), reader);
}

/** f(x), J_f(x), H_f_12(x, y). */
function unknownForm(t: Term & { readonly node: OperationNode }, of: UnknownFunctionOf, reader: Reader): Tensor {
  const { op, body, bound, outs, further } = openOperation(t);
  const args = [{ body, bound }, ...further];
  const given = args.map((argument, n) =>
    shapeOf(
      of.from[n]!,
      argument.bound.map(({ dim }) => dim),
    ),
  );
  const forms = args.map((argument, n) => argumentForm(argument, given[n]!, reader));
  const expression = call(calledInLanguage(of), ...forms.map(reader.writer.write));
  const dims = t.node.slots.slice(0, outs.length);
  const by = of.by.map((n) => given[n - 1]!);
  const own = shapeOf(of.to, dims.slice(0, dims.length - by.flatMap(axesOf).length));
  const shape = derivativeShape(own, by);
  const symmetric = own.kind === 'scalar' && of.by.length === 2 && of.by[0] === of.by[1];
  const form = leaf(
    expression,
    `${op} ${toText(expression)}`,
    shape.kind === 'row' ? unit : (dims[0] ?? unit),
    shape.kind === 'row' ? dims[0]! : (dims[1] ?? unit),
    { rank: Math.min(...forms.map(({ rank }) => rank)), symmetric },
  );
  return placed({ form, indices: outs.length }, outs, dims, reader);
}

function shapeOf(kind: Shape['kind'], dims: readonly Dim[]): Shape {
  switch (kind) {
    case 'scalar':
      return scalar;
    case 'column':
    case 'row':
      return { kind, size: dims[0]! };
    case 'matrix':
      return { kind, rows: dims[0]!, columns: dims[1]! };
    case 'tensor':
      return { kind, axes: dims };
  }
}

/** An array of three axes or more, to be a function's argument: it has no rows and columns that anybody might use. */
function arrayLeaf(body: Term, bound: readonly Bound[], reader: Reader): Form {
  const indices = bound.map(({ index }) => index);
  const scalarOf = (t: Term): Expression => reader.writer.write(oriented(t, undefined, undefined, reader));
  const expression = body.at.length > 0 && arrayForm(body, indices, scalarOf);
  if (!expression) return noForm('an array of three axes or more');
  return leaf(expression, `array ${toText(expression)}${reader.writer.spelling}`, unit, unit);
}

function argumentForm({ body, bound }: Argument, shape: Shape, reader: Reader): Form {
  const [first, second] = bound.map(({ index }) => index);
  switch (shape.kind) {
    case 'scalar':
      return oriented(body, undefined, undefined, reader);
    case 'column':
      return filled(oriented(body, first, undefined, reader), shape.size, unit);
    case 'row':
      return filled(oriented(body, undefined, first, reader), unit, shape.size);
    case 'matrix':
      return filled(oriented(body, first, second, reader), shape.rows, shape.columns);
    case 'tensor':
      return arrayLeaf(body, bound, reader);
  }
}
