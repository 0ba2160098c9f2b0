/** How are scalar expressions put together, and nests of loops around one of them? */
import { countersIn, positionKey } from './position.ts';
import type { Counter, Expression, LoopFunction, Position, Local, Statement } from './program.ts';

// ---- expressions
// How are scalar expressions put together, so that constants fold and signs read well?

export const constant = (value: number): Expression => ({ kind: 'constant', value });
const isConstant = (e: Expression, value: number): boolean => e.kind === 'constant' && Object.is(e.value, value);

export const negate = (of: Expression): Expression =>
  of.kind === 'constant' ? constant(-of.value) : of.kind === 'negate' ? of.of : { kind: 'negate', of };

export function addAll(terms: readonly Expression[]): Expression {
  if (terms.length === 0) return constant(0);
  if (terms.length === 1) return terms[0]!;
  // t - b reads better than -b + t.
  const first = terms.findIndex(({ kind }) => kind !== 'negate');
  return { kind: 'sum', terms: first <= 0 ? terms : [terms[first]!, ...terms.toSpliced(first, 1)] };
}
export const subtract = (left: Expression, right: Expression): Expression => addAll([left, negate(right)]);

export function multiplyAll(factors: readonly Expression[]): Expression {
  let scale = 1;
  const rest: Expression[] = [];
  const take = (factor: Expression): void => {
    if (factor.kind === 'constant') scale *= factor.value;
    else if (factor.kind === 'product') factor.factors.forEach(take);
    else if (factor.kind === 'negate') {
      scale = -scale;
      take(factor.of);
    } else rest.push(factor);
  };
  factors.forEach(take);
  if (rest.length === 0) return constant(scale);
  const body: Expression = rest.length === 1 ? rest[0]! : { kind: 'product', factors: rest };
  if (scale === 1) return body;
  if (scale === -1) return negate(body);
  const scaled: Expression = { kind: 'product', factors: [constant(Math.abs(scale)), ...rest] };
  return scale < 0 ? negate(scaled) : scale >= 0 ? scaled : { kind: 'product', factors: [constant(scale), ...rest] };
}
export const applied = (fn: LoopFunction, ...args: readonly Expression[]): Expression => ({
  kind: 'function',
  fn,
  args,
});
export const multiply = (...factors: readonly Expression[]): Expression => multiplyAll(factors);

export const divide = (over: Expression, under: Expression): Expression => {
  if (isConstant(under, 1)) return over;
  if (over.kind === 'constant' && under.kind === 'constant') return constant(over.value / under.value);
  return over.kind === 'negate'
    ? negate({ kind: 'quotient', over: over.of, under })
    : { kind: 'quotient', over, under };
};

/** The expressions directly inside; a select shows none, since what it does not choose must not be touched. */
function childrenOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'constant':
    case 'load':
    case 'local':
    case 'position':
      return [];
    case 'sum':
      return e.terms;
    case 'product':
      return e.factors;
    case 'negate':
      return [e.of];
    case 'quotient':
      return [e.over, e.under];
    case 'integer-power':
      return [e.base];
    case 'function':
      return e.args;
    case 'select':
      return [e.value, e.otherwise];
  }
}

const knownCounters = new WeakMap<Expression, ReadonlySet<Counter>>();

/** The counters that an expression depends on. */
export function countersOf(e: Expression): ReadonlySet<Counter> {
  const known = knownCounters.get(e);
  if (known) return known;
  const found = new Set<Counter>();
  if (e.kind === 'load') countersIn(e.at, found);
  if (e.kind === 'position') countersIn([e.at], found);
  if (e.kind === 'select') for (const { left, right } of e.when) countersIn([left, right], found);
  for (const child of childrenOf(e)) for (const counter of countersOf(child)) found.add(counter);
  knownCounters.set(e, found);
  return found;
}

export interface Load {
  readonly at: readonly Position[];
  readonly extents: readonly number[];
}
/** Every load inside. */
export function loadsIn(e: Expression): readonly Load[] {
  if (e.kind === 'load') return [{ at: e.at, extents: e.buffer.extents }];
  return childrenOf(e).flatMap(loadsIn);
}

// ---- nests
// How does a nest of loops around one expression look? What does not depend on an inner loop is computed before it.

export interface Nest {
  /** Outermost first. */
  readonly counters: readonly Counter[];
  readonly expression: Expression;
  /** What happens with the expression in the innermost body. */
  readonly leaf: (expression: Expression) => readonly Statement[];
  /** Put around the loops inside the first `depth` ones: an accumulator and its use. */
  readonly around?: {
    readonly depth: number;
    readonly before: readonly Statement[];
    readonly after: readonly Statement[];
  };
  readonly newLocal: () => Local;
}

export function nestOf(nest: Nest): readonly Statement[] {
  const counters = nest.counters.filter(({ extent }) => extent !== 1);
  const depth = nest.around && nest.counters.slice(0, nest.around.depth).filter(({ extent }) => extent !== 1).length;
  const level = (n: number, expression: Expression, available: ReadonlySet<Counter>): readonly Statement[] => {
    const counter = counters[n];
    const wrap = (statements: readonly Statement[]): readonly Statement[] =>
      nest.around && depth === n ? [...nest.around.before, ...statements, ...nest.around.after] : statements;
    if (!counter) return wrap(nest.leaf(expression));
    const hoist = createHoist(available, nest.newLocal);
    const rest = hoist.take(expression);
    const body = level(n + 1, rest, new Set([...available, counter]));
    return [...hoist.declared, ...wrap([{ kind: 'loop', counter, body }])];
  };
  return level(0, nest.expression, new Set());
}

interface Hoist {
  readonly take: (e: Expression) => Expression;
  readonly declared: Statement[];
}

function createHoist(available: ReadonlySet<Counter>, newLocal: () => Local): Hoist {
  const declared: Statement[] = [];
  const loaded = new Map<string, Expression>();
  const ready = (e: Expression): boolean => [...countersOf(e)].every((counter) => available.has(counter));
  const keep = (e: Expression): Expression => {
    if (e.kind === 'constant' || e.kind === 'local') return e;
    if (e.kind === 'negate' && e.of.kind === 'local') return e;
    const key = e.kind === 'load' ? `${e.buffer.id}[${e.at.map(positionKey).join()}]` : undefined;
    const known = key === undefined ? undefined : loaded.get(key);
    if (known) return known;
    const local = newLocal();
    declared.push({ kind: 'declare', local, value: e, changes: false });
    const kept: Expression = { kind: 'local', local };
    if (key !== undefined) loaded.set(key, kept);
    return kept;
  };
  /** The operands that are ready become one operand. */
  const group = (
    operands: readonly Expression[],
    join: (operands: readonly Expression[]) => Expression,
  ): readonly Expression[] => {
    const early = operands.filter(ready);
    const late = operands.filter((e) => !ready(e)).map(take);
    return early.length === 0 ? late : [keep(join(early)), ...late];
  };
  const take = (e: Expression): Expression => {
    if (ready(e)) return keep(e);
    switch (e.kind) {
      case 'sum':
        return sumInOrder(e.terms);
      case 'product':
        return { kind: 'product', factors: group(e.factors, multiplyAll) };
      case 'negate':
        return { kind: 'negate', of: take(e.of) };
      case 'quotient':
        return { kind: 'quotient', over: take(e.over), under: take(e.under) };
      case 'integer-power':
        return { kind: 'integer-power', base: take(e.base), exponent: e.exponent };
      case 'function':
        return { kind: 'function', fn: e.fn, args: e.args.map(take) };
      case 'constant':
      case 'local':
      case 'load':
      case 'position':
      case 'select':
        return e;
    }
  };
  /** A lone summand stays in its place, where it reads as written. */
  const sumInOrder = (terms: readonly Expression[]): Expression => {
    const early = terms.filter(ready);
    return early.length > 1 ? { kind: 'sum', terms: group(terms, addAll) } : { kind: 'sum', terms: terms.map(take) };
  };
  return { take, declared };
}
