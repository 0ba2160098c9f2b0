/** How are scalar expressions put together, so that constants fold and signs read well? */
import type { Counter, Expression, LoopFunction, Position } from './program.ts';
import { countersIn } from './position.ts';

export const constant = (value: number): Expression => ({ kind: 'constant', value });
const isConstant = (e: Expression, value: number): boolean => e.kind === 'constant' && Object.is(e.value, value);

export const negate = (of: Expression): Expression =>
  of.kind === 'constant' ? constant(-of.value) : of.kind === 'negate' ? of.of : { kind: 'negate', of };

export function addAll(terms: readonly Expression[]): Expression {
  if (terms.length === 0) return constant(0);
  if (terms.length === 1) return terms[0]!;
  // t - b reads better than -b + t.
  const first = terms.findIndex(({ kind }) => kind !== 'negate');
  return { kind: 'sum', terms: first <= 0 ? terms : [terms[first]!, ...terms.toSpliced(first, 1)] };
}
export const subtract = (left: Expression, right: Expression): Expression => addAll([left, negate(right)]);

export function multiplyAll(factors: readonly Expression[]): Expression {
  let scale = 1;
  const rest: Expression[] = [];
  const take = (factor: Expression): void => {
    if (factor.kind === 'constant') scale *= factor.value;
    else if (factor.kind === 'product') factor.factors.forEach(take);
    else if (factor.kind === 'negate') {
      scale = -scale;
      take(factor.of);
    } else rest.push(factor);
  };
  factors.forEach(take);
  if (rest.length === 0) return constant(scale);
  const body: Expression = rest.length === 1 ? rest[0]! : { kind: 'product', factors: rest };
  if (scale === 1) return body;
  if (scale === -1) return negate(body);
  const scaled: Expression = { kind: 'product', factors: [constant(Math.abs(scale)), ...rest] };
  return scale < 0 ? negate(scaled) : scale >= 0 ? scaled : { kind: 'product', factors: [constant(scale), ...rest] };
}
export const applied = (fn: LoopFunction, ...args: readonly Expression[]): Expression => ({
  kind: 'function',
  fn,
  args,
});
export const multiply = (...factors: readonly Expression[]): Expression => multiplyAll(factors);

export const divide = (over: Expression, under: Expression): Expression => {
  if (isConstant(under, 1)) return over;
  if (over.kind === 'constant' && under.kind === 'constant') return constant(over.value / under.value);
  return over.kind === 'negate'
    ? negate({ kind: 'quotient', over: over.of, under })
    : { kind: 'quotient', over, under };
};

/** The expressions directly inside; a select shows none, since what it does not choose must not be touched. */
function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'constant':
    case 'load':
    case 'local':
      return [];
    case 'sum':
      return e.terms;
    case 'product':
      return e.factors;
    case 'negate':
      return [e.of];
    case 'quotient':
      return [e.over, e.under];
    case 'integer-power':
      return [e.base];
    case 'function':
      return e.args;
    case 'select':
      return [e.value, e.otherwise];
  }
}

const knownCounters = new WeakMap<Expression, ReadonlySet<Counter>>();

/** The counters that an expression depends on. */
export function countersOf(e: Expression): ReadonlySet<Counter> {
  const known = knownCounters.get(e);
  if (known) return known;
  const found = new Set<Counter>();
  if (e.kind === 'load') countersIn(e.at, found);
  if (e.kind === 'select') for (const { left, right } of e.when) countersIn([left, right], found);
  for (const child of childrenOf(e)) for (const counter of countersOf(child)) found.add(counter);
  knownCounters.set(e, found);
  return found;
}

export interface Load {
  readonly at: readonly Position[];
  readonly extents: readonly number[];
}
/** Every load inside. */
export function loadsIn(e: Expression): readonly Load[] {
  if (e.kind === 'load') return [{ at: e.at, extents: e.buffer.extents }];
  return childrenOf(e).flatMap(loadsIn);
}
