/**
 * Rules and identities from text to terms and patterns: parsed, elaborated, their names turned into pattern symbols.
 */
import type { RuleSource, IdentitySource } from '../../rules/rule-source.ts';
import { invariant, refuse } from '../basics/problem.ts';
import { one } from '../basics/rational.ts';
import type { WordingRules } from '../decide/other-words.ts';
import type { EntrywiseDerivative, OperationDerivative } from './derivative-rules.ts';
import { linearIn } from './differential.ts';
import { checkProgram } from '../elaborate/check.ts';
import { createWorld, type Value } from '../elaborate/world.ts';
import { parseExpression, parseProgram } from '../parse/parse.ts';
import type { Identities, Identity, Letter } from '../rewrite/identity.ts';
import { freshPatternIndex } from '../rewrite/match.ts';
import type { Condition, RewriteRule, Telling } from '../rewrite/rule.ts';
import { type Dim, mapSizeNames, named } from '../shape/dim.ts';
import { withParts } from '../syntax/parts.ts';
import type { Program, Expression } from '../syntax/tree.ts';
import { argumentsOf, dimOf, isZero, rename, sum, symbolTerm } from '../terms/construct.ts';
import type { ApplyNode, Index, Term, TermSymbol } from '../terms/node.ts';
import { substitute } from '../terms/substitute.ts';

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

// ---- identities
// Identities from text to patterns. They are read by what stands at their top, when a program first asks for that.

const integerCondition = ' is a positive integer';

export function compileIdentity({ name, source, says, given, from, to, where = [] }: IdentitySource): Identity {
  const read = <T>(outcome: { ok: true; value: T } | { ok: false; problem: Parameters<typeof refuse>[0] }): T =>
    outcome.ok
      ? outcome.value
      : refuse({ ...outcome.problem, message: `identity “${name}”: ${outcome.problem.message}` });
  const letters = new Map<string, Letter>();
  for (const statement of read(parseProgram(given)).statements)
    if (statement.kind === 'declaration')
      for (const declared of statement.names)
        letters.set(declared.name, {
          kind: 'array',
          sizes: (statement.space?.sizes ?? []).map((size) => (size.kind === 'name' ? size.name : '')),
        });
  for (const condition of where)
    if (condition.endsWith(integerCondition)) letters.set(condition.split(' ')[0]!, { kind: 'integer' });
  return {
    name,
    source,
    says,
    letters,
    from: withoutSpans(read(parseExpression(from))),
    to: withoutSpans(read(parseExpression(to))),
    where: where
      .filter((condition) => !condition.endsWith(integerCondition))
      .map((condition) => {
        const [of, needs] = condition.split(' is ') as [string, string];
        return { of, needs };
      }),
  };
}

/** Places in the text of a rule are no places in a program. */
const withoutSpans = (e: Expression): Expression => withParts({ ...e, span: undefined }, withoutSpans);

/** In the order given; a text is parsed when a node with its head is first met, so that starting up pays for none. */
export function identitiesFrom(sources: readonly IdentitySource[]): Identities {
  const byHead = new Map<string, IdentitySource[]>();
  for (const source of sources) {
    const head = /^\w+/.exec(source.from)![0];
    byHead.set(head, [...(byHead.get(head) ?? []), source]);
  }
  const compiled = new Map<string, readonly Identity[]>();
  return (head) => {
    let found = compiled.get(head);
    if (!found) compiled.set(head, (found = (byHead.get(head) ?? []).map(compileIdentity)));
    return found;
  };
}

/** Those that answers are read by. */
export const answeringIdentities = (sources: readonly IdentitySource[]): Identities =>
  identitiesFrom(sources.filter(({ use }) => use === 'everywhere'));

/** Those that claims are read by. */
export const wordingRules = (sources: readonly IdentitySource[]): WordingRules => ({
  everywhere: answeringIdentities(sources),
  claims: identitiesFrom(sources.filter(({ use }) => use === 'claims')),
});
