/** Which value does one expression have, once its parts have theirs? */
import { invariant } from '../basics/problem.ts';
import type { EntrywiseName } from '../../rules/functions/index.ts';
import * as Q from '../basics/rational.ts';
import { named } from '../shape/dim.ts';
import { axesOf, scalar, type Shape } from '../shape/shape.ts';
import type { Sizes } from '../shape/unify.ts';
import type { Binary, Call, Comparison, Expression, Indicator, Name, SumOver } from '../syntax/tree.ts';
import {
  apply,
  contract,
  delta,
  divide,
  minus,
  negate,
  number,
  one,
  operation,
  permutation,
  piSymbol,
  rename,
  size,
  sum,
  symbolTerm,
  times,
  zero,
} from '../terms/construct.ts';
import type { Index, Summand, Term, UnknownOperation } from '../terms/node.ts';
import { isFunctionName, rowFor, valueArguments } from './functions.ts';
import { literalValue } from './literals.ts';
import { integerIn } from './operators.ts';
import {
  chainPower,
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
import type { CheckedProgram, Shapes } from './scope.ts';
import { subscripted } from './indices.ts';
import { partsOf } from '../syntax/parts.ts';

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
  return e.kind === 'call' ? callParts(e, checked) : partsOf(e);
}
function callParts(e: Call, checked: CheckedProgram): readonly Expression[] {
  if (checked.functions.has(e.name) || e.name.startsWith('J_')) return e.arguments;
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
    case 'sum-over':
      return summedOver(e, context);
    case 'subscript':
      return subscripted(e, valueOf(e.of), shape, (index) => positionOf(index, context));
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
const shapesOf = (checked: CheckedProgram): Shapes => ({ sizes: settled as Sizes, shapeOf: checked.shapeOf });

function nameValue({ name }: Name, shape: Shape, { checked, atom }: Elaboration): Value {
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
      if (a.shape.kind !== 'scalar') return chainPower(a, integerIn(e.right)!);
      return scalarValue(apply('power', [a.term, b.term]));
    case '.^':
      return entrywise([a, b], shape, (terms) => apply('power', terms));
  }
}

/** The index gets a name of its own, and is summed over. */
function summedOver(e: SumOver, { checked, valueOf, index }: Elaboration): Value {
  const body = valueOf(e.body);
  const bound = bind(checked.freeIndices(e.body).get(e.index)!);
  const term = rename(body.term, new Map([[index(e.index), bound.index]]));
  if (e.how === 'prod') return { ...body, term: productOver(term, [bound]) };
  const sum = contract([term], [bound]);
  return { ...body, term: e.how === 'mean' ? divide(sum, size(bound.dim)) : sum };
}

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
/** 1[i == k]: checking has found index names on its sides. */
function comparesPositions(e: Indicator, checked: CheckedProgram): boolean {
  const free = checked.freeIndices(e);
  const isIndex = (side: Expression): boolean =>
    side.kind === 'name' &&
    free.has(side.name) &&
    !checked.variables.has(side.name) &&
    !checked.definitions.has(side.name);
  return isIndex(e.left) || isIndex(e.right);
}
function indicatorValue(e: Indicator, shape: Shape, context: Elaboration): Value {
  const { checked, valueOf } = context;
  if (comparesPositions(e, checked)) {
    const equal = deltaTerm([e.left, e.right], e, context);
    return scalarValue(e.comparison === '==' ? equal : minus(one, equal));
  }
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
    case 'levicivita': {
      const [i, j, k] = e.arguments.map((position) => positionOf(position, context)) as [Index, Index, Index];
      return scalarValue(permutation(i, j, k));
    }
    default:
  }
  const of = e.name.startsWith('J_') ? e.name.slice(2) : e.name;
  if (checked.functions.has(of)) return unknownFunction(e, of, shape, context);
  const row = rowFor(e);
  invariant(row, `${e.name} has been checked`);
  return row.build(valueArguments(e).map(valueOf), shape, e, { ...shapesOf(checked), valueOf });
}

/** f(x)[i] is call:f(k: x[k])[i], J_f(x)[i,j] is jacobian:f(k: x[k])[i,j]. */
function unknownFunction(e: Call, of: string, shape: Shape, { checked, valueOf }: Elaboration): Value {
  const argument = joined(valueOf(e.arguments[0]!));
  const { from, to } = checked.functions.get(of)!;
  const dims = e.name === of ? axesOf(to) : [...axesOf(to), ...axesOf(from)];
  const outs = dims.map(bind);
  const op: UnknownOperation = e.name === of ? `call:${of}` : `jacobian:${of}`;
  const term = operation(
    op,
    argument.term,
    boundsOf(argument),
    outs.map(({ index }) => index),
    dims,
  );
  return { shape, term, axes: outs.map((out) => [out]) };
}
