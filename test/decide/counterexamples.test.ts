/** The interpreter, which knows nothing of terms, must find both sides of a refuted claim as the counterexample has them. */
import { describe, expect, test } from 'vitest';
import { fromNested, type Nested, toNested } from '../../src/evaluate/array.ts';
import { interpret } from '../../src/evaluate/interpret.ts';
import { parseProgram } from '../../src/parse/parse.ts';
import { refuted } from './claims.ts';
import { verdictOf } from './verdict-of.ts';

/** Nothing tells the interpreter the size of an I alone. */
const plain = refuted.filter(([program, claim]) => !/grad|jacobian|hessian|d\(|f :|\[i|== I/.test(program + claim));

describe('replayed by the interpreter', () => {
  test.each(plain)('%s | %s', (program, claim) => {
    const verdict = verdictOf(program, claim);
    if (verdict.verdict !== 'refuted') throw new Error('not refuted');
    const { values, sizes, left, right } = verdict.counterexample;
    const parsed = parseProgram(`${program}\ncheck ${claim}`);
    const asked = parsed.ok ? parsed.value.statements.at(-1) : undefined;
    if (asked?.kind !== 'claim') throw new Error('no claim');
    const environment = {
      values: new Map(Object.entries(values).map(([name, value]) => [name, fromNested(value)])),
      sizes,
    };
    expect(flat(toNested(interpret(asked.left, environment)))).toEqual(closeTo(left));
    expect(flat(toNested(interpret(asked.right, environment)))).toEqual(closeTo(right));
  });
});

const flat = (nested: Nested): readonly number[] => (typeof nested === 'number' ? [nested] : nested.flatMap(flat));
const closeTo = (nested: Nested): unknown => flat(nested).map((x) => expect.closeTo(x, 9) as number);
