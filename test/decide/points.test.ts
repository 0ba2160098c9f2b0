/** Where claims are tried: sizes, positions, and values that satisfy the facts, readable ones and residues. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { primeField, primeArithmetic, primes } from '../../src/decide/prime-field.ts';
import { eliminate, inverseOf, attempted } from '../../src/decide/field.ts';
import { drawingOf, indicesToPlace, laidOut, positionIn, randomPositions } from '../../src/decide/point.ts';
import { factsHold, freeEntries } from '../../src/evaluate/holds.ts';
import { drawn, nicePools, niceValue } from '../../src/decide/nice-values.ts';
import { randomEntries } from '../../src/decide/residue-points.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { named } from '../../src/shape/dim.ts';
import { contradiction, factNames, factRecords, implied } from '../../src/syntax/facts.ts';
import type { Fact } from '../../src/syntax/tree.ts';
import { checked, worldOf } from '../elaborate/given.ts';

/** One fact or two that do not contradict each other; `onlySquare`: those that only a square matrix can have. */
const sets: readonly (readonly Fact[])[] = [
  [],
  ...factNames.map((fact) => [fact]),
  ...factNames.flatMap((a, n) =>
    factNames
      .slice(n + 1)
      .filter((b) => !contradiction(new Set([a]), b) && !implied(new Set([a])).has(b))
      .map((b) => [a, b]),
  ),
];
const isOf = (facts: readonly Fact[], ...subjects: readonly string[]): boolean =>
  facts.every((fact) => subjects.includes(factRecords[fact].of));
const rows = (entries: readonly number[], n: number): number[][] =>
  Array.from({ length: n }, (_, i) => entries.slice(i * n, (i + 1) * n));

describe('readable points', () => {
  const shapes = [
    ['numbers', [], (facts: readonly Fact[]) => isOf(facts, 'anything')],
    ['vectors', [3], (facts: readonly Fact[]) => isOf(facts, 'anything', 'rows')],
    ['matrices', [2, 3], (facts: readonly Fact[]) => isOf(facts, 'anything', 'rows')],
    ['tall matrices', [3, 2], (facts: readonly Fact[]) => isOf(facts, 'anything', 'rows', 'matrix')],
    ['square matrices', [3, 3], () => true],
  ] as const;
  const told: string[] = [];
  for (const [what, extents, fits] of shapes)
    test(`of ${what} satisfy the facts`, () => {
      for (const list of sets.filter(fits)) {
        const facts = new Set(list);
        const random = randomNumbers(11);
        const values = (list.length > 1 ? nicePools : [...nicePools, ...nicePools]).map((pool) => {
          const found = attempted(() => niceValue({ extents, facts }, pool, random));
          if (found.kind !== 'value') return 'none';
          expect(factsHold([...found.value.data], facts, extents), list.join()).toBe(true);
          return [...found.value.data].map((x) => Math.round(1e4 * x) / 1e4).join(' ');
        });
        const shown = values.every((value) => value === 'none') ? ['none'] : values;
        told.push(`${what}, ${list.join(' and ') || 'any'}`, ...shown.map((value) => `    ${value}`));
      }
    });
  test('look like this', async () => {
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(join(import.meta.dirname, 'readable.txt'));
  });
  test('are made of small numbers, simple ones first, and of both signs', () => {
    expect(nicePools[0]).toEqual([1]);
    expect(nicePools.slice(1).every((pool) => pool.length > 2 && pool.includes(1 / 2) === pool.length > 5)).toBe(true);
    const last = nicePools.at(-1)!;
    expect(last.map((x) => -x).filter((x) => !last.includes(x))).toEqual([1]);
    expect(nicePools.flat().every((x) => Number.isInteger(4 * x) && Math.abs(x) <= 3)).toBe(true);
    expect(nicePools.slice(2).every((pool) => pool.some((x) => x < 0))).toBe(true);
  });
  test('a one at a position stands there', () => {
    const facts = new Set<Fact>(['onehot']);
    const at = (position: number): readonly number[] => [
      ...niceValue({ extents: [3], facts, at: position }, nicePools[0]!, randomNumbers(1)).data,
    ];
    expect([at(1), at(3)]).toEqual([
      [1, 0, 0],
      [0, 0, 1],
    ]);
  });
  test('where there are none, there is no point', () => {
    const none = { extents: [2, 3], facts: new Set<Fact>(['orthonormal']) };
    expect(attempted(() => niceValue(none, nicePools[0]!, randomNumbers(1))).kind).toBe('outside');
    expect(attempted(() => drawn({ name: 'W', shape: [2, 3], facts: ['orthonormal'] }, randomNumbers(1))).kind).toBe(
      'outside',
    );
    expect(attempted(() => drawn({ name: 'W', shape: [3, 2], facts: ['orthonormal'] }, randomNumbers(1))).kind).toBe(
      'value',
    );
  });
  test('where no number of the pool is allowed, another one is', () => {
    const value = (fact: Fact): number =>
      niceValue({ extents: [], facts: new Set([fact]) }, [0, 1.5], randomNumbers(1)).data[0]!;
    expect(value('negative')).toBe(-1);
    expect(value('pm1')).toBe(1);
    expect(value('positive')).toBe(1.5);
    expect(value('nonzero')).toBe(1.5);
    const zeros = (): unknown => niceValue({ extents: [2], facts: new Set<Fact>(['nonzero']) }, [0], randomNumbers(1));
    expect(attempted(zeros).kind).toBe('outside');
  });
});

describe('points modulo a prime', () => {
  const random = randomNumbers(5);
  const field = primeField(primeArithmetic(primes[0]!), random, false);
  const { negated, isPositive } = field.arithmetic;
  const minusOne = negated(1);
  const tries = (extents: readonly number[], facts: readonly Fact[], count: number): readonly (readonly number[])[] =>
    Array.from({ length: count }, () =>
      attempted(() => randomEntries({ extents, facts: new Set(facts) }, field, random)),
    ).flatMap((found) => (found.kind === 'value' ? [found.value] : []));
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((total, x, k) => field.plus(total, field.times(x, b[k]!)), 0);

  /** Exactly, as no rounding is in the way; of definite matrices what can be said here: they are products L*L'. */
  const holds: Readonly<
    Record<Fact, (entries: readonly number[], columns: number, free: readonly number[]) => boolean>
  > = {
    positive: (_, __, free) => free.every(isPositive),
    negative: (_, __, free) => free.every((x) => isPositive(negated(x))),
    nonnegative: (_, __, free) => free.every((x) => x === 0 || isPositive(x)),
    nonzero: (entries) => entries.some((x) => x !== 0),
    binary: (_, __, free) => free.every((x) => x === 0 || x === 1),
    bernoulli: (_, __, free) => free.every((x) => x === 0 || x === 1),
    mean: () => true,
    cov: () => true,
    random: () => true,
    pm1: (_, __, free) => free.every((x) => x === 1 || x === minusOne),
    constant: () => true,
    invertible: (entries, n) => eliminate(rows(entries, n), field).determinant !== 0,
    onehot: (entries, n) => entries.every((x) => x === 0 || x === 1) && rowSums(entries, n).every((sum) => sum === 1),
    simplex: (entries, n) => entries.every(isPositive) && rowSums(entries, n).every((sum) => sum === 1),
    stochastic: (entries, n) =>
      entries.every((x) => x === 0 || isPositive(x)) && rowSums(entries, n).every((sum) => sum === 1),
    symmetric: (entries, n) => every(n, (i, j) => entries[i * n + j] === entries[j * n + i]),
    skew: (entries, n) => every(n, (i, j) => entries[i * n + j] === negated(entries[j * n + i]!)),
    diagonal: (entries, n) => every(n, (i, j) => i === j || entries[i * n + j] === 0),
    lower: (entries, n) => every(n, (i, j) => i >= j || entries[i * n + j] === 0),
    upper: (entries, n) => every(n, (i, j) => i <= j || entries[i * n + j] === 0),
    orthonormal: (entries, n) =>
      every(n, (i, j) => dot(columnOf(entries, n, i), columnOf(entries, n, j)) === (i === j ? 1 : 0)),
    orthogonal: (entries, n) =>
      every(n, (i, j) => dot(columnOf(entries, n, i), columnOf(entries, n, j)) === (i === j ? 1 : 0)),
    permutation: (entries, n) =>
      entries.every((x) => x === 0 || x === 1) &&
      rowSums(entries, n).every((sum) => sum === 1) &&
      every(n, (_, j) => columnOf(entries, n, j).includes(1)),
    idempotent: (entries, n) =>
      every(n, (i, j) => dot(rows(entries, n)[i]!, columnOf(entries, n, j)) === entries[i * n + j]),
    spd: (entries, n) => holds.symmetric(entries, n, []) && isPositive(eliminate(rows(entries, n), field).determinant),
  };
  const every = (n: number, entry: (i: number, j: number) => boolean): boolean =>
    Array.from({ length: n * n }, (_, k) => entry(Math.floor(k / n), k % n)).every(Boolean);
  const rowSums = (entries: readonly number[], columns: number): readonly number[] =>
    Array.from({ length: entries.length / columns }, (_, i) =>
      entries.slice(i * columns, (i + 1) * columns).reduce(field.plus, 0),
    );
  const columnOf = (entries: readonly number[], columns: number, j: number): readonly number[] =>
    entries.filter((_, k) => k % columns === j);

  function expectFacts(entries: readonly number[], list: readonly Fact[], extents: readonly number[]): void {
    const columns = extents.at(-1) ?? 1;
    const facts = new Set(list);
    const isFree = freeEntries(facts);
    const free = entries.filter((_, k) => isFree(Math.floor(k / columns), k % columns));
    expect(entries).toHaveLength(extents.reduce((a, b) => a * b, 1));
    for (const fact of implied(facts))
      expect(holds[fact](entries, columns, free), `${list.join()} is ${fact}: ${entries.join()}`).toBe(true);
  }
  test('satisfy one fact and two, exactly; where nothing brings two together, there is no point', () => {
    const none = sets.filter((list) => {
      const found = tries([3, 3], list, 24);
      for (const entries of found) expectFacts(entries, list, [3, 3]);
      if (list.length === 1 && !isOf(list, 'rows')) expect(found.length, list.join()).toBeGreaterThan(6);
      return found.length === 0;
    });
    const withFirst = new Map<string, string>();
    for (const [a, b] of none) withFirst.set(a!, `${withFirst.get(a!) ?? ''} ${b}`.trim());
    expect(Object.fromEntries(withFirst)).toEqual({
      permutation: 'symmetric',
      onehot: 'orthogonal orthonormal idempotent diagonal spd lower upper symmetric invertible',
      simplex: 'orthogonal orthonormal idempotent diagonal spd lower upper symmetric invertible binary bernoulli pm1',
      stochastic:
        'orthogonal orthonormal idempotent diagonal spd lower upper symmetric invertible binary bernoulli pm1',
      orthogonal: 'skew binary bernoulli pm1 positive negative nonnegative',
      orthonormal:
        'idempotent diagonal skew spd lower upper symmetric invertible binary bernoulli pm1 positive negative nonnegative',
      idempotent: 'diagonal lower upper binary bernoulli pm1 positive negative nonnegative',
      // Of an odd size there is none.
      skew: 'invertible',
      spd: 'lower upper binary bernoulli pm1 positive nonnegative',
    });
    expect(tries([2, 2], ['skew', 'invertible'], 4)).toHaveLength(4);
  });
  test('of numbers, vectors and matrices that are not square', () => {
    for (const list of sets) {
      if (isOf(list, 'anything')) for (const entries of tries([], list, 12)) expectFacts(entries, list, []);
      if (!isOf(list, 'anything', 'rows')) continue;
      for (const extents of [[1], [4], [2, 3]])
        for (const entries of tries(extents, list, 12)) expectFacts(entries, list, extents);
    }
    for (const entries of tries([4, 2], ['orthonormal'], 8)) expectFacts(entries, ['orthonormal'], [4, 2]);
    expect(tries([4, 2], ['orthonormal'], 8).length).toBeGreaterThan(4);
    expect(tries([3, 3], ['orthonormal'], 8).length).toBeGreaterThan(4);
    expect(tries([2, 4], ['orthonormal'], 8)).toEqual([]);
  });
  /** All that comes up among many. */
  const values = (extents: readonly number[], ...facts: readonly Fact[]): ReadonlySet<string> =>
    new Set(tries(extents, facts, 80).map((entries) => entries.join(' ')));
  test('whatever there are few of, all come up', () => {
    expect(values([], 'binary')).toEqual(new Set(['0', '1']));
    expect(values([], 'binary', 'positive')).toEqual(new Set(['1']));
    expect(values([], 'pm1')).toEqual(new Set(['1', `${minusOne}`]));
    expect(values([], 'pm1', 'negative')).toEqual(new Set([`${minusOne}`]));
    expect(values([], 'pm1', 'nonnegative')).toEqual(new Set(['1']));
    expect(values([], 'pm1', 'binary')).toEqual(new Set(['1']));
    expect(values([1], 'onehot')).toEqual(new Set(['1']));
    expect(values([1], 'simplex')).toEqual(new Set(['1']));
    expect(values([1], 'stochastic')).toEqual(new Set(['1']));
    expect(values([2], 'onehot')).toEqual(new Set(['1 0', '0 1']));
    expect(values([2, 2], 'onehot')).toEqual(new Set(['1 0 1 0', '1 0 0 1', '0 1 1 0', '0 1 0 1']));
    expect(values([3, 3], 'permutation').size).toBe(6);
    expect(values([2, 2], 'orthogonal', 'diagonal').size).toBe(4);
    expect(values([2, 2], 'orthogonal', 'lower').size).toBe(4);
    expect(values([2, 2], 'orthogonal', 'upper').size).toBe(4);
    expect(values([2, 2], 'orthogonal', 'spd')).toEqual(new Set(['1 0 0 1']));
    expect(values([2, 2], 'idempotent', 'invertible')).toEqual(new Set(['1 0 0 1']));
    expect(values([2, 2], 'permutation', 'spd').size).toBeLessThanOrEqual(1);
  });
  test('of which there are many, they differ, and zeros and signs come in all ways', () => {
    for (const list of sets) {
      const all = [...implied(new Set(list))];
      if (all.some((fact) => factRecords[fact].cases) || list[0] === 'stochastic') continue;
      const found = tries([2, 2], list, 12);
      expect(new Set(found.map(String)).size, list.join()).toBe(found.length);
    }
    const zeros = new Set(tries([3], ['stochastic'], 200).map((row) => row.filter((x) => x === 0).length));
    expect(zeros).toEqual(new Set([0, 1, 2]));
    expect(tries([3], ['stochastic', 'positive'], 60).flat()).not.toContain(0);
    const signs = new Set(tries([], [], 60).map(([x]) => isPositive(x!)));
    expect(signs).toEqual(new Set([true, false]));
    for (const facts of [['orthogonal'], ['orthogonal', 'symmetric'], ['orthonormal']] as const) {
      const dets = tries([2, 2], facts, 60).map((q) => eliminate(rows(q, 2), field).determinant);
      expect(new Set(dets)).toEqual(new Set([1, minusOne]));
    }
    for (const facts of [['idempotent'], ['idempotent', 'symmetric']] as const) {
      const found = tries([2, 2], facts, 60);
      const traces = found.map((entries) => field.plus(entries[0]!, entries[3]!));
      expect(new Set(traces)).toEqual(new Set([0, 1, 2]));
      expect(found.some((entries) => entries[1] !== entries[2])).toBe(facts.length === 1);
    }
    expect(tries([2, 2], ['symmetric'], 9).every((entries) => entries[0] !== entries[3])).toBe(true);
    for (const [fact, corner] of [
      ['lower', 2],
      ['upper', 1],
    ] as const)
      expect(tries([2, 2], [fact], 9).every((entries) => entries[corner] !== 0)).toBe(true);
    expect(new Set(tries([2, 2], ['diagonal'], 20).map(([x]) => isPositive(x!)))).toEqual(new Set([true, false]));
    expect(tries([2, 2], ['diagonal', 'spd'], 20).every((d) => isPositive(d[0]!) && isPositive(d[3]!))).toBe(true);
  });
  test('a one at a position stands there, and not beyond the end', () => {
    const at = (position: number): readonly number[] =>
      randomEntries({ extents: [3], facts: new Set<Fact>(['onehot']), at: position }, field, random);
    expect([at(1), at(2), at(3)]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(attempted(() => at(4)).kind).toBe('outside');
  });
  test('inverses are exact', () => {
    const a = rows(tries([3, 3], [], 1)[0]!, 3);
    const b = inverseOf(a, field);
    for (const [i, row] of a.entries())
      for (const j of [0, 1, 2]) expect(dot(row, columnOf(b.flat(), 3, j))).toBe(i === j ? 1 : 0);
    const singular = [
      [1, 2],
      [2, 4],
    ];
    expect(() => inverseOf(singular, field)).toThrow();
  });
});

describe('positions and layouts', () => {
  const program = checked(
    "y in R^n, onehot at o; z in R^n, onehot at 2; w in R^n, onehot; r in R^(1 x m); A in R^(n x m); c in R; y[o] + z[1] + w[k] + r*A'*w + c",
  );
  const world = worldOf(program);
  const variable = (name: string) => program.variables.get(name)!;
  const [o, k] = [world.index('o'), world.index('k')];
  test('the one of a one-hot vector stands where it is said, by a number or by an index', () => {
    const free = new Map([
      [o, 3],
      [k, 2],
    ]);
    expect(['y', 'z', 'w', 'c'].map((name) => positionIn(variable(name), world, free))).toEqual([
      3,
      2,
      undefined,
      undefined,
    ]);
    expect(positionIn(variable('y'), world, new Map())).toBeUndefined();
  });
  test('drawings have extents, facts and position; a row lies as a row', () => {
    const sizes = { n: 4, m: 3 };
    expect(drawingOf(variable('y'), sizes, world, new Map([[o, 2]]))).toEqual({
      extents: [4],
      facts: new Set(['onehot']),
      at: 2,
    });
    expect(['r', 'A', 'w', 'c'].map((name) => laidOut(variable(name), sizes))).toEqual([[1, 3], [4, 3], [4], []]);
  });
  test('indices to place: those left open, with all the sizes they run to, and those that facts speak of', () => {
    const [n, m] = [named('n'), named('m')];
    const all = indicesToPlace(
      new Map([
        [o, [m]],
        [k, [n]],
      ]),
      [...program.variables.values()],
      world,
    );
    expect([...all]).toEqual([
      [o, [m, n]],
      [k, [n]],
    ]);
    expect([...indicesToPlace(new Map(), [variable('y'), variable('z')], world)]).toEqual([[o, [n]]]);
    const random = randomNumbers(3);
    const seen = Array.from({ length: 60 }, () => [...randomPositions(all, { n: 2, m: 4 }, random).values()].join());
    expect(new Set(seen)).toEqual(new Set(['1,1', '1,2', '2,1', '2,2']));
    expect([...randomPositions(new Map([[o, [m]]]), { m: 0 }, random).values()]).toEqual([1]);
  });
});
