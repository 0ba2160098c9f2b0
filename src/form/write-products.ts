/** Products: the order of factors, fractions, numbers, powers. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, one, sizeExpression } from '../shape/dim.ts';
import { binary, call, callAlong, integer, negationOf, numberOf, productOf, transposeOf } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { piSymbol } from '../terms/atoms.ts';
import { addsUp, type Applied, type Entrywise, type Form, functionForm, type Power, scaled } from './algebra.ts';
import { byLength, shorterTurn, type Writer } from './write.ts';

/** A*A*B is A^2*B. */
export function writeChain(factors: readonly Form[], writer: Writer): Expression {
  const { write, style } = writer;
  // cumsum(A, dim=1), where the program names axes.
  if (style.axes && factors.length > 1 && addsUp(factors[0]!, 'tril'))
    return callAlong('cumsum', writeChain(factors.slice(1), writer), 1);
  if (style.axes && factors.length > 1 && addsUp(factors.at(-1)!, 'triu'))
    return callAlong('cumsum', writeChain(factors.slice(0, -1), writer), 2);
  let result: Expression | undefined;
  for (let n = 0; n < factors.length;) {
    const factor = factors[n]!;
    let repeat = 1;
    // Equal neighbours are square, but for rows and columns of length 1.
    while (factors[n + repeat] === factor) repeat++;
    const base = write(factor);
    result = productOf(result, repeat > 1 ? binary('^', base, integer(repeat)) : base);
    n += repeat;
  }
  return result!;
}

const powerOf = (base: Expression, e: Rational, operator: '^' | '.^'): Expression => {
  if (Q.isOne(e)) return base;
  return Q.equal(e, Q.half) ? call('sqrt', base) : binary(operator, base, numberOf(e));
};

// ---- entrywise products

export function writeEntrywise(whole: Entrywise, writer: Writer): Expression {
  const { write } = writer;
  const isSmall = ([f]: Power): number => Number(f.rows !== whole.rows || f.columns !== whole.columns);
  // A full factor first, so that rows and columns are spread over it.
  const above = inOrder(whole.factors, Q.isPositive, writer).toSorted((a, b) => isSmall(a) - isSmall(b));
  const below = inOrder(whole.factors, Q.isNegative, writer);
  let result: Expression | undefined;
  for (const [f, e] of above) {
    const factor = entrywisePower(f, e, writer);
    result = result ? binary('.*', result, factor) : factor;
  }
  const [only] = below;
  // x.^(-2), but 1./x and 1./sqrt(x).
  if (only && below.length === 1 && !result && !Q.isMinusOne(only[1]) && !Q.equal(only[1], Q.rational(-1, 2)))
    return binary('.^', write(only[0]), numberOf(only[1]));
  for (const [f, e] of below) result = binary('./', result ?? integer(1), entrywisePower(f, Q.negated(e), writer));
  return result!;
}
/** norm2(X, dim=2) for sqrt(sum(X.^2, 2)), where the program writes such norms. */
function entrywisePower(form: Form, e: Rational, { write, style }: Writer): Expression {
  const dim = form.kind === 'function' ? normAlong[form.name] : undefined;
  const [of] = form.kind === 'function' ? form.args : [];
  const isOfSquares = of?.kind === 'entrywise' && of.factors.length === 1 && Q.equal(of.factors[0]![1], Q.rational(2));
  if (!dim || !isOfSquares || !style.norms || !style.axes || Q.isInteger(e)) return powerOf(write(form), e, '.^');
  return powerOf(callAlong('norm2', write(of.factors[0]![0]), dim), Q.times(e, Q.rational(2)), '.^');
}
const normAlong: Readonly<Record<string, 1 | 2>> = { colsum: 1, rowsum: 2 };
/** Chains first, then names, then sums; within a kind as the program mentions them. */
const inOrder = (powers: readonly Power[], which: (e: Rational) => boolean, writer: Writer): readonly Power[] =>
  powers
    .filter(([, e]) => which(e))
    .toSorted(([a], [b]) => groupOf(a) - groupOf(b) || a.rank - b.rank || byLength(a, b, writer));
const groupOf = ({ kind }: Form): number => (kind === 'chain' ? 0 : kind === 'sum' ? 2 : 1);

// ---- scalars

/** x'*x or norm2(x)^2, as the program writes it. */
export function writeScalar([form, e]: Power, writer: Writer): Expression {
  return form.kind === 'function' && form.name === 'square'
    ? writeSquares(form, e, writer)
    : powerOf(writer.write(form), e, '^');
}
function writeSquares({ args }: Applied, e: Rational, writer: Writer): Expression {
  const { write, style } = writer;
  const [of] = args as readonly [Form];
  if (Q.isOne(e) && !style.norms && of.columns === one && of.kind === 'leaf')
    return binary('*', transposeOf(write(of)), write(of));
  const norm = call('norm2', write(of.columns === one ? of : shorterTurn(of, writer)));
  const twice = Q.times(e, Q.rational(2));
  return Q.isOne(twice) ? norm : binary('^', norm, numberOf(twice));
}
/** Names first, sums last; within a kind as the program mentions them. The first one joins what stands in front of it. */
function writeScalars(scalars: readonly Power[], writer: Writer, front?: Expression): Expression | undefined {
  const ordered = scalars.toSorted(
    ([a], [b]) => groupOfScalar(a) - groupOfScalar(b) || a.rank - b.rank || byLength(a, b, writer),
  );
  return ordered.reduce<Expression | undefined>((left, scalar, n) => {
    const right = writeScalar(scalar, writer);
    // 2*x'*y rather than 2*(x'*y).
    return n === 0 && left ? joined(left, right) : productOf(left, right);
  }, front);
}
const groupOfScalar = ({ kind }: Form): number => (kind === 'sum' ? 2 : kind === 'leaf' ? 0 : 1);

// ---- coefficient * scalars * form

/** The sign is written by whoever stands around: here a negation. */
export function writeScaled(
  coefficient: Rational,
  scalars: readonly Power[],
  of: Form | undefined,
  writer: Writer,
): Expression {
  if (Q.isNegative(coefficient)) return negationOf(writeScaled(Q.negated(coefficient), scalars, of, writer));
  if (Q.isZero(coefficient)) return of ? zerosOf(of) : integer(0);
  const root = rootBelow(coefficient, scalars);
  if (root) return writeScaled(root.coefficient, root.scalars, of, writer);
  const together = rootsTogether(scalars);
  if (together) return writeScaled(coefficient, together, of, writer);
  const average = averaged(scalars, of);
  if (average) return writeScaled(coefficient, average.scalars, average.of, writer);
  const above = scalars.filter(([, e]) => Q.isPositive(e));
  const below = scalars.filter(([, e]) => Q.isNegative(e)).map(([f, e]): Power => [f, Q.negated(e)]);
  // (x'*A*x)/(x'*x)*x: a scalar quotient of products stands together.
  if (of && below.length > 0 && above.some(([f]) => f.kind === 'chain'))
    return joined(writeScaled(coefficient, scalars, undefined, writer), writer.write(of));
  const number = numbersOf(coefficient, writer);
  const numerator = over(writeScalars(above, writer, number.above), of, writer);
  const divisor = writeScalars(below, writer);
  const whole = number.below && divisor ? joined(number.below, divisor) : (number.below ?? divisor);
  return whole ? binary('/', numerator, whole) : numerator;
}
function over(front: Expression | undefined, of: Form | undefined, { write }: Writer): Expression {
  if (!of) return front ?? integer(1);
  if (!front || isLiteralOne(front)) return write(of);
  const [only] = of.kind === 'entrywise' && of.factors.length === 1 ? of.factors : [];
  // y .* (1 ./ t) with a scalar on top reads (a ./ t).
  return only && Q.isMinusOne(only[1]) ? binary('./', front, write(only[0])) : joined(front, write(of));
}
const isLiteralOne = (e: Expression): boolean => e.kind === 'number' && Q.isOne(e.value);
const zerosOf = ({ rows, columns }: Form): Expression =>
  columns === one ? call('zeros', sizeExpression(rows)) : call('zeros', sizeExpression(rows), sizeExpression(columns));

/** 2*A'*r, not 2*(A'*r). */
function joined(left: Expression, right: Expression): Expression {
  const factors: Expression[] = [];
  let rest = right;
  for (; rest.kind === 'binary' && rest.operator === '*'; rest = rest.left) factors.unshift(rest.right);
  return [rest, ...factors].reduce((l, r) => binary('*', l, r), left);
}
/** A decimal where the program writes decimals. */
export const numeral = (value: Rational, { style }: Writer): Expression =>
  style.decimals && !Q.isInteger(value) && isShortDecimal(value)
    ? { kind: 'number', value, decimal: true }
    : numberOf(value);

/** 3/2 stands in front, 1/2 divides, 0.5 stands in front. */
function numbersOf(c: Rational, writer: Writer): { readonly above?: Expression; readonly below?: Expression } {
  if (Q.isOne(c)) return {};
  const above = numeral(c, writer);
  if (Q.isInteger(c) || (above.kind === 'number' && above.decimal)) return { above };
  return c.n === 1n ? { below: numberOf(Q.rational(c.d)) } : { above: numberOf(c) };
}

/** 0.25, 1e-5; not 0.0009765625. */
function isShortDecimal({ n, d }: Rational): boolean {
  const shifted = 10n ** 15n * n;
  return shifted % d === 0n && `${shifted / d}`.replace(/^-|0+$/g, '').length <= 4;
}

/** sqrt(2)/2 is 1/sqrt(2). */
function rootBelow(
  coefficient: Rational,
  scalars: readonly Power[],
): { readonly coefficient: Rational; readonly scalars: readonly Power[] } | undefined {
  for (const [form, e] of scalars) {
    const value = form.kind === 'scaled' && !form.of && form.scalars.length === 0 ? form.coefficient : undefined;
    if (!value || !Q.equal(e, Q.half) || !Q.isInteger(value) || value.n < 2n || coefficient.d % value.n !== 0n)
      continue;
    return {
      coefficient: Q.times(coefficient, value),
      scalars: scalars.map((s): Power => (s[0] === form ? [form, Q.negated(e)] : s)),
    };
  }
  return undefined;
}

/** sqrt(2)*sqrt(pi) is sqrt(2*pi), sqrt(2)/sqrt(pi) is sqrt(2/pi). */
function rootsTogether(scalars: readonly Power[]): readonly Power[] | undefined {
  for (const [, e] of scalars) {
    const roots = scalars.filter(
      ([f, other]) => isConstant(f) && !Q.isInteger(e) && Q.equal(Q.absolute(other), Q.absolute(e)),
    );
    if (roots.length < 2) continue;
    const isAbove = roots.some(([, other]) => Q.isPositive(other));
    const outer = isAbove ? Q.absolute(e) : Q.negated(Q.absolute(e));
    const inside = roots.map(([f, other]): Power => [f, Q.over(other, outer)]);
    return [...scalars.filter((s) => !roots.includes(s)), [scaled(Q.one, inside), outer]];
  }
  return undefined;
}
/** A number, or pi. */
const isConstant = (form: Form): boolean =>
  (form.kind === 'leaf' && form.expression.kind === 'name' && form.expression.name === piSymbol.name) ||
  (form.kind === 'scaled' && !form.of && form.scalars.every(([f]) => isConstant(f)));

/** What is summed over its length is a mean, and which lengths these are. */
const means: Readonly<Record<string, { readonly name: string; readonly lengths: (of: Form) => readonly Dim[] }>> = {
  sum: { name: 'mean', lengths: (f) => [f.rows, f.columns].filter((dim) => dim !== one) },
  rowsum: { name: 'row-mean', lengths: (f) => [f.columns] },
  colsum: { name: 'column-mean', lengths: (f) => [f.rows] },
};
/** sum(x)/n is mean(x), sum(X)/(m*n) is mean(X); so are row and column sums over their lengths. */
function averaged(
  scalars: readonly Power[],
  of: Form | undefined,
): { readonly scalars: readonly Power[]; readonly of: Form | undefined } | undefined {
  const candidates = [...scalars.filter(([, e]) => Q.isOne(e)).map(([f]) => f), ...(of ? [of] : [])];
  for (const form of candidates) {
    const known = form.kind === 'function' && Object.hasOwn(means, form.name) ? means[form.name] : undefined;
    if (!known || form.kind !== 'function') continue;
    const lengths = known.lengths(form.args[0]!);
    const sizes = lengths.map((length) => scalars.find(([s, e]) => Q.isMinusOne(e) && isSize(s, length)));
    if (sizes.length === 0 || sizes.includes(undefined) || new Set(sizes).size < sizes.length) continue;
    const mean = functionForm(known.name, form.args, form.rows, form.columns);
    const others = scalars.filter((s) => !sizes.includes(s) && s[0] !== form);
    return form === of ? { scalars: others, of: mean } : { scalars: [...others, [mean, Q.one]], of };
  }
  return undefined;
}
const isSize = (form: Form, dim: Dim): boolean =>
  form.kind === 'leaf' &&
  form.expression.kind === 'name' &&
  form.expression.name === dim.key &&
  form.rank === Number.MAX_SAFE_INTEGER;
