/** An answer compiled to a function over Float64Array, and its value at given numbers. */
import type { Answer } from './answer-object.ts';
import { type SizeNumbers, checkExtents, type GivenValue, type Nested, numbersIn, sizesFrom } from './given.ts';
import { type Outcome, attemptWith, createSources } from './outcome.ts';
import { invariant, refuse } from '../basics/problem.ts';
import type { ProgramEngine } from '../derive/program-engine.ts';
import type { CheckedProgram } from '../elaborate/scope.ts';
import {
  compileJavaScript,
  type HandedFunction,
  type InputDescription,
  type InputValue,
} from '../loops/emit/javascript.ts';
import { lower } from '../loops/lower.ts';
import type { LoopProgram } from '../loops/program.ts';
import { evaluateDim, type Dim } from '../shape/dim.ts';
import { axesOf } from '../shape/shape.ts';
import { rename, same, symbolTerm } from '../terms/construct.ts';
import type { Bound, Term, Index, TermSymbol } from '../terms/node.ts';
import { substitute, symbolsIn } from '../terms/substitute.ts';

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
    term: engine.stable(atPositions(term, new Map(fixed))).at(-1)!.term,
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

// ---- from values as people give them

/** Nested lists take several times the memory of the numbers. */
const mostNested = 2 ** 22;

type GivenValues = Readonly<Record<string, GivenValue>>;

export function evaluateAnswer(
  of: Computation,
  values: GivenValues,
  options: CompileOptions & { readonly sizes?: SizeNumbers | undefined } = {},
): Nested {
  const { checked } = of.engine;
  const sizes = sizesFrom(checked, values, options.sizes);
  refuseMissing(checked, sizes, values);
  const positions = { ...options.positions, ...positionsIn(of, values) };
  const evaluator = compileAnswer(of, sizes, { ...options, positions });
  if (evaluator.entries > mostNested)
    refuse({
      kind: 'limit',
      message: `the answer has ${evaluator.entries} entries, too many for nested lists`,
      hint: 'compile(…) gives a Float64Array',
    });
  return nested(evaluator(inputsFor(evaluator.inputs, values)), evaluator.axes);
}

/** Without a value for x nothing tells how long it is. */
function refuseMissing({ variables, sizes: names }: CheckedProgram, sizes: SizeNumbers, values: GivenValues): void {
  for (const size of names) {
    if (Object.hasOwn(sizes, size)) continue;
    const silent = [...variables.values()].find(
      ({ name, shape }) => !Object.hasOwn(values, name) && axesOf(shape).some((dim) => dim.key === size),
    );
    if (silent)
      refuse({
        kind: 'value',
        message: `no value for ${silent.name}`,
        hint: `it tells the size ${size}; if the answer does not need it, give the size`,
      });
  }
}

export function inputsFor(inputs: Evaluator['inputs'], values: GivenValues): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(
    inputs.map(({ name, extents }) => {
      if (!Object.hasOwn(values, name)) refuse({ kind: 'value', message: `no value for ${name}`, hint: `${name} = …` });
      const value = values[name]!;
      const numbers = Float64Array.from(numbersIn(value, name));
      checkExtents(name, value, extents);
      return [name, numbers];
    }),
  );
}

/** Indices are given like variables; the position of a one is read off the vector that has it. */
function positionsIn(of: Computation, values: GivenValues): Readonly<Record<string, number>> {
  const found = freeIndicesOf(of).flatMap(({ name }) => {
    const position = Object.hasOwn(values, name) ? values[name] : positionOfOne(name, of.engine.checked, values);
    return typeof position === 'number' ? [[name, position] as const] : [];
  });
  return Object.fromEntries(found);
}

function positionOfOne(index: string, checked: CheckedProgram, values: GivenValues): number | undefined {
  const holder = [...checked.variables.values()].find(({ at }) => at?.kind === 'name' && at.name === index);
  if (!holder || !Object.hasOwn(values, holder.name)) return undefined;
  const position = numbersIn(values[holder.name], holder.name).indexOf(1) + 1;
  return position > 0 ? position : undefined;
}

/** Row-major numbers as nested lists. */
export function nested(data: ArrayLike<number>, axes: readonly number[], start = 0): Nested {
  if (axes.length === 0) return data[start]!;
  const [size, ...rest] = axes as [number, ...number[]];
  const step = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, n) => nested(data, rest, start + n * step));
}

// ---- a scalar and its gradients in one function

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

// ---- positions
// An answer may speak of indices: jacobian(y, z)[i,k], y onehot at o. Which ones, and what is the answer where they
// have values?

/** What is to be computed: a term with its axes, in the world of a program. */
export interface Computation {
  readonly term: Term;
  readonly axes: readonly (readonly Bound[])[];
  readonly engine: ProgramEngine;
}

export interface FreeIndex {
  readonly name: string;
  readonly bound: Bound;
}

/** The indices that a term leaves open apart from those of its axes, names' definitions included, in order of their names. */
export function freeIndicesOf({ term, axes, engine }: Computation): readonly FreeIndex[] {
  const own = new Set(axes.flat().map(({ index }) => index));
  const dims = new Map<Index, Dim>();
  const seen = new Set<TermSymbol>();
  const note = (t: Term): void => {
    t.at.forEach((index, slot) => dims.set(index, t.node.slots[slot]!));
    for (const symbol of symbolsIn(t)) {
      if (seen.has(symbol) || !symbol.definition) continue;
      seen.add(symbol);
      note(symbol.definition);
    }
  };
  note(term);
  return [...engine.world.indexNames]
    .filter(([, index]) => dims.has(index) && !own.has(index))
    .map(([name, index]) => ({ name, bound: { index, dim: dims.get(index)! } }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The term where indices stand at positions, counted from 1, through the definitions of names. */
export function atPositions(term: Term, positions: ReadonlyMap<Index, number>): Term {
  if (positions.size === 0) return term;
  const fixed = new Map([...positions].map(([index, position]) => [index, -position]));
  const symbols = new Map<TermSymbol, TermSymbol>();
  const put = (t: Term): Term => {
    const inside = substitute(t, {
      symbol: (symbol, at) => {
        const other = replaced(symbol);
        return other === symbol ? undefined : symbolTerm(other, at);
      },
    });
    return rename(inside, fixed);
  };
  const replaced = (symbol: TermSymbol): TermSymbol => {
    const known = symbols.get(symbol);
    if (known) return known;
    const definition = symbol.definition && put(symbol.definition);
    const isSame = !definition || !symbol.definition || same(definition, symbol.definition);
    const made = isSame ? symbol : { ...symbol, definition };
    symbols.set(symbol, made);
    return made;
  };
  return put(term);
}

/** A position given by a caller, counted from 1. */
export function checkPosition(name: string, position: unknown, size: number): number {
  if (typeof position === 'number' && Number.isInteger(position) && position >= 1 && position <= size) return position;
  return refuse({
    kind: 'index',
    message: `the index ${name} is ${JSON.stringify(position)}, and runs from 1 to ${size}`,
  });
}
