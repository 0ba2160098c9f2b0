/**
 * The two sides of a rule, compared by the interpreter on their texts: it knows definitions only, so no rule proves itself.
 * The right side must exist wherever the left does.
 */
import * as Q from '../../src/basics/rational.ts';
import { attempt } from '../../src/basics/problem.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import type { CheckedProgram, Variable } from '../../src/elaborate/scope.ts';
import { array, type NumericArray, largestRelativeError } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { randomValue, type Random, randomNumbers } from '../../src/evaluate/points.ts';
import { toText } from '../../src/print/text.ts';
import { evaluateDim } from '../../src/shape/dim.ts';
import { extent } from '../../src/shape/shape.ts';
import { numberOf } from '../../src/syntax/build.ts';
import type { Expression, Fact } from '../../src/syntax/tree.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { expression } from '../elaborate/given.ts';
import { mapNames } from '../fuzz/parts.ts';
import { programOf } from '../rewrite/given.ts';

const written: Readonly<Record<string, readonly Q.Rational[]>> = {
  'a positive integer': [1, 2, 3].map((n) => Q.rational(n)),
  'a nonzero even integer': [-2, 2, 4].map((n) => Q.rational(n)),
  'no integer': [Q.half, Q.rational(-3, 2)],
  'a nonzero number': [Q.rational(-2), Q.rational(1, 2), Q.rational(3)],
};
const conditionsOf = ({ where = [] }: RuleSource): readonly (readonly [name: string, needs: string])[] =>
  where.map((text) => text.split(' is ') as [string, string]);

/** The identity with its numbers put in: one for each of some values. */
export interface Instance {
  readonly title: string;
  readonly source: RuleSource;
  readonly from: Expression;
  readonly to: Expression;
  readonly checked: CheckedProgram;
}
export function instancesOf(source: RuleSource): readonly Instance[] {
  const [letter, kind] = conditionsOf(source).find(([, needs]) => Object.hasOwn(written, needs)) ?? [];
  const choices = kind === undefined ? [Q.zero] : written[kind]!;
  return choices.map((k) => {
    const put = (text: string): Expression =>
      mapNames(expression(text), (name) => (name.name === letter ? numberOf(k) : name));
    const [from, to] = [put(source.from), put(source.to)];
    const checked = checkProgram({
      statements: [
        ...programOf(source.given).statements,
        ...[from, to].map((e) => ({ kind: 'question', expression: e, at: [], byCases: false }) as const),
      ],
    });
    return { title: letter === undefined ? '' : `${letter} = ${Q.toText(k)}`, source, from, to, checked };
  });
}

type Sizes = Readonly<Record<string, number>>;
const someSizes: readonly Sizes[] = [
  { n: 2, p: 3, m: 4, q: 2 },
  { n: 3, p: 2, m: 2, q: 4 },
  { n: 4, p: 2, m: 3, q: 3 },
];

/** Usual points, and points where things vanish: zeros, negative numbers, singular matrices. */
function valueOf(variable: Variable, facts: readonly string[], sizes: Sizes, random: Random): NumericArray {
  if (!facts.includes('singular')) return drawnValue(variable, facts as readonly Fact[], sizes, random);
  const { shape, data } = drawnValue(variable, [], sizes, random);
  const [, columns = 1] = shape;
  // The last row is twice the first.
  return array(
    shape,
    data.map((x, n) => (n < data.length - columns ? x : 2 * data[n % columns]!)),
  );
}
function drawnValue({ name, shape }: Variable, facts: readonly Fact[], sizes: Sizes, random: Random): NumericArray {
  const lengths = shape.kind === 'scalar' ? [] : extent(shape)!.map((dim) => evaluateDim(dim, sizes)!);
  const drawn = randomValue({ name, shape: lengths, facts }, random);
  if (facts.some((fact) => fact !== 'nonnegative') || random.below(3) > 0) return drawn;
  const entries = drawn.data.map(() => random.below(3) - (facts.length > 0 ? 0 : 1));
  return array(drawn.shape, entries);
}

/** Where do the two sides part? Undefined if nowhere. The right side must exist wherever the left does. */
export function difference({ checked, from, to, source }: Instance): string | undefined {
  const random = randomNumbers(source.name.length);
  const drawn = (source.drawn ?? []).map((text) => text.split(' is ') as [string, string]);
  const needed = new Map(
    [...conditionsOf(source), ...drawn].filter(
      ([, needs]) => needs !== 'written negative' && !Object.hasOwn(written, needs),
    ),
  );
  let points = 0;
  for (let n = 0; n < 120; n++) {
    const sizes = someSizes[n % someSizes.length]!;
    const values = new Map(
      [...checked.variables.values()].map((variable) => {
        const facts = [...variable.facts, ...(needed.has(variable.name) ? [needed.get(variable.name)!] : [])];
        return [variable.name, valueOf(variable, facts, sizes, random)];
      }),
    );
    const [left, right] = [from, to].map((e) => attempt(() => interpret(e, { values, sizes })));
    // Rounding makes a singular matrix nearly one: its inverse is large, and its log-determinant near -37.
    if (!left!.ok || !left!.value.data.every((x) => Math.abs(x) < 30)) continue;
    points++;
    if (!right!.ok || !right!.value.data.every(Number.isFinite))
      return `${toText(to)} does not exist where ${toText(from)} does`;
    if (!(largestRelativeError(right!.value, left!.value) < 1e-6)) return `${toText(from)} is not ${toText(to)}`;
  }
  return points < 20 ? 'too few points' : undefined;
}
