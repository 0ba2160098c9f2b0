/** How the formulas of steps are put together: signs for derivatives that are not worked out, products, differences. */
import * as Q from '../basics/rational.ts';
import { binary, call, negationOf, productOf, sumOf } from '../syntax/build.ts';
import type { Binary, Expression, Sum } from '../syntax/tree.ts';

// ---- derivatives
// d(y[i])/d(z[k]): how a derivative that is not worked out yet stands in a formula.

/** Along a direction there is nothing to divide by: d(y[i]). */
export const derivativeSign = (of: Expression, by: Expression | undefined): Expression =>
  by ? binary('/', call('d', of), call('d', by)) : call('d', of);

const isDifferential = (e: Expression): boolean => e.kind === 'call' && e.name === 'd' && e.arguments.length === 1;
export const isDerivativeSign = (e: Expression): e is Binary =>
  e.kind === 'binary' && e.operator === '/' && isDifferential(e.left) && isDifferential(e.right);

export const mentionsDerivative = (e: Expression, parts: (e: Expression) => readonly Expression[]): boolean =>
  isDifferential(e) || parts(e).some((part) => mentionsDerivative(part, parts));

// ---- products
// a*(b*c) as a*b*c, with the sign in front.

export function multiplied(left: Expression, right: Expression): Expression {
  if (left.kind === 'negation') return negationOf(multiplied(left.of, right));
  if (right.kind === 'negation') return negationOf(multiplied(left, right.of));
  const isProduct = right.kind === 'binary' && right.operator === '*';
  return isProduct ? productOf(multiplied(left, right.left), right.right) : productOf(left, right);
}

// ---- differences
// Which way round is a difference written? 1 - h rather than h - 1, and (b - a)*c rather than -(a - b)*c.

/** Every factor of a product of any depth, each seen once. */
function mapFactors(e: Expression, map: (factor: Expression) => Expression): Expression {
  if (e.kind === 'binary' && (e.operator === '*' || e.operator === '.*'))
    return { ...e, left: mapFactors(e.left, map), right: mapFactors(e.right, map) };
  if (e.kind === 'binary' && (e.operator === '/' || e.operator === './'))
    return { ...e, left: mapFactors(e.left, map) };
  if (e.kind === 'transpose') return { ...e, of: mapFactors(e.of, map) };
  if (e.kind === 'sum-over') return { ...e, body: mapFactors(e.body, map) };
  return map(e);
}

const isNumber = (e: Expression): boolean => e.kind === 'number' && Q.isInteger(e.value);
const flipped = ({ terms }: Sum): Expression =>
  sumOf(
    terms
      .map(({ negative, term }) => ({ negative: !negative, term }))
      .toSorted((a, b) => Number(a.negative) - Number(b.negative)),
  );
/** h - 1 */
const isBackwards = (e: Expression): e is Sum =>
  e.kind === 'sum' &&
  e.terms.length === 2 &&
  !e.terms[0]!.negative &&
  e.terms[1]!.negative &&
  isNumber(e.terms[1]!.term);
/** a - b, but not 1 - a: that is how it is written. */
const isDifference = (e: Expression): e is Sum =>
  e.kind === 'sum' && e.terms.some(({ negative }) => negative) && !isNumber(e.terms[0]!.term);

/** The opposite without a minus in front, where a difference can be turned. */
export function opposite(e: Expression): Expression | undefined {
  let turned = false;
  const made = mapFactors(e, (factor) => {
    if (turned || !isDifference(factor)) return factor;
    turned = true;
    return flipped(factor);
  });
  return turned ? made : undefined;
}

export function upright(e: Expression): Expression {
  if (e.kind === 'sum') return sumOf(e.terms.map(({ negative, term }) => ({ negative, term: uprightProduct(term) })));
  return e.kind === 'negation' ? negationOf(uprightProduct(e.of)) : uprightProduct(e);
}
function uprightProduct(e: Expression): Expression {
  if (e.kind !== 'binary') return e;
  let turns = 0;
  const made = mapFactors(e, (factor) => {
    if (!isBackwards(factor)) return factor;
    turns++;
    return flipped(factor);
  });
  return turns % 2 === 0 ? made : (opposite(made) ?? negationOf(made));
}
