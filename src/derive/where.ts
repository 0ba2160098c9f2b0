/** Where does an answer hold? What can never be met is refused, what always holds by the facts of names is not said. */
import { attempt } from '../basics/problem.ts';
import { type Condition, conditionsOf } from '../elaborate/conditions.ts';
import { isSettled, refuseEmptyDomain, type Simplify } from '../elaborate/known.ts';
import type { Expression } from '../syntax/tree.ts';
import { negate } from '../terms/construct.ts';
import type { Node } from '../terms/node.ts';
import type { ProgramEngine } from './program-engine.ts';

/** Of an expression, and of the derivatives that it asks for. */
export function conditionsIn(e: Expression, engine: ProgramEngine): readonly Condition[] {
  const { checked, world } = engine;
  const found = conditionsOf(e, checked, world);
  // As written first: that is what a message speaks of.
  refuseEmptyDomain(found, world);
  refuseEmptyDomain(found, world, simplified(engine));
  return unsettled(found, engine);
}
const simplified =
  (engine: ProgramEngine): Simplify =>
  (t) => {
    const simple = attempt(() => engine.simplify(t).term);
    return simple.ok ? simple.value : t;
  };
const unsettled = (conditions: readonly Condition[], engine: ProgramEngine): readonly Condition[] =>
  conditions.filter((condition) => !isSettled(condition, engine.world, simplified(engine)));

/** An inverse can come in with the answer: the gradient of a determinant is written with one. */
export function withAnswer(
  conditions: readonly Condition[],
  answer: Expression,
  engine: ProgramEngine,
): readonly Condition[] {
  const { checked, world } = engine;
  const own = attempt(() => conditionsOf(answer, checked, world));
  if (!own.ok) return conditions;
  refuseEmptyDomain(own.value, world);
  const isInverse = ({ needs }: Condition): boolean => needs === 'invertible';
  const said: Condition[] = conditions.filter(isInverse);
  for (const condition of unsettled(own.value.filter(isInverse), engine))
    if (!said.some((other) => isSameMatrix(other.of, condition.of))) said.push(condition);
  return [...conditions, ...said.filter((condition) => !conditions.includes(condition))];

  /** Up to its sign, and up to transposing. */
  function isSameMatrix(a: Expression, b: Expression): boolean {
    const nodes = (e: Expression): readonly Node[] => {
      const { term } = world.evaluate(e);
      return [term.node, negate(term).node];
    };
    const known = new Set([...nodes(a), ...nodes({ kind: 'transpose', of: a })]);
    return nodes(b).some((node) => known.has(node));
  }
}
