import { describe, expect, test } from 'vitest';
import { counterPosition } from '../../src/loops/position.ts';
import type { Buffer, Counter, Expression, Local, LoopProgram, Statement } from '../../src/loops/program.ts';
import { faultsOf, verifyLoops } from './well-formed.ts';

const buffer = (id: number, role: Buffer['role'], name: string, ...extents: readonly number[]): Buffer => ({
  id,
  role,
  name,
  extents,
  length: extents.reduce((product, extent) => product * extent, 1),
});
const [x, t, y] = [buffer(0, 'input', 'x', 3), buffer(1, 'work', 't', 3), buffer(2, 'output', 'y', 3)];
const i: Counter = { id: 0, extent: 3 };
const at = [counterPosition(i)];
const load = (from: Buffer): Expression => ({ kind: 'load', buffer: from, at });
const store = (to: Buffer, value: Expression, by: 'set' | 'add' = 'set'): Statement => ({
  kind: 'store',
  buffer: to,
  at,
  by,
  value,
});
const loop = (...body: readonly Statement[]): Statement => ({ kind: 'loop', counter: i, body });
const program = (...body: readonly Statement[]): LoopProgram => ({
  inputs: [x],
  work: [t],
  outputs: [{ buffer: y, axes: [3] }],
  functions: [],
  body,
});

describe('the verifier', () => {
  test('accepts what is well formed', () => {
    expect(faultsOf(program(loop(store(t, load(x))), loop(store(y, load(t)))))).toEqual([]);
  });
  test('names what is not', () => {
    const local: Local = { id: 0, name: 'a' };
    const value: Expression = { kind: 'local', local };
    const wide: Counter = { id: 1, extent: 4 };
    const copy = store(y, load(x));
    const cases: readonly (readonly [LoopProgram, string])[] = [
      [program(loop(store(y, load(t)))), 'the work array t is read before it is written'],
      [program(loop(store(y, load(x), 'add'))), 'the output array y is read before it is written'],
      [program(), 'the output array y is never written'],
      [program(copy), 'counter 0 is used outside its loop'],
      [program(loop(loop(copy))), 'counter 0 is bound twice'],
      [program(loop(copy), loop(store(x, load(y)))), 'the input array x is written'],
      [program(loop(store(y, value))), 'local 0 is used before it is declared'],
      [
        program(
          loop(
            copy,
            { kind: 'declare', local, value: load(x), changes: false },
            { kind: 'update', local, by: 'add', value: load(x) },
          ),
        ),
        'local 0 cannot change',
      ],
      [
        program(loop(copy), {
          kind: 'loop',
          counter: wide,
          body: [{ kind: 'store', buffer: y, at: [counterPosition(wide)], by: 'set', value: load(x) }],
        }),
        'counter 0 is used outside its loop',
      ],
      [
        program({
          kind: 'loop',
          counter: wide,
          body: [
            { kind: 'store', buffer: y, at: [counterPosition(wide)], by: 'set', value: { kind: 'constant', value: 1 } },
          ],
        }),
        'a position of the output array y runs from 0 to 3 along 3',
      ],
      [
        program(loop({ kind: 'store', buffer: y, at: [...at, ...at], by: 'set', value: load(x) })),
        'the output array y has 1 extents, and 2 positions are given',
      ],
      [{ ...program(loop(copy)), inputs: [] }, 'the input array x is not declared'],
      [
        program(loop(copy), { kind: 'call', name: 'f', result: 'value', sources: [x], target: y, count: 1 }),
        'the value of f is not among the required functions',
      ],
      [
        program(loop(copy), {
          kind: 'factorise',
          result: 'determinant',
          source: x,
          target: y,
          scratch: t,
          rows: 2,
          columns: 2,
          count: 1,
        }),
        'the input array x is not 1 matrices of size 2 x 2',
      ],
    ];
    for (const [wrong, fault] of cases) {
      expect(faultsOf(wrong)).toContain(fault);
      expect(() => verifyLoops(wrong)).toThrow('matgrad broke a promise');
    }
  });
});
