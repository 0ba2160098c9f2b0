/** The sign of a term, quadratic forms and determinants included; what is plain to see is in terms/. */
import * as Q from '../basics/rational.ts';
import { type FactRecord, factThat } from '../syntax/facts.ts';
import { openOperation, partsOf, product, summandsOf } from '../terms/construct.ts';
import type { Bound, Factor, Node, OperationNode, Term } from '../terms/node.ts';
import { added, multiplied, raised, scaled, type Sign, signOf } from '../terms/sign.ts';
import { symbolsIn } from '../terms/substitute.ts';
import { argumentOf, definiteness, skewness } from './definite.ts';
import { isUnchangedByTransposing, type Matrix, opened } from './matrix.ts';
import { byFact, byStructure, inferred, type Reason } from './reason.ts';

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
  if (sign !== 'unknown') return { sign, because: plainly(t) };
  // A name at two equal indices is read on its diagonal: what is known of its definition is remembered, not of the name.
  if (t.node.kind === 'symbol') return compute(t);
  let found = known.get(t.node);
  if (!found) known.set(t.node, (found = compute(t)));
  return found;
}
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
      return together(parts, parts.map((part) => part.sign).reduce(added));
    }
    case 'product':
      return node.bound.length > 0 ? ofContraction(t) : ofProduct(t);
    case 'operation':
      return node.op === 'det' ? ofDeterminant(t) : unknown;
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

function ofDeterminant(t: Term): KnownSign {
  const { bound } = openOperation(t as Term & { node: OperationNode });
  const found = bound.length === 2 ? definiteness(argumentOf(t)) : undefined;
  if (!found) return unknown;
  return {
    sign: found.isStrict ? 'positive' : 'nonnegative',
    because: inferred('determinant of a definite matrix', found.because),
  };
}

/** x'*S*x, tr(A'*S*A), norm2(A*x)^2: at least 0 where S is semidefinite. */
function ofContraction(t: Term): KnownSign {
  const { coefficient, factors, bound } = partsOf(t);
  for (const link of factors) {
    const found = asForm(link, coefficient, factors, bound);
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
): KnownSign | undefined {
  const inner = bound.filter(({ index }) => link[0].at.includes(index));
  const [row, column] = inner;
  if (inner.length !== 2 || !row || !column || row.dim !== column.dim || !Q.isOne(link[1])) return undefined;
  const sides = { rows: [row], columns: [column] };
  const others = factors.filter((f) => f !== link);
  const unspent = bound.filter((b) => !inner.includes(b));
  const left: Matrix = { term: link[0], ...sides };
  const right: Matrix = { term: product(coefficient, others, unspent), ...sides };
  const skew = isUnchangedByTransposing(right) ? skewness(left) : undefined;
  if (skew) return { sign: 'zero', because: inferred('skew form', skew) };
  const own = definiteness(left);
  const rest = own && definiteness(right);
  return rest && { sign: 'nonnegative', because: inferred('quadratic form', own.because, rest.because) };
}
