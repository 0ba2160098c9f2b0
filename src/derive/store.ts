/** The compiled catalogue as data: written by the build, decoded rule by rule when one is first needed. */
import { invariant } from '../basics/invariant.ts';
import type { EntrywiseDerivative, OperationDerivative } from './derivative-rules.ts';
import { freshPatternIndex } from '../rewrite/match.ts';
import type { Condition, RewriteRule, Telling } from '../rewrite/rule.ts';
import { anchorOf, type DeferredRule } from '../rewrite/strategy.ts';
import { fromKey } from '../shape/dim.ts';
import { freshIndex } from '../terms/intern.ts';
import type { TermSymbol } from '../terms/node.ts';
import { symbolsIn } from '../terms/substitute.ts';
import type { Catalogue, RuleSets } from './rule-sets.ts';
import { compileDerivatives, compileRewrite } from './compile.ts';
import { decode, type Encoded, encoder } from './encode.ts';

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

export function storeCatalogue({
  derivatives,
  folds,
  facts,
  stableForms,
}: Omit<RuleSets, 'identities'>): StoredCatalogue {
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
