/** What does an expression come to when a defined name varies by itself? Found from its terms in the world where that name is free. */
import { invariant, refuse } from '../basics/problem.ts';
import { entriesOf } from './subject.ts';
import { doubles } from './doubles.ts';
import { termEvaluator } from './evaluate-term.ts';
import { attempted } from './field.ts';
import { taken } from '../elaborate/taken.ts';
import type { World } from '../elaborate/world.ts';
import { array, sizeOfShape } from '../evaluate/array.ts';
import type { Environment } from '../evaluate/interpret.ts';
import { numericShape, type Reading } from './reference.ts';
import { entryAt } from './stand-ins.ts';
import type { UnknownOperation } from '../terms/node.ts';
import { unknownFunction } from '../terms/unknown.ts';

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
      const field = doubles({ valueOf: standIns(environment, world) }, false, Infinity);
      const evaluate = termEvaluator(field, { sizes: environment.sizes, values }, mostWork);
      const found = attempted(() => entriesOf(of, evaluate, environment.sizes, free));
      if (found.kind === 'value') return Float64Array.from(found.value);
      return refuse({ kind: 'value', message: 'the expression has no value there' });
    };
  };

/** The stand-ins of the check, as terms speak of them. */
const standIns =
  ({ functions, sizes }: Environment, { checked }: World) =>
  (op: UnknownOperation, argument: readonly number[], outs: readonly number[]): number => {
    const { name, by } = unknownFunction(op);
    const declared = checked.functions.get(name);
    const standIn = functions?.get(name);
    invariant(standIn && declared, `${name} has a stand-in`);
    let start = 0;
    const args = declared.from.map((shape) => {
      const extents = numericShape(shape, sizes);
      return array(extents, argument.slice(start, (start += sizeOfShape(extents))));
    });
    return entryAt(standIn(by, args).data, outs, declared, by, sizes);
  };
