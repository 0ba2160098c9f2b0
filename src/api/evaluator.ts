/** How does an answer become a fast function of its variables? Lowered to loops for given sizes, then compiled. */
import { refuse } from '../basics/problem.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import {
  compileJavaScript,
  type HandedFunction,
  type InputDescription,
  type InputValue,
} from '../loops/emit/javascript.ts';
import { lower } from '../loops/lower.ts';
import type { LoopProgram } from '../loops/program.ts';
import { evaluateDim } from '../shape/dim.ts';
import type { Bound, Term } from '../terms/node.ts';
import { atPositions, checkPosition, type Computation, type FreeIndex, freeIndicesOf } from './positions.ts';
import type { SizeNumbers } from './sizes.ts';

export interface CompileOptions {
  /** Positions, from 1, for indices that the answer speaks of. An index without one becomes a leading axis of the result. */
  readonly positions?: Readonly<Record<string, number>> | undefined;
  /** For `f : R^m -> R^n`: writes f(x), and its Jacobian row by row, into `out`. */
  readonly functions?: Readonly<Record<string, HandedFunction>> | undefined;
}

/**
 * Computes an answer from its variables, all row-major.
 *
 * @param inputs One entry per name in `inputs` (`d(x)` is a name, in answers that speak of it): a Float64Array, a list of numbers, or a number for a scalar.
 * @param out Written into and returned if given; it must have `entries` entries. Otherwise a new array is made.
 * @throws Refusal, with a `problem`, where an input is missing or has the wrong length.
 */
export interface Evaluator {
  (inputs: Readonly<Record<string, InputValue>>, out?: Float64Array): Float64Array;
  readonly inputs: readonly InputDescription[];
  /** One number per axis; none for a scalar. */
  readonly axes: readonly number[];
  /** How many numbers the result has. */
  readonly entries: number;
  /** The generated JavaScript. */
  readonly source: string;
}

export function compileAnswer(of: Computation, sizes: SizeNumbers, options: CompileOptions = {}): Evaluator {
  const compiled = compileAll([of], sizes, options);
  const { axes, length } = compiled.outputs[0]!;
  const evaluate = (inputs: Readonly<Record<string, InputValue>>, out?: Float64Array): Float64Array =>
    compiled(inputs, out) as Float64Array;
  return Object.assign(evaluate, { inputs: compiled.inputs, axes, entries: length, source: compiled.source });
}

/** Several results in one function: what they share is computed once. */
export function compileAll(
  all: readonly Computation[],
  sizes: SizeNumbers,
  { positions = {}, functions = {} }: CompileOptions = {},
) {
  const outputs = all.map((one, n) => ({
    name: `answer${all.length === 1 ? '' : n + 1}`,
    ...settled(one, sizes, positions),
  }));
  const program = lower(outputs, sizes);
  refuseHuge(program);
  return compileJavaScript(program, functions);
}

function settled(
  of: Computation,
  sizes: SizeNumbers,
  positions: Readonly<Record<string, number>>,
): { readonly term: Term; readonly axes: readonly (readonly Bound[])[] } {
  const { term, axes, engine } = of;
  const free = freeIndicesOf(of);
  const isFixed = ({ name }: FreeIndex): boolean => Object.hasOwn(positions, name);
  const fixed = free
    .filter(isFixed)
    .map(
      ({ name, bound }) =>
        [bound.index, checkPosition(name, positions[name], evaluateDim(bound.dim, sizes) ?? Infinity)] as const,
    );
  const open = free.filter((index) => !isFixed(index));
  for (const { name } of open)
    if (isFactPosition(name, engine.checked))
      refuse({
        kind: 'value',
        message: `the answer speaks of the position ${name}, which has no value`,
        hint: `${name} = 1, say`,
      });
  return {
    term: engine.stable(atPositions(term, new Map(fixed))),
    axes: [...open.map(({ bound }) => [bound]), ...axes],
  };
}

/** y onehot at o: o is one position, not an axis. */
const isFactPosition = (name: string, checked: CheckedProgram): boolean =>
  [...checked.variables.values()].some(({ at }) => at?.kind === 'name' && at.name === name);

/** 2^26 doubles are half a gigabyte. */
const mostEntries = 2 ** 26;

function refuseHuge({ work, outputs }: LoopProgram): void {
  const entries = [...work, ...outputs.map(({ buffer }) => buffer)].reduce((total, { length }) => total + length, 0);
  if (entries > mostEntries)
    refuse({
      kind: 'limit',
      message: `this needs arrays with ${entries} entries, and at most ${mostEntries} are allowed`,
    });
}
