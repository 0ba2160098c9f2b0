/** How does a term fill an array? Dense summands together in one nest, each sparse one along its own positions. */
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { type Context, extentsOf, newCounters, newLocal, positionsOf } from './context.ts';
import { addProduct, isTest, openFactors, type Product } from './contract.ts';
import { addAll, constant, multiply, nestOf } from './expression.ts';
import { isSparse, pieceKey, plain } from './sharing.ts';
import type { Buffer, Counter, Expression } from './program.ts';
import { inside, type Occurrence, resolve, valueOf } from './values.ts';

export interface Destination {
  readonly buffer: Buffer;
  /** One for each extent of the buffer. */
  readonly counters: readonly Counter[];
}

type Term = readonly [coefficient: Rational, occurrence: Occurrence];

export function write(context: Context, destination: Destination, occurrence: Occurrence): void {
  const terms = termsOf(context, resolve(occurrence));
  const dense = terms.filter(([, t]) => !isSparse(t.node));
  if (dense.length > 1) writeTogether(context, destination, dense);
  else if (dense.length === 1) writeAlone(context, destination, dense[0]!);
  else context.body.push({ kind: 'clear', buffer: destination.buffer });
  for (const term of terms) if (!dense.includes(term)) add(context, destination, productOf(context, term));
}

const isStored = (context: Context, { node }: Occurrence): boolean => context.stored.has(pieceKey(plain(node)));

const termsOf = (context: Context, occurrence: Occurrence): readonly Term[] =>
  occurrence.node.kind === 'sum' && !isStored(context, occurrence)
    ? occurrence.node.terms.map(([c, t]): Term => [c, inside(t, occurrence.at)])
    : [[Q.one, occurrence]];

function productOf(context: Context, [coefficient, occurrence]: Term): Product {
  const { node, at } = resolve(occurrence);
  const bound = (o: Occurrence): readonly Counter[] =>
    o.node.kind === 'product' ? newCounters(context, extentsOf(context, o.node.bound)) : [];
  if (node.kind !== 'product' || isStored(context, { node, at }))
    return openFactors(context, { coefficient, factors: [{ node, at, exponent: Q.one }], summed: [] }, bound);
  const summed = bound({ node, at });
  const positions = [...at, ...positionsOf(summed)];
  const factors = node.factors.map(([t, e]) => ({ ...inside(t, positions), exponent: e }));
  return openFactors(context, { coefficient: Q.times(coefficient, node.coefficient), factors, summed }, bound);
}

function writeAlone(context: Context, destination: Destination, term: Term): void {
  const product = productOf(context, term);
  if (product.factors.some(isTest)) {
    context.body.push({ kind: 'clear', buffer: destination.buffer });
    add(context, destination, product);
  } else add(context, destination, product, 'set');
}

const add = (context: Context, { buffer, counters }: Destination, product: Product, by: 'set' | 'add' = 'add'): void =>
  addProduct(context, product, { buffer, at: positionsOf(counters), by }, counters);

function writeTogether(context: Context, { buffer, counters }: Destination, terms: readonly Term[]): void {
  const around = { counters, ordered: true };
  const expression = addAll(
    terms.map(([c, t]): Expression => multiply(constant(Q.toNumber(c)), valueOf(context, Q.one, t, around))),
  );
  context.body.push(
    ...nestOf({
      counters,
      expression,
      leaf: (value) => [{ kind: 'store', buffer, at: positionsOf(counters), by: 'set', value }],
      newLocal: () => newLocal(context, ''),
    }),
  );
}
