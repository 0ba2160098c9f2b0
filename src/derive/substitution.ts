/**
 * grad(h, s) at s = [1; 2]: values put in after deriving, through every name that rests on them. Determinants and inverses of
 * small matrices are worked out then; the derivative of a determinant has a value where the matrix is singular, too.
 */
import { native } from '../../rules/native.ts';
import { invariant, refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { Value } from '../elaborate/values.ts';
import type { World } from '../elaborate/world.ts';
import { toAdjugates } from '../rewrite/adjugate.ts';
import { type Chain, type NativeRule, type Rewrite, rewriteBy } from '../rewrite/rule.ts';
import { type Dim, sizeOf } from '../shape/dim.ts';
import {
  apply,
  delta,
  divide,
  instantiate,
  isZero,
  openOperation,
  type Parts,
  partsOf,
  product,
  rename,
  same,
  scale,
  sum,
  summandsOf,
  times,
  contract,
  place,
  symbolTerm,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Factor, OperationNode, Summand, Term, TermSymbol, Index } from '../terms/node.ts';
import { mentions, operationsIn, substitute, symbolsIn, mapAll } from '../terms/substitute.ts';

/** Names whose definitions rest on a value are written out, each after those that use it; then each value is put in. */
export function substituted(start: Term, bindings: ReadonlyMap<TermSymbol, Value>): Chain {
  const bound = new Set(bindings.keys());
  const rewrites: Rewrite[] = [];
  let term = start;
  const use = (rule: NativeRule): void => {
    const next = rule.apply(term);
    if (!next || same(next, term)) return;
    rewrites.push(rewriteBy(rule, term, next));
    term = next;
  };
  const isKnown = (t: Term): boolean =>
    [...symbolsIn(t)].every((symbol) => bound.has(symbol) || (symbol.definition && isKnown(symbol.definition)));
  use(toAdjugates(({ term: matrix }) => isKnown(matrix)));
  for (let name = resting(term, bound); name; name = resting(term, bound)) use(writtenOut(name));
  use(factorByFactor);
  for (const [symbol, value] of bindings) use(putIn(symbol, overSlots(value, symbol)));
  use(workOut);
  return { start, rewrites, term };
}

/** A name that rests on a value, and that no other such name rests on. */
function resting(t: Term, bound: ReadonlySet<TermSymbol>): TermSymbol | undefined {
  const all = [...symbolsIn(t)].filter(
    (symbol) => !bound.has(symbol) && symbol.definition && mentions(symbol.definition, bound),
  );
  return all.find((symbol) => !all.some((other) => other !== symbol && mentions(other.definition!, new Set([symbol]))));
}

const writtenOut = (symbol: TermSymbol): NativeRule => ({
  name: `definition of ${symbol.name}`,
  source: 'the program',
  says: `${symbol.name} is put in as it was defined.`,
  apply: (t) => replaced(t, symbol, symbol.definition!),
});
const putIn = (symbol: TermSymbol, value: Term): NativeRule => ({
  ...native['the value given for NAME'],
  name: `the value given for ${symbol.name}`,
  apply: (t) => replaced(t, symbol, value),
});

const replaced = (t: Term, symbol: TermSymbol, value: Term): Term =>
  substitute(t, {
    symbol: (other, at) => {
      if (other !== symbol) return undefined;
      // Through fresh indices: a slot of the value may be an index of the place.
      const between = at.map(() => freshIndex());
      return rename(instantiate(value, between), new Map(between.map((index, n) => [index, at[n]!])));
    },
  });

function overSlots(value: Value, symbol: TermSymbol): Term {
  const indices = value.axes.flat();
  invariant(
    indices.length === 0 || indices.length === symbol.dims.length,
    `the value for ${symbol.name} has its shape`,
  );
  return rename(value.term, new Map(indices.map(({ index }, slot) => [index, slot])));
}

const factorByFactor: NativeRule = { ...native['a product factor by factor'], apply: spelledProducts };

/** More entries make too many terms. */
const mostFactors = 8;
const knownSize = (dim: Dim): number | undefined => {
  const size = sizeOf(dim);
  return size !== undefined && size <= mostFactors ? size : undefined;
};

/**
 * prod(x)./x of three numbers is [x[2]*x[3]; x[1]*x[3]; x[1]*x[2]], which has a value where one of them is 0. What it is divided by is
 * written entry by entry too, so that it cancels before values are put in.
 */
function spelledProducts(t: Term): Term {
  if (isProduct(t)) return productSpelled(t as Term & { node: OperationNode });
  if (t.node.kind !== 'product' || !operationsIn(t).has('prod')) return mapAll(t, spelledProducts);
  const parts = opened(partsOf(t));
  const beside = parts.factors.find(
    ([f, e]) => f.node.kind === 'sum' && Q.isOne(e) && parts.factors.some(([g]) => isProduct(g)),
  );
  if (!beside) return dividedSpelled(parts) ?? mapAll(t, spelledProducts);
  const others = parts.factors.filter((f) => f !== beside);
  return sum(
    summandsOf(beside[0]).map(([c, s]): Summand => [
      Q.times(c, parts.coefficient),
      spelledProducts(product(Q.one, [...others, [s, Q.one]], parts.bound)),
    ]),
  );
}
const isProduct = ({ node }: Term): boolean => node.kind === 'operation' && node.op === 'prod';

/** Contractions among the factors opened. */
function opened(parts: Parts): Parts {
  const inner = parts.factors.find(([f, e]) => f.node.kind === 'product' && Q.isOne(e));
  if (!inner) return parts;
  const { coefficient, factors, bound } = partsOf(inner[0]);
  return opened({
    coefficient: Q.times(parts.coefficient, coefficient),
    factors: [...parts.factors.filter((f) => f !== inner), ...factors],
    bound: [...parts.bound, ...bound],
  });
}

function productSpelled(t: Term & { readonly node: OperationNode }): Term {
  const { body, bound } = openOperation(t);
  const places = everyPlace(bound);
  const factors = places?.map((place) => spelledProducts(rename(body, place)));
  return factors ? times(...factors) : t;
}

/** Written entry by entry over what it is divided by; undefined where it is divided by nothing. */
function dividedSpelled({ coefficient, factors, bound }: Parts): Term | undefined {
  const below = factors
    .filter(([, e]) => Q.isNegative(e))
    .flatMap(([f]) => f.at.map((index, n) => ({ index, dim: f.node.slots[n]! })));
  const indices = below.filter(({ index }, n) => index >= 0 && below.findIndex((other) => other.index === index) === n);
  const places = indices.length > 0 ? everyPlace(indices) : undefined;
  if (!places) return undefined;
  const free = indices.filter(({ index }) => !bound.some((b) => b.index === index));
  const left = bound.filter(({ index }) => !indices.some((other) => other.index === index));
  return sum(
    places.map((place): Summand => {
      const deltas = free.map(({ index, dim }): Factor => [delta(index, place.get(index)!, dim), Q.one]);
      return [
        Q.one,
        product(
          coefficient,
          [...deltas, ...factors.map(([f, e]): Factor => [spelledProducts(rename(f, place)), e])],
          left,
        ),
      ];
    }),
  );
}

/** All positions of some indices; undefined where there are too many, or nobody knows how many. */
function everyPlace(indices: readonly Bound[]): readonly ReadonlyMap<Index, Index>[] | undefined {
  let places: readonly ReadonlyMap<Index, Index>[] = [new Map()];
  for (const { index, dim } of indices) {
    const size = knownSize(dim);
    if (size === undefined || places.length * size > mostFactors ** 2) return undefined;
    places = places.flatMap((place) => Array.from({ length: size }, (_, n) => new Map([...place, [index, -1 - n]])));
  }
  return places;
}

const workOut: NativeRule = { ...native['a matrix of numbers worked out'], apply: workedOut };

/** With more rows a cofactor is too long a sum. */
const mostRows = 4;

/** det, inv, adj and logdet of a matrix whose entries are all known. */
function workedOut(t: Term): Term {
  const made = mapAll(t, workedOut);
  if (made.node.kind !== 'operation') return made;
  const { op, body, bound, outs } = openOperation(made as Term & { node: OperationNode });
  const known = op === 'det' || op === 'logdet' || op === 'inv' || op === 'adj' ? knownEntries(body, bound) : undefined;
  if (!known) return made;
  const det = determinant(known);
  if (op === 'det') return det;
  if (op === 'logdet') return apply('log', [apply('abs', [det])]);
  if (op === 'inv' && isZero(det))
    return refuse({
      kind: 'value',
      message: 'a singular matrix has no inverse, and this matrix is singular at the point',
    });
  const [rows, columns] = bound as readonly [Bound, Bound];
  return sum(
    known.flatMap((row, r) =>
      row.map((_, c): Summand => {
        const entry = cofactor(known, c, r);
        return [
          Q.one,
          times(
            delta(outs[0]!, -(r + 1), rows.dim),
            delta(outs[1]!, -(c + 1), columns.dim),
            op === 'inv' ? divide(entry, det) : entry,
          ),
        ];
      }),
    ),
  );
}

type Entries = readonly (readonly Term[])[];
const determinant = (entries: Entries): Term =>
  entries.length === 0
    ? times()
    : sum(entries[0]!.map((entry, c): Summand => [Q.one, times(entry, cofactor(entries, 0, c))]));
/** The determinant of what is left without this row and column, signed as a chessboard is. */
function cofactor(entries: Entries, r: number, c: number): Term {
  const left = entries.filter((_, i) => i !== r).map((row) => row.filter((_, j) => j !== c));
  return scale((r + c) % 2 === 0 ? Q.one : Q.minusOne, determinant(left));
}

/** The entries as numbers; undefined where one is none, or where there are too many. */
function knownEntries(body: Term, bound: readonly Bound[]): Entries | undefined {
  const [rows, columns] = bound as readonly [Bound, Bound];
  const size = sizeOf(rows.dim);
  if (size === undefined || size > mostRows) return undefined;
  const positions = Array.from({ length: size }, (_, n) => -(n + 1));
  const entries = positions.map((r) =>
    positions.map((c) =>
      rename(
        body,
        new Map([
          [rows.index, r],
          [columns.index, c],
        ]),
      ),
    ),
  );
  return entries.every((row) => row.every((entry) => symbolsIn(entry).size === 0)) ? entries : undefined;
}

// ---- positions said by names
// With y one-hot at o, delta(i,o) is y[i] and U[o,:] is y'*U: readers of the answer know y, so it speaks of y.

export function positionsAsNames(world: World): (t: Term) => Chain {
  const { variables } = world.checked;
  const known = new Map<Index, TermSymbol>();
  for (const { name, at } of variables.values())
    if (at?.kind === 'name') known.set(world.index(at.name), world.symbol(name)!);
  if (known.size === 0) return (start) => ({ start, rewrites: [], term: start });
  const row = (t: Term): Term => {
    const slot = t.at.findIndex((index) => known.has(index));
    const symbol = slot < 0 || t.at.length !== 2 || t.at[0] === t.at[1] ? undefined : known.get(t.at[slot]!)!;
    const dim = t.node.slots[slot];
    if (!symbol || !dim || symbol.dims[0] !== dim || t.at.some((index) => index < 0)) return t;
    const index = freshIndex();
    const moved = place(
      t.node,
      t.at.map((at, n) => (n === slot ? index : at)),
    );
    return contract([moved, symbolTerm(symbol, [index])], [{ index, dim }]);
  };
  const visit = (t: Term): Term => {
    if (t.node.kind === 'symbol') return row(t);
    if (t.node.kind !== 'delta') return mapAll(t, visit);
    const position = t.at.find((index) => known.has(index));
    const symbol = position === undefined ? undefined : known.get(position)!;
    const other = t.at.find((index) => index !== position);
    return symbol && other !== undefined && symbol.dims[0] === t.node.slots[0] ? symbolTerm(symbol, [other]) : t;
  };
  const rule: NativeRule = { ...native['a position known by its name'], apply: visit };
  return (start) => {
    const term = visit(start);
    return { start, rewrites: same(term, start) ? [] : [rewriteBy(rule, start, term)], term };
  };
}
