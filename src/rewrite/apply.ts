/** One rule applied at the top of a term: to all of it, or to some of its factors or summands. */
import {
  type Answer,
  byFact,
  byStructure,
  isIdempotent,
  isSkew,
  type Matrix,
  type Reason as Because,
  sign,
} from '../assume/assume.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import type { Dim } from '../shape/dim.ts';
import { dimProduct, dimSum, fixed, named } from '../shape/dim.ts';
import { factRecords, follows, zerosOf } from '../syntax/facts.ts';
import type { Fact } from '../syntax/tree.ts';
import { dimOf, partsOf, product, rename, sum } from '../terms/construct.ts';
import { type Sign, signOf } from '../terms/sign.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Factor, Index, Node, Summand, Term, TermSymbol } from '../terms/node.ts';
import { substitute } from '../terms/substitute.ts';
import { type Abstraction, asPattern, type Bindings, match, matchFactors, matchSummands, noBindings } from './match.ts';
import type { Condition, NumberKind, Reason, Rule, RewriteRule } from './rule.ts';

export interface Applied {
  readonly term: Term;
  readonly because: readonly Reason[];
}

export const applyRule = (rule: Rule, t: Term): Term | undefined => application(rule, t)?.term;

export function application(rule: Rule, t: Term): Applied | undefined {
  if ('apply' in rule) {
    const term = rule.apply(t);
    return term && { term, because: [] };
  }
  const { from } = rule;
  if (from.node.kind === 'sum') return t.node.kind === 'sum' ? inSum(rule, t) : inProduct(rule, t);
  if (from.node.kind === 'product' || rule.powers) return inProduct(rule, t);
  return whole(rule, t);
}

function whole(rule: RewriteRule, t: Term): Applied | undefined {
  let result: Applied | undefined;
  match(rule.from, t, noBindings, (b) => {
    const because = grounds(rule.where, b);
    if (!because) return false;
    const replacement = instantiateSide(rule.to, b);
    if (!speaksOf(replacement, t.at)) return false;
    result = { term: replacement, because };
    return true;
  });
  return result;
}

/** A match that leaves an index of the rule unbound is none. */
const speaksOf = (replacement: Term, known: readonly Index[]): boolean =>
  replacement.at.every((index) => index < 0 || known.includes(index));

function inSum(rule: RewriteRule, t: Term): Applied | undefined {
  let result: Applied | undefined;
  matchSummands(rule.from, t, noBindings, (b, factor, rest) => {
    const because = grounds(rule.where, b);
    if (!because) return false;
    const replacement = instantiateSide(rule.to, b);
    if (!speaksOf(replacement, t.at)) return false;
    result = { term: sum([...rest, [factor, replacement] as Summand]), because };
    return true;
  });
  return result;
}

function inProduct(rule: RewriteRule, t: Term): Applied | undefined {
  const pattern = partsOf(rule.from);
  const target = joinedParts(t);
  if (target.factors.length === 0) return undefined;
  let result: Applied | undefined;
  const attempt = (factors: readonly Factor[], exponent: Rational, within = target): boolean =>
    matchFactors(asPattern({ factors, bound: pattern.bound }), within, noBindings, (b, rest, consumed) => {
      const because = grounds(rule.where, b);
      if (!because) return false;
      const replacement = instantiateSide(rule.to, b);
      const left = target.bound.filter(({ index }) => !consumed.includes(index));
      if (!speaksOf(replacement, [...t.at, ...left.map(({ index }) => index)])) return false;
      const spent = Q.isInteger(exponent) ? Q.power(pattern.coefficient, Number(exponent.n)) : Q.one;
      const coefficient = Q.over(Q.times(target.coefficient, b.sign), spent);
      result = {
        term: product(coefficient, [...rest, [replacement, exponent]], left),
        because,
      };
      return true;
    });
  if (attempt(pattern.factors, Q.one)) return result;
  if (!rule.powers || pattern.bound.length > 0) return undefined;
  // A name for b^(1/2) also stands in b^(-3/2): its powers, as long as they are whole.
  for (const exponent of powersOf(pattern.factors, target.factors))
    if (
      attempt(
        pattern.factors.map(([p, e]): Factor => [p, Q.times(e, exponent)]),
        exponent,
      )
    )
      return result;
  const split = withRootsApart(pattern.factors, target.factors);
  if (split) attempt(pattern.factors, Q.one, { ...target, factors: split });
  return result;
}

/**
 * A name for u/b^(1/2) also stands in u/b^(3/2), and in u/b: b is split into what the name takes and the rest. A whole power has
 * roots only where it is not negative.
 */
function withRootsApart(pattern: readonly Factor[], target: readonly Factor[]): readonly Factor[] | undefined {
  const isRoot = ([, e]: Factor): boolean => !Q.isInteger(e);
  if (pattern.length < 2 || !pattern.some(isRoot)) return undefined;
  let isSplit = false;
  const factors = target.flatMap(([t, d]): readonly Factor[] => {
    const root = pattern.find((f) => isRoot(f) && f[0].node === t.node);
    if (!root) return [[t, d]];
    const left = Q.minus(d, root[1]);
    const isMore =
      Q.isNegative(d) === Q.isNegative(root[1]) && Q.isNegative(left) === Q.isNegative(d) && !Q.isZero(left);
    if (!isMore || !(Q.isInteger(left) || isNotNegative(t))) return [[t, d]];
    isSplit = true;
    return [
      [t, root[1]],
      [t, left],
    ];
  });
  return isSplit ? factors : undefined;
}
/** Contractions among the factors opened: exp(x)'*t/sum(exp(x)) holds a softmax under its sum. */
function joinedParts(t: Term): ReturnType<typeof partsOf> {
  const parts = partsOf(t);
  if (parts.factors.length < 2 || !parts.factors.some(isContraction)) return parts;
  const opened = parts.factors.map((factor) =>
    isContraction(factor) ? partsOf(factor[0]) : { coefficient: Q.one, factors: [factor], bound: [] },
  );
  return {
    coefficient: parts.coefficient,
    factors: opened.flatMap(({ factors }) => factors),
    bound: [...parts.bound, ...opened.flatMap(({ bound }) => bound)],
  };
}
const isContraction = ([t, e]: Factor): boolean => Q.isOne(e) && t.node.kind === 'product' && t.node.bound.length > 0;

function powersOf(pattern: readonly Factor[], target: readonly Factor[]): readonly Rational[] {
  const [[base, e]] = pattern as [Factor];
  // The square of a root is its radicand only where that is not negative: whole powers stay unless that is known.
  const fits = ([t, d]: Factor): boolean =>
    t.node === base.node && (Q.isInteger(e) || !Q.isInteger(d) || isNotNegative(t));
  return target
    .filter(fits)
    .map(([, d]) => Q.over(d, e))
    .filter((m) => Q.isInteger(m) && !Q.isOne(m) && !Q.isZero(m));
}
const isNotNegative = (t: Term): boolean => ['positive', 'nonnegative', 'zero'].includes(signOf(t));

/** The right-hand side with what the symbols, indices and sizes stand for. */
export function instantiateSide(side: Term, b: Bindings): Term {
  const filled = substitute(side, {
    symbol: (symbol, at) => (b.symbols.has(symbol) ? applied(b.symbols.get(symbol)!, at) : undefined),
    dim: (dim) => boundDim(dim, b.dims),
  });
  return rename(filled, b.indices);
}
const applied = ({ parameters, term }: Abstraction, at: readonly Index[]): Term => {
  // Two steps, so that a parameter that is also an argument is not caught.
  const between = parameters.map(() => freshIndex());
  const moved = rename(term, new Map(parameters.map((p, n) => [p, between[n]!])));
  return rename(moved, new Map(between.map((i, n) => [i, at[n]!])));
};
function boundDim(dim: Dim, dims: ReadonlyMap<string, Dim>): Dim {
  const known = dims.get(dim.key);
  if (known || dims.size === 0) return known ?? dim;
  let total = fixed(0);
  for (const [monomial, c] of dim.terms) {
    const parts = monomial
      .split('*')
      .filter(Boolean)
      .map((name) => dims.get(name) ?? named(name));
    total = dimSum(total, parts.reduce(dimProduct, fixed(c)));
  }
  return total;
}

/** Why each condition is met; undefined where one is not. */
function grounds(conditions: readonly Condition[], b: Bindings): readonly Reason[] | undefined {
  const found: Reason[] = [];
  for (const { of, needs } of conditions) {
    const value = b.symbols.get(of);
    const because = value && ground(value, needs);
    if (!because) return undefined;
    found.push({ of: value.term, needs, because });
  }
  return found;
}
const plainly = (says: string, isSo: boolean): Because | undefined => (isSo ? byStructure(says) : undefined);
function ground({ term, parameters }: Abstraction, needs: Condition['needs']): Because | undefined {
  if (needs === 'written negative') return plainly(needs, Q.isNegative(partsOf(term).coefficient));
  if (isNumberKind(needs)) return plainly(needs, isNumber(term, needs));
  if (isAnswered(needs)) return answers[needs](term, parameters);
  if (term.node.kind !== 'symbol') return undefined;
  const { symbol } = term.node;
  if (needs === 'square') return plainly(needs, symbol.dims.length === 2 && symbol.dims[0] === symbol.dims[1]);
  if (needs === 'rows') return plainly(needs, term.at.at(-1) === parameters[0]);
  const wanted = isTurned(term, parameters) ? (turnedFacts[needs] ?? needs) : needs;
  const stated = [...symbol.facts].find((fact) => follows(wanted, new Set([fact])));
  return stated && isSaidHere(wanted, symbol, term, parameters) ? byFact(stated, symbol.name) : undefined;
}
/** A letter can stand for the transpose of a name: where U is upper triangular, U' is lower triangular. */
const turnedFacts: Readonly<Partial<Record<Fact, Fact>>> = { lower: 'upper', upper: 'lower' };
const isTurned = ({ at }: Term, [first, second]: readonly Index[]): boolean =>
  at.length === 2 && first !== undefined && first !== second && at[0] === second && at[1] === first;
/** A fact is said of a whole, of rows, of entries: is this reading of the name what it speaks of? */
function isSaidHere(needs: Fact, symbol: TermSymbol, term: Term, parameters: readonly Index[]): boolean {
  const { of, entries } = factRecords[needs];
  if (of === 'rows') return alongLastAxis(symbol, term, parameters);
  // Orthonormal columns are said of the matrix as it stands, not of its transpose.
  if (of === 'matrix') return term.at.length === 2 && parameters.every((index, n) => term.at[n] === index);
  if (of !== 'anything')
    return parameters.length === 2 && term.at.length === 2 && parameters.every((index) => term.at.includes(index));
  // 1 or -1 is said of the entries that are not 0 by another fact.
  const allowsZero = entries === undefined || entries === 'nonnegative';
  return allowsZero || zerosOf(symbol.facts).size === 0 || (term.at.length === 2 && term.at[0] === term.at[1]);
}

/** What is asked of assume/, and so also known of terms; every other fact must have been stated. */
const answers = {
  positive: (t) => signIs(t, 'positive'),
  nonnegative: (t) => signIs(t, 'positive', 'nonnegative', 'zero'),
  negative: (t) => signIs(t, 'negative'),
  nonzero: (t) => signIs(t, 'positive', 'negative', 'nonzero'),
  idempotent: (t, parameters) => (isName(t) ? ofMatrix(isIdempotent, t, parameters) : undefined),
  skew: (t, parameters) => (isName(t) ? ofMatrix(isSkew, t, parameters) : undefined),
} as const satisfies Partial<
  Record<Condition['needs'], (t: Term, parameters: readonly Index[]) => Because | undefined>
>;
const isAnswered = (needs: Condition['needs']): needs is keyof typeof answers => Object.hasOwn(answers, needs);
/** Signs are asked of whatever a letter stands for: no name tells where such a rule could fit. */
export const isSign = (needs: Condition['needs']): boolean =>
  needs === 'positive' || needs === 'nonnegative' || needs === 'negative' || needs === 'nonzero';

/** The facts of a matrix that nobody stated, and that assume/ knows of its name: what rules about them are found by. */
export function inferredFacts(node: Node): readonly Fact[] {
  const name: Term = { node, at: node.slots.map(() => freshIndex()) };
  return isName(name) ? (['idempotent', 'skew'] as const).filter((fact) => answers[fact](name, name.at)) : [];
}

function signIs(t: Term, ...signs: readonly Sign[]): Because | undefined {
  const found = sign(t);
  return found.known === 'yes' && signs.includes(found.value) ? found.because : undefined;
}
const isName = ({ node }: Term): boolean => node.kind === 'symbol' && node.slots.length === 2;
function ofMatrix(ask: (m: Matrix) => Answer, term: Term, parameters: readonly Index[]): Because | undefined {
  const [row, column] = parameters.map((index) => ({ index, dim: dimOf(term, index) }));
  if (parameters.length !== 2 || !row?.dim || !column?.dim) return undefined;
  // K[i,i] is no reading of C[k,i]: the row sums of a skew-symmetric matrix are not 0, its trace is.
  if (!term.at.every((index) => parameters.includes(index))) return undefined;
  const sides = { rows: [{ index: row.index, dim: row.dim }], columns: [{ index: column.index, dim: column.dim }] };
  const answer = ask({ term, ...sides });
  return answer.known === 'yes' ? answer.because : undefined;
}
const numberKinds: Readonly<Record<NumberKind, (value: Q.Rational) => boolean>> = {
  'a nonzero number': (value) => !Q.isZero(value),
  'a nonzero even integer': (value) => !Q.isZero(value) && Q.isInteger(value) && value.n % 2n === 0n,
  'no integer': (value) => !Q.isInteger(value),
};
export const isNumberKind = (needs: Condition['needs']): needs is NumberKind => Object.hasOwn(numberKinds, needs);
export const isNumber = ({ node }: Term, kind: NumberKind): boolean =>
  node.kind === 'number' && numberKinds[kind](node.value);
/** Rows of a matrix are one-hot: the sum over its columns is 1, not the one over its rows. */
const alongLastAxis = (symbol: TermSymbol, term: Term, parameters: readonly Index[]): boolean =>
  parameters.length === 1 ? term.at.indexOf(parameters[0]!) === symbol.dims.length - 1 : !isTurned(term, parameters);
