/** An entry by cases: s[i]*(1 - s[i]) where i = j, -s[i]*s[j] elsewhere. */
import * as Q from '../basics/rational.ts';
import type { Derivation } from '../derive/derivation.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import { integer, nameOf } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { one, partsOf, product, rename, sum, summandsOf, zero, keyOf } from '../terms/construct.ts';
import type { Factor, Index, Summand, Term } from '../terms/node.ts';

/** left == right, or left != right. */
export interface CaseCondition {
  readonly comparison: '==' | '!=';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Case {
  readonly conditions: readonly CaseCondition[];
  readonly value: Expression;
}

/** The equal case first; one case without conditions where there is nothing to distinguish. */
export function casesOf(derivation: Derivation, engine: ProgramEngine): readonly Case[] {
  return casesFrom(derivation.term, [], derivation, engine);
}

function casesFrom(
  t: Term,
  conditions: readonly CaseCondition[],
  derivation: Derivation,
  engine: ProgramEngine,
): readonly Case[] {
  const names = indexNames(derivation, engine);
  const pair = namedPair(t, names);
  if (!pair) return [{ conditions, value: formOf(t, derivation) }];
  const asked = namesAsked(derivation);
  const place = (index: Index): number => (names.has(index) ? asked.indexOf(names.get(index)!) : -1);
  const [first, second] =
    place(pair[1]) < 0 || (place(pair[0]) >= 0 && place(pair[0]) < place(pair[1])) ? pair : [pair[1], pair[0]];
  const [left, right] = [first, second].map((index): Expression =>
    index < 0 ? integer(-index) : nameOf(names.get(index)!),
  ) as [Expression, Expression];
  const settled = (value: Term): Term => sharedOut(engine.simplify(value).term);
  // A row is called by its known position; a single entry keeps the index that was asked for.
  const [from, to] =
    second < 0 || (place(second) < 0 && derivation.shape.kind !== 'scalar') ? [first, second] : [second, first];
  const equal = settled(rename(spelled(t, pair, one), new Map([[from, to]])));
  return [
    ...casesFrom(equal, [...conditions, { comparison: '==', left, right }], derivation, engine),
    ...casesFrom(
      settled(spelled(t, pair, zero)),
      [...conditions, { comparison: '!=', left, right }],
      derivation,
      engine,
    ),
  ];
}

const namesAsked = ({ question: { expression: e }, indices }: Derivation): readonly string[] =>
  e.kind === 'subscript' ? e.indices.flatMap((i) => (i.kind === 'name' ? [i.name] : [])) : (indices ?? []);
const indexNames = ({ axes, indices }: Derivation, { world }: ProgramEngine): ReadonlyMap<Index, string> => {
  const named = new Map([...world.indexNames].map(([name, index]): [Index, string] => [index, name]));
  axes.flat().forEach(({ index }, n) => indices && named.set(index, indices[n]!));
  return named;
};
const formOf = (t: Term, { maker, shape, axes, indices }: Derivation): Expression =>
  indices
    ? maker.entry(t, new Map(axes.flat().map(({ index }, n): [Index, string] => [index, indices[n]!])))
    : maker.formOf(t, { shape, axes }).expression;

/** The first delta between indices that a reader can tell apart. */
function namedPair(t: Term, names: ReadonlyMap<Index, string>): readonly [Index, Index] | undefined {
  const isNamed = (index: Index): boolean => index < 0 || names.has(index);
  if (t.node.kind === 'delta') return t.at.every(isNamed) ? (t.at as readonly [Index, Index]) : undefined;
  if (t.node.kind === 'sum')
    return firstOf(
      summandsOf(t).map(([, s]) => s),
      names,
    );
  return t.node.kind === 'product' && t.node.bound.length === 0
    ? firstOf(
        partsOf(t).factors.map(([f]) => f),
        names,
      )
    : undefined;
}
function firstOf(terms: readonly Term[], names: ReadonlyMap<Index, string>): readonly [Index, Index] | undefined {
  for (const t of terms) {
    const pair = namedPair(t, names);
    if (pair) return pair;
  }
  return undefined;
}

/** The term with this delta known to be 1 or 0. */
function spelled(t: Term, pair: readonly [Index, Index], value: Term): Term {
  const visit = (t: Term): Term => {
    if (t.node.kind === 'delta' && t.at.every((index) => pair.includes(index))) return value;
    if (t.node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
    if (t.node.kind !== 'product' || t.node.bound.length > 0) return t;
    const { coefficient, factors } = partsOf(t);
    return product(
      coefficient,
      factors.map(([f, e]): Factor => [visit(f), e]),
      [],
    );
  };
  return visit(t);
}

// ---- shared out
// y[k]*delta(k,i) - y[k]*y[i] is y[k]*(delta(k,i) - y[i]): beside a delta both of its indices name the same entry.

/** A sum in which every summand has this factor, perhaps under another name, loses it. */
export function sharedOut(t: Term): Term {
  const parts = partsOf(t);
  const inner = t.node.kind === 'sum' ? t : parts.factors.find(([f, e]) => f.node.kind === 'sum' && Q.isOne(e))?.[0];
  if (!inner || parts.bound.length > 0) return t;
  const pulled = pullOut(inner);
  if (!pulled || t === inner) return pulled ?? t;
  return product(parts.coefficient, [...parts.factors.filter(([f]) => f !== inner), [pulled, Q.one]], []);
}

function pullOut(t: Term): Term | undefined {
  const summands = summandsOf(t);
  const plain = summands.find(([, s]) => !partsOf(s).factors.some(([f]) => f.node.kind === 'delta'));
  if (!plain || summands.length < 2) return undefined;
  for (const [candidate, e] of partsOf(plain[1]).factors.toReversed()) {
    if (!Q.isOne(e) || candidate.at.length === 0) continue;
    const rests = summands.map(([c, s]): Summand | undefined => {
      const rest = without(s, candidate);
      return rest && [c, rest];
    });
    if (rests.every((rest): rest is Summand => rest !== undefined))
      return product(
        Q.one,
        [
          [candidate, Q.one],
          [sum(rests), Q.one],
        ],
        [],
      );
  }
  return undefined;
}

function without(t: Term, factor: Term): Term | undefined {
  const { coefficient, factors } = partsOf(t);
  const names = [
    new Map<number, number>(),
    ...factors
      .filter(([f]) => f.node.kind === 'delta')
      .flatMap(([{ at }]) => [new Map([[at[0]!, at[1]!]]), new Map([[at[1]!, at[0]!]])]),
  ];
  const n = factors.findIndex(
    ([f, e]) =>
      Q.isOne(e) &&
      f.node.kind !== 'delta' &&
      names.some((map) => keyOf(rename(f, map)) === keyOf(rename(factor, map))),
  );
  return n < 0
    ? undefined
    : product(
        coefficient,
        factors.filter((_, k) => k !== n),
        [],
      );
}
