/** Functions of entries and of whole arrays. */
import { entrywise, type EntrywiseName, type EntrywiseRecord, matrixFunctions } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { one, zero, number, piSymbol, symbolTerm } from './atoms.ts';
import { hashText, mix, mixAll, freshIndex, intern } from './intern.ts';
import {
  type LabelledIndex,
  type Labelling,
  label,
  labelledIndices,
  slotSymmetries,
  withOutPermutations,
  withOutSwap,
} from './label.ts';
import {
  type ApplyNode,
  type Bound,
  type Index,
  isUnknown,
  type Operation,
  type OperationNode,
  type Summand,
  type Term,
} from './node.ts';
import { outPermutations } from './unknown.ts';
import { notice, noticed } from './notice.ts';
import { place, same, splitCoefficient } from './place.ts';
import { power } from './products.ts';
import { type Sign, signOf } from './sign.ts';
import { negate, primitiveOf, scale, sum } from './sums.ts';

/** The coefficient in front, and the rest: of a sum and its opposite, one has a negative one. */
const withoutContent = (t: Term): Summand => (t.node.kind === 'sum' ? primitiveOf(t, true) : splitCoefficient(t));

/** Functions that are something simpler on one side of 0. */
const bySign: Partial<Record<EntrywiseName, (sign: Sign, arg: Term) => Term | undefined>> = {
  abs: (sign, arg) => (isAbove(sign) ? arg : isBelow(sign) ? negate(arg) : undefined),
  relu: (sign, arg) => (isAbove(sign) ? arg : isBelow(sign) ? zero : undefined),
  sign: (sign) => (sign === 'positive' ? one : sign === 'negative' ? negate(one) : undefined),
  step: (sign) => (sign === 'positive' ? one : sign === 'negative' ? zero : undefined),
};
/** The same for those that compare two numbers: by the sign of their difference. */
const byOrder: Partial<Record<EntrywiseName, (sign: Sign, x: Term, y: Term) => Term | undefined>> = {
  max: (sign, x, y) => (isAbove(sign) ? x : isBelow(sign) ? y : undefined),
  min: (sign, x, y) => (isAbove(sign) ? y : isBelow(sign) ? x : undefined),
  greater: (sign) => (sign === 'positive' ? one : isBelow(sign) ? zero : undefined),
  less: (sign) => (sign === 'negative' ? one : isAbove(sign) ? zero : undefined),
  'at-least': (sign) => (isAbove(sign) ? one : sign === 'negative' ? zero : undefined),
  'at-most': (sign) => (isBelow(sign) ? one : sign === 'positive' ? zero : undefined),
  equals: (sign) => (['positive', 'negative', 'nonzero'].includes(sign) ? zero : undefined),
  differs: (sign) => (['positive', 'negative', 'nonzero'].includes(sign) ? one : undefined),
};
const difference = (x: Term, y: Term): Term =>
  sum([
    [Q.one, x],
    [Q.minusOne, y],
  ]);
const isAbove = (sign: Sign): boolean => sign === 'positive' || sign === 'nonnegative';
const isBelow = (sign: Sign): boolean => sign === 'negative' || sign === 'nonpositive';

/**
 * A function of numbers applied entry by entry. exp(-x/2) is exp(x)^(-1/2), so that exponentials multiply and cancel;
 * sin(-x) is -sin(x), and cos(-x) is cos(x).
 */
export const apply = (fn: EntrywiseName, args: readonly Term[]): Term =>
  noticed({ kind: 'apply', fn, args }, () => applied(fn, args));

function applied(fn: EntrywiseName, args: readonly Term[]): Term {
  const known = exactValue(fn, args);
  if (known) {
    // 2^3 is arithmetic.
    if (fn !== 'power') notice('an exact value');
    return known;
  }
  const [arg, other] = args as readonly [Term, Term?];
  const record: EntrywiseRecord = entrywise[fn];
  if (other && args.length === 2 && record.ofEquals !== 'none' && same(arg, other)) {
    notice('an exact value');
    return record.ofEquals === 'argument' ? arg : record.ofEquals === 1 ? one : zero;
  }
  if (fn === 'power' && other?.node.kind === 'number') return power(arg, other.node.value);
  if (fn === 'exp') {
    const [coefficient, rest] = withoutContent(arg);
    if (!Q.isOne(coefficient)) return power(apply('exp', [rest]), coefficient);
  }
  const settled =
    bySign[fn]?.(signOf(arg), arg) ?? (other && byOrder[fn]?.(signOf(difference(arg, other)), arg, other));
  if (settled) {
    notice(fn === 'abs' ? 'absolute value by its sign' : 'function by the sign of its argument');
    return settled;
  }
  if (fn === 'abs') {
    const [coefficient, rest] = withoutContent(arg);
    if (!Q.isOne(coefficient)) return scale(Q.absolute(coefficient), apply('abs', [rest]));
  }
  if (record.parity !== 'none' && Q.isNegative(withoutContent(arg)[0])) {
    notice('odd or even');
    const opposite = apply(fn, [negate(arg)]);
    return record.parity === 'odd' ? negate(opposite) : opposite;
  }
  const indices = labelledIndices(args, []);
  const labelling = label(
    args.map((t, n) => ({ node: t.node, at: t.at, tag: `,${n}` })),
    indices,
  );
  const slots = labelling.order.map((index) => indices.find((i) => i.index === index)!.dim);
  const node = intern<ApplyNode>(`${fn}(${labelling.key}`, () => {
    const placed = labelling.items.toSorted((a, b) => a.from - b.from).map(({ node, at }): Term => ({ node, at }));
    return {
      kind: 'apply',
      fn,
      args: placed,
      hash: mixAll(
        mix(14, hashText(fn)),
        placed.map(({ node, at }) => mixAll(node.hash, at)),
      ),
      slots,
      symmetries: slotSymmetries(labelling.automorphisms, slots.length),
    };
  });
  return place(node, labelling.order);
}

/** Another way to give the same: the bound indices in this order, and slot n holding the out `outs[n]`. */
export interface Turn {
  readonly bound: readonly number[];
  readonly outs: readonly number[];
}
const [plain, turned] = [
  [0, 1],
  [1, 0],
] as const;
/** inv(X')[i,j] = inv(X)[j,i], det(X') = det(X). */
const transposed: readonly (readonly Turn[])[] = [0, 1, 2].map((outs) => [
  { bound: turned, outs: [...Array(outs).keys()].toReversed() },
]);
/** L(X)[i,j,k,l] is what V[k,l] adds to entry i,j: L(X') = L(X)[k,l,i,j], and a power sum X^r*V*X^s may be read backwards. */
const derivativeTurns: readonly Turn[] = [
  { bound: plain, outs: [3, 2, 1, 0] },
  { bound: turned, outs: [2, 3, 0, 1] },
  { bound: turned, outs: [1, 0, 3, 2] },
];
/** The exponent of a power is a bound index too, over so many places that nothing asks for. */
const withExponent = ({ bound, outs }: Turn): Turn => ({ bound: [...bound, 2], outs });
/** The inverse of a map between matrices: of the transposed map, and of the same between their transposes. */
const inverseTurns: readonly Turn[] = [
  [2, 3, 0, 1],
  [1, 0, 3, 2],
  [3, 2, 1, 0],
].map((order) => ({ bound: order, outs: order }));

/** Operations on a matrix that see its transpose through their own: the other ways to give one. */
export function turnsOf(op: Operation, outs: number): readonly Turn[] {
  if (op === 'dexpm' || op === 'dlogm') return derivativeTurns;
  if (op === 'sylvester') return inverseTurns;
  if (op === 'powm') return transposed[2]!.map(withExponent);
  if (op === 'dpowm') return derivativeTurns.map(withExponent);
  return matrixFunctions.get(op)?.transposable === true ? transposed[outs]! : [];
}

/** One more argument of an unknown function, and the indices that it consumes. */
export interface Argument {
  readonly body: Term;
  readonly bound: readonly Bound[];
}

/** A function of an array: `bound` are the indices of the body that the function consumes, in order. */
export function operation(
  op: Operation,
  body: Term,
  bound: readonly Bound[],
  outs: readonly Index[],
  outDims: readonly Dim[],
  further: readonly Argument[] = [],
): Term {
  const marks = outs.map(() => freshIndex());
  const bodies = [body, ...further.map((argument) => argument.body)];
  const allBound = [...bound, ...further.flatMap((argument) => argument.bound)];
  const boundCounts = [bound, ...further.map((argument) => argument.bound)].map(({ length }) => length);
  const isBound = new Set(allBound.map(({ index }) => index));
  const free = labelledIndices(bodies, []).filter(({ index }) => !isBound.has(index));
  const items = bodies.map(({ node, at }, n) => ({ node, at, tag: n === 0 ? '' : `,${n}` }));
  const make = (turn: Turn): Labelling => {
    const indices: LabelledIndex[] = [
      ...turn.outs.map((out, n) => ({ index: marks[out]!, dim: outDims[out]!, rank: n })),
      ...turn.bound.map((from, n) => ({ ...allBound[from]!, rank: 200 + n })),
      ...free.map(({ index, dim }) => ({ index, dim, rank: 100 })),
    ];
    return label(items, indices);
  };
  const straight = make({ bound: [...allBound.keys()], outs: [...outs.keys()] });
  const ways = [straight, ...turnsOf(op, outs.length).map(make)];
  const labelling = ways.reduce((best, way) => (way.key < best.key ? way : best));
  const slots = labelling.order.length - allBound.length;
  const dimOf = new Map<Index, Dim>([
    ...marks.map((mark, n): [Index, Dim] => [mark, outDims[n]!]),
    ...[...allBound, ...free].map(({ index, dim }): [Index, Dim] => [index, dim]),
  ]);
  const dims = labelling.order.map((index) => dimOf.get(index)!);
  const node = intern<OperationNode>(`${op}{${outs.length},${boundCounts.join()}}${labelling.key}`, () => {
    const [first, ...others] = labelling.items
      .toSorted((a, b) => a.from - b.from)
      .map(({ node, at }): Term => ({ node, at })) as [Term, ...Term[]];
    const same = ways.filter((way) => way !== labelling && way.key === labelling.key && outs.length > 1);
    const symmetries = same.reduce(
      (found, way) => withOutSwap(found, way.order, labelling.order, slots),
      slotSymmetries(labelling.automorphisms, slots),
    );
    let end = slots + bound.length;
    return {
      kind: 'operation',
      op,
      body: first,
      bound: dims.slice(slots, end),
      further: others.map((other, n) => ({ body: other, bound: dims.slice(end, (end += boundCounts[n + 1]!)) })),
      outs: outs.length,
      hash: mixAll(
        mix(15, hashText(op)),
        [first, ...others].flatMap(({ node, at }) => [node.hash, ...at]),
      ),
      slots: dims.slice(0, slots),
      symmetries: isUnknown(op)
        ? withOutPermutations(symmetries, outPermutations(op, outs.length, boundCounts), slots)
        : symmetries,
    };
  });
  const positions = new Map(marks.map((mark, n) => [mark, outs[n]!]));
  return place(
    node,
    labelling.order.slice(0, slots).map((index) => positions.get(index) ?? index),
  );
}

// ---- exact values
// Where do functions have exact values? Of all rational numbers, or at a few points, as their records say.

/** A rational number, or a rational multiple of pi. */
interface Exact {
  readonly value: Rational;
  readonly ofPi: boolean;
}
/** 0*pi is 0. */
const sameExact = (a: Exact, b: Exact): boolean =>
  Q.equal(a.value, b.value) && (a.ofPi === b.ofPi || Q.isZero(a.value));

/** `1/2`, `pi`, `pi/6`, `5/6*pi`. */
function exactFrom(text: string): Exact {
  const ofPi = text.includes('pi');
  const plain = text.replace(/\*?pi/, '');
  const [n = '', d = '1'] = plain.split('/');
  return { value: Q.rational(BigInt(n === '' ? '1' : n), BigInt(d)), ofPi: ofPi };
}

const isPi = ({ node }: Term): boolean => node.kind === 'symbol' && node.symbol === piSymbol;
function exactIn({ node }: Term): Exact | undefined {
  if (node.kind === 'number') return { value: node.value, ofPi: false };
  if (isPi({ node, at: [] })) return { value: Q.one, ofPi: true };
  if (node.kind !== 'product' || node.factors.length !== 1) return undefined;
  const [[base, exponent]] = node.factors as readonly [readonly [Term, Rational]];
  return isPi(base) && Q.isOne(exponent) ? { value: node.coefficient, ofPi: true } : undefined;
}

const pointsOf = new Map<EntrywiseName, readonly (readonly [at: Exact, value: Exact])[]>();
function points(fn: EntrywiseName, { exact }: EntrywiseRecord): readonly (readonly [at: Exact, value: Exact])[] {
  let known = pointsOf.get(fn);
  if (!known) {
    known = exact.kind === 'points' ? exact.at.map(([at, value]) => [exactFrom(at), exactFrom(value)] as const) : [];
    pointsOf.set(fn, known);
  }
  return known;
}

/** Into half a period on either side of 0; what is no multiple of pi stays. */
function withinPeriod(at: Exact, { period }: EntrywiseRecord): Exact {
  if (period === 'none' || !at.ofPi) return at;
  const whole = period === 'pi' ? Q.one : Q.rational(2);
  const turns = Q.plus(Q.over(at.value, whole), Q.half);
  const floor = turns.n >= 0n ? turns.n / turns.d : -((-turns.n + turns.d - 1n) / turns.d);
  const rest = Q.minus(at.value, Q.times(Q.rational(floor), whole));
  // The end of the interval is counted to the upper half.
  return { ofPi: true, value: Q.equal(rest, Q.negated(Q.over(whole, Q.rational(2)))) ? Q.negated(rest) : rest };
}

/** The exact value of a function of constants; undefined where there is none, or none is known. */
export function exactValue(fn: EntrywiseName, args: readonly Term[]): Term | undefined {
  const record: EntrywiseRecord = entrywise[fn];
  if (record.exact.kind === 'rational') {
    const values = args.flatMap(({ node }) => (node.kind === 'number' ? [node.value] : []));
    return values.length === args.length ? number(record.exact.value(...values)) : undefined;
  }
  const given = args.length === 1 ? exactIn(args[0]!) : undefined;
  if (!given) return undefined;
  const at = withinPeriod(given, record);
  const turned = record.parity !== 'none' && Q.isNegative(at.value);
  const wanted = turned ? { ...at, value: Q.negated(at.value) } : at;
  const found = points(fn, record).find(([point]) => sameExact(point, wanted))?.[1];
  if (!found) return undefined;
  const value = turned && record.parity === 'odd' ? Q.negated(found.value) : found.value;
  return found.ofPi && !Q.isZero(value) ? scale(value, symbolTerm(piSymbol, [])) : number(value);
}
