/** What differentiation needs to know of functions, handed in; and a rule about vectors read for arrays of more axes. */
import { calculus } from '../../rules/calculus.ts';
import { invariant } from '../basics/problem.ts';
import type { Telling } from '../rewrite/rule.ts';
import type { Dim } from '../shape/dim.ts';
import {
  apply,
  argumentsOf,
  delta,
  openOperation,
  operation,
  partsOf,
  product,
  size,
  sum,
  summandsOf,
  symbolTerm,
  times,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import type { Term, TermSymbol, ApplyNode, Bound, Factor, Index, OperationNode, Summand } from '../terms/node.ts';

/** The rules that hold for whatever functions there are: differentiation follows them itself. */
export type CalculusName = (typeof calculus)[number]['name'];
const byName: ReadonlyMap<string, Telling> = new Map(calculus.map((rule: Telling) => [rule.name, rule]));
export const calculusRule = (name: CalculusName): Telling => byName.get(name)!;

/** d f(x, …) = sum of partials[n] * d(argument n); an absent partial is zero almost everywhere. */
export interface EntrywiseDerivative {
  readonly rule: Telling;
  readonly arguments: readonly TermSymbol[];
  readonly partials: readonly (Term | undefined)[];
}
/** d op(X)[outs] as a term that is linear in the symbol `differential`; `outs` are its free indices. */
export interface OperationDerivative {
  readonly rule: Telling;
  readonly argument: TermSymbol;
  readonly differential: TermSymbol;
  readonly outs: readonly number[];
  readonly value: Term;
}
export interface DerivativeRules {
  readonly entrywise: (fn: string) => EntrywiseDerivative | undefined;
  readonly operation: (op: string) => OperationDerivative | undefined;
}

// ---- over more axes
// A rule about vectors read for arrays of more axes: max(X) over a matrix is max(x) with two indices for each one.

/** Only where the result has no axis of its own, hence where nothing says which of several axes it runs along. */
export function overAxes(rule: OperationDerivative, dims: readonly Dim[]): OperationDerivative {
  const [along, ...others] = rule.argument.dims;
  if (rule.argument.dims.length === dims.length) return rule;
  invariant(along && others.length === 0 && rule.outs.length === 0, `“${rule.rule.name}” is about vectors of any size`);
  const wider = (symbol: TermSymbol): TermSymbol => ({ ...symbol, shape: { kind: 'tensor', axes: dims }, dims });
  const [argument, differential] = [wider(rule.argument), wider(rule.differential)];
  return { ...rule, argument, differential, value: spread(rule.value, { rule, argument, differential, along, dims }) };
}

interface Spread {
  readonly rule: OperationDerivative;
  readonly argument: TermSymbol;
  readonly differential: TermSymbol;
  readonly along: Dim;
  readonly dims: readonly Dim[];
}

function spread(root: Term, { rule, argument, differential, along, dims }: Spread): Term {
  const several = new Map<Index, readonly Index[]>();
  const spreadBounds = (bounds: readonly Bound[]): readonly Bound[] =>
    bounds.flatMap((bound) => {
      if (bound.dim !== along) return [bound];
      const fresh = dims.map((dim): Bound => ({ index: freshIndex(), dim }));
      several.set(
        bound.index,
        fresh.map(({ index }) => index),
      );
      return fresh;
    });
  const each = (at: readonly Index[]): readonly Index[] => at.flatMap((index) => several.get(index) ?? [index]);
  const visit = (t: Term): Term => {
    const { node, at } = t;
    switch (node.kind) {
      case 'number':
        return t;
      case 'size':
        return node.dim === along ? times(...dims.map(size)) : t;
      case 'symbol':
        if (node.symbol === rule.argument) return symbolTerm(argument, each(at));
        return node.symbol === rule.differential ? symbolTerm(differential, each(at)) : t;
      case 'delta': {
        if (node.slots[0] !== along) return t;
        const [left, right] = at.map((index) => each([index])) as [readonly Index[], readonly Index[]];
        return times(...dims.map((dim, n) => delta(left[n]!, right[n]!, dim)));
      }
      case 'sum':
        return sum(summandsOf(t).map(([c, s]): Summand => [c, visit(s)]));
      case 'product': {
        const { coefficient, factors, bound } = partsOf(t);
        const bounds = spreadBounds(bound);
        return product(
          coefficient,
          factors.map(([f, e]): Factor => [visit(f), e]),
          bounds,
        );
      }
      case 'apply':
        return apply(node.fn, argumentsOf(t as Term & { node: ApplyNode }).map(visit));
      case 'operation': {
        const { op, body, bound, outs } = openOperation(t as Term & { node: OperationNode });
        const bounds = spreadBounds(bound);
        return operation(op, visit(body), bounds, outs, node.slots.slice(0, outs.length));
      }
      case 'index':
      case 'pairing':
      case 'block':
      case 'guard':
        return invariant(false, 'rules lay no axes out') as never;
    }
  };
  return visit(root);
}
