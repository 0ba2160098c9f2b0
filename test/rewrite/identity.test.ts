/** When does an identity apply, and when must it not? Every line on the right of `stays` is a guard of the matcher. */
import { describe, expect, test } from 'vitest';
import { identities } from '../../rules/identities.ts';
import type { IdentitySource } from '../../rules/rule-source.ts';
import { compileIdentity, identitiesFrom } from '../../src/derive/compile.ts';
import { createReadings, type Readings } from '../../src/elaborate/restate.ts';
import { largestRelativeError } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { randomPoint, type Random, randomNumbers } from '../../src/evaluate/points.ts';
import { toText } from '../../src/print/text.ts';
import { binary, call, integer, nameOf, negationOf, transposeOf } from '../../src/syntax/build.ts';
import { withParts } from '../../src/syntax/parts.ts';
import type { CheckedProgram } from '../../src/elaborate/scope.ts';
import type { Expression } from '../../src/syntax/tree.ts';
import { askedFor, checked, worldOf } from '../elaborate/given.ts';

const standard = identitiesFrom(identities.filter(({ use }) => use === 'everywhere'));

function read(text: string): {
  readonly asked: Expression;
  readonly readings: Readings;
  readonly program: CheckedProgram;
} {
  const program = checked(text);
  return { program, asked: askedFor(program), readings: createReadings(program, standard, () => worldOf(program)) };
}
/** One identity at the top. */
function once(text: string): string {
  const { asked, readings } = read(text);
  return toText(readings.meaning(asked));
}
/** All identities at all places. */
function everywhere(e: Expression, { meaning }: Readings): Expression {
  let stands = e;
  for (let n = 0; meaning(stands) !== stands; stands = meaning(stands)) expect(++n).toBeLessThan(60);
  return withParts(stands, (part) => everywhere(part, { meaning } as Readings));
}

const given =
  'A, B, C in R^(n x n); U in R^(n x m); V in R^(m x n); X in R^(n x p); D in R^(p x p); x, y in R^n; c, s in R; ';

describe('applies', () => {
  const rows: readonly (readonly [question: string, result: string])[] = [
    ['inv(A*B*C)', 'inv(B*C)*inv(A)'],
    ['inv(A*(B*C))', 'inv(B*C)*inv(A)'],
    ['inv(U*V*A)', 'inv(A)*inv(U*V)'],
    ['inv(c*A*s)', 'inv(A)/(c*s)'],
    ['inv(A/c)', 'inv(A)/(1/c)'],
    ['inv(-A)', 'inv(A)/(-1)'],
    ['det(-A)', '(-1)^n*det(A)'],
    ['det(-2*A)', '(-2)^n*det(A)'],
    ["inv((x'*y)*A)", "inv(A)/(x'*y)"],
    ["inv((A*B)')", "inv(A')*inv(B')"],
    ["inv((c*A)')", "inv(A')/c"],
    ['det(3*A*B)', '3^n*det(A*B)'],
    ['inv(A^2)', 'inv(A)^2'],
    ['A^-1', 'inv(A)'],
    ['A^-3', 'inv(A)^3'],
    ['inv(kron(A, D))', 'kron(inv(A), inv(D))'],
    ['logdet(kron(A, D))', 'p*logdet(A) + n*logdet(D)'],
    ['det([A, X; 0, D])', 'det(A)*det(D)'],
    ['det([A, X; zeros(p, n), D])', 'det(A)*det(D)'],
    ['det([A, 0; 0, D])', 'det(A)*det(D)'],
    ['log(abs(det(A)))', 'logdet(A)'],
    ['det([c, s; 1, c])', 'c*c - s*1'],
  ];
  test.each(rows)('%s is %s', (question, result) => expect(once(`${given}${question}`)).toBe(result));
});

describe('stays', () => {
  const rows: readonly (readonly [why: string, question: string])[] = [
    ['factors that are not square', 'inv(U*V)'],
    ['the same of a determinant', 'det(U*V)'],
    ['a sum', 'inv(A + B)'],
    ['an entrywise product', 'inv(A.*B)'],
    ['a Kronecker product of blocks that are not square', 'inv(kron(U, V))'],
    ['a determinant of it', 'det(kron(U, V))'],
    ['the power 0', 'det(A^0)'],
    ['blocks on the diagonal that are not square', 'det([U, 0; 0, V])'],
    ['blocks that are not zero', "det([A, X; X', D])"],
    ['a 0 on the diagonal', 'det([0, A; B, C])'],
    ['a logarithm without the absolute value', 'log(det(A))'],
    ['the absolute value of something else', 'log(abs(c))'],
    ['an inverse of a scalar', 'inv(c*s)'],
  ];
  test.each(rows)('%s: %s', (_, question) => {
    const { asked, readings } = read(`${given}${question}`);
    expect(readings.restatement(asked)).toBeUndefined();
  });
  test('an I of the program', () => {
    expect(once("x, y in R^n; det(I + x*y')")).toBe("1 + x'*y");
    expect(once("I in R^(n x n); x, y in R^n; det(I + x*y')")).toBe("det(I + x*y')");
  });
});

describe('letters', () => {
  const own = (from: string, to: string, where: readonly string[] = []): IdentitySource => ({
    name: 'own',
    given: 'A, B in R^(n x n); x in R^n; c in R',
    from,
    to,
    where,
    use: 'everywhere',
    source: 'test',
    says: 'Yes.',
  });
  const applied = (source: IdentitySource, question: string): string => {
    const program = checked(`${given}w in R^(1 x n); ${question}`);
    return toText(
      createReadings(
        program,
        () => [compileIdentity(source)],
        () => worldOf(program),
      ).meaning(askedFor(program)),
    );
  };
  test('stand for one thing each', () => {
    expect(applied(own('det(A*A)', 'det(A)^2'), 'det(B*B)')).toBe('det(B)^2');
    expect(applied(own('det(A*A)', 'det(A)^2'), 'det(A*B)')).toBe('det(A*B)');
  });
  test('stand for one integer each', () => {
    const source = own('det(A^k*B^k)', 'det(A*B)^k', ['k is a positive integer']);
    expect(applied(source, 'det(A^2*B^2)')).toBe('det(A*B)^2');
    expect(applied(source, 'det(A^2*B^3)')).toBe('det(A^2*B^3)');
  });
  test('have their shape: a column is no row, a matrix no scalar', () => {
    expect(applied(own('sum(x)', '1'), 'sum(y)')).toBe('1');
    expect(applied(own('sum(x)', '1'), 'sum(w)')).toBe('sum(w)');
    expect(applied(own('sum(A)', '1'), 'sum(c)')).toBe('sum(c)');
    expect(applied(own('sum(A)', '1'), 'sum(X)')).toBe('sum(X)');
  });
});

describe('random expressions keep their values', () => {
  const leaves = ['A', 'B', 'C'];
  /** A square matrix. */
  const square = (depth: number, random: Random): Expression => {
    const part = (): Expression => square(depth - 1, random);
    if (depth === 0) return nameOf(leaves[random.below(leaves.length)]!);
    switch (random.below(9)) {
      case 0:
        return binary('*', part(), part());
      case 1:
        return binary('*', nameOf('c'), part());
      case 2:
        return binary('/', part(), integer(2));
      case 3:
        return negationOf(part());
      case 4:
        return transposeOf(part());
      case 5:
        return call('inv', part());
      case 6:
        return binary('^', part(), integer([2, -1, -2][random.below(3)]!));
      case 7:
        return binary('*', nameOf('U'), binary('*', nameOf('V'), part()));
      default:
        return binary('*', part(), binary('*', integer(-1), part()));
    }
  };
  const blocks = (depth: number, random: Random): Expression => {
    const [a, b] = [square(depth, random), square(depth, random)];
    const zero = integer(0);
    return random.below(2) === 0
      ? call('kron', a, b)
      : {
          kind: 'matrix',
          rows: [
            [a, zero],
            [random.below(2) === 0 ? zero : nameOf('A'), b],
          ],
        };
  };
  test.each(Array.from({ length: 120 }, (_, n) => n + 1))('seed %i', (seed) => {
    const random = randomNumbers(seed);
    const inner = random.below(3) === 0 ? blocks(2, random) : square(3, random);
    const e = call(['inv', 'det', 'logdet'][random.below(3)]!, inner);
    const { readings } = read(`${given}A`);
    const sizes = { n: 3, m: 4, p: 2 };
    const matrix = (name: string, rows: number, columns: number) => ({
      name,
      shape: [rows, columns],
      facts: rows === columns ? (['invertible'] as const) : [],
    });
    const values = randomPoint(
      [matrix('A', 3, 3), matrix('B', 3, 3), matrix('C', 3, 3), matrix('U', 3, 4), matrix('V', 4, 3)],
      seed,
    );
    for (const c of [0.7, -0.7]) {
      const place = { values: new Map([...values, ['c', { shape: [], data: Float64Array.of(c) }]]), sizes };
      const [before, after] = [e, everywhere(e, readings)].map((form) => interpret(form, place));
      expect(largestRelativeError(after!, before!), `${toText(e)} is ${toText(everywhere(e, readings))}`).toBeLessThan(
        1e-5,
      );
    }
  });
});
