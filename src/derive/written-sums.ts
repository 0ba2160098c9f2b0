/** How did the writer put the sums of a program? Answers show b - A*x as b - A*x, whatever the canonical order is. */
import * as Q from '../basics/rational.ts';
import { derivativeFunctions } from '../elaborate/functions.ts';
import type { World } from '../elaborate/world.ts';
import type { WrittenSum, WrittenSums } from '../form/read.ts';
import { everyPart } from '../syntax/parts.ts';
import type { Expression, Sum } from '../syntax/tree.ts';
import { primitiveOf, splitCoefficient, summandsOf } from '../terms/construct.ts';
import type { Node, Term } from '../terms/node.ts';

export function writtenSums(roots: readonly Expression[], world: World): WrittenSums {
  const found = new Map<Node, WrittenSum>();
  for (const root of roots)
    for (const e of sumsIn(root, new Set(world.checked.functionDefinitions.keys()))) {
      const whole = world.evaluate(e).term;
      if (whole.node.kind !== 'sum') continue;
      const [content, primitive] = primitiveOf(whole, true);
      const positions = new Map<Node, number>();
      e.terms.forEach(({ term }, n) => {
        for (const node of summandNodes(world.evaluate(term).term)) if (!positions.has(node)) positions.set(node, n);
      });
      const positionOf = (summand: Term): number => positions.get(splitCoefficient(summand)[1].node) ?? e.terms.length;
      note(found, whole.node, { negated: false, positionOf });
      note(found, primitive.node, { negated: Q.isNegative(content), positionOf });
    }
  return found;
}

/** Sums of values: not under an index of their own, not of derivatives, which would be taken again. */
function sumsIn(root: Expression, defined: ReadonlySet<string>): readonly Sum[] {
  const sums: Sum[] = [];
  const isPlain = (e: Expression): boolean => {
    let plain = true;
    everyPart(
      e,
      (part) =>
        (plain &&=
          !(part.kind === 'call' && (derivativeFunctions.has(part.name) || defined.has(part.name))) &&
          part.kind !== 'sum-over' &&
          part.kind !== 'subscript'),
    );
    return plain;
  };
  everyPart(root, (e) => {
    if (e.kind === 'sum' && isPlain(e)) sums.push(e);
  });
  return sums;
}
/** The first way of writing a sum stands. */
const note = (found: Map<Node, WrittenSum>, node: Node, written: WrittenSum): void => {
  if (!found.has(node)) found.set(node, written);
};
const summandNodes = (t: Term): readonly Node[] => summandsOf(t).map(([, s]) => s.node);
