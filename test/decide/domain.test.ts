/** A claim that is proved says where: what one of its sides needs and the other does not. */
import { describe, expect, test } from 'vitest';
import { toText } from '../../src/print/text.ts';
import { checked, expression } from '../elaborate/given.ts';
import { programEngine } from '../../src/derive/program-engine.ts';
import { standardCatalogue } from '../../src/derive/catalogue.ts';
import { conditionsBetween, isAboutSigns } from '../../src/decide/domain.ts';
import { holdsOf } from '../../src/evaluate/holds.ts';
import type { Need } from '../../rules/functions/index.ts';
import { verdictOf } from './verdict-of.ts';

function whereProved(program: string, claim: string): readonly string[] {
  const verdict = verdictOf(program, claim);
  if (verdict.verdict !== 'proved') throw new Error(JSON.stringify(verdict));
  return verdict.conditions.map(({ needs, of }) => `${toText(of)} ${needs}`);
}

describe('on a part of the domain', () => {
  test.each([
    ['x in R', 'log(x^2) == 2*log(x)', ['x positive']],
    ['x in R', '2*log(x) == log(x^2)', ['x positive']],
    ['x in R', 'exp(log(x)) == x', ['x positive']],
    ['x in R', 'x/x == 1', ['x nonzero']],
    ['x in R', 'sqrt(x)^2 == x', ['x nonnegative']],
    ['x, y in R', 'log(x*y) == log(x) + log(y)', ['x positive', 'y positive']],
    ['x, y in R', 'sqrt(x*y) == sqrt(x)*sqrt(y)', ['x nonnegative', 'y nonnegative']],
    ['x, y in R^n', 'sqrt(x.*y) == sqrt(x).*sqrt(y)', ['x nonnegative', 'y nonnegative']],
    ['x, y in R', 'log(x*y) == log(abs(x)) + log(abs(y))', ['x*y positive']],
    ['x, y in R^n', '(x.*y).^(3/2) == abs(x).^(3/2).*abs(y).^(3/2)', ['x.*y nonnegative']],
    ['x in R', '(x^2 - 1)/(x - 1) == x + 1', ['x - 1 nonzero']],
    ['x in R^n', '(1./x).*x == ones(n)', ['x nonzero']],
    ['x in R', 'log(100 - x) - log(100 - x) == 0', ['100 - x positive']],
    ['c in R; A in R^(n x n)', 'logdet(c*A) == n*log(c) + logdet(A)', ['c positive']],
    ['A in R^(n x n)', 'inv(A)*A == eye(n)', ['A invertible']],
    ['A in R^(n x n)', "grad(det(A), A) == det(A)*inv(A)'", ['A invertible']],
    ['x in R', 'grad(relu(x), x) == 1[x >= 0]', ['x nonzero']],
  ])('%s | %s', (program, claim, conditions) => {
    expect(whereProved(program, claim)).toEqual(conditions);
  });
});

describe('outright', () => {
  test.each([
    ['x in R^n', 'log(softmax(x)) == x - logsumexp(x)'],
    ['x in R', 'log(x^2) == 2*log(abs(x))'],
    ['x in R', 'sqrt(x^2 + 2*x + 1) == abs(x + 1)'],
    ['x, y > 0', 'log(x*y) == log(x) + log(y)'],
    ['a, b in R', '1/a + 1/b == (a + b)/(a*b)'],
    ['x in R', '1/(1 - x) == -1/(x - 1)'],
    ['x in R', 'x/x^2 == 1/x'],
    ['A, B in R^(n x n)', 'inv(A*B) == inv(B)*inv(A)'],
    ['A, B in R^(n x n)', "inv(A*B)' == inv(A')*inv(B')"],
    ['c in R; A in R^(n x n)', 'logdet(c*A) == n*log(abs(c)) + logdet(A)'],
    ['A in R^(n x n)', "grad(logdet(A), A) == inv(A)'"],
    ['u in R^n', "jacobian(u/norm2(u), u) == (eye(n) - u*u'/norm2(u)^2)/norm2(u)"],
    ['u in R^n', 'grad(norm2(u), u) == u/norm2(u)'],
    ['S in R^(n x n), spd', 'inv(S)*S == eye(n)'],
    ['x in R', 'log(exp(x)) == x'],
    // Facts that only the identity has together.
    ['D in R^(n x n), spd, orthogonal', 'tr(D) == n'],
    ['P in R^(n x n), permutation, diagonal', 'P == eye(n)'],
    ['P in R^(n x n), idempotent, invertible', 'P == eye(n)'],
    ['p in R^n, simplex', 'sign(p) == ones(n)'],
    ['x, y in R', '1[x > y]*1[x < y] == 0'],
    ['x in R', 'log(sigmoid(x)) == -softplus(-x)'],
    // What one side needs follows from what the other does.
    ['x, y in R', 'sqrt(x + y)^2 + log(x) + log(y) == x + y + log(x) + log(y)'],
    ['x, y in R', 'sqrt(x*y)^2 + log(x) + log(y) == x*y + log(x) + log(y)'],
  ])('%s | %s', (program, claim) => {
    expect(whereProved(program, claim)).toEqual([]);
  });
});

/** What two sides need that the other does not, whether they are equal or not. */
function between(program: string, left: string, right: string): readonly string[] {
  const known = checked(`${program}; ${left}; ${right}`);
  const { world } = programEngine(known, standardCatalogue());
  return conditionsBetween(expression(left), expression(right), { checked: known, world }).map(
    ({ needs, of, whole }) => `${toText(of)} ${needs}${whole ? ' as a whole' : ''}`,
  );
}

describe('what needs what', () => {
  const asking: readonly (readonly [Need, string])[] = [
    ['positive', 'log(x)'],
    ['nonnegative', 'sqrt(x)'],
    ['nonzero', '1/x'],
    ['unit', 'asin(x)'],
    ['inside-unit', 'grad(asin(x), x)'],
    ['probability', 'logit(x)'],
    ['off-poles', 'lgamma(x)'],
    ['not-integer', 'grad(floor(x), x)'],
    ['natural', 'polygamma(x, 1)'],
  ];
  const numbers = [-3, -2.5, -2, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3];
  const implies = (a: Need, b: Need): boolean => numbers.every((x) => !holdsOf[a](x) || holdsOf[b](x));
  test.each(asking.flatMap(([a, left]) => asking.map(([b, right]) => [a, b, left, right] as const)))(
    'of %s and %s what does not follow is said',
    (a, b, left, right) => {
      const wanted = [...(implies(b, a) ? [] : [a]), ...(implies(a, b) ? [] : [b])];
      expect(between('x in R', left, right)).toEqual(wanted.map((need) => `x ${need}`));
    },
  );
  test.each([
    ['max', 'maximum'],
    ['min', 'minimum'],
  ])('a place of the %s is one of its own', (fn, word) => {
    const grad = `sum(grad(${fn}(u), u))`;
    expect(between('u in R^n', grad, '1')).toEqual([`u unique-${word}`]);
    expect(between('u in R^n', grad, grad)).toEqual([]);
    expect(between('u in R^n', grad, 'sum(1./u)')).toEqual([`u unique-${word}`, 'u nonzero']);
  });
  test('are signs those of values', () => {
    const [domain, smooth] = (['domain', 'smooth'] as const).map((kind) =>
      (['positive', 'nonnegative', 'nonzero', 'invertible'] as const).map((needs) =>
        isAboutSigns({ kind, needs, of: expression('x'), because: '' }),
      ),
    );
    expect([domain, smooth]).toEqual([
      [true, true, false, false],
      [false, false, false, false],
    ]);
  });
});

describe('conditions in smaller parts', () => {
  const square = 'A, B in R^(n x n); C in R^(n x m); D in R^(m x n); c, x, y in R; u, v in R^n';
  test.each([
    // inverses
    ['inv(-A)', ['A invertible']],
    ["inv(A')", ['A invertible']],
    ['inv(inv(A))', ['A invertible']],
    ['inv(kron(A, B))', ['A invertible', 'B invertible']],
    ['inv(kron(C, D))', ['kron(C, D) invertible']],
    ['inv(A^3)', ['A invertible']],
    ['inv(A*B)', ['A invertible', 'B invertible']],
    ['inv(C*D)', ['C*D invertible']],
    ['inv(c*A)', ['c nonzero', 'A invertible']],
    ['inv(A*c)', ['A invertible', 'c nonzero']],
    ['inv(A/c)', ['A invertible', 'c nonzero']],
    ['inv(A + B)', ['A + B invertible']],
    ['inv(A.*B)', ['A.*B invertible']],
    ['inv(2*A)', ['A invertible']],
    ['inv(A*B*A)', ['A invertible', 'B invertible']],
    // reciprocals
    ['1/(-x)', ['x nonzero']],
    ['1/det(A)', ['A invertible']],
    ['1/det(c)', ['c nonzero']],
    ['1/abs(x)', ['x nonzero']],
    ['1/sqrt(x)', ['x positive']],
    ['1/(x*y)', ['x nonzero', 'y nonzero']],
    ['1/(x/y)', ['x nonzero', 'y nonzero']],
    ['1/x^2', ['x nonzero']],
    ['1/x^(-2)', ['x nonzero']],
    ["1/(u'*v)", ["u'*v nonzero"]],
    ['1./(u.*v)', ['u nonzero', 'v nonzero']],
    ['1./(x*u)', ['x nonzero', 'u nonzero']],
    ['1./(u.^2)', ['u nonzero']],
    ["1./(u')", ['u nonzero']],
    ['1./(A*B)', ['A*B nonzero']],
    ['1./(A.*B)', ['A nonzero', 'B nonzero']],
    ['1/sin(x)', ['sin(x) nonzero']],
    ['1/(x + y)', ['x + y nonzero']],
    ['1/norm2(u)', ['u nonzero as a whole']],
    ['1/(x*norm2(u))', ['x nonzero', 'u nonzero as a whole']],
    // signs
    ['log(x^2)', ['x nonzero']],
    ['log(x^3)', ['x positive']],
    ['log(x^(-2))', ['x nonzero']],
    ['sqrt(x^2)', []],
    ['sqrt(x^3)', ['x nonnegative']],
    ['log(u.^2)', ['u nonzero']],
    ['sqrt(u.^4)', []],
    ['sqrt(A^2)', ['A^2 nonnegative']],
    ["sqrt(u')", ['u nonnegative']],
    ['sqrt(-x)', ['-x nonnegative']],
    ['log(-x)', ['-x positive']],
    ['sqrt(x*y)', ['x*y nonnegative']],
  ])('%s exists where %j', (text, conditions) => {
    expect(between(square, text, '0')).toEqual(conditions);
    expect(between(square, '0', text)).toEqual(conditions);
  });
  test.each([
    ['x > 0', 'log(x) + sqrt(x) + 1/x'],
    ['x in R, nonnegative', 'sqrt(x)'],
    ['x in R, negative', '1/x'],
    ['x in R, nonzero', '1/x + log(x^2)'],
    ['A in R^(n x n), invertible', "tr(inv(A*A')) + 1/det(A)"],
    ['A in R^(n x n), spd', 'sum(inv(A + I)) + log(det(A))'],
    ['u in R^n, positive', 'sum(log(u)) + 1/sum(u) + 1/norm2(u)'],
  ])('what facts settle is not said: %s; %s', (program, text) => {
    expect(between(program, text, '0')).toEqual([]);
  });
  test.each([
    ['x in R, nonnegative', '1/x', ['x nonzero']],
    ['x in R, nonzero', 'log(x)', ['x positive']],
    ['u in R^n, nonzero', '1/norm2(u)', []],
    ['u in R^n, nonzero', 'sum(1./u)', ['u nonzero']],
  ])('what facts leave open is: %s; %s', (program, text, conditions) => {
    expect(between(program, text, '0')).toEqual(conditions);
  });
});

describe('what follows from the other side', () => {
  const names = 'x, y in R; p > 0; u in R^n; A, B in R^(n x n); C in R^(n x m); D in R^(m x n)';
  test.each([
    // of a product that is positive the factors are not 0; of one that is not negative they may be
    ['log(x*y)', '1/x', ['x*y positive']],
    ['sqrt(x*y)', '1/x', ['x*y nonnegative', 'x nonzero']],
    ['log(x*y)', '1/x + 1/y', ['x*y positive']],
    ['log(x + y)', '1/x', ['x + y positive', 'x nonzero']],
    // of factors and summands with a sign, the product and the sum have it
    ['log(x) + log(y)', 'sqrt(x + y)', ['x positive', 'y positive']],
    ['log(x) + log(y)', 'log(x*y) + log(x/y)', ['x positive', 'y positive']],
    ['log(x) + sqrt(y)', 'log(x*y)', ['x positive', 'y nonnegative', 'x*y positive']],
    ['sqrt(x) + sqrt(y)', 'sqrt(x*y)', ['x nonnegative', 'y nonnegative']],
    ['log(x) + log(y)', 'log(x - y)', ['x positive', 'y positive', 'x - y positive']],
    ['log(x)', 'log(x*p) + sqrt(x + p)', []],
    ['log(x)', 'sqrt(x) + log(x + p + x*p)', ['x positive']],
    ['log(x) + sqrt(y)', 'sqrt(x*y + p) + sqrt(x*y)', ['x positive', 'y nonnegative']],
    ['log(u)', 'sqrt(u.^y + u)', []],
    ['sqrt(u)', 'sqrt(u.^3 + u)', ['u nonnegative']],
    ['sqrt(x)', 'sqrt(x^3 + x)', ['x nonnegative']],
    ['sum(log(A))', 'sum(sqrt(A^(-1)))', ['A positive', 'A^(-1) nonnegative', 'A invertible']],
    ['log(x)', 'sqrt(x*y)', ['x positive', 'x*y nonnegative']],
    ['log(x) + log(y)', 'log(x^y)', ['y positive']],
    ['1/x + 1/y', '1/(x + y)', ['x nonzero', 'y nonzero', 'x + y nonzero']],
    // where zero is asked about the sign is of no matter, nor which way a matrix lies
    ['1/(x - y)', '1/(y - x)', []],
    ['sqrt(x - y)', 'sqrt(y - x)', ['x - y nonnegative', 'y - x nonnegative']],
    ['inv(A - B)', 'inv(B - A)', []],
    ['inv(C*D)', "inv(D'*C')", []],
    ["inv(C*D)'", "inv(C'*D')", ['C*D invertible', "C'*D' invertible"]],
    ['inv(A)', '1/det(A)*A', []],
    ['inv(A + B)', "inv(A' + B')", []],
    // entry by entry is more than as a whole
    ['1/norm2(u)', 'sum(1./u)', ['u nonzero']],
    // of two that say the same, one; and none that follows from the others
    ['log(x)', '1/y + 1/y^2', ['x positive', 'y nonzero']],
    ['0', 'log(x) + sqrt(x) + 1/x', ['x positive']],
    ['0', 'sqrt(x + y) + log(x) + log(y)', ['x positive', 'y positive']],
  ])('%s and %s', (left, right, conditions) => {
    expect(between(names, left, right)).toEqual(conditions);
  });
});
