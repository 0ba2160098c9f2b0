import { describe, expect, test } from 'vitest';
import { parseProgram } from '../../src/parse/parse.ts';
import { statementToText } from '../../src/print/text.ts';

const program = `z in R^n
v in R^(1 x n)
A, B in R^(m x n), symmetric, invertible
x in R^(n + 1)
C in R^((m + 1) x (2*n))
s in R
tau > 0
k < 0, constant
w >= 0
u != 0
y in R^n, onehot at k
f : R^m -> R^n
g : R -> R^(m x n)
r = A*x + b - t
y[i] = exp(z[i])/sum_j(exp(z[j]))
f(s) = [s[1]*s[2]; s[1]]
p(s, t) = s*t
grad(f, A)
grad(h, s) at s = [1; 2], y = [1; 1; 1]
jacobian(s, x)[i,j] by cases
jacobian(s, x) at x = y by cases
check jacobian(y, z) == (1/tau)*(diag(y) - y*y')`;

describe('statements', () => {
  test.each(program.split('\n'))('%s is printed as it was typed', (text) => {
    const outcome = parseProgram(text);
    expect(outcome.ok && outcome.value.statements.map(statementToText)).toEqual([text]);
  });

  test('a declaration that says nothing is one of a scalar', () => {
    const names = [{ kind: 'name', name: 'a' }] as const;
    expect(statementToText({ kind: 'declaration', names, facts: [] })).toBe('a in R');
    expect(statementToText({ kind: 'declaration', names, facts: [{ fact: 'constant' }] })).toBe('a in R, constant');
  });
});
