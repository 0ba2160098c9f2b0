/** How are functions of whole arrays computed? Exponentials shifted by the largest entry, matrices by elimination. */
import { invariant } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { OperationName } from '../../rules/functions/index.ts';
import { isUnknown, type OperationNode } from '../terms/node.ts';
import { unknownFunction, type UnknownFunctionOf } from '../terms/unknown.ts';
import { resultName } from '../syntax/unknown.ts';
import { type Context, extentsOf, newBuffer, newCounters, newLocal, positionsOf, type Stored } from './context.ts';
import { addAll, applied, constant, divide, negate, subtract } from './expression.ts';
import { pieceKey, plain } from './sharing.ts';
import { positionKey } from './position.ts';
import type { Buffer, Counter, Expression, Factorisation, Local, Position, Statement } from './program.ts';
import { inside, type Occurrence, resolve, valueOf } from './values.ts';
import { write } from './write.ts';

/** The rows of the argument: one for each value of the parameters. */
interface Rows {
  readonly parameters: readonly Counter[];
  readonly bound: readonly Counter[];
  readonly target: Buffer;
}

/** Computes the operation into an array: the parameters come first, so that every row lies together. */
export function storeOperation(context: Context, node: OperationNode, name: string): Stored {
  const extents = extentsOf(context, node.slots);
  const slots = extents.map((_, slot) => slot);
  const order = [...slots.slice(node.outs), ...slots.slice(0, node.outs)];
  const parameters = newCounters(context, extents.slice(node.outs));
  const bound = newCounters(context, extentsOf(context, node.bound));
  // Slots are the outs and then the parameters; in the body only parameters and bound indices occur.
  const outs = positionsOf(newCounters(context, extents.slice(0, node.outs)));
  const around = [...outs, ...positionsOf(parameters)];
  const body = inside(node.body, [...around, ...positionsOf(bound)]);
  const make = (): Buffer =>
    newBuffer(
      context,
      'work',
      name,
      order.map((slot) => extents[slot]!),
    );
  const rows = (): Rows => ({ parameters, bound, target: make() });

  const { op } = node;
  if (!isUnknown(op)) return { buffer: ways[op](context, body, rows()), order };
  let before: readonly Position[] = [...around, ...positionsOf(bound)];
  const others = node.further.map((argument): Passed => {
    const own = newCounters(context, extentsOf(context, argument.bound));
    before = [...before, ...positionsOf(own)];
    return { body: inside(argument.body, before), bound: own };
  });
  return { buffer: call(context, unknownFunction(op), [{ body, bound }, ...others], rows()), order };
}
/** An argument of an unknown function. */
interface Passed {
  readonly body: Occurrence;
  readonly bound: readonly Counter[];
}

type Way = (context: Context, body: Occurrence, rows: Rows) => Buffer;
const ways: Readonly<Record<OperationName, Way>> = {
  softmax: (...given) => softmax('softmax', ...given),
  log_softmax: (...given) => softmax('log_softmax', ...given),
  logsumexp: (...given) => reduction('logsumexp', ...given),
  prod: (...given) => reduction('prod', ...given),
  var: variance,
  max: (...given) => reduction('max', ...given),
  min: (...given) => reduction('min', ...given),
  inv: (...given) => factorise('inverse', ...given),
  adj: (...given) => factorise('adjugate', ...given),
  det: (...given) => factorise('determinant', ...given),
  logdet: (...given) => factorise('log-determinant', ...given),
  eigvals: (...given) => factorise('eigvals', ...given),
  eigvecs: (...given) => factorise('eigvecs', ...given),
  eigmax: (...given) => factorise('eigmax', ...given),
  eigmin: (...given) => factorise('eigmin', ...given),
  chol: (...given) => factorise('chol', ...given),
  normop: (...given) => factorise('normop', ...given),
  normnuc: (...given) => factorise('normnuc', ...given),
  pinv: (...given) => factorise('pinv', ...given),
  expm: (...given) => factorise('expm', ...given),
  logm: (...given) => factorise('logm', ...given),
  sqrtm: (...given) => factorise('sqrtm', ...given),
  dexpm: (...given) => factorise('dexpm', ...given),
  dlogm: (...given) => factorise('dlogm', ...given),
  powm: (context, body, rows) => {
    const [first, second, { extent }] = rows.bound as readonly [Counter, Counter, Counter];
    return factorise('power', context, body, { ...rows, bound: [first, second] }, extent);
  },
  dpowm: () => invariant(false, 'how a power varies is never printed') as never,
  // A map between matrices, as a matrix between their entries.
  sylvester: (...given) => factorise('inverse', ...given),
};

const use = (local: Local): Expression => ({ kind: 'local', local });
const exp = (of: Expression): Expression => applied('exp', of);

export function loopsOver(counters: readonly Counter[], body: readonly Statement[]): readonly Statement[] {
  return counters
    .filter(({ extent }) => extent !== 1)
    .reduceRight<readonly Statement[]>((inner, counter) => [{ kind: 'loop', counter, body: inner }], body);
}

/** The entries of a row: read where they are, or from an array if they take more than a load. */
function entries(context: Context, body: Occurrence, { parameters, bound }: Rows): Expression {
  const counters = [...parameters, ...bound];
  if (context.sharing.weightOf(plain(resolve(body).node)) <= 1)
    return valueOf(context, Q.one, body, { counters, ordered: true });
  const buffer = newBuffer(
    context,
    'work',
    '',
    counters.map(({ extent }) => extent),
  );
  write(context, { buffer, counters }, body);
  return { kind: 'load', buffer, at: positionsOf(counters) };
}

interface Largest {
  readonly shift: Expression;
  readonly statements: readonly Statement[];
}
/** What is collected in one number as it comes: it starts with what changes nothing. */
const collected = {
  max: { by: 'max', from: -Infinity, name: 'largest' },
  min: { by: 'min', from: Infinity, name: 'smallest' },
  prod: { by: 'multiply', from: 1, name: 'product' },
  sum: { by: 'add', from: 0, name: 'total' },
} as const;
const collect = (
  what: keyof typeof collected,
  local: Local,
  entry: Expression,
  bound: readonly Counter[],
): readonly Statement[] => [
  { kind: 'declare', local, value: constant(collected[what].from), changes: true },
  ...loopsOver(bound, [{ kind: 'update', local, by: collected[what].by, value: entry }]),
];
/** The largest entry of a row, as far as it is finite. */
function largestOf(context: Context, entry: Expression, bound: readonly Counter[]): Largest {
  const local = newLocal(context, 'largest');
  const shift = newLocal(context, 'shift');
  const statements: readonly Statement[] = [
    ...collect('max', local, entry, bound),
    { kind: 'declare', local: shift, value: applied('finite', use(local)), changes: false },
  ];
  return { shift: use(shift), statements };
}

function softmax(kind: 'softmax' | 'log_softmax', context: Context, body: Occurrence, rows: Rows): Buffer {
  const { parameters, bound, target } = rows;
  const entry = entries(context, body, rows);
  const { shift, statements } = largestOf(context, entry, bound);
  const total = newLocal(context, 'total');
  const weight = newLocal(context, 'weight');
  const at: readonly Position[] = positionsOf([...parameters, ...bound]);
  const store = (value: Expression): Statement => ({ kind: 'store', buffer: target, at, by: 'set', value });
  const declareTotal: Statement = { kind: 'declare', local: total, value: constant(0), changes: true };
  const weigh: Statement = { kind: 'declare', local: weight, value: exp(subtract(entry, shift)), changes: false };
  const addWeight: Statement = { kind: 'update', local: total, by: 'add', value: use(weight) };
  const stored: Expression = { kind: 'load', buffer: target, at };
  if (kind === 'softmax') {
    const first = loopsOver(bound, [weigh, store(use(weight)), addWeight]);
    const second = loopsOver(bound, [store(divide(stored, use(total)))]);
    context.body.push(...loopsOver(parameters, [...statements, declareTotal, ...first, ...second]));
    return target;
  }
  const rest = newLocal(context, 'rest');
  const logTotal: Statement = {
    kind: 'declare',
    local: rest,
    value: applied('log', use(total)),
    changes: false,
  };
  // Subtracting in two steps keeps the digits of entries near the largest one.
  const result = addAll([subtract(entry, shift), negate(use(rest))]);
  const first = loopsOver(bound, [weigh, addWeight]);
  context.body.push(
    ...loopsOver(parameters, [...statements, declareTotal, ...first, logTotal, ...loopsOver(bound, [store(result)])]),
  );
  return target;
}

function reduction(kind: 'logsumexp' | 'max' | 'min' | 'prod', context: Context, body: Occurrence, rows: Rows): Buffer {
  const { parameters, bound, target } = rows;
  const entry = entries(context, body, rows);
  const at = positionsOf(parameters);
  const store = (value: Expression): Statement => ({ kind: 'store', buffer: target, at, by: 'set', value });
  if (kind !== 'logsumexp') {
    const local = newLocal(context, collected[kind].name);
    context.body.push(...loopsOver(parameters, [...collect(kind, local, entry, bound), store(use(local))]));
    return target;
  }
  const { shift, statements } = largestOf(context, entry, bound);
  const total = newLocal(context, 'total');
  context.body.push(
    ...loopsOver(parameters, [
      ...statements,
      { kind: 'declare', local: total, value: constant(0), changes: true },
      ...loopsOver(bound, [{ kind: 'update', local: total, by: 'add', value: exp(subtract(entry, shift)) }]),
      store(addAll([shift, applied('log', use(total))])),
    ]),
  );
  return target;
}

/** In two passes: first the mean, then the squared deviations from it. */
function variance(context: Context, body: Occurrence, rows: Rows): Buffer {
  const { parameters, bound, target } = rows;
  const entry = entries(context, body, rows);
  const [sum, mean, total] = [newLocal(context, 'total'), newLocal(context, 'mean'), newLocal(context, 'squares')];
  const count = constant(countOf(bound));
  const deviation = subtract(entry, use(mean));
  const square: Expression = { kind: 'integer-power', base: deviation, exponent: 2 };
  context.body.push(
    ...loopsOver(parameters, [
      ...collect('sum', sum, entry, bound),
      { kind: 'declare', local: mean, value: divide(use(sum), count), changes: false },
      ...collect('sum', total, square, bound),
      { kind: 'store', buffer: target, at: positionsOf(parameters), by: 'set', value: divide(use(total), count) },
    ]),
  );
  return target;
}

/** The argument as an array with exactly these extents, in this order: the one that holds it already, if there is one. */
function arrayOf(context: Context, body: Occurrence, { parameters, bound }: Omit<Rows, 'target'>): Buffer {
  const counters = [...parameters, ...bound];
  const value = resolve(body);
  if (value.node.kind === 'symbol' || context.stored.has(pieceKey(plain(value.node)))) {
    const load = valueOf(context, Q.one, value, { counters, ordered: true });
    if (load.kind === 'load' && samePositions(load.at, positionsOf(counters))) return load.buffer;
  }
  const buffer = newBuffer(
    context,
    'work',
    '',
    counters.map(({ extent }) => extent),
  );
  write(context, { buffer, counters }, value);
  return buffer;
}
const samePositions = (a: readonly Position[], b: readonly Position[]): boolean =>
  a.length === b.length && a.every((p, n) => positionKey(p) === positionKey(b[n]!));

const countOf = (counters: readonly Counter[]): number => counters.reduce((product, { extent }) => product * extent, 1);

function factorise(result: Factorisation, context: Context, body: Occurrence, rows: Rows, exponent?: number): Buffer {
  const half = rows.bound.length / 2;
  const [height, width] = [countOf(rows.bound.slice(0, half)), countOf(rows.bound.slice(half))];
  const source = arrayOf(context, body, rows);
  const scratch = newBuffer(context, 'work', '', [scratchFor(result, height, width)]);
  const { target } = rows;
  context.body.push({
    kind: 'factorise',
    result,
    source,
    target,
    scratch,
    rows: height,
    columns: width,
    exponent,
    count: countOf(rows.parameters),
  });
  return target;
}
/** So many cells do the methods of `emit/` take. */
export function scratchFor(result: Factorisation, rows: number, columns: number): number {
  const cells = rows * columns;
  if (result === 'expm' || result === 'sqrtm') return 8 * cells;
  if (result === 'power') return 3 * cells;
  if (result === 'logm') return 12 * cells;
  if (result === 'pinv') return cells + Math.min(rows, columns) ** 2;
  // Of a matrix of twice the size.
  return result === 'dexpm' ? 32 * cells : result === 'dlogm' ? 48 * cells : 2 * (rows + 1) * (columns + 1);
}

function call(context: Context, of: UnknownFunctionOf, args: readonly Passed[], { parameters, target }: Rows): Buffer {
  const { name } = of;
  const result = resultName(of.by, args.length);
  const known = context.functions.get(name)?.results ?? [];
  context.functions.set(name, { name, results: known.includes(result) ? known : [...known, result] });
  const sources = args.map(({ body, bound }) => arrayOf(context, body, { parameters, bound }));
  context.body.push({ kind: 'call', name, result, sources, target, count: countOf(parameters) });
  return target;
}
