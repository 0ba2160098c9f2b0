/** Which conditions does an expression come with, and which are settled by facts and signs? */
import { describe, expect, test } from 'vitest';
import { conditionsOf } from '../../src/elaborate/conditions.ts';
import { toText } from '../../src/print/text.ts';
import { askedFor, checked, worldOf } from './given.ts';

const given =
  'a, b in R; tau > 0; x, u in R^n; z in R^n, positive; nz in R^n, nonzero; y in R^n, onehot; P, Q in R^(n x n); M in R^(n x n), spd; V in R^(n x n), invertible; O in R^(n x n), orthogonal; X in R^(m x n); ';

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
  ['sqrt(x)', 'domain: x nonnegative (sqrt(x))'],
  ['grad(sum(sqrt(x)), x)', 'domain: x positive (sqrt(x))'],
  ["sqrt(x'*x + tau)"],
  ["grad(sqrt(x'*x), x)", "smooth: x nonzero (sqrt(x'*x))"],
  // A sum of squares is not 0 where its vector is not 0.
  ["log(x'*M*x)", "domain: x nonzero (log(x'*M*x))"],
  ["1/(x'*inv(M)*x)", "domain: x nonzero (1/(x'*inv(M)*x))"],
  ["1/(3*(x - u)'*M*(x - u)/tau)", "domain: x - u nonzero (1/(3*(x - u)'*M*(x - u)/tau))"],
  ["log(x'*x)", "domain: x nonzero (log(x'*x))"],
  ['log(sum((x - u).^2))', 'domain: x - u nonzero (log(sum((x - u).^2)))'],
  ["log(tr(P'*M*P))", "domain: P nonzero (log(tr(P'*M*P)))"],
  ["log(x'*X'*X*x)", "domain: X*x nonzero (log(x'*X'*X*x))"],
  ['log(dot(x, x))', 'domain: x nonzero (log(dot(x, x)))'],
  ["log(x'*P*x)", "domain: x'*P*x positive (log(x'*P*x))"],
  ["log(-x'*M*u)", "domain: -x'*M*u positive (log(-x'*M*u))"],
  ["log(a*x'*x)", "domain: a*x'*x positive (log(a*x'*x))"],
  ["log(det(X*X'))", "domain: X*X' invertible (log(det(X*X')))"],
  ['log(a/tau) + 1/(b*tau)', 'domain: a positive (log(a/tau))', 'domain: b nonzero (1/(b*tau))'],
  ["log(1 + x'*M*x/tau) + log(1 + erf(a)) + sqrt(1 + sin(a)) + 1/(exp(a) + exp(b)) + sqrt(log(2 + a^2))"],
  ['log(1 - exp(-tau)) + logit(1/(1 + tau)) + log(max(a, 1/10)) + log(clip(a, 1/10, 9/10)) + log(a^2 - a + 1)'],
  ['sqrt(a*(a + 2) + 1) + log(a*(a - 2*b) + 2*b^2 + 1) + sqrt((a + b)*(a - b) + 2*b^2)'],
  ['log((a + 1)*(a + 2) + 1) + sqrt((a + b)^2 - 2*a*b)'],
  ['log(a*(a + 2))', 'domain: a*(a + 2) positive (log(a*(a + 2)))'],
  ['sqrt((a + 1)*(a + 2) - 1)', 'domain: (a + 1)*(a + 2) - 1 nonnegative (sqrt((a + 1)*(a + 2) - 1))'],
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
  ['grad(log(abs(a)), a)', 'domain: a nonzero (log(abs(a)))'],
  ['log(x.^2)', 'domain: x nonzero (log(x.^2))'],
  ['x/norm2(x)', 'domain: x nonzero (x/norm2(x))'],
  ['sum(asin(x)) + sum(acos(tanh(x)))', 'domain: x unit (asin(x))'],
  ['grad(sum(asin(x)), x)', 'domain: x inside-unit (asin(x))'],
  ['asin(1) + acos(-1) + log(2) + lgamma(1/2)'],
  ['tan(a)', 'domain: cos(a) nonzero (tan(a))'],
  // Said of the parts, and of each once.
  ['inv(P*Q)', 'domain: P invertible (inv(P*Q))', 'domain: Q invertible (inv(P*Q))'],
  ["inv(P'*P) + inv(-P')", "domain: P invertible (inv(P'*P))"],
  ["inv(X*X')", "domain: X*X' invertible (inv(X*X'))"],
  [
    'inv([inv(P + M), 0; 0, Q])',
    'domain: Q invertible (inv([inv(P + M), 0; 0, Q]))',
    'domain: P + M invertible (inv(P + M))',
  ],
  ['inv([P, Q; zeros(n, n), M])', 'domain: P invertible (inv([P, Q; zeros(n, n), M]))'],
  ['inv([P, 0; Q, V])', 'domain: P invertible (inv([P, 0; Q, V]))'],
  ['inv([0, P; Q, 0])', 'domain: [0, P; Q, 0] invertible (inv([0, P; Q, 0]))'],
  ["inv([P, x; x', 0])", "domain: [P, x; x', 0] invertible (inv([P, x; x', 0]))"],
  ['inv([a, 1; 0, b])', 'domain: a nonzero (inv([a, 1; 0, b]))', 'domain: b nonzero (inv([a, 1; 0, b]))'],
  ['inv(kron(P, M)/a^2)', 'domain: P invertible (inv(kron(P, M)/a^2))', 'domain: a nonzero (kron(P, M)/a^2)'],
  ['inv(diag(x)*M)', 'domain: x nonzero (inv(diag(x)*M))'],
  ['inv(diag(diag(P)))', 'domain: diag(P) nonzero (inv(diag(diag(P))))'],
  ['logdet(P^3*V)', 'domain: P invertible (logdet(P^3*V))'],
  ['inv(P^0)'],
  ["1/(-a)^2 + x'/norm2(-x')", 'domain: a nonzero (1/(-a)^2)', "domain: x nonzero (x'/norm2(-x'))"],
  ['1./(x.*u) + 1./(x./u)', 'domain: x nonzero (1 ./ (x.*u))', 'domain: u nonzero (1 ./ (x.*u))'],
  ['x/norm2(tau*a*u)', 'domain: a nonzero (x/norm2(tau*a*u))', 'domain: u nonzero (x/norm2(tau*a*u))'],
  ['x/norm2(x.*u)', 'domain: x.*u nonzero (x/norm2(x.*u))'],
  // A matrix may be nilpotent.
  ['P/norm2(P^2)', 'domain: P^2 nonzero (P/norm2(P^2))'],
  ['P/norm2(P.^2)', 'domain: P nonzero (P/norm2(P.^2))'],
  ['log1p(a) + logit(a)', 'domain: 1 + a positive (log1p(a))', 'domain: a probability (logit(a))'],
  ['logit(sigmoid(a))'],
  ['lgamma(x) + digamma(z)', 'domain: x off-poles (lgamma(x))'],
  ['polygamma(a, tau) + polygamma(n, tau)', 'domain: a natural (polygamma(a, tau))'],
  ['clip(x, 0, 1) + clip(x, tau, a)', 'domain: a - tau nonnegative (clip(x, tau, a))'],
  ['h = log(x); g = h + 1; sum(g) + sum(h)', 'domain: x positive (log(x))'],
  ['f(s) = log(s); f(x)', 'domain: x positive (log(x))'],
  ['sum_j(log(x[j]))', 'domain: x[j] positive (log(x[j]))'],
  ['grad(sum(log(x)), x)', 'domain: x positive (log(x))'],
] as const)
  test(text, () => expect(conditionsIn(text)).toEqual(expected));

describe('kinks', () => {
  const kinks: readonly (readonly [f: string, ...first: string[]])[] = [
    ['sum(abs(x))', 'smooth: x nonzero (abs(x))'],
    ['sum(relu(x))', 'smooth: x nonzero (relu(x))'],
    ['sum(relu(x).^2) + norm2(x)^2 + abs(a)^3 + norm2(x)^4'],
    ['norm2(x)', 'smooth: x nonzero (norm2(x))'],
    ['norm2(nz) + norm2(y) + norm2(z)'],
    ['norm1(nz)', 'smooth: nz nonzero (norm1(nz))'],
    ['max(x)', 'smooth: x unique-maximum (max(x))'],
    ['min(x)', 'smooth: x unique-minimum (min(x))'],
    ['sum(max(x, 0))', 'smooth: x nonzero (max(x, 0))'],
    ['sum(max(x, u))', 'smooth: x - u nonzero (max(x, u))'],
    ['sum(max(x, x))'],
    ['sum(1[x > 0].*u)', 'smooth: x nonzero (1[x > 0])'],
    ['sum(floor(x))', 'smooth: x not-integer (floor(x))'],
    ['sum(clip(x, 0, 1))', 'smooth: x nonzero (clip(x, 0, 1))', 'smooth: x - 1 nonzero (clip(x, 0, 1))'],
    ['sum(huber(x, 1))'],
    ['r = norm2(x); r^2'],
  ];
  test.each(kinks)('%s has none itself', (f) => expect(conditionsIn(f)).toEqual([]));
  test.each(kinks)('the differential of %s', (f, ...first) => {
    const [, definition = '', e = f] = /^(r = .*?; )(.*)$/.exec(f) ?? [];
    expect(conditionsIn(`${definition}d(${e})`)).toEqual(first);
  });
  test.each([
    ['grad(relu(a)^2, a)'],
    ['hessian(relu(a)^2, a)', 'smooth: a nonzero (relu(a))'],
    ['hessian(relu(a)^3, a)'],
    ['jacobian(grad(relu(a)^2, a), a)', 'smooth: a nonzero (relu(a))'],
    ['g = grad(relu(a)^2, a); grad(g, a)', 'smooth: a nonzero (relu(a))'],
    ['hvp(sum(relu(x).^2), x, u)', 'smooth: x nonzero (relu(x))'],
    ['hessian(abs(a), a)', 'smooth: a nonzero (abs(a))'],
    ['hessian(abs(a)^3, a)'],
    ['jacobian(hessian(abs(a)^3, a), a)', 'smooth: a nonzero (abs(a))'],
    ['jacobian(hessian(abs(a)^4, a), a)'],
    ['grad(norm2(x)^3, x)'],
    ['hessian(norm2(x)^3, x)', 'smooth: x nonzero (norm2(x))'],
    ['hessian(norm2(x)^2, x)'],
    ['hessian(norm2(x)^5, x)'],
    ['grad(a^(3/2), a)', 'domain: a nonnegative (a^(3/2))'],
    ['hessian(a^(3/2), a)', 'domain: a positive (a^(3/2))'],
    ['hessian(huber(a, 1), a)', 'smooth: abs(a) - 1 nonzero (huber(a, 1))'],
    ['grad(abs(b)*a, a)'],
    ['grad(abs(b)*a, b)', 'smooth: b nonzero (abs(b))'],
    ['jacobian(grad(relu(a)^2*b, a), b)'],
    // What lies on one side of the kink does not cross it, but its second derivative may jump there.
    ['grad(relu(a^2), a) + grad(abs(a^2), a)'],
    ["grad(relu(x'*M*x), x)"],
    // The entries of what is binary vary through 0 all the same; of a simplex they are never negative.
    ['o in R^n, onehot; grad(sum(relu(o)), o)', 'smooth: o nonzero (relu(o))'],
    ['o in R^n, binary; d(sum(abs(o)))', 'smooth: o nonzero (abs(o))'],
    ['o in R^n, binary; grad(sum(abs(o))*a, a)'],
    ['o in R^n, simplex; grad(sum(relu(o)), o)'],
    ["hessian(relu(x'*M*x), x)", "smooth: x nonzero (relu(x'*M*x))"],
    ['grad(relu(relu(a)), a)', 'smooth: a nonzero (relu(a))'],
    ['grad(max(exp(a), 0), a)'],
    ['grad(sqrt(a^4), a) + hessian(sqrt(a^4), a) + grad((a^2)^(3/2), a)'],
    ['hessian(sqrt(relu(a)^4), a)', 'smooth: a nonzero (relu(a))'],
    ['grad(sqrt(a^2), a)', 'smooth: a nonzero (sqrt(a^2))'],
    ['jacobian(hessian((a^2)^(3/2), a), a)', 'smooth: a nonzero (sqrt(a^2))'],
    ["grad((x'*x)^(3/2), x)"],
    ["hessian((x'*x)^(3/2), x)", "smooth: x nonzero (sqrt(x'*x))"],
    [
      "hessian((relu(x)'*relu(x))^(3/2), x)",
      "smooth: relu(x) nonzero (sqrt(relu(x)'*relu(x)))",
      'smooth: x nonzero (relu(x))',
    ],
    ['hessian((2*relu(a))^2, a)', 'smooth: a nonzero (relu(a))'],
    ['grad((2*relu(a))^2, a)'],
    ['w = abs(a); grad(w*b, a)', 'smooth: a nonzero (abs(a))'],
    ['f(s) = abs(s); grad(f(a), a)', 'smooth: a nonzero (abs(a))'],
    // A factor that is 0 at the kink takes one derivative longer to show it.
    ['grad(a*relu(a), a) + grad(-2*relu(3*a)*a/b^2, a)', 'domain: b nonzero (2*relu(3*a)*a/b^2)'],
    ['hessian(a*relu(a), a)', 'smooth: a nonzero (relu(a))'],
    ['hessian(a^2*abs(a), a) + hessian(abs(a)*relu(a)*a, a)'],
    ['jacobian(hessian(a^2*abs(a), a), a)', 'smooth: a nonzero (abs(a))'],
    ['grad(a*1[a > 0], a)', 'smooth: a nonzero (1[a > 0])'],
    ['grad(a^2*1[a > 0], a)'],
    ['grad(relu(a)*1[a > 0], a)', 'smooth: a nonzero (relu(a))'],
    ['hessian(a*relu(a)^2, a)'],
    ['hessian((a*relu(a))^2, a) + jacobian(hessian((a*relu(a))^2, a), a)'],
    ['jacobian(jacobian(hessian((a*relu(a))^2, a), a), a)', 'smooth: a nonzero (relu(a))'],
    ['grad(a*(relu(a) + b), a) + grad((a - b)*max(b, a), a) + grad(sin(a)*relu(-a), a)'],
    ['grad(a*(relu(a) + b)^2, a)', 'smooth: a nonzero (relu(a))'],
    ['grad((a + 1)*relu(a), a)', 'smooth: a nonzero (relu(a))'],
    ['grad(a*relu(b*a), a)', 'smooth: b nonzero (relu(b*a))', 'smooth: a nonzero (relu(b*a))'],
    ['grad(b*a*relu(b*a), a)'],
    ['grad(sign(a)*relu(a), a)', 'smooth: a nonzero (sign(a))'],
    ["grad(x'*relu(x), x) + grad(sum(x.*relu(x)), x) + grad(sum_j(x[j]*relu(x[j])), x)"],
    ['grad(dot(x, relu(x)), x) + grad(dot(relu(x), x), x)'],
    ['grad(dot(P, relu(P)), P)'],
    ['grad(dot(u, relu(x)), x)', 'smooth: x nonzero (relu(x))'],
    ['hessian(dot(x, relu(x)), x)', 'smooth: x nonzero (relu(x))'],
    // |x|^(3/2) with a sign, whose derivative is a multiple of |x|^(1/2).
    ['grad(a*abs(a)^(1/2), a) + grad(a*sqrt(abs(a)), a) + hessian(a^2*abs(a)^(1/2), a)'],
    ['grad(sum(x.*abs(x).^(1/2)), x) + grad(sum((P*x).*sqrt(abs(P*x))), x)'],
    ['grad((a - 1)*abs(a - 1)^(1/2) + b*a*abs(a)^(1/3), a)'],
    ['hessian(a*sqrt(abs(a)), a)', 'smooth: a nonzero (sqrt(abs(a)))'],
    ['grad(b*abs(a)^(1/2), a)', 'smooth: a nonzero (abs(a)^(1/2))'],
    ['grad(a*sqrt(a), a)', 'domain: a nonnegative (sqrt(a))'],
    ['hessian(a*sqrt(a), a)', 'domain: a positive (sqrt(a))'],
    // It exists, but its form divides by |a|.
    ['grad(sin(a)*abs(a)^(1/2), a)', 'smooth: a nonzero (abs(a)^(1/2))'],
    ["hessian(x'*relu(x), x)", 'smooth: x nonzero (relu(x))'],
    ["grad(sum(P .* relu(x') .* x'), x)"],
    ["grad(sum((P .* relu(x')) .* x), x)", "smooth: x nonzero (relu(x'))"],
    ["grad(u'*relu(x), x)", 'smooth: x nonzero (relu(x))'],
    ["r = relu(X*x); grad((X*x)'*r, x)"],
    ['grad(x[1]*sum(relu(x)), x)', 'smooth: x nonzero (relu(x))'],
    ['grad(sum_j(x[j]*relu(x[i])), x)', 'smooth: x[i] nonzero (relu(x[i]))'],
    // Its Jacobian divides by the norm.
    ['jacobian(norm2(x)*x, x)', 'smooth: x nonzero (norm2(x))'],
    // Nothing varies.
    ['d(norm2([eye(n), eye(n)])) + d(abs(n - 3)) + d(max([1; 2]))'],
    // A size is a whole number of 1 or more: only what may be negative divides.
    ['a^n'],
    ['(-1)^n*a'],
    ['grad(a^(n - 1), a)'],
    ['a^(-n)', 'domain: a nonzero (a^(-n))'],
    ['a^(n - 2)', 'domain: a nonzero (a^(n - 2))'],
    ['a^(n/2)', 'domain: a positive (a^(n/2))'],
    ['a^b', 'domain: a positive (a^b)'],
    ['(-a^2)^(3/2)', 'domain: -a^2 nonnegative ((-a^2)^(3/2))'],
    ['grad((-a^2)^(3/2), a)', 'domain: -a^2 positive ((-a^2)^(3/2))'],
  ])('%s', (text, ...expected) => expect(conditionsIn(text)).toEqual(expected));
});

test('400 levels of kinks', () => {
  let text = 'x';
  for (let n = 0; n < 400; n++) text = `relu(${text} - 1)`;
  expect(conditionsIn(`d(${text})`)).toHaveLength(400);
});
