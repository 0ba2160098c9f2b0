/** cos(t)*(a*cos(t) + b) + sin(t)*(a*sin(t) + c) is a + b*cos(t) + c*sin(t): squares of cosine and sine that stand apart, inside of other sums. */
import * as Q from '../basics/rational.ts';
import { keyOf, partsOf, product, sum, summandsOf } from '../terms/construct.ts';
import type { Factor, Summand, Term } from '../terms/node.ts';

/** A square that shows once a factor is multiplied into a sum beside it: coefficient * cofactor * fn(u)^2. */
interface Square {
  readonly fn: 'cos' | 'sin';
  /** Of what, and of what cofactor: where both agree for cos and sin the squares add up to 1. */
  readonly key: string;
  readonly coefficient: Q.Rational;
  readonly cofactor: Term;
  /** The summand that it comes from, and what is left of that without it. */
  readonly from: number;
  readonly rest: Summand;
}

export function squaresOfWaves(t: Term): Term | undefined {
  if (t.node.kind !== 'sum') return undefined;
  const summands = summandsOf(t);
  const squares = summands.flatMap((summand, n) => squaresIn(summand, n));
  for (const cosine of squares.filter(({ fn }) => fn === 'cos')) {
    const sine = squares.find(
      ({ fn, key, coefficient, from }) =>
        fn === 'sin' && key === cosine.key && Q.equal(coefficient, cosine.coefficient) && from !== cosine.from,
    );
    if (!sine) continue;
    const others = summands.filter((_, n) => n !== cosine.from && n !== sine.from);
    return sum([...others, cosine.rest, sine.rest, [cosine.coefficient, cosine.cofactor]]);
  }
  return undefined;
}

function squaresIn([c, s]: Summand, from: number): readonly Square[] {
  const { coefficient, factors, bound } = partsOf(s);
  if (bound.length > 0) return [];
  const found: Square[] = [];
  const whole = Q.times(c, coefficient);
  for (const wave of factors) {
    const fn = waveOf(wave);
    if (!fn) continue;
    const others = factors.filter((f) => f !== wave);
    // Squared already: what is left of it is nothing.
    if (Q.equal(wave[1], Q.rational(2))) {
      const cofactor = product(Q.one, others, []);
      found.push({ fn, key: keyWith(wave, cofactor), coefficient: whole, cofactor, from, rest: [Q.zero, s] });
    }
    for (const beside of others) {
      if (beside[0].node.kind !== 'sum' || !Q.isOne(beside[1]) || !Q.isOne(wave[1])) continue;
      const inner = summandsOf(beside[0]);
      inner.forEach(([d, part], k) => {
        const parts = partsOf(part);
        const met = parts.factors.find(([f, e]) => keyOf(f) === keyOf(wave[0]) && Q.isOne(e));
        if (!met || parts.bound.length > 0) return;
        const outside = others.filter((f) => f !== beside);
        const cofactor = product(Q.one, [...outside, ...parts.factors.filter((f) => f !== met)], []);
        const left = sum(inner.filter((_, n) => n !== k));
        found.push({
          fn,
          key: keyWith(wave, cofactor),
          coefficient: Q.times(whole, Q.times(d, parts.coefficient)),
          cofactor,
          from,
          rest: [whole, product(Q.one, [wave, ...outside, [left, Q.one]], [])],
        });
      });
    }
  }
  return found;
}
const waveOf = ([{ node }]: Factor): 'cos' | 'sin' | undefined =>
  node.kind === 'apply' && (node.fn === 'cos' || node.fn === 'sin') ? node.fn : undefined;
/** The argument of the wave and the cofactor; cos(u) and sin(u) have the same. */
function keyWith([wave]: Factor, cofactor: Term): string {
  const { node, at } = wave;
  const argument = node.kind === 'apply' ? node.args[0]!.node.id : 0;
  return `${argument}[${at.join()}] ${keyOf(cofactor)}`;
}
