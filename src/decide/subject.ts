/** A claim with everything that its stages look at. */
import { type Value, sizeOfAxis, boundsOf, entrywise } from '../elaborate/values.ts';
import type { Dim } from '../shape/dim.ts';
import type { Index, Node, Term, TermSymbol, Bound } from '../terms/node.ts';
import { childrenOf } from '../terms/substitute.ts';
import { indicesToPlace, sizeAt, type Sizes } from './point.ts';
import { type ClaimText, claimText } from './measured.ts';
import { readingIn } from './reading.ts';
import { attempt } from '../basics/problem.ts';
import type { Condition } from '../elaborate/conditions.ts';
import { type CheckedProgram, derivedFunction, type Variable } from '../elaborate/scope.ts';
import type { World } from '../elaborate/world.ts';
import type { Chain, RewriteRule } from '../rewrite/rule.ts';
import { type Laws, lawsFrom } from './laws.ts';
import type { WordingRules } from './other-words.ts';
import { indexRules, type RuleIndex } from '../rewrite/strategy.ts';
import type { Expression, Call } from '../syntax/tree.ts';
import { vectorFunctions } from '../../rules/functions/index.ts';
import { isExpectation } from '../elaborate/expectation.ts';
import { isBuiltin, derivativeFunctions, isOtherName } from '../elaborate/functions.ts';
import { everyPart } from '../syntax/parts.ts';
import { toNumber } from '../basics/rational.ts';
import { minus } from '../terms/construct.ts';
import { everywhere, type TermEvaluator } from './evaluate-term.ts';

export interface Subject {
  readonly left: Value;
  readonly right: Value;
  readonly difference: Value;
  readonly context: DecisionContext;
  readonly mentioned: Mentioned;
  /** Indices that the claim leaves open, with the sizes they run to. */
  readonly free: ReadonlyMap<Index, readonly Dim[]>;
  /** What the interpreter reads; undefined where it cannot follow. */
  readonly text: ClaimText | undefined;
  /** The d(x) that occur. */
  readonly differentials: readonly TermSymbol[];
}

/** A matrix of this size can still be varied entry by entry. */
const mostEntriesOfName = 30;

export function subjectOf(left: Value, right: Value, context: DecisionContext): Subject {
  const { claim, checked, world } = context;
  const difference = differenceOf(left, right);
  const mentioned = mentionedIn([claim.left, claim.right], checked);
  const free = indicesToPlace(freeIndices([left, right]), mentioned.variables, world);
  const text = attempt(() => claimText(claim, checked, readingIn(world, mostEntriesOfName)));
  return {
    left,
    right,
    difference,
    context,
    mentioned,
    free,
    text: text.ok ? text.value : undefined,
    differentials: differentialsIn([left.term, right.term]),
  };
}

function differentialsIn(terms: readonly Term[]): readonly TermSymbol[] {
  const found = new Set<TermSymbol>();
  const seen = new Set<Node>();
  const stack = terms.map(({ node }) => node);
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'symbol') {
      if (node.symbol.role === 'differential') found.add(node.symbol);
      if (node.symbol.definition) stack.push(node.symbol.definition.node);
    }
    stack.push(...childrenOf(node).map((part) => part.node));
  }
  return [...found];
}

// ---- what came out of it

/** A number, a list, or rows. */
export type Nested = number | readonly Nested[];

export interface Counterexample {
  readonly values: Readonly<Record<string, Nested>>;
  readonly sizes: Readonly<Record<string, number>>;
  /** Positions of the indices that the claim leaves open, from 1. */
  readonly indices: Readonly<Record<string, number>>;
  /** What unknown functions are taken to be. */
  readonly functions: Readonly<Record<string, string>>;
  readonly left: Nested;
  readonly right: Nested;
}

export type Verdict =
  /** `how`: rules and short sentences, in the order of their use. `conditions`: where it holds; none if outright. */
  | { readonly verdict: 'proved'; readonly how: readonly string[]; readonly conditions: readonly Condition[] }
  | { readonly verdict: 'refuted'; readonly counterexample: Counterexample }
  | { readonly verdict: 'undecided'; readonly why: string };

// ---- what deciding works with; all handed in

export interface DecisionRules {
  /** Functions written out: softmax, sigmoid, tanh. */
  readonly definitions: RuleIndex;
  /** What the facts about names are worth. */
  readonly facts: RuleIndex;
  /** How functions of sums, products and powers come apart. */
  readonly laws: Laws;
  /** What claims are read by, before they become terms. */
  readonly identities: WordingRules;
}
type Rules = Parameters<typeof indexRules>[0];
interface RuleLists {
  readonly definitions: Rules;
  readonly facts: Rules;
  readonly laws: readonly RewriteRule[];
  readonly identities: WordingRules;
}
/** From rules/, compiled; made once for all claims. */
export const decisionRules = ({ definitions, facts, laws, identities }: RuleLists): DecisionRules => ({
  definitions: indexRules(definitions),
  facts: indexRules(facts),
  laws: lawsFrom(laws),
  identities,
});

export interface DecisionContext {
  readonly checked: CheckedProgram;
  readonly world: World;
  /** The two sides as they were written. */
  readonly claim: { readonly left: Expression; readonly right: Expression };
  readonly simplify: (t: Term) => Chain;
  readonly rules: DecisionRules;
}

// ---- names

export interface Mentioned {
  readonly variables: readonly Variable[];
  /** Names that the program defines. */
  readonly definitions: readonly string[];
  /** Names of functions that the program declares or defines. */
  readonly functions: ReadonlySet<string>;
  readonly derives: boolean;
  /** The variables by which derivatives are taken. */
  readonly varied: ReadonlySet<string>;
  /** Is a matrix given to a function that takes vectors as a whole, and matrices row by row? */
  readonly alongRows: boolean;
  /** That are written in it. */
  readonly numbers: ReadonlySet<number>;
}

export function mentionedIn(roots: readonly Expression[], checked: CheckedProgram): Mentioned {
  const variables = new Map<string, Variable>();
  const definitions: string[] = [];
  const functions = new Set<string>();
  const seen = new Set<string>();
  const waiting = [...roots];
  const numbers = new Set<number>();
  const varied = new Set<string>();
  let [derives, alongRows] = [false, false];
  const named = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const definition = checked.definitions.get(name);
    const variable = checked.variables.get(name);
    if (definition) {
      waiting.push(definition.value);
      definitions.push(name);
    } else if (variable) {
      variables.set(name, variable);
      // What is random has the mean that is declared.
      waiting.push(...Object.values(variable.moments ?? {}));
    }
  };
  /** d(y), or by a defined name: everything may vary. */
  const vary = (by: Expression | undefined): void => {
    const isVariable = by?.kind === 'name' && checked.variables.has(by.name);
    for (const name of isVariable ? [by.name] : checked.variables.keys()) varied.add(name);
  };
  const called = (e: Call): void => {
    const { name } = e;
    alongRows ||= vectorFunctions.has(name) && !e.dim && !isVector(e.arguments[0]!, checked);
    const of = derivedFunction(name, checked)?.of ?? name;
    derives ||= derivativeFunctions.has(name) || (of !== name && !isBuiltin(name));
    if (derivativeFunctions.has(name)) vary(e.arguments[1]);
    const isOurs =
      isBuiltin(name) || (isOtherName(name) && !checked.functions.has(name) && !checked.functionDefinitions.has(name));
    if (isOurs || isExpectation(e, checked)) return;
    functions.add(of);
    const body = checked.functionDefinitions.get(of);
    if (!body || seen.has(`${of}()`)) return;
    seen.add(`${of}()`);
    waiting.push(body.value);
  };
  for (let root = waiting.pop(); root; root = waiting.pop())
    everyPart(root, (e) => {
      if (e.kind === 'name') named(e.name);
      if (e.kind === 'call') called(e);
      if (e.kind === 'number') numbers.add(toNumber(e.value));
    });
  const inOrder = [...variables.values()].toSorted((a, b) => a.order - b.order);
  return { variables: inOrder, definitions, functions, derives, varied, alongRows, numbers };
}

/** The parameters of a function have no shape of their own: then it may be a matrix. */
function isVector(e: Expression, { shapeOf }: CheckedProgram): boolean {
  const shape = attempt(() => shapeOf(e));
  return shape.ok && shape.value.kind !== 'matrix';
}

// ---- both sides as one term that is to be zero

/** A scalar stands for an array of any shape: … == 0. */
export function differenceOf(left: Value, right: Value): Value {
  const shape = left.shape.kind === 'scalar' ? right.shape : left.shape;
  return entrywise([left, right], shape, ([a, b]) => minus(a!, b!));
}

/** Free indices of a term that are no axes of the value, as o in yh[o], with every size that they are used with. */
export function freeIndices(values: readonly Value[]): ReadonlyMap<Index, readonly Dim[]> {
  const found = new Map<Index, readonly Dim[]>();
  for (const value of values) {
    const own = new Set(boundsOf(value).map(({ index }) => index));
    value.term.at.forEach((index, slot) => {
      const dim = value.term.node.slots[slot]!;
      if (index >= 0 && !own.has(index)) found.set(index, [...(found.get(index) ?? []), dim]);
    });
  }
  return found;
}

/** All entries in row-major order. */
export function entriesOf<V>(
  { term, axes }: { readonly term: Term; readonly axes: readonly (readonly Bound[])[] },
  evaluate: TermEvaluator<V>,
  sizes: Sizes,
  free: ReadonlyMap<Index, number>,
): readonly V[] {
  const bounds = axes.flat();
  const extents = bounds.map(({ dim }) => sizeAt(dim, sizes));
  if (extents.includes(0)) return [];
  return Array.from(everywhere([...extents.keys()], extents), (at) =>
    evaluate(term, new Map([...free, ...bounds.map(({ index }, n): [Index, number] => [index, at[n]!])])),
  );
}
export const extentsOf = ({ axes }: Value, sizes: Sizes): readonly number[] =>
  axes.map((axis) => sizeAt(sizeOfAxis(axis), sizes));
