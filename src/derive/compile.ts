/** Rules from text to terms: parsed, elaborated, their names turned into pattern symbols. */
import { invariant } from '../basics/invariant.ts';
import { one } from '../basics/rational.ts';
import type { EntrywiseDerivative, OperationDerivative } from './derivative-rules.ts';
import { linearIn } from './differential.ts';
import { refuse } from '../basics/problem.ts';
import { checkProgram } from '../elaborate/check.ts';
import { createWorld, type Value } from '../elaborate/world.ts';
import { parseExpression, parseProgram } from '../parse/parse.ts';
import { freshPatternIndex } from '../rewrite/match.ts';
import type { Condition, RewriteRule, Telling } from '../rewrite/rule.ts';
import { type Dim, mapSizeNames, named } from '../shape/dim.ts';
import type { Program } from '../syntax/tree.ts';
import { argumentsOf, dimOf, isZero, rename, sum, symbolTerm } from '../terms/construct.ts';
import type { ApplyNode, Index, Term, TermSymbol } from '../terms/node.ts';
import { substitute } from '../terms/substitute.ts';
import type { RuleSource } from '../../rules/rule-source.ts';

const tellingOf = ({ name, source, says }: RuleSource): Telling => ({ name, source, says });

function elaborateSides(
  rule: RuleSource,
  fromExpression: 'inner' | 'whole',
): {
  from: Value;
  to: Value;
  symbols: ReadonlyMap<string, TermSymbol>;
  differentials: ReadonlyMap<string, TermSymbol>;
} {
  const read = <T>(outcome: { ok: true; value: T } | { ok: false; problem: Parameters<typeof refuse>[0] }): T =>
    outcome.ok
      ? outcome.value
      : refuse({ ...outcome.problem, message: `rule “${rule.name}”: ${outcome.problem.message}` });
  const given = read(parseProgram(rule.given));
  const whole = read(parseExpression(rule.from));
  const from = fromExpression === 'inner' && whole.kind === 'call' ? whole.arguments[0]! : whole;
  const to = read(parseExpression(rule.to));
  const question = (expression: typeof to) => ({ kind: 'question', expression, at: [], byCases: false }) as const;
  const program: Program = { statements: [...given.statements, question(from), question(to)] };
  const differentials = new Map<string, TermSymbol>();
  const world = createWorld(checkProgram(program), new Set(), ({ of }) => {
    const { node } = of.term;
    invariant(node.kind === 'symbol', `rule “${rule.name}” takes differentials of names only`);
    const known = differentials.get(node.symbol.name) ?? {
      ...node.symbol,
      role: 'differential' as const,
      facts: new Set<never>(),
    };
    differentials.set(node.symbol.name, known);
    return { ...of, term: symbolTerm(known, of.term.at) };
  });
  return { from: world.evaluate(from), to: world.evaluate(to), symbols: world.symbols, differentials };
}

export function compileRewrite(rule: RuleSource): RewriteRule {
  const { from, to, symbols } = elaborateSides(rule, 'whole');
  const patterns = new Map(
    [...symbols.values()].map((symbol) => [
      symbol,
      { ...symbol, role: 'pattern' as const, dims: symbol.dims.map(patternSize), facts: new Set<never>() },
    ]),
  );
  const indices = new Map<Index, Index>();
  for (const index of [...from.term.at, ...to.term.at])
    if (index >= 0 && !indices.has(index)) indices.set(index, freshPatternIndex());
  const convert = (t: Term): Term =>
    rename(
      substitute(t, {
        symbol: (symbol, at) => (patterns.has(symbol) ? symbolTerm(patterns.get(symbol)!, at) : undefined),
        dim: patternSize,
      }),
      indices,
    );
  const where = (rule.where ?? []).map((text): Condition => {
    const [name, needs] = text.split(' is ') as [string, Condition['needs']];
    const of = patterns.get(symbols.get(name)!);
    invariant(of, `the condition “${text}” of rule “${rule.name}” speaks of a name of the rule`);
    return { of, needs };
  });
  return {
    ...tellingOf(rule),
    from: convert(from.term),
    to: convert(withSizesOf(from.term, to.term)),
    where,
    powers: false,
  };
}

/** n as a size of the rule: ?n; m*n is ?m*?n. */
const patternSize = (dim: Dim): Dim => mapSizeNames(dim, (name) => named(`?${name}`));

/** The two sides were checked apart: an index of both has the size that it has on the left. */
function withSizesOf(from: Term, to: Term): Term {
  const sizes = new Map(to.at.map((index, slot) => [to.node.slots[slot]!, dimOf(from, index)] as const));
  return substitute(to, { symbol: () => undefined, dim: (dim) => sizes.get(dim) ?? dim });
}

export interface DerivativeTables {
  readonly entrywise: ReadonlyMap<string, EntrywiseDerivative>;
  readonly operations: ReadonlyMap<string, OperationDerivative>;
}

export function compileDerivatives(rules: readonly RuleSource[]): DerivativeTables {
  const entrywise = new Map<string, EntrywiseDerivative>();
  const operations = new Map<string, OperationDerivative>();
  for (const rule of rules) {
    const { from, to, differentials } = elaborateSides(rule, 'inner');
    const { node } = from.term;
    if (node.kind === 'apply') {
      const args = argumentsOf(from.term as Term & { node: ApplyNode }).map(({ node: arg }) => {
        invariant(arg.kind === 'symbol', `rule “${rule.name}” is about a function of names`);
        return arg.symbol;
      });
      entrywise.set(node.fn, {
        rule: tellingOf(rule),
        arguments: args,
        partials: args.map((arg) => partialBy(differentials.get(arg.name), to.term)),
      });
    } else {
      invariant(
        node.kind === 'operation' && node.body.node.kind === 'symbol',
        `rule “${rule.name}” is about a function`,
      );
      const argument = node.body.node.symbol;
      const outs = from.axes.flat().map(({ index }) => index);
      const value = rename(to.term, new Map(to.axes.flat().map(({ index }, n) => [index, outs[n]!])));
      operations.set(node.op, {
        rule: tellingOf(rule),
        argument,
        differential: differentials.get(argument.name)!,
        outs,
        value,
      });
    }
  }
  return { entrywise, operations };
}

function partialBy(differential: TermSymbol | undefined, value: Term): Term | undefined {
  if (!differential) return undefined;
  const total = sum(linearIn(differential, value).map(({ coefficient }) => [one, coefficient] as const));
  return isZero(total) ? undefined : total;
}
