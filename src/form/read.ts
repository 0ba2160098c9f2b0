/**
 * Which matrix expression has these entries? The index graph of a term read as products, traces, diagonals, row sums
 * and outer products; where there are several readings, the shortest. A term with more than two free indices, or a
 * contraction that no chain can say, has none: NoMatrixForm, and the caller prints indices instead.
 */
import { matrixFunctions, reductionFunctions, vectorFunctions } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, one as unit, sizeOf } from '../shape/dim.ts';
import { inTextOrder } from '../basics/ordering.ts';
import { toText } from '../print/text.ts';
import { all, call, integer, nameOf, subscript } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { argumentsOf, keyOf, negate, openOperation, partsOf, product, scale, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, Bound, Factor, Index, Node, OperationNode, Summand, Term, TermSymbol } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';
import {
  diagonal,
  entrywise,
  type Form,
  functionForm,
  identity,
  isScalar,
  leaf,
  numberForm,
  type Power,
  scaled,
  transpose,
} from './algebra.ts';
import { collect, type Piece } from './collect.ts';
import { eliminate, type Tensor } from './eliminate.ts';
import { collectBlocks } from './blocks.ts';
import { collectLiteral } from './literals.ts';
import { dimOf, filled, type Writer } from './write.ts';

export class NoMatrixForm extends Error {
  override readonly name = 'NoMatrixForm';
}
export const noForm = (why: string): never => {
  throw new NoMatrixForm(why);
};

export interface Reader {
  /** Over the term's own free indices, named ones left out: a scalar, a column, or a matrix. */
  readonly tensorOf: (t: Term) => Tensor;
  /** With the rows and columns asked for; what the term lacks stays out (a scalar, a row, a column). */
  readonly oriented: (t: Term, rows: Index | undefined, columns: Index | undefined) => Form;
  readonly isNamed: (index: Index) => boolean;
  readonly indexExpression: (index: Index) => Expression;
  readonly writer: Writer;
}

/** How the program's writer put a sum: `negated` where its stored sign is the opposite, and the place of each of its terms. */
export interface WrittenSum {
  readonly negated: boolean;
  readonly order: readonly number[];
}
export type WrittenSums = ReadonlyMap<Node, WrittenSum>;

export function readerFor(
  writer: Writer,
  names: ReadonlyMap<Index, string>,
  writtenSums: WrittenSums = new Map(),
  layout: 'columns' | 'rows' = 'columns',
): Reader {
  const memo = new WeakMap<Node, Tensor>();
  /** What is written with a part is another leaf in another style. */
  const spelling = `${writer.style.norms ? ' norms' : ''}${writer.style.decimals ? ' decimals' : ''}`;
  const costOf = (form: Form): number =>
    writer.costOf(layout === 'rows' && form.columns === unit ? transpose(form) : form);
  const isNamed = (index: Index): boolean => index < 0 || names.has(index);
  const indexExpression = (index: Index): Expression =>
    index < 0 ? integer(-index) : nameOf(names.get(index) ?? `i${index}`);

  const tensorOf = (t: Term): Tensor => {
    const plain = t.at.every((index, n) => !isNamed(index) && t.at.indexOf(index) === n);
    if (!plain) return compute(t);
    let known = memo.get(t.node);
    if (!known) {
      known = compute(open(t.node));
      memo.set(t.node, known);
    }
    return { form: known.form, indices: known.indices.map((slot) => t.at[slot]!) };
  };

  const compute = (t: Term): Tensor => {
    switch (t.node.kind) {
      case 'number':
        return { form: numberForm(t.node.value), indices: [] };
      case 'size':
        return { form: leaf(dimOf(t.node.dim), `n ${t.node.dim.key}`, unit, unit), indices: [] };
      case 'symbol':
        return placed(symbolLeaf(t.node.symbol), t.at, t.node.slots, t.node.symbol.order);
      case 'delta':
        return deltaTensor(t);
      case 'apply':
        return applied(t as Term & { node: ApplyNode });
      case 'operation':
        return operated(t as Term & { node: OperationNode });
      case 'sum':
        return summed(t);
      case 'product':
        return multiplied(t);
      case 'pairing':
      case 'block':
        return noForm('a laid-out axis');
    }
  };

  /** A leaf with the indices it stands at: constants and named indices become subscripts, equal ones the diagonal. */
  const placed = (
    base: { form: Form; indices: number },
    at: readonly Index[],
    slots: readonly Dim[],
    rank: number,
  ): Tensor => {
    if (base.indices > 2) {
      if (!at.every(isNamed)) return noForm('three axes');
    }
    const { form } = base;
    const expression = writer.write(form);
    const label = `[${at.map((i) => (isNamed(i) ? toText(indexExpression(i)) : ':')).join()}]${spelling}`;
    const of = [form];
    if (at.length === 0) return { form, indices: [] };
    if (at.every(isNamed))
      return {
        form: leaf(subscript(expression, ...at.map(indexExpression)), label, unit, unit, {
          of,
          rank: entryRank(at, rank),
        }),
        indices: [],
      };
    if (at.length === 1) return { form: form.rows === unit ? transpose(form) : form, indices: at };
    const [i, j] = at as [Index, Index];
    if (isNamed(i))
      return {
        form: transpose(leaf(subscript(expression, indexExpression(i), all), label, unit, slots[1]!, { of, rank })),
        indices: [j],
      };
    if (isNamed(j))
      return {
        form: leaf(subscript(expression, all, indexExpression(j)), label, slots[0]!, unit, { of, rank }),
        indices: [i],
      };
    if (i === j) return { form: diagonal(form), indices: [i] };
    return { form, indices: at };
  };

  const indexNames = [...names.values()].toSorted(inTextOrder);
  /** r[i]*x[j] reads in the order of its indices. */
  const entryRank = (at: readonly Index[], rank: number): number => {
    const name = names.get(at[0]!);
    return 1e6 + (name === undefined ? 0 : 1 + indexNames.indexOf(name)) * 1e4 + rank;
  };

  const deltaTensor = (t: Term): Tensor => {
    const [i, j] = t.at as [Index, Index];
    const dim = t.node.slots[0]!;
    if (!isNamed(i) && !isNamed(j)) return { form: identity(dim), indices: [i, j] };
    const [free, fixed] = isNamed(i) ? [j, i] : [i, j];
    if (isNamed(free))
      return {
        form: written(call('delta', indexExpression(i), indexExpression(j))),
        indices: [],
      };
    return { form: unitVector(dim, fixed), indices: [free] };
  };
  /** A number that is what it says. */
  const written = (expression: Expression): Form => leaf(expression, toText(expression), unit, unit);
  const unitVector = (dim: Dim, at: Index): Form => {
    const size = sizeOf(dim);
    const expression: Expression =
      at < 0 && size !== undefined && size <= 6
        ? { kind: 'matrix', rows: [...Array(size).keys()].map((n) => [integer(n + 1 === -at ? 1 : 0)]) }
        : subscript(call('eye', dimOf(dim)), all, indexExpression(at));
    return leaf(expression, `unit ${toText(indexExpression(at))}`, dim, unit);
  };

  const oriented = (t: Term, rows: Index | undefined, columns: Index | undefined): Form => {
    const { form, indices } = tensorOf(t);
    if (indices.length === 0) return form;
    if (indices.length === 1)
      return indices[0] === rows ? form : indices[0] === columns ? transpose(form) : noForm('an index of another axis');
    if (indices[0] === rows && indices[1] === columns) return form;
    return indices[0] === columns && indices[1] === rows ? transpose(form) : noForm('indices of other axes');
  };

  const freeOf = (terms: readonly Term[]): readonly Index[] => {
    const found = [...new Set(terms.flatMap(({ at }) => at))].filter((i) => !isNamed(i));
    return found.length > 2 ? noForm('more than two axes') : found;
  };

  const applied = (t: Term & { node: ApplyNode }): Tensor => {
    const args = argumentsOf(t);
    const indices = freeOf(args);
    const [rows, columns] = indices;
    let forms = args.map((arg) => oriented(arg, rows, columns));
    const dimOfIndex = (i: Index | undefined): Dim => (i === undefined ? unit : t.node.slots[t.at.indexOf(i)]!);
    const [r, c] = [dimOfIndex(rows), dimOfIndex(columns)];
    if (forms.length > 1 && !forms.some((f) => f.rows === r && f.columns === c))
      forms = forms.map((f) => filled(f, r, c));
    return { form: functionForm(t.node.fn, forms, r, c), indices };
  };

  const operated = (t: Term & { node: OperationNode }): Tensor => {
    const { op, body, bound, outs } = openOperation(t);
    const parameters = freeOf([body]).filter((i) => !bound.some(({ index }) => index === i));
    if (parameters.length > 1) return noForm('rows of rows');
    const [s] = parameters;
    const rowDim = s === undefined ? unit : body.node.slots[body.at.indexOf(s)]!;
    const rank = oriented2(body, s, bound).rank;
    const label = `${op}${spelling}`;
    const vector = vectorFunctions.get(op);
    if (vector) {
      const k = bound[0]!;
      const inner = filled(oriented(body, s, k.index), rowDim, k.dim);
      const written = call(op, writer.write(shorter(inner, s === undefined)));
      if (vector.result === 'number')
        return { form: leaf(written, label, rowDim, unit, { of: [inner], rank }), indices: parameters };
      const form = leaf(written, label, ...shapeAs(inner, s === undefined), { of: [inner], rank });
      if (s === undefined) return placed({ form, indices: 1 }, outs, [k.dim], rank);
      return placed({ form, indices: 2 }, [s, outs[0]!], [rowDim, k.dim], rank);
    }
    if (reductionFunctions.has(op)) {
      if (s !== undefined) return noForm(`${op} of rows`);
      const inner = oriented(body, bound[0]!.index, bound[1]?.index);
      const written = call(op, writer.write(shorter(inner, bound.length === 1)));
      return { form: leaf(written, label, unit, unit, { of: [inner], rank }), indices: [] };
    }
    const matrix = matrixFunctions.get(op);
    if (!matrix) return unknownFunction(t, op, body, bound, outs, rank);
    if (s !== undefined) return noForm('a matrix for each index');
    const [a, b] = bound as readonly [Bound, Bound];
    const inner = filled(oriented(body, a.index, b.index), a.dim, b.dim);
    const scalar = matrix.result === 'number';
    const symmetric = t.node.symmetries.length > 0;
    const form = leaf(call(op, writer.write(inner)), label, scalar ? unit : a.dim, scalar ? unit : b.dim, {
      of: [inner],
      rank,
      symmetric,
    });
    return scalar ? { form, indices: [] } : placed({ form, indices: 2 }, outs, [a.dim, b.dim], rank);
  };
  const oriented2 = (body: Term, s: Index | undefined, bound: readonly Bound[]): Form =>
    s === undefined ? oriented(body, bound[0]?.index, bound[1]?.index) : oriented(body, s, bound[0]?.index);
  const shorter = (form: Form, vector: boolean): Form =>
    vector && writer.costOf(transpose(form)) < writer.costOf(form) ? transpose(form) : form;
  const shapeAs = (form: Form, vector: boolean): readonly [Dim, Dim] => {
    const chosen = shorter(form, vector);
    return [chosen.rows, chosen.columns];
  };

  const unknownFunction = (
    t: Term,
    op: string,
    body: Term,
    bound: readonly Bound[],
    outs: readonly Index[],
    rank: number,
  ): Tensor => {
    const [kind, name] = op.split(':') as [string, string];
    const argument = writer.write(
      bound[0]
        ? filled(oriented(body, bound[0].index, undefined), bound[0].dim, unit)
        : oriented(body, undefined, undefined),
    );
    const written = call(kind === 'call' ? name : `J_${name}`, argument);
    const dims = t.node.slots.slice(0, outs.length);
    const label = `${op} ${toText(written)}`;
    if (outs.length === 0) return { form: leaf(written, label, unit, unit, { rank }), indices: [] };
    if (outs.length === 1) {
      // The Jacobian of a scalar function is a row.
      const asRow = kind === 'jacobian' && bound.length === 1;
      return placed(
        {
          form: asRow ? leaf(written, label, unit, dims[0]!, { rank }) : leaf(written, label, dims[0]!, unit, { rank }),
          indices: 1,
        },
        outs,
        dims,
        rank,
      );
    }
    if (outs.length > 2) return noForm('a third derivative');
    return placed({ form: leaf(written, label, dims[0]!, dims[1]!, { rank }), indices: 2 }, outs, dims, rank);
  };

  const summed = (t: Term): Tensor => formOfSum(summandsOf(t), freeOf([t]), t);

  const formOfSum = (summands: readonly Summand[], indices: readonly Index[], whole: Term): Tensor => {
    const [rows, columns] = indices;
    const dimOfIndex = (i: Index | undefined): Dim =>
      i === undefined ? unit : (whole.node.slots[whole.at.indexOf(i)] ?? unit);
    const [r, c] = [dimOfIndex(rows), dimOfIndex(columns)];
    const literalForm =
      collectBlocks(summands, indices, [r, c], reader) ?? collectLiteral(summands, indices, [r, c], reader);
    if (literalForm && hasBlock(whole)) return { form: literalForm, indices };
    const written = writtenSums.get(whole.node);
    const ordered = written
      ? [...summands.keys()].toSorted((a, b) => written.order[a]! - written.order[b]!).map((n) => summands[n]!)
      : summands;
    // A minus goes into its term first, where a sum may take it in.
    const pieces = ordered.map(([q, s]): Piece =>
      Q.isNegative(q)
        ? { coefficient: Q.one, form: oriented(scale(q, s), rows, columns) }
        : { coefficient: q, form: oriented(s, rows, columns) },
    );
    const plain = collect(pieces, r, c, writer, written !== undefined);
    return { form: literalForm && writer.costOf(literalForm) <= writer.costOf(plain) ? literalForm : plain, indices };
  };

  const multiplied = (t: Term): Tensor => {
    const { coefficient, factors, bound } = partsOf(t);
    const indices = freeOf([t]);
    const blocks = hasBlock(t)
      ? collectBlocks(
          [[Q.one, t]],
          indices,
          indices.map((i) => t.node.slots[t.at.indexOf(i)]!),
          reader,
        )
      : undefined;
    if (blocks) return { form: blocks, indices };
    const readings: Tensor[] = [];
    let failure: unknown;
    for (const reading of [
      () => opaque(t, coefficient, factors, bound, indices),
      () => spread(t, coefficient, factors, bound, indices),
    ]) {
      try {
        const tensor = reading();
        if (tensor) readings.push(tensor);
      } catch (error) {
        if (!(error instanceof NoMatrixForm)) throw error;
        failure ??= error;
      }
    }
    if (readings.length === 0) throw failure;
    return readings.toSorted((a, b) => writer.costOf(a.form) - writer.costOf(b.form))[0]!;
  };

  /** Sums among the factors stay as they are. */
  const opaque = (
    t: Term,
    coefficient: Rational,
    factors: readonly Factor[],
    bound: readonly Bound[],
    indices: readonly Index[],
  ): Tensor => {
    const tensors: Tensor[] = [];
    const scalars: Power[] = [];
    const turns = turnedSums(coefficient, factors);
    let { sign } = turns;
    for (const factor of factors) {
      const [stored, e] = factor;
      const base = turns.turned.has(factor) ? negate(stored) : stored;
      const negative = Q.isNegative(sign) && Q.isOne(e) ? negatedContraction(stored) : undefined;
      if (negative) sign = Q.negated(sign);
      const tensor = negative ?? powered(base, e);
      if (tensor.indices.length === 0)
        scalars.push(...(tensor.power ? [tensor.power] : ([[tensor.form, Q.one]] as Power[])));
      else tensors.push(tensor);
    }
    const dims = new Map<Index, Dim>([
      ...bound.map((b): [Index, Dim] => [b.index, b.dim]),
      ...t.at.map((i, n): [Index, Dim] => [i, t.node.slots[n]!]),
    ]);
    const form = eliminate(
      tensors,
      bound.map(({ index }) => index),
      indices,
      dims,
      costOf,
    );
    return { form: withScalars(sign, scalars, form), indices };
  };
  /** A contraction whose sums take in a minus, if they can without showing one in front. */
  const negatedContraction = (t: Term): (Tensor & { readonly power?: Power }) | undefined => {
    if (t.node.kind !== 'product' || t.node.bound.length === 0) return undefined;
    const key = keyOf(t);
    if (!negatedForms.has(key)) negatedForms.set(key, negatedForm(t));
    return negatedForms.get(key);
  };
  const negatedForms = new Map<string, (Tensor & { readonly power?: Power }) | undefined>();
  const negatedForm = (t: Term): (Tensor & { readonly power?: Power }) | undefined => {
    const { factors, bound } = partsOf(t);
    const isNested = ([f]: Factor): boolean =>
      f.node.kind === 'sum' || (f.node.kind === 'product' && f.node.bound.length > 0);
    if (!factors.some(isNested)) return undefined;
    const tensor = opaque(t, Q.minusOne, factors, bound, freeOf([t]));
    if (tensor.form.kind === 'scaled' && Q.isNegative(tensor.form.coefficient)) return undefined;
    return tensor.indices.length === 0 ? { ...tensor, power: [tensor.form, Q.one] } : tensor;
  };
  /**
   * Which sums are written with their signs turned? The program's own stand as they were put: -2*(T - U*V')*V, not
   * 2*(U*V' - T)*V. Of others what is mentioned first is positive, numbers before names (1 - h), unless a minus in front
   * can go inside.
   */
  const turnedSums = (
    coefficient: Rational,
    factors: readonly Factor[],
  ): { readonly sign: Rational; readonly turned: ReadonlySet<Factor> } => {
    const turned = new Set<Factor>();
    let sign = coefficient;
    const sums = factors.filter(([f, e]) => f.node.kind === 'sum' && Q.isInteger(e));
    const turn = (factor: Factor): void => {
      if (!turned.delete(factor)) turned.add(factor);
      if (factor[1].n % 2n !== 0n) sign = Q.negated(sign);
    };
    for (const factor of sums) if (writtenSums.get(factor[0].node)?.negated ?? leadsNegative(factor[0])) turn(factor);
    const free = sums.filter(([f, e]) => !writtenSums.has(f.node) && e.n % 2n !== 0n);
    const contractionTakesIt = (): boolean =>
      factors.some(([f, e]) => Q.isOne(e) && negatedContraction(f) !== undefined);
    if (Q.isNegative(sign) && free.length > 0 && !contractionTakesIt())
      turn(free.find(([f]) => !summandsOf(f).some(([, s]) => s.node.kind === 'number')) ?? free[0]!);
    return { sign, turned };
  };
  const leadsNegative = (t: Term): boolean => {
    const [first] = summandsOf(t)
      .map(([c, s]) => ({ c, rank: s.node.kind === 'number' ? -1 : oriented2Rank(s) }))
      .toSorted((a, b) => a.rank - b.rank);
    return first !== undefined && Q.isNegative(first.c);
  };
  const oriented2Rank = (t: Term): number => {
    try {
      return tensorOf(t).form.rank;
    } catch (error) {
      if (error instanceof NoMatrixForm) return Number.MAX_SAFE_INTEGER;
      throw error;
    }
  };
  const withScalars = (coefficient: Rational, scalars: readonly Power[], form: Form): Form =>
    isScalar(form) ? scaled(coefficient, [...scalars, [form, Q.one]]) : scaled(coefficient, scalars, form);

  const powered = (base: Term, e: Rational): Tensor & { readonly power?: Power } => {
    if (base.node.kind === 'apply' && base.node.fn === 'exp' && !Q.isOne(e)) {
      const [argument] = argumentsOf(base as Term & { node: ApplyNode }) as [Term];
      const inner = tensorOf(scale(e, argument));
      return { form: functionForm('exp', [inner.form], inner.form.rows, inner.form.columns), indices: inner.indices };
    }
    const { form, indices } = tensorOf(base);
    if (indices.length === 0) return { form, indices, power: [form, e] };
    return { form: Q.isOne(e) ? form : powerForm(form, e), indices };
  };

  /** A sum with a diagonal in it multiplied out, so that diag(y) - y*y' shows. */
  const spread = (
    t: Term,
    coefficient: Rational,
    factors: readonly Factor[],
    bound: readonly Bound[],
    indices: readonly Index[],
  ): Tensor | undefined => {
    const summed = factors.filter(
      ([base, e]) => base.node.kind === 'sum' && Q.isOne(e) && (hasDelta(base) || base.at.length > 2 || isRagged(base)),
    );
    const [chosen] = summed;
    if (!chosen) return undefined;
    const others = factors.filter((f) => f !== chosen);
    const summands = summandsOf(chosen[0]).map(([c, s]): Summand => [
      Q.times(c, coefficient),
      product(Q.one, [...others, [s, Q.one]], bound),
    ]);
    return formOfSum(summands, indices, t);
  };
  /** A sum that spreads a row or a column over a matrix: A - y'*A. */
  const isRagged = (t: Term): boolean =>
    t.at.length === 2 && !writtenSums.has(t.node) && summandsOf(t).some(([, s]) => s.at.length === 1);
  const hasBlock = (t: Term): boolean =>
    summandsOf(t).some(([, s]) =>
      partsOf(s).factors.some(([f]) => f.node.kind === 'block' || (f.node.kind === 'product' && hasBlock(f))),
    );
  const hasDelta = (t: Term): boolean =>
    summandsOf(t).some(([, s]) => partsOf(s).factors.some(([f]) => f.node.kind === 'delta'));

  const reader: Reader = { tensorOf, oriented, isNamed, indexExpression, writer };
  return reader;
}

export const powerForm = (form: Form, e: Rational): Form => (Q.isOne(e) ? form : entrywise([[form, e]]));

export function symbolLeaf(symbol: TermSymbol): { form: Form; indices: number } {
  const { shape } = symbol;
  const expression: Expression =
    symbol.role === 'differential' ? call('d', nameOf(symbol.name.slice(2, -1))) : nameOf(symbol.name);
  const key = `${symbol.role} ${symbol.name}`;
  const symmetric = symbol.facts.has('symmetric') || symbol.facts.has('spd') || symbol.facts.has('diagonal');
  switch (shape.kind) {
    case 'scalar':
      return { form: leaf(expression, key, unit, unit, { rank: symbol.order }), indices: 0 };
    case 'column':
      return { form: leaf(expression, key, shape.size, unit, { rank: symbol.order }), indices: 1 };
    case 'row':
      return { form: leaf(expression, key, unit, shape.size, { rank: symbol.order }), indices: 1 };
    case 'matrix':
      return { form: leaf(expression, key, shape.rows, shape.columns, { rank: symbol.order, symmetric }), indices: 2 };
    case 'tensor':
      return {
        form: leaf(expression, key, shape.axes[0] ?? unit, shape.axes[1] ?? unit, { rank: symbol.order }),
        indices: shape.axes.length,
      };
  }
}
