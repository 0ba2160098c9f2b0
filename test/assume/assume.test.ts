/** What is known of terms and definitions: many that hold, many that do not, and never a yes that numbers contradict. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '../../src/index.ts';
import { describe, expect, test } from 'vitest';
import * as assume from '../../src/assume/assume.ts';
import { extent, type NumericArray, largestRelativeError } from '../../src/evaluate/array.ts';
import { determinant, inverse, multiply, transpose } from '../../src/evaluate/linear-algebra.ts';
import { randomNumbers } from '../../src/evaluate/points.ts';
import * as Q from '../../src/basics/rational.ts';
import { rangeOf, type Sign } from '../../src/terms/sign.ts';
import { Refusal } from '../../src/basics/problem.ts';
import { matrixOf, numbersOf, sizes, valueOf } from './given.ts';
import { checked, expression, worldOf } from '../elaborate/given.ts';
import { told } from './told.ts';

type Known = 'yes' | 'no' | 'unknown';
const table = (
  title: string,
  ask: (text: string) => assume.Answer<unknown>,
  rows: Readonly<Partial<Record<Known, readonly string[]>>>,
): unknown =>
  describe(title, () => {
    for (const [known, texts] of Object.entries(rows))
      test.each(texts)(`${known}: %s`, (text) => expect(ask(text).known).toBe(known));
  });

table('symmetric', (text) => assume.isSymmetric(matrixOf(text)), {
  yes: [
    'S',
    'Z',
    'D',
    'M',
    'H',
    'P',
    'J',
    'inv(J)',
    "A*B*A + (A*B*A)'",
    "X'*X",
    "X'*U*X",
    'S*S',
    'S*T*S',
    'inv(M)',
    "diag(x) - x*x'",
    'M.*S',
    "kron(X'*X, X'*X)",
    'H*S*H',
    'eye(n)',
    'ones(n, n)',
    'J2',
    'M^3',
  ],
  unknown: ['A', 'A*A', 'S*T', "x*u'", 'V', 'M*S', 'L', 'K', 'Q', 'M*H'],
});
table('skew', (text) => assume.isSkew(matrixOf(text)), {
  yes: ['K', '2*K', "A - A'", "X'*0*X + K", "B*K*B'", 'inv(K)', "x*u' - u*x'", "K + A - A'", 'diag(x)*K*diag(x)'],
  unknown: ['A', 'S', "A + A'", "x*u'", 'K*K', 'K*S', 'K.*K', 'S + K'],
});
table('definite', (text) => assume.isDefinite(matrixOf(text)), {
  yes: [
    'S',
    'inv(S)',
    'S + T',
    'tau*S',
    'J',
    "A'*A + tau*eye(n)",
    "V'*S*V",
    'S.*T',
    'kron(S, U)',
    "inv(S + X'*X)",
    "inv(X'*X)",

    'G',
    'diag(pos)',
    'diag(exp(x))',
    'S*T*S',
    'S*S',
    'eye(n)',
    'S/tau',
    "S + x*x'",
    'G*S*G',
    "inv(A'*A)",
    'S.^2',
    'S/tau + H',
    'diag(p.*(1 - p)) + tau*eye(n)',
    "Q*S*Q'",
    '(1 + a^2)*S',
    "R'*R",
    "V*V'",
  ],
  unknown: [
    'A',
    'Z',
    'M',
    "X'*X",
    'S - T',
    'a*S',
    'H',
    'P',
    'S*T',
    'S + K',
    'D',
    'diag(x)',
    "x*x'",
    '-S',
    "A*S*A'",
    'S + Z',
    "S - x*x'",
    'ones(n, n)',
    "Y*U*Y'",
    "L*L'",
    'S.*Z',
    'S - tau*eye(n)',
    'kron(S, Z)',
    "S + x*u'",
    'E',
    'Q',
    // Reciprocals and roots of entries are no products of definite matrices.
    '1./S',
    'S./T',
    'S.^(1/2)',
  ],
});
table('semidefinite', (text) => assume.isSemidefinite(matrixOf(text)), {
  yes: [
    "X'*X",
    "Y*U*Y'",
    'H',
    'P',
    "x*x'",
    'ones(n, n)',
    "X'*X + x*x'",
    "A*S*A'",
    "(x*x').*S",
    "kron(S, X'*X)",
    'a^2*S',
    'diag(b)',
  ],
  unknown: ["X'*X - x*x'", 'a*S', "-x*x'", 'Z', 'M', "x*u' + u*x'", 'E', 'H - S', 'diag(x)*S*diag(u)'],
});
table('invertible', (text) => assume.isInvertible(matrixOf(text)), {
  yes: [
    'V',
    'S',
    'Q',
    'inv(A)',
    "V'",
    '2*V',
    'k*V',
    'V*S*Q',
    'S + K',
    'eye(n) + K',
    'eye(n) - K',
    '-S - T',
    'kron(V, U)',
    'G',
    'R',
    'F',
    'diag(pos)',
    "A'*A + S",
    'V*diag(exp(x))',
    "inv(X'*X)",
    'R*V',
    "-(S + x*x')",
  ],
  no: [
    "x*u'",
    'ones(n, n)',
    "x*u' - x*u'",
    'zeros(n, n)',
    "x*u' + u*x'",
    'diag(x)*ones(n, n)',
    "A*x*u'",
    "(x*u')*A",
    "v*(A'*x)'",
    'H',
    "eye(m) - X*inv(X'*X)*X'",
    '[A, A; A, A]',
  ],
  unknown: [
    'A',
    'Z',
    'L',
    'D',
    'a*V',
    'V + S',
    "X'*X",
    'E',
    'K',
    'Y*X',
    'N',
    'diag(x)',
    'S - T',
    'V.*V',
    "eye(n) + x*u'",
    'C',
  ],
});
table('idempotent', (text) => assume.isIdempotent(matrixOf(text)), {
  yes: [
    'E',
    'H',
    'P',
    'eye(n)',
    'eye(n) - H',
    'eye(n) - E',
    'ones(n, n)/n',
    "x*x'/(x'*x)",
    "x*u'/(u'*x)",
    "X*inv(X'*X)*X'",
    'eye(m) - P',
    "X*inv(X'*U*X)*X'*U",
    'X*inv(Y*X)*Y',
  ],
  unknown: [
    'A',
    '2*E',
    '-H',
    "x*x'",
    'Q',
    'S',
    "x*u'/(x'*x)",
    "X*inv(X'*X)*Y",
    'eye(n) + H',
    "X*inv(X'*U*X)*X'",
    'F',
    'D',
  ],
});
table('nonzero', (text) => assume.isNonzero(valueOf(text).term), {
  yes: ['tau', 'k', 'exp(a)', '-1 - a^2', '1 + a^2', 'n', 'det(S)', 'tr(S)', '1/a', 'k*tau'],
  no: ["tr(A) - tr(A')", "x'*K*x", 'tr(K)', '0*a'],
  unknown: ['a', 'a - 1', "x'*x", 'det(A)', 'tr(A)', "x'*S*x", 'sum(x)', 'k + tau', 'a^2'],
});
table('integer', (text) => assume.isInteger(valueOf(text).term), {
  yes: ['n', '2*n*m - 3', 'y', "b'*y", 'sign(a)', '1[a > 0]', 'n^2', 'tr(F)', 'abs(sign(a))', 'det(F)'],
  unknown: ['a', 'n/2', '1/n', 'a*n', 'exp(n)', 'x', "b'*x", 'sqrt(n)'],
});

describe('triangular and diagonal matrices by the signs of their entries', () => {
  const given = (facts: string): assume.Matrix => {
    const world = worldOf(checked(`X in R^(n x n), ${facts}`));
    const { term, axes } = world.evaluate(expression('X'));
    return { term, rows: axes[0]!, columns: axes[1]! };
  };
  test.each([
    ['diagonal, nonnegative', ['unknown', 'yes', 'unknown']],
    ['diagonal, positive', ['yes', 'yes', 'yes']],
    ['diagonal, negative', ['unknown', 'unknown', 'yes']],
    ['diagonal, pm1', ['unknown', 'unknown', 'yes']],
    ['lower, pm1', ['unknown', 'unknown', 'yes']],
    ['upper, pm1', ['unknown', 'unknown', 'yes']],
    ['upper, nonnegative', ['unknown', 'unknown', 'unknown']],
    ['pm1', ['unknown', 'unknown', 'unknown']],
  ] as const)('%s: definite, semidefinite, invertible: %j', (facts, known) => {
    const m = given(facts);
    expect([assume.isDefinite(m), assume.isSemidefinite(m), assume.isInvertible(m)].map((a) => a.known)).toEqual(known);
  });
});

describe('signs', () => {
  test.each([
    ['1 - p', 'positive'],
    ['p - 1', 'negative'],
    ['1 - p.^2', 'positive'],
    ['2 - tanh(a)', 'positive'],
    ['1 - tanh(a)^2', 'positive'],
    ['p.*(1 - p)', 'positive'],
    ['1 - sin(a)', 'nonnegative'],
    ['-a^2', 'nonpositive'],
    ['-a^2 - 1', 'negative'],
    ['1 - b', 'nonnegative'],
    ['cosh(a) - 1', 'nonnegative'],
    ["x'*S*x", 'nonnegative'],
    ["x'*inv(S)*x", 'nonnegative'],
    ["x'*A'*A*x", 'nonnegative'],
    ["x'*A'*S*A*x", 'nonnegative'],
    ["tr(A'*S*A)", 'nonnegative'],
    ["-x'*S*x - 1", 'negative'],
    ["x'*S*x + tau", 'positive'],
    ['tr(S)', 'positive'],
    ['det(S)', 'positive'],
    ['det(S + T)', 'positive'],
    ["det(X'*X)", 'nonnegative'],
    ["x'*K*x", 'zero'],
    ["x'*A'*K*A*x", 'zero'],
    ['a', 'unknown'],
    ['a - 1', 'unknown'],
    ['p - 1/2', 'unknown'],
    ['1 - a^2', 'unknown'],
    ['1 - 2*p', 'unknown'],
    ['2 - cosh(a)', 'unknown'],
    ["x'*A*x", 'unknown'],
    ["x'*S*u", 'unknown'],
    ['tr(A*A)', 'unknown'],
    ['S', 'unknown'],
    ['G', 'nonnegative'],
    ['D', 'unknown'],
    ['C', 'nonnegative'],
    ['1 - C', 'nonnegative'],
    ['1 - W', 'nonnegative'],
    ['tr(S*Z)', 'unknown'],
    ['tr(K*Z)', 'zero'],
    ['tr(K*A)', 'unknown'],
    // Monotone functions, powers, products between ends.
    ["log(2 + x'*x)", 'positive'],
    ["log(1 + x'*x)", 'nonnegative'],
    ["log(x'*x)", 'unknown'],
    ['1 - exp(-tau)', 'positive'],
    ['exp(tau) - 1', 'positive'],
    ['exp(a) - 1', 'unknown'],
    ['1 - 1/(1 + tau)', 'positive'],
    ['1 - 1/(1 + a)', 'unknown'],
    ['1 - exp(a)/(exp(a) + exp(s))', 'positive'],
    ['1 - a/(a + tau)', 'unknown'],
    ['sqrt(1 + a^2) - 1', 'nonnegative'],
    ['2 + sin(a)*cos(s)', 'positive'],
    ['1 + sin(a)*cos(s)', 'nonnegative'],
    ['atan(tau)', 'positive'],
    ['2 + atan(a)', 'positive'],
    ['1 + atan(a)', 'unknown'],
    ['log(sigmoid(a))', 'negative'],
    ['softplus(tau) - 1/2', 'positive'],
    ['max(a, 1)', 'positive'],
    ['max(a, tau)', 'positive'],
    ['max(a, s)', 'unknown'],
    ['min(a, -1)', 'negative'],
    ['min(tau, 1)', 'positive'],
    ['clip(a, 1, 2)', 'positive'],
    ['clip(a, 0, 2)', 'nonnegative'],
    ['floor(tau)', 'nonnegative'],
    ['sigmoid(exp(a)) - 1/2', 'positive'],
    ['sigmoid(a) - 1/2', 'unknown'],
    // Sums of squares.
    ['a^2 + 2*a + 2', 'positive'],
    ['a^2 + 2*a + 1', 'nonnegative'],
    ['a^2 + 2*a', 'unknown'],
    ['a^2 - 2*a*s + s^2', 'nonnegative'],
    ['a^2 - 2*a*s + 2*s^2 + 1', 'positive'],
    ['a^2 - 3*a*s + s^2', 'unknown'],
    ['a^2 - 2*a + 1 + tau', 'positive'],
    ['tau^2 - 2*tau + 2', 'positive'],
    ['a*s', 'unknown'],
    ['a^2 + a*s + s^2 - s', 'unknown'],
    ['-a^2 + 2*a - 1', 'nonpositive'],
    // Not zero as a whole.
    ['C*pos', 'positive'],
    ["y'*pos", 'positive'],
    ['N*pos', 'nonnegative'],
    ['C*N*pos', 'nonnegative'],
    ["b'*pos", 'nonnegative'],
    ["y'*x", 'unknown'],
    ['tr(inv(S))', 'positive'],
    ['inv(S)', 'unknown'],
    ['tr(inv(V))', 'unknown'],
    // A definite matrix against what is not zero.
    ['tr(S*T)', 'positive'],
    ['sum(S)', 'positive'],
    ["pos'*S*pos", 'positive'],
    ["tr(S*X'*X)", 'nonnegative'],
    ['sum(Z)', 'unknown'],
    ['2*b - 1', 'nonzero'],
    ['2*n + 1 - 4*b', 'nonzero'],
    ['3*b - 1', 'unknown'],
    ['2*a - 1', 'unknown'],
  ])('%s is %s', (text, sign) => {
    const found = assume.sign(valueOf(text).term);
    expect(found.known === 'yes' ? found.value : 'unknown').toBe(sign);
  });
});

describe('ranks', () => {
  test.each([
    ["x*u'", ['1']],
    ["x*u' + u*v'", ['2', 'n']],
    ["X'*X", ['n', 'm']],
    ['A', ['n']],
    ['ones(n, n)', ['1']],
    ["diag(x)*u*v'", ['1']],
    ["(x*u').*A", ['n']],
    ['eye(n)', ['n']],
    ["eye(n) - x*u'", ['n']],
    ['zeros(n, n)', ['0']],
    // A projection has the rank of its trace.
    ['H', ['n - 1']],
    ['eye(n) - H', ['1']],
    ["eye(n) - x*x'/(x'*x)", ['n - 1']],
    ["eye(m) - X*inv(X'*X)*X'", ['m - n']],
    ["2*eye(n) - x*x'/(x'*x)", ['n']],
    // Blocks that share rows or columns.
    ['[A, A; A, A]', ['n']],
    ["[A, X'; zeros(m, n), zeros(m, m)]", ['n']],
    ['[A, S; A, S]', ['n']],
    ['[A, A; A, S]', ['2*n']],
    ["[A, x; x', 0]", ['n + 1']],
  ])('%s', (text, bounds) => {
    expect(
      assume
        .rankAtMost(matrixOf(text))
        .map(({ key }) => key)
        .toSorted(),
    ).toEqual([...bounds].toSorted());
  });
});

test('of matrices that are not square nothing of the kind is said', () => {
  for (const text of ['X', 'kron(A^2, x)', "X*inv(X'*X)", 'X + X', "K*X'", 'kron(K, x)', "S*X'", 'W', 'ones(m, n)'])
    for (const ask of [
      assume.isInvertible,
      assume.isDefinite,
      assume.isSemidefinite,
      assume.isSkew,
      assume.isIdempotent,
    ])
      expect(ask(matrixOf(text)).known, text).not.toBe('yes');
});

describe('reasons', () => {
  test('name the facts and the inferences', () => {
    const found = assume.isDefinite(matrixOf("inv(S + X'*X)"));
    if (found.known !== 'yes') throw new Error('it is definite');
    expect(assume.factsBehind(found.because)).toEqual([{ kind: 'fact', fact: 'spd', of: 'S' }]);
    expect(assume.inferencesIn(found.because)).toEqual([
      'definite inverse',
      'sum of semidefinite matrices',
      'congruence',
    ]);
  });
});

// ---- never a yes that numbers contradict

describe('signs and ranges hold at random points', () => {
  const random = randomNumbers(1234);
  const numbers = ['a', 's', 'tau', 'k', "x'*x", "x'*S*x", 'det(S)', '1', '2', '1/3', 'p[1]', 'b[1]', "y'*pos", 'n'];
  const functions = (
    'exp sin cos tanh sigmoid softplus atan erf normcdf abs relu sign floor sinh cosh erfc expm1 asin acos log log1p ' +
    'sqrt logit'
  ).split(' ');
  const unary = (e: string): string[] => functions.map((f) => `${f}(${e})`);
  const shapes = ['(E + F)', '(E - F)', '(E)*(F)', '(E)^2', '1/(E)', 'max(E, F)', 'min(E, F)', '(2 - E)', '(E)^(1/2)'];
  const grow = (depth: number): string => {
    if (depth === 0) return numbers[random.below(numbers.length)]!;
    const [e, f] = [grow(random.below(depth)), grow(random.below(depth))];
    const all = [...shapes, '(E)^2 - 2*(E)*(F) + 2*(F)^2'].map((shape) =>
      shape.replaceAll(/[EF]/g, (letter) => (letter === 'E' ? e : f)),
    );
    return random.below(2) === 0 ? all[random.below(all.length)]! : unary(e)[random.below(unary(e).length)]!;
  };
  const says: Readonly<Record<Sign, (value: number) => boolean>> = {
    // Rounding reaches ends that the numbers do not.
    positive: (v) => v >= 0,
    nonnegative: (v) => v >= -1e-12,
    negative: (v) => v <= 0,
    nonpositive: (v) => v <= 1e-12,
    zero: (v) => Math.abs(v) < 1e-9,
    nonzero: () => true,
    unknown: () => true,
  };
  test('of many expressions', () => {
    let known = 0;
    for (let n = 0; n < 400; n++) {
      const text = grow(1 + random.below(3));
      const value = ifDefined(() => valueOf(text));
      if (!value) continue;
      const found = assume.sign(value.term);
      const { least, most } = rangeOf(value.term);
      for (let seed = 1; seed <= 4; seed++) {
        const number = ifDefined(() => numbersOf(text, seed + n))?.data[0];
        if (number === undefined || !Number.isFinite(number)) continue;
        if (found.known === 'yes') {
          known++;
          expect(says[found.value](number), `${text} = ${number} is ${found.value}`).toBe(true);
        }
        const slack = 1e-9 * (1 + Math.abs(number));
        if (least) expect(number, text).toBeGreaterThanOrEqual(Q.toNumber(least) - slack);
        if (most) expect(number, text).toBeLessThanOrEqual(Q.toNumber(most) + slack);
      }
    }
    expect(known).toBeGreaterThan(250);
  });
});

const close = (a: NumericArray, b: NumericArray): boolean => largestRelativeError(a, b) < 1e-7;
const form = (a: NumericArray, seed: number): number => {
  const [size] = extent(a);
  const x = { shape: [size, 1], data: randomNumbers(seed).normals(size) };
  return multiply(multiply(transpose(x), a), x).data[0]!;
};
const identityLike = (a: NumericArray): NumericArray => multiply(a, inverse(a));
const tests: Readonly<Record<string, readonly [(m: assume.Matrix) => assume.Answer, (a: NumericArray) => boolean]>> = {
  symmetric: [assume.isSymmetric, (a) => close(transpose(a), a)],
  skew: [assume.isSkew, (a) => close(transpose(a), { ...a, data: a.data.map((v) => -v) })],
  definite: [assume.isDefinite, (a) => [1, 2, 3, 4].every((seed) => form(a, seed) > 0) && determinant(a) > 0],
  semidefinite: [assume.isSemidefinite, (a) => [1, 2, 3, 4].every((seed) => form(a, seed) > -1e-7)],
  idempotent: [assume.isIdempotent, (a) => close(multiply(a, a), a)],
  invertible: [
    assume.isInvertible,
    (a) => Number.isFinite(identityLike(a).data[0]!) && Math.abs(determinant(a)) > 1e-12,
  ],
};

const leaves = [
  'A',
  'S',
  'T',
  'Z',
  'K',
  'Q',
  'V',
  'E',
  'D',
  'G',
  'L',
  'R',
  'F',
  'N',
  'M',
  'H',
  'J',
  "x*u'",
  "x*x'",
  'diag(pos)',
  'eye(n)',
];
/** Square matrices of one size, products and sums and inverses of each other. */
function randomMatrix(depth: number, pick: (count: number) => number, inverted: (text: string) => string): string {
  if (depth === 0) return leaves[pick(leaves.length)]!;
  const part = (): string => randomMatrix(pick(depth), pick, inverted);
  const a = part();
  switch (pick(9)) {
    case 0:
      return `(${a} + ${part()})`;
    case 1:
      return `(${a} - ${part()})`;
    case 2:
      return `(${a}*${part()})`;
    case 3:
      return `(${a}*${part()}*(${a})')`;
    case 4:
      return `inv(${inverted(a)})`;
    case 5:
      return `(${a}.*${part()})`;
    case 6:
      return `(${a} + (${a})')`;
    case 7:
      return `(${a}*inv(${inverted(`(${a})'*${a}`)})*(${a})')`;
    default:
      return `(${['tau', '-1', 'a', 'a^2', '2'][pick(5)]!}*${a})`;
  }
}

describe('a yes holds at random points', () => {
  const random = randomNumbers(4711);
  const texts = Array.from({ length: 120 }, () => {
    const inverses: string[] = [];
    const text = randomMatrix(1 + random.below(2), random.below, (inner) => {
      inverses.push(inner);
      return inner;
    });
    return { text, inverses };
  });
  const known = new Map<string, unknown>();
  const once = <T>(key: string, make: () => T): T | undefined => {
    if (!known.has(key)) known.set(key, ifDefined(make));
    return known.get(key) as T | undefined;
  };
  // Near a singular matrix rounding decides.
  const isFarFromSingular = (text: string, seed: number): boolean => {
    const value = once(`${text} ${seed}`, () => numbersOf(text, seed));
    return value !== undefined && value.shape.length === 2 && Math.abs(determinant(value)) > 1e-4;
  };
  test.each(Object.entries(tests))('%s', (title, [ask, holds]) => {
    let points = 0;
    for (const { text, inverses } of texts) {
      const m = once(text, () => matrixOf(text));
      if (!m || ask(m).known !== 'yes') continue;
      for (const seed of [1, 2, 3]) {
        if (!inverses.every((inner) => isFarFromSingular(inner, seed))) continue;
        const value = once(`${text} ${seed}`, () => numbersOf(text, seed));
        if (!value || ![...value.data].every((v) => Math.abs(v) < 1e3) || value.shape.length !== 2) continue;
        points++;
        expect(holds(value), `${text} is ${title}, n = ${sizes.n}`).toBe(true);
      }
    }
    expect(points).toBeGreaterThan(5);
  });
});
function ifDefined<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

test.each([
  ['C in R^(m x m), skew; C*ones(m)', 'sum(C, 2)'],
  ['C in R^(m x m), skew; tr(C)', '0'],
])('the trace of a skew-symmetric matrix is 0, its row sums are not: %s', (text, expected) => {
  const at = text.lastIndexOf(';');
  const program = parse(text.slice(0, at));
  const answer = program.ok ? program.value.ask(text.slice(at + 1)) : program;
  expect(answer.ok && answer.value.text).toBe(expected);
});

test('all that is known of many expressions, with the reasons', async () => {
  // `npx vitest run test/assume --update` rewrites what stands below each; review the difference.
  const path = join(import.meta.dirname, 'known.txt');
  const texts = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith(' '));
  const lines = texts.flatMap((text) => [text, ...told(text).map((line) => `    ${line}`)]);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(path);
});
