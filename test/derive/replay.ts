/** A rewrite applied at its place, which its log says: wherever its skeleton stands among summands and factors. */
import { doubles } from '../../src/decide/doubles.ts';
import { testFunctions } from '../../src/decide/stand-ins.ts';
import { type TermEvaluator, termEvaluator } from '../../src/decide/evaluate-term.ts';
import { attempted, type Field } from '../../src/decide/field.ts';
import {
  indicesToPlace,
  laidOut,
  positionIn,
  randomPositions,
  sizeAt,
  type Sizes,
  sizesToTry,
} from '../../src/decide/point.ts';
import type { Derivation } from '../../src/derive/derivation.ts';
import { differentialSymbol } from '../../src/terms/construct.ts';
import type { Value } from '../../src/elaborate/values.ts';
import type { ProgramEngine } from '../../src/derive/program-engine.ts';
import { randomValue, type Random } from '../../src/evaluate/points.ts';
import { largestRelativeError } from '../../src/evaluate/array.ts';
import { toText } from '../../src/print/text.ts';
import type { Dim } from '../../src/shape/dim.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import * as Q from '../../src/basics/rational.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import type { Chain, Rewrite } from '../../src/rewrite/rule.ts';
import { mapAll } from '../../src/terms/substitute.ts';
import {
  partsOf,
  primitiveOf,
  product,
  rename,
  same,
  scale,
  splitCoefficient,
  sum,
  summandsOf,
  symbolTerm,
} from '../../src/terms/construct.ts';
import { freshIndex } from '../../src/terms/intern.ts';
import type { Bound, Factor, Index, Summand, Term } from '../../src/terms/node.ts';
import type { Unbuilt } from '../../src/terms/notice.ts';
import { mapNames } from '../fuzz/parts.ts';
import { placeFor, valueAt } from '../fuzz/reference.ts';

/** A rational factor belongs to what stands around: of a sum its content, with the sign. */
const withoutFactor = (t: Term): readonly [Q.Rational, Term] =>
  t.node.kind === 'sum' ? primitiveOf(t, true) : splitCoefficient(t);

/** Each index of the skeleton with what stands for it here; undefined where one would be two. */
function correspondence(from: Term, to: Term): ReadonlyMap<Index, Index> | undefined {
  const found = new Map<Index, Index>();
  for (const [slot, index] of from.at.entries()) {
    const here = to.at[slot]!;
    if (index < 0 ? here !== index : (found.get(index) ?? here) !== here) return undefined;
    found.set(index, here);
  }
  return found;
}

/** Through fresh indices, all at once. */
function renamed(t: Term, names: ReadonlyMap<Index, Index>): Term {
  const between = new Map([...names.keys()].filter((index) => index >= 0).map((index) => [index, freshIndex()]));
  return rename(rename(t, between), new Map([...between].map(([index, fresh]) => [fresh, names.get(index)!])));
}

/** `map`: through which parts it is looked for. */
export function replayed(t: Term, { before, after }: Rewrite, map?: typeof mapAll): Term {
  const [factor, skeleton] = withoutFactor(before);
  const here = (t: Term): Term => {
    const [c, rest] = withoutFactor(t);
    if (rest.node !== skeleton.node) return t;
    const names = correspondence(skeleton, rest);
    return names ? scale(Q.over(c, factor), renamed(after, names)) : t;
  };
  const visit = (t: Term): Term => here(map ? map(t, visit) : inside(t));
  const inside = (t: Term): Term => {
    if (t.node.kind === 'sum') {
      const summands = summandsOf(t).map(([c, s]): Summand => [c, visit(s)]);
      return summands.every(([, s], n) => same(s, summandsOf(t)[n]![1])) ? t : sum(summands);
    }
    if (t.node.kind !== 'product') return t;
    const { coefficient, factors, bound } = partsOf(t);
    const next = factors.map(([f, e]): Factor => [visit(f), e]);
    return next.every(([f], n) => same(f, factors[n]![0])) ? t : product(coefficient, next, bound);
  };
  return visit(t);
}

/** A chain from its start to its end, each rewrite at its place, arguments of functions included; what is wrong with it. */
export function faultsOf({ start, rewrites, term }: Chain): readonly string[] {
  const faults: string[] = [];
  let at = start;
  for (const rewrite of rewrites) {
    const again = applyRule(rewrite.rule, rewrite.before);
    if (!again || !same(again, rewrite.after)) faults.push(`${rewrite.rule.name} does not say the same again`);
    const next = replayed(at, rewrite, mapAll);
    if (same(next, at)) faults.push(`${rewrite.rule.name} changes nothing`);
    at = next;
  }
  // What comes up again is remembered, and has been logged.
  for (let before = undefined as Term | undefined; before?.node !== at.node;) {
    before = at;
    for (const rewrite of rewrites) at = replayed(at, rewrite, mapAll);
  }
  if (at.node !== term.node) faults.push(`${rewrites.map(({ rule }) => rule.name).join(', ')} do not lead to the end`);
  return faults;
}

/** In row-major order. */
function entriesOf(
  { term, axes }: Value,
  sizes: Sizes,
  field: Field<number>,
  values: ReadonlyMap<string, readonly number[]>,
  positions: ReadonlyMap<Index, number>,
): readonly number[] {
  const evaluate = termEvaluator(field, { sizes, values }, 1e6);
  let places: readonly ReadonlyMap<Index, number>[] = [positions];
  for (const { index, dim } of axes.flat())
    places = places.flatMap((place) =>
      Array.from({ length: sizeAt(dim, sizes) }, (_, n) => new Map(place).set(index, n + 1)),
    );
  return places.map((place) => evaluate(term, place));
}

const termsOf = (t: Term | Unbuilt): readonly Term[] =>
  'node' in t ? [t] : t.kind === 'product' ? t.factors.map(([f]) => f) : t.args;
const boundIn = (t: Term | Unbuilt): readonly Bound[] => ('node' in t || t.kind === 'apply' ? [] : t.bound);

/** A product or a function as it was asked for, by its definition. */
function valueAsAsked(
  t: Term | Unbuilt,
  evaluate: TermEvaluator<number>,
  positions: ReadonlyMap<Index, number>,
  sizes: Sizes,
  field: Field<number>,
): number {
  if ('node' in t) return evaluate(t, positions);
  const value = (part: Term, at: ReadonlyMap<Index, number>): number => evaluate(part, at);
  if (t.kind === 'apply')
    return field.apply(
      t.fn,
      t.args.map((arg) => value(arg, positions)),
    );
  let places: readonly ReadonlyMap<Index, number>[] = [positions];
  for (const { index, dim } of t.bound)
    places = places.flatMap((place) =>
      Array.from({ length: sizeAt(dim, sizes) }, (_, n) => new Map(place).set(index, n + 1)),
    );
  const terms = places.map((place) => {
    const values = t.factors.map(([f, e]) => value(f, place) ** Q.toNumber(e));
    // A delta that is 0 leaves nothing, whatever stands beside it.
    return values.includes(0) ? 0 : values.reduce((a, b) => a * b, Q.toNumber(t.coefficient));
  });
  return terms.reduce((a, b) => a + b, 0);
}

/** Both sides where the facts hold, at a few random points; a text where they differ, or where there is no point. */
export function valuesDiffer(
  { before, after }: { readonly before: Term | Unbuilt; readonly after: Term },
  { question }: Derivation,
  engine: ProgramEngine,
  random: Random,
): string | undefined {
  const { checked, world } = engine;
  // A name that is defined and yet given a value: where its definition has that value is another question.
  if (question.at.some(({ name }) => checked.definitions.has(name.name))) return undefined;
  const variables = [...checked.variables.values()];
  const indices = new Map<Index, readonly Dim[]>();
  for (const { node, at } of [...termsOf(before), after])
    for (const [slot, index] of at.entries())
      if (index >= 0 && !boundIn(before).some((bound) => bound.index === index))
        indices.set(index, [...(indices.get(index) ?? []), node.slots[slot]!]);
  const free = indicesToPlace(indices, variables, world);
  let points = 0;
  for (let round = 0; round < 60 && points < 3; round++) {
    const choices = sizesToTry(checked.sizes).slice(1, 4);
    const sizes: Sizes = choices[round % choices.length] ?? {};
    const outcome = attempted(() => {
      const positions = randomPositions(free, sizes, random);
      const values = new Map<string, readonly number[]>();
      for (const variable of variables) {
        const { name, facts } = variable;
        const shape = laidOut(variable, sizes);
        const drawn = randomValue(
          { name, shape, facts: [...facts], at: positionIn(variable, world, positions) },
          random,
        );
        values.set(name, [...drawn.data]);
      }
      const field = doubles(testFunctions(checked.functions, sizes), false);
      for (const { name, value } of question.at)
        values.set(name.name, entriesOf(engine.evaluate(value), sizes, field, values, positions));
      for (const variable of variables) {
        const differential = differentialSymbol(world.symbol(variable.name)!).name;
        values.set(
          differential,
          values.get(variable.name)!.map((x) => Math.sin(3 * x + 1)),
        );
      }
      // Where a derivative is taken by a defined name, the name stands without its definition.
      for (const { name } of checked.definitions.values()) {
        const symbol = world.symbol(name)!;
        const axes = symbol.dims.map((dim) => [{ index: freshIndex(), dim }]);
        const value = {
          shape: symbol.shape,
          axes,
          term: symbolTerm(
            symbol,
            axes.map(([bound]) => bound!.index),
          ),
        };
        const found = attempted(() => entriesOf(value, sizes, field, values, positions));
        if (found.kind === 'value') values.set(name, found.value);
      }
      const evaluate = termEvaluator(field, { sizes, values }, 1e6);
      return [valueAsAsked(before, evaluate, positions, sizes, field), evaluate(after, positions)] as const;
    });
    if (outcome.kind !== 'value') continue;
    points++;
    const [a, b] = outcome.value;
    if (Math.abs(a - b) > 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))) return `${a} is not ${b}`;
  }
  return points === 0 ? 'no point to compare at' : undefined;
}

/** The names that an answer introduces, put back. */
export const withNames = (e: Expression, where: Derivation['where']): Expression =>
  where.reduceRight(
    (written, { name, value }) => mapNames(written, (other) => (other.name === name ? value : other)),
    e,
  );

/** A term and the text that was written for it, read again. Of single entries the text speaks by letters of its own. */
export function writtenDiffers(
  before: Term,
  after: Expression,
  derivation: Derivation,
  engine: ProgramEngine,
  random: Random,
): string | undefined {
  if (derivation.indices) return undefined;
  const read = attempted(() => engine.world.evaluate(withNames(after, derivation.where)));
  if (read.kind !== 'value') return `${toText(after)} does not read`;
  const own = derivation.axes.flat();
  const names = new Map(read.value.axes.flat().map(({ index }, n) => [index, own[n]?.index ?? index]));
  return valuesDiffer({ before, after: renamed(read.value.term, names) }, derivation, engine, random);
}

const mostTries = 40;

/** Two texts by the interpreter alone, where both have a value; a text where they differ, or where there is no such point. */
export function textsDiffer(before: Expression, after: Expression, { checked }: ProgramEngine): string | undefined {
  const sizes = sizesToTry(checked.sizes).slice(1, 4);
  let points = 0;
  for (let seed = 1; seed < mostTries && points < 3; seed++) {
    const outcome = attempted(() => {
      const place = placeFor(checked.program, sizes[seed % sizes.length] ?? {}, seed);
      const at = new Map([...checked.freeIndices(before).keys()].map((name, n) => [name, 1 + (n % 2)]));
      return [valueAt(before, place, at), valueAt(after, place, at)] as const;
    });
    if (outcome.kind !== 'value') continue;
    const [a, b] = outcome.value;
    if (!a.data.every(Number.isFinite) || !b.data.every(Number.isFinite)) continue;
    points++;
    const error = largestRelativeError(b, a);
    if (error > 1e-6) return `${toText(before)} is not ${toText(after)}: ${error}`;
  }
  return points === 0 ? `no point to compare ${toText(before)} and ${toText(after)} at` : undefined;
}
