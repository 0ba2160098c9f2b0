/** The traps that the prototypes fell into (DESIGN.md, “Traps met”), each with its way out. */
import { describe, expect, test } from 'vitest';
import { sizes } from '../fuzz/generate.ts';
import { judge } from '../fuzz/judge.ts';
import { answerTo, textOf } from './simplify-given.ts';

const faults = (program: string): readonly string[] =>
  judge(program, { sizes }).findings.map(({ fault, detail }) => `${fault}: ${detail}`);

describe('names', () => {
  test('do not fold inside their own definitions: gradients would be zero, or never end', () => {
    expect(faults('x in R^n; A in R^(n x n); y = softmax(A*x); jacobian(y, x)')).toEqual([]);
    expect(textOf('x in R^n; y = softmax(x); jacobian(y, x)')).toBe("diag(y) - y*y'");
    expect(textOf('x in R^n; q = sum(x.^2); r = q^2; grad(r, x)')).toBe('4*q*x');
  });
  test('that are aliases do not rename what they stand for', () => {
    const { text } = answerTo('x in R^n; s = softmax(x); f3 = s; jacobian(s, x)');
    expect(text).toContain('s');
    expect(text).not.toContain('f3');
  });
  test('of even powers are not folded as if roots were unique: sum(x) is not (sum(x)^4)^(1/4)', () => {
    const program = 'x in R^n; f = sum(x)^4; grad(f, x)';
    expect(textOf(program)).toBe('4*sum(x)^3*ones(n)');
    expect(faults(program)).toEqual([]);
  });
  test('of the program are not given to parts of answers', () => {
    const taken = ['q', 'r', 's', 'u', 'v', 'w', 't'];
    const { names } = answerTo(
      `x in R^n; A in R^(n x n); b in R^n; ${taken.join(', ')} in R^n; hessian(logsumexp(A*x + b)*sum(q), x)`,
    );
    expect(names.filter((name) => taken.includes(name))).toEqual([]);
  });
});

describe('contractions', () => {
  test('match some of the factors: the rows of Y sum to 1 inside a longer sum', () => {
    expect(textOf('Y in R^(m x n), simplex; sum(Y)')).toBe('m');
    expect(textOf('Y in R^(m x n), simplex; x in R^m; sum(diag(x)*Y)')).toBe('sum(x)');
  });
  test('match part of a longer product: O = P*V inside G*P*V', () => {
    expect(textOf('P in R^(n x m); V in R^(m x p); G in R^(n x n); O = P*V; G*P*V')).toBe('G*O');
  });
  test('let pattern indices coincide, bound ones not: tr(inv(X)*X) is n, tr(X) is not 1', () => {
    expect(textOf('X in R^(n x n), invertible; tr(inv(X)*X)')).toBe('n');
    expect(textOf('Y in R^(n x n), simplex; tr(Y)')).toBe('tr(Y)');
  });
});

describe('signs', () => {
  test('cancel: (x - 1)*(1 - x) + (x - 1)^2 is 0', () => {
    expect(textOf('x in R; (x - 1)*(1 - x) + (x - 1)^2')).toBe('0');
  });
  test("stay in front: -2*(T - U*V')*V", () => {
    expect(textOf("T in R^(n x m); U in R^(n x p); V in R^(m x p); grad(norm2(T - U*V')^2, U)")).toBe(
      "-2*(T - U*V')*V",
    );
  });
});

describe('scalars', () => {
  test('may stand anywhere in a product, though * is not associative then', () => {
    expect(textOf("a in R; x in R^n; x'*(a*x)")).toBe("a*(x'*x)");
    expect(faults("a in R; x in R^n; jacobian((x'*(a*x))*x, x)")).toEqual([]);
  });
  test('are not printed where a matrix of ones is meant: I - 1/n is something else', () => {
    expect(faults("x in R^n; eye(n) - ones(n)*ones(n)'/n + 0*x*x'")).toEqual([]);
    expect(faults('x in R^n; jacobian(x - mean(x), x)')).toEqual([]);
  });
});

describe('cancellation', () => {
  test('comes before choosing a form: p ./ p does not stay', () => {
    const text = textOf("z in R^n; y in R^n, onehot; p = softmax(z); grad(-y'*log(p) + 1/2*norm2(p - y)^2, z)");
    expect(text).not.toContain('./ p');
    expect(text).not.toContain('./p');
  });
  test('sees through transposes and entrywise functions', () => {
    expect(textOf("h in R^n; (h.^2)' - (h').^2")).toBe('zeros(1, n)');
    expect(textOf("h in R^n; softmax(h')' - softmax(h)")).toBe('zeros(n)');
    expect(textOf("h in R^n; (h.^2)'")).toBe(textOf("h in R^n; (h').^2"));
  });
});

describe('sums', () => {
  test('are not multiplied out: A*x + b - t survives', () => {
    expect(textOf('x in R^n; A in R^(m x n); b, t in R^m; grad(1/2*norm2(A*x + b - t)^2, x)')).toBe("A'*(A*x + b - t)");
  });
  test('stand in the order in which they were written', () => {
    expect(textOf('x in R^n; A in R^(m x n); b in R^m; grad(1/2*norm2(b - A*x)^2, x)')).toBe("-A'*(b - A*x)");
  });
});
