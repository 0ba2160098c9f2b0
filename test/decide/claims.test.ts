import { describe, expect, test } from 'vitest';
import { proved, refuted, type Row, seeds, undecided } from './claims.ts';
import { verdictOf } from './verdict-of.ts';

const title = ([program, claim]: Row): string => (program.length < 60 ? `${program} | ${claim}` : claim);

describe.each([
  ['proved', [...seeds.proved, ...proved]],
  ['refuted', [...seeds.refuted, ...refuted]],
  ['undecided', undecided],
] as const)('%s', (verdict, rows) => {
  for (const row of rows) test(title(row), () => expect(verdictOf(row[0], row[1])).toMatchObject({ verdict }));
});

describe('what a verdict says', () => {
  test('S25 is refuted at a point that is easy to follow', () => {
    const verdict = verdictOf('x in R', 'grad(sigmoid(x), x) == sigmoid(x)*sigmoid(1 - x)');
    expect(verdict).toMatchObject({ verdict: 'refuted', counterexample: { values: { x: 1 }, sizes: {} } });
    const { counterexample } = verdict as Extract<typeof verdict, { verdict: 'refuted' }>;
    expect(counterexample.left).toBeCloseTo(0.19661, 5);
    expect(counterexample.right).toBeCloseTo(0.36553, 5);
  });
  test('S14 says which definition and which law it used', () => {
    expect(verdictOf('x in R^n; c in R', 'softmax(x + c) == softmax(x)')).toMatchObject({
      how: ['definition of softmax', 'exponential of a sum', 'everything cancels'],
    });
  });
  test('a counterexample names sizes, positions and unknown functions', () => {
    expect(verdictOf('A in R^(n x n); x in R^m', 'A[i,j] == A[j,i]')).toMatchObject({
      counterexample: { sizes: { n: 2 }, indices: { i: 2, j: 1 } },
    });
    expect(verdictOf('f : R^n -> R^n; x in R^n', 'f(2*x) == 2*f(x)')).toMatchObject({
      counterexample: { functions: { f: 'f(x)[i] = sum_j((i + 2*j)*x[j] + i*x[j]^2) + sin(sum_j(j*x[j]))' } },
    });
  });
  test('the value of a one-hot name agrees with its position', () => {
    const verdict = verdictOf('y in R^n, onehot at o; x in R^n', "y'*x == -x[o]");
    expect(verdict).toMatchObject({ verdict: 'refuted' });
    const { values, indices } = (verdict as Extract<typeof verdict, { verdict: 'refuted' }>).counterexample;
    expect((values['y'] as number[])[indices['o']! - 1]).toBe(1);
  });
  test('a fact about a defined name restricts the points', () => {
    expect(verdictOf('x in R^n; w in R^n, positive; w = 2*x', 'w == -abs(w)')).toMatchObject({ verdict: 'refuted' });
    expect(verdictOf('x in R^n; w in R^n, positive; w = 2*x', 'w == abs(w)')).toMatchObject({ verdict: 'proved' });
  });
  test.each([
    ['', 'sum(1./eye(n)) == n'],
    ['x in R^n', 'sum(1./diag(x)) == sum(1./x)'],
    ['x in R^n', 'tr(1./diag(x)) == sum(1./x)'],
    ['x in R^n', 'tr(eye(n)./diag(x)) == sum(1./x)'],
    ['x in R^n', 'eye(n).^-1 == eye(n)'],
    ['x in R^n', 'diag(x).^-2*x == 1./x'],
    ['x in R^n', "x'*(1./diag(x))*x == sum(x)"],
    ['x in R^n', 'x./(x - x) == x'],
  ])('%s | %s divides by zero, and is refused', (program, claim) => {
    expect(() => verdictOf(program, claim)).toThrow('divides by zero');
  });
  test('sides that exist nowhere leave it open', () => {
    expect(verdictOf('x in R', 'log(-1 - x^2) == 0')).toMatchObject({
      why: 'no point was found where both sides exist',
    });
  });
});
