/** Claims about matrices that a proof sees in other words: names written out, and identities that answers have no use for. */
import { describe, expect, test } from 'vitest';
import { identities } from '../../rules/identities.ts';
import { otherWordings } from '../../src/decide/other-words.ts';
import { wordingRules } from '../../src/derive/compile.ts';
import { toText } from '../../src/print/text.ts';
import { checked, expression, worldOf } from '../elaborate/given.ts';
import { verdictOf } from './verdict-of.ts';

const square = 'A, B in R^(n x n); u, v in R^n';

describe('proved, and by what', () => {
  const rows: readonly (readonly [program: string, claim: string, how: string])[] = [
    ['A, B in R^(n x n); M = A*B', 'det(M) == det(B)*det(A)', 'determinant of a product'],
    ['A, B in R^(n x n); M = 2*A*B', 'logdet(M) == logdet(A) + logdet(B) + n*log(2)', 'log-determinant of a multiple'],
    ['A, B in R^(n x n); M = A*B', "inv(M)' == inv(A')*inv(B')", 'inverse of a product'],
    ['A, B in R^(n x n); M = A*B', "grad(logdet(M), A) == inv(A)'", 'log-determinant of a product'],
    [square, "inv(A + u*v') == inv(A) - inv(A)*u*v'*inv(A)/(1 + v'*inv(A)*u)", 'inverse of a rank-one update'],
    [square, "det(A - u*v') == det(A)*(1 - v'*inv(A)*u)", 'determinant of a rank-one update'],
    ['A in R^(n x m); B in R^(m x n)', 'det(I + A*B) == det(I + B*A)', 'determinant of I and a product'],
    ['X in R^(n x p)', "inv(I + X*X') == I - X*inv(I + X'*X)*X'", 'inverse pushed through a product'],
    [
      'A in R^(n x n); U in R^(n x p); C in R^(p x p); V in R^(p x n)',
      'inv(A + U*C*V) == inv(A) - inv(A)*U*inv(inv(C) + V*inv(A)*U)*V*inv(A)',
      'inverse of an update',
    ],
    [square, "det(I - 2*u*v') == 1 - 2*u'*v", 'determinant of a rank-one update of I'],
  ];
  test.each(rows)('%s | %s: %s', (program, claim, how) => {
    const verdict = verdictOf(program, claim);
    expect(verdict).toMatchObject({ verdict: 'proved' });
    expect((verdict as Extract<typeof verdict, { verdict: 'proved' }>).how).toContain(how);
  });
});

describe('refuted', () => {
  test.each([
    [square, "inv(A + u*v') == inv(A) - inv(A)*u*v'*inv(A)/(1 + u'*inv(A)*u)"],
    [square, "det(A + u*v') == det(A)*(1 + u'*inv(A)*u)"],
    ['A in R^(n x m); B in R^(m x n)', 'det(I + A*B) == det(I - B*A)'],
    ['x in R^n; y in R^m', "vec(x*y') == kron(x, y)"],
    ['A in R^(n x n); B in R^(p x p)', 'logdet(kron(A, B)) == n*logdet(A) + p*logdet(B)'],
  ])('%s | %s', (program, claim) => expect(verdictOf(program, claim)).toMatchObject({ verdict: 'refuted' }));
});

describe('what a claim is read as', () => {
  const readingsOf = (program: string, left: string, right: string): readonly string[] =>
    otherWordings(
      { left: expression(left), right: expression(right) },
      worldOf(checked(`${program}; check ${left} == ${right}`)),
      wordingRules(identities),
    ).map((reading) => `${toText(reading.left)} == ${toText(reading.right)}`);
  test('in so many ways at most', () => {
    const many = Array.from({ length: 9 }, (_, k) => `det(A + ${k + 2}*u*v')`).join(' + ');
    expect(readingsOf('A in R^(n x n), spd; u, v in R^n', many, '0').length).toBe(40);
  });
  test('an inverse that nothing grants is not put in', () => {
    expect(readingsOf(square, "det(A + u*v')", 'det(B)')).toEqual([]);
    expect(readingsOf(`${square}; B*inv(A)`, "det(A + u*v')", 'det(B)')).toEqual([]);
    expect(readingsOf('A in R^(n x n), spd; B in R^(n x n); u, v in R^n', "det(A + u*v')", 'det(B)')).not.toEqual([]);
  });
  test('an inverse that follows from a definition is put in', () => {
    const withShift = (shift: string): readonly string[] =>
      readingsOf(`B in R^(n x n); u, v in R^n; M = B*B'${shift}`, "det(M + u*v')", 'det(B)');
    expect(withShift(' + eye(n)').join()).toContain("inv(B*B' + eye(n))");
    expect(withShift('')).toEqual(["det(B*B' + u*v') == det(B)"]);
  });
  test('a name that a derivative is taken by stays, and so does one with indices of its own', () => {
    expect(readingsOf('A in R^(n x n); M = A*A', 'grad(logdet(M), M)', "inv(M)'")).toEqual([
      "grad(logdet(M), M) == inv(A*A)'",
    ]);
    expect(readingsOf('x in R^n; y[i] = x[i]^2', 'sum(y)', 'sum(x.*x)')).toEqual([]);
  });
});
