/** Each fact's record holds together: drawn in two ways its values satisfy it, its equations and all that it implies. */
import { describe, expect, test } from 'vitest';
import { attempt } from '../../src/basics/problem.ts';
import { attempted } from '../../src/decide/field.ts';
import { nicePools, niceValue } from '../../src/decide/nice-values.ts';
import { largestRelativeError, array, type NumericArray } from '../../src/evaluate/array.ts';
import { factsHold } from '../../src/evaluate/holds.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { randomValue, randomNumbers } from '../../src/evaluate/points.ts';
import {
  contradiction,
  type Fact,
  factNames,
  factRecords,
  factsInside,
  factsWhenVaried,
  implied,
} from '../../src/syntax/facts.ts';
import { expression } from '../elaborate/given.ts';

const seeds = Array.from({ length: 12 }, (_, n) => n + 1);
const shapeFor = (...facts: readonly Fact[]): readonly number[] =>
  facts.every((fact) => factRecords[fact].of === 'rows') ? [3] : [3, 3];
const randomOf = (facts: readonly Fact[], seed: number): NumericArray | undefined => {
  const drawn = attempt(() => randomValue({ name: 'x', shape: shapeFor(...facts), facts }, randomNumbers(seed)));
  return drawn.ok ? drawn.value : undefined;
};
const niceOf = (facts: readonly Fact[], round: number): NumericArray | undefined => {
  const drawing = { extents: shapeFor(...facts), facts: new Set(facts) };
  const drawn = attempted(() => niceValue(drawing, nicePools[round % nicePools.length]!, randomNumbers(round)));
  return drawn.kind === 'value' ? drawn.value : undefined;
};
const satisfies = ({ data }: NumericArray, facts: Iterable<Fact>, shape: readonly number[]): boolean =>
  factsHold([...data], new Set(facts), shape);
const equationsHold = (value: NumericArray, fact: Fact): void => {
  for (const text of factRecords[fact].equations) {
    const [left, right] = text.split(' == ').map((side) =>
      interpret(expression(side), {
        values: new Map([
          ['X', value],
          ['x', value],
        ]),
        sizes: { n: 3 },
      }),
    ) as [NumericArray, NumericArray];
    expect(largestRelativeError(left, right), text).toBeLessThan(1e-9);
  }
};

test('which facts contradict each other', () => {
  const lines = factNames.flatMap((a, n) => {
    const others = factNames.slice(n + 1).filter((b) => contradiction(new Set([a]), b));
    return others.length > 0 ? [`${a}: ${others.join(', ')}`] : [];
  });
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "permutation: simplex, skew, pm1, positive, negative
    onehot: simplex, skew, pm1, positive, negative
    simplex: skew, negative
    stochastic: skew, negative
    idempotent: skew
    diagonal: skew
    skew: spd, lower, upper, symmetric, binary, bernoulli, pm1, positive, negative, nonnegative
    spd: negative
    binary: negative
    bernoulli: negative
    positive: negative
    negative: nonnegative"
  `);
});
test('what follows from each, is left of it once entries vary, and lies inside it', () => {
  const list = (facts: Iterable<Fact>): string => [...facts].join(', ');
  const lines = factNames.map((fact) => {
    const stated = new Set([fact]);
    return `${list(implied(stated))}; ${list(factsWhenVaried(stated))}; ${list(factsInside(stated))}`;
  });
  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "permutation, onehot, orthogonal, binary, stochastic, orthonormal, invertible, nonnegative, nonzero; invertible; permutation
    onehot, binary, stochastic, nonnegative, nonzero; nonzero; onehot
    simplex, positive, stochastic, nonnegative, nonzero; positive; simplex
    stochastic, nonnegative, nonzero; nonnegative, nonzero; stochastic, simplex
    orthogonal, orthonormal, invertible, nonzero; invertible; orthogonal
    orthonormal, nonzero; nonzero; orthonormal
    idempotent; ; idempotent
    diagonal, symmetric, lower, upper; ; diagonal
    skew; ; skew
    spd, symmetric, invertible, nonzero; invertible; spd
    lower; ; lower
    upper; ; upper
    symmetric; ; symmetric
    invertible, nonzero; invertible; invertible
    binary, nonnegative; ; binary
    bernoulli, binary, random, nonnegative; random; bernoulli
    pm1, nonzero; nonzero; pm1
    positive, nonnegative, nonzero; positive; positive
    negative, nonzero; negative; negative
    nonnegative; nonnegative; nonnegative, positive
    nonzero; nonzero; nonzero
    mean, random; mean; mean
    cov, random; cov; cov
    random; random; random
    constant; constant; constant"
  `);
});
describe('equations', () => {
  const isEquation = (fact: Fact): boolean => !factRecords[fact].nearby.includes(fact);
  const holdAll = (value: NumericArray, fact: Fact): boolean =>
    attempt(() => factRecords[fact].equations).ok &&
    factRecords[fact].equations.every((text) => {
      const [left, right] = text.split(' == ').map((side) =>
        interpret(expression(side), {
          values: new Map([
            ['X', value],
            ['x', value],
          ]),
          sizes: { n: 3 },
        }),
      ) as [NumericArray, NumericArray];
      return largestRelativeError(left, right) < 1e-9;
    });
  test.each(factNames.filter(isEquation))(
    '%s no longer holds once an entry moves, and its equations say so',
    (fact) => {
      const { data, shape } = randomOf([fact], 3)!;
      const moves = Array.from(data, (_, k) =>
        array(
          shape,
          data.map((x, n) => (n === k ? x + 0.37 : x)),
        ),
      );
      const broken = moves.filter((value) => !holdAll(value, fact));
      // A symmetric matrix stays so if its diagonal moves, and zeros are no equation.
      const onDiagonal = ['symmetric', 'spd', 'diagonal'].includes(fact) ? 3 : 0;
      const isPattern = fact === 'lower' || fact === 'upper';
      expect(broken).toHaveLength(isPattern ? 0 : data.length - onDiagonal);
    },
  );
  test.each(factNames.filter((fact) => !isEquation(fact)))('%s holds nearby', (fact) => {
    const { data, shape } = randomOf([fact], 3)!;
    if (fact === 'pm1') return expect(factRecords[fact].equations).toHaveLength(1);
    for (const k of data.keys())
      expect(
        holdAll(
          array(
            shape,
            data.map((x, n) => (n === k ? x * 1.01 : x)),
          ),
          fact,
        ),
      ).toBe(true);
  });
});

describe.each(factNames)('%s', (fact) => {
  test('is drawn at random', () => {
    for (const seed of seeds) {
      const value = randomOf([fact], seed);
      expect(value).toBeDefined();
      expect(satisfies(value!, implied(new Set([fact])), shapeFor(fact))).toBe(true);
      equationsHold(value!, fact);
    }
  });
  test('is drawn to be read', () => {
    const values = Array.from({ length: 3 * nicePools.length }, (_, round) => niceOf([fact], round)).filter(
      (v) => v !== undefined,
    );
    expect(values.length).toBeGreaterThan(nicePools.length);
    for (const value of values) {
      expect(satisfies(value, implied(new Set([fact])), shapeFor(fact))).toBe(true);
      equationsHold(value, fact);
    }
  });
  test('cannot be drawn together with what contradicts it', () => {
    for (const other of factNames.filter((name) => contradiction(new Set([name]), fact))) {
      expect(contradiction(new Set([fact]), other)).toBe(fact);
      // Facts that fix zeros let a sign speak of the other entries; a zero matrix is symmetric and skew.
      for (const seed of seeds) {
        const value = randomOf([fact, other], seed);
        if (value) expect([...value.data].every((v) => v === 0)).toBe(true);
      }
    }
  });
  test('beside any other that it does not contradict is drawn rightly, or not at all', () => {
    for (const other of factNames) {
      const both = [fact, other];
      if (contradiction(new Set([fact]), other)) continue;
      const follow = implied(new Set(both));
      for (const seed of seeds.slice(0, 4)) {
        const shape = shapeFor(...both);
        for (const value of [randomOf(both, seed), niceOf(both, seed)])
          if (value) expect(satisfies(value, follow, shape), `${fact}, ${other}`).toBe(true);
      }
    }
  });
  test('what is left of it nearby follows from it, and so does nothing from what is inside', () => {
    const follow = implied(new Set([fact]));
    for (const left of factsWhenVaried(new Set([fact]))) expect(follow).toContain(left);
    for (const inner of factsInside(new Set([fact]))) expect([...implied(new Set([inner]))]).toContain(fact);
  });
});

test('signs of a sparse matrix speak of its other entries', () => {
  const value = randomOf(['diagonal', 'positive'], 3)!;
  expect([...value.data].filter((v) => v > 0)).toHaveLength(3);
  expect(factsHold([1, 0, 0, 1], new Set<Fact>(['diagonal', 'positive']), [2, 2])).toBe(true);
  expect(factsHold([1, 0, 0, 0], new Set<Fact>(['diagonal', 'positive']), [2, 2])).toBe(false);
  expect(factsHold([...array([2, 2], [1, 0, 1, 1]).data], new Set<Fact>(['positive']), [2, 2])).toBe(false);
});
