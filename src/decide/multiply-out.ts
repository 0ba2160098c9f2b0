/** A term with all products of sums multiplied out; the same term where that would grow too large. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Parts, partsOf, product, rename, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Node, Summand, Term } from '../terms/node.ts';
import { open } from '../terms/substitute.ts';

const mostSummands = 400;
const largestPower = 8n;
const largestContractionPower = 4n;

export function multipliedOut(t: Term): Term {
  const memo = new Map<Node, Term>();
  const visit = (t: Term): Term => {
    if (t.node.kind !== 'sum' && t.node.kind !== 'product') return t;
    let skeleton = memo.get(t.node);
    if (!skeleton) memo.set(t.node, (skeleton = rebuilt(open(t.node), visit)));
    return rename(skeleton, new Map(t.at.map((index, slot) => [slot, index])));
  };
  return visit(t);
}

function rebuilt(t: Term, visit: (t: Term) => Term): Term {
  if (t.node.kind === 'sum') return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
  const { coefficient, factors, bound } = partsOf(t);
  const inner = factors.map(([base, e]): Factor => [visit(base), e]);
  const opened = joined({ coefficient, factors: inner, bound });
  // Contractions may have become sums inside, and selectors may have been spent.
  if (opened.node.kind !== 'product') return visit(opened);
  return distributed(opened, visit);
}

/** sum_i (sum_k Q[i,k]*x[k])^2 is one sum over i, k and l, where Q[i,k]*Q[i,l] can meet. */
function joined({ coefficient, factors, bound }: Parts): Term {
  const outer = new Set(bound.map(({ index }) => index));
  const meets = ([base, e]: Factor): boolean =>
    base.node.kind === 'product' &&
    base.node.bound.length > 0 &&
    Q.isInteger(e) &&
    e.n > 1n &&
    e.n <= largestContractionPower &&
    base.at.some((index) => outer.has(index));
  if (!factors.some(meets)) return product(coefficient, factors, bound);
  const copies = factors.flatMap((factor): readonly Parts[] =>
    meets(factor)
      ? Array.from({ length: Number(factor[1].n) }, () => partsOf(factor[0]))
      : [{ coefficient: Q.one, factors: [factor], bound: [] }],
  );
  return product(
    copies.reduce((c, copy) => Q.times(c, copy.coefficient), coefficient),
    copies.flatMap((copy) => copy.factors),
    [...bound, ...copies.flatMap((copy) => copy.bound)],
  );
}

interface Partial {
  readonly coefficient: Rational;
  readonly factors: readonly Factor[];
}

function distributed(t: Term, visit: (t: Term) => Term): Term {
  const { coefficient, factors, bound } = partsOf(t);
  let partials: readonly Partial[] = [{ coefficient, factors: [] }];
  let changed = false;
  for (const [base, e] of factors) {
    const opens = base.node.kind === 'sum' && Q.isInteger(e) && Q.isPositive(e) && e.n <= largestPower;
    if (!opens) {
      partials = partials.map((partial) => ({ ...partial, factors: [...partial.factors, [base, e]] }));
      continue;
    }
    changed = true;
    const summands = summandsOf(base);
    for (let n = 0; n < Number(e.n); n++) {
      if (partials.length * summands.length > mostSummands) return t;
      partials = collected(
        partials.flatMap((partial) =>
          summands.map(([c, s]) => ({
            coefficient: Q.times(partial.coefficient, c),
            factors: [...partial.factors, [s, Q.one] as const],
          })),
        ),
      );
    }
  }
  if (!changed) return t;
  return sum(partials.map((partial): Summand => [Q.one, again(partial, bound, visit)]));
}
/** (a + b)^3 meets a*a*b three times. */
function collected(partials: readonly Partial[]): readonly Partial[] {
  const total = sum(partials.map(({ coefficient, factors }): Summand => [coefficient, product(Q.one, factors, [])]));
  return summandsOf(total).map(([coefficient, s]) => {
    const parts = partsOf(s);
    return parts.bound.length === 0
      ? { coefficient: Q.times(coefficient, parts.coefficient), factors: parts.factors }
      : { coefficient, factors: [[s, Q.one] as const] };
  });
}
/** What has been multiplied out may cancel, and open further. */
function again({ coefficient, factors }: Partial, bound: Parts['bound'], visit: (t: Term) => Term): Term {
  const made = product(coefficient, factors, bound);
  const hasSum =
    made.node.kind === 'product' && made.node.factors.some(([f, e]) => f.node.kind === 'sum' && Q.isOne(e));
  return hasSum || (made.node.kind === 'product' && made.node.bound.length > 0) ? visit(made) : made;
}
