/** Gradient, Jacobian, Hessian and products with them: which mode, in which direction, with which axes. */
import { align, type Value } from '../elaborate/values.ts';
import * as Q from '../basics/rational.ts';
import type { Shape } from '../shape/shape.ts';
import { differentialSymbol, instantiate, rename, sum, symbolTerm } from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Bound, Node, Summand, Term, TermSymbol } from '../terms/node.ts';
import { mentions, whole } from '../terms/substitute.ts';
import type { Chain } from '../rewrite/rule.ts';
import { type Engine, forward, reverse } from './modes.ts';
import type { CellStep } from './trace.ts';

export interface Derived extends Value {
  readonly steps: readonly CellStep[];
  /** How the parts by several variables were added up. */
  readonly total?: Chain | undefined;
}

const axesFor = (symbol: TermSymbol): readonly (readonly Bound[])[] =>
  symbol.dims.map((dim) => [{ index: freshIndex(), dim }]);
const nodeOf = (symbol: TermSymbol): Node => whole(symbol).node;
const flat = (axes: readonly (readonly Bound[])[]): readonly Bound[] => axes.flat();
const indicesOf = (axes: readonly (readonly Bound[])[]): readonly number[] => flat(axes).map(({ index }) => index);

/** The gradient of a scalar: the shape of the variable. */
export function gradient(of: Value, by: TermSymbol, shape: Shape, engine: Engine): Derived {
  const axes = axesFor(by);
  if (by.dims.length === 0) return { shape, axes, ...forward(of.term, nodeOf(by), [], engine) };
  const { terms, steps } = reverse(of.term, [nodeOf(by)], engine);
  return { shape, axes, term: instantiate(terms[0]!, indicesOf(axes)), steps };
}

/** The gradients by several variables, from one sweep. */
export function gradientsBy(of: Value, by: readonly TermSymbol[], engine: Engine): readonly Derived[] {
  const { terms, steps } = reverse(of.term, by.map(nodeOf), engine);
  return by.map((symbol, n) => {
    const axes = axesFor(symbol);
    return { shape: symbol.shape, axes, term: instantiate(terms[n]!, indicesOf(axes)), steps };
  });
}

/** J[i,k] = d y[i] / d x[k]: the axes of y, then those of x. */
export function jacobian(of: Value, by: TermSymbol, shape: Shape, engine: Engine): Derived {
  if (of.axes.length === 0) return gradient(of, by, shape, engine);
  const axes = axesFor(by);
  return { shape, axes: [...of.axes, ...axes], ...forward(of.term, nodeOf(by), flat(axes), engine) };
}

export function hessian(of: Value, by: TermSymbol, shape: Shape, engine: Engine): Derived {
  const first = gradient(of, by, by.shape, engine);
  const axes = axesFor(by);
  const second = forward(first.term, nodeOf(by), flat(axes), engine);
  return { shape, axes: [...first.axes, ...axes], term: second.term, steps: [...first.steps, ...second.steps] };
}

/** The direction as a term over the slots of the variable. */
const seedOf = (direction: Value): Term =>
  rename(direction.term, new Map(indicesOf(direction.axes).map((index, slot) => [index, slot])));

export function jvp(of: Value, by: TermSymbol, direction: Value, shape: Shape, engine: Engine): Derived {
  return { shape, axes: of.axes, ...forward(of.term, nodeOf(by), [], engine, seedOf(direction)) };
}

export function vjp(of: Value, by: TermSymbol, weight: Value, shape: Shape, engine: Engine): Derived {
  const axes = axesFor(by);
  const aligned = weight.axes.reduce((term, axis, n) => align(term, axis, of.axes[n]!), weight.term);
  const { terms, steps } = reverse(of.term, [nodeOf(by)], engine, aligned, flat(of.axes));
  return { shape, axes, term: instantiate(terms[0]!, indicesOf(axes)), steps };
}

export function hvp(of: Value, by: TermSymbol, direction: Value, shape: Shape, engine: Engine): Derived {
  const first = gradient(of, by, by.shape, engine);
  const second = forward(first.term, nodeOf(by), [], engine, seedOf(direction));
  return { shape, axes: first.axes, term: second.term, steps: [...first.steps, ...second.steps] };
}

/** d y, linear in d(x) for every variable x that y mentions. */
export function differential(of: Value, variables: readonly TermSymbol[], shape: Shape, engine: Engine): Derived {
  const steps: CellStep[] = [];
  const parts = variables
    .filter((symbol) => mentions(of.term, new Set([symbol])))
    .map((symbol): Summand => {
      const seed = symbolTerm(differentialSymbol(symbol), [...symbol.dims.keys()]);
      const part = forward(of.term, nodeOf(symbol), [], engine, seed);
      steps.push(...part.steps);
      return [Q.one, part.term];
    });
  const total = engine.simplify(sum(parts));
  return { shape, axes: of.axes, term: total.term, steps, total };
}
