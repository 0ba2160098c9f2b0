/** How does emitted text become a function that can be called with arrays? Lengths and kinds are checked at this door only. */
import { refuse } from '../../basics/problem.ts';
import type { ResultName } from '../../syntax/unknown.ts';
import type { Buffer, LoopProgram } from '../program.ts';
import { emitJavaScript } from './program-text.ts';

export { emitJavaScript };

export type InputValue = Float64Array | readonly number[] | number;

/**
 * A function without formula: it writes its value, its Jacobian or its second derivatives, row by row, into the last array; the
 * others are its arguments. Of several arguments, derivatives are called by them: `jacobian_1`, `hessian_12`.
 */
export type HandedFunction = {
  readonly [result in ResultName]?: (x: Float64Array, ...arrays: readonly Float64Array[]) => void;
};

export interface InputDescription {
  readonly name: string;
  readonly extents: readonly number[];
  readonly length: number;
}
export interface OutputDescription {
  readonly name: string;
  readonly axes: readonly number[];
  readonly length: number;
}

export interface CompiledEvaluator {
  /** One output: its array. Several: their arrays, in order. */
  (
    inputs: Readonly<Record<string, InputValue>>,
    out?: Float64Array | readonly Float64Array[],
  ): Float64Array | readonly Float64Array[];
  readonly source: string;
  readonly inputs: readonly InputDescription[];
  readonly outputs: readonly OutputDescription[];
}

type Kernel = (...arrays: readonly Float64Array[]) => unknown;

export function compileJavaScript(
  program: LoopProgram,
  functions: Readonly<Record<string, HandedFunction>> = {},
  name = 'evaluate',
): CompiledEvaluator {
  checkFunctions(program, functions);
  const source = emitJavaScript(program, name);
  // The text consists of Code only: our own templates, numbers and sanitised names.
  // oxlint-disable-next-line typescript/no-implied-eval
  const create = new Function(`"use strict"; return ${source}`) as () => (
    functions: Readonly<Record<string, HandedFunction>>,
  ) => Kernel;
  const kernel = create()(functions);
  const read = program.inputs.map(createReader);
  const outputs = program.outputs.map(({ buffer, axes }): OutputDescription => ({
    name: buffer.name,
    axes,
    length: buffer.length,
  }));
  const evaluate = (
    inputs: Readonly<Record<string, InputValue>>,
    out?: Float64Array | readonly Float64Array[],
  ): Float64Array | readonly Float64Array[] => {
    const arrays = read.map((one) => one(inputs));
    const results = resultsFor(outputs, out);
    refuseOverlaps(arrays, results);
    kernel(...arrays, ...results);
    return results.length === 1 ? results[0]! : results;
  };
  return Object.assign(evaluate, {
    source,
    inputs: program.inputs.map(({ name, extents, length }): InputDescription => ({ name, extents, length })),
    outputs,
  });
}

function checkFunctions(
  { functions: required }: LoopProgram,
  functions: Readonly<Record<string, HandedFunction>>,
): void {
  for (const { name, results } of required)
    // What everybody has is asked for first.
    for (const result of results.toSorted((a, b) => Number(b === 'value') - Number(a === 'value')))
      if (!Object.hasOwn(functions, name) || typeof functions[name]![result] !== 'function')
        refuse({
          kind: 'value',
          message: `the function ${name} needs its ${result}`,
          hint: `hand in { ${name}: { ${result}(x, out) { … } } }`,
        });
}

/** Anything but a Float64Array is copied into one that stays, so that the kernel sees one kind of array only. */
function createReader({
  name,
  length,
  extents,
}: Buffer): (inputs: Readonly<Record<string, InputValue>>) => Float64Array {
  let copy: Float64Array | undefined;
  const shape = extents.length === 0 ? 'a number' : `${length} numbers (${extents.join(' x ')})`;
  return (inputs) => {
    if (!Object.hasOwn(inputs, name)) return refuse({ kind: 'value', message: `${name} is missing: it is ${shape}` });
    const value = inputs[name]!;
    const given = typeof value === 'number' ? 1 : value.length;
    if (given !== length) return refuse({ kind: 'value', message: `${name} is ${shape}, and ${given} were given` });
    if (value instanceof Float64Array) return value;
    copy ??= new Float64Array(length);
    if (typeof value === 'number') copy[0] = value;
    else copy.set(value);
    return copy;
  };
}

function resultsFor(
  outputs: readonly OutputDescription[],
  out: Float64Array | readonly Float64Array[] | undefined,
): readonly Float64Array[] {
  if (out === undefined) return outputs.map(({ length }) => new Float64Array(length));
  const given = out instanceof Float64Array ? [out] : out;
  if (given.length !== outputs.length)
    refuse({ kind: 'value', message: `there are ${outputs.length} results, and ${given.length} arrays for them` });
  outputs.forEach(({ name, length }, n) => {
    const array = given[n];
    if (!(array instanceof Float64Array))
      refuse({ kind: 'value', message: `the array for ${name} must be a Float64Array` });
    else if (array.length !== length)
      refuse({ kind: 'value', message: `${name} has ${length} entries, and the array for it has ${array.length}` });
  });
  return given;
}

/** Results are written while inputs are still read. */
function refuseOverlaps(inputs: readonly Float64Array[], results: readonly Float64Array[]): void {
  results.forEach((result, n) => {
    for (const other of [...inputs, ...results.slice(0, n)])
      if (
        other.buffer === result.buffer &&
        other.byteOffset < result.byteOffset + result.byteLength &&
        result.byteOffset < other.byteOffset + other.byteLength
      )
        refuse({ kind: 'value', message: 'the array for a result shares memory with an input or another result' });
  });
}
