/** Everything multiplied out, for deciding equality and for cancellations that only show there. Bounded: undefined when it grows too large. */
import * as Q from '../basics/rational.ts';
import { partsOf, product, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Summand, Term } from '../terms/node.ts';

export function expanded(t: Term, most = 24): Term | undefined {
  if (t.node.kind === 'sum') {
    const parts: Summand[] = [];
    for (const [c, s] of summandsOf(t)) {
      const part = parts.length < most ? expanded(s, most) : undefined;
      if (!part) return undefined;
      parts.push([c, part]);
    }
    return bounded(sum(parts), most);
  }
  if (t.node.kind !== 'product') return t;
  const { coefficient, factors, bound } = partsOf(t);
  if (leastProducts(factors) > most) return undefined;
  let products: (readonly Factor[])[] = [[]];
  let c: Q.Rational[] = [coefficient];
  for (const [base, exponent] of factors) {
    const repeat = repeatOf(exponent);
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

const repeatOf = (exponent: Q.Rational): number =>
  Q.isInteger(exponent) && Q.isPositive(exponent) && exponent.n <= 4n ? Number(exponent.n) : 0;
/** How many products come of it at least? Known before any is made. */
const leastProducts = (factors: readonly Factor[]): number =>
  factors.reduce(
    (count, [base, e]) =>
      base.node.kind === 'sum' ? count * base.node.terms.length ** Math.min(1, repeatOf(e)) : count,
    1,
  );

const bounded = (t: Term, most: number): Term | undefined => (summandsOf(t).length <= most ? t : undefined);
