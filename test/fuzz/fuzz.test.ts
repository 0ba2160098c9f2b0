/** A small run of the fuzzer, always over the same programs; `npm run fuzz` hunts longer. */
import { describe, expect, test } from 'vitest';
import { randomNumbers } from '../../src/evaluate/points.ts';
import { generate, kinds, sizes } from './generate.ts';
import { type Fault, judge } from './judge.ts';
import { shrink } from './shrink.ts';

/** What cannot be derived is refused, and a busy machine is slow; nothing else may occur at all. */
const allowed: ReadonlySet<Fault> = new Set(['refused', 'slow']);
const programs = 16;

describe('generated programs', () => {
  for (const [k, kind] of kinds.entries())
    test(`answers of kind ${kind} agree with finite differences, as code and as text`, () => {
      const failures: string[] = [];
      for (let n = 0; n < programs; n++) {
        const { text } = generate(randomNumbers(1_000 * k + n), kind);
        const bad = judge(text, { sizes, seed: n }).findings.filter(({ fault }) => !allowed.has(fault));
        failures.push(...bad.map(({ fault, detail }) => `${fault}: ${text.replaceAll('\n', '; ')}\n  ${detail}`));
      }
      expect(failures).toEqual([]);
    });

  test('are the same for the same seed', () => {
    expect(generate(randomNumbers(5)).text).toBe(generate(randomNumbers(5)).text);
    expect(generate(randomNumbers(5)).text).not.toBe(generate(randomNumbers(6)).text);
  });
});

const faults = (text: string): readonly Fault[] => judge(text, { sizes }).findings.map(({ fault }) => fault);

describe('the judge', () => {
  test('finds nothing wrong with what is right', () => {
    expect(faults('x in R^n; A in R^(m x n); b in R^m; grad(norm2(A*x - b)^2, x)')).toEqual([]);
    expect(faults('x in R^n; hessian(logsumexp(x), x)')).toEqual([]);
    expect(faults('A in R^(n x m); x in R^m; jacobian(A*x, A)[i,j,k]')).toEqual([]);
  });
  test('takes differences of the program as written, whatever is known about a variable', () => {
    expect(faults('y in R^n, simplex; grad(sum(y)^2, y)')).toEqual([]);
    expect(faults('S in R^(n x n), symmetric; grad(tr(S*S), S)')).toEqual([]);
  });
  test('does not blame an answer for a kink that its conditions speak of', () => {
    expect(faults('y in R^n, binary; grad(sum(relu(y)), y)').filter((fault) => fault !== 'unsaid')).toEqual([]);
  });
  test('lists refusals', () => {
    expect(faults('x in R^n; y in R^m; grad(x + y, x)')).toEqual(['refused']);
  });
});

describe('shrinking', () => {
  test('leaves what is needed', () => {
    const text = 'x in R^n, positive\ny in R^n\na in R\ns = sin(x) + exp(y)\ngrad(sum(a*tanh(s.*s) + log(x)), x)';
    const small = shrink(text, (t) => t.includes('log('));
    expect(small.split('\n')).toHaveLength(1);
    expect(small).toContain('log(x)');
  });
});
