/** Axes laid behind each other, as kron and vec make them: kron(A, B), kron(x, eye(n)), vec(X). */
import * as Q from '../basics/rational.ts';
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import type { Shape } from '../shape/shape.ts';
import { partsOf, product, summandsOf } from '../terms/construct.ts';
import type { Bound, Factor, Term } from '../terms/node.ts';
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

/** Each part of the rows goes with at most one part of the columns, and each factor with one such pair. */
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
  const isTall = rows.length >= columns.length;
  const [long, short] = isTall ? [rows, columns] : [columns, rows];
  const touched = ([{ at }]: Factor, side: readonly Bound[]): readonly Bound[] =>
    side.filter(({ index }) => at.includes(index));
  const partOf = pairedOff(factors, long, short, touched);
  const partsIn = ({ factors: group }: Connected): readonly Bound[] => [
    ...new Set(group.flatMap((f) => [...touched(f, long), ...touched(f, short).map((b) => partOf.get(b)!)])),
  ];
  const groups = connected(factors, bound).map((group) => ({ group, parts: partsIn(group) }));
  if (groups.some(({ parts }) => parts.length > 1)) return noForm('crossed axes');
  /** What speaks of this part; without one, what speaks of none. */
  const termOf = (part: Bound | undefined): Term => {
    const own = groups.filter(({ parts }) => parts[0] === part).map(({ group }) => group);
    return product(
      Q.one,
      own.flatMap((group) => group.factors),
      own.flatMap((group) => group.bound),
    );
  };
  const forms = long.map((part) => {
    const other = short.find((b) => partOf.get(b) === part);
    return formOfPart(termOf(part), isTall ? part : other, isTall ? other : part, reader);
  });
  const whole = forms.reduce((left, right) =>
    functionForm('kron', [left, right], dimProduct(left.rows, right.rows), dimProduct(left.columns, right.columns)),
  );
  const scalar = oriented(termOf(undefined), undefined, undefined, reader);
  return scaled(coefficient, [[scalar, Q.one]], whole);
}

/**
 * Which part of the longer side goes with each part of the other one? As many on both: in order. Otherwise the one that a factor
 * ties it to, or the last that is free: kron(x, y)*z' is kron(x, y*z').
 */
function pairedOff(
  factors: readonly Factor[],
  long: readonly Bound[],
  short: readonly Bound[],
  touched: (factor: Factor, side: readonly Bound[]) => readonly Bound[],
): ReadonlyMap<Bound, Bound> {
  if (long.length === short.length) return new Map(short.map((b, n) => [b, long[n]!]));
  const partOf = new Map<Bound, Bound>();
  for (const factor of factors) {
    const [part] = touched(factor, long);
    const [other] = touched(factor, short);
    if (part && other) partOf.set(other, part);
  }
  const free = long.filter((part) => ![...partOf.values()].includes(part));
  for (const other of short.toReversed()) if (!partOf.has(other)) partOf.set(other, free.pop()!);
  const places = short.map((other) => long.indexOf(partOf.get(other)!));
  return places.every((place, n) => n === 0 || places[n - 1]! < place) ? partOf : noForm('crossed axes');
}

interface Connected {
  readonly factors: readonly Factor[];
  readonly bound: readonly Bound[];
}
/** Factors that share an index which is summed over belong together. */
function connected(factors: readonly Factor[], bound: readonly Bound[]): readonly Connected[] {
  let groups: readonly Connected[] = factors.map((f) => ({ factors: [f], bound: [] }));
  for (const b of bound) {
    const isTouched = (group: Connected): boolean => group.factors.some(([{ at }]) => at.includes(b.index));
    const joined = groups.filter(isTouched);
    groups = [
      ...groups.filter((group) => !isTouched(group)),
      { factors: joined.flatMap((g) => g.factors), bound: [b, ...joined.flatMap((g) => g.bound)] },
    ];
  }
  return groups;
}

function formOfPart(term: Term, row: Bound | undefined, column: Bound | undefined, reader: Reader): Form {
  const value = oriented(term, row?.index, column?.index, reader);
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
