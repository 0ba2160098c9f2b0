/** Which value does one expression have, once its parts have theirs? */
import { invariant } from '../basics/problem.ts';
import type { EntrywiseName } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { type Dim, dimDifference, dimProduct, dimSum, fixed, named } from '../shape/dim.ts';
import { axesOf, scalar, type Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import { sumOf } from '../syntax/build.ts';
import type {
  Binary,
  Call,
  Comparison,
  Expression,
  Indicator,
  Name,
  Range,
  Subscript,
  SumOver,
} from '../syntax/tree.ts';
import {
  apply,
  contract,
  delta,
  divide,
  equality,
  guard,
  indexNumber,
  minus,
  negate,
  number,
  one,
  operation,
  type Part,
  permutation,
  piSymbol,
  rename,
  size,
  sum,
  symbolTerm,
  times,
  zero,
} from '../terms/construct.ts';
import type { Bound, Index, Summand, Term } from '../terms/node.ts';
import { isPolynomial } from '../terms/substitute.ts';
import { isOfNumbers, unknownOperation } from '../terms/unknown.ts';
import type { Derived } from '../syntax/unknown.ts';
import { expectation, isExpectation } from './expectation.ts';
import { isFunctionName, rowFor, valueArguments } from './functions.ts';
import { literalValue } from './literals.ts';
import { integerIn } from './operators.ts';
import {
  chainPower,
  symbolicPower,
  identity,
  multiply,
  bind,
  boundsOf,
  entrywise,
  freshAxes,
  joined,
  mapValue,
  productOver,
  transposedValue,
  type Value,
} from './values.ts';
import { type CheckedProgram, derivedFunction, type Shapes } from './scope.ts';
import { affineIn, lengthBetween, type Positions, rangeEnds, type Shifted, subscripted } from './indices.ts';
import { sizeFrom } from './declare.ts';
import { everyPart, partsOf } from '../syntax/parts.ts';

export interface Elaboration {
  readonly checked: CheckedProgram;
  /** The value of a part, over fresh indices. */
  readonly valueOf: (e: Expression) => Value;
  /** A variable or a defined name at some indices. */
  readonly atom: (name: string, at: readonly Index[]) => Term;
  /** The index that a free index name stands for. */
  readonly index: (name: string) => Index;
  /** The value of a derivative call; undefined for other calls. */
  readonly differentiated: (e: Call) => Value | undefined;
}

/** The parts whose values are needed first. */
export function valueParts(e: Expression, checked: CheckedProgram): readonly Expression[] {
  if (e.kind === 'subscript') return [e.of];
  if (e.kind === 'indicator' && comparesPositions(e, checked)) return [];
  if (e.kind === 'range') return [];
  if (e.kind === 'sum-over') return [...(e.conditions ?? []), e.body];
  return e.kind === 'call' ? callParts(e, checked) : partsOf(e);
}
function callParts(e: Call, checked: CheckedProgram): readonly Expression[] {
  if (checked.functions.has(e.name) || derivedFunction(e.name, checked)) return e.arguments;
  return isFunctionName(e.name) ? valueArguments(e) : [];
}

const scalarValue = (term: Term): Value => ({ shape: scalar, term, axes: [] });

export function computeValue(e: Expression, context: Elaboration): Value {
  const { checked, valueOf } = context;
  const shape = checked.shapeOf(e);
  switch (e.kind) {
    case 'number':
      return scalarValue(number(e.value));
    case 'name':
      return nameValue(e, shape, context);
    case 'sum': {
      const values = e.terms.map(({ term }) => valueOf(term));
      return entrywise(values, shape, (terms) =>
        sum(terms.map((term, n): Summand => [e.terms[n]!.negative ? Q.minusOne : Q.one, term])),
      );
    }
    case 'negation':
      return mapValue(valueOf(e.of), negate);
    case 'transpose':
      return transposedValue(valueOf(e.of));
    case 'binary':
      return binaryValue(e, shape, context);
    case 'matrix':
      return literalValue(e, shape, shapesOf(checked), valueOf);
    case 'range':
      return rangeValue(e, shape);
    case 'sum-over':
      return summedOver(e, context);
    case 'subscript':
      return subscripted(e, valueOf(e.of), shape, positionsIn(e, context));
    case 'indicator':
      return indicatorValue(e, shape, context);
    case 'call':
      return callValue(e, shape, context);
  }
}

/** Sizes are settled: two are equal if they are the same. */
const settled: Pick<Sizes, 'unify' | 'resolve' | 'resolveShape'> = {
  unify: (a, b) => a === b,
  resolve: (dim) => dim,
  resolveShape: (shape) => shape,
};
export const settledSizes = settled as Sizes;
const shapesOf = (checked: CheckedProgram): Shapes => ({
  sizes: settledSizes,
  shapeOf: checked.shapeOf,
  sizeOf: sizeIn,
});

function nameValue(e: Name, shape: Shape, context: Elaboration): Value {
  const { name } = e;
  const { checked, atom } = context;
  const free = checked.freeIndices(e);
  if (free.has(name)) {
    const { parts, offset } = affinePosition(e, free, context);
    const [{ index, dim }] = parts as [Part];
    return scalarValue(
      sum([
        [Q.one, indexNumber(index, dim)],
        [Q.one, size(offset)],
      ]),
    );
  }
  if (checked.variables.has(name) || checked.definitions.has(name)) {
    const axes = freshAxes(shape);
    return {
      shape,
      term: atom(
        name,
        axes.map(([bound]) => bound!.index),
      ),
      axes,
    };
  }
  if (name === 'pi') return scalarValue(symbolTerm(piSymbol, []));
  if (checked.sizes.has(name)) return scalarValue(size(named(name)));
  invariant(name === 'I', `${name} has been checked`);
  return identity(shape);
}

function binaryValue(e: Binary, shape: Shape, { valueOf }: Elaboration): Value {
  const [a, b] = [valueOf(e.left), valueOf(e.right)];
  switch (e.operator) {
    case '*':
      return multiply(a, b, shape);
    case '/':
    case './':
      return entrywise([a, b], shape, ([x, y]) => divide(x!, y!));
    case '.*':
      return entrywise([a, b], shape, (terms) => times(...terms));
    case '^':
      if (a.shape.kind !== 'scalar') {
        const exponent = integerIn(e.right);
        return exponent === undefined ? symbolicPower(a, sizeFrom(e.right, named)) : chainPower(a, exponent);
      }
      return scalarValue(apply('power', [a.term, b.term]));
    case '.^':
      return entrywise([a, b], shape, (terms) => apply('power', terms));
  }
}

/** The index gets a name of its own, and is summed over. */
function summedOver(e: SumOver, context: Elaboration): Value {
  const { checked, valueOf, index } = context;
  const body = valueOf(e.body);
  const conditions = e.conditions ?? [];
  const dims = [e.body, ...conditions].map((part) => checked.freeIndices(part).get(e.index));
  const bound = bind(e.range ? lengthBetween(rangeEnds(e.range, sizeIn)) : dims.find((dim) => dim !== undefined)!);
  const names = new Map([[index(e.index), bound.index]]);
  const guards = conditions.map((c) => conditionTerm(c, body.term, context));
  const terms = [...guards, body.term].map((term) => rename(term, names));
  if (e.how === 'prod') return { ...body, term: productOver(rename(body.term, names), [bound]) };
  const total = contract(terms, [bound]);
  return { ...body, term: e.how === 'mean' ? divide(total, size(bound.dim)) : total };
}

/**
 * i != j as a guard that stays, where the body may have no value at i = j: 1/(x[i] - x[j]). Otherwise as what the other
 * conditions are: 1 - delta(i, j), which can be multiplied out.
 */
function conditionTerm(c: Indicator, body: Term, context: Elaboration): Term {
  if (c.comparison !== '!=' || !comparesPositions(c, context.checked) || isPolynomial(body))
    return context.valueOf(c).term;
  return guarded(c, context);
}
/** A size that has been checked. */
const sizeIn = (e: Expression): Dim => sizeFrom(e, named);

/** 2:n is i + 1, for i from 1 to n - 1. */
function rangeValue(e: Range, shape: Shape): Value {
  const [from, to] = rangeEnds(e, sizeIn);
  const own = bind(lengthBetween([from, to]));
  const start = size(dimDifference(from, fixed(1)));
  if (shape.kind === 'scalar') return scalarValue(size(from));
  return {
    shape,
    term: sum([
      [Q.one, indexNumber(own.index, own.dim)],
      [Q.one, start],
    ]),
    axes: [[own]],
  };
}

// ---- positions

/** i + j - 1 over the indices that i and j stand for; one with a range begins where that does. */
function affinePosition(e: Expression, free: ReadonlyMap<string, Dim>, context: Elaboration): Shifted {
  const { parts, constant } = affineIn(e, { isIndex: ({ name }) => free.has(name), sizeOf: sizeIn });
  let offset = constant;
  const placed = parts.map(({ name, coefficient }): Part => {
    if (name.within) {
      const start = dimDifference(sizeIn(name.within.from), fixed(1));
      offset = dimSum(offset, dimProduct(fixed(coefficient), start));
    }
    return { index: context.index(name.name), dim: free.get(name.name)!, coefficient };
  });
  return { parts: placed, offset };
}

function positionsIn(e: Subscript, context: Elaboration): Positions {
  const free = context.checked.freeIndices(e);
  return {
    sizeOf: sizeIn,
    single(index) {
      const at = integerIn(index);
      if (at !== undefined) return -at;
      return index.kind === 'name' && !index.within && free.has(index.name) ? context.index(index.name) : undefined;
    },
    affine: (index) => affinePosition(index, free, context),
    known: (e.guards ?? []).flatMap((guard) => notNegative(guard, context)),
  };
}

/** i >= 2 says that i - 2 is 0 or more; i != 2 says nothing of the kind. */
function notNegative(e: Indicator, context: Elaboration): readonly Shifted[] {
  if (!comparesPositions(e, context.checked) || e.comparison === '!=') return [];
  const difference = differenceOf(e, context);
  const opposite = turned(difference);
  const below = ({ parts, offset }: Shifted): Shifted => ({ parts, offset: dimDifference(offset, fixed(1)) });
  switch (e.comparison) {
    case '>':
      return [below(difference)];
    case '>=':
      return [difference];
    case '<':
      return [below(opposite)];
    case '<=':
      return [opposite];
    case '==':
      return [difference, opposite];
  }
}
/** The left side without the right one. */
const differenceOf = (e: Indicator, context: Elaboration): Shifted =>
  affinePosition(
    sumOf([
      { negative: false, term: e.left },
      { negative: true, term: e.right },
    ]),
    context.checked.freeIndices(e),
    context,
  );
const turned = ({ parts, offset }: Shifted): Shifted => ({
  parts: parts.map((part) => ({ ...part, coefficient: -part.coefficient })),
  offset: dimProduct(fixed(-1), offset),
});

function positionOf(e: Expression, { index }: Elaboration): Index {
  const at = integerIn(e);
  if (at !== undefined) return -at;
  invariant(e.kind === 'name', 'a position is a number or a name');
  return index(e.name);
}

export const comparisonNames: Readonly<Record<Comparison, EntrywiseName>> = {
  '>': 'greater',
  '<': 'less',
  '>=': 'at-least',
  '<=': 'at-most',
  '==': 'equals',
  '!=': 'differs',
};
/** 1[i == k], 1[i <= j + 1]: checking has found index names on its sides, and nothing but sizes beside them. */
export function comparesPositions(e: Indicator, checked: CheckedProgram): boolean {
  const free = checked.freeIndices(e);
  if (free.size === 0) return false;
  let isPlain = true;
  for (const side of [e.left, e.right])
    everyPart(side, (part) => {
      if (part.kind === 'name') isPlain &&= free.has(part.name) || checked.sizes.has(part.name);
      else isPlain &&= ['number', 'sum', 'negation', 'binary'].includes(part.kind);
    });
  return isPlain;
}

/** The difference of the two sides as a position: 0, positive, not 0. */
function comparedPositions(e: Indicator, context: Elaboration): Term {
  const free = context.checked.freeIndices(e);
  const isBare = (side: Expression): boolean =>
    integerIn(side) !== undefined || (side.kind === 'name' && !side.within && free.has(side.name));
  if ((e.comparison === '==' || e.comparison === '!=') && isBare(e.left) && isBare(e.right)) {
    const equal = deltaTerm([e.left, e.right], e, context);
    return e.comparison === '==' ? equal : minus(one, equal);
  }
  return guarded(e, context);
}
function guarded(e: Indicator, context: Elaboration): Term {
  if (e.comparison === '!=' || e.comparison === '==') {
    const { parts, offset } = differenceOf(e, context);
    return e.comparison === '!=' ? guard('unequal', parts, offset) : equality(parts, offset);
  }
  const [{ parts, offset }] = notNegative(e, context) as readonly [Shifted];
  return guard('at-least', parts, dimSum(offset, fixed(1)));
}
function indicatorValue(e: Indicator, shape: Shape, context: Elaboration): Value {
  const { checked, valueOf } = context;
  if (comparesPositions(e, checked)) return scalarValue(comparedPositions(e, context));
  return entrywise([valueOf(e.left), valueOf(e.right)], shape, (terms) => apply(comparisonNames[e.comparison], terms));
}
function deltaTerm(positions: readonly Expression[], e: Expression, context: Elaboration): Term {
  const [i, k] = positions.map((position) => positionOf(position, context)) as [Index, Index];
  const [dim] = [...context.checked.freeIndices(e).values()];
  return dim ? delta(i, k, dim) : i === k ? one : zero;
}

function callValue(e: Call, shape: Shape, context: Elaboration): Value {
  const { checked, valueOf } = context;
  const derivative = context.differentiated(e);
  if (derivative) return derivative;
  switch (e.name) {
    case 'ones':
    case 'zeros':
      return { shape, term: e.name === 'ones' ? one : zero, axes: freshAxes(shape) };
    case 'eye':
      return identity(shape);
    case 'delta':
      return scalarValue(deltaTerm(e.arguments, e, context));
    case 'E':
      if (isExpectation(e, checked)) return expectation(e, valueOf(e.arguments[0]!), context);
      break;
    case 'levicivita': {
      const [i, j, k] = e.arguments.map((position) => positionOf(position, context)) as [Index, Index, Index];
      return scalarValue(permutation(i, j, k));
    }
    default:
  }
  const derived = checked.functions.has(e.name) ? { of: e.name, by: [] } : derivedFunction(e.name, checked);
  if (derived) return unknownValue(e, derived, shape, context);
  const row = rowFor(e);
  invariant(row, `${e.name} has been checked`);
  return row.build(valueArguments(e).map(valueOf), shape, e, { ...shapesOf(checked), valueOf });
}

/** f(x)[i] is f(k: x[k])[i], J_f(x)[i,j] is J_f(k: x[k])[i,j], and phi(X)[i,j] is phi(X[i,j]). */
function unknownValue(e: Call, { of, by }: Derived, shape: Shape, { checked, valueOf }: Elaboration): Value {
  const { from, to } = checked.functions.get(of)!;
  const values = e.arguments.map((argument) => joined(valueOf(argument)));
  const kinds = { name: of, by, from: from.map(({ kind }) => kind), to: to.kind };
  const op = unknownOperation(kinds);
  const [first, ...others] = values as [Value, ...Value[]];
  if (isOfNumbers(kinds))
    return entrywise(values, shape, ([x, ...more]) =>
      operation(
        op,
        x!,
        [],
        [],
        [],
        more.map((body) => ({ body, bound: [] })),
      ),
    );
  // The derivatives are kept in the order of the arguments; the axes stand as they are asked for.
  const own: readonly Bound[] = axesOf(to).map(bind);
  const along = by.map((n): readonly Bound[] => axesOf(from[n - 1]!).map(bind));
  const sorted = by.map((argument, n) => ({ argument, bounds: along[n]! })).toSorted((a, b) => a.argument - b.argument);
  const outs = [...own, ...sorted.flatMap(({ bounds }) => bounds)];
  const term = operation(
    op,
    first.term,
    boundsOf(first),
    outs.map(({ index }) => index),
    outs.map(({ dim }) => dim),
    others.map((value) => ({ body: value.term, bound: boundsOf(value) })),
  );
  return { shape, term, axes: [...own, ...along.flat()].map((out) => [out]) };
}
