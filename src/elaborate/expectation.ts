/**
 * E(…): the mean of what is linear in random quantities, by linearity: each has its mean put in its place. What is not linear is
 * refused: its mean rests on more of the distribution.
 */
import { native } from '../../rules/native.ts';
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { sizeExpression } from '../shape/dim.ts';
import { axesOf, matrix } from '../shape/shape.ts';
import { binary, call } from '../syntax/build.ts';
import { someFact } from '../syntax/facts.ts';
import { everyPart, mapParts } from '../syntax/parts.ts';
import type { Call, Expression, Fact } from '../syntax/tree.ts';
import { partsOf, rename, summandsOf } from '../terms/construct.ts';
import type { Term, TermSymbol } from '../terms/node.ts';
import { mentions, substitute, symbolsIn, through } from '../terms/substitute.ts';
import type { Elaboration } from './elaborate.ts';
import type { Reading } from './readings.ts';
import {
  type CheckedProgram,
  type Checker,
  type Finding,
  isFunction,
  misshapen,
  sameShape,
  say,
  type Variable,
} from './scope.ts';
import { checkArity } from './shapes.ts';
import { boundsOf, joined, type Value } from './values.ts';

export const isRandom = (facts: ReadonlySet<Fact>): boolean => someFact(facts, ({ random }) => random === true);

/** A program may give E a meaning of its own. */
export const isExpectation = (e: Call, checked: Pick<CheckedProgram, 'functions' | 'functionDefinitions'>): boolean =>
  e.name === 'E' && !isFunction('E', checked);

// ---- while checking

export function expectationFinding(e: Call, checker: Checker): Finding {
  if (![...checker.variables.values()].some(({ facts }) => isRandom(facts)))
    refuse({
      kind: 'name',
      message: 'E is an expectation, and nothing here is random',
      span: e.nameSpan ?? e.span,
      hint: 'declare it, as in x in R^n, random, mean m, or a function of your own, E(s) = …',
    });
  checkArity(e, [1, 1]);
  const [of] = e.arguments as readonly [Expression];
  return { shape: checker.shapeOf(of), free: checker.find(of).free };
}

/** Is a mean shaped like its variable, or a number for all of its entries? A covariance has a row and a column for each entry. */
export function checkMoments({ name, shape, moments }: Variable, checker: Checker): void {
  const { sizes, variables } = checker;
  for (const [which, value] of Object.entries(moments ?? {})) {
    const found = sizes.resolveShape(checker.findWhole(value).shape);
    everyPart(value, (part) => {
      const other = part.kind === 'name' ? variables.get(part.name) : undefined;
      if (other && isRandom(other.facts))
        refuse({
          kind: 'fact',
          message: `the ${which} of ${name} is no random quantity, and ${other.name} is one`,
          span: part.span,
        });
    });
    const axes = axesOf(shape);
    const isNumber = found.kind === 'scalar' && (which === 'mean' || axes.length === 0);
    const wanted =
      which === 'mean' || axes.length === 0 ? shape : axes.length === 1 ? matrix(axes[0]!, axes[0]!) : undefined;
    if (!wanted)
      refuse({
        kind: 'fact',
        message: `${name} is ${sizes.describe(shape)}: covariances are declared of vectors`,
        span: value.span,
      });
    if (!isNumber && !sameShape(wanted, found, sizes))
      misshapen(
        value,
        `the ${which} of ${name} is ${sizes.describe(wanted)}, and ${say(value)} is ${sizes.describe(found)}`,
      );
  }
}

// ---- values

export function expectation(e: Call, given: Value, { checked, valueOf }: Elaboration): Value {
  const [of] = e.arguments as readonly [Expression];
  const known = new Map<TermSymbol, boolean>();
  const rests = (symbol: TermSymbol): boolean => {
    const found = known.get(symbol);
    if (found !== undefined) return found;
    const variable = symbol.role === 'variable' ? checked.variables.get(symbol.name) : undefined;
    const made = variable ? isRandom(variable.facts) : symbol.definition !== undefined && restsOn(symbol.definition);
    known.set(symbol, made);
    return made;
  };
  const restsOn = (t: Term): boolean => [...symbolsIn(t)].some(rests);
  const writtenOut = (t: Term): Term =>
    substitute(t, {
      symbol: (symbol, at) =>
        symbol.definition && rests(symbol) ? through(writtenOut(symbol.definition), at) : undefined,
    });
  const term = writtenOut(given.term);
  const random = [...symbolsIn(term)].filter(rests);
  if (!isLinear(term, new Set(random)))
    refuse({
      kind: 'question',
      message: `${say(of, 'this')} is not linear in ${random
        .map(({ name }) => name)
        .toSorted()
        .join(' and ')}: its expectation rests on more than a mean`,
      span: e.span,
      hint: 'E(…) of sums, and of products with at most one random factor, is found by linearity',
    });
  const means = new Map(random.map((symbol) => [symbol, overSlots(valueOf(meanOf(symbol.name, e, checked)))]));
  const put = substitute(term, {
    symbol: (symbol, at) => {
      const mean = means.get(symbol);
      return mean && through(mean, at);
    },
  });
  return { ...given, term: put };
}

function meanOf(name: string, at: Call, { variables }: CheckedProgram): Expression {
  const mean = variables.get(name)?.moments?.mean;
  return (
    mean ??
    refuse({
      kind: 'question',
      message: `nothing is said of the mean of ${name}`,
      span: at.span,
      hint: `${name} in …, random, mean m`,
    })
  );
}
function overSlots(value: Value): Term {
  const whole = joined(value);
  return rename(whole.term, new Map(boundsOf(whole).map(({ index }, slot) => [index, slot])));
}

/** Sums of products in which at most one factor is random, and that one linear itself. */
function isLinear(t: Term, random: ReadonlySet<TermSymbol>): boolean {
  if (!mentions(t, random) || t.node.kind === 'symbol') return true;
  if (t.node.kind === 'sum') return summandsOf(t).every(([, s]) => isLinear(s, random));
  if (t.node.kind !== 'product') return false;
  const [only, ...others] = partsOf(t).factors.filter(([f]) => mentions(f, random));
  return others.length === 0 && Q.isOne(only![1]) && isLinear(only![0], random);
}

// ---- told

/** E(gamma*(d.*h)) = gamma*((1 - p)*ones(n) .* h). */
export function readExpectation(e: Call, checked: CheckedProgram): Reading {
  const [of] = e.arguments as readonly [Expression];
  const rests = (part: Expression): boolean => {
    let found = false;
    everyPart(part, (inner) => {
      if (inner.kind !== 'name') return;
      const value = checked.definitions.get(inner.name)?.value;
      found ||=
        isRandom(checked.variables.get(inner.name)?.facts ?? new Set()) || (value !== undefined && rests(value));
    });
    return found;
  };
  const meant = (part: Expression): Expression | undefined => {
    if (part.kind !== 'name') return undefined;
    const variable = checked.variables.get(part.name);
    const mean = variable && isRandom(variable.facts) ? variable.moments?.mean : undefined;
    if (variable && mean) return likeIt(mean, variable, checked);
    const definition = checked.definitions.get(part.name);
    return definition && definition.indices.length === 0 && rests(definition.value)
      ? mapParts(definition.value, meant)
      : undefined;
  };
  return { kind: 'identity', by: { rule: native['linearity of expectation'], before: e, after: mapParts(of, meant) } };
}
/** A number that is the mean of every entry. */
function likeIt(mean: Expression, { shape }: Variable, { shapeOf }: CheckedProgram): Expression {
  if (shape.kind === 'scalar' || shapeOf(mean).kind !== 'scalar') return mean;
  const dims = axesOf(shape).map(sizeExpression);
  const sizes = shape.kind === 'row' ? [{ kind: 'number', value: Q.one } as const, ...dims] : dims;
  return binary('*', mean, call('ones', ...sizes));
}
