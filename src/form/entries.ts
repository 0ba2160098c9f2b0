/** One entry of a term, as one writes it with subscripts: y[i]*delta(i,k) - y[i]*y[k]. Every term has this form. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { inTextOrder } from '../basics/words.ts';
import { refuse } from '../basics/problem.ts';
import { binary, call, integer, nameOf, negationOf, numberOf, productOf, subscript, sumOf } from '../syntax/build.ts';
import { lengthOf } from '../syntax/length.ts';
import type { All, Expression, SignedTerm } from '../syntax/tree.ts';
import { argumentsOf, partsOf, isCyclic, permutationAt, rename, scale, summandsOf } from '../terms/construct.ts';
import type { ApplyNode, Factor, Index, Term } from '../terms/node.ts';
import { freshIndex } from '../terms/intern.ts';
import { open } from '../terms/substitute.ts';
import { printedLength } from './share.ts';
import { asWritten } from './products.ts';
import { readerFor } from './read.ts';
import { cheapest, formOrNone, oriented, type Reader, type WrittenSums } from './reader.ts';
import { sizeExpression } from '../shape/dim.ts';
import { numeral } from './write-products.ts';
import type { Writer } from './write.ts';

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
  return number && length(number) < length(subscripts) ? number : subscripts;
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
  readonly reader: Reader;
}
const entriesWith = (names: Entries['names'], { taken, writer, written }: Setting): Entries => ({
  names,
  taken,
  writer,
  written,
  reader: readerFor(writer, names),
});
const indexSign = (i: Index, { names }: Entries): Expression => (i < 0 ? integer(-i) : nameOf(names.get(i) ?? `i${i}`));

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
      const terms = summandsOf(t).map(([c, s]): SignedTerm => ({
        negative: Q.isNegative(c),
        term: visit(scale(Q.absolute(c), s)),
      }));
      return sumOf(
        terms.toSorted((a, b) => Number(a.negative) - Number(b.negative) || rankOf(a.term) - rankOf(b.term)),
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
        ways.map(({ coefficient, factors }) => quotient(coefficient, factors, visit)),
        lengthOf,
      );
    }
    case 'symbol':
      if (isCyclic(t.node)) return cyclicEntry(t.at.map((i) => indexSign(i, within)));
      return (
        scalarReading(t, within.reader) ??
        subscript(nameOf(t.node.symbol.name), ...t.at.map((i) => indexSign(i, within)))
      );
    default:
      return scalarReading(t, within.reader) ?? unwritable(t);
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
function contractionOf(t: Term, within: Entries): Expression {
  const { names, taken } = within;
  const whole = wholeWithSubscripts(t, within);
  const { coefficient, factors, bound } = partsOf(t);
  const inner = indexNames(
    bound.map((b) => b.index),
    taken,
    names,
  );
  const inside = entriesWith(inner, within);
  const body = quotient(coefficient, factors, (f) => entryOf(f, inside));
  const summed = bound.reduceRight<Expression>(
    (e, b) => ({ kind: 'sum-over', index: inner.get(b.index)!, body: e }),
    body,
  );
  return whole && lengthOf(whole) <= lengthOf(summed) ? whole : summed;
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
  refuse({
    kind: 'rule',
    message:
      t.node.kind === 'operation'
        ? `${t.node.op} along several axes at once has no form in the language`
        : 'this answer takes a block out of a larger array, for which the language has no notation',
    hint: 'name the parts and write the function of each of them',
  });

const rankOf = (e: Expression): number => (e.kind === 'number' ? -1 : 0);

function quotient(coefficient: Rational, factors: readonly Factor[], visit: (t: Term) => Expression): Expression {
  if (Q.isNegative(coefficient)) return negationOf(quotient(Q.negated(coefficient), factors, visit));
  const write = ([t, e]: Factor): Expression => {
    if (t.node.kind === 'apply' && t.node.fn === 'exp' && !Q.isOne(e))
      return call('exp', visit(scale(e, argumentsOf(t as Term & { node: ApplyNode })[0]!)));
    const magnitude = Q.absolute(e);
    if (Q.isOne(magnitude)) return visit(t);
    return Q.equal(magnitude, Q.half) ? call('sqrt', visit(t)) : binary('^', visit(t), numberOf(magnitude));
  };
  const isBelow = ([t, e]: Factor): boolean => Q.isNegative(e) && !(t.node.kind === 'apply' && t.node.fn === 'exp');
  const weight = ([t]: Factor): number =>
    t.node.kind === 'delta' ? 3 : t.node.kind === 'sum' ? 2 : t.node.kind === 'symbol' ? 0 : 1;
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
const symbolOrder = (t: Term): number => (t.node.kind === 'symbol' ? t.node.symbol.order : 0);

const comparisons: Readonly<Record<string, '>' | '<' | '>=' | '<=' | '==' | '!='>> = {
  greater: '>',
  less: '<',
  'at-least': '>=',
  'at-most': '<=',
  equals: '==',
  differs: '!=',
};
function functionOf(fn: string, args: readonly Expression[]): Expression {
  const comparison = comparisons[fn];
  if (comparison) return { kind: 'indicator', comparison, left: args[0]!, right: args[1]! };
  return fn === 'power' ? binary('^', args[0]!, args[1]!) : call(fn, ...args);
}
