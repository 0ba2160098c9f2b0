/** The sign of a term, quadratic forms and determinants included; what is plain to see is in terms/. */
import * as Q from '../basics/rational.ts';
import { type FactRecord, factRecords, factThat } from '../syntax/facts.ts';
import { isOne, negate, openOperation, partsOf, product, sum, summandsOf, times } from '../terms/construct.ts';
import type { Bound, Factor, Index, Node, Operation, OperationNode, Summand, Term } from '../terms/node.ts';
import { added, both, multiplied, raised, scaled, type Sign, signOf } from '../terms/sign.ts';
import { symbolsIn } from '../terms/substitute.ts';
import { argumentOf, type Definiteness, definiteness, skewness, statedOf } from './definite.ts';
import { integrality } from './integer.ts';
import { isUnchangedByTransposing, type Matrix, multiplied as productOf, opened } from './matrix.ts';
import { byFact, byStructure, inferred, type Reason } from './reason.ts';
import { factorsOf, quadraticForm } from './quadratic.ts';

export interface KnownSign {
  readonly sign: Sign;
  readonly because: Reason;
}

/** The facts of the names in a term, which its sign may rest on. */
function plainly(t: Term): Reason {
  const saysSign = ({ entries, within, definite }: FactRecord): boolean => Boolean(entries ?? within ?? definite);
  const [stated] = [...symbolsIn(t)].flatMap(({ name, facts }) => {
    const fact = factThat(facts, saysSign);
    return fact ? [byFact(fact, name)] : [];
  });
  return stated ?? byStructure('the ranges of its parts');
}
const unknown: KnownSign = { sign: 'unknown', because: byStructure('nothing is known') };

const known = new WeakMap<Node, KnownSign>();

export function signFor(t: Term): KnownSign {
  const sign = signOf(t);
  if (sign === 'positive' || sign === 'negative' || sign === 'zero') return { sign, because: plainly(t) };
  const found = lookedInto(t);
  const whole = both(sign, found.sign);
  return { sign: whole, because: whole === sign ? plainly(t) : found.because };
}
function lookedInto(t: Term): KnownSign {
  const { node, at } = t;
  // At two equal indices a name or an inverse is read on its diagonal: that is not remembered for the node.
  if (node.kind === 'symbol' || isOnDiagonal(at)) return compute(t);
  let found = known.get(node);
  if (!found) known.set(node, (found = compute(t)));
  return found;
}
const isOnDiagonal = (at: readonly Index[]): boolean => at.length === 2 && at[0] === at[1];
function compute(t: Term): KnownSign {
  const { node } = t;
  switch (node.kind) {
    case 'symbol': {
      const open = opened(t);
      return open ? signFor(open) : unknown;
    }
    case 'sum': {
      const parts = summandsOf(t).map(([c, s]): KnownSign => {
        const part = signFor(s);
        return { ...part, sign: scaled(part.sign, c) };
      });
      const whole = together(parts, parts.map((part) => part.sign).reduce(added));
      if (whole.sign !== 'unknown') return whole;
      if (isOdd(t)) return { sign: 'nonzero', because: byStructure('an odd number') };
      const quadratic = ofQuadratic(t);
      if (quadratic.sign !== 'unknown') return quadratic;
      const written = ofQuadratic(distributed(t));
      return written.sign === 'unknown' ? withoutDivisors(t) : written;
    }
    case 'product':
      return node.bound.length > 0 ? ofContraction(t) : ofProduct(t);
    case 'operation':
      return ofOperation(t, node.op);
    default:
      return unknown;
  }
}
const together = (parts: readonly KnownSign[], sign: Sign): KnownSign =>
  sign === 'unknown'
    ? unknown
    : { sign, because: parts.find((part) => part.because.kind === 'inference')?.because ?? parts[0]!.because };

function ofProduct(t: Term): KnownSign {
  const { coefficient, factors } = partsOf(t);
  const parts = factors.map(([f, e]): KnownSign => {
    const part = signFor(f);
    return { ...part, sign: raised(part.sign, e) };
  });
  return together(parts, scaled(parts.map((part) => part.sign).reduce(multiplied), coefficient));
}

function ofOperation(t: Term, op: Operation): KnownSign {
  switch (op) {
    case 'det':
      return ofDeterminant(t);
    case 'inv':
      return ofInverse(t);
    case 'eigvals':
    case 'eigmax':
    case 'eigmin':
      return ofEigenvalue(t);
    case 'chol':
      return isOnDiagonal(t.at)
        ? { sign: 'positive', because: byStructure('the diagonal of a Cholesky factor') }
        : unknown;
    default:
      return unknown;
  }
}
/** The least one tells. */
function ofEigenvalue(t: Term): KnownSign {
  const found = definiteness(argumentOf(t));
  if (!found) return unknown;
  return {
    sign: found.isStrict ? 'positive' : 'nonnegative',
    because: inferred('eigenvalues of a definite matrix', found.because),
  };
}

function ofDeterminant(t: Term): KnownSign {
  const { bound } = openOperation(t as Term & { node: OperationNode });
  const found = bound.length === 2 ? definiteness(argumentOf(t)) : undefined;
  if (!found) return unknown;
  return {
    sign: found.isStrict ? 'positive' : 'nonnegative',
    because: inferred('determinant of a definite matrix', found.because),
  };
}

/** On the diagonal of a definite inverse. */
function ofInverse(t: Term): KnownSign {
  const found = isOnDiagonal(t.at) ? definiteness(argumentOf(t)) : undefined;
  return found ? { sign: 'positive', because: inferred('definite inverse', found.because) } : unknown;
}

/** x^2 - 2*x*y + 2*y^2 is never negative: written with a matrix, which elimination shows to be semidefinite. */
function ofQuadratic(t: Term): KnownSign {
  const signOfPart = (part: Term): Sign => signFor(part).sign;
  const found = quadraticForm(t, signOfPart);
  if (found) return { sign: found, because: inferred('sum of squares') };
  const opposite = quadraticForm(negate(t), signOfPart);
  return opposite ? { sign: scaled(opposite, Q.minusOne), because: inferred('sum of squares') } : unknown;
}

/** x*(x + 2) + 1 is x^2 + 2*x + 1: products of two factors alone make a quadratic polynomial. */
function distributed(t: Term): Term {
  const summands = summandsOf(t).map(([c, s]): Summand => {
    const sides = factorsOf(s);
    if (sides?.length !== 2) return [c, s];
    const [left, right] = sides.map(summandsOf) as [readonly Summand[], readonly Summand[]];
    return [c, sum(left.flatMap(([a, x]) => right.map(([b, y]): Summand => [Q.times(a, b), times(x, y)])))];
  });
  return sum(summands);
}

/** 2*y - 1 of an integer y. */
function isOdd(t: Term): boolean {
  const isEven = (c: Q.Rational): boolean => c.n % 2n === 0n;
  const summands = summandsOf(t);
  return (
    summands.some(([, s]) => isOne(s)) &&
    summands.every(([c, s]) => Q.isInteger(c) && (isOne(s) ? !isEven(c) : isEven(c) && integrality(s) !== undefined))
  );
}

/** 1 - x/(x + y) has the sign of x + y - x, for positive x + y. */
function withoutDivisors(t: Term): KnownSign {
  const divisors = summandsOf(t).flatMap(([, s]) => partsOf(s).factors.filter(([, e]) => Q.isNegative(e)));
  const positive = divisors.find(([f]) => signOf(f) === 'positive');
  if (!positive) return unknown;
  const [base, e] = positive;
  const raised = product(Q.one, [[base, Q.negated(e)]], []);
  return signFor(sum(summandsOf(t).map(([c, s]) => [c, times(s, raised)])));
}

/** x'*S*x, tr(A'*S*A), norm2(A*x)^2: at least 0 where S is semidefinite. */
function ofContraction(t: Term): KnownSign {
  const { factors, bound } = partsOf(t);
  const some = somewherePositive(factors, bound);
  if (some) return { sign: 'positive', because: some };
  for (const link of factors) {
    const found = asForm(link, factors, bound);
    if (found) return found;
  }
  // Over one of its indices it may be a sum of squares.
  if (bound.length > mostBound) return unknown;
  for (const center of bound) {
    const others = bound.filter((b) => b !== center);
    const part = signFor(productOf(factors, others));
    if (part.sign !== 'unknown' && part.sign !== 'nonzero') return part;
  }
  return unknown;
}
const mostBound = 6;

/** p'*x with a probability vector p and a positive x: no entry is negative, and not all of them are 0. */
function somewherePositive(factors: readonly Factor[], bound: readonly Bound[]): Reason | undefined {
  const signs = factors.map(([term, e]) => ({ term, sign: raised(signFor(term).sign, e) }));
  const [only, ...others] = signs.filter(({ sign }) => sign !== 'positive');
  if (only?.sign !== 'nonnegative' || others.length > 0) return undefined;
  const { node, at } = only.term;
  if (node.kind !== 'symbol' || new Set(at).size !== at.length) return undefined;
  const isBound = (index: Index): boolean => bound.some((b) => b.index === index);
  const inRows = isBound(at.at(-1)!) ? statedOf(node, (fact) => fact === factRecords.stochastic) : undefined;
  const stated = inRows ?? (at.every(isBound) ? statedOf(node, (fact) => fact === factRecords.nonzero) : undefined);
  return stated && inferred('nonnegative and not zero', stated);
}

/** sum over k, l of L[k,l]*R[k,l], both semidefinite. */
function asForm(link: Factor, factors: readonly Factor[], bound: readonly Bound[]): KnownSign | undefined {
  const inner = bound.filter(({ index }) => link[0].at.includes(index));
  // Other than two of one size are no square matrix, of which nothing is known.
  const sides = { rows: inner.slice(0, 1), columns: inner.slice(1) };
  const others = factors.filter((f) => f !== link);
  const unspent = bound.filter((b) => !inner.includes(b));
  const left: Matrix = { term: productOf([link]), ...sides };
  const right: Matrix = { term: productOf(others, unspent), ...sides };
  const skew = isUnchangedByTransposing(right) ? skewness(left) : undefined;
  if (skew) return { sign: 'zero', because: inferred('skew form', skew) };
  const own = definiteness(left);
  const rest = own && definiteness(right);
  if (!rest) return undefined;
  // tr(S*R) is 0 for a definite S only where R is.
  const isSomewhere = (m: Matrix, { isStrict }: Definiteness): boolean =>
    isStrict || signFor(m.term).sign === 'positive';
  const isPositive = (own.isStrict && isSomewhere(right, rest)) || (rest.isStrict && isSomewhere(left, own));
  return {
    sign: isPositive ? 'positive' : 'nonnegative',
    because: inferred('quadratic form', own.because, rest.because),
  };
}
