import { describe, expect, test } from 'vitest';
import {
  type Code,
  code,
  createScope,
  join,
  lines,
  quoted,
  remark,
  sanitised,
  numberText,
} from '../../../src/loops/emit/code.ts';

describe('code', () => {
  test('only code and numbers enter', () => {
    expect(code`a + ${code`b`} * ${-0}`.toString()).toBe('a + b * -0');
    expect(() => code`${'throw 1' as unknown as Code}`).toThrow('only code and numbers');
    expect(() => code`${{ toString: () => 'throw 1' } as unknown as Code}`).toThrow('only code and numbers');
    expect(() => join(['x' as unknown as Code], code`, `)).toThrow('only code and numbers');
  });
  test('lines keep the indentation of their gap', () => {
    const body = lines([code`a;`, code`b;`]);
    expect(
      code`{
  ${body}
}`.toString(),
    ).toBe('{\n  a;\n  b;\n}');
  });
  test('remarks and literals stay what they are', () => {
    expect(remark('a */ b\nc').toString()).toBe('a * / b c');
    const text = 'a"b\\\u2028`${c}';
    expect(JSON.parse(quoted(text).toString())).toBe(text);
    expect(quoted(text).toString()).not.toContain('\u2028');
  });
});

describe('names', () => {
  test('become identifiers', () => {
    expect(['x', 'θ', 'a b', '1x', '', 'class', '__proto__', 'x̂', "y'"].map(sanitised)).toEqual([
      'x',
      'θ',
      'a_b',
      '_1x',
      '_',
      'class_',
      '__proto___',
      'x̂',
      'y_',
    ]);
  });
  test('are given once within sight', () => {
    const outer = createScope();
    const texts = [
      outer.name('x'),
      outer.name('x'),
      outer.inner().name('x'),
      outer.inner().name('x'),
      outer.name('x2'),
    ].map(String);
    expect(texts).toEqual(['x', 'x2', 'x3', 'x3', 'x2_2']);
  });
});

describe('numbers', () => {
  test('read back as the same double', () => {
    for (const value of [
      0,
      -0,
      1,
      -1,
      0.1,
      1 / 3,
      1e21,
      1e-7,
      5e-324,
      1.7976931348623157e308,
      NaN,
      Infinity,
      -Infinity,
      2 ** 53,
    ])
      expect(Number(numberText(value))).toBe(value);
  });
});
