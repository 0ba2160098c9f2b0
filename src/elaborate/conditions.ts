/**
 * Where does an expression exist, and where do the derivatives that it asks for? What facts and signs settle is not listed.
 *
 * How often something is differentiated follows from the derivatives around it, by names that it mentions: a value has no
 * kinks, b has none in grad(abs(b)*x, x), and of |x|^3 the second derivative exists, the third does not.
 */
import {
  type EntrywiseRecord,
  entrywiseFunctions,
  functionNamed,
  type Kink,
  type MatrixName,
  type MatrixRecord,
  type Need,
  type ReductionRecord,
  type Requirement,
} from '../../rules/functions/index.ts';
import { isInteger, sign } from '../assume/assume.ts';
import { attempt } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import type { Rational } from '../basics/rational.ts';
import { formula } from '../evaluate/holds.ts';
import { toText } from '../print/text.ts';
import { call as callOf, sumOf } from '../syntax/build.ts';
import type { Binary, Call, Expression, Indicator } from '../syntax/tree.ts';
import {
  argumentsOf,
  isOne,
  isZero,
  keyOf,
  number,
  partsOf as factorsOfTerm,
  primitiveOf,
  same,
  summandsOf,
} from '../terms/construct.ts';
import { exactValue } from '../terms/functions.ts';
import type { Factor, Term } from '../terms/node.ts';
import { signOf } from '../terms/sign.ts';
import { comparesPositions, comparisonNames, settledSizes } from './elaborate.ts';
import { roomNeeded, subscriptAxes } from './indices.ts';
import { sizeFrom } from './declare.ts';
import { type Dim, named, sizeExpression } from '../shape/dim.ts';
import { extent } from '../shape/shape.ts';
import { derivativeFunctions, isWide, sizeFunctions, valueArguments } from './functions.ts';
import { createInline } from './restate.ts';
import { isSettled } from './known.ts';
import { constantIn, inParts, isDefiniteFunction, isEvenPower, isOfWhole, lengthIn, type What } from './plainer.ts';
import { derivedFunction, say, type CheckedProgram } from './scope.ts';
import { indicatorsIn } from '../syntax/sums.ts';
import { everyPart, integerIn, isOfPositions, namesIn, partsOf } from '../syntax/parts.ts';
import { boundsOf, renamed } from './values.ts';
import type { World } from './world.ts';

export type { Need };
export interface Condition {
  /** `domain`: needed for the value; `smooth`: for its derivative, as at a kink. */
  readonly kind: 'domain' | 'smooth';
  readonly needs: Need;
  readonly of: Expression;
  /** The part that asks for it: log(z). */
  readonly because: string;
  /** `of` is an array that must not be zero as a whole, single entries may: norm2(u). */
  readonly whole?: true | undefined;
  /** It is each column (1) or each row (2) of `of` that must have one largest entry. */
  readonly along?: 1 | 2 | undefined;
  /** Asked for only where these hold: x[i] - x[j] != 0 for i != j. */
  readonly only?: readonly Indicator[] | undefined;
  /** The derivative exists, but what it is written with divides by `of`: prod(x)./x. */
  readonly divides?: true | undefined;
}

/** A derivative around an expression: by which names, and how many times. */
interface Layer {
  /** Undefined: by all. */
  readonly names: ReadonlySet<string> | undefined;
  readonly times: number;
}
interface Search {
  readonly checked: CheckedProgram;
  readonly world: World;
  readonly found: Map<string, Condition>;
  readonly mentioned: (e: Expression) => ReadonlySet<string>;
  /** The conditions of the sums around what is being looked at. */
  readonly only: readonly Indicator[];
}
interface Visit {
  readonly e: Expression;
  readonly layers: readonly Layer[];
  /** What it is raised to by the constant exponents above 1 around it. */
  readonly power: Rational;
  /** What it is multiplied by: where that is 0 too, a kink is smoothed, as in x*relu(x). */
  readonly beside: readonly Beside[];
  /** The conditions of the sums around it. */
  readonly only?: readonly Indicator[];
}
interface Beside {
  readonly factor: Expression;
  readonly power: Rational;
}
/** So many factors are looked at, and in so many products that the same expression stands in. */
const mostBeside = 8;
/** Of parts that are not factors of what is visited. */
const alone = (parts: readonly Expression[], layers: readonly Layer[]): readonly Visit[] =>
  parts.map((e) => ({ e, layers, power: Q.one, beside: [] }));

export function conditionsOf(expression: Expression, checked: CheckedProgram, world: World): readonly Condition[] {
  const all = { checked, world, found: new Map<string, Condition>(), mentioned: mentionedThrough(checked) };
  const seen = new Map<Expression, Map<readonly Layer[], Set<string>>>();
  const numbers = new Map<Expression, number>();
  const numberOf = (e: Expression): number => {
    if (!numbers.has(e)) numbers.set(e, numbers.size);
    return numbers.get(e)!;
  };
  const stack = [...alone([expression], [])];
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    const { e, layers, power, only = [] } = visit;
    const ofNode = seen.get(e) ?? new Map<readonly Layer[], Set<string>>();
    seen.set(e, ofNode);
    const ways = ofNode.get(layers) ?? new Set();
    ofNode.set(layers, ways);
    const beside = ways.size < mostBeside ? visit.beside : [];
    const around = [...beside.map((b) => `${numberOf(b.factor)}^${Q.toText(b.power)}`), ...only.map(toText)];
    const way = [Q.toText(power), ...around].join(' ');
    if (ways.has(way)) continue;
    ways.add(way);
    const next = look({ ...visit, beside }, { ...all, only });
    stack.push(...next.map((v): Visit => ({ ...v, only: v.only ?? only })).toReversed());
  }
  return withoutWeaker([...all.found.values()]);
}

/** What is asked of the same expression is said as one: x >= 0 and x > 0, or x >= 0 and x != 0, as x > 0. */
const joined: readonly (readonly [Need, Need, Need])[] = [
  ['nonnegative', 'positive', 'positive'],
  ['nonzero', 'positive', 'positive'],
  ['nonnegative', 'nonzero', 'positive'],
  ['unit', 'inside-unit', 'inside-unit'],
];
function withoutWeaker(all: readonly Condition[]): readonly Condition[] {
  const isSame = (a: Condition, b: Condition): boolean =>
    a.whole === b.whole && a.along === b.along && toText(a.of) === toText(b.of) && onlyText(a) === onlyText(b);
  const strengthened = all.map((c) => {
    if (c.kind !== 'domain') return c;
    const both = joined.find(
      ([a, b]) =>
        [a, b].includes(c.needs) && all.some((d) => [a, b].includes(d.needs) && d.needs !== c.needs && isSame(c, d)),
    );
    return both ? { ...c, needs: both[2] } : c;
  });
  return strengthened.filter(
    (c, n) =>
      !strengthened.some(
        (d, k) => d.kind === 'domain' && d.needs === c.needs && isSame(c, d) && (c.kind === 'smooth' || k < n),
      ),
  );
}

const onlyText = ({ only = [] }: Condition): string => only.map(toText).join();

function note(asked: Condition, search: Search): void {
  if (isSettled(asked, search.world)) return;
  const names = namesIn(asked.of);
  const only = search.only.filter((c) => [...namesIn(c)].some((name) => names.has(name)));
  const found: Condition = only.length > 0 ? { ...asked, only } : asked;
  // What is said of each row cannot be said of the transpose.
  const parts = found.along === undefined ? inParts(found, search.world) : [found];
  for (const part of parts) {
    const condition = { ...found, whole: undefined, ...part };
    const key = `${condition.kind} ${condition.needs} ${condition.whole ?? ''}${condition.along ?? ''} ${toText(condition.of)} ${onlyText(condition)}`;
    if (!search.found.has(key) && !isSettled(condition, search.world)) search.found.set(key, condition);
  }
}

/** The names that an expression mentions, through definitions and functions of the program. */
function mentionedThrough(checked: CheckedProgram): (e: Expression) => ReadonlySet<string> {
  const known = new Map<Expression, ReadonlySet<string>>();
  return (root) => {
    let names = known.get(root);
    if (names) return names;
    const found = new Set<string>();
    const waiting = [root];
    for (let e = waiting.pop(); e; e = waiting.pop())
      everyPart(e, (part) => {
        if (part.kind === 'call') {
          const body = checked.functionDefinitions.get(part.name);
          if (body) waiting.push(body.value);
        }
        if (part.kind !== 'name' || found.has(part.name)) return;
        found.add(part.name);
        const definition = checked.definitions.get(part.name);
        if (definition) waiting.push(definition.value);
      });
    known.set(root, (names = found));
    return names;
  };
}

/** How many of the derivatives around it does an expression take part in? */
function orderOf(e: Expression, layers: readonly Layer[], search: Search): number {
  if (layers.length === 0) return 0;
  const mentioned = search.mentioned(e);
  const varies = ({ names }: Layer): boolean =>
    [...(names ?? search.checked.variables.keys())].some((name) => mentioned.has(name));
  return layers.filter(varies).reduce((total, { times }) => total + times, 0);
}

/** Notes what this node needs; gives the nodes to visit next. */
function look(visit: Visit, search: Search): readonly Visit[] {
  const { e, layers } = visit;
  const { checked } = search;
  const stands = checked.inlined(e);
  if (stands !== e) return [{ ...visit, e: stands }];
  const plain = (parts: readonly Expression[]): readonly Visit[] => alone(parts, layers);
  switch (e.kind) {
    case 'name': {
      const definition = checked.definitions.get(e.name);
      return definition ? [{ ...visit, e: definition.value, only: [] }] : [];
    }
    case 'negation':
    case 'transpose':
      return [{ ...visit, e: e.of }];
    case 'subscript': {
      const sizeOf = (size: Expression): Dim => sizeFrom(size, named);
      const axes = subscriptAxes(e, { shapeOf: checked.shapeOf, sizes: settledSizes, sizeOf });
      for (const room of roomNeeded(e, axes, checked.freeIndices(e), sizeOf))
        note({ kind: 'domain', needs: 'nonnegative', of: sizeExpression(room), because: because(e) }, search);
      return [{ ...visit, e: e.of }];
    }
    case 'binary': {
      // What stands beside a condition is read only where that holds.
      const beside = indicatorsIn(e).filter((c) => !search.only.includes(c) && comparesPositions(c, search.checked));
      if (beside.length === 0) return binary(e, visit, search);
      const only = [...search.only, ...beside];
      return binary(e, visit, { ...search, only }).map((v): Visit => ({ ...v, only }));
    }
    case 'indicator':
      indicator(e, visit, search);
      return plain(comparesPositions(e, search.checked) ? [] : [e.left, e.right]);
    case 'call':
      return call(e, visit, search);
    case 'range':
      return [];
    case 'sum-over':
      if (e.how === 'prod' && orderOf(e.body, layers, search) > 0)
        note({ kind: 'smooth', needs: 'nonzero', of: e.body, divides: true, because: because(e) }, search);
      return plain([e.body]).map((v): Visit => ({ ...v, only: [...search.only, ...(e.conditions ?? [])] }));
    case 'sum':
      // x*(relu(x) + 1) is x*relu(x) + x.
      return Q.isOne(visit.power) ? partsOf(e).map((part) => ({ ...visit, e: part })) : plain(partsOf(e));
    case 'number':
    case 'matrix':
      return plain(partsOf(e));
  }
}

const because = (e: Expression): string =>
  say(e, e.kind === 'call' ? `${e.name}(…)` : e.kind === 'sum-over' ? `${e.how ?? 'sum'}_${e.index}(…)` : '…');

// ---- what records say, with the arguments put in

const isNumber = (e: Expression, value: Rational): boolean => e.kind === 'number' && Q.equal(e.value, value);

/** x - 0 is x. */
function tidied(e: Expression): Expression {
  if (e.kind !== 'sum') return e;
  const terms = e.terms.filter(({ term }) => !isNumber(term, Q.zero));
  if (terms.length === 1) return terms[0]!.term;
  return terms.length === 0 ? e : { ...e, terms };
}
function withArguments(text: string, parameters: readonly string[], e: Call): Expression {
  const place = parameters.indexOf(text);
  if (place >= 0) return e.arguments[place]!;
  return tidied(createInline()(e, { name: e.name, parameters, value: formula(text) }));
}

/**
 * The first derivative that fails at a kink of a function that is raised to this power, and multiplied by something with a zero there
 * of this multiplicity; undefined if none does.
 */
function firstFailing(
  { order, raised }: Pick<Kink, 'order' | 'raised'>,
  power: Rational,
  multiplicity = 0,
): number | undefined {
  const isEven = Q.isInteger(power) && power.n % 2n === 0n;
  const [whole, part] = [Number(power.n / power.d), Q.isInteger(power) ? 0 : 1];
  switch (raised) {
    case 'stays':
      return Math.max(order + multiplicity, 1);
    case 'later':
      return Math.max(order, whole + part) + multiplicity;
    case 'even':
      return isEven ? undefined : Math.max(order, whole + part) + multiplicity;
    case 'root':
      // (u'*u)^(power/2): its k-th derivative divides by u from k > power/2 on.
      return isEven ? undefined : Math.floor(Number(power.n) / Number(power.d) / 2) + 1;
  }
}

// ---- powers and quotients

function binary(e: Binary, visit: Visit, search: Search): readonly Visit[] {
  const { layers } = visit;
  const domain = (needs: Need, of: Expression): void =>
    note({ kind: 'domain', needs, of, because: because(e) }, search);
  const plain = (...parts: readonly Expression[]): readonly Visit[] => alone(parts, layers);
  switch (e.operator) {
    case '/':
    case './':
      domain('nonzero', e.right);
      return [{ ...visit, e: e.left }, ...plain(e.right)];
    case '*':
    case '.*': {
      // (a*b)^p is a^p*b^p entry by entry; a matrix product is a sum.
      const kinds = [e.left, e.right].map((side) => search.checked.shapeOf(side).kind);
      if (e.operator === '.*' || kinds.includes('scalar')) return factors(e.left, e.right, visit);
      const isSumOfProducts = kinds[0] === 'row' && kinds[1] === 'column';
      if (!isSumOfProducts) return plain(e.left, e.right);
      // Entry by entry, once both lie the same way.
      const alongside = { ...visit, power: Q.one, beside: [] };
      const [left] = factors(e.left, turned(e.right), alongside);
      const [, right] = factors(turned(e.left), e.right, alongside);
      return [left, right];
    }
    case '^':
    case '.^': {
      const exponent = constantIn(e.right, search.world);
      if (e.operator === '^' && search.checked.shapeOf(e.left).kind === 'matrix') {
        if (exponent && Q.isNegative(exponent)) domain('invertible', e.left);
        return plain(e.left);
      }
      if (!exponent) {
        const power = search.world.evaluate(e.right).term;
        if (isInteger(power).known !== 'yes') domain('positive', e.left);
        else if (!isNeverNegative(power)) domain('nonzero', e.left);
        return plain(e.left, e.right);
      }
      return [...raised(e, e.left, exponent, visit, search), ...plain(e.right)];
    }
  }
}

const transposes = new WeakMap<Expression, Expression>();
/** One and the same each time, so that what stands beside it is known again. */
function turned(of: Expression): Expression {
  const known = transposes.get(of) ?? { kind: 'transpose', of };
  transposes.set(of, known);
  return known;
}
const factors = (left: Expression, right: Expression, visit: Visit): readonly [Visit, Visit] => {
  const next = (e: Expression, factor: Expression): Visit => ({
    ...visit,
    e,
    beside: [{ factor, power: visit.power }, ...visit.beside].slice(0, mostBeside),
  });
  return [next(left, right), next(right, left)];
};

/** n - 1 is not negative: sizes are 1 at least, and so are other whole numbers above 0. */
function isNeverNegative(t: Term): boolean {
  const sign = signOf(t);
  if (sign === 'positive' || sign === 'nonnegative' || sign === 'zero') return true;
  const least = summandsOf(t).map(([c, s]): Rational | undefined =>
    isOne(s) ? c : Q.isPositive(c) && signOf(s) === 'positive' && isInteger(s).known === 'yes' ? c : undefined,
  );
  const total = least.reduce((a, b) => a && b && Q.plus(a, b), Q.zero);
  return total !== undefined && !Q.isNegative(total);
}

/** base^exponent: what it needs, and the visit to its base. */
function raised(e: Expression, base: Expression, exponent: Rational, visit: Visit, search: Search): readonly Visit[] {
  const whole = Q.times(exponent, visit.power);
  const add = (kind: Condition['kind'], needs: Need): void =>
    note({ kind, needs, of: base, because: because(e) }, search);
  if (Q.isInteger(exponent)) {
    if (Q.isNegative(exponent)) add('domain', 'nonzero');
  } else if (Q.isNegative(exponent)) add('domain', 'positive');
  else {
    const order = orderOf(base, visit.layers, search);
    // Where -a^2 is not negative it is 0, and beside that there is nothing to differentiate.
    const needs = order > 0 && isNeverPositive(base, search) ? 'positive' : 'nonnegative';
    note({ kind: 'domain', needs, of: base, because: because(e) }, search);
    const root = rootIn(base, search.world);
    if (root) {
      const power = Q.times(whole, root.power);
      const failing = firstFailing({ order: 1, raised: root.of.whole ? 'root' : 'even' }, power);
      // What has the kink is the root: (x'*x)^(3/2) itself can be differentiated there, but its form divides by it.
      const kinked = Q.equal(exponent, Q.half) ? e : callOf('sqrt', base);
      if (failing !== undefined && order >= failing)
        note({ kind: 'smooth', ...root.of, because: because(kinked) }, search);
      // Of a length, the entries are squared and added before they are raised.
      if (!root.of.whole) return [{ ...visit, e: root.of.of, power: atLeastOne(power) }];
      return alone([base], visit.layers);
    }
    // The k-th derivative has the exponent less k, and more by what vanishes beside it: x*abs(x)^(1/2).
    const zero = base.kind === 'call' && isDefiniteFunction(base.name) ? base.arguments[0]! : base;
    const { alike, others } = vanishing(zero, visit.beside, search);
    const isBelow = (exponent: Rational): boolean => Q.compare(exponent, Q.rational(order)) < 0;
    if (!Q.isInteger(whole) && isBelow(Q.plus(whole, Q.rational(alike)))) {
      const divides = isBelow(Q.plus(whole, Q.rational(alike + others))) ? undefined : true;
      note({ kind: 'smooth', needs: 'positive', of: base, because: because(e), divides }, search);
    }
  }
  return [{ ...visit, e: base, power: atLeastOne(whole) }];
}
function isNeverPositive(e: Expression, { world }: Search): boolean {
  const found = sign(world.evaluate(e).term);
  return found.known === 'yes' && (found.value === 'nonpositive' || found.value === 'negative');
}
const atLeastOne = (power: Rational): Rational => (Q.compare(power, Q.one) > 0 ? power : Q.one);

/** What is raised is a power itself: sqrt(x^4) is |x|^2, and sqrt(x'*x) is norm2(x). */
function rootIn(base: Expression, world: World): { readonly of: What; readonly power: Rational } | undefined {
  const isEntrywise =
    base.kind === 'binary' && (base.operator === '.^' || world.checked.shapeOf(base.left).kind !== 'matrix');
  if (isEntrywise && isEvenPower(base))
    return { of: { needs: 'nonzero', of: base.left }, power: constantIn(base.right, world)! };
  const length = lengthIn(base, world);
  return length && { of: { needs: 'nonzero', of: length, whole: true }, power: Q.rational(2) };
}

/** Two indices are equal or not; nothing varies. */
function indicator(e: Indicator, visit: Visit, search: Search): void {
  if (comparesPositions(e, search.checked)) return;
  const record: EntrywiseRecord = entrywiseFunctions.get(comparisonNames[e.comparison])!;
  entryKinks({ kind: 'call', name: '', arguments: [e.left, e.right], span: e.span }, record, visit, search, because(e));
}

// ---- functions

function entryKinks(e: Call, record: EntrywiseRecord, visit: Visit, search: Search, why: string): void {
  const { layers, power, beside } = visit;
  for (const kink of record.kinks) {
    const of = withArguments(kink.of, record.arguments, e);
    const { alike, others } = vanishing(of, kink.needs === 'nonzero' ? beside : [], search);
    const failing = firstFailing(kink, power, alike + others);
    const order = orderOf(of, layers, search);
    if (failing === undefined || order < failing) continue;
    if (kink.needs === 'nonzero' && kink.order > 0 && isCrossed(of, layers, search) === 'never') {
      // Up to the kink the function is smooth: relu(u) is u. Its first derivative comes with that of u, which is 0 there.
      if (order === 1 || !remains(e, search)) continue;
    }
    note({ kind: 'smooth', needs: kink.needs, of, because: why }, search);
  }
}

/**
 * How many times do the factors beside it vanish where this is 0? In x^2*sin(x)*abs(x) beside |x| at x = 0 twice alike,
 * as powers of x, which a power of |x| takes in, and once otherwise.
 */
function vanishing(
  of: Expression,
  beside: readonly Beside[],
  { world }: Search,
): { readonly alike: number; readonly others: number } {
  if (beside.length === 0) return { alike: 0, others: 0 };
  const at = world.evaluate(of);
  const wanted = primitiveFactors(at.term);
  const found = new Map<string, Rational>();
  let times = 0;
  for (const { factor, power } of beside) {
    const value = attempt(() => world.evaluate(factor));
    // A row beside a column meets all of its entries.
    if (!value.ok || value.value.shape.kind !== at.shape.kind) continue;
    const [own, other] = [boundsOf(at), boundsOf(value.value)];
    if (own.length !== other.length || own.some(({ dim }, n) => dim !== other[n]!.dim)) continue;
    for (const [t, e] of primitiveFactors(renamed(value.value.term, other, own))) {
      const exponent = Q.times(e, power);
      if (vanishesWith(t, at.term)) times += Math.floor(Q.toNumber(exponent));
      found.set(keyOf(t), Q.plus(found.get(keyOf(t)) ?? Q.zero, exponent));
    }
  }
  const each = wanted.map(([t, e]) => Math.floor(Q.toNumber(Q.over(found.get(keyOf(t)) ?? Q.zero, e))));
  // A number other than 0 has no such factors.
  return { alike: each.length > 0 ? Math.max(0, Math.min(...each)) : 0, others: Math.max(0, times) };
}
/** Without numbers, and of a sum and its opposite the same one. */
function primitiveFactors(t: Term): readonly Factor[] {
  const { factors, bound } = factorsOfTerm(t);
  const whole: readonly Factor[] = bound.length > 0 ? [[t, Q.one]] : factors;
  return whole.map(([f, e]) => [f.node.kind === 'sum' ? primitiveOf(f, true)[1] : f, e]);
}
/** sin(x) and |x| are 0 where x is, and go there at least as fast. */
function vanishesWith({ node, at }: Term, zero: Term): boolean {
  if (node.kind !== 'apply' || node.args.length !== 1) return false;
  const record: EntrywiseRecord = entrywiseFunctions.get(node.fn)!;
  const isZeroThere = exactValue(node.fn, [number(Q.zero)]);
  if (!isZeroThere || !isZero(isZeroThere) || record.kinks.some(({ order }) => order === 0)) return false;
  const [argument] = argumentsOf({ node, at });
  const [inside, outside] = [primitiveFactors(argument!), primitiveFactors(zero)];
  return (
    inside.length === outside.length &&
    inside.every(([t, e], n) => same(t, outside[n]![0]) && Q.equal(e, outside[n]![1]))
  );
}

/**
 * Does what is 0 at the kink lie on one side of it? x - x is 0 all the time. A binary x is never negative, but while its entries
 * vary it is: only what is left of the facts then counts.
 */
function isCrossed(of: Expression, layers: readonly Layer[], { world, checked }: Search): 'never' | 'perhaps' {
  const isOneSided = ({ evaluate }: World): boolean => {
    const found = sign(evaluate(of).term);
    return found.known === 'yes' && found.value !== 'nonzero';
  };
  const varied = layers.flatMap(({ names }) => [...(names ?? checked.variables.keys())]);
  return isOneSided(world) && isOneSided(world.beside(varied)) ? 'never' : 'perhaps';
}
/** Normal form takes max(x, x) for x. */
const remains = (e: Call, { world }: Search): boolean => {
  const { node } = world.evaluate(e).term;
  return node.kind === 'apply' && node.fn === e.name;
};

function entrywise(e: Call, record: EntrywiseRecord, visit: Visit, search: Search): void {
  const require = (kind: Condition['kind'], { needs, of }: Requirement): void =>
    note({ kind, needs, of: withArguments(of, record.arguments, e), because: because(e) }, search);
  for (const requirement of record.domain) require('domain', requirement);
  if (record.derivativeDomain.length > 0 && orderOf(e, visit.layers, search) > 0)
    for (const requirement of record.derivativeDomain) require('smooth', requirement);
  entryKinks(e, record, visit, search, because(e));
}

function reduction(e: Call, record: ReductionRecord, { layers, power }: Visit, search: Search): void {
  const [of] = e.arguments as readonly [Expression];
  const order = orderOf(of, layers, search);
  for (const { needs } of order > 0 && isTakenWhole(e, search) ? record.derivativeDomain : [])
    note({ kind: 'smooth', needs, of, divides: true, because: because(e) }, search);
  for (const kink of record.kinks) {
    const isVector = kink.needs !== 'nonzero';
    if (isVector && isSingle(e, search)) continue;
    const failing = firstFailing(kink, power);
    if (failing === undefined || order < failing) continue;
    const inside = withArguments(kink.of, record.arguments, e);
    const what: What = isVector ? { needs: kink.needs, of: inside } : { needs: 'nonzero', of: kink.whole ? e : inside };
    note({ kind: 'smooth', ...what, ...(isVector ? { along: alongIn(e, search) } : {}), because: because(e) }, search);
  }
}
function wholeMatrix(e: Call, record: MatrixRecord, { layers }: Visit, search: Search): void {
  const [of] = e.arguments as readonly [Expression];
  const shape = search.checked.shapeOf(of);
  // What is asked of the columns of a tall matrix is asked of the rows of a wide one.
  const isTurned = isWide(shape) || shape.kind === 'row';
  const meant = (text: string): string => (text === "X'*X" && isTurned ? "X*X'" : text);
  const require = (kind: Condition['kind'], needs: Need, text: string): void => {
    const of = withArguments(
      shape.kind === 'scalar' && needs === 'invertible' ? 'X' : meant(text),
      record.arguments,
      e,
    );
    const isNumber = search.checked.shapeOf(of).kind === 'scalar';
    note({ kind, needs: isNumber ? (ofNumbers[needs] ?? needs) : needs, of, because: because(e) }, search);
  };
  for (const { needs, of: text } of record.domain) require('domain', needs, text);
  // Principal roots have their eigenvalues on the right, so that no two of them add up to 0.
  if (record.takes === 'equation' && !e.arguments.slice(0, 2).every(isRoot))
    note({ kind: 'domain', needs: 'invertible', of: kroneckerSum(e, search), because: because(e) }, search);
  // A number is its own eigenvalue, and has no other.
  if (shape.kind === 'scalar' || orderOf(e, layers, search) === 0) return;
  for (const { needs, of: text } of record.derivativeDomain) require('smooth', needs, text);
}
/** What is asked of a matrix, asked of a number. */
const ofNumbers: Partial<Record<Need, Need>> = {
  invertible: 'nonzero',
  principal: 'positive',
  definite: 'positive',
};
const isRoot = (e: Expression): boolean =>
  e.kind === 'transpose' ? isRoot(e.of) : e.kind === 'call' && e.name === 'sqrtm';
/** A*X + X*B, of vec(X). */
function kroneckerSum({ arguments: [a, b, c] }: Call, { checked }: Search): Expression {
  const [rows, columns] = extent(checked.shapeOf(c!))!;
  const eye = (size: Dim): Expression => callOf('eye', sizeExpression(size));
  return sumOf([
    { negative: false, term: callOf('kron', eye(columns), a!) },
    { negative: false, term: callOf('kron', { kind: 'transpose', of: b! }, eye(rows)) },
  ]);
}
/** prod([a; b; c]) is the plain product a*b*c. */
const isTakenWhole = (e: Call, { world }: Search): boolean => world.evaluate(e).term.node.kind !== 'product';
/** The axis of max(X, dim=2); of a vector there is but one to run along. */
function alongIn({ dim, arguments: [of] }: Call, { checked }: Search): 1 | 2 | undefined {
  const axis = dim && integerIn(dim);
  return checked.shapeOf(of!).kind === 'matrix' && (axis === 1 || axis === 2) ? axis : undefined;
}
/** Is the largest entry looked for among one? */
function isSingle({ dim, arguments: [of] }: Call, { checked }: Search): boolean {
  const { kind } = checked.shapeOf(of!);
  const axis = dim && integerIn(dim);
  return kind === 'scalar' || (kind === 'column' && axis === 2) || (kind === 'row' && axis === 1);
}

/** Notes what a call needs; gives the arguments to look into. */
function call(e: Call, visit: Visit, search: Search): readonly Visit[] {
  const { layers } = visit;
  const plain = (parts: readonly Expression[], inside = layers): readonly Visit[] => alone(parts, inside);
  if (search.checked.functions.has(e.name) || derivedFunction(e.name, search.checked)) return plain(e.arguments);
  if (sizeFunctions.has(e.name) || isOfPositions(e)) return [];
  if (derivativeFunctions.has(e.name)) {
    const [of, by, direction] = e.arguments as readonly [Expression, Expression?, Expression?];
    const layer = layerOf(e, by, search);
    return [...plain([of], [...layers, layer]), ...plain(direction ? [direction] : [])];
  }
  const record = functionNamed(e.name, e.arguments.length);
  switch (record?.kind) {
    case 'entrywise':
      entrywise(e, record, visit, search);
      return plain(logArgument(e));
    case 'root':
      return raised(e, e.arguments[0]!, record.exponent, visit, search);
    case 'reduction':
      reduction(e, record, visit, search);
      return plain(valueArguments(e));
    case 'matrix':
      wholeMatrix(e, record, visit, search);
      // The sum of the products of entries.
      return e.name === ('dot' satisfies MatrixName)
        ? factors(...(e.arguments as [Expression, Expression]), { ...visit, power: Q.one, beside: [] })
        : plain(valueArguments(e));
    default:
      return plain(e.arguments);
  }
}

/** Names that are varied: those of a definition are what it is made of, too. */
function layerOf(e: Call, by: Expression | undefined, search: Search): Layer {
  const times = e.name === 'hessian' || e.name === 'hvp' ? 2 : 1;
  return { names: by && search.mentioned(by), times };
}

/** log|u| needs no more than u != 0, and has no kink that log did not leave out. */
function logArgument(e: Call): readonly Expression[] {
  const [inner] = e.arguments as readonly [Expression];
  const needsPositive = entrywiseFunctions
    .get(e.name)
    ?.domain.some(({ needs, of }) => needs === 'positive' && of === 'x');
  if (!needsPositive || e.arguments.length !== 1) return e.arguments;
  return inner.kind === 'call' &&
    inner.arguments.length === 1 &&
    !inner.dim &&
    isDefiniteFunction(inner.name) &&
    !isOfWhole(inner.name)
    ? inner.arguments
    : e.arguments;
}
