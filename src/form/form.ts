/** A term with its axes as an expression of the language: in matrices where it has such a form, otherwise one entry. */
import { arrayForm } from './arrays.ts';
import * as Q from '../basics/rational.ts';
import { one as unit, sizeExpression } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import { call } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { isZero } from '../terms/construct.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import { filled, type Form, isScalar, ones, scaled, transpose } from './algebra.ts';
import { indexNames, shortestEntry } from './entries.ts';
import { laidOut } from './laid-out.ts';
import { readerFor } from './read.ts';
import { formOrNone, noForm, oriented, type WrittenSums } from './reader.ts';
import { type Style, type Writer, writerFor } from './write.ts';

export interface Axes {
  readonly shape: Shape;
  readonly axes: readonly (readonly Bound[])[];
}
export interface MatrixForm {
  readonly expression: Expression;
  /** The names of the axes' indices where the expression is one entry. */
  readonly indices?: readonly string[] | undefined;
}

export interface FormMaker {
  readonly formOf: (t: Term, axes: Axes) => MatrixForm;
  readonly entry: (t: Term, names: ReadonlyMap<Index, string>) => Expression;
  readonly writer: Writer;
}

/** `names`: free indices that have a name in the program. `taken`: names that indices must not be given. */
export function formMaker(
  style: Style,
  names: ReadonlyMap<Index, string>,
  taken: ReadonlySet<string>,
  written: WrittenSums = new Map(),
): FormMaker {
  const writer = writerFor(style);
  const inColumns = readerFor(writer, names, written);
  const inRows = readerFor(writer, names, written, 'rows');
  const entry = (t: Term, given: ReadonlyMap<Index, string>): Expression =>
    shortestEntry(t, new Map([...names, ...given]), taken, writer, written);
  const isEntry = (t: Term): boolean => t.at.some((index) => names.has(index));

  const matrixOf = (t: Term, { shape, axes }: Axes): Form => {
    if (axes.length > 2) return noForm('more than two axes');
    const reader = shape.kind === 'row' ? inRows : inColumns;
    if (axes.some((axis) => axis.length !== 1)) return laidOut(t, shape, axes, reader);
    const [rows, columns] = axes.map(([b]) => b!.index);
    switch (shape.kind) {
      case 'scalar':
        return oriented(t, undefined, undefined, reader);
      case 'column':
        return filledVector(oriented(t, rows, undefined, reader), shape.size, unit);
      case 'row':
        return transpose(filledVector(oriented(t, rows, undefined, reader), shape.size, unit));
      case 'matrix':
        return filled(oriented(t, rows, columns, reader), shape.rows, shape.columns);
      case 'tensor':
        return noForm('more than two axes');
    }
  };
  const formOf = (t: Term, axes: Axes): MatrixForm => {
    if (isZero(t) && axes.axes.length < 3) return { expression: zerosOf(axes.shape) };
    if (axes.axes.length === 0 && isEntry(t)) return { expression: entry(t, names) };
    const form = formOrNone(() => matrixOf(t, axes));
    if (form) return { expression: writer.write(form) };
    const all = axes.axes.flat().map(({ index }) => index);
    if (all.length === 0) return { expression: entry(t, names) };
    const isArray = all.length > 2 && axes.axes.every(({ length }) => length === 1);
    const array =
      isArray && all.every((index) => t.at.includes(index)) && arrayForm(t, all, (part) => entry(part, names));
    if (array) return { expression: array };
    const given = indexNames(all, taken, names);
    return { expression: entry(t, given), indices: all.map((index) => given.get(index)!) };
  };
  return { formOf, entry, writer };
}

const filledVector = (form: Form, rows: Bound['dim'], columns: Bound['dim']): Form =>
  isScalar(form) ? scaled(Q.one, [[form, Q.one]], ones(rows, columns)) : form;

function zerosOf(shape: Shape): Expression {
  switch (shape.kind) {
    case 'scalar':
      return { kind: 'number', value: Q.zero };
    case 'column':
      return call('zeros', sizeExpression(shape.size));
    case 'row':
      return call('zeros', sizeExpression(unit), sizeExpression(shape.size));
    case 'matrix':
      return call('zeros', sizeExpression(shape.rows), sizeExpression(shape.columns));
    case 'tensor':
      return { kind: 'number', value: Q.zero };
  }
}
