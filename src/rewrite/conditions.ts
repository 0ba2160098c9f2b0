/** Sums under conditions that face each other: over i < j and over i > j it is the sum over i != j. */
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimSum, fixed } from '../shape/dim.ts';
import { blockParts, guard, keyOf, one, partsOf, product, sum, summandsOf, times } from '../terms/construct.ts';
import type { Factor, GuardNode, Summand, Term } from '../terms/node.ts';
import { isPolynomial } from '../terms/substitute.ts';

/** Summands that differ in such a condition only, as one without it. */
export function facingConditions(t: Term): Term | undefined {
  let term = t;
  for (let next = onePair(t); next; next = onePair(term)) term = next;
  return term === t ? undefined : term;
}
function onePair(t: Term): Term | undefined {
  if (t.node.kind !== 'sum') return undefined;
  const summands = summandsOf(t);
  const present = new Map(summands.map((summand) => [keyOf(summand[1]), summand]));
  for (const [c, s] of summands)
    for (const { condition, others, under } of conditionsIn(s)) {
      const hasValue = others.every(([f, e]) => isPolynomial(product(Q.one, [[f, e]], [])));
      for (const { facing, together } of pairs(condition, hasValue)) {
        const [only, more] = summandsOf(under(facing));
        const met = only && !more ? present.get(keyOf(only[1])) : undefined;
        if (!met || met[1] === s || !Q.equal(met[0], Q.times(c, only![0]))) continue;
        return sum([
          ...summands.filter(([, other]) => other !== s && other !== met[1]),
          ...together.map(([d, by]): Summand => [Q.times(c, d), under(by)]),
        ]);
      }
    }
  return undefined;
}

interface Conditional {
  readonly condition: Term;
  /** What stands beside it. */
  readonly others: readonly Factor[];
  /** The whole with something else for the condition. */
  readonly under: (by: Term) => Term;
}
/** The conditions among its factors, and among those of sums that are factors. */
function conditionsIn(t: Term): readonly Conditional[] {
  const { coefficient, factors, bound } = partsOf(t);
  return factors.flatMap((factor): readonly Conditional[] => {
    const [f, exponent] = factor;
    const others = factors.filter((other) => other !== factor);
    const under = (by: Term): Term => product(coefficient, [...others, [by, Q.one]], bound);
    if (f.node.kind === 'guard') return f.node.relation === 'at-least' ? [{ condition: f, others, under }] : [];
    if (f.node.kind !== 'product' || !Q.isOne(exponent)) return [];
    return conditionsIn(f).map((inner) => ({ ...inner, under: (by) => under(inner.under(by)) }));
  });
}

interface Pair {
  readonly facing: Term;
  /** What the two are together. */
  readonly together: readonly Summand[];
}
/**
 * The condition says that v = i - j + offset is at least 1. The other one may begin right below it, one further down, so that v = 0
 * is left out (`hasValue`: the summand exists there, too), or one further up, so that v = 1 stands there twice.
 */
function pairs(condition: Term, hasValue: boolean): readonly Pair[] {
  const { offset } = condition.node as GuardNode;
  const parts = blockParts(condition);
  const turned = parts.map((part) => ({ ...part, coefficient: -part.coefficient }));
  const atMost = (v: number): Term => guard('at-least', turned, dimDifference(fixed(v + 1), offset));
  const atLeast = (v: number): Term => guard('at-least', parts, by(offset, 1 - v));
  const apart: readonly Summand[] = hasValue
    ? [
        [Q.one, one],
        [Q.minusOne, times(atLeast(0), atMost(0))],
      ]
    : [[Q.one, guard('unequal', parts, offset)]];
  const twice: readonly Summand[] = [
    [Q.one, one],
    [Q.one, times(atLeast(1), atMost(1))],
  ];
  return [
    { facing: atMost(0), together: [[Q.one, one]] },
    { facing: atMost(-1), together: apart },
    { facing: atMost(1), together: twice },
  ];
}
const by = (dim: Dim, n: number): Dim => dimSum(dim, fixed(n));
