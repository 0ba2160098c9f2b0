/**
 * Axes that a pairing lays behind each other, as vec does: where the whole is summed out, what stands along it is read as a
 * matrix, unvec(v, m, n); where its two parts are, what stands over them is read as one column, vec(A).
 */
import { type Dim, dimProduct, one as unit } from '../shape/dim.ts';
import { freshIndex } from '../terms/intern.ts';
import { inLowerTriangle, isDuplication, same } from '../terms/construct.ts';
import type { Bound, Factor, Index, Term } from '../terms/node.ts';
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

export function pairingTensor({ node, at }: Term, reader: Reader): Tensor {
  const [whole, major, minor] = at as [Index, Index, Index];
  const over = (index: Index, n: number): Bound => ({ index, dim: node.slots[n]! });
  return pairedWith(over(whole, 0), over(major, 1), over(minor, 2), reader);
}
const pairedWith = (whole: Bound, major: Bound, minor: Bound, { isNamed }: Reader): Tensor => ({
  form: leaf(nameOf('pairing'), 'pairing', unit, unit),
  indices: [...new Set([whole, major, minor].map(({ index }) => index))].filter((index) => !isNamed(index)),
  laid: { whole, major, minor, of: 'columns' },
});

/**
 * Places of triangles in two steps: the matrix duplication(n), or elimination(n) beside the condition that it is the lower one, and a
 * pairing for the axis of n^2 places between, which is summed out.
 */
export function trianglesIn(
  factors: readonly Factor[],
  reader: Reader,
): { readonly tensors: readonly Tensor[]; readonly bound: readonly Index[]; readonly used: readonly Factor[] } {
  const used: Factor[] = [];
  const tensors: Tensor[] = [];
  const between: Index[] = [];
  for (const factor of factors) {
    const [{ node, at }, exponent] = factor;
    if (!isDuplication(node) || !Q.isOne(exponent)) continue;
    const [dim, , places] = node.slots as [Dim, Dim, Dim];
    const [one, other, place] = at as [Index, Index, Index];
    const isLower = (i: Index, j: Index): Factor | undefined =>
      i === j ? undefined : factors.find((f) => !used.includes(f) && same(f[0], inLowerTriangle(i, j, dim)));
    const [straight, across] = [isLower(one, other), isLower(other, one)];
    const [i, j] = across && !straight ? [other, one] : [one, other];
    const condition = straight ?? across;
    const whole: Bound = { index: freshIndex(), dim: dimProduct(dim, dim) };
    const bind = (index: Index): Bound => ({ index, dim });
    used.push(factor, ...(condition ? [condition] : []));
    between.push(whole.index);
    tensors.push(
      {
        ...pairedWith(whole, bind(j), bind(i), reader),
        laid: { whole, major: bind(j), minor: bind(i), of: condition ? 'elimination' : 'duplication' },
      },
      condition
        ? stood(
            functionForm('elimination', [identity(dim)], places, whole.dim),
            [{ index: place, dim: places }, whole],
            reader,
          )
        : stood(
            functionForm('duplication', [identity(dim)], whole.dim, places),
            [whole, { index: place, dim: places }],
            reader,
          ),
    );
  }
  return { tensors, bound: between, used };
}

/** What one pairing can be read as now, with all that is left; `gridOf` reads tensors over two indices as a matrix. */
export function* withoutPairing(
  tensors: readonly Tensor[],
  summed: readonly Index[],
  gridOf: Grid,
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
    for (const { made, used } of besideVector(laid, others, isSummed, reader)) yield without(used, made);
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

type Grid = (tensors: readonly Tensor[], rows: Bound, columns: Bound) => Form;
interface Read {
  readonly made: Tensor;
  readonly used: readonly Tensor[];
}
const nothing: Bound = { index: -1, dim: unit };

/** Beside a pairing whose parts are both summed out: Kronecker products of what they lead to. */
function* kroneckers(
  pairing: Laid,
  others: readonly Tensor[],
  isSummed: (...indices: readonly Index[]) => boolean,
  gridOf: Grid,
  reader: Reader,
): Generator<Read> {
  yield* ofOneMatrix(pairing, others, gridOf, reader);
  for (const other of others) {
    const { laid } = other;
    if (!laid || !isSummed(laid.major.index, laid.minor.index)) continue;
    yield* ofTwoMatrices(pairing, laid, other, others, gridOf, reader);
    const kinds = [pairing.of, laid.of];
    if (kinds.every((kind) => kind === 'columns')) continue;
    // The duplication matrix has the same entry for (i,j) and (j,i); otherwise the columns come in another order.
    const turned = { ...laid, major: laid.minor, minor: laid.major };
    const order = kinds.includes('duplication') ? undefined : commutationForm(laid.minor.dim, laid.major.dim);
    yield* ofTwoMatrices(pairing, turned, other, others, gridOf, reader, order);
  }
}

/** sum_ab(A[a,c]*v[b]*pairing(p; a, b)) over p and c: kron(A, v). */
function* ofOneMatrix(
  { whole, major, minor }: Laid,
  others: readonly Tensor[],
  gridOf: Grid,
  reader: Reader,
): Generator<Read> {
  const sides = [major, minor].map((own) => ({ own, over: touching(others, own.index) }));
  const [left, right] = sides as [(typeof sides)[0], (typeof sides)[0]];
  const used = [...left.over, ...right.over];
  if (left.over.some((t) => right.over.includes(t)) || used.some(({ laid }) => laid)) return;
  const beyond = [...new Set(used.flatMap(({ indices }) => indices))].filter(
    (i) => i !== major.index && i !== minor.index,
  );
  const [index] = beyond;
  if (index === undefined || beyond.length > 1) return;
  const of = used.filter(({ indices }) => indices.includes(index));
  const [matrix] = of;
  // On one side only: on both it would be a product column by column.
  if (!matrix || of.some((t) => left.over.includes(t) !== left.over.includes(matrix))) return;
  const other: Bound = { index, dim: matrix.indices[0] === index ? matrix.form.rows : matrix.form.columns };
  const forms = sides.map(({ own, over }) => gridOf(over, own, over.includes(matrix) ? other : nothing));
  yield { made: stood(kronForm(forms[0]!, forms[1]!), [whole, other], reader), used };
}

/** sum_abcd(A[a,c]*B[b,d]*pairing(p; a, b)*pairing(q; c, d)) over p and q: kron(A, B). */
function* ofTwoMatrices(
  { whole, major, minor }: Laid,
  to: Laid,
  other: Tensor,
  others: readonly Tensor[],
  gridOf: Grid,
  reader: Reader,
  order?: Form,
): Generator<Read> {
  const sides = [
    [major, to.major],
    [minor, to.minor],
  ] as const;
  const over = sides.map((ends) =>
    others.filter((t) => t !== other && t.indices.some((index) => ends.some((end) => end.index === index))),
  );
  const isApart = sides.every((ends, n) => over[n]!.every(isOver(...ends.map(({ index }) => index))));
  if (!isApart || major.index === minor.index || to.major.index === to.minor.index) return;
  if ([major, to.major].some(({ index }) => [minor, to.minor].some((end) => end.index === index))) return;
  const [left, right] = sides.map(([from, end], n) => gridOf(over[n]!, from, end)) as [Form, Form];
  const made = chain([kronForm(left, right), ...(order ? [order] : [])]);
  yield { made: stood(made, [whole, to.whole], reader), used: [...over.flat(), other] };
}

/** sum_a(v[a]*pairing(p; a, b)) over b and p, whatever b leads to: kron(v', I); along the other part kron(I, v'). */
function* besideVector(
  { whole, major, minor }: Laid,
  others: readonly Tensor[],
  isSummed: (...indices: readonly Index[]) => boolean,
  reader: Reader,
): Generator<Read> {
  for (const [own, rest] of [
    [major, minor],
    [minor, major],
  ] as const) {
    const used = touching(others, own.index);
    if (own.index === rest.index || !isSummed(own.index) || used.length === 0 || !used.every(isOver(own.index)))
      continue;
    const row = transpose(entrywise(used.map(({ form }): Power => [form, Q.one])));
    const factors: readonly [Form, Form] = own === major ? [row, identity(rest.dim)] : [identity(rest.dim), row];
    yield { made: stood(kronForm(...factors), [rest, whole], reader), used };
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
  // kron(x, kron(y', A)) is kron(x*y', A).
  if (a.columns === unit && b.kind === 'function' && b.name === 'kron' && b.args[0]!.rows === unit)
    return kronForm(chain([a, b.args[0]!]), b.args[1]!);
  if (a.kind === 'identity' && b.kind === 'identity') return identity(dimProduct(a.rows, b.rows));
  return functionForm('kron', [a, b], dimProduct(a.rows, b.rows), dimProduct(a.columns, b.columns));
}
export const commutationForm = (m: Dim, n: Dim): Form =>
  functionForm('commutation', [identity(m), identity(n)], dimProduct(m, n), dimProduct(m, n));
