/**
 * What an identity needs to be trusted, derived from its data. Its two sides are compared by the interpreter on their texts,
 * which knows definitions only: no identity can prove itself.
 */
import { describe, expect, test } from 'vitest';
import { allFunctions } from '../../rules/functions/index.ts';
import { identities } from '../../rules/identities.ts';
import type { IdentitySource } from '../../rules/rule-source.ts';
import { factNames } from '../../rules/fact-records.ts';
import { answerLine } from '../../src/cli/batch.ts';
import { compileIdentity } from '../../src/derive/compile.ts';
import { createReadings } from '../../src/elaborate/restate.ts';
import { toText } from '../../src/print/text.ts';
import { describe as shapeText } from '../../src/shape/shape.ts';
import { worldOf } from '../elaborate/given.ts';
import { difference, instancesOf } from './sides.ts';
import { namesIn } from '../../src/syntax/parts.ts';

const all: readonly IdentitySource[] = identities;

describe.each(all.map((source) => [source.name, source] as const))('%s', (_, source) => {
  test('its letters are declared, and bound on the left', () => {
    const { letters, from, to } = compileIdentity(source);
    const sizes = new Set([...letters.values()].flatMap((letter) => (letter.kind === 'array' ? letter.sizes : [])));
    const functions = new Set([
      ...allFunctions.map(([name]) => name),
      'kron',
      'vec',
      'diag',
      'tr',
      'zeros',
      'eye',
      'I',
    ]);
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
      const { restatement } = createReadings(
        checked,
        () => [{ ...identity, where: [] }],
        () => worldOf(checked),
      );
      expect(toText(restatement(from)!.after)).toBe(toText(to));
    });
  }
});

/** The letters with the facts that an identity asks of them. */
const declared = ({ given, where = [] }: IdentitySource): string =>
  given
    .split('; ')
    .map((line) => {
      // No fact says so: what is singular is a product.
      if (where.includes(`${line.split(' in ')[0]!} is singular`)) return `W in R^(3 x 2); ${line[0]!} = W*W'`;
      const facts = where.map((text) => text.split(' is ')).filter(([name]) => line.split(' in ')[0]!.includes(name!));
      return [line, ...facts.map(([, fact]) => fact!).filter((fact) => factNames.some((known) => known === fact))].join(
        ', ',
      );
    })
    .join('; ');

test.each(
  all.flatMap((source) =>
    instancesOf(source).map((instance) => [source.name, instance.title, source, instance.from] as const),
  ),
)('%s %s is used in answers if it says so, and by claims alone otherwise', (name, _, source, from) => {
  const line = { program: declared(source), ask: toText(from), want: ['steps'] };
  const { steps } = answerLine(JSON.stringify(line)) as unknown as {
    readonly steps: readonly { readonly rule: string }[];
  };
  const used = steps.flatMap(({ rule }) => rule.split(', '));
  expect(used.includes(name), used.join('; ')).toBe(source.use === 'everywhere');
});

test('only claims are read by what would make answers longer, or lead in circles', () => {
  expect(all.filter(({ use }) => use === 'claims').map(({ name }) => name)).toEqual([
    'inverse of a rank-one update of I',
    'inverse of a rank-one update',
    'inverse of an update',
    'inverse pushed through a product',
    'determinant of a rank-one update',
    'determinant of I and a product',
    'log-determinant of I and a product',
    'columns of an outer product',
    'columns of a product',
    'largest eigenvalue of a Gram matrix',
    'trace of a matrix logarithm',
    'pseudoinverse written out',
  ]);
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
      source: 'nowhere',
      says: 'No.',
    });
    expect(difference(instance!)).toBeDefined();
  });
});
