import { type EntrywiseName, entrywiseFunctions } from '../../rules/functions/index.ts';
import { describe, expect, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { lower } from '../../src/loops/lower.ts';
import { dimProduct, dimSum, fixed } from '../../src/shape/dim.ts';
import {
  apply,
  block,
  delta,
  divide,
  minus,
  negate,
  operation,
  pairing,
  plus,
  power,
  product,
  scale,
  size,
  sum,
  times,
} from '../../src/terms/construct.ts';
import type { Bound, Term, Operation } from '../../src/terms/node.ts';
import {
  at,
  check,
  checkAll,
  countOperations,
  define,
  expectClose,
  m,
  n,
  naiveOutput,
  output,
  over,
  p,
  randomInputs,
  sumOver,
  variable,
} from './support.ts';

const sizes = { m: 3, n: 4, p: 2 };
const softmaxOf = (body: Term, bound: Bound, out: Bound, op: Operation = 'softmax'): Term =>
  operation(op, body, [bound], [out.index], [out.dim]);
const inverseOf = (body: Term, rows: Bound, columns: Bound, i: Bound, j: Bound): Term =>
  operation('inv', body, [rows, columns], [i.index, j.index], [i.dim, j.dim]);

describe('products', () => {
  const [A, B, x, y] = [variable('A', m, n), variable('B', n, p), variable('x', n), variable('y', m)];
  const [i, j, k] = [over(m), over(p), over(n)];

  test('a matrix product', () => {
    checkAll([output(sumOver([k], at(A, i, k), at(B, k, j)), i, j)], sizes);
  });
  test('a product with a transposed output and a transposed factor', () => {
    checkAll([output(sumOver([i], at(A, i, k), at(y, i)), k)], sizes);
    checkAll([output(sumOver([k], at(A, i, k), at(B, k, j)), j, i)], sizes);
  });
  test('a quadratic form and its gradient together', () => {
    const S = variable('S', n, n);
    const l = over(n);
    const form = sumOver([k, l], at(x, k), at(S, k, l), at(x, l));
    const gradient = plus(sumOver([l], at(S, k, l), at(x, l)), sumOver([l], at(S, l, k), at(x, l)));
    checkAll(
      [
        { name: 'f', term: form, axes: [] },
        { name: 'g', term: gradient, axes: [[k]] },
      ],
      sizes,
    );
  });
  test('an outer product, a trace, a sum of all entries', () => {
    const S = variable('S', n, n);
    checkAll([output(times(at(y, i), at(x, k)), i, k)], sizes);
    checkAll([output(sumOver([k], at(S, k, k)))], sizes);
    checkAll([output(sumOver([i, k], at(A, i, k)))], sizes);
  });
  test('a factor shared by three matrices under one sum', () => {
    const [C, D] = [variable('C', m, n), variable('D', p, n)];
    checkAll([output(sumOver([k], at(A, i, k), at(C, i, k), at(D, j, k), at(x, k)), i, j)], sizes);
  });
  test('a constant position restricts the loop', () => {
    checkAll([output(sumOver([k], at(A, -2, k), at(x, k)))], sizes);
    checkAll([output(times(delta(i.index, -3, m), at(x, k)), i, k)], sizes);
  });
  test('rows of a chain of four matrices take n^3 operations, not n^5', () => {
    const chain = Array.from({ length: 4 }, (_, q) => variable(`M${q}`, n, n));
    const ends = Array.from({ length: 5 }, () => over(n));
    const term = sumOver(ends.slice(1, 4), ...chain.map((M, q) => at(M, ends[q]!, ends[q + 1]!)));
    const wanted = [output(term, ends[0]!, ends[4]!)];
    checkAll(wanted, sizes);
    expect(countOperations(lower(wanted, { n: 20 }))).toBeLessThan(3 * 3 * 20 ** 3);
    const vector = [
      output(sumOver(ends.slice(1), ...chain.map((M, q) => at(M, ends[q]!, ends[q + 1]!)), at(x, ends[4]!)), ends[0]!),
    ];
    checkAll(vector, sizes);
    expect(countOperations(lower(vector, { n: 20 }))).toBeLessThan(4 * 3 * 20 ** 2);
  });
  test('a long chain is ordered greedily', () => {
    const chain = Array.from({ length: 14 }, (_, q) => variable(`M${q}`, n, n));
    const ends = Array.from({ length: 15 }, () => over(n));
    const term = sumOver(ends.slice(1, 14), ...chain.map((M, q) => at(M, ends[q]!, ends[q + 1]!)));
    const program = lower([output(term, ends[0]!, ends[14]!)], { n: 10 });
    expect(countOperations(program)).toBeLessThan(14 * 3 * 10 ** 3);
  });
});

describe('entrywise terms', () => {
  const [A, b, c, x] = [variable('A', m, n), variable('b', n), variable('c', m), variable('x', n)];
  const [i, k] = [over(m), over(n)];

  test('sums with broadcast', () => {
    checkAll([output(plus(at(A, i, k), at(b, k), at(c, i), size(n), size(dimSum(m, n))), i, k)], sizes);
  });
  test('an output with an axis that the term does not depend on', () => {
    checkAll([output(at(b, k), i, k)], sizes);
    checkAll([output(sumOver([k], at(A, i, k), at(b, k)), k, i)], sizes);
  });
  test('powers of every kind', () => {
    const base = plus(power(at(x, k), Q.rational(2)), size(n));
    for (const [top, bottom] of [
      [2, 1],
      [3, 1],
      [7, 1],
      [-1, 1],
      [-2, 1],
      [1, 2],
      [-1, 2],
      [3, 2],
      [-5, 2],
      [1, 3],
    ] as const)
      checkAll([output(power(base, Q.rational(top, bottom)), k)], sizes);
    checkAll([output(power(at(x, k), Q.rational(5)), k)], sizes);
    checkAll([output(divide(times(at(x, k), at(b, k)), times(base, at(c, i))), i, k)], sizes);
  });
  test.each([...entrywiseFunctions])('%s', (fn, { arguments: { length } }) => {
    const args = [at(x, k), at(b, k), apply('exp', [at(b, k)])].slice(0, length);
    if (length === 2) args[0] = apply('exp', [at(x, k)]);
    checkAll([output(apply(fn as EntrywiseName, args), k)], sizes);
  });
  test('a costly function of one index is computed once for each of its values', () => {
    const term = times(apply('exp', [at(x, k)]), at(A, i, k), apply('sin', [at(c, i)]));
    const wanted = [output(term, i, k)];
    checkAll(wanted, sizes);
    const [large, small] = [
      countOperations(lower(wanted, { m: 100, n: 10 })),
      countOperations(lower(wanted, { m: 10, n: 10 })),
    ];
    expect(large).toBeLessThan(10 * small + 100);
    expect(JSON.stringify(lower(wanted, sizes).body).match(/"exp"/g)).toHaveLength(1);
  });
  test('exp(-x) is exp of minus x, so that it does not overflow on the way', () => {
    const term = power(apply('exp', [at(x, k)]), Q.rational(-1));
    const { values } = check([output(term, k)], { n: 2 }, { x: [744, -1] });
    expect(values[0]![0]).toBe(Math.exp(-744));
  });
  test('pi is a number, not an input', () => {
    const pi = { ...variable('pi'), role: 'constant' as const };
    const { program, values } = check([output(scale(Q.rational(2), at(pi)))], {});
    expect(program.inputs).toEqual([]);
    expect(values[0]![0]).toBe(2 * Math.PI);
  });
});

describe('deltas, pairings and blocks', () => {
  const [A, B, x] = [variable('A', m, n), variable('B', n, p), variable('x', n)];
  const [i, k, l, q] = [over(m), over(n), over(n), over(p)];

  test('diag(x) - x*x is dense once and then touched along the diagonal', () => {
    const term = minus(times(delta(k.index, l.index, n), at(x, k)), times(at(x, k), at(x, l)));
    const wanted = [output(term, k, l)];
    checkAll(wanted, sizes);
    expect(countOperations(lower(wanted, { n: 50 }))).toBeLessThan(3 * 50 ** 2 + 5 * 50);
  });
  test('a pure diagonal, the identity, a zero', () => {
    checkAll([output(times(delta(k.index, l.index, n), at(x, k)), k, l)], sizes);
    checkAll([output(delta(k.index, l.index, n), k, l)], sizes);
    checkAll([output(sum([]), k, l)], sizes);
  });
  test('two deltas: the derivative of a matrix by itself', () => {
    const [a, b] = [over(m), over(n)];
    checkAll([output(times(delta(i.index, a.index, m), delta(k.index, b.index, n)), i, k, a, b)], sizes);
    checkAll([output(times(delta(k.index, l.index, n), delta(l.index, b.index, n), at(x, k)), k, l, b)], sizes);
  });
  test('a named diagonal is never multiplied as a matrix', () => {
    const D = define('D', [k, l], times(delta(k.index, l.index, n), at(x, k)));
    const wanted = [output(sumOver([k, l], at(A, i, k), at(D, k, l), at(B, l, q)), i, q)];
    checkAll(wanted, sizes);
    expect(countOperations(lower(wanted, { m: 20, n: 20, p: 20 }))).toBeLessThan(4 * 20 ** 3);
  });
  test('a delta inside a function is a test', () => {
    checkAll([output(apply('exp', [times(delta(k.index, l.index, n), at(x, k))]), k, l)], sizes);
  });
  test('vec(A) and a Kronecker product', () => {
    const whole = over(dimProduct(n, m));
    checkAll([output(sumOver([i, k], pairing(whole.index, k.index, i.index, n, m), at(A, i, k)), whole)], sizes);
    const [rows, columns] = [over(dimProduct(m, n)), over(dimProduct(n, p))];
    const kron = sumOver(
      [i, k, l, q],
      pairing(rows.index, i.index, l.index, m, n),
      pairing(columns.index, k.index, q.index, n, p),
      at(A, i, k),
      at(B, l, q),
    );
    const wanted = [output(kron, rows, columns)];
    checkAll(wanted, sizes);
    expect(countOperations(lower(wanted, { m: 8, n: 8, p: 8 }))).toBeLessThan(4 * 8 ** 4);
  });
  test('a Kronecker product times a vector never builds the product', () => {
    const [rows, columns] = [over(dimProduct(m, n)), over(dimProduct(n, p))];
    const kron = sumOver(
      [i, k, l, q],
      pairing(rows.index, i.index, l.index, m, n),
      pairing(columns.index, k.index, q.index, n, p),
      at(A, i, k),
      at(B, l, q),
    );
    const K = define('K', [rows, columns], kron);
    const v = variable('v', dimProduct(n, p));
    const wanted = [output(sumOver([columns], at(K, rows, columns), at(v, columns)), rows)];
    checkAll(wanted, sizes);
    expect(countOperations(lower(wanted, { m: 8, n: 8, p: 8 }))).toBeLessThan(10 * 8 ** 3);
  });
  test('pairings with different splits of one axis', () => {
    const whole = over(dimProduct(m, n));
    const [a, b] = [over(n), over(m)];
    const term = sumOver(
      [i, k, a, b],
      pairing(whole.index, i.index, k.index, m, n),
      pairing(whole.index, a.index, b.index, n, m),
      at(A, i, k),
      at(variable('C', n, m), a, b),
    );
    checkAll([output(term, whole)], sizes);
    checkAll([output(pairing(whole.index, i.index, k.index, m, n), whole, i, k)], sizes);
    checkAll([output(times(pairing(-5, i.index, k.index, m, n), at(A, i, k)), i, k)], sizes);
  });
  test('blocks next to each other', () => {
    const whole = over(dimSum(m, n));
    const y = variable('y', m);
    const first = sumOver(
      [i],
      block(whole.index, [{ index: i.index, dim: m, coefficient: 1 }], fixed(0), dimSum(m, n)),
      at(y, i),
    );
    const second = sumOver(
      [k],
      block(whole.index, [{ index: k.index, dim: n, coefficient: 1 }], m, dimSum(m, n)),
      apply('exp', [at(x, k)]),
    );
    checkAll([output(plus(first, second), whole)], sizes);
    const v = variable('v', dimSum(m, n));
    const part = sumOver(
      [whole],
      block(whole.index, [{ index: k.index, dim: n, coefficient: 1 }], m, dimSum(m, n)),
      at(v, whole),
    );
    checkAll([output(part, k)], sizes);
    checkAll(
      [
        output(
          times(part, block(whole.index, [{ index: k.index, dim: n, coefficient: 1 }], m, dimSum(m, n))),
          whole,
          k,
        ),
      ],
      sizes,
    );
  });
  test('a block of an axis that another factor walks along', () => {
    const whole = over(dimSum(m, n));
    const [v, w] = [variable('v', dimSum(m, n)), variable('W', dimSum(m, n), p)];
    const term = sumOver(
      [whole, k],
      block(whole.index, [{ index: k.index, dim: n, coefficient: 1 }], m, dimSum(m, n)),
      at(v, whole),
      at(w, whole, q),
      at(x, k),
    );
    checkAll([output(term, q)], sizes);
    const both = times(
      block(whole.index, [{ index: i.index, dim: m, coefficient: 1 }], fixed(0), dimSum(m, n)),
      block(whole.index, [{ index: k.index, dim: n, coefficient: 1 }], fixed(1), dimSum(m, n)),
      at(A, i, k),
    );
    checkAll([output(both, i, k, whole)], sizes);
    checkAll([output(sumOver([i], both), whole, k)], sizes);
  });
  test('an axis made of two indices is laid out major first', () => {
    const wanted = { name: 'y', term: at(A, i, k), axes: [[k, i]] };
    const { program, values } = checkAll([wanted], sizes);
    expect(program.outputs[0]!.axes).toEqual([12]);
    expectClose(values[0]!, naiveOutput(output(at(A, i, k), k, i), randomInputs(program), sizes));
  });
});

describe('operations', () => {
  const [X, x] = [variable('X', m, n), variable('x', n)];
  const [i, j, k, l] = [over(m), over(m), over(n), over(n)];

  test('softmax and its relatives, row by row', () => {
    for (const op of ['softmax', 'log_softmax'] as const) {
      checkAll([output(softmaxOf(at(X, i, k), k, l, op), i, l)], sizes);
      checkAll([output(softmaxOf(times(at(X, i, k), at(x, k)), k, l, op), l, i)], sizes);
    }
    for (const op of ['logsumexp', 'max', 'prod', 'var'] as const) {
      checkAll([output(operation(op, at(X, i, k), [k], [], []), i)], sizes);
      checkAll([output(operation(op, minus(at(X, i, k), at(x, k)), [k], [], []), i)], sizes);
    }
    checkAll([output(operation('max', at(X, i, k), [i, k], [], []))], sizes);
  });
  test('entries of any size do not overflow, and minus infinity weighs nothing', () => {
    const given = { x: [1000, -1000, 999, -Infinity] };
    const soft = check([output(softmaxOf(at(x, k), k, l), l)], sizes, given).values[0]!;
    expectClose(soft, [1 / (1 + Math.exp(-1)), 0, 1 / (1 + Math.E), 0]);
    const logsum = operation('logsumexp', at(x, k), [k], [], []);
    expectClose(check([output(logsum)], sizes, given).values[0]!, [1000 + Math.log1p(Math.exp(-1))]);
    const huge = { x: [1e308, -1e308, 1e308, 0] };
    expectClose(check([output(softmaxOf(at(x, k), k, l), l)], sizes, huge).values[0]!, [0.5, 0, 0.5, 0]);
    expect(check([output(logsum)], sizes, huge).values[0]![0]).toBe(1e308);
    expect(check([output(logsum)], sizes, { x: [-Infinity, -Infinity, -Infinity, -Infinity] }).values[0]![0]).toBe(
      -Infinity,
    );
    expect(check([output(logsum)], sizes, { x: [1, Infinity, 2, 3] }).values[0]![0]).toBe(Infinity);
  });
  test('log_softmax keeps the digits of entries near the largest one', () => {
    const given = { x: [1e9, 1e9 - 1, 0, 0] };
    const { values } = check([output(softmaxOf(at(x, k), k, l, 'log_softmax'), l)], sizes, given);
    expect(values[0]![0]).toBeCloseTo(-Math.log1p(Math.exp(-1)), 14);
  });
  test('inverse, determinant and log|determinant|, also one for each parameter', () => {
    const S = variable('S', m, m);
    const T = variable('T', p, n, n);
    const s = over(p);
    checkAll([output(inverseOf(at(S, i, j), i, j, i, j), i, j)], sizes);
    checkAll([output(inverseOf(at(S, j, i), i, j, i, j), i, j)], sizes);
    checkAll([output(sumOver([j], inverseOf(at(S, i, j), i, j, i, j), at(variable('b', m), j)), i)], sizes);
    checkAll([output(inverseOf(at(T, s, k, l), k, l, k, l), l, s, k)], sizes);
    for (const op of ['det', 'logdet'] as const) {
      checkAll([output(operation(op, at(S, i, j), [i, j], [], []))], sizes);
      checkAll([output(operation(op, plus(at(T, s, k, l), delta(k.index, l.index, n)), [k, l], [], []), s)], sizes);
    }
  });
  test('elimination exchanges rows, and a singular matrix has determinant 0', () => {
    const S = variable('S', m, m);
    const det = operation('det', at(S, i, j), [i, j], [], []);
    expect(check([output(det)], sizes, { S: [0, 1, 0, 1, 0, 0, 0, 0, 2] }).values[0]![0]).toBe(-2);
    expect(check([output(det)], sizes, { S: [0, 1, 2, 0, 3, 4, 0, 5, 6] }).values[0]![0]).toBeCloseTo(0);
  });
  test('a function without formula is called, with its Jacobian, row by row', () => {
    const f = {
      value: (a: Float64Array, out: Float64Array): void => out.set([a[0]! * a[1]!, a[2]!]),
      jacobian: (a: Float64Array, out: Float64Array): void => out.set([a[1]!, a[0]!, 0, 0, 0, 0, 1, 0]),
    };
    const s = over(p);
    const value = operation(':f:column>column', at(X, i, k), [k], [s.index], [p]);
    const slope = operation('1:f:column>column', scale(Q.rational(2), at(X, i, k)), [k], [s.index, l.index], [p, n]);
    const { program, values } = check(
      [output(value, i, s), output(slope, s, l, i)],
      sizes,
      { X: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
      { f },
    );
    expect(program.functions).toEqual([{ name: 'f', results: ['value', 'jacobian'] }]);
    expectClose(values[0]!, [2, 3, 30, 7, 90, 11]);
    expectClose(values[1]!.slice(0, 6), [4, 12, 20, 2, 10, 18]);
  });
});

/** How long the loops are for that many layers h = tanh(A*h), each with a name. */
function layers(depth: number): number {
  const [A, x, i, k] = [variable('A', n, n), variable('x', n), over(n), over(n)];
  let h: Term = at(x, i);
  for (let d = 0; d < depth; d++) h = apply('tanh', [sumOver([k], at(A, i, k), at(define(`h${d}`, [i], h), k))]);
  return JSON.stringify(lower([output(h, i)], { n: 2 }).body).length;
}

describe('names and sharing', () => {
  const [A, x] = [variable('A', n, n), variable('x', n)];
  const [i, k] = [over(n), over(n)];

  test('nested names are computed once each, in order', () => {
    const s = define('s', [i], apply('tanh', [sumOver([k], at(A, i, k), at(x, k))]));
    const t = define('t', [i], apply('exp', [sumOver([k], at(A, i, k), at(s, k))]));
    const term = plus(times(at(s, i), at(t, k)), times(at(t, i), at(s, k)));
    const { program } = checkAll([output(term, i, k)], sizes);
    expect(program.work.map(({ name }) => name).filter(Boolean)).toEqual(['s', 't']);
    expect(JSON.stringify(program.body).match(/"tanh"/g)).toHaveLength(1);
  });
  test('a name can be used with its indices exchanged, equal, or constant', () => {
    const P = define('P', [i, k], times(apply('exp', [at(x, i)]), apply('sin', [at(x, k)])));
    checkAll([output(plus(at(P, i, k), at(P, k, i), at(P, i, i), at(P, -2, k)), i, k)], sizes);
  });
  test('a name for another name, and for a cheap term', () => {
    const y = define('y', [i], at(x, i));
    const z = define('z', [i], negate(at(y, i)));
    checkAll([output(sumOver([i], at(z, i), at(y, i), at(x, i)))], sizes);
  });
  test('value and gradient share their work', () => {
    const r = define('r', [i], minus(sumOver([k], at(A, i, k), at(x, k)), at(variable('b', n), i)));
    const f = sumOver([i], power(at(r, i), Q.rational(2)));
    const g = scale(Q.rational(2), sumOver([i], at(A, i, k), at(r, i)));
    const both = [
      { name: 'f', term: f, axes: [] },
      { name: 'g', term: g, axes: [[k]] },
    ];
    checkAll(both, sizes);
    const count = (wanted: typeof both): number => countOperations(lower(wanted, { n: 30 }));
    expect(count(both)).toBeLessThan(count([both[0]!]) + 2.2 * 30 ** 2);
  });
  test('a chain of a thousand layers lowers in near linear time', () => {
    expect(layers(1000)).toBeLessThan(12 * layers(100));
  });
  test('a thousand nested functions without names lower too', () => {
    let h: Term = at(x, i);
    for (let d = 0; d < 1000; d++) h = apply(d % 2 ? 'sin' : 'atan', [plus(h, at(x, i))]);
    check([output(h, i)], { n: 3 });
    let c: Term = at(x, i);
    for (let d = 0; d < 300; d++)
      c = apply(
        'tanh',
        [sumOver([i], at(A, k, i), c)].map((t) => ({ ...t, at: [i.index] })),
      );
    check([output(c, i)], { n: 2 });
  });
});

describe('limits', () => {
  test('an array beyond 2^27 entries is refused', () => {
    const x = variable('x', n);
    const [i, k] = [over(n), over(n)];
    expect(() => lower([output(times(at(x, i), at(x, k)), i, k)], { n: 2 ** 14 })).toThrow(/entries/);
    expect(() => lower([output(at(x, i), i)], {})).toThrow('the size n has no number');
  });
  test('two inputs of one name are told apart or refused, never mixed', () => {
    const i = over(n);
    expect(() => lower([output(plus(at(variable('x', n), i), at(variable('x', n), i)), i)], sizes)).toThrow(
      /two inputs/,
    );
  });
  test('axes of length 1 need no loop', () => {
    const [A, x] = [variable('A', m, n), variable('x', n)];
    const [i, k] = [over(m), over(n)];
    for (const small of [
      { m: 1, n: 4 },
      { m: 3, n: 1 },
      { m: 1, n: 1 },
    ]) {
      checkAll([output(sumOver([k], at(A, i, k), apply('exp', [at(x, k)])), i)], small);
      checkAll([output(softmaxOf(at(A, i, k), k, k), i, k)], small);
    }
  });
  test('a coefficient is one double', () => {
    const term = product(Q.rational(1, 3), [[at(variable('x')), Q.one]], []);
    expect(check([output(term)], {}, { x: [3] }).values[0]![0]).toBe((1 / 3) * 3);
  });
});
