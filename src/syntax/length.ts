/**
 * How long does an expression print? Names, numbers and operators each count one, brackets nothing: the measure by which
 * forms of an answer compete. Shared parts are measured once, so an expression may be a graph.
 */
import type { All, Expression } from './tree.ts';
import * as Q from '../basics/rational.ts';

const memo = new WeakMap<Expression, number>();

export function lengthOf(e: Expression | All): number {
  if (e.kind === 'all') return 0;
  const known = memo.get(e);
  if (known !== undefined) return known;
  const length = measure(e);
  memo.set(e, length);
  return length;
}
const total = (es: readonly (Expression | All)[]): number => es.reduce((sum, e) => sum + lengthOf(e), 0);

function measure(e: Expression): number {
  switch (e.kind) {
    case 'number':
      return Q.isInteger(e.value) || e.decimal ? 1 : 3;
    case 'name':
      return 1;
    case 'sum':
      return e.terms.reduce((sum, { negative, term }, n) => sum + lengthOf(term) + (n > 0 || negative ? 1 : 0), 0);
    case 'negation':
    case 'transpose':
      return 1 + lengthOf(e.of);
    case 'binary':
      return 1 + lengthOf(e.left) + lengthOf(e.right);
    case 'call':
      return 1 + total(e.arguments) + (e.dim ? lengthOf(e.dim) : 0);
    case 'subscript':
      return lengthOf(e.of) + total(e.indices);
    case 'matrix':
      return e.rows.reduce((sum, row) => sum + total(row), 0);
    case 'range':
      return lengthOf(e.from) + lengthOf(e.to);
    case 'sum-over':
      return 1 + (e.range ? lengthOf(e.range) : 0) + total(e.conditions ?? []) + lengthOf(e.body);
    case 'indicator':
      return 2 + lengthOf(e.left) + lengthOf(e.right);
  }
}

/** Operations and named leaves: what batch mode reports as `operations`. */
export function operationsIn(e: Expression | All): number {
  return e.kind === 'all' ? 0 : lengthOf(e) - numbersIn(e);
}
function numbersIn(e: Expression | All): number {
  switch (e.kind) {
    case 'number':
      return Q.isInteger(e.value) || e.decimal ? 1 : 2;
    case 'sum':
      return e.terms.reduce((sum, { term }) => sum + numbersIn(term), 0);
    case 'negation':
    case 'transpose':
      return numbersIn(e.of);
    case 'binary':
      return numbersIn(e.left) + numbersIn(e.right);
    case 'call':
      return e.arguments.reduce((sum, a) => sum + numbersIn(a), e.dim ? numbersIn(e.dim) : 0);
    case 'subscript':
      return numbersIn(e.of) + e.indices.reduce((sum, a) => sum + numbersIn(a), 0);
    case 'matrix':
      return e.rows.flat().reduce((sum, a) => sum + numbersIn(a), 0);
    case 'range':
      return numbersIn(e.from) + numbersIn(e.to);
    case 'sum-over':
      return (e.range ? numbersIn(e.range) : 0) + numbersIn(e.body);
    case 'indicator':
      return numbersIn(e.left) + numbersIn(e.right);
    default:
      return 0;
  }
}
