/** Axes laid behind each other, as kron and vec make them: kron(A, B), kron(x, eye(n)), vec(X). */
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import { partsOf, product, summandsOf } from '../terms/construct.ts';
import type { Bound, Factor, Index, Term } from '../terms/node.ts';
import { chain, type Form, functionForm, isScalar, ones, scaled, sumForm, transpose } from './algebra.ts';
import { noForm, oriented, type Reader } from './reader.ts';

export function laidOut(t: Term, shape: Shape, axes: readonly (readonly Bound[])[], reader: Reader): Form {
  const [first, second] = axes;
  const rows = shape.kind === 'row' ? [] : (first ?? []);
  const columns = shape.kind === 'row' ? (first ?? []) : (second ?? []);
  const dim = (axis: readonly Bound[]): Dim => axis.reduce((d, b) => dimProduct(d, b.dim), unit);
  const pieces = summandsOf(t).map(([c, s]) => [c, oneProduct(s, rows, columns, reader)] as const);
  return sumForm(pieces, dim(rows), dim(columns));
}

/** Each part of the rows goes with at most one part of the columns. */
function oneProduct(t: Term, rows: readonly Bound[], columns: readonly Bound[], reader: Reader): Form {
  if (rows.length === 2 && columns.length === 0) {
    const whole = vecOf(t, rows as readonly [Bound, Bound], reader);
    if (whole) return whole;
  }
  if (columns.length === 2 && rows.length === 0) {
    const whole = vecOf(t, columns as readonly [Bound, Bound], reader);
    if (whole) return transpose(whole);
  }
  const { coefficient, factors, bound } = partsOf(t);
  if (bound.length > 0) return noForm('a sum across laid-out axes');
  const groups = new Map<string, { row: Bound | undefined; column: Bound | undefined; factors: Factor[] }>();
  const rowOf = (index: Index): Bound | undefined => rows.find((b) => b.index === index);
  const columnOf = (index: Index): Bound | undefined => columns.find((b) => b.index === index);
  const scalars: Factor[] = [];
  for (const factor of factors) {
    const own = factor[0].at.map((i) => rowOf(i)).find((b) => b) ?? undefined;
    const other = factor[0].at.map((i) => columnOf(i)).find((b) => b) ?? undefined;
    if (!own && !other) {
      scalars.push(factor);
      continue;
    }
    const known = [...groups.values()].find((g) => (own && g.row === own) || (other && g.column === other));
    if (known) {
      if ((own && known.row && known.row !== own) || (other && known.column && known.column !== other))
        return noForm('crossed axes');
      known.row ??= own;
      known.column ??= other;
      known.factors.push(factor);
    } else groups.set(`${groups.size}`, { row: own, column: other, factors: [factor] });
  }
  const spare = columns.filter((c) => ![...groups.values()].some((g) => g.column === c));
  // Parts pair off in order; what has no column part of its own takes the next one that nobody has.
  const parts = (rows.length >= columns.length ? rows : columns).map((part, n) => {
    const group = [...groups.values()].find((g) => (rows.length >= columns.length ? g.row : g.column) === part) ?? {
      row: rows.length >= columns.length ? part : undefined,
      column: rows.length >= columns.length ? undefined : part,
      factors: [],
    };
    if (columns.length === rows.length) {
      const partner = rows.length >= columns.length ? columns[n] : rows[n];
      if (group.column && group.row && (group.column !== columns[n] || group.row !== rows[n]))
        return noForm('crossed axes');
      return formOfPart(
        group.factors,
        group.row ?? partner,
        group.column ?? (spare.includes(columns[n]!) ? columns[n] : undefined),
        reader,
      );
    }
    return formOfPart(group.factors, group.row, group.column, reader);
  });
  const product0 = parts.reduce((left, right) =>
    functionForm('kron', [left, right], dimProduct(left.rows, right.rows), dimProduct(left.columns, right.columns)),
  );
  const scalar = oriented(product(Q.one, scalars, []), undefined, undefined, reader);
  return scaled(coefficient, [[scalar, Q.one]], product0);
}

function formOfPart(
  factors: readonly Factor[],
  row: Bound | undefined,
  column: Bound | undefined,
  reader: Reader,
): Form {
  const value = oriented(product(Q.one, factors, []), row?.index, column?.index, reader);
  const [r, c] = [row?.dim ?? unit, column?.dim ?? unit];
  if (isScalar(value)) return scaled(Q.one, [[value, Q.one]], ones(r, c));
  if (value.rows !== r) return chain([ones(r, unit), value]);
  return value.columns === c ? value : chain([value, ones(unit, c)]);
}

/** vec(X) lays the columns of X behind each other: major the column index, minor the row index. */
function vecOf(t: Term, [major, minor]: readonly [Bound, Bound], reader: Reader): Form | undefined {
  const value = reader.tensorOf(t);
  if (value.indices.length !== 2) return undefined;
  const form = oriented(t, minor.index, major.index, reader);
  return form.kind === 'scaled' && form.of
    ? scaled(form.coefficient, form.scalars, vecOfForm(form.of))
    : vecOfForm(form);
}
/** vec(x*y') is kron(y, x). */
function vecOfForm(form: Form): Form {
  const size = dimProduct(form.columns, form.rows);
  if (form.kind === 'chain' && form.factors.length === 2 && form.factors[0]!.columns === unit) {
    const [x, y] = form.factors as [Form, Form];
    return functionForm('kron', [transpose(y), x], size, unit);
  }
  return functionForm('vec', [form], size, unit);
}
