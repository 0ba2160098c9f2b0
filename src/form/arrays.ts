/**
 * An array of three axes or more has no matrix form, but what is computed entry by entry reads without indices: 2*T, exp(T).*S,
 * sum(T.^2).
 */
import * as Q from '../basics/rational.ts';
import { dimSum, fixed, sizeExpression } from '../shape/dim.ts';
import { all, binary, call, integer, negationOf, numberOf, subscript, sumOf } from '../syntax/build.ts';
import { symbolExpression } from './leaves.ts';
import type { All, Expression, SignedTerm } from '../syntax/tree.ts';
import { comparisons } from './write.ts';
import {
  argumentsOf,
  blockParts,
  isOne,
  partsOf,
  product as productTerm,
  scale,
  summandsOf,
} from '../terms/construct.ts';
import type { ApplyNode, Factor, Index, Term } from '../terms/node.ts';

/** Writes what does not depend on the indices of the array. */
type Scalar = (t: Term) => Expression;

/** The array whose axes these indices are, in this order; undefined where something in it is no array of that kind. */
export function arrayForm(t: Term, indices: readonly Index[], scalar: Scalar): Expression | undefined {
  const visit = (part: Term): Expression | undefined => arrayForm(part, indices, scalar);
  const isWhole = (at: readonly Index[]): boolean =>
    at.length === indices.length && at.every((index, axis) => index === indices[axis]);
  if (!t.at.some((index) => indices.includes(index))) return scalar(t);
  switch (t.node.kind) {
    case 'symbol': {
      const { role } = t.node.symbol;
      if (!isWhole(t.at) || (role !== 'variable' && role !== 'name' && role !== 'differential')) return undefined;
      return symbolExpression(t.node.symbol);
    }
    case 'sum': {
      const terms = summandsOf(t).map(([c, s]): SignedTerm | undefined => {
        const term = visit(scale(Q.absolute(c), s));
        return term && { negative: Q.isNegative(c), term };
      });
      return terms.every((term) => term !== undefined)
        ? sumOf(terms.toSorted((a, b) => Number(a.negative) - Number(b.negative)))
        : undefined;
    }
    case 'product':
      return t.node.bound.length === 0 ? product(t, indices, scalar) : sliceIn(t, indices);
    case 'apply': {
      const args = argumentsOf(t as Term & { node: ApplyNode }).map(visit);
      if (!args.every((arg) => arg !== undefined)) return undefined;
      if (t.node.fn === 'power') return binary('.^', args[0]!, args[1]!);
      const comparison = comparisons.get(t.node.fn);
      return comparison ? { kind: 'indicator', comparison, left: args[0]!, right: args[1]! } : call(t.node.fn, ...args);
    }
    case 'operation': {
      // J_f(T), over all its axes.
      const whole = isWhole(t.at) && scalar({ ...t, at: t.at.map((_, n) => -1 - n) });
      return whole && whole.kind === 'subscript' && whole.indices.length === t.at.length ? whole.of : undefined;
    }
    default:
      return undefined;
  }
}

/** T[2:n,:,:], which is sum_p(T[p,j,l]*block(p; i)). */
function sliceIn(t: Term, indices: readonly Index[]): Expression | undefined {
  const { coefficient, factors, bound } = partsOf(t);
  const blocks = factors.flatMap(([f]) => (f.node.kind === 'block' ? [f] : []));
  const [whole, ...others] = factors.filter(([f]) => f.node.kind !== 'block');
  if (!whole || others.length > 0 || blocks.length !== bound.length || factors.some(([, e]) => !Q.isOne(e)))
    return undefined;
  const [name] = whole;
  if (!Q.isOne(coefficient) || name.node.kind !== 'symbol' || name.at.length !== indices.length) return undefined;
  const ranges = name.at.map((index, axis): Expression | All | undefined => {
    if (index === indices[axis]) return all;
    const block = blocks.find(({ at }) => at[0] === index && at.length === 2 && at[1] === indices[axis]);
    const [part] = block ? blockParts(block) : [];
    if (!block || block.node.kind !== 'block' || part?.coefficient !== 1) return undefined;
    const { offset, slots } = block.node;
    const first = sizeExpression(dimSum(offset, fixed(1)));
    return { kind: 'range', from: first, to: sizeExpression(dimSum(offset, slots[1]!)) };
  });
  return ranges.every((range) => range !== undefined)
    ? subscript(symbolExpression(name.node.symbol), ...ranges)
    : undefined;
}

/** The names in what is computed entry by entry. */
export function namesIn(t: Term): readonly Term[] {
  switch (t.node.kind) {
    case 'symbol':
      return [t];
    case 'sum':
      return summandsOf(t).flatMap(([, s]) => namesIn(s));
    case 'product':
      return t.node.bound.length === 0 ? partsOf(t).factors.flatMap(([f]) => namesIn(f)) : [];
    case 'apply':
      return argumentsOf(t as Term & { node: ApplyNode }).flatMap(namesIn);
    default:
      return [];
  }
}

function product(t: Term, indices: readonly Index[], scalar: Scalar): Expression | undefined {
  const { coefficient, factors } = partsOf(t);
  const isArray = ([f]: Factor): boolean => f.at.some((index) => indices.includes(index));
  const numbers = factors.filter((f) => !isArray(f));
  const [above, below] = [
    productTerm(
      Q.rational(Q.absolute(coefficient).n),
      numbers.filter((f) => !isBelow(f)),
      [],
    ),
    productTerm(
      Q.rational(coefficient.d),
      numbers.filter(isBelow).map(([f, e]): Factor => [f, Q.negated(e)]),
      [],
    ),
  ];
  const arrays = factors.filter(isArray).toSorted((a, b) => Number(isBelow(a)) - Number(isBelow(b)));
  let made: Expression | undefined = isOne(above) ? undefined : scalar(above);
  for (const factor of arrays) {
    const form = powered(factor, (part) => arrayForm(part, indices, scalar));
    if (!form) return undefined;
    const first = factor === arrays[0];
    if (isBelow(factor)) made = binary('./', made ?? integer(1), form);
    else made = made ? binary(first ? '*' : '.*', made, form) : form;
  }
  const whole = isOne(below) ? made! : binary('/', made!, scalar(below));
  return Q.isNegative(coefficient) ? negationOf(whole) : whole;
}
const isExponential = ([f]: Factor): boolean => f.node.kind === 'apply' && f.node.fn === 'exp';
const isBelow = (factor: Factor): boolean => Q.isNegative(factor[1]) && !isExponential(factor);

/** T^(-2) below a fraction is T.^2; exp(T)^-1 is exp(-T). */
function powered([f, exponent]: Factor, visit: (part: Term) => Expression | undefined): Expression | undefined {
  if (isExponential([f, exponent])) {
    const inside = visit(scale(exponent, argumentsOf(f as Term & { node: ApplyNode })[0]!));
    return inside && call('exp', inside);
  }
  const form = visit(f);
  const magnitude = Q.absolute(exponent);
  if (!form || Q.isOne(magnitude)) return form;
  return Q.equal(magnitude, Q.half) ? call('sqrt', form) : binary('.^', form, numberOf(magnitude));
}
