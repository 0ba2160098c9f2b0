/**
 * Summed indices eliminated one by one, each step a matrix operation: sum_k A[i,k]*w[k]*B[k,j] is A*diag(w)*B. The
 * order matters for the form, so several are tried and the shortest result wins.
 */
import * as Q from '../basics/rational.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import type { Index } from '../terms/node.ts';
import {
  chain,
  diagonal,
  entrywise,
  type Form,
  functionForm,
  inOrder,
  ones,
  type Power,
  scaled,
  transpose,
} from './algebra.ts';
import { noForm } from './read.ts';
import type { Writer } from './write.ts';

/** How long a form prints where it will stand: in row layout a vector stands as a row. */
export type Cost = Writer['costOf'];

/** A scalar (no index), a column over one index, or a matrix over rows and columns. */
export interface Tensor {
  readonly form: Form;
  readonly indices: readonly Index[];
}

/** Beyond this many summed indices only the first sensible order is tried. */
const mostToSearch = 4;

export function eliminate(
  tensors: readonly Tensor[],
  bound: readonly Index[],
  free: readonly Index[],
  dims: ReadonlyMap<Index, Dim>,
  costOf: Cost,
): Form {
  const results: Form[] = [];
  let stuck = 'no order of products';
  const search = (state: readonly Tensor[], left: readonly Index[]): void => {
    const total = totalOf(state, left);
    if (total) results.push(...total.map((form) => finish([...total.rest, { form, indices: [] }], free, dims, costOf)));
    if (left.length === 0) {
      results.push(finish(state, free, dims, costOf));
      return;
    }
    for (const index of candidates(state, left)) {
      const steps = eliminateOne(state, index, left, costOf);
      if (steps.length === 0) stuck = 'an index that joins three matrices';
      for (const next of steps)
        search(
          next,
          left.filter((i) => i !== index && next.some(({ indices }) => indices.includes(i))),
        );
    }
  };
  search(tensors, bound);
  if (results.length === 0) return noForm(stuck);
  return results.reduce((best, form) => (costOf(form) < costOf(best) ? form : best));
}

/** Ends of chains first: they make vectors, not matrices. */
function candidates(state: readonly Tensor[], left: readonly Index[]): readonly Index[] {
  const degree = (index: Index): number =>
    new Set(
      state
        .filter(({ indices }) => indices.includes(index))
        .flatMap(({ indices }) => indices.filter((i) => i !== index)),
    ).size;
  const ends = left.filter((index) => degree(index) <= 1);
  const pool = ends.length > 0 ? ends : left.filter((index) => degree(index) === 2);
  return left.length > mostToSearch ? pool.slice(0, 1) : pool.slice(0, 3);
}

type TotalForms = readonly Form[] & { readonly rest: readonly Tensor[] };

/** sum(A .* B), the sum of squares, tr: where one or two last indices hold everything that is left of their component. */
function totalOf(state: readonly Tensor[], left: readonly Index[]): TotalForms | undefined {
  if (left.length !== 2) return undefined;
  const inside = state.filter(({ indices }) => indices.some((i) => left.includes(i)));
  if (
    inside.length === 0 ||
    !inside.every(({ indices }) => indices.length === left.length && indices.every((i) => left.includes(i)))
  )
    return undefined;
  const [rows] = left;
  const powers = inside.map(({ form, indices }): Power => [indices[0] === rows ? form : transpose(form), Q.one]);
  const whole = entrywise(powers);
  const forms: Form[] = [sumOfAll(whole)];
  return Object.assign(forms, { rest: state.filter((t) => !inside.includes(t)) });
}

/** The sum of all entries, by its usual name. */
export function sumOfAll(form: Form): Form {
  if (form.kind === 'scaled' && form.of) return scaled(form.coefficient, form.scalars, sumOfAll(form.of));
  if (form.kind === 'entrywise' && form.factors.length === 1 && Q.equal(form.factors[0]![1], Q.rational(2))) {
    const [[of]] = form.factors as [Power];
    return functionForm('square', [of.rows === unit ? transpose(of) : of], unit, unit);
  }
  if (form.kind === 'diagonal' && form.columns === unit) return functionForm('tr', [form.of], unit, unit);
  if (form.kind === 'function' && form.name === 'abs') return functionForm('norm1', form.args, unit, unit);
  return functionForm('sum', [form], unit, unit);
}

/** All ways to sum one index out. */
function eliminateOne(
  state: readonly Tensor[],
  index: Index,
  bound: readonly Index[],
  costOf: Cost,
): readonly (readonly Tensor[])[] {
  const touching = state.filter(({ indices }) => indices.includes(index));
  const rest = state.filter((t) => !touching.includes(t));
  const vectors = touching
    .filter(({ indices }) => indices.every((i) => i === index))
    .map(({ form, indices }): Power => [indices.length === 2 ? diagonal(form) : form, Q.one]);
  const groups = new Map<Index, Form[]>();
  for (const { form, indices } of touching) {
    const other = indices.find((i) => i !== index);
    if (other === undefined) continue;
    groups.set(other, [...(groups.get(other) ?? []), indices[1] === index ? form : transpose(form)]);
  }
  const weight = vectors.length > 0 ? entrywise(vectors) : undefined;
  const sides = [...groups];
  if (sides.length === 0) return weight ? dots(weight).map((form) => [...rest, { form, indices: [] }]) : [];
  if (sides.length === 1) {
    const [[other, forms]] = sides as [[Index, Form[]]];
    const joined = entrywise(forms.map((f): Power => [f, Q.one]));
    const found: Tensor[] = [{ form: weight ? chain([joined, weight]) : rowSum(joined), indices: [other] }];
    // sum_k A[i,k]*B[i,k]: also the diagonal of A*B'.
    if (!weight && forms.length === 2)
      found.push({ form: diagonal(chain([forms[0]!, transpose(forms[1]!)])), indices: [other] });
    const results = found.map((t): readonly Tensor[] => [...rest, t]);
    if (!weight && forms.length === 2 && bound.includes(other) && !rest.some(({ indices }) => indices.includes(other)))
      results.push([...rest, { form: traceOf([forms[0]!, transpose(forms[1]!)], costOf), indices: [] }]);
    return results;
  }
  if (sides.length === 2) {
    const [[a, left], [b, right]] = sides as [[Index, Form[]], [Index, Form[]]];
    const [l, r] = [entrywise(left.map((f): Power => [f, Q.one])), entrywise(right.map((f): Power => [f, Q.one]))];
    const middle = weight ? [diagonalOf(weight)] : [];
    return [[...rest, { form: chain([l, ...middle, transpose(r)]), indices: [a, b] }]];
  }
  return [];
}
const diagonalOf = (column: Form): Form => diagonal(column);

export function rowSum(form: Form): Form {
  if (form.kind === 'scaled' && form.of) return scaled(form.coefficient, form.scalars, rowSum(form.of));
  if (form.kind === 'chain') return chain([...form.factors.slice(0, -1), rowSum(form.factors.at(-1)!)]);
  if (form.columns === unit) return form;
  return functionForm('rowsum', [form], form.rows, unit);
}

/** sum_k u[k]*v[k]*…: a dot product, a sum of squares, a plain sum. */
function dots(weight: Form): readonly Form[] {
  const whole = sumOfAll(weight);
  const parts = weight.kind === 'entrywise' ? weight.factors : undefined;
  const scalarsOf = weight.kind === 'scaled' && weight.of ? weight : undefined;
  const inner = scalarsOf?.of?.kind === 'entrywise' ? scalarsOf.of.factors : parts;
  if (!inner || inner.length < 2) return [whole];
  const pair = (a: Form, b: Form): Form =>
    scaled(scalarsOf?.coefficient ?? Q.one, scalarsOf?.scalars ?? [], chain([transpose(a), b]));
  const powerOf = ([f, e]: Power): Form => (Q.isOne(e) ? f : entrywise([[f, e]]));
  if (inner.length === 2) {
    const [a, b] = inner.map(powerOf) as [Form, Form];
    return inOrder(a, b) <= 0 ? [pair(a, b), pair(b, a), whole] : [pair(b, a), pair(a, b), whole];
  }
  const last = inner.at(-1)!;
  return [whole, pair(entrywise(inner.slice(0, -1)), powerOf(last))];
}

function traceOf(factors: readonly Form[], costOf: Cost): Form {
  const product = chain(factors);
  const [coefficient, scalars, of] =
    product.kind === 'scaled' ? [product.coefficient, product.scalars, product.of] : [Q.one, [], product];
  if (!of) return product;
  const links = of.kind === 'chain' ? of.factors : [of];
  // Cyclic: start where it reads shortest.
  const turns = links.flatMap((_, n) => {
    const turned = [...links.slice(n), ...links.slice(0, n)];
    return [turned, turned.toReversed().map(transpose)].map((t) => functionForm('tr', [chain(t)], unit, unit));
  });
  const best = turns.reduce((a, b) => (costOf(b) < costOf(a) ? b : a));
  return scaled(coefficient, [...scalars, [best, Q.one]]);
}

/** What is left has free indices only. */
function finish(state: readonly Tensor[], free: readonly Index[], dims: ReadonlyMap<Index, Dim>, costOf: Cost): Form {
  const [r, c] = free;
  const scalars: Power[] = [];
  const rows: Power[] = [];
  const columns: Power[] = [];
  const grids: Form[] = [];
  for (const { form, indices } of state) {
    if (indices.length === 0) scalars.push([form, Q.one]);
    else if (indices.length === 1) (indices[0] === r ? rows : columns).push([form, Q.one]);
    else if (indices[0] === indices[1]) (indices[0] === r ? rows : columns).push([diagonal(form), Q.one]);
    else grids.push(indices[0] === r ? form : transpose(form));
  }
  const done = (form: Form | undefined): Form => scaledBy(scalars, form);
  const row = rows.length > 0 ? entrywise(rows) : undefined;
  const column = columns.length > 0 ? entrywise(columns) : undefined;
  if (grids.length === 0) {
    if (c === undefined) return done(row);
    return done(chain([row ?? ones(dims.get(r!)!, unit), transpose(column ?? ones(dims.get(c)!, unit))]));
  }
  const eye = grids.find((g) => g.kind === 'identity');
  if (eye) {
    const rest = grids.filter((g) => g !== eye).map((g): Power => [diagonal(g), Q.one]);
    const weight = entrywise([
      ...rows,
      ...columns,
      ...rest,
      ...(rows.length + columns.length + rest.length === 0 ? [[ones(eye.rows, unit), Q.one] as Power] : []),
    ]);
    return done(diagonal(weight));
  }
  const grid = grids.map((g): Power => [g, Q.one]);
  const joined = entrywise(grid);
  if (!row && !column) return done(joined);
  const options: Form[] = [chain([...(row ? [diagonal(row)] : []), joined, ...(column ? [diagonal(column)] : [])])];
  const outer = row && column ? chain([row, transpose(column)]) : (row ?? transpose(column!));
  options.push(entrywise([...grid, [outer, Q.one]]));
  const penalty = (form: Form): number => (form === options[0] ? 0 : 1.5);
  return done(options.reduce((a, b) => (costOf(b) + penalty(b) < costOf(a) + penalty(a) ? b : a)));
}
const scaledBy = (scalars: readonly Power[], form: Form | undefined): Form => scaled(Q.one, scalars, form);
