import { describe, test } from 'vitest';
import * as Q from '../../src/basics/rational.ts';
import { type Dim, dimProduct, dimSum } from '../../src/shape/dim.ts';
import {
  apply,
  block,
  delta,
  indicesOf,
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
import type { Bound, Term } from '../../src/terms/node.ts';
import { at, checkAll, createRandom, define, m, n, over, variable } from './support.ts';

const [A, B, x, y, a] = [variable('A', m, n), variable('B', n, n), variable('x', n), variable('y', m), variable('a')];
const [mn, nm] = [dimProduct(m, n), dimSum(n, m)];
const [u, v] = [variable('u', mn), variable('v', nm)];

interface Dice {
  readonly pick: <Value>(values: readonly Value[]) => Value;
  readonly below: (limit: number) => number;
}
function createDice(seed: number): Dice {
  const random = createRandom(seed * 7919 + 13);
  for (let i = 0; i < 5; i++) random();
  const below = (limit: number): number => Math.floor(((random() + 1) / 2) * limit * 0.999999);
  return { below, pick: (values) => values[below(values.length)]! };
}

const safe = (t: Term): Term => plus(power(t, Q.rational(2)), size(n));

/** A term that may use these indices, of about this depth. */
function build(dice: Dice, free: readonly Bound[], depth: number): Term {
  const index = (dim: Dim): Bound | number => {
    const fitting = free.filter((b) => b.dim === dim);
    return fitting.length === 0 || dice.below(8) === 0 ? -1 - dice.below(2) : dice.pick(fitting);
  };
  const leaf = (): Term => {
    const value = dice.below(8);
    if (value === 0) return at(a);
    if (value === 1) return at(y, index(m));
    if (value <= 3) return at(x, index(n));
    if (value === 4) return at(u, index(mn));
    if (value === 5) return at(v, index(nm));
    return value === 6 ? at(A, index(m), index(n)) : at(B, index(n), index(n));
  };
  if (depth <= 0) return leaf();
  const inner = (more: readonly Bound[] = []): Term => build(dice, [...free, ...more], depth - 1 - dice.below(2));
  const slot = (dim: Dim): number => {
    const i = index(dim);
    return typeof i === 'number' ? i : i.index;
  };
  switch (dice.below(13)) {
    case 0:
      return sum([
        [Q.rational(2), inner()],
        [Q.rational(-1, 3), inner()],
        [Q.one, inner()],
      ]);
    case 1:
      return times(inner(), inner());
    case 2:
      return apply(dice.pick(['tanh', 'sigmoid', 'sin', 'relu', 'gelu']), [inner()]);
    case 3:
      return power(safe(inner()), dice.pick([Q.half, Q.minusOne, Q.rational(-3, 2), Q.rational(2)]));
    case 4:
    case 5: {
      const k = over(dice.pick([m, n]));
      return product(
        Q.rational(1, 2),
        [
          [inner([k]), Q.one],
          [inner([k]), Q.one],
          [leaf(), Q.one],
        ],
        [k],
      );
    }
    case 6: {
      const [k, l] = [over(n), over(m)];
      return product(
        Q.one,
        [
          [inner([k, l]), Q.one],
          [at(A, l, k), Q.one],
          [inner([k]), Q.one],
        ],
        [k, l],
      );
    }
    case 7:
      return times(delta(slot(n), slot(n), n), inner());
    case 8: {
      const [i, k] = [over(m), over(n)];
      const selector = pairing(slot(mn), i.index, k.index, m, n);
      return dice.below(2)
        ? product(
            Q.one,
            [
              [selector, Q.one],
              [inner([i, k]), Q.one],
            ],
            [i, k],
          )
        : times(pairing(slot(mn), slot(m), slot(n), m, n), inner());
    }
    case 9: {
      const [part, offset] = dice.pick([
        [m, n],
        [n, m],
      ] as const);
      const k = over(part);
      return dice.below(2)
        ? product(
            Q.one,
            [
              [block(slot(nm), [{ index: k.index, dim: part, coefficient: 1 }], offset, nm), Q.one],
              [inner([k]), Q.one],
            ],
            [k],
          )
        : times(block(slot(nm), [{ index: slot(part), dim: part, coefficient: 1 }], offset, nm), inner());
    }
    case 10: {
      const k = over(n);
      return operation(dice.pick(['softmax', 'log_softmax']), inner([k]), [k], [slot(n)], [n]);
    }
    case 11: {
      const [k, l] = [over(n), over(n)];
      const regular = plus(scale(Q.rational(5), delta(k.index, l.index, n)), apply('tanh', [inner([k, l])]));
      return operation('inv', regular, [k, l], [slot(n), slot(n)], [n, n]);
    }
    default: {
      const body = apply('tanh', [inner()]);
      const used = free.filter((b) => indicesOf(body).includes(b.index));
      return at(define(`s${depth}_${dice.below(1e6)}`, used, body), ...used);
    }
  }
}

describe('random terms', () => {
  for (let batch = 0; batch < 6; batch++)
    test(`loops compute what the definition says, batch ${batch}`, () => {
      for (let seed = batch * 30; seed < batch * 30 + 30; seed++) {
        const dice = createDice(seed);
        const axes = [m, n, n, mn, nm]
          .filter(() => dice.below(2) === 0)
          .slice(0, 3)
          .map(over);
        const term = build(dice, axes, 4);
        const other = build(dice, axes.slice(0, 1), 3);
        const wanted = [
          { name: 'f', term, axes: axes.map((b) => [b]) },
          { name: 'g', term: other, axes: [axes.slice(0, 1)] },
        ];
        try {
          checkAll(wanted, { m: 2, n: 3 });
        } catch (error) {
          throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
        }
      }
    });
});
