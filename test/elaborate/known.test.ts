/** Which conditions are met by what is known, which are said more plainly, and which can never be met? */
import { describe, expect, test } from 'vitest';
import { conditionsOf } from '../../src/elaborate/conditions.ts';
import { refuseEmptyDomain } from '../../src/elaborate/known.ts';
import { toText } from '../../src/print/text.ts';
import { askedFor, checked, worldOf } from './given.ts';

const given = [
  'x, y in R^n; a in R; S, T in R^(n x n), spd; U in R^(m x m), spd; A in R^(n x n); B in R^(3 x 2); C in R^(m x n)',
  'K in R^(3 x 3), skew; K4 in R^(4 x 4), skew; D in R^(n x n), diagonal; e in R^n, onehot; q in R^n, simplex',
  "z in R^n, nonnegative; L in R^(n x n), lower; W in R^(n x 2); p = sigmoid(x); E = x*y'; ",
].join('; ');
const conditionsIn = (text: string) => {
  const program = checked(given + text);
  return { world: worldOf(program), found: conditionsOf(askedFor(program), program, worldOf(program)) };
};

describe('settled, and so not listed', () => {
  test.each([
    'log(1 - p)',
    'log(p) + log(1 - sigmoid(x))',
    '1./(1 + tanh(x))',
    "sqrt(1 + x'*inv(S)*x)",
    'inv(kron(S, U))',
    'inv(S.*T)',
    'logdet(S*T*S)',
    "inv(eye(m) + C*S*C')",
    'sum(log(q))',
    'log(det(S))',
    'norm2(inv(S)*S)',
    'asin(p) + acos(-p)',
  ])('%s', (text) => {
    const listed = conditionsIn(text).found.filter(({ of }) => toText(of) !== 'A');
    expect(listed.map(({ of, needs }) => `${toText(of)} ${needs}`)).toEqual([]);
  });
});
describe('listed', () => {
  test.each([
    ['log(x.^2)', 'x nonzero'],
    ['log(a^2)', 'a nonzero'],
    ['log(a^3)', 'a positive'],
    ['1/a^2', 'a nonzero'],
    ['1/norm2(x)^2', 'x nonzero whole'],
    ['log(z)', 'z positive'],
    ['log(1 - 2*p)', '1 - 2*p positive'],
    ['inv(L)', 'L invertible'],
    ['inv(kron(S, A))', 'A invertible'],
    ["inv(C*S*C')", "C*S*C' invertible"],
    ['inv(S - T)', 'S - T invertible'],
    ['x./e', 'e nonzero'],
  ])('%s: %s', (text, expected) => {
    const listed = conditionsIn(text).found.filter(({ kind }) => kind === 'domain');
    expect(listed.map(({ of, needs, whole }) => `${toText(of)} ${needs}${whole ? ' whole' : ''}`)).toEqual([expected]);
  });
});

describe('empty domains', () => {
  test.each([
    ["inv(x*y')", "inv(x*y') has no value: x*y' must be invertible, but its rank is at most 1 and it has n rows"],
    ['inv(E)', 'inv(E) has no value: E must be invertible, but its rank is at most 1 and it has n rows'],
    ["logdet(B*B')", "logdet(B*B') has no value: B*B' must be invertible, but its rank is at most 2 and it has 3 rows"],
    ["inv(W*W')", "inv(W*W') has no value: W*W' must be invertible, but its rank is at most 2 and it has n rows"],
    ['inv(K)', 'inv(K) has no value: K must be invertible, but it is skew-symmetric with 3 rows'],
    ['inv(A - A)', 'inv(A - A) has no value: A - A must be invertible, but it is 0'],
    ['sum(1./eye(n))', '1./eye(n) has no value: eye(n) must be other than 0, but some of its entries are 0'],
    ['D./D', 'D./D has no value: D must be other than 0, but some of its entries are 0'],
    ['1./L', '1./L has no value: L must be other than 0, but some of its entries are 0'],
    ['x./e', 'x./e has no value: e must be other than 0, but some of its entries are 0'],
    ['log(eye(n))', 'log(eye(n)) has no value: eye(n) must be positive, but some of its entries are 0'],
    ['sqrt(-x.^2 - 1)', 'sqrt(-x.^2 - 1) has no value: -x.^2 - 1 must be nonnegative, but it is negative'],
    ['log(-a^2)', 'log(-a^2) has no value: -a^2 must be positive, but it is nonpositive'],
    ['a/(a - a)', 'a/(a - a) has no value: a - a must be other than 0, but it is 0'],
    ['lgamma(0)*a', 'lgamma(0) has no value: 0 must be off the poles of Gamma, but it is one of them'],
    ['digamma(-n)', 'digamma(-n) has no value: -n must be off the poles of Gamma, but it is one of them'],
    ['polygamma(1/2, a)', 'polygamma(1/2, a) has no value: 1/2 must be a natural number, but it is 1/2'],
    ['polygamma(-1, a)', 'polygamma(-1, a) has no value: -1 must be a natural number, but it is negative'],
    ['0^a', '0^a has no value: 0 must be positive, but it is 0'],
    ['clip(a, 2, 1)', 'clip(a, 2, 1) has no value: 1 - 2 must be nonnegative, but it is negative'],
    [
      'inv(ones(n, n))',
      'inv(ones(n, n)) has no value: ones(n, n) must be invertible, but its rank is at most 1 and it has n rows',
    ],
    [
      "inv(eye(n) - ones(n)*ones(n)'/n)",
      "eye(n) - ones(n)*ones(n)'/n must be invertible, but its rank is at most n - 1 and it has n rows",
    ],
    [
      "logdet(eye(n) - C'*inv(C*C')*C)",
      "eye(n) - C'*inv(C*C')*C must be invertible, but its rank is at most n - m and it has n rows",
    ],
    ['inv(diag(A*ones(n)) - A)', 'diag(A*ones(n)) - A must be invertible, but its rows sum to 0'],
    ["inv(diag(A'*ones(n)) - A)", "diag(A'*ones(n)) - A must be invertible, but its columns sum to 0"],
    ['inv([A, A; A, A])', '[A, A; A, A] must be invertible, but its rank is at most n and it has 2*n rows'],
    [
      '1/delta(i,j)',
      '1/delta(i,j) has no value: delta(i,j) must be other than 0, but it is 0 at all positions but one',
    ],
    ['asin(2 + a^2)', 'asin(2 + a^2) has no value: 2 + a^2 must be between -1 and 1, but it is above 1'],
  ])('%s', (text, message) => {
    const { world, found } = conditionsIn(text);
    expect(() => refuseEmptyDomain(found, world)).toThrow(message);
  });
  test.each([
    'inv(A)',
    "inv(C*C')",
    "inv(C'*C)",
    'inv(K4)',
    'D/D[1,1]',
    '1/D[i,i]',
    '1/e[i]',
    '1./diag(D)',
    "inv(B'*B)",
    'sqrt(-a)',

    "inv(eye(n) + x*y')",
    "inv(W'*W)",
    'log(-a)',
    '1/eye(1)',
    'asin(1 + a)',
    'lgamma(-1/2)',
    'lgamma(-a^2)',
    'inv(ones(1, 1))',
    "inv(A.*(x*y'))",
    '1/D[i,j]',
    'sqrt(-a^2)',
    "inv(2*eye(n) - ones(n)*ones(n)'/n)",
    'inv(diag(A*ones(n)) + A)',
    "inv(C'*inv(C*C')*C)",
    'inv([A, A; A, S])',
    '1/(1 + delta(i,j))',
    '1/delta(1,1)',
  ])('%s may have a value', (text) => {
    const { world, found } = conditionsIn(text);
    expect(() => refuseEmptyDomain(found, world)).not.toThrow();
  });
});
