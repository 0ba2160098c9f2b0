/** The sign of a term, quadratic forms and determinants included; what is plain to see is in terms/. */
import * as Q from '../basics/rational.ts';
import { openOperation, partsOf, product, summandsOf } from '../terms/construct.ts';
import type { Bound, Factor, OperationNode, Term } from '../terms/node.ts';
import { added, multiplied, raised, scaled, type Sign, signOf } from '../terms/sign.ts';
import { symbolsIn } from '../terms/substitute.ts';
import { argumentOf, definiteness, skewness } from './definite.ts';
import { isUnchangedByTransposing, type Matrix, opened } from './matrix.ts';
import { byFact, byStructure, inferred, type Reason } from './reason.ts';

export interface KnownSign {
  readonly sign: Sign;
  readonly because: Reason;
}
const deepest = 12;

/** The facts of the names in a term, which its sign may rest on. */
function plainly(t: Term): Reason {
  const [stated] = [...symbolsIn(t)].flatMap(({ name, facts }) => [...facts].map((fact) => byFact(fact, name)));
  return stated ?? byStructure('the ranges of its parts');
}
const unknown: KnownSign = { sign: 'unknown', because: byStructure('nothing is known') };

export function signFor(t: Term, depth = 0): KnownSign {
  const sign = signOf(t);
  if (sign !== 'unknown' || depth > deepest) return { sign, because: plainly(t) };
  const { node } = t;
  switch (node.kind) {
    case 'symbol': {
      const open = opened(t);
      return open ? signFor(open, depth + 1) : unknown;
    }
    case 'sum': {
      const parts = summandsOf(t).map(([c, s]): KnownSign => {
        const part = signFor(s, depth + 1);
        return { ...part, sign: scaled(part.sign, c) };
      });
      return together(parts, parts.map((part) => part.sign).reduce(added));
    }
    case 'product':
      return node.bound.length > 0 ? ofContraction(t, depth) : ofProduct(t, depth);
    case 'operation':
      return node.op === 'det' ? ofDeterminant(t, depth) : unknown;
    default:
      return unknown;
  }
}
const together = (parts: readonly KnownSign[], sign: Sign): KnownSign =>
  sign === 'unknown'
    ? unknown
    : { sign, because: parts.find((part) => part.because.kind === 'inference')?.because ?? parts[0]!.because };

function ofProduct(t: Term, depth: number): KnownSign {
  const { coefficient, factors } = partsOf(t);
  const parts = factors.map(([f, e]): KnownSign => {
    const part = signFor(f, depth + 1);
    return { ...part, sign: raised(part.sign, e) };
  });
  return together(parts, scaled(parts.map((part) => part.sign).reduce(multiplied), coefficient));
}

function ofDeterminant(t: Term, depth: number): KnownSign {
  const { bound } = openOperation(t as Term & { node: OperationNode });
  const found = bound.length === 2 ? definiteness(argumentOf(t), depth + 1) : undefined;
  if (!found) return unknown;
  return {
    sign: found.isStrict ? 'positive' : 'nonnegative',
    because: inferred('determinant of a definite matrix', found.because),
  };
}

/** x'*S*x, tr(A'*S*A), norm2(A*x)^2: at least 0 where S is semidefinite. */
function ofContraction(t: Term, depth: number): KnownSign {
  const { coefficient, factors, bound } = partsOf(t);
  for (const link of factors) {
    const found = asForm(link, coefficient, factors, bound, depth);
    if (found) return found;
  }
  // Over one of its indices it may be a sum of squares.
  if (bound.length > mostBound) return unknown;
  for (const center of bound) {
    const part = signFor(
      product(
        coefficient,
        factors,
        bound.filter((b) => b !== center),
      ),
      depth + 3,
    );
    if (part.sign !== 'unknown' && part.sign !== 'nonzero') return part;
  }
  return unknown;
}
const mostBound = 6;

/** sum over k, l of L[k,l]*R[k,l], both semidefinite. */
function asForm(
  link: Factor,
  coefficient: Q.Rational,
  factors: readonly Factor[],
  bound: readonly Bound[],
  depth: number,
): KnownSign | undefined {
  const inner = bound.filter(({ index }) => link[0].at.includes(index));
  const [row, column] = inner;
  if (inner.length !== 2 || !row || !column || row.dim !== column.dim || !Q.isOne(link[1])) return undefined;
  const sides = { rows: [row], columns: [column] };
  const others = factors.filter((f) => f !== link);
  const unspent = bound.filter((b) => !inner.includes(b));
  const left: Matrix = { term: link[0], ...sides };
  const right: Matrix = { term: product(coefficient, others, unspent), ...sides };
  const skew = isUnchangedByTransposing(right) ? skewness(left, depth + 1) : undefined;
  if (skew) return { sign: 'zero', because: inferred('skew form', skew) };
  const own = definiteness(left, depth + 1);
  const rest = own && definiteness(right, depth + 1);
  return rest && { sign: 'nonnegative', because: inferred('quadratic form', own.because, rest.because) };
}
