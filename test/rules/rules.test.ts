/** Everything a rule set needs to be trusted, derived from its data: it parses, fits, is bound, named once, true, and it fires. */
import { describe, expect, test } from 'vitest';
import { calculus } from '../../rules/calculus.ts';
import { definitions } from '../../rules/laws.ts';
import { derivatives } from '../../rules/sets.ts';
import { facts } from '../../rules/facts.ts';
import { folds, stableForms } from '../../rules/folds.ts';
import { identities } from '../../rules/identities.ts';
import { allFunctions } from '../../rules/functions/index.ts';
import { native } from '../../rules/native.ts';
import { compileRewrite } from '../../src/derive/compile.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { checkProgram } from '../../src/elaborate/check.ts';
import { createWorld } from '../../src/elaborate/world.ts';
import { array, type NumericArray, largestRelativeError } from '../../src/evaluate/array.ts';
import { applyRule } from '../../src/rewrite/apply.ts';
import { alongCommuting } from '../../src/rewrite/commuting.ts';
import { addSquares, joinConditions, multiplyIn, overOne, takeOut, multiplyOut } from '../../src/rewrite/simplify.ts';
import { evaluateDim } from '../../src/shape/dim.ts';
import { describe as shapeText } from '../../src/shape/shape.ts';
import { everyPart, namesIn } from '../../src/syntax/parts.ts';
import type { Expression, Fact, Program, Question, Statement } from '../../src/syntax/tree.ts';
import { rename } from '../../src/terms/construct.ts';
import { expression, noDerivatives } from '../elaborate/given.ts';
import { programOf } from '../rewrite/given.ts';
import { mapNames } from '../fuzz/parts.ts';
import { entries, named, placeFor, valueAt, withDifferentials } from '../fuzz/reference.ts';

const rewrites: readonly RuleSource[] = [...new Set([...folds, ...facts, ...stableForms, ...definitions])];
const inCode = new Map(
  [takeOut, multiplyIn, overOne, addSquares, joinConditions, multiplyOut, alongCommuting].map((rule) => [
    rule.name,
    rule,
  ]),
);
const all: readonly RuleSource[] = [...derivatives, ...rewrites, ...calculus, ...Object.values(native)];

/** As one expression, so that both sides give an open index one size. */
const apart = (from: Expression, to: Expression): Expression => ({
  kind: 'sum',
  terms: [
    { negative: false, term: from },
    { negative: true, term: to },
  ],
});
const question = (e: Expression): Question => ({ kind: 'question', expression: e, at: [], byCases: false });

/** `y is onehot` said of a variable; of a scalar it means what the entries of such an array are. */
function withFacts({ given, where = [], drawn = [] }: RuleSource): readonly Statement[] {
  const said = [...where, ...drawn.filter((text) => !text.endsWith(' is tall'))];
  const wanted = said.map((text) => text.split(' is ') as [string, string]);
  return programOf(given).statements.map((s): Statement => {
    if (s.kind !== 'declaration') return s;
    const facts = s.names.flatMap(({ name }) => wanted.flatMap(([of, fact]) => (of === name ? [fact] : [])));
    const isScalar = !s.space || s.space.sizes.length === 0;
    const known = facts
      .filter((fact) => fact !== 'written negative')
      .map((fact) => (isScalar && fact === 'onehot' ? 'binary' : fact));
    return { ...s, facts: [...s.facts, ...known.map((fact) => ({ fact: fact as Fact }))] };
  });
}
const sides = (rule: RuleSource): readonly [from: Expression, to: Expression] => [
  expression(rule.from),
  expression(rule.to),
];
function programWith(rule: RuleSource): {
  readonly program: Program;
  readonly from: Expression;
  readonly to: Expression;
} {
  const [from, to] = sides(rule);
  return {
    program: { statements: [...withFacts(rule), question(apart(from, to)), question(from), question(to)] },
    from,
    to,
  };
}

const unequal = [
  { n: 3, m: 2, k: 4 },
  { n: 2, m: 3, k: 2 },
];
/** Orthonormal columns are no longer than their number. */
const tall = [
  { n: 2, m: 3, k: 4 },
  { n: 2, m: 2, k: 2 },
];
/** A skew-symmetric matrix is orthogonal only with an even number of rows. */
const even = [
  { n: 2, m: 3, k: 4 },
  { n: 4, m: 2, k: 2 },
];
const sizesFor = (rule: RuleSource): typeof unequal =>
  isTall(rule) ? tall : rule.where?.some((text) => text.endsWith(' is skew')) ? even : unequal;
const isTall = ({ where = [], drawn = [] }: RuleSource): boolean =>
  [...where, ...drawn].some((text) => / is (orthonormal|tall)$/.test(text));

test('every rule has a name of its own', () => {
  const names = [...all, ...identities].map(({ name }) => name);
  expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
});
test('every rule says where it comes from, and one sentence for a student', () => {
  for (const { name, source, says } of [...all, ...identities]) {
    expect(source, name).not.toBe('');
    expect(says, name).toMatch(/^\S.*\.$/);
  }
});
test('conditions speak of names that are declared', () => {
  for (const { name, given, where = [] } of all)
    for (const condition of where) {
      const [subject] = condition.split(' is ');
      const declared = programOf(given).statements.flatMap((s) =>
        s.kind === 'declaration' ? s.names.map((n) => n.name) : [],
      );
      expect(declared, `${name}: ${condition}`).toContain(subject);
    }
});

describe.each(all.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
  test('both sides have one shape and the same open indices', () => {
    const { program, from, to } = programWith(rule);
    const checked = checkProgram(program);
    expect(shapeText(checked.shapeOf(to))).toBe(shapeText(checked.shapeOf(from)));
    const open = (e: Expression): readonly string[] =>
      [...checked.freeIndices(e)].map(([name, dim]) => `${name} to ${dim.key}`);
    expect(open(from)).toEqual(expect.arrayContaining([...open(to)]));
  });
  test('what the right side speaks of is bound on the left', () => {
    const [from, to] = sides(rule);
    const declared = new Set(
      programOf(rule.given).statements.flatMap((s) =>
        s.kind === 'declaration' ? s.names.map(({ name }) => name) : [],
      ),
    );
    const used = namesIn(from);
    for (const name of namesIn(to)) if (declared.has(name)) expect(used, rule.to).toContain(name);
  });
  for (const sizes of sizesFor(rule))
    test(`both sides agree where the left side has a value, n = ${sizes.n}`, () => {
      const { program, from, to } = programWith(rule);
      const moving = differentiated(to);
      let points = 0;
      for (let seed = 1; seed < 60 && points < 4; seed++) {
        const plain = withDifferentials(placeFor(program, sizes, seed), seed);
        const values = new Map(
          [...plain.values].map(([name, value]) => [
            name,
            /^d./.test(name) && !moving.has(name.slice(1))
              ? zerosLike(value)
              : isNatural(rule, name)
                ? wholeLike(value)
                : value,
          ]),
        );
        const place = { ...plain, values };
        const open = [...place.checked.freeIndices(from)];
        const all = (e: Expression): NumericArray =>
          open.length === 0
            ? valueAt(e, place)
            : ((data) => array([data.length, 1], data))(
                entries(
                  open.map(([name]) => name),
                  open.map(([, dim]) => evaluateDim(dim, sizes)!),
                  (at) => valueAt(e, place, at).data[0]!,
                ),
              );
        const expected = all(from);
        // Differences are poor near poles.
        if (!expected.data.every((x) => Math.abs(x) < 1e2)) continue;
        points++;
        expect(largestRelativeError(all(named(to)), expected), `${rule.from} is ${rule.to}`).toBeLessThan(1e-5);
      }
      expect(points, 'points where the left side has a value').toBeGreaterThanOrEqual(3);
    });
  for (const [input, result] of rule.examples ?? [])
    test(`turns ${input} into ${result}`, () => {
      const { checked, world } = worldFor([
        ...withFacts(rule),
        question(expression(input)),
        question(expression(result)),
      ]);
      expect(checked).toBeDefined();
      const done = applyRule(inCode.get(rule.name) ?? compileRewrite(rule), world.evaluate(expression(input)).term);
      expect(done?.node).toBe(world.evaluate(expression(result)).term.node);
    });
});

/** Is this argument of the function a whole number from 0 on? */
const isNatural = ({ from }: RuleSource, name: string): boolean =>
  allFunctions.some(
    ([fn, record]) =>
      record.kind === 'entrywise' &&
      from.includes(`${fn}(${record.arguments.join(', ')})`) &&
      record.domain.some(({ needs, of }) => needs === 'natural' && of === name),
  );
const wholeLike = ({ shape, data }: NumericArray): NumericArray =>
  array(
    shape,
    data.map((x) => Math.round(Math.abs(3 * x))),
  );
const zerosLike = ({ shape, data }: NumericArray): NumericArray => array(shape, new Float64Array(data.length));
/** The variables whose differentials a right side speaks of; without any, all vary. */
function differentiated(to: Expression): ReadonlySet<string> {
  const names = new Set<string>();
  everyPart(to, (e) => {
    if (e.kind === 'call' && e.name === 'd') for (const name of namesIn(e)) names.add(name);
  });
  return names;
}

function worldFor(statements: readonly Statement[]) {
  const checked = checkProgram({ statements });
  return { checked, world: createWorld(checked, new Set(), noDerivatives) };
}

/** The rule's left side as a user would write it: -x where x must be written negative, an entry of y where y is one-hot. */
function asUsed(rule: RuleSource): {
  readonly statements: readonly Statement[];
  readonly put: (e: Expression) => Expression;
} {
  const conditions = new Map((rule.where ?? []).map((text) => text.split(' is ') as [string, string]));
  const statements = withFacts(rule).map((s): Statement => {
    const isOneHot = s.kind === 'declaration' && s.names.some(({ name }) => conditions.get(name) === 'onehot');
    return isOneHot ? { ...s, space: { sizes: [expression('n')] }, facts: [{ fact: 'onehot' }] } : s;
  });
  const put = (e: Expression): Expression =>
    mapNames(e, (name) => {
      const condition = conditions.get(name.name);
      if (condition === 'written negative') return { kind: 'negation', of: name };
      // Of a name that is stated to be so no absolute value is ever made.
      if (condition === 'nonnegative') return expression("u_0'*S_0*u_0");
      if (condition === 'positive') return expression('a_0^2 - 2*a_0 + 2');
      return condition === 'onehot' ? { kind: 'subscript', of: name, indices: [expression('i')] } : name;
    });
  const helpers = programOf('S_0 in R^(n_0 x n_0), spd; u_0 in R^n_0; a_0 in R').statements;
  return { statements: [...statements, ...helpers], put };
}

describe('every rewrite turns its own left side into its right side', () => {
  test.each(rewrites.map((rule) => [rule.name, rule] as const))('%s', (_, rule) => {
    const { statements, put } = asUsed(rule);
    const [from, to] = sides(rule).map(put) as [Expression, Expression];
    const { world } = worldFor([...statements, question(apart(from, to))]);
    const [left, right] = [world.evaluate(from), world.evaluate(to)];
    const done = applyRule(compileRewrite(rule), left.term);
    expect(done, 'the rule does not fire').toBeDefined();
    const indices = left.axes.flat().map(({ index }) => index);
    const wanted = rename(right.term, new Map(right.axes.flat().map(({ index }, n) => [index, indices[n]!])));
    expect(done!.node).toBe(wanted.node);
    expect(done!.at).toEqual(wanted.at);
  });
});
