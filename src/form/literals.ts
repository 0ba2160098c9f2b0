/** delta(i,1)*a + delta(i,2)*b as [a; b], and [..]*r where every entry is linear in the entries of r. */
import * as Q from '../basics/rational.ts';
import { type Dim, one as unit, sizeOf } from '../shape/dim.ts';
import { partsOf, product, rename, sum, summandsOf as summandsIn } from '../terms/construct.ts';
import type { Index, Summand, Term } from '../terms/node.ts';
import { chain, type Form, literal } from './algebra.ts';
import { symbolLeaf } from './leaves.ts';
import { oriented, type Reader } from './reader.ts';

const mostEntries = 64;

export function collectLiteral(
  summands: readonly Summand[],
  indices: readonly Index[],
  dims: readonly Dim[],
  reader: Reader,
): Form | undefined {
  if (indices.length === 0) return undefined;
  const sizes = indices.map((_, n) => sizeOf(dims[n]!));
  if (!sizes.every((s): s is number => s !== undefined) || sizes.reduce((a, b) => a * b, 1) > mostEntries)
    return undefined;
  const selects = (t: Term, index: Index): boolean =>
    partsOf(t).factors.some(([f]) => f.node.kind === 'delta' && f.at.includes(index) && f.at.some((i) => i < 0));
  if (
    !summands.every(([, t]) => indices.some((index) => selects(t, index))) ||
    !indices.every((index) => summands.some(([, t]) => selects(t, index)))
  )
    return undefined;
  const whole = sum(summands);
  const entry = (...at: readonly number[]): Term => rename(whole, new Map(indices.map((index, n) => [index, -at[n]!])));
  const rows = count(sizes[0]!).map((r) =>
    indices.length === 1 ? [entry(r)] : count(sizes[1]!).map((c) => entry(r, c)),
  );
  const scalarOf = (t: Term): Form => oriented(t, undefined, undefined, reader);
  const plain = literal(rows.map((r) => r.map(scalarOf)));
  const product =
    indices.length === 1
      ? asProduct(
          rows.map(([t]) => t!),
          scalarOf,
        )
      : undefined;
  return product && reader.writer.costOf(product) < reader.writer.costOf(plain) ? product : plain;
}
const count = (n: number): readonly number[] => [...Array(n).keys()].map((k) => k + 1);

/** [r[1]*a + r[2]*b; …] as [a, b; …]*r. */
function asProduct(entries: readonly Term[], scalarOf: (t: Term) => Form): Form | undefined {
  const candidates = new Map(
    entries.flatMap((t) =>
      partsOfSum(t).flatMap(([, s]) =>
        partsOf(s).factors.flatMap(([f, e]) =>
          f.node.kind === 'symbol' && f.at.length === 1 && f.at[0]! < 0 && Q.isOne(e)
            ? [[f.node.symbol, f.node] as const]
            : [],
        ),
      ),
    ),
  );
  for (const [symbol, node] of candidates) {
    const size = sizeOf(symbol.dims[0]!);
    if (size === undefined) continue;
    const rows = entries.map((t) => coefficients(t, node, size));
    if (rows.some((r) => r === undefined)) continue;
    const { form } = symbolLeaf(symbol);
    if (form.columns !== unit) continue;
    return chain([literal((rows as Term[][]).map((r) => r.map(scalarOf))), form]);
  }
  return undefined;
}
const partsOfSum = (t: Term): readonly Summand[] => {
  const [c, s] = [Q.one, t] as const;
  return t.node.kind === 'sum' ? summandsIn(t) : [[c, s]];
};
function coefficients(t: Term, node: Term['node'], size: number): readonly Term[] | undefined {
  const found: Summand[][] = count(size).map(() => []);
  for (const [c, s] of partsOfSum(t)) {
    const { coefficient, factors } = partsOf(s);
    if (Q.isZero(coefficient)) continue;
    const entries = factors.filter(([f]) => f.node === node);
    const [only] = entries;
    if (entries.length !== 1 || !only || !Q.isOne(only[1]) || only[0].at[0]! >= 0) return undefined;
    found[-only[0].at[0]! - 1]!.push([
      Q.times(c, coefficient),
      product(
        Q.one,
        factors.filter((f) => f !== only),
        [],
      ),
    ]);
  }
  return found.map((terms) => sum(terms));
}
