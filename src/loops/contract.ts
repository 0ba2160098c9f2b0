/** How is a product with summed indices, or with deltas, added into an array? Step by step, each a nest of few loops. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Context, newBuffer, newLocal, positionsOf } from './context.ts';
import { constant, loadsIn, multiply, multiplyAll, nestOf } from './expression.ts';
import { isSelector, isSparse } from './sharing.ts';
import { countersIn, flatten, rangeOf, substitute, substituteCondition, solve, type Solution } from './position.ts';
import type { Buffer, Condition, Counter, Expression, Position, Statement } from './program.ts';
import { inside, type Occurrence, type Powered, productOf, resolve } from './values.ts';

export interface Product {
  readonly coefficient: Rational;
  readonly factors: readonly Powered[];
  /** Counters that occur inside only. */
  readonly summed: readonly Counter[];
}
export interface Place {
  readonly buffer: Buffer;
  readonly at: readonly Position[];
  readonly by: 'set' | 'add';
}

/** Factors of one step: values to multiply and tests to pass. */
type Operand =
  | { readonly kind: 'factor'; readonly factor: Powered; readonly counters: ReadonlySet<Counter> }
  | { readonly kind: 'value'; readonly value: Expression; readonly counters: ReadonlySet<Counter> }
  | { readonly kind: 'test'; readonly test: Condition; readonly counters: ReadonlySet<Counter> };

/** Opens names and products that carry selectors, so that their deltas can be solved. */
export function openFactors(
  context: Context,
  product: Product,
  newCounters: (occurrence: Occurrence) => readonly Counter[],
): Product {
  let coefficient = product.coefficient;
  const summed = [...product.summed];
  const factors: Powered[] = [];
  const waiting = product.factors.toReversed();
  for (let factor = waiting.pop(); factor; factor = waiting.pop()) {
    const { node, at } = resolve(factor);
    if (isSelector(node) && Q.isPositive(factor.exponent)) factors.push({ node, at, exponent: Q.one });
    else if (
      node.kind === 'product' &&
      Q.isOne(factor.exponent) &&
      (isSparse(node) || context.sharing.absorbed.has(node))
    ) {
      const bound = newCounters({ node, at });
      const positions = [...at, ...positionsOf(bound)];
      coefficient = Q.times(coefficient, node.coefficient);
      summed.push(...bound);
      waiting.push(...node.factors.map(([t, e]) => ({ ...inside(t, positions), exponent: e })).toReversed());
    } else factors.push(factor);
  }
  return { coefficient, factors, summed };
}

/** 1/delta is no test: it stays a value, infinite wherever the delta is 0. */
export const isTest = ({ node, exponent }: Powered): boolean => isSelector(node) && Q.isPositive(exponent);

export function addProduct(context: Context, product: Product, place: Place, counters: readonly Counter[]): void {
  const selectors = product.factors.filter(isTest);
  const solution = solve(selectors, context.sizes);
  if (!solution) return;
  const replaced = new Set(solution.replaced.map(([counter]) => counter));
  const now = (p: Position): Position => solution.replaced.reduce((q, [counter, by]) => substitute(q, counter, by), p);
  const at = place.at.map(now);
  const kept = countersIn(at);
  const loops = [...counters, ...product.summed].filter((counter) => !replaced.has(counter) && counter.extent > 1);
  const operands = operandsOf(product, solution, now);
  const used = new Set(operands.flatMap((operand) => [...operand.counters]));
  const unused = loops.filter((counter) => !kept.has(counter) && !used.has(counter));
  // Summing what does not vary multiplies it.
  const repeats = unused.reduce((total, { extent }) => total * extent, 1);
  const empty = [...counters, ...product.summed].some(({ extent }) => extent === 0);
  if (empty) {
    if (place.by === 'set') context.body.push({ kind: 'clear', buffer: place.buffer });
    return;
  }
  contract(context, {
    scale: repeats * Q.toNumber(product.coefficient),
    operands,
    kept: loops.filter((counter) => kept.has(counter)),
    summed: loops.filter((counter) => !kept.has(counter) && used.has(counter)),
    place: { ...place, at },
  });
}

function operandsOf(
  product: Product,
  { conditions, replaced }: Solution,
  now: (p: Position) => Position,
): readonly Operand[] {
  const factors = product.factors
    .filter((factor) => !isTest(factor))
    .map(({ node, at, exponent }): Operand => {
      const positions = at.map(now);
      return { kind: 'factor', factor: { node, at: positions, exponent }, counters: countersIn(positions) };
    });
  const tests = conditions.map((condition): Operand => {
    const test = replaced.reduce((c, [counter, by]) => substituteCondition(c, counter, by), condition);
    return { kind: 'test', test, counters: countersIn([test.left, test.right]) };
  });
  return [...factors, ...tests];
}

interface Contraction {
  readonly scale: number;
  readonly operands: readonly Operand[];
  readonly kept: readonly Counter[];
  readonly summed: readonly Counter[];
  readonly place: Place;
}

function contract(context: Context, { scale, operands, kept, summed, place }: Contraction): void {
  let now = operands;
  const groups = eliminationOrder(
    operands.map(({ counters }) => counters),
    summed,
  );
  groups.forEach((group, n) => {
    const touching = now.filter(({ counters }) => group.some((counter) => counters.has(counter)));
    const others = now.filter((operand) => !touching.includes(operand));
    const free = freeCounters(touching, group);
    const guards = testsWithin(operands, touching);
    const last = n === groups.length - 1;
    if (last && free.length === kept.length) {
      now = [...others, ...touching];
      return;
    }
    const buffer = newBuffer(
      context,
      'work',
      '',
      free.map(({ extent }) => extent),
    );
    const at = positionsOf(free);
    emit(context, 1, [...touching, ...guards], free, group, { buffer, at, by: 'set' });
    now = [...others, { kind: 'value', value: { kind: 'load', buffer, at }, counters: new Set(free) }];
  });
  const remaining = summed.filter((counter) => now.some(({ counters }) => counters.has(counter)));
  emit(context, scale, now, kept, remaining, place);
}

/** Tests keep positions inside their arrays, so they go wherever these positions go. */
const testsWithin = (operands: readonly Operand[], touching: readonly Operand[]): readonly Operand[] => {
  const counters = new Set(touching.flatMap((operand) => [...operand.counters]));
  return operands.filter(
    (o) => o.kind === 'test' && !touching.includes(o) && [...o.counters].every((c) => counters.has(c)),
  );
};

/** What a step leaves, in the order of its array: what runs along memory in the operands comes last. */
function freeCounters(operands: readonly Operand[], group: readonly Counter[]): readonly Counter[] {
  const earliest = new Map<Counter, number>();
  for (const operand of operands)
    for (const counter of operand.counters) {
      const axis = axesOf(operand).findLastIndex((p) => countersIn([p]).has(counter));
      earliest.set(counter, Math.min(earliest.get(counter) ?? Infinity, axis));
    }
  return [...earliest]
    .filter(([counter]) => !group.includes(counter))
    .toSorted(([a, x], [b, y]) => x - y || a.id - b.id)
    .map(([counter]) => counter);
}
function axesOf(operand: Operand): readonly Position[] {
  if (operand.kind === 'factor') return operand.factor.at;
  return operand.kind === 'value' && operand.value.kind === 'load' ? operand.value.at : [];
}

/** One nest: multiply the operands, sum over some counters, put the result in its place. */
function emit(
  context: Context,
  scale: number,
  operands: readonly Operand[],
  kept: readonly Counter[],
  summed: readonly Counter[],
  place: Place,
): void {
  const all = [...kept, ...summed];
  const around = { counters: all, ordered: summed.length === 0 };
  const inner = operands.filter(
    ({ kind, counters }) => kind === 'test' || summed.some((counter) => counters.has(counter)),
  );
  const outer = operands.filter((operand) => !inner.includes(operand));
  const valueOf = (some: readonly Operand[]): Expression => joined(context, some, around);
  if (summed.length === 0) {
    const leaf = (value: Expression): readonly Statement[] => [storeGuarded(place, operands, value)];
    const expression = scaledBy(scale, valueOf(operands));
    context.body.push(...nestOf({ counters: kept, expression, leaf, newLocal: () => newLocal(context, '') }));
    return;
  }
  const innermost = chooseInnermost(valueOf(inner), kept, summed, place);
  if (summed.includes(innermost))
    accumulate(
      context,
      scale,
      valueOf(inner),
      outer.length === 0 ? undefined : joined(context, outer, { counters: kept, ordered: true }),
      kept,
      last(summed, innermost),
      (result) => storeGuarded(place, operands, result),
    );
  else
    addInPlace(
      context,
      scaledBy(scale, valueOf(operands)),
      [...without(kept, innermost), ...summed, innermost],
      place,
      operands,
    );
}

/** Where a test keeps the place itself inside its array, nothing may be stored elsewhere. */
function storeGuarded({ buffer, at, by }: Place, operands: readonly Operand[], value: Expression): Statement {
  const store: Statement = { kind: 'store', buffer, at, by, value };
  const inside = at.every((p, axis) => rangeOf(p)[0] >= 0 && rangeOf(p)[1] < buffer.extents[axis]!);
  if (inside) return store;
  const counters = countersIn(at);
  const tests = operands.flatMap((o) =>
    o.kind === 'test' && [...o.counters].every((c) => counters.has(c)) ? [o.test] : [],
  );
  const known = value.kind === 'select' && value.when.every((condition) => tests.includes(condition));
  return { kind: 'when', conditions: tests, body: [known ? { ...store, value: value.value } : store] };
}

const without = (counters: readonly Counter[], one: Counter): readonly Counter[] =>
  counters.filter((counter) => counter !== one);
const last = (counters: readonly Counter[], one: Counter): readonly Counter[] => [...without(counters, one), one];
const scaledBy = (scale: number, value: Expression): Expression =>
  value.kind === 'select' && value.otherwise.kind === 'constant' && value.otherwise.value === 0
    ? { ...value, value: multiply(constant(scale), value.value) }
    : multiply(constant(scale), value);

function joined(
  context: Context,
  operands: readonly Operand[],
  around: { readonly counters: readonly Counter[]; readonly ordered: boolean },
): Expression {
  const factors = operands.flatMap((operand) => (operand.kind === 'factor' ? [operand.factor] : []));
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  const tests = operands.flatMap((operand) => (operand.kind === 'test' ? [operand.test] : []));
  const product = productOf(context, Q.one, factors, around);
  const value = values.length === 0 ? product : multiplyAll([...values, product]);
  return tests.length === 0 ? value : { kind: 'select', when: tests, value, otherwise: constant(0) };
}

/** A register per result: the sum is complete before it is stored. */
function accumulate(
  context: Context,
  scale: number,
  value: Expression,
  factor: Expression | undefined,
  kept: readonly Counter[],
  summed: readonly Counter[],
  store: (result: Expression) => Statement,
): void {
  const total = newLocal(context, 'total');
  const sum: Expression = { kind: 'local', local: total };
  const result = factor ? multiply(factor, sum) : sum;
  context.body.push(
    ...nestOf({
      counters: [...kept, ...summed],
      expression: value,
      leaf: (term) => [{ kind: 'update', local: total, by: 'add', value: term }],
      around: {
        depth: kept.length,
        before: [{ kind: 'declare', local: total, value: constant(0), changes: true }],
        after: [store(scaledBy(scale, result))],
      },
      newLocal: () => newLocal(context, ''),
    }),
  );
}

/** The innermost loop runs along the result: every cell collects its sum bit by bit. */
function addInPlace(
  context: Context,
  value: Expression,
  counters: readonly Counter[],
  place: Place,
  operands: readonly Operand[],
): void {
  if (place.by === 'set') context.body.push({ kind: 'clear', buffer: place.buffer });
  context.body.push(
    ...nestOf({
      counters,
      expression: value,
      leaf: (term) => [storeGuarded({ ...place, by: 'add' }, operands, term)],
      newLocal: () => newLocal(context, ''),
    }),
  );
}

/** How far the next value of the counter is in memory; Infinity where it depends. */
function strideOf(p: Position, counter: Counter): number {
  if (!countersIn([p]).has(counter)) return 0;
  return Math.abs(p.terms.find(({ atom }) => atom === counter)?.stride ?? Infinity);
}

const jump = (p: Position, counter: Counter): number => (strideOf(p, counter) > 1 ? 4 : 0);

/** The counter that makes most loads run along memory. */
function chooseInnermost(
  value: Expression,
  kept: readonly Counter[],
  summed: readonly Counter[],
  place: Place,
): Counter {
  const loads = loadsIn(value).map(({ at, extents }) => flatten(at, extents));
  const target = flatten(place.at, place.buffer.extents);
  const cost = (counter: Counter): number =>
    loads.reduce(
      (total, load) => total + jump(load, counter),
      kept.includes(counter) ? 1 + 2 * jump(target, counter) : 0,
    );
  // Among equals the last summed one.
  return [...summed.toReversed(), ...kept.toReversed()].reduce((a, b) => (cost(b) < cost(a) ? b : a));
}

// ---- the order of elimination
// In which order are the summed indices of a product eliminated? Each step multiplies what touches an index and sums
// over it.

/** Up to this many summed indices every order is tried, by subsets. */
const mostExhaustive = 9;

type Indices = ReadonlySet<Counter>;

/** Groups of summed counters, in the order in which they are eliminated; those of one group go together. */
export function eliminationOrder(
  operands: readonly Indices[],
  summed: readonly Counter[],
): readonly (readonly Counter[])[] {
  return summed.length <= mostExhaustive ? bestOrder(operands, summed) : greedyOrder(operands, summed);
}

interface Step {
  readonly group: readonly Counter[];
  readonly cost: number;
  readonly operands: readonly Indices[];
}

/** Eliminates a counter, and with it every other summed one that occurs nowhere else. */
export function eliminate(operands: readonly Indices[], counter: Counter, summed: readonly Counter[]): Step {
  const touching = operands.filter((operand) => operand.has(counter));
  const others = operands.filter((operand) => !operand.has(counter));
  const union = new Set(touching.flatMap((operand) => [...operand]));
  const group = summed.filter((s) => union.has(s) && (s === counter || !others.some((operand) => operand.has(s))));
  const cost = [...union].reduce((product, { extent }) => product * extent, 1);
  for (const s of group) union.delete(s);
  return { group, cost, operands: [...others, union] };
}

interface Plan {
  readonly cost: number;
  readonly groups: readonly (readonly Counter[])[];
}

function bestOrder(operands: readonly Indices[], summed: readonly Counter[]): readonly (readonly Counter[])[] {
  const known = new Map<string, Plan>();
  const search = (now: readonly Indices[], left: readonly Counter[]): Plan => {
    if (left.length === 0) return { cost: 0, groups: [] };
    const key = left.map(({ id }) => id).join();
    const memo = known.get(key);
    if (memo) return memo;
    let best: Plan | undefined;
    for (const counter of left) {
      const step = eliminate(now, counter, left);
      const rest = search(
        step.operands,
        left.filter((s) => !step.group.includes(s)),
      );
      const cost = step.cost + rest.cost;
      if (!best || cost < best.cost) best = { cost, groups: [step.group, ...rest.groups] };
    }
    known.set(key, best!);
    return best!;
  };
  return search(operands, summed).groups;
}

/** The cheapest step each time. */
function greedyOrder(operands: readonly Indices[], summed: readonly Counter[]): readonly (readonly Counter[])[] {
  const groups: (readonly Counter[])[] = [];
  let [now, left] = [operands, summed];
  while (left.length > 0) {
    const steps = left.map((counter) => eliminate(now, counter, left));
    const best = steps.reduce((a, b) => (b.cost < a.cost ? b : a));
    groups.push(best.group);
    now = best.operands;
    left = left.filter((s) => !best.group.includes(s));
  }
  return groups;
}
