/** How does a nest of loops around one expression look? What does not depend on an inner loop is computed before it. */
import { addAll, countersOf, multiplyAll } from './expression.ts';
import { positionKey } from './position.ts';
import type { Counter, Expression, Local, Statement } from './program.ts';

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
