/** y[k]*delta(k,i) - y[k]*y[i] is y[k]*(delta(k,i) - y[i]): beside a delta both of its indices name the same entry. */
import * as Q from '../basics/rational.ts';
import { keyOf, partsOf, product, rename, sum, summandsOf } from '../terms/construct.ts';
import type { Summand, Term } from '../terms/node.ts';

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
