import { describe, expect, it } from 'vitest';
import {
  centralGradient,
  directional,
  directionalOfVector,
  jacobianByDifferences,
  secondDirectional,
} from '../../src/evaluate/differences.ts';

const at = (...values: number[]): Float64Array => Float64Array.from(values);
const near = (found: number, expected: number, tolerance = 1e-9): void =>
  expect(Math.abs(found - expected)).toBeLessThan(tolerance * Math.max(1, Math.abs(expected)));

const wave = ([x, y]: Float64Array): number => Math.exp(x!) * Math.sin(y!);
const bowl = ([x, y]: Float64Array): number => Math.tanh(x! * y!) + y! ** 2;

describe('finite differences', () => {
  it('find the gradient of a smooth function to nine digits', () => {
    const gradient = centralGradient(wave, at(0.7, -1.3));
    near(gradient[0]!, Math.exp(0.7) * Math.sin(-1.3));
    near(gradient[1]!, Math.exp(0.7) * Math.cos(-1.3));
  });

  it('stay inside the domain of log and sqrt for small positive entries', () => {
    near(centralGradient(([x]) => Math.log(x!), at(0.05))[0]!, 20, 1e-8);
    near(centralGradient(([x]) => Math.sqrt(x!), at(0.4))[0]!, 0.5 / Math.sqrt(0.4));
  });

  it('scale their steps with large entries', () => {
    near(centralGradient(([x]) => x! ** 3, at(2e4))[0]!, 3 * 4e8);
  });

  it('are exact for polynomials up to degree five, apart from rounding', () => {
    near(centralGradient(([x]) => x! ** 5, at(1.5))[0]!, 5 * 1.5 ** 4, 1e-12);
  });

  it('give the Jacobian one array per entry of the result', () => {
    const rows = jacobianByDifferences(([x, y]) => at(x! * y!, Math.cos(x!), y! ** 2), at(0.5, 2));
    const expected = [
      [2, 0.5],
      [-Math.sin(0.5), 0],
      [0, 4],
    ];
    expect(rows.length).toBe(3);
    expected.forEach((line, i) => line.forEach((value, j) => near(rows[i]![j]!, value)));
  });

  it('agree with the gradient in a direction', () => {
    const [x, direction] = [at(0.3, -0.8), at(1.7, -0.4)];
    const gradient = centralGradient(bowl, x);
    near(directional(bowl, x, direction), gradient[0]! * 1.7 - gradient[1]! * 0.4);
  });

  it('give zero along the zero direction', () => {
    expect(directional(([x]) => Math.exp(x!), at(1), at(0))).toBe(0);
  });

  it('follow functions with several values in a direction', () => {
    const change = directionalOfVector(([x, y]) => at(x! * y!, Math.exp(y!)), at(2, 0.5), at(1, -1));
    near(change[0]!, 0.5 - 2);
    near(change[1]!, -Math.exp(0.5));
  });

  it('find second derivatives in a direction', () => {
    const [x, y, u, v] = [0.3, 0.9, 1.2, -0.7];
    const expected = Math.exp(x) * (Math.sin(y) * (u * u - v * v) + 2 * Math.cos(y) * u * v);
    near(secondDirectional(wave, at(x, y), at(u, v)), expected);
  });
});
