/**
 * Where does a claim hold that has been proved? It speaks of points where both sides exist. What one side needs and the other does
 * not is said, so that log(x^2) == 2*log(x) is not taken for true where x < 0.
 */
import { conditionsOf, type Condition } from '../elaborate/conditions.ts';
import { inParts } from '../elaborate/plainer.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import type { World } from '../elaborate/world.ts';
import { attempt } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { toText } from '../print/text.ts';
import { call } from '../syntax/build.ts';
import type { Expression } from '../syntax/tree.ts';
import { negate } from '../terms/construct.ts';
import type { Node, Term } from '../terms/node.ts';

interface Place {
  readonly checked: CheckedProgram;
  readonly world: World;
}

export function conditionsBetween(left: Expression, right: Expression, place: Place): readonly Condition[] {
  const [ofLeft, ofRight] = [neededBy(left, place), neededBy(right, place)];
  const lacking = [
    ...ofLeft.filter((c) => !follows(c, ofRight, place)),
    ...ofRight.filter((c) => !follows(c, ofLeft, place)),
  ];
  // What follows from the others need not be said, and of two that say the same, one.
  const kept: Condition[] = [];
  for (const [n, c] of lacking.entries()) if (!follows(c, [...kept, ...lacking.slice(n + 1)], place)) kept.push(c);
  return kept;
}

/** Of its value, and of the derivatives in it. */
function neededBy(side: Expression, place: Place): readonly Condition[] {
  const { checked, world } = place;
  return conditionsOf(side, checked, world).filter((c) => !isSettled(c, place));
}

// ---- what follows from what

/** Is there nothing to say, by what is known about names? Asked of an expression that needs it. */
function isSettled({ needs, of, whole }: Condition, { checked, world }: Place): boolean {
  const asking: Partial<Record<Condition['needs'], Expression>> = {
    positive: call('log', of),
    nonnegative: call('sqrt', of),
    nonzero: { kind: 'binary', operator: './', left: { kind: 'number', value: Q.one }, right: of },
    invertible: call('inv', of),
  };
  const probe = asking[needs];
  if (!probe || whole) return false;
  const said = (e: Expression): readonly string[] =>
    conditionsOf(e, checked, world)
      .filter(({ kind }) => kind === 'domain')
      .map((c) => `${c.needs} ${c.whole ?? ''} ${toText(c.of)}`);
  const found = attempt(() => said(probe).filter((condition) => !said(of).includes(condition)));
  return found.ok && found.value.length === 0;
}

/** Does a condition hold wherever these do? */
function follows(c: Condition, known: readonly Condition[], place: Place): boolean {
  if (known.some((other) => implies(other, c, place))) return true;
  const { needs, of } = c;
  // Where a product is positive, no factor is 0.
  if (needs === 'nonzero' && known.some((other) => factorsOf(other, place).some((part) => implies(part, c, place))))
    return true;
  if (needs !== 'positive' && needs !== 'nonnegative') return false;
  // Of two factors or summands with a sign, the product and the sum have it too, and the powers.
  const parts = signedParts(of, place);
  return (
    parts?.every((part) => isSettled({ ...c, of: part }, place) || follows({ ...c, of: part }, known, place)) ?? false
  );
}
const factorsOf = (c: Condition, place: Place): readonly Condition[] =>
  c.needs === 'positive' && !c.whole
    ? inParts({ needs: 'nonzero', of: c.of }, place.world).map((part) => ({ ...c, whole: undefined, ...part }))
    : [];
/** A power has the sign of its base; of a matrix it may be the inverse, whose entries have signs of their own. */
function signedParts(of: Expression, { checked }: Place): readonly Expression[] | undefined {
  if (of.kind === 'sum' && !of.terms.some(({ negative }) => negative)) return of.terms.map(({ term }) => term);
  if (of.kind !== 'binary') return undefined;
  if (of.operator !== '^') return of.operator === '.^' ? [of.left] : [of.left, of.right];
  return checked.shapeOf(of.left).kind === 'matrix' ? undefined : [of.left];
}

const weaker: Readonly<Record<Condition['needs'], readonly Condition['needs'][]>> = {
  positive: ['positive', 'nonnegative', 'nonzero', 'off-poles'],
  nonnegative: ['nonnegative'],
  nonzero: ['nonzero'],
  invertible: ['invertible'],
  'unique-maximum': ['unique-maximum'],
  'unique-minimum': ['unique-minimum'],
  principal: ['principal', 'invertible'],
  definite: ['definite', 'principal', 'invertible'],
  distinct: ['distinct', 'unique-maximum', 'unique-minimum'],
  'inside-unit': ['inside-unit', 'unit'],
  unit: ['unit'],
  probability: ['probability', 'positive', 'nonnegative', 'nonzero', 'inside-unit', 'unit', 'off-poles', 'not-integer'],
  'off-poles': ['off-poles', 'nonzero'],
  'not-integer': ['not-integer', 'nonzero', 'off-poles'],
  natural: ['natural', 'nonnegative'],
};
function implies(known: Condition, c: Condition, { world }: Place): boolean {
  if (!weaker[known.needs].includes(c.needs) || (known.whole && !c.whole) || known.along !== c.along) return false;
  const nodeOf = (e: Expression, change: (t: Term) => Term = (t) => t): Node | undefined => {
    const value = attempt(() => world.evaluate(e));
    return value.ok ? change(value.value.term).node : undefined;
  };
  const node = nodeOf(known.of);
  const turned: Expression = { kind: 'transpose', of: c.of };
  // Which way an array lies does not matter here, and where zero is asked about, neither does the sign.
  const others = [
    nodeOf(c.of),
    nodeOf(turned),
    ...(c.needs === 'nonzero' || c.needs === 'invertible' ? [nodeOf(c.of, negate)] : []),
  ];
  return node !== undefined && others.includes(node);
}

/** Is it so at every point that was tried? Said of signs only: where an expression becomes negative at all, it does so widely. */
export const isAboutSigns = ({ needs, kind }: Condition): boolean =>
  kind === 'domain' && (needs === 'positive' || needs === 'nonnegative');
