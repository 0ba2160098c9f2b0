/** What the records of functions say of themselves holds at many points; nothing that the language promises is missing. */
import { describe, expect, test } from 'vitest';
import {
  aliases,
  allFunctions,
  companionForms,
  type EntrywiseRecord,
  entrywiseFunctions,
  functionDefinitions,
  functionDerivatives,
  functionNamed,
  inverseFolds,
  isCalled,
  matrixFunctions,
  type MatrixRecord,
  type Range,
  reductionFunctions,
  type ReductionRecord,
  type Requirement,
  vectorFunctions,
  type VectorRecord,
} from '../../rules/functions/index.ts';
import type { RuleSource } from '../../rules/rule-source.ts';
import { attempt } from '../../src/basics/problem.ts';
import * as Q from '../../src/basics/rational.ts';
import { fromNested, type NumericArray, scalar } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { formula, requirementHolds } from '../../src/evaluate/holds.ts';
import { checked } from '../elaborate/given.ts';
import { builtinNames } from '../../src/elaborate/functions.ts';

/** The functions of the language, as they were agreed on. */
const promised =
  'exp log sin cos tan asin acos atan sinh cosh tanh sqrt abs sign step relu sigmoid softplus erf gelu silu sum mean max tr det logdet inv ' +
  'diag vec kron norm1 norm2 normf dot outer logsumexp softmax log_softmax ones zeros eye lgamma digamma trigamma polygamma normcdf normpdf ' +
  'lognormcdf log1p expm1 erfc logit elu leaky_relu huber min clip atan2 pow floor trace transpose ln norm inverse';
test.each(promised.split(' '))('%s is known', (name) => expect(builtinNames()).toContain(name));

test('names and aliases are unique', () => {
  const names = new Set(allFunctions.filter(([, record]) => isCalled(record)).map(([name]) => name));
  for (const alias of aliases.keys()) expect(names.has(alias), alias).toBe(false);
  expect(allFunctions.flatMap(([, record]) => record.aliases)).toHaveLength(aliases.size);
});
test('every function says what it is in one sentence, and where it comes from', () => {
  for (const [name, { says, source }] of allFunctions) {
    expect(says, name).toMatch(/^\S.*\.$/);
    expect(source, name).not.toBe('');
  }
});
test('the number of arguments tells functions of one name apart', () => {
  expect(functionNamed('max', 1)?.kind).toBe('reduction');
  expect(functionNamed('max', 2)?.kind).toBe('entrywise');
});

const line = [
  -7.3, -3.1, -2.6, -1.7, -1.2, -0.9, -0.45, -0.2, -1e-3, 1e-3, 0.15, 0.35, 0.6, 0.85, 1.1, 1.9, 2.4, 3.7, 6.2,
];
/** Points where the function exists: orders are whole, other arguments lie where they make sense. */
function pointsOf(record: EntrywiseRecord, from: readonly number[] = line): readonly (readonly number[])[] {
  const lists = record.arguments.map((name) => {
    if (record.domain.some(({ needs, of }) => needs === 'natural' && of === name)) return [0, 1, 2, 3];
    return name === 'lo'
      ? [-1, 0.5].filter((x) => from === line || Number.isInteger(x))
      : name === 'hi'
        ? [1, 2]
        : from;
  });
  const all = lists.reduce<readonly (readonly number[])[]>(
    (points, list) => points.flatMap((point) => list.map((x) => [...point, x])),
    [[]],
  );
  return all.filter((args) => record.domain.every((requirement) => requirementHolds(requirement, record, args)));
}
const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** The k-th derivative on one side, by differences that stay on that side. */
const oneSided = (f: (x: number) => number, x: number, k: number, side: 1 | -1): number => {
  const step = 2e-3;
  const choose = (n: number, r: number): number => (r === 0 ? 1 : (choose(n - 1, r - 1) * n) / r);
  const points = Array.from(
    { length: k + 1 },
    (_, n) => (-1) ** (k - n) * choose(k, n) * f(x + side * (n * step + 1e-9)),
  );
  return points.reduce((a, b) => a + b, 0) / (side * step) ** k;
};

/** `pi/6`, `1/2`. */
const numberIn = (text: string): number => interpret(formula(text), { values: new Map(), sizes: {} }).data[0]!;

describe.each([...entrywiseFunctions])('%s', (name, record) => {
  const points = pointsOf(record);
  const value = (...args: readonly number[]): number => record.value(...args);

  test('has values where it says so', () => {
    expect(points.length).toBeGreaterThan(3);
    for (const args of points) expect(value(...args), args.join()).not.toBeNaN();
  });
  test('has its values in its range', () => {
    const { least, most } = record.range;
    for (const args of points) {
      expect(value(...args)).toBeGreaterThanOrEqual(least - 1e-12);
      expect(value(...args)).toBeLessThanOrEqual(most + 1e-12);
    }
  });
  test('is odd or even as it says', () => {
    if (record.parity === 'none' || record.arguments.length > 1) return expect(record.parity).toBe('none');
    for (const [x] of points as readonly (readonly [number])[])
      expect(near(value(-x), record.parity === 'odd' ? -value(x) : value(x)), `${x}`).toBe(true);
  });
  test('returns after its period', () => {
    const period = { none: 0, pi: Math.PI, '2*pi': 2 * Math.PI }[record.period];
    for (const args of points) expect(near(value(args[0]! + period, ...args.slice(1)), value(...args))).toBe(true);
  });
  test('rises or falls as it says, on every interval of its domain', () => {
    if (record.monotone === 'none' || record.domain.some(({ needs }) => needs === 'off-poles')) return;
    const step = 1e-3;
    for (const [x, ...rest] of points as readonly (readonly [number, ...number[]])[]) {
      if (!record.domain.every((r) => requirementHolds(r, record, [x + step, ...rest]))) continue;
      const rise = value(x + step, ...rest) - value(x, ...rest);
      expect(record.monotone === 'increasing' ? rise : -rise, `${x}`).toBeGreaterThanOrEqual(-1e-12);
    }
  });
  test('has integers for values where it says', () => {
    const whole = pointsOf(record, [-5, -2, -1, 0, 1, 3, 4]);
    for (const args of { always: [...points, ...whole], 'of integers': whole, no: [] }[record.integers])
      expect(Number.isInteger(value(...args)), args.join()).toBe(true);
    expect(record.integers === 'always').toBe(points.every((args) => Number.isInteger(value(...args))));
  });
  test('bends as it says', () => {
    if (record.curvature === 'none') return;
    const sign = record.curvature === 'convex' ? 1 : -1;
    const step = 1e-2;
    for (const args of points)
      args.forEach((_, n) => {
        const moved = (by: number): readonly number[] => args.map((x, k) => (k === n ? x + by : x));
        const around = [moved(-step), moved(step)];
        if (!around.every((at) => record.domain.every((r) => requirementHolds(r, record, at)))) return;
        // Across a pole there is no interval.
        if (record.domain.length > 0 && around.some((at) => Math.floor(at[n]!) !== Math.floor(args[n]!))) return;
        const bend = value(...around[0]!) + value(...around[1]!) - 2 * value(...args);
        expect(sign * bend, args.join()).toBeGreaterThanOrEqual(-1e-12);
      });
  });
  test('is undone by its inverse', () => {
    if (record.inverse === 'none') return;
    const inverse = entrywiseFunctions.get(record.inverse)!;
    for (const [x] of pointsOf(inverse) as readonly (readonly [number])[])
      if (Number.isFinite(inverse.value(x)) && Math.abs(x) < 3)
        expect(near(value(inverse.value(x)), x), `${x}`).toBe(true);
  });
  test('has its exact values', () => {
    if (record.exact.kind !== 'points') return;
    for (const [at, exact] of record.exact.at) expect(near(value(numberIn(at)), numberIn(exact)), at).toBe(true);
  });
  test('has its value of two equal arguments', () => {
    if (record.ofEquals === 'none') return;
    for (const x of line) expect(value(x, x)).toBe(record.ofEquals === 'argument' ? x : record.ofEquals);
  });
  test('is what its definition says', () => {
    const { definition } = record;
    if (definition === 'primitive') return;
    const positive = record.arguments.map((argument) => (definition.where ?? []).includes(`${argument} is positive`));
    // Also at whole numbers, where it may jump.
    for (const args of [...points, ...pointsOf(record, [-2, -1, 0, 1, 2])]) {
      if (args.some((x, n) => positive[n] && x <= 0)) continue;
      const values = new Map(record.arguments.map((argument, n) => [argument, scalar(args[n]!)]));
      const defined = interpret(formula(definition.to), { values, sizes: {} }).data[0]!;
      // Further out the definition itself loses its digits.
      if (Math.abs(args[0]!) < 5) expect(Math.abs(defined - value(...args)), args.join()).toBeLessThan(1e-6);
    }
  });
  test('is what it replaces', () => {
    for (const companion of record.companions)
      for (const args of points) {
        const values = new Map(record.arguments.map((argument, n) => [argument, scalar(args[n]!)]));
        const replaced = interpret(formula(companion.from), { values, sizes: {} }).data[0]!;
        if (Number.isFinite(replaced) && Math.abs(args[0]!) < 4)
          expect(Math.abs(replaced - value(...args)), `${name} ${args.join()}`).toBeLessThan(1e-6);
      }
  });
});

/** What numbers say of a function of one number: nothing that is so may be left out of its record. */
describe.each([...entrywiseFunctions].filter(([, record]) => record.arguments.length === 1))(
  '%s, nothing left out',
  (_, record) => {
    const value = (x: number): number => record.value(x);
    const exists = (x: number): boolean => record.domain.every((r) => requirementHolds(r, record, [x]));
    const wide = [
      ...line,
      -1e6,
      -40.5,
      40,
      1e6,
      -Math.PI / 2 + 1e-9,
      Math.PI / 2 - 1e-9,
      1e-12,
      1 - 1e-12,
      -1 + 1e-12,
    ].filter(exists);
    const grid = Array.from({ length: 6401 }, (_, n) => n / 1000 - 3.2).filter(exists);
    /** Whether all of these have this sign, rounding apart. */
    const all = (sign: 1 | -1, numbers: readonly number[]): boolean => numbers.every((x) => !(sign * x < -1e-9));

    test('parity', () => {
      const both = line.filter((x) => exists(x) && exists(-x));
      const is = (sign: 1 | -1): boolean => both.length > 0 && both.every((x) => near(value(-x), sign * value(x)));
      expect(record.parity).toBe(is(-1) ? 'odd' : is(1) ? 'even' : 'none');
    });
    test('rise and fall', () => {
      const isOneInterval = (x: number): boolean =>
        exists(x + 1e-3) && (record.domain.length === 0 || Math.floor(x) === Math.floor(x + 1e-3));
      const rises = line.filter((x) => exists(x) && isOneInterval(x)).map((x) => value(x + 1e-3) - value(x));
      expect(record.monotone).toBe(all(1, rises) ? 'increasing' : all(-1, rises) ? 'decreasing' : 'none');
    });
    test('curvature', () => {
      const step = 1e-2;
      const isInside = (x: number): boolean =>
        exists(x - step) &&
        exists(x + step) &&
        (record.domain.length === 0 || Math.floor(x - step) === Math.floor(x + step));
      const bends = line
        .filter((x) => exists(x) && isInside(x))
        .map((x) => value(x + step) + value(x - step) - 2 * value(x));
      expect(record.curvature).toBe(all(1, bends) ? 'convex' : all(-1, bends) ? 'concave' : 'none');
    });
    test('range', () => {
      const { least, most, reached } = record.range;
      const values = wide.map(value).filter((y) => !Number.isNaN(y));
      const comesClose = (end: number, extreme: number): boolean =>
        Number.isFinite(end) ? Math.abs(end - extreme) < 0.1 : Math.abs(extreme) > 10;
      expect(comesClose(least, Math.min(...values, ...grid.map(value)))).toBe(true);
      expect(comesClose(most, Math.max(...values, ...grid.map(value)))).toBe(true);
      const meets = (end: number): boolean => grid.some((x) => Math.abs(value(x) - end) < 1e-6);
      expect(meets(least), 'the least value').toBe(reached === 'least' || reached === 'both');
      expect(meets(most), 'the largest value').toBe(reached === 'most' || reached === 'both');
    });
    test('domain', () => {
      const beyond = [-7.3, -2, -1.2, -1, 0, 1, 1.2, 7.3].filter((x) => !exists(x));
      for (const x of beyond) expect(Number.isFinite(value(x)), `${x}`).toBe(false);
    });

    const jumps = (f: (x: number) => number, x: number, k: number): boolean => {
      const [right, left] = [oneSided(f, x, k, 1), oneSided(f, x, k, -1)];
      return Math.abs(right - left) > 0.2 * Math.max(1, Math.abs(right + left) / 2);
    };
    const isKink = (x: number): boolean => record.kinks.some((r) => !requirementHolds(r, record, [x]));
    test('kinks: of their order, and nowhere else', () => {
      for (const x of [-2, -1, 0, 1, 2, ...line].filter((y) => exists(y - 0.01) && exists(y) && exists(y + 0.01))) {
        if (Math.abs(x) > 2.5 || Math.abs(x) === 1e-3) continue;
        const [kink] = record.kinks;
        const first = [0, 1, 2].find((k) => jumps(value, x, k));
        expect(first, `${x}`).toBe(isKink(x) ? kink!.order : undefined);
      }
    });
    test('kinks of powers', () => {
      for (const { raised, order } of record.kinks.filter((kink) => !requirementHolds(kink, record, [0])))
        for (const p of [2, 3]) {
          const first = [0, 1, 2, 3].find((k) => jumps((x) => value(x) ** p, 0, k));
          if (raised === 'even') expect(first, `power ${p}`).toBe(p % 2 === 0 ? undefined : p);
          if (raised === 'later') expect(first, `power ${p}`).toBe(p);
          if (raised === 'stays' && first !== undefined) expect(first, `power ${p}`).toBe(order);
        }
    });
  },
);

/** Functions of several numbers: along each argument that may vary, and along all together. */
describe.each([...entrywiseFunctions].filter(([, record]) => record.arguments.length > 1))(
  '%s of several, nothing left out',
  (_, record) => {
    type Place = readonly number[];
    const value = (at: Place): number => record.value(...at);
    const exists = (at: Place): boolean => record.domain.every((r) => requirementHolds(r, record, at));
    const isVaried = record.arguments.map(
      (name) =>
        !record.fixed.includes(name) && !record.domain.some(({ needs, of }) => needs === 'natural' && of === name),
    );
    const every = (list: readonly number[]): readonly Place[] =>
      record.arguments.reduce<readonly Place[]>(
        (all, __, n) => {
          const values = isVaried[n] ? list : [0, 1, 2, 3];
          return all.flatMap((at) => values.map((x) => [...at, x]));
        },
        [[]],
      );
    const moved = (at: Place, along: Place, by: number): Place => at.map((x, n) => x + by * along[n]!);
    /** Each argument that varies, and two of them together. */
    const directions: readonly Place[] = record.arguments.flatMap((__, n) =>
      isVaried[n]
        ? [
            record.arguments.map((___, k) => (k === n ? 1 : 0)),
            ...[1, -1].map((turn) => record.arguments.map((___, k) => (k === n ? 1 : k < n && isVaried[k] ? turn : 0))),
          ]
        : [],
    );
    const few = [-1.9, -1, -0.4, 0, 0.3, 1, 1.6, 2.5];
    const inside = (at: Place, along: Place, step: number): boolean =>
      [-step, 0, step].every((by) => exists(moved(at, along, by))) &&
      (!record.domain.some(({ needs }) => needs === 'off-poles') ||
        at.every((x, n) => along[n] === 0 || Math.floor(x - step) === Math.floor(x + step)));
    const all = (sign: 1 | -1, numbers: readonly number[]): boolean =>
      numbers.length > 0 && numbers.every((x) => !(sign * x < -1e-9));

    test('rise and fall in the first argument', () => {
      const first = record.arguments.map((__, n) => (n === 0 ? 1 : 0));
      const rises = isVaried[0]
        ? every(few)
            .filter((at) => exists(at) && inside(at, first, 1e-3))
            .flatMap((at) => [value(moved(at, first, 1e-3)) - value(at), value(at) - value(moved(at, first, -1e-3))])
        : [];
      expect(record.monotone).toBe(all(1, rises) ? 'increasing' : all(-1, rises) ? 'decreasing' : 'none');
    });
    test('curvature', () => {
      const step = 1e-2;
      const bends = directions.flatMap((along) =>
        every(few)
          .flatMap((at) => [-1, -0.5, 0, 0.5, 1].map((by) => moved(at, along, by * step)))
          .filter((at) => inside(at, along, step))
          .map((at) => value(moved(at, along, step)) + value(moved(at, along, -step)) - 2 * value(at)),
      );
      expect(record.curvature).toBe(all(1, bends) ? 'convex' : all(-1, bends) ? 'concave' : 'none');
    });
    // What a whole number raises may be negative: there the record of powers says less than its domain.
    test.skipIf(record.called === 'a power')('range', () => {
      const { least, most, reached } = record.range;
      const values = every([...few, -40, 40, 1e6, -1e-9])
        .filter(exists)
        .map(value)
        .filter(Number.isFinite);
      const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
      const comesClose = (end: number, extreme: number): boolean =>
        Number.isFinite(end) ? Math.abs(end - extreme) < 1e-6 : Math.abs(extreme) > 10;
      expect([comesClose(least, low), comesClose(most, high)]).toEqual([true, true]);
      expect(values.includes(least), 'the least value').toBe(reached === 'least' || reached === 'both');
      expect(values.includes(most), 'the largest value').toBe(reached === 'most' || reached === 'both');
    });
    test('values of two equal arguments', () => {
      if (record.arguments.length !== 2) return expect(record.ofEquals).toBe('none');
      const equal = few.filter((x) => exists([x, x]));
      const is = (wanted: (x: number) => number): boolean =>
        equal.length > 0 && equal.every((x) => value([x, x]) === wanted(x));
      expect(record.ofEquals).toBe(is((x) => x) ? 'argument' : is(() => 0) ? 0 : is(() => 1) ? 1 : 'none');
    });
    test.skipIf(record.called === 'a power')('domain', () => {
      for (const at of every(few).filter((place) => !exists(place)))
        expect(Number.isFinite(value(at)), at.join()).toBe(false);
    });

    /** The first derivative along a line that jumps, if one of the first three does. */
    const firstJump = (f: (t: number) => number, upTo: number): number | undefined =>
      Array.from({ length: upTo + 1 }, (__, k) => k).find((k) => {
        const [right, left] = [oneSided(f, 0, k, 1), oneSided(f, 0, k, -1)];
        const isApart = k === 0 && Math.abs(f(0) - right) > 0.2;
        return isApart || Math.abs(right - left) > 0.2 * Math.max(1, Math.abs(right + left) / 2);
      });
    const jumpAt = (at: Place, power = 1): number | undefined => {
      const found = directions
        .filter((along) => inside(at, along, 0.01))
        .map((along) => firstJump((t) => value(moved(at, along, t)) ** power, power + 1) ?? Infinity);
      return found.some(Number.isFinite) ? Math.min(...found) : undefined;
    };
    const places = every([-2, -1, 0, 1, 2]).filter(exists);
    const isKink = (at: Place): boolean => record.kinks.some((r) => !requirementHolds(r, record, at));
    test('kinks: of their order, and nowhere else', () => {
      const orders = places.filter(isKink).map((at) => jumpAt(at) ?? Infinity);
      for (const at of places.filter((place) => !isKink(place))) expect(jumpAt(at), at.join()).toBeUndefined();
      // For some choice of the other arguments it may be smooth, not for all.
      for (const [x] of places.filter(isKink))
        expect(
          places.some((at) => at[0] === x && isKink(at) && jumpAt(at) !== undefined),
          `${x}`,
        ).toBe(true);
      expect(orders.length === 0 ? undefined : Math.min(...orders)).toBe(record.kinks[0]?.order);
      for (const { order } of record.kinks) expect(order).toBe(record.kinks[0]!.order);
    });
    test('kinks of powers', () => {
      for (const kink of record.kinks)
        for (const p of [2, 3]) {
          const jumps = places
            .filter((at) => !requirementHolds(kink, record, at) && exists(at))
            .map((at) => jumpAt(at, p) ?? Infinity);
          const least = Math.min(...jumps);
          const wanted = { stays: kink.order, later: p, even: p % 2 === 0 ? Infinity : p, root: undefined };
          expect(least, `power ${p}`).toBe(wanted[kink.raised]);
        }
    });
  },
);

describe('rules that follow from records', () => {
  const givenOf = (rules: readonly RuleSource[], name: string): string =>
    rules.find((rule) => rule.name === name)!.given;
  test('declare arguments where random numbers would hardly meet the domain', () => {
    const given = ['a power', 'log', 'logit', 'huber', 'atan2', 'clip', 'softmax', 'max', 'inv', 'relu'].map(
      (called) => [
        called,
        givenOf(
          functionDerivatives,
          called === 'inv' ? 'differential of an inverse' : `derivative of ${called === 'max' ? 'a maximum' : called}`,
        ),
      ],
    );
    expect(Object.fromEntries(given)).toEqual({
      'a power': 'x > 0; y in R',
      log: 'x in R',
      logit: 'x > 0',
      huber: 'x in R; d > 0',
      atan2: 'y in R; x in R',
      clip: 'x in R; lo in R; hi in R',
      softmax: 'x in R^n',
      max: 'x in R^n',
      inv: 'X in R^(n x n)',
      relu: 'x in R',
    });
  });
  test('are there for each formula, and for nothing else', () => {
    const count = (field: 'derivative' | 'definition'): number =>
      allFunctions.filter(
        ([, record]) =>
          field in record && typeof Object.entries(record).find(([key]) => key === field)?.[1] === 'object',
      ).length;
    expect([functionDerivatives.length, functionDefinitions.length]).toEqual([
      count('derivative'),
      count('definition'),
    ]);
    expect(inverseFolds).toHaveLength(
      [...entrywiseFunctions.values()].filter(({ inverse }) => inverse !== 'none').length,
    );
    expect(companionForms).toHaveLength(
      [...entrywiseFunctions.values()].flatMap(({ companions }) => companions).length,
    );
  });
  test('say what is defined: one number, an entry of a vector, an operator', () => {
    const from = (name: string): string =>
      functionDefinitions.find((rule) => rule.name === `definition of ${name}`)!.from;
    expect(['softmax', 'an indicator, less', 'tanh'].map(from)).toEqual(['softmax(x)[i]', '1[x < y]', 'tanh(x)']);
    expect(functionDerivatives.find(({ name }) => name === 'derivative of an indicator')!.from).toBe('d(1[x > y])');
  });
});

describe('integers, exact values, derivatives', () => {
  test.each([...entrywiseFunctions])('%s has integers of integers only where it says so', (_, record) => {
    const whole = pointsOf(record, [-5, -2, -1, 0, 1, 3, 4]);
    const isWhole = whole.length > 0 && whole.every((args) => Number.isInteger(record.value(...args)));
    expect(isWhole).toBe(record.integers !== 'no');
  });
  const fractions = [-3, -2.5, -2, -1.25, -1, -0.5, 0, 0.25, 1, 1.5, 2, 2.75];
  test.each([...entrywiseFunctions].filter(([, { exact }]) => exact.kind === 'rational'))(
    '%s of rational numbers is exact',
    (_, record) => {
      const { exact } = record;
      const places = record.arguments.reduce<readonly (readonly number[])[]>(
        (all) => all.flatMap((at) => fractions.map((x) => [...at, x])),
        [[]],
      );
      for (const at of places) {
        if (exact.kind !== 'rational' || !record.domain.every((r) => requirementHolds(r, record, at))) continue;
        const found = exact.value(...at.map((x) => Q.rational(4 * x, 4)));
        expect(Q.toNumber(found), at.join()).toBe(record.value(...at));
      }
    },
  );
  test.each([...entrywiseFunctions].filter(([, record]) => record.arguments.length === 1))(
    '%s has a slope wherever it says so',
    (_, record) => {
      const holds = (list: readonly Requirement[], x: number): boolean =>
        list.every((r) => requirementHolds(r, record, [x]));
      // To the side where it exists; the slope of a square root grows without end.
      const slope = (x: number, step: number): number => {
        const side = [1, -1].find((turn) => holds(record.domain, x + turn * step))!;
        return Math.abs(record.value(x + side * step) - record.value(x)) / step;
      };
      for (const x of [-2.5, -1, -0.5, 0, 0.5, 1, 2.5].filter((at) => holds(record.domain, at))) {
        const grows =
          slope(x, 1e-10) > 100 * Math.max(1, slope(x, 1e-3)) && !record.kinks.some(({ order }) => order === 0);
        expect(grows, `${x}`).toBe(!holds(record.derivativeDomain, x));
      }
    },
  );
});

describe('functions of arrays', () => {
  const cube = [-1, 0, 1, 2];
  const vectorsOf = (length: number): readonly Float64Array[] =>
    Array.from({ length: length - 1 })
      .reduce<readonly (readonly number[])[]>(
        (all) => all.flatMap((x) => cube.map((y) => [...x, y])),
        cube.map((x) => [x]),
      )
      .map((x) => Float64Array.from(x));
  const rangeOf = (values: readonly number[], { least, most, reached }: Range): void => {
    const far = values.every((y) => y >= least && y <= most);
    expect(far).toBe(true);
    const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
    const near = (end: number, extreme: number): boolean =>
      Number.isFinite(end) ? Math.abs(end - extreme) < 1e-6 : Math.abs(extreme) > 10;
    expect([near(least, low), near(most, high)]).toEqual([true, true]);
    expect([values.includes(least), values.includes(most)]).toEqual([
      reached === 'least' || reached === 'both',
      reached === 'most' || reached === 'both',
    ]);
  };
  const wide = [
    ...vectorsOf(1),
    ...vectorsOf(3),
    ...[
      [-50, 50],
      [50, -50],
      [-50, -50],
      [50, 50],
      [40, 1, 2],
    ].map((x) => Float64Array.from(x)),
  ];

  test.each([...vectorFunctions])('%s', (_, record) => {
    for (const x of vectorsOf(3)) expect(record.value(x)).toHaveLength(record.result === 'same' ? 3 : 1);
    const values = wide.flatMap((x) => [...record.value(x)]);
    rangeOf(values, record.range);
    for (const x of cube)
      expect(record.value(Float64Array.of(x))[0]).toBeCloseTo(record.ofScalar === 'itself' ? x : record.ofScalar, 12);
  });
  test.each([...reductionFunctions])('%s', (name, record) => {
    rangeOf(wide.map(record.value), record.range);
    const isZeroOnlyAtZero = vectorsOf(3).every((x) => (record.value(x) === 0) === x.every((y) => y === 0));
    expect(record.definite).toBe(isZeroOnlyAtZero);
    const [second, named] = ['1', 'dim=1'].map(
      (axis) => attempt(() => checked(`X in R^(n x m); ${name}(X, ${axis})`)).ok,
    );
    expect(named ? (second ? 'second argument' : 'named') : 'no').toBe(record.alongAxis);
    const bound = (entries: Float64Array, kink: (typeof record.kinks)[number]): boolean => {
      const x = kink.of === 'abs(x)' ? entries.map(Math.abs) : entries;
      const count = (extreme: number): number => x.filter((y) => y === extreme).length;
      if (kink.needs === 'unique-maximum') return count(Math.max(...x)) > 1;
      if (kink.needs === 'unique-minimum') return count(Math.min(...x)) > 1;
      return kink.whole ? x.every((y) => y === 0) : x.some((y) => y === 0);
    };
    const jump = (x: Float64Array, along: readonly number[], power: number): number | undefined =>
      [0, 1, 2, 3].find((k) => {
        const f = (t: number): number => record.value(x.map((y, n) => y + t * along[n]!)) ** power;
        const [right, left] = [oneSided(f, 0, k, 1), oneSided(f, 0, k, -1)];
        return Math.abs(right - left) > 0.2 * Math.max(1, Math.abs(right + left) / 2);
      });
    const least = (x: Float64Array, power = 1): number =>
      Math.min(
        ...[
          [1, 0],
          [0, 1],
          [1, 1],
          [1, -2],
        ].map((along) => jump(x, along, power) ?? Infinity),
      );
    for (const x of vectorsOf(2)) {
      const kink = record.kinks.find((each) => bound(x, each));
      expect(least(x), x.join()).toBe(kink?.order ?? Infinity);
    }
    for (const kink of record.kinks)
      for (const p of [2, 3]) {
        const found = Math.min(
          ...vectorsOf(2)
            .filter((x) => bound(x, kink))
            .map((x) => least(x, p)),
        );
        const odd = p % 2 === 0 ? Infinity : p;
        // Along a line an even power of a norm is smooth.
        const later = kink.whole ? odd : p;
        expect(found, `power ${p}`).toBe({ stays: kink.order, later, even: odd, root: odd }[kink.raised]);
      }
  });
  const matricesOfOne = [...matrixFunctions].filter(([, record]) => record.takes === 'square');
  test.each(matricesOfOne)('%s', (name, record) => {
    const at = (text: string, X: NumericArray): readonly number[] | undefined => {
      const found = attempt(() => interpret(formula(text), { values: new Map([['X', X]]), sizes: { n: 2 } }));
      return found.ok && found.value.data.every(Number.isFinite) ? [...found.value.data] : undefined;
    };
    const usual = fromNested([
      [4, 2],
      [5, 3],
    ]);
    const singular = fromNested([
      [1, 2],
      [2, 4],
    ]);
    const [turned, straight] = [
      at(`${name}(X')`, usual)!,
      at(record.result === 'number' ? `${name}(X)` : `${name}(X)'`, usual)!,
    ];
    expect(turned.every((x, n) => near(x, straight[n]!))).toBe(record.transposable || name === 'tr');
    expect(at(`${name}(X)`, singular) === undefined).toBe(
      record.domain.some(({ needs }) => needs === 'invertible' || needs === 'principal'),
    );
    expect(at(`${name}(X)`, usual)).toHaveLength(record.result === 'number' ? 1 : 4);
  });
});

describe('a record that lacks a field does not compile', () => {
  const exp = entrywiseFunctions.get('exp')!;
  const softmax = functionNamed('softmax', 1) as VectorRecord;
  const norm1 = functionNamed('norm1', 1) as ReductionRecord;
  const inv = functionNamed('inv', 1) as MatrixRecord;
  const without = <Whole, Field extends keyof Whole>(record: Whole, field: Field): Omit<Whole, Field> => {
    const { [field]: _, ...rest } = record;
    return rest;
  };
  test('of functions entry by entry', () => {
    // @ts-expect-error kind is required
    ((_: EntrywiseRecord) => _)(without(exp, 'kind'));
    // @ts-expect-error arguments is required
    ((_: EntrywiseRecord) => _)(without(exp, 'arguments'));
    // @ts-expect-error aliases is required
    ((_: EntrywiseRecord) => _)(without(exp, 'aliases'));
    // @ts-expect-error called is required
    ((_: EntrywiseRecord) => _)(without(exp, 'called'));
    // @ts-expect-error latex is required
    ((_: EntrywiseRecord) => _)(without(exp, 'latex'));
    // @ts-expect-error letters is required
    ((_: EntrywiseRecord) => _)(without(exp, 'letters'));
    // @ts-expect-error source is required
    ((_: EntrywiseRecord) => _)(without(exp, 'source'));
    // @ts-expect-error says is required
    ((_: EntrywiseRecord) => _)(without(exp, 'says'));
    // @ts-expect-error written is required
    ((_: EntrywiseRecord) => _)(without(exp, 'written'));
    // @ts-expect-error fixed is required
    ((_: EntrywiseRecord) => _)(without(exp, 'fixed'));
    // @ts-expect-error domain is required
    ((_: EntrywiseRecord) => _)(without(exp, 'domain'));
    // @ts-expect-error derivativeDomain is required
    ((_: EntrywiseRecord) => _)(without(exp, 'derivativeDomain'));
    // @ts-expect-error kinks is required
    ((_: EntrywiseRecord) => _)(without(exp, 'kinks'));
    // @ts-expect-error range is required
    ((_: EntrywiseRecord) => _)(without(exp, 'range'));
    // @ts-expect-error integers is required
    ((_: EntrywiseRecord) => _)(without(exp, 'integers'));
    // @ts-expect-error parity is required
    ((_: EntrywiseRecord) => _)(without(exp, 'parity'));
    // @ts-expect-error period is required
    ((_: EntrywiseRecord) => _)(without(exp, 'period'));
    // @ts-expect-error monotone is required
    ((_: EntrywiseRecord) => _)(without(exp, 'monotone'));
    // @ts-expect-error curvature is required
    ((_: EntrywiseRecord) => _)(without(exp, 'curvature'));
    // @ts-expect-error derivative is required
    ((_: EntrywiseRecord) => _)(without(exp, 'derivative'));
    // @ts-expect-error definition is required
    ((_: EntrywiseRecord) => _)(without(exp, 'definition'));
    // @ts-expect-error exact is required
    ((_: EntrywiseRecord) => _)(without(exp, 'exact'));
    // @ts-expect-error ofEquals is required
    ((_: EntrywiseRecord) => _)(without(exp, 'ofEquals'));
    // @ts-expect-error inverse is required
    ((_: EntrywiseRecord) => _)(without(exp, 'inverse'));
    // @ts-expect-error companions is required
    ((_: EntrywiseRecord) => _)(without(exp, 'companions'));
    // @ts-expect-error stability is required
    ((_: EntrywiseRecord) => _)(without(exp, 'stability'));
    // @ts-expect-error cost is required
    ((_: EntrywiseRecord) => _)(without(exp, 'cost'));
    // @ts-expect-error value is required
    ((_: EntrywiseRecord) => _)(without(exp, 'value'));
    expect(without(exp, 'value')).not.toHaveProperty('value');
  });
  test('of functions of vectors, of all entries and of matrices', () => {
    // @ts-expect-error kind is required
    ((_: VectorRecord) => _)(without(softmax, 'kind'));
    // @ts-expect-error arguments is required
    ((_: VectorRecord) => _)(without(softmax, 'arguments'));
    // @ts-expect-error aliases is required
    ((_: VectorRecord) => _)(without(softmax, 'aliases'));
    // @ts-expect-error called is required
    ((_: VectorRecord) => _)(without(softmax, 'called'));
    // @ts-expect-error latex is required
    ((_: VectorRecord) => _)(without(softmax, 'latex'));
    // @ts-expect-error letters is required
    ((_: VectorRecord) => _)(without(softmax, 'letters'));
    // @ts-expect-error source is required
    ((_: VectorRecord) => _)(without(softmax, 'source'));
    // @ts-expect-error says is required
    ((_: VectorRecord) => _)(without(softmax, 'says'));
    // @ts-expect-error result is required
    ((_: VectorRecord) => _)(without(softmax, 'result'));
    // @ts-expect-error range is required
    ((_: VectorRecord) => _)(without(softmax, 'range'));
    // @ts-expect-error ofScalar is required
    ((_: VectorRecord) => _)(without(softmax, 'ofScalar'));
    // @ts-expect-error derivative is required
    ((_: VectorRecord) => _)(without(softmax, 'derivative'));
    // @ts-expect-error definition is required
    ((_: VectorRecord) => _)(without(softmax, 'definition'));
    // @ts-expect-error stability is required
    ((_: VectorRecord) => _)(without(softmax, 'stability'));
    // @ts-expect-error value is required
    ((_: VectorRecord) => _)(without(softmax, 'value'));
    // @ts-expect-error kind is required
    ((_: ReductionRecord) => _)(without(norm1, 'kind'));
    // @ts-expect-error arguments is required
    ((_: ReductionRecord) => _)(without(norm1, 'arguments'));
    // @ts-expect-error aliases is required
    ((_: ReductionRecord) => _)(without(norm1, 'aliases'));
    // @ts-expect-error called is required
    ((_: ReductionRecord) => _)(without(norm1, 'called'));
    // @ts-expect-error latex is required
    ((_: ReductionRecord) => _)(without(norm1, 'latex'));
    // @ts-expect-error letters is required
    ((_: ReductionRecord) => _)(without(norm1, 'letters'));
    // @ts-expect-error source is required
    ((_: ReductionRecord) => _)(without(norm1, 'source'));
    // @ts-expect-error says is required
    ((_: ReductionRecord) => _)(without(norm1, 'says'));
    // @ts-expect-error domain is required
    ((_: ReductionRecord) => _)(without(norm1, 'domain'));
    // @ts-expect-error kinks is required
    ((_: ReductionRecord) => _)(without(norm1, 'kinks'));
    // @ts-expect-error range is required
    ((_: ReductionRecord) => _)(without(norm1, 'range'));
    // @ts-expect-error definite is required
    ((_: ReductionRecord) => _)(without(norm1, 'definite'));
    // @ts-expect-error alongAxis is required
    ((_: ReductionRecord) => _)(without(norm1, 'alongAxis'));
    // @ts-expect-error derivative is required
    ((_: ReductionRecord) => _)(without(norm1, 'derivative'));
    // @ts-expect-error definition is required
    ((_: ReductionRecord) => _)(without(norm1, 'definition'));
    // @ts-expect-error value is required
    ((_: ReductionRecord) => _)(without(norm1, 'value'));
    // @ts-expect-error kind is required
    ((_: MatrixRecord) => _)(without(inv, 'kind'));
    // @ts-expect-error arguments is required
    ((_: MatrixRecord) => _)(without(inv, 'arguments'));
    // @ts-expect-error aliases is required
    ((_: MatrixRecord) => _)(without(inv, 'aliases'));
    // @ts-expect-error called is required
    ((_: MatrixRecord) => _)(without(inv, 'called'));
    // @ts-expect-error latex is required
    ((_: MatrixRecord) => _)(without(inv, 'latex'));
    // @ts-expect-error letters is required
    ((_: MatrixRecord) => _)(without(inv, 'letters'));
    // @ts-expect-error source is required
    ((_: MatrixRecord) => _)(without(inv, 'source'));
    // @ts-expect-error says is required
    ((_: MatrixRecord) => _)(without(inv, 'says'));
    // @ts-expect-error takes is required
    ((_: MatrixRecord) => _)(without(inv, 'takes'));
    // @ts-expect-error result is required
    ((_: MatrixRecord) => _)(without(inv, 'result'));
    // @ts-expect-error domain is required
    ((_: MatrixRecord) => _)(without(inv, 'domain'));
    // @ts-expect-error transposable is required
    ((_: MatrixRecord) => _)(without(inv, 'transposable'));
    // @ts-expect-error derivative is required
    ((_: MatrixRecord) => _)(without(inv, 'derivative'));
    // @ts-expect-error definition is required
    ((_: MatrixRecord) => _)(without(inv, 'definition'));
    expect(without(inv, 'takes')).not.toHaveProperty('takes');
  });
});
