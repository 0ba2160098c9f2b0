/** One entry of a term, as one writes it with subscripts: y[i]*delta(i,k) - y[i]*y[k]. Every term has this form. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { inTextOrder } from '../basics/words.ts';
import { refuse } from '../basics/problem.ts';
import { binary, call, integer, nameOf, negationOf, numberOf, productOf, subscript, sumOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import { nameSums } from '../syntax/sums.ts';
import type { All, Expression, Indicator, Range, SignedTerm } from '../syntax/tree.ts';
import {
  argumentsOf,
  blockParts,
  guard,
  instantiate,
  isCyclic,
  isDuplication,
  isZero,
  negate,
  partsOf,
  permutationAt,
  product,
  rename,
  scale,
  summandsOf,
} from '../terms/construct.ts';
import { type ApplyNode, type Bound, type Factor, type Index, isUnknown, type Term } from '../terms/node.ts';
import { unknownFunction } from '../terms/unknown.ts';
import { freshIndex } from '../terms/intern.ts';
import { open, symbolsIn } from '../terms/substitute.ts';
import { toText } from '../print/text.ts';
import { arrayForm, namesIn } from './arrays.ts';
import { printedLength } from './share.ts';
import { asWritten } from './products.ts';
import { symbolExpression } from './leaves.ts';
import { readerFor } from './read.ts';
import { cheapest, formOrNone, oriented, type Reader, type WrittenSums } from './reader.ts';
import { type Dim, sizeExpression } from '../shape/dim.ts';
import { unvecForm } from './stacks.ts';
import { conditionOf, type Linear, linearForm, replaced, solvedBlock, wholeOf, within } from './positions.ts';
import { numeral } from './write-products.ts';
import { comparisons, type Writer } from './write.ts';

const letters = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 't'];

/** Names for indices that nothing else is called. */
export function indexNames(
  indices: readonly Index[],
  taken: ReadonlySet<string>,
  known: ReadonlyMap<Index, string> = new Map(),
): ReadonlyMap<Index, string> {
  const names = new Map(known);
  const used = new Set([...taken, ...known.values()]);
  const free = [...letters, ...letters.flatMap((a) => letters.map((b) => `${a}_${b}`))];
  for (const index of indices) {
    if (index < 0 || names.has(index)) continue;
    const name = free.find((letter) => !used.has(letter))!;
    used.add(name);
    names.set(index, name);
  }
  return names;
}

/**
 * The entry at the named indices: read as a number, or written with subscripts, whichever is shorter. Of the ways to write
 * it that mean the same the one is taken whose indices come first in the alphabet, whoever made them.
 */
export function shortestEntry(
  t: Term,
  names: ReadonlyMap<Index, string>,
  taken: ReadonlySet<string>,
  writer: Writer,
  written: WrittenSums,
): Expression {
  const sorted = [...names].toSorted(([, a], [, b]) => inTextOrder(a, b));
  const moved = new Map(sorted.map(([index]) => [index, freshIndex()]));
  const ordered = new Map(sorted.map(([index, name]) => [moved.get(index)!, name]));
  const entry = rename(t, moved);
  const subscripts = entryOf(entry, entriesWith(ordered, { taken, writer, written }));
  const number = scalarReading(entry, readerFor(writer, ordered, written));
  const length = (e: Expression): number => printedLength(e, taken, new Set(ordered.values()));
  const shortest = number && length(number) < length(subscripts) ? number : subscripts;
  // Where a condition rules a position out, it is not read.
  return nameSums(shortest, new Set([...taken, ...ordered.values()]));
}

/** With every index named, whatever has a matrix form is that form with its subscripts. */
const scalarReading = (t: Term, reader: Reader): Expression | undefined =>
  formOrNone(() => reader.writer.write(oriented(t, undefined, undefined, reader)));

/** What entries are written with: names of indices, and a reader that knows them. */
interface Setting {
  readonly taken: ReadonlySet<string>;
  readonly writer: Writer;
  readonly written: WrittenSums;
}
interface Entries extends Setting {
  readonly names: ReadonlyMap<Index, string>;
  /** Indices that are no letters of their own: i + 1 in x[i+1]. */
  readonly shifted: ReadonlyMap<Index, Expression>;
  readonly reader: Reader;
}
const entriesWith = (
  names: Entries['names'],
  { taken, writer, written }: Setting,
  shifted: Entries['shifted'] = new Map(),
): Entries => ({
  names,
  shifted,
  taken,
  writer,
  written,
  reader: readerFor(writer, names),
});
const indexSign = (i: Index, { names, shifted }: Entries): Expression =>
  i < 0 ? integer(-i) : (shifted.get(i) ?? nameOf(names.get(i) ?? `i${i}`));
/** Does one of its indices stand for a sum? Then no reader of matrix forms knows how to write it. */
const isShifted = (t: Term, { shifted }: Entries): boolean => t.at.some((index) => shifted.has(index));

function entryOf(t: Term, within: Entries): Expression {
  const visit = (part: Term): Expression => entryOf(part, within);
  switch (t.node.kind) {
    case 'number':
      return numeral(t.node.value, within.writer);
    case 'size':
      return sizeExpression(t.node.dim);
    case 'delta':
      return call('delta', ...t.at.map((i) => indexSign(i, within)));
    case 'sum': {
      const space = permutationAt(t);
      if (space) return call('levicivita', ...space.map((i) => indexSign(i, within)));
      // Those of one array with its indices in another order differ in nothing else.
      const ofArrays = [...symbolsIn(t)].some(({ dims }) => dims.length > 2);
      const terms = summandsOf(t).map(([c, s]): SignedTerm => {
        // -(a - b)*x[i]*x[j] is (b - a)*x[i]*x[j].
        const { factors } = partsOf(s);
        const takesSign = factors.some((f) => isCoefficient(f, factors));
        return takesSign
          ? { negative: false, term: visit(scale(c, s)) }
          : { negative: Q.isNegative(c), term: visit(scale(Q.absolute(c), s)) };
      });
      return sumOf(
        terms.toSorted(
          (a, b) =>
            Number(a.negative) - Number(b.negative) ||
            rankOf(a.term) - rankOf(b.term) ||
            (ofArrays ? inTextOrder(toText(a.term), toText(b.term)) : 0),
        ),
      );
    }
    case 'apply':
      return functionOf(t.node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(visit));
    case 'product': {
      if (t.node.bound.length > 0) return contractionOf(t, within);
      const parts = partsOf(t);
      const scaled = asWritten(parts, within.written);
      const ways = [parts, ...(scaled ? [scaled] : [])];
      return cheapest(
        ways.map(({ coefficient, factors }) => {
          // -sum_j(x[j]*(t[j]^2 - 1)) is sum_j(x[j]*(1 - t[j]^2)).
          const inside = Q.isNegative(coefficient) ? factors.find(takesMinusInside) : undefined;
          const sign = inside ? Q.minusOne : Q.one;
          return quotient(Q.times(sign, coefficient), factors, (f) =>
            f === inside?.[0] ? contractionOf(f, within, sign) : visit(f),
          );
        }),
        lengthOf,
      );
    }
    case 'index':
      return indexSign(t.at[0]!, within);
    case 'guard':
      return conditionOf(t, (i) => indexSign(i, within));
    case 'block':
      return {
        kind: 'indicator',
        comparison: '==',
        left: indexSign(t.at[0]!, within),
        right: linearForm(wholeOf(t), (i) => indexSign(i, within)),
      };
    case 'symbol':
      if (isCyclic(t.node)) return cyclicEntry(t.at.map((i) => indexSign(i, within)));
      if (isDuplication(t.node)) return visit(instantiate(t.node.symbol.definition!, t.at));
      return (
        (isShifted(t, within) ? undefined : scalarReading(t, within.reader)) ??
        subscript(symbolExpression(t.node.symbol), ...t.at.map((i) => indexSign(i, within)))
      );
    default:
      return isShifted(t, within) ? shiftedReading(t, within) : (scalarReading(t, within.reader) ?? unwritable(t));
  }
}

/** Half of the permutation symbol: 1 where it is 1. */
export const cyclicEntry = (at: readonly Expression[]): Expression => ({
  kind: 'indicator',
  comparison: '==',
  left: call('levicivita', ...at),
  right: integer(1),
});

/** A contraction as a matrix product with subscripts where that is short, else as a sum. */
function contractionOf(t: Term, within: Entries, times = Q.one): Expression {
  const { names, taken } = within;
  const whole = isShifted(t, within) || !Q.isOne(times) ? undefined : wholeWithSubscripts(t, within);
  const { factors, bound } = partsOf(t);
  const placed = placedIn(factors, bound);
  const stacks = stacksIn(factors, bound);
  const isSaid = (index: Index): boolean =>
    placed.some((p) => p.index === index) || stacks.some(({ pairing }) => pairing.at[0] === index);
  const array = placed.length + stacks.length === 0 && Q.isOne(times) ? sumOfArray(factors, bound, within) : undefined;
  if (array) return array;
  const summedOver = inReadingOrder(
    bound.filter(({ index }) => !isSaid(index)),
    factors,
  );
  const inner = indexNames(
    summedOver.map((b) => b.index),
    taken,
    names,
  );
  const plain = entriesWith(inner, within, within.shifted);
  const shifted = new Map(within.shifted);
  for (const { index, value } of placed)
    shifted.set(
      index,
      linearForm(value, (i) => indexSign(i, plain)),
    );
  const inside = entriesWith(inner, within, shifted);
  const guards = factors.flatMap(([f]) =>
    f.node.kind === 'guard' ? [placed.reduce((g, p) => insideGuard(g, p.index, p.value), f)] : [],
  );
  const all = [...guards, ...placed.flatMap((p) => p.conditions)];
  if (all.some(isZero)) return integer(0);
  const conditions = all.flatMap((g) => (g.node.kind === 'guard' ? [conditionOf(g, (i) => indexSign(i, plain))] : []));
  const isTaken = (f: Factor): boolean => stacks.some(({ pairing, along }) => f[0] === pairing || along.includes(f));
  const left = factors.filter(
    (f) => f[0].node.kind !== 'guard' && !placed.some(({ block }) => block === f[0]) && !isTaken(f),
  );
  const body = stacks.reduce<Expression>(
    (rest, stack) => productOf(rest, stackedEntry(stack, inside)),
    quotient(times, left, (f) => entryOf(f, inside)),
  );
  const summed = sumsOver(summedOver, conditions, left, body, inner);
  const others = isShifted(t, within) || !Q.isOne(times) ? [] : arrayReadings(factors, bound, within);
  return cheapest([...(whole ? [whole] : []), summed, ...others], lengthOf);
}

/** A pairing with what stands along its whole, which is summed out. */
interface Stacked {
  readonly pairing: Term;
  readonly along: readonly Factor[];
}
function stacksIn(factors: readonly Factor[], bound: readonly Bound[]): readonly Stacked[] {
  return factors.flatMap(([pairing]): readonly Stacked[] => {
    const [whole] = pairing.at;
    if (pairing.node.kind !== 'pairing' || !bound.some(({ index }) => index === whole)) return [];
    const along = factors.filter(([f]) => f !== pairing && f.at.includes(whole!));
    return along.some(([f]) => f.node.kind === 'pairing') ? [] : [{ pairing, along }];
  });
}
/** unvec(M[k,:], m, n)[i,j] */
function stackedEntry({ pairing, along }: Stacked, within: Entries): Expression {
  const [whole, major, minor] = pairing.at as [Index, Index, Index];
  const column = product(Q.one, along, []);
  if (isShifted(column, within)) return unwritable(pairing);
  const form = formOrNone(() => oriented(column, whole, undefined, within.reader)) ?? unwritable(pairing);
  const [, columns, rows] = pairing.node.slots as [Dim, Dim, Dim];
  const array = within.writer.write(unvecForm(form, rows, columns));
  return subscript(array, indexSign(minor, within), indexSign(major, within));
}

/** With an array of three axes or more: a sum over what falls apart under it, sum_q((x'*A[q,:,:]*y)*(A[q,i,:]'*y)), or a matrix product. */
function arrayReadings(factors: readonly Factor[], bound: readonly Bound[], within: Entries): readonly Expression[] {
  if (!factors.some(([{ node }]) => node.kind === 'symbol' && node.slots.length > 2)) return [];
  const number = scalarReading(product(Q.one, factors, bound), within.reader);
  const apart = bound.flatMap((outer) => {
    const rest = product(
      Q.one,
      factors,
      bound.filter((b) => b !== outer),
    );
    if (bound.length < 3 || partsOf(rest).bound.length > 0) return [];
    const names = indexNames([outer.index], within.taken, within.names);
    const body = entryOf(rest, entriesWith(names, within, within.shifted));
    return [sumsOver([outer], [], factors, body, names)];
  });
  return [...(number ? [number] : []), ...apart];
}

/** sum(T.^2), over all axes of an array of three or more. */
function sumOfArray(factors: readonly Factor[], bound: readonly Bound[], within: Entries): Expression | undefined {
  if (bound.length < 3) return undefined;
  const whole = product(Q.one, factors, []);
  const all = namesIn(whole).find(
    ({ at }) => at.length === bound.length && bound.every(({ index }) => at.includes(index)),
  );
  const form = all && arrayForm(whole, all.at, (t) => entryOf(t, within));
  return form && call('sum', form);
}

/** Where an array of three axes or more is summed, its indices stand in their order. */
function inReadingOrder(bound: readonly Bound[], factors: readonly Factor[]): readonly Bound[] {
  const arrays = factors.map(([{ node, at }]) =>
    node.kind === 'operation' ? at.slice(0, node.outs) : node.kind === 'symbol' ? at : [],
  );
  const found = arrays.find(({ length }) => length > 2) ?? [];
  const place = ({ index }: Bound): number => (found.includes(index) ? found.indexOf(index) : found.length);
  return bound.toSorted((a, b) => place(a) - place(b));
}

/** Sums around a body, each with the range that nothing in the body tells; the conditions stand with the innermost. */
function sumsOver(
  bound: readonly Bound[],
  conditions: readonly Indicator[],
  factors: readonly Factor[],
  body: Expression,
  names: ReadonlyMap<Index, string>,
): Expression {
  if (bound.length === 0) return conditions.reduceRight<Expression>((e, c) => binary('*', c, e), body);
  return bound.reduceRight<Expression>((e, { index, dim }, n): Expression => {
    const isTold = factors.some(([f]) => standsAlone(f, index, dim));
    const range: Range = { kind: 'range', from: integer(1), to: sizeExpression(dim) };
    return {
      kind: 'sum-over',
      index: names.get(index)!,
      ...(!isTold && { range }),
      ...(n === bound.length - 1 && conditions.length > 0 && { conditions }),
      body: e,
    };
  }, body);
}
/** Does it subscript an axis of this length by itself somewhere? */
function standsAlone(t: Term, index: Index, dim: Dim): boolean {
  if (!t.at.includes(index)) return false;
  switch (t.node.kind) {
    case 'symbol':
      return t.node.slots[t.at.indexOf(index)] === dim;
    case 'sum':
      return summandsOf(t).some(([, s]) => standsAlone(s, index, dim));
    case 'product':
      return partsOf(t).factors.some(([f]) => standsAlone(f, index, dim));
    case 'apply':
      return argumentsOf(t as Term & { node: ApplyNode }).some((arg) => standsAlone(arg, index, dim));
    case 'operation':
      return t.at.indexOf(index) < t.node.outs;
    default:
      return false;
  }
}

/** A summed index that a block says in terms of the others: a sum of them. */
interface Placed {
  readonly block: Term;
  readonly index: Index;
  readonly value: Linear;
  /** Where the position is one of its array's. */
  readonly conditions: readonly Term[];
}
function placedIn(factors: readonly Factor[], bound: readonly Bound[]): readonly Placed[] {
  const found: Placed[] = [];
  for (const [block] of factors) {
    if (block.node.kind !== 'block') continue;
    const isFree = (index: Index): boolean =>
      bound.some((b) => b.index === index) && !found.some((p) => p.index === index);
    const known = (value: Linear): Linear => found.reduce((v, p) => replaced(v, p.index, p.value), value);
    const solved = solvedBlock(block, known, isFree);
    if (!solved) continue;
    const { index, value, dim } = solved;
    for (const [n, p] of found.entries())
      found[n] = {
        ...p,
        value: replaced(p.value, index, value),
        conditions: p.conditions.map((c) => insideGuard(c, index, value)),
      };
    // The whole is a place of its array wherever the parts are.
    const conditions = index === block.at[0] ? [] : within(value, dim);
    found.push({ block, index, value, conditions });
  }
  return found;
}
const insideGuard = (t: Term, index: Index, by: Linear): Term => {
  if (t.node.kind !== 'guard') return t;
  const { parts, offset } = replaced({ parts: blockParts(t), offset: t.node.offset }, index, by);
  return guard(t.node.relation, parts, offset);
};

/** A function of an array at a shifted position: softmax(x)[i+1]. */
function shiftedReading(t: Term, within: Entries): Expression {
  if (t.node.kind === 'operation') {
    const whole = wholeWithSubscripts(t, within);
    if (whole) return whole;
  }
  return unwritable(t);
}
const wholeWithSubscripts = (t: Term, within: Entries): Expression | undefined =>
  formOrNone(() => {
    const { writer } = within;
    const { form, indices } = readerFor(writer, new Map()).tensorOf(open(t.node));
    const expression = writer.write(form);
    return indices.length === 0
      ? expression
      : subscript(expression, ...indices.map((slot): Expression | All => indexSign(t.at[slot]!, within)));
  });

/** What the language has no words for is refused, not printed in a notation that nobody can read back. */
const unwritable = (t: Term): never =>
  refuse(
    t.node.kind === 'operation' && t.node.op === 'dpowm'
      ? {
          kind: 'rule',
          message:
            'the derivative of X^k along V is the sum of X^(r-1)*V*X^(k-r) over r from 1 to k, for which the language has no notation',
          hint: 'a number for k, or the derivative of a trace or by a scalar',
        }
      : {
          kind: 'rule',
          message:
            t.node.kind === 'operation'
              ? `${isUnknown(t.node.op) ? unknownFunction(t.node.op).name : t.node.op} along several axes at once has no form in the language`
              : 'this answer takes a block out of a larger array, for which the language has no notation',
          hint: 'name the parts and write the function of each of them',
        },
  );

/** A number in it is taken away. */
const takesMinus = (t: Term): boolean => summandsOf(t).some(([c, s]) => s.node.kind === 'number' && Q.isNegative(c));

const takesMinusInside = ([t, e]: Factor): boolean =>
  Q.isOne(e) &&
  t.node.kind === 'product' &&
  t.node.bound.length > 0 &&
  partsOf(t).factors.some(([f, d]) => Q.isOne(d) && f.node.kind === 'sum' && takesMinus(f));

const rankOf = (e: Expression): number => (e.kind === 'number' ? -1 : 0);

function quotient(coefficient: Rational, factors: readonly Factor[], visit: (t: Term) => Expression): Expression {
  if (Q.isNegative(coefficient)) {
    // -(t^2 - 1) is 1 - t^2.
    const turned = factors.find(
      ([t, e]) => Q.isOne(e) && t.node.kind === 'sum' && (takesMinus(t) || isCoefficient([t, e], factors)),
    );
    const others = factors.map((f): Factor => (f === turned ? [negate(f[0]), f[1]] : f));
    const rest = quotient(Q.negated(coefficient), others, visit);
    return turned ? rest : negationOf(rest);
  }
  const write = ([t, e]: Factor): Expression => {
    if (t.node.kind === 'apply' && t.node.fn === 'exp' && !Q.isOne(e))
      return call('exp', visit(scale(e, argumentsOf(t as Term & { node: ApplyNode })[0]!)));
    const magnitude = Q.absolute(e);
    if (Q.isOne(magnitude)) return visit(t);
    if (!Q.equal(magnitude, Q.half)) return binary('^', visit(t), numberOf(magnitude));
    const under = visit(t);
    const squared = isSumOverArray(t) ? squareIn(under) : undefined;
    return squared ? call('norm2', squared) : call('sqrt', under);
  };
  const isBelow = ([t, e]: Factor): boolean => Q.isNegative(e) && !(t.node.kind === 'apply' && t.node.fn === 'exp');
  const weight = ([t, e]: Factor): number =>
    isCoefficient([t, e], factors)
      ? -1
      : t.node.kind === 'delta'
        ? 3
        : t.node.kind === 'sum'
          ? 2
          : t.node.kind === 'symbol'
            ? 0
            : 1;
  // r[i]*x[j] reads in the order of its letters, delta(1,i)*delta(1,k) too, y[1]*x[2] in that of its names.
  const letter = ({ node, at }: Term): number =>
    Math.max((node.kind === 'delta' ? at.find((index) => index >= 0) : at[0]) ?? 0, 0);
  const position = ({ at: [first = 0] }: Term): number => Math.max(-first, 0);
  const order = (fs: readonly Factor[]): readonly Factor[] =>
    fs.toSorted(
      (a, b) =>
        weight(a) - weight(b) ||
        letter(a[0]) - letter(b[0]) ||
        symbolOrder(a[0]) - symbolOrder(b[0]) ||
        position(a[0]) - position(b[0]),
    );
  const above = order(factors.filter((f) => !isBelow(f)));
  const below = order(factors.filter(isBelow));
  const start = coefficient.n === 1n && above.length > 0 ? undefined : numberOf(Q.rational(coefficient.n));
  const top = above.reduce<Expression | undefined>((left, f) => productOf(left, write(f)), start) ?? integer(1);
  const divisor = below.reduce<Expression | undefined>(
    (left, f) => productOf(left, write(f)),
    coefficient.d === 1n ? undefined : integer(Number(coefficient.d)),
  );
  return divisor ? binary('/', top, divisor) : top;
}
/** (mu - lam*log(J))*inv(F)[j,k]*inv(F)[l,i]: a difference without indices, before entries that have them. */
const isCoefficient = ([t, e]: Factor, factors: readonly Factor[]): boolean =>
  t.node.kind === 'sum' &&
  t.at.length === 0 &&
  Q.isOne(e) &&
  t.node.terms.some(([c]) => Q.isNegative(c)) &&
  factors.filter(([f]) => f.at.length > 1).length > 1;

const isSumOverArray = ({ node }: Term): boolean => node.kind === 'product' && node.bound.length > 2;
/** The T of sum(T.^2). */
const squareIn = (e: Expression): Expression | undefined => {
  const [of] = e.kind === 'call' && e.name === 'sum' ? e.arguments : [];
  const isSquare = of?.kind === 'binary' && of.operator === '.^' && of.right.kind === 'number';
  return isSquare && Q.equal(of.right.value, Q.rational(2)) ? of.left : undefined;
};
const symbolOrder = (t: Term): number => (t.node.kind === 'symbol' ? t.node.symbol.order : 0);

function functionOf(fn: string, args: readonly Expression[]): Expression {
  const comparison = comparisons.get(fn);
  if (comparison) return { kind: 'indicator', comparison, left: args[0]!, right: args[1]! };
  return fn === 'power' ? binary('^', args[0]!, args[1]!) : call(fn, ...args);
}
