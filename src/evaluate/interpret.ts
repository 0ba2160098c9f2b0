/**
 * What is the value of an expression? The plain mathematical meaning of every operator and function, over dense arrays.
 * It shares nothing with the symbolic engine, so that it can check the engine's answers.
 *
 * Sizes of 1 make vectors and scalars out of matrices here (a 3 x 1 matrix is a column), so checks should use sizes from 2 up.
 */
import { type MatrixName, sizesFrom } from '../../rules/functions/index.ts';
import { spectralNames } from './spectral.ts';
import { toNumber } from '../basics/rational.ts';
import { Refusal, refuse } from '../basics/problem.ts';
import type { Call, Comparison, Expression, Range, Subscript, SumOver } from '../syntax/tree.ts';
import { type NumericArray, array, map, numberIn, scalar } from './array.ts';
import { assemble, filling, combine, axesFor, isOutside, pick } from './combine.ts';
import { everyPart, freeNames, integerIn, usesOf, partsOf } from '../syntax/parts.ts';
import { functionFor, functionsNamed } from './functions.ts';
import { transpose } from './linear-algebra.ts';
import { derivedIn } from '../syntax/unknown.ts';
import { type Value, addUp, isIdentity, negated, operate, sized } from './value.ts';

/** A stand-in for an unknown function f and its derivatives: `by` no argument its value, by the first J_f, and so on. */
export type TestFunction = (by: readonly number[], args: readonly NumericArray[]) => NumericArray;

export interface Environment {
  readonly values: ReadonlyMap<string, NumericArray>;
  readonly sizes: Readonly<Record<string, number>>;
  readonly functions?: ReadonlyMap<string, TestFunction> | undefined;
  /** Names for expressions: evaluated when needed, once per environment, outside all sums. */
  readonly definitions?: ReadonlyMap<string, Expression> | undefined;
  /** Positions, from 1, for the free indices of an expression. */
  readonly indices?: ReadonlyMap<string, number> | undefined;
  /** To see what rounding may do. */
  readonly rounding?: Rounding | undefined;
}

/** Every result on the way that is not exact is moved, and so is what it was computed from where that was added up. */
export interface Rounding {
  readonly isExact: (value: number) => boolean;
  readonly moved: (value: number) => number;
}

export function interpret(e: Expression, environment: Environment): NumericArray {
  const run: Run = { environment, definitions: definitionsOf(environment), pending: new Set(), root: newScope() };
  return sized(evaluate(e, run.root, run));
}

// ---- scopes: a value is kept in the innermost scope whose index it mentions, hence computed once per position of that index

interface Scope {
  readonly memo: Map<Expression, Value>;
  readonly binding?: { readonly index: string; readonly position: number; readonly parent: Scope } | undefined;
}

const newScope = (binding?: Scope['binding']): Scope => ({ memo: new Map(), binding });

function homeOf(e: Expression, scope: Scope): Scope {
  if (!scope.binding) return scope;
  const names = freeNames(e);
  let home = scope;
  while (home.binding && !names.has(home.binding.index)) home = home.binding.parent;
  return home;
}

function positionOf(index: string, scope: Scope, environment: Environment): number | undefined {
  for (let { binding } = scope; binding; { binding } = binding.parent)
    if (binding.index === index) return binding.position;
  return environment.indices?.get(index);
}

// ---- evaluation with a stack of its own, so that depth costs no stack frames

interface Run {
  readonly environment: Environment;
  readonly definitions: Map<string, Value>;
  /** Definitions being evaluated: meeting one again is a circle. */
  readonly pending: Set<string>;
  readonly root: Scope;
}

const definitionCaches = new WeakMap<Environment, Map<string, Value>>();

function definitionsOf(environment: Environment): Map<string, Value> {
  const known = definitionCaches.get(environment) ?? new Map<string, Value>();
  definitionCaches.set(environment, known);
  return known;
}

interface Task {
  readonly node: Expression;
  readonly scope: Scope;
  opened: boolean;
}
const task = (node: Expression, scope: Scope): Task => ({ node, scope: homeOf(node, scope), opened: false });

function evaluate(e: Expression, from: Scope, run: Run): Value {
  const first = task(e, from);
  const stack = [first];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const { node, scope } = top;
    if (scope.memo.has(node)) {
      stack.pop();
      continue;
    }
    try {
      if (top.opened) scope.memo.set(node, rounded(node, compute(node, scope, run), run));
      else {
        top.opened = true;
        stack.push(...needs(node, scope, run).toReversed());
      }
    } catch (error) {
      throw located(error, node);
    }
  }
  return first.scope.memo.get(e)!;
}

/** Values are given, and one name has one value wherever it stands; pi is rounded itself. */
function rounded(e: Expression, value: Value, { environment }: Run): Value {
  const { rounding, values } = environment;
  if (!rounding || isIdentity(value) || (e.kind === 'name' && (e.name !== 'pi' || values.has('pi')))) return value;
  return map(value, (x) => (rounding.isExact(x) ? x : rounding.moved(x)));
}

/** These divide on the way, whatever they are given. */
const dividing: ReadonlySet<string> = new Set<MatrixName>([
  'inv',
  'det',
  'logdet',
  'adj',
  'dexpm',
  'dlogm',
  'sylvester',
  ...spectralNames,
]);

/**
 * What a node is computed from. Adding up rounds by what is added, however small the sum is: (x + 1/10) - 1/10 - x. What solves
 * equations is as exact as for a matrix next to the one that it is given (Wilkinson).
 */
function operands(e: Expression, values: readonly Value[], { environment }: Run): readonly Value[] {
  const { rounding } = environment;
  if (!rounding) return values;
  const addsUp = e.kind === 'sum' || e.kind === 'call' || (e.kind === 'binary' && e.operator === '*');
  const isInexact = (value: Value): boolean => !isIdentity(value) && !value.data.every((x) => rounding.isExact(x));
  const divides = e.kind === 'call' && dividing.has(e.name);
  if (!addsUp || !(divides || values.some(isInexact))) return values;
  return values.map((value) => (isIdentity(value) ? value : map(value, rounding.moved)));
}

/** The innermost place is the one to show. */
function located(error: unknown, { span }: Expression): unknown {
  return error instanceof Refusal && !error.problem.span && span ? new Refusal({ ...error.problem, span }) : error;
}

/** What has to be known before a node can be computed. */
function needs(e: Expression, scope: Scope, run: Run): readonly Task[] {
  if (e.kind === 'name') {
    const definition = pendingDefinition(e.name, scope, run);
    if (!definition) return [];
    if (run.pending.has(e.name)) refuse({ kind: 'name', message: `${e.name} is defined by means of itself` });
    run.pending.add(e.name);
    return [task(definition, run.root)];
  }
  if (e.kind === 'sum-over') {
    // Its body is evaluated once per position; only the definitions it uses come first, to keep chains of them flat.
    const definitions = [...freeNames(e)].filter((name) => pendingDefinition(name, scope, run));
    return definitions.map((name) => task({ kind: 'name', name }, run.root));
  }
  if (e.kind === 'call' && !isTestFunction(e, run)) {
    functionsNamed(e.name);
    return e.arguments.slice(0, sizesFrom(e.name)).map((child) => task(child, scope));
  }
  return partsOf(e).map((child) => task(child, scope));
}

/** The definition behind a name that nothing nearer gives a value to and that has not been evaluated yet. */
function pendingDefinition(name: string, scope: Scope, run: Run): Expression | undefined {
  const { environment, definitions } = run;
  if (positionOf(name, scope, environment) !== undefined || environment.values.has(name) || definitions.has(name))
    return undefined;
  return environment.definitions?.get(name);
}

function compute(e: Expression, scope: Scope, run: Run): Value {
  const valueOf = (child: Expression): Value => homeOf(child, scope).memo.get(child)!;
  const arrayOf = (child: Expression): NumericArray => sized(valueOf(child));
  switch (e.kind) {
    case 'number':
      return scalar(toNumber(e.value));
    case 'name':
      return named(e.name, scope, run);
    case 'sum': {
      const values = operands(
        e,
        e.terms.map(({ term }) => valueOf(term)),
        run,
      );
      return addUp(e.terms.map(({ negative }, n) => ({ negative, value: values[n]! })));
    }
    case 'negation':
      return negated(valueOf(e.of));
    case 'binary': {
      const [left, right] = operands(e, [valueOf(e.left), valueOf(e.right)], run) as [Value, Value];
      const value = operate(e.operator, left, right);
      return isFinite(value) || !isRuledOut(e, scope, run) ? value : map(sized(value), () => 0);
    }
    case 'transpose': {
      const value = valueOf(e.of);
      return isIdentity(value) ? value : transpose(value);
    }
    case 'call': {
      // Where sizes stand, a size's name means the size whatever else has that name.
      const from = isTestFunction(e, run) ? undefined : sizesFrom(e.name);
      const values = operands(e, e.arguments.slice(0, from).map(arrayOf), run).map(sized);
      const sizes = from === undefined ? [] : e.arguments.slice(from);
      return called(e, [...values, ...sizes.map((size) => scalar(sizeFrom(size, scope, run)))], run);
    }
    case 'subscript':
      return picked(e, valueOf);
    case 'matrix':
      return assemble(e.rows.map((blocks) => blocks.map((block) => (isZero(block) ? filling : arrayOf(block)))));
    case 'range': {
      const [first, last] = endsOf(e, scope, run);
      return array(
        [1, last - first + 1],
        Array.from({ length: last - first + 1 }, (_, n) => first + n),
      );
    }
    case 'sum-over':
      return summed(e, scope, run);
    case 'indicator': {
      const holds = comparisons[e.comparison];
      // What has no value compares with nothing.
      return combine(arrayOf(e.left), arrayOf(e.right), e.comparison, (x, y) =>
        Number.isNaN(x + y) ? NaN : holds(x, y) ? 1 : 0,
      );
    }
  }
}

const isFinite = (value: Value): boolean => isIdentity(value) || value.data.every((x) => Number.isFinite(x));
/** What stands beside a condition on positions that is false is not read: 1[i != j]/(x[i] - x[j]) is 0 at i = j. */
function isRuledOut(e: Expression, scope: Scope, run: Run): boolean {
  if (e.kind === 'binary' && e.operator !== '^' && e.operator !== '.^') {
    const divides = e.operator === '/' || e.operator === './';
    return isRuledOut(e.left, scope, run) || (!divides && isRuledOut(e.right, scope, run));
  }
  if (e.kind === 'negation') return isRuledOut(e.of, scope, run);
  if (e.kind !== 'indicator' && !(e.kind === 'call' && e.name === 'delta')) return false;
  const { environment } = run;
  let isPlain = true;
  everyPart(e, (part) => {
    if (part.kind === 'name')
      isPlain &&=
        positionOf(part.name, scope, environment) !== undefined || Object.hasOwn(environment.sizes, part.name);
    else isPlain &&= ['number', 'sum', 'negation', 'binary', 'indicator', 'call'].includes(part.kind);
  });
  return isPlain && sized(homeOf(e, scope).memo.get(e)!).data[0] === 0;
}

const isZero = (e: Expression): boolean => e.kind === 'number' && e.value.n === 0n;

const comparisons: Readonly<Record<Comparison, (x: number, y: number) => boolean>> = {
  '>': (x, y) => x > y,
  '<': (x, y) => x < y,
  '>=': (x, y) => x >= y,
  '<=': (x, y) => x <= y,
  '==': (x, y) => x === y,
  '!=': (x, y) => x !== y,
};

// ---- names, calls, subscripts, sums

function named(name: string, scope: Scope, run: Run): Value {
  const { environment, definitions, pending, root } = run;
  const position = positionOf(name, scope, environment);
  if (position !== undefined) return scalar(position);
  const value = environment.values.get(name);
  // Given by others, hence brought into our form.
  if (value) return array(value.shape, value.data);
  const definition = environment.definitions?.get(name);
  if (definition) {
    const known = definitions.get(name) ?? root.memo.get(definition)!;
    definitions.set(name, known);
    pending.delete(name);
    return known;
  }
  if (Object.hasOwn(environment.sizes, name)) return scalar(environment.sizes[name]!);
  if (name === 'pi') return scalar(Math.PI);
  if (name === 'I') return { scale: 1 };
  return refuse({ kind: 'name', message: `${name} has no value` });
}

/** Sizes are names, integers, sums and products of them; anything else must at least come to a whole number. */
function sizeFrom(e: Expression, scope: Scope, run: Run): number {
  const { sizes } = run.environment;
  const size =
    e.kind === 'name' && Object.hasOwn(sizes, e.name)
      ? sizes[e.name]!
      : numberIn(sized(evaluate(e, scope, run)), 'a size');
  if (Number.isInteger(size) && size >= 0) return size;
  return refuse({ kind: 'shape', message: `a size must be a whole number, not ${size}` });
}

function testFunction({ name, arguments: args }: Call, run: Run): TestFunction | undefined {
  const { functions } = run.environment;
  const direct = functions?.get(name);
  if (direct) return direct;
  const derived = derivedIn(name, (of) => (functions?.has(of) ? args.length : undefined));
  if (!derived) return undefined;
  const found = functions!.get(derived.of)!;
  return (_, values) => found(derived.by, values);
}
const isTestFunction = (e: Call, run: Run): boolean => testFunction(e, run) !== undefined;

function called(call: Call, values: readonly NumericArray[], run: Run): NumericArray {
  const { name } = call;
  const stranger = testFunction(call, run);
  if (!stranger) {
    const known = functionFor(name, values.length);
    if (!call.dim) return known.apply(values);
    const dim = integerIn(call.dim) ?? NaN;
    return known.along?.(values[0]!, dim) ?? refuse({ kind: 'shape', message: `${name} has no axis` });
  }
  const result = stranger([], values);
  return array(result.shape, result.data);
}

function picked({ of, indices, guards }: Subscript, valueOf: (e: Expression) => Value): NumericArray {
  const positions = indices.map((index): number | readonly number[] | undefined => {
    if (index.kind === 'all') return undefined;
    const at = sized(valueOf(index));
    return index.kind === 'range' ? [...at.data] : numberIn(at, 'an index');
  });
  const value = valueOf(of);
  if (!isIdentity(value)) return guards && isOutside(value, positions) ? scalar(0) : pick(value, positions);
  const [i, k] = positions;
  return positions.length === 2 && typeof i === 'number' && typeof k === 'number'
    ? scalar(i === k ? value.scale : 0)
    : sized(value);
}

function summed(e: SumOver, scope: Scope, run: Run): Value {
  const [first, last] = e.range ? endsOf(e.range, scope, run) : [1, rangeOf(e, scope, run)];
  const terms: { readonly negative: boolean; readonly value: Value }[] = [];
  for (let position = first; position <= last; position++) {
    const inner = newScope({ index: e.index, position, parent: scope });
    // Behind a condition that does not hold nothing is read: it may be outside of its array.
    if (e.conditions?.every((c) => numberIn(sized(evaluate(c, inner, run)), 'a condition') === 1) === false) continue;
    terms.push({ negative: false, value: evaluate(e.body, inner, run) });
  }
  if (e.how === 'prod')
    return scalar(terms.reduce((product, { value }) => product * numberIn(sized(value), 'a factor'), 1));
  const sum = terms.length === 0 ? scalar(0) : addUp(terms);
  return e.how === 'mean' ? operate('/', sum, scalar(last - first + 1)) : sum;
}

/** 1:0 is empty, and so is whatever ends before it begins. */
function endsOf({ from, to }: Range, scope: Scope, run: Run): readonly [first: number, last: number] {
  const end = (e: Expression): number => numberIn(sized(evaluate(e, scope, run)), 'the end of a range');
  const [first, last] = [end(from), end(to)];
  return [first, Math.max(last, first - 1)];
}

/** How far an index runs: to the size of the dimension it is used in. */
function rangeOf({ index, body }: SumOver, scope: Scope, run: Run): number {
  const { uses, inner, inSpace } = usesOf(index, body);
  // What is subscripted may itself mention indices; its shape is the same at every position, so the first will do.
  const first = [index, ...inner].reduce((parent, name) => newScope({ index: name, position: 1, parent }), scope);
  const found = new Set<number>(inSpace ? [3] : []);
  for (const { subscript, axis } of uses) {
    const value = evaluate(subscript.of, first, run);
    if (!isIdentity(value)) found.add(axesFor(value, subscript.indices.length)[axis]!);
  }
  const [range, ...others] = found;
  if (range === undefined)
    return refuse({
      kind: 'index',
      message: `nothing says how far ${index} runs`,
      hint: `${index} has to be a subscript of something, as in x[${index}]`,
    });
  if (others.length > 0)
    return refuse({
      kind: 'shape',
      message: `${index} is used in dimensions of different sizes: ${[range, ...others].join(', ')}`,
    });
  return range;
}
