/**
 * How does a term depend on sizes? For each name of a size an upper bound on the degree of the polynomials that have to vanish if
 * the term is zero for every size: its indices of that size, and the size as a number, counted through products (added), sums
 * (the largest) and quotients (all denominators are multiplied in).
 */
import type { ReductionName } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, namesIn } from '../shape/dim.ts';
import type { BlockNode, Bound, Factor, GuardNode, Node, Term } from '../terms/node.ts';
import { childrenOf } from '../terms/substitute.ts';
import type { Subject } from './subject.ts';

type Degree = ReadonlyMap<string, number>;
interface Fraction {
  readonly top: Degree;
  readonly bottom: Degree;
  /** Does a size stand in an exponent? Then summands are exponentials in it, and have as many zeros as there are of them. */
  readonly isExponential: boolean;
}

export interface SizeDegrees {
  readonly extents: Degree;
  /** Names of sizes that are used as numbers, outside exponents too. */
  readonly asNumbers: ReadonlySet<string>;
}

export function sizeDegrees(
  { term, axes }: { readonly term: Term; readonly axes: readonly (readonly Bound[])[] },
  { context, free }: Subject,
): SizeDegrees {
  const memo = new Map<Node, Fraction>();
  const inside = degreeOf(term.node, memo);
  const open = [...axes.flat().map(({ dim }) => dim), ...[...free.values()].map(([dim]) => dim!)];
  const found = [inside.top, inside.bottom, ...open.map(degreeOfDim)].reduce(plus, none);
  return {
    extents: new Map([...context.checked.sizes].map((name) => [name, found.get(name) ?? 0])),
    asNumbers: numbersIn(term),
  };
}

const none: Degree = new Map();
const one: Fraction = { top: none, bottom: none, isExponential: false };

function joined(a: Degree, b: Degree, join: (x: number, y: number) => number): Degree {
  if (b.size === 0 && join(1, 0) === 1) return a;
  return new Map(
    [...new Set([...a.keys(), ...b.keys()])].map((name) => [name, join(a.get(name) ?? 0, b.get(name) ?? 0)]),
  );
}
const plus = (a: Degree, b: Degree): Degree => joined(a, b, (x, y) => x + y);
const larger = (a: Degree, b: Degree): Degree => joined(a, b, Math.max);
const scaled = (a: Degree, by: number): Degree => new Map([...a].map(([name, degree]) => [name, degree * by]));

/** n*m + 1 is of degree 1 in both. */
const degreeOfDim = (dim: Dim): Degree =>
  [...dim.terms.keys()]
    .map((names) =>
      names
        .split('*')
        .filter(Boolean)
        .map((name): Degree => new Map([[name, 1]]))
        .reduce(plus, none),
    )
    .reduce(larger, none);

function degreeOf(node: Node, memo: Map<Node, Fraction>): Fraction {
  const known = memo.get(node);
  if (known) return known;
  const found = computed(node, (t) => degreeOf(t.node, memo));
  memo.set(node, found);
  return found;
}

function computed(node: Node, of: (t: Term) => Fraction): Fraction {
  switch (node.kind) {
    case 'number':
    case 'delta':
      return one;
    case 'size':
      return { ...one, top: degreeOfDim(node.dim) };
    case 'index':
      return { ...one, top: degreeOfDim(node.slots[0]!) };
    // Positions are shifted by sizes.
    case 'pairing':
      return { ...one, top: node.slots.map(degreeOfDim).reduce(larger, none) };
    case 'block':
    case 'guard':
      return { ...one, top: degreeOfPositions(node) };
    case 'symbol':
      return node.symbol.definition ? of(node.symbol.definition) : one;
    case 'sum':
      return sumOf(node.terms.map(([, t]) => of(t)));
    case 'product':
      return productOf(node.factors, node.bound, of);
    case 'apply':
      return atom(node.args.map(of), [], node.fn === 'power' && numbersIn(node.args[1]!).size > 0);
    case 'operation':
      // prod(2*x) is 2^n*prod(x).
      return atom(
        [node, ...node.further].map(({ body }) => of(body)),
        [...[node, ...node.further].flatMap(({ bound }) => bound), ...node.slots.slice(0, node.outs)],
        node.op === ('prod' satisfies ReductionName) || node.op === 'powm' || node.op === 'dpowm',
      );
  }
}

/**
 * Between the sizes at which positions meet, a sum over them is a polynomial in the sizes, if the coefficients are 1 or -1: as many
 * sizes more as constants are large. Otherwise it has as many pieces as the coefficients have residues: too many to try.
 */
function degreeOfPositions({ kind, coefficients, offset, slots }: BlockNode | GuardNode): Degree {
  const shift = Math.abs(offset.terms.get('') ?? 0);
  // A block of a larger array begins where the others end.
  if (kind === 'block' && coefficients.length <= 1 && shift === 0 && coefficients.every((c) => c === 1))
    return degreeOfDim(offset);
  const isPlain = coefficients.every((c) => Math.abs(c) === 1);
  const names = new Set([offset, ...slots].flatMap(namesIn));
  return new Map([...names].map((name) => [name, isPlain ? 2 + shift : tooMany]));
}
const tooMany = 1000;

/** Over one denominator. */
function sumOf(parts: readonly Fraction[]): Fraction {
  const bottom = parts.map((part) => part.bottom).reduce(plus, none);
  const isExponential = parts.some((part) => part.isExponential);
  const tops = parts.map((part) =>
    plus(
      part.top,
      joined(bottom, part.bottom, (x, y) => x - y),
    ),
  );
  const names = new Set(tops.flatMap((top) => [...top.keys()]));
  const count: Degree = new Map([...names].map((name) => [name, parts.length]));
  return { top: isExponential ? tops.reduce(plus, count) : tops.reduce(larger, none), bottom, isExponential };
}

function productOf(factors: readonly Factor[], bound: readonly Dim[], of: (t: Term) => Fraction): Fraction {
  let [top, bottom, isExponential] = [bound.map(degreeOfDim).reduce(plus, none), none, false];
  for (const [base, e] of factors) {
    const part = of(base);
    // Squared until no root is left.
    const times = Math.ceil(Math.abs(Q.toNumber(e))) * (Q.isInteger(e) ? 1 : Number(e.d));
    const isBelow = Q.isNegative(e);
    top = plus(top, scaled(isBelow ? part.bottom : part.top, times));
    bottom = plus(bottom, scaled(isBelow ? part.top : part.bottom, times));
    isExponential ||= part.isExponential;
  }
  return { top, bottom, isExponential };
}

/** Two values of a function are equal where its arguments are. */
function atom(parts: readonly Fraction[], dims: readonly Dim[], isExponential: boolean): Fraction {
  const all = [...parts.flatMap(({ top, bottom }) => [top, bottom]), ...dims.map(degreeOfDim)];
  return {
    top: all.reduce(plus, none),
    bottom: none,
    isExponential: isExponential || parts.some((part) => part.isExponential),
  };
}

/** Names of the sizes that are numbers somewhere in it. */
function numbersIn(root: Term): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Node>();
  const stack = [root.node];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    // Where positions of several parts meet, sizes are compared: all of them are tried together.
    if (node.kind === 'guard' || (node.kind === 'block' && node.coefficients.length > 1))
      for (const dim of [node.offset, ...node.slots]) for (const name of namesIn(dim)) names.add(name);
    if (node.kind === 'index') for (const name of namesIn(node.slots[0]!)) names.add(name);
    if (node.kind === 'size') for (const name of namesIn(node.dim)) names.add(name);
    if (node.kind === 'symbol' && node.symbol.definition) stack.push(node.symbol.definition.node);
    stack.push(...childrenOf(node).map((part) => part.node));
  }
  return names;
}
