/** What does an expression come to when a defined name varies by itself? Found from its terms in the world where that name is free. */
import { invariant, refuse } from '../basics/problem.ts';
import { entriesOf } from './subject.ts';
import { doubles } from './doubles.ts';
import { termEvaluator } from './evaluate-term.ts';
import { attempted } from './field.ts';
import { taken } from '../elaborate/taken.ts';
import type { World } from '../elaborate/world.ts';
import { array } from '../evaluate/array.ts';
import type { Environment } from '../evaluate/interpret.ts';
import type { Reading } from './reference.ts';
import { type UnknownOperation, unknownFunction } from '../terms/node.ts';

const mostWork = 400_000;

/** `mostEntries`: of the name; with more of them differences take too long. */
export const readingIn =
  (world: World, mostEntries = Infinity): Reading =>
  (call, environment) => {
    const { world: other, of, by } = taken(call, world);
    if (!other.free || !by) return undefined;
    const free = new Map([...other.indexNames].map(([name, index]) => [index, environment.indices?.get(name) ?? 1]));
    return (point) => {
      if (point.length > mostEntries)
        return refuse({ kind: 'limit', message: `${by.of.name} has too many entries to vary one by one` });
      const values = new Map([...environment.values].map(([name, { data }]) => [name, [...data]]));
      values.set(by.of.name, [...point]);
      const field = doubles({ valueOf: standIns(environment) }, false, Infinity);
      const evaluate = termEvaluator(field, { sizes: environment.sizes, values }, mostWork);
      const found = attempted(() => entriesOf(of, evaluate, environment.sizes, free));
      if (found.kind === 'value') return Float64Array.from(found.value);
      return refuse({ kind: 'value', message: 'the expression has no value there' });
    };
  };

/** The stand-ins of the check, as terms speak of them: call:f and jacobian:f at an argument. */
const standIns =
  ({ functions }: Environment) =>
  (op: UnknownOperation, argument: readonly number[], outs: readonly number[]): number => {
    const { result, name } = unknownFunction(op);
    const standIn = functions?.get(name);
    invariant(standIn, `${name} has a stand-in`);
    const at = array([argument.length, 1], argument);
    const { shape, data } = result === 'call' ? standIn.value(at) : standIn.jacobian(at);
    const extents = outs.length === shape.length ? shape : shape.filter((n) => n > 1);
    return data[outs.reduce((total, n, axis) => total * (extents[axis] ?? 1) + n - 1, 0)]!;
  };
