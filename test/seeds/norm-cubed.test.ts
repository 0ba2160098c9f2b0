/** Seed document 002: a norm cubed through an unknown function, the same in numbers, softmax by cases. */
import { describe, expect, test } from 'vitest';
import { parse, renderProblem } from '../../src/index.ts';
import { casesOf, expectAnswer, program, valueOf } from './given.ts';

const unknown = 'f : R^m -> R^n; s in R^m; y in R^n; r = f(s) - y; h = 1/2*norm2(r)^3';

test('S19: through an unknown function', () => {
  expectAnswer(program(unknown).grad('h', 's'), { text: "3/2*norm2(r)*J_f(s)'*r", shape: ['m'] });
});

describe('in numbers', () => {
  const given = program(
    's in R^2; y in R^3',
    'f(s) = [s[1]*s[2]; s[1]^2 + s[2]^2; s[1]]',
    'r = f(s) - y; h = 1/2*norm2(r)^3',
  );

  test('S20: the Jacobian, and at a point', () => {
    expectAnswer(given.jacobian('f', 's'), { text: '[s[2], s[1]; 2*s[1], 2*s[2]; 1, 0]', shape: [3, 2] });
    expect(valueOf(given.ask('jacobian(f, s) at s = [1; 2]')).text).toBe('[2, 1; 2, 4; 1, 0]');
  });
  test('S21: the gradient at a point, exactly', () => {
    expectAnswer(given.ask('grad(h, s) at s = [1; 2], y = [1; 1; 1]'), { text: '3/2*sqrt(17)*[10; 17]', shape: [2] });
  });
});

test('S22: softmax by cases', () => {
  const given = program('x in R^k; S = softmax(x)');
  expect(casesOf(given.jacobian('S', 'x'))).toEqual({ 'i == j': 'S[i]*(1 - S[i])', 'i != j': '-S[i]*S[j]' });
});

test("S22a: the document's own line lacks a transpose, and is refused with the place", () => {
  const text = unknown.replaceAll('; ', '\n');
  const claim = valueOf(parse(text)).check('grad(h, s) == 3/2*norm2(r)*J_f*r');
  expect(claim.ok).toBe(false);
  if (claim.ok) return;
  expect(claim.problem).toMatchObject({ kind: 'shape', line: 1, column: 32 });
  expect(renderProblem(claim.problem)).toBe(
    [
      'claim:1:32: J_f is n x m and r is n x 1: the inner sizes m and n differ',
      '1 | grad(h, s) == 3/2*norm2(r)*J_f*r',
      '  |                                ^',
      "hint: J_f'*r?",
    ].join('\n'),
  );
});
