/** What is the value of a term at a point, over any field? */
import { type EntrywiseName, entrywiseFunctions, type SpectralName } from '../../rules/functions/index.ts';
import { invariant } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Field, isSpectral, outside, powerEntries, TooMuchWork, wholeFunction } from './field.ts';
import { offsetAt, sizeAt, type Sizes } from './point.ts';
import { checkProgram } from '../elaborate/check.ts';
import { createWorld } from '../elaborate/world.ts';
import { parseProgram } from '../parse/parse.ts';
import { type Dim, exactly } from '../shape/dim.ts';
import { cyclicSpelled, cyclicSymbol, isDuplication, placeInTriangle } from '../terms/construct.ts';
import {
  type ApplyNode,
  type Factor,
  type Index,
  type Node,
  type OperationNode,
  type ProductNode,
  type Term,
  type SymbolNode,
  type UnknownOperation,
  isUnknown,
} from '../terms/node.ts';
import { outPermutations } from '../terms/unknown.ts';

export interface Point<V> {
  readonly sizes: Sizes;
  /** Entries in row-major order, by the name of the symbol: d(x) beside x. */
  readonly values: ReadonlyMap<string, readonly V[]>;
  /** What a size is as a number, by its name: its own value, unless it is to be an unknown. */
  readonly unknownSizes?: ReadonlyMap<string, V> | undefined;
}

/** Positions count from 1. */
type Positions = readonly number[];
export type TermEvaluator<V> = (t: Term, positions: ReadonlyMap<Index, number>) => V;

interface Run<V> {
  readonly field: Field<V>;
  readonly point: Point<V>;
  readonly memo: Map<Node, Map<string, V>>;
  /** What an operation makes of its whole argument, by the positions of its other indices. */
  readonly wholes: Map<Node, Map<string, readonly (readonly V[])[]>>;
  readonly work: (count: number) => void;
}

/** Values are kept as long as the evaluator is. */
export function termEvaluator<V>(
  field: Field<V>,
  point: Point<V>,
  mostWork: number,
  spend: (count: number) => void = () => {},
): TermEvaluator<V> {
  let spent = 0;
  const work = (count: number): void => {
    spent += count;
    spend(count);
    if (spent > mostWork) throw new TooMuchWork();
  };
  const run: Run<V> = { field, point, memo: new Map(), wholes: new Map(), work };
  return ({ node, at }, positions) =>
    child(
      { node, at },
      at.map((index) => (index < 0 ? -index : positions.get(index)!)),
      run,
    );
}

/** A part at positions of its own; a constant position may lie outside its range. */
function child<V>({ node, at }: Term, own: Positions, run: Run<V>): V {
  for (let n = 0; n < at.length; n++)
    if (at[n]! < 0 && own[n]! > sizeAt(node.slots[n]!, run.point.sizes)) return outside();
  return known(run.memo, node, own.join(), () => compute(node, own, run));
}
const part = <V>(t: Term, own: Positions, run: Run<V>): V =>
  child(
    t,
    t.at.map((index) => (index < 0 ? -index : own[index]!)),
    run,
  );

function known<V>(memo: Map<Node, Map<string, V>>, node: Node, key: string, make: () => V): V {
  let ofNode = memo.get(node);
  if (!ofNode) memo.set(node, (ofNode = new Map()));
  let value = ofNode.get(key);
  if (value === undefined) ofNode.set(key, (value = make()));
  return value;
}

function compute<V>(node: Node, own: Positions, run: Run<V>): V {
  const { field, point, work } = run;
  work(1);
  const size = (dim: Dim): number => sizeAt(dim, point.sizes);
  const truth = (holds: boolean): V => (holds ? field.one : field.zero);
  switch (node.kind) {
    case 'number':
      return field.rational(node.value);
    case 'size':
      return sizeValue(node.dim, run);
    case 'index':
      return field.rational(Q.rational(own[0]!));
    case 'delta':
      return truth(own[0] === own[1]);
    case 'pairing':
      return truth(own[0] === (own[1]! - 1) * size(node.slots[2]!) + own[2]!);
    case 'block':
      return truth(
        own[0] ===
          node.coefficients.reduce((total, c, n) => total + c * own[n + 1]!, offsetAt(node.offset, point.sizes)),
      );
    case 'guard': {
      const value = node.coefficients.reduce((total, c, n) => total + c * own[n]!, offsetAt(node.offset, point.sizes));
      return truth(node.relation === 'at-least' ? value >= 1 : value !== 0);
    }
    case 'symbol':
      return symbolValue(node, own, run);
    case 'sum':
      return node.terms.reduce(
        (total, [c, t]) => field.plus(total, field.times(field.rational(c), part(t, own, run))),
        field.zero,
      );
    case 'product':
      return productValue(node, own, run);
    case 'apply':
      return applied(node, own, run);
    case 'operation':
      return operationValue(node, own, run);
  }
}

function sizeValue<V>(dim: Dim, { field, point }: Run<V>): V {
  const { unknownSizes } = point;
  if (!unknownSizes) return field.rational(Q.rational(sizeAt(dim, point.sizes)));
  const monomial = (names: string): V =>
    names
      .split('*')
      .filter(Boolean)
      .reduce((product, name) => field.times(product, unknownSizes.get(name) ?? outside()), field.one);
  return [...dim.terms].reduce(
    (total, [names, c]) => field.plus(total, field.times(field.rational(exactly(c)), monomial(names))),
    field.zero,
  );
}

function symbolValue<V>(node: SymbolNode, own: Positions, run: Run<V>): V {
  const { field, point } = run;
  const { symbol } = node;
  if (symbol === cyclicSymbol) return part(cyclicSpelled(), own, run);
  if (isDuplication(node)) {
    const [i, j, place] = own as readonly [number, number, number];
    return place === placeInTriangle(i, j, sizeAt(symbol.dims[0]!, point.sizes)) ? field.one : field.zero;
  }
  if (symbol.role === 'constant') return field.constant(symbol.name);
  if (symbol.definition) return part(symbol.definition, own, run);
  const entries = point.values.get(symbol.name) ?? outside();
  const offset = own.reduce((total, n, axis) => total * sizeAt(symbol.dims[axis]!, point.sizes) + n - 1, 0);
  return entries[offset] ?? outside();
}

// ---- products

const selects = ([{ node }]: Factor): boolean =>
  node.kind === 'delta' || node.kind === 'pairing' || node.kind === 'block' || node.kind === 'guard';

function productValue<V>({ coefficient, factors, bound, slots }: ProductNode, own: Positions, run: Run<V>): V {
  const { field, point } = run;
  const extents = bound.map((dim) => sizeAt(dim, point.sizes));
  const tables: Table<V>[] = [];
  // What a selector rules out need not exist.
  for (const factor of factors.toSorted((a, b) => Number(selects(b)) - Number(selects(a)))) {
    const table = factorTable(factor, own, slots.length, extents, run);
    if (selects(factor) && table.values.every((value) => value === field.zero)) return field.zero;
    tables.push(table);
  }
  return field.times(field.rational(coefficient), contracted(tables, extents, field, run.work));
}

function factorTable<V>(
  [base, exponent]: Factor,
  own: Positions,
  slots: number,
  extents: readonly number[],
  run: Run<V>,
): Table<V> {
  const over = [...new Set(base.at)].filter((index) => index >= slots).map((index) => index - slots);
  run.work(over.reduce((count, index) => count * extents[index]!, 1));
  return tableFrom(over, extents, (at) => {
    const positions = base.at.map((index) =>
      index < 0 ? -index : index < slots ? own[index]! : at[over.indexOf(index - slots)]!,
    );
    const value = child(base, positions, run);
    return Q.isOne(exponent) ? value : run.field.power(value, exponent);
  });
}

// ---- functions

function applied<V>(node: ApplyNode, own: Positions, run: Run<V>): V {
  const { fn, args } = node;
  const values = args.map((arg) => part(arg, own, run));
  if (fn === 'power') {
    const exponent = exactExponent(args[1]!, run.point.sizes);
    if (exponent) return run.field.power(values[0]!, exponent);
  }
  if (run.field.computes(fn)) return run.field.apply(fn, values, node);
  const definition = definitionOf(fn);
  const given = new Map(definition.parameters.map((name, n) => [name, [values[n]!]]));
  const inside = { ...run, point: { sizes: run.point.sizes, values: given }, memo: new Map(), wholes: new Map() };
  return child(definition.term, [], inside);
}

function operationValue<V>(node: OperationNode, own: Positions, run: Run<V>): V {
  const outs = own.slice(0, node.outs);
  const rest = own.slice(node.outs);
  const { op } = node;
  if (isUnknown(op)) {
    const counts = [node, ...node.further].map(({ bound }) => bound.length);
    return run.field.unknown(op, entriesOf(node, own, run), inOneOrder(op, outs, counts));
  }
  const result = node.slots.slice(0, node.outs).map((dim) => sizeAt(dim, run.point.sizes));
  if (isSpectral(op)) {
    const [entries = []] = known(run.wholes, node, rest.join(), () => [spectral(op, node, own, result, run)]);
    return entries[placeOf(outs, result)] ?? outside();
  }
  if (op === 'powm' || op === 'dpowm') {
    const exponent = sizeAt(node.bound[2]!, run.point.sizes);
    const [entries = []] = known(run.wholes, node, rest.join(), () => {
      const base = entriesOf({ ...node, bound: node.bound.slice(0, 2) }, own, run);
      run.work(base.length ** 1.5 * (exponent + 1) + (op === 'dpowm' ? base.length ** 2 * exponent : 0));
      return [powerEntries(op, base, exponent, run.field)];
    });
    return entries[placeOf(outs, result)] ?? outside();
  }
  const whole = known(run.wholes, node, rest.join(), () =>
    wholeFunction(op, entriesOf(node, own, run), run.field, run.work),
  );
  const half = node.outs / 2;
  const [i, j] =
    node.outs < 2
      ? [0, placeOf(outs, result)]
      : [placeOf(outs.slice(0, half), result), placeOf(outs.slice(half), result.slice(half))];
  return whole[i]?.[j] ?? outside();
}

/** Where an entry stands among all, row by row. */
const placeOf = (at: Positions, extents: readonly number[]): number =>
  at.reduce((place, position, n) => place * extents[n]! + position - 1, 0);

function spectral<V>(
  op: SpectralName,
  node: OperationNode,
  own: Positions,
  result: readonly number[],
  run: Run<V>,
): readonly V[] {
  const extents = node.bound.map((dim) => sizeAt(dim, run.point.sizes));
  run.work(10 * extents.reduce((a, b) => a * b, 1) ** 1.5);
  return run.field.spectral(op, { values: entriesOf(node, own, run), extents }, result);
}

/** Second derivatives are symmetric: of all orders of their positions one is looked up. */
const inOneOrder = (op: UnknownOperation, outs: Positions, counts: readonly number[]): Positions =>
  outPermutations(op, outs.length, counts)
    .map((order) => order.map((n) => outs[n]!))
    .reduce((least, other) => (other.join() < least.join() ? other : least), outs);

/** All entries of the argument; of several, one after the other. The bodies do not depend on the out indices. */
function entriesOf<V>(node: OperationNode, own: Positions, run: Run<V>): readonly V[] {
  let before: Positions = own;
  return [node, ...node.further].flatMap(({ body, bound }): readonly V[] => {
    const given = before;
    before = [...before, ...bound.map(() => 1)];
    const extents = bound.map((dim) => sizeAt(dim, run.point.sizes));
    run.work(extents.reduce((a, b) => a * b, 1));
    if (extents.includes(0)) return [];
    return Array.from(everywhere([...extents.keys()], extents), (at) => part(body, [...given, ...at], run));
  });
}

// ---- exponents made of numbers and sizes, such as n - 1: such powers are computed exactly

export function exactExponent({ node }: Term, sizes: Sizes): Rational | undefined {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'size') return Q.rational(sizeAt(node.dim, sizes));
  if (node.kind === 'sum')
    return combined(
      node.terms.map(([c, t]) => scaledBy(c, exactExponent(t, sizes))),
      Q.plus,
    );
  // Where an index is summed over, some factor speaks of it, and is no number.
  if (node.kind !== 'product') return undefined;
  return combined([node.coefficient, ...node.factors.map(([t, e]) => raisedTo(exactExponent(t, sizes), e))], Q.times);
}
const scaledBy = (c: Rational, value: Rational | undefined): Rational | undefined => value && Q.times(c, value);
const raisedTo = (value: Rational | undefined, e: Rational): Rational | undefined =>
  value && Q.isInteger(e) && !Q.isZero(value) ? Q.power(value, Number(e.n)) : undefined;
const combined = (
  values: readonly (Rational | undefined)[],
  join: (a: Rational, b: Rational) => Rational,
): Rational | undefined => values.reduce((a, b) => a && b && join(a, b));

// ---- functions that a field does not know
// A function's definition as a term over symbols for its arguments: what a field evaluates that does not know the
// function.

interface Definition {
  readonly parameters: readonly string[];
  readonly term: Term;
}

const definitions = new Map<EntrywiseName, Definition>();

function definitionOf(fn: EntrywiseName): Definition {
  const record = entrywiseFunctions.get(fn)!;
  invariant(record.definition !== 'primitive', `${fn} is evaluated by its definition`);
  let made = definitions.get(fn);
  if (!made) {
    const parsed = parseProgram(`${record.arguments.join(', ')} in R; ${record.definition.to}`);
    invariant(parsed.ok, `the definition of ${fn} is an expression`);
    const checked = checkProgram(parsed.value);
    const [question] = checked.questions;
    invariant(question?.kind === 'question', `the definition of ${fn} is an expression`);
    const world = createWorld(checked, new Set(), () => invariant(false, `${fn} has no derivative inside`) as never);
    made = { parameters: record.arguments, term: world.evaluate(question.expression).term };
    definitions.set(fn, made);
  }
  return made;
}

// ---- sums over many indices
// How is a sum over many indices evaluated? One index after the other, so that a chain of n matrices costs n products.

/** Numbers over some of the bound indices, the last one running fastest. */
export interface Table<V> {
  readonly over: readonly number[];
  readonly values: readonly V[];
}

/** Positions of the indices `over`, in the order of a table. */
export function* everywhere(over: readonly number[], extents: readonly number[]): Generator<readonly number[]> {
  const at = over.map(() => 1);
  for (;;) {
    yield at;
    let n = over.length - 1;
    while (n >= 0 && at[n] === extents[over[n]!]) at[n--] = 1;
    if (n < 0) return;
    at[n]!++;
  }
}

export function tableFrom<V>(
  over: readonly number[],
  extents: readonly number[],
  entry: (at: readonly number[]) => V,
): Table<V> {
  if (over.some((index) => extents[index] === 0)) return { over, values: [] };
  return { over, values: Array.from(everywhere(over, extents), entry) };
}

/** The product of all tables, summed over every index. `work` is told how many products each step takes. */
export function contracted<V>(
  tables: readonly Table<V>[],
  extents: readonly number[],
  { plus, times, zero, one }: Field<V>,
  work: (count: number) => void,
): V {
  let open = [...tables];
  const waiting = new Set(extents.keys());
  while (waiting.size > 0) {
    const index = cheapest(waiting, open, extents);
    waiting.delete(index);
    const touching = open.filter(({ over }) => over.includes(index));
    const rest = [...new Set(touching.flatMap(({ over }) => over))].filter((other) => other !== index);
    work(sizeOf(rest, extents) * extents[index]! * touching.length);
    const readers = touching.map((table) => reader(table, [...rest, index], extents));
    const total = (at: readonly number[]): V => {
      let sum = zero;
      for (let n = 1; n <= extents[index]!; n++)
        sum = plus(
          sum,
          readers.reduce((product, read) => times(product, read([...at, n])), one),
        );
      return sum;
    };
    open = [...open.filter((table) => !touching.includes(table)), tableFrom(rest, extents, total)];
  }
  return open.reduce((product, { values }) => times(product, values[0]!), one);
}

const sizeOf = (over: readonly number[], extents: readonly number[]): number =>
  over.reduce((size, index) => size * extents[index]!, 1);

function cheapest(waiting: ReadonlySet<number>, open: readonly Table<unknown>[], extents: readonly number[]): number {
  const cost = (index: number): number =>
    sizeOf([...new Set(open.filter(({ over }) => over.includes(index)).flatMap(({ over }) => over))], extents);
  return [...waiting].reduce((best, index) => (cost(index) < cost(best) ? index : best));
}

/** Reads a table at positions given in another order. */
function reader<V>(
  { over, values }: Table<V>,
  order: readonly number[],
  extents: readonly number[],
): (at: readonly number[]) => V {
  const places = over.map((index) => order.indexOf(index));
  return (at) => values[places.reduce((offset, place, n) => offset * extents[over[n]!]! + at[place]! - 1, 0)]!;
}
