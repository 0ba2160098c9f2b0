/** A function and its gradients in one compiled function, as training loops want them: what they share is computed once. */
import type { InputDescription, InputValue } from '../loops/emit/javascript.ts';
import { invariant } from '../basics/invariant.ts';
import type { Answer } from './answer-object.ts';
import { type CompileOptions, compileAll } from './evaluator.ts';
import type { Computation } from './positions.ts';
import type { Outcome } from './outcome.ts';
import type { SizeNumbers } from './sizes.ts';
import { attemptWith, createSources } from './sources.ts';

export interface ValueAndGrad {
  /** The function itself, simplified. */
  readonly value: Answer;
  /** One for each variable, in the order in which they were asked for. */
  readonly gradients: readonly Answer[];
  /** For fixed sizes, as `Answer.compile`. */
  readonly compile: (sizes?: SizeNumbers, options?: CompileOptions) => Outcome<ValueAndGradEvaluator>;
}

/**
 * Computes the value and all gradients at once.
 *
 * @param out Arrays for the gradients, row-major, in order; made anew if absent.
 * @throws Refusal where an input is missing or has the wrong length.
 */
export interface ValueAndGradEvaluator {
  (
    inputs: Readonly<Record<string, InputValue>>,
    out?: readonly Float64Array[],
  ): { readonly value: number; readonly gradients: readonly Float64Array[] };
  readonly inputs: readonly InputDescription[];
  readonly source: string;
}

export function valueAndGradFrom(
  value: Answer,
  gradients: readonly Answer[],
  computations: readonly Computation[],
): ValueAndGrad {
  return {
    value,
    gradients,
    compile: (sizes = {}, options) => attemptWith(createSources(), () => compiled(computations, sizes, options)),
  };
}

function compiled(
  computations: readonly Computation[],
  sizes: SizeNumbers,
  options: CompileOptions | undefined,
): ValueAndGradEvaluator {
  const all = compileAll(computations, sizes, options);
  const scalar = new Float64Array(1);
  const evaluate: (...args: Parameters<ValueAndGradEvaluator>) => ReturnType<ValueAndGradEvaluator> = (inputs, out) => {
    const arrays = out ?? all.outputs.slice(1).map(({ length }) => new Float64Array(length));
    const results = all(inputs, [scalar, ...arrays]);
    invariant(Array.isArray(results), 'a value and its gradients are several results');
    return { value: scalar[0]!, gradients: arrays };
  };
  return Object.assign(evaluate, { inputs: all.inputs, source: all.source });
}
