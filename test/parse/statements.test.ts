import { expect, test } from 'vitest';
import { parseBindings, parseDeclaration, parseSpace } from '../../src/parse/parse.ts';
import { program, question, shown, shownStatement } from './shown.ts';

test('a program is statements on lines or between semicolons, with comments and empty lines', () => {
  expect(program('\n# softmax\nz in R^n;; tau > 0 # a temperature\n\ny = softmax(z/tau);\r\n')).toBe(
    'z in R^(n)\ntau, positive\ny = softmax((z / tau))',
  );
});

test('spaces are scalars, columns and matrices of any sizes', () => {
  expect(program('c in R; x in R^4; v in R^(1 x n); A, B in R^(d x m); W in R^(2*n); U in R^(n + 1 x 2*n)')).toBe(
    'c in R\nx in R^(4)\nv in R^(1 x n)\nA, B in R^(d x m)\nW in R^((2 * n))\nU in R^({+n +1} x (2 * n))',
  );
});

test('spaces can be written in Unicode', () => {
  expect(program('c ∈ ℝ; x∈ℝⁿ; y ∈ ℝ²; A ∈ ℝ^{d×m}; B ∈ ℝᵐˣⁿ; v ∈ ℝ^(1×n); w ∈ ℝ^n; q ∈ ℝ^{k}')).toBe(
    'c in R\nx in R^(n)\ny in R^(2)\nA in R^(d x m)\nB in R^(m x n)\nv in R^(1 x n)\nw in R^(n)\nq in R^(k)',
  );
});

test('a size may be called R, and a product of sizes may be nested', () => {
  expect(program('A in R^(R x (m × n))')).toBe('A in R^(R x (m * n))');
});

test('facts follow a declaration', () => {
  expect(program('S in R^(n x n), symmetric, spd; y in R^n, onehot at k + 1; a < 0; b >= 0, constant; c, d ≠ 0')).toBe(
    'S in R^(n x n), symmetric, spd\ny in R^(n), onehot at {+k +1}\na, negative\nb, nonnegative, constant\nc, d, nonzero',
  );
});

test('definitions name values, entries and functions', () => {
  expect(program('r = A*x - b\ny[i] = z[i]^2\nM[i, j] = i\nf(s) = [s[1];\n s[2]]\ng(a, b) = a\nf : R^m -> R')).toBe(
    'r = {+(A * x) -b}\ny[i] = (z[i] ^ 2)\nM[i, j] = i\nf(s) = [s[1]; s[2]]\ng(a, b) = a\nf : R^(m) -> R',
  );
});

test('questions take values and cases', () => {
  expect(program("grad(h, s) at s = [1; 2], y = 1 by cases; J[i,k] by  cases; A'; check a == b + c")).toBe(
    "ask grad(h, s) at s = [1; 2] at y = 1 by cases\nask J[i, k] by cases\nask A'\ncheck a == {+b +c}",
  );
});

test('one question can be asked alone, and a claim needs no check then', () => {
  expect(question('grad(f, A) at yh = y\n')).toBe('ask grad(f, A) at yh = y');
  expect(question('jacobian(s, x)[i,j] by cases')).toBe('ask jacobian(s, x)[i, j] by cases');
  expect(question('check a == b')).toBe('check a == b');
  expect(question('a == b')).toBe('check a == b');
});

test('bindings, spaces and declarations can be read alone', () => {
  const bindings = parseBindings('z=[1,2,3], tau=-0.5');
  expect(bindings.ok && bindings.value.map(({ name, value }) => `${name.name}: ${shown(value)}`)).toEqual([
    'z: [1, 2, 3]',
    'tau: neg(1/2d)',
  ]);
  const space = parseSpace('R^(m x n)');
  expect(space.ok && space.value.sizes.map(shown)).toEqual(['m', 'n']);
  const declaration = parseDeclaration('S in R^(n x n), spd');
  expect(declaration.ok && shownStatement(declaration.value)).toBe('S in R^(n x n), spd');
});
