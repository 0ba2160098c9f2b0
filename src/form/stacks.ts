/**
 * Axes that a pairing lays behind each other, as vec does: where the whole is summed out, what stands along it is read as a
 * matrix, unvec(v, m, n); where its two parts are, what stands over them is read as one column, vec(A).
 */
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Index, Term } from '../terms/node.ts';
import * as Q from '../basics/rational.ts';
import {
  type Applied,
  chain,
  entrywise,
  type Form,
  functionForm,
  identity,
  leaf,
  ones,
  type Power,
  scaled,
  transpose,
} from './algebra.ts';
import { nameOf } from '../syntax/build.ts';
import { placed } from './leaves.ts';
import type { Laid, Reader, Tensor } from './reader.ts';

export function pairingTensor({ node, at }: Term, { isNamed }: Reader): Tensor {
  const [whole, major, minor] = at as [Index, Index, Index];
  const over = (index: Index, n: number): Bound => ({ index, dim: node.slots[n]! });
  return {
    form: leaf(nameOf('pairing'), 'pairing', unit, unit),
    indices: [...new Set(at)].filter((index) => !isNamed(index)),
    laid: { whole: over(whole, 0), major: over(major, 1), minor: over(minor, 2) },
  };
}

/** What one pairing can be read as now, with all that is left; `gridOf` reads tensors over two indices as a matrix. */
export function* withoutPairing(
  tensors: readonly Tensor[],
  summed: readonly Index[],
  gridOf: (tensors: readonly Tensor[], rows: Bound, columns: Bound) => Form,
  reader: Reader,
): Generator<readonly Tensor[]> {
  const isSummed = (...indices: readonly Index[]): boolean => indices.every((index) => summed.includes(index));
  for (const pairing of tensors) {
    const { laid } = pairing;
    if (!laid) continue;
    const { whole, major, minor } = laid;
    const others = tensors.filter((t) => t !== pairing);
    const without = (used: readonly Tensor[], made: Tensor): readonly Tensor[] => [
      ...others.filter((t) => !used.includes(t)),
      made,
    ];
    const along = touching(others, whole.index);
    if (isSummed(whole.index) && along.length > 0 && along.every(isOver(whole.index)))
      yield without(along, apart(laid, along, reader));
    if (!isSummed(major.index, minor.index)) continue;
    const over = [...new Set([...touching(others, major.index), ...touching(others, minor.index)])];
    if (over.every(isOver(major.index, minor.index)))
      yield without(over, stood(vecForm(gridOf(over, minor, major)), [whole], reader));
    for (const { made, used } of kroneckers(laid, others, isSummed, gridOf, reader)) yield without(used, made);
  }
}
const touching = (tensors: readonly Tensor[], index: Index): readonly Tensor[] =>
  tensors.filter(({ indices }) => indices.includes(index));
const isOver =
  (...over: readonly Index[]) =>
  ({ laid, indices }: Tensor): boolean =>
    !laid && indices.every((index) => over.includes(index));

/** A form over these indices, some of which may have names: a part of it then. */
const stood = (form: Form, over: readonly Bound[], reader: Reader): Tensor =>
  placed(
    { form, indices: over.length },
    over.map(({ index }) => index),
    over.map(({ dim }) => dim),
    reader,
  );

/** sum_p(v[p]*pairing(p; a, b)) over b and a. */
function apart({ major, minor }: Laid, along: readonly Tensor[], reader: Reader): Tensor {
  const v = entrywise(along.map(({ form }): Power => [form, Q.one]));
  return stood(unvecForm(v, minor.dim, major.dim), [minor, major], reader);
}

/** sum_ab(A[a,c]*B[b,d]*pairing(p; a, b)*pairing(q; c, d)) over p and q; without c or d there is no second pairing. */
function* kroneckers(
  { whole, major, minor }: Laid,
  others: readonly Tensor[],
  isSummed: (...indices: readonly Index[]) => boolean,
  gridOf: (tensors: readonly Tensor[], rows: Bound, columns: Bound) => Form,
  reader: Reader,
): Generator<{ readonly made: Tensor; readonly used: readonly Tensor[] }> {
  const sides = [major, minor].map((own) => ({ own, over: touching(others, own.index) }));
  const [left, right] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const used = [...left.over, ...right.over];
  if (left.over.some((t) => right.over.includes(t)) || used.some(({ laid }) => laid)) return;
  const [a, b] = sides.map(({ own, over }) => [
    ...new Set(over.flatMap(({ indices }) => indices).filter((index) => index !== own.index)),
  ]) as [Index[], Index[]];
  if (a.length > 1 || b.length > 1 || a.length + b.length === 0 || a[0] === b[0]) return;
  const form = (side: (typeof sides)[0], other: Bound): Form => gridOf(side.over, side.own, other);
  const nothing: Bound = { index: freshIndex(), dim: unit };
  const dimOf = (index: Index): Dim => {
    const of = used.find(({ indices }) => indices.includes(index))!;
    return of.indices[0] === index ? of.form.rows : of.form.columns;
  };
  if (a.length + b.length === 1) {
    const other = { index: (a[0] ?? b[0])!, dim: dimOf((a[0] ?? b[0])!) };
    const [x, y] = [form(left, a.length > 0 ? other : nothing), form(right, b.length > 0 ? other : nothing)];
    yield { made: stood(kronForm(x, y), [whole, other], reader), used };
    return;
  }
  for (const pairing of others) {
    const { laid } = pairing;
    if (!laid || laid.major.index !== a[0] || laid.minor.index !== b[0] || !isSummed(a[0], b[0])) continue;
    const isAlone = [a[0], b[0]].every((index) =>
      touching(others, index).every((t) => t === pairing || used.includes(t)),
    );
    if (!isAlone) continue;
    const made = kronForm(form(left, laid.major), form(right, laid.minor));
    yield { made: stood(made, [whole, laid.whole], reader), used: [...used, pairing] };
  }
}

// ---- forms

/** The matrix whose columns are v. */
export function unvecForm(v: Form, rows: Dim, columns: Dim): Form {
  if (v.kind === 'scaled' && v.of) return scaled(v.coefficient, v.scalars, unvecForm(v.of, rows, columns));
  if (v.kind === 'ones') return ones(rows, columns);
  const [of] = v.kind === 'function' && v.name === 'vec' ? v.args : [];
  if (of && of.rows === rows && of.columns === columns) return of;
  return functionForm('unvec', [v], rows, columns);
}

/** vec(x*y') is kron(y, x), vec(A*unvec(v, m, n)*B) is kron(B', A)*v. */
export function vecForm(form: Form): Form {
  if (form.kind === 'scaled' && form.of) return scaled(form.coefficient, form.scalars, vecForm(form.of));
  if (form.kind === 'chain') {
    const { factors } = form;
    const [x, y] = factors as readonly [Form, Form];
    if (factors.length === 2 && x.columns === unit) return kronForm(transpose(y), x);
    const n = factors.findIndex((factor) => factor.kind === 'function' && factor.name === 'unvec');
    if (n >= 0) {
      const [v] = (factors[n] as Applied).args as readonly [Form];
      const [left, right] = [factors.slice(0, n), factors.slice(n + 1)];
      const side = (of: readonly Form[], dim: Dim): Form => (of.length > 0 ? chain(of) : identity(dim));
      const column = v.columns === unit ? v : transpose(v);
      return chain([kronForm(transpose(side(right, form.columns)), side(left, form.rows)), column]);
    }
  }
  return functionForm('vec', [form], dimProduct(form.columns, form.rows), unit);
}

export function kronForm(a: Form, b: Form): Form {
  if (a.kind === 'scaled' && a.of) return scaled(a.coefficient, a.scalars, kronForm(a.of, b));
  if (b.kind === 'scaled' && b.of) return scaled(b.coefficient, b.scalars, kronForm(a, b.of));
  if (a.kind === 'identity' && b.kind === 'identity') return identity(dimProduct(a.rows, b.rows));
  return functionForm('kron', [a, b], dimProduct(a.rows, b.rows), dimProduct(a.columns, b.columns));
}
export const commutationForm = (m: Dim, n: Dim): Form =>
  functionForm('commutation', [identity(m), identity(n)], dimProduct(m, n), dimProduct(m, n));
