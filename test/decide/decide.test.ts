/** The order of the stages, and what each verdict says. */
import { describe, expect, test } from 'vitest';
import { verdictOf } from './verdict-of.ts';

const said = (program: string, claim: string): string => {
  const verdict = verdictOf(program, claim);
  return verdict.verdict === 'undecided' ? verdict.why : verdict.verdict;
};

describe('a difference too small for numbers', () => {
  const little = (left: string): string => `${left} == (1 + 10^(-9))*(${left})`;
  const bySaying = 'the sides differ at some of the';
  test.each([
    ['x, y in R', 'x + y^2'],
    ['x in R', 'x'],
    ['x in R^n', 'sum(x)'],
    ['x in R^n', 'n*sum(x)'],
    ['x in R^n', 'x'],
    ['x in R; u = x^2 + x', 'u'],
    ['A in R^(n x n); x in R^n', "x'*A*x + 1"],
  ])('refutes what is a polynomial: %s | %s', (program, left) => expect(said(program, little(left))).toBe('refuted'));
  test.each([
    ['x in R', 'exp(x)'],
    ['x in R', 'x + exp(x)'],
    ['x in R', 'x*exp(x)'],
    ['x in R', '1/x'],
    ['x > 0', 'sqrt(x)'],
    ['x in R^n', 'max(x)'],
    ['x in R; u = exp(x)', 'u'],
  ])('leaves anything else open: %s | %s', (program, left) => expect(said(program, little(left))).toContain(bySaying));
});

describe('why it is left open', () => {
  test('no point, points too large, differences too small, or nothing but agreement', () => {
    expect(said('x in R', 'log(-1 - x^2) == 0')).toBe('no point was found where both sides exist');
    expect(said('x in R', 'exp(x) == (1 + 10^(-9))*exp(x)')).toMatch(
      /^the sides differ at some of the \d+ points tried, by too little to be sure$/,
    );
    expect(said('x in R', 'sqrt(x^4 + 2*x^2 + 1) == x^2 + 1')).toMatch(
      /^both sides agree at all \d+ points tried, and no rule shows that they always do$/,
    );
  });
});

describe('what a proof rests on', () => {
  const how = (program: string, claim: string): readonly string[] => {
    const verdict = verdictOf(program, claim);
    return verdict.verdict === 'proved' ? verdict.how : [verdict.verdict];
  };
  test('the terms, the rules that simplify, those that write out, other words, or exact arithmetic', () => {
    expect(how('x in R', '2*x == x + x')).toEqual(['both sides are the same, entry by entry']);
    expect(how('x in R^n, simplex', '2*sum(x) == 2').at(-1)).toBe('both sides simplify to the same');
    expect(how('x in R', 'exp(x)*exp(1) == exp(x + 1)').at(-1)).toBe('everything cancels');
    expect(how('x, y in R', 'max(x, y) == (x + y + abs(x - y))/2').at(-1)).toContain('exactly');
    expect(how('A in R^(n x n)', 'tr(A*A*A)*sum(A) == sum(A)*tr(A*A*A)')).toHaveLength(1);
  });
  test('sizes are spoken of where there are any', () => {
    const some = how('x, y in R^n', 'sum(max(x, y)) == sum(x + y + abs(x - y))/2').at(-1);
    expect(some).toBe('checked exactly at random points of a finite field, for as many sizes as there are indices');
    expect(how('x, y in R', 'max(x, y) == (x + y + abs(x - y))/2').at(-1)).toBe(
      'checked exactly at random points of a finite field',
    );
  });
  test('each rule is named once', () => {
    const rules = how('x, y in R', 'exp(x + y)*exp(x - y) == exp(x)*exp(x)*exp(y)*exp(-y)');
    expect(new Set(rules).size).toBe(rules.length);
  });
  test('definitions and identities behind it are named', () => {
    expect(how('A, B in R^(n x n); M = A*B', 'det(M) == det(B)*det(A)')).toContain('definition of M');
    expect(how('A, B in R^(n x n)', 'det(A*B) == det(B)*det(A)')).toContain('determinant of a product');
  });
});

test('a derivative of a determinant that is zero everywhere has a value', () => {
  expect(said('x, y in R^2', "grad(det(x*y'), x) == zeros(2)")).toBe('proved');
  expect(said('x, y in R^2', "grad(det(x*y'), x) == y")).toBe('refuted');
});
