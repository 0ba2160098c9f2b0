/**
 * The differential of one term: d t = sum of coefficient * d cell[at].
 *
 * A cell is where differentiation pauses: a variable, a name, the argument of a nonlinear function, the base of a
 * root or a quotient. Cutting there keeps every step small and every form recognisable, whether the user named the
 * place or not.
 */
import { entrywise, type EntrywiseName, type EntrywiseRecord, writtenCall } from '../../rules/functions/index.ts';
import { refuse } from '../basics/problem.ts';
import * as Q from '../basics/rational.ts';
import { calculusRule, type DerivativeRules, type OperationDerivative, overAxes } from './derivative-rules.ts';
import type { Telling } from '../rewrite/rule.ts';
import type { Dim } from '../shape/dim.ts';
import {
  type Argument,
  argumentsOf,
  contract,
  negate,
  number,
  openOperation,
  partsOf,
  product,
  rename,
  same,
  summandsOf,
  symbolTerm,
  operation,
} from '../terms/construct.ts';
import { freshIndex } from '../terms/intern.ts';
import {
  type ApplyNode,
  type Bound,
  type Factor,
  type Index,
  type Node,
  type OperationNode,
  type Term,
  type TermSymbol,
  isUnknown,
} from '../terms/node.ts';
import { childrenOf, substitute } from '../terms/substitute.ts';
import { isOfNumbers, unknownFunction, type UnknownFunctionOf, unknownOperation } from '../terms/unknown.ts';
import { highestOrder } from '../syntax/unknown.ts';

/** One rule used: d of = sum over its stages and `bound` of outer * d inner. Stages of one use share their `of`. */
export interface Stage {
  readonly rules: readonly Telling[];
  readonly of: Term;
  readonly outer: Term;
  readonly bound: readonly Bound[];
  readonly inner: Term;
}

export interface Contribution {
  readonly coefficient: Term;
  readonly cell: Node;
  readonly at: readonly Index[];
  readonly bound: readonly Bound[];
  /** The rules of differentiation used on the way, outermost first; the coefficient is the product of their `outer`. */
  readonly via: readonly Stage[];
}

/** Does a skeleton vary with the targets? */
export type Varies = (node: Node) => boolean;

export function variesWith(targets: ReadonlySet<Node>): Varies {
  const memo = new Map<Node, boolean>();
  const varies = (node: Node): boolean => {
    const known = memo.get(node);
    if (known !== undefined) return known;
    memo.set(node, false);
    const inner = node.kind === 'symbol' && node.symbol.definition ? [node.symbol.definition] : childrenOf(node);
    const result = targets.has(node) || inner.some((child) => varies(child.node));
    memo.set(node, result);
    return result;
  };
  return varies;
}

export function differentialOf(t: Term, varies: Varies, rules: DerivativeRules): readonly Contribution[] {
  if (!varies(t.node)) return [];
  switch (t.node.kind) {
    case 'symbol':
      return [{ coefficient: oneTerm, cell: t.node, at: t.at, bound: [], via: [] }];
    case 'sum':
      return differentialOfSum(t, varies, rules);
    case 'product':
      return differentialOfProduct(t, varies, rules);
    case 'apply':
      return differentialOfApply(t as Term & { node: ApplyNode }, varies, rules);
    case 'operation':
      return differentialOfOperation(t as Term & { node: OperationNode }, varies, rules);
    case 'number':
    case 'size':
    case 'index':
    case 'delta':
    case 'pairing':
    case 'block':
    case 'guard':
      return [];
  }
}
const oneTerm = product(Q.one, [], []);

/** A compound argument is a cell of its own; a name or variable already is one. */
const cellAt = (t: Term): Contribution => ({ coefficient: oneTerm, cell: t.node, at: t.at, bound: [], via: [] });

const through = (stage: Stage, d: Contribution): Contribution => ({
  ...d,
  coefficient: product(
    Q.one,
    [
      [stage.outer, Q.one],
      [d.coefficient, Q.one],
    ],
    [],
  ),
  bound: [...stage.bound, ...d.bound],
  via: [stage, ...d.via],
});

function differentialOfSum(t: Term, varies: Varies, rules: DerivativeRules): readonly Contribution[] {
  const varying = summandsOf(t).filter(([, s]) => varies(s.node));
  return varying.flatMap(([c, inner]) => {
    const stage: Stage = { rules: [calculusRule('sum rule')], of: t, outer: number(c), bound: [], inner };
    return differentialOf(inner, varies, rules).map((d) => through(stage, d));
  });
}

function differentialOfProduct(t: Term, varies: Varies, rules: DerivativeRules): readonly Contribution[] {
  const { coefficient, factors, bound } = partsOf(t);
  const varying = factors.filter(([f]) => varies(f.node));
  const name = productRule(varying);
  return varying.flatMap((factor) => {
    const [base, exponent] = factor;
    const others = factors.filter((f) => f !== factor);
    if (isExponential(factor)) {
      const inner = differentialOfExponential(factor, varies, rules);
      const of = product(Q.one, [factor], []);
      const outer = product(coefficient, others, []);
      if (same(of, t)) return inner;
      return inner.map((d) =>
        through({ rules: name.length > 0 ? name : [calculusRule('linearity')], of: t, outer, bound, inner: of }, d),
      );
    }
    const outer = product(Q.times(coefficient, exponent), [...others, [base, Q.minus(exponent, Q.one)] as Factor], []);
    const isCell =
      !(Q.isInteger(exponent) && Q.isPositive(exponent)) && (base.node.kind === 'sum' || base.node.kind === 'product');
    if (isCell && isMostlyNegative(base)) {
      const stage: Stage = {
        rules: [...name, ...powersIn(name, exponent)],
        of: t,
        outer: negate(outer),
        bound,
        inner: negate(base),
      };
      return [through(stage, cellAt(negate(base)))];
    }
    const inner = isCell ? [cellAt(base)] : differentialOf(base, varies, rules);
    const used = [...name, ...powersIn(name, exponent)];
    const stage: Stage = {
      rules: used.length > 0 ? used : [calculusRule('linearity')],
      of: t,
      outer,
      bound,
      inner: base,
    };
    return inner.map((d) => through(stage, d));
  });
}
const powersIn = (name: readonly Telling[], exponent: Q.Rational): readonly Telling[] =>
  Q.isOne(exponent) || (name.length > 0 && Q.equal(exponent, Q.minusOne)) ? [] : [calculusRule('power rule')];
/** Of a sum and its opposite a reader prefers the one with fewer minus signs. */
const isMostlyNegative = (t: Term): boolean =>
  t.node.kind === 'sum' && 2 * t.node.terms.filter(([c]) => Q.isNegative(c)).length > t.node.terms.length;

/** exp(-x) is stored as exp(x)^-1; to a reader it is no reciprocal. */
const isExponential = ([base, e]: Factor): boolean =>
  base.node.kind === 'apply' && base.node.fn === 'exp' && !Q.isOne(e);
function differentialOfExponential(factor: Factor, varies: Varies, rules: DerivativeRules): readonly Contribution[] {
  const [base, exponent] = factor;
  const of = product(Q.one, [factor], []);
  const outer = product(exponent, [[base, Q.minus(exponent, Q.one)]], []);
  return differentialOf(base, varies, rules).map((d) => {
    const [first, ...rest] = d.via as readonly [Stage, ...Stage[]];
    const [stage, coefficient] = [first.outer, d.coefficient].map((c) =>
      product(
        Q.one,
        [
          [outer, Q.one],
          [c, Q.one],
        ],
        [],
      ),
    ) as [Term, Term];
    return { ...d, coefficient, via: [{ ...first, of, outer: stage }, ...rest] };
  });
}
function productRule(varying: readonly Factor[]): readonly Telling[] {
  const below = varying.filter((f) => Q.isNegative(f[1]) && !isExponential(f)).length;
  if (below > 0 && below < varying.length) return [calculusRule('quotient rule')];
  if (varying.length > 1) return [calculusRule('product rule')];
  return below > 0 ? [calculusRule('reciprocal rule')] : [];
}

function differentialOfApply(
  t: Term & { node: ApplyNode },
  varies: Varies,
  rules: DerivativeRules,
): readonly Contribution[] {
  const args = argumentsOf(t);
  const rule = rules.entrywise(t.node.fn);
  if (!rule)
    return refuse({
      kind: 'rule',
      message: `no rule for the derivative of ${t.node.fn}`,
      hint: `a rule “d(${t.node.fn}(x))” would have to be added to rules/`,
    });
  return args.flatMap((arg, n) => {
    const partial = rule.partials[n];
    if (!varies(arg.node)) return [];
    refuseFixed(t.node.fn, n);
    if (!partial) return [];
    const coefficient = substitute(partial, {
      symbol: (symbol) => {
        const position = rule.arguments.indexOf(symbol);
        return position < 0 ? undefined : args[position];
      },
    });
    return [through({ rules: [rule.rule], of: t, outer: coefficient, bound: [], inner: arg }, cellAt(arg))];
  });
}

/** polygamma(n, x): the order is a whole number, and there is no derivative by it. */
function refuseFixed(fn: EntrywiseName, n: number): void {
  const record: EntrywiseRecord = entrywise[fn];
  const name = record.arguments[n]!;
  if (record.fixed.includes(name))
    refuse({
      kind: 'rule',
      message: `there is no derivative of ${writtenCall(fn, record)} by ${name}, which may not vary`,
    });
}

function differentialOfOperation(
  t: Term & { node: OperationNode },
  varies: Varies,
  rules: DerivativeRules,
): readonly Contribution[] {
  const { op, body, bound, outs } = openOperation(t);
  if (isUnknown(op)) return differentialOfUnknown(t, unknownFunction(op), varies);
  if (!varies(body.node)) return [];
  const known = rules.operation(op) ?? derivedOperation(t, rules);
  if (!known)
    return refuse({
      kind: 'rule',
      message: `no rule for the derivative of ${op}`,
      hint: `a rule “d(${op}(X))” would have to be added to rules/`,
    });
  // The exponent of a matrix power is no axis of its base.
  const axes = op === 'powm' ? bound.slice(0, 2) : bound;
  const dims = axes.map(({ dim }) => dim);
  const rule = overAxes(known, dims);
  const inBody = (at: readonly Index[]): Term => rename(body, new Map(axes.map(({ index }, n) => [index, at[n]!])));
  const sizes = new Map(rule.argument.dims.map((dim, n) => [dim.key, bound[n]!.dim]));
  const moving = ofSizes(rule.differential, dims);
  const value = rename(
    substitute(rule.value, {
      symbol: (symbol, at) =>
        symbol === rule.argument ? inBody(at) : symbol === rule.differential ? symbolTerm(moving, at) : undefined,
      dim: (dim) => sizes.get(dim.key) ?? dim,
    }),
    new Map(rule.outs.map((out, n) => [out, outs[n]!])),
  );
  return linearIn(moving, value).map((d) => {
    const inner = inBody(d.at);
    const cell = inner.node.slots.length < body.node.slots.length ? cellBehind({ body, bound }, d.at) : cellAt(inner);
    return through({ rules: [rule.rule], of: t, outer: d.coefficient, bound: d.bound, inner }, cell);
  });
}

/** log_softmax(Z)[i,i] varies with Z[i,i], not with a vector of its own that happens to be the diagonal. */
const cellBehind = ({ body, bound }: Argument, at: readonly Index[]): Contribution => ({
  ...cellAt(body),
  at: body.at.map((index) => at[bound.findIndex((b) => b.index === index)] ?? index),
});

/** A rule is about arrays of any size; where it is used, indices run as far as the array does. */
function ofSizes(symbol: TermSymbol, dims: readonly Dim[]): TermSymbol {
  const known = sized.get(symbol) ?? new Map<string, TermSymbol>();
  sized.set(symbol, known);
  const key = dims.map((dim) => dim.key).join();
  const found = known.get(key) ?? { ...symbol, dims };
  known.set(key, found);
  return found;
}
const sized = new WeakMap<TermSymbol, Map<string, TermSymbol>>();

/** The coefficients of a symbol in a term that is linear in it. */
export function linearIn(symbol: TermSymbol, value: Term): readonly Contribution[] {
  const isTarget = (node: Node): boolean => node.kind === 'symbol' && node.symbol === symbol;
  const memo = new Map<Node, boolean>();
  const varies = (node: Node): boolean => {
    const known = memo.get(node);
    if (known !== undefined) return known;
    const result =
      isTarget(node) ||
      (node.kind !== 'operation' && node.kind !== 'apply' && childrenOf(node).some((child) => varies(child.node)));
    memo.set(node, result);
    return result;
  };
  return differentialOf(value, varies, noRules);
}
const noRules: DerivativeRules = { entrywise: () => undefined, operation: () => undefined };

/** sum over the bound indices of coefficient * value at the cell's indices, where `value` is over the cell's slots. */
export function applyContribution({ coefficient, at, bound }: Contribution, value: Term): Term {
  const between = at.map(() => freshIndex());
  const first = rename(value, new Map(between.map((index, slot) => [slot, index])));
  return product(
    Q.one,
    [
      [coefficient, Q.one],
      [rename(first, new Map(between.map((index, n) => [index, at[n]!]))), Q.one],
    ],
    bound,
  );
}

// ---- linear maps and powers
// What the rules of a catalogue cannot say: their formulas have matrices, and these have four axes, or an exponent of their own.

function derivedOperation(
  { node }: Term & { readonly node: OperationNode },
  rules: DerivativeRules,
): OperationDerivative | undefined {
  if (node.op === 'powm') return ofPower(node);
  return node.op === 'sylvester' ? ofInverseMap(node, rules.operation('inv')!) : undefined;
}

const patternSymbol = (name: string, dims: TermSymbol['dims']): TermSymbol => ({
  name,
  role: 'pattern',
  shape: { kind: 'tensor', axes: dims },
  dims,
  facts: new Set(),
  order: 0,
});

/** d(X^k) is the sum of X^(r-1)*d(X)*X^(k-r) over r from 1 to k. */
function ofPower({ bound: dims, slots }: OperationNode): OperationDerivative {
  const axes = dims.slice(0, 2);
  const [argument, differential] = [patternSymbol('X', axes), patternSymbol('dX', axes)];
  const inner = dims.map((dim): Bound => ({ index: freshIndex(), dim }));
  const [i, j, k, l] = [freshIndex(), freshIndex(), freshIndex(), freshIndex()];
  const body = symbolTerm(
    argument,
    inner.slice(0, 2).map(({ index }) => index),
  );
  const map = operation('dpowm', body, inner, [i, j, k, l], [...slots.slice(0, 2), ...axes]);
  const value = contract(
    [map, symbolTerm(differential, [k, l])],
    [k, l].map((index, n): Bound => ({ index, dim: axes[n]! })),
  );
  return { rule: calculusRule('derivative of a matrix power'), argument, differential, outs: [i, j], value };
}

/** The inverse L of a map M between matrices: L*M = I, so that d(L) = -L*d(M)*L. */
function ofInverseMap({ bound: dims }: OperationNode, { rule }: OperationDerivative): OperationDerivative {
  const [argument, differential] = [patternSymbol('X', dims), patternSymbol('dX', dims)];
  const fresh = (from: readonly Dim[]): readonly Bound[] => from.map((dim) => ({ index: freshIndex(), dim }));
  const at = (bound: readonly Bound[]): readonly Index[] => bound.map(({ index }) => index);
  const inverse = (before: readonly Index[], after: readonly Index[]): Term => {
    const inner = fresh(dims);
    return operation('sylvester', symbolTerm(argument, at(inner)), inner, [...before, ...after], dims);
  };
  const [left, right] = [dims.slice(0, 2), dims.slice(2)];
  const [outs, first, second] = [fresh(dims), fresh(left), fresh(right)];
  const value = contract(
    [
      inverse(at(outs.slice(0, 2)), at(first)),
      symbolTerm(differential, at([...first, ...second])),
      inverse(at(second), at(outs.slice(2))),
    ],
    [...first, ...second],
  );
  return { rule, argument, differential, outs: at(outs), value: negate(value) };
}

// ---- unknown functions
// Functions known by name only: d f(x, y) = J_f_1(x, y)*d(x) + J_f_2(x, y)*d(y), and so on for the derivatives.

function differentialOfUnknown(
  t: Term & { node: OperationNode },
  of: UnknownFunctionOf,
  varies: Varies,
): readonly Contribution[] {
  const { body, bound, further, outs } = openOperation(t);
  const outDims = t.node.slots.slice(0, outs.length);
  const all = [{ body, bound }, ...further];
  return all.flatMap((argument, n) => {
    if (!varies(argument.body.node)) return [];
    const by = [...of.by, n + 1];
    if (by.length > highestOrder)
      return refuse({ kind: 'rule', message: `derivatives of ${of.name} have names up to the order ${highestOrder}` });
    // They are kept in the order of the arguments: the new one stands behind those by arguments before it.
    const before = of.by.filter((one) => one <= n + 1).reduce((count, one) => count + all[one - 1]!.bound.length, 0);
    const own = outs.length - of.by.reduce((count, one) => count + all[one - 1]!.bound.length, 0);
    const along = argument.bound.map(({ dim }): Bound => ({ index: freshIndex(), dim }));
    const at = along.map(({ index }) => index);
    const outer = operation(
      unknownOperation({ ...of, by }),
      body,
      bound,
      outs.toSpliced(own + before, 0, ...at),
      outDims.toSpliced(own + before, 0, ...along.map(({ dim }) => dim)),
      further,
    );
    const inner = rename(argument.body, new Map(argument.bound.map(({ index }, axis) => [index, at[axis]!])));
    // f(diag(X)) varies with all that is on the diagonal, not with a vector of its own.
    const cell = inner.node.slots.length < argument.body.node.slots.length ? cellBehind(argument, at) : cellAt(inner);
    const rule = calculusRule(
      of.by.length > 0
        ? 'second derivative of an unknown function'
        : isOfNumbers(of)
          ? 'derivative of an unknown function'
          : 'Jacobian of an unknown function',
    );
    return [through({ rules: [rule], of: t, outer, bound: along, inner }, cell)];
  });
}
