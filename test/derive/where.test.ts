/** Where does an answer hold, once the facts of names are used? */
import { describe, expect, test } from 'vitest';
import { parse } from '../../src/index.ts';
import { program as programOf, valueOf } from '../api/given.ts';

const given = [
  'x, y in R^n; a in R; t, s > 0; p in R^n, simplex; S in R^(n x n), spd; A in R^(n x n); X in R^(m x n)',
  'P in R^(n x n), idempotent; Q in R^(n x n), orthogonal; u, v in R^2',
].join('; ');
function asked(text: string) {
  const program = parse(given);
  return program.ok ? program.value.ask(text) : program;
}

describe('said', () => {
  test.each([
    ['grad(log(sum(p)), p)'],
    ['log(1 - t/(t + s))'],
    ['logit(t/(t + s))'],
    ['sqrt(1 - cos(a)^2)'],
    ["inv(Q'*Q)*x"],
    ['log(det(Q)^2)'],
    ["logdet(Q'*Q)"],
    ["grad(log(det(X'*X)), X)", "X'*X is invertible, for log(det(X'*X))"],
    ["inv(u*v' - v*u')", "u*v' - v*u' is invertible, for inv(u*v' - v*u')"],
    ['grad(det(A), A)', 'A is invertible, for inv(A)'],
    ["grad(logdet(A') + det(A), A)", "A is invertible, for logdet(A')"],
  ])('%s', (text, ...conditions) => {
    const answer = asked(text);
    expect(answer.ok && answer.value.conditions.map((condition) => condition.text)).toEqual(conditions);
  });
});

describe('refused, for a domain without points', () => {
  test.each([
    'log(sum(p) - 1)',
    'grad(sqrt(sum(p) - 2), p)',
    'inv(P - P*P)',
    "inv(Q'*Q - eye(n))",
    'log(1 - det(Q)^2)',
    '1/(cos(a)^2 + sin(a)^2 - 1)',
    // The answer would be a root of -1.
    'grad((-a^2)^(3/2), a)',
    'lgamma(sum(p) - 1)',
    'asin(sum(p) + 1)',
  ])('%s', (text) => {
    const answer = asked(text);
    expect(!answer.ok && answer.problem.kind).toBe('domain');
  });
  test.each(['log(sum(p))', 'sqrt(sum(p) - 1)', 'logdet(P)', 'grad((a^2)^(3/2), a)', 'lgamma(1 + sum(p))'])(
    'not %s',
    (text) => expect(asked(text).ok).toBe(true),
  );
});

describe('at numbers where there is no value, none is given', () => {
  test.each([
    ['x, y in R^3', 'y./x at x = [0; 1; 2], y = [0; 1; 1]', 'its entry 1 is 0'],
    ['x in R^3', 'x./x at x = [0; 1; 2]', 'its entry 1 is 0'],
    ['a, b in R', 'a/b at a = 0, b = 0', 'it is 0'],
    ['X, Y in R^(2 x 2)', 'X./Y at X = [0, 1; 1, 1], Y = [0, 2; 1, 1]', 'its entry 1, 1 is 0'],
    ['x, y in R^3', 'y.*log(x) at x = [0; 1; 2], y = [0; 1; 1]', 'its entry 1 is 0'],
    ['x in R^3', '[0; 1; 1]./[0; 1; 2]', 'its entry 1 is 0'],
  ])('%s; %s', (given, asked, why) => {
    const outcome = programOf(given).ask(asked);
    expect(outcome.ok ? outcome.value.text : outcome.problem.message).toMatch(new RegExp(`no value.*${why}$`));
  });
  test.each([
    ['x, y in R^3', 'y./x at x = [1; 1; 2], y = [0; 1; 1]', '[0; 1; 1/2]'],
    ['x in R^3', 'grad(prod(x), x) at x = [0; 1; 2]', '2*[1; 0; 0]'],
    ['x in R^2', 'grad(norm2(x), x) at x = [0; 1]', '[0; 1]'],
  ])('%s; %s', (given, asked, text) => {
    expect(valueOf(programOf(given).ask(asked)).text).toBe(text);
  });
});
