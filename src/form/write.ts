/** A form as an expression of the language: the order of factors and terms, signs, where a transpose stands. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Dim, one, sizeExpression as dimOf } from '../shape/dim.ts';
import { binary, call, integer, negationOf, numberOf, productOf, sumOf, transposeOf } from '../syntax/build.ts';
import { inTextOrder } from '../basics/ordering.ts';
import { toText } from '../print/text.ts';
import { lengthOf } from '../syntax/length.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, SignedTerm } from '../syntax/tree.ts';
import { chain, type Form, functionForm, isScalar, ones, type Power, scaled, transpose } from './algebra.ts';

/** How this program writes: what the reader wrote is what the reader gets. */
export interface Style {
  /** The program says norm2(x)^2 rather than x'*x. */
  readonly norms: boolean;
  /** The program writes 0.5 rather than 1/2. */
  readonly decimals: boolean;
}

export { sizeExpression as dimOf } from '../shape/dim.ts';

export interface Writer {
  readonly style: Style;
  readonly write: (form: Form) => Expression;
  readonly costOf: (form: Form) => number;
}

export function writerFor(style: Style): Writer {
  const straight = new WeakMap<Form, Expression>();
  const best = new WeakMap<Form, Expression>();

  const write = (form: Form): Expression => {
    const known = best.get(form);
    if (known) return known;
    const direct = directly(form);
    let chosen = direct;
    if (
      !isScalar(form) &&
      (form.kind === 'chain' ||
        form.kind === 'sum' ||
        form.kind === 'entrywise' ||
        form.kind === 'function' ||
        form.kind === 'scaled') &&
      // vec(A) cannot be turned inside: its transpose is written with itself.
      transpose(form).kind !== 'transposed'
    ) {
      // (A*X^2 + X*A*X)' beats the same with a transpose on every factor.
      const turned = directly(transpose(form));
      // tanh(W*x)' rather than tanh((W*x)'): the part without its transpose is likely to stand elsewhere too.
      const gain = lengthOf(direct) - lengthOf(turned) - 1;
      if (gain > 0 || (gain === 0 && form.kind === 'function')) chosen = transposeOf(turned);
    }
    best.set(form, chosen);
    return chosen;
  };
  const directly = (form: Form): Expression => {
    const known = straight.get(form);
    if (known) return known;
    const made = make(form);
    straight.set(form, made);
    return made;
  };
  const make = (form: Form): Expression => {
    switch (form.kind) {
      case 'leaf':
        return form.expression;
      case 'transposed':
        return transposeOf(write(form.of));
      case 'chain':
        return writeChain(form.factors);
      case 'entrywise':
        return writeEntrywise(form.factors, form);
      case 'sum':
        return writeSum(form.terms, form);
      case 'scaled':
        return writeScaled(form.coefficient, form.scalars, form.of);
      case 'identity':
        return call('eye', dimOf(form.rows));
      case 'ones':
        return form.columns === one
          ? call('ones', dimOf(form.rows))
          : form.rows === one
            ? transposeOf(call('ones', dimOf(form.columns)))
            : call('ones', dimOf(form.rows), dimOf(form.columns));
      case 'diagonal':
        return call(
          'diag',
          write(form.rows === form.columns && form.of.columns === one ? shorterSide(form.of) : form.of),
        );
      case 'function':
        return writeFunction(form.name, form.args, form);
      case 'literal':
        return { kind: 'matrix', rows: form.entries.map((r) => r.map(write)) };
    }
  };
  /** diag takes a row as well as a column. */
  const shorterSide = (column: Form): Form =>
    lengthOf(write(transpose(column))) < lengthOf(write(column)) ? transpose(column) : column;

  const writeChain = (factors: readonly Form[]): Expression => {
    let result: Expression | undefined;
    for (let n = 0; n < factors.length;) {
      let repeat = 1;
      while (factors[n + repeat] === factors[n]) repeat++;
      const base = write(factors[n]!);
      if (repeat > 1 && factors[n]!.rows === factors[n]!.columns)
        result = productOf(result, binary('^', base, integer(repeat)));
      else for (let k = 0; k < repeat; k++) result = productOf(result, base);
      n += repeat;
    }
    return result!;
  };

  const powerOf = (base: Expression, e: Rational, operator: '^' | '.^'): Expression => {
    if (Q.isOne(e)) return base;
    if (Q.equal(e, Q.half)) return call('sqrt', base);
    return binary(operator, base, numberOf(e));
  };

  const writeEntrywise = (factors: readonly Power[], whole: Form): Expression => {
    const above = order(factors.filter(([, e]) => Q.isPositive(e)));
    const below = order(factors.filter(([, e]) => Q.isNegative(e)));
    // A full factor first, so that rows and columns are spread over it.
    const full = (f: Form): number => (f.rows === whole.rows && f.columns === whole.columns ? 0 : 1);
    const sorted = above.toSorted((a, b) => full(a[0]) - full(b[0]));
    let result: Expression | undefined;
    for (const [f, e] of sorted)
      result = result ? binary('.*', result, powerOf(write(f), e, '.^')) : powerOf(write(f), e, '.^');
    if (below.length === 1 && !result) {
      const [[f, e]] = below as [Power];
      if (!Q.isMinusOne(e) && !Q.equal(e, Q.rational(-1, 2))) return binary('.^', write(f), numberOf(e));
    }
    for (const [f, e] of below) result = binary('./', result ?? integer(1), powerOf(write(f), Q.negated(e), '.^'));
    return result!;
  };

  /** Chains first, then names, then sums; within a kind as the program mentions them. */
  const order = (powers: readonly Power[]): readonly Power[] =>
    powers.toSorted(
      ([a], [b]) =>
        groupOf(a) - groupOf(b) ||
        a.rank - b.rank ||
        lengthOf(write(a)) - lengthOf(write(b)) ||
        inTextOrder(textOf(a), textOf(b)),
    );
  const textOf = (form: Form): string => toText(write(form));

  const writeScalar = (form: Form, e: Rational): Expression => {
    if (form.kind === 'function' && form.name === 'square') {
      const [of] = form.args as [Form];
      const twice = Q.times(e, Q.rational(2));
      const norm = call('norm2', write(of.columns === one ? of : shorterTurn(of)));
      if (Q.isOne(twice)) return norm;
      if (!Q.isOne(e) || style.norms || of.columns !== one || of.kind !== 'leaf')
        return binary('^', norm, numberOf(twice));
      return binary('*', transposeOf(write(of)), write(of));
    }
    return powerOf(write(form), e, '^');
  };
  const scalarsOf = (scalars: readonly Power[], start?: Expression): Expression | undefined =>
    scalars
      .toSorted(
        ([a], [b]) =>
          groupOfScalar(a) - groupOfScalar(b) ||
          a.rank - b.rank ||
          lengthOf(write(a)) - lengthOf(write(b)) ||
          inTextOrder(textOf(a), textOf(b)),
      )
      .reduce<Expression | undefined>(
        (left, [f, e]) => (left === start ? joined(left, writeScalar(f, e)) : productOf(left, writeScalar(f, e))),
        start,
      );
  /** 2*x'*y rather than 2*(x'*y). */
  const joined = (left: Expression | undefined, right: Expression): Expression =>
    left ? reassociated(left, right) : right;

  /** The sign is written by whoever stands around: here a negation. */
  const writeScaled = (coefficient: Rational, scalars: readonly Power[], of: Form | undefined): Expression => {
    if (Q.isNegative(coefficient)) return negationOf(writeScaled(Q.negated(coefficient), scalars, of));
    if (Q.isZero(coefficient)) return of ? zerosOf(of) : integer(0);
    const root = rootBelow(coefficient, scalars);
    if (root) return writeScaled(root.coefficient, root.scalars, of);
    const above = scalars.filter(([, e]) => Q.isPositive(e));
    const below = scalars.filter(([, e]) => Q.isNegative(e)).map(([f, e]): Power => [f, Q.negated(e)]);
    const average = averaged(scalars, of);
    if (average) return writeScaled(coefficient, average.scalars, average.of);
    // y .* (1 ./ t) with a scalar on top reads (a ./ t).
    const flipped = of?.kind === 'entrywise' && of.factors.every(([, e]) => Q.isNegative(e)) ? of : undefined;
    const fraction = numbersOf(coefficient);
    let result = scalarsOf(above, fraction.above) ?? integer(1);
    // (x'*A*x)/(x'*x)*x: a scalar quotient of products stands together.
    if (of && below.length > 0 && above.some(([f]) => f.kind === 'chain'))
      return appended(writeScaled(coefficient, scalars, undefined), of);
    if (isLiteralOne(result)) result = of ? write(of) : integer(1);
    else if (flipped) {
      if (flipped.factors.length === 1 && Q.isMinusOne(flipped.factors[0]![1]))
        result = binary('./', result, write(flipped.factors[0]![0]));
      else result = productOf(result, write(flipped));
    } else if (of) result = appended(result, of);
    else if (above.length === 0) result = fraction.above ?? integer(1);
    const divisor = [fraction.below, scalarsOf(below)].reduce<Expression | undefined>(
      (l, r) => (r ? productOf(l, r) : l),
      undefined,
    );
    return divisor ? binary('/', result, divisor) : result;
  };
  /** 2*A'*r, not 2*(A'*r). */
  const appended = (left: Expression, of: Form): Expression => reassociated(left, write(of));
  const reassociated = (left: Expression, right: Expression): Expression => {
    if (right.kind !== 'binary' || right.operator !== '*') return binary('*', left, right);
    const factors: Expression[] = [];
    let rest: Expression = right;
    while (rest.kind === 'binary' && rest.operator === '*') {
      factors.unshift(rest.right);
      rest = rest.left;
    }
    return [rest, ...factors].reduce((l, r) => binary('*', l, r), left);
  };
  const zerosOf = (form: Form): Expression =>
    form.columns === one ? call('zeros', dimOf(form.rows)) : call('zeros', dimOf(form.rows), dimOf(form.columns));
  /** 3/2 stands in front, 1/2 divides; decimals where the program writes decimals. */
  const numbersOf = (c: Rational): { above: Expression | undefined; below: Expression | undefined } => {
    if (Q.isOne(c)) return { above: undefined, below: undefined };
    if (Q.isInteger(c)) return { above: numberOf(c), below: undefined };
    if (style.decimals && 10000n % c.d === 0n)
      return { above: { kind: 'number', value: c, decimal: true }, below: undefined };
    if (c.n === 1n) return { above: undefined, below: numberOf(Q.rational(c.d)) };
    return { above: numberOf(c), below: undefined };
  };

  const writeSum = (terms: readonly (readonly [Rational, Form])[], whole: Form): Expression => {
    const explicit = needsOnes(
      terms.map(([, t]) => t),
      whole,
    );
    const spread = (t: Form): Form => (explicit ? filled(t, whole.rows, whole.columns) : t);
    const ordered =
      whole.kind === 'sum' && whole.written
        ? terms.toSorted(([, a], [, b]) => partial(a, whole) - partial(b, whole))
        : terms.toSorted(
            ([c, a], [d, b]) =>
              Number(Q.isNegative(c)) - Number(Q.isNegative(d)) ||
              partial(a, whole) - partial(b, whole) ||
              groupOfTerm(a) - groupOfTerm(b) ||
              a.rank - b.rank ||
              transposes(a) - transposes(b) ||
              costOf(a) - costOf(b) ||
              inTextOrder(textOf(a), textOf(b)),
          );
    return sumOf(
      ordered.map(([c, t]): SignedTerm => {
        const term = scaled(Q.absolute(c), [], spread(t));
        return {
          negative: Q.isNegative(c),
          term: isScalar(t) && !explicit ? write(scaled(Q.absolute(c), [[t, Q.one]])) : write(term),
        };
      }),
    );
  };
  const transposes = (form: Form): number => {
    let count = 0;
    everyPart(write(form), (part) => (count += Number(part.kind === 'transpose')));
    return count;
  };

  const writeFunction = (name: string, args: readonly Form[], whole: Form): Expression => {
    const [a] = args as [Form];
    switch (name) {
      case 'square':
        return writeScalar(whole, Q.one);
      case 'rowsum':
        return call('sum', write(a), integer(2));
      case 'colsum':
        return call('sum', write(a), integer(1));
      case 'row-mean':
        return call('mean', write(a), integer(2));
      case 'column-mean':
        return call('mean', write(a), integer(1));
      case 'sum':
      case 'mean':
      case 'norm1':
        return call(name, write(shorterTurn(a)));
      case 'tr':
        return call('tr', write(a));
      case 'greater':
        return { kind: 'indicator', comparison: '>', left: write(a), right: write(args[1]!) };
      case 'less':
        return { kind: 'indicator', comparison: '<', left: write(a), right: write(args[1]!) };
      case 'at-least':
        return { kind: 'indicator', comparison: '>=', left: write(a), right: write(args[1]!) };
      case 'at-most':
        return { kind: 'indicator', comparison: '<=', left: write(a), right: write(args[1]!) };
      case 'equals':
        return { kind: 'indicator', comparison: '==', left: write(a), right: write(args[1]!) };
      case 'differs':
        return { kind: 'indicator', comparison: '!=', left: write(a), right: write(args[1]!) };
      case 'power':
        return binary(isScalar(whole) ? '^' : '.^', write(a), write(args[1]!));
      default:
        return call(name, ...args.map(write));
    }
  };
  const shorterTurn = (form: Form): Form =>
    lengthOf(write(transpose(form))) < lengthOf(write(form)) ? transpose(form) : form;

  const costOf = (form: Form): number => lengthOf(write(form)) + strain(form);
  return { style, write, costOf };
}

const strained = new WeakMap<Form, number>();
/** What makes a form harder to read than its length says: the diagonal of a product, a row silently spread over a matrix. */
function strain(form: Form): number {
  const known = strained.get(form);
  if (known !== undefined) return known;
  const parts = partsOfForm(form);
  let total = parts.reduce((sum, part) => sum + strain(part), 0);
  if (form.kind === 'diagonal' && form.columns === one && form.of.kind !== 'leaf') total += 4;
  if (form.kind === 'sum' && !form.written && form.rows !== one && form.columns !== one)
    total +=
      form.terms.filter(([, t]) => !isScalar(t) && (t.rows !== form.rows || t.columns !== form.columns)).length * 1.5;
  strained.set(form, total);
  return total;
}
function partsOfForm(form: Form): readonly Form[] {
  switch (form.kind) {
    case 'chain':
      return form.factors;
    case 'entrywise':
      return form.factors.map(([f]) => f);
    case 'sum':
      return form.terms.map(([, t]) => t);
    case 'scaled':
      return [...form.scalars.map(([s]) => s), ...(form.of ? [form.of] : [])];
    case 'diagonal':
    case 'transposed':
      return [form.of];
    case 'function':
      return form.args;
    case 'literal':
      return form.entries.flat();
    default:
      return [];
  }
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

/** sum(x)/n is mean(x); so are row and column sums over their lengths. */
function averaged(
  scalars: readonly Power[],
  of: Form | undefined,
): { readonly scalars: readonly Power[]; readonly of: Form | undefined } | undefined {
  const isSize = (form: Form, dim: Dim): boolean =>
    form.kind === 'leaf' &&
    form.expression.kind === 'name' &&
    form.expression.name === dim.key &&
    form.rank === Number.MAX_SAFE_INTEGER;
  const lengths: Readonly<Record<string, { name: string; dim: (of: Form) => Dim }>> = {
    sum: { name: 'mean', dim: (f) => (f.columns === one ? f.rows : f.columns) },
    rowsum: { name: 'row-mean', dim: (f) => f.columns },
    colsum: { name: 'column-mean', dim: (f) => f.rows },
  };
  const candidates = [...scalars.filter(([, e]) => Q.isOne(e)).map(([f]) => f), ...(of ? [of] : [])];
  for (const form of candidates) {
    const known = form.kind === 'function' && Object.hasOwn(lengths, form.name) ? lengths[form.name] : undefined;
    if (!known || form.kind !== 'function') continue;
    const [inner] = form.args as [Form];
    if (form.name === 'sum' && inner.rows !== one && inner.columns !== one) continue;
    const size = scalars.find(([s, e]) => Q.isMinusOne(e) && isSize(s, known.dim(inner)));
    if (!size) continue;
    const mean = functionForm(known.name, form.args, form.rows, form.columns);
    const others = scalars.filter((s) => s !== size && s[0] !== form);
    return form === of ? { scalars: others, of: mean } : { scalars: [...others, [mean, Q.one]], of };
  }
  return undefined;
}

const isLiteralOne = (e: Expression): boolean => e.kind === 'number' && Q.isOne(e.value);
const groupOf = (form: Form): number => (form.kind === 'chain' ? 0 : form.kind === 'sum' ? 2 : 1);
const groupOfScalar = (form: Form): number => (form.kind === 'sum' ? 2 : form.kind === 'leaf' ? 0 : 1);
const groupOfTerm = (form: Form): number =>
  form.kind === 'identity' || (form.kind === 'scaled' && form.of?.kind === 'identity') ? 1 : 0;
/** Full terms first, so that a row or a column is spread over a matrix. */
const partial = (form: Form, whole: Form): number =>
  isScalar(whole) || isScalar(form) || (form.rows === whole.rows && form.columns === whole.columns) ? 0 : 1;

/** Next to an identity or a diagonal, and where a column meets a row, ones are written out: I - ones(n)*s'. */
function needsOnes(terms: readonly Form[], whole: Form): boolean {
  if (whole.rows === one || whole.columns === one) return terms.every((t) => isScalar(t));
  const sparse = (t: Form): boolean =>
    t.kind === 'identity' || t.kind === 'diagonal' || (t.kind === 'scaled' && t.of !== undefined && sparse(t.of));
  if (terms.some(sparse)) return true;
  return !terms.some((t) => t.rows === whole.rows && t.columns === whole.columns);
}

/** The same value with its missing rows or columns written as ones. */
export function filled(form: Form, rows: Dim, columns: Dim): Form {
  let result = form;
  if (isScalar(result) && !(rows === one && columns === one))
    return scaled(Q.one, [[result, Q.one]], ones(rows, columns));
  if (result.rows === one && rows !== one) result = chain([ones(rows, one), result]);
  if (result.columns === one && columns !== one) result = chain([result, ones(one, columns)]);
  return result;
}
