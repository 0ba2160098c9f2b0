/** What the records of functions say of themselves holds at many points; nothing that the language promises is missing. */
import { describe, expect, test } from 'vitest';
import {
  aliases,
  allFunctions,
  type EntrywiseRecord,
  entrywiseFunctions,
  functionNamed,
  isCalled,
  type MatrixRecord,
  type ReductionRecord,
  type VectorRecord,
} from '../../rules/functions/index.ts';
import { scalar } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { formula, requirementHolds } from '../../src/evaluate/holds.ts';
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
    if (record.definition === 'primitive') return;
    for (const args of points) {
      const values = new Map(record.arguments.map((argument, n) => [argument, scalar(args[n]!)]));
      const defined = interpret(formula(record.definition.to), { values, sizes: {} }).data[0]!;
      // Further out the definition itself loses its digits.
      if (Number.isFinite(defined) && Math.abs(args[0]!) < 5)
        expect(Math.abs(defined - value(...args)), args.join()).toBeLessThan(1e-6);
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
