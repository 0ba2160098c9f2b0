/** Everything multiplied out, for deciding equality and for cancellations that only show there. Bounded: undefined when it grows too large. */
import * as Q from '../basics/rational.ts';
import { partsOf, product, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Summand, Term } from '../terms/node.ts';

export function expanded(t: Term, most = 24): Term | undefined {
  if (t.node.kind === 'sum') {
    const parts = summandsOf(t).map(([c, s]): readonly [Q.Rational, Term | undefined] => [c, expanded(s, most)]);
    return parts.every((p): p is readonly [Q.Rational, Term] => p[1] !== undefined) && parts.length <= most
      ? bounded(sum(parts), most)
      : undefined;
  }
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  let products: (readonly Factor[])[] = [[]];
  let c: Q.Rational[] = [coefficient];
  for (const [base, exponent] of factors) {
    const repeat = Q.isInteger(exponent) && Q.isPositive(exponent) && exponent.n <= 4n ? Number(exponent.n) : 0;
    const inner =
      repeat > 0 && (base.node.kind === 'sum' || (base.node.kind === 'product' && base.node.bound.length > 0))
        ? expanded(base, most)
        : undefined;
    if (!inner || (inner.node.kind !== 'sum' && repeat !== 1)) {
      products = products.map((p) => [...p, [base, exponent] as Factor]);
      continue;
    }
    for (let n = 0; n < repeat; n++) {
      const summands = summandsOf(inner);
      if (products.length * summands.length > most) return undefined;
      const next = products
        .map((p, k) => summands.map(([d, s]) => ({ factors: [...p, [s, Q.one] as Factor], c: Q.times(c[k]!, d) })))
        .flat();
      products = next.map(({ factors }) => factors);
      c = next.map((entry) => entry.c);
    }
  }
  return bounded(sum(products.map((p, k): Summand => [Q.one, product(c[k]!, p, bound)])), most);
}

const bounded = (t: Term, most: number): Term | undefined => (summandsOf(t).length <= most ? t : undefined);
