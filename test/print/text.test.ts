import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rational } from '../../src/basics/rational.ts';
import { toText } from '../../src/print/text.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { bare, binary, call, expressions, name, number, parsed } from './trees.ts';

/** Printed as they were typed. */
const settled = String.raw`
(1/tau)*(diag(y) - y*y')
(1/tau)*(y[i]*delta(i,k) - y[i]*y[k])
(A*x + b - t)*x'
s .* (v - v*s')
-t./z
3/2*norm2(r)*J_f(s)'*r
3/2*sqrt(17)*[10; 17]
[s[2], s[1]; 2*s[1], 2*s[2]; 1, 0]
sum(y)*yh - y
((yh - y)*W2' .* h .* (1 - h))*W1'
sum((Yh - Y)*W2' .* H .* (1 - H), 1)
X'*((Yh - Y)*W2' .* H .* (1 - H))
(eye(n) - u*u'/norm2(u)^2)/norm2(u)
(yh[w] - y[w])*v
1/(1 - p)
gamma*diag(d)
1[z[i] > 0]*W[j,i]
diag(1[z > 0])*W'
-yh[k]*yh[i]
U[w,:]
-y[k]/yh[k]
a^b^c
(a^b)^c
x^(-1)
-x^2
(-x)^2
-(-x)
a - (b - c)
(a - b) - c
a*(b*c)
a*b*c
x*(-y)
(-x)*y
2*(3/4)
x^(1/2)
1./x
1.5./x
x.*y
x .* y .* z
(x.^2)'
x'.^2
A'[i,j]
(A*B)[i,j]
(1)[i]
sum_j(x[j]*delta(i,j))
0.5*x
2.0*x
1[x >= 0] + 1[x != y]
`;
const lines = (text: string): readonly string[] => text.trim().split('\n');

describe('text', () => {
  test.each(lines(settled))('%s is printed as it was typed', (text) => {
    expect(toText(parsed(text))).toBe(text);
  });

  test.each([
    ['1/tau*(a + b)', '(1/tau)*(a + b)'],
    ['x.*(y+z)', 'x .* (y + z)'],
    ['(x .* y)', 'x.*y'],
    ['a ./ b', 'a./b'],
    ['x.*y*A', '(x .* y)*A'],
    ['((a))*b', 'a*b'],
    ['2*x^-1', '2*x^(-1)'],
    ['1e-3', '0.001'],
    ['1e-30', '1e-30'],
    ['0.5e30', '5e29'],
  ])('%s becomes %s', (typed, printed) => {
    expect(toText(parsed(typed))).toBe(printed);
  });

  test('an exact fraction is a quotient, in brackets where it is not the first factor', () => {
    const fraction = number(3, 2);
    expect(toText(binary(fraction, '*', name('x')))).toBe('3/2*x');
    expect(toText(binary(name('x'), '*', fraction))).toBe('x*(3/2)');
    expect(toText(binary(name('x'), '^', fraction))).toBe('x^(3/2)');
    expect(toText(binary(fraction, '^', name('x')))).toBe('(3/2)^x');
  });

  test('a decimal that does not terminate is a fraction', () => {
    expect(toText({ kind: 'number', value: rational(1, 3), decimal: true })).toBe('1/3');
  });

  test('what a parser never makes is printed all the same', () => {
    expect(toText({ kind: 'sum', terms: [] })).toBe('0');
    expect(toText(binary(name('x'), '*', number(-3)))).toBe('x*(-3)');
    expect(toText(call('f'))).toBe('f()');
    expect(toText(call('constructor', name('__proto__')))).toBe('constructor(__proto__)');
  });

  test('every tree is read back as the same tree', () => {
    fc.assert(
      fc.property(expressions, (tree: Expression) => {
        expect(bare(parsed(toText(tree)))).toEqual(bare(tree));
      }),
      { numRuns: 1000 },
    );
  });
});
