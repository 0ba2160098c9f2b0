/** Terms as JSON, so that the rules are parsed and elaborated when the project is built, not when it starts. */
import type { EntrywiseName } from '../../rules/functions/index.ts';
import { invariant } from '../basics/invariant.ts';
import * as Q from '../basics/rational.ts';
import { fromKey } from '../shape/dim.ts';
import {
  apply,
  argumentsOf,
  delta,
  number,
  openOperation,
  operation,
  partsOf,
  piSymbol,
  product,
  size,
  sum,
  summandsOf,
  symbolTerm,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { ApplyNode, Bound, Factor, Index, OperationNode, Summand, Term, TermSymbol } from '../terms/node.ts';

/** Indices are numbered from 0 as they come; a symbol is its name and the keys of its sizes. */
export type Encoded =
  | readonly ['number', string]
  | readonly ['size', string]
  | readonly ['delta', number, number, string]
  | readonly ['symbol', string, readonly number[]]
  | readonly ['sum', readonly (readonly [string, Encoded])[]]
  | readonly ['product', string, readonly (readonly [Encoded, string])[], readonly (readonly [number, string])[]]
  | readonly ['apply', EntrywiseName, readonly Encoded[]]
  | readonly [
      'operation',
      string,
      Encoded,
      readonly (readonly [number, string])[],
      readonly number[],
      readonly string[],
    ];

export interface Encoder {
  readonly index: (index: Index) => number;
  readonly term: (t: Term) => Encoded;
}

export function encoder(): Encoder {
  const numbers = new Map<Index, number>();
  const index = (i: Index): number => {
    if (i < 0) return i;
    if (!numbers.has(i)) numbers.set(i, numbers.size);
    return numbers.get(i)!;
  };
  const bounds = (bound: readonly Bound[]): readonly (readonly [number, string])[] =>
    bound.map((b) => [index(b.index), b.dim.key]);
  const term = (t: Term): Encoded => {
    switch (t.node.kind) {
      case 'number':
        return ['number', Q.toText(t.node.value)];
      case 'size':
        return ['size', t.node.dim.key];
      case 'delta':
        return ['delta', index(t.at[0]!), index(t.at[1]!), t.node.slots[0]!.key];
      case 'symbol':
        return ['symbol', `${t.node.symbol.role} ${t.node.symbol.name}`, t.at.map(index)];
      case 'sum':
        return ['sum', summandsOf(t).map(([c, s]) => [Q.toText(c), term(s)] as const)];
      case 'product': {
        const { coefficient, factors, bound } = partsOf(t);
        return [
          'product',
          Q.toText(coefficient),
          factors.map(([f, e]) => [term(f), Q.toText(e)] as const),
          bounds(bound),
        ];
      }
      case 'apply':
        return ['apply', t.node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(term)];
      case 'operation': {
        const { op, body, bound, outs } = openOperation(t as Term & { node: OperationNode });
        return [
          'operation',
          op,
          term(body),
          bounds(bound),
          outs.map(index),
          t.node.slots.slice(0, outs.length).map(({ key }) => key),
        ];
      }
      default:
        return invariant(false, `rules have no ${t.node.kind}`) as never;
    }
  };
  return { index, term };
}

/** `symbolOf` finds a symbol by role and name; `indexOf` gives free indices; indices bound inside are fresh. */
export function decode(encoded: Encoded, symbolOf: (key: string) => TermSymbol, indexOf: (n: number) => Index): Term {
  const bound = new Map<number, Index>();
  const index = (n: number): Index => (n < 0 ? n : (bound.get(n) ?? indexOf(n)));
  const bounds = (list: readonly (readonly [number, string])[]): readonly Bound[] =>
    list.map(([n, key]) => {
      bound.set(n, freshIndex());
      return { index: bound.get(n)!, dim: fromKey(key) };
    });
  const term = (e: Encoded): Term => {
    switch (e[0]) {
      case 'number':
        return number(rationalFrom(e[1]));
      case 'size':
        return size(fromKey(e[1]));
      case 'delta':
        return delta(index(e[1]), index(e[2]), fromKey(e[3]));
      case 'symbol':
        return symbolTerm(e[1] === 'constant pi' ? piSymbol : symbolOf(e[1]), e[2].map(index));
      case 'sum':
        return sum(e[1].map(([c, s]): Summand => [rationalFrom(c), term(s)]));
      case 'product': {
        const inner = bounds(e[3]);
        return product(
          rationalFrom(e[1]),
          e[2].map(([f, x]): Factor => [term(f), rationalFrom(x)]),
          inner,
        );
      }
      case 'apply':
        return apply(e[1], e[2].map(term));
      case 'operation': {
        const inner = bounds(e[3]);
        return operation(e[1], term(e[2]), inner, e[4].map(index), e[5].map(fromKey));
      }
    }
  };
  return term(encoded);
}

const rationalFrom = (text: string): Q.Rational => {
  const [n, d = '1'] = text.split('/');
  return Q.rational(BigInt(n!), BigInt(d));
};
