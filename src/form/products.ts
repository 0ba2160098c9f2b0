/** The candidates of products and sums. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { entrywise, type Form, functionForm, isScalar, literal, type Power, scaled } from './algebra.ts';
import { collectBlocks, hasBlock } from './blocks.ts';
import { collect, type Piece } from './collect.ts';
import { directedReadings } from './directed.ts';
import { eliminate } from './eliminate.ts';
import { isDirected } from '../terms/directed.ts';
import { collectLiteral, withLiterals } from './literals.ts';
import { seen, viewsIn } from './slices.ts';
import { pairingTensor, trianglesIn } from './stacks.ts';
import {
  cheapest,
  freeOf,
  NoMatrixForm,
  type Reader,
  type Tensor,
  type WrittenSums,
  oriented,
  slotOf,
  formOrNone,
  noForm,
} from './reader.ts';
import { type Dim, one as unit } from '../shape/dim.ts';
import {
  argumentsOf,
  negate,
  number,
  type Parts,
  partsOf,
  permutationAt,
  product,
  rename,
  scale,
  summandsOf,
  keyOf,
  three,
} from '../terms/construct.ts';
import type { ApplyNode, Factor, Index, Summand, Term } from '../terms/node.ts';

// ---- products
// The candidates of a product: its index graph eliminated with its sums as they stand, or with one multiplied out;
// blocks.

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
  const candidates: Tensor[] = blocks ? [{ form: blocks, indices }] : [];
  let failure: unknown;
  for (const candidate of [contraction, asScaled, multipliedOut])
    try {
      const found = candidate(t, parts, indices, reader);
      if (found) candidates.push(found);
    } catch (error) {
      if (!(error instanceof NoMatrixForm)) throw error;
      failure ??= error;
    }
  const spelled = candidates.length === 0 && indices.length === 1 ? inSpace(t, parts, indices[0]!, reader) : undefined;
  if (spelled) return spelled;
  if (candidates.length === 0) throw failure;
  return cheapest(candidates, ({ form }) => reader.writer.costOf(form));
}

/** sum_jk levicivita(i,j,k)*A[j,k], which no product says: its three entries, A[2,3] - A[3,2] the first. */
function inSpace(t: Term, { factors }: Parts, index: Index, reader: Reader): Tensor | undefined {
  if (!factors.some(([f]) => permutationAt(f)) || slotOf(t, index) !== three) return undefined;
  const entries = [1, 2, 3].map((n) => {
    const entry = rename(t, new Map([[index, -n]]));
    return [oriented(entry, undefined, undefined, reader)];
  });
  return { form: literal(entries), indices: [index] };
}

const dimsOf = (t: Term, { bound }: Parts): ReadonlyMap<Index, Dim> =>
  new Map([
    ...bound.map((b): [Index, Dim] => [b.index, b.dim]),
    ...t.at.map((i, n): [Index, Dim] => [i, t.node.slots[n]!]),
  ]);

/** The index graph of the product, sums among the factors as they stand. */
export function contraction(t: Term, parts: Parts, indices: readonly Index[], reader: Reader): Tensor {
  if (!parts.factors.some(([f]) => isDirected(f))) return contracted(t, parts, [], indices, reader);
  const ways = appliedMaps({ rest: parts, tensors: [] }, reader);
  const candidates = ways.flatMap(
    ({ rest, tensors }) => formOrNone(() => contracted(t, rest, tensors, indices, reader)) ?? [],
  );
  return candidates.length > 0
    ? cheapest(candidates, ({ form }) => reader.writer.costOf(form))
    : noForm('a map between matrices');
}
interface Applying {
  readonly rest: Parts;
  readonly tensors: readonly Tensor[];
}
/** One map after the other read as applied to its part of the product, until there is none left. */
function appliedMaps(way: Applying, reader: Reader): readonly Applying[] {
  if (!way.rest.factors.some(([f]) => isDirected(f))) return [way];
  return directedReadings(way.rest, reader).flatMap(({ tensor, rest }) =>
    appliedMaps({ rest, tensors: [...way.tensors, tensor] }, reader),
  );
}

function contracted(
  t: Term,
  parts: Parts,
  known: readonly Tensor[],
  indices: readonly Index[],
  reader: Reader,
): Tensor {
  const tensors: Tensor[] = [];
  const scalars: Power[] = [];
  const turns = turnedSums(parts.coefficient, parts.factors, reader);
  let { sign } = turns;
  const views = viewsIn(parts.factors, parts.bound, reader);
  const triangles = trianglesIn(parts.factors, reader);
  tensors.push(...triangles.tensors);
  for (const factor of parts.factors) {
    if (views.has(factor) || triangles.used.includes(factor)) continue;
    const [base, e] = factor;
    if (base.node.kind === 'pairing') {
      tensors.push(pairingTensor(base, reader));
      continue;
    }
    const negative = Q.isNegative(sign) && Q.isOne(e) ? negatedContraction(base, reader) : undefined;
    if (negative) sign = Q.negated(sign);
    const tensor = negative ?? reader.tensorOf(turns.turned.has(factor) ? negate(base) : base);
    if (negative || !isPowerOfE(factor)) place(tensor, e, tensors, scalars);
    else place(exponential(factor, reader), Q.one, tensors, scalars);
  }
  for (const tensor of known) place(tensor, Q.one, tensors, scalars);
  const wholes = new Set([...views.values()].map(({ whole }) => whole));
  const own = parts.bound.map(({ index }) => index).filter((index) => !wholes.has(index));
  const bound = [...own, ...triangles.bound];
  const axes = { free: indices, dims: dimsOf(t, parts) };
  const graph: Tensor[] = [];
  for (const tensor of seen(tensors, [...views.values()], reader)) place(tensor, Q.one, graph, scalars);
  const form = eliminate({ tensors: graph, summed: bound }, axes, reader);
  return { form: scaledBy(sign, scalars, form), indices };
}
function place({ form, indices, laid }: Tensor, e: Rational, tensors: Tensor[], scalars: Power[]): void {
  if (indices.length > 2 && !Q.isOne(e)) noForm('three axes');
  if (indices.length === 0 && !laid) scalars.push([form, e]);
  else tensors.push({ form: powerForm(form, e), indices, laid });
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

/** With sums as many times over as the program's writer put them: 1/sqrt(v + 0.01), not 10/sqrt(100*v + 1). */
function asScaled(t: Term, parts: Parts, indices: readonly Index[], reader: Reader): Tensor | undefined {
  const scaled = asWritten(parts, reader.written);
  return scaled && contraction(t, scaled, indices, reader);
}
/** The scale of those sums goes into what stands in front; undefined where there are none. */
export function asWritten(parts: Parts, written: WrittenSums): Parts | undefined {
  const contentOf = ([{ node }]: Factor): Rational => written.get(node)?.content ?? Q.one;
  const isScaled = (factor: Factor): boolean => !Q.isOne(Q.absolute(contentOf(factor)));
  if (!parts.factors.some(isScaled)) return undefined;
  const isNumber = ([{ node }]: Factor): boolean => node.kind === 'number';
  const contents = parts.factors.filter(isScaled).map((f): Factor => [number(contentOf(f)), Q.negated(f[1])]);
  const inFront = partsOf(product(parts.coefficient, [...parts.factors.filter(isNumber), ...contents], []));
  const others = parts.factors.filter((f) => !isNumber(f));
  const factors = others.map((f): Factor => (isScaled(f) ? [scale(contentOf(f), f[0]), f[1]] : f));
  return { ...inFront, factors: [...inFront.factors, ...factors], bound: parts.bound };
}

/** A sum with a diagonal in it multiplied out, so that diag(y) - y*y' shows; so is one that is too large to stand alone. */
function multipliedOut(t: Term, parts: Parts, indices: readonly Index[], reader: Reader): Tensor | undefined {
  const { coefficient, factors, bound } = parts;
  const chosen = factors.find(
    ([base, e]) => isSum(base) && Q.isOne(e) && (hasDelta(base) || base.at.length > 2 || isRagged(base, reader)),
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
/** The permutation symbol is a difference, but nobody reads it as one. */
const isSum = (t: Term): boolean => t.node.kind === 'sum' && !permutationAt(t);
const hasDelta = (t: Term): boolean =>
  summandsOf(t).some(([, s]) => partsOf(s).factors.some(([f]) => f.node.kind === 'delta'));

// ---- sums
// The candidates of a sum: terms collected and factored, entries spelled out, blocks.

export const summed = (t: Term, reader: Reader): Tensor => formOfSum(summandsOf(t), freeOf([t], reader), t, reader);

/** `whole` is what the summands add up to. */
export function formOfSum(
  summands: readonly Summand[],
  indices: readonly Index[],
  whole: Term,
  reader: Reader,
): Tensor {
  const [rows, columns] = indices;
  const [r, c] = [slotOf(whole, rows) ?? unit, slotOf(whole, columns) ?? unit];
  const literal = collectBlocks(summands, indices, [r, c], reader) ?? collectLiteral(summands, indices, [r, c], reader);
  if (literal && hasBlock(whole)) return { form: literal, indices };
  const written = reader.written.get(whole.node);
  const inOrder = written ? inOrderOf(written.order, summands) : summands;
  // Of a*x - b the opposite is b - a*x.
  const ordered = written?.negated
    ? inOrder.toSorted(([a], [b]) => Number(Q.isNegative(a)) - Number(Q.isNegative(b)))
    : inOrder;
  // A minus goes into its term first, where a sum may take it in.
  const pieces = ordered.map(([q, s]): Piece =>
    Q.isNegative(q) && !isPadded(s, indices)
      ? { coefficient: Q.one, form: oriented(scale(q, s), rows, columns, reader) }
      : { coefficient: q, form: oriented(s, rows, columns, reader) },
  );
  const { writer } = reader;
  const collected = (from: readonly Piece[]): Form => collect(from, r, c, writer, written !== undefined);
  const plain = cheapest(
    [collected(pieces), ...withLiterals(ordered, indices, [r, c], reader).map(collected)],
    writer.costOf,
  );
  return { form: literal && writer.costOf(literal) <= writer.costOf(plain) ? literal : plain, indices };
}
/** [0; g]: its number stays in front. */
const isPadded = (t: Term, indices: readonly Index[]): boolean =>
  partsOf(t).factors.some(
    ([f]) =>
      (f.node.kind === 'block' && indices.includes(f.at[0]!)) || (f.node.kind === 'product' && isPadded(f, indices)),
  );
const inOrderOf = <T>(order: readonly number[], items: readonly T[]): readonly T[] =>
  [...items.keys()].toSorted((a, b) => order[a]! - order[b]!).map((n) => items[n]!);

// ---- signs
// Which sums in a product are written with their signs turned? The program's own stand as they were put: -2*(T -
// U*V')*V, not 2*(U*V' - T)*V. Of others what is mentioned first is positive, numbers before names (1 - h), unless a
// minus in front can go inside.

export interface Turns {
  /** The coefficient with the signs of the turned sums. */
  readonly sign: Rational;
  readonly turned: ReadonlySet<Factor>;
}

export function turnedSums(coefficient: Rational, factors: readonly Factor[], reader: Reader): Turns {
  const turned = new Set<Factor>();
  let sign = coefficient;
  const sums = factors.filter(([f, e]) => f.node.kind === 'sum' && Q.isInteger(e));
  const turn = (factor: Factor): void => {
    if (!turned.delete(factor)) turned.add(factor);
    if (factor[1].n % 2n !== 0n) sign = Q.negated(sign);
  };
  for (const factor of sums)
    if (reader.written.get(factor[0].node)?.negated ?? leadsNegative(factor[0], reader)) turn(factor);
  const free = sums.filter(([f, e]) => !reader.written.has(f.node) && e.n % 2n !== 0n);
  const contractionTakesIt = (): boolean =>
    factors.some(([f, e]) => Q.isOne(e) && negatedContraction(f, reader) !== undefined);
  if (Q.isNegative(sign) && free.length > 0 && !contractionTakesIt())
    turn(free.find(([f]) => !summandsOf(f).some(([, s]) => s.node.kind === 'number')) ?? free[0]!);
  return { sign, turned };
}

function leadsNegative(t: Term, reader: Reader): boolean {
  const rankOf = (s: Term): number => formOrNone(() => reader.tensorOf(s).form.rank) ?? Number.MAX_SAFE_INTEGER;
  const [first] = summandsOf(t)
    .map(([c, s]) => ({ c, rank: s.node.kind === 'number' ? -1 : rankOf(s) }))
    .toSorted((a, b) => a.rank - b.rank);
  return first !== undefined && Q.isNegative(first.c);
}

const known = new WeakMap<Reader, Map<string, Tensor | undefined>>();
/** A contraction whose sums take in a minus, if they can without showing one in front: x'*(y - z) for -x'*(z - y). */
export function negatedContraction(t: Term, reader: Reader): Tensor | undefined {
  if (t.node.kind !== 'product' || t.node.bound.length === 0) return undefined;
  const found = known.get(reader) ?? new Map<string, Tensor | undefined>();
  known.set(reader, found);
  const key = keyOf(t);
  if (!found.has(key)) found.set(key, negated(t, reader));
  return found.get(key);
}
function negated(t: Term, reader: Reader): Tensor | undefined {
  const parts = partsOf(t);
  const isNested = ([f]: Factor): boolean =>
    f.node.kind === 'sum' || (f.node.kind === 'product' && f.node.bound.length > 0);
  if (!parts.factors.some(isNested)) return undefined;
  const tensor = formOrNone(() => contraction(t, { ...parts, coefficient: Q.minusOne }, freeOf([t], reader), reader));
  if (!tensor) return undefined;
  return tensor.form.kind === 'scaled' && Q.isNegative(tensor.form.coefficient) ? undefined : tensor;
}
