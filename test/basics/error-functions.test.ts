import { describe, expect, it } from 'vitest';
import { erf, erfc } from '../../src/basics/special-functions.ts';

/** x, erf(x), erfc(x) as the C library computes them. */
const table: readonly (readonly [number, number, number])[] = [
  [0.1, 0.1124629160182849, 0.8875370839817152],
  [0.5, 0.5204998778130465, 0.4795001221869535],
  [0.9, 0.7969082124228322, 0.20309178757716786],
  [1, 0.8427007929497149, 0.15729920705028513],
  [1.1, 0.8802050695740817, 0.11979493042591827],
  [1.5, 0.9661051464753108, 0.033894853524689274],
  [2, 0.9953222650189527, 0.004677734981047265],
  [2.5, 0.999593047982555, 0.0004069520174449589],
  [3, 0.9999779095030014, 2.2090496998585438e-5],
  [5, 0.9999999999984626, 1.5374597944280351e-12],
];

describe('the error function', () => {
  it.each(table)('is right to the last digits at ±%d', (x, value, complement) => {
    expect(Math.abs(erf(x) - value)).toBeLessThan(1e-15);
    expect(erf(-x)).toBe(-erf(x));
    expect(Math.abs(erfc(x) / complement - 1)).toBeLessThan(1e-14);
    expect(Math.abs(erfc(-x) - (1 + value))).toBeLessThan(1e-15);
  });

  it('reaches its limits without overflow', () => {
    expect([erf(0), erf(1000), erf(-1000), erfc(1000), erfc(-1000)]).toEqual([0, 1, -1, 0, 2]);
    expect([erf(Infinity), erfc(Infinity), erfc(-Infinity)]).toEqual([1, 0, 2]);
    expect([erf(NaN), erfc(NaN)]).toEqual([NaN, NaN]);
  });
});
