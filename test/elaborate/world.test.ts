/** Which symbols do names become, which facts do they keep, and how do derivatives travel between worlds? */
import { describe, expect, test } from 'vitest';
import { createWorld, type Derive } from '../../src/elaborate/world.ts';
import { same } from '../../src/terms/construct.ts';
import type { Value } from '../../src/elaborate/values.ts';
import { askedFor, checked, expression, worldOf } from './given.ts';

const program = checked(
  'S in R^(n x n), symmetric; D in R^(n x n), diagonal; M in R^(n x n), spd; y in R^n, onehot at o; x in R^n; tau > 0; z = S*x/tau; f = -log(softmax(z)[o]); g = f*z',
);
const aligned = (a: Value, b: Value): boolean => {
  const world = worldOf(program);
  return a.term.node === b.term.node && world.checked === program;
};

describe('symbols', () => {
  test('come in the order of the program, definitions over slots', () => {
    const world = worldOf(program);
    expect([...world.symbols.keys()]).toEqual(['S', 'D', 'M', 'y', 'x', 'tau', 'z', 'f', 'g']);
    expect(world.definitions.map(({ name }) => name)).toEqual(['z', 'f', 'g']);
    expect(world.symbol('z')!.definition!.at).toEqual([0]);
    expect(world.symbol('f')!.definition!.at).toEqual([world.index('o')]);
    expect(world.symbol('nothing')).toBeUndefined();
  });
  test('names stay atoms', () => {
    expect(worldOf(program).evaluate(expression('z')).term.node.kind).toBe('symbol');
  });
  test('the same free index means the same everywhere', () => {
    const world = worldOf(program);
    const [a, b] = [world.evaluate(expression('x[i]')), world.evaluate(expression('x[i]'))];
    expect(same(a.term, b.term)).toBe(true);
  });
  test('every use has indices of its own', () => {
    const world = worldOf(program);
    const e = expression('x');
    expect(world.evaluate(e).term.at).not.toEqual(world.evaluate(e).term.at);
  });
});

describe('facts', () => {
  test("S' is S", () => {
    const world = worldOf(program);
    expect(aligned(world.evaluate(expression("S'*x")), world.evaluate(expression('S*x')))).toBe(true);
  });
  test('and is not while S is varied', () => {
    const world = worldOf(program, 'S');
    expect(aligned(world.evaluate(expression("x'*S*z")), world.evaluate(expression("z'*S*x")))).toBe(false);
    expect(world.symbol('S')!.facts.size).toBe(0);
    expect([...world.symbol('M')!.facts]).toEqual(['spd']);
    expect([...worldOf(program, 'M').symbol('M')!.facts]).toEqual(['invertible']);
  });
  test('a diagonal matrix is symmetric, a onehot vector a delta', () => {
    const world = worldOf(program);
    expect(aligned(world.evaluate(expression("D'*x")), world.evaluate(expression('D*x')))).toBe(true);
    expect(world.evaluate(expression('y')).term.node.kind).toBe('delta');
    expect(worldOf(program, 'y').evaluate(expression('y')).term.node.kind).toBe('symbol');
  });
  test('worlds that drop the same facts are the same', () => {
    expect(worldOf(program)).toBe(worldOf(program, 'x', 'tau', 'z'));
    expect(worldOf(program, 'S')).toBe(worldOf(program, 'x', 'S'));
    expect(worldOf(program, 'S')).not.toBe(worldOf(program));
  });
});

test('a derivative is taken where its variable has no equations, and read back', () => {
  const asked: string[] = [];
  // Stands in for d(x'*S*x)/dS: hands back S itself.
  const derive: Derive = ({ kind, by, of, shape }, world) => {
    asked.push(`${kind} ${by?.name} ${by?.facts.size} ${of.shape.kind}`);
    return { ...world.evaluate(expression('S')), shape };
  };
  const world = createWorld(program, new Set(), derive);
  const value = world.evaluate(expression("grad(x'*S*x, S)"));
  expect(asked).toEqual(['grad S 0 scalar']);
  expect(value.term.node).toBe(world.evaluate(expression('S')).term.node);
  expect(world.evaluate(expression("grad(x'*S*x, S)[i,j]")).axes).toEqual([]);
});

const nested = (depth: number, wrap: (inner: string) => string): string => {
  let text = 'x';
  for (let n = 0; n < depth; n++) text = wrap(text);
  return text;
};
/** What grows faster than the text would run into the time limit of a test. */
const isEvaluated = (text: string): boolean => {
  const deep = checked(text);
  return worldOf(deep).evaluate(askedFor(deep)).term !== undefined;
};
const layer = (t: string): string => `tanh(W*(${t}) + b)`;

describe('depth and size', () => {
  const declared = 'W in R^(n x n); x, b in R^n; ';
  for (const [levels, wrap] of [
    [990, (t: string) => `tanh(${t})`],
    [490, (t: string) => `-(1 - ${t})`],
    [490, (t: string) => `sum(${t})*x`],
    [490, (t: string) => `W*(${t} + b)`],
  ] as const)
    test(`${levels} times ${wrap('…')}`, () => expect(isEvaluated(declared + nested(levels, wrap))).toBe(true));
  test('128 layers without names', () => {
    expect(isEvaluated(declared + nested(128, layer))).toBe(true);
  });
  test('a sum of 5,000 terms, and 1,000 names one behind the other', () => {
    expect(isEvaluated(`${declared}${Array.from({ length: 5000 }, () => 'x').join(' + ')}`)).toBe(true);
    const chain = Array.from({ length: 1000 }, (_, n) => `h${n + 1} = tanh(h${n}) + b`).join('; ');
    expect(isEvaluated(`${declared}h0 = x; ${chain}; h1000`)).toBe(true);
  });
  test('functions that call each other are written out only so far', () => {
    const chain = Array.from({ length: 40 }, (_, n) => `f${n + 1}(s) = f${n}(f${n}(s))`).join('; ');
    expect(() => checked(`x in R; f0(s) = s + 1; ${chain}; f40(x)`)).toThrow(/too large/);
  });
});
