/**
 * An entry by cases: s[i]*(1 - s[i]) where i = j, -s[i]*s[j] elsewhere. Each case is derived from the answer: its deltas
 * are known, and what follows is simplified and logged like any other term.
 */
import type { Derivation } from './derivation.ts';
import type { ProgramEngine } from './program-engine.ts';
import { integer, nameOf } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { one, partsOf, product, rename, sum, summandsOf, zero } from '../terms/construct.ts';
import type { Factor, Index, Summand, Term } from '../terms/node.ts';
import type { Chain } from '../rewrite/rule.ts';

/** left == right, or left != right. */
export interface CaseCondition {
  readonly comparison: '==' | '!=';
  readonly left: Expression;
  readonly right: Expression;
}
export interface Case {
  readonly conditions: readonly CaseCondition[];
  readonly value: Expression;
  /** What was simplified once the conditions were known, one after the other. */
  readonly chains: readonly Chain[];
}

/** The equal case first; one case without conditions where there is nothing to distinguish. */
export function casesOf(derivation: Derivation, engine: ProgramEngine): readonly Case[] {
  return casesFrom(derivation.term, { conditions: [], chains: [] }, derivation, engine);
}

function casesFrom(
  t: Term,
  { conditions, chains }: Omit<Case, 'value'>,
  derivation: Derivation,
  engine: ProgramEngine,
): readonly Case[] {
  const names = indexNames(derivation, engine);
  const pair = namedPair(t, names);
  if (!pair) return [{ conditions, chains, value: formOf(t, derivation) }];
  const asked = namesAsked(derivation);
  const place = (index: Index): number => (names.has(index) ? asked.indexOf(names.get(index)!) : -1);
  const [first, second] =
    place(pair[1]) < 0 || (place(pair[0]) >= 0 && place(pair[0]) < place(pair[1])) ? pair : [pair[1], pair[0]];
  const [left, right] = [first, second].map((index): Expression =>
    index < 0 ? integer(-index) : nameOf(names.get(index)!),
  ) as [Expression, Expression];
  // A row is called by its known position; a single entry keeps the index that was asked for.
  const [from, to] =
    second < 0 || (place(second) < 0 && derivation.shape.kind !== 'scalar') ? [first, second] : [second, first];
  const within = (value: Term, comparison: CaseCondition['comparison']): readonly Case[] => {
    const chain = engine.simplify(value);
    const known = { conditions: [...conditions, { comparison, left, right }], chains: [...chains, chain] };
    return casesFrom(chain.term, known, derivation, engine);
  };
  return [
    ...within(rename(spelled(t, pair, one), new Map([[from, to]])), '=='),
    ...within(spelled(t, pair, zero), '!='),
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
