/** exp, log and |.| of what is added or multiplied, taken apart. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import {
  apply,
  argumentsOf,
  isOne,
  keyOf,
  number,
  partsOf,
  power,
  primitiveOf,
  product,
  scale,
  sum,
  summandsOf,
  times,
} from '../terms/construct.ts';
import type { ApplyNode, Factor, Summand, Term } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { multipliedOut } from './multiply-out.ts';
import type { IsPositive } from './positive.ts';
import { wave } from './waves.ts';

/** Says which law has been used. */
export type Log = (law: string) => void;

export function takenApart(t: Term, isPositive: IsPositive, log: Log): Term {
  if (t.node.kind !== 'apply') return t;
  if (t.node.fn === 'power') return raisedBy(t, isPositive, log);
  if (t.node.args.length !== 1) return t;
  const arg = multipliedOut(argumentsOf(t as Term & { node: ApplyNode })[0]!);
  switch (t.node.fn) {
    case 'exp':
      return exponential(arg, log);
    case 'log':
      return logarithm(arg, isPositive, log);
    case 'abs':
      return absolute(arg, isPositive, log);
    case 'sin':
    case 'cos':
      return wave(t.node.fn, arg, log);
    default:
      return t;
  }
}

const innerOf = (t: Term, fn: string): Term | undefined =>
  t.node.kind === 'apply' && t.node.fn === fn ? argumentsOf(t as Term & { node: ApplyNode })[0] : undefined;

// ---- exp

function exponential(arg: Term, log: Log): Term {
  const summands = summandsOf(arg);
  if (summands.length > 1) log('exp(a + b) = exp(a)*exp(b)');
  return times(
    ...summands.map(([c, s]): Term => {
      const inside = innerOf(s, 'log');
      if (!inside) return power(apply('exp', [s]), c);
      log('exp(c*log(a)) = a^c');
      return power(inside, c);
    }),
  );
}

/** x^n, n a size or a name. */
function powerOf(t: Term): readonly [base: Term, exponent: Term] | undefined {
  if (t.node.kind !== 'apply' || t.node.fn !== 'power') return undefined;
  return argumentsOf(t as Term & { node: ApplyNode }) as [Term, Term];
}

/** x^y for positive x. */
function raisedBy(t: Term, isPositive: IsPositive, log: Log): Term {
  const [base, exponent] = powerOf(t) as [Term, Term];
  if (!isPositive(base)) return t;
  log('x^y = exp(y*log(x)) for positive x');
  return exponential(multipliedOut(times(exponent, logarithm(base, isPositive, log))), log);
}

// ---- log

function logarithm(arg: Term, isPositive: IsPositive, log: Log): Term {
  const { coefficient, factors, bound } = partsOf(withoutContent(arg, isPositive));
  if (bound.length > 0) return apply('log', [arg]);
  // The logarithm exists, so no factor is zero.
  const isAbove = (base: Term): boolean => isPositive(base) || signOf(base) === 'nonnegative';
  const summands: Summand[] = [];
  const stay: Factor[] = [];
  for (const [base, e] of factors) {
    const inside = innerOf(base, 'exp');
    const raised = powerOf(base);
    if (inside) summands.push([e, inside]);
    else if (raised && isAbove(raised[0])) summands.push([e, times(raised[1], apply('log', [raised[0]]))]);
    else if (isAbove(base)) summands.push([e, apply('log', [base])]);
    else if (isEven(e)) summands.push([e, apply('log', [apply('abs', [base])])]);
    else stay.push([base, e]);
  }
  if (Q.isPositive(coefficient)) summands.push(...logOfNumber(coefficient));
  const rest = product(Q.isPositive(coefficient) ? Q.one : coefficient, stay, []);
  if (summands.length === 0) return apply('log', [arg]);
  if (summands.length > 1 || !isOne(rest)) log('log(a*b) = log(a) + log(b)');
  return sum([...summands, [Q.one, apply('log', [rest])]]);
}
const isEven = (e: Rational): boolean => Q.isInteger(e) && e.n % 2n === 0n;

function logOfNumber({ n, d }: Rational): readonly Summand[] {
  const summands: Summand[] = [];
  for (const [value, sign] of [
    [n, Q.one],
    [d, Q.minusOne],
  ] as const) {
    let rest = value;
    for (let p = 2n; p < 1000n && p * p <= rest; p++)
      for (; rest % p === 0n; rest /= p) summands.push([sign, apply('log', [number(Q.rational(p))])]);
    if (rest !== 1n) summands.push([sign, apply('log', [number(Q.rational(rest))])]);
  }
  return summands;
}

/** a/b + a is (a/b)*(1 + b), for positive a and b: what all summands share comes out with its least exponent. */
function withoutContent(t: Term, isPositive: IsPositive): Term {
  if (t.node.kind !== 'sum') return t;
  const [content, primitive] = primitiveOf(t, false);
  const summands = summandsOf(primitive);
  const exponents = summands.map(([, s]) => new Map(partsOf(s).factors.map(([f, e]) => [keyOf(f), e])));
  const bases = new Map(summands.flatMap(([, s]) => partsOf(s).factors.map(([f]) => [keyOf(f), f] as const)));
  const common = [...bases].flatMap(([key, base]): Factor[] => {
    const least = exponents.map((map) => map.get(key) ?? Q.zero).reduce(Q.smaller);
    return Q.isZero(least) || !isPositive(base) ? [] : [[base, least]];
  });
  if (common.length === 0) return scale(content, primitive);
  const inverse = common.map(([f, e]): Factor => [f, Q.negated(e)]);
  const rest = sum(summands.map(([c, s]): Summand => [c, product(Q.one, [[s, Q.one], ...inverse], [])]));
  return product(content, [...common, [rest, Q.one]], []);
}

// ---- absolute values

function absolute(arg: Term, isPositive: IsPositive, log: Log): Term {
  if (isPositive(arg)) return arg;
  const { coefficient, factors, bound } = partsOf(arg);
  const raised = powerOf(arg);
  if (raised) return apply('power', [apply('abs', [raised[0]]), raised[1]]);
  if (bound.length > 0 || factors.length < 2) return apply('abs', [arg]);
  log('|a*b| = |a|*|b|');
  return product(
    Q.absolute(coefficient),
    factors.map(([base, e]): Factor => [absolute(base, isPositive, log), e]),
    [],
  );
}
