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
import { isZero } from '../terms/construct.ts';
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

/** norm2(u) is nonzero exactly where u is, and |a| is positive where a is not 0. Nor do signs and transposing matter. */
function unwrapped({ needs, of, whole }: What, world: World): What {
  const isUnsigned = needs === 'nonzero' || needs === 'invertible';
  if (of.kind === 'transpose' || (of.kind === 'negation' && isUnsigned))
    return unwrapped({ needs, of: of.of, whole }, world);
  if (needs !== 'nonzero' && needs !== 'positive') return { needs, of, whole };
  if (of.kind === 'call' && of.arguments.length === 1 && !of.dim && isDefiniteFunction(of.name))
    return unwrapped(
      { needs: 'nonzero', of: of.arguments[0]!, whole: whole ?? (isOfWhole(of.name) || undefined) },
      world,
    );
  if (of.kind === 'binary' && isEvenPower(of) && !isMatrixPower(of, world))
    return unwrapped({ needs: 'nonzero', of: of.left, whole }, world);
  return { needs, of, whole };
}

/** The same said of parts as small as can be, and of names rather than of what they stand for. */
export function inParts(what: What, world: World): readonly What[] {
  const smaller = plainer(unwrapped(what, world), world);
  const parts = smaller.needs === 'invertible' ? factorsToInvert(smaller, world) : nonzeroFactors(smaller, world);
  return parts ? parts.flatMap((part) => inParts(part, world)) : [smaller];
}

/** norm2(x)*norm2(y) is nonzero where both factors are, x/y where x is: y must not be 0 for it to exist. */
function nonzeroFactors({ needs, of, whole }: What, world: World): readonly What[] | undefined {
  if (needs !== 'nonzero' || of.kind !== 'binary') return undefined;
  const { operator, left, right } = of;
  // As a whole x.*y may be 0 where neither x nor y is.
  const isScaled = [left, right].some((e) => isScalar(e, world));
  const factor = (e: Expression): What => ({ needs, of: e, whole: isScalar(e, world) ? undefined : whole });
  if (operator === '/' || operator === './') return isScaled || !whole ? [factor(left)] : undefined;
  const isEntrywise = isScaled ? operator === '*' || operator === '.*' : operator === '.*' && !whole;
  return isEntrywise ? [left, right].map(factor) : undefined;
}

/**
 * Products, powers, Kronecker products and block-triangular matrices of square matrices are invertible where these are, an
 * inverse wherever it exists.
 */
function factorsToInvert({ of }: What, world: World): readonly What[] | undefined {
  const isSquare = (e: Expression): boolean => {
    const shape = world.checked.shapeOf(e);
    return shape.kind === 'scalar' || (shape.kind === 'matrix' && shape.rows === shape.columns);
  };
  const each = (...parts: readonly Expression[]): readonly What[] | undefined =>
    parts.every(isSquare)
      ? parts.map((part): What => ({ needs: isScalar(part, world) ? 'nonzero' : 'invertible', of: part }))
      : undefined;
  switch (of.kind) {
    case 'call':
      if (of.name === ('inv' satisfies MatrixName)) return [];
      if (of.name === ('kron' satisfies MatrixName)) return each(...of.arguments);
      return of.name === ('diag' satisfies MatrixName) && world.checked.shapeOf(of.arguments[0]!).kind !== 'matrix'
        ? [{ needs: 'nonzero', of: of.arguments[0]! }]
        : undefined;
    case 'binary': {
      if (of.operator === '*') return each(of.left, of.right);
      if (of.operator === '/') return each(of.left);
      const exponent = of.operator === '^' ? constantIn(of.right, world) : undefined;
      return exponent && !Q.isZero(exponent) ? (Q.isPositive(exponent) ? each(of.left) : []) : undefined;
    }
    case 'matrix': {
      const isZeroEntry = (e: Expression): boolean => isZero(world.evaluate(e).term);
      const isTriangular = (isBeside: (row: number, column: number) => boolean): boolean =>
        of.rows.every((row, i) => row.every((entry, j) => !isBeside(i, j) || isZeroEntry(entry)));
      const diagonal = of.rows.flatMap((row, i) => row[i] ?? []);
      const isSplit = diagonal.length === of.rows.length && of.rows.every((row) => row.length === of.rows.length);
      return isSplit && of.rows.length > 1 && (isTriangular((i, j) => i > j) || isTriangular((i, j) => i < j))
        ? each(...diagonal)
        : undefined;
    }
    default:
      return undefined;
  }
}

/** Of what has a name, the name is said. */
function plainer(what: What, world: World): What {
  const { needs, of, whole } = what;
  if (needs === 'nonnegative') return { needs, of: withoutOddPowers(of, world) };
  if (whole || (needs !== 'positive' && needs !== 'nonzero')) return { needs, of, whole };
  const smaller =
    ofRoot(what) ??
    ofPower(what, world) ??
    ofLength(what, world) ??
    ofProduct(what, world) ??
    ofDeterminant(what, world);
  return smaller ? plainer(unwrapped(smaller, world), world) : { needs, of, whole };
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
  return { needs: 'nonzero', of: of.left };
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
  const [inner] = of.arguments as readonly [Expression];
  if (isScalar(inner, world)) return { needs, of: inner };
  const isEnough = needs === 'nonzero' || hasSign(of, ['nonnegative'], world);
  return isEnough ? { needs: 'invertible', of: inner } : undefined;
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
  return found && unwrapped({ needs: 'nonzero', of: found }, world).of;
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
