/**
 * What an identity needs to be trusted, derived from its data. Its two sides are compared by the interpreter on their texts,
 * which knows definitions only: no identity can prove itself.
 */
import { describe, expect, test } from 'vitest';
import { identities } from '../../rules/identities.ts';
import type { IdentitySource } from '../../rules/rule-source.ts';
import { compileIdentity } from '../../src/derive/identities.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { createReadings } from '../../src/elaborate/restate.ts';
import { attempt } from '../../src/basics/problem.ts';
import { array, type NumericArray } from '../../src/evaluate/array.ts';
import { largestRelativeError } from '../../src/evaluate/compare.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { randomValue } from '../../src/evaluate/points.ts';
import { type Random, randomNumbers } from '../../src/evaluate/random.ts';
import { toText } from '../../src/print/text.ts';
import { describe as shapeText, extent } from '../../src/shape/shape.ts';
import { evaluateDim } from '../../src/shape/dim.ts';
import { integer } from '../../src/syntax/build.ts';
import { namesIn } from '../../src/syntax/parts.ts';
import type { CheckedProgram, Variable } from '../../src/elaborate/scope.ts';
import type { Expression, Fact } from '../../src/syntax/tree.ts';
import { expression } from '../elaborate/given.ts';
import { mapNames } from '../fuzz/parts.ts';
import { programOf } from '../rewrite/given.ts';

const all: readonly IdentitySource[] = identities;

/** The identity with its integers put in: one for each of some values. */
interface Instance {
  readonly title: string;
  readonly source: IdentitySource;
  readonly from: Expression;
  readonly to: Expression;
  readonly checked: CheckedProgram;
}
function instancesOf(source: IdentitySource): readonly Instance[] {
  const letters = [...compileIdentity(source).letters].flatMap(([name, { kind }]) =>
    kind === 'integer' ? [name] : [],
  );
  const choices = letters.length === 0 ? [0] : [1, 2, 3];
  return choices.map((k) => {
    const put = (text: string): Expression =>
      mapNames(expression(text), (name) => (letters.includes(name.name) ? integer(k) : name));
    const [from, to] = [put(source.from), put(source.to)];
    const checked = checkProgram({
      statements: [
        ...programOf(source.given).statements,
        ...[from, to].map((e) => ({ kind: 'question', expression: e, at: [], byCases: false }) as const),
      ],
    });
    return { title: k === 0 ? '' : `k = ${k}`, source, from, to, checked };
  });
}

type Sizes = Readonly<Record<string, number>>;
const someSizes: readonly Sizes[] = [
  { n: 2, p: 3, m: 4, q: 2 },
  { n: 3, p: 2, m: 2, q: 4 },
  { n: 4, p: 2, m: 3, q: 3 },
];

/** Usual points, and points where things vanish: zeros, negative numbers, singular matrices. */
function valueOf({ name, shape }: Variable, facts: readonly Fact[], sizes: Sizes, random: Random): NumericArray {
  const lengths = shape.kind === 'scalar' ? [] : extent(shape)!.map((dim) => evaluateDim(dim, sizes)!);
  const drawn = randomValue({ name, shape: lengths, facts }, random);
  if (facts.length > 0 || random.below(3) > 0) return drawn;
  const entries = drawn.data.map(() => random.below(3) - 1);
  return array(drawn.shape, entries);
}

/** Where do the two sides part? Undefined if nowhere. The right side must exist wherever the left does. */
function difference({ checked, from, to, source }: Instance): string | undefined {
  const random = randomNumbers(source.name.length);
  const needed = new Map((source.where ?? []).map((text) => text.split(' is ') as [string, Fact]));
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

describe.each(all.map((source) => [source.name, source] as const))('%s', (_, source) => {
  test('its letters are declared, and bound on the left', () => {
    const { letters, from, to } = compileIdentity(source);
    const sizes = new Set([...letters.values()].flatMap((letter) => (letter.kind === 'array' ? letter.sizes : [])));
    const functions = new Set(['inv', 'det', 'logdet', 'log', 'abs', 'kron', 'vec', 'tr', 'zeros', 'eye', 'I']);
    for (const name of [...namesIn(from), ...namesIn(to)])
      expect(letters.has(name) || sizes.has(name) || functions.has(name), name).toBe(true);
    for (const name of namesIn(to)) if (letters.has(name)) expect(namesIn(from), name).toContain(name);
    for (const size of sizes) expect(size).toMatch(/^[a-z]$/);
  });
  for (const instance of instancesOf(source)) {
    const { title, from, to, checked } = instance;
    test(`both sides have one shape, whatever the sizes ${title}`, () => {
      expect(shapeText(checked.shapeOf(to))).toBe(shapeText(checked.shapeOf(from)));
    });
    test(`both sides are equal, and the right one exists wherever the left one does ${title}`, () => {
      expect(difference(instance)).toBeUndefined();
    });
    test(`turns its own left side into its right side ${title}`, () => {
      const identity = compileIdentity(source);
      const { restatement } = createReadings(checked, () => [{ ...identity, where: [] }]);
      expect(toText(restatement(from)!.after)).toBe(toText(to));
    });
  }
});

describe('what is false is found out', () => {
  const wrong: readonly (readonly [given: string, from: string, to: string])[] = [
    ['c in R; A in R^(n x n)', 'logdet(c*A)', 'n*log(c) + logdet(A)'],
    ['c in R; A in R^(n x n)', 'det(c*A)', 'c*det(A)'],
    ['A, B in R^(n x n)', 'inv(A*B)', 'inv(A)*inv(B)'],
    ['A in R^(n x n)', 'logdet(A)', 'log(det(A))'],
    ['A in R^(n x n)', 'det(A)', 'abs(det(A))'],
    ['A in R^(n x n); B in R^(p x p)', 'det(kron(A, B))', 'det(A)^n*det(B)^p'],
    ['A in R^(n x n); B in R^(p x p)', 'inv(kron(A, B))', 'kron(inv(B), inv(A))'],
    ['x in R^n; y in R^n', "vec(x*y')", 'kron(x, y)'],
    ['A in R^(m x n); X in R^(n x p); B in R^(p x q)', 'vec(A*X*B)', "kron(A, B')*vec(X)"],
    ['A in R^(n x n)', 'det(A)', 'det(inv(inv(A)))'],
  ];
  test.each(wrong)('%s: %s is not %s', (given, from, to) => {
    const [instance] = instancesOf({
      name: 'wrong',
      given,
      from,
      to,
      use: 'everywhere',
      source: 'nowhere',
      says: 'No.',
    });
    expect(difference(instance!)).toBeDefined();
  });
});
