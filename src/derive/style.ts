/** How does a program write? Its answers write the same. */
import * as Q from '../basics/rational.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import type { Value, World } from '../elaborate/world.ts';
import type { WrittenSum, WrittenSums } from '../form/reader.ts';
import type { Style } from '../form/write.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, Program, Statement, Sum } from '../syntax/tree.ts';
import { keyOf, primitiveOf, rename, summandsOf } from '../terms/construct.ts';
import type { Node, Term } from '../terms/node.ts';

export function styleOf(program: Program): Style {
  let [norms, decimals, axes, outerSums] = [false, false, false, false];
  for (const root of program.statements.flatMap(expressionsOf))
    everyPart(root, (e) => {
      norms ||= e.kind === 'call' && (e.name === 'norm2' || e.name === 'normf');
      outerSums ||= e.kind === 'call' && e.name === 'outer_sum';
      axes ||= e.kind === 'call' && e.dim !== undefined;
      decimals ||= e.kind === 'number' && e.decimal === true;
    });
  return { norms, decimals, axes, outerSums };
}

/** The bodies of functions are left out: their parameters are no values. */
export const valuesIn = (program: Program): readonly Expression[] =>
  program.statements.filter(({ kind }) => kind !== 'function-definition').flatMap(expressionsOf);

function expressionsOf(s: Statement): readonly Expression[] {
  if (s.kind === 'definition' || s.kind === 'function-definition') return [s.value];
  if (s.kind === 'question') return [s.expression];
  return s.kind === 'claim' ? [s.left, s.right] : [];
}

// ---- sums
// How did the writer put the sums of a program? Answers show b - A*x as b - A*x, whatever the canonical order is.

export function writtenSums(roots: readonly Expression[], world: World): WrittenSums {
  const found = new Map<Node, WrittenSum | 'both signs'>();
  for (const root of roots)
    for (const e of sumsIn(root, new Set(world.checked.functionDefinitions.keys()))) {
      const whole = world.evaluate(e);
      if (whole.term.node.kind !== 'sum') continue;
      const places = placesOf(e, whole, world);
      const orderOf = (t: Term): readonly number[] =>
        summandsOf(t).map(([, s]) => places.get(keyOf(s)) ?? e.terms.length);
      note(found, whole.term.node, { negated: false, order: orderOf(whole.term), content: Q.one });
      for (const signed of [true, false]) {
        const [content, primitive] = primitiveOf(whole.term, signed);
        note(found, primitive.node, { negated: Q.isNegative(content), order: orderOf(primitive), content });
      }
    }
  return new Map([...found].filter((entry): entry is [Node, WrittenSum] => entry[1] !== 'both signs'));
}

/** Where the writer put each summand: x*y' and y*x' are one skeleton, so the indices count. */
function placesOf(e: Sum, whole: Value, world: World): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  e.terms.forEach(({ term }, n) => {
    for (const [, s] of summandsOf(over(world.evaluate(term), whole)))
      if (!places.has(keyOf(s))) places.set(keyOf(s), n);
  });
  return places;
}
/** A part over the indices of the whole: a row is spread along the columns of a matrix. */
function over(part: Value, whole: Value): Term {
  const axes = part.shape.kind === 'row' ? whole.axes.slice(-1) : whole.axes.slice(0, part.axes.length);
  const [from, to] = [part.axes.flat(), axes.flat()];
  return rename(part.term, new Map(from.map(({ index }, n) => [index, to[n]?.index ?? index])));
}

/** Sums of values: not under an index of their own, not of derivatives, which would be taken again. */
function sumsIn(root: Expression, defined: ReadonlySet<string>): readonly Sum[] {
  const sums: Sum[] = [];
  const summed = new Set<string>();
  everyPart(root, (e) => e.kind === 'sum-over' && summed.add(e.index));
  const isPlain = (e: Expression): boolean => {
    let plain = true;
    everyPart(
      e,
      (part) =>
        (plain &&=
          !(part.kind === 'call' && (derivativeFunctions.has(part.name) || defined.has(part.name))) &&
          part.kind !== 'sum-over' &&
          !(part.kind === 'name' && summed.has(part.name))),
    );
    return plain;
  };
  everyPart(root, (e) => {
    if (e.kind === 'sum' && isPlain(e)) sums.push(e);
  });
  return sums;
}
/** The first way of writing a sum stands; one that is written with both signs is written in no way of its own. */
function note(found: Map<Node, WrittenSum | 'both signs'>, node: Node, written: WrittenSum): void {
  const known = found.get(node);
  if (!known) found.set(node, written);
  else if (known !== 'both signs' && known.negated !== written.negated) found.set(node, 'both signs');
}
