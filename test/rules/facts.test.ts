/** Each fact's record holds together: drawn in three ways its values satisfy it, its equations and all that it implies. */
import { describe, expect, test } from 'vitest';
import { attempt } from '../../src/basics/problem.ts';
import { attempted } from '../../src/decide/field.ts';
import { nicePools, niceValue } from '../../src/decide/nice-values.ts';
import { primeField, primeArithmetic, primes } from '../../src/decide/prime-field.ts';
import { randomEntries } from '../../src/decide/residue-points.ts';
import { largestRelativeError, array, type NumericArray } from '../../src/evaluate/array.ts';
import { factsHold, freeEntries } from '../../src/evaluate/holds.ts';
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

/** Points modulo a prime, each of which satisfies the facts and what follows from them: how many of so many tries. */
function modulo(facts: readonly Fact[], tries: number): number {
  const random = randomNumbers(7);
  const field = primeField(primeArithmetic(primes[0]!), random, false);
  const { isPositive, negated } = field.arithmetic;
  const extents = shapeFor(...facts);
  const follow = implied(new Set(facts));
  const isFree = freeEntries(follow);
  let points = 0;
  for (let n = 0; n < tries; n++) {
    const drawn = attempted(() => randomEntries({ extents, facts: new Set(facts) }, field, random));
    if (drawn.kind !== 'value') continue;
    points++;
    const at = (i: number, j: number): number => drawn.value[3 * i + j]!;
    const free = drawn.value.filter((_, k) => extents.length < 2 || isFree(Math.floor(k / 3), k % 3));
    const dot = (a: (k: number) => number, b: (k: number) => number): number =>
      [0, 1, 2].reduce((total, k) => field.plus(total, field.times(a(k), b(k))), 0);
    for (const one of follow) {
      const { symmetry, zeros, entries, orthonormal, idempotent, integer } = factRecords[one];
      const what = facts.join(', ');
      if (entries === 'positive') expect(free.every(isPositive), what).toBe(true);
      if (entries === 'negative') expect(free.some(isPositive), what).toBe(false);
      if (entries === 'nonnegative')
        expect(
          free.every((v) => v === 0 || isPositive(v)),
          what,
        ).toBe(true);
      if (integer)
        expect(
          drawn.value.every((v) => [0, 1, negated(1)].includes(v)),
          what,
        ).toBe(true);
      if (one === 'binary')
        expect(
          drawn.value.every((v) => v === 0 || v === 1),
          what,
        ).toBe(true);
      if (one === 'pm1')
        expect(
          free.every((v) => v === 1 || v === negated(1)),
          what,
        ).toBe(true);
      if (one === 'stochastic')
        for (let row = 0; row < drawn.value.length; row += 3)
          expect(drawn.value.slice(row, row + 3).reduce(field.plus), what).toBe(1);
      if (extents.length < 2) continue;
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 3; j++) {
          if (symmetry) expect(at(i, j), what).toBe(symmetry === 1 ? at(j, i) : negated(at(j, i)));
          if (zeros === 'off the diagonal' && i !== j) expect(at(i, j), what).toBe(0);
          if (zeros === 'above the diagonal' && i < j) expect(at(i, j), what).toBe(0);
          if (zeros === 'below the diagonal' && i > j) expect(at(i, j), what).toBe(0);
          const unit = i === j ? 1 : 0;
          const [rowI, column] = [(k: number) => at(i, k), (n: number) => (k: number) => at(k, n)];
          if (orthonormal) expect(dot(column(i), column(j)), what).toBe(unit);
          if (idempotent) expect(dot(rowI, column(j)), what).toBe(at(i, j));
        }
    }
  }
  return points;
}
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
    skew: spd, lower, upper, symmetric, binary, pm1, positive, negative, nonnegative
    spd: negative
    binary: negative
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
    pm1, nonzero; nonzero; pm1
    positive, nonnegative, nonzero; positive; positive
    negative, nonzero; negative; negative
    nonnegative; nonnegative; nonnegative, positive
    nonzero; nonzero; nonzero
    constant; constant; constant"
  `);
});
test('two facts together are drawn modulo a prime rightly, or not at all', () => {
  const never = factNames.flatMap((a, n) => {
    const others = factNames.slice(n + 1).filter((b) => !contradiction(new Set([a]), b) && modulo([a, b], 24) === 0);
    return others.length > 0 ? [`${a}: ${others.join(', ')}`] : [];
  });
  expect(never.join('\n')).toMatchInlineSnapshot(`
    "permutation: symmetric
    onehot: orthogonal, orthonormal, idempotent, diagonal, spd, lower, upper, symmetric, invertible
    simplex: orthogonal, orthonormal, idempotent, diagonal, spd, lower, upper, symmetric, invertible, binary, pm1
    stochastic: orthogonal, orthonormal, idempotent, diagonal, spd, lower, upper, symmetric, invertible, binary, pm1
    orthogonal: skew, binary, pm1, positive, negative, nonnegative
    orthonormal: idempotent, diagonal, skew, spd, lower, upper, symmetric, invertible, binary, pm1, positive, negative, nonnegative
    idempotent: diagonal, lower, upper, binary, pm1, positive, negative, nonnegative
    spd: lower, upper, binary, pm1, positive, nonnegative"
  `);
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
  test('is drawn modulo a prime', () => expect(modulo([fact], 20)).toBeGreaterThan(5));
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
