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
import { sizeOf } from '../shape/dim.ts';
import {
  apply,
  delta,
  divide,
  instantiate,
  isZero,
  openOperation,
  rename,
  same,
  scale,
  sum,
  times,
  contract,
  place,
  symbolTerm,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, OperationNode, Summand, Term, TermSymbol, Index } from '../terms/node.ts';
import { mentions, substitute, symbolsIn, mapAll } from '../terms/substitute.ts';

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
