import { describe, expect, test } from 'vitest';
import * as Q from '../../../src/basics/rational.ts';
import { compileJavaScript, emitJavaScript } from '../../../src/loops/emit/javascript.ts';
import { lower } from '../../../src/loops/lower.ts';
import { entrywise, type EntrywiseName } from '../../../rules/functions/index.ts';
import { apply, delta, minus, operation, power, scale, times } from '../../../src/terms/construct.ts';
import { at, define, m, n, output, over, sumOver, variable } from '../support.ts';

const [i, k, l] = [over(m), over(n), over(n)];
const [A, x, b] = [variable('A', m, n), variable('x', n), variable('b', m)];
const residual = define('r', [i], minus(sumOver([k], at(A, i, k), at(x, k)), at(b, i)));
const leastSquares = [
  { name: 'value', term: sumOver([i], power(at(residual, i), Q.rational(2))), axes: [] },
  { name: 'gradient', term: scale(Q.rational(2), sumOver([i], at(A, i, k), at(residual, i))), axes: [[k]] },
];
const softmax = define('s', [k], operation('softmax', at(x, l), [l], [k.index], [n]));
const jacobian = minus(times(delta(k.index, l.index, n), at(softmax, k)), times(at(softmax, k), at(softmax, l)));

describe('emitted text', () => {
  test('least squares with its gradient', () => {
    expect(emitJavaScript(lower(leastSquares, { m: 2, n: 3 }), 'leastSquares')).toBe(`function createLeastSquares() {
  const t_ = new Float64Array(2);
  const r_ = new Float64Array(2);
  return function leastSquares(A, b, x, value, gradient) {
    const t = t_;
    const r = r_;
    for (let i = 0; i < 2; i++) {
      let total = 0;
      for (let j = 0; j < 3; j++) {
        total += A[i * 3 + j] * x[j];
      }
      t[i] = total;
    }
    for (let i = 0; i < 2; i++) {
      r[i] = t[i] - b[i];
    }
    let total = 0;
    for (let i = 0; i < 2; i++) {
      total += r[i] * r[i];
    }
    value[0] = total;
    gradient.fill(0);
    for (let i = 0; i < 2; i++) {
      const a = 2 * r[i];
      for (let j = 0; j < 3; j++) {
        gradient[j] += a * A[i * 3 + j];
      }
    }
    return [value, gradient];
  };
}`);
  });
  test('the Jacobian of softmax', () => {
    expect(emitJavaScript(lower([output(jacobian, k, l)], { n: 3 }))).toBe(`function createEvaluate() {
  const finite = (x) => (x === Infinity || x === -Infinity ? 0 : x);
  const s_ = new Float64Array(3);
  return function evaluate(x, out) {
    const s = s_;
    let largest = -Infinity;
    for (let i = 0; i < 3; i++) {
      largest = Math.max(largest, x[i]);
    }
    const shift = finite(largest);
    let total = 0;
    for (let i = 0; i < 3; i++) {
      const weight = Math.exp(x[i] - shift);
      s[i] = weight;
      total += weight;
    }
    for (let i = 0; i < 3; i++) {
      s[i] = s[i] / total;
    }
    for (let i = 0; i < 3; i++) {
      const a = s[i];
      for (let j = 0; j < 3; j++) {
        out[i * 3 + j] = -(a * s[j]);
      }
    }
    for (let i = 0; i < 3; i++) {
      out[i * 4] += s[i];
    }
    return out;
  };
}`);
  });
  test('the text of a deep program grows in step with its depth', () => {
    const square = variable('Q', n, n);
    const lengthOf = (depth: number): number => {
      let h = at(x, k);
      for (let d = 0; d < depth; d++)
        h = apply('tanh', [
          sumOver([l], at(square, k, l), at(define(`h${d}`, [k], h), l), at(define(`h${d}`, [k], h), l)),
        ]);
      return emitJavaScript(lower([output(h, k)], { n: 3 })).length;
    };
    expect(lengthOf(300)).toBeLessThan(3.3 * lengthOf(100));
  });
  test('helpers come only where they are used', () => {
    const text = emitJavaScript(lower([output(apply('gelu', [at(x, k)]), k)], { n: 3 }));
    expect(text).toContain('function erfFar');
    expect(text).not.toContain('sigmoid');
  });
});

describe('compiled evaluators', () => {
  const evaluate = compileJavaScript(lower(leastSquares, { m: 2, n: 3 }));
  const given = { A: [1, 2, 3, 4, 5, 6], x: [1, 0, 1], b: [1, 2] };

  test('describe their inputs and outputs', () => {
    expect(evaluate.inputs.map(({ name, extents }) => [name, extents])).toEqual([
      ['A', [2, 3]],
      ['b', [2]],
      ['x', [3]],
    ]);
    expect(evaluate.outputs.map(({ name, axes }) => [name, axes])).toEqual([
      ['value', []],
      ['gradient', [3]],
    ]);
    expect(evaluate.source).toContain('function evaluate');
  });
  test('allocate their results, or write them where they are told', () => {
    const expected = [Float64Array.of(73), Float64Array.of(70, 92, 114)];
    expect(evaluate(given)).toEqual(expected);
    const out = [new Float64Array(1), new Float64Array(3)];
    expect(evaluate({ ...given, A: Float64Array.from(given.A) }, out)).toEqual(out);
    expect(out).toEqual(expected);
    const single = compileJavaScript(lower([output(at(x, k), k)], { n: 2 }));
    const place = new Float64Array(2);
    expect(single({ x: [1, 2] }, place)).toBe(place);
    expect([...place]).toEqual([1, 2]);
  });
  test('a number stands for an array of one', () => {
    const double = compileJavaScript(lower([output(scale(Q.rational(2), at(variable('a'))))], {}));
    expect(double({ a: 4 })).toEqual(Float64Array.of(8));
    expect(double({ a: [5] })).toEqual(Float64Array.of(10));
  });
  test('say what does not fit', () => {
    expect(() => evaluate({ A: given.A, x: given.x })).toThrow('b is missing: it is 2 numbers (2)');
    expect(() => evaluate({ ...given, x: [1] })).toThrow('x is 3 numbers (3), and 1 were given');
    expect(() => evaluate({ ...given, x: 1 })).toThrow('x is 3 numbers (3), and 1 were given');
    expect(() => evaluate(given, new Float64Array(1))).toThrow('there are 2 results, and 1 arrays for them');
    expect(() => evaluate(given, [new Float64Array(1), new Float64Array(2)])).toThrow('gradient has 3 entries');
    const shared = new Float64Array(3);
    expect(() => evaluate({ ...given, x: shared }, [new Float64Array(1), shared])).toThrow('shares memory');
  });
  test('a required function must be handed in', () => {
    const program = lower([output(operation(':f:column>scalar', at(x, k), [k], [], []))], { n: 2 });
    expect(() => compileJavaScript(program)).toThrow('the function f needs its value');
    const sum = compileJavaScript(program, { f: { value: (a, out) => out.fill(a[0]! + a[1]!) } });
    expect(sum({ x: [1, 2] })).toEqual(Float64Array.of(3));
  });
});

describe('names', () => {
  test('hostile, foreign and reserved names are only names', () => {
    const names = [
      '__proto__',
      'constructor',
      'let',
      'Math',
      'i',
      't',
      'out',
      'erf',
      'θ',
      'x̂',
      "x'",
      'a b',
      '*/ throw 1 /*',
      '${1}',
      '`',
      '\u2028',
      '1st',
      'arguments',
      '',
    ];
    names.forEach((name, position) => {
      const [u, v] = [variable(name, n), variable('evaluate', n)];
      const s = define(`${name}\n*/ throw 2`, [k], apply('erf', [times(at(u, k), at(v, k))]));
      const evaluate = compileJavaScript(lower([output(times(at(s, k), at(s, l)), k, l)], { n: 1 }));
      const inputs = Object.fromEntries([
        [name, [position]],
        ['evaluate', [0.5]],
      ]) as Record<string, number[]>;
      const expected = entrywise.erf.value(position / 2) ** 2;
      expect((evaluate(inputs) as Float64Array)[0]).toBeCloseTo(expected, 14);
    });
  });
  test('names that differ only in what cannot be written stay apart', () => {
    const evaluate = compileJavaScript(lower([output(minus(at(variable("x'")), at(variable('x*'))))], {}));
    expect(evaluate({ "x'": 5, 'x*': 3 })).toEqual(Float64Array.of(2));
  });
});

/** The function of one number, as compiled. */
function compiled(fn: EntrywiseName): (x: number) => number {
  const evaluate = compileJavaScript(lower([output(apply(fn, [at(variable('a'))]))], {}));
  return (value) => (evaluate({ a: value }) as Float64Array)[0]!;
}

describe('functions', () => {
  test('erf and gelu are exact to 15 digits, into the tails', () => {
    const [erf, gelu] = [compiled('erf'), compiled('gelu')];
    for (let value = -9; value <= 9; value += 0.037) {
      expect(Math.abs(erf(value) - entrywise.erf.value(value))).toBeLessThan(5e-16);
      expect(Math.abs(gelu(value) / entrywise.gelu.value(value) - 1)).toBeLessThan(2e-14);
    }
    expect(Math.abs(erf(1e-8) / entrywise.erf.value(1e-8) - 1)).toBeLessThan(3e-16);
    expect(erf(0.5)).toBeCloseTo(0.5204998778130465, 15);
    expect(gelu(-10) / -7.619853024160526e-23).toBeCloseTo(1, 13);
  });
  test('nothing overflows at the ends of the line', () => {
    expect(
      (['sigmoid', 'softplus', 'silu', 'erf', 'gelu', 'tanh', 'relu', 'step'] as const).map((fn) => compiled(fn)(1000)),
    ).toEqual([1, 1000, 1000, 1, 1000, 1, 1000, 1]);
    expect((['sigmoid', 'softplus', 'erf', 'tanh', 'relu', 'step'] as const).map((fn) => compiled(fn)(-1e308))).toEqual(
      [0, 0, -1, -1, 0, 0],
    );
    expect((['sigmoid', 'softplus', 'erf', 'gelu', 'step', 'relu'] as const).map((fn) => compiled(fn)(NaN))).toEqual(
      Array(6).fill(NaN),
    );
    expect(compiled('softplus')(-40)).toBe(Math.log1p(Math.exp(-40)));
  });
});
