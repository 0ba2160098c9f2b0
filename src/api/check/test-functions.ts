/** What does an unknown function do in a numeric check? A smooth function with a known Jacobian stands in for it. */
import type { HandedFunction } from '../../loops/emit/javascript.ts';
import type { UnknownFunction } from '../../elaborate/scope.ts';
import { array, type NumericArray, sizeOfShape } from '../../evaluate/array.ts';
import type { TestFunction } from '../../evaluate/interpret.ts';
import { numericShape } from '../../verify/reference.ts';
import type { SizeNumbers } from '../given.ts';

export interface StandIns {
  readonly forInterpreter: ReadonlyMap<string, TestFunction>;
  readonly forEvaluator: Readonly<Record<string, HandedFunction>>;
}

export function standInsFor(functions: ReadonlyMap<string, UnknownFunction>, sizes: SizeNumbers): StandIns {
  const all = [...functions.values()].map((declared, n) => [declared.name, standIn(declared, n, sizes)] as const);
  return {
    forInterpreter: new Map(all.map(([name, { interpreted }]) => [name, interpreted])),
    forEvaluator: Object.fromEntries(all.map(([name, { handed }]) => [name, handed])),
  };
}

/** f(x)[i] = sum_j(sin(a[i,j]*x[j] + c)), all entries counted in one row; a and c are different for each function. */
function standIn(
  { from, to }: UnknownFunction,
  number: number,
  sizes: SizeNumbers,
): { readonly interpreted: TestFunction; readonly handed: HandedFunction } {
  const [inputs, outputs] = [numericShape(from, sizes), numericShape(to, sizes)];
  const [n, m] = [sizeOfShape(inputs), sizeOfShape(outputs)];
  const slope = (i: number, j: number): number => 0.5 + 0.25 * Math.cos(1 + i + 2 * j + number);
  const phase = 0.3 + 0.2 * number;
  const value = (x: ArrayLike<number>, out: Float64Array): void => {
    for (let i = 0; i < m; i++) {
      out[i] = 0;
      for (let j = 0; j < n; j++) out[i]! += Math.sin(slope(i, j) * x[j]! + phase);
    }
  };
  const jacobian = (x: ArrayLike<number>, out: Float64Array): void => {
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) out[i * n + j] = slope(i, j) * Math.cos(slope(i, j) * x[j]! + phase);
  };
  const filled = (shape: readonly number[], length: number, fill: (out: Float64Array) => void): NumericArray => {
    const out = new Float64Array(length);
    fill(out);
    return array(shape, out);
  };
  return {
    interpreted: {
      value: (x) => filled(outputs, m, (out) => value(x.data, out)),
      jacobian: (x) => filled([m, n], m * n, (out) => jacobian(x.data, out)),
    },
    handed: { value, jacobian },
  };
}
