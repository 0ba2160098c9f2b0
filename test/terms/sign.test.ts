/** Signs and ranges are the tightest that follow: each is compared with what numbers of the given kind come to. */
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { apply, minus, number, piSymbol, plus, power, scale, symbolTerm, times } from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import {
  added,
  multiplied,
  type Range,
  raised,
  raisedRange,
  rangeOf,
  scaled,
  type Sign,
  signOf,
} from '../../src/terms/sign.ts';
import { at, q, symbol } from './given.ts';

// ---- arithmetic of signs: each is a set of -1, 0 and 1

const members: Readonly<Record<Sign, readonly number[]>> = {
  positive: [1],
  nonnegative: [0, 1],
  negative: [-1],
  nonpositive: [-1, 0],
  zero: [0],
  nonzero: [-1, 1],
  unknown: [-1, 0, 1],
};
const signs = Object.keys(members) as readonly Sign[];
const pairs = signs.flatMap((a) => signs.map((b) => [a, b] as const));
/** The one sign that says just this of numbers; undefined where there are none. */
function signOfAll(numbers: readonly number[]): Sign | undefined {
  const found = new Set(numbers.filter((x) => !Number.isNaN(x)).map(Math.sign));
  return signs.find((sign) => found.size === members[sign].length && members[sign].every((x) => found.has(x)));
}
/** Sizes that let a sum of two signs come out either way. */
const spread = (sign: Sign): readonly number[] => members[sign].flatMap((x) => (x === 0 ? [0] : [x, 3 * x]));

describe('signs', () => {
  test.each(pairs)('%s + %s', (a, b) => {
    expect(added(a, b)).toBe(signOfAll(spread(a).flatMap((x) => spread(b).map((y) => x + y))));
  });
  test.each(pairs)('%s * %s', (a, b) => {
    expect(multiplied(a, b)).toBe(signOfAll(members[a].flatMap((x) => members[b].map((y) => x * y))));
  });
  test.each(signs)('a multiple of what is %s', (sign) => {
    expect(scaled(sign, q(2))).toBe(sign);
    expect(scaled(sign, q(-2))).toBe(signOfAll(members[sign].map((x) => -x)));
  });
  test.each(signs.flatMap((sign) => [-3, -2, -1, 1, 2, 3].map((e) => [sign, e] as const)))('(%s)^%d', (sign, e) => {
    const defined = members[sign].filter((x) => x !== 0 || e > 0);
    if (defined.length > 0) expect(raised(sign, q(e))).toBe(signOfAll(defined.map((x) => x ** e)));
  });
  test.each(signs)('roots of what is %s', (sign) => {
    expect(raised(sign, q(1, 2))).toBe(sign === 'positive' ? 'positive' : 'nonnegative');
    expect(raised(sign, q(-1, 2))).toBe('positive');
  });
});

// ---- ranges

interface Interval {
  readonly range: Range;
  /** Numbers of it: its ends where they are reached, numbers close to them, and some between. */
  readonly numbers: readonly number[];
}
const close = 1e-7;
const far = 1e4;
function interval(least: number, most: number, isOpenBelow = false, isOpenAbove = false): Interval {
  const rational = (x: number): Q.Rational | undefined => (Number.isFinite(x) ? q(2 * x, 2) : undefined);
  const [low, high] = [Math.max(least, -far), Math.min(most, far)];
  const inside = [0, 0.5, -0.5, 1, -1, 2, -2, (low + high) / 2].filter((x) => x > low && x < high);
  return {
    range: { least: rational(least), most: rational(most), isOpenBelow, isOpenAbove },
    numbers: [
      ...(isOpenBelow || least === -Infinity ? [] : [least]),
      ...(isOpenAbove || most === Infinity ? [] : [most]),
      low + close,
      high - close,
      ...inside,
    ],
  };
}
const ends = [-Infinity, -2, -1, 0, 1, 2, Infinity];
const intervals = ends.flatMap((low, n) =>
  ends
    .slice(n + 1)
    .flatMap((high) =>
      [false, true].flatMap((below) =>
        [false, true]
          .filter((above) => (Number.isFinite(low) || !below) && (Number.isFinite(high) || !above))
          .map((above) => interval(low, high, below, above)),
      ),
    ),
);
const shown = ({ least, most, isOpenBelow, isOpenAbove }: Range): string =>
  `${isOpenBelow ? '(' : '['}${least ? Q.toText(least) : '-oo'}, ${most ? Q.toText(most) : 'oo'}${isOpenAbove ? ')' : ']'}`;
const holds = ({ least, most, isOpenBelow, isOpenAbove }: Range, x: number): boolean =>
  (!least || (isOpenBelow ? x > Q.toNumber(least) : x >= Q.toNumber(least))) &&
  (!most || (isOpenAbove ? x < Q.toNumber(most) : x <= Q.toNumber(most)));
/** Each end that numbers come close to is there, and closed only where one reaches it. */
function isTight(found: Range, numbers: readonly number[]): boolean {
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const meets = (end: Q.Rational | undefined, extreme: number, isOpen: boolean | undefined): boolean => {
    if (!end) return Math.abs(extreme) > far / 2;
    const distance = Math.abs(Q.toNumber(end) - extreme);
    return distance < 1e-4 && (isOpen === true) === distance > 0;
  };
  return meets(found.least, low, found.isOpenBelow) && meets(found.most, high, found.isOpenAbove);
}

describe('angles', () => {
  const pi = symbolTerm(piSymbol, []);
  const [x, positive] = [at(symbol('x', [])), at(symbol('b', [], 'positive'))];
  const [atan, asin, acos] = (['atan', 'asin', 'acos'] as const).map((fn) => apply(fn, [x])) as [Term, Term, Term];
  const half = scale(q(1, 2), pi);
  test.each([
    ['pi/2 + atan(x)', plus(half, atan), 'positive'],
    ['atan(x) - pi/2', minus(atan, half), 'negative'],
    ['pi/2 - asin(x)', minus(half, asin), 'nonnegative'],
    ['acos(x) - pi', minus(acos, pi), 'nonpositive'],
    ['pi - atan(x) - asin(x)', minus(minus(pi, atan), asin), 'positive'],
    ['pi/2 + 2*atan(x)', plus(half, scale(q(2), atan)), 'unknown'],
    ['atan(x) - pi/2 for x > 0', minus(apply('atan', [positive]), half), 'negative'],
    ['pi/4 - atan(x) for x > 0', minus(scale(q(1, 4), pi), apply('atan', [positive])), 'unknown'],
    ['atan(x) - 1', minus(atan, number(Q.one)), 'unknown'],
    ['pi/2 + atan(x)^3', plus(half, power(atan, q(3))), 'unknown'],
    ['pi/2 + x', plus(half, x), 'unknown'],
    ['pi + atan2(x, x)', plus(pi, apply('atan2', [x, positive])), 'positive'],
    ['pi - atan2(x, x)', minus(pi, apply('atan2', [x, positive])), 'nonnegative'],
  ] as const)('%s', (_, t, sign) => expect(signOf(t)).toBe(sign));
});

const powersOf = (e: Q.Rational, x: number): number => x ** Q.toNumber(e);
describe('ranges', () => {
  test.each([q(1), q(2), q(3), q(4), q(-1), q(-2), q(-3), q(1, 2), q(-1, 2)])(
    'every power of a number lies in it',
    (e) => {
      const outside = intervals.flatMap(({ range, numbers }) =>
        numbers
          .filter((x) => Number.isFinite(powersOf(e, x)) && !holds(raisedRange(range, e), powersOf(e, x)))
          .map((x) => `${x}^${Q.toText(e)} is not in that of ${shown(range)}`),
      );
      expect(outside).toEqual([]);
    },
  );
  test('roots are not negative', () => {
    expect(shown(raisedRange({}, q(1, 2)))).toBe('[0, oo]');
    expect(shown(raisedRange({}, q(-1, 2)))).toBe('(0, oo]');
  });
  test.each([2, 3, 4])('powers of what is not negative, and even ones: the ends are reached as they say (%d)', (e) => {
    const loose = intervals.flatMap(({ range, numbers }) => {
      const isNegative = !range.least || Q.isNegative(range.least);
      if (isNegative && (e % 2 === 1 || !range.least || !range.most || numbers.every((x) => x < 0))) return [];
      const found = raisedRange(range, q(e));
      const all = [...numbers.map((x) => x ** e), ...(isNegative && holds(range, 0) ? [0] : [])];
      return isTight(found, all) ? [] : [`${shown(range)}^${e}: ${shown(found)}`];
    });
    expect(loose).toEqual([]);
  });
});

// ---- terms: functions whose values fill an interval

const [a, b] = [at(symbol('a', [])), at(symbol('b', []))];
const line = [-40, -7, -Math.PI, -1.5 * Math.PI, -Math.PI / 2, -1, -0.3, 0, 0.3, 1, Math.PI / 2, Math.PI, 4.5, 7, 40];
const parts: readonly (readonly [name: string, make: (x: Term) => Term, value: (x: number) => number])[] = [
  ['sigmoid', (x) => apply('sigmoid', [x]), (x) => 1 / (1 + Math.exp(-x))],
  ['tanh', (x) => apply('tanh', [x]), Math.tanh],
  ['sin', (x) => apply('sin', [x]), Math.sin],
  ['exp', (x) => apply('exp', [x]), Math.exp],
  ['abs', (x) => apply('abs', [x]), Math.abs],
  ['cosh', (x) => apply('cosh', [x]), Math.cosh],
  ['itself', (x) => x, (x) => x],
  ['step', (x) => apply('step', [x]), (x) => (x > 0 ? 1 : 0)],
];
const rounded = (x: number): number => (Math.abs(x) < 1e-11 ? 0 : x);

/** What a term comes to beyond its range or its sign. */
function contradictions(what: string, t: Term, values: readonly number[]): readonly string[] {
  const [range, sign] = [rangeOf(t), signOf(t)];
  // Rounding reaches ends that are open.
  const isAtEnd = (value: number): boolean =>
    [range.least, range.most].some((end) => end && Math.abs(Q.toNumber(end) - value) < 1e-12);
  return values
    .map(rounded)
    .flatMap((value) => [
      ...(isAtEnd(value) || holds(range, value) ? [] : [`${what} is ${value}, in ${shown(range)}`]),
      ...(Math.abs(value) < 1e-12 || members[sign].includes(Math.sign(value)) ? [] : [`${what} is ${value}, ${sign}`]),
    ]);
}

describe('a term lies in its range, and has its sign', () => {
  for (const [name, make, value] of parts)
    test(`${name}, beside others`, () => {
      const faults = parts.flatMap(([other, makeOther, valueOther]) =>
        [-2, -1, 1, 2].flatMap((c) => {
          const over = (f: (x: number, y: number) => number): readonly number[] =>
            line.flatMap((x) => line.map((y) => f(value(x), valueOther(y))));
          const [x, y] = [make(a), makeOther(b)];
          return [
            ...contradictions(
              `${name} + ${c}*${other}`,
              plus(x, scale(q(c), y)),
              over((u, v) => u + c * v),
            ),
            ...contradictions(
              `${c} - ${name}*${other}`,
              minus(number(q(c)), times(x, y)),
              over((u, v) => c - u * v),
            ),
            ...contradictions(
              `${c}*${name}^3*${other}`,
              scale(q(c), times(power(x, q(3)), y)),
              over((u, v) => c * u ** 3 * v),
            ),
            ...contradictions(
              `${name}^2 + ${c}*${other}^2`,
              plus(power(x, q(2)), scale(q(c), power(y, q(2)))),
              over((u, v) => u * u + c * v * v),
            ),
          ];
        }),
      );
      expect(faults).toEqual([]);
    });
});
