/** The candidates of a product: its index graph eliminated with its sums as they stand, or with one multiplied out; blocks. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { argumentsOf, negate, type Parts, partsOf, product, scale, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, Factor, Index, Summand, Term } from '../terms/node.ts';
import { entrywise, type Form, functionForm, isScalar, type Power, scaled } from './algebra.ts';
import { collectBlocks, hasBlock } from './blocks.ts';
import { eliminate } from './eliminate.ts';
import { cheapest, freeOf, NoMatrixForm, type Reader, type Tensor } from './reader.ts';
import { negatedContraction, turnedSums } from './signs.ts';
import { formOfSum } from './sums.ts';

export function multiplied(t: Term, reader: Reader): Tensor {
  const parts = partsOf(t);
  const indices = freeOf([t], reader);
  const dims = dimsOf(t, parts);
  const blocks = hasBlock(t)
    ? collectBlocks(
        [[Q.one, t]],
        indices,
        indices.map((i) => dims.get(i)!),
        reader,
      )
    : undefined;
  if (blocks) return { form: blocks, indices };
  const candidates: Tensor[] = [];
  let failure: unknown;
  for (const candidate of [contraction, multipliedOut])
    try {
      const found = candidate(t, parts, indices, reader);
      if (found) candidates.push(found);
    } catch (error) {
      if (!(error instanceof NoMatrixForm)) throw error;
      failure ??= error;
    }
  if (candidates.length === 0) throw failure;
  return cheapest(candidates, ({ form }) => reader.writer.costOf(form));
}

const dimsOf = (t: Term, { bound }: Parts): ReadonlyMap<Index, Dim> =>
  new Map([
    ...bound.map((b): [Index, Dim] => [b.index, b.dim]),
    ...t.at.map((i, n): [Index, Dim] => [i, t.node.slots[n]!]),
  ]);

/** The index graph of the product, sums among the factors as they stand. */
export function contraction(t: Term, parts: Parts, indices: readonly Index[], reader: Reader): Tensor {
  const tensors: Tensor[] = [];
  const scalars: Power[] = [];
  const turns = turnedSums(parts.coefficient, parts.factors, reader);
  let { sign } = turns;
  for (const factor of parts.factors) {
    const [base, e] = factor;
    const negative = Q.isNegative(sign) && Q.isOne(e) ? negatedContraction(base, reader) : undefined;
    if (negative) sign = Q.negated(sign);
    const tensor = negative ?? reader.tensorOf(turns.turned.has(factor) ? negate(base) : base);
    if (negative || !isPowerOfE(factor)) place(tensor, e, tensors, scalars);
    else place(exponential(factor, reader), Q.one, tensors, scalars);
  }
  const bound = parts.bound.map(({ index }) => index);
  const axes = { free: indices, dims: dimsOf(t, parts) };
  const form = eliminate({ tensors, summed: bound }, axes, reader.costOf);
  return { form: scaledBy(sign, scalars, form), indices };
}
function place({ form, indices }: Tensor, e: Rational, tensors: Tensor[], scalars: Power[]): void {
  if (indices.length === 0) scalars.push([form, e]);
  else tensors.push({ form: powerForm(form, e), indices });
}
const scaledBy = (coefficient: Rational, scalars: readonly Power[], form: Form): Form =>
  isScalar(form) ? scaled(coefficient, [...scalars, [form, Q.one]]) : scaled(coefficient, scalars, form);
const powerForm = (form: Form, e: Rational): Form => (Q.isOne(e) ? form : entrywise([[form, e]]));

/** exp(x)^-2 reads exp(-2*x). */
const isPowerOfE = ([{ node }, e]: Factor): boolean => node.kind === 'apply' && node.fn === 'exp' && !Q.isOne(e);
function exponential([base, e]: Factor, { tensorOf }: Reader): Tensor {
  const [argument] = argumentsOf(base as Term & { node: ApplyNode }) as [Term];
  const { form, indices } = tensorOf(scale(e, argument));
  return { form: functionForm('exp', [form], form.rows, form.columns), indices };
}

/** A sum with a diagonal in it multiplied out, so that diag(y) - y*y' shows; so is one that is too large to stand alone. */
function multipliedOut(t: Term, parts: Parts, indices: readonly Index[], reader: Reader): Tensor | undefined {
  const { coefficient, factors, bound } = parts;
  const chosen = factors.find(
    ([base, e]) =>
      base.node.kind === 'sum' && Q.isOne(e) && (hasDelta(base) || base.at.length > 2 || isRagged(base, reader)),
  );
  if (!chosen) return undefined;
  const others = factors.filter((f) => f !== chosen);
  const summands = summandsOf(chosen[0]).map(([c, s]): Summand => [
    Q.times(c, coefficient),
    product(Q.one, [...others, [s, Q.one]], bound),
  ]);
  return formOfSum(summands, indices, t, reader);
}
/** A sum that spreads a row or a column over a matrix: A - y'*A. */
const isRagged = (t: Term, { written }: Reader): boolean =>
  t.at.length === 2 && !written.has(t.node) && summandsOf(t).some(([, s]) => s.at.length === 1);
const hasDelta = (t: Term): boolean =>
  summandsOf(t).some(([, s]) => partsOf(s).factors.some(([f]) => f.node.kind === 'delta'));
