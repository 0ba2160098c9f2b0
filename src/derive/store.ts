/** The compiled catalogue as data: written by the build, decoded rule by rule when one is first needed. */
import type { EntrywiseName } from '../../rules/functions/index.ts';
import type { RuleSets } from '../../rules/sets.ts';
import { invariant } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { compileDerivatives, compileRewrite } from './compile.ts';
import type { EntrywiseDerivative, OperationDerivative } from './derivative-rules.ts';
import type { Catalogue } from './catalogue.ts';
import { freshPatternIndex } from '../rewrite/match.ts';
import type { Condition, RewriteRule, Telling } from '../rewrite/rule.ts';
import { anchorOf, type DeferredRule } from '../rewrite/strategy.ts';
import { fromKey } from '../shape/dim.ts';
import {
  apply,
  argumentsOf,
  block,
  blockParts,
  delta,
  guard,
  number,
  openOperation,
  operation,
  type Part,
  partsOf,
  cyclicSymbol,
  piSymbol,
  product,
  size,
  sum,
  summandsOf,
  symbolTerm,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type {
  TermSymbol,
  ApplyNode,
  Bound,
  Factor,
  GuardNode,
  Index,
  OperationNode,
  Summand,
  Term,
  Operation,
} from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';

type StoredSymbol = readonly [name: string, dims: readonly string[]];
interface StoredRewrite {
  readonly rule: Telling;
  readonly anchor: string;
  readonly symbols: readonly StoredSymbol[];
  readonly where: readonly (readonly [string, Condition['needs']])[];
  readonly from: Encoded;
  readonly to: Encoded;
}
interface StoredEntrywise {
  readonly rule: Telling;
  readonly arguments: readonly string[];
  readonly partials: readonly (Encoded | null)[];
}
interface StoredOperation {
  readonly rule: Telling;
  readonly dims: readonly string[];
  readonly argument: string;
  readonly outs: readonly number[];
  readonly value: Encoded;
}
export interface StoredCatalogue {
  readonly rewrites: readonly StoredRewrite[];
  /** Those beyond the folds, which stand first among the rewrites. */
  readonly stableForms: readonly StoredRewrite[];
  readonly folds: number;
  readonly entrywise: Readonly<Record<string, StoredEntrywise>>;
  readonly operations: Readonly<Record<string, StoredOperation>>;
}

// ---- writing

/** Identities are not stored: they are read by what stands at their top, when a program first asks for that. */
export function storeCatalogue({ derivatives, folds, facts, stableForms }: RuleSets): StoredCatalogue {
  const tables = compileDerivatives(derivatives);
  return {
    rewrites: [...folds, ...facts].map((source) => storeRewrite(compileRewrite(source))),
    stableForms: stableForms.map((source) => storeRewrite(compileRewrite(source))),
    folds: folds.length,
    entrywise: Object.fromEntries([...tables.entrywise].map(([fn, rule]) => [fn, storeEntrywise(rule)])),
    operations: Object.fromEntries([...tables.operations].map(([op, rule]) => [op, storeOperation(rule)])),
  };
}
function storeRewrite(rule: RewriteRule): StoredRewrite {
  const { term } = encoder();
  const symbols = [...new Set([...symbolsIn(rule.from), ...symbolsIn(rule.to)])].filter(
    ({ role }) => role === 'pattern',
  );
  return {
    rule: { name: rule.name, source: rule.source, says: rule.says },
    anchor: anchorOf(rule),
    symbols: symbols.map(({ name, dims }) => [name, dims.map(({ key }) => key)]),
    where: rule.where.map(({ of, needs }) => [of.name, needs]),
    from: term(rule.from),
    to: term(rule.to),
  };
}
const storeEntrywise = (rule: EntrywiseDerivative): StoredEntrywise => ({
  rule: rule.rule,
  arguments: rule.arguments.map(({ name }) => name),
  partials: rule.partials.map((partial) => (partial ? encoder().term(partial) : null)),
});
function storeOperation(rule: OperationDerivative): StoredOperation {
  const { index, term } = encoder();
  return {
    rule: rule.rule,
    argument: rule.argument.name,
    dims: rule.argument.dims.map(({ key }) => key),
    outs: rule.outs.map(index),
    value: term(rule.value),
  };
}

// ---- reading

export function loadCatalogue(stored: StoredCatalogue): Omit<Catalogue, 'identities'> {
  const entrywise = deferred(stored.entrywise, loadEntrywise);
  const operation = deferred(stored.operations, loadOperation);
  const rewrites = stored.rewrites.map(loadRewrite);
  return {
    derivatives: { entrywise, operation },
    rewrites,
    stableForms: [...rewrites.slice(0, stored.folds), ...stored.stableForms.map(loadRewrite)],
  };
}
/** Decoded once, when first asked for. */
function deferred<S, T>(table: Readonly<Record<string, S>>, load: (stored: S) => T): (key: string) => T | undefined {
  const loaded = new Map<string, T>();
  return (key) => {
    if (!loaded.has(key) && Object.hasOwn(table, key)) loaded.set(key, load(table[key]!));
    return loaded.get(key);
  };
}

function symbol(name: string, role: TermSymbol['role'], keys: readonly string[], order: number): TermSymbol {
  const dims = keys.map(fromKey);
  return { name, role, shape: { kind: 'tensor', axes: dims }, dims, facts: new Set(), order };
}
function symbolTable(symbols: readonly TermSymbol[]): (key: string) => TermSymbol {
  const byKey = new Map(symbols.map((s) => [`${s.role} ${s.name}`, s]));
  return (key) => {
    const found = byKey.get(key);
    invariant(found, `the compiled rules know ${key}`);
    return found;
  };
}
/** One index for each number, the same on both sides of a rule. */
function indexTable(make: () => number): (n: number) => number {
  const known = new Map<number, number>();
  return (n) => {
    if (!known.has(n)) known.set(n, make());
    return known.get(n)!;
  };
}

function loadRewrite(stored: StoredRewrite): DeferredRule {
  let rule: RewriteRule | undefined;
  return { anchor: stored.anchor, rule: () => (rule ??= decodeRewrite(stored)) };
}
function decodeRewrite({ rule, symbols, where, from, to }: StoredRewrite): RewriteRule {
  const patterns = symbols.map(([symbolName, dims], n) => symbol(symbolName, 'pattern', dims, n));
  const symbolOf = symbolTable(patterns);
  const indexOf = indexTable(freshPatternIndex);
  return {
    ...rule,
    from: decode(from, symbolOf, indexOf),
    to: decode(to, symbolOf, indexOf),
    where: where.map(([of, needs]): Condition => ({ of: symbolOf(`pattern ${of}`), needs })),
    powers: false,
  };
}
function loadEntrywise({ rule, arguments: names, partials }: StoredEntrywise): EntrywiseDerivative {
  const args = names.map((name, n) => symbol(name, 'variable', [], n));
  const symbolOf = symbolTable(args);
  return {
    rule,
    arguments: args,
    partials: partials.map((p) => (p ? decode(p, symbolOf, indexTable(freshIndex)) : undefined)),
  };
}
function loadOperation({ rule, argument, dims, outs, value }: StoredOperation): OperationDerivative {
  const variable = symbol(argument, 'variable', dims, 0);
  const differential = symbol(argument, 'differential', dims, 1);
  const indexOf = indexTable(freshIndex);
  return {
    rule,
    argument: variable,
    differential,
    outs: outs.map(indexOf),
    value: decode(value, symbolTable([variable, differential]), indexOf),
  };
}

// ---- terms
// Terms as JSON, so that the rules are parsed and elaborated when the project is built, not when it starts.

/** Indices are numbered from 0 as they come; a symbol is its name and the keys of its sizes. */
export type Encoded =
  | readonly ['number', string]
  | readonly ['size', string]
  | readonly ['delta', number, number, string]
  | readonly ['symbol', string, readonly number[]]
  /** A position of so many, offset + the parts: index, coefficient, range. */
  | readonly ['block', number, string, string, readonly EncodedPart[]]
  /** Where such a sum is at least 1, or not 0. */
  | readonly ['guard', GuardNode['relation'], string, readonly EncodedPart[]]
  | readonly ['sum', readonly (readonly [string, Encoded])[]]
  | readonly ['product', string, readonly (readonly [Encoded, string])[], readonly (readonly [number, string])[]]
  | readonly ['apply', EntrywiseName, readonly Encoded[]]
  | readonly [
      'operation',
      Operation,
      Encoded,
      readonly (readonly [number, string])[],
      readonly number[],
      readonly string[],
    ];

/** Index, coefficient, range. */
type EncodedPart = readonly [index: number, coefficient: number, range: string];

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
  const encodedParts = (t: Term): readonly EncodedPart[] =>
    blockParts(t).map((part) => [index(part.index), part.coefficient, part.dim.key]);
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
      case 'block':
        return ['block', index(t.at[0]!), t.node.slots[0]!.key, t.node.offset.key, encodedParts(t)];
      case 'guard':
        return ['guard', t.node.relation, t.node.offset.key, encodedParts(t)];
      default:
        return invariant(false, `rules have no ${t.node.kind}`) as never;
    }
  };
  return { index, term };
}

const constants: ReadonlyMap<string, TermSymbol> = new Map(
  [piSymbol, cyclicSymbol].map((symbol) => [`${symbol.role} ${symbol.name}`, symbol]),
);

/** `symbolOf` finds a symbol by role and name; `indexOf` gives free indices; indices bound inside are fresh. */
export function decode(encoded: Encoded, symbolOf: (key: string) => TermSymbol, indexOf: (n: number) => Index): Term {
  const bound = new Map<number, Index>();
  const index = (n: number): Index => (n < 0 ? n : (bound.get(n) ?? indexOf(n)));
  const bounds = (list: readonly (readonly [number, string])[]): readonly Bound[] =>
    list.map(([n, key]) => {
      bound.set(n, freshIndex());
      return { index: bound.get(n)!, dim: fromKey(key) };
    });
  const decodedParts = (parts: readonly EncodedPart[]): readonly Part[] =>
    parts.map(([n, coefficient, key]) => ({ index: index(n), coefficient, dim: fromKey(key) }));
  const term = (e: Encoded): Term => {
    switch (e[0]) {
      case 'number':
        return number(rationalFrom(e[1]));
      case 'size':
        return size(fromKey(e[1]));
      case 'delta':
        return delta(index(e[1]), index(e[2]), fromKey(e[3]));
      case 'symbol':
        return symbolTerm(constants.get(e[1]) ?? symbolOf(e[1]), e[2].map(index));
      case 'block': {
        return block(index(e[1]), decodedParts(e[4]), fromKey(e[3]), fromKey(e[2]));
      }
      case 'guard':
        return guard(e[1], decodedParts(e[3]), fromKey(e[2]));
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
