/** Which conditions does an expression come with, and which are settled by facts and signs? */
import { expect, test } from 'vitest';
import { conditionsOf } from '../../src/elaborate/conditions.ts';
import { toText } from '../../src/print/text.ts';
import { askedFor, checked, worldOf } from './given.ts';

const given =
  'a in R; tau > 0; x, u in R^n; z in R^n, positive; nz in R^n, nonzero; y in R^n, onehot; P, Q in R^(n x n); M in R^(n x n), spd; V in R^(n x n), invertible; O in R^(n x n), orthogonal; X in R^(m x n); ';

const conditionsIn = (text: string): readonly string[] => {
  const program = checked(given + text);
  return conditionsOf(askedFor(program), program, worldOf(program)).map(
    ({ kind, needs, of, because }) => `${kind}: ${toText(of)} ${needs} (${because})`,
  );
};

for (const [text, ...expected] of [
  ['log(x)', 'domain: x positive (log(x))'],
  ['log(z) + log(exp(x)) + log(1 + exp(x)) + log(softmax(x))'],
  ['x/tau + a'],
  ['x/a', 'domain: a nonzero (x/a)'],
  ['x./u', 'domain: u nonzero (x./u)'],
  ['1/(1 + exp(-a))'],
  ['sqrt(x)', 'domain: x nonnegative (sqrt(x))', 'smooth: x positive (sqrt(x))'],
  ["sqrt(x'*x + tau)"],
  ["sqrt(x'*x)", "smooth: x'*x positive (sqrt(x'*x))"],
  ['x.^1.5', 'domain: x nonnegative (x.^1.5)'],
  ['x.^(-1/2)', 'domain: x positive (x.^(-1/2))'],
  ['x.^-1', 'domain: x nonzero (x.^(-1))'],
  ['x.^a', 'domain: x positive (x.^a)'],
  ['z.^a + x.^3'],
  ['inv(P)', 'domain: P invertible (inv(P))'],
  ['P^-2', 'domain: P invertible (P^(-2))'],
  ["inv(M) + inv(V) + inv(O) + logdet(M) + inv(V*M) + inv(2*V')"],
  ["inv(X'*X + tau*eye(n))"],
  ["inv(X*M*X' + I*tau)"],
  ["inv(X'*X)", "domain: X'*X invertible (inv(X'*X))"],
  ['log(abs(det(P)))', 'domain: P invertible (log(abs(det(P))))'],
  ['log(det(P)) + log(det(M))', 'domain: det(P) positive (log(det(P)))'],
  ['log(abs(a))', 'domain: a nonzero (log(abs(a)))'],
  ['sum(abs(x))', 'smooth: x nonzero (abs(x))'],
  ['sum(relu(x))', 'smooth: x nonzero (relu(x))'],
  ['sum(relu(x).^2) + norm2(x)^2 + abs(a)^3'],
  ['norm2(x)', 'smooth: x nonzero (norm2(x))'],
  ['norm2(nz) + norm2(y) + norm2(z)'],
  ['norm1(nz)', 'smooth: nz nonzero (norm1(nz))'],
  ['x/norm2(x)', 'domain: x nonzero (x/norm2(x))'],
  ['max(x)', 'smooth: x unique-maximum (max(x))'],
  ['max(x, 0)', 'smooth: x nonzero (max(x, 0))'],
  ['max(x, u)', 'smooth: x - u nonzero (max(x, u))'],
  ['1[x > 0].*u', 'smooth: x nonzero (1[x > 0])'],
  ['sum(asin(x)) + sum(acos(tanh(x)))', 'domain: x inside-unit (asin(x))'],
  ['tan(a)', 'domain: cos(a) nonzero (tan(a))'],
  ['h = log(x); g = h + 1; sum(g) + sum(h)', 'domain: x positive (log(x))'],
  ['f(s) = log(s); f(x)', 'domain: x positive (log(x))'],
  ['r = norm2(x); r^2'],
  ['sum_j(log(x[j]))', 'domain: x[j] positive (log(x[j]))'],
  ['grad(sum(log(x)), x)', 'domain: x positive (log(x))'],
] as const)
  test(text, () => expect(conditionsIn(text)).toEqual(expected));

test('600 levels of kinks', () => {
  let text = 'x';
  for (let n = 0; n < 600; n++) text = `relu(${text})`;
  expect(conditionsIn(text)).toHaveLength(600);
});
