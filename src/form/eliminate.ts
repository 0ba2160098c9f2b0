/**
 * The index graph of a product: tensors that meet in summed indices. One index after the other is summed out, each time by
 * one of a few matrix operations: sum_k A[i,k]*w[k]*B[k,j] is A*diag(w)*B. The order matters for the form, so several are
 * tried; the cheapest reading wins.
 */
import * as Q from '../basics/rational.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import type { Bound, Index } from '../terms/node.ts';
import {
  anySign,
  chain,
  diagonal,
  entrywise,
  filled,
  type Form,
  functionForm,
  inOrder,
  ones,
  type Power,
  scaled,
  skewForm,
  transpose,
} from './algebra.ts';
import { cheapest, noForm, type Reader, type Tensor } from './reader.ts';
import { withoutPairing } from './stacks.ts';

type Cost = Reader['costOf'];

export interface IndexGraph {
  readonly tensors: readonly Tensor[];
  readonly summed: readonly Index[];
}
/** What the axes of the result are. */
export interface Axes {
  readonly free: readonly Index[];
  readonly dims: ReadonlyMap<Index, Dim>;
}

export function eliminate(graph: IndexGraph, axes: Axes, reader: Reader): Form {
  const readings = [...readingsOf(graph, axes, reader)];
  return readings.length === 0 ? noForm('no order of products') : cheapest(readings, reader.costOf);
}

function* readingsOf(graph: IndexGraph, axes: Axes, reader: Reader): Generator<Form> {
  const { tensors, summed } = graph;
  const { costOf } = reader;
  const left = (next: readonly Tensor[]): IndexGraph => ({
    tensors: next,
    summed: summed.filter((i) => next.some(({ indices }) => indices.includes(i))),
  });
  const isLaid = tensors.some(({ laid }) => laid);
  const whole = isLaid ? undefined : sumOfGrid(graph);
  if (whole) yield finished(whole, axes, costOf);
  if (summed.length === 0 && !isLaid) yield finished(tensors, axes, costOf);
  const gridOf = (of: readonly Tensor[], rows: Bound, columns: Bound): Form => gridForm(of, rows, columns, costOf);
  for (const next of withoutPairing(tensors, summed, gridOf, reader)) yield* readingsOf(left(next), axes, reader);
  for (const index of nextIndices(graph))
    for (const next of withoutIndex(graph, index, costOf)) yield* readingsOf(left(next), axes, reader);
}

/**
 * Beyond this many summed indices only the first sensible order is tried; below, so many next ones each time: orders grow like
 * factorials, and a long chain is read from its ends in any case.
 */
const [mostToSearch, mostBranches] = [4, 3];

/**
 * Ends of chains first: they make vectors, not matrices. An index that joins three matrices has to wait until one of them
 * has lost its other index: no product of matrices sums three of them at once.
 */
function nextIndices({ tensors, summed: all }: IndexGraph): readonly Index[] {
  // What a pairing speaks of is summed out with it.
  const laid = new Set(tensors.flatMap((t) => (t.laid ? t.indices : [])));
  const summed = all.filter((index) => !laid.has(index));
  const neighbours = (index: Index): number =>
    new Set(
      tensors.flatMap(({ indices }) => (indices.includes(index) ? indices.filter((other) => other !== index) : [])),
    ).size;
  const ends = summed.filter((index) => neighbours(index) <= 1);
  const pool = ends.length > 0 ? ends : summed.filter((index) => neighbours(index) === 2);
  return pool.slice(0, summed.length > mostToSearch ? 1 : mostBranches);
}

// ---- one index summed out

/** What meets in an index: a weight along it, and matrices that lead from other indices to it. */
interface Meeting {
  readonly weight: Form | undefined;
  readonly sides: readonly Side[];
}
interface Side {
  readonly other: Index;
  /** Rows along `other`, columns along the index that is summed out. */
  readonly forms: readonly Form[];
  /** Nothing else speaks of `other`, and it is summed out too. */
  readonly isClosed: boolean;
}
type Contraction = (meeting: Meeting, costOf: Cost) => readonly Tensor[];

function withoutIndex(graph: IndexGraph, index: Index, costOf: Cost): readonly (readonly Tensor[])[] {
  const touching = graph.tensors.filter(({ indices }) => indices.includes(index));
  const rest = graph.tensors.filter((t) => !touching.includes(t));
  if (touching.some(({ indices }) => indices.length === 3)) return withoutIndexInSpace(index, touching, rest);
  const meeting = meetingAt(index, touching, rest, graph.summed);
  return contractions
    .flatMap((contraction) => contraction(meeting, costOf))
    .map((made): readonly Tensor[] => [...rest, made]);
}
/** sum_k levicivita(i,j,k)*x[k]: skew(x) over j and i. Whatever else meets the index must have lost its other one before. */
function withoutIndexInSpace(
  index: Index,
  touching: readonly Tensor[],
  rest: readonly Tensor[],
): readonly (readonly Tensor[])[] {
  const [space, ...others] = touching.filter(({ indices }) => indices.length === 3);
  const vectors = touching.filter(({ indices }) => indices.length === 1);
  if (!space || others.length > 0 || vectors.length + 1 < touching.length) return [];
  const n = space.indices.indexOf(index);
  const [first, second] = [space.indices[(n + 1) % 3]!, space.indices[(n + 2) % 3]!];
  const of =
    vectors.length > 0 ? entrywise(vectors.map(({ form }): Power => [form, Q.one])) : ones(space.form.rows, unit);
  return [[...rest, { form: skewForm(of), indices: [second, first] }]];
}
function meetingAt(
  index: Index,
  touching: readonly Tensor[],
  rest: readonly Tensor[],
  summed: readonly Index[],
): Meeting {
  const weights: Power[] = [];
  const groups = new Map<Index, Form[]>();
  // Matrices that lead to the same other index stand over the same grid: there they multiply entry by entry.
  for (const { form, indices } of touching) {
    const other = indices.find((i) => i !== index);
    if (other === undefined) weights.push([indices.length === 2 ? diagonal(form) : form, Q.one]);
    else groups.set(other, [...(groups.get(other) ?? []), indices[1] === index ? form : transpose(form)]);
  }
  const sides = [...groups].map(([other, forms]): Side => ({
    other,
    forms,
    isClosed: summed.includes(other) && !rest.some(({ indices }) => indices.includes(other)),
  }));
  return { weight: weights.length > 0 ? entrywise(weights) : undefined, sides };
}
const together = (forms: readonly Form[]): Form => entrywise(forms.map((f): Power => [f, Q.one]));

/** sum_k u[k]*v[k]*…: a dot product, a sum of squares, a plain sum. */
const dot: Contraction = ({ weight, sides }) =>
  weight && sides.length === 0 ? dots(weight).map((form): Tensor => ({ form, indices: [] })) : [];

/** sum_k A[i,k]*w[k]: A*w. */
const weightedRow: Contraction = ({ weight, sides: [side, ...others] }) =>
  weight && side && others.length === 0 ? [{ form: chain([together(side.forms), weight]), indices: [side.other] }] : [];

/** sum_k A[i,k]: a row sum. */
const plainRow: Contraction = ({ weight, sides: [side, ...others] }) =>
  !weight && side && others.length === 0 ? [{ form: rowSum(together(side.forms)), indices: [side.other] }] : [];

/** sum_k A[i,k]*B[i,k]: also the diagonal of A*B'; with i summed too, its trace. */
const diagonalOfProduct: Contraction = ({ weight, sides: [side, ...others] }, costOf) => {
  if (weight || !side || others.length > 0 || side.forms.length !== 2) return [];
  const [a, b] = side.forms as readonly [Form, Form];
  const made: Tensor = { form: diagonal(chain([a, transpose(b)])), indices: [side.other] };
  return side.isClosed ? [made, { form: traceOf([a, transpose(b)], costOf), indices: [] }] : [made];
};

/** sum_k A[i,k]*w[k]*B[k,j]: A*diag(w)*B. */
const join: Contraction = ({ weight, sides: [left, right, ...others] }) =>
  left && right && others.length === 0
    ? [
        {
          form: chain([together(left.forms), ...(weight ? [diagonal(weight)] : []), transpose(together(right.forms))]),
          indices: [left.other, right.other],
        },
      ]
    : [];

const contractions: readonly Contraction[] = [dot, weightedRow, plainRow, diagonalOfProduct, join];

/** sum(A .* B), the sum of squares: where everything left of a component stands over the same two summed indices. */
function sumOfGrid({ tensors, summed }: IndexGraph): readonly Tensor[] | undefined {
  if (summed.length !== 2) return undefined;
  const inside = tensors.filter(({ indices }) => indices.some((i) => summed.includes(i)));
  const isGrid = ({ indices }: Tensor): boolean => indices.length === 2 && indices.every((i) => summed.includes(i));
  if (inside.length === 0 || !inside.every(isGrid)) return undefined;
  const [rows] = summed;
  const grid = together(inside.map(({ form, indices }) => (indices[0] === rows ? form : transpose(form))));
  return [...tensors.filter((t) => !inside.includes(t)), { form: sumOfAll(grid), indices: [] }];
}

// ---- sums by their usual names

export function sumOfAll(form: Form): Form {
  if (form.kind === 'transposed') return sumOfAll(form.of);
  if (form.kind === 'scaled' && form.of) return scaled(form.coefficient, form.scalars, sumOfAll(form.of));
  if (form.kind === 'entrywise' && form.factors.length === 1 && Q.equal(form.factors[0]![1], Q.rational(2))) {
    const [[of]] = form.factors as [Power];
    return functionForm('square', [anySign(of.rows === unit ? transpose(of) : of)], unit, unit);
  }
  if (form.kind === 'diagonal' && form.columns === unit) return functionForm('tr', [form.of], unit, unit);
  if (form.kind === 'function' && form.name === 'abs') return functionForm('norm1', form.args, unit, unit);
  return functionForm('sum', [form], unit, unit);
}

export function rowSum(form: Form): Form {
  if (form.kind === 'scaled' && form.of) return scaled(form.coefficient, form.scalars, rowSum(form.of));
  if (form.kind === 'chain') return chain([...form.factors.slice(0, -1), rowSum(form.factors.at(-1)!)]);
  if (form.columns === unit) return form;
  return functionForm('rowsum', [form], form.rows, unit);
}

/** x'*y both ways round, and as one sum: which is shortest depends on what stands beside it. */
function dots(weight: Form): readonly Form[] {
  const whole = sumOfAll(weight);
  const core = weight.kind === 'scaled' ? weight.of : weight;
  if (core?.kind !== 'entrywise' || core.factors.length < 2) return [whole];
  const pair = (a: Form, b: Form): Form => {
    const product = chain([transpose(a), b]);
    return weight.kind === 'scaled' ? scaled(weight.coefficient, weight.scalars, product) : product;
  };
  const factors = core.factors.map(([f, e]): Form => (Q.isOne(e) ? f : entrywise([[f, e]])));
  const [a, b] = factors.toSorted(inOrder) as [Form, Form];
  if (factors.length === 2) return [pair(a, b), pair(b, a), whole];
  return [whole, pair(entrywise(core.factors.slice(0, -1)), factors.at(-1)!)];
}

/** A trace is cyclic: it starts where it reads shortest. */
function traceOf(factors: readonly Form[], costOf: Cost): Form {
  const product = chain(factors);
  if (product.kind === 'scaled' && product.of)
    return scaled(product.coefficient, product.scalars, traceOf([product.of], costOf));
  const links = product.kind === 'chain' ? product.factors : [product];
  const turns = links.flatMap((_, n) => {
    const turned = [...links.slice(n), ...links.slice(0, n)];
    return [turned, turned.toReversed().map(transpose)].map((t) => functionForm('tr', [chain(t)], unit, unit));
  });
  return cheapest(turns, costOf);
}

// ---- only free indices are left

/** What stands over two indices, or over one of them, as a matrix; over an index by itself, its diagonal. */
function gridForm(tensors: readonly Tensor[], rows: Bound, columns: Bound, costOf: Cost): Form {
  if (rows.index === columns.index) {
    const weights = tensors.map(({ form, indices }): Power => [indices.length === 2 ? diagonal(form) : form, Q.one]);
    return diagonal(weights.length > 0 ? entrywise(weights) : ones(rows.dim, unit));
  }
  const dims = new Map([rows, columns].map(({ index, dim }) => [index, dim]));
  const form = finished(tensors, { free: [rows.index, columns.index], dims }, costOf);
  return filled(form, rows.dim, columns.dim);
}

interface Left {
  readonly scalars: readonly Power[];
  /** Over the rows alone, over the columns alone, over both. */
  readonly rows: readonly Power[];
  readonly columns: readonly Power[];
  readonly grids: readonly Form[];
}
function finished(tensors: readonly Tensor[], { free, dims }: Axes, costOf: Cost): Form {
  const [r, c] = free;
  const left = leftOver(tensors, r);
  const size = (index: Index | undefined): Dim => (index === undefined ? unit : dims.get(index)!);
  const candidates = [outerProduct, diagonalMatrix, scaledGrid].flatMap((reading) => reading(left, size(r), size(c)));
  return scaled(Q.one, left.scalars, candidates.length > 0 ? cheapest(candidates, costOf) : undefined);
}
function leftOver(tensors: readonly Tensor[], r: Index | undefined): Left {
  const left = { scalars: [] as Power[], rows: [] as Power[], columns: [] as Power[], grids: [] as Form[] };
  for (const { form, indices } of tensors) {
    if (indices.length > 2) noForm('three axes');
    const along = indices[0] === r ? left.rows : left.columns;
    if (indices.length === 0) left.scalars.push([form, Q.one]);
    else if (indices.length === 1) along.push([form, Q.one]);
    else if (indices[0] === indices[1]) along.push([diagonal(form), Q.one]);
    else left.grids.push(indices[0] === r ? form : transpose(form));
  }
  return left;
}
type LastReading = (left: Left, rows: Dim, columns: Dim) => readonly Form[];

/** x[i]*y[k]: x*y'; x[i] alone: a column. */
const outerProduct: LastReading = ({ rows, columns, grids }, r, c) => {
  if (grids.length > 0) return [];
  if (c === unit) return rows.length > 0 ? [entrywise(rows)] : [];
  const [row, column] = [
    rows.length > 0 ? entrywise(rows) : ones(r, unit),
    columns.length > 0 ? entrywise(columns) : ones(c, unit),
  ];
  return [chain([row, transpose(column)])];
};

/** delta(i,k)*x[i]: diag(x). */
const diagonalMatrix: LastReading = ({ rows, columns, grids }) => {
  const eye = grids.find((g) => g.kind === 'identity');
  if (!eye) return [];
  const weights = [...rows, ...columns, ...grids.filter((g) => g !== eye).map((g): Power => [diagonal(g), Q.one])];
  return [diagonal(weights.length > 0 ? entrywise(weights) : ones(eye.rows, unit))];
};

/** x[i]*A[i,k]*y[k]: diag(x)*A*diag(y), or A with x*y' entry by entry. */
const scaledGrid: LastReading = ({ rows, columns, grids }) => {
  if (grids.length === 0 || grids.some((g) => g.kind === 'identity')) return [];
  const grid = together(grids);
  const row = rows.length > 0 ? entrywise(rows) : undefined;
  const column = columns.length > 0 ? entrywise(columns) : undefined;
  if (!row && !column) return [grid];
  const outer = row && column ? chain([row, transpose(column)]) : (row ?? transpose(column!));
  return [
    chain([...(row ? [diagonal(row)] : []), grid, ...(column ? [diagonal(column)] : [])]),
    together([...grids, outer]),
  ];
};
