/** How the two sides of a claim are compared at a point, which points are tried, and what is made of those found. */
import { describe, expect, test } from 'vitest';
import { attempted } from '../../src/decide/field.ts';
import type { NumericPoint } from '../../src/decide/point.ts';
import {
  costOfReading,
  type Findings,
  findings,
  type Found,
  holdsWhereverTried,
  searched,
  seriesOfPoints,
  shown,
} from '../../src/decide/search.ts';
import {
  definedFactsHold,
  type Sides,
  sidesByDefinition,
  sidesByTerms,
  sidesFrom,
  valuesAt,
} from '../../src/decide/sides.ts';
import {
  differenceOf,
  entriesOf,
  extentsOf,
  freeIndices,
  mentionedIn,
  type Subject,
} from '../../src/decide/subject.ts';
import type { Need } from '../../rules/functions/index.ts';
import { fromNested, type Nested } from '../../src/evaluate/array.ts';
import type { Index } from '../../src/terms/node.ts';
import { checked, expression, worldOf } from '../elaborate/given.ts';
import { subjectFrom } from './verdict-of.ts';

function pointOf(
  values: Readonly<Record<string, Nested>>,
  sizes: Readonly<Record<string, number>> = {},
  free: ReadonlyMap<Index, number> = new Map(),
): NumericPoint {
  return { sizes, free, values: new Map(Object.entries(values).map(([name, value]) => [name, fromNested(value)])) };
}

describe('sides joined', () => {
  const terms = (left: number, right: number, noise = 0) => ({
    left: [left],
    right: [right],
    difference: Math.abs(left - right),
    noise,
  });
  const text = (left: number, right: number, error = 0) => ({
    left: [left],
    right: [right],
    difference: Math.abs(left - right),
    error,
  });
  test('from terms alone they differ by more than rounding, and never contradict', () => {
    expect(sidesFrom(undefined, undefined)).toBeUndefined();
    expect(sidesFrom(terms(1, 1.5), undefined)).toMatchObject({ differ: true, conflict: false, isTextAlone: false });
    expect(sidesFrom(terms(1, 1 + 2e-6), undefined)).toMatchObject({ differ: true });
    expect(sidesFrom(terms(1, 1 + 5e-7), undefined)).toMatchObject({ differ: false });
    expect(sidesFrom(terms(1, 1.5, 0.4), undefined)).toMatchObject({ differ: true, rounding: 0.4 });
    expect(sidesFrom(terms(1, 1.5, 0.6), undefined)).toMatchObject({ differ: false, rounding: 0.6 });
  });
  test('from text alone they are told so', () => {
    expect(sidesFrom(undefined, text(1, 1.5))).toMatchObject({ differ: true, conflict: false, isTextAlone: true });
    expect(sidesFrom(undefined, text(1, 1.5, 0.02))).toMatchObject({ differ: true, rounding: 0.4 });
    expect(sidesFrom(undefined, text(1, 1.5, 0.03))).toMatchObject({ differ: false });
  });
  test('both are shown as terms have them where they agree, and are in conflict where they do not', () => {
    expect(sidesFrom(terms(1, 1.5), text(1 + 1e-8, 1.5))).toMatchObject({ left: [1], conflict: false, differ: true });
    // Differences that are unsure, and terms that say there is none.
    expect(sidesFrom(terms(1, 1), text(1.0001, 1, 1e-4))).toMatchObject({
      left: [1.0001],
      conflict: false,
      differ: false,
    });
    expect(sidesFrom(terms(1, 1.5), text(1.0001, 1.5, 1e-4))).toMatchObject({
      left: [1],
      conflict: false,
      differ: true,
    });
    for (const conflicting of [text(2, 1.5), text(1, 2)])
      expect(sidesFrom(terms(1, 1.5), conflicting)).toMatchObject({
        ...conflicting,
        conflict: true,
        isTextAlone: false,
      });
    expect(sidesFrom(terms(1, 1.5, 1), text(2, 1.5))).toMatchObject({ conflict: false });
    // The text decides.
    expect(sidesFrom(terms(1, 1), text(1, 2))).toMatchObject({ differ: true, conflict: true });
  });
  test('a scalar stands for all entries of the other; without a number nothing is learnt', () => {
    const wide = { left: [3, 3], right: [3, 3], difference: 0, error: 0 };
    expect(sidesFrom(terms(3, 3), wide)).toMatchObject({ conflict: false });
    expect(sidesFrom(terms(3, 3), { ...wide, left: [3, 4] })).toMatchObject({ conflict: true });
    expect(attempted(() => sidesFrom(terms(3, 3), { ...wide, left: [NaN, 3] })).kind).toBe('outside');
  });
});

describe('sides at a point', () => {
  test('by terms: apart by the largest of their entries, relative to the largest', () => {
    const { left, right, difference, noise } = sidesByTerms(
      subjectFrom('x in R^n', '2*x == x.^2'),
      pointOf({ x: [3, -1] }, { n: 2 }),
    );
    expect([left, right, difference]).toEqual([[6, -2], [9, 1], 3 / 9]);
    expect(noise).toBeCloseTo((1e-12 * 9) / 9, 15);
    // Of tiny numbers 1/1000 is the measure.
    expect(sidesByTerms(subjectFrom('x in R', 'x == 0'), pointOf({ x: 1e-5 })).difference).toBeCloseTo(1e-2, 9);
    expect(sidesByTerms(subjectFrom('x in R^n', 'x == 0'), pointOf({ x: [0, 0] }, { n: 2 }))).toMatchObject({
      left: [0, 0],
      right: [0],
      difference: 0,
    });
  });
  test('by definition: the same, from the text', () => {
    const subject = subjectFrom('x in R^n', '2*x == x.^2');
    expect(sidesByDefinition(subject, pointOf({ x: [3, -1] }, { n: 2 }))).toEqual({
      left: [6, -2],
      right: [9, 1],
      difference: 3 / 9,
      error: 0,
    });
    expect(sidesByDefinition({ ...subject, text: undefined }, pointOf({ x: [3, -1] }, { n: 2 }))).toBeUndefined();
  });
  test('by definition, at positions, with functions, definitions, and an I that has no size of its own', () => {
    const [i] = [...subjectFrom('x in R^n; y = 2*x', 'y[i] == x[i]').free.keys()];
    expect(i).toBeDefined();
    const subject = subjectFrom('x in R^n; y = 2*x', 'y[i] == x[i]');
    const at = pointOf({ x: [3, 5] }, { n: 2 }, new Map([[[...subject.free.keys()][0]!, 2]]));
    expect(sidesByDefinition(subject, at)).toMatchObject({ left: [10], right: [5] });
    const withF = subjectFrom('f : R^n -> R^n; x in R^n', 'f(x) == x');
    const { left, right } = sidesByDefinition(withF, pointOf({ x: [1, 1] }, { n: 2 }))!;
    [10, 14].forEach((whole, n) => expect(left[n]).toBeCloseTo(whole + Math.sin(3), 9));
    expect(right).toEqual([1, 1]);
    const identity = subjectFrom('A in R^(n x n)', 'I == A');
    expect(
      sidesByDefinition(
        identity,
        pointOf(
          {
            A: [
              [1, 2],
              [3, 4],
            ],
          },
          { n: 2 },
        ),
      ),
    ).toMatchObject({
      left: [1, 0, 0, 1],
      right: [1, 2, 3, 4],
    });
    expect(
      sidesByDefinition(
        subjectFrom('A in R^(n x n)', 'A == I'),
        pointOf(
          {
            A: [
              [1, 2],
              [3, 4],
            ],
          },
          { n: 2 },
        ),
      ),
    ).toMatchObject({
      right: [1, 0, 0, 1],
    });
  });
  test('by definition: where a side does not exist, or is too large to trust, there is nothing', () => {
    const outside = (claim: string, x: number): boolean =>
      attempted(() => sidesByDefinition(subjectFrom('x in R', claim), pointOf({ x }))).kind === 'outside';
    expect([outside('1/x == 1', 0), outside('1 == 1/x', 0), outside('1/x == 1', 1)]).toEqual([true, true, false]);
    expect([outside('x == 1', 1e7), outside('x == 1', 1.1e7), outside('1 == -x', 1.1e7)]).toEqual([false, true, true]);
  });
  test('by definition: not of more entries than can be followed, nor of one column where rows count', () => {
    const big = (claim: string, count: number): boolean =>
      sidesByDefinition(
        subjectFrom('x in R^n', claim),
        pointOf({ x: Array.from({ length: count }, () => 1) }, { n: count }),
      ) === undefined;
    expect([big('sum(x) == 0', 4000), big('sum(x) == 0', 4001)]).toEqual([false, true]);
    expect([big('grad(x[1], x)[1] == 0', 20), big('grad(x[1], x)[1] == 0', 131)]).toEqual([false, true]);
    const rows = subjectFrom('A in R^(n x m)', 'softmax(A) == A');
    expect(sidesByDefinition(rows, pointOf({ A: [[1, 2]] }, { n: 1, m: 2 }))).toBeUndefined();
    expect(
      sidesByDefinition(
        rows,
        pointOf(
          {
            A: [
              [1, 2],
              [3, 4],
            ],
          },
          { n: 2, m: 2 },
        ),
      ),
    ).toBeDefined();
    const vectors = subjectFrom('x in R^n', 'softmax(x) == x');
    expect(sidesByDefinition(vectors, pointOf({ x: 2 }, { n: 1 }))).toBeDefined();
  });
  test('by definition: what rounding makes of it is found by moving every result', () => {
    const at = (claim: string, x: number) => sidesByDefinition(subjectFrom('x in R', claim), pointOf({ x }))!;
    const rounded = at('10^14*((x + 1)^2 - x^2 - 2*x - 1) == 0', 0.1);
    expect(rounded.difference).toBeGreaterThan(1e-6);
    expect(rounded.error * 20).toBeGreaterThan(rounded.difference);
    expect(at('10^14*((x + 1)^2 - x^2 - 2*x - 1) == 1', 3)).toMatchObject({ difference: 1, error: 0 });
    expect(at('x^2 == x', 0.1).error).toBeLessThan(1e-14);
    expect(at('grad(x^3, x) == 3*x^2', 2).difference).toBeLessThan(1e-6);
  });
  test('values of a term of its own', () => {
    const subject = subjectFrom('x in R^n', 'x == 2*x');
    expect(valuesAt(subject.right, subject, pointOf({ x: [1, 2] }, { n: 2 }))).toEqual([2, 4]);
  });
  test('facts about defined names hold or not', () => {
    const holds = (program: string, x: Nested): boolean =>
      definedFactsHold(subjectFrom(program, 'sum(w) == sum(x)'), pointOf({ x }, { n: 2 }));
    const positive = 'x in R^n; w in R^n, positive; w = 2*x';
    expect([holds(positive, [1, 2]), holds(positive, [1, -2])]).toEqual([true, false]);
    expect(holds('x in R^n; w = 2*x', [1, -2])).toBe(true);
    const symmetric = 'x in R^(n x n); w in R^(n x n), symmetric; w = 2*x';
    expect([
      holds(symmetric, [
        [1, 2],
        [2, 1],
      ]),
      holds(symmetric, [
        [1, 2],
        [3, 1],
      ]),
    ]).toEqual([true, false]);
    const both = 'x in R^n; v in R^n, positive; v = x + 3; w in R^n, negative; w = -v';
    expect([holds(both, [1, -2]), holds(both, [1, -4])]).toEqual([true, false]);
  });
});

describe('what is made of the points', () => {
  const plain = subjectFrom('x in R', 'x == 2*x');
  const derived = subjectFrom('x in R', 'grad(x^2, x) == x');
  const found = (x: number, difference: number, more: Partial<Sides> = {}): Found => ({
    point: pointOf({ x }),
    sides: {
      left: [x],
      right: [2 * x],
      difference,
      rounding: 0,
      differ: difference > 1e-6,
      conflict: false,
      isTextAlone: false,
      ...more,
    },
  });
  const of = (subject: Subject, ...all: readonly Found[]): Findings => findings(all, false, subject);
  test('one point where they differ much refutes, two where they differ a little', () => {
    expect(of(plain).counterexample).toBeUndefined();
    expect(of(plain, found(1, 0)).counterexample).toBeUndefined();
    expect(of(plain, found(1, 1e-5)).counterexample).toBeUndefined();
    expect(of(plain, found(1, 1e-3)).counterexample).toBeUndefined();
    expect(of(plain, found(1, 2e-3)).counterexample).toMatchObject({ values: { x: 1 }, left: 1, right: 2 });
    expect(of(plain, found(1, 1e-5), found(2, 1e-5)).counterexample).toBeDefined();
  });
  test('with derivatives two, or three', () => {
    expect(of(derived, found(1, 2e-3)).counterexample).toBeUndefined();
    expect(of(derived, found(1, 2e-3), found(2, 1e-5)).counterexample).toBeUndefined();
    expect(of(derived, found(1, 2e-3), found(2, 2e-3)).counterexample).toBeDefined();
    expect(of(derived, found(1, 1e-5), found(2, 1e-5), found(3, 1e-5)).counterexample).toBeDefined();
  });
  test('the easiest to read is shown, the farthest apart is doubtful', () => {
    const all = of(plain, found(0.3, 0.9), found(1, 0.1), found(5, 0.5));
    expect(all.counterexample).toMatchObject({ values: { x: 1 } });
    expect(all.doubtful).toMatchObject({ values: { x: 0.3 } });
    expect(of(plain, found(1, 1e-8)).doubtful).toBeDefined();
    expect(of(plain, found(1, 1e-10)).doubtful).toBeUndefined();
    expect(of(plain, found(1, 1e-8, { rounding: 1e-7 })).doubtful).toBeUndefined();
  });
  test('points where only the text has a value count where there are no others', () => {
    const alone = found(1, 0.5, { isTextAlone: true });
    expect(of(plain, alone)).toMatchObject({ points: 1, counterexample: { values: { x: 1 } } });
    expect(of(plain, alone, found(2, 0))).toMatchObject({ points: 1, counterexample: undefined });
  });
  test('conflicts are told, and whether points were too large', () => {
    expect(of(plain, found(1, 0)).conflict).toBe(false);
    expect(of(plain, found(1, 0), found(2, 0, { conflict: true })).conflict).toBe(true);
    expect([findings([], true, plain).tooLarge, findings([], false, plain).tooLarge]).toEqual([true, false]);
  });
  test('reading costs least for 1, more for other whole numbers, quarters, anything else, and size 1', () => {
    const cost = (values: Nested, n = 2): number =>
      costOfReading({ point: pointOf({ x: values }, { n }), sides: found(1, 0).sides });
    expect([1, 0, 2, 3, 4, -1, 0.25, 0.5, 0.3].map((x) => cost(x))).toEqual([1, 2, 2, 2, 3, 3, 5, 5, 30]);
    expect([cost([1, 1]), cost([1, 2], 3), cost(1, 1)]).toEqual([2, 3, 21]);
    const oneOfTwo = { point: pointOf({ x: 1 }, { n: 1, m: 2 }), sides: found(1, 0).sides };
    expect(costOfReading(oneOfTwo)).toBe(21);
  });
});

describe('a counterexample shows', () => {
  test('names, sizes and positions that the claim is about, entries in rows', () => {
    const subject = subjectFrom('A in R^(n x m); x in R^m; z in R^k; s = 2*A; y = z', 's[i,1]*x == k*x');
    const [i] = [...subject.free.keys()];
    const point = pointOf(
      {
        A: [
          [1, 2],
          [3, 4],
        ],
        x: [5, 6],
      },
      { n: 2, m: 2, k: 3 },
      new Map([[i!, 2]]),
    );
    const sides = { left: [30, 36], right: [15, 18] } as unknown as Sides;
    expect(shown({ point, sides }, subject)).toEqual({
      values: {
        A: [
          [1, 2],
          [3, 4],
        ],
        x: [5, 6],
      },
      sizes: { n: 2, m: 2, k: 3 },
      indices: { i: 2 },
      functions: {},
      left: [30, 36],
      right: [15, 18],
    });
    const other = subjectFrom('A in R^(n x m); x in R^m; z in R^k; w = z', '2*x == x');
    expect(shown({ point: pointOf({ x: [5, 6] }, { n: 2, m: 2, k: 3 }), sides }, other)).toMatchObject({
      sizes: { m: 2 },
      values: { x: [5, 6] },
      indices: {},
    });
  });
  test('unknown functions that it mentions, with the sizes they run over, and differentials', () => {
    const subject = subjectFrom('f : R^n -> R^m; g : R^n -> R; x in R^2', 'sum(f(zeros(n)))*x[1] == 1');
    const point = pointOf({ x: [5, 6] }, { n: 2, m: 3 });
    const sides = { left: [0], right: [1] } as unknown as Sides;
    expect(shown({ point, sides }, subject)).toMatchObject({
      functions: { f: 'f(x)[i] = sum_j((i + 2*j)*x[j] + i*x[j]^2) + sin(sum_j(j*x[j]))' },
      sizes: { n: 2, m: 3 },
    });
    expect(Object.keys(shown({ point, sides }, subject).functions)).toEqual(['f']);
    const moving = subjectFrom('x in R^n', 'd(sum(x.*x)) == 0');
    const [dx] = moving.differentials;
    const there = pointOf({ x: [1, 2], [dx!.name]: [3, 4] }, { n: 2 });
    expect(shown({ point: there, sides }, moving).values).toEqual({ x: [1, 2], [dx!.name]: [3, 4] });
  });
});

describe('points that are tried', () => {
  const sizesOf = (subject: Subject): readonly string[] =>
    [...seriesOfPoints(subject)].map((series) => {
      const found = [...series].flatMap((candidate) => {
        const point = attempted(candidate);
        return point.kind === 'value' ? [JSON.stringify(point.value.sizes)] : [];
      });
      return `${found.length}: ${[...new Set(found)].slice(0, 3).join(' ')}`;
    });
  test('at many sizes, readable ones first; with derivatives those in general position', () => {
    const plain = sizesOf(subjectFrom('x in R^n', 'sum(x) == sum(x.*x)'));
    expect(plain.slice(0, 4)).toEqual(['20: {"n":2}', '0: ', '5: {"n":2}', '5: {"n":5}']);
    expect(plain.at(-2)).toBe('1: {"n":7}');
    expect(plain.at(-1)).toBe('24: {"n":2} {"n":5} {"n":3}');
    expect(plain).toHaveLength(14);
    const derived = sizesOf(subjectFrom('x in R^n', 'grad(sum(x), x) == x'));
    expect(derived[0]).toBe('5: {"n":2} {"n":5} {"n":3}');
    expect(derived).toHaveLength(14);
    expect(derived[1]).toBe(plain[0]);
  });
  test('around the numbers that are spoken of', () => {
    const values = (claim: string): ReadonlySet<number> => {
      const [first] = seriesOfPoints(subjectFrom('x in R', claim));
      return new Set([...first!].flatMap((candidate) => [...candidate().values.get('x')!.data]));
    };
    for (const x of [50, 51, 49, -50, -51, -49]) expect(values('1[x > 50] == 0').has(x), `${x}`).toBe(true);
    expect(values('x == 0').has(50)).toBe(false);
  });
  test('as many as there are choices of few binary entries, five times over', () => {
    const count = (facts: string, size: number): number => {
      const [, cases] = seriesOfPoints(subjectFrom(`y in R^${size}, ${facts}; x in R^${size}`, 'sum(y) == sum(x)'));
      return [...cases!].length;
    };
    expect([count('binary', 2), count('pm1', 3), count('binary', 7)]).toEqual([20, 40, 640]);
    expect([count('binary', 8), count('positive', 2)]).toEqual([0, 0]);
  });
  test('until enough of them refute', () => {
    const found = searched(subjectFrom('x in R^n', 'sum(x) == 0'));
    expect(found).toMatchObject({ conflict: false, tooLarge: false, counterexample: { values: { x: [1, 1] } } });
    expect(found.points).toBe(14);
    expect(searched(subjectFrom('x in R^n', "x'*x == sum(x.^2)"))).toMatchObject({
      counterexample: undefined,
      doubtful: undefined,
      conflict: false,
    });
    expect(searched(subjectFrom('x in R^n', "x'*x == sum(x.^2)")).points).toBeGreaterThan(90);
    expect(searched(subjectFrom('x in R', 'log(-1 - x^2) == 0')).points).toBe(0);
  });
  test('by definition at every point, without derivatives', () => {
    const told = subjectFrom('x in R', 'x == x');
    const subject = { ...told, mentioned: { ...told.mentioned, numbers: new Set([50]) } };
    const { text } = subjectFrom('x in R', 'x == x + 1[x > 50]');
    expect(searched(subject).conflict).toBe(false);
    expect(searched({ ...subject, text }).conflict).toBe(true);
  });
  test('with derivatives by differences at a few points only', () => {
    const { points, counterexample } = searched(subjectFrom('x in R^n', "grad(x'*x, x) == 2*x"));
    expect(counterexample).toBeUndefined();
    expect(points).toBeGreaterThan(20);
  });
});

describe('holds wherever it is tried', () => {
  const holds = (program: string, of: string, needs: Need): boolean =>
    holdsWhereverTried(
      { kind: 'domain', needs, of: expression(of), because: '' },
      subjectFrom(program, `${of} == ${of}`),
    );
  test('of signs that are always right, and of none that is not', () => {
    expect(holds('x in R', 'x^2 + 1', 'positive')).toBe(true);
    expect(holds('x in R', 'x^2', 'nonnegative')).toBe(true);
    expect(holds('x in R', 'x^2', 'positive')).toBe(false);
    expect(holds('x in R', '90 - x', 'nonnegative')).toBe(false);
    expect(holds('x in R', 'x + 90', 'nonnegative')).toBe(false);
    expect(holds('x in R^n', 'x.^2 - 0.001', 'nonnegative')).toBe(false);
    expect(holds('x in R^n', 'abs(x)', 'nonnegative')).toBe(true);
    // Every entry, and at points enough.
    expect(holds('x in R^2', '[1; x[1]]', 'positive')).toBe(false);
    expect(holds('x in R', 'log(-1 - x^2)', 'positive')).toBe(false);
  });
});

describe('what a claim mentions', () => {
  const mentioned = (program: string, ...texts: readonly string[]) => {
    const known = checked(`${program}; ${texts.join('; ')}`);
    const found = mentionedIn(texts.map(expression), known);
    return {
      ...found,
      variables: found.variables.map(({ name }) => name),
      functions: [...found.functions],
      varied: [...found.varied],
      numbers: [...found.numbers],
    };
  };
  test('names, through definitions, each once, in the order of the program', () => {
    expect(mentioned('x, y, z in R; a = y*x; b = a + a; c = z', 'b*b + b', 'a')).toMatchObject({
      variables: ['x', 'y'],
      definitions: ['a', 'b'],
      functions: [],
      derives: false,
      varied: [],
      alongRows: false,
    });
  });
  test('functions of the program, through their values, but not built-in ones', () => {
    expect(mentioned('f : R^n -> R^n; x in R^n; g(s) = sin(s)*3', 'f(x)', 'g(x)')).toMatchObject({
      functions: ['g', 'f'],
      numbers: [3],
      derives: false,
    });
    expect(mentioned('x in R^n; y in R; h(s) = s*y; k(s) = h(s) + h(2*s)', 'k(1)').variables).toEqual(['y']);
    expect(mentioned('f : R^n -> R^n; x in R^n', 'J_f(x)')).toMatchObject({ functions: ['f'], derives: true });
    expect(mentioned('x in R', 'relu(x) + ln(x)').functions).toEqual([]);
  });
  test('derivatives, and what they are taken by: one variable, or everything', () => {
    expect(mentioned('x, y in R', 'grad(x^2*y, x)')).toMatchObject({ derives: true, varied: ['x'] });
    expect(mentioned('x, y in R', 'd(x*y)')).toMatchObject({ derives: true, varied: ['x', 'y'] });
    expect(mentioned('x, y in R; u = 2*x', 'grad(u^2, u)')).toMatchObject({ derives: true, varied: ['x', 'y'] });
    expect(mentioned('x, y in R; g = grad(x^2*y, y)', 'g + 1')).toMatchObject({ derives: true, varied: ['y'] });
    expect(mentioned('x, y in R', 'x*y')).toMatchObject({ derives: false, varied: [] });
  });
  test('functions of rows, of matrices only', () => {
    expect(mentioned('A in R^(n x m)', 'softmax(A)').alongRows).toBe(true);
    expect(mentioned('x in R^n', 'softmax(x)').alongRows).toBe(false);
    expect(mentioned('A in R^(n x m)', 'exp(A)').alongRows).toBe(false);
    expect(mentioned('A in R^(n x m)', 'exp(A) + softmax(A) + exp(A)').alongRows).toBe(true);
    expect(mentioned('A in R^(n x m); f(S) = softmax(S)', 'f(A)').alongRows).toBe(true);
  });
});

describe('both sides as one', () => {
  const program = checked('x in R^n; A in R^(n x m); c in R; x; A; c; x[i]; A[i,j]*x[i]');
  const world = worldOf(program);
  const value = (text: string) => world.evaluate(expression(text));
  const entries = (text: ReturnType<typeof value>, free: ReadonlyMap<Index, number> = new Map()) =>
    entriesOf(text, ({ node }, positions) => `${node.kind} ${[...positions.values()].join('')}`, { n: 2, m: 2 }, free);
  test('have the shape of the one that is no scalar', () => {
    expect([
      differenceOf(value('x'), value('c')).shape.kind,
      differenceOf(value('c'), value('x')).shape.kind,
      differenceOf(value('c'), value('c')).shape.kind,
      differenceOf(value('A'), value('c')).shape.kind,
    ]).toEqual(['column', 'column', 'scalar', 'matrix']);
  });
  test('entries run through all positions, row by row; of no rows there are none', () => {
    expect(entries(value('A'))).toEqual(['symbol 11', 'symbol 12', 'symbol 21', 'symbol 22']);
    expect(entriesOf(value('A'), () => 1, { n: 0, m: 2 }, new Map())).toEqual([]);
    expect(entries(value('c'))).toEqual(['symbol ']);
    expect(extentsOf(value('A'), { n: 2, m: 5 })).toEqual([2, 5]);
    expect(entries(value('c'), new Map([[7 as Index, 3]]))).toEqual(['symbol 3']);
  });
  test('indices that no axis binds are free, with each size that they run to', () => {
    expect(freeIndices([value('A'), value('x')]).size).toBe(0);
    expect([...freeIndices([value('x[i]')]).values()].map((dims) => dims.map(({ key }) => key))).toEqual([['n']]);
    const both = [...freeIndices([value('A[i,j]*x[i]'), value('x[i]')]).values()];
    expect(new Set(both.map((dims) => dims.map(({ key }) => key).join()))).toEqual(new Set(['m', 'n,n']));
  });
});
