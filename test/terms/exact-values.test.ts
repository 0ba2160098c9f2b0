/** Functions at numbers and at multiples of pi: exact where the value is known, and left alone where it is not. */
import { describe, expect, test } from 'vitest';
import type { EntrywiseName } from '../../rules/functions/index.ts';
import { piSymbol } from '../../src/terms/atoms.ts';
import {
  apply,
  isZero,
  minus,
  negate,
  number,
  plus,
  power,
  same,
  scale,
  symbolTerm,
  times,
} from '../../src/terms/construct.ts';
import type { Term } from '../../src/terms/node.ts';
import { at, q, symbol } from './given.ts';

const pi = symbolTerm(piSymbol, []);
const turns = (over: number, under = 1): Term => scale(q(over, under), pi);
const of = (fn: EntrywiseName, ...args: readonly Term[]): Term => apply(fn, args);
const num = (over: number, under = 1): Term => number(q(over, under));
const [a, b] = ['a', 'b'].map((name) => at(symbol(name, []))) as [Term, Term];
const expectSame = (left: Term, right: Term): void => expect(same(left, right)).toBe(true);
const stays = (t: Term): void => expect(t.node.kind === 'apply' || t.node.kind === 'product').toBe(true);

describe('waves', () => {
  test.each([
    ['sin', 0, 1, 0],
    ['sin', 1, 6, 0.5],
    ['sin', 1, 2, 1],
    ['sin', 5, 6, 0.5],
    ['sin', 1, 1, 0],
    ['sin', 7, 6, -0.5],
    ['sin', 3, 2, -1],
    ['sin', 11, 6, -0.5],
    ['sin', 2, 1, 0],
    ['sin', 13, 6, 0.5],
    ['sin', -1, 6, -0.5],
    ['sin', -1, 2, -1],
    ['sin', -3, 2, 1],
    ['sin', -5, 6, -0.5],
    ['sin', 31, 6, -0.5],
    ['sin', -25, 2, -1],
    ['cos', 0, 1, 1],
    ['cos', 1, 3, 0.5],
    ['cos', 1, 2, 0],
    ['cos', 2, 3, -0.5],
    ['cos', 1, 1, -1],
    ['cos', 4, 3, -0.5],
    ['cos', 3, 2, 0],
    ['cos', 5, 3, 0.5],
    ['cos', 2, 1, 1],
    ['cos', -1, 3, 0.5],
    ['cos', -1, 1, -1],
    ['cos', 3, 1, -1],
    ['cos', -7, 3, 0.5],
    ['tan', 0, 1, 0],
    ['tan', 1, 4, 1],
    ['tan', 3, 4, -1],
    ['tan', 1, 1, 0],
    ['tan', -1, 4, -1],
    ['tan', 5, 4, 1],
  ] as const)('%s(%d/%d*pi) is %d', (fn, over, under, value) => {
    expectSame(of(fn, turns(over, under)), num(2 * value, 2));
  });
  test('at other multiples of pi, and at numbers, have no value that we know', () => {
    for (const t of [
      of('sin', turns(1, 7)),
      of('cos', turns(1, 5)),
      of('sin', num(1, 6)),
      of('cos', num(1)),
      of('sin', plus(turns(1, 6), a)),
    ])
      stays(t);
    stays(of('sin', times(pi, pi)));
    stays(of('sin', power(pi, q(-1))));
  });
});

describe('at numbers', () => {
  test.each([
    ['exp', 0, 1],
    ['log', 1, 0],
    ['cosh', 0, 1],
    ['sinh', 0, 0],
    ['tanh', 0, 0],
    ['erf', 0, 0],
    ['asin', 0, 0],
    ['atan', 0, 0],
    ['abs', -3, 3],
    ['relu', -2, 0],
    ['relu', 2, 2],
    ['sign', -5, -1],
    ['sign', 0, 0],
    ['step', 3, 1],
    ['floor', -2, -2],
  ] as const)('%s(%d) is %d', (fn, at, value) => expectSame(of(fn, num(at)), num(value)));
  test('inverse functions give multiples of pi', () => {
    expectSame(of('asin', num(1)), turns(1, 2));
    expectSame(of('asin', num(-1)), turns(-1, 2));
    expectSame(of('asin', num(1, 2)), turns(1, 6));
    expectSame(of('acos', num(-1)), pi);
    expectSame(of('acos', num(1)), num(0));
    expectSame(of('acos', num(1, 2)), turns(1, 3));
    expectSame(of('atan', num(-1)), turns(-1, 4));
  });
  test('two of them compare and choose', () => {
    expectSame(of('max', num(2), num(-3)), num(2));
    expectSame(of('min', num(2), num(-3)), num(-3));
    expectSame(of('greater', num(1), num(1)), num(0));
    expectSame(of('at-least', num(1), num(1)), num(1));
    expectSame(of('less', num(1), num(2)), num(1));
    expectSame(of('differs', num(1), num(2)), num(1));
    expect(same(of('max', num(2), a), num(2))).toBe(false);
  });
  test('without a value we know of stay', () => {
    for (const t of [of('exp', num(1)), of('log', num(2)), of('tanh', num(1)), of('erf', num(2))])
      expect(t.node.kind).not.toBe('number');
    expect(of('log', num(2)).node.kind).toBe('apply');
  });
});

describe('parity', () => {
  test.each(['sin', 'tan', 'tanh', 'erf', 'atan', 'sinh', 'sign'] as const)('%s is odd', (fn) => {
    expectSame(of(fn, negate(a)), negate(of(fn, a)));
    expectSame(of(fn, minus(b, a)), negate(of(fn, minus(a, b))));
    expect(isZero(plus(of(fn, minus(b, a)), of(fn, minus(a, b))))).toBe(true);
    expect(same(of(fn, scale(q(2), a)), of(fn, a))).toBe(false);
  });
  test.each(['cos', 'cosh', 'abs'] as const)('%s is even', (fn) => {
    expectSame(of(fn, negate(a)), of(fn, a));
    expectSame(of(fn, minus(b, a)), of(fn, minus(a, b)));
  });
  test.each(['sigmoid', 'softplus', 'relu', 'step', 'acos', 'gelu'] as const)('%s is neither', (fn) => {
    expect(same(of(fn, negate(a)), of(fn, a))).toBe(false);
    expect(same(of(fn, negate(a)), negate(of(fn, a)))).toBe(false);
  });
});

describe('of two equal arguments', () => {
  test('the value is known where it does not depend on them, or is one of them', () => {
    expectSame(of('max', a, a), a);
    expectSame(of('min', a, a), a);
    expectSame(of('greater', a, a), num(0));
    expectSame(of('less', a, a), num(0));
    expectSame(of('at-least', a, a), num(1));
    expectSame(of('at-most', a, a), num(1));
    expectSame(of('equals', a, a), num(1));
    expectSame(of('differs', a, a), num(0));
    expect(of('max', a, b).node.kind).toBe('apply');
    expect(of('power', a, a).node.kind).toBe('apply');
  });
});
