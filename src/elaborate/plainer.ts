/** The same condition said of something smaller: norm2(u) > 0, x'*S*x > 0 and x.^2 > 0 are u != 0 and x != 0. */
import {
  entrywiseFunctions,
  type MatrixName,
  type Need,
  reductionFunctions,
  type RootName,
} from '../../rules/functions/index.ts';
import { isDefinite, sign } from '../assume/assume.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { toText } from '../print/text.ts';
import type { Binary, Call, Expression } from '../syntax/tree.ts';
import type { Sign } from '../terms/sign.ts';
import { matrixOf } from './values.ts';
import type { World } from './world.ts';

export interface What {
  readonly needs: Need;
  readonly of: Expression;
  /** `of` is an array that must not be zero as a whole, single entries may: norm2(u). */
  readonly whole?: true | undefined;
}

/** Is it 0 only where its argument is? */
export const isDefiniteFunction = (name: string): boolean =>
  reductionFunctions.get(name)?.definite === true ||
  (entrywiseFunctions.get(name)?.kinks.some(({ raised }) => raised === 'even') ?? false);
export const isOfWhole = (name: string): boolean => reductionFunctions.has(name);

export const isEvenPower = ({ operator, right }: Binary): boolean =>
  (operator === '^' || operator === '.^') &&
  right.kind === 'number' &&
  Q.isInteger(right.value) &&
  Q.isPositive(right.value) &&
  right.value.n % 2n === 0n;

/** norm2(u) is nonzero exactly where u is, and |a| is positive where a is not 0, det(P) nonzero where P is invertible. */
export function unwrapped({ needs, of }: What): What {
  if (needs !== 'nonzero' && needs !== 'positive') return { needs, of };
  let inner = of;
  let whole = false;
  for (;;) {
    if (inner.kind === 'call' && inner.arguments.length === 1 && !inner.dim && isDefiniteFunction(inner.name)) {
      whole ||= isOfWhole(inner.name);
      inner = inner.arguments[0]!;
    } else if (inner.kind === 'binary' && isEvenPower(inner)) inner = inner.left;
    else break;
  }
  if (inner === of && needs === 'positive') return { needs, of };
  if (inner !== of && inner.kind === 'call' && inner.name === ('det' satisfies MatrixName))
    return { needs: 'invertible', of: inner.arguments[0]! };
  return whole ? { needs: 'nonzero', of: inner, whole: true } : { needs: 'nonzero', of: inner };
}

/** norm2(x)*norm2(y) is nonzero where both factors are, x/y where x is. */
export function factorByFactor(what: What, world: World): readonly What[] {
  const { needs, of, whole } = what;
  if (whole || needs !== 'nonzero' || of.kind !== 'binary' || !isScalar(of, world)) return [what];
  const { operator, left, right } = of;
  const inside = (factor: Expression): readonly What[] => factorByFactor(unwrapped({ needs, of: factor }), world);
  if (operator === '/') return inside(left);
  return operator === '*' && isScalar(left, world) && isScalar(right, world) ? [left, right].flatMap(inside) : [what];
}

/** Of what has a name, the name is said. */
export function plainer(what: What, world: World): What {
  const { needs, of, whole } = what;
  if (needs === 'nonnegative') return { needs, of: withoutOddPowers(of, world) };
  if (whole || (needs !== 'positive' && needs !== 'nonzero')) return { needs, of, whole };
  const smaller =
    ofRoot(what) ??
    ofPower(what, world) ??
    ofLength(what, world) ??
    ofProduct(what, world) ??
    ofDeterminant(what, world);
  return smaller ? plainer(smaller, world) : { needs, of, whole };
}

/** x^3 has the sign of x. */
function withoutOddPowers(of: Expression, world: World): Expression {
  if (of.kind !== 'binary' || (of.operator !== '.^' && of.operator !== '^') || isMatrixPower(of, world)) return of;
  const exponent = constantIn(of.right, world);
  const isOdd = exponent && Q.isInteger(exponent) && Q.isPositive(exponent) && exponent.n % 2n !== 0n;
  return isOdd ? withoutOddPowers(of.left, world) : of;
}

/** A root is 0 only where what it is taken of is; that this is not negative is said beside it. */
const ofRoot = ({ needs, of }: What): What | undefined =>
  of.kind === 'call' && of.name === ('sqrt' satisfies RootName) ? { needs, of: of.arguments[0]! } : undefined;

/** x.^2 is positive where x is not 0, x^3 and x^(1/2) where x is positive. */
function ofPower({ needs, of }: What, world: World): What | undefined {
  const isPower = of.kind === 'binary' && (of.operator === '.^' || of.operator === '^');
  if (!isPower || isMatrixPower(of, world)) return undefined;
  const exponent = constantIn(of.right, world);
  if (!exponent || !Q.isPositive(exponent)) return undefined;
  if (!Q.isInteger(exponent)) return { needs, of: of.left };
  if (needs === 'positive' && exponent.n % 2n !== 0n) return { needs, of: of.left };
  return unwrapped({ needs: 'nonzero', of: of.left });
}
const isMatrixPower = ({ operator, left }: Binary, { checked }: World): boolean =>
  operator === '^' && checked.shapeOf(left).kind === 'matrix';

function ofLength({ of }: What, world: World): What | undefined {
  const length = lengthIn(of, world);
  return length && { needs: 'nonzero', of: length, whole: true };
}

/** x/nu is positive where x is, for a positive nu. */
function ofProduct({ needs, of }: What, world: World): What | undefined {
  if (of.kind !== 'binary' || (of.operator !== '*' && of.operator !== '/')) return undefined;
  const { left, right } = of;
  if (!isScalar(left, world) || !isScalar(right, world)) return undefined;
  const isHarmless = (e: Expression): boolean =>
    hasSign(e, needs === 'nonzero' ? ['positive', 'negative', 'nonzero'] : ['positive'], world);
  if (isHarmless(right)) return { needs, of: left };
  return of.operator === '*' && isHarmless(left) ? { needs, of: right } : undefined;
}

/** The determinant of a semidefinite matrix is positive where it is not 0. */
function ofDeterminant({ needs, of }: What, world: World): What | undefined {
  if (of.kind !== 'call' || of.name !== ('det' satisfies MatrixName)) return undefined;
  const isEnough = needs === 'nonzero' || hasSign(of, ['nonnegative'], world);
  return isEnough && !isScalar(of.arguments[0]!, world) ? { needs: 'invertible', of: of.arguments[0]! } : undefined;
}

const isScalar = (e: Expression, { checked }: World): boolean => checked.shapeOf(e).kind === 'scalar';

/** The exponent where it is a number. */
export function constantIn(e: Expression, world: World): Rational | undefined {
  if (!isScalar(e, world)) return undefined;
  const { node } = world.evaluate(e).term;
  return node.kind === 'number' ? node.value : undefined;
}

// ---- squares of lengths

/** u where the expression is a sum of squares that is 0 only for u = 0: x'*x, sum(x.^2), x'*S*x with a definite S. */
export function lengthIn(e: Expression, world: World): Expression | undefined {
  if (!isScalar(e, world)) return undefined;
  const found = e.kind === 'call' ? inCall(e, world) : inProduct(e, world);
  return found && unwrapped({ needs: 'nonzero', of: found }).of;
}

function inCall({ name, arguments: args }: Call, world: World): Expression | undefined {
  const [first, second] = args;
  switch (name) {
    case 'mean':
    case 'sum': {
      const isOfSquares =
        args.length === 1 && first?.kind === 'binary' && first.operator === '.^' && isEvenPower(first);
      return isOfSquares ? first.left : undefined;
    }
    case 'dot':
      return first && second && toText(first) === toText(second) ? first : undefined;
    case 'tr':
      return first && inProduct(first, world);
    default:
      return undefined;
  }
}

/** The factors of a product, without divisors, which are numbers. */
const factorsIn = (e: Expression): readonly Expression[] => {
  if (e.kind !== 'binary') return [e];
  if (e.operator === '*') return [...factorsIn(e.left), ...factorsIn(e.right)];
  return e.operator === '/' ? factorsIn(e.left) : [e];
};
const divisorsIn = (e: Expression): readonly Expression[] => {
  if (e.kind !== 'binary') return [];
  if (e.operator === '*') return [...divisorsIn(e.left), ...divisorsIn(e.right)];
  return e.operator === '/' ? [...divisorsIn(e.left), e.right] : [];
};
const productOf = (factors: readonly Expression[]): Expression =>
  factors.reduce((left, right) => ({ kind: 'binary', operator: '*', left, right }));

/** u'*u, and c*u'*S*u/d: the outer factors mirror each other, and in the middle stands nothing or what is definite. */
function inProduct(e: Expression, world: World): Expression | undefined {
  const all = factorsIn(e);
  const factors = all.filter((factor) => !isScalar(factor, world));
  const scalars = [...divisorsIn(e), ...all.filter((factor) => isScalar(factor, world))];
  for (let n = 1; 2 * n <= factors.length; n++) {
    if (!isMirrored(factors[n - 1]!, factors.at(-n)!)) return undefined;
    const middle = factors.slice(n, factors.length - n);
    const matrix = middle.length === 0 ? undefined : matrixOf(world.evaluate(productOf(middle)));
    if (middle.length > 0 && !(matrix && isDefinite(matrix).known === 'yes')) continue;
    if (!scalars.every((scalar) => hasSign(scalar, ['positive'], world))) return undefined;
    const last = factors.slice(-n);
    return last.length === 1 && last[0]!.kind === 'transpose' ? last[0].of : productOf(last);
  }
  return undefined;
}
function hasSign(e: Expression, signs: readonly Sign[], world: World): boolean {
  const found = sign(world.evaluate(e).term);
  return found.known === 'yes' && signs.includes(found.value);
}
function isMirrored(a: Expression, b: Expression): boolean {
  if (a.kind === 'transpose') return toText(a.of) === toText(b);
  return b.kind === 'transpose' && toText(b.of) === toText(a);
}
