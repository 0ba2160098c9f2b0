/** Functions, entry by entry or of whole arrays, and unknown ones. */
import { matrixFunctions, reductionFunctions, vectorFunctions } from '../../rules/functions/index.ts';
import { toText } from '../print/text.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import { call } from '../syntax/build.ts';
import { argumentsOf, openOperation } from '../terms/construct.ts';
import type { ApplyNode, Bound, Index, OperationNode, Term } from '../terms/node.ts';
import { filled, type Form, functionForm, leaf, transpose } from './algebra.ts';
import { placed } from './leaves.ts';

import { freeOf, noForm, oriented, type Reader, slotOf, type Tensor } from './reader.ts';

export function applied(t: Term & { readonly node: ApplyNode }, reader: Reader): Tensor {
  const args = argumentsOf(t);
  const indices = freeOf(args, reader);
  const [rows, columns] = indices;
  const [r, c] = [slotOf(t, rows) ?? unit, slotOf(t, columns) ?? unit];
  const forms = args.map((arg) => oriented(arg, rows, columns, reader));
  const isFull = forms.length === 1 || forms.some((f) => f.rows === r && f.columns === c);
  return { form: functionForm(t.node.fn, isFull ? forms : forms.map((f) => filled(f, r, c)), r, c), indices };
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
  const { op, body, bound, outs } = openOperation(t);
  const parameters = freeOf([body], reader).filter((i) => !bound.some(({ index }) => index === i));
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
  if (vectorFunctions.has(op)) return ofVectors(opened, reader);
  if (reductionFunctions.has(op)) return ofEverything(opened, reader);
  return matrixFunctions.has(op) ? ofMatrix(opened, reader) : unknownFunction(opened, reader);
}

/** softmax, row by row where there are rows. */
function ofVectors({ op, body, bound, outs, row }: Opened, reader: Reader): Tensor {
  const k = bound[0]!;
  const rows = slotOf(body, row) ?? unit;
  const inner = filled(oriented(body, row, k.index, reader), rows, k.dim);
  const argument = row === undefined ? shorterSide(inner, reader) : inner;
  const made = (r: Dim, c: Dim): Form => written(op, argument, inner, r, c, reader);
  if (vectorFunctions.get(op)!.result === 'number')
    return { form: made(rows, unit), indices: row === undefined ? [] : [row] };
  const form = made(argument.rows, argument.columns);
  return row === undefined
    ? placed({ form, indices: 1 }, outs, [k.dim], reader)
    : placed({ form, indices: 2 }, [row, outs[0]!], [rows, k.dim], reader);
}
function ofEverything({ op, body, bound, row }: Opened, reader: Reader): Tensor {
  if (row !== undefined) return noForm(`${op} of rows`);
  const inner = oriented(body, bound[0]!.index, bound[1]?.index, reader);
  const argument = bound.length === 1 ? shorterSide(inner, reader) : inner;
  return { form: written(op, argument, inner, unit, unit, reader), indices: [] };
}
function ofMatrix({ op, body, bound, outs, row, isSymmetric }: Opened, reader: Reader): Tensor {
  if (row !== undefined) return noForm('a matrix for each index');
  const [a, b] = bound as readonly [Bound, Bound];
  const inner = filled(oriented(body, a.index, b.index, reader), a.dim, b.dim);
  if (matrixFunctions.get(op)!.result === 'number')
    return { form: written(op, inner, inner, unit, unit, reader), indices: [] };
  const form = written(op, inner, inner, a.dim, b.dim, reader, isSymmetric);
  return placed({ form, indices: 2 }, outs, [a.dim, b.dim], reader);
}

/** softmax(v*W') of a column is softmax(W*v'): a vector is given as it reads shorter. */
const shorterSide = (form: Form, { writer }: Reader): Form =>
  writer.costOf(transpose(form)) < writer.costOf(form) ? transpose(form) : form;

const written = (
  op: string,
  argument: Form,
  inner: Form,
  rows: Dim,
  columns: Dim,
  { writer }: Reader,
  symmetric = false,
): Form =>
  leaf(call(op, writer.write(argument)), `${op}${writer.spelling}`, rows, columns, {
    of: [inner],
    rank: inner.rank,
    symmetric,
  });

/** f(x) and J_f(x); the Jacobian of a scalar function is a row. */
function unknownFunction({ op, body, bound, outs, outDims: dims }: Opened, reader: Reader): Tensor {
  if (outs.length > 2) return noForm('a third derivative');
  const [kind, name] = op.split(':') as [string, string];
  const [along] = bound;
  const value = oriented(body, along?.index, undefined, reader);
  const expression = call(
    kind === 'call' ? name : `J_${name}`,
    reader.writer.write(along ? filled(value, along.dim, unit) : value),
  );
  const made = (rows: Dim, columns: Dim): Form =>
    leaf(expression, `${op} ${toText(expression)}`, rows, columns, { rank: value.rank });
  const isRow = kind === 'jacobian' && outs.length === 1 && bound.length === 1;
  const form = isRow ? made(unit, dims[0]!) : made(dims[0] ?? unit, dims[1] ?? unit);
  return placed({ form, indices: outs.length }, outs, dims, reader);
}
