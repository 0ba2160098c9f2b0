/** sin and cos of sums and of multiples, taken apart. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { apply, minus, negate, number, piSymbol, plus, scale, summandsOf, times } from '../terms/construct.ts';
import type { Term } from '../terms/node.ts';
import type { Log } from './laws.ts';

const mostTurns = 6;

interface Wave {
  readonly sin: Term;
  readonly cos: Term;
}
export function wave(fn: 'sin' | 'cos', arg: Term, log: Log): Term {
  const summands = summandsOf(arg);
  const parts = summands.flatMap(([c, s]) => turns(c, s));
  if (parts.length === 0 || parts.length > mostTurns) return apply(fn, [arg]);
  if (parts.length === 1) return parts[0]![fn];
  log('the sine and cosine of a sum');
  const whole = parts.reduce((a, b) => ({
    sin: plus(times(a.sin, b.cos), times(a.cos, b.sin)),
    cos: minus(times(a.cos, b.cos), times(a.sin, b.sin)),
  }));
  return whole[fn];
}
const quarterSine = (n: number): Term => number(Q.rational([0, 1, 0, -1][n % 4]!));

/** 3*x is x + x + x; multiples of a right angle are known. */
function turns(c: Rational, s: Term): readonly Wave[] {
  const quarters = Q.times(c, Q.rational(2));
  if (s.node.kind === 'symbol' && s.node.symbol === piSymbol && Q.isInteger(quarters)) {
    const quarter = Number(((quarters.n % 4n) + 4n) % 4n);
    return [{ sin: quarterSine(quarter), cos: quarterSine(quarter + 1) }];
  }
  const size = Q.isInteger(c) ? Q.one : Q.absolute(c);
  const angle = scale(size, s);
  const count = Q.isInteger(c) ? Number(Q.absolute(c).n) : 1;
  const sin = apply('sin', [angle]);
  const single: Wave = { sin: Q.isNegative(c) ? negate(sin) : sin, cos: apply('cos', [angle]) };
  return Array.from({ length: Math.min(count, mostTurns + 1) }, () => single);
}
