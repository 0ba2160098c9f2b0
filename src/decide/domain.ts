/**
 * Where does a claim hold that has been proved? It speaks of points where both sides exist. What one side needs and the other does
 * not is said, so that log(x^2) == 2*log(x) is not taken for true where x < 0.
 */
import { conditionsOf, type Condition } from '../elaborate/conditions.ts';
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
  return conditionsOf(side, checked, world)
    .flatMap((c) => simpler(c, place))
    .filter((c) => !isSettled(c, place));
}

// ---- the same said of smaller parts: a product is not zero where no factor is

function simpler(c: Condition, place: Place): readonly Condition[] {
  const parts = smallerParts(c, place);
  return parts ? parts.flatMap((part) => simpler({ ...c, ...part }, place)) : [c];
}

type Part = Pick<Condition, 'needs' | 'of' | 'whole'>;

function smallerParts({ needs, of, whole, along }: Condition, { checked }: Place): readonly Part[] | undefined {
  const shape = attempt(() => checked.shapeOf(of));
  const kind = shape.ok ? shape.value.kind : undefined;
  const kindOf = (e: Expression): string => checked.shapeOf(e).kind;
  const each = (needs: Condition['needs'], ...parts: readonly Expression[]): readonly Part[] =>
    parts.map((part) => ({ needs, of: part, whole: undefined }));
  if (of.kind === 'negation' && (needs === 'nonzero' || needs === 'invertible')) return [{ needs, of: of.of, whole }];
  if (along !== undefined) return undefined;
  if (of.kind === 'transpose') return [{ needs, of: of.of, whole }];
  if (needs === 'invertible') {
    if (of.kind === 'call' && of.name === 'inv') return each('invertible', of.arguments[0]!);
    if (of.kind === 'call' && of.name === 'kron' && of.arguments.every((e) => isSquare(e, checked)))
      return each('invertible', ...of.arguments);
    if (of.kind !== 'binary') return undefined;
    if (of.operator === '^' && isPositiveNumber(of.right)) return each('invertible', of.left);
    if (of.operator !== '*' && of.operator !== '/') return undefined;
    if (kindOf(of.right) === 'scalar') return [...each('invertible', of.left), ...each('nonzero', of.right)];
    if (kindOf(of.left) === 'scalar') return [...each('nonzero', of.left), ...each('invertible', of.right)];
    return isSquare(of.left, checked) ? each('invertible', of.left, of.right) : undefined;
  }
  if (needs === 'nonzero' && !whole) {
    if (of.kind === 'call' && (of.name === 'det' || of.name === 'abs' || of.name === 'sqrt'))
      return each(
        of.name === 'det' && kindOf(of.arguments[0]!) === 'matrix' ? 'invertible' : 'nonzero',
        of.arguments[0]!,
      );
    if (of.kind !== 'binary') return undefined;
    const isEntrywise = of.operator.startsWith('.') || (kind === 'scalar' && kindOf(of.left) === 'scalar');
    if (!isEntrywise) return undefined;
    if (of.operator.endsWith('^')) return isPositiveNumber(of.right) ? each('nonzero', of.left) : undefined;
    return each('nonzero', of.left, of.right);
  }
  const isPower = of.kind === 'binary' && of.operator.endsWith('^') && kindOf(of.left) !== 'matrix';
  if ((needs === 'positive' || needs === 'nonnegative') && isPower && of.right.kind === 'number') {
    const { value } = of.right;
    if (!Q.isInteger(value) || value.n % 2n !== 0n || !Q.isPositive(value)) return undefined;
    return needs === 'nonnegative' ? [] : each('nonzero', of.left);
  }
  return undefined;
}

const isSquare = (e: Expression, { shapeOf }: CheckedProgram): boolean => {
  const shape = shapeOf(e);
  return shape.kind === 'matrix' && shape.rows === shape.columns;
};
const isPositiveNumber = (e: Expression): boolean => e.kind === 'number' && Q.isPositive(e.value);

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
  c.needs === 'positive' && !c.whole ? simpler({ ...c, needs: 'nonzero' }, place) : [];
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
  'inside-unit': ['inside-unit', 'unit'],
  unit: ['unit'],
  probability: ['probability', 'positive', 'nonnegative', 'nonzero', 'inside-unit', 'unit', 'off-poles', 'not-integer'],
  'off-poles': ['off-poles', 'nonzero'],
  'not-integer': ['not-integer', 'nonzero', 'off-poles'],
  natural: ['natural', 'nonnegative'],
};
function implies(known: Condition, c: Condition, { world, checked }: Place): boolean {
  if (!weaker[known.needs].includes(c.needs) || (known.whole && !c.whole) || known.along !== c.along) return false;
  const nodeOf = (e: Expression, change: (t: Term) => Term = (t) => t): Node | undefined => {
    const value = attempt(() => world.evaluate(e));
    return value.ok ? change(value.value.term).node : undefined;
  };
  const node = nodeOf(known.of);
  const isMatrix = attempt(() => checked.shapeOf(c.of).kind === 'matrix');
  const turned: Expression = { kind: 'transpose', of: c.of };
  // Which way an array lies does not matter here, and where zero is asked about, neither does the sign.
  const others = [
    nodeOf(c.of),
    ...(isMatrix.ok && isMatrix.value ? [nodeOf(turned)] : []),
    ...(c.needs === 'nonzero' || c.needs === 'invertible' ? [nodeOf(c.of, negate)] : []),
  ];
  return node !== undefined && others.includes(node);
}

/** Is it so at every point that was tried? Said of signs only: where an expression becomes negative at all, it does so widely. */
export const isAboutSigns = ({ needs, kind }: Condition): boolean =>
  kind === 'domain' && (needs === 'positive' || needs === 'nonnegative');
