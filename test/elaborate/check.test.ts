/** Which shapes and sizes does checking find? */
import { describe as group, expect, test } from 'vitest';
import { describe } from '../../src/shape/shape.ts';
import { askedFor, checked, expression } from './given.ts';

const shapeOf = (text: string): string => {
  const program = checked(text);
  return describe(program.shapeOf(askedFor(program)));
};
const given = 'a in R; x, y in R^n; r in R^(1 x k); A in R^(m x n); B in R^(p x q); f = sum(x); g = A*x; ';

group('derivatives', () => {
  for (const [text, shape] of [
    ['grad(f, x)', 'n x 1'],
    ['grad(f, A)', 'm x n'],
    ['grad(f, r)', '1 x k'],
    ['grad(f, A[i,j])', 'a scalar'],
    ['grad(f, A[i,:])', '1 x n'],
    ['grad(f, A[:,j])', 'm x 1'],
    ['grad(f, g)', 'm x 1'],
    ['jacobian(g, x)', 'm x n'],
    ['jacobian(r, x)', 'k x n'],
    ['jacobian(f, x)', 'n x 1'],
    ['jacobian(g, a)', 'm x 1'],
    ['jacobian(A, a)', 'm x n'],
    ['jacobian(f, A)', 'm x n'],
    ['jacobian(g, B)', 'm x p x q'],
    ['jacobian(A, x)', 'm x n x n'],
    ['jacobian(A, B)', 'm x n x p x q'],
    ['jacobian(g, x)[i,j]', 'a scalar'],
    ['jacobian(g, x[j])', 'm x 1'],
    ['jacobian(g[i], x[j])', 'a scalar'],
    ['jacobian(A, B)[:,:,1,j]', 'm x n'],
    ['hessian(f, x)', 'n x n'],
    ['hessian(f, a)', 'a scalar'],
    ['hessian(f, B)', 'p x q x p x q'],
    ['jvp(g, x, y)', 'm x 1'],
    ['vjp(g, x, g)', 'n x 1'],
    ['hvp(f, x, y)', 'n x 1'],
    ['d(A*x)', 'm x 1'],
    ['r*jacobian(r, r)', '1 x k'],
  ] as const)
    test(text, () => expect(shapeOf(given + text)).toBe(shape));
});

group('sizes found by unification', () => {
  for (const [text, shape] of [
    ['I*x + g', 'm x 1'],
    ['g + I*g', 'm x 1'],
    ["(I - x*x')*y", 'n x 1'],
    ['A + I', 'm x n'],
  ] as const)
    test(text, () => {
      if (text === 'A + I' || text === 'I*x + g') expect(() => shapeOf(given + text)).toThrow(/cannot be added/);
      else expect(shapeOf(given + text)).toBe(shape);
    });
  test('an identity that nothing measures gets a size with a name of its own', () => {
    expect(shapeOf('x in R^n; 2*I')).toBe('m x m');
  });
  test('an index that only stands in delta takes the size of the other one', () => {
    const program = checked('x in R^n; x[i]*delta(i, k)');
    expect([...program.freeIndices(askedFor(program))].map(([name, dim]) => `${name}:${dim.key}`)).toEqual([
      'i:n',
      'k:n',
    ]);
  });
});

group('without declarations', () => {
  for (const [text, shape] of [
    ['A*x', 'n x 1'],
    ["x'*A*y", 'a scalar'],
    ['a + tau + lambda', 'a scalar'],
    ['grad(norm2(A*x - b)^2, A)', 'n x m'],
    ['ones(n)*y', 'n x 1'],
    ["x*y'", 'n x m'],
    ['A*I*B*x', 'n x 1'],
    ['[x; y]', 'm + n x 1'],
    ['f(s) = [s[1]*s[2]; s[1]]; jacobian(f, s)', '2 x n'],
    ['f(s) = [s[1]*s[2]; s[1]]; jacobian(f, s) at s = [1; 2]', '2 x 2'],
    ['y = softmax(x); jacobian(y, x)', 'n x n'],
  ] as const)
    test(text, () => {
      if (text === 'ones(n)*y') expect(() => shapeOf(text)).toThrow(/inner sizes/);
      else expect(shapeOf(text).replaceAll(/[()]/g, '')).toBe(shape);
    });
});

test('later expressions are checked over the same names', () => {
  const program = checked('A in R^(m x n); x in R^n; y = A*x');
  expect(describe(program.shapeOf(expression("y*x' + 2*A")))).toBe('m x n');
  expect(() => program.shapeOf(expression('A*y'))).toThrow(/inner sizes/);
});

test('hostile names are names', () => {
  expect(shapeOf('__proto__ in R^n; constructor in R^n; toString = __proto__ + constructor; toString')).toBe('n x 1');
  expect(() => checked('x in R; hasOwnProperty(x)')).toThrow(/not a function that is known/);
});
